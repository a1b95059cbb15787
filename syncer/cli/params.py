"""Options that several commands share, and the types of their values.

An option that is to go is hidden for one major version by `deprecate`: it warns and still works.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, ParamSpec, TypeAlias, TypeVar

import click

from syncer.pipeline.options import AuditOptions, RunParams

P = ParamSpec("P")
R = TypeVar("R")

FORMATS = ("terminal", "short", "json", "markdown", "html", "sarif", "junit", "github", "xlsx")
STDOUT = Path("-")


@dataclass(frozen=True, slots=True)
class FormatRequest:
    """One `--format`: its name, and its file (`STDOUT`; None: `--output`, else stdout)."""

    name: str
    file: Path | None


class FormatType(click.ParamType[FormatRequest]):
    """`FORMAT` or `FORMAT:FILE`."""

    name = "FORMAT[:FILE]"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> FormatRequest:
        """Split at the first colon and check the format's name."""
        if isinstance(value, FormatRequest):
            return value
        name, colon, file = str(value).partition(":")
        if name not in FORMATS:
            self.fail(f"{value!r} is none of {', '.join(FORMATS)}.", param, ctx)
        if colon and not file:
            self.fail(f"{value!r} names no file after the colon.", param, ctx)
        return FormatRequest(name, _name_output(file) if file else None)


class OutputType(click.ParamType[Path]):
    """A file to write, or `-`."""

    name = "FILE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path."""
        if not value:
            self.fail("names no file.", param, ctx)
        return value if isinstance(value, Path) else _name_output(str(value))


def _name_output(text: str) -> Path:
    """Return the path of an output: `-` is stdout, `./-` a file of that name."""
    path = Path(text)
    return path.absolute() if path == STDOUT and text != "-" else path


class ShareFolderType(click.ParamType[tuple[str, Path]]):
    """`TOKEN=FOLDER`."""

    name = "TOKEN=FOLDER"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Path]:
        """Split at the first `=` and check that the folder is there."""
        if isinstance(value, tuple):
            return value
        token, equals, folder = str(value).partition("=")
        if not token or not equals or not folder:
            self.fail(f"{value!r} is not of the form TOKEN=FOLDER.", param, ctx)
        try:
            place = Path(folder).expanduser()
            is_there = place.is_dir()
        except RuntimeError:
            self.fail(f"{folder!r} names the home folder of an unknown user.", param, ctx)
        except OSError as error:
            self.fail(f"{folder!r} cannot be opened: {error.strerror}.", param, ctx)
        if not is_there:
            self.fail(f"there is no folder {folder!r}.", param, ctx)
        return token, place


