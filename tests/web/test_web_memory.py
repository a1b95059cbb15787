"""What is remembered between nights, in the real table: rest, validators, agreement."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from syncer.model.links import LinkStatus
from syncer.store.database import open_database
from syncer.store.link_memory import StoredLinks
from tests.web.loopback_web import refuse_names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.web.loopback_web import Page, Visit, Web


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[StoredLinks]:
    """Give the link table of a new state database."""
    database = open_database(tmp_path)
    yield StoredLinks(database)
    database.close()


def pass_days(web: Web, days: float) -> None:
    """Let so much time go by."""
    web.sleep(timedelta(days=days).total_seconds())


def test_good_answers_rest(web: Web, memory: StoredLinks) -> None:
    """The next night asks nothing of what was good, and says the same, with its old time."""
    urls = [web.put("a.test", f"/{number}", web.page()) for number in range(20)]
    first = web.check(urls, memory=memory)
    asked = len(web.asked())
    pass_days(web, 1)
    assert web.check(urls, memory=memory) == first
    assert len(web.asked()) == asked


def test_good_answers_come_due_at_different_times(web: Web, memory: StoredLinks) -> None:
    """After the days of rest, some are asked and some not yet; a quarter later, all are."""
    urls = [web.put("a.test", f"/{number}", web.page()) for number in range(40)]
    web.check(urls, memory=memory)
    pass_days(web, 7)
    web.check(urls, memory=memory)
    assert 40 + 8 < len(web.asked()) < 80 - 8
    pass_days(web, 7 * 1.25 + 1)
    before = len(web.asked())
    web.check(urls, memory=memory)
    assert len(web.asked()) == before + 40


def test_due_answer_is_asked_with_its_validators(web: Web, memory: StoredLinks) -> None:
    """A 304 renews the verdict, of the page and of its anchors, without the page."""
    validators = {"ETag": '"v1"', "Last-Modified": "Mon, 04 May 2026 00:00:00 GMT"}
    answered = []

    def serve(visit: Visit) -> Page:
        date = visit.headers.get("If-Modified-Since")
        same = (visit.headers.get("If-None-Match"), date) == tuple(validators.values())
        answered.append(same)
        return web.page(304 if same else 200, b"<p id=a>", validators)

    urls = [web.put("a.test", "/x#a", serve), web.put("a.test", "/y", serve)]
    web.check(urls, memory=memory)
    pass_days(web, 30)
    verdicts = web.check(urls, memory=memory)
    assert [verdicts[url].status for url in urls] == [LinkStatus.OK] * 2
    assert [verdicts[url].http_status for url in urls] == [200] * 2
    assert answered == [False, False, True, True]
    checked_at = verdicts[urls[0]].checked_at
    assert checked_at is not None
    assert web.now() - checked_at < timedelta(minutes=1)
    pass_days(web, 1)
    web.check(urls, memory=memory)
    assert len(answered) == 4


def test_redirecting_address_is_asked_without_validators(web: Web, memory: StoredLinks) -> None:
    """The validators of where a redirect led are not those of the address."""
    url = web.put("a.test", "/1", web.page(301, headers={"Location": "/2"}))
    web.put("a.test", "/2", web.page(headers={"ETag": '"v1"'}))
    web.check([url], memory=memory)
    pass_days(web, 30)
    assert web.check([url], memory=memory)[url].status is LinkStatus.REDIRECTED
    assert web.visits
    assert all("If-None-Match" not in visit.headers for visit in web.visits)


def test_page_that_lacked_an_anchor_is_asked_whole(web: Web, memory: StoredLinks) -> None:
    """A bad verdict is never renewed by "not modified": the page is read again."""

    def serve(visit: Visit) -> Page:
        status = 304 if "If-None-Match" in visit.headers else 200
        return web.page(status, b"<p>", {"ETag": '"v1"'})

    url = web.put("a.test", "/x#a", serve)
    for _night in range(2):
        verdict = web.check([url], memory=memory)[url]
        assert verdict.status is LinkStatus.BROKEN
        assert verdict.http_status == 200


def test_bad_answers_are_asked_every_run(web: Web, memory: StoredLinks) -> None:
    """What was broken is asked again, and a page that has come back is good at once."""
    url = web.url("a.test", "/x")
    assert web.check([url], memory=memory)[url].status is LinkStatus.BROKEN
    web.put("a.test", "/x", web.page())
    assert web.check([url], memory=memory)[url].status is LinkStatus.OK


def test_links_are_asked_in_their_order_what_failed_before_them(
    web: Web, memory: StoredLinks
) -> None:
    """A failure may take all the time there is: the run begins with it."""
    urls = [web.put("a.test", path, web.page()) for path in ("/c", "/a", "/b")]
    urls.append(web.url("a.test", "/borte"))
    web.check(urls, memory=memory, per_host=1)
    assert [path for _, path in web.asked()][:3] == ["/c", "/a", "/b"]
    asked = len(web.asked())
    web.check(urls, memory=memory, per_host=1, cache_days=0)
    assert [path for _, path in web.asked()][asked:] == ["/borte", "/c", "/a", "/b"]


def test_failure_that_an_earlier_run_saw_is_settled_at_once(web: Web, memory: StoredLinks) -> None:
    """Two nights agree: no second look, no wait, and one request."""
    url = web.put("a.test", "/x", web.page(500))
    web.check([url], memory=memory)
    slept_s, asked = web.slept_s, len(web.asked())
    assert web.check([url], memory=memory)[url].status is LinkStatus.UNCONFIRMED
    assert web.slept_s == slept_s
    assert len(web.asked()) == asked + 1


@pytest.mark.parametrize("answer", [500, 503, None])
def test_failure_on_three_days_is_broken(web: Web, memory: StoredLinks, answer: int | None) -> None:
    """Any number of runs on two days is not enough; what is denied by nobody stays a failure."""
    page = (lambda _visit: None) if answer is None else web.page(answer)
    url = web.put("a.test", "/x", page)
    told = []
    for days in (0, 0, 1, 0, 1, 1):
        pass_days(web, days)
        told.append(web.check([url], memory=memory)[url].status)
    assert told == [LinkStatus.UNCONFIRMED] * 4 + [LinkStatus.BROKEN] * 2


def test_day_on_which_a_page_works_begins_the_count_anew(web: Web, memory: StoredLinks) -> None:
    """Failed, failed, fine, failed, failed: not broken."""
    told = []
    for status in (500, 500, 200, 500, 500, 500):
        url = web.put("a.test", "/x", web.page(status))
        told.append(web.check([url], memory=memory, cache_days=0)[url].status)
        pass_days(web, 1)
    failed, fine, broken = LinkStatus.UNCONFIRMED, LinkStatus.OK, LinkStatus.BROKEN
    assert told == [failed, failed, fine, failed, failed, broken]


def test_night_without_a_look_does_not_end_the_count(
    web: Web, memory: StoredLinks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What could not be asked neither counts nor begins anew."""
    url = web.put("a.test", "/x", web.page(500))
    told = []
    for proxy in ("", "", "http://127.0.0.1:1", ""):
        monkeypatch.setenv("http_proxy", proxy)
        told.append(web.check([url], memory=memory)[url].status)
        pass_days(web, 1)
    failed = LinkStatus.UNCONFIRMED
    assert told == [failed, failed, LinkStatus.UNCHECKED, LinkStatus.BROKEN]


