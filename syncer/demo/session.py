"""The demo as a whole: a handbook written to a folder, and the running server that it links to."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from syncer.demo.cloud_content import demo_cloud
from syncer.demo.pace import Pace
from syncer.demo.server import CloudServer, serve_cloud

_PLACEHOLDER = "https://boks.example"

__all__ = ["DemoSession", "demo_cloud", "open_demo", "write_handbook"]


@dataclass(frozen=True, slots=True)
class DemoSession:
    """A running demo.

    Attributes:
        handbook: the folder that the handbook was written to.
        server: what its share links lead to.
    """

    handbook: Path
    server: CloudServer

    @property
    def web_remap(self) -> dict[str, str]:
        """URL prefix → URL prefix: where the handbook's other web links are to be asked.

        The server answers in their place, so that the demo needs no network.
        """
        return {"https://": f"{self.server.base_url}/web/"}


@contextmanager
def open_demo(
    folder: Path | None = None, *, port: int = 0, pace: Pace | None = None
) -> Iterator[DemoSession]:
    """Serve the demo cloud and write the demo handbook for as long as the block runs.

    Args:
        folder: where the handbook is written and stays; None takes one that goes with the block.
        port: 0 takes a free one.
        pace: `Pace()` answers as slowly as a real server.

    Raises:
        DemoUnavailable: the extra `demo` is not installed.
        OSError: the folder cannot be written.
    """
    with ExitStack() as stack:
        server = stack.enter_context(serve_cloud(demo_cloud(), port, pace=pace))
        if folder is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="syncer-demo-")))
        write_handbook(folder, server.base_url)
        yield DemoSession(folder, server)


def write_handbook(folder: Path, base_url: str) -> None:
    """Write the demo handbook, its share links leading to the server at `base_url`.

    Pages of an earlier demo are overwritten; nothing else in the folder is touched.

    Args:
        folder: made where it is not there yet.
        base_url: scheme and host, no slash at the end.

    Raises:
        OSError: the folder cannot be written.
    """
    _write(files("syncer.demo") / "handbook", folder, base_url)


def _write(source: Traversable, target: Path, base_url: str) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for each in sorted(source.iterdir(), key=lambda entry: entry.name):
        if each.is_dir():
            _write(each, target / each.name, base_url)
        else:
            text = each.read_text(encoding="utf-8").replace(_PLACEHOLDER, base_url)
            (target / each.name).write_text(text, encoding="utf-8")
