"""The transport: one request out, one bounded answer back, redirects not followed.

It stands on requests' adapter without the session above it: the session would read redirect
bodies whole, send `.netrc` passwords to strangers and retry on its own. Proxies come from the
environment; behind one, its resolver decides where a name leads, so that only the name itself can
be checked for being private, which is done before anything is sent.
"""

from __future__ import annotations

import math
import os
import ssl
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException, IncompleteRead
from http.cookiejar import Cookie
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar
from requests.exceptions import ProxyError
from requests.utils import DEFAULT_CA_BUNDLE_PATH, get_environ_proxies, select_proxy
from urllib3.exceptions import HTTPError

from syncer import __version__
from syncer.web.answers import Absence, Anchors, Answer, Cause, Failure, Method, WebRequest
from syncer.web.fragments import MAX_PAGE_BYTES, AnchorSearch
from syncer.web.sockets import (
    DEADLINE,
    Dialer,
    Resolve,
    Resolver,
    Unreached,
    make_pool_classes,
    make_tls_context,
    resolve_by_system,
)
from syncer.web.walls import WALL_STATUSES, find_wall_in_body, find_wall_in_headers

_HEADERS = {
    "User-Agent": f"Mozilla/5.0 (compatible; os2-syncer/{__version__}; link check)",
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Language": "da,en;q=0.7",
    "Accept-Encoding": "gzip",
}
_PIECE_BYTES = 64 * 1024
# What is read of a body that nobody asked for, to use its connection again.
_DRAIN_BYTES = 64 * 1024
# Pages are seldom packed tighter; what is gets cut off there.
_MAX_RAW_BYTES = 2 * MAX_PAGE_BYTES
_POOLS = 200
_MAX_COOKIES = 50
_MAX_HEADER_CHARS = 8192
# OpenSSL's X509_V_ERR_* numbers.
_EXPIRED = frozenset({10})
_NOT_YET_VALID = frozenset({9})
_WRONG_NAME = frozenset({62, 63, 64})
_UNKNOWN_ISSUER = frozenset({2, 18, 19, 20, 21, 27})


