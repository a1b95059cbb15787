"""Look-ups and connections: the causes of their failures, and that they end."""

from __future__ import annotations

import errno
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

import pytest

from syncer.net.deadlines import Patience, begin_request, get_deadline
from syncer.net.dialer import KNOWN_HOST, Dialer, Resolver, _name_connect_cause, resolve_by_system
from syncer.net.failures import AnswerStopped, Cause, Unreached


def make_dialer(*addresses: str) -> Dialer:
    """Make a dialer for which every host has these addresses."""
    return Dialer(allow_private=True, resolver=Resolver(lambda _host: addresses))


def dial(dialer: Dialer, port: int) -> Cause | None:
    """Dial, and give the cause of the failure; None when a connection came about."""
    try:
        dialer.dial("a.test", port).close()
    except Unreached as error:
        return error.cause
    return None


def test_connection_is_made_to_the_first_address_that_answers() -> None:
    """Dead addresses before it cost nothing but time."""
    begin_request(Patience())
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert dial(make_dialer("127.0.0.9", "127.0.0.1"), port) is None
        assert dial(make_dialer("127.0.0.9", "127.0.0.8"), port) is Cause.REFUSED


def test_time_that_is_over_ends_connecting() -> None:
    """Without time left nothing is tried, and nothing is read."""
    begin_request(Patience(answer_s=0.0))
    assert dial(make_dialer("127.0.0.1"), 1) is Cause.CONNECT_TIMED_OUT
    with pytest.raises(TimeoutError):
        get_deadline().check()


@pytest.fixture
def full_port() -> Iterator[int]:
    """Yield a port whose queue is full: connections wait."""
    with ExitStack() as opened:
        full = opened.enter_context(socket.socket())
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for _ in range(3):
            waiting = opened.enter_context(socket.socket())
            waiting.settimeout(0)
            waiting.connect_ex(full.getsockname())
        yield full.getsockname()[1]


def test_queue_that_is_full_times_out(full_port: int) -> None:
    """A host that lets connections wait gets `connect_s`."""
    begin_request(Patience(connect_s=0.1))
    assert dial(make_dialer("127.0.0.1"), full_port) is Cause.CONNECT_TIMED_OUT


def test_a_stop_ends_connecting(full_port: int) -> None:
    """SIGTERM does not wait for a host that lets connections wait."""
    patience = Patience(connect_s=60)
    begin_request(patience)
    threading.Timer(0.02, patience.stop.set).start()
    with pytest.raises(AnswerStopped):
        dial(make_dialer("127.0.0.1"), full_port)


@pytest.fixture
def silent_resolver() -> Iterator[Resolver]:
    """Yield a resolver that gets no answer."""
    over = threading.Event()
    yield Resolver(lambda _host: ["127.0.0.1"] if over.wait(60) else [])
    over.set()


def test_a_stop_ends_a_look_up(silent_resolver: Resolver) -> None:
    """SIGTERM does not wait for a resolver, nor does the next thread that needs the host."""
    patience = Patience()
    begin_request(patience)
    threading.Timer(0.02, patience.stop.set).start()
    began_s = time.monotonic()
    for _ in range(2):
        with pytest.raises(AnswerStopped):
            silent_resolver.look_up("a.test")
    assert time.monotonic() - began_s < 10