def config_options(command: Callable[..., R]) -> Callable[..., R]:
    """Add `--config` and `--no-config`; the command gets both as `config`, a `ConfigChoice`."""

    @functools.wraps(command)
    def choose(*, config: Path | None, no_config: bool, **values: Any) -> R:
        if no_config and config is not None:
            raise click.UsageError("--config and --no-config exclude each other: give one.")
        return command(config=False if no_config else config, **values)

    decorated = click.option(
        "--no-config", is_flag=True, help="Use no settings file: the built-in defaults."
    )(choose)
    return click.option(
        "--config",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Settings file [default: $SYNCER_CONFIG, ./syncer.toml outside of the handbook, "
        "/etc/syncer/syncer.toml].",
    )(decorated)


def lang_option(command: Callable[P, R]) -> Callable[P, R]:
    """Add `--lang`."""
    return click.option(
        "--lang", type=click.Choice(["da", "en"]), help="Language of reports and messages."
    )(command)


def verbosity_options(command: Callable[..., R]) -> Callable[..., R]:
    """Add `-v` and `-q`; the command gets both as `verbosity`."""

    @functools.wraps(command)
    def choose(*, verbose: int, quiet: bool, **values: Any) -> R:
        return command(verbosity=-1 if quiet else verbose, **values)

    decorated = click.option("-q", "--quiet", is_flag=True, help="Print errors only.")(choose)
    return click.option(
        "-v",
        "--verbose",
        count=True,
        help="List what is fine too, and log progress; -vv logs everything.",
    )(decorated)


def run_options(*, fail_on: str) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Add the options of `audit` and `run`; the command gets them as one `RunParams`."""

    def decorate(command: Callable[..., R]) -> Callable[..., R]:
        @functools.wraps(command)
        def gather(**values: Any) -> R:
            params = _gather(values)
            return command(params=params, **values)

        decorated: Callable[..., R] = gather
        for option in reversed(_list_options(fail_on)):
            decorated = option(decorated)
        return verbosity_options(lang_option(config_options(decorated)))

    return decorate


def fix_options(command: Callable[..., R]) -> Callable[..., R]:
    """Add those options of `audit` that `fix` has; the command gets them as one `RunParams`."""

    @functools.wraps(command)
    def gather(**values: Any) -> R:
        values |= {"only": None, "fail_on": "never", "baseline": None}
        params = _gather(values)
        return command(params=params, **values)

    decorated: Callable[..., R] = gather
    for option in reversed((*_list_scope_options(), _allow_incomplete, _wait)):
        decorated = option(decorated)
    return verbosity_options(lang_option(config_options(decorated)))


def deprecate(command: click.Command, *names: str) -> None:
    """Hide options of a command; they still work, with a warning that says what to do."""

    def warn(_ctx: click.Context, option: click.Parameter, value: Any) -> Any:
        # Older versions of click know the source of a value only after this.
        if value not in (None, False, option.default):
            click.echo(
                f"syncer: `{command.name} {option.opts[0]}` is deprecated: leave the option out. "
                "It ends with the next major version.",
                err=True,
            )
        return value

    for option in command.params:
        if isinstance(option, click.Option) and option.name in names:
            option.hidden = True
            option.callback = warn


_Option: TypeAlias = Callable[[Callable[..., Any]], Callable[..., Any]]

_allow_incomplete = click.option(
    "--allow-incomplete", is_flag=True, help="Exit with 0 instead of 3; the summary says so."
)
_wait = click.option("--wait", is_flag=True, help="Wait until another run has ended.")


def _list_scope_options() -> list[_Option]:
    return [
        click.option(
            "--handbook", metavar="FOLDER|FILE|GIT-URL", help="Audit this, not the settings' one."
        ),
        click.option(
            "--page", "pages", multiple=True, metavar="GLOB", help="Audit these pages; repeatable."
        ),
        click.option(
            "--share-folder",
            "share_folders",
            type=ShareFolderType(),
            multiple=True,
            help="Read a share from a local copy; repeatable.",
        ),
        click.option(
            "--offline", is_flag=True, help="Use no network; mark what needs it as unchecked."
        ),
        click.option("--full", is_flag=True, help="Ignore what earlier runs remembered."),
        click.option(
            "--accept-empty", is_flag=True, help="With --full: believe a suddenly empty share."
        ),
    ]


def _list_options(fail_on: str) -> list[_Option]:
    return [
        *_list_scope_options(),
        click.option(
            "--only", type=click.Choice(["resources", "links"]), help="Audit one half only."
        ),
        click.option(
            "--fail-on",
            type=click.Choice(["error", "warning", "info", "never"]),
            default=fail_on,
            show_default=True,
            help="Exit with 1 if a finding has at least this severity.",
        ),
        click.option(
            "--baseline",
            metavar="REF|MANIFEST",
            help="Count only findings that are not in this git ref or manifest.",
        ),
        _allow_incomplete,
        _wait,
    ]


def _gather(values: dict[str, Any]) -> RunParams:
    """Move the shared options from `values` into one record."""
    if values["accept_empty"] and not values["full"]:
        raise click.UsageError("--accept-empty needs --full: only a full walk can prove it.")
    place = values.pop("place", None)
    if place is not None and values["handbook"] is not None:
        raise click.UsageError("HANDBOOK and --handbook exclude each other: give one.")
    values["handbook"] = values["handbook"] if place is None else place
    tokens = [token for token, _ in values["share_folders"]]
    for token in sorted({token for token in tokens if tokens.count(token) > 1}):
        raise click.UsageError(f"--share-folder {token} is given more than once.")
    values["share_folders"] = dict(values["share_folders"])
    audit = {field.name: values.pop(field.name) for field in fields(AuditOptions)}
    values["audit"] = AuditOptions(**audit)
    return RunParams(**{field.name: values.pop(field.name) for field in fields(RunParams)})
