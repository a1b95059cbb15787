"""The only way to a server: resolve a host, check its addresses, connect to a checked one.

Each host is looked up once per resolver, so that a later look-up cannot give an unchecked address.
With a proxy the proxy resolves, and only the host's name can be checked.
"""

from __future__ import annotations

import errno
import http.client
import io
import socket
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from http.client import HTTPResponse
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import select_proxy
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from syncer.net.deadlines import (
    STOP_POLL_S,
    BoundedSocket,
    BoundedStream,
    get_deadline,
    has_surplus,
)
from syncer.net.failures import AnswerStopped, Cause, Unreached
from syncer.net.private_hosts import is_of_own_network, is_private_host, is_private_ip
from syncer.net.tls import make_context

if TYPE_CHECKING:
    import ssl

Resolve = Callable[[str], Sequence[str]]
"""Returns the IP addresses of a host, in order of preference; raises `socket.gaierror`."""

# Status line and headers, those of interim answers included. Nextcloud sends about 2 KB; browsers
# accept 256 KiB.
MAX_HEADER_BYTES = 262_144
# http.client ends at 100 headers and at lines of 64 KiB. Browsers read more, and `BoundedStream`
# counts the bytes.
for _limit in ("_MAXHEADERS", "_MAXLINE"):
    setattr(http.client, _limit, MAX_HEADER_BYTES)
# A chunk needs 6 bytes for its size and ends; what else is around chunks counts as headers.
_CHUNK_FRAME_BYTES = 64
_MAX_ADDRESSES = 4
KNOWN_HOST = "example.com"
"""A name that the public DNS knows: IANA keeps it for examples (RFC 2606) and answers for it."""

# The resolver's answers for a host that does not exist; all others are its own failures. One that
# knows no public name at all, such as with a broken line or a captive portal, answers so for each.
_UNKNOWN_HOST = frozenset(
    code
    for name in ("EAI_NONAME", "EAI_NODATA")
    if (code := getattr(socket, name, None)) is not None
)
# Of several addresses, the cause that says most about the host is reported.
_BY_WEIGHT = (
    Cause.REFUSED,
    Cause.CONNECT_TIMED_OUT,
    Cause.HOST_UNREACHABLE,
    Cause.NETWORK_UNREACHABLE,
)


def resolve_by_system(host: str) -> Sequence[str]:
    """Ask the system's resolver.

    Raises:
        socket.gaierror: the host does not exist, or the resolver cannot be reached.
    """
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


class Resolver:
    """Looks each host up once and remembers its addresses; usable from several threads."""

    def __init__(self, resolve: Resolve = resolve_by_system) -> None:
        """Look hosts up with `resolve`."""
        self._resolve = resolve
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._addresses: dict[str, tuple[str, ...]] = {}

    def look_up(self, host: str) -> tuple[str, ...]:
        """Return the host's addresses, at most four and not empty.

        A host is unknown only to a resolver that knows `KNOWN_HOST` right after it: one can fail at
        any time of a run. An address that is not public may be from a file of this machine.

        Raises:
            Unreached: there are none; this is not remembered, so that a second look looks again.
        """
        try:
            return self._find(host)
        except Unreached as error:
            if error.cause is Cause.HOST_UNKNOWN and not self._is_sound():
                raise Unreached(Cause.DNS_FAILED) from error
            raise

    def _is_sound(self) -> bool:
        """Return whether the resolver knows a public name now, whatever it knew before."""
        try:
            return not any(map(is_private_ip, self._ask(KNOWN_HOST)))
        except Unreached:
            return False

    def _find(self, host: str) -> tuple[str, ...]:
        """Look a host up, or remember it.

        Raises:
            Unreached: it has no addresses, by what the resolver says.
        """
        with self._lock:
            # Threads that need the same host at the same time share one look-up.
            lock = self._locks.setdefault(host, threading.Lock())
        with lock:
            if host not in self._addresses:
                self._addresses[host] = self._ask(host)
            return self._addresses[host]

    def _ask(self, host: str) -> tuple[str, ...]:
        try:
            addresses = tuple(_call_until_stop(self._resolve, host))[:_MAX_ADDRESSES]
        except socket.gaierror as error:
            unknown = error.errno in _UNKNOWN_HOST
            raise Unreached(Cause.HOST_UNKNOWN if unknown else Cause.DNS_FAILED) from error
        except UnicodeError as error:
            raise Unreached(Cause.HOST_UNKNOWN) from error
        if not addresses:
            raise Unreached(Cause.HOST_UNKNOWN)
        return addresses


