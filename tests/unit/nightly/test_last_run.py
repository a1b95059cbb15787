"""Where the nightly stands, from what the runs have left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from syncer.errors import ExitCode
from syncer.nightly.last_run import GRACE, STALE_AFTER, NightlyStatus, is_stale, judge_nightly
from syncer.report.words import Lang, words_of
from syncer.store.health import Health
from tests.unit.nightly.made_manifests import FIRST_NIGHT, make_manifest

NEXT = FIRST_NIGHT + timedelta(days=1)
MORNING = FIRST_NIGHT + timedelta(hours=5)


def _codes(standing: NightlyStatus) -> list[str]:
    return [line.code for line in (standing.last, *standing.more)]


def _health(started_at: datetime, **more: object) -> Health:
    return Health(started_at=started_at, process=42, **more)  # type: ignore[arg-type]


def test_a_good_night() -> None:
    """In time and complete: 0, with its age and when the next is due."""
    standing = judge_nightly(make_manifest(), None, NEXT, MORNING)
    assert standing.code is ExitCode.OK
    assert _codes(standing) == ["status-last-run", "status-next"]
    assert standing.last.args["hours"] == 5


def test_an_incomplete_night() -> None:
    """In time, but something could not be looked at: 3."""
    standing = judge_nightly(make_manifest(complete=False), None, NEXT, MORNING)
    assert standing.code is ExitCode.INCOMPLETE


def test_late_after_the_grace_only() -> None:
    """A run that was due is waited for some hours, then it is late: 1."""
    manifest = make_manifest()
    assert judge_nightly(manifest, None, NEXT, NEXT + GRACE).code is ExitCode.OK
    late = judge_nightly(manifest, None, NEXT, NEXT + GRACE + timedelta(seconds=1))
    assert late.code is ExitCode.FINDINGS
    assert _codes(late)[-1] == "status-overdue"


def test_a_schedule_that_never_comes_is_never_late() -> None:
    """Nothing is expected, so nothing is late."""
    standing = judge_nightly(make_manifest(), None, None, NEXT + timedelta(days=99))
    assert standing.code is ExitCode.OK
    assert _codes(standing) == ["status-last-run"]


def test_a_run_that_failed_after_the_last_manifest() -> None:
    """Its sentence is said, and the answer is 1, though the manifest before is in time."""
    failed = _health(NEXT, finished_at=NEXT, exit_code=2, problem="No handbook.")
    standing = judge_nightly(make_manifest(), failed, NEXT, NEXT)
    assert standing.code is ExitCode.FINDINGS
    line = next(line for line in standing.more if line.code == "status-run-failed")
    assert line.args["problem"] == "No handbook."


def test_a_run_that_is_under_way_or_was_cut_off() -> None:
    """It is told; whether it is late the clock decides."""
    begun = _health(NEXT)
    standing = judge_nightly(make_manifest(), begun, NEXT, NEXT + timedelta(hours=1))
    assert standing.code is ExitCode.OK
    assert "status-run-not-ended" in _codes(standing)
    cut_off = judge_nightly(make_manifest(), begun, NEXT, NEXT + timedelta(days=1))
    assert cut_off.code is ExitCode.FINDINGS


def test_the_run_of_the_manifest_itself_is_told_once() -> None:
    """Its own health adds nothing, whatever its exit code was."""
    manifest = make_manifest()
    own = _health(manifest.run.started_at, finished_at=FIRST_NIGHT, exit_code=3)
    assert _codes(judge_nightly(manifest, own, NEXT, MORNING)) == [
        "status-last-run",
        "status-next",
    ]


def test_never_run() -> None:
    """No manifest at all: 1, with what became of the first try."""
    assert _codes(judge_nightly(None, None, None, MORNING)) == ["status-never-run"]
    tried = judge_nightly(None, _health(FIRST_NIGHT), None, MORNING)
    assert tried.code is ExitCode.FINDINGS
    assert _codes(tried) == ["status-never-run", "status-run-not-ended"]


def test_a_run_ahead_of_the_clock() -> None:
    """The clock was set back: nobody can say how old it is, so 1."""
    standing = judge_nightly(make_manifest(), None, NEXT, FIRST_NIGHT - timedelta(days=1))
    assert standing.code is ExitCode.FINDINGS
    assert "status-ahead-of-clock" in _codes(standing)


@pytest.mark.parametrize(
    ("age", "unit", "count"),
    [
        (timedelta(minutes=1), "minutes", 1),
        (timedelta(minutes=119), "minutes", 119),
        (timedelta(hours=2), "hours", 2),
        (timedelta(hours=47, minutes=59), "hours", 47),
        (timedelta(hours=49), "days", 2),
    ],
)
def test_the_age_is_said_in_the_unit_that_fits(age: timedelta, unit: str, count: int) -> None:
    """Minutes, then hours, then days."""
    line = judge_nightly(make_manifest(), None, None, FIRST_NIGHT + age).last
    assert {key: value for key, value in line.args.items() if key != "at"} == {unit: count}


@pytest.mark.parametrize("age", [timedelta(seconds=59), timedelta(minutes=-3)])
def test_of_a_run_just_now_no_age_is_said(age: timedelta) -> None:
    """Nobody says "0 minutes ago", nor how long it is until the past."""
    line = judge_nightly(make_manifest(), None, None, FIRST_NIGHT + age).last
    assert list(line.args) == ["at"]


@pytest.mark.parametrize("lang", list(Lang))
def test_every_line_is_a_sentence(lang: Lang) -> None:
    """In both languages, with all of its gaps filled."""
    failed = _health(NEXT, finished_at=NEXT, exit_code=2, problem="No handbook.")
    standing = judge_nightly(make_manifest(complete=False), failed, NEXT, NEXT + GRACE * 2)
    for line in (standing.last, *standing.more):
        said = words_of(lang).reason(line.code, line.args)
        assert said.endswith(".")
        assert "…" not in said


def test_stale() -> None:
    """Never, too long ago, or ahead of the clock."""
    assert is_stale(None, MORNING)
    assert not is_stale(FIRST_NIGHT, MORNING)
    assert is_stale(FIRST_NIGHT, FIRST_NIGHT + STALE_AFTER)
    assert is_stale(FIRST_NIGHT, datetime(2026, 9, 1, tzinfo=UTC))
