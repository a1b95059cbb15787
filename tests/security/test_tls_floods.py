"""What TLS sends around an answer has the end of the answer: in time, in bytes, and at a stop."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from syncer.delivery.mail import MailServer, try_server
from syncer.errors import Transient
from syncer.net.deadlines import Patience, begin_request
from syncer.net.failures import Cause
from tests.hostile.hostile_server import Asked, HostileServer
from tests.hostile.tls_records import TlsRecords
from tests.hostile.tls_servers import TlsPlace, explain, tunnel

# Time enough for a busy machine, and much less than the patience of the tests.
MOST_S = 10.0


@pytest.fixture
def place(tmp_path: Path) -> Iterator[TlsPlace]:
    """Yield a place with its own issuer."""
    place = TlsPlace(tmp_path)
    yield place
    place.close()


@pytest.fixture
def flood(place: TlsPlace) -> Callable[[Callable[[TlsRecords], None]], HostileServer]:
    """Return a function that starts a server whose answer is without content and end."""

    def start(send: Callable[[TlsRecords], None]) -> HostileServer:
        def answer(_: Asked, connection: socket.socket) -> None:
            assert isinstance(connection, ssl.SSLSocket)
            records = TlsRecords(connection, place.key_log)
            while True:
                send(records)

        return place.serve(answer, logs_keys=True)

    return start


def send_tickets(records: TlsRecords) -> None:
    """Send as many tickets as a record takes."""
    records.send_tickets(600)


def send_ticket_slowly(records: TlsRecords) -> None:
    """Send one ticket, long before anything is late."""
    records.send_tickets(1)
    time.sleep(0.002)


Flood = Callable[[Callable[[TlsRecords], None]], HostileServer]


@pytest.mark.parametrize("send", [send_tickets, TlsRecords.send_key_update])
def test_records_without_content_have_a_bound(
    place: TlsPlace, flood: Flood, send: Callable[[TlsRecords], None]
) -> None:
    """Tickets for later sessions, and new keys, which each ask for an answer."""
    begin_request(Patience(connect_s=60, read_s=60, answer_s=60))
    began_s = time.monotonic()
    assert explain(place.open(place.ca_file), flood(send).base_url) is Cause.TOO_LONG
    assert time.monotonic() - began_s < MOST_S


def test_records_without_content_have_a_bound_in_a_tunnel(place: TlsPlace, flood: Flood) -> None:
    """TLS through the TLS of a proxy is read like TLS alone."""
    begin_request(Patience(connect_s=60, read_s=60, answer_s=60))
    session = place.open(place.ca_file)
    session.proxies["https"] = place.serve(tunnel).base_url
    assert explain(session, flood(send_tickets).base_url) is Cause.TOO_LONG


def test_records_without_content_end_with_the_time_of_the_request(
    place: TlsPlace, flood: Flood
) -> None:
    """Few enough to stay below the bound, and each in time."""
    begin_request(Patience(connect_s=60, read_s=60, answer_s=0.3))
    url = flood(send_ticket_slowly).base_url
    began_s = time.monotonic()
    assert explain(place.open(place.ca_file), url) is Cause.ANSWER_TIMED_OUT
    assert time.monotonic() - began_s < MOST_S


def test_records_without_content_end_at_a_stop(place: TlsPlace, flood: Flood) -> None:
    """SIGTERM ends a run although something always comes."""
    patience = Patience(connect_s=60, read_s=60, answer_s=60)
    begin_request(patience)
    stopped: list[float] = []

    def stop(records: TlsRecords) -> None:
        if not stopped:
            stopped.append(time.monotonic())
            patience.stop.set()
        send_ticket_slowly(records)

    assert explain(place.open(place.ca_file), flood(stop).base_url) is Cause.STOPPED
    assert time.monotonic() - stopped[0] < MOST_S


def test_tickets_between_the_parts_of_an_answer_do_not_add_up(place: TlsPlace) -> None:
    """The bound is for what comes without any content; a long answer may have many tickets."""
    tickets, part = 300, b"a" * 1_000

    def answer(_: Asked, connection: socket.socket) -> None:
        assert isinstance(connection, ssl.SSLSocket)
        records = TlsRecords(connection, place.key_log)
        records.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        for _part in range(100):
            records.send_tickets(tickets)
            records.send(part)

    begin_request(Patience())
    url = place.serve(answer, logs_keys=True).base_url
    assert place.open(place.ca_file).get(url).content == part * 100


@pytest.fixture
def dripping_port() -> Iterator[int]:
    """Yield a port that sends a handshake byte by byte, and never all of it."""
    over = threading.Event()

    def drip(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection, suppress(ConnectionError):
            connection.sendall(bytes.fromhex("1603034000") + b"\2")
            while not over.wait(0.01):
                connection.sendall(b"\0")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=drip, args=(listener,))
        thread.start()
        yield listener.getsockname()[1]
        over.set()
        thread.join()


@pytest.mark.parametrize("in_tunnel", [False, True])
def test_handshake_that_comes_byte_by_byte_has_the_time_of_connecting(
    place: TlsPlace, dripping_port: int, *, in_tunnel: bool
) -> None:
    """Each byte is in time, and the whole is not; in the TLS of a proxy too."""
    session = place.open(place.ca_file)
    if in_tunnel:
        session.proxies["https"] = place.serve(tunnel).base_url
    begin_request(Patience(connect_s=0.5, read_s=60, answer_s=60))
    began_s = time.monotonic()
    assert explain(session, f"https://127.0.0.1:{dripping_port}") is Cause.ANSWER_TIMED_OUT
    assert time.monotonic() - began_s < MOST_S


def test_records_without_content_end_with_the_time_of_a_mail(place: TlsPlace) -> None:
    """Mail has sockets of the library's own, which are cut when its time is over."""
    context = place.make_context(logs_keys=True)
    opened: list[socket.socket] = []

    def answer(listener: socket.socket) -> None:
        connection = context.wrap_socket(listener.accept()[0], server_side=True)
        opened.append(connection)
        with connection, suppress(OSError):
            records = TlsRecords(connection, place.key_log)
            while True:
                send_tickets(records)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer, args=(listener,))
        thread.start()
        port, began_s = listener.getsockname()[1], time.monotonic()
        server = MailServer(
            "127.0.0.1", port, "tls", ca_file=place.ca_file, wait_s=60, deadline_s=0.5
        )
        with pytest.raises(Transient, match="timeout"):
            try_server(server)
        assert time.monotonic() - began_s < MOST_S
        socket.socket.shutdown(opened[0], socket.SHUT_RDWR)
        thread.join()


def test_huge_certificates_are_refused(place: TlsPlace) -> None:
    """OpenSSL itself reads 100 KB of them."""
    names = ["127.0.0.1", *(f"{number:050}.test" for number in range(2_000))]
    begin_request(Patience())
    url = place.serve(lambda _, __: None, *names).base_url
    assert explain(place.open(place.ca_file), url) is Cause.TLS_FAILED
