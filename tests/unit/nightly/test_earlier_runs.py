"""Manifests of earlier runs: which are read, and which are comparable."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from syncer.errors import ConfigError
from syncer.manifest.document import (
    ScopeRecord,
    StatusManifest,
)
from syncer.nightly.earlier_runs import (
    NEWEST,
    list_runs,
    read_comparable,
    read_manifest,
    read_remembered,
)
from syncer.nightly.write import write_run
from syncer.report.words import Lang
from tests.unit.nightly.made_manifests import FIRST_NIGHT, make_manifest


def test_no_runs_yet(tmp_path: Path) -> None:
    """An output folder without runs has none."""
    assert list_runs(tmp_path) == ()
    assert read_remembered(tmp_path, NEWEST) is None


def test_manifests_that_cannot_be_read(tmp_path: Path) -> None:
    """A missing or broken one is told when it was named, and passed over when remembered."""
    with pytest.raises(ConfigError, match="cannot be read"):
        read_manifest(tmp_path / "none.json")
    (tmp_path / NEWEST).write_text("{", encoding="utf-8")
    with pytest.raises(ConfigError):
        read_manifest(tmp_path / NEWEST)
    assert read_remembered(tmp_path, NEWEST) is None


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
