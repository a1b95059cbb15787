"""Shares: their files and folders, and how much of them is known."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from syncer.model.reason import Reason

HIDDEN_MARK = "…"
"""Part of the name that replaces a secret token; no token can contain it."""

ACCOUNT_NAME = "@account"
"""Replaces the token in the share id of an account; no token can contain it."""

_SHOWN = 4
_DIGITS = 6
# The start of a shorter token would reveal too much of it.
_SHORTEST_SHOWN = 8
_DAYS_TO_BELIEVE = 3


class ShareIdParts(NamedTuple):
    """The parts of a share id, "host[/webroot]/TOKEN"; `webroot` is "" or begins with a slash."""

    host: str
    webroot: str
    token: str

    @property
    def cloud(self) -> str:
        """The Nextcloud: everything before the token. File ids are unique per Nextcloud."""
        return self.host + self.webroot


def split_share_id(share: str) -> ShareIdParts:
    """Split a share id; the inverse of `join_share_id`."""
    cloud, _, token = share.rpartition("/")
    host, slash, webroot = cloud.partition("/")
    return ShareIdParts(host, slash + webroot, token)


def join_share_id(cloud: str, token: str) -> str:
    """Return the id of a share on a Nextcloud ("host" or "host/webroot")."""
    return f"{cloud}/{token}"


def name_account(cloud: str) -> str:
    """Return the share id of an account's files on a Nextcloud; it does not reveal the account."""
    return join_share_id(cloud, ACCOUNT_NAME)


def name_token(token: str) -> str:
    """Return a stable name for a secret token: its start, `HIDDEN_MARK` and a hash.

    `ACCOUNT_NAME` is not secret and is returned unchanged.
    """
    if token == ACCOUNT_NAME:
        return token
    begin = token[:_SHOWN] if len(token) >= _SHORTEST_SHOWN else ""
    return f"{begin}{HIDDEN_MARK}{hashlib.sha256(token.encode()).hexdigest()[:_DIGITS]}"


def hide_token(share: str) -> str:
    """Return a share id with the name of its token in place of the token."""
    parts = split_share_id(share)
    return join_share_id(parts.cloud, name_token(parts.token))


class ShareKind(StrEnum):
    """How a share is reached."""

    PUBLIC = "public"
    ACCOUNT = "account"
    LOCAL = "local"


class ShareStatus(StrEnum):
    """The state of a share after this run."""

    OK = "ok"
    GONE = "gone"
    """Asked twice; the server denied the share, or the folder that it shared."""
    NEEDS_PASSWORD = "needs-password"  # noqa: S105 - a status, not a password
    UPLOAD_ONLY = "upload-only"
    THROTTLED = "throttled"
    UNREADABLE = "unreadable"
    """The look failed (network, server, parser) and proves nothing."""
    UNCHECKED = "unchecked"


class ListingKind(StrEnum):
    """How a share's tree was obtained in this run."""

    UNCHANGED = "unchanged"
    CHANGED_PARTS = "changed-parts"
    INFINITY = "infinity"
    DEPTH_1 = "depth-1"
    LOCAL = "local"
    NONE = "none"


