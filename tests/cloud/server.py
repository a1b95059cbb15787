"""A cloud on loopback, served by cheroot, that can be unplugged and plugged in again.

with serve_cloud(cloud) as server:
    requests.get(f"{server.base_url}/status.php")
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cheroot import wsgi

from syncer.demo.pace import Pace, Pacer
from tests.cloud.cloud import Cloud
from tests.cloud.gate import Gate

_LOOPBACK = "127.0.0.1"
_WORKERS = 10
_POLL_S = 0.05


class CloudServer:
    """A running server.

    Attributes:
        cloud: what it shows; may be changed at any time.
        traffic: what it has answered.
        host: "127.0.0.1:PORT", as in share links.
        base_url: scheme, host and webroot, no slash at the end.
    """

    def __init__(self, cloud: Cloud, *, port: int, pace: Pace | None, webroot: str) -> None:
        """Bind the port and start to answer."""
        self.cloud = cloud
        self._gate = Gate(cloud, Pacer(pace), webroot)
        self.traffic = self._gate.traffic
        self._reserved = _reserve_port(port)
        self._port: int = self._reserved.getsockname()[1]
        self._running: tuple[Any, threading.Thread] | None = None
        self.plug_in()
        self.host = f"{_LOOPBACK}:{self._port}"
        self.base_url = f"http://{self.host}{webroot}"

    def plug_in(self) -> None:
        """Start to answer, on the same port as before; does nothing when it already does."""
        if self._running is not None:
            return
        server: Any = wsgi.Server(
            (_LOOPBACK, self._port), self._gate, numthreads=_WORKERS, server_name=_LOOPBACK
        )
        server.expiration_interval = _POLL_S
        server.shutdown_timeout = 1
        server.error_log = _log_nothing
        self._reserved.close()
        server.prepare()
        thread = threading.Thread(target=server.serve, name="cloud-server", daemon=True)
        thread.start()
        self._running = server, thread

    def unplug(self) -> None:
        """Stop answering: connections are refused until `plug_in`."""
        if self._running is None:
            return
        server, thread = self._running
        self._running = None
        server.stop()
        thread.join()
        self._reserved = _reserve_port(self._port)

    def close(self) -> None:
        """Stop answering for good, and free the port."""
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
        port: 0 chooses a free one.
        pace: None answers at once.
        webroot: "" or the path below which the server is installed, such as "/nextcloud".

    Raises:
        OSError: the port is taken.
    """
    server = CloudServer(cloud, port=port, pace=pace, webroot=webroot)
    try:
        yield server
    finally:
        server.close()


def _reserve_port(port: int) -> socket.socket:
    """Hold a port without listening: connections are refused, and no other process gets it.

    cheroot marks a port for reuse only when it is given its number; one that the system chose
    could not be bound again while its last connections linger.
    """
    reserved = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    reserved.bind((_LOOPBACK, port))
    return reserved


def _log_nothing(*_args: object, **_options: object) -> None:
    """Keep cheroot's log of cut connections off the terminal."""