def _call_until_stop(resolve: Resolve, host: str) -> Sequence[str]:
    """Look a host up in a thread that is left behind when nobody waits: it cannot be interrupted.

    Raises:
        Unreached: the time of the request is over.
        AnswerStopped: the run was stopped.
        socket.gaierror: the host does not exist, or the resolver cannot be reached.
        UnicodeError: it is no name.
    """
    found: Future[Sequence[str]] = Future()

    def look_up() -> None:
        try:
            found.set_result(resolve(host))
        except (OSError, UnicodeError) as error:
            found.set_exception(error)

    threading.Thread(target=look_up, name="resolver", daemon=True).start()
    while not wait((found,), STOP_POLL_S).done:
        try:
            get_deadline().check()
        except TimeoutError as error:
            raise Unreached(Cause.DNS_FAILED) from error
    return found.result()


class Dialer:
    """Opens connections to hosts, on private addresses only if `allow_private`."""

    def __init__(self, *, allow_private: bool, resolver: Resolver | None = None) -> None:
        """Use the look-ups of `resolver`; None for one of its own."""
        self.allow_private = allow_private
        self._resolver = resolver or Resolver()

    def dial(self, host: str, port: int) -> BoundedSocket:
        """Connect to the first address of `host` that answers, before this thread's deadline.

        One private address among several is enough to refuse: a name that points both ways is a
        way around the check.

        Raises:
            Unreached: no connection was made, or none is allowed.
        """
        addresses = self._resolver.look_up(host.rstrip("."))
        if not self.allow_private and any(map(is_private_ip, addresses)):
            raise Unreached(Cause.PRIVATE)
        deadline = get_deadline()
        causes = []
        for tried, address in enumerate(addresses):
            left_s = min(deadline.connected_by - time.monotonic(), threading.TIMEOUT_MAX)
            connected = _connect(address, port, left_s / (len(addresses) - tried))
            if isinstance(connected, BoundedSocket):
                return connected
            causes.append(connected)
        raise Unreached(min(causes, key=_BY_WEIGHT.index))


def _connect(address: str, port: int, timeout_s: float) -> BoundedSocket | Cause:
    if timeout_s <= 0:
        return Cause.CONNECT_TIMED_OUT
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        opened = BoundedSocket(family, socket.SOCK_STREAM)
    except OSError:
        # This machine does not have the address family.
        return Cause.NETWORK_UNREACHABLE
    try:
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        opened.connect_within(timeout_s, address, port)
    except AnswerStopped:
        opened.close()
        raise
    except OSError as error:
        opened.close()
        return _name_connect_cause(error)
    return opened


def _name_connect_cause(error: OSError) -> Cause:
    if isinstance(error, TimeoutError) or error.errno == errno.ETIMEDOUT:
        return Cause.CONNECT_TIMED_OUT
    if isinstance(error, ConnectionError):
        return Cause.REFUSED
    if error.errno in (errno.ENETUNREACH, errno.EADDRNOTAVAIL, errno.ENETDOWN):
        return Cause.NETWORK_UNREACHABLE
    return Cause.HOST_UNREACHABLE


class _BoundedResponse(HTTPResponse):
    """An answer that is read before the deadline of its request, to the last byte."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp.close()
        self._stream = BoundedStream(sock)
        # Also for a proxy's answer to CONNECT, which `begin` does not read.
        self._stream.allowed_bytes = MAX_HEADER_BYTES
        self.fp = io.BufferedReader(self._stream, 65_536)

    def begin(self) -> None:
        super().begin()
        self._stream.allowed_bytes = MAX_HEADER_BYTES if self.chunked else None

    def _close_conn(self) -> None:
        self._stream.end(self.fp)
        super()._close_conn()  # type: ignore[misc]

    def _read_next_chunk_size(self) -> int:
        """Allow the bytes of the next chunk: extensions and trailers have the bound of headers."""
        size: int = super()._read_next_chunk_size()  # type: ignore[misc]
        if self._stream.allowed_bytes is not None:
            self._stream.allowed_bytes += size + _CHUNK_FRAME_BYTES
        return size

    def _read_status(self) -> tuple[str, int, str]:
        """Return the final status line (RFC 9110, section 15.2); http.client skips only 100."""
        while True:
            version, status, reason = super()._read_status()  # type: ignore[misc]
            if not 100 <= status < 200 or status == http.client.SWITCHING_PROTOCOLS:
                return version, status, reason
            while self.fp.readline(MAX_HEADER_BYTES).strip():
                """Skip the headers of an interim answer."""


def _make_pool_classes(dialer: Dialer) -> dict[str, type[HTTPConnectionPool]]:
    """Return urllib3's pool classes per scheme, with connections that the dialer opens."""

    class DialedConnection(HTTPConnection):
        response_class = _BoundedResponse

        @property
        def is_connected(self) -> bool:
            return super().is_connected and not has_surplus(self.sock)

        def _new_conn(self) -> BoundedSocket:
            return dialer.dial(self._dns_host, self.port or 80)

    class DialedTlsConnection(HTTPSConnection):
        response_class = _BoundedResponse

        @property
        def is_connected(self) -> bool:
            return super().is_connected and not has_surplus(self.sock)

        def _new_conn(self) -> BoundedSocket:
            return dialer.dial(self._dns_host, self.port or 443)

    class DialedPool(HTTPConnectionPool):
        ConnectionCls = DialedConnection

    class DialedTlsPool(HTTPSConnectionPool):
        ConnectionCls = DialedTlsConnection

    return {"http": DialedPool, "https": DialedTlsPool}


