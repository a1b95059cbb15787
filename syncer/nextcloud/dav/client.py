"""The only WebDAV transport: webdavclient3 under our own requests, limits and errors.

webdavclient3 makes the requests (`execute_request`) and nothing else: its own listing takes a
maintenance page for an empty folder. Every answer comes out as entries, or as a `RemoteError`.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import quote, urlsplit

import requests
import tenacity
import urllib3
from requests.adapters import HTTPAdapter
from requests.auth import HTTPBasicAuth
from requests.cookies import RequestsCookieJar
from requests.utils import get_environ_proxies
from webdav3.client import Client

from syncer import __version__
from syncer.errors import Protocol, RemoteError, Throttled, Transient
from syncer.net.deadlines import (
    Patience,
    PlainSession,
    TimedBody,
    make_adapter,
)
from syncer.net.failures import raise_typed
from syncer.nextcloud.dav.answers import MAX_ERROR_BYTES, read_refusal
from syncer.nextcloud.dav.hrefs import decode_href
from syncer.nextcloud.dav.multistatus import DavEntry, Depth, parse_multistatus

# One folder's listing: 100,000 entries. Nextcloud itself becomes unusable well before.
MAX_LISTING_BYTES = 128 << 20
# A whole tree: two million entries of 1 KB, more than the walk keeps.
MAX_TREE_BYTES = 2 << 30
# A page that is read for one word in it.
MAX_PAGE_BYTES = 1 << 20
CHUNK_BYTES = 65_536
# `nextcloud.md`, section 6: at most 3 tries, `Retry-After` honoured up to a limit.
MAX_TRIES = 3
MAX_RETRY_AFTER_S = 30.0
FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 8.0

_log = logging.getLogger(__name__)
_Answer = TypeVar("_Answer")

_PROPFIND: Final = (
    b'<?xml version="1.0"?>'
    b'<d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"'
    b' xmlns:nc="http://nextcloud.org/ns"><d:prop><d:resourcetype/><d:getetag/>'
    b"<d:getlastmodified/><d:getcontentlength/><oc:fileid/><oc:size/><oc:permissions/>"
    b"<nc:mount-type/></d:prop></d:propfind>"
)


@dataclass(frozen=True, slots=True)
class Page:
    """The answer to a GET: status, where it leads, and the beginning of its body."""

    status: int
    location: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Connections:
    """What the clients of one host share: its connections, and how to reach it.

    Attributes:
        base_url: scheme, host and webroot, no slash behind.
        adapter: holds at most as many connections as there are workers.
        verify: whom to trust for TLS: the system's list, or a file of certificates.
        proxies: those of the environment that hold for this host.
        patience: how long to wait, and what stops it.
        sleep: waits so many seconds between two tries.
    """

    base_url: str
    adapter: HTTPAdapter
    verify: bool | str
    proxies: dict[str, str]
    patience: Patience
    sleep: Callable[[float], object]

    @property
    def webroot(self) -> str:
        """Path of the Nextcloud on its host, "" as a rule."""
        return urlsplit(self.base_url).path.rstrip("/")

    @property
    def origin(self) -> str:
        """Scheme and host."""
        split = urlsplit(self.base_url)
        return f"{split.scheme}://{split.netloc}"


def open_connections(
    base_url: str,
    *,
    ca_file: Path | None,
    workers: int,
    patience: Patience,
    sleep: Callable[[float], object],
) -> Connections:
    """Prepare the connections to one host; nothing is sent yet.

    The environment's proxies and CA bundle hold; its `.netrc` does not, since what stands there
    for a host is nobody's business in a request to a public share of it.
    """
    return Connections(
        base_url=base_url.rstrip("/"),
        adapter=make_adapter(patience, workers),
        verify=str(ca_file) if ca_file else os.environ.get("REQUESTS_CA_BUNDLE") or True,
        proxies=get_environ_proxies(base_url),
        patience=patience,
        sleep=sleep,
    )


class _Refused(Exception):  # noqa: N818 - not an error yet: a page may answer 404
    """An answer of 300 or more, its small body read, so that its connection can serve again."""

    def __init__(self, response: requests.Response, body: bytes) -> None:
        super().__init__()
        self.response = response
        self.body = body


class NextcloudClient(Client):  # type: ignore[misc] # the library bears no types
    """Requests to one Nextcloud with one set of credentials, each counted.

    Attributes:
        requests_sent: how many requests went out, every try counted.
    """

    def __init__(self, connections: Connections, credentials: tuple[str, str] | None) -> None:
        """Take user and password, sent at once; None sends no Authorization at all."""
        super().__init__({"webdav_hostname": connections.origin, "webdav_disable_check": True})
        patience = connections.patience
        self.timeout = (patience.connect_s, patience.read_s)
        self.verify = connections.verify
        self.session = _open_session(connections, credentials)
        self.requests_sent = 0
        self._patience = patience
        self._sleep = connections.sleep
        self._counting = threading.Lock()

    def list_folder(self, href: str, depth: Depth, *, root: str) -> tuple[DavEntry, ...]:
        """Return the entries of a folder and, unless `depth` is 0, of what lies in it.

        Args:
            href: as received, or quoted.
            depth: 0 or 1.
            root: decoded path of the share's root on the server.

        Raises:
            RemoteError: it could not be listed; passing troubles were tried again before.
        """
        return self._try_again(
            lambda: tuple(self._propfind(href, depth, root, max_bytes=MAX_LISTING_BYTES))
        )

    def stream_tree(self, href: str, *, root: str) -> Iterator[DavEntry]:
        """Yield everything under a folder while it arrives (Depth: infinity); one try only.

        What came counts only when the iteration ends without an error.

        Raises:
            RemoteError: the answer was refused, cut or no listing.
        """
        return self._propfind(href, Depth.INFINITY, root, max_bytes=MAX_TREE_BYTES)

    def read_page(self, path: str, *, headers: tuple[str, ...] = ()) -> Page:
        """GET a path under the host, whatever its status; redirects are not followed.

        Args:
            path: quoted, webroot in front.
            headers: more of them, each "Name: value".

        Raises:
            RemoteError: no answer came, or a passing trouble did not pass.
        """

        def get() -> Page:
            with self._ask("download", path, None, list(headers)) as answer:
                if isinstance(answer, _Refused):
                    response, body = answer.response, answer.body
                else:
                    response, body = answer, _read_beginning(answer, MAX_PAGE_BYTES)
            if response.status_code >= 400:
                error = read_refusal(response.status_code, response.headers, body)
                if isinstance(error, Transient | Throttled) or error.code == "maintenance":
                    raise error
            return Page(response.status_code, response.headers.get("Location", ""), body)

        return self._try_again(get)

    def change(
        self, action: str, path: str, *, content: bytes | None = None, headers: Sequence[str] = ()
    ) -> None:
        """Send a request that changes something: "upload", "move", "mkdir".

        Args:
            action: webdavclient3's word for the method.
            path: quoted, webroot in front.
            content: what is uploaded; it does not become less when it is sent again.
            headers: more of them, each "Name: value".

        Raises:
            RemoteError: it was refused, or redirected; passing troubles were tried again before.
        """

        def send() -> None:
            data = None if content is None else TimedBody(content, self._patience)
            with self._ask(action, path, data, list(headers)) as answer:
                if isinstance(answer, _Refused):
                    refused = answer.response
                    raise read_refusal(refused.status_code, refused.headers, answer.body)
                _read_beginning(answer, MAX_ERROR_BYTES)

        self._try_again(send)

    def _propfind(
        self, href: str, depth: Depth, root: str, *, max_bytes: int
    ) -> Iterator[DavEntry]:
        requested = decode_href(href)
        headers = [
            f"Depth: {depth}",
            "Accept: application/xml",
            "Content-Type: application/xml; charset=utf-8",
        ]
        path = quote(requested, safe="/")
        with self._ask("list", path, _PROPFIND, headers) as answer:
            if isinstance(answer, _Refused):
                refused = answer.response
                raise read_refusal(refused.status_code, refused.headers, answer.body)
            if answer.status_code != 207:
                raise Protocol("http-status", status=answer.status_code)
            chunks = _read_chunks(answer, max_bytes)
            yield from parse_multistatus(chunks, root=root, requested=requested, depth=depth)

    @contextlib.contextmanager
    def _ask(
        self, action: str, path: str, data: bytes | TimedBody | None, headers: list[str]
    ) -> Iterator[requests.Response | _Refused]:
        """Send one request; whatever goes wrong until its answer is read becomes a typed error."""
        if self._patience.stop.is_set():
            raise RemoteError("stopped")
        with self._counting:
            self.requests_sent += 1
        response: requests.Response | None = None
        try:
            try:
                response = self.execute_request(action, path, data=data, headers_ext=headers)
            except _Refused as refused:
                yield refused
            else:
                yield response
        except (OSError, urllib3.exceptions.HTTPError, HTTPException, ValueError) as error:
            # ValueError: what requests and http.client make of an impossible header or address.
            raise_typed(error)
        finally:
            if response is not None:
                # A body that was not read to the end costs its connection, and must.
                response.close()

    def _try_again(self, ask: Callable[[], _Answer]) -> _Answer:
        """Ask, and ask again after a passing trouble: the room's one retry policy."""
        retrying = tenacity.Retrying(
            sleep=self._wait,
            stop=tenacity.stop_after_attempt(MAX_TRIES)
            | tenacity.stop_when_event_set(self._patience.stop),
            wait=_choose_wait,
            retry=tenacity.retry_if_exception(_passes),
            before_sleep=_log_retry,
            reraise=True,
        )
        return retrying(ask)

    def _wait(self, seconds: float) -> None:
        self._sleep(seconds)


