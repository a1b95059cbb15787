"""Connections that go only where they may, and end when their request's time is over.

urllib3's time-outs count per read, and it looks a name up again for every connection. Here a
socket reads against the deadline of the request that its thread is making, and connects to an
address that was checked after the look-up, which happens once per host and run.
"""

from __future__ import annotations

import errno
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from syncer.web.addresses import is_private_ip
from syncer.web.answers import Cause, Failure

Resolve = Callable[[str], Sequence[str]]
"""Gives the IP addresses of a host, in order of preference; raises `socket.gaierror`."""

_MAX_ADDRESSES = 4
# What the resolver says when it knows that there is no such host; the rest is its own trouble.
_UNKNOWN_HOST = frozenset(
    code
    for name in ("EAI_NONAME", "EAI_NODATA")
    if (code := getattr(socket, name, None)) is not None
)


class Unreached(Exception):  # noqa: N818 - carries data out of urllib3, which wraps every OSError
    """No connection to a host; `failure` says why."""

    def __init__(self, failure: Failure) -> None:
        """Keep the failure for the transport."""
        super().__init__(failure.cause)
        self.failure = failure


class Deadline(threading.local):
    """When the request that this thread is making must be over, by `time.monotonic`.

    Half of the time is for connecting: what has not come by then is not coming, and a dead host
    with many links must not hold the run for long.
    """

    _end_s = float("inf")
    _connected_s = float("inf")

    def begin(self, patience_s: float) -> None:
        """Give the request of this thread so many seconds from now."""
        now_s = time.monotonic()
        self._end_s = now_s + patience_s
        self._connected_s = now_s + patience_s / 2

    def left_s(self) -> float:
        """Return what is left, in seconds.

        Raises:
            TimeoutError: nothing is left.
        """
        left = self._end_s - time.monotonic()
        if left <= 0:
            raise TimeoutError("the request's time is over")
        return min(left, threading.TIMEOUT_MAX)

    def left_to_connect_s(self) -> float:
        """Return what is left for connecting, in seconds; 0 or less when nothing is."""
        return min(self._connected_s - time.monotonic(), threading.TIMEOUT_MAX)


DEADLINE = Deadline()


class _TimedSocket(socket.socket):
    """A socket whose reads end at the deadline, however slowly bytes drip in."""

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self.settimeout(DEADLINE.left_s())
        return super().recv_into(*args, **kwargs)


class _TimedTlsSocket(ssl.SSLSocket):
    """The same below TLS."""

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self.settimeout(DEADLINE.left_s())
        return super().recv_into(*args, **kwargs)


def make_tls_context(ca_bundle: str) -> ssl.SSLContext:
    """Make the context that every connection of a run shares; it trusts `ca_bundle` only."""
    context = ssl.create_default_context(cafile=ca_bundle)
    context.sslsocket_class = _TimedTlsSocket
    return context


def resolve_by_system(host: str) -> Sequence[str]:
    """Ask the system's resolver, which bounds its own time.

    Raises:
        socket.gaierror: there is no such host, or the resolver cannot be reached.
    """
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


class Resolver:
    """Looks each host up once per run and keeps the answer, so that it cannot change its mind."""

    def __init__(self, resolve: Resolve) -> None:
        """Begin with nothing known."""
        self._resolve = resolve
        self._lock = threading.Lock()
        self._hosts: dict[str, _Lookup] = {}

    def look_up(self, host: str) -> tuple[str, ...] | Failure:
        """Return the host's addresses, at most four and not empty, or why there are none.

        A failure is not kept: the second look must look again.
        """
        with self._lock:
            lookup = self._hosts.setdefault(host, _Lookup())
        with lookup.lock:
            if lookup.addresses is None:
                answer = self._ask(host)
                if isinstance(answer, Failure):
                    return answer
                lookup.addresses = answer
            return lookup.addresses

    def _ask(self, host: str) -> tuple[str, ...] | Failure:
        try:
            addresses = tuple(self._resolve(host))[:_MAX_ADDRESSES]
        except socket.gaierror as error:
            unknown = error.errno in _UNKNOWN_HOST
            return Failure(Cause.HOST_UNKNOWN if unknown else Cause.DNS_FAILED)
        except UnicodeError:
            return Failure(Cause.HOST_UNKNOWN)
        return addresses or Failure(Cause.HOST_UNKNOWN)


class _Lookup:
    """One host's look-up: the lock makes those who ask at the same time share it."""

    __slots__ = ("addresses", "lock")

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.addresses: tuple[str, ...] | None = None


class Dialer:
    """Opens connections to hosts, to addresses that may be asked."""

    def __init__(self, resolver: Resolver, may_be_private: Callable[[str], bool]) -> None:
        """Take the look-up, and who may lie on a private address."""
        self._resolver = resolver
        self._may_be_private = may_be_private

    def dial(self, host: str, port: int) -> socket.socket:
        """Connect to the first address of `host` that answers, before the thread's deadline.

        One private address among several is enough to refuse: a name that points both ways is a
        way around the check.

        Raises:
            Unreached: no connection, or none allowed.
        """
        addresses = self._resolver.look_up(host.rstrip("."))
        if isinstance(addresses, Failure):
            raise Unreached(addresses)
        if not self._may_be_private(host.rstrip(".")) and any(map(is_private_ip, addresses)):
            raise Unreached(Failure(Cause.PRIVATE))
        causes = []
        for tried, address in enumerate(addresses):
            share_s = DEADLINE.left_to_connect_s() / (len(addresses) - tried)
            connected = _connect(address, port, share_s)
            if isinstance(connected, socket.socket):
                return connected
            causes.append(connected)
        raise Unreached(Failure(min(causes, key=_TELLING.index)))


# Of several addresses, the failure that tells most about the host is reported.
_TELLING = (
    Cause.REFUSED,
    Cause.CONNECT_TIMED_OUT,
    Cause.HOST_UNREACHABLE,
    Cause.NETWORK_UNREACHABLE,
)


def _connect(address: str, port: int, timeout_s: float) -> socket.socket | Cause:
    if timeout_s <= 0:
        return Cause.CONNECT_TIMED_OUT
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        opened = _TimedSocket(family, socket.SOCK_STREAM)
    except OSError:
        # No such family on this machine.
        return Cause.NETWORK_UNREACHABLE
    try:
        opened.settimeout(timeout_s)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        opened.connect((address, port))
        # What is left, the TLS handshake too.
        opened.settimeout(DEADLINE.left_s())
    except OSError as error:
        opened.close()
        return _name_cause(error)
    return opened


def _name_cause(error: OSError) -> Cause:
    if isinstance(error, TimeoutError) or error.errno == errno.ETIMEDOUT:
        return Cause.CONNECT_TIMED_OUT
    if isinstance(error, ConnectionError):
        return Cause.REFUSED
    if error.errno in (errno.ENETUNREACH, errno.EADDRNOTAVAIL, errno.ENETDOWN):
        return Cause.NETWORK_UNREACHABLE
    return Cause.HOST_UNREACHABLE


def make_pool_classes(dialer: Dialer) -> dict[str, type[HTTPConnectionPool]]:
    """Make urllib3's pool classes per scheme, whose connections the dialer opens."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return dialer.dial(self._dns_host, self.port or 80)

    class Tls(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return dialer.dial(self._dns_host, self.port or 443)

    class CheckedPlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class CheckedTlsPool(HTTPSConnectionPool):
        ConnectionCls = Tls

    return {"http": CheckedPlainPool, "https": CheckedTlsPool}
