"""The demo server: a Nextcloud-faithful public WebDAV server on loopback.

    with serve_cloud(cloud) as server:
        requests.get(f"{server.base_url}/status.php")

It needs the extra `demo` (WsgiDAV, cheroot); without it `serve_cloud` says so in a `SyncerError`.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from syncer.demo.cloud import Cloud
from syncer.demo.pace import Pace, Pacer
from syncer.errors import ExitCode, SyncerError

_LOOPBACK = "127.0.0.1"
_WORKERS = 10
_POLL_S = 0.05


class DemoUnavailable(SyncerError):  # noqa: N818 - reads as the sentence it is
    """The demo server's own dependencies are not installed."""

    exit_code = ExitCode.USAGE


class CloudServer:
    """A running server.

    Attributes:
        cloud: what it shows; may be changed at any time.
        traffic: what it has answered.
        host: "127.0.0.1:PORT", as it stands in share links.
        base_url: scheme, host and webroot, no slash at the end.
    """

    def __init__(self, cloud: Cloud, *, port: int, pace: Pace | None, webroot: str) -> None:
        """Bind the port and start to answer."""
        gate_module, wsgi = _import_parts()
        self.cloud = cloud
        self._wsgi = wsgi
        self._gate = gate_module.Gate(cloud, Pacer(pace), webroot)
        self.traffic = self._gate.traffic
        self._reserved = _reserve_port(port)
        self._port: int = self._reserved.getsockname()[1]
        self._running: tuple[Any, threading.Thread] | None = None
        self.plug_in()
        self.host = f"{_LOOPBACK}:{self._port}"
        self.base_url = f"http://{self.host}{webroot}"

    def plug_in(self) -> None:
        """Start to answer, on the same port as before; nothing happens when it does already."""
        if self._running is not None:
            return
        server = self._wsgi.Server(
            (_LOOPBACK, self._port), self._gate, numthreads=_WORKERS, server_name=_LOOPBACK
        )
        server.expiration_interval = _POLL_S
        server.shutdown_timeout = 1
        server.error_log = _say_nothing
        self._reserved.close()
        server.prepare()
        thread = threading.Thread(target=server.serve, name="demo-server", daemon=True)
        thread.start()
        self._running = server, thread

    def unplug(self) -> None:
        """Stop to answer: connections are refused until `plug_in`."""
        if self._running is None:
            return
        server, thread = self._running
        self._running = None
        server.stop()
        thread.join()
        self._reserved = _reserve_port(self._port)

    def close(self) -> None:
        """Stop to answer for good, and give the port back."""
        self.unplug()
        self._reserved.close()

    def share_url(self, token: str) -> str:
        """Return the link that a person would be given."""
        return f"{self.base_url}/s/{token}"


@contextmanager
def serve_cloud(
    cloud: Cloud, port: int = 0, *, pace: Pace | None = None, webroot: str = ""
) -> Iterator[CloudServer]:
    """Serve a cloud on loopback for as long as the block runs.

    Args:
        cloud: what to show.
        port: 0 takes a free one.
        pace: None answers at once.
        webroot: "" or the path below which the server is installed, such as "/nextcloud".

    Raises:
        DemoUnavailable: the extra `demo` is not installed.
        OSError: the port is taken.
    """
    server = CloudServer(cloud, port=port, pace=pace, webroot=webroot)
    try:
        yield server
    finally:
        server.close()


def _import_parts() -> tuple[Any, Any]:
    try:
        from cheroot import wsgi

        from syncer.demo import gate
    except ModuleNotFoundError as error:
        raise DemoUnavailable(
            "The demo needs a part that is not installed"
            f" ({error.name}): install the extra `demo`, os2-syncer[demo]."
        ) from error
    return gate, wsgi


def _reserve_port(port: int) -> socket.socket:
    """Hold a port without listening: connections to it are refused, and nobody else gets it.

    cheroot marks a port for reuse only when it is told its number; one that the system chose
    could not be taken again while its last connections linger.
    """
    reserved = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    reserved.bind((_LOOPBACK, port))
    return reserved


def _say_nothing(*_args: object, **_options: object) -> None:
    """Keep cheroot's log of cut connections off the terminal."""
