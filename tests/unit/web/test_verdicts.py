"""From what a server said to what a reader meets."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import pytest

from syncer.model.links import LinkKind, LinkStatus, LinkVerdict
from syncer.model.reason import Reason
from syncer.net.failures import Cause
from syncer.web import verdicts
from syncer.web.addresses import parse_address
from syncer.web.answers import (
    Absence,
    Anchors,
    Answer,
    Detour,
    Failure,
    Outcome,
    Stray,
)
from syncer.web.fragments import MAX_PAGE_BYTES
from syncer.web.link_settings import LinkSettings
from syncer.web.trail import End, Hop, begin_trail
from syncer.web.verdicts import agrees, confirm, count_days, is_failing, judge, may_pass

SETTINGS = LinkSettings(accept=(418,))
AT = datetime(2026, 5, 4, tzinfo=UTC)


def end(outcome: Outcome, *hops: Hop, at: str = "https://a.dk/x") -> End:
    """Make the end of a trail that is at an address."""
    address = parse_address(at)
    start = parse_address(hops[0].url if hops else at)
    assert address is not None
    assert start is not None
    trail = begin_trail(address, frozenset())
    return End(type(trail)(start, trail.ask, hops), outcome)


def judged(outcome: Outcome, fragment: str = "", *hops: Hop, at: str = "https://a.dk/x") -> str:
    """Judge, and give the status."""
    return judge(end(outcome, *hops, at=at), fragment, SETTINGS, AT).status


@pytest.mark.parametrize(
    ("outcome", "status", "again"),
    [
        (Answer(200), LinkStatus.OK, False),
        (Answer(206), LinkStatus.OK, False),
        (Answer(418), LinkStatus.OK, False),
        (Answer(202, wall="W"), LinkStatus.BLOCKED, False),
        (Answer(200, wall="W"), LinkStatus.BLOCKED, False),
        (Answer(404, wall="W"), LinkStatus.BLOCKED, False),
        (Answer(503, wall="W"), LinkStatus.BLOCKED, False),
        (Answer(300), LinkStatus.UNCHECKED, False),
        (Answer(304), LinkStatus.UNCHECKED, False),
        *[
            (Answer(status), LinkStatus.BLOCKED, False)
            for status in (400, 401, 402, 403, 405, 406, 409, 421, 429, 451, 499)
        ],
        (Answer(404), LinkStatus.BROKEN, False),
        (Answer(407), LinkStatus.UNCHECKED, False),
        (Answer(408), LinkStatus.UNCONFIRMED, True),
        (Answer(410), LinkStatus.BROKEN, False),
        (Answer(500), LinkStatus.UNCONFIRMED, True),
        (Answer(503), LinkStatus.UNCONFIRMED, True),
        (Answer(522), LinkStatus.UNCONFIRMED, True),
        (Answer(700), LinkStatus.UNCHECKED, False),
        (Failure(Cause.PRIVATE), LinkStatus.UNCHECKED, False),
        (Failure(Cause.TOO_LONG), LinkStatus.UNCHECKED, False),
        (Failure(Cause.BAD_ADDRESS), LinkStatus.UNCHECKED, False),
        (Failure(Cause.TLS_UNKNOWN_ISSUER), LinkStatus.BLOCKED, False),
        (Failure(Cause.TLS_EXPIRED), LinkStatus.UNCONFIRMED, True),
        (Failure(Cause.CONNECT_TIMED_OUT), LinkStatus.UNCONFIRMED, True),
        (Failure(Cause.ANSWER_TIMED_OUT), LinkStatus.UNCONFIRMED, True),
        (Failure(Cause.REFUSED), LinkStatus.UNCONFIRMED, True),
        (Failure(Cause.NOT_HTTP), LinkStatus.UNCONFIRMED, True),
        (Failure(Cause.DNS_FAILED), LinkStatus.UNCHECKED, True),
        (Failure(Cause.NETWORK_UNREACHABLE), LinkStatus.UNCHECKED, True),
        (Failure(Cause.PROXY_FAILED), LinkStatus.UNCHECKED, True),
        (Failure(Cause.HOST_UNKNOWN), LinkStatus.UNCONFIRMED, True),
        (Detour(Stray.LOOP, 302, "/x"), LinkStatus.UNCONFIRMED, True),
        (Detour(Stray.TOO_MANY, 302, "/x"), LinkStatus.UNCHECKED, False),
        (Failure(Cause.ANSWER_TIMED_OUT, given_up=True), LinkStatus.UNCHECKED, True),
        (Failure(Cause.CONNECT_TIMED_OUT, given_up=True), LinkStatus.UNCHECKED, True),
        (Failure(Cause.REFUSED, given_up=True), LinkStatus.UNCONFIRMED, True),
        (Failure(Cause.HOST_UNKNOWN, given_up=True), LinkStatus.UNCONFIRMED, True),
        (Detour(Stray.TOO_SLOW, 302, "/x"), LinkStatus.UNCHECKED, False),
        (Detour(Stray.NOWHERE, 302, ""), LinkStatus.UNCONFIRMED, True),
        (Detour(Stray.TOO_LONG, 302, "/y"), LinkStatus.UNCHECKED, False),
        (Detour(Stray.OTHER_SCHEME, 302, "tel:1"), LinkStatus.UNCHECKED, False),
        (Detour(Stray.INSIDE, 302, "http://i.dk/"), LinkStatus.EXCLUDED, False),
        (Detour(Stray.PRIVATE, 302, "http://10.0.0.1/"), LinkStatus.UNCHECKED, False),
    ],
)
def test_outcomes_have_their_status(outcome: Outcome, status: LinkStatus, again: bool) -> None:
    """Each outcome has one status, and is worth a second look or not; only two answers deny."""
    asked = end(outcome)
    verdict = judge(asked, "", SETTINGS, AT)
    assert (verdict.kind, verdict.status) == (LinkKind.WEB, status)
    assert may_pass(asked, verdict) is again


FAILURES = {
    Cause.CONNECT_TIMED_OUT: "link-timed-out",
    Cause.ANSWER_TIMED_OUT: "link-timed-out",
    Cause.HOST_UNKNOWN: "link-host-unknown",
    Cause.REFUSED: "link-refused",
    Cause.HOST_UNREACHABLE: "link-host-unreachable",
    Cause.DROPPED: "link-dropped",
    Cause.NOT_HTTP: "link-not-http",
    Cause.TLS_EXPIRED: "link-tls-expired",
    Cause.TLS_NOT_YET_VALID: "link-tls-not-yet-valid",
    Cause.TLS_WRONG_NAME: "link-tls-wrong-name",
    Cause.TLS_FAILED: "link-tls-failed",
}
OURS = {
    Cause.DNS_FAILED: "link-dns-failed",
    Cause.NETWORK_UNREACHABLE: "link-network-unreachable",
    Cause.PRIVATE: "link-private-address",
    Cause.PROXY_FAILED: "link-proxy-failed",
    Cause.TOO_LONG: "link-headers-too-long",
    Cause.BAD_ADDRESS: "link-not-requested",
    Cause.STOPPED: "link-interrupted",
}
REFUSING = {Cause.TLS_UNKNOWN_ISSUER: "link-tls-unknown-issuer"}


@pytest.mark.parametrize("cause", list(Cause))
def test_every_failure_is_the_servers_or_our_own(cause: Cause) -> None:
    """Only the server's own can become a broken link; what we could not do says nothing of it."""
    code = (FAILURES | OURS | REFUSING)[cause]
    statuses = {
        **dict.fromkeys(FAILURES, LinkStatus.UNCONFIRMED),
        **dict.fromkeys(OURS, LinkStatus.UNCHECKED),
        **dict.fromkeys(REFUSING, LinkStatus.BLOCKED),
    }
    found = judge(end(Failure(cause)), "", SETTINGS, AT)
    assert found.reason is not None
    assert (found.status, found.reason.code) == (statuses[cause], code)
    silent = cause in (Cause.CONNECT_TIMED_OUT, Cause.ANSWER_TIMED_OUT)
    given_up = judge(end(Failure(cause, given_up=True)), "", SETTINGS, AT)
    assert given_up.reason is not None
    assert given_up.reason.code == ("link-host-given-up" if silent else code)
    lasting = cause in (Cause.PRIVATE, Cause.TOO_LONG, Cause.BAD_ADDRESS)
    assert may_pass(end(Failure(cause)), found) is not (lasting or cause in REFUSING)


