"""The demo as a whole: a handbook written to a folder, and the running server that it links to."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from socketserver import TCPServer, ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from syncer.demo.cloud import DemoCloud, fill_demo_cloud
from syncer.demo.gate import Gate
from syncer.demo.pace import Pace, Pacer

_LOOPBACK = "127.0.0.1"
_POLL_S = 0.05
_PLACEHOLDER = "https://boks.example"


@dataclass(frozen=True, slots=True)
class DemoSession:
    """A running demo.

    Attributes:
        handbook: the folder that contains the handbook.
        host: "127.0.0.1:PORT", as in the share links of the handbook.
        cloud: what the server has; changes are served from then on.
    """

    handbook: Path
    host: str
    cloud: DemoCloud

    @property
    def base_url(self) -> str:
        """Scheme and host of the server, no slash at the end."""
        return f"http://{self.host}"

    @property
    def web_remap(self) -> dict[str, str]:
        """URL prefix → URL prefix: where to ask for the handbook's other web links.

        The server answers in place of their hosts, so that the demo needs no network.
        """
        return {"https://": f"{self.base_url}/web/"}


@contextmanager
def open_demo(folder: Path | None = None, *, pace: Pace | None = None) -> Iterator[DemoSession]:
    """Serve the demo's files and write the demo handbook for as long as the block runs.

    Args:
        folder: where the handbook is written and stays; None uses a temporary one.
        pace: None answers at once, `Pace()` as slowly as a real server.

    Raises:
        OSError: the folder cannot be written.
    """
    cloud = DemoCloud()
    fill_demo_cloud(cloud)
    with ExitStack() as stack:
        host = stack.enter_context(_serve(Gate(cloud, Pacer(pace))))
        if folder is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="syncer-demo-")))
        session = DemoSession(folder, host, cloud)
        write_handbook(folder, session.base_url)
        yield session


@contextmanager
def _serve(application: Callable[..., Any]) -> Iterator[str]:
    """Serve a WSGI application on a free port of the loopback interface; yield host and port."""
    with _Server((_LOOPBACK, 0), _Handler) as server:
        server.set_app(application)
        thread = threading.Thread(target=server.serve_forever, args=(_POLL_S,), daemon=True)
        thread.start()
        try:
            yield f"{_LOOPBACK}:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def server_bind(self) -> None:
        """Bind the port without the reverse name look-up of `HTTPServer`."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = _LOOPBACK, self.server_address[1]
        self.setup_environ()

    def handle_error(self, *_request: object) -> None:
        """Keep connections that the client has cut off the terminal."""


class _Handler(WSGIRequestHandler):
    def log_message(self, *_words: object) -> None:
        """Keep the requests off the terminal."""


def write_handbook(folder: Path, base_url: str) -> None:
    """Write the demo handbook with share links to the server at `base_url`.

    Pages of an earlier demo are overwritten; nothing else in the folder is touched.

    Args:
        folder: made where it does not exist yet.
        base_url: scheme and host, no slash at the end.

    Raises:
        OSError: the folder cannot be written.
    """
    _write(files("syncer.demo") / "handbook", folder, base_url)


def _write(source: Traversable, target: Path, base_url: str) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for each in source.iterdir():
        if each.is_dir():
            _write(each, target / each.name, base_url)
        else:
            text = each.read_text(encoding="utf-8").replace(_PLACEHOLDER, base_url)
            (target / each.name).write_text(text, encoding="utf-8")
