"""What is remembered of shares and hosts between runs; `nextcloud.memory` describes its use.

A tree is stored in parts of a thousand entries: one of a million is written and read as a stream,
at a fifth of the cost of a record per entry.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, count, islice
from typing import TypeAlias

from syncer.model.shares import (
    Holding,
    HostKnowledge,
    RememberedRefusal,
    RememberedShare,
    RemoteFile,
    RemoteFolder,
    ShareTraits,
    ShareTree,
    Suspicion,
)
from syncer.store.database import Database, Records

_SHARE, _REFUSAL, _HOST = "share", "refusal", "host"
_SUSPICION, _HOLDING, _TRAITS = "suspicion", "holding", "traits"

ENTRIES_PER_PART = 1_000

_Row: TypeAlias = tuple[bool, bytes, int | None, int | None, int | None, str | None]
"""Whether it is a folder, path (UTF-8), size, time of change, file id, etag.

A path is stored as bytes, because a str keeps its encoded form too: 150 MB in a tree of a million.
The time is in whole seconds since 1970, as WebDAV gives it.
"""


@dataclass(frozen=True, slots=True)
class _StoredShare:
    share: RememberedShare
    single_file: bool
    mounts: tuple[str, ...] = ()


class ShareStore:
    """The memory of shares, hosts and suspicions, in the state database."""

    def __init__(self, database: Database) -> None:
        """Use an open database."""
        self._database = database

    def load_share(self, share: str) -> RememberedShare | None:
        """Return what is remembered of a share, without its entries; None for nothing."""
        stored = self._database.run(lambda records: records.get(_SHARE, share, _StoredShare), None)
        return None if stored is None else stored.share

    def load_tree(self, share: str) -> ShareTree | None:
        """Return the remembered tree of a share; None without one, and when a part is lost."""
        return self._database.run(lambda records: _read_tree(records, share), None)

    def save_share(self, remembered: RememberedShare, tree: ShareTree) -> None:
        """Replace what is remembered of a share, a refusal included.

        Folders that could not be read are not stored; the walk has removed the etags above them.
        """
        entries = chain[RemoteFile | RemoteFolder](tree.folders, tree.files)
        self.save_entries(remembered, entries, single_file=tree.single_file, mounts=tree.mounts)

    def save_entries(
        self,
        remembered: RememberedShare,
        entries: Iterable[RemoteFile | RemoteFolder],
        *,
        single_file: bool = False,
        mounts: tuple[str, ...] = (),
    ) -> None:
        """Replace what is remembered of a share by a stream of entries.

        `load_tree` returns files and folders in the order of the stream. An error in the stream
        leaves what was remembered before.
        """
        share = remembered.share

        def work(records: Records) -> None:
            _delete_share(records, share)
            records.delete(_REFUSAL, share)
            records.put(_SHARE, [(share, _StoredShare(remembered, single_file, mounts))])
            records.put(_name_tree(share), _make_parts(entries))

        self._database.run(work, None)

    def load_refusal(self, share: str) -> RememberedRefusal | None:
        """Return when a token was last refused; None when it was not, or works again."""
        return self._database.run(
            lambda records: records.get(_REFUSAL, share, RememberedRefusal), None
        )

    def save_refusal(self, refusal: RememberedRefusal) -> None:
        """Remember that a token was refused, and delete its tree."""

        def work(records: Records) -> None:
            _delete_share(records, refusal.share)
            records.put(_REFUSAL, [(refusal.share, refusal)])

        self._database.run(work, None)

    def load_host(self, host: str) -> HostKnowledge | None:
        """Return what is known of a host; None when it was never seen."""
        return self._database.run(lambda records: records.get(_HOST, host, HostKnowledge), None)

    def save_host(self, knowledge: HostKnowledge) -> None:
        """Replace what is known of a host."""
        self._database.run(lambda records: records.put(_HOST, [(knowledge.host, knowledge)]), None)

    def load_suspicions(self) -> dict[str, Suspicion]:
        """Return the shares that looked too empty, by id."""
        return self._database.run(lambda records: dict(records.list(_SUSPICION, Suspicion)), {})

    def save_suspicions(self, suspicions: Iterable[Suspicion]) -> None:
        """Replace all remembered suspicions."""

        def work(records: Records) -> None:
            records.delete(_SUSPICION)
            records.put(_SUSPICION, ((item.share, item) for item in suspicions))

        self._database.run(work, None)

    def load_holdings(self) -> dict[str, tuple[Holding, ...]]:
        """Return what the folders of rows held, by the id of their share."""
        return self._database.run(
            lambda records: {
                share: tuple(holdings) for share, holdings in records.list(_HOLDING, list[Holding])
            },
            {},
        )

    def load_traits(self) -> dict[str, ShareTraits]:
        """Return what public links showed when they were last read, by share."""
        return self._database.run(lambda records: dict(records.list(_TRAITS, ShareTraits)), {})

    def save_traits(self, traits: Mapping[str, ShareTraits]) -> None:
        """Replace what these links showed."""
        self._database.run(lambda records: records.put(_TRAITS, traits.items()), None)

    def save_holdings(self, holdings: Mapping[str, tuple[Holding, ...]]) -> None:
        """Replace what the folders of these shares held."""

        def work(records: Records) -> None:
            for share in holdings:
                records.delete(_HOLDING, share)
            records.put(_HOLDING, ((share, list(held)) for share, held in holdings.items() if held))

        self._database.run(work, None)

    def forget_others(self, named: Collection[str]) -> None:
        """Delete what is remembered of shares that are not named any more."""
        kinds = ((_SHARE, _StoredShare), (_REFUSAL, RememberedRefusal), (_TRAITS, ShareTraits))

        def work(records: Records) -> None:
            known = [
                (kind, share) for kind, type_ in kinds for share, _ in records.list(kind, type_)
            ]
            known += [(_HOLDING, share) for share, _ in records.list(_HOLDING, list[Holding])]
            for kind, share in known:
                if share not in named:
                    records.delete(kind, share)
                    records.delete(_name_tree(share))

        self._database.run(work, None)


def _name_tree(share: str) -> str:
    return f"tree {share}"


def _delete_share(records: Records, share: str) -> None:
    records.delete(_SHARE, share)
    records.delete(_name_tree(share))


def _read_tree(records: Records, share: str) -> ShareTree | None:
    stored = records.get(_SHARE, share, _StoredShare)
    files: list[RemoteFile] = []
    folders: list[RemoteFolder] = []
    times: dict[int, datetime] = {}
    ended = False
    for number, (key, rows) in enumerate(records.list(_name_tree(share), list[_Row])):
        if ended or key != _name_part(number):
            return None
        ended = len(rows) < ENTRIES_PER_PART
        for is_folder, path, size, at, file_id, etag in rows:
            modified_at = _read_time(at, times)
            if is_folder:
                folders.append(RemoteFolder(path.decode(), file_id, etag, modified_at))
            else:
                files.append(RemoteFile(path.decode(), size, modified_at, file_id, etag))
    if stored is None or not ended:
        return None
    return ShareTree(
        tuple(files), tuple(folders), single_file=stored.single_file, mounts=stored.mounts
    )


def _read_time(seconds: int | None, known: dict[int, datetime]) -> datetime | None:
    """Return a time, the same object for the same second, as most files share few times."""
    if seconds is not None and seconds not in known:
        known[seconds] = datetime.fromtimestamp(seconds, UTC)
    return None if seconds is None else known[seconds]


def _make_parts(
    entries: Iterable[RemoteFile | RemoteFolder],
) -> Iterator[tuple[str, list[_Row]]]:
    """Yield a stream of entries in parts; only the last part is shorter, perhaps empty."""
    rows = map(_make_row, entries)
    for number in count():
        part = list(islice(rows, ENTRIES_PER_PART))
        yield _name_part(number), part
        if len(part) < ENTRIES_PER_PART:
            return


def _name_part(number: int) -> str:
    return f"{number:09}"


def _make_row(entry: RemoteFile | RemoteFolder) -> _Row:
    at = None if entry.modified_at is None else int(entry.modified_at.timestamp())
    path = entry.path.encode()
    if isinstance(entry, RemoteFile):
        return False, path, entry.size_bytes, at, entry.file_id, entry.etag
    return True, path, None, at, entry.file_id, entry.etag
