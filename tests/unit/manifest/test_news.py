"""What is told of a night: what came and went, and what is no news."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from syncer.manifest.changes import compare
from syncer.manifest.document import StatusManifest
from syncer.manifest.news import find_news
from syncer.model.rules import RULES_VERSION

ASK_NOTHING = ("link-timed-out", "resource-planned", "resource-undetermined")


def _told(manifest: StatusManifest, before: StatusManifest) -> tuple[list[str], list[str]]:
    """Return the codes of what is new and fixed in a night after another one."""
    news = find_news(replace(manifest, changes=compare(manifest, before)), before)
    assert news.is_notable is bool(news.new or news.fixed)
    return [one.code for one in news.new], [one.code for one in news.fixed]


def test_the_first_run_is_news_and_tells_nothing_apart(make: Any) -> None:
    """Everything is new then."""
    news = find_news(make.manifest(make.finding("page-empty")), None)
    assert (news.first, news.new, news.fixed, news.completeness, news.rules) == (
        True,
        (),
        (),
        False,
        False,
    )
    assert news.is_notable


def test_a_night_like_the_last_one_is_no_news(make: Any) -> None:
    """The same findings, whole as before, by the same rules."""
    found = make.finding("page-empty")
    before = make.manifest(found, nights_ago=1)
    news = find_news(make.manifest(found), before)
    assert not any((news.first, news.completeness, news.rules, news.is_notable))
    assert _told(make.manifest(found), before) == ([], [])


@pytest.mark.parametrize(
    ("code", "more", "told"),
    [
        ("page-empty", {}, True),
        ("page-empty", {"severity": "warning"}, True),
        ("page-empty", {"severity": "info"}, False),
        ("page-empty", {"waived_until": "2027-01-01"}, False),
        ("page-empty", {"caused_by": "f1"}, False),
        *((code, {}, False) for code in ASK_NOTHING),
    ],
)
def test_what_asks_somebody_for_something_is_news(
    make: Any, code: str, more: dict[str, Any], told: bool
) -> None:
    """When it comes, and when it goes."""
    with_it = make.manifest(make.finding(code, "x", **more))
    expected = [code] if told else []
    assert _told(with_it, make.manifest(nights_ago=1)) == (expected, [])
    assert _told(make.manifest(), with_it) == ([], expected)


def test_what_the_night_before_told_is_not_told_again(make: Any) -> None:
    """A manifest has the changes since the last complete run; incomplete ones lie between."""
    gone, come = make.finding("page-empty", "x"), make.finding("page-empty", "y")
    whole = make.manifest(gone, nights_ago=2)
    part = make.manifest(come, nights_ago=1, complete=False)
    part = replace(part, changes=compare(part, whole))
    now = make.manifest(come, make.finding("page-empty", "z"), complete=False)
    now = replace(now, changes=compare(now, whole))
    assert [one.subject for one in find_news(part, whole).fixed] == ["x"]
    news = find_news(now, part)
    assert [one.subject for one in news.new] == ["z"]
    assert news.fixed == ()


@pytest.mark.parametrize(("then", "now"), [(True, False), (False, True)])
def test_a_run_that_is_whole_again_or_no_longer_is_news(make: Any, then: bool, now: bool) -> None:
    """Either way."""
    news = find_news(make.manifest(complete=now), make.manifest(nights_ago=1, complete=then))
    assert news.completeness
    assert news.is_notable


@pytest.mark.parametrize("rules", [None, RULES_VERSION - 1, RULES_VERSION])
@pytest.mark.parametrize("differently", [None, 0, 2])
def test_other_rules_are_news_where_they_judge_otherwise(
    make: Any, rules: int | None, differently: int | None
) -> None:
    """Once: with the night before."""
    now = make.manifest()
    now = replace(now, changes=replace(now.changes, judged_differently=differently))
    news = find_news(now, make.manifest(nights_ago=1, rules=rules))
    assert news.rules is (rules != RULES_VERSION and differently == 2)
    assert news.is_notable is news.rules