STATUSES = {
    401: (LinkStatus.BLOCKED, "link-asks-for-login"),
    403: (LinkStatus.BLOCKED, "link-check-refused"),
    404: (LinkStatus.BROKEN, "link-not-found"),
    407: (LinkStatus.UNCHECKED, "link-proxy-failed"),
    408: (LinkStatus.UNCONFIRMED, "link-http-error"),
    410: (LinkStatus.BROKEN, "link-gone"),
    418: (LinkStatus.BLOCKED, "link-check-refused"),
    429: (LinkStatus.BLOCKED, "link-too-many-requests"),
    500: (LinkStatus.UNCONFIRMED, "link-http-error"),
    100: (LinkStatus.UNCHECKED, "link-status-unclear"),
    199: (LinkStatus.UNCHECKED, "link-status-unclear"),
    399: (LinkStatus.UNCHECKED, "link-status-unclear"),
    400: (LinkStatus.BLOCKED, "link-check-refused"),
    499: (LinkStatus.BLOCKED, "link-check-refused"),
    511: (LinkStatus.UNCHECKED, "link-network-unreachable"),
    599: (LinkStatus.UNCONFIRMED, "link-http-error"),
    600: (LinkStatus.UNCHECKED, "link-status-unclear"),
}


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_has_its_verdict(status: int) -> None:
    """Only two deny the page; the others of 4xx refuse us, and those of 5xx are failures."""
    found = judge(end(Answer(status)), "", LinkSettings(), AT)
    assert found.reason is not None
    assert (found.status, found.reason.code) == STATUSES[status]
    assert found.reason.args == {"host": "a.dk", "status": status}
    assert set(STATUSES) >= set(verdicts._OF_STATUSES)


