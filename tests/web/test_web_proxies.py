"""What our own proxy says or fails at is never the fault of a link."""

from __future__ import annotations

import select
import socket
import socketserver
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from syncer.model.links import LinkStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from syncer.model.links import LinkVerdict
    from tests.web.loopback_web import Web

PAST = datetime(2020, 1, 1, tzinfo=UTC)
OPENED = b"HTTP/1.1 200 Connection established\r\n\r\n"


def read_head(connection: socket.socket) -> bytes:
    """Read a request's head, or as much as comes."""
    head = b""
    while b"\r\n\r\n" not in head and (more := connection.recv(65536)):
        head += more
    return head


def relay(connection: socket.socket, port: int) -> None:
    """Pass bytes on between a connection and a port, until one side ends."""
    with socket.create_connection(("127.0.0.1", port)) as far:
        ways = {connection: far, far: connection}
        while True:
            for one in select.select(list(ways), [], [])[0]:
                if not (piece := one.recv(65536)):
                    return
                ways[one].sendall(piece)


@pytest.fixture
def use_proxy(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Give a function that names the proxy of all links in the environment."""
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)

    def use(url: str) -> None:
        monkeypatch.setenv("http_proxy", url)
        monkeypatch.setenv("https_proxy", url)

    return use


@pytest.fixture
def open_proxy(use_proxy: Callable[[str], None]) -> Iterator[Callable[..., None]]:
    """Give a function that starts a proxy with one answer, and a port behind it."""
    running = []

    def start(said: bytes, *, tunnel_to: int | None = None) -> None:
        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                read_head(self.request)
                self.request.sendall(said)
                if tunnel_to is not None:
                    relay(self.request, tunnel_to)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """Ignore a client that hangs up."""

        server = Server(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        running.append((server, thread))
        use_proxy(f"http://127.0.0.1:{server.server_address[1]}")

    yield start
    for server, thread in running:
        server.shutdown()
        thread.join()
        server.server_close()


def tell(verdict: LinkVerdict) -> tuple[LinkStatus, str | None]:
    """Return the status and the reason."""
    return verdict.status, None if verdict.reason is None else verdict.reason.code


FAILED = (LinkStatus.UNCHECKED, "link-proxy-failed")
TO_LOGIN = b"HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(
    ("name", "validity"),
    [("127.0.0.1", {"not_after": PAST}), ("b.test", {})],
    ids=["expired", "another name"],
)
def test_bad_certificate_of_the_proxy_is_the_proxys(
    web: Web,
    serve_tls: Callable[..., int],
    use_proxy: Callable[[str], None],
    name: str,
    validity: dict[str, Any],
    scheme: str,
) -> None:
    """The secure connection to the proxy failed, and the host was never reached."""
    use_proxy(f"https://127.0.0.1:{serve_tls(name, **validity)}")
    assert tell(web.check_one(f"{scheme}://far.test/x")) == FAILED


def test_bad_certificate_behind_the_proxy_is_the_hosts(
    web: Web, serve_tls: Callable[..., int], open_proxy: Callable[..., None]
) -> None:
    """In the tunnel the certificate is that of the link."""
    open_proxy(OPENED, tunnel_to=serve_tls("far.test", not_after=PAST))
    verdict = web.check_one("https://far.test/x")
    assert tell(verdict) == (LinkStatus.UNCONFIRMED, "link-tls-expired")


@pytest.mark.parametrize(
    ("scheme", "said"),
    [
        ("https", b"SSH-2.0-OpenSSH_9.6\r\n"),
        ("http", b"SSH-2.0-OpenSSH_9.6\r\n"),
        ("https", b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
        ("http", b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n"),
        ("http", b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"),
        ("http", TO_LOGIN % b"http://proxy.test/"),
        ("http", TO_LOGIN % b""),
    ],
    ids=[
        "garbage for CONNECT",
        "garbage",
        "refusal of CONNECT",
        "error",
        "no way on",
        "login",
        "nowhere",
    ],
)
def test_answer_that_may_be_the_proxys_own_is_not_the_hosts(
    web: Web, open_proxy: Callable[..., None], scheme: str, said: bytes
) -> None:
    """Nobody can tell whether anything behind the proxy was asked."""
    open_proxy(said)
    assert tell(web.check_one(f"{scheme}://far.test/x")) == FAILED


def test_a_denial_by_a_site_behind_the_proxy_counts(
    web: Web, open_proxy: Callable[..., None]
) -> None:
    """A proxy has no reason of its own to say that a page is not there."""
    open_proxy(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
    assert tell(web.check_one("http://far.test/x")) == (LinkStatus.BROKEN, "link-not-found")


def test_plain_page_in_the_tunnel_is_not_the_hosts(
    web: Web, open_proxy: Callable[..., None]
) -> None:
    """A proxy may open the tunnel and then answer in it with a page of its own."""
    open_proxy(OPENED, tunnel_to=web.port)
    assert tell(web.check_one("https://far.test/x")) == FAILED


def test_network_that_wants_a_login_says_nothing_of_the_link(web: Web) -> None:
    """A captive portal answers with 511 in place of every host (RFC 6585, section 6)."""
    verdict = web.check_one(web.put("a.test", "/x", web.page(511)))
    assert tell(verdict) == (LinkStatus.UNCHECKED, "link-network-unreachable")
