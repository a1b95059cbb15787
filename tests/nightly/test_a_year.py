"""Nights in a row on an injected clock, with a real state and output folder.

Three weeks, and with `--thorough` a year. Among them are nights without the server, slow and late
ones, and an upgrade of the state's schema.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from syncer.config.schedule import parse_cron
from syncer.manifest.document import StatusManifest
from syncer.model.reason import Reason
from syncer.nightly.earlier_runs import NEWEST, NEWEST_COMPLETE, list_runs, read_manifest
from syncer.nightly.run import run_nightly
from syncer.nightly.session import open_session
from syncer.pipeline.options import RunParams
from syncer.store import database
from syncer.surroundings import Surroundings
from tests.cloud.server import CloudServer
from tests.nightly.processes import Place

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
KEPT = 10
SOUND = {"present", "planned"}


@dataclass
class Night:
    """A clock that begins at the time of the run; a slow night takes hours."""

    time: datetime
    step: timedelta

    def now(self) -> datetime:
        """Return the time, which passes with every look at it."""
        self.time += self.step
        return self.time

    def sleep(self, seconds: float) -> None:
        """Let time pass at once."""
        self.time += timedelta(seconds=seconds)


def test_every_night_is_accounted_for(
    place: Place, server: CloudServer, monkeypatch: pytest.MonkeyPatch, *, thorough: bool
) -> None:
    """None is missed, none comes twice, and nothing grows without end."""
    count = 365 if thorough else 21
    text = place.config.read_text(encoding="utf-8")
    place.config.write_text(
        text.replace('folder = "reports"\n', f'folder = "reports"\nkeep_runs = {KEPT}\n'),
        encoding="utf-8",
    )
    trigger = parse_cron("15 3 * * *", "Europe/Copenhagen")
    due = trigger.get_next_fire_time(None, datetime(2026, 9, 28, tzinfo=UTC))
    nights: dict[date, StatusManifest] = {}
    for number in range(count):
        assert due is not None
        unplugged, slow, late = number % 9 == 4, number % 7 == 3, number % 11 == 5
        if number == count // 2:
            monkeypatch.setattr(database, "VERSION", database.VERSION + 1)
        if unplugged:
            server.unplug()
        begin = due.astimezone(UTC) + timedelta(hours=4 if late else 0)
        night = Night(begin, timedelta(minutes=7 if slow else 0, milliseconds=1))
        session = open_session(place.config, lang=None, verbosity=-1, env=place.environment())
        manifest, _ = run_nightly(
            session, RunParams(), Surroundings(now=night.now, sleep=night.sleep)
        )
        if unplugged:
            server.plug_in()
        check(manifest, unplugged=unplugged)
        nights[manifest.run.started_at.astimezone(COPENHAGEN).date()] = manifest
        due = manifest.run.next_expected_at
    days = sorted(nights)
    assert len(days) == count
    assert days[-1] - days[0] == timedelta(days=count - 1)
    check_folder(place, nights)


def check(manifest: StatusManifest, *, unplugged: bool) -> None:
    """Hold one night: complete unless the server was gone, and no false claim."""
    assert manifest.run.complete is not unplugged
    known = {"undetermined"} if unplugged else SOUND
    assert {row.status for row in manifest.resources} <= known


def check_folder(place: Place, nights: dict[date, StatusManifest]) -> None:
    """Hold what is left in the end: the last nights whole, one a week before, since when."""
    newest = read_manifest(place.reports / NEWEST)
    last = nights[max(nights)]
    assert newest.run.id == last.run.id
    weeks = {day.isocalendar()[:2] for day in nights}
    assert KEPT <= len(list_runs(place.reports)) <= KEPT + len(weeks)
    first = nights[min(nights)].run.finished_at
    complete = read_manifest(place.reports / NEWEST_COMPLETE)
    planned = [item for item in complete.findings if item.code.startswith("resource-")]
    assert complete.run.complete
    assert planned
    assert {item.first_seen_at for item in planned} == {first}
    assert (place.state / "state.sqlite3").stat().st_size < 1_000_000
    reasons: list[Reason] = []
    database.open_database(place.state, reasons.append).close()
    assert reasons == []
