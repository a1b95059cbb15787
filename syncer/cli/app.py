"""The entry point: the group of commands, and the one place where an exception becomes a code."""

from __future__ import annotations

import io
import sys
import traceback
from collections.abc import Sequence

import click

from syncer import __version__
from syncer.cli.commands import COMMANDS
from syncer.cli.streams import open_streams
from syncer.errors import ConfigError, ExitCode, SyncerError
from syncer.redact import make_printable
from syncer.stopping import Stopped, end_when_asked


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
    open_streams()
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
