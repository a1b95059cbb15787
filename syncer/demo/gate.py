"""The demo server's front door: which request goes where, who is let in, what is counted."""

from __future__ import annotations

import io
import threading
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from syncer.demo.account import SHARES_API, answer_shares, open_account
from syncer.demo.answer import DemoAnswer, Request, answer, answer_error, read_request
from syncer.demo.cloud import Cloud, PublicShare, Rights
from syncer.demo.dav import ACCOUNT, LEGACY, NEW, Environ, StartResponse, Visit, let_in, make_engine
from syncer.demo.pace import Pacer, Turn
from syncer.demo.pages import show_capabilities, show_page, show_share, show_status
from syncer.demo.sabre import DAV_HEADER, quote_href
from syncer.demo.throttle import Bucket, MaxDelayReached

_READING: Final = frozenset({"GET", "HEAD", "OPTIONS", "PROPFIND"})
_UPLOAD_LIMIT_BYTES: Final = 100_000_000
_REMEMBERED_REQUESTS: Final = 10_000
_BASIC: Final = ("WWW-Authenticate", 'Basic realm="Nextcloud", charset="UTF-8"')
_DUMMY: Final = ("WWW-Authenticate", 'DummyBasic realm="Nextcloud"')
_MAX_DELAY: Final = r"OCP\Security\Bruteforce\MaxDelayReached"
_COOKIES: Final = (
    ("Set-Cookie", "ocdemo=1; path=/; HttpOnly; SameSite=Lax"),
    ("Set-Cookie", "nc_sameSiteCookielax=true; path=/; httponly; secure; SameSite=lax"),
    ("Set-Cookie", "nc_sameSiteCookiestrict=true; path=/; httponly; secure; SameSite=strict"),
)


@dataclass(frozen=True, slots=True)
class Served:
    """A request that was answered.

    Attributes:
        kind: "propfind-0", "propfind-1", "propfind-infinity", "put", "move", …, "status",
            "capabilities", "page", "download", "other".
    """

    kind: str
    method: str
    path: str
    status: int


class Traffic:
    """What the server has answered; tests and benchmarks read it."""

    def __init__(self) -> None:
        """Start with nothing served."""
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._served: deque[Served] = deque(maxlen=_REMEMBERED_REQUESTS)

    def note(self, served: Served) -> None:
        """Count a request."""
        with self._lock:
            self._counts[served.kind] += 1
            self._served.append(served)

    @property
    def counts(self) -> dict[str, int]:
        """Requests per kind, by kind; only those that came."""
        with self._lock:
            return dict(sorted(self._counts.items()))

    @property
    def total(self) -> int:
        """All requests."""
        with self._lock:
            return self._counts.total()

    @property
    def served(self) -> tuple[Served, ...]:
        """The last 10,000 requests in the order in which they were answered."""
        with self._lock:
            return tuple(self._served)

    def forget(self) -> None:
        """Count from nothing again."""
        with self._lock:
            self._counts.clear()
            self._served.clear()