LOGINS = (
    *(
        "https://a.dk/login",
        "https://a.dk/da/Log-in",
        "https://a.dk/signin.php",
        "https://a.dk/sso",
    ),
    *("https://a.dk/sign-in/x", "https://a.dk/users/sign_in", "https://a.dk/saml2/acs"),
    *("https://login.microsoftonline.com/c/o", "https://accounts.google.com/v3"),
    "https://nemlog-in.mitid.dk/x",
)


@pytest.mark.parametrize("url", LOGINS)
def test_every_word_and_host_of_a_login_page_is_known(url: str) -> None:
    """Each word as a part of the path, whatever its ending, and each host."""
    hop = Hop("https://a.dk/x", 302, url)
    assert judged(Answer(200), "", hop, at=url) is LinkStatus.NEEDS_LOGIN


@pytest.mark.parametrize(
    "host", ["consent.youtube.com", "consent.google.com", "validate.perfdrive.com"]
)
def test_every_host_that_stands_in_for_others_is_known(host: str) -> None:
    """Led there a reader is asked for consent; a link to the host itself is a link to it."""
    at = f"https://{host}/x"
    assert judged(Answer(200), "", Hop("https://a.dk/x", 302, at), at=at) is LinkStatus.BLOCKED
    assert judged(Answer(200), at=at) is LinkStatus.OK
    assert host in verdicts._STAND_IN_HOSTS
    assert len(verdicts._STAND_IN_HOSTS) == 3


def test_every_word_and_host_of_a_login_page_has_an_example() -> None:
    """A word that is added needs one."""
    known = {*verdicts._LOGIN_WORDS, *verdicts._LOGIN_HOSTS}
    shown = {part.partition(".php")[0] for url in LOGINS for part in url.lower().split("/")[2:]}
    assert known <= shown


@pytest.mark.parametrize("cause", list(Cause))
def test_every_failure_has_a_reason_of_its_own_words(cause: Cause) -> None:
    """No failure is ever good, and each says why."""
    verdict = judge(end(Failure(cause)), "", SETTINGS, AT)
    assert verdict.status is not LinkStatus.OK
    assert verdict.reason is not None
    assert verdict.reason.args["host"] == "a.dk"
    assert verdict.checked_at == AT


def test_private_redirect_names_where_it_leads() -> None:
    """The reason names the private host, not the one that sent the reader there."""
    verdict = judge(end(Detour(Stray.PRIVATE, 302, "http://10.0.0.1/")), "", SETTINGS, AT)
    assert verdict.reason == Reason("link-private-address", {"host": "10.0.0.1"})


