"""The inputs of a walk: hosts, shares, and what a run provides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from syncer.model.shares import ShareKind
from syncer.net.deadlines import Patience
from syncer.nextcloud.budget import RunBudget
from syncer.nextcloud.memory import ShareMemory
from syncer.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class HostSettings:
    """A Nextcloud and how to reach it.

    Attributes:
        host: as in share ids.
        base_url: scheme, host and webroot of every request.
        may_be_private: whether it may be on a private address, since the settings name it.
        ca_file: certificates to trust instead of the built-in list.
        workers: how many requests at a time.
        full_walk_every_days: how long etags are believed without a full walk.
        folders: per token, the folders that alone are walked and are then the scope; those of an
            account have the key `ACCOUNT_NAME`.
        account: user and app password of the account that the settings name; None without one.
    """

    host: str
    base_url: str
    may_be_private: bool = False
    ca_file: Path | None = None
    workers: int = 4
    full_walk_every_days: int = 7
    folders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    account: tuple[str, str] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ShareTarget:
    """A share to read; `password` is None where none is configured.

    With a `user` it is that account's files: `token` is `ACCOUNT_NAME`, `password` the account's.
    `index_php` is true when the links to it have `/index.php`. `public_url` is the address of its
    Nextcloud for people; "" for that of the requests. `file_ids` are those of links behind the
    login, which an account can look up.
    """

    id: str
    token: str
    host: HostSettings
    password: str | None = field(default=None, repr=False)
    user: str | None = field(default=None, repr=False)
    index_php: bool = False
    public_url: str = ""
    file_ids: tuple[int, ...] = ()

    @property
    def kind(self) -> ShareKind:
        """How it is reached."""
        return ShareKind.PUBLIC if self.user is None else ShareKind.ACCOUNT

    @property
    def page(self) -> str:
        """Path of its page below the webroot, quoted, in the form that the handbook uses.

        A server without rewritten addresses answers 404 for the short form of any share.
        """
        front = "/index.php" if self.index_php else ""
        return f"{front}/s/{quote(self.token, safe='')}"

    @property
    def name(self) -> str:
        """A name until a better one is known; never that of the account."""
        return self.token if self.user is None else self.host.host


@dataclass(frozen=True, slots=True)
class WalkContext:
    """What all hosts of a run share.

    Attributes:
        full: ignores the memory.
        note_share: called after each share, from several threads.
        budget: of all shares.
    """

    memory: ShareMemory | None
    full: bool
    around: Surroundings
    patience: Patience
    note_share: Callable[[], None]
    budget: RunBudget