FULL_WALKS = (ListingKind.INFINITY, ListingKind.DEPTH_1)
"""The listings that use nothing remembered."""


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file of a share. `etag` is verbatim; values that the server omits are None."""

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
        """Path of the folder that contains it; "" for the root."""
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


SUDDENLY_EMPTY = "folder-suddenly-empty"
"""The reason of a folder whose emptiness is not believed yet."""


@dataclass(frozen=True, slots=True)
class UnreadFolder:
    """An existing folder that could not be listed: nothing below it is known.

    Or one whose sudden emptiness is not believed, for the reason `SUDDENLY_EMPTY`.
    """

    path: str
    reason: Reason

    def explain(self) -> Reason:
        """Return why a verdict that depends on the folder is open."""
        args = {**self.reason.args, "folder": self.path}
        if self.reason.code == SUDDENLY_EMPTY:
            return Reason(SUDDENLY_EMPTY, args)
        return Reason("folder-not-read", {**args, "because": self.reason.code})


@dataclass(frozen=True, slots=True)
class ShareTree:
    """The files of a share.

    Attributes:
        files: by path, unique. A single-file share has that file, under its own name.
        folders: by path, the root ("") first; none for a single-file share.
        unread: by path. Empty means that everything below the root was listed completely, in
            this run or under an unchanged etag: only then may anything be denied
            (`docs/design.md` rule 1).
        single_file: whether the share is of one file.
        mounts: by path: the folders, without the root, at which another storage begins.
    """

    files: tuple[RemoteFile, ...]
    folders: tuple[RemoteFolder, ...]
    unread: tuple[UnreadFolder, ...] = ()
    single_file: bool = False
    mounts: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether absence from this tree proves absence from the share."""
        return not self.unread

    @property
    def entry_count(self) -> int:
        """The number of files and folders."""
        return len(self.files) + len(self.folders)


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the run, read or not.

    Attributes:
        id: "host[/webroot]/TOKEN"; for an account `name_account`.
        name: for people: the folder's name where known, else the token; an account's host.
        base_url: scheme, host and webroot as people reach it; "" for a share that is known only
            from a local copy.
        endpoint: "legacy", "new" or "account"; None when none was asked.
        server_version: as the server reports it ("27.0.2"), None when unknown.
        reason: explains every status but OK.
        tree: None unless the status is OK.
        requests, seconds: HTTP requests and time that this share took in this run; time does not
            count in comparisons.
        writable_by_link: whether anyone with the link can change the files; None when unknown.
        gone_places: folders that rows or links name and that two looks, apart in time, did not
            find in a live share: proven gone. For an account: gone, or not shared with it.
        found_places: folders that only the second look found: outside of `scope`, or new.
        scope: the only folders that were walked, as the settings name them; () for everything.
        label: what the handbook calls it, never its token; None when it has no words for it.
        expires_on: the day on which its link ends; None when it does not end, or unknown.
        has_password: whether its link asks for one; None when unknown.
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
    label: str | None = None
    expires_on: date | None = None
    has_password: bool | None = None
    seconds: float = field(default=0.0, compare=False)

    @property
    def listed(self) -> bool:
        """Whether its tree is complete and can prove absence."""
        return self.tree is not None and self.tree.complete

    @property
    def conclusive(self) -> bool:
        """Whether the look is final: listed, gone, or refused for a reason that we know."""
        return self.listed or self.status in (
            ShareStatus.GONE,
            ShareStatus.NEEDS_PASSWORD,
            ShareStatus.UPLOAD_ONLY,
        )


@dataclass(frozen=True, slots=True)
class RememberedShare:
    """What is remembered of a share's tree; its entries are loaded separately.

    Attributes:
        share: "host[/webroot]/TOKEN".
        endpoint: where it was read; answers of another endpoint are not comparable.
        root_file_id, root_etag: of the root; the etag is None where it must not be trusted.
        last_full_walk_at: the last listing of everything that used nothing remembered.
        entries: how many files and folders the tree has.
        rules: those that read it; None before there were any in the memory.
    """

    share: str
    endpoint: str
    root_file_id: int | None
    root_etag: str | None
    last_full_walk_at: datetime
    entries: int = 0
    rules: int | None = None


@dataclass(frozen=True, slots=True)
class RememberedRefusal:
    """A token that the server refused, proven by its page: not asked again at once.

    `status` is GONE or NEEDS_PASSWORD; `rules` are those that proved it, None before there were any
    in the memory.
    """

    share: str
    status: ShareStatus
    asked_at: datetime
    rules: int | None = None


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A share, or a folder in it, that looked too empty (`docs/design.md` rule 3).

    Attributes:
        share: its id.
        answer: fingerprint of the loss; another one restarts the count.
        days: on which a full walk gave that answer, ascending, each once.
        accepted: confirmed by a person (`--full --accept-empty`).
    """

    share: str
    answer: str
    days: tuple[date, ...]
    accepted: bool = False

    @property
    def believed(self) -> bool:
        """Whether the answer counts as true."""
        return self.accepted or len(self.days) >= _DAYS_TO_BELIEVE


@dataclass(frozen=True, slots=True)
class ShareTraits:
    """What a public link showed when it was last read; None for what was never seen.

    Attributes:
        share: its id.
        root_id: the file id of the shared folder or file.
        has_password: whether it asks for a password.
        upload_only: whether it is a file drop.
        change: the reason code of its last change.
        changed_on: the day on which that was seen.
    """

    share: str
    root_id: int | None = None
    has_password: bool | None = None
    upload_only: bool | None = None
    change: str | None = None
    changed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """What a folder of a share held when that was last certain.

    Attributes:
        path: never the root.
        mount: whether a storage of its own began there.
        files: their number, at any depth.
        file_ids: of the first of them, by path; () where the server gave none.
        doubt: set while it looks empty and that is not believed.
    """

    path: str
    mount: bool
    files: int
    file_ids: tuple[int, ...] = ()
    doubt: Suspicion | None = None


@dataclass(frozen=True, slots=True)
class HostKnowledge:
    """What is known of a Nextcloud between runs.

    Attributes:
        host: as in share ids, with the webroot.
        version: as the server reports it ("27.0.2"), None when hidden.
        endpoint: the working one, for servers that hide their version; None before it is found.
        asked_at: when the version was last asked for.
        infinity_failed_at: when a listing of a whole tree was last refused or cut; None when it
            works or was never tried.
    """

    host: str
    version: str | None
    endpoint: str | None
    asked_at: datetime
    infinity_failed_at: datetime | None = None
