"""What the findings are derived from: of the audited pages, and of the settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from syncer.audit.distrust import Distrust
from syncer.audit.observed import Emptied, Observed, Waiver
from syncer.config import Secrets, Settings
from syncer.config.settings import MatchingSettings, WaiveSettings
from syncer.handbook.own_settings import OwnWaiver
from syncer.model.matching import Match, Verdict
from syncer.model.reason import Reason
from syncer.pipeline.findings import observe
from syncer.pipeline.handbook import ReadHandbook
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.options import AuditOptions
from syncer.surroundings import Surroundings
from tests.unit.pipeline.test_handbook import make_settings, read

TABLE = "| Ressource | Placering |\n|---|---|\n"
PAGES = {
    "a.md": f"# A\n\n{TABLE}| **Plan | [x](y) |\n",
    "b.md": f"# B\n\n{TABLE}| **Guide | [x](y) |\n",
    "tom.md": "",
    "ude.md": "",
}
LATE = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
UNTIL = date(2026, 12, 31)


def see(
    handbook: ReadHandbook, settings: Settings | None = None, **options: Any
) -> tuple[Observed, Distrust]:
    """Observe a handbook whose rows nobody could judge."""
    job = Job(
        settings=settings or make_settings(),
        options=AuditOptions(**options),
        secrets=Secrets(),
        memory=Memory(),
        around=Surroundings(),
    )
    matches = tuple(
        Match(row.id, "g", Verdict.UNCHECKED, (), (), None, Reason("x")) for row in handbook.rows
    )
    doubt = Distrust(matches, (Emptied("h/T", 3, 2, 1, 0),), (), ())
    return observe(job, handbook, {}, (), doubt, None, LATE), doubt


def test_of_the_pages_only_the_audited_ones_are_observed() -> None:
    """Their rows, matches, mistakes and emptiness; the day is that of the schedule's zone."""
    whole, doubt = see(read(PAGES))
    assert [page.path for page in whole.pages] == sorted(PAGES)
    assert whole.matches == doubt.matches
    assert (whole.emptied, whole.today) == (doubt.emptied, date(2026, 11, 23))
    assert whole.empty_pages == ("tom.md", "ude.md")
    handbook = read(PAGES, ("a.md", "tom.md"))
    part, doubt = see(handbook, pages=("a.md", "tom.md"))
    assert [page.path for page in part.pages] == ["a.md", "tom.md"]
    assert [row.name for row in part.rows] == ["Plan"]
    assert part.matches == doubt.matches[:1]
    assert [problem.span.file for problem in part.table_problems] == ["a.md"]
    assert (part.empty_pages, part.scope.pages) == (("tom.md",), ("a.md", "tom.md"))


def test_pages_of_a_site_that_nobody_sees_or_that_share_an_address() -> None:
    """Of those too only the audited ones; a clash with one of them is told."""
    same = "---\npermalink: /x/\n---\n# X\n"
    pages = {"a.md": same, "b.md": same, "c.md": "# Uden\n", "d.md": "# Uden\n"}
    settings = make_settings(site="jekyll")
    for globs, unpublished, clashes in (
        ((), ("c.md", "d.md"), 1), (("b.md", "d.md"), ("d.md",), 1), (("c.md",), ("c.md",), 0),
    ):  # fmt: skip
        seen, _ = see(read(pages, globs, settings=settings, gemfile=""), settings)
        assert seen.unpublished == unpublished
        assert [clash.sources for clash in seen.clashes] == [("a.md", "b.md")] * clashes
        assert seen.bare_is_text


@pytest.mark.parametrize("site", ["github", "jekyll"])
def test_waivers_of_the_settings_come_before_the_handbook_s_own(site: str) -> None:
    """With all that each says."""
    settings = replace(
        make_settings(site=site),
        waive=(WaiveSettings(code="link-broken", subject="x*", reason="kendt", until=UNTIL),),
        matching=MatchingSettings(old_after_years=3),
    )
    own = OwnWaiver("page-empty", "med vilje", UNTIL, "tom.md", "tom.md", (3, 4), "d")
    whole_page = OwnWaiver("page-empty", "med vilje", UNTIL, None, "tom.md")
    handbook = read(PAGES, settings=settings)
    handbook = replace(handbook, own=replace(handbook.own, waivers=(own, whole_page)))
    seen, _ = see(handbook, settings)
    assert seen.waivers == (
        Waiver("link-broken", "x*", "kendt", UNTIL, "settings", None, None, names_target=True),
        Waiver("page-empty", "tom.md", "med vilje", UNTIL, "handbook", "tom.md", (3, 4)),
        Waiver(
            "page-empty", None, "med vilje", UNTIL, "handbook", "tom.md", None, names_target=False
        ),
    )
    assert seen.old_after_years == 3
