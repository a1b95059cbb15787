"""Where the nightly stands, from what the runs have left."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from syncer.audit.codes import make_finding
from syncer.errors import ExitCode
from syncer.manifest.build import record_finding
from syncer.manifest.document import FindingRecord
from syncer.model.reason import Reason
from syncer.nightly.deliver import describe_refusal
from syncer.nightly.last_run import GRACE, STALE_AFTER, NightlyStatus, is_stale, judge_nightly
from syncer.report.view import build_view
from syncer.report.words import Lang, words_of
from syncer.store.health import Health
from syncer.store.notices import Refusal
from tests.unit.nightly.made_manifests import FIRST_NIGHT, make_manifest
from tests.unit.report.records import Make
from tests.unit.report.views import items_of

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
    findings = (_finding("publish-failed"), _finding("link-broken"))
    manifest = make_manifest(complete=False, findings=findings)
    refusal = Refusal(since=FIRST_NIGHT, code="notice-not-accepted", args={"detail": "not-reached"})
    refused = [Reason("status-notice-failed", describe_refusal("mail", refusal))]
    standing = judge_nightly(manifest, failed, NEXT, NEXT + GRACE * 2, refused)
    for line in (standing.last, *standing.more):
        said = words_of(lang).reason(line.code, line.args)
        assert said.endswith(".")
        assert "…" not in said
        assert "not-reached" not in said


def _finding(code: str, day: int = 1, **more: object) -> FindingRecord:
    parts = make_finding(code, f"{code}-{day}", (str(day),), {})
    record = record_finding(parts, datetime(2026, 9, day, tzinfo=UTC))
    return replace(record, **more)  # type: ignore[arg-type]


def test_what_could_not_be_delivered() -> None:
    """A notice or an upload that failed is a line each, and a run in time answers 3."""
    refused = [
        Reason("status-notice-failed", {"channel": "mail", "since": FIRST_NIGHT.isoformat()})
    ]
    told = judge_nightly(make_manifest(), None, NEXT, MORNING, refused)
    assert (told.code, told.more[0]) == (ExitCode.INCOMPLETE, refused[0])
    upload = make_manifest(findings=(_finding("publish-failed"),))
    told = judge_nightly(upload, None, NEXT, MORNING)
    assert (told.code, _codes(told)[1]) == (ExitCode.INCOMPLETE, "status-publish-failed")
    late = judge_nightly(upload, None, NEXT, NEXT + GRACE * 2)
    assert late.code is ExitCode.FINDINGS


def test_the_oldest_error_is_named() -> None:
    """Of those that nobody accepted and no other explains; a warning is none."""
    findings = (
        _finding("resource-missing", 9),
        _finding("link-broken", 4),
        _finding("share-gone", 2, waived_until=date(2026, 12, 1)),
        _finding("resource-planned", 1),
        _finding("link-broken", 3, caused_by="f0"),
    )
    told = judge_nightly(make_manifest(findings=findings), None, NEXT, MORNING)
    assert told.code is ExitCode.OK
    assert told.more[0].args == {"subject": "link-broken-4", "at": "2026-09-04T00:00:00+00:00"}


def test_the_oldest_error_is_named_as_in_the_report() -> None:
    """A share by what the handbook calls it, a link by its text; no token is printed."""
    make = Make()
    link = make.link("https://boks.example.dk/s/Ab12Cd34", "broken", text="Vores boks")
    gone = make.finding("share-gone", subject=make.share_id, owner="administrator")
    broken = make.finding("link-broken", link, owner="maintainer")
    for finding, name in ((gone, "OS2 Boks"), (broken, "Vores boks")):
        manifest = make.manifest(links=(link,), findings=(finding,))
        told = judge_nightly(manifest, None, None, manifest.run.finished_at, lang=Lang.EN)
        assert told.more[0].args["subject"] == name
        (item,) = items_of(build_view(manifest, Lang.EN))
        assert item.title == name


@pytest.mark.parametrize(("hours", "warns"), [(11, False), (13, True)])
def test_a_run_that_takes_long_warns(hours: int, *, warns: bool) -> None:
    """More than half of the time until the next run."""
    manifest = make_manifest()
    started = FIRST_NIGHT - timedelta(hours=hours)
    manifest = replace(manifest, run=replace(manifest.run, started_at=started))
    expected = started + timedelta(hours=24)
    told = judge_nightly(manifest, None, expected, FIRST_NIGHT)
    assert ("status-slow-run" in _codes(told)) is warns
    assert told.code is ExitCode.OK


def test_stale() -> None:
    """Never, too long ago, or ahead of the clock."""
    assert is_stale(None, MORNING)
    assert not is_stale(FIRST_NIGHT, MORNING)
    assert is_stale(FIRST_NIGHT, FIRST_NIGHT + STALE_AFTER)
    assert is_stale(FIRST_NIGHT, datetime(2026, 9, 1, tzinfo=UTC))
