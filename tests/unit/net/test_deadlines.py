"""Every read of an answer has an end: in time, in bytes, and at a stop."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from syncer.net.deadlines import BoundedStream, Patience, begin_request
from syncer.net.failures import AnswerStopped, HeadersTooLongError


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Give two sockets that are connected to each other."""
    ours, theirs = socket.socketpair()
    yield ours, theirs
    ours.close()
    theirs.close()


def test_bytes_come_as_they_do(pair: tuple[socket.socket, socket.socket]) -> None:
    """What has arrived is given at once, and nothing at the end."""
    ours, theirs = pair
    begin_request(Patience())
    stream = BoundedStream(ours)
    theirs.sendall(b"abc")
    assert stream.readable()
    assert stream.read(10) == b"abc"
    theirs.close()
    assert stream.read(10) == b""
    stream.close()


def test_too_many_bytes_are_cut_where_they_are_counted(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    """A header section has a size; a body that follows has none here."""
    ours, theirs = pair
    begin_request(Patience())
    stream = BoundedStream(ours)
    theirs.sendall(b"a" * 100)
    stream.allowed_bytes = 50
    assert stream.read(50) == b"a" * 50
    with pytest.raises(HeadersTooLongError):
        stream.read(1)
    stream.allowed_bytes = None
    assert stream.read(10) == b"a" * 10
    stream.close()


def test_silence_ends(pair: tuple[socket.socket, socket.socket]) -> None:
    """Nothing for `read_s` is a time-out, although `answer_s` is far away."""
    begin_request(Patience(read_s=0.02, answer_s=60))
    stream = BoundedStream(pair[0])
    with pytest.raises(TimeoutError):
        stream.read(1)
    stream.close()


def _read_slowly(stream: BoundedStream) -> None:
    pause = threading.Event()
    while stream.read(1):
        pause.wait(0.001)


def test_an_answer_ends_though_something_always_comes(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    """The whole answer has a time, whatever arrives meanwhile."""
    ours, theirs = pair
    begin_request(Patience(read_s=60, answer_s=0.05))
    stream = BoundedStream(ours)
    started = time.monotonic()
    theirs.sendall(b"a" * 1000)
    with pytest.raises(TimeoutError):
        _read_slowly(stream)
    assert time.monotonic() - started < 10
    stream.close()


def test_a_stop_ends_the_wait(pair: tuple[socket.socket, socket.socket]) -> None:
    """Somebody who waits for bytes looks up now and then."""
    patience = Patience(read_s=60, answer_s=60)
    begin_request(patience)
    stream = BoundedStream(pair[0])
    threading.Timer(0.02, patience.stop.set).start()
    with pytest.raises(AnswerStopped):
        stream.read(1)
    stream.close()


def test_the_next_user_of_a_socket_finds_its_time_out(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    """A TLS handshake behind a proxy's CONNECT does not inherit the short wait of a read."""
    ours, theirs = pair
    ours.settimeout(7.0)
    begin_request(Patience(read_s=0.02))
    stream = BoundedStream(ours)
    theirs.sendall(b"a")
    assert stream.read(1) == b"a"
    assert ours.gettimeout() == 7.0
    with pytest.raises(TimeoutError):
        stream.read(1)
    assert ours.gettimeout() == 7.0
    stream.close()
