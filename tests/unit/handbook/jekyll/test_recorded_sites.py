"""Whole sites are judged as they were when Jekyll was last asked about them.

`tests/jekyll` builds the same sites and follows the same links. Here all that is said of a site is
compared: addresses, verdicts with their reasons and hints, and the lists of a report.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from syncer.handbook.jekyll.check import Site
from syncer.model.handbook import PageLink
from syncer.model.links import LinkVerdict
from syncer.model.reason import Reason
from tests.unit.handbook.jekyll.test_built_parts import make_site

SITES = json.loads((Path(__file__).parent / "recorded_sites.json").read_text("utf-8"))


def describe(site: Site) -> list[str]:
    """Return all that is said of a site, a fact a line."""
    sources = site._view.sources
    return [
        *(f"{path} = {url}" for path in sources.files if (url := site.url_of(path)) is not None),
        *(f"unpublished {path}" for path in site.unpublished),
        *(f"empty {path}" for path in site.empty),
        *(f"clash {clash.url} {' '.join(clash.sources)}" for clash in site.clashes),
        *(
            f"settings {one.span.line}:{one.span.column}-{one.span.end_line}:{one.span.end_column}"
            f" {one.text!r} {one.section}"
            for one in site.config_links
        ),
        *(
            f"{link.span.file} {_describe_link(link)}: {_describe(site.check(link))}"
            for link in _list_links(site)
        ),
    ]


def _list_links(site: Site) -> Iterator[PageLink]:
    pages = site._view.sources.pages
    yield from (link for path in sorted(pages) for link in pages[path].links)
    yield from site.config_links


def _describe_link(link: PageLink) -> str:
    return f"{'!' * (link.syntax == 'image')}{link.url}"


def _describe(verdict: LinkVerdict | None) -> str:
    if verdict is None:
        return "elsewhere"
    told = [f"{verdict.kind} {verdict.status}", _tell(verdict.reason), _tell(verdict.hint)]
    return " ".join(filter(None, [*told, verdict.final_url]))


def _tell(reason: Reason | None) -> str:
    if reason is None:
        return ""
    return " ".join([reason.code, *(f"{name}={value}" for name, value in reason.args.items())])


@pytest.mark.parametrize("case", SITES, ids=[str(number) for number in range(len(SITES))])
def test_recorded_sites_are_judged_as_before(case: dict[str, Any]) -> None:
    """Every address, and the verdict on every link with its reason and what to write instead."""
    gemfile = case.get("gemfile", "")
    site = make_site(case["files"], case["config"], gemfile=gemfile, site_url=case["site_url"])
    assert describe(site) == case["found"]
