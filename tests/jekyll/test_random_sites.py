"""Nothing is called fine that a built site lacks, nor broken that it has: random and recorded ones.

Skipped where a plugin of the site is not installed.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from syncer.model.handbook import LinkSyntax
from syncer.model.links import LinkStatus
from tests.jekyll.random_sites import make_random_site

if TYPE_CHECKING:
    from tests.jekyll.built_site import Built

SITES = 16
PLUGINS = (
    *("jekyll-optional-front-matter", "jekyll-readme-index", "jekyll-redirect-from"),
    *("jekyll-relative-links", "jekyll-titles-from-headings"),
)
RECORDED = Path(__file__).parents[1] / "unit" / "handbook" / "jekyll" / "recorded_sites.json"
# With a `gemfile` GitHub builds the site, with its own Jekyll.
CASES = [case for case in json.loads(RECORDED.read_text("utf-8")) if "gemfile" not in case]


@pytest.mark.parametrize("number", range(SITES))
def test_random_sites_agree(
    build_alone: Callable[..., Built], has_gem: Callable[[str], bool], number: int
) -> None:
    """The same sites in every run; a link that is not shown is no error."""
    lacking = [name for name in PLUGINS if not has_gem(name)]
    if lacking:
        pytest.skip(f"{lacking} are not installed")
    site = make_random_site(random.Random(3000 + number))  # noqa: S311 - sites, not secrets
    statuses = _compare(build_alone(site.config, site.files))
    assert statuses[LinkStatus.OK] + statuses[LinkStatus.BROKEN] > 1, statuses


@pytest.mark.thorough
@pytest.mark.parametrize("case", CASES, ids=[str(number) for number in range(len(CASES))])
def test_the_recorded_sites_agree(
    build_alone: Callable[..., Built], has_gem: Callable[[str], bool], case: dict[str, Any]
) -> None:
    """What the unit tests hold against the site is what Jekyll makes of those sources.

    Only thorough: each takes a build, and the sources change seldom.
    """
    settings = yaml.safe_load(case["config"])
    needed = [*settings.get("plugins", ()), *filter(None, [settings.get("theme")])]
    if lacking := [name for name in needed if not has_gem(name)]:
        pytest.skip(f"{lacking} are not installed")
    base_path = settings.get("baseurl", "").rstrip("/")
    _compare(build_alone(case["config"], case["files"], base_path))


def _compare(built: Built) -> Counter[LinkStatus]:
    """Compare the verdict on each link with the built site; return how many there are of each."""
    statuses: Counter[LinkStatus] = Counter()
    for page in built.pages.values():
        shown = built.find_links(page.path)
        for link in page.links:
            verdict = built.site.check(link)
            if verdict is None or link.syntax is LinkSyntax.IMAGE:
                continue
            if verdict.reason and verdict.reason.code.startswith("link-redirect-"):
                continue  # the page that redirects is there, wherever it leads
            statuses[verdict.status] += 1
            reached = shown.get(link.text)
            where = (page.path, link.url, verdict)
            if verdict.status is LinkStatus.BROKEN and link.url:
                assert reached is False, where
            elif verdict.status in (LinkStatus.OK, LinkStatus.REDIRECTED):
                assert reached is not False, where
    return statuses
