"""What a nightly leaves: whole files, the newest and the newest complete, thinned copies."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

from syncer.config.settings import FileFormat
from syncer.errors import ConfigError, ExitCode, StoreError
from syncer.manifest.document import (
    SCHEMA_VERSION,
    ChangesRecord,
    CountsRecord,
    FindingRecord,
    HandbookRecord,
    ReasonRecord,
    RunRecord,
    ScopeRecord,
    StatusManifest,
    ToolRecord,
)
from syncer.nightly.earlier_runs import (
    NEWEST,
    NEWEST_COMPLETE,
    list_runs,
    read_comparable,
    read_manifest,
    read_remembered,
)
from syncer.nightly.exit_code import decide_exit
from syncer.nightly.write import write_run
from syncer.report.words import Lang

FIRST_NIGHT = datetime(2026, 10, 1, 1, 15, 2, tzinfo=UTC)


def make_manifest(
    finished_at: datetime = FIRST_NIGHT,
    *,
    complete: bool = True,
    findings: tuple[FindingRecord, ...] = (),
) -> StatusManifest:
    """Return a manifest of an empty handbook."""
    return StatusManifest(
        schema_version=SCHEMA_VERSION,
        tool=ToolRecord(name="syncer", version="0"),
        run=RunRecord(
            id="run",
            started_at=finished_at - timedelta(seconds=3),
            finished_at=finished_at,
            complete=complete,
            incomplete_because=() if complete else (ReasonRecord(code="run-stopped"),),
            scope=ScopeRecord(),
        ),
        handbook=HandbookRecord(source="handbook", revision=None, pages=0, site_url=None),
        shares=(),
        resources=(),
        links=(),
        findings=findings,
        changes=ChangesRecord(),
        history=(),
        counts=CountsRecord(groups={}, rows={}, links={}, severities={}, owners={}),
    )


def make_finding(severity: str, *, waived_until: str | None = None) -> FindingRecord:
    """Return a finding of that severity."""
    return FindingRecord(
        id=f"f{severity}",
        code="link-broken",
        severity=severity,
        owner="maintainer",
        page="a.md",
        line=1,
        subject="x",
        args={},
        hint=None,
        caused_by=None,
        first_seen_at=FIRST_NIGHT,
        runs=1,
        waived_until=waived_until,
    )


def write(manifest: StatusManifest, folder: Path, keep_runs: int = 60) -> list[str]:
    """Write a run and return the names, relative to the folder."""
    paths = write_run(
        manifest, folder, formats=("html", "markdown"), lang=Lang.DA, keep_runs=keep_runs
    )
    return [path.relative_to(folder).as_posix() for path in paths]


def test_a_complete_run_leaves_everything_and_the_manifest_last(tmp_path: Path) -> None:
    """Reports first, then the dated copies, then the manifests that readers follow."""
    names = write(make_manifest(), tmp_path)
    assert names == [
        "report.html",
        "report.md",
        "runs/2026-10-01T011502Z-report.html",
        "runs/2026-10-01T011502Z-report.md",
        "runs/2026-10-01T011502Z-status.json",
        "status-complete.json",
        "status.json",
    ]
    assert all((tmp_path / name).stat().st_size for name in names)


def test_an_incomplete_run_leaves_the_last_complete_one_alone(tmp_path: Path) -> None:
    """`status.json` is the newest run, `status-complete.json` the newest complete one."""
    write(make_manifest(), tmp_path)
    write(make_manifest(FIRST_NIGHT + timedelta(days=1), complete=False), tmp_path)
    newest = read_remembered(tmp_path, NEWEST)
    complete = read_remembered(tmp_path, NEWEST_COMPLETE)
    assert newest is not None
    assert complete is not None
    assert (newest.run.complete, complete.run.complete) == (False, True)


def test_old_runs_are_thinned_and_strange_files_stay(tmp_path: Path) -> None:
    """Of the last runs all are kept, of older ones the last of each week; nothing of others."""
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "notes.txt").write_text("mine", encoding="utf-8")
    for day in range(21):
        write(make_manifest(FIRST_NIGHT + timedelta(days=day)), tmp_path, keep_runs=3)
    days = [path.name[:10] for path in list_runs(tmp_path)]
    assert days == [
        "2026-10-04",
        "2026-10-11",
        "2026-10-18",
        "2026-10-19",
        "2026-10-20",
        "2026-10-21",
    ]
    assert (tmp_path / "runs" / "notes.txt").exists()


def test_no_runs_yet(tmp_path: Path) -> None:
    """An output folder without runs has none."""
    assert list_runs(tmp_path) == ()
    assert read_remembered(tmp_path, NEWEST) is None


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file in the folder's place ends with what to do, nothing half-written."""
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="Cannot write"):
        write(make_manifest(), tmp_path / "out")


