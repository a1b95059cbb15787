"""On random sites nothing is called fine that the built site lacks, nor broken that it has."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pytest

from syncer.model.links import LinkStatus
from tests.jekyll.random_sites import make_random_site

if TYPE_CHECKING:
    from tests.jekyll.built_site import Built

SITES = 16
PLUGINS = (
    *("jekyll-optional-front-matter", "jekyll-readme-index", "jekyll-redirect-from"),
    *("jekyll-relative-links", "jekyll-titles-from-headings"),
)


@pytest.mark.parametrize("number", range(SITES))
def test_random_sites_agree(
    build_alone: Callable[[str, Mapping[str, str]], Built],
    has_gem: Callable[[str], bool],
    number: int,
) -> None:
    """The same sites in every run; a link that is not shown is no error."""
    lacking = [name for name in PLUGINS if not has_gem(name)]
    if lacking:
        pytest.skip(f"{lacking} are not installed")
    site = make_random_site(random.Random(3000 + number))  # noqa: S311 - sites, not secrets
    built = build_alone(site.config, site.files)
    statuses: Counter[LinkStatus] = Counter()
    for page in built.pages.values():
        shown = built.find_links(page.path)
        for link in page.links:
            verdict = built.site.check(link)
            assert verdict is not None
            statuses[verdict.status] += 1
            reached = shown.get(link.text)
            where = (page.path, link.url, verdict, site.config)
            if verdict.status is LinkStatus.BROKEN:
                assert reached is False, where
            elif verdict.status in (LinkStatus.OK, LinkStatus.REDIRECTED):
                assert reached is not False, where
    assert statuses[LinkStatus.OK] + statuses[LinkStatus.BROKEN] > 1, statuses
