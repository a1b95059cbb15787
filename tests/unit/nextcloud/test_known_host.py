"""What is remembered of a Nextcloud, when it is asked for again, and what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from syncer.errors import Transient
from syncer.model.reason import Reason
from syncer.model.shares import HostKnowledge, ShareStatus
from syncer.net.deadlines import Patience
from syncer.nextcloud import host as hosts
from syncer.nextcloud.budget import RunBudget
from syncer.nextcloud.dav.client import open_connections
from syncer.nextcloud.host import HostState
from syncer.nextcloud.server import Endpoint
from syncer.nextcloud.targets import HostSettings, WalkContext
from syncer.store.database import open_database
from syncer.store.share_memory import ShareStore
from syncer.surroundings import Surroundings
from tests.cloud.cloud import Cloud
from tests.cloud.server import serve_cloud

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
NAME = "boks.example/sky"
OLD = HostKnowledge(NAME, "27.0.2", "legacy", NOW - timedelta(days=1))
NEW = HostKnowledge(NAME, "31.0.4", None, NOW)


@contextmanager
def open_host(
    folder: Path, known: HostKnowledge | None, *, full: bool = False, there: bool = True
) -> Iterator[tuple[HostState, ShareStore]]:
    """Give a server below a webroot, and its memory."""
    with (
        closing(open_database(folder)) as database,
        serve_cloud(Cloud("31.0.4"), webroot="/sky") as server,
    ):
        memory = ShareStore(database)
        if known is not None:
            memory.save_host(known)
        if not there:
            server.unplug()
        around = Surroundings(now=lambda: NOW, sleep=lambda _: None)
        connections = open_connections(
            server.base_url,
            ca_file=None,
            workers=1,
            patience=Patience(),
            sleep=around.sleep,
            allow_private=True,
        )
        context = WalkContext(memory, full, around, Patience(), lambda: None, RunBudget(1))
        settings = HostSettings("boks.example", server.base_url, may_be_private=True)
        yield HostState(settings, connections, context), memory
        connections.adapter.close()


@pytest.mark.parametrize(
    ("known", "full", "asked", "learnt"),
    [
        (None, False, 1, NEW),
        (OLD, False, 0, OLD),
        (OLD, True, 1, replace(NEW, endpoint="legacy")),
        (replace(OLD, asked_at=NOW - timedelta(days=7)), False, 1, replace(NEW, endpoint="legacy")),
        (replace(OLD, asked_at=NOW + timedelta(days=1)), False, 1, replace(NEW, endpoint="legacy")),
    ],
)
def test_when_a_version_is_asked_for(
    tmp_path: Path, known: HostKnowledge | None, full: bool, asked: int, learnt: HostKnowledge
) -> None:
    """Where it is unknown, a week old, of a clock that was wrong, or with `--full`; and kept."""
    with open_host(tmp_path, known, full=full) as (state, memory):
        state.prepare()
        assert (state.take_requests(), state.knowledge) == (asked, learnt)
        state.save()
        assert memory.load_host(NAME) == learnt
        state.learn_infinity(NOW)
        state.save()
        assert memory.load_host(NAME) == replace(learnt, infinity_failed_at=NOW)
        assert state.doubt() is (asked == 0)
        assert state.knowledge.version == (learnt.version if asked else "31.0.4")


@pytest.mark.parametrize("known", [None, replace(OLD, asked_at=NOW - timedelta(days=9))])
def test_what_a_server_did_not_say_is_not_remembered(
    tmp_path: Path, known: HostKnowledge | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its silence, nor what was learnt of a server that answers nobody; what was known stays."""
    with open_host(tmp_path, known, there=False) as (state, memory):
        state.prepare()
        state.learn_endpoint(Endpoint.NEW)
        state.save()
        assert state.closed == (ShareStatus.UNREADABLE, Reason("server-not-reached"))
        assert memory.load_host(NAME) == known
    monkeypatch.setattr(hosts, "read_version", lambda *_: (_ for _ in ()).throw(Transient("x")))
    with open_host(tmp_path / "b", known) as (state, memory):
        state.prepare()
        state.learn_endpoint(Endpoint.NEW)
        state.save()
        expected = None if known is None else replace(known, endpoint="new")
        assert memory.load_host(NAME) == expected


@pytest.mark.parametrize("codes", [("timeout",), ("x", "timeout")])
def test_a_share_that_is_slow_closes_a_server_that_is_silent(
    tmp_path: Path, codes: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When its cheapest page does not come in time either; it is asked for that once."""
    left = [*codes]

    def fail(*_: object) -> str:
        raise Transient(left.pop(0))

    monkeypatch.setattr(hosts, "read_version", fail)
    with open_host(tmp_path, None) as (state, _memory):
        state.prepare()
        closed = [state.closed]
        state.note_failure(Transient("timeout"))
        assert [*closed, state.closed] == [
            None, (ShareStatus.UNREADABLE, Reason("server-timeout")),
        ]  # fmt: skip
        assert left == []


def test_a_share_that_is_slow_closes_no_server_that_answers(tmp_path: Path) -> None:
    """Its storage may be slow; what is known of the server is no answer of today."""
    with open_host(tmp_path, OLD) as (state, _memory):
        state.note_failure(Transient("timeout"))
        assert (state.closed, state.knowledge.version) == (None, "31.0.4")
        assert state.take_requests() == 1
