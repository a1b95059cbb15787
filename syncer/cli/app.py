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
from syncer.redact import make_printable
from syncer.stopping import Stopped, end_when_asked

# 128 + the number of the signal, as shells report it.
_BROKEN_PIPE = 141


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="syncer")
def syncer() -> None:
    """Check a handbook's resource tables and links against the Nextcloud they point to.

    Exit codes: 0 fine · 1 findings at or above --fail-on · 2 usage or settings wrong ·
    3 something could not be looked at · 70 a bug · 75 another run holds the lock.

    Example: syncer audit ~/handbook
    """


for _command in COMMANDS:
    syncer.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code; each error is one line on stderr."""
    _replace_closed_streams()
    # Letters that a terminal's or pipe's encoding lacks become marks, not a traceback.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        with end_when_asked() as stop:
            code = syncer.main(arguments, prog_name="syncer", standalone_mode=False, obj=stop)
        sys.stdout.flush()
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        for line in shown.getvalue().splitlines():
            click.echo(make_printable(line), err=True)
        return int(ExitCode.USAGE)
    except Stopped as stopped:
        return stopped.code
    except BrokenPipeError:
        # The reader (`| head`) is gone: nothing may be flushed to it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    except SyncerError as error:
        for problem in error.problems if isinstance(error, ConfigError) else (str(error),):
            click.echo(f"syncer: {make_printable(problem)}", err=True)
        return int(error.exit_code)
    except Exception:  # noqa: BLE001 - the outermost boundary: a bug gets its own exit code
        for line in traceback.format_exc().splitlines():
            click.echo(make_printable(line), err=True)
        click.echo(
            f"syncer {__version__}: this is a bug in syncer. Please report the lines above.",
            err=True,
        )
        return int(ExitCode.BUG)
    return int(code or 0)


def _replace_closed_streams() -> None:
    """Open the null device for each stream that was closed before the start (`2>&-`).

    Python has None in such a place. The state database must not get the descriptor of a stream
    that others write to.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            null = io.FileIO(os.devnull, "w")
            setattr(sys, name, io.TextIOWrapper(io.BufferedWriter(null), encoding="utf-8"))
