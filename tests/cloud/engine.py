"""WsgiDAV over the cloud: runs every WebDAV method but PROPFIND on its three endpoints.

The provider below gives WsgiDAV the nodes, and errors get the body that sabre would send. `gate`
has already decided what a request may do.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

from wsgidav.dav_error import DAVError
from wsgidav.dav_provider import DAVCollection, DAVNonCollection, DAVProvider
from wsgidav.mw.base_mw import BaseMiddleware
from wsgidav.request_resolver import RequestResolver
from wsgidav.wsgidav_app import WsgiDAVApp

from syncer.demo.answer import DAV_HEADER, DemoAnswer, Request, answer_error
from syncer.demo.file_tree import Node, split_path
from syncer.demo.propfind import content_type_of
from tests.cloud.cloud import Cloud, Link

Environ: TypeAlias = dict[str, Any]
StartResponse: TypeAlias = Callable[..., Any]

LEGACY: Final = "/public.php/webdav"
NEW: Final = "/public.php/dav/files"
ACCOUNT: Final = "/remote.php/dav/files"
_VISIT: Final = "syncer.visit"

_RARE_EXCEPTIONS: Final = {
    415: r"Sabre\DAV\Exception\UnsupportedMediaType",
    416: r"Sabre\DAV\Exception\RequestedRangeNotSatisfiable",
    423: r"OCA\DAV\Connector\Sabre\Exception\FileLocked",
    501: r"Sabre\DAV\Exception\NotImplemented",
    502: r"Sabre\DAV\Exception\BadGateway",
    507: r"Sabre\DAV\Exception\InsufficientStorage",
}


def answer_dav_error(status: int, message: str) -> DemoAnswer:
    """Return an error of the engine as sabre words it, whatever its status."""
    return answer_error(status, message, DAV_HEADER, exception=_RARE_EXCEPTIONS.get(status))


@dataclass(frozen=True, slots=True)
class _Visit:
    """A request that was let in, and the link that it may use."""

    cloud: Cloud
    link: Link


class Engine:
    """Changes and reads the files of a cloud as WsgiDAV does."""

    def __init__(self, webroot: str) -> None:
        """Configure WsgiDAV; `webroot` is part of the destination of a move."""
        logging.getLogger("wsgidav").setLevel(logging.CRITICAL)  # it would log each request
        self._app = WsgiDAVApp(
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

    def run(self, cloud: Cloud, link: Link, request: Request) -> DemoAnswer:
        """Answer a request for the files of a link."""
        environ = {
            **request.environ,
            "SCRIPT_NAME": "",
            "PATH_INFO": request.path.encode().decode("latin-1"),
            "wsgi.input": io.BytesIO(request.body),
            "wsgidav.auth.user_name": link.token,
            _VISIT: _Visit(cloud, link),
        }
        environ.pop("HTTP_DEPTH", None)  # sabre does not look at it; WsgiDAV would refuse
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
            started.append((status, headers))

        body = b"".join(self._app(environ, start))
        status, headers = started[-1]
        return DemoAnswer(status, tuple(headers), body)


class _SabreErrors(BaseMiddleware):  # type: ignore[misc] # WsgiDAV has no types
    """Gives WsgiDAV's errors the body that sabre would send."""

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterator[bytes]:
        try:
            yield from self.next_app(environ, start_response)
        except DAVError as error:
            message = error.context_info if isinstance(error.context_info, str) else ""
            given = answer_dav_error(error.value, message)
            start_response(given.status, list(given.headers))
            yield b"" if error.value in (204, 304) else given.body


class _ShareProvider(DAVProvider):  # type: ignore[misc]
    """The nodes of the link that the request may use.

    Args:
        skip: how many names precede the path in the share: a token or a user.
    """

    def __init__(self, skip: int) -> None:
        super().__init__()
        self._skip = skip

    def get_resource_inst(self, path: str, environ: Environ) -> _File | _Folder | None:
        visit: _Visit = environ[_VISIT]
        node = visit.cloud.find_in_share(visit.link, self.path_in_share(path))
        if node is None:
            return None
        return _Folder(path, environ, node) if node.is_folder else _File(path, environ, node)

    def path_in_share(self, path: str) -> str:
        return "/".join(split_path(path)[self._skip :])


class _Resource:
    """What files and folders have in common for WsgiDAV; mixed into its two classes."""

    node: Node
    path: str
    provider: _ShareProvider
    environ: Environ

    @property
    def cloud(self) -> Cloud:
        visit: _Visit = self.environ[_VISIT]
        return visit.cloud

    def account_path(self, path: str) -> str:
        """Return the path in the account of a path that WsgiDAV uses."""
        visit: _Visit = self.environ[_VISIT]
        below = self.provider.path_in_share(path)
        return "/".join(part for part in (self.cloud.tree.path_of(visit.link.node), below) if part)

    def get_etag(self) -> str:
        return self.node.etag

    def support_etag(self) -> bool:
        return True

    def get_last_modified(self) -> float | None:
        return self.node.modified_at.timestamp() if self.node.modified_at else None

    def set_last_modified(self, dest_path: str, time_stamp: int, *, dry_run: bool) -> None:  # noqa: ARG002
        at = datetime.fromtimestamp(time_stamp, UTC)
        self.cloud.touch(self.account_path(self.path), at)
        self.node.modified_at = at

    def delete(self) -> None:
        self.cloud.delete(self.account_path(self.path))

    def support_recursive_delete(self) -> bool:
        return True

    def support_recursive_move(self, dest_path: str) -> bool:  # noqa: ARG002
        return True

    def move_recursive(self, dest_path: str) -> list[object]:
        self.cloud.move(self.account_path(self.path), self.account_path(dest_path))
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
            self.cloud.tree.write(self.node, self._written.getvalue())


class _KeptOpen(io.BytesIO):
    """Stays readable when WsgiDAV has closed it: `end_write` reads it."""

    def close(self) -> None:
        """Do nothing."""


class _Folder(_Resource, DAVCollection):  # type: ignore[misc]
    def __init__(self, path: str, environ: Environ, node: Node) -> None:
        super().__init__(path, environ)
        self.node = node

    def get_member_names(self) -> list[str]:
        return [member.name for member in self.node.members]

    def create_empty_resource(self, name: str) -> _File:
        path = f"{self.path.rstrip('/')}/{name}"
        return _File(path, self.environ, self.cloud.tree.add_file(self.account_path(path)))

    def create_collection(self, name: str) -> None:
        self.cloud.add_folder(self.account_path(f"{self.path.rstrip('/')}/{name}"))
