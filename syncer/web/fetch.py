"""The transport: one request out, one bounded answer back, redirects not followed.

It uses requests' adapter without a session, which would read the bodies of redirects completely,
send passwords of `.netrc` to strangers and retry on its own. Proxies come from the environment.
"""

from __future__ import annotations

import math
import zlib
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException, IncompleteRead
from http.cookiejar import Cookie
from typing import Any

import requests
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar
from requests.utils import select_proxy
from urllib3.exceptions import HTTPError

from syncer import __version__
from syncer.net.deadlines import Patience, begin_request, get_deadline
from syncer.net.dialer import (
    Dialer,
    Resolve,
    Resolver,
    make_adapter,
    resolve_by_system,
)
from syncer.net.failures import REQUEST_ERRORS, Cause, name_cause
from syncer.net.proxies import find_proxies
from syncer.net.wall_marks import find_wall_in_headers
from syncer.web.addresses import WebAddress
from syncer.web.answers import Absence, Anchors, Answer, Failure, WebRequest
from syncer.web.fragments import MAX_PAGE_BYTES, AnchorSearch
from syncer.web.walls import find_wall_in_page

_HEADERS = {
    "User-Agent": f"Mozilla/5.0 (compatible; os2-syncer/{__version__}; link check)",
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Language": "da,en;q=0.7",
    "Accept-Encoding": "gzip",
}
_PIECE_BYTES = 64 * 1024
# So much of a page is parsed between two looks at the clock.
_PARSED_BYTES = 8 * 1024
# So much of a body is searched for the marks of a wall; then its connection can be used again.
_START_BYTES = 64 * 1024
# Pages are seldom compressed to less than half of their size.
_MAX_RAW_BYTES = 2 * MAX_PAGE_BYTES
_HOSTS = 200
# Chrome's limit for a host.
_MAX_COOKIES = 180
_MAX_HEADER_CHARS = 8192
# The other good answers have a part of the page, something in its place, or nothing.
_WHOLE_PAGE = 200
# For zlib: with the header of gzip or of zlib.
_ANY_STREAM = 47
_BODY_ERRORS = (HTTPError, HTTPException, OSError, zlib.error)

# With a proxy the connection is made to it, so these say nothing about the host. What is no HTTP or
# no TLS may be the proxy's answer to CONNECT, or its own page in the tunnel.
_OF_PROXY = frozenset(
    {
        Cause.CONNECT_TIMED_OUT,
        Cause.DNS_FAILED,
        Cause.DROPPED,
        Cause.HOST_UNKNOWN,
        Cause.HOST_UNREACHABLE,
        Cause.NETWORK_UNREACHABLE,
        Cause.NOT_HTTP,
        Cause.REFUSED,
        Cause.TLS_FAILED,
    }
)


