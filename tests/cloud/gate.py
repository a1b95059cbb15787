"""The demo server's application for any cloud: all endpoints, rights, logins, throttling, moods."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from syncer.demo import gate
from syncer.demo.answer import (
    DAV_HEADER,
    HTML_TYPE,
    DemoAnswer,
    Request,
    answer,
    answer_error,
    answer_json,
    read_request,
)
from syncer.demo.file_tree import Node
from syncer.demo.pace import Pacer
from syncer.demo.pages import show_capabilities, show_folder, show_page, show_share, show_status
from syncer.demo.propfind import PROPERTIES, Properties, answer_propfind, quote_href
from tests.cloud.account import SHARES_API, answer_search, answer_shares, open_account
from tests.cloud.cloud import Cloud, Infinity, Link, Rights
from tests.cloud.downloads import redirect_download, send_folder
from tests.cloud.engine import (
    ACCOUNT,
    LEGACY,
    NEW,
    Engine,
    Environ,
    StartResponse,
    answer_dav_error,
)
from tests.cloud.throttle import Bucket, MaxDelayReached
from tests.cloud.traffic import Traffic

_FIRST_BLIND_TO_PATH: Final = 31
# The first of the versions whose answers were recorded anew (`tests/wire`).
_RECORDED_ANEW: Final = 32
_READING: Final = frozenset({"GET", "HEAD", "OPTIONS", "PROPFIND"})
_UPLOAD_LIMIT_BYTES: Final = 100_000_000
_BASIC: Final = ("WWW-Authenticate", 'Basic realm="Nextcloud", charset="UTF-8"')
_DUMMY: Final = ("WWW-Authenticate", 'DummyBasic realm="Nextcloud"')
_MAX_DELAY: Final = r"OCP\Security\Bruteforce\MaxDelayReached"
_COOKIES: Final = (
    ("Set-Cookie", "ocdemo=1; path=/; HttpOnly; SameSite=Lax"),
    ("Set-Cookie", "nc_sameSiteCookielax=true; path=/; httponly; secure; SameSite=lax"),
    ("Set-Cookie", "nc_sameSiteCookiestrict=true; path=/; httponly; secure; SameSite=strict"),
)


class Gate(gate.Gate):
    """Answers for a cloud as its version, its links and its moods demand; counts the requests."""

    def __init__(self, cloud: Cloud, pacer: Pacer, webroot: str) -> None:
        """Store what is shown; `webroot` is "" or a path such as "/nextcloud"."""
        super().__init__(cloud, pacer)
        self.cloud = cloud
        self.traffic = Traffic()
        self._webroot = webroot
        self._engine = Engine(webroot)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request whole; 404 for everything outside the webroot."""
        path = environ["PATH_INFO"]
        inside = path.startswith(f"{self._webroot}/") or not self._webroot
        environ["PATH_INFO"] = path.removeprefix(self._webroot)
        environ["SCRIPT_NAME"] = self._webroot
        _unchunk(environ)
        request = read_request(environ)
        with self._pacer.take_turn() as turn:
            given = self.answer(request) if inside else answer(404)
            turn.entries = given.entries
        self.traffic.note(request, given.code)
        headers = [*(pair for pair in given.headers if pair[0] != "Content-Length"), *_COOKIES]
        if given.code not in (204, 304) and not self._is_streamed(request, given):
            headers.append(("Content-Length", str(len(given.body))))
        start_response(given.status, headers)
        return [b"" if request.method == "HEAD" else given.body]

    def answer(self, request: Request) -> DemoAnswer:
        """Return the answer to a request; nothing changes while it is made."""
        with self.cloud.lock:
            return self._answer(request)

    def _answer(self, request: Request) -> DemoAnswer:
        cloud, path = self.cloud, request.path.removeprefix("/index.php")
        if request.path.startswith("/s/") and not cloud.moods.rewrites:
            return answer(404)
        if not cloud.moods.trusted:
            return show_page(400, "Adgang via et domæne, der ikke er tillid til")
        if path in ("/status.php", "/ocs/v2.php/cloud/capabilities"):
            return self._answer_status(request, path)
        if cloud.moods.maintenance:
            return _refuse_for_maintenance(path)
        if path.startswith(SHARES_API):
            return answer_shares(cloud, request)
        if request.method == "SEARCH":
            return answer_search(cloud, request, self._webroot)
        if path.startswith(("/public.php/", f"{ACCOUNT}/")):
            return self._answer_on_endpoint(request)
        match path.split("/"):
            case ["", "s", token, *rest] if token:
                return self._answer_share_page(request, token, "/".join(rest))
            case ["", "f", _] if cloud.major >= _RECORDED_ANEW:
                refusal = answer_json(
                    {"message": "Current user is not logged in"}, "application/json; charset=utf-8"
                )
                return replace(refusal, status="401 Unauthorized")
            case _:
                return super().answer(request)

    def _is_streamed(self, request: Request, given: DemoAnswer) -> bool:
        """Return whether an answer comes in chunks: since 32, all of WebDAV but a single file."""
        if self.cloud.major < _RECORDED_ANEW or request.method == "HEAD":
            return False
        is_file = request.method == "GET" and "ETag" in dict(given.headers)
        is_dav = request.path.startswith(("/public.php/", "/status.php"))
        return (is_dav and not is_file) or given.code == 404

    def _answer_status(self, request: Request, path: str) -> DemoAnswer:
        cloud = self.cloud
        if not cloud.moods.status_page:
            return answer(403)
        if path == "/status.php":
            return show_status(cloud.version, maintenance=cloud.moods.maintenance)
        if cloud.moods.maintenance:
            return _refuse_for_maintenance(path)
        return show_capabilities(cloud.version, delay_ms=cloud.throttle.delay_ms(_address(request)))

    def _answer_share_page(self, request: Request, token: str, rest: str) -> DemoAnswer:
        """Answer a page below `/s/TOKEN`; its status proves little (docs/nextcloud.md, 5).

        Up to version 30 it looks for `path`, from 31 it answers 200 for any path.
        """
        cloud, address = self.cloud, _address(request)
        try:
            cloud.throttle.wait_or_refuse(address, Bucket.PAGE)
        except MaxDelayReached:
            return show_page(429, "For mange forsøg")
        link = cloud.find_share(token)
        if link is None or cloud.find_in_share(link, "") is None:
            if link is None or cloud.major < _RECORDED_ANEW:
                cloud.throttle.count_failure(address, Bucket.PAGE)
            return show_share(None, request, rest)
        if link.password is not None:
            return self._ask_for_password(link, request, rest)
        if rest.partition("/")[0] == "download":
            if link.rights in (Rights.VIEW_ONLY, Rights.UPLOAD_ONLY):
                return show_page(404, "Filen findes ikke")
            if cloud.major >= _FIRST_BLIND_TO_PATH:
                return redirect_download(link, request)
            return show_share(link, request, rest)
        if link.rights is Rights.UPLOAD_ONLY:
            return show_page(200, "Upload filer", shared=link.node.name)
        if cloud.major >= _FIRST_BLIND_TO_PATH:
            return show_folder(link, request.query.get("dir", ""), missing=200)
        return show_share(link, request, rest)

    def _ask_for_password(self, link: Link, request: Request, rest: str) -> DemoAnswer:
        given = show_share(link, request, rest)
        if given.code != 303 or self.cloud.major < _RECORDED_ANEW:
            return given
        login = f"{self._webroot}/s/{link.token}/authenticate/showshare"
        return answer(303, b"", HTML_TYPE, ("Location", login))

    def _answer_on_endpoint(self, request: Request) -> DemoAnswer:
        cookies = request.environ.get("HTTP_COOKIE", "")
        if "ocdemo=" in cookies and "nc_sameSiteCookiestrict" not in cookies:
            return answer_error(412, "Strict Cookie has not been found in request")
        match request.path.split("/"):
            case ["", "public.php", "webdav", *names]:
                opened, root = self._open_legacy(request), LEGACY
            case ["", "public.php", "dav", "files", token, *names] if self.cloud.has_new_endpoint:
                opened, root = self._open_new(request, token), f"{NEW}/{quote_href(token)}"
            case ["", "remote.php", "dav", "files", user, *names]:
                opened = open_account(self.cloud, request, user)
                root = f"{ACCOUNT}/{quote_href(user)}"
            case _:
                return answer(404)
        if isinstance(opened, DemoAnswer):
            return opened
        path = "/".join(names)
        refused = self._refuse(opened, request, path)
        if refused is not None:
            return refused
        return self._answer_opened(request, opened, path, f"{self._webroot}{root}")

    def _answer_opened(self, request: Request, link: Link, path: str, root: str) -> DemoAnswer:
        """Answer a request that the link allows; `root` is the encoded path of its root."""
        node = self.cloud.find_in_share(link, path)
        if node is None and request.method in _READING and self._is_new_of_32(root):
            above = f"/{'/'.join(path.strip('/').split('/')[:-1])}"
            name = f"{above}/{path.strip('/').rpartition('/')[2]}"
            return answer_error(404, f"File with name {name} could not be located", DAV_HEADER)
        if request.method == "PROPFIND":
            return self._answer_propfind(request, link, path, root)
        downloads = request.method in ("GET", "HEAD") and self.cloud.major >= _FIRST_BLIND_TO_PATH
        if downloads and node is not None and node.is_folder:
            return send_folder(node, request.query)
        return self._engine.run(self.cloud, link, request)

    def _is_new_of_32(self, root: str) -> bool:
        return self.cloud.major >= _RECORDED_ANEW and NEW in root

    def _open_legacy(self, request: Request) -> Link | DemoAnswer:
        """Return the link of `/public.php/webdav`: the login's name is its token."""
        throttle, address = self.cloud.throttle, _address(request)
        if request.login is None:
            message = (
                "No 'Authorization: Basic' header found. Either the client didn't send one,"
                " or the server is misconfigured"
            )
            return answer_error(401, message, _BASIC)
        try:
            throttle.wait_or_refuse(address, Bucket.LEGACY_DAV)
        except MaxDelayReached as error:
            return answer_error(500, str(error), exception=_MAX_DELAY)
        token, password = request.login
        link = self.cloud.find_share(token)
        if link is not None and link.password in (None, password):
            return link
        if link is not None and _is_ajax(request):
            return answer_error(401, "Cannot authenticate over ajax calls", _DUMMY)
        throttle.count_failure(address, Bucket.LEGACY_DAV)
        return answer_error(401, "Username or password was incorrect", _BASIC)

    def _open_new(self, request: Request, token: str) -> Link | DemoAnswer:
        """Return the link of `/public.php/dav/files/TOKEN`: a login is for the password only."""
        cloud, throttle, address = self.cloud, self.cloud.throttle, _address(request)
        if not token.isalnum() and cloud.version_numbers[:2] <= (31, 0):
            base = f"{self._webroot}{NEW}/{re.split('[-_]', token)[0]}/"
            asked = f"{self._webroot}{request.path}"
            return answer_error(403, f"Requested uri ({asked}) is out of base uri ({base})")
        try:
            throttle.wait_or_refuse(address, Bucket.NEW_DAV)
        except MaxDelayReached as error:
            return answer_error(503, f"{_MAX_DELAY}: {error}")
        link = cloud.find_share(token)
        if link is not None and link.password is None:
            return link
        if link is not None and request.login is not None and request.login[1] == link.password:
            return link
        return self._refuse_new(link, request)

    def _refuse_new(self, link: Link | None, request: Request) -> DemoAnswer:
        """Count a failed try at the new endpoint, and refuse it (docs/nextcloud.md, section 2)."""
        throttle, address = self.cloud.throttle, _address(request)
        anew = self.cloud.major >= _RECORDED_ANEW
        if link is not None and request.login is not None and _is_ajax(request):
            if not anew:
                return answer_error(401, "Cannot authenticate over ajax calls")
            throttle.count_failure(address, Bucket.NEW_DAV)
            return answer_error(401, "Cannot authenticate over ajax calls", _DUMMY)
        throttle.count_failure(address, Bucket.NEW_DAV)
        if request.login is not None:
            return answer_error(401, "Username or password was incorrect")
        if link is None:
            return answer_error(503, r"Sabre\DAV\Exception\NotFound: ")
        if anew and request.method == "PROPFIND":
            throttle.count_failure(address, Bucket.NEW_DAV)
        return answer_error(401, "")

    def _refuse(self, link: Link, request: Request, path: str) -> DemoAnswer | None:
        """Return the answer to a request that the link or the cloud's moods do not allow."""
        cloud = self.cloud
        if not cloud.moods.federation and not _is_ajax(request) and request.method != "GET":
            return answer_error(401, "")
        if cloud.find_in_share(link, "") is None:
            return answer_error(404, "", DAV_HEADER)
        match link.rights:
            case Rights.UPLOAD_ONLY if request.method != "PUT":
                return answer_error(405, "Only PUT is allowed on files drop")
            case Rights.VIEW_ONLY if request.method in ("GET", "HEAD"):
                return answer_error(403, "Access to this shared resource has been denied")
            case Rights.READ | Rights.VIEW_ONLY if request.method not in _READING:
                return answer_error(403, "")
        node = cloud.find_in_share(link, path)
        status = cloud.failure_within(node, below=_is_deep(request)) if node else None
        if status is None:
            return None
        return answer_dav_error(status, "The storage says no" if status >= 500 else "")

    def _answer_propfind(self, request: Request, link: Link, path: str, root: str) -> DemoAnswer:
        mood = self.cloud.moods.infinity if _is_deep(request) else Infinity.FULL
        if mood is Infinity.REFUSED:
            return answer_error(412, "Depth infinity is not supported", DAV_HEADER)
        if mood is Infinity.CLAMPED:
            request = replace(request, environ={**request.environ, "HTTP_DEPTH": "1"})
        given = answer_propfind(request, link.node, path, root, self._list_properties(link))
        if self.cloud.major >= _RECORDED_ANEW:
            body = given.body.replace(b"<nc:mount-type/>", b"<nc:mount-type></nc:mount-type>")
            if not link.node.is_folder:
                body = body.replace(f"{root}/<".encode(), f"{root}<".encode())
            given = replace(given, body=body)
        if mood is Infinity.CUT_OFF:
            last = given.body.rfind(b"<d:response>")
            return replace(given, body=given.body[: (last + len(given.body)) // 2])
        return given

    def _list_properties(self, link: Link) -> Properties:
        cloud = self.cloud

        def read_permissions(node: Node) -> str:
            storage = cloud.storage_type(node)
            letters = "SRG" if storage == "shared" else "RMG" if storage else "RG"
            return letters + (f"DNV{'CK' if node.is_folder else 'W'}" if link.writable else "")

        own: Properties = {
            "oc:permissions": read_permissions,
            "nc:mount-type": cloud.storage_type,
        }
        known = {**PROPERTIES, **own}
        return {name: known[name] for name in known.keys() - cloud.moods.hidden_properties}


def _address(request: Request) -> str:
    return str(request.environ.get("REMOTE_ADDR", ""))


def _is_ajax(request: Request) -> bool:
    return "XMLHttpRequest" in request.environ.get("HTTP_X_REQUESTED_WITH", "").split(",")


def _is_deep(request: Request) -> bool:
    return request.method == "PROPFIND" and request.environ.get("HTTP_DEPTH") == "infinity"


def _refuse_for_maintenance(path: str) -> DemoAnswer:
    """Answer as a server under maintenance: a page, or sabre's words on the new endpoint."""
    headers = (("X-Nextcloud-Maintenance-Mode", "1"), ("Retry-After", "120"))
    if path.startswith(f"{NEW}/"):
        return answer_error(503, "System is in maintenance mode.", *headers)
    page = show_page(503, "Vedligeholdelse")
    return DemoAnswer(page.status, (*page.headers, *headers), page.body)


def _unchunk(environ: Environ) -> None:
    """Replace a body that comes in chunks by one of known length."""
    if environ.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked":
        body: bytes = environ["wsgi.input"].read(_UPLOAD_LIMIT_BYTES)
        environ["wsgi.input"] = io.BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))