@pytest.mark.parametrize(
    "outcome",
    [
        Answer(404),
        Failure(Cause.REFUSED),
        Failure(Cause.TLS_EXPIRED),
        Detour(Stray.NOWHERE, 302, ""),
    ],
)
def test_a_remapped_address_is_told_of_as_written(outcome: Outcome) -> None:
    """The reader knows the host of the link, not the one that was asked instead."""
    settings = LinkSettings(remap={"https://": "http://127.0.0.1:8000/web/"})
    asked = end(outcome, at="http://127.0.0.1:8000/web/a.dk/x")
    verdict = judge(asked, "", settings, AT)
    assert verdict.reason is not None
    assert verdict.reason.args["host"] == "a.dk"


@pytest.mark.parametrize(
    ("absence", "status"),
    [
        (Absence.PROVEN, LinkStatus.BROKEN),
        (Absence.BY_SCRIPT, LinkStatus.UNCHECKED),
        (Absence.TOO_BIG, LinkStatus.UNCHECKED),
        (Absence.NOT_HTML, LinkStatus.UNCHECKED),
        (Absence.UNREAD, LinkStatus.UNCHECKED),
    ],
)
def test_absent_anchor_is_broken_only_when_proven(absence: Absence, status: LinkStatus) -> None:
    """The page is there all the same, and its status is told."""
    outcome = Answer(200, anchors=Anchors(frozenset({"b"}), absence))
    assert judged(outcome, "a") is status
    assert judged(outcome, "b") is LinkStatus.OK
    assert judged(outcome, "") is LinkStatus.OK
    assert judge(end(outcome), "a", SETTINGS, AT).http_status == 200


@pytest.mark.parametrize(
    ("statuses", "final_url"),
    [
        ((301,), "https://a.dk/1"),
        ((308, 301), "https://a.dk/2"),
        ((301, 302), "https://a.dk/1"),
        ((302, 301), None),
        ((307,), None),
    ],
)
def test_final_address_is_the_end_of_the_permanent_hops(
    statuses: tuple[int, ...], final_url: str | None
) -> None:
    """What comes after a temporary redirect is not for the handbook to know."""
    hops = tuple(
        Hop(f"https://a.dk/{number}", status, f"https://a.dk/{number + 1}")
        for number, status in enumerate(statuses)
    )
    verdict = judge(end(Answer(200), *hops), "", SETTINGS, AT)
    assert verdict.final_url == final_url
    assert verdict.status is (LinkStatus.OK if final_url is None else LinkStatus.REDIRECTED)


def test_fragment_goes_along_unless_the_redirect_brings_one() -> None:
    """RFC 9110: the fragment is inherited."""
    anchors = Anchors(frozenset({"f"}), Absence.PROVEN)
    plain = Hop("https://a.dk/1", 301, "https://a.dk/2")
    own = Hop("https://a.dk/1", 301, "https://a.dk/2#own")
    answer = Answer(200, anchors=anchors)
    assert judge(end(answer, plain), "f", SETTINGS, AT).final_url == "https://a.dk/2#f"
    assert judge(end(answer, own), "f", SETTINGS, AT).final_url == "https://a.dk/2#own"


def test_the_fragment_of_a_redirect_takes_the_place_of_the_links() -> None:
    """The reader is led to `#own`: that `#f` is not there says nothing."""
    answer = Answer(200, anchors=Anchors(frozenset(), Absence.PROVEN))
    own = Hop("https://a.dk/1", 302, "https://a.dk/2#own")
    plain = Hop("https://a.dk/1", 302, "https://a.dk/2")
    assert judge(end(answer, own), "f", SETTINGS, AT).status is LinkStatus.OK
    assert judge(end(answer, plain), "f", SETTINGS, AT).status is LinkStatus.BROKEN


@pytest.mark.parametrize(
    ("start", "at", "status"),
    [
        ("https://a.dk/x", "https://a.dk/login?next=x", LinkStatus.NEEDS_LOGIN),
        ("https://a.dk/x", "https://a.dk/Login.aspx", LinkStatus.NEEDS_LOGIN),
        ("https://a.dk/x", "https://login.microsoftonline.com/c/o", LinkStatus.NEEDS_LOGIN),
        ("https://a.dk/login", "https://a.dk/da/login", LinkStatus.OK),
        ("https://a.dk/x", "https://a.dk/loginvejledning", LinkStatus.OK),
    ],
)
def test_being_led_to_a_login_page_is_told(start: str, at: str, status: LinkStatus) -> None:
    """Unless the link asked for a login page itself."""
    assert judged(Answer(200), "", Hop(start, 302, at), at=at) is status


