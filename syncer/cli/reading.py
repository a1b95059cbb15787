"""The commands that only read what a run has left: `report`, `schema`, `status`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from syncer.cli.output import check_formats, emit
from syncer.cli.params import FormatRequest
from syncer.errors import ConfigError
from syncer.pipeline.nightly import NEWEST, read_manifest
from syncer.pipeline.session import Session, find_output_folder, open_session
from syncer.report.words import Lang


def render_again(
    manifest: Path | None,
    *,
    config: Path | None,
    lang: str | None,
    formats: Sequence[FormatRequest],
    output: Path | None,
) -> int:
    """Render an old manifest, the newest when none is named."""
    check_formats(formats, output)
    if manifest is not None:
        # A manifest that is named needs no settings, only a language.
        emit(read_manifest(manifest), formats, output, Lang(lang or "da"))
        return 0
    session = open_session(config, lang=lang, verbosity=0, env=os.environ)
    emit(read_manifest(_find_newest(session)), formats, output, session.lang)
    return 0


def _find_newest(session: Session) -> Path:
    path = find_output_folder(session) / NEWEST
    if not path.is_file():
        raise ConfigError(
            f"There is no manifest at {path} yet: name one, or make one with `syncer run`."
        )
    return path


def print_schema() -> int:
    """Print the manifest's JSON Schema."""
    from syncer.manifest.codec import json_schema

    click.echo(json_schema(), nl=False)
    return 0
