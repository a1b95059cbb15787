"""What is worth telling: each change once, and nothing that nobody waits for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from syncer.manifest.news import find_news
from syncer.model.findings import Severity
from syncer.report.notice import MAX_LINES, phrase_notice
from syncer.report.words import Lang
from tests.delivery.made_runs import NIGHT, make_finding, make_run

GONE = make_finding("share-gone", "A")
WRITABLE = make_finding("share-writable", "B", Severity.WARNING)
NOTE = make_finding("waiver-unused", "C", Severity.INFO)
NEXT = NIGHT + timedelta(days=1)
THIRD = NIGHT + timedelta(days=2)


def test_a_first_run_is_told() -> None:
    """So that who set it up sees that it works; everything is new, so nothing is told apart."""
    news = find_news(make_run(GONE), None)
    assert (news.first, news.new, news.is_notable) == (True, (), True)


def test_a_night_like_the_one_before_is_not_told() -> None:
    """The same findings, complete as then."""
    first = make_run(GONE, WRITABLE)
    second = make_run(GONE, WRITABLE, complete=first, at=NEXT)
    assert not find_news(second, first).is_notable


def test_what_is_new_and_what_is_fixed_is_told() -> None:
    """Errors and warnings, each with its record."""
    first = make_run(GONE)
    second = make_run(WRITABLE, complete=first, at=NEXT)
    news = find_news(second, first)
    assert [finding.code for finding in news.new] == ["share-writable"]
    assert [one.code for one in news.fixed] == ["share-gone"]
    assert news.is_notable


def test_what_is_for_information_set_aside_or_explained_is_not_told() -> None:
    """It is in the report for who looks there."""
    first = make_run()
    waived = replace(make_finding("link-broken", "D"), waived_until="2027-01-01")
    explained = replace(make_finding("resource-missing", "E"), caused_by="f-x")
    second = make_run(NOTE, waived, explained, complete=first, at=NEXT)
    assert len(second.changes.new) == 3
    assert not find_news(second, first).is_notable
    third = make_run(complete=second, at=THIRD)
    assert len(third.changes.fixed) == 3
    assert not find_news(third, second).is_notable


def test_incomplete_runs_do_not_tell_the_same_each_night() -> None:
    """Their changes are since the last complete run; the second one has nothing to add."""
    complete = make_run(GONE)
    second = make_run(WRITABLE, complete=complete, whole=False, at=NEXT)
    assert find_news(second, complete).completeness
    assert len(find_news(second, complete).new) == 1
    third = make_run(WRITABLE, complete=complete, newest=second, whole=False, at=THIRD)
    assert third.changes.new == second.changes.new
    assert len(third.changes.fixed) == len(second.changes.fixed) == 1
    assert not find_news(third, second).is_notable


def test_that_a_run_is_complete_again_is_told() -> None:
    """Even when nothing else has changed."""
    complete = make_run(GONE)
    second = make_run(GONE, complete=complete, whole=False, at=NEXT)
    third = make_run(GONE, complete=complete, newest=second, at=THIRD)
    assert find_news(third, second).completeness


def test_that_the_rules_have_changed_is_told_once() -> None:
    """Where they judge something differently; incomplete nights after the first add nothing."""
    old = make_run(GONE)
    old = replace(old, tool=replace(old.tool, rules=None))
    second = make_run(WRITABLE, complete=old, whole=True, at=NEXT)
    news = find_news(second, old)
    assert (news.new, news.fixed, news.rules, news.is_notable) == ((), (), True, True)
    notice = phrase_notice(second, lang=Lang.DA, new=(), fixed=())
    assert notice.lines == ("Kontrollen er opdateret. 2 punkter vurderes nu anderledes.",)
    third = make_run(WRITABLE, complete=old, newest=second, at=THIRD)
    assert not find_news(third, second).is_notable
    alike = make_run(GONE, complete=old, at=NEXT)
    assert not find_news(alike, old).is_notable


def test_a_notice_says_what_is_new_and_what_is_fixed() -> None:
    """With its numbers, in the reader's language."""
    first = make_run(GONE)
    second = make_run(WRITABLE, complete=first, at=NEXT)
    news = find_news(second, first)
    ids = {one.id for one in news.new}, {one.id for one in news.fixed}
    danish = phrase_notice(second, lang=Lang.DA, new=ids[0], fixed=ids[1])
    assert danish.headline.startswith("1 nyt punkt at se på.")
    assert "1 punkt løst siden i går" in danish.headline
    assert [line.partition(":")[0] for line in danish.lines] == ["Ny", "Løst"]
    english = phrase_notice(second, lang=Lang.EN, new=(), fixed=())
    assert "1 new" in english.headline
    assert english.lines == ()


def test_a_notice_has_an_end() -> None:
    """Hundreds of changes are for the report; the notice says that there is more."""
    first = make_run()
    many = [make_finding("share-gone", f"S{number:03}") for number in range(300)]
    second = make_run(*many, complete=first, at=NEXT)
    new = {one.id for one in find_news(second, first).new}
    lines = phrase_notice(second, lang=Lang.DA, new=new, fixed=()).lines
    assert len(new) == 300
    assert len(lines) == MAX_LINES + 1
    assert lines[-1].startswith("Resten er udeladt")