class _Adapter(HTTPAdapter):
    """requests' adapter with our connections and our one TLS context."""

    def __init__(self, dialer: Dialer, context: ssl.SSLContext, threads: int) -> None:
        self._dialer = dialer
        self._context = context
        super().__init__(pool_connections=_POOLS, pool_maxsize=threads, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)
        self.poolmanager.pool_classes_by_scheme = make_pool_classes(self._dialer)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        return super().proxy_manager_for(proxy, ssl_context=self._context, **kwargs)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Leave it to the context: loading the bundle again costs 20 ms per connection."""


class Transport:
    """Sends requests from any number of threads; one per run, closed at its end."""

    def __init__(
        self,
        *,
        threads: int,
        may_be_private: Callable[[str], bool],
        now: Callable[[], datetime],
        resolve: Resolve = resolve_by_system,
    ) -> None:
        """Open nothing yet; `now` is for a `Retry-After` that is a date."""
        self._now = now
        bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
        dialer = Dialer(Resolver(resolve), may_be_private)
        self._adapter = _Adapter(
            dialer, make_tls_context(bundle or DEFAULT_CA_BUNDLE_PATH), threads
        )

    def close(self) -> None:
        """Close the connections that nobody uses."""
        self._adapter.close()

    def send(self, ask: WebRequest, patience_s: float) -> Answer | Failure:
        """Send one request and read as much of the answer as the question needs.

        `patience_s` bounds it in all, whatever the server does. Every failure of a connection
        comes back as data.
        """
        proxies = get_environ_proxies(ask.address.url)
        DEADLINE.begin(patience_s)
        jar = RequestsCookieJar()
        for cookie in ask.cookies:
            jar.set_cookie(cookie)
        prepared = requests.Request(
            ask.method.value, ask.address.url, headers=_make_headers(ask), cookies=jar
        ).prepare()
        try:
            response = self._adapter.send(
                prepared, stream=True, timeout=patience_s, proxies=dict(proxies)
            )
        except Unreached as error:
            return error.failure
        except (requests.RequestException, HTTPError, HTTPException, OSError) as error:
            return _explain(error, proxied=select_proxy(ask.address.url, proxies) is not None)
        try:
            extract_cookies_to_jar(jar, prepared, response.raw)  # type: ignore[no-untyped-call]
            return self._read(ask, response, jar)
        finally:
            response.close()

    def _read(self, ask: WebRequest, response: requests.Response, jar: RequestsCookieJar) -> Answer:
        status, headers = response.status_code, response.headers
        good = 200 <= status < 300
        wall = find_wall_in_headers(status, headers)
        anchors = None
        if good and ask.anchors and wall is None:
            anchors = _search_anchors(ask.anchors, response)
        elif ask.method is Method.HEAD or not good or _is_small(headers):
            start = _read_start(response)
            if wall is None and status in WALL_STATUSES:
                wall = find_wall_in_body(status, start)
        return Answer(
            status,
            location=_read_location(headers),
            retry_after_s=self._read_retry_after(headers),
            etag=_read_validator(headers, "ETag"),
            last_modified=_read_validator(headers, "Last-Modified"),
            wall=wall,
            anchors=anchors,
            cookies=_list_cookies(jar),
        )

    def _read_retry_after(self, headers: Mapping[str, str]) -> float | None:
        """Read seconds or a date (RFC 9110, section 10.2.3); None when it is neither."""
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
    # requests' stubs say that its jar holds strings.
    cookies: Iterable[Any] = list(jar)[-_MAX_COOKIES:]
    return tuple(cookie for cookie in cookies if isinstance(cookie, Cookie))


def _is_small(headers: Mapping[str, str]) -> bool:
    length = headers.get("Content-Length", "")
    return length.isdecimal() and len(length) < 10 and int(length) <= _DRAIN_BYTES


def _read_location(headers: Mapping[str, str]) -> str | None:
    location = headers.get("Location")
    if location is None:
        return None
    try:
        # http.client decodes headers as Latin-1; servers write UTF-8.
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


def _read_validator(headers: Mapping[str, str], name: str) -> str | None:
    value = headers.get(name)
    return value if value and len(value) <= 512 and value.isascii() else None


def _search_anchors(wanted: frozenset[str], response: requests.Response) -> Anchors:
    kind = response.headers.get("Content-Type", "text/html").lower()
    if "html" not in kind:
        return Anchors(frozenset(), Absence.NOT_HTML)
    charset = requests.utils.get_encoding_from_headers(response.headers)
    search = AnchorSearch(wanted, charset if "charset" in kind else None)
    try:
        for piece in _read_pieces(response, _MAX_RAW_BYTES):
            if not search.feed(piece):
                break
    except (HTTPError, HTTPException, OSError, zlib.error):
        return search.finish(complete=False)
    return search.finish(complete=True)


def _read_start(response: requests.Response) -> bytes:
    """Read the first bytes of a body; what breaks off is as long as it is."""
    start = b""
    try:
        for piece in _read_pieces(response, _DRAIN_BYTES):
            start += piece
            if len(start) > _DRAIN_BYTES:
                break
    except (HTTPError, HTTPException, OSError, zlib.error):
        pass
    return start


def _read_pieces(response: requests.Response, limit_bytes: int) -> Iterator[bytes]:
    """Give the body in pieces, unpacked, each at most 64 KiB.

    Raises:
        IncompleteRead: there is more than `limit_bytes` as sent, or the packing is unknown.
    """
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in ("identity", "gzip", "x-gzip", "deflate", ""):
        raise IncompleteRead(b"")
    unpack = None if packing in ("identity", "") else zlib.decompressobj(wbits=47)
    received = 0
    while raw := response.raw.read1(_PIECE_BYTES, decode_content=False):
        received += len(raw)
        if received > limit_bytes:
            raise IncompleteRead(b"")
        if unpack is None:
            yield raw
            continue
        while raw:
            yield unpack.decompress(raw, _PIECE_BYTES)
            raw = unpack.unconsumed_tail


def _explain(error: Exception, *, proxied: bool) -> Failure:
    """Find the cause in the layers that urllib3 and requests wrap around it."""
    layers = list(_unwrap(error))
    for layer in layers:
        if isinstance(layer, ssl.SSLCertVerificationError):
            return Failure(_name_certificate_error(layer.verify_code))
    if any(isinstance(layer, ProxyError) for layer in layers):
        return Failure(Cause.PROXY_FAILED)
    for layer in layers:
        if isinstance(layer, ssl.SSLEOFError | ConnectionError):
            return Failure(Cause.PROXY_FAILED if proxied else Cause.DROPPED)
        if isinstance(layer, ssl.SSLError):
            return Failure(Cause.TLS_FAILED)
        if isinstance(layer, TimeoutError | requests.Timeout):
            return Failure(Cause.ANSWER_TIMED_OUT)
    if any(isinstance(layer, HTTPException) for layer in layers):
        return Failure(Cause.NOT_HTTP)
    return Failure(Cause.DROPPED)


def _unwrap(error: BaseException) -> Iterator[BaseException]:
    """Give an error and those inside it, each once, the outermost first."""
    waiting, seen = [error], set()
    while waiting:
        layer = waiting.pop(0)
        if id(layer) in seen:
            continue
        seen.add(id(layer))
        yield layer
        inner = (*layer.args, getattr(layer, "reason", None), layer.__cause__, layer.__context__)
        waiting.extend(one for one in inner if isinstance(one, BaseException))


def _name_certificate_error(code: int) -> Cause:
    if code in _EXPIRED:
        return Cause.TLS_EXPIRED
    if code in _NOT_YET_VALID:
        return Cause.TLS_NOT_YET_VALID
    if code in _WRONG_NAME:
        return Cause.TLS_WRONG_NAME
    if code in _UNKNOWN_ISSUER:
        return Cause.TLS_UNKNOWN_ISSUER
    return Cause.TLS_FAILED