class _DialedAdapter(HTTPAdapter):
    def __init__(self, dialer: Dialer, ca_path: str | None, **options: Any) -> None:
        self._dialer = dialer
        self._ca_path = ca_path
        self._context: ssl.SSLContext | None = None
        self._loading = threading.Lock()
        super().__init__(**options)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _make_pool_classes(self._dialer)

    def build_connection_pool_key_attributes(
        self,
        request: requests.PreparedRequest,
        verify: bool | str,  # noqa: FBT001 - requests names it
        cert: Any = None,
    ) -> Any:
        place, _ = super().build_connection_pool_key_attributes(request, verify, cert)
        return place, {"ssl_context": self._load_context()} if place["scheme"] == "https" else {}

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        if proxy.lower().startswith("https"):
            kwargs["proxy_ssl_context"] = self._load_context()
        manager = super().proxy_manager_for(proxy, **kwargs)
        if not proxy.lower().startswith("socks"):
            # The environment names the proxy.
            manager.pool_classes_by_scheme = _make_pool_classes(Dialer(allow_private=True))
        return manager

    def _load_context(self) -> ssl.SSLContext:
        """Return the context of all connections; reading its certificates takes 20 ms."""
        with self._loading:
            if self._context is None:
                self._context = make_context(self._ca_path)
            return self._context

    def cert_verify(self, *_: object) -> None:
        """Do nothing: the context has the certificates."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        host = str(urlsplit(request.url or "").hostname or "")
        # A proxy resolves names, so that they are all that can be checked.
        proxied = select_proxy(request.url or "", kwargs.get("proxies")) is not None
        is_private = is_private_host(host) or (proxied and is_of_own_network(host))
        if is_private and not self._dialer.allow_private:
            raise Unreached(Cause.PRIVATE)
        response = super().send(request, *args, **kwargs)
        if response.headers.get("Content-Length", "").startswith("-"):
            # The libraries then read until a time-out (RFC 9112, section 6.3: an error).
            response.close()
            raise Unreached(Cause.NOT_HTTP)
        return response


def make_adapter(
    dialer: Dialer,
    *,
    connections: int,
    hosts: int = 1,
    block: bool = False,
    ca_path: str | None = None,
) -> HTTPAdapter:
    """Return the transport of all HTTP: requests' adapter with our connections and no retries.

    `begin_request` must be called in the same thread before each request; `send` raises `Unreached`
    also for a host whose name is private.

    Args:
        dialer: opens the connections.
        connections: how many are kept open to each host.
        hosts: to how many hosts connections are kept open.
        block: whether more requests to a host wait for a connection.
        ca_path: file or folder of trusted certificates, None for `$REQUESTS_CA_BUNDLE` or the
            built-in list. It decides for all connections, whatever `verify` a request has.
    """
    return _DialedAdapter(
        dialer, ca_path, pool_connections=hosts, pool_maxsize=connections, pool_block=block
    )


class DirectSession(requests.Session):
    """A session without redirects and without anything of the environment (`.netrc`, proxies).

    Where a redirect leads is for the caller to judge.
    """

    def __init__(self, adapter: HTTPAdapter) -> None:
        """Send everything through `adapter`."""
        super().__init__()
        self.trust_env = False
        self.mount("http://", adapter)
        self.mount("https://", adapter)

    def get_redirect_target(self, resp: requests.Response) -> str | None:  # noqa: ARG002
        """Return no target."""
        return None
