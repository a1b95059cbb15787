"""Whole checks of links with scripted answers: verdicts, second looks, and what is remembered."""

from __future__ import annotations

import socket
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from syncer.model.links import LinkKind, LinkStatus, LinkVerdict, RememberedLink
from syncer.model.reason import Reason
from syncer.model.rules import RULES_VERSION
from syncer.net.failures import Cause
from syncer.surroundings import Surroundings
from syncer.web import linkcheck
from syncer.web.answers import Absence, Anchors, Answer, Failure, WebRequest
from syncer.web.link_settings import LinkSettings
from tests.hostile.hostile_server import Asked, HostileServer

AT = datetime(2026, 5, 4, 3, 15, tzinfo=UTC)
TODAY = date(2026, 5, 4)
OK, FAILED, BROKEN = LinkStatus.OK, LinkStatus.UNCONFIRMED, LinkStatus.BROKEN
UNKNOWN = LinkStatus.UNCHECKED
GOOD, GONE, BUSY = Answer(200), Answer(404), Answer(500)
REFUSED, NO_HOST = Failure(Cause.REFUSED), Failure(Cause.HOST_UNKNOWN)
URL = "https://a.dk/x"


remember = partial(RememberedLink, rules=RULES_VERSION)


@dataclass
class Memory:
    """Remembers in memory, and notes what is written."""

    known: dict[str, RememberedLink] = field(default_factory=dict)
    kept: list[tuple[str, RememberedLink]] = field(default_factory=list)
    forgotten: list[datetime] = field(default_factory=list)

    def recall(self, urls: Collection[str]) -> Mapping[str, RememberedLink]:
        """Return what is known of the links."""
        return {url: self.known[url] for url in urls if url in self.known}

    def keep(self, url: str, link: RememberedLink) -> None:
        """Note a verdict."""
        self.kept.append((url, link))

    def forget(self, *, checked_before: datetime) -> None:
        """Note the time."""
        self.forgotten.append(checked_before)


@dataclass
class Run:
    """A check of links on a clock that only sleeping moves."""

    script: dict[str, list[Answer | Failure]]
    memory: Memory = field(default_factory=Memory)
    now: datetime = AT
    asked: list[WebRequest] = field(default_factory=list)
    asked_at_s: list[float] = field(default_factory=list)
    told: list[int] = field(default_factory=list)
    stop_after: int = 99
    takes_s: float = 0.0

    def check(self, *urls: str, **settings: Any) -> dict[str, LinkVerdict]:
        """Check the links, one request at a time."""
        around = Surroundings(now=lambda: self.now, sleep=self._sleep)

        def fetch(ask: WebRequest, _patience_s: float) -> Answer | Failure:
            self.asked.append(ask)
            self.asked_at_s.append(self.slept_s)
            self._sleep(self.takes_s)
            if len(self.asked) == self.stop_after:
                around.stop.set()
            outcomes = self.script[ask.address.url]
            return outcomes.pop(0) if len(outcomes) > 1 else outcomes[0]

        chosen = replace(LinkSettings(threads=1, gap_s=0), **settings)
        check = linkcheck._Check(chosen, self.memory, around, TODAY, self.told.append)
        check.plan(urls)
        check.ask(fetch)
        return check.verdicts

    def _sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    @property
    def slept_s(self) -> float:
        """How long the run took."""
        return (self.now - AT).total_seconds()


def web(status: LinkStatus, code: str | None = None, http: int | None = None, **more: Any) -> Any:
    """Return a verdict on a web link, of the run's beginning."""
    reason = None if code is None else Reason(code, more.pop("args", {}))
    at = more.pop("at", AT)
    return LinkVerdict(LinkKind.WEB, status, reason, http_status=http, checked_at=at, **more)


LATER = AT + timedelta(seconds=20)


@pytest.mark.parametrize(
    ("outcomes", "verdict", "slept_s", "days"),
    [
        ([GOOD], web(OK, http=200), 0, 0),
        ([GONE, GOOD], web(BROKEN, "link-not-found", http=404), 0, 0),
        ([BUSY, GOOD], web(OK, http=200, at=LATER), 20, 0),
        ([REFUSED, GOOD], web(OK, http=200, at=LATER), 20, 0),
        ([REFUSED], web(FAILED, "link-refused", at=LATER), 20, 1),
        ([NO_HOST], web(BROKEN, "link-host-unknown", at=LATER), 20, 0),
        ([REFUSED, Failure(Cause.DNS_FAILED)], web(FAILED, "link-refused"), 20, 1),
        ([Failure(Cause.PRIVATE)], web(UNKNOWN, "link-private-address"), 0, 0),
    ],
)
def test_a_failure_that_may_pass_is_seen_twice(
    outcomes: list[Answer | Failure], verdict: LinkVerdict, slept_s: float, days: int
) -> None:
    """Twenty seconds later; what counts then is remembered, with the day if it failed."""
    run = Run({URL: list(outcomes)})
    found = run.check(URL)[URL]
    if verdict.reason is not None and found.reason is not None:
        assert found.reason.code == verdict.reason.code
        verdict = replace(verdict, reason=found.reason)
    assert (found, run.slept_s) == (verdict, slept_s)
    if verdict.status is not UNKNOWN:
        assert run.memory.kept[-1] == (
            URL, remember(verdict, failing_days=(TODAY,) * days),
        )  # fmt: skip
    else:
        assert run.memory.kept == []
    assert run.memory.forgotten == [run.now - timedelta(days=120)]


