"""The commands that read what earlier runs wrote: `report` and `status`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from syncer import RELEASED, __version__
from syncer.cli.output import emit, fit
from syncer.cli.params import FormatRequest
from syncer.cli.targets import check_formats, keep_manifest, keep_own_files
from syncer.config.schedule import parse_cron
from syncer.errors import ConfigError, StoreError
from syncer.manifest.changes import compare
from syncer.manifest.document import StatusManifest
from syncer.model.reason import Reason
from syncer.nightly.deliver import describe_refusal, find_refused
from syncer.nightly.earlier_runs import (
    NEWEST,
    RUNS,
    list_runs,
    read_kept,
    read_manifest,
    read_remembered,
)
from syncer.nightly.last_run import judge_nightly
from syncer.nightly.session import (
    Session,
    find_output_folder,
    find_service_state,
    open_session,
)
from syncer.pipeline.options import ConfigChoice
from syncer.report.terminal import render_state
from syncer.report.words import Lang, words_of
from syncer.store.health import read_health


def render_again(
    manifest: Path | None,
    *,
    since: datetime | None,
    config: ConfigChoice,
    lang: str | None,
    formats: Sequence[FormatRequest],
    output: Path | None,
    verbose: bool,
) -> int:
    """Render a stored manifest, the newest when none is named; return the exit code.

    With `since`, its changes are those from the last complete run before that day.
    """
    check_formats(formats, output)
    keep_manifest(formats, output, manifest)
    if manifest is not None and since is None:
        # A named manifest needs no settings but the language.
        emit(read_manifest(manifest), formats, output, Lang(lang or "da"), verbose=verbose)
        return 0
    session = _open_service(config, lang)
    keep_own_files(formats, output, session, None)
    shown = read_manifest(manifest) if manifest else read_kept(_find_newest(session))
    if since is not None:
        day = since.replace(tzinfo=ZoneInfo(session.loaded.settings.schedule.timezone))
        if day > shown.run.finished_at:
            raise ConfigError(
                f"--since {day:%Y-%m-%d} is after the manifest, which is of "
                f"{shown.run.finished_at.astimezone(day.tzinfo):%Y-%m-%d %H:%M}."
            )
        earlier = _find_earlier(find_output_folder(session), day, shown)
        shown = replace(shown, changes=compare(shown, earlier))
    report_to = session.loaded.settings.output.report_to
    emit(shown, formats, output, session.lang, report_to=report_to, verbose=verbose)
    return 0


def _open_service(config: ConfigChoice, lang: str | None) -> Session:
    """Open a session to read what runs have left: the service's, unless told otherwise.

    Its state is named to the service alone (`$STATE_DIRECTORY`), and without it the answer would
    be that there was no run.
    """
    session = open_session(config, lang=lang, verbosity=0, with_secrets=False)
    service = find_service_state(session.loaded)
    if service is None or "STATE_DIRECTORY" in os.environ or not os.path.lexists(service):
        return session
    return replace(session, state_folder=service)


def _find_earlier(folder: Path, day: datetime, shown: StatusManifest) -> StatusManifest:
    """Return the last complete run before `day`, or the first one after it when there is none."""
    first_after: StatusManifest | None = None
    for path in reversed(list_runs(folder)):
        run = read_kept(path)
        if not run.run.complete or run.run.finished_at >= shown.run.finished_at:
            continue
        if run.run.finished_at < day:
            return run
        first_after = run
    if first_after is None:
        raise ConfigError(
            f"{folder / RUNS} has no complete run to compare with: --since needs one that is older "
            "than the manifest."
        )
    return first_after


def _find_newest(session: Session) -> Path:
    path = find_output_folder(session) / NEWEST
    try:
        path.stat()
    except FileNotFoundError as error:
        raise ConfigError(
            f"There is no manifest at {path} yet: name one, or create it with `syncer run`."
        ) from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be looked at: {error.strerror}.") from error
    return path


def print_status(config: ConfigChoice, *, lang: str | None) -> int:
    """Print when the nightly last ran and runs next; return the exit code for monitoring.

    0: the newest run is in time and complete. 3: in time, but something could not be looked at,
    or a notice or the upload failed.
    1: none is in time, or the newest ended without a result. 2: the settings cannot be used.

    Raises:
        StoreError: a folder cannot be read: "never" would be a false alarm.
    """
    session = _open_service(config, lang)
    folder = find_output_folder(session)
    for place in (session.state_folder, folder):
        _check_readable(place)
    newest = read_remembered(folder, NEWEST)
    expected = None
    if newest is not None:
        schedule = session.loaded.settings.schedule
        trigger = parse_cron(schedule.cron, schedule.timezone)
        expected = trigger.get_next_fire_time(None, newest.run.finished_at)
    health = read_health(session.state_folder)
    refused = [
        Reason("status-notice-failed", describe_refusal(channel, refusal))
        for channel, refusal in find_refused(session).items()
    ]
    status = judge_nightly(newest, health, expected, datetime.now(UTC), refused, lang=session.lang)
    words = words_of(session.lang)
    lines = [words.reason(status.last.code, status.last.args)]
    if newest is not None:
        lines += render_state(newest, lang=session.lang)
    lines += [words.reason(line.code, line.args) for line in (*status.more, _describe_release())]
    for line in lines:
        click.echo(fit(line, sys.stdout))
    return int(status.code)


def _describe_release() -> Reason:
    """Return how old the installed version is; nobody is asked whether there is a newer one."""
    days = (datetime.now(UTC).date() - date.fromisoformat(RELEASED)).days
    args = {"version": __version__, "at": RELEASED, "days": days if days > 0 else None}
    return Reason("status-release", args)


def _check_readable(folder: Path) -> None:
    try:
        os.scandir(folder).close()
    except PermissionError as error:
        raise StoreError(
            f"{folder} cannot be read: {error.strerror}. Run this as root, or as the user that "
            "runs syncer there."
        ) from error
    except OSError:
        return  # not there yet
