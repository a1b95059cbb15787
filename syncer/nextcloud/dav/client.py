"""The only WebDAV client: webdavclient3 with our own connections, limits and errors.

Only `execute_request` of webdavclient3 is used: its own listing takes a maintenance page for an
empty folder. Every answer becomes entries or a `RemoteError`.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import quote, urlsplit

import requests
import tenacity
from requests.adapters import HTTPAdapter
from requests.auth import HTTPBasicAuth
from requests.cookies import RequestsCookieJar
from webdav3.client import Client

from syncer import __version__
from syncer.errors import Protocol, RemoteError, Throttled, Transient
from syncer.net.deadlines import Patience, begin_request, get_deadline
from syncer.net.dialer import Dialer, DirectSession, make_adapter
from syncer.net.failures import REQUEST_ERRORS, raise_typed
from syncer.net.proxies import find_proxies
from syncer.net.wall_marks import find_wall_in_headers, find_wall_mark
from syncer.nextcloud.budget import STEP, RunBudget, ShareBudget
from syncer.nextcloud.dav.answers import MAX_ERROR_BYTES, read_refusal
from syncer.nextcloud.dav.hrefs import decode_href
from syncer.nextcloud.dav.multistatus import DavEntry, Depth, parse_multistatus

# One folder with 100,000 entries. Nextcloud itself becomes unusable well before.
MAX_LISTING_BYTES = 128 << 20
# A whole tree: two million entries of 1 KB, twice as many as a walk accepts.
MAX_TREE_BYTES = 2 << 30
MAX_PAGE_BYTES = 1 << 20
CHUNK_BYTES = 65_536
FILE_CHUNK_BYTES = 1 << 18
# `docs/nextcloud.md`, section 6.
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


class Receiver(typing.Protocol):
    """Gets the content of a file, in one try or several."""

    def list_headers(self) -> Sequence[str]:
        """Return the headers of the next try, each "Name: value"."""

    def begin(self, status: int, headers: Mapping[str, str]) -> int:
        """Check the head of an answer, and return how many bytes may follow."""

    def write(self, chunk: bytes) -> None:
        """Store the next bytes."""

    def end(self) -> None:
        """Check the whole; raises `Transient` when more is to come."""


@dataclass(frozen=True, slots=True)
class Page:
    """The answer to a GET; `location` is "" without a redirect, `body` the first bytes.

    `wall` is the name of the bot wall that refused the request, None without its marks.
    """

    status: int
    location: str
    body: bytes
    wall: str | None = None


@dataclass(frozen=True, slots=True)
class Connections:
    """How the clients of one host reach it, over connections that they share.

    Attributes:
        base_url: scheme, host and webroot, no slash at the end.
        adapter: holds at most as many connections as there are workers.
        proxies: those of the environment for this host, by scheme.
        patience: how long to wait, and what stops it.
        budget: how many entries may be in memory.
        sleep: waits so many seconds between two tries.
    """

    base_url: str
    adapter: HTTPAdapter
    proxies: dict[str, str]
    patience: Patience
    sleep: Callable[[float], object]
    budget: ShareBudget = field(default_factory=lambda: RunBudget(1).open())

    @property
    def webroot(self) -> str:
        """Path of the Nextcloud on its host, usually ""."""
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
    allow_private: bool,
) -> Connections:
    """Prepare the connections to one host; nothing is sent yet.

    The environment's proxies and CA bundle apply. Its `.netrc` does not: a password for the host
    must not be sent to a public share there.
    `allow_private` is for a host that the settings name.
    """
    dialer = Dialer(allow_private=allow_private)
    return Connections(
        base_url=base_url.rstrip("/"),
        adapter=make_adapter(
            dialer, connections=workers, block=True, ca_path=str(ca_file) if ca_file else None
        ),
        proxies=find_proxies(base_url),
        patience=patience,
        sleep=sleep,
    )


class _Refused(Exception):  # noqa: N818 - not an error yet: a page may answer 404
    """An answer of 300 or more with its small body, read so that the connection can be reused."""

    def __init__(self, response: requests.Response, body: bytes) -> None:
        super().__init__()
        self.response = response
        self.body = body


class NextcloudClient(Client):  # type: ignore[misc] # the library has no types
    """Requests to one Nextcloud with one set of credentials.

    Attributes:
        requests_sent: how many requests were sent, each try counted.
    """

    def __init__(self, connections: Connections, credentials: tuple[str, str] | None) -> None:
        """Send user and password with every request; None sends no Authorization at all."""
        super().__init__({"webdav_hostname": connections.origin, "webdav_disable_check": True})
        patience = connections.patience
        self.timeout = (patience.connect_s, patience.read_s)
        self.requests = {**Client.default_requests, "search": "SEARCH"}
        self.session = _open_session(connections, credentials)
        self.requests_sent = 0
        self._patience = patience
        self._sleep = connections.sleep
        self._budget = connections.budget
        self._counting = threading.Lock()

    def list_folder(self, href: str, depth: Depth, *, root: str) -> tuple[DavEntry, ...]:
        """Return the entry of a folder and, with `Depth.ONE`, those of its content.

        `href` is as received, or quoted; `root` is the decoded path of the share's root.

        Raises:
            RemoteError: it could not be listed, in all tries.
        """
        return self._try_again(lambda: self._collect(href, depth, root))

    def stream_tree(self, href: str, *, root: str) -> Iterator[DavEntry]:
        """Yield all entries of a tree while they arrive (Depth: infinity), in one try.

        They count only when the iteration ends without an error.

        Raises:
            RemoteError: the answer was refused, cut or not a listing.
        """
        return self._propfind(href, Depth.INFINITY, root, max_bytes=MAX_TREE_BYTES)

    def read_page(self, path: str, *, headers: tuple[str, ...] = ()) -> Page:
        """GET a quoted path of the host; redirects are not followed.

        Raises:
            RemoteError: no answer came, or only ones that may pass (`Transient`, 429).
        """

        def get() -> Page:
            with self._ask("download", path, None, headers) as (response, refusal):
                body = _read_start(response, MAX_PAGE_BYTES) if refusal is None else refusal
            status, head, wall = response.status_code, response.headers, None
            if status >= 400:
                error = read_refusal(status, head, body)
                if isinstance(error, Transient | Throttled) or error.code == "maintenance":
                    raise error
                wall = find_wall_in_headers(status, head) or find_wall_mark(status, body)
            return Page(status, head.get("Location", ""), body, wall)

        return self._try_again(get)

    def search(self, path: str, body: bytes) -> bytes:
        """Send a SEARCH to a quoted path and return the body of the 207.

        Raises:
            RemoteError: it was refused, in all tries.
        """
        headers = ("Accept: application/xml", "Content-Type: text/xml; charset=utf-8")

        def ask() -> bytes:
            with self._ask("search", path, body, headers) as (response, refusal):
                if refusal is not None:
                    raise read_refusal(response.status_code, response.headers, refusal)
                if response.status_code != 207:
                    raise Protocol("http-status", status=response.status_code)
                return _read_start(response, MAX_PAGE_BYTES)

        return self._try_again(ask)

    def receive(self, path: str, receiver: Receiver) -> None:
        """GET a file by its quoted path, a part at a time; after a break only what is missing.

        Raises:
            RemoteError: it could not be read, in all tries.
            StoreError: the receiver could not write.
        """

        def get() -> None:
            with self._ask("download", path, None, receiver.list_headers()) as (response, refusal):
                if refusal is not None:
                    raise read_refusal(response.status_code, response.headers, refusal)
                max_bytes = receiver.begin(response.status_code, response.headers)
                for chunk in _read_chunks(response, max_bytes, FILE_CHUNK_BYTES):
                    receiver.write(chunk)
            receiver.end()

        self._try_again(get)

    def change(
        self, action: str, path: str, *, content: bytes | None = None, headers: Sequence[str] = ()
    ) -> None:
        """Send a request that changes something on the server.

        `action` is webdavclient3's name of the method ("upload", "move", "mkdir"), `path` is
        quoted, and each of `headers` is "Name: value".

        Raises:
            RemoteError: it was refused or redirected, in all tries.
        """

        def send() -> None:
            with self._ask(action, path, content, headers) as (response, refusal):
                if refusal is not None:
                    raise read_refusal(response.status_code, response.headers, refusal)
                _read_start(response, MAX_ERROR_BYTES)

        self._try_again(send)

    def _collect(self, href: str, depth: Depth, root: str) -> tuple[DavEntry, ...]:
        entries: list[DavEntry] = []
        counted = 0
        try:
            for entry in self._propfind(href, depth, root, max_bytes=MAX_LISTING_BYTES):
                entries.append(entry)
                if len(entries) > counted + STEP:
                    self._budget.receive(STEP)
                    counted += STEP
            return tuple(entries)
        finally:
            self._budget.release(counted)

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
        with self._ask("list", path, _PROPFIND, headers) as (response, refusal):
            if refusal is not None:
                raise read_refusal(response.status_code, response.headers, refusal)
            if response.status_code != 207:
                raise Protocol("http-status", status=response.status_code)
            chunks = _read_chunks(response, max_bytes)
            yield from parse_multistatus(chunks, root=root, requested=requested, depth=depth)

    @contextlib.contextmanager
    def _ask(
        self, action: str, path: str, data: bytes | None, headers: Sequence[str]
    ) -> Iterator[tuple[requests.Response, bytes | None]]:
        """Send one request and yield the answer, with its body if it is a refusal (300 or more).

        Errors become typed ones until the answer is read.
        """
        if self._patience.stop.is_set():
            raise RemoteError("stopped")
        self._check_time(None)
        begin_request(self._patience)
        with self._counting:
            self.requests_sent += 1
        response: requests.Response | None = None
        try:
            try:
                response = self.execute_request(action, path, data=data, headers_ext=list(headers))
            except _Refused as refused:
                yield refused.response, refused.body
            else:
                yield response, None
        except REQUEST_ERRORS as error:
            self._check_time(error)
            raise_typed(error)
        finally:
            if response is not None:
                # Closes the connection too when the body was not read to the end.
                response.close()

    def _check_time(self, error: Exception | None) -> None:
        if self._patience.is_over:
            raise RemoteError("out-of-time") from error

    def _try_again(self, ask: Callable[[], _Answer]) -> _Answer:
        """Call `ask`, again after an error that may pass: the only retry policy here."""
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
        self._sleep(max(0.0, min(seconds, self._patience.ends_at - time.monotonic())))


def _open_session(
    connections: Connections, credentials: tuple[str, str] | None
) -> requests.Session:
    session = DirectSession(connections.adapter)
    session.proxies.update(connections.proxies)
    session.cookies = _NoCookies()
    session.hooks["response"] = [_stop_at_refusal]
    session.headers.update(
        {
            "User-Agent": f"os2-syncer/{__version__}",
            "X-Requested-With": "XMLHttpRequest",
            # A compressed answer of 0.3 MB can unpack to 500 MB.
            "Accept-Encoding": "identity",
        }
    )
    if credentials is not None:
        user, password = credentials
        # As bytes: requests would encode letters like æ as Latin-1.
        session.auth = HTTPBasicAuth(user.encode(), password.encode())
    return session


class _NoCookies(RequestsCookieJar):
    """An empty jar: Nextcloud answers 412 when only some of its cookies come back."""

    def set_cookie(self, cookie: object, *args: object, **kwargs: object) -> None:
        """Do nothing."""


def _stop_at_refusal(response: requests.Response, **_: object) -> None:
    """Read a bounded part of a refusal's body, before the libraries would read all of it."""
    if response.status_code >= 300:
        body = _read_start(response, MAX_ERROR_BYTES)
        response.close()
        raise _Refused(response, body)