def test_a_page_whose_anchor_a_script_may_make_is_remembered() -> None:
    """It is there; an answer that says nothing of the page is asked for the next time."""
    anchors = Anchors(frozenset(), Absence.BY_SCRIPT)
    run = Run({URL: [Answer(200, anchors=anchors)], "https://b.dk/": [Answer(100)]})
    found = run.check(f"{URL}#x", "https://b.dk/")
    assert [verdict.status for verdict in found.values()] == [UNKNOWN] * 2
    assert [url for url, _ in run.memory.kept] == [f"{URL}#x"]


def test_a_good_answer_is_used_again() -> None:
    """While it is fresh; then it is asked whether it still holds, and a bad one anew, first."""
    urls = [f"https://{name}.dk/" for name in ("frisk", "gammel", "daarlig", "ny")]
    fresh, old = (
        remember(web(OK, http=200, at=AT - timedelta(days=days)), '"v1"', "then")
        for days in (1, 60)
    )
    bad = remember(web(FAILED, "link-refused"), failing_days=(date(2026, 5, 1),))
    run = Run(
        {urls[1]: [Answer(304)], urls[2]: [REFUSED], urls[3]: [Answer(200, etag='"n"')]},
        Memory(dict(zip(urls, (fresh, old, bad), strict=False))),
    )
    found = run.check(*urls)
    assert [(one.address.url, one.etag, one.last_modified) for one in run.asked] == [
        (urls[2], None, None), (urls[1], '"v1"', "then"), (urls[3], None, None),
    ]  # fmt: skip
    again = replace(old, verdict=replace(old.verdict, checked_at=AT))
    failing = remember(found[urls[2]], failing_days=(date(2026, 5, 1), TODAY))
    new = remember(web(OK, http=200), '"n"')
    assert found == {
        urls[0]: fresh.verdict, urls[1]: again.verdict, urls[2]: failing.verdict,
        urls[3]: new.verdict,
    }  # fmt: skip
    assert dict(run.memory.kept) == {urls[1]: again, urls[2]: failing, urls[3]: new}
    assert run.slept_s == 0
    assert run.told == [1, 2, 3, 4]


@pytest.mark.parametrize("rules", [None, RULES_VERSION - 1, RULES_VERSION + 1])
def test_a_good_answer_by_other_rules_is_asked_for_again(rules: int | None) -> None:
    """Not even whether it still holds: what it was, these rules may call a wall or a login."""
    fresh = remember(web(OK, http=200), '"v1"', "then", rules=rules)
    run = Run({URL: [GONE]}, Memory({URL: fresh}))
    found = run.check(URL)
    assert [(one.etag, one.last_modified) for one in run.asked] == [(None, None)]
    assert found[URL].status is BROKEN


def test_days_of_failing_count_after_an_upgrade() -> None:
    """Otherwise each upgrade would call a broken link unconfirmed for two nights."""
    days = (TODAY - timedelta(days=2), TODAY - timedelta(days=1))
    known = remember(web(FAILED, "link-refused"), failing_days=days, rules=None)
    run = Run({URL: [REFUSED]}, Memory({URL: known}))
    assert run.check(URL)[URL].status is BROKEN
    assert run.memory.kept[0][1].rules == RULES_VERSION


def test_a_link_that_fails_for_the_third_day_is_broken() -> None:
    """On days that need not follow each other; an answer in between forgets them."""
    days = (date(2026, 4, 1), date(2026, 5, 2))
    known = remember(web(FAILED, "link-refused"), failing_days=days)
    run = Run({URL: [REFUSED]}, Memory({URL: known}))
    assert run.check(URL)[URL].status is BROKEN
    assert run.memory.kept[-1][1].failing_days == (*days, TODAY)
    run = Run({URL: [GOOD]}, Memory({URL: known}))
    assert run.check(URL)[URL] == web(OK, http=200)
    assert run.memory.kept == [(URL, remember(web(OK, http=200)))]


def test_where_no_server_answers_our_own_network_is_down() -> None:
    """Three silent hosts: nothing is known of any, nothing remembered, and nobody waits."""
    urls = [f"https://{name}.dk/" for name in "abc"]
    run = Run({url: [REFUSED] for url in urls})
    assert run.check(*urls) == {
        url: LinkVerdict(LinkKind.WEB, UNKNOWN, Reason("link-no-network")) for url in urls
    }
    assert (run.memory.kept, run.slept_s) == ([], 0)
    run = Run({**{url: [REFUSED] for url in urls}, URL: [GOOD]})
    found = run.check(*urls, URL)
    assert [found[url].status for url in urls] == [FAILED] * 3
    assert {url for url, _ in run.memory.kept} == {*urls, URL}
    assert run.slept_s == 20


