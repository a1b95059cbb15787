"""The files that a nightly writes: whole reports, the newest manifests, thinned copies."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest

from syncer.config.settings import FileFormat
from syncer.errors import StoreError
from syncer.manifest.document import (
    StatusManifest,
)
from syncer.nightly.earlier_runs import (
    NEWEST,
    NEWEST_COMPLETE,
    list_runs,
    read_remembered,
)
from syncer.nightly.write import write_run
from syncer.report.words import Lang
from tests.unit.nightly.made_manifests import FIRST_NIGHT, make_manifest


def write(manifest: StatusManifest, folder: Path, keep_runs: int = 60) -> list[str]:
    """Write a run and return the names, relative to the folder."""
    formats: tuple[FileFormat, ...] = ("html", "markdown", "xlsx")
    paths = write_run(manifest, folder, formats=formats, lang=Lang.DA, keep_runs=keep_runs)
    return [path.relative_to(folder).as_posix() for path in paths]


def test_a_complete_run_leaves_everything_and_the_manifest_last(tmp_path: Path) -> None:
    """Reports first, then the dated copies, then the manifests that readers follow."""
    names = write(make_manifest(), tmp_path)
    assert names == [
        "report.html",
        "report.md",
        "report.xlsx",
        "runs/2026-10-01T011502Z-report.html",
        "runs/2026-10-01T011502Z-report.md",
        "runs/2026-10-01T011502Z-report.xlsx",
        "runs/2026-10-01T011502Z-status.json",
        "status-complete.json",
        "status.json",
    ]
    assert all((tmp_path / name).stat().st_size for name in names)
    for page in ("report.html", "runs/2026-10-01T011502Z-report.html"):
        lists = page.rpartition("/")[2].replace(".html", ".xlsx")
        assert f'href="{lists}"' in (tmp_path / page).read_text("utf-8")


def test_an_incomplete_run_leaves_the_last_complete_one_alone(tmp_path: Path) -> None:
    """`status.json` is the newest run, `status-complete.json` the newest complete one."""
    write(make_manifest(), tmp_path)
    write(make_manifest(FIRST_NIGHT + timedelta(days=1), complete=False), tmp_path)
    newest = read_remembered(tmp_path, NEWEST)
    complete = read_remembered(tmp_path, NEWEST_COMPLETE)
    assert newest is not None
    assert complete is not None
    assert (newest.run.complete, complete.run.complete) == (False, True)


def test_an_incomplete_run_leaves_the_last_complete_report_beside_its_own(tmp_path: Path) -> None:
    """Each leads to the other; only the newest warns of its age, and dated copies lead nowhere."""
    beside = tmp_path / "report-complete.html"
    write(make_manifest(), tmp_path)
    assert not beside.exists()
    names = write(make_manifest(FIRST_NIGHT + timedelta(days=1), complete=False), tmp_path)
    assert names[0] == "report-complete.html"
    newest, complete = (tmp_path / "report.html").read_text("utf-8"), beside.read_text("utf-8")
    assert 'href="report-complete.html"' in newest
    assert "Kontrolleret 2. oktober" in newest
    assert 'href="report.html"' in complete
    assert "Kontrolleret 1. oktober" in complete
    assert ['id="age"' in page for page in (newest, complete)] == [True, False]
    (dated,) = (tmp_path / "runs").glob("2026-10-02*-report.html")
    assert "report-complete.html" not in dated.read_text("utf-8")
    write(make_manifest(FIRST_NIGHT + timedelta(days=2)), tmp_path)
    assert not beside.exists()


def test_without_a_complete_run_there_is_none_to_lead_to(tmp_path: Path) -> None:
    """Nor with other formats only."""
    names = write(make_manifest(complete=False), tmp_path)
    assert "report-complete.html" not in names
    assert "report-complete.html" not in (tmp_path / "report.html").read_text("utf-8")
    write(make_manifest(), tmp_path)
    write_run(
        make_manifest(complete=False), tmp_path, formats=("markdown",), lang=Lang.DA, keep_runs=9
    )
    assert not (tmp_path / "report-complete.html").exists()


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


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file in the folder's place ends with what to do, nothing half-written."""
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="Cannot write"):
        write(make_manifest(), tmp_path / "out")


def test_a_report_that_cannot_be_written_keeps_no_manifest_back(tmp_path: Path) -> None:
    """A folder in its place is told; the next run compares with this one all the same."""
    (tmp_path / "report.html" / "inside").mkdir(parents=True)
    with pytest.raises(StoreError, match=r"report\.html"):
        write(make_manifest(), tmp_path)
    assert read_remembered(tmp_path, NEWEST) == read_remembered(tmp_path, NEWEST_COMPLETE)
    assert read_remembered(tmp_path, NEWEST) is not None
    assert {path.name for path in tmp_path.iterdir()} == {
        *("report.html", "report.md", "report.xlsx", "runs", "status-complete.json", "status.json")
    }


def test_every_format_of_the_settings_is_written(tmp_path: Path) -> None:
    """Whatever `[output] formats` takes has a file."""
    formats = get_args(FileFormat)
    written = write_run(make_manifest(), tmp_path, formats=formats, lang=Lang.DA, keep_runs=1)
    reports = {path.name for path in written if path.parent == tmp_path} - {NEWEST, NEWEST_COMPLETE}
    assert len(reports) == len(formats)