def _read_start(response: requests.Response, max_bytes: int) -> bytes:
    """Return at most `max_bytes` of a body; b"" when it is compressed."""
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        return b""
    body: bytes = response.raw.read(max_bytes, decode_content=False)
    return body


def _read_chunks(
    response: requests.Response, max_bytes: int, chunk_bytes: int = CHUNK_BYTES
) -> Iterator[bytes]:
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Protocol("compressed")
    read_bytes = 0
    while chunk := response.raw.read(chunk_bytes, decode_content=False):
        read_bytes += len(chunk)
        if read_bytes > max_bytes:
            raise Protocol("too-big")
        yield chunk


def _passes(error: BaseException) -> bool:
    """Return whether an error may pass; a 429 may, the lock-out of the throttle may not."""
    if get_deadline().compute_left_s() <= 0:
        # The answer took all its time, and would again.
        return False
    if isinstance(error, Transient) or (
        isinstance(error, Throttled) and error.code == "too-many-requests"
    ):
        return error.retry_after_s is None or error.retry_after_s <= MAX_RETRY_AFTER_S
    return False


_wait_longer = tenacity.wait_exponential(
    multiplier=FIRST_WAIT_S, max=LONGEST_WAIT_S
) + tenacity.wait_random(0, FIRST_WAIT_S)


def _choose_wait(state: tenacity.RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome is not None else None
    if isinstance(error, RemoteError) and error.retry_after_s is not None:
        return error.retry_after_s
    return _wait_longer(state)


def _log_retry(state: tenacity.RetryCallState) -> None:
    code = getattr(state.outcome and state.outcome.exception(), "code", None)
    _log.info("another try after %s (%s of %s)", code, state.attempt_number, MAX_TRIES)