def verdict(status: LinkStatus, code: str = "link-http-error") -> LinkVerdict:
    """Make a verdict."""
    return LinkVerdict(LinkKind.WEB, status, Reason(code))


def confirmed(
    last: LinkVerdict, first: LinkVerdict | None = None, earlier: LinkVerdict | None = None
) -> LinkVerdict:
    """Confirm the verdict of a last look."""
    return confirm(last, first=first, earlier=earlier)


FAILED = verdict(LinkStatus.UNCONFIRMED)
UNKNOWN_HOST = verdict(LinkStatus.UNCONFIRMED, "link-host-unknown")
BROKEN_HOST = verdict(LinkStatus.BROKEN, "link-host-unknown")


def test_name_that_is_unknown_on_two_looks_is_broken() -> None:
    """In one run or in two; not when another look found the host."""
    assert confirmed(UNKNOWN_HOST, UNKNOWN_HOST) == BROKEN_HOST
    assert confirmed(UNKNOWN_HOST, None, BROKEN_HOST) == BROKEN_HOST
    assert confirmed(UNKNOWN_HOST) == UNKNOWN_HOST
    assert confirmed(UNKNOWN_HOST, FAILED, BROKEN_HOST) == UNKNOWN_HOST
    assert confirmed(FAILED, UNKNOWN_HOST) == FAILED


def test_last_look_counts() -> None:
    """A page that answers is there; a look that learns nothing leaves the failure."""
    good, unseen = verdict(LinkStatus.OK), verdict(LinkStatus.UNCHECKED)
    assert confirmed(good, FAILED) == good
    assert confirmed(unseen, FAILED) == FAILED
    assert confirmed(unseen, None, FAILED) == unseen
    assert confirmed(FAILED, unseen) == FAILED


@pytest.mark.parametrize(
    ("first", "last"), list(itertools.product(LinkStatus, (LinkStatus.UNCONFIRMED,)))
)
def test_no_number_of_failures_in_a_run_is_a_denial(first: LinkStatus, last: LinkStatus) -> None:
    """Only a denial, an unknown name or three days make a link broken."""
    assert confirmed(verdict(last), verdict(first)).status is not LinkStatus.BROKEN


def test_failure_on_three_days_is_broken() -> None:
    """What only refuses or could not be seen never is."""
    assert [count_days(FAILED, days).status for days in (1, 2, 3)] == [
        LinkStatus.UNCONFIRMED,
        LinkStatus.UNCONFIRMED,
        LinkStatus.BROKEN,
    ]
    for status in set(LinkStatus) - {LinkStatus.UNCONFIRMED}:
        assert count_days(verdict(status), 9).status is status


def test_earlier_failure_makes_a_second_look_needless() -> None:
    """Not for a name that was not unknown before, nor after a good answer."""
    assert agrees(FAILED, FAILED)
    assert agrees(BROKEN_HOST, FAILED)
    assert agrees(BROKEN_HOST, UNKNOWN_HOST)
    assert not agrees(FAILED, UNKNOWN_HOST)
    assert not agrees(verdict(LinkStatus.OK), FAILED)


def test_failures_of_earlier_runs_are_known() -> None:
    """Broken and unconfirmed links have failed."""
    failing = {status for status in LinkStatus if is_failing(verdict(status))}
    assert failing == {LinkStatus.BROKEN, LinkStatus.UNCONFIRMED}


def test_page_that_asks_for_consent_stands_in_for_another() -> None:
    """Nothing is proven on it, unless the link leads there."""
    at = "https://consent.youtube.com/m?continue=x"
    answer = Answer(200, anchors=Anchors(frozenset(), Absence.PROVEN))
    assert judged(answer, "a", Hop("https://a.dk/x", 302, at), at=at) is LinkStatus.BLOCKED
    assert judged(answer, "", Hop(at, 302, at), at=at) is LinkStatus.OK


@pytest.mark.parametrize("fragment", ["top", "TOP", ""])
def test_top_of_a_page_is_always_there(fragment: str) -> None:
    """HTML, section 7.4.6.4."""
    answer = Answer(200, anchors=Anchors(frozenset(), Absence.PROVEN))
    assert judged(answer, fragment) is LinkStatus.OK


@pytest.mark.parametrize("status", [200, 299])
def test_every_status_of_success_is_good(status: int) -> None:
    """With or without a body."""
    assert judged(Answer(status)) is LinkStatus.OK


