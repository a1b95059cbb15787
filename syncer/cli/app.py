"""The entry point: the group of commands, and the one place where an exception becomes a code."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Sequence

import click

from syncer import __version__
from syncer.cli.commands import COMMANDS
from syncer.errors import ConfigError, ExitCode, SyncerError

_INTERRUPTED = 130  # 128 + SIGINT, what shells expect


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="syncer")
def syncer() -> None:
    """Check a handbook's resource tables and links against the Nextcloud behind them.

    Exit codes: 0 fine · 1 findings at or above --fail-on · 2 usage or settings wrong ·
    3 something could not be looked at · 70 a bug · 75 another run holds the lock.
    """


for _command in COMMANDS:
    syncer.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code; errors are told on stderr, one line each."""
    _open_closed_streams()
    # A terminal or pipe that lacks some of our letters gets marks in their place, not a traceback.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        code = syncer.main(arguments, prog_name="syncer", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return int(ExitCode.USAGE)
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except BrokenPipeError:
        return _leave_broken_pipe()
    except ConfigError as error:
        for problem in error.problems:
            click.echo(f"syncer: {problem}", err=True)
        return int(error.exit_code)
    except SyncerError as error:
        click.echo(f"syncer: {error}", err=True)
        return int(error.exit_code)
    except Exception:  # noqa: BLE001 - the outermost boundary: a bug gets its own exit code
        traceback.print_exc()
        click.echo(
            f"syncer {__version__}: this is a bug of syncer's. Please report the lines above.",
            err=True,
        )
        return int(ExitCode.BUG)
    return int(code or 0)


def _open_closed_streams() -> None:
    """Let what is said to a stream that was closed before the start (`2>&-`) go nowhere.

    Python has None in such a place. An open file there also keeps the state database from getting
    the number of a stream that others write to.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = io.FileIO(os.devnull, "w")
            setattr(sys, name, io.TextIOWrapper(io.BufferedWriter(nowhere), encoding="utf-8"))


def _leave_broken_pipe() -> int:
    """Leave quietly when the reader (`| head`) has gone; nothing must be flushed to it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 128 + 13
