"""A server with a share and an account, and all that reading them costs and leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime

from syncer.model.shares import ACCOUNT_NAME, ListingKind, Share, ShareKind
from syncer.model.shares import ShareStatus as Status
from syncer.nextcloud.share_reader import (
    HostSettings,
    ShareTarget,
    confirm_places,
    read_shares,
)
from syncer.store.share_memory import ShareStore
from syncer.surroundings import Surroundings
from tests.cloud.server import CloudServer

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
USER, PASSWORD = "natte", "kode"
FILES = "/public.php/dav/files/T"
MINE = f"/remote.php/dav/files/{USER}"
ALL = "A/a.docx B/b.docx c.docx"


class Visits:
    """Reads shares of a server and tells everything of it."""

    def __init__(self, server: CloudServer, memory: ShareStore) -> None:
        """Begin with an empty memory."""
        self.server = server
        self.cloud = server.cloud
        self.memory = memory
        self.progress: list[tuple[str, int, int]] = []
        self.slept_s: list[float] = []
        self.now = NOW
        self.targets: list[ShareTarget] = []

    def read(
        self,
        *tokens: str,
        password: str | None = None,
        folders: tuple[str, ...] | None = None,
        file_ids: tuple[int, ...] = (),
        full: bool = False,
    ) -> tuple[Share, ...]:
        """Read shares; the account with `ACCOUNT_NAME` for a token."""
        scoped = [ACCOUNT_NAME] if ACCOUNT_NAME in tokens else tokens
        scopes = {} if folders is None else dict.fromkeys(scoped, folders)
        host = HostSettings(
            self.server.host, self.server.base_url, may_be_private=True, workers=1, folders=scopes
        )
        self.targets = [
            ShareTarget(
                f"{self.server.host}/{token}", token, host, None if token == "D" else password,
                USER if token == ACCOUNT_NAME else None, file_ids=file_ids,
                public_url="" if token == ACCOUNT_NAME else "https://sky.example",
            )
            for token in tokens
        ]  # fmt: skip
        return read_shares(self.targets, memory=self.memory, full=full, around=self._look())

    def confirm(self, shares: Sequence[Share], *places: tuple[str, str]) -> tuple[Share, ...]:
        """Look again for places that the shares do not have, each with the token of its share."""
        return confirm_places(
            shares, [(f"{self.server.host}/{token}", path) for token, path in places],
            targets=self.targets, looked_at=self.now, around=self._look(),
        )  # fmt: skip

    def _look(self) -> Surroundings:
        """Return what a look takes from outside; what is told counts from here."""
        self.server.traffic.forget()
        self.progress.clear()
        self.slept_s.clear()
        return Surroundings(
            now=lambda: self.now, sleep=self.slept_s.append,
            on_progress=lambda *told: self.progress.append(told),
        )  # fmt: skip

    def plain(self, share: Share) -> Share:
        """Return a share without its tree as it is on a first night on which all goes well."""
        token = share.id.rpartition("/")[2]
        plain = Share(
            f"{self.server.host}/{token}", ShareKind.PUBLIC, token, "https://sky.example", "new",
            "31.0.4", Status.OK, ListingKind.INFINITY, None, requests=4, last_full_walk_at=NOW,
            writable_by_link=False, has_password=False,
        )  # fmt: skip
        if token == ACCOUNT_NAME:
            plain = replace(
                plain, kind=ShareKind.ACCOUNT, name=self.server.host, endpoint="account",
                base_url=self.server.base_url, listing=ListingKind.DEPTH_1,
                writable_by_link=None, has_password=None,
            )  # fmt: skip
        if share.tree is not None:
            return plain
        return replace(
            plain, listing=ListingKind.NONE, last_full_walk_at=None, writable_by_link=None,
            has_password=None,
        )  # fmt: skip

    def differs(self, share: Share) -> dict[str, object]:
        """Return in what a share is not plain; of its tree the files, then the unread folders."""
        plain = self.plain(share)
        names = [field.name for field in fields(Share) if field.name not in ("seconds", "tree")]
        told: dict[str, object] = {
            name: getattr(share, name)
            for name in names
            if getattr(share, name) != getattr(plain, name)
        }
        if share.tree is not None and (files := " ".join(one.path for one in share.tree.files)):
            told |= {} if files == ALL else {"files": files}
            for one in share.tree.unread:
                told[one.path] = one.reason
        return told

    @property
    def asked(self) -> str:
        """The requests with their statuses; "~" is the root of the share or of the account."""
        told = (
            f"{one.kind.removeprefix('propfind-')} {one.path} {one.status}"
            if one.method == "PROPFIND"
            else f"{one.kind} {one.status}"
            for one in self.server.traffic.served
        )
        return ", ".join(told).replace(FILES, "~").replace(MINE, "~")

    def remembered(self) -> str:
        """Return what is remembered of the share T and of the host."""
        name = f"{self.server.host}/T"
        told = []
        if (share := self.memory.load_share(name)) is not None:
            trusted = "" if share.root_etag is None else " by its etag"
            told.append(f"{share.entries} entries{trusted}, {share.endpoint}")
            assert (share.last_full_walk_at, share.share) == (NOW, name)
        if (refusal := self.memory.load_refusal(name)) is not None:
            told.append(f"{refusal.status}, {refusal.asked_at == NOW}")
        if (host := self.memory.load_host(self.server.host)) is not None:
            assert (host.asked_at, host.infinity_failed_at in (None, NOW)) == (NOW, True)
            in_parts = "" if host.infinity_failed_at is None else ", in parts"
            told.append(f"{host.version} {host.endpoint}{in_parts}")
        return "; ".join(told)
