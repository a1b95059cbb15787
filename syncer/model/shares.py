"""Words of the shares: what lies behind a share link, and how much of it is known."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from syncer.model.reason import Reason

HIDDEN_MARK = "…"
"""Stands in what a manifest calls a share whose token is secret; no token can hold it."""

ACCOUNT_NAME = "@account"
"""Stands for the token in the id of what an account sees of its host; no token can hold it."""


def name_account(host: str) -> str:
    """Return the id of what an account sees of a host; it tells nothing of the account."""
    return f"{host}/{ACCOUNT_NAME}"


_SHOWN = 4
_DIGITS = 6
# A shorter token would be told by how it begins.
_SHORTEST_SHOWN = 8


def name_token(token: str) -> str:
    """Return the name that stands for a token: how it begins, and what tells it from others.

    It is the same each time, and holds `HIDDEN_MARK`. An account's place is no secret: it stays.
    """
    if token == ACCOUNT_NAME:
        return token
    begin = token[:_SHOWN] if len(token) >= _SHORTEST_SHOWN else ""
    return f"{begin}{HIDDEN_MARK}{hashlib.sha256(token.encode()).hexdigest()[:_DIGITS]}"


class ShareKind(StrEnum):
    """How a share is reached."""

    PUBLIC = "public"
    ACCOUNT = "account"
    LOCAL = "local"


class ShareStatus(StrEnum):
    """What is known of a share after this run."""

    OK = "ok"
    GONE = "gone"
    """Settled: asked twice, the server says that there is no such share (or what it shared)."""
    NEEDS_PASSWORD = "needs-password"  # noqa: S105 - a status, not a password
    UPLOAD_ONLY = "upload-only"
    THROTTLED = "throttled"
    UNREADABLE = "unreadable"
    """Could not look: network, server, parser. Nothing follows from it."""
    UNCHECKED = "unchecked"


class ListingKind(StrEnum):
    """How a share's tree was learnt in this run."""

    UNCHANGED = "unchanged"
    CHANGED_PARTS = "changed-parts"
    INFINITY = "infinity"
    DEPTH_1 = "depth-1"
    LOCAL = "local"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file of a share. `etag` is verbatim; what the server did not say is None."""

    path: str
    size_bytes: int | None = None
    modified_at: datetime | None = None
    file_id: int | None = None
    etag: str | None = None

    @property
    def name(self) -> str:
        """Last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def folder(self) -> str:
        """Path of the folder that holds it; "" for the root."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class RemoteFolder:
    """A folder of a share, the root ("") too."""

    path: str
    file_id: int | None = None
    etag: str | None = None
    modified_at: datetime | None = None

    @property
    def name(self) -> str:
        """Last part of the path; "" for the root."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class UnreadFolder:
    """A folder that is there and whose content could not be listed: what lies below is unknown."""

    path: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class ShareTree:
    """The files behind a share.

    Attributes:
        files: by path, each once. A share of a single file holds that one, under its own name.
        folders: by path, the root ("") first; none for a share of a single file.
        unread: by path. Empty means that everything below the root was listed completely, in
            this run or under an unchanged etag: only then may anything be denied (rule 1).
        single_file: whether the share is of one file.
    """

    files: tuple[RemoteFile, ...]
    folders: tuple[RemoteFolder, ...]
    unread: tuple[UnreadFolder, ...] = ()
    single_file: bool = False

    @property
    def complete(self) -> bool:
        """Whether what is not in it may be denied."""
        return not self.unread


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the run, looked at or not.

    Attributes:
        id: "host/TOKEN"; for an account `name_account`.
        name: for people: the folder's name where it is known, else the token; an account's host.
        base_url: scheme, host and webroot; "" for a share that is only known from a local copy.
        endpoint: "legacy", "new" or "account"; None when it was not asked.
        server_version: as the server says ("27.0.2"), None when unknown.
        status: what is known; `reason` says why for all but OK.
        tree: None unless the status is OK.
        requests: how many HTTP requests this share cost in this run, and how many `seconds`; time
            makes no difference between two shares.
        writable_by_link: anyone with the link can change the files; None when unknown.
        gone_places: folders that rows or links name and that two looks, apart in time, did not
            find in a live share: settled. For an account, that it does not see them: they are
            gone, or not for it.
        found_places: those that the second look alone found: outside of `scope`, or new.
        scope: the folders that alone were walked, as the settings name them; () for everything.
    """

    id: str
    kind: ShareKind
    name: str
    base_url: str
    endpoint: str | None
    server_version: str | None
    status: ShareStatus
    listing: ListingKind
    tree: ShareTree | None
    requests: int = 0
    last_full_walk_at: datetime | None = None
    writable_by_link: bool | None = None
    reason: Reason | None = None
    gone_places: frozenset[str] = frozenset()
    found_places: frozenset[str] = frozenset()
    scope: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)

    @property
    def listed(self) -> bool:
        """Whether its tree is known to the end, so that it may serve as proof of absence."""
        return self.tree is not None and self.tree.complete

    @property
    def settled(self) -> bool:
        """Whether nothing is left open: listed, gone, or behind a password nobody configured."""
        return self.listed or self.status in (
            ShareStatus.GONE,
            ShareStatus.NEEDS_PASSWORD,
            ShareStatus.UPLOAD_ONLY,
        )


@dataclass(frozen=True, slots=True)
class RememberedShare:
    """What is remembered of a share's tree; the entries themselves are loaded apart from it.

    Attributes:
        share: "host/TOKEN".
        endpoint: the endpoint that told it: what another one says is not compared with it.
        root_file_id, root_etag: of the root; the etag is None where it may not be trusted.
        last_full_walk_at: when everything was last listed without a look at what was remembered.
    """

    share: str
    endpoint: str
    root_file_id: int | None
    root_etag: str | None
    last_full_walk_at: datetime


@dataclass(frozen=True, slots=True)
class RememberedRefusal:
    """A token that the server did not let in, settled by its page: not asked again at once.

    `status` is GONE or NEEDS_PASSWORD.
    """

    share: str
    status: ShareStatus
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class HostKnowledge:
    """What is known of a Nextcloud between runs.

    Attributes:
        host: as in share ids, and the folder in which it lives on that host.
        version: as the server says ("27.0.2"), None when it hides it.
        endpoint: the one that was chosen, for servers that hide their version; None before.
        asked_at: when the version was last asked for.
        infinity_failed_at: when a listing of a whole tree was last refused or cut; None when it
            works or was never tried.
    """

    host: str
    version: str | None
    endpoint: str | None
    asked_at: datetime
    infinity_failed_at: datetime | None = None