class Gate:
    """The WSGI application of the demo server."""

    def __init__(self, cloud: Cloud, pacer: Pacer, webroot: str) -> None:
        """Stand before a cloud; `webroot` is "" or a path such as "/nextcloud"."""
        self.traffic = Traffic()
        self._cloud = cloud
        self._pacer = pacer
        self._webroot = webroot
        self._engine = make_engine(webroot)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request: whole, counted, in its pace."""
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        environ["wsgi.input"] = io.BytesIO(_read_body(environ))
        request = read_request(environ, path.removeprefix(self._webroot), self._webroot)
        with self._pacer.take_turn() as turn:
            given = self._answer(request, environ, turn) if self._is_ours(path) else answer(404)
        self.traffic.note(Served(_kind_of(request), request.method, request.path, given.code))
        sent = b"" if request.method == "HEAD" else given.body
        headers = [*(pair for pair in given.headers if pair[0] != "Content-Length"), *_COOKIES]
        if given.code not in (204, 304):
            headers.append(("Content-Length", str(len(given.body))))
        start_response(given.status, headers)
        return [sent]

    def _is_ours(self, path: str) -> bool:
        return not self._webroot or path.startswith(f"{self._webroot}/")

    def _answer(self, request: Request, environ: Environ, turn: Turn) -> DemoAnswer:
        cloud, path = self._cloud, request.path.removeprefix("/index.php")
        if not cloud.moods.trusted:
            return show_page(400, "Adgang via et domæne, der ikke er tillid til")
        if path == "/status.php":
            return show_status(cloud) if cloud.moods.status_page else answer(403)
        if cloud.moods.maintenance:
            return _refuse_for_maintenance(path)
        if path == "/ocs/v2.php/cloud/capabilities":
            shown = cloud.moods.status_page
            return show_capabilities(cloud, request) if shown else answer(403)
        if path.startswith(SHARES_API):
            return answer_shares(cloud, request, environ["wsgi.input"].read())
        if path.startswith(("/public.php/", f"{ACCOUNT}/")):
            return self._answer_dav(request, environ, turn)
        match path.split("/"):
            case ["", "s", token, *rest] if token:
                return show_share(cloud, request, token, "/".join(rest))
            case ["", "web", *rest]:
                known = "/".join(rest).rstrip("/") in cloud.web_pages
                return show_page(200, "En side") if known else show_page(404, "Ingen side")
            case ["", "f", *_] | ["", "apps", *_] | ["", "remote.php", *_]:
                return show_page(401, "Log ind")
            case ["", ""] | ["", "login"]:
                return show_page(200, "Log ind")
            case _:
                return show_page(404, "Siden findes ikke")

    def _answer_dav(self, request: Request, environ: Environ, turn: Turn) -> DemoAnswer:
        if "ocdemo=" in request.cookies and "nc_sameSiteCookiestrict" not in request.cookies:
            return answer_error(412, "Strict Cookie has not been found in request")
        parts = request.path.split("/")
        if request.path == LEGACY or request.path.startswith(f"{LEGACY}/"):
            let = self._open_legacy(request)
            root = f"{self._webroot}{LEGACY}"
        elif request.path.startswith(f"{NEW}/") and self._cloud.has_new_endpoint:
            token = parts[4]
            let = self._open_new(request, token)
            root = f"{self._webroot}{NEW}/{quote_href(token)}"
        elif request.path.startswith(f"{ACCOUNT}/"):
            let = open_account(self._cloud, request, parts[4])
            root = f"{self._webroot}{ACCOUNT}/{quote_href(parts[4])}"
        else:
            return answer(404)
        if isinstance(let, PublicShare):
            let = _refuse(self._cloud, let, request) or let
        if isinstance(let, DemoAnswer):
            return let
        let_in(environ, Visit(self._cloud, let, root, turn))
        return self._run_engine(environ, request.path)

    def _open_legacy(self, request: Request) -> PublicShare | DemoAnswer:
        """Let a caller in to `/public.php/webdav`: the token is the name of its login."""
        throttle = self._cloud.throttle
        if request.login is None:
            said = (
                "No 'Authorization: Basic' header found. Either the client didn't send one,"
                " or the server is misconfigured"
            )
            return answer_error(401, said, _BASIC)
        try:
            throttle.wait_or_refuse(request.address, Bucket.LEGACY_DAV)
        except MaxDelayReached as error:
            return answer_error(500, str(error), exception=_MAX_DELAY)
        token, password = request.login
        share = self._cloud.find_share(token)
        if share is not None and share.password in (None, password):
            return share
        if share is not None and request.ajax:
            return answer_error(401, "Cannot authenticate over ajax calls", _DUMMY)
        throttle.count_failure(request.address, Bucket.LEGACY_DAV)
        return answer_error(401, "Username or password was incorrect", _BASIC)

    def _open_new(self, request: Request, token: str) -> PublicShare | DemoAnswer:
        """Let a caller in to `/public.php/dav/files/TOKEN`: a login is for the password only."""
        cloud, throttle = self._cloud, self._cloud.throttle
        if "-" in token and cloud.version_numbers[:2] <= (31, 0):
            base = f"{self._webroot}{NEW}/{token.partition('-')[0]}/"
            asked = f"{self._webroot}{request.path}"
            return answer_error(403, f"Requested uri ({asked}) is out of base uri ({base})")
        try:
            throttle.wait_or_refuse(request.address, Bucket.NEW_DAV)
        except MaxDelayReached as error:
            return answer_error(503, f"{_MAX_DELAY}: {error}")
        share = cloud.find_share(token)
        if share is None:
            throttle.count_failure(request.address, Bucket.NEW_DAV)
            if request.login is None:
                return answer_error(503, r"Sabre\DAV\Exception\NotFound: ")
            return answer_error(401, "Username or password was incorrect")
        if share.password is None:
            return share
        if request.login is None:
            throttle.count_failure(request.address, Bucket.NEW_DAV)
            return answer_error(401, "")
        if request.login[1] == share.password:
            return share
        if request.ajax:
            return answer_error(401, "Cannot authenticate over ajax calls")
        throttle.count_failure(request.address, Bucket.NEW_DAV)
        return answer_error(401, "Username or password was incorrect")

    def _run_engine(self, environ: Environ, path: str) -> DemoAnswer:
        environ["PATH_INFO"] = path.encode().decode("latin-1")
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
            started.append((status, headers))

        body = b"".join(self._engine(environ, start))
        status, headers = started[-1]
        return DemoAnswer(status, tuple(headers), body)


def _refuse(cloud: Cloud, share: PublicShare, request: Request) -> DemoAnswer | None:
    """Say what a share does not allow; None when the request may go on."""
    if not cloud.moods.federation and not request.ajax and request.method != "GET":
        return answer_error(401, "")
    if cloud.find_in_share(share, "") is None:
        return answer_error(404, "", DAV_HEADER)
    match share.rights:
        case Rights.UPLOAD_ONLY if request.method != "PUT":
            return answer_error(405, "Only PUT is allowed on files drop")
        case Rights.VIEW_ONLY if request.method in ("GET", "HEAD"):
            return answer_error(403, "Access to this shared resource has been denied")
        case Rights.READ | Rights.VIEW_ONLY if request.method not in _READING:
            return answer_error(403, "")
        case _:
            return None


def _refuse_for_maintenance(path: str) -> DemoAnswer:
    """Answer as a server under maintenance: a page, or sabre's words on the new endpoint."""
    headers = (("X-Nextcloud-Maintenance-Mode", "1"), ("Retry-After", "120"))
    if path.startswith(f"{NEW}/"):
        return answer_error(503, "System is in maintenance mode.", *headers)
    page = show_page(503, "Vedligeholdelse")
    return DemoAnswer(page.status, (*page.headers, *headers), page.body)


def _read_body(environ: Environ) -> bytes:
    """Read what a request brings, whether its length was told or it comes in chunks."""
    given = environ.get("CONTENT_LENGTH") or "0"
    length = min(int(given), _UPLOAD_LIMIT_BYTES) if given.isdigit() else 0
    if environ.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked":
        length = _UPLOAD_LIMIT_BYTES
    body: bytes = environ["wsgi.input"].read(length)
    environ["CONTENT_LENGTH"] = str(len(body))
    return body


def _kind_of(request: Request) -> str:
    path = request.path.removeprefix("/index.php")
    if path.startswith(("/public.php/", "/remote.php/dav/")):
        if request.method != "PROPFIND":
            return request.method.lower()
        depth = (request.depth or "1").lower()
        return f"propfind-{depth if depth in ('0', '1', 'infinity') else 'other'}"
    if path == "/status.php":
        return "status"
    if path.startswith("/ocs/"):
        return "capabilities"
    if path.startswith("/s/"):
        return "download" if "/download" in path else "page"
    return "other"