def _open_session(
    connections: Connections, credentials: tuple[str, str] | None
) -> requests.Session:
    session = PlainSession()
    # Neither `.netrc` nor anything else of the environment; its proxies are read by ourselves.
    session.trust_env = False
    session.proxies.update(connections.proxies)
    session.mount("http://", connections.adapter)
    session.mount("https://", connections.adapter)
    session.cookies = _NoCookies()
    session.hooks["response"] = [_stop_at_refusal]
    session.headers.update(
        {
            "User-Agent": f"os2-syncer/{__version__}",
            "X-Requested-With": "XMLHttpRequest",
            # A compressed answer of 0.3 MB can be one of 500 MB: none is taken.
            "Accept-Encoding": "identity",
        }
    )
    if credentials is not None:
        user, password = credentials
        # As bytes: requests would encode letters like æ as Latin-1.
        session.auth = HTTPBasicAuth(user.encode(), password.encode())
    return session


class _NoCookies(RequestsCookieJar):
    """Keeps none: Nextcloud answers 412 when its cookies come back half."""

    def set_cookie(self, cookie: object, *args: object, **kwargs: object) -> None:
        """Forget it at once."""


def _stop_at_refusal(response: requests.Response, **_: object) -> None:
    """Read a refusal's small body before the libraries read all of it, and stop them there."""
    if response.status_code >= 300:
        body = _read_beginning(response, MAX_ERROR_BYTES)
        response.close()
        raise _Refused(response, body)


