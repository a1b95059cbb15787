"""How hosts are treated: limits, pauses, the breaker, bot walls, and the second look."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from syncer.model.links import LinkStatus
from syncer.model.reason import Reason
from syncer.store.database import open_database
from syncer.store.link_memory import StoredLinks

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


def test_no_host_is_asked_by_more_than_two_at_once(web: Web) -> None:
    """However many links a host has, two requests are on their way at most."""
    lock = threading.Lock()
    inside, most = 0, 0

    def serve(_visit: Visit) -> Page:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        web.over.wait(0.01)
        with lock:
            inside -= 1
        return web.page()

    web.check([web.put("a.test", f"/{number}", serve) for number in range(20)])
    assert most == 2


def test_requests_to_a_host_keep_their_distance(web: Web) -> None:
    """Between the starts of two requests to one host lies the gap, redirects included."""
    for number in range(5):
        web.put("a.test", f"/{number}", web.page(301, headers={"Location": f"/to/{number}"}))
        web.put("a.test", f"/to/{number}", web.page())
    web.check([web.url("a.test", f"/{number}") for number in range(5)], gap_s=2.0)
    assert web.slept_s >= 9 * 2.0 - 1


def test_hosts_do_not_wait_for_each_other(web: Web) -> None:
    """A gap is each host's own: forty hosts are asked in the time of one."""
    web.check([web.put(f"h{number}.test", "/", web.page()) for number in range(40)], gap_s=60.0)
    assert web.slept_s == 0


def test_retry_after_pauses_the_whole_host(web: Web) -> None:
    """A 429 with `Retry-After: 5` leaves the host alone for 5 s, and then all is well."""
    pause: list[float] = []

    def serve(_visit: Visit) -> Page:
        if not pause:
            pause.append(web.slept_s)
            return web.page(429, headers={"Retry-After": "5"})
        return web.page()

    urls = [web.put("a.test", f"/{number}", serve) for number in range(6)]
    verdicts = web.check(urls, per_host=1)
    assert {verdict.status for verdict in verdicts.values()} == {LinkStatus.OK}
    assert len(web.asked()) == 7
    assert 4 < web.slept_s < 7


def test_retry_after_may_be_a_date(web: Web) -> None:
    """A date is waited for as well."""
    answers = iter(
        [web.page(503, headers={"Retry-After": "Mon, 04 May 2026 03:15:09 GMT"}), web.page()]
    )
    url = web.put("a.test", "/x", lambda _visit: next(answers))
    assert web.check_one(url).status is LinkStatus.OK
    assert 6 < web.slept_s < 10


@pytest.mark.parametrize("retry_after", ["5", "99999999", "-1", "soon", "nan", "1e999", ""])
def test_host_that_throttles_for_ever_is_left_alone(web: Web, retry_after: str) -> None:
    """A host that says 429 to everything gets few requests, and its links are blocked."""
    answer = web.page(429, headers={"Retry-After": retry_after})
    urls = [web.put("a.test", f"/{number}", answer) for number in range(100)]
    verdicts = web.check(urls)
    assert {verdict.status for verdict in verdicts.values()} == {LinkStatus.BLOCKED}
    assert len(web.asked()) <= 12
    assert web.slept_s <= 60


def test_pause_that_nobody_can_wait_for_ends_it_at_once(web: Web) -> None:
    """A host that wants an hour of peace is asked once, and not waited for."""
    answer = web.page(429, headers={"Retry-After": "3600"})
    urls = [web.put("a.test", f"/{number}", answer) for number in range(100)]
    verdicts = web.check(urls, per_host=1)
    assert {verdict.status for verdict in verdicts.values()} == {LinkStatus.BLOCKED}
    assert len(web.asked()) == 1
    assert web.slept_s == 0


def test_dead_host_with_many_links_is_given_up(web: Web) -> None:
    """Five hundred links to a host that takes no connections cost a handful of tries."""
    urls = [f"http://dead.test:1/{number}" for number in range(500)]
    verdicts = web.check(urls)
    assert {verdict.status for verdict in verdicts.values()} == {LinkStatus.UNCONFIRMED}
    assert {verdict.reason and verdict.reason.code for verdict in verdicts.values()} == {
        "link-refused"
    }
    assert web.slept_s <= 30