class Transport:
    """Sends requests from any number of threads; one per run, closed at its end."""

    def __init__(
        self,
        *,
        threads: int,
        may_be_private: Callable[[WebAddress], bool],
        now: Callable[[], datetime],
        resolve: Resolve = resolve_by_system,
    ) -> None:
        """Prepare without opening a connection; `now` is for a `Retry-After` that is a date."""
        self._now = now
        self._may_be_private = may_be_private
        self._names: set[str | bytes] = set()
        resolver = Resolver(resolve)
        # An open connection to a private address must not serve a request that may not go there.
        self._adapters = {
            allow_private: make_adapter(
                Dialer(allow_private=allow_private, resolver=resolver),
                connections=threads,
                hosts=_HOSTS,
            )
            for allow_private in (True, False)
        }

    def close(self) -> None:
        """Close the idle connections."""
        for adapter in self._adapters.values():
            adapter.close()

    def send(self, ask: WebRequest, patience_s: float) -> Answer | Failure:
        """Send one request and read as much of the answer as the question needs.

        `patience_s` bounds all of it, half of it the connecting: a dead host with many links must
        not delay the run for long. Every failure of a connection is returned as data.
        """
        url = ask.address.url
        proxies = find_proxies(url)
        begin_request(Patience(connect_s=patience_s / 2, read_s=patience_s, answer_s=patience_s))
        jar = RequestsCookieJar()
        for cookie in ask.cookies:
            jar.set_cookie(cookie)
        prepared = requests.Request("GET", url, headers=_make_headers(ask), cookies=jar).prepare()
        proxied = select_proxy(url, proxies) is not None
        adapter = self._adapters[self._may_be_private(ask.address)]
        try:
            response = adapter.send(prepared, stream=True, timeout=patience_s, proxies=proxies)
        except REQUEST_ERRORS as error:
            cause = name_cause(error)
            return Failure(Cause.PROXY_FAILED if proxied and cause in _OF_PROXY else cause)
        try:
            extract_cookies_to_jar(jar, prepared, response.raw)  # type: ignore[no-untyped-call]
            answer = self._read(ask, response, jar)
            return replace(answer, may_be_proxys=proxied and url.startswith("http:"))
        finally:
            response.close()

    def _read(self, ask: WebRequest, response: requests.Response, jar: RequestsCookieJar) -> Answer:
        status, headers = response.status_code, response.headers
        good, is_html = 200 <= status < 300, _is_html(headers)
        wall = find_wall_in_headers(status, headers)
        anchors = None
        if good and ask.anchors and not is_html:
            anchors = Anchors(frozenset(), Absence.NOT_HTML)
        if wall is None and (is_html or not good or _is_small(headers)):
            search = self._open_search(ask, headers) if good and ask.anchors and is_html else None
            start, complete = _read_body(response, search)
            if is_html:
                wall = find_wall_in_page(status, start, self._names)
            if search is not None:
                whole = complete and status == _WHOLE_PAGE and _is_framed(headers)
                anchors = search.finish(complete=whole, moves_on="Refresh" in headers)
                if "Content-Type" not in headers and not _begins_as_html(start):
                    anchors = Anchors(frozenset(), Absence.NOT_HTML)
        return Answer(
            status,
            location=_read_location(response),
            retry_after_s=self._read_retry_after(headers),
            etag=_read_validator(headers, "ETag"),
            last_modified=_read_validator(headers, "Last-Modified"),
            wall=wall,
            anchors=anchors,
            cookies=_list_cookies(jar),
        )

    def _open_search(self, ask: WebRequest, headers: Mapping[str, str]) -> AnchorSearch:
        # requests gives a page without a charset Latin-1.
        charset = requests.utils.get_encoding_from_headers(headers)
        is_named = "charset" in headers.get("Content-Type", "").lower()
        return AnchorSearch(ask.anchors, charset if is_named else None, self._names)

    def _read_retry_after(self, headers: Mapping[str, str]) -> float | None:
        """Parse seconds or a date (RFC 9110, section 10.2.3); None for anything else."""
        value = headers.get("Retry-After", "").strip()[:_MAX_HEADER_CHARS]
        try:
            seconds = float(value)
        except ValueError:
            try:
                seconds = (parsedate_to_datetime(value) - self._now()).total_seconds()
            except (ValueError, TypeError, OverflowError):
                return None
        return max(0.0, seconds) if math.isfinite(seconds) else None


def _make_headers(ask: WebRequest) -> dict[str, str]:
    headers = dict(_HEADERS)
    if ask.etag is not None:
        headers["If-None-Match"] = ask.etag
    if ask.last_modified is not None:
        headers["If-Modified-Since"] = ask.last_modified
    return headers


def _list_cookies(jar: RequestsCookieJar) -> tuple[Cookie, ...]:
    # According to its stubs, requests' jar contains strings.
    cookies: Iterable[Any] = list(jar)[-_MAX_COOKIES:]
    return tuple(cookie for cookie in cookies if isinstance(cookie, Cookie))


