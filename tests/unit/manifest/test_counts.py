"""The counts of a manifest."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from syncer.manifest.counts import choose_group_status, count, counts_in_headlines
from syncer.model.matching import Verdict


def test_groups_and_rows_are_counted_apart(make: Any) -> None:
    """Two mentions of one resource are one group, which shows what asks most."""
    rows = [
        make.row("A", "present", group="g1"),
        make.row("B", "elsewhere", group="g1"),
        make.row("C", "missing", group="g2"),
    ]
    counts = count(rows, [], [])
    assert counts.groups == {"elsewhere": 1, "missing": 1}
    assert counts.rows == {"elsewhere": 1, "missing": 1, "present": 1}
    assert list(counts.rows) == sorted(counts.rows)


def test_links_are_counted_by_status(make: Any) -> None:
    """What counts nothing has no key."""
    links = [make.link("a", "ok"), make.link("b", "ok"), make.link("c", "broken")]
    assert count([], links, []).links == {"broken": 1, "ok": 2}


def test_waived_and_explained_findings_are_not_counted(make: Any) -> None:
    """They are somebody's decision, or shown under what explains them."""
    findings = [
        make.finding("share-gone", owner="administrator"),
        make.finding("resource-missing", "A", caused_by="fshare-gone"),
        make.finding("link-broken", "B", waived_until="2026-12-31"),
        make.finding("page-empty", severity="info", owner="maintainer"),
    ]
    assert [counts_in_headlines(finding) for finding in findings] == [True, False, False, True]
    counts = count([], [], findings)
    assert counts.severities == {"error": 1, "info": 1}
    assert counts.owners == {"administrator": 1, "maintainer": 1}


@pytest.mark.parametrize("status", [v for v in Verdict if v is not Verdict.PRESENT])
def test_nothing_hides_behind_a_row_that_is_fine(status: Verdict) -> None:
    """Whatever another mention says counts."""
    assert choose_group_status(["present", status]) == status


def test_a_status_of_a_newer_manifest_is_shown(make: Any) -> None:
    """Whoever reads it should see that there is something unknown."""
    assert choose_group_status(["missing", "zombie"]) == "zombie"


PRESSING = (
    "missing", "ambiguous", "outdated", "draft", "elsewhere", "arrived", "planned", "undetermined",
    "likely", "no-access", "unchecked", "not-a-file", "present",
)  # fmt: skip


def test_a_group_shows_what_presses_most() -> None:
    """Of any two statuses the same one, whichever comes first."""
    assert set(PRESSING) == set(Verdict)
    for more, less in combinations(PRESSING, 2):
        assert choose_group_status([less, more]) == choose_group_status([more, less]) == more
    assert choose_group_status(["haunted", "blessed"]) == "blessed"


def test_the_keys_of_every_count_are_sorted(make: Any) -> None:
    """So that two nights differ only in what changed."""
    names = ("z", "b", "a", "y")
    rows = [make.row(name, name) for name in names]
    links = [make.link(name, name) for name in names]
    findings = [make.finding(name, severity=name, owner=name) for name in names]
    counts = count(rows, links, findings)
    for one in (counts.groups, counts.rows, counts.links, counts.severities, counts.owners):
        assert list(one) == sorted(names)
