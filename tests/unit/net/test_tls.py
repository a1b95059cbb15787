"""TLS over our own sockets: whom it trusts, and that it reads like any other connection."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from syncer.net.deadlines import Patience, begin_request
from syncer.net.failures import Cause
from tests.hostile.hostile_server import Asked
from tests.hostile.tls_servers import TlsPlace, explain, tunnel

BODY = bytes(range(256)) * 8_000
SURPLUS = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TlsPlace]:
    """Yield a place with its own issuer, where nothing of the environment applies."""
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    begin_request(Patience(connect_s=5, read_s=5, answer_s=10))
    place = TlsPlace(tmp_path)
    yield place
    place.close()


def give_body(_: Asked, connection: socket.socket) -> None:
    """Answer with a body of many records."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY)


def test_connection_is_used_again(place: TlsPlace) -> None:
    """One handshake is enough for several answers, also long ones, and for what is sent."""
    server = place.serve(give_body)
    session = place.open(place.ca_file)
    first = session.get(server.base_url)
    assert first.content == session.put(server.base_url, data=BODY).content == BODY
    assert [each.method for each in server.asked] == ["GET", "PUT"]
    assert server.connections == 1


@pytest.mark.parametrize("in_tls", [True, False])
@pytest.mark.parametrize("size", [len(SURPLUS), 5])
@pytest.mark.parametrize("pieces", [1, 2])
def test_what_comes_behind_an_answer_answers_nothing(
    place: TlsPlace, *, in_tls: bool, size: int, pieces: int
) -> None:
    """Its connection is not used again, whichever buffer the surplus is in."""

    def give_more(asked: Asked, connection: socket.socket) -> None:
        sent = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
        surplus = SURPLUS[:size] if asked.path == "/more" else b""
        # All of it in one segment, in one record of TLS or in two.
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
        for piece in (sent + surplus,) if pieces == 1 else (sent, surplus):
            connection.sendall(piece)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 0)

    server = place.serve(give_more, in_tls=in_tls)
    session = place.open(place.ca_file)
    for path in ("/more", "/next", "/last"):
        answer = session.get(server.base_url + path)
        assert (answer.status_code, answer.content) == (200, b"ok")
    assert [each.path for each in server.asked] == ["/more", "/next", "/last"]
    assert server.connections == 2


def test_certificates_are_those_of_the_file_or_of_the_environment(
    place: TlsPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file of the settings goes before that of the environment."""
    url = place.serve(give_body).base_url
    assert explain(place.open(), url) is Cause.TLS_UNKNOWN_ISSUER
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(place.ca_file))
    assert explain(place.open(), url) is None
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere.pem")
    assert explain(place.open(place.ca_file), url) is None
    assert explain(place.open(), url) is Cause.TLS_FAILED


def test_certificates_can_be_in_a_folder(place: TlsPlace) -> None:
    """OpenSSL looks in it for files that are named by the hash of the issuer: here are none."""
    assert (
        explain(place.open(place.ca_file.parent), place.serve(give_body).base_url)
        is Cause.TLS_UNKNOWN_ISSUER
    )


def test_name_of_the_host_is_checked(place: TlsPlace) -> None:
    """A certificate of somebody else is not enough."""
    assert explain(place.open(place.ca_file), place.serve(give_body, "a.test").base_url) is (
        Cause.TLS_WRONG_NAME
    )


def test_tls_goes_through_tls(place: TlsPlace) -> None:
    """A proxy that is itself reached by TLS: the tunnel in it carries another."""
    proxy = place.serve(tunnel)
    server = place.serve(give_body)
    session = place.open(place.ca_file)
    session.proxies["https"] = proxy.base_url
    first = session.get(server.base_url)
    assert first.content == session.get(server.base_url).content == BODY
    assert [each.method for each in proxy.asked] == ["CONNECT"]
    assert server.connections == 1


def test_plain_page_comes_from_a_proxy_with_tls(place: TlsPlace) -> None:
    """What has no TLS itself is asked of the proxy."""
    proxy = place.serve(give_body)
    session = place.open(place.ca_file)
    session.proxies["http"] = proxy.base_url
    assert session.get("http://a.test/x").content == BODY
    assert [each.path for each in proxy.asked] == ["http://a.test/x"]