def _is_small(headers: Mapping[str, str]) -> bool:
    length = headers.get("Content-Length", "")
    return length.isdecimal() and len(length) < 10 and int(length) <= _START_BYTES


def _is_html(headers: Mapping[str, str]) -> bool:
    return "html" in headers.get("Content-Type", "text/html").lower()


def _begins_as_html(start: bytes) -> bool:
    """Return whether browsers take what has no type for HTML (WHATWG, MIME Sniffing): by a tag."""
    return start.removeprefix(BOM_UTF8).lstrip().startswith(b"<")


def _is_framed(headers: Mapping[str, str]) -> bool:
    """Return whether a body says where it ends (RFC 9112, section 6.3).

    One that ends with its connection may have been cut: also TLS servers close without a word.
    Other transfer codings than `chunked` are not decoded.
    """
    coding = headers.get("Transfer-Encoding")
    if coding is not None:
        return coding.strip().lower() == "chunked"
    length = headers.get("Content-Length", "").strip()
    return length.isascii() and length.isdecimal()


def _read_location(response: requests.Response) -> str | None:
    # `requests` joins several to one that no server wrote; browsers follow only equal ones.
    written = set(response.raw.headers.getlist("Location"))
    if len(written) != 1:
        return None
    location = str(written.pop())
    try:
        # http.client decodes headers as Latin-1; servers write UTF-8.
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


def _read_validator(headers: Mapping[str, str], name: str) -> str | None:
    value = headers.get(name)
    return value if value and len(value) <= 512 and value.isascii() else None


def _read_body(response: requests.Response, search: AnchorSearch | None) -> tuple[bytes, bool]:
    """Return the first bytes of a body, and whether it was read to its end or the search's.

    Without a search no more than the first bytes are read.
    """
    start = b""
    try:
        for piece in _read_pieces(response, _START_BYTES if search is None else _MAX_RAW_BYTES):
            start += piece[: _START_BYTES - len(start)]
            if search is None and len(start) == _START_BYTES:
                return start, False
            if search is not None and not _search(search, piece):
                break
    except _BODY_ERRORS:
        return start, False
    return start, True


def _search(search: AnchorSearch, piece: bytes) -> bool:
    """Search a piece and return whether more is needed, within the deadline of the request.

    Raises:
        OSError: the time is over, or the run was stopped.
    """
    for at in range(0, len(piece), _PARSED_BYTES):
        get_deadline().check()
        if not search.feed(piece[at : at + _PARSED_BYTES]):
            return False
    return True


def _read_pieces(response: requests.Response, limit_bytes: int) -> Iterator[bytes]:
    """Yield the decompressed body in pieces of at most 64 KiB.

    Raises:
        IncompleteRead: it has more than `limit_bytes` as sent, an unknown encoding, or a compressed
            stream without its end.
    """
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip", "deflate", ""):
        raise IncompleteRead(b"")
    unpack = None if encoding in ("identity", "") else _Unpacker()
    received = 0
    while raw := response.raw.read1(_PIECE_BYTES, decode_content=False):
        received += len(raw)
        if received > limit_bytes:
            raise IncompleteRead(b"")
        if unpack is None:
            yield raw
        else:
            yield from unpack.unpack(raw)
    if unpack is not None and not unpack.is_at_end:
        raise IncompleteRead(b"")


class _Unpacker:
    """The decompression of a body: one stream, or members of gzip in a row (RFC 1952)."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=_ANY_STREAM)

    @property
    def is_at_end(self) -> bool:
        """Whether the last stream came with its end and its checksum."""
        return self._stream.eof

    def unpack(self, raw: bytes) -> Iterator[bytes]:
        """Yield what the next bytes hold, in pieces of at most 64 KiB.

        Raises:
            zlib.error: these are no such streams, or the checksum is another.
        """
        while raw:
            if self._stream.eof:
                self._stream = zlib.decompressobj(wbits=_ANY_STREAM)
            yield self._stream.decompress(raw, _PIECE_BYTES)
            raw = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail
