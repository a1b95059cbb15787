"""What an account knows of its own public links: when they end, and if they have a password.

Source: Nextcloud's OCS Share API, `docs/nextcloud.md`, section 7.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from syncer.errors import RemoteError
from syncer.model.reason import Reason
from syncer.model.shares import (
    ACCOUNT_NAME,
    Share,
    ShareKind,
    ShareStatus,
    name_account,
    split_share_id,
)
from syncer.nextcloud.dav.client import NextcloudClient
from syncer.nextcloud.host import HostState
from syncer.nextcloud.targets import ShareTarget
from syncer.nextcloud.visit import make_unread_share

_SHARES = "/ocs/v2.php/apps/files_sharing/api/v1/shares?format=json"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LinkTerms:
    """The terms of a public link; `expires_on` is None when it does not end."""

    expires_on: date | None
    has_password: bool


def add_terms(host: HostState, shares: Sequence[Share]) -> list[Share]:
    """Return the shares of a host with what its configured account knows of their links.

    One request; none without an account, or when the host or the account refused one before.
    A share of somebody else stays as it was. A refused login is a share of its own, the account's,
    so that somebody hears of it.
    """
    account = host.settings.account
    public = [share for share in shares if share.kind is ShareKind.PUBLIC]
    refused = any(
        share.kind is ShareKind.ACCOUNT and share.status is not ShareStatus.OK for share in shares
    )
    if account is None or not public or refused or host.closed is not None:
        return list(shares)
    client = NextcloudClient(host.connections, account)
    try:
        terms = _read_terms(host, client)
    except RemoteError:
        return list(shares)
    if terms is None:
        return [*shares, replace(_make_refused(host, account[0]), requests=client.requests_sent)]
    first, requests = public[0].id, client.requests_sent
    return [
        replace(
            _apply(share, terms.get(split_share_id(share.id).token)),
            requests=share.requests + (requests if share.id == first else 0),
        )
        if share.kind is ShareKind.PUBLIC
        else share
        for share in shares
    ]


def _make_refused(host: HostState, user: str) -> Share:
    """Return the account as a share that refused its login."""
    target = ShareTarget(
        id=name_account(host.settings.host), token=ACCOUNT_NAME, host=host.settings, user=user
    )
    reason = Reason("account-refused")
    share = make_unread_share(host, target, ShareStatus.NEEDS_PASSWORD, reason)
    return replace(share, endpoint="account")


def _read_terms(host: HostState, client: NextcloudClient) -> Mapping[str, LinkTerms] | None:
    """Return the terms of the account's links by token; None for a refused login.

    {} for an answer that cannot be read, as of a server whose app for sharing is off.
    """
    page = client.read_page(host.connections.webroot + _SHARES, headers=("OCS-APIRequest: true",))
    if page.status == 401:
        return None
    if page.status != 200:
        _log.warning("%s does not tell when links end: %d", host.settings.host, page.status)
        return {}
    return parse_terms(page.body)


def parse_terms(body: bytes) -> Mapping[str, LinkTerms]:
    """Return the terms by token from an answer of the Share API; what is malformed is left out."""
    try:
        answer: object = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    for key in ("ocs", "data"):
        answer = answer.get(key) if isinstance(answer, dict) else None
    terms: dict[str, LinkTerms] = {}
    for entry in answer if isinstance(answer, list) else ():
        token = entry.get("token") if isinstance(entry, dict) else None
        if isinstance(token, str):
            password = entry.get("password")
            terms[token] = LinkTerms(_read_day(entry.get("expiration")), password is not None)
    return terms


def _read_day(text: object) -> date | None:
    """Parse the day of "2026-12-24 00:00:00"; None for anything else."""
    try:
        return date.fromisoformat(text[:10]) if isinstance(text, str) else None
    except ValueError:
        return None


def _apply(share: Share, terms: LinkTerms | None) -> Share:
    if terms is None:
        return share
    return replace(share, expires_on=terms.expires_on, has_password=terms.has_password)