def test_a_look_up_has_the_time_of_the_request(silent_resolver: Resolver) -> None:
    """That nobody answers in time says nothing of the host."""
    begin_request(Patience(answer_s=0.1))
    with pytest.raises(Unreached) as unreached:
        silent_resolver.look_up("a.test")
    assert unreached.value.cause is Cause.DNS_FAILED


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (TimeoutError(), Cause.CONNECT_TIMED_OUT),
        (OSError(errno.ETIMEDOUT, ""), Cause.CONNECT_TIMED_OUT),
        (ConnectionRefusedError(), Cause.REFUSED),
        (ConnectionResetError(), Cause.REFUSED),
        (OSError(errno.ENETUNREACH, ""), Cause.NETWORK_UNREACHABLE),
        (OSError(errno.EHOSTUNREACH, ""), Cause.HOST_UNREACHABLE),
        (OSError(errno.EACCES, ""), Cause.HOST_UNREACHABLE),
    ],
)
def test_failures_of_connecting_are_told_apart(error: OSError, cause: Cause) -> None:
    """Our own network in trouble is not the host's fault."""
    assert _name_connect_cause(error) is cause


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (socket.gaierror(socket.EAI_NONAME, ""), Cause.HOST_UNKNOWN),
        (socket.gaierror(socket.EAI_AGAIN, ""), Cause.DNS_FAILED),
        (socket.gaierror(socket.EAI_FAIL, ""), Cause.DNS_FAILED),
        (UnicodeError(), Cause.HOST_UNKNOWN),
        ((), Cause.HOST_UNKNOWN),
    ],
)
def test_failures_of_the_resolver_are_told_apart(
    answer: Exception | Sequence[str], cause: Cause
) -> None:
    """Only a resolver that knows may say that there is no such host."""

    def resolve(host: str) -> Sequence[str]:
        if host == KNOWN_HOST:
            return ("192.88.98.1",)
        if isinstance(answer, Exception):
            raise answer
        return answer

    with pytest.raises(Unreached) as unreached:
        Resolver(resolve).look_up("a.test")
    assert unreached.value.cause is cause


@pytest.mark.parametrize(
    ("known", "cause"),
    [
        ({}, Cause.DNS_FAILED),
        ({"b.test": "10.0.0.1"}, Cause.DNS_FAILED),
        ({"192.88.98.1": "192.88.98.1"}, Cause.DNS_FAILED),
        ({"b.test": "192.88.98.1"}, Cause.DNS_FAILED),
        ({KNOWN_HOST: "10.0.0.1"}, Cause.DNS_FAILED),
        ({KNOWN_HOST: "192.88.98.1"}, Cause.HOST_UNKNOWN),
    ],
)
def test_host_is_unknown_to_a_resolver_that_knows_another(
    known: dict[str, str], cause: Cause
) -> None:
    """What it knew before, has in a file, or is an address itself, is no proof."""

    def resolve(host: str) -> Sequence[str]:
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "")
        return [known[host]]

    resolver = Resolver(resolve)
    for host in known.keys() - {KNOWN_HOST}:
        resolver.look_up(host)
    with pytest.raises(Unreached) as unreached:
        resolver.look_up("a.test")
    assert unreached.value.cause is cause


def test_resolver_that_fails_during_a_run_knows_no_unknown_host() -> None:
    """Each unknown host is a question of its own, also to a resolver that knew all before."""
    known = {KNOWN_HOST: "192.88.98.1", "b.test": "192.88.98.1"}

    def resolve(host: str) -> Sequence[str]:
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "")
        return [known[host]]

    resolver = Resolver(resolve)

    def explain(host: str) -> Cause:
        with pytest.raises(Unreached) as unreached:
            resolver.look_up(host)
        return unreached.value.cause

    assert resolver.look_up("b.test")
    assert resolver.look_up(KNOWN_HOST)
    assert explain("a.test") is Cause.HOST_UNKNOWN
    names = dict(known)
    known.clear()
    assert explain("a.test") is explain("c.test") is Cause.DNS_FAILED
    known.update(names)
    assert explain("a.test") is Cause.HOST_UNKNOWN


def test_found_addresses_are_kept_and_bounded() -> None:
    """A host is looked up once, and four of its addresses are tried at most."""
    asked: list[str] = []

    def resolve(host: str) -> Sequence[str]:
        asked.append(host)
        return [f"203.0.113.{number}" for number in range(50)]

    resolver = Resolver(resolve)
    assert resolver.look_up("a.test") == resolver.look_up("a.test")
    assert len(resolver.look_up("a.test")) == 4
    assert asked == ["a.test"]


def test_system_resolver_gives_each_address_once() -> None:
    """A literal address needs no DNS."""
    assert resolve_by_system("127.0.0.1") == ("127.0.0.1",)
