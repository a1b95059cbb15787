"""TLS of all HTTP: over our own sockets, so that no record holds a request past its deadline.

An `ssl.SSLSocket` reads in C until content comes: a server that sends one session ticket after the
other holds its thread for ever, past every time-out and every stop. Here TLS gets its bytes from a
`BoundedSocket`, a few at a time.
"""

from __future__ import annotations

import os
import ssl
from pathlib import Path
from typing import Any

from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3.util.ssltransport import SSLTransport

from syncer.net.deadlines import BoundedSocket, Deadline, get_deadline, set_deadline
from syncer.net.failures import Cause, Unreached


class _TlsSocket(SSLTransport):
    """TLS in memory, which can be what another TLS is sent through (a proxy with `https://`)."""

    @property
    def _io_refs(self) -> int:
        """How many files hold the socket, for the `makefile` of the TLS inside."""
        return self.socket._io_refs  # type: ignore[attr-defined,no-any-return]  # noqa: SLF001

    @_io_refs.setter
    def _io_refs(self, count: int) -> None:
        self.socket._io_refs = count  # type: ignore[attr-defined]  # noqa: SLF001


class _TlsObject(ssl.SSLObject):
    """TLS itself, whose handshake takes `connect_s` at most, in the TLS of a proxy too."""

    _before: Deadline | None = None

    def do_handshake(self) -> None:
        """Go on with the handshake; called again whenever something came."""
        if self._before is None:
            self._before = get_deadline()
            set_deadline(self._before.within(self._before.patience.connect_s))
        super().do_handshake()
        set_deadline(self._before)


class _TlsContext(ssl.SSLContext):
    """Puts TLS around the sockets of `dialer`, where urllib3 asks its context for it."""

    sslobject_class = _TlsObject

    def wrap_socket(  # type: ignore[override]
        self, sock: BoundedSocket, *, server_hostname: str | None = None, **_: Any
    ) -> SSLTransport:
        """Shake hands."""
        return _TlsSocket(sock, self, server_hostname)


def make_context(ca_path: str | None) -> ssl.SSLContext:
    """Return a context that verifies certificates and host names.

    `ca_path` is a file or folder of trusted certificates; None for that of the environment, or else
    the built-in list. An issuer in between may be trusted alone, as by Python itself from 3.13 on.
    A host must be among the alternative names, as in browsers.

    Raises:
        Unreached: the certificates cannot be read.
    """
    path = ca_path or _find_ca_bundle() or DEFAULT_CA_BUNDLE_PATH
    context = _TlsContext(ssl.PROTOCOL_TLS_CLIENT)
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.hostname_checks_common_name = False
    is_folder = Path(path).is_dir()
    try:
        context.load_verify_locations(**{"capath" if is_folder else "cafile": path})
    except OSError as error:
        raise Unreached(Cause.TLS_FAILED) from error
    return context


def _find_ca_bundle() -> str | None:
    """Return the environment's file or folder of trusted certificates, None without one."""
    return os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
