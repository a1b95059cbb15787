"""WsgiDAV over the demo cloud: the engine behind its three WebDAV endpoints.

WsgiDAV runs the methods; the provider below gives it the nodes, answers PROPFIND itself (WsgiDAV's
own answer is neither sabre's bytes nor fast enough for 10,000 entries) and errors leave in sabre's
form. Who may do what was decided before, in `gate`.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

from lxml import etree
from wsgidav.dav_error import DAVError, get_http_status_string
from wsgidav.dav_provider import DAVCollection, DAVNonCollection, DAVProvider
from wsgidav.mw.base_mw import BaseMiddleware
from wsgidav.request_resolver import RequestResolver
from wsgidav.wsgidav_app import WsgiDAVApp

from syncer.demo.cloud import Cloud, Infinity, PublicShare
from syncer.demo.file_tree import Node, split_path
from syncer.demo.pace import Turn
from syncer.demo.sabre import (
    DAV_HEADER,
    XML_TYPE,
    MultistatusWriter,
    content_type_of,
    quote_href,
    write_error,
)

Environ: TypeAlias = dict[str, Any]
StartResponse: TypeAlias = Callable[..., Any]

LEGACY: Final = "/public.php/webdav"
NEW: Final = "/public.php/dav/files"
ACCOUNT: Final = "/remote.php/dav/files"
_VISIT: Final = "syncer.visit"
_BODY_LIMIT_BYTES: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Visit:
    """A request that was let in.

    Attributes:
        root: path of the share's root on this server, encoded, without a slash at its end.
        turn: where the number of entries is told.
    """

    cloud: Cloud
    share: PublicShare
    root: str
    turn: Turn


def make_engine(webroot: str) -> WsgiDAVApp:
    """Return the WSGI application that serves what a request's `Visit` says."""
    logging.getLogger("wsgidav").setLevel(logging.CRITICAL)  # it would narrate each request
    return WsgiDAVApp(
        {
            "provider_mapping": {
                LEGACY: _ShareProvider(0),
                NEW: _ShareProvider(1),
                ACCOUNT: _ShareProvider(1),
            },
            "mount_path": webroot or None,
            "middleware_stack": [_SabreErrors, RequestResolver],
            "lock_storage": None,
            "honor_mtime_header": True,
            "add_header_MS_Author_Via": False,
            "verbose": 0,
            "logging": {"enable": False},
        }
    )


def let_in(environ: Environ, visit: Visit) -> None:
    """Tell the engine which share a request may see."""
    environ[_VISIT] = visit
    environ["wsgidav.auth.user_name"] = visit.share.token


class _SabreErrors(BaseMiddleware):  # type: ignore[misc] # WsgiDAV bears no types
    """Gives WsgiDAV's errors the body that sabre would send."""

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterator[bytes]:
        try:
            yield from self.next_app(environ, start_response)
        except DAVError as error:
            body = b"" if error.value in (204, 304) else write_error(error.value, _say(error))
            headers = [("Content-Type", XML_TYPE), ("Content-Length", str(len(body))), DAV_HEADER]
            start_response(get_http_status_string(error), headers)
            yield body


def _say(error: DAVError) -> str:
    return error.context_info if isinstance(error.context_info, str) else ""


class _ShareProvider(DAVProvider):  # type: ignore[misc]
    """The nodes of whatever share the request was let in to.

    Args:
        skip: how many names stand before the share's own path: a token or a user.
    """

    def __init__(self, skip: int) -> None:
        super().__init__()
        self._skip = skip

    def get_resource_inst(self, path: str, environ: Environ) -> _File | _Folder | None:
        visit: Visit = environ[_VISIT]
        node = visit.cloud.find_in_share(visit.share, self.path_in_share(path))
        if node is None:
            return None
        return _Folder(path, environ, node) if node.is_folder else _File(path, environ, node)

    def path_in_share(self, path: str) -> str:
        return "/".join(split_path(path)[self._skip :])

    def custom_request_handler(
        self,
        environ: Environ,
        start_response: StartResponse,
        default_handler: Callable[[Environ, StartResponse], Iterable[bytes]],
    ) -> Iterable[bytes]:
        visit: Visit = environ[_VISIT]
        path = self.path_in_share(environ["PATH_INFO"])
        deep = environ["REQUEST_METHOD"] == "PROPFIND" and environ.get("HTTP_DEPTH") == "infinity"
        with visit.cloud.lock:
            _refuse_failing(visit, path, below=deep)
            if environ["REQUEST_METHOD"] != "PROPFIND":
                environ.pop("HTTP_DEPTH", None)  # sabre does not look at it; WsgiDAV would refuse
                return list(default_handler(environ, start_response))
            body = _answer_propfind(visit, path, environ)
        headers = [("Content-Type", XML_TYPE), ("Content-Length", str(len(body))), DAV_HEADER]
        start_response("207 Multi-Status", headers)
        return [body]


def _refuse_failing(visit: Visit, path: str, *, below: bool) -> None:
    """Raise what the cloud's moods say of this path, or that it is not there."""
    cloud = visit.cloud
    node = cloud.find_in_share(visit.share, path)
    if node is not None:
        status = cloud.failure_within(node, below=below)
        if status is not None:
            raise DAVError(status, "The storage says no" if status >= 500 else "")


