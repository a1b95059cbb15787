"""An answer other than a listing → a typed error, and that error → a reason (pure).

Source: `docs/nextcloud.md`, section 2. Only an error document of sabre/dav has a meaning: a bare
401 or 404 may come from a proxy and says nothing about a share.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

from lxml import etree

from syncer.errors import NeedsPassword, NotFound, Protocol, RemoteError, Throttled, Transient
from syncer.model.reason import Reason
from syncer.nextcloud.dav.tags import TagBudget

# An error document of sabre has less than 1 KB.
MAX_ERROR_BYTES = 65_536

_SABRE = "{http://sabredav.org/ns}"
# May pass: `docs/nextcloud.md`, section 6; 408: RFC 9110; 425: RFC 8470.
_PASSING_STATUSES = frozenset({408, 423, 425, 500, 502, 503, 504})


def read_sabre_error(body: bytes) -> tuple[str, str]:
    """Return PHP class and message of sabre's error document; "" for anything else (HTML, JSON)."""
    if b"<!doctype" in body.lower() or b"\x00" in body:
        return "", ""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        TagBudget().check(body)
        document = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError, Protocol):
        return "", ""
    if document.tag != "{DAV:}error":
        return "", ""
    return (
        (document.findtext(f"{_SABRE}exception") or "").strip(),
        (document.findtext(f"{_SABRE}message") or "").strip(),
    )


def read_refusal(status: int, headers: Mapping[str, str], body: bytes) -> RemoteError:
    """Return the error that an answer other than 207 means; `body` may be its start only."""
    exception, message = read_sabre_error(body)
    # The new endpoint wraps errors in a ServiceUnavailable, with their class in the message.
    cause = f"{exception} {message}"
    retry_after_s = read_retry_after(headers)
    if "MaxDelayReached" in cause:
        return Throttled("throttled", status=status, retry_after_s=retry_after_s)
    if status == 429:
        return Throttled("too-many-requests", status=status, retry_after_s=retry_after_s)
    if headers.get("X-Nextcloud-Maintenance-Mode") or "maintenance mode" in message.lower():
        return RemoteError("maintenance", status=status, retry_after_s=retry_after_s)
    match status:
        case 401 if exception:
            return NeedsPassword("not-authenticated", status=status)
        case 404 if exception.endswith("NotFound"):
            return NotFound("not-found", status=status)
        case 503 if message.startswith("Sabre\\DAV\\Exception\\NotFound"):
            return NotFound("share-not-found", status=status)
        # Sabre also answers 405 for collections that never list their members.
        case 405 if message.endswith("on files drop"):
            return RemoteError("upload-only", status=status)
        case _ if 300 <= status < 400:
            return Protocol("redirected", status=status)
        case _ if status in _PASSING_STATUSES:
            return Transient("http-status", status=status, retry_after_s=retry_after_s)
        case _:
            return Protocol("http-status", status=status)


def read_retry_after(headers: Mapping[str, str]) -> float | None:
    """Return `Retry-After` in seconds; None when it is missing or cannot be read.

    Nextcloud sends seconds, a proxy perhaps a date (RFC 9110, section 10.2.3), which is compared
    with the answer's own `Date`: the server's clock may be wrong.
    """
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit() and len(text) < 8:
        return float(text)
    until, now = _read_date(text), _read_date(headers.get("Date", ""))
    return None if until is None or now is None else max((until - now).total_seconds(), 0.0)


def _read_date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return date if date.tzinfo is not None else None


_REASONS: Mapping[str, Reason] = {
    "throttled": Reason("server-throttled"),
    "too-many-requests": Reason("server-throttled"),
    "maintenance": Reason("server-maintenance"),
    "not-authenticated": Reason("server-wants-login"),
    "not-found": Reason("server-not-found"),
    "share-not-found": Reason("server-not-found"),
    "upload-only": Reason("share-upload-only"),
    "timeout": Reason("server-timeout"),
    "tls-failed": Reason("server-tls-failed"),
    "not-reached": Reason("server-not-reached"),
    "connection-cut": Reason("server-connection-cut"),
    "truncated": Reason("listing-truncated"),
    "too-big": Reason("listing-too-big"),
    "stopped": Reason("run-stopped"),
    "out-of-time": Reason("walk-out-of-time"),
    "private-address": Reason("share-private-address"),
}


def explain_error(error: RemoteError) -> Reason:
    """Return the reason for an error of a Nextcloud request."""
    if error.code in _REASONS:
        return _REASONS[error.code]
    if error.code == "http-status":
        return Reason("server-status", {"status": error.status})
    if error.code == "redirected":
        return Reason("server-redirects", {"status": error.status})
    return Reason("listing-not-webdav", {"detail": error.code})
