"""Manifests of earlier runs: which are read, and which are comparable."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from syncer.errors import ConfigError
from syncer.manifest.document import (
    ScopeRecord,
    StatusManifest,
)
from syncer.nightly.earlier_runs import (
    NEWEST,
    list_runs,
    read_comparable,
    read_last,
    read_manifest,
    read_remembered,
)
from syncer.nightly.write import write_run
from syncer.report.words import Lang
from tests.unit.manifest.records import Make
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
    with pytest.raises(ConfigError) as failed:
        read_manifest(tmp_path / NEWEST)
    with capture_logs() as logs:
        assert read_remembered(tmp_path, "none.json") is None
        assert read_remembered(tmp_path, NEWEST) is None
    (told,) = logs
    assert (told["event"], told["log_level"]) == ("last-run-unreadable", "warning")
    assert told["text"] == str(failed.value)
    assert told["text"].startswith(f"{tmp_path / NEWEST}: ")


NARROW = [ScopeRecord(only="links"), ScopeRecord(offline=True), ScopeRecord(pages=("a.md",))]


def leave(
    folder: Path, night: int, scope: ScopeRecord, *, complete: bool = True, kind: str | None = None
) -> StatusManifest:
    """Leave a run of that scope in an output folder, with a share of that kind."""
    made = make_manifest(FIRST_NIGHT + timedelta(days=night), complete=complete)
    shares = () if kind is None else (Make().share(kind=kind),)
    made = replace(made, run=replace(made.run, scope=scope), shares=shares)
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


SCOPES = {
    "all": ScopeRecord(),
    "links": ScopeRecord(only="links"),
    "rows": ScopeRecord(only="resources"),
    "offline": ScopeRecord(offline=True),
    "a": ScopeRecord(pages=("a.md",)),
    "b": ScopeRecord(pages=("b.md",)),
    "offline a": ScopeRecord(pages=("a.md",), offline=True),
}
COVERED_BY = {
    "all": {"all"},
    "links": {"all", "links"},
    "rows": {"all", "rows"},
    "offline": {"all", "offline"},
    "a": {"all", "a"},
    "b": {"all", "b"},
    "offline a": {"all", "offline", "a", "offline a"},
}


@pytest.mark.parametrize("order", [list(SCOPES), list(reversed(SCOPES))])
def test_the_newest_run_that_looked_at_as_much_is_comparable(
    tmp_path: Path, order: list[str]
) -> None:
    """At all of the links, rows and pages that this run looks at, and at the server if it does."""
    runs = {name: leave(tmp_path, night, SCOPES[name]) for night, name in enumerate(order)}
    found = {name: read_comparable(tmp_path, scope) for name, scope in SCOPES.items()}
    assert found == {name: runs[max(COVERED_BY[name], key=order.index)] for name in SCOPES}


@pytest.mark.parametrize(
    ("kind", "is_comparable"), [("public", True), ("account", True), ("local", False)]
)
def test_a_run_on_a_local_copy_says_nothing_of_the_server(
    tmp_path: Path, kind: str, is_comparable: bool
) -> None:
    """The night before it does."""
    before = leave(tmp_path, 0, ScopeRecord())
    newest = leave(tmp_path, 1, ScopeRecord(), kind=kind)
    found = read_comparable(tmp_path, ScopeRecord())
    assert found == (newest if is_comparable else before)


def test_the_last_run_of_a_time(tmp_path: Path) -> None:
    """The newest that ended by then, or the newest complete one; what cannot be read is no run."""
    nights = [leave(tmp_path, n, ScopeRecord(), complete=n != 1) for n in range(3)]
    ends = [made.run.finished_at for made in nights]
    second = timedelta(seconds=1)
    assert [read_last(tmp_path, until=end) for end in ends] == nights
    assert [read_last(tmp_path, until=end - second) for end in ends] == [None, *nights[:2]]
    whole = [read_last(tmp_path, until=end, complete=True) for end in ends]
    assert whole == [nights[0], nights[0], nights[2]]
    assert [path.parent for path in list_runs(tmp_path)] == [tmp_path / "runs"] * 3
    list_runs(tmp_path)[2].write_text("{", encoding="utf-8")
    assert read_last(tmp_path, until=ends[2]) == nights[1]
    assert read_last(tmp_path / "none", until=ends[2]) is None