def test_unknown_name_needs_two_looks(
    web: Web, memory: StoredLinks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failure of another kind last night is no look at the name."""
    url = web.put("a.test", "/x", web.page(500))
    web.check([url], memory=memory)
    monkeypatch.setattr(web, "resolve", refuse_names())
    slept_s = web.slept_s
    assert web.check([url], memory=memory)[url].status is LinkStatus.BROKEN
    assert web.slept_s > slept_s
    slept_s = web.slept_s
    assert web.check([url], memory=memory)[url].status is LinkStatus.BROKEN
    assert web.slept_s == slept_s


def test_interrupted_run_keeps_what_it_learnt(web: Web, memory: StoredLinks) -> None:
    """What was settled before the stop is not asked again by the next run."""

    def serve(visit: Visit) -> Page:
        if visit.path == "/5":
            web.stop.set()
        return web.page()

    urls = [web.put("a.test", f"/{number}", serve) for number in range(10)]
    web.check(urls, memory=memory, per_host=1)
    web.stop.clear()
    web.visits.clear()
    web.put("a.test", "/5", web.page())
    verdicts = web.check(urls, memory=memory)
    assert {verdict.status for verdict in verdicts.values()} == {LinkStatus.OK}
    assert sorted(path for _, path in web.asked()) in (
        [f"/{number}" for number in range(5, 10)],
        [f"/{number}" for number in range(6, 10)],
    )


def test_run_that_dies_before_the_second_look_keeps_the_first(
    web: Web, memory: StoredLinks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failure is remembered as unconfirmed at once, not only at the end of the run."""

    def die(_seconds: float) -> None:
        raise KeyboardInterrupt

    url = web.put("a.test", "/x", web.page(500))
    monkeypatch.setattr(web, "sleep", die)
    with pytest.raises(KeyboardInterrupt):
        web.check([url], memory=memory)
    assert memory.recall([url])[url].verdict.status is LinkStatus.UNCONFIRMED


def test_what_could_not_be_asked_leaves_the_memory_alone(
    web: Web, memory: StoredLinks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A night without a network does not forget that a page was good."""
    url = web.put("a.test", "/x", web.page())
    web.check([url], memory=memory)
    known = dict(memory.recall([url]))
    pass_days(web, 30)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert web.check([url], memory=memory)[url].status is LinkStatus.UNCHECKED
    assert dict(memory.recall([url])) == known


def test_links_that_no_page_has_are_forgotten(web: Web, memory: StoredLinks) -> None:
    """After some months a link that was not checked any more is dropped."""
    url = web.put("a.test", "/x", web.page())
    web.check([url], memory=memory)
    pass_days(web, 200)
    web.check([], memory=memory)
    assert not memory.recall([url])
