"""What a request says, and what is read of the head of its answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import pytest
from requests.structures import CaseInsensitiveDict

from syncer.net.failures import Cause, Unreached
from syncer.web import fetch
from syncer.web.addresses import parse_address
from syncer.web.answers import Failure, WebRequest
from syncer.web.fetch import Transport

NOW = datetime(2026, 5, 4, 3, 15, tzinfo=UTC)
ADDRESS = parse_address("http://a.test/x")
assert ADDRESS is not None
ASK = WebRequest(ADDRESS)
# With a proxy these may be its own failures: nothing is known of the host behind it.
OF_PROXY = {
    *(Cause.CONNECT_TIMED_OUT, Cause.DNS_FAILED, Cause.DROPPED, Cause.HOST_UNKNOWN),
    *(Cause.HOST_UNREACHABLE, Cause.NETWORK_UNREACHABLE, Cause.REFUSED),
    *(Cause.NOT_HTTP, Cause.TLS_FAILED),
}


@pytest.fixture
def transport() -> Iterator[Transport]:
    """Give a transport whose clock stands still, and that knows no host."""

    def know_none(_host: str) -> list[str]:
        return []

    opened = Transport(
        threads=1, may_be_private=lambda _: False, now=lambda: NOW, resolve=know_none
    )
    yield opened
    opened.close()


@pytest.mark.parametrize("cause", list(Cause))
@pytest.mark.parametrize("proxy", ["", "http://127.0.0.1:1"])
def test_what_the_way_to_a_proxy_may_have_caused_is_not_the_hosts(
    cause: Cause, proxy: str, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each other failure is as it is without one: it comes from behind the proxy, or from us."""

    class Failing:
        def send(self, *_: object, **__: object) -> None:
            raise Unreached(cause)

        def close(self) -> None:
            """Have nothing to close."""

    adapters: Any = {False: Failing(), True: Failing()}
    monkeypatch.setattr(transport, "_adapters", adapters)
    monkeypatch.setenv("http_proxy", proxy)
    monkeypatch.delenv("no_proxy", raising=False)
    expected = Cause.PROXY_FAILED if proxy and cause in OF_PROXY else cause
    assert transport.send(ASK, 1.0) == Failure(expected)


@pytest.mark.parametrize(
    ("value", "validator"),
    [
        ('W/"1"', 'W/"1"'),
        ("x" * 512, "x" * 512),
        ("x" * 513, None),
        ("\xe6", None),
        ("", None),
        (None, None),
    ],
)
@pytest.mark.parametrize("name", ["ETag", "Last-Modified"])
def test_a_validator_is_short_and_ascii(
    name: str, value: str | None, validator: str | None
) -> None:
    """It is kept, and sent again as it was."""
    headers = CaseInsensitiveDict({} if value is None else {name.lower(): value})
    assert fetch._read_validator(headers, name) == validator


def test_a_request_says_what_it_knows() -> None:
    """Validators only where there are some; nothing that a server could pack."""
    plain = fetch._make_headers(ASK)
    assert plain.keys().isdisjoint({"If-None-Match", "If-Modified-Since"})
    assert plain["Accept-Encoding"] == "gzip"
    date = "Mon, 04 May 2026 00:00:00 GMT"
    known = WebRequest(ASK.address, etag='"v1"', last_modified=date)
    assert fetch._make_headers(known) == {
        **plain,
        "If-None-Match": '"v1"',
        "If-Modified-Since": date,
    }


@pytest.mark.parametrize(
    ("value", "wait_s"),
    [
        ("7", 7.0),
        (" 7 ", 7.0),
        ("1.5", 1.5),
        ("-3", 0.0),
        ("inf", None),
        ("nan", None),
        ("", None),
        ("soon", None),
        (format_datetime(NOW.replace(minute=16), usegmt=True), 60.0),
        (format_datetime(NOW.replace(minute=14), usegmt=True), 0.0),
        ("Mon, 04 May 2026 03:16:00", None),
        ("Mon, 04 May 99999 03:16:00 GMT", None),
    ],
)
def test_a_wait_is_in_seconds_or_until_a_date(
    value: str, wait_s: float | None, transport: Transport
) -> None:
    """By the clock of the run; what is neither is no wish."""
    assert transport._read_retry_after({"Retry-After": value}) == wait_s
    assert transport._read_retry_after({}) is None


@pytest.mark.parametrize(
    ("length", "small"),
    [
        ("0", True),
        ("65536", True),
        ("65537", False),
        ("0" * 9, True),
        ("0" * 10, False),
        ("-1", False),
        ("²", False),
        ("", False),
    ],
)
def test_a_body_that_is_small_is_read_for_its_connection(length: str, small: bool) -> None:
    """By its own word, up to 64 KiB."""
    assert fetch._is_small({"Content-Length": length}) is small
    assert not fetch._is_small({})


@pytest.mark.parametrize(
    ("kind", "is_html"),
    [
        ("text/html", True),
        ("TEXT/HTML; charset=x", True),
        ("application/xhtml+xml", True),
        ("application/pdf", False),
        ("", False),
        (None, True),
    ],
)
def test_a_page_without_a_type_is_html(kind: str | None, is_html: bool) -> None:
    """As browsers take it."""
    assert fetch._is_html({} if kind is None else {"Content-Type": kind}) is is_html
