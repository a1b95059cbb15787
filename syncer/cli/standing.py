"""`status`: where the nightly stands, for people and for monitoring."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from syncer.cli.output import fit
from syncer.config.schedule import parse_cron
from syncer.errors import StoreError
from syncer.nightly.earlier_runs import NEWEST, read_remembered
from syncer.nightly.last_run import judge_standing
from syncer.nightly.session import find_output_folder, open_session
from syncer.report.terminal import render_state
from syncer.report.words import words_of
from syncer.store.health import read_health


def tell_status(config: Path | None, *, lang: str | None) -> int:
    """Print where the nightly stands, and return the exit code for monitoring.

    0: the newest run is in time and complete. 3: in time, but something could not be looked at.
    1: none is in time, or the newest ended without a result. 2: the settings cannot be used.

    Raises:
        StoreError: a folder may not be looked into: "never" would be a false alarm.
    """
    session = open_session(config, lang=lang, verbosity=0, env=os.environ, with_secrets=False)
    folder = find_output_folder(session)
    for place in (session.state_folder, folder):
        _check_open(place)
    newest = read_remembered(folder, NEWEST)
    expected = None
    if newest is not None:
        schedule = session.loaded.settings.schedule
        trigger = parse_cron(schedule.cron, schedule.timezone)
        expected = trigger.get_next_fire_time(None, newest.run.finished_at)
    health = read_health(session.state_folder)
    standing = judge_standing(newest, health, expected, datetime.now(UTC))
    words = words_of(session.lang)
    lines = [words.reason(standing.last.code, standing.last.args)]
    if newest is not None:
        lines += render_state(newest, lang=session.lang)
    lines += [words.reason(line.code, line.args) for line in standing.more]
    for line in lines:
        click.echo(fit(line, sys.stdout))
    return int(standing.code)


def _check_open(folder: Path) -> None:
    try:
        os.scandir(folder).close()
    except PermissionError as error:
        raise StoreError(
            f"{folder} cannot be read: {error.strerror}. Ask as root, or as the user that runs "
            "syncer there."
        ) from error
    except OSError:
        return  # not there yet
