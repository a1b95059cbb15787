"""What a baseline knows."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from syncer.manifest.baseline import find_known
from syncer.manifest.codec import decode, encode
from syncer.manifest.document import PublishedPage, ReasonRecord, StatusManifest
from tests.unit.manifest.records import PAGE

URL = "https://example.org/"


def test_findings_of_the_baseline_are_known(make: Any) -> None:
    """The others are what the change brings."""
    old, new = make.of_row("resource-missing", "A"), make.of_row("resource-missing", "B")
    baseline = make.manifest(make.row("A"), make.row("B", "present"), old)
    run = make.manifest(make.row("A"), make.row("B"), old, new)
    assert find_known(run, baseline) == {old.id}


def test_an_id_alone_makes_no_finding_known(make: Any) -> None:
    """Its 48 bits can be made equal on purpose, for another row or link."""
    old = make.of_row("resource-missing", "A")
    new = replace(make.of_row("resource-missing", "B"), id=old.id)
    baseline = make.manifest(make.row("A"), make.row("B", "present"), old)
    assert find_known(make.manifest(make.row("B"), new), baseline) == frozenset()


def test_an_empty_link_of_an_older_baseline_is_known(make: Any) -> None:
    """It had no subject in 0.1, and has its text now."""
    old = replace(make.of_link("link-empty", ""), subject="")
    new = replace(old, subject="Vedtægter")
    baseline, run = (make.manifest(make.link(""), finding) for finding in (old, new))
    assert find_known(run, baseline) == {new.id}


def test_what_the_baseline_did_not_ask_was_there_before(make: Any) -> None:
    """An offline baseline holds the link unchecked: the change did not bring it."""
    baseline = make.manifest(make.link(URL, "unchecked"), offline=True)
    old, new = make.of_link("link-broken", URL), make.of_link("link-broken", f"{URL}ny")
    run = make.manifest(make.link(URL), make.link(f"{URL}ny"), old, new)
    assert find_known(run, baseline) == {old.id}


def on_page(manifest: StatusManifest, path: str, *others: str) -> StatusManifest:
    """Return the manifest of a run in which the page bore that path, and others were audited."""
    encoded = encode(manifest).decode().replace(PAGE, path)
    # Ids hold the page's path as those of a real run do.
    ids = re.sub(r'"((?:id|resource|link)":\s*"[^"]+)"', rf'"\1@{path}"', encoded)
    renamed = decode(ids.encode())
    published = (PublishedPage(path=one, title="Partnere", url=None) for one in (path, *others))
    return replace(renamed, handbook=replace(renamed.handbook, published=tuple(published)))


def full(make: Any, *more: Any, **scope: Any) -> StatusManifest:
    """Return what a run says of a page with a row, two links, and findings."""
    manifest: StatusManifest = make.manifest(
        make.row("A"),
        make.of_row("resource-missing", "A"),
        make.link(URL),
        make.of_link("link-broken", URL),
        make.link(f"{URL}2"),
        make.finding("page-not-published", PAGE),
        *more,
        **scope,
    )
    return manifest


def count_new(run: StatusManifest, baseline: StatusManifest) -> int:
    """Return how many findings of a run a baseline does not know."""
    return len(run.findings) - len(find_known(run, baseline))


def test_a_renamed_page_brings_nothing(make: Any) -> None:
    """Where its content is the same, its findings are known."""
    baseline = on_page(full(make), "a.md")
    assert count_new(on_page(full(make), "b.md"), baseline) == 0
    assert count_new(on_page(full(make), "a.md"), baseline) == 0


def test_what_came_with_the_renaming_is_new(make: Any) -> None:
    """Another finding of the same link, and one more of a kind than there was."""
    baseline = on_page(full(make), "a.md")
    more = (make.of_link("link-broken", f"{URL}2"), make.finding("table-malformed", "x"))
    assert count_new(on_page(full(make, *more), "b.md"), baseline) == 2
    table = make.finding("table-malformed", "x")
    baseline = on_page(full(make, table), "a.md")
    twice = (table, replace(table, id=f"{table.id}-2"))
    assert count_new(on_page(full(make, *twice), "b.md"), baseline) == 1


def test_what_a_baseline_did_not_ask_of_a_renamed_page_was_there_before(make: Any) -> None:
    """A git ref is audited without network."""
    unasked = make.manifest(make.row("A"), make.link(URL, "unchecked"), offline=True)
    run = make.manifest(make.row("A"), make.link(URL), make.of_link("link-broken", URL))
    assert count_new(on_page(run, "b.md"), on_page(unasked, "a.md")) == 0


@pytest.mark.parametrize("half", ["links", "resources"])
def test_half_an_audit_knows_a_renamed_page_by_its_half(make: Any, half: str) -> None:
    """Rows are in every manifest; without links they alone identify the page."""
    row, finding = make.row("A"), make.of_row("resource-missing", "A")
    links = (make.link(URL),) if half == "links" else ()
    run = on_page(make.manifest(row, finding, *links, only=half), "b.md")
    baseline = on_page(make.manifest(row, finding, make.link(URL)), "a.md")
    assert count_new(run, baseline) == 0


def test_a_page_that_is_not_certainly_the_same_is_new(make: Any) -> None:
    """Still there, there twice, with other words or nothing on it, or not looked for."""
    baseline = on_page(full(make), "a.md")
    all_new = len(full(make).findings)
    assert count_new(on_page(full(make), "b.md", "a.md"), baseline) == all_new
    twice = on_page(full(make), "b.md", "c.md")
    copies = (replace(row, page="c.md", id="c") for row in twice.resources)
    links = (replace(link, page="c.md", id=f"c{link.id}") for link in twice.links)
    twice = replace(
        twice,
        resources=(*twice.resources, *copies),
        links=(*twice.links, *links),
    )
    assert count_new(twice, baseline) == all_new
    assert count_new(on_page(full(make, make.link(f"{URL}3")), "b.md"), baseline) == all_new
    bare = make.manifest(make.finding("page-empty", PAGE))
    assert count_new(on_page(bare, "b.md"), on_page(bare, "a.md")) == 1
    assert count_new(on_page(full(make, pages=("b.md",)), "b.md"), baseline) == all_new


def test_a_link_that_could_not_be_looked_at_is_the_same_for_whatever_reason(make: Any) -> None:
    """Only what Liquid makes of an address can change without the address."""
    given_up = make.link(URL, "unchecked", reason=ReasonRecord(code="link-host-given-up"))
    finding = make.of_link("link-broken", URL)
    run, baseline = make.manifest(make.link(URL), finding), make.manifest(given_up)
    assert find_known(run, baseline) == {finding.id}
