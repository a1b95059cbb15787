"""The WSGI application of the demo server: public links to read, and the pages around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias

from syncer.demo.answer import DemoAnswer, Request, answer, answer_error, read_request
from syncer.demo.cloud import DemoCloud
from syncer.demo.pace import Pacer
from syncer.demo.pages import show_capabilities, show_page, show_share, show_status
from syncer.demo.propfind import answer_propfind, content_type_of, quote_href

Environ: TypeAlias = dict[str, Any]
StartResponse: TypeAlias = Callable[..., Any]

FILES: Final = "/public.php/dav/files"


class Gate:
    """Answers for a cloud at a pace."""

    def __init__(self, cloud: DemoCloud, pacer: Pacer) -> None:
        """Store the cloud and its pace."""
        self._cloud = cloud
        self._pacer = pacer

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request whole."""
        request = read_request(environ)
        with self._pacer.take_turn() as turn:
            given = self.answer(request)
            turn.entries = given.entries
        length = ("Content-Length", str(len(given.body)))
        start_response(given.status, [*given.headers, length])
        return [b"" if request.method == "HEAD" else given.body]

    def answer(self, request: Request) -> DemoAnswer:
        """Return the answer to a request."""
        cloud = self._cloud
        match request.path.removeprefix("/index.php").split("/"):
            case ["", "status.php"]:
                return show_status(cloud.version)
            case ["", "ocs", "v2.php", "cloud", "capabilities"]:
                return show_capabilities(cloud.version)
            case ["", "public.php", "dav", "files", token, *names]:
                return self._answer_dav(request, token, "/".join(names))
            case ["", "s", token, *rest]:
                return show_share(cloud.find_share(token), request, "/".join(rest))
            case ["", "web", *rest]:
                known = "/".join(rest).rstrip("/") in cloud.web_pages
                return show_page(200, "En side") if known else show_page(404, "Ingen side")
            case ["", "f" | "apps" | "remote.php", *_]:
                return show_page(401, "Log ind")
            case ["", "" | "login"]:
                return show_page(200, "Log ind")
            case _:
                return show_page(404, "Siden findes ikke")

    def _answer_dav(self, request: Request, token: str, path: str) -> DemoAnswer:
        """Answer on the endpoint of Nextcloud 29 and later: its token is part of the path."""
        share = self._cloud.find_share(token)
        if share is None:
            return answer_error(503, r"Sabre\DAV\Exception\NotFound: ")
        if share.password is not None:
            if request.login is None:
                return answer_error(401, "")
            if request.login[1] != share.password:
                return answer_error(401, "Username or password was incorrect")
        if request.method == "PROPFIND":
            return answer_propfind(request, share.node, path, f"{FILES}/{quote_href(token)}")
        node = share.node.find(path)
        if request.method in ("GET", "HEAD") and node is not None and node.content is not None:
            etag = ("ETag", f'"{node.etag}"')
            return answer(200, node.content, content_type_of(node.name), etag)
        return answer_error(403, "")