def _answer_propfind(visit: Visit, path: str, environ: Environ) -> bytes:
    cloud = visit.cloud
    wanted = _read_wanted(environ)
    depth = environ.get("HTTP_DEPTH", "1")
    if depth == "infinity":
        if cloud.moods.infinity is Infinity.REFUSED:
            raise DAVError(412, "Depth infinity is not supported")
        if cloud.moods.infinity is Infinity.CLAMPED:
            depth = "1"
    node = cloud.find_in_share(visit.share, path)
    if node is None:
        raise DAVError(404, f"File with name {path} could not be located")
    writer = MultistatusWriter(
        wanted, hidden=cloud.moods.hidden_properties, writable=visit.share.writable
    )
    href = "/".join([visit.root, *(quote_href(part) for part in split_path(path))])
    _list(writer, f"{href}/" if node.is_folder or not path else href, node, depth)
    visit.turn.entries = writer.count
    return writer.finish(cut_off=depth == "infinity" and cloud.moods.infinity is Infinity.CUT_OFF)


def _list(writer: MultistatusWriter, href: str, node: Node, depth: str) -> None:
    writer.add(href, node)
    if depth == "0":
        return
    for member in node.members:
        below = f"{href}{quote_href(member.name)}{'/' if member.is_folder else ''}"
        if depth == "infinity":
            _list(writer, below, member, depth)
        else:
            writer.add(below, member)


def _read_wanted(environ: Environ) -> list[str]:
    """Return the Clark names that a PROPFIND asks for; none means all."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body: bytes = environ["wsgi.input"].read(min(length, _BODY_LIMIT_BYTES))
    environ["wsgidav.all_input_read"] = 1
    if not body.strip():
        return []
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        asked = etree.fromstring(body, parser).find("{DAV:}prop")
    except etree.XMLSyntaxError as error:
        raise DAVError(400, "This request could not be read") from error
    return [] if asked is None else [str(each.tag) for each in asked]


class _Resource:
    """What files and folders have in common for WsgiDAV; mixed into its two classes."""

    node: Node
    path: str
    provider: _ShareProvider
    environ: Environ

    @property
    def visit(self) -> Visit:
        visit: Visit = self.environ[_VISIT]
        return visit

    def account_path(self, path: str) -> str:
        """Return the path in the account of a path in WsgiDAV's words."""
        tree = self.visit.cloud.tree
        below = self.provider.path_in_share(path)
        return "/".join(part for part in (tree.path_of(self.visit.share.node), below) if part)

    def get_etag(self) -> str:
        return self.node.etag

    def support_etag(self) -> bool:
        return True

    def get_last_modified(self) -> float | None:
        return self.node.modified_at.timestamp() if self.node.modified_at else None

    def set_last_modified(self, dest_path: str, time_stamp: int, *, dry_run: bool) -> None:  # noqa: ARG002
        at = datetime.fromtimestamp(time_stamp, UTC)
        self.visit.cloud.touch(self.account_path(self.path), at)
        self.node.modified_at = at

    def delete(self) -> None:
        self.visit.cloud.delete(self.account_path(self.path))

    def support_recursive_delete(self) -> bool:
        return True

    def support_recursive_move(self, dest_path: str) -> bool:  # noqa: ARG002
        return True

    def move_recursive(self, dest_path: str) -> list[object]:
        self.visit.cloud.move(self.account_path(self.path), self.account_path(dest_path))
        return []


class _File(_Resource, DAVNonCollection):  # type: ignore[misc]
    def __init__(self, path: str, environ: Environ, node: Node) -> None:
        super().__init__(path, environ)
        self.node = node
        self._written = io.BytesIO()

    def get_content_length(self) -> int:
        return self.node.size_bytes

    def get_content_type(self) -> str:
        return content_type_of(self.node.name)

    def get_content(self) -> io.BytesIO:
        return io.BytesIO(self.node.content or b"")

    def support_ranges(self) -> bool:
        return True

    def begin_write(self, *, content_type: str | None = None) -> io.BytesIO:  # noqa: ARG002
        self._written = _KeptOpen()
        return self._written

    def end_write(self, *, with_errors: bool) -> None:
        if not with_errors:
            self.visit.cloud.tree.write(self.node, self._written.getvalue())


class _KeptOpen(io.BytesIO):
    """Stays readable when WsgiDAV has closed it."""

    def close(self) -> None:
        """Leave it open: `end_write` reads it."""


class _Folder(_Resource, DAVCollection):  # type: ignore[misc]
    def __init__(self, path: str, environ: Environ, node: Node) -> None:
        super().__init__(path, environ)
        self.node = node

    def get_member_names(self) -> list[str]:
        return [member.name for member in self.node.members]

    def create_empty_resource(self, name: str) -> _File:
        path = f"{self.path.rstrip('/')}/{name}"
        node = self.visit.cloud.tree.add_file(self.account_path(path), b"")
        return _File(path, self.environ, node)

    def create_collection(self, name: str) -> None:
        self.visit.cloud.add_folder(self.account_path(f"{self.path.rstrip('/')}/{name}"))
