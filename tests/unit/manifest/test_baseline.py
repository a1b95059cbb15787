"""What a baseline knows."""

from __future__ import annotations

from typing import Any

from syncer.manifest.baseline import find_known

URL = "https://example.org/"


def test_findings_of_the_baseline_are_known(make: Any) -> None:
    """The others are what the change brings."""
    old, new = make.of_row("resource-missing", "A"), make.of_row("resource-missing", "B")
    baseline = make.manifest(make.row("A"), make.row("B", "present"), old)
    run = make.manifest(make.row("A"), make.row("B"), old, new)
    assert find_known(run, baseline) == {old.id}


def test_what_the_baseline_did_not_ask_was_there_before(make: Any) -> None:
    """An offline baseline holds the link unchecked: the change did not bring it."""
    baseline = make.manifest(make.link(URL, "unchecked"), offline=True)
    old, new = make.of_link("link-broken", URL), make.of_link("link-broken", f"{URL}ny")
    run = make.manifest(make.link(URL), make.link(f"{URL}ny"), old, new)
    assert find_known(run, baseline) == {old.id}