@pytest.mark.parametrize(
    ("outcome", "args"),
    [
        (Answer(403, wall="Akamai"), {"host": "a.dk", "wall": "Akamai"}),
        (Failure(Cause.REFUSED), {"host": "a.dk"}),
        (Failure(Cause.CONNECT_TIMED_OUT), {"host": "a.dk", "timeout_s": 20.0}),
        (Failure(Cause.ANSWER_TIMED_OUT), {"host": "a.dk", "timeout_s": 20.0}),
        (Failure(Cause.ANSWER_TIMED_OUT, given_up=True), {"host": "a.dk"}),
        (Detour(Stray.LOOP, 302, "/x"), {"url": "/x"}),
        (Detour(Stray.TOO_MANY, 302, "/x"), {"limit": 20}),
        (Detour(Stray.TOO_SLOW, 302, "/x"), {"host": "a.dk", "timeout_s": 20.0}),
        (Detour(Stray.NOWHERE, 302, "/x"), {"host": "a.dk", "target": "/x"}),
        (Detour(Stray.OTHER_SCHEME, 302, "tel:1"), {"scheme": "tel"}),
        (Detour(Stray.INSIDE, 302, "http://i.dk/"), {"host": "i.dk"}),
        (Detour(Stray.INSIDE, 302, "x"), {"host": "a.dk"}),
        (Detour(Stray.PRIVATE, 302, "x"), {"host": "a.dk"}),
    ],
)
def test_every_reason_says_what_it_is_about(outcome: Outcome, args: dict[str, object]) -> None:
    """What a person needs to look for."""
    found = judge(end(outcome), "", LinkSettings(), AT)
    assert found.reason is not None
    assert found.reason.args == args
    assert found.http_status == getattr(outcome, "status", None)


def test_what_was_not_asked_has_no_time() -> None:
    """A server that was given up was not looked at for this link."""
    silent = Failure(Cause.ANSWER_TIMED_OUT, given_up=True)
    assert judge(end(silent), "", SETTINGS, AT) == LinkVerdict(
        LinkKind.WEB, LinkStatus.UNCHECKED, Reason("link-host-given-up", {"host": "a.dk"})
    )


def test_too_slow_redirects_are_of_the_host_that_the_link_names() -> None:
    """Not of the last one on the way."""
    hop = Hop("https://start.dk/x", 302, "https://a.dk/x")
    found = judge(end(Detour(Stray.TOO_SLOW, 302, "/x"), hop), "", SETTINGS, AT)
    assert found.reason is not None
    assert found.reason.args["host"] == "start.dk"


ABSENCES = {
    Absence.PROVEN: Reason("link-anchor-missing", {"anchor": "a b", "page": "https://a.dk/x"}),
    Absence.BY_SCRIPT: Reason("link-anchor-by-script", {"anchor": "a b"}),
    Absence.TOO_BIG: Reason(
        "link-anchor-page-too-big", {"anchor": "a b", "limit_bytes": MAX_PAGE_BYTES}
    ),
    Absence.NOT_HTML: Reason("link-anchor-not-html", {"anchor": "a b"}),
    Absence.UNREAD: Reason("link-anchor-page-unread", {"anchor": "a b"}),
}


@pytest.mark.parametrize("absence", list(Absence))
def test_every_absence_names_its_anchor(absence: Absence) -> None:
    """As a person reads it, and why it was not found."""
    answer = Answer(200, anchors=Anchors(frozenset(), absence))
    assert judge(end(answer), "a%20b", SETTINGS, AT).reason == ABSENCES[absence]


@pytest.mark.parametrize(
    ("at", "status", "reason"),
    [
        ("https://a.dk/login", 302, Reason("link-leads-to-login", {"url": "https://a.dk/login"})),
        ("https://a.dk/ny", 301, Reason("link-moved", {"url": "https://a.dk/ny"})),
        (
            "https://consent.youtube.com/m",
            302,
            Reason("link-bot-wall", {"host": "a.dk", "wall": "consent.youtube.com"}),
        ),
    ],
)
def test_every_other_place_is_named(at: str, status: int, reason: Reason) -> None:
    """Where a reader is led instead."""
    found = judge(end(Answer(200), Hop("https://a.dk/x", status, at), at=at), "", SETTINGS, AT)
    assert (found.reason, found.http_status, found.checked_at) == (reason, 200, AT)
