"""What an error of the libraries means, and which error of ours it becomes."""

from __future__ import annotations

import ssl
from http.client import BadStatusLine

import pytest
import requests
import urllib3

from syncer.errors import Protocol, RemoteError, Transient
from syncer.net import failures
from syncer.net.failures import (
    AnswerStopped,
    Cause,
    TooLongError,
    Unreached,
    name_cause,
    raise_typed,
)


def _untrusted(number: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError("x")
    error.verify_code = number
    return error


POOL = urllib3.HTTPConnectionPool("a.dk")
ERRORS: tuple[tuple[Exception, Cause], ...] = (
    *((Unreached(cause), cause) for cause in Cause),
    (AnswerStopped(), Cause.STOPPED),
    (TooLongError(), Cause.TOO_LONG),
    (requests.exceptions.ProxyError(), Cause.PROXY_FAILED),
    (ConnectionRefusedError(), Cause.REFUSED),
    (ConnectionResetError(), Cause.DROPPED),
    (ssl.SSLEOFError(), Cause.DROPPED),
    (ssl.SSLZeroReturnError(), Cause.DROPPED),
    (ssl.SSLError("bad"), Cause.TLS_FAILED),
    (TimeoutError(), Cause.ANSWER_TIMED_OUT),
    (requests.Timeout(), Cause.ANSWER_TIMED_OUT),
    (urllib3.exceptions.ReadTimeoutError(POOL, "/", "x"), Cause.ANSWER_TIMED_OUT),
    (BadStatusLine("x"), Cause.NOT_HTTP),
    (ValueError("header"), Cause.BAD_ADDRESS),
    (OSError("?"), Cause.DROPPED),
    (_untrusted(10), Cause.TLS_EXPIRED),
    (_untrusted(9), Cause.TLS_NOT_YET_VALID),
    *((_untrusted(number), Cause.TLS_WRONG_NAME) for number in (62, 63, 64)),
    *((_untrusted(number), Cause.TLS_UNKNOWN_ISSUER) for number in (2, 18, 19, 20, 21, 27)),
    (_untrusted(26), Cause.TLS_FAILED),
)


@pytest.mark.parametrize(("error", "cause"), ERRORS)
def test_every_error_has_its_cause(error: Exception, cause: Cause) -> None:
    """Bare, and inside what the libraries wrap around it."""
    assert name_cause(error) is cause
    wrapped = requests.ConnectionError(urllib3.exceptions.ProtocolError("x", error))
    if cause is not Cause.BAD_ADDRESS:
        assert name_cause(wrapped) is cause


def test_every_kind_of_error_has_an_example() -> None:
    """What is added to the tables needs one."""
    shown = [error for error, _ in ERRORS]
    kinds = [
        kind
        for kinds, _ in failures._CAUSES
        for kind in (kinds if isinstance(kinds, tuple) else (kinds,))
    ]
    assert [kind for kind in kinds if not any(isinstance(error, kind) for error in shown)] == []
    numbers = {getattr(error, "verify_code", None) for error in shown}
    assert failures._CERTIFICATE_CAUSES.keys() <= numbers


OURS: dict[Cause, tuple[type[RemoteError], str]] = {
    Cause.CONNECT_TIMED_OUT: (Transient, "not-reached"),
    Cause.ANSWER_TIMED_OUT: (Transient, "timeout"),
    Cause.HOST_UNKNOWN: (Transient, "not-reached"),
    Cause.DNS_FAILED: (Transient, "not-reached"),
    Cause.REFUSED: (Transient, "not-reached"),
    Cause.HOST_UNREACHABLE: (Transient, "not-reached"),
    Cause.NETWORK_UNREACHABLE: (Transient, "not-reached"),
    Cause.PRIVATE: (RemoteError, "private-address"),
    Cause.PROXY_FAILED: (Transient, "not-reached"),
    Cause.DROPPED: (Transient, "connection-cut"),
    Cause.NOT_HTTP: (Transient, "connection-cut"),
    Cause.TOO_LONG: (Transient, "connection-cut"),
    Cause.BAD_ADDRESS: (Protocol, "bad-answer"),
    Cause.STOPPED: (RemoteError, "stopped"),
    Cause.TLS_EXPIRED: (RemoteError, "tls-failed"),
    Cause.TLS_NOT_YET_VALID: (RemoteError, "tls-failed"),
    Cause.TLS_WRONG_NAME: (RemoteError, "tls-failed"),
    Cause.TLS_UNKNOWN_ISSUER: (RemoteError, "tls-failed"),
    Cause.TLS_FAILED: (RemoteError, "tls-failed"),
}


@pytest.mark.parametrize("cause", list(Cause))
def test_every_cause_is_an_error_of_ours(cause: Cause) -> None:
    """Only what may pass is tried again; the library's own words are in none."""
    with pytest.raises(RemoteError) as caught:
        raise_typed(Unreached(cause))
    assert (type(caught.value), caught.value.code) == OURS[cause]