def test_manifests_that_cannot_be_read(tmp_path: Path) -> None:
    """A missing or broken one is told when it was named, and passed over when remembered."""
    with pytest.raises(ConfigError, match="cannot be read"):
        read_manifest(tmp_path / "none.json")
    (tmp_path / NEWEST).write_text("{", encoding="utf-8")
    with pytest.raises(ConfigError):
        read_manifest(tmp_path / NEWEST)
    assert read_remembered(tmp_path, NEWEST) is None


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [
        ("error", "error", ExitCode.FINDINGS),
        ("warning", "error", ExitCode.OK),
        ("warning", "warning", ExitCode.FINDINGS),
        ("info", "info", ExitCode.FINDINGS),
        ("error", "never", ExitCode.OK),
        ("strange", "warning", ExitCode.OK),
    ],
)
def test_findings_decide_the_exit_code(severity: str, fail_on: str, code: ExitCode) -> None:
    """A finding at or above the threshold gives 1."""
    manifest = make_manifest(findings=(make_finding(severity),))
    assert decide_exit(manifest, fail_on=fail_on, allow_incomplete=False) is code


def test_incomplete_beats_findings_unless_it_is_allowed() -> None:
    """3 wins over 1; with --allow-incomplete the findings decide."""
    manifest = make_manifest(complete=False, findings=(make_finding("error"),))
    assert decide_exit(manifest, fail_on="error", allow_incomplete=False) is ExitCode.INCOMPLETE
    assert decide_exit(manifest, fail_on="error", allow_incomplete=True) is ExitCode.FINDINGS
    assert decide_exit(manifest, fail_on="never", allow_incomplete=True) is ExitCode.OK


def test_what_is_waived_or_in_the_baseline_does_not_count() -> None:
    """A waiver and a baseline each take a finding out."""
    waived = make_manifest(findings=(make_finding("error", waived_until="2026-12-31"),))
    assert decide_exit(waived, fail_on="error", allow_incomplete=False) is ExitCode.OK
    bad = make_manifest(findings=(make_finding("error"),))
    same = replace(bad)
    assert decide_exit(bad, fail_on="error", allow_incomplete=False, baseline=same) is ExitCode.OK


def test_every_format_of_the_settings_is_written(tmp_path: Path) -> None:
    """Whatever `[output] formats` takes has a file."""
    formats = get_args(FileFormat)
    written = write_run(make_manifest(), tmp_path, formats=formats, lang=Lang.DA, keep_runs=1)
    reports = {path.name for path in written if path.parent == tmp_path} - {NEWEST, NEWEST_COMPLETE}
    assert len(reports) == len(formats)


NARROW = [ScopeRecord(only="links"), ScopeRecord(offline=True), ScopeRecord(pages=("a.md",))]


def leave(folder: Path, night: int, scope: ScopeRecord, *, complete: bool = True) -> StatusManifest:
    """Leave a run of that scope in an output folder."""
    made = make_manifest(FIRST_NIGHT + timedelta(days=night), complete=complete)
    made = replace(made, run=replace(made.run, scope=scope))
    write_run(made, folder, formats=(), lang=Lang.DA, keep_runs=30)
    return made


@pytest.mark.parametrize("scope", NARROW)
def test_a_narrow_run_by_day_does_not_take_the_memory_away(
    tmp_path: Path, scope: ScopeRecord
) -> None:
    """The next night is compared with the last night, a run like the narrow one with that."""
    whole = leave(tmp_path, 0, ScopeRecord())
    leave(tmp_path, 1, ScopeRecord(), complete=False)
    narrow = leave(tmp_path, 2, scope)
    assert read_comparable(tmp_path, ScopeRecord()) == whole
    assert read_comparable(tmp_path, scope) == narrow
    later = leave(tmp_path, 3, ScopeRecord())
    assert read_comparable(tmp_path, scope) == later


def test_without_a_whole_run_the_newest_is_better_than_none(tmp_path: Path) -> None:
    """What it did look at can be compared."""
    assert read_comparable(tmp_path, ScopeRecord()) is None
    narrow = leave(tmp_path, 0, NARROW[0])
    assert read_comparable(tmp_path, ScopeRecord()) == narrow
