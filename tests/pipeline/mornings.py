"""Nights of the demo's handbook on the demo's server, each on a morning of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from syncer.config import Secrets, Settings
from syncer.config.settings import HandbookSettings, LinksSettings, NextcloudSettings
from syncer.demo.session import DemoSession, open_demo
from syncer.manifest.document import StatusManifest
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.options import AuditOptions
from syncer.pipeline.run import run_audit
from syncer.store.database import Database, open_database
from syncer.surroundings import Surroundings

_ROOT = "Håndbog"
_FIRST = datetime(2026, 11, 25, 2, 13, tzinfo=UTC)


class Mornings:
    """The demo's handbook and server, and the memory of their nights."""

    def __init__(self, demo: DemoSession, server: ExitStack, database: Database) -> None:
        """Begin on the first morning, without any memory."""
        self.demo = demo
        self._server = server
        self._database = database
        self._time = _FIRST
        self._complete: StatusManifest | None = None
        self._newest: StatusManifest | None = None

    def night(self, *, stopped: bool = False, **options: bool) -> StatusManifest:
        """Run the next night; a stopped one is told to end before it has read anything."""
        began, stop = self._time, threading.Event()
        if stopped:
            stop.set()
        memory = Memory(self._database, self.demo.handbook.parent, self._complete, self._newest)
        self._newest = run_audit(
            Job(
                settings=self._settings,
                options=AuditOptions(**options),  # type: ignore[arg-type]
                secrets=Secrets(),
                memory=memory,
                around=Surroundings(now=lambda: self._time, sleep=self._sleep, stop=stop),
                scheduled=True,
                started_at=began,
            )
        )
        if self._newest.run.complete:
            self._complete = self._newest
        self._time = began + timedelta(days=1)
        return self._newest

    @property
    def _settings(self) -> Settings:
        demo = self.demo
        return Settings(
            handbook=HandbookSettings(source=str(demo.handbook)),
            nextcloud=(NextcloudSettings(host=demo.host, base_url=demo.base_url),),
            links=LinksSettings(allow_private=True, remap=demo.web_remap),
        )

    def write(self, page: str, text: str) -> None:
        """Write a page of the handbook."""
        (self.demo.handbook / page).write_text(text, encoding="utf-8")

    def remove(self, path: str) -> None:
        """Remove a file from the shared folder."""
        tree = self.demo.cloud.tree
        node = tree.get(f"{_ROOT}/{path}")
        folder = node.parent
        assert folder is not None
        assert folder.children is not None
        tree.announce(folder, self._time)
        del folder.children[node.name]

    def stop_server(self) -> None:
        """Stop the server for good: nothing answers at its address any more."""
        self._server.close()

    def _sleep(self, seconds: float) -> None:
        self._time += timedelta(seconds=seconds)


@contextmanager
def open_mornings(folder: Path) -> Iterator[Mornings]:
    """Serve the demo's files and write its handbook for as long as the block runs."""
    (folder / "state").mkdir()
    with ExitStack() as server, closing(open_database(folder / "state")) as database:
        demo = server.enter_context(open_demo(folder / "handbook"))
        yield Mornings(demo, server, database)
