"""What is asked of this room: hosts, shares, and what a run gives to the reading of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Event
from urllib.parse import quote

from syncer.model.shares import ShareKind
from syncer.nextcloud.memory import ShareMemory


@dataclass(frozen=True, slots=True)
class HostSettings:
    """A Nextcloud as the settings name it.

    Attributes:
        host: as in share ids.
        base_url: where to reach it: scheme, host and webroot.
        ca_file: certificates to trust for it instead of the system's.
        workers: how many requests at a time.
        full_walk_every_days: how long etags are believed without a look at everything.
        folders: per token, the folders that alone are walked and are then the scope; an account's
            stand under `ACCOUNT_NAME`.
    """

    host: str
    base_url: str
    ca_file: Path | None = None
    workers: int = 4
    full_walk_every_days: int = 7
    folders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShareTarget:
    """A share to be read; `password` is None where nobody configured one.

    With a `user` it is that account's files: `token` is `ACCOUNT_NAME`, `password` the account's.
    `index_php` tells that the links to it bear `/index.php`.
    """

    id: str
    token: str
    host: HostSettings
    password: str | None = field(default=None, repr=False)
    user: str | None = field(default=None, repr=False)
    index_php: bool = False

    @property
    def kind(self) -> ShareKind:
        """How it is reached."""
        return ShareKind.PUBLIC if self.user is None else ShareKind.ACCOUNT

    @property
    def page(self) -> str:
        """Path of its page below the webroot, quoted: where the handbook sends its readers.

        A server without rewritten addresses has its own 404 for the short form, whatever became of
        the share.
        """
        front = "/index.php" if self.index_php else ""
        return f"{front}/s/{quote(self.token, safe='')}"

    @property
    def name(self) -> str:
        """What to call it while nothing better is known; never by the account."""
        return self.token if self.user is None else self.host.host


@dataclass(frozen=True, slots=True)
class WalkContext:
    """What a run gives to the reading of every host.

    `on_progress` is told the share's id, how many of its folders are listed and how many known.
    """

    memory: ShareMemory | None
    full: bool
    now: Callable[[], datetime]
    stop: Event
    on_progress: Callable[[str, int, int], None]
