"""What an error of the libraries below means: one of our own, without what they write into it."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from typing import NoReturn

import requests
import urllib3

from syncer.errors import Protocol, RemoteError, Transient
from syncer.net.deadlines import AnswerStopped

# A connection that ends in the middle of TLS, its handshake too, tells nothing of certificates.
_CUT_TLS = (ssl.SSLEOFError, ssl.SSLZeroReturnError)
_TIMEOUTS = (TimeoutError, requests.exceptions.Timeout, urllib3.exceptions.TimeoutError)
# urllib3 calls a refused connection a kind of time-out: these are looked for first.
_NOT_REACHED = (
    ConnectionRefusedError,
    urllib3.exceptions.ConnectTimeoutError,
    requests.exceptions.ProxyError,
)


def raise_typed(error: Exception) -> NoReturn:
    """Raise what a library's error means; the texts of libraries hold addresses: not shown.

    Raises:
        RemoteError: always.
    """
    causes = tuple(_walk_causes(error))
    if any(isinstance(cause, AnswerStopped) for cause in causes):
        raise RemoteError("stopped") from error
    if any(isinstance(cause, _CUT_TLS) for cause in causes):
        raise Transient("connection-cut") from error
    if any(isinstance(cause, ssl.SSLError | requests.exceptions.SSLError) for cause in causes):
        raise RemoteError("tls-failed") from error
    if any(isinstance(cause, _NOT_REACHED) for cause in causes):
        raise Transient("not-reached") from error
    if any(isinstance(cause, _TIMEOUTS) for cause in causes):
        raise Transient("timeout") from error
    if isinstance(error, ValueError) and not isinstance(error, OSError):
        raise Protocol("bad-answer") from error
    raise Transient("connection-cut") from error


def _walk_causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and everything that it was made of, each once."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        cause = waiting.pop()
        if isinstance(cause, BaseException) and id(cause) not in seen:
            seen.add(id(cause))
            yield cause
            reason = getattr(cause, "reason", None)
            waiting += [*cause.args, cause.__cause__, cause.__context__, reason]
