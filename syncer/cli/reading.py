"""The commands that only read what a run has left: `report`, `schema`, `status`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from syncer.cli.output import check_formats, emit
from syncer.cli.params import FormatRequest
from syncer.errors import ConfigError
from syncer.manifest.changes import compare
from syncer.manifest.document import StatusManifest
from syncer.nightly.earlier_runs import NEWEST, RUNS, list_runs, read_manifest
from syncer.nightly.session import Session, find_output_folder, open_session
from syncer.report.words import Lang


def render_again(
    manifest: Path | None,
    *,
    since: datetime | None,
    config: Path | None,
    lang: str | None,
    formats: Sequence[FormatRequest],
    output: Path | None,
) -> int:
    """Render an old manifest, the newest when none is named.

    With `since` its changes are those from the last complete run before that day.
    """
    check_formats(formats, output)
    if manifest is not None and since is None:
        # A manifest that is named needs no settings, only a language.
        emit(read_manifest(manifest), formats, output, Lang(lang or "da"))
        return 0
    session = open_session(config, lang=lang, verbosity=0, env=os.environ)
    shown = read_manifest(manifest or _find_newest(session))
    if since is not None:
        day = since.replace(tzinfo=ZoneInfo(session.loaded.settings.schedule.timezone))
        if day > shown.run.finished_at:
            raise ConfigError(
                f"--since {day:%Y-%m-%d} is after the manifest, which is of "
                f"{shown.run.finished_at.astimezone(day.tzinfo):%Y-%m-%d %H:%M}."
            )
        earlier = _find_earlier(find_output_folder(session), day, shown)
        shown = replace(shown, changes=compare(shown, earlier))
    emit(shown, formats, output, session.lang)
    return 0


def _find_earlier(folder: Path, day: datetime, shown: StatusManifest) -> StatusManifest:
    """Return the last complete run before `day`, or the first after it when none was kept."""
    first_after: StatusManifest | None = None
    for path in reversed(list_runs(folder)):
        run = read_manifest(path)
        if not run.run.complete or run.run.finished_at >= shown.run.finished_at:
            continue
        if run.run.finished_at < day:
            return run
        first_after = run
    if first_after is None:
        raise ConfigError(
            f"No complete run is kept in {folder / RUNS} to compare with: --since needs one that "
            "is older than the manifest."
        )
    return first_after


def _find_newest(session: Session) -> Path:
    path = find_output_folder(session) / NEWEST
    try:
        path.stat()
    except FileNotFoundError as error:
        raise ConfigError(
            f"There is no manifest at {path} yet: name one, or make one with `syncer run`."
        ) from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be looked at: {error.strerror}.") from error
    return path


def print_schema() -> int:
    """Print the manifest's JSON Schema."""
    from syncer.manifest.codec import json_schema

    click.echo(json_schema(), nl=False)
    return 0