def _read_beginning(response: requests.Response, max_bytes: int) -> bytes:
    """Return up to `max_bytes` of a body, what follows is not read; "" when it is compressed."""
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        return b""
    body: bytes = response.raw.read(max_bytes, decode_content=False)
    return body


def _read_chunks(response: requests.Response, max_bytes: int) -> Iterator[bytes]:
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Protocol("compressed")
    read_bytes = 0
    while chunk := response.raw.read(CHUNK_BYTES, decode_content=False):
        read_bytes += len(chunk)
        if read_bytes > max_bytes:
            raise Protocol("too-big")
        yield chunk


def _passes(error: BaseException) -> bool:
    """Say whether another try is worth it; a throttle's 429 is, its lock-out never."""
    passing = isinstance(error, Transient) or (
        isinstance(error, Throttled) and error.code == "too-many-requests"
    )
    if not passing or not isinstance(error, RemoteError):
        return False
    return error.retry_after_s is None or error.retry_after_s <= MAX_RETRY_AFTER_S


_wait_longer = tenacity.wait_exponential(
    multiplier=FIRST_WAIT_S, max=LONGEST_WAIT_S
) + tenacity.wait_random(0, FIRST_WAIT_S)


def _choose_wait(state: tenacity.RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome is not None else None
    if isinstance(error, RemoteError) and error.retry_after_s is not None:
        return error.retry_after_s
    return _wait_longer(state)


def _log_retry(state: tenacity.RetryCallState) -> None:
    error = state.outcome.exception() if state.outcome is not None else None
    code = error.code if isinstance(error, RemoteError) else "unknown"
    _log.info("another try after %s (%s of %s)", code, state.attempt_number, MAX_TRIES)
