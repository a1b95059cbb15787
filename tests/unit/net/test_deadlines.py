"""Every read of an answer has an end: in time, in bytes, and at a stop."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from syncer.net.deadlines import (
    MAX_TLS_BYTES,
    BoundedSocket,
    BoundedStream,
    Patience,
    begin_request,
    get_deadline,
    set_deadline,
)
from syncer.net.failures import AnswerStopped, TooLongError

Pair = tuple[BoundedSocket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Give two sockets that are connected to each other."""
    opened, theirs = socket.socketpair()
    ours = BoundedSocket(fileno=opened.detach())
    yield ours, theirs
    ours.close()
    theirs.close()


def test_bytes_come_as_they_do(pair: Pair) -> None:
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
    pair: Pair,
) -> None:
    """A header section has a size; a body that follows has none here."""
    ours, theirs = pair
    begin_request(Patience())
    stream = BoundedStream(ours)
    theirs.sendall(b"a" * 100)
    stream.allowed_bytes = 50
    assert stream.read(50) == b"a" * 50
    with pytest.raises(TooLongError):
        stream.read(1)
    stream.allowed_bytes = None
    assert stream.read(10) == b"a" * 10
    stream.close()


def test_silence_ends(pair: Pair) -> None:
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
    pair: Pair,
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


def test_a_stop_ends_the_wait(pair: Pair) -> None:
    """Somebody who waits for bytes looks up now and then."""
    patience = Patience(read_s=60, answer_s=60)
    begin_request(patience)
    stream = BoundedStream(pair[0])
    threading.Timer(0.02, patience.stop.set).start()
    with pytest.raises(AnswerStopped):
        stream.read(1)
    stream.close()


def test_what_nobody_takes_is_not_sent_for_ever(pair: Pair) -> None:
    """`read_s` is for each part that the other side takes; a stop ends sending too."""
    ours, theirs = pair
    content = b"a" * 10_000_000
    patience = Patience(read_s=0.02, answer_s=60)
    begin_request(patience)
    with pytest.raises(TimeoutError):
        ours.sendall(content)
    patience.stop.set()
    with pytest.raises(AnswerStopped):
        ours.sendall(b"a")
    theirs.close()


def test_everything_is_sent_in_order(pair: Pair) -> None:
    """Parts of what is sent, in any type of bytes, follow each other."""
    ours, theirs = pair
    content = bytes(range(256)) * 10_000
    received = bytearray()

    def receive() -> None:
        while len(received) < len(content):
            received.extend(theirs.recv(65_536))

    begin_request(Patience())
    thread = threading.Thread(target=receive)
    thread.start()
    ours.sendall(memoryview(content))
    thread.join()
    assert received == content


def test_waiting_ends_where_the_deadline_is_shortened(pair: Pair) -> None:
    """A handshake has a time of its own within that of the request, and never a longer one."""
    begin_request(Patience(read_s=60, answer_s=60))
    set_deadline(get_deadline().within(0.02).within(60))
    with pytest.raises(TimeoutError):
        pair[0].recv(1)


def test_content_renews_what_may_come_around_it(pair: Pair) -> None:
    """What is received for TLS is counted until some of it is content."""
    ours, theirs = pair
    begin_request(Patience())
    stream = BoundedStream(ours)
    ours.allowed_bytes = 3
    theirs.sendall(b"aaaa")
    assert ours.recv(3) == b"aaa"
    with pytest.raises(TooLongError):
        ours.recv(1)
    theirs.sendall(b"b")
    assert stream.read(1) == b"b"
    assert ours.allowed_bytes == MAX_TLS_BYTES - 1
    stream.close()
