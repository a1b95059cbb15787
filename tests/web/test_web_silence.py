"""When nothing at all answers it is our network that is gone, and no link is called dead."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from syncer.model.links import LinkStatus
from syncer.store.database import open_database
from syncer.store.link_memory import StoredLinks
from tests.web.loopback_web import refuse_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tests.web.loopback_web import Web


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[StoredLinks]:
    """Give the link table of a new state database."""
    database = open_database(tmp_path)
    yield StoredLinks(database)
    database.close()


def lose_network(web: Web) -> None:
    """Let every name be unknown from now on, as a resolver without network can say."""

    def resolve(host: str) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    web.resolve = resolve  # type: ignore[method-assign]


def test_many_silent_hosts_and_no_answer(web: Web) -> None:
    """Unchecked, with the reason, not broken."""
    urls = [web.url(f"host{number}.test") for number in range(5)]
    lose_network(web)
    for verdict in web.check(urls).values():
        assert verdict.status is LinkStatus.UNCHECKED
        assert verdict.reason is not None
        assert verdict.reason.code == "link-no-network"
    assert web.slept_s == 0


@pytest.mark.parametrize(("error", "waits"), [(socket.EAI_AGAIN, False), (socket.EAI_NONAME, True)])
def test_second_look_is_not_waited_for_without_a_network(
    web: Web, error: int, waits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A single link is enough when the failure is one of our own network."""
    monkeypatch.setattr(web, "resolve", refuse_names(error))
    web.check_one(web.url("a.test"))
    assert (web.slept_s > 0) is waits


def test_resolver_that_knows_no_name_denies_none(web: Web, memory: StoredLinks) -> None:
    """One link is unchecked too, on each night, when the same resolver knows nothing at all."""
    lose_network(web)
    for _ in range(2):
        verdict = web.check([url := web.url("gone.test")], memory=memory)[url]
        assert verdict.status is LinkStatus.UNCHECKED
        assert verdict.reason is not None
        assert verdict.reason.code == "link-dns-failed"
    assert not dict(memory.recall([url]))


def test_names_of_this_machine_prove_no_resolver(web: Web) -> None:
    """A host that the machine itself knows answers; another's name is still not proven gone."""

    def resolve(host: str) -> Sequence[str]:
        if host == "intern.test":
            return ("127.0.0.1",)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    web.resolve = resolve  # type: ignore[method-assign]
    here, gone = web.put("intern.test", "/", web.page()), web.url("gone.test")
    verdicts = web.check([here, gone])
    assert verdicts[here].status is LinkStatus.OK
    assert verdicts[gone].status is LinkStatus.UNCHECKED


def test_one_answer_is_proof_of_a_network(web: Web) -> None:
    """The same silent hosts beside one that answers have failed."""
    good = web.put("good.test", "/", web.page())
    silent = [f"http://silent{number}.test:1/" for number in range(5)]
    verdicts = web.check([good, *silent])
    assert verdicts[good].status is LinkStatus.OK
    assert {verdicts[url].status for url in silent} == {LinkStatus.UNCONFIRMED}


def test_one_dead_host_with_many_links_is_no_lost_network(web: Web) -> None:
    """Many links to one dead host are as many failures."""
    urls = [f"http://dead.test:1/{number}" for number in range(20)]
    assert {verdict.status for verdict in web.check(urls).values()} == {LinkStatus.UNCONFIRMED}


def test_the_memory_does_not_learn_from_a_lost_network(web: Web, memory: StoredLinks) -> None:
    """A night without network leaves good answers good and dead hosts dead, as they were."""
    good = web.put("good.test", "/", web.page())
    dead = [f"http://dead{number}.test:1/" for number in range(4)]
    before = web.check([good, *dead], memory=memory)
    remembered = dict(memory.recall([good, *dead]))
    found = web.resolve
    lose_network(web)
    new = [web.url(f"new{number}.test") for number in range(4)]
    dark = web.check([good, *dead, *new], memory=memory)
    assert {dark[url].status for url in [*dead, *new]} == {LinkStatus.UNCHECKED}
    assert dict(memory.recall([good, *dead, *new])) == remembered
    web.resolve = found  # type: ignore[method-assign]
    assert web.check([good, *dead], memory=memory)[good] == before[good]


def test_hosts_that_were_dead_before_say_nothing_of_the_network(
    web: Web, memory: StoredLinks
) -> None:
    """When all that is good rests and only the dead ones are asked again, they stay dead."""
    good = web.put("good.test", "/", web.page())
    dead = [f"http://dead{number}.test:1/" for number in range(4)]
    web.check([good, *dead], memory=memory)
    again = web.check([good, *dead], memory=memory)
    assert {again[url].status for url in dead} == {LinkStatus.UNCONFIRMED}