def test_host_that_never_answers_is_given_up(web: Web) -> None:
    """Five hundred links to a host that accepts connections and never answers: a few time-outs."""

    def serve(_visit: Visit) -> None:
        web.over.wait(30)

    urls = [web.put("a.test", f"/{number}", serve) for number in range(500)]
    verdicts = web.check(urls, timeout_s=0.5)
    asked = {web.url("a.test", path) for _, path in web.asked()}
    assert len(asked) <= 8
    for url, verdict in verdicts.items():
        known = url in asked
        assert verdict.status is (LinkStatus.UNCONFIRMED if known else LinkStatus.UNCHECKED)
        assert verdict.reason is not None
        assert verdict.reason.code == ("link-timed-out" if known else "link-host-given-up")
        assert (verdict.checked_at is not None) is known


def test_link_that_was_never_asked_is_never_broken(web: Web, memory: StoredLinks) -> None:
    """Three nights of a silent host break the links that were asked on each, and no others."""

    def serve(_visit: Visit) -> None:
        web.over.wait(30)

    urls = [web.put("a.test", f"/{number}", serve) for number in range(20)]
    for _ in range(3):
        asked_before = len(web.asked())
        verdicts = web.check(urls, memory=memory, timeout_s=0.3)
        asked = {web.url("a.test", path) for _, path in web.asked()[asked_before:]}
        web.sleep(86_400)
    broken = {url for url, verdict in verdicts.items() if verdict.status is LinkStatus.BROKEN}
    assert broken
    assert broken <= asked
    assert {verdicts[url].status for url in set(urls) - asked} == {LinkStatus.UNCHECKED}


def test_all_redirects_of_a_link_share_one_deadline(web: Web) -> None:
    """Ten slow redirects take no longer than one slow answer, and the next host has no blame."""

    def dawdle(visit: Visit) -> Page:
        web.over.wait(0.4)
        number = int(visit.path[1:]) + 1
        return web.page(302, headers={"Location": web.url(f"h{number}.test", f"/{number}")})

    for number in range(10):
        web.put(f"h{number}.test", f"/{number}", dawdle)
    url = web.url("h0.test", "/0")
    verdict = web.check_one(url, timeout_s=1.0)
    assert len(web.asked()) <= 4
    assert verdict.status is LinkStatus.UNCHECKED
    assert verdict.reason == Reason(
        "link-redirects-too-slow", {"host": "h0.test", "timeout_s": 1.0}
    )
    assert web.slept_s == 0


def test_closed_port_says_nothing_about_the_others(web: Web) -> None:
    """A host whose port 80 is closed for many links is still asked where it listens."""
    urls = [web.put("a.test", f"/{number}", web.page()) for number in range(5)]
    closed = [f"http://a.test:1/{number}" for number in range(20)]
    verdicts = web.check([*closed, *urls])
    assert {verdicts[url].status for url in urls} == {LinkStatus.OK}
    assert {verdicts[url].status for url in closed} == {LinkStatus.UNCONFIRMED}


def test_redirects_to_a_server_that_was_given_up_are_not_followed(web: Web) -> None:
    """A dead server costs three tries, also when other hosts lead to it."""
    headers = {"Location": "http://dead.test:1/"}
    urls = [web.put(f"h{number}.test", "/", web.page(302, headers=headers)) for number in range(9)]
    verdicts = web.check([*urls, *(f"http://dead.test:1/{number}" for number in range(9))])
    assert {verdict.status for verdict in verdicts.values()} == {LinkStatus.UNCONFIRMED}


def test_answers_between_pauses_keep_a_host_going(web: Web) -> None:
    """A host that asks for a second's pause now and then is asked to the end."""
    refused: set[str] = set()

    def serve(visit: Visit) -> Page:
        if int(visit.path[1:]) % 4 == 0 and visit.path not in refused:
            refused.add(visit.path)
            return web.page(429, headers={"Retry-After": "1"})
        return web.page()

    verdicts = web.check([web.put("a.test", f"/{number}", serve) for number in range(40)])
    assert {verdict.status for verdict in verdicts.values()} == {LinkStatus.OK}


def test_slow_host_does_not_hold_up_the_others(web: Web) -> None:
    """While one host dawdles, the others are asked."""

    def dawdle(_visit: Visit) -> None:
        web.over.wait(30)

    slow = web.put("slow.test", "/", dawdle)
    quick = [web.put("quick.test", f"/{number}", web.page()) for number in range(20)]
    verdicts = web.check([slow, *quick], timeout_s=1.0)
    assert verdicts[slow].status is LinkStatus.UNCONFIRMED
    assert quick
    assert all(verdicts[url].status is LinkStatus.OK for url in quick)