def test_the_newest_failure_is_remembered() -> None:
    """Of a host that was silent at first and then answered badly, before any server answered."""
    run = Run({URL: [REFUSED, Failure(Cause.TLS_EXPIRED)]})
    found = run.check(URL)
    assert found[URL].reason is not None
    assert [record.verdict for _, record in run.memory.kept][-1] == found[URL]


def test_an_answer_that_nothing_changed_renews_good_verdicts_alone() -> None:
    """A server may give it without being asked, and after a redirect it is about another page."""
    bad = remember(web(FAILED, "link-refused", at=AT - timedelta(days=1)))
    good = remember(web(OK, http=200, at=AT - timedelta(days=60)), '"v1"')
    moved: dict[str, list[Answer | Failure]] = {
        URL: [Answer(301, location="/y")],
        "https://a.dk/y": [Answer(304)],
    }
    for known, run in ((bad, Run({URL: [Answer(304)]})), (good, Run(moved))):
        run.memory.known[URL] = known
        found = run.check(URL)[URL]
        assert (found.http_status, found.status) != (
            known.verdict.http_status,
            known.verdict.status,
        )
        assert found.http_status == 304


def test_a_stop_leaves_the_rest_open() -> None:
    """Unchecked, or unconfirmed after one look; nothing is forgotten."""
    urls = [f"https://a.dk/{number}" for number in range(3)]
    run = Run({url: [BUSY] for url in urls}, stop_after=1)
    found = run.check(*urls)
    assert [found[url].status for url in urls] == [FAILED, UNKNOWN, UNKNOWN]
    assert found[urls[2]] == LinkVerdict(LinkKind.WEB, UNKNOWN, Reason("link-interrupted"))
    assert [url for url, _ in run.memory.kept] == urls[:1]
    assert run.memory.forgotten == []


def test_what_needs_no_request_is_told_at_once() -> None:
    """With the number of verdicts as they come; a server's redirect is remembered without etag."""
    urls = ("mailto:a@b.dk", "https://nej.dk/", URL)
    moved = [Answer(301, location="/y")]
    run = Run({URL: list(moved), "https://a.dk/y": [Answer(200, etag='"v"')]})
    found = run.check(*urls, exclude=("https://nej*",))
    assert [found[url].status for url in urls] == [OK, LinkStatus.EXCLUDED, LinkStatus.REDIRECTED]
    assert [url for url, _ in run.memory.kept] == [URL]
    assert run.memory.kept[0][1] == remember(found[URL])
    assert run.told == [2, 3]


def test_the_second_look_is_twenty_seconds_after_each_first_one() -> None:
    """Whatever the first looks took."""
    urls = ["https://a.dk/", "https://b.dk/", "https://c.dk/"]
    run = Run({urls[0]: [BUSY], urls[1]: [BUSY], urls[2]: [GOOD]}, takes_s=5)
    run.check(*urls)
    assert run.asked_at_s == [0, 5, 10, 25, 30]


def test_a_silent_server_is_asked_less() -> None:
    """After three failures not at all, and after the next one in the second look."""
    urls = [f"https://a.dk/{number}" for number in range(5)]
    run = Run({url: [REFUSED] for url in urls})
    found = run.check(*urls)
    assert [one.address.url for one in run.asked] == [*urls[:3], urls[0]]
    assert {verdict.status for verdict in found.values()} == {FAILED}


def test_addresses_are_taken_without_the_blanks_around_them() -> None:
    """And each link has its verdict as it was written."""
    run = Run({URL: [GOOD]})
    assert run.check(URL, f" {URL} ") == dict.fromkeys([URL, f" {URL} "], web(OK, http=200))
    assert len(run.asked) == 1


@pytest.mark.parametrize("private", [True, False])
def test_a_real_server_is_asked(private: bool) -> None:
    """One whose name leads to a private address only where the settings allow it."""

    def reply(_asked: Asked, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    server = HostileServer(reply)
    url = f"http://a.test:{server.host.rpartition(':')[2]}/"
    told: list[tuple[str, int, int | None]] = []
    found = linkcheck.check_links(
        (url, "mailto:a@b.dk", url),
        settings=LinkSettings(allow_private=private),
        memory=None,
        around=Surroundings(now=lambda: AT, on_progress=lambda *seen: told.append(seen)),
        today=TODAY,
        resolve=lambda _: ["127.0.0.1"],
    )
    server.close()
    assert list(found) == [url, "mailto:a@b.dk"]
    assert (found[url] == web(OK, http=200), len(server.asked)) == (private, int(private))
    assert private or found[url].reason == Reason("link-private-address", {"host": "a.test"})
    assert told == [("links", 1, 2), ("links", 2, 2)]
