"""Why no answer came, derived from the errors of requests and urllib3."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from enum import StrEnum
from http.client import HTTPException
from typing import NoReturn

import requests
import urllib3

from syncer.errors import Protocol, RemoteError, Transient


class Cause(StrEnum):
    """Why there is no answer."""

    CONNECT_TIMED_OUT = "connect-timed-out"
    ANSWER_TIMED_OUT = "answer-timed-out"
    HOST_UNKNOWN = "host-unknown"
    DNS_FAILED = "dns-failed"
    REFUSED = "refused"
    HOST_UNREACHABLE = "host-unreachable"
    NETWORK_UNREACHABLE = "network-unreachable"
    PRIVATE = "private"
    PROXY_FAILED = "proxy-failed"
    DROPPED = "dropped"
    NOT_HTTP = "not-http"
    TOO_LONG = "too-long"
    """What comes around the body exceeds our own bound."""
    BAD_ADDRESS = "bad-address"
    STOPPED = "stopped"
    TLS_EXPIRED = "tls-expired"
    TLS_NOT_YET_VALID = "tls-not-yet-valid"
    TLS_WRONG_NAME = "tls-wrong-name"
    TLS_UNKNOWN_ISSUER = "tls-unknown-issuer"
    TLS_FAILED = "tls-failed"


class Unreached(Exception):  # noqa: N818 - not an OSError, so that urllib3 does not wrap it
    """No connection to a host was made, or none is allowed."""

    def __init__(self, cause: Cause) -> None:
        """Store the cause."""
        super().__init__(cause)
        self.cause = cause


class AnswerStopped(OSError):  # noqa: N818 - not a failure of the server
    """The run was stopped while it waited for an answer."""


class TooLongError(OSError):
    """What comes around the body of an answer, headers or TLS, exceeds our own bound."""


REQUEST_ERRORS = (
    Unreached,
    OSError,
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    HTTPException,
    ValueError,
    AssertionError,
)
"""Everything that the libraries raise for a request.

`ValueError` for an impossible header, `AssertionError` for a host with a `%` and a proxy.
"""

# OpenSSL's X509_V_ERR_* numbers.
_CERTIFICATE_CAUSES = {
    10: Cause.TLS_EXPIRED,
    9: Cause.TLS_NOT_YET_VALID,
    **dict.fromkeys((62, 63, 64), Cause.TLS_WRONG_NAME),
    **dict.fromkeys((2, 18, 19, 20, 21, 27), Cause.TLS_UNKNOWN_ISSUER),
}
# In this order: the certificate is not at fault when a connection ends in the middle of TLS.
_CAUSES: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Cause], ...] = (
    (AnswerStopped, Cause.STOPPED),
    (TooLongError, Cause.TOO_LONG),
    (requests.exceptions.ProxyError, Cause.PROXY_FAILED),
    (ConnectionRefusedError, Cause.REFUSED),
    ((ConnectionError, ssl.SSLEOFError, ssl.SSLZeroReturnError), Cause.DROPPED),
    (ssl.SSLError, Cause.TLS_FAILED),
    ((TimeoutError, requests.Timeout, urllib3.exceptions.TimeoutError), Cause.ANSWER_TIMED_OUT),
    (HTTPException, Cause.NOT_HTTP),
)


def name_cause(error: BaseException) -> Cause:
    """Return the cause in the layers that urllib3 and requests wrap around it."""
    layers = tuple(_unwrap(error))
    # urllib3's own, until the proxy is connected to: its certificate is not the host's.
    if any(isinstance(layer, urllib3.exceptions.ProxyError) for layer in layers):
        layers = tuple(one for one in layers if not isinstance(one, ssl.SSLError))
    for layer in layers:
        if isinstance(layer, Unreached):
            return layer.cause
        if isinstance(layer, ssl.SSLCertVerificationError):
            return _CERTIFICATE_CAUSES.get(layer.verify_code, Cause.TLS_FAILED)
    for kinds, cause in _CAUSES:
        if any(isinstance(layer, kinds) for layer in layers):
            return cause
    is_malformed = isinstance(error, ValueError) and not isinstance(error, OSError)
    return Cause.BAD_ADDRESS if is_malformed else Cause.DROPPED


def _unwrap(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and those inside it, each once, the outermost first."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        layer = waiting.pop(0)
        if isinstance(layer, BaseException) and id(layer) not in seen:
            seen.add(id(layer))
            yield layer
            reason = getattr(layer, "reason", None)
            waiting += (*layer.args, reason, layer.__cause__, layer.__context__)


_ERRORS: dict[Cause, tuple[type[RemoteError], str]] = {
    **dict.fromkeys(Cause, (Transient, "not-reached")),
    **dict.fromkeys((one for one in Cause if one.startswith("tls-")), (RemoteError, "tls-failed")),
    **dict.fromkeys((Cause.DROPPED, Cause.NOT_HTTP, Cause.TOO_LONG), (Transient, "connection-cut")),
    Cause.ANSWER_TIMED_OUT: (Transient, "timeout"),
    Cause.BAD_ADDRESS: (Protocol, "bad-answer"),
    Cause.PRIVATE: (RemoteError, "private-address"),
    Cause.STOPPED: (RemoteError, "stopped"),
}


def raise_typed(error: Exception) -> NoReturn:
    """Raise our own error for one of a library, without its text, which may hold addresses.

    Raises:
        RemoteError: always.
    """
    kind, code = _ERRORS[name_cause(error)]
    raise kind(code) from error