def test_host_that_comes_back_is_asked_after_all(web: Web) -> None:
    """Links that were left out because their host was down get their first look at the end."""
    down = threading.Event()

    def serve(_visit: Visit) -> Page | None:
        if web.slept_s < 15:
            down.set()
            web.over.wait(30)
            return None
        return web.page()

    urls = [web.put("a.test", f"/{number}#top", serve) for number in range(30)]
    verdicts = web.check(urls, timeout_s=1.0)
    assert down.is_set()
    assert {verdicts[url].status for url in urls} == {LinkStatus.OK}


def test_failure_is_asked_again_and_not_confirmed(web: Web) -> None:
    """A 500 is asked again at least 20 s later; no run alone calls it broken."""
    url = web.put("a.test", "/x", web.page(500))
    verdict = web.check_one(url)
    assert (verdict.status, verdict.http_status) == (LinkStatus.UNCONFIRMED, 500)
    assert web.asked() == [("GET", "/x"), ("GET", "/x")]
    assert 19 < web.slept_s <= 30


def test_failure_that_passes_is_none(web: Web) -> None:
    """A page that answers at the second look is there."""
    url = web.put("a.test", "/x", lambda _visit: web.page(200 if web.slept_s else 502))
    assert web.check_one(url).status is LinkStatus.OK


def test_many_failures_share_one_wait(web: Web) -> None:
    """The run waits once for all second looks, not for each."""
    urls = [web.put(f"h{number}.test", "/", web.page(500)) for number in range(30)]
    web.check(urls)
    assert web.slept_s <= 30


@pytest.mark.parametrize(
    ("status", "headers", "body", "wall"),
    [
        (403, {"cf-mitigated": "challenge"}, b"", "Cloudflare"),
        (503, {}, b"<title>Just a moment...</title>", "Cloudflare"),
        (202, {"x-amzn-waf-action": "challenge"}, b"", "AWS WAF"),
        (403, {}, b"<div id='px-captcha'>", "HUMAN"),
        (999, {}, b"", "LinkedIn"),
        (200, {}, b"<script id='anubis_challenge'>{}</script>", "Anubis"),
        (200, {}, b"<title>Request Rejected</title>", "F5"),
        (404, {}, b"<div class='h-captcha'></div>", "hCaptcha"),
    ],
)
def test_bot_walls_are_blocked(
    web: Web, status: int, headers: dict[str, str], body: bytes, wall: str
) -> None:
    """Known marks of a bot wall: blocked, not broken, and not asked again."""
    url = web.put("a.test", "/x", web.page(status, body, headers))
    for verdict in web.check([url, url + "#part"]).values():
        assert verdict.status is LinkStatus.BLOCKED
        assert verdict.reason is not None
        assert verdict.reason.args["wall"] == wall
    assert len(web.asked()) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 406, 451])
def test_refusal_is_blocked(web: Web, status: int) -> None:
    """A refusal is no denial of the page, and is asked once."""
    verdict = web.check_one(web.put("a.test", "/x", web.page(status)))
    assert (verdict.status, verdict.http_status) == (LinkStatus.BLOCKED, status)
    assert len(web.asked()) == 1


def test_stopped_run_gives_every_link_a_verdict(web: Web) -> None:
    """After a stop, what was settled stays, and what was not is unchecked, at once."""

    def serve(visit: Visit) -> Page:
        if visit.path == "/3":
            web.stop.set()
            web.over.wait(30)
        return web.page()

    urls = [web.put("a.test", f"/{number}", serve) for number in range(9)]
    began_s = time.monotonic()
    verdicts = web.check(urls, per_host=1)
    assert time.monotonic() - began_s < 10
    assert [verdicts[url].status for url in urls[:3]] == [LinkStatus.OK] * 3
    assert {verdicts[url].status for url in urls[3:]} == {LinkStatus.UNCHECKED}


def test_failure_without_time_for_a_second_look_is_unconfirmed(web: Web) -> None:
    """A stop before the second look leaves a failure unconfirmed."""

    def serve(_visit: Visit) -> Page:
        web.stop.set()
        return web.page(500)

    urls = [web.put("a.test", "/x", serve)]
    verdict = web.check(urls)[urls[0]]
    assert verdict.status in (LinkStatus.UNCONFIRMED, LinkStatus.UNCHECKED)


def test_bug_in_the_transport_reaches_the_caller(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody foresaw is raised in the calling thread, not swallowed by another."""

    def explode(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("syncer.web.fetch.Transport.send", explode)
    with pytest.raises(ZeroDivisionError):
        web.check_one(web.url("a.test"))
