"""Options that several commands share, and the types of their values."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from syncer.pipeline.options import AuditOptions, RunParams

P = ParamSpec("P")
R = TypeVar("R")

FORMATS = ("terminal", "json", "markdown", "html", "sarif", "junit", "github")


@dataclass(frozen=True, slots=True)
class FormatRequest:
    """One `--format`: which, and into which file (None: `--output`, else stdout)."""

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
            self.fail(f"{name!r} is none of {', '.join(FORMATS)}.", param, ctx)
        if colon and not file:
            self.fail(f"{value!r} names no file behind the colon.", param, ctx)
        return FormatRequest(name, Path(file) if file else None)


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
            self.fail(f"{folder!r} names the home folder of nobody here.", param, ctx)
        except OSError as error:
            self.fail(f"{folder!r} cannot be opened: {error.strerror}.", param, ctx)
        if not is_there:
            self.fail(f"there is no folder {folder!r}.", param, ctx)
        return token, place


def config_option(command: Callable[P, R]) -> Callable[P, R]:
    """Add `--config`."""
    return click.option(
        "--config",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Settings file; else $SYNCER_CONFIG, ./syncer.toml, /etc/syncer/syncer.toml.",
    )(command)


def lang_option(command: Callable[P, R]) -> Callable[P, R]:
    """Add `--lang`."""
    return click.option(
        "--lang", type=click.Choice(["da", "en"]), help="Language of what people read."
    )(command)


def verbosity_options(command: Callable[P, R]) -> Callable[P, R]:
    """Add `-v` and `-q`."""
    command = click.option("-q", "--quiet", is_flag=True, help="Errors only.")(command)
    return click.option("-v", "--verbose", count=True, help="Log more; -vv everything.")(command)


def run_options(*, fail_on: str) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Add the options of `audit` and `run`; the command gets them as one `RunParams`."""

    def decorate(command: Callable[..., R]) -> Callable[..., R]:
        @functools.wraps(command)
        def gathered(**values: Any) -> R:
            params = _gather(values)
            return command(params=params, **values)

        decorated: Callable[..., R] = gathered
        for option in reversed(_options(fail_on)):
            decorated = option(decorated)
        return verbosity_options(lang_option(config_option(decorated)))

    return decorate


def _options(fail_on: str) -> list[Callable[[Callable[..., Any]], Callable[..., Any]]]:
    return [
        click.option(
            "--handbook", metavar="FOLDER|FILE|GIT-URL", help="The handbook, not the settings'."
        ),
        click.option(
            "--page", "pages", multiple=True, metavar="GLOB", help="Only such pages; repeatable."
        ),
        click.option(
            "--share-folder",
            "share_folders",
            type=ShareFolderType(),
            multiple=True,
            help="Read that share from a local copy; repeatable.",
        ),
        click.option(
            "--only", type=click.Choice(["resources", "links"]), help="One half of the audit."
        ),
        click.option("--offline", is_flag=True, help="No network: what needs it is unchecked."),
        click.option("--full", is_flag=True, help="Use nothing that was remembered."),
        click.option(
            "--accept-empty",
            is_flag=True,
            help="With --full: believe a share that is suddenly empty.",
        ),
        click.option(
            "--fail-on",
            type=click.Choice(["error", "warning", "info", "never"]),
            default=fail_on,
            show_default=True,
            help="Exit 1 from this severity on.",
        ),
        click.option(
            "--baseline",
            metavar="MANIFEST|GIT-REF",
            help="Only findings that are not in it count for --fail-on.",
        ),
        click.option(
            "--allow-incomplete", is_flag=True, help="Exit 0 instead of 3; the summary says so."
        ),
        click.option("--wait", is_flag=True, help="Wait for another run to end."),
    ]


def _gather(values: dict[str, Any]) -> RunParams:
    """Take the shared options out of `values`, so that only the command's own are left."""
    if values["accept_empty"] and not values["full"]:
        raise click.UsageError("--accept-empty needs --full: it believes a full walk only.")
    tokens = [token for token, _ in values["share_folders"]]
    for token in sorted({token for token in tokens if tokens.count(token) > 1}):
        raise click.UsageError(f"--share-folder {token} is given more than once.")
    audit = AuditOptions(
        handbook=values.pop("handbook"),
        pages=values.pop("pages"),
        share_folders=dict(values.pop("share_folders")),
        only=values.pop("only"),
        offline=values.pop("offline"),
        full=values.pop("full"),
        accept_empty=values.pop("accept_empty"),
    )
    verbosity = -1 if values.pop("quiet") else values["verbose"]
    del values["verbose"]
    return RunParams(
        config=values.pop("config"),
        audit=audit,
        fail_on=values.pop("fail_on"),
        baseline=values.pop("baseline"),
        allow_incomplete=values.pop("allow_incomplete"),
        lang=values.pop("lang"),
        wait=values.pop("wait"),
        verbosity=verbosity,
    )
