"""The command line: click commands, heavy imports inside them, one boundary for errors."""

from syncer.cli.app import main

__all__ = ["main"]
