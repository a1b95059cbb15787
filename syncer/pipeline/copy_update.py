"""The local copy of a run's documents brought up to date, or compared with the server."""

from __future__ import annotations

import errno
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import BinaryIO

from syncer.config.settings import DocumentsSettings
from syncer.documents.open_document import open_document
from syncer.errors import RemoteError, StoreError
from syncer.model.documents import CopyResult, LeftOut, Opens
from syncer.model.reason import Reason
from syncer.model.shares import RemoteFile
from syncer.nextcloud.dav.answers import explain_error
from syncer.nextcloud.download import Downloads
from syncer.pipeline.document_verdicts import Verdicts
from syncer.pipeline.named_documents import FileKey
from syncer.report.copy_index import IndexPage, render_copy_index, sum_up_index
from syncer.report.words import Lang
from syncer.store.copy_marker import INDEX, CopiedFile
from syncer.store.document_copy import DocumentCopy
from syncer.surroundings import Surroundings

MB = 1_000_000
# Left free for everything else on the disk.
RESERVED_BYTES = 64 * MB
# How many documents a run that is killed may have to fetch again.
_FILES_PER_SAVE = 100
# A new version with one of these verdicts does not replace a good one.
_WRONG_ANSWERS = ("compressed", "too-big", "wrong-checksum", "wrong-length", "wrong-range")
_FULL = (errno.ENOSPC, errno.EDQUOT)
_WORSE = (Opens.DAMAGED, Opens.BLANK, Opens.OTHER_TYPE)


class _LeftOut(Exception):  # noqa: N818 - a limit, not an error
    """A document is left out: it is beyond a limit, or was not opened before the run's stop."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason


class _Room:
    """How many bytes the copy may still have, and the disk take.

    Attributes:
        disk_bytes: None as long as nothing is written.
    """

    def __init__(self, settings: DocumentsSettings) -> None:
        self._settings = settings
        self._copy_bytes = settings.max_total_mb * MB
        self._lock = threading.Lock()
        self.disk_bytes: int | None = None

    def count(self, size_bytes: int) -> Reason | None:
        """Count a document to the copy; return why it does not fit, None if it does."""
        if size_bytes > self._settings.max_file_mb * MB:
            return Reason("copy-file-too-big", {"limit": self._settings.max_file_mb})
        if size_bytes > self._copy_bytes:
            return Reason("copy-too-big", {"limit": self._settings.max_total_mb})
        self._copy_bytes -= size_bytes
        return None

    def reserve(self, size_bytes: int) -> Reason | None:
        """Keep room on the disk for a document; return why there is none, None if there is."""
        if self.disk_bytes is None:
            return None
        if size_bytes > self.disk_bytes:
            return Reason("copy-disk-full")
        self.disk_bytes -= size_bytes
        return None

    @contextmanager
    def admit(self) -> Iterator[Callable[[int], None]]:
        """Yield what counts a document of unknown size; its room is free again if it fails.

        It raises `_LeftOut`, and is called from several threads.
        """
        sizes: list[int] = []

        def count(size_bytes: int) -> None:
            with self._lock:
                reason = self.count(size_bytes)
                if reason is None and (reason := self.reserve(size_bytes)) is not None:
                    self._copy_bytes += size_bytes
            if reason is not None:
                raise _LeftOut(reason)
            sizes.append(size_bytes)

        try:
            yield count
        except BaseException:
            with self._lock:
                self._copy_bytes += sum(sizes)
                if self.disk_bytes is not None:
                    self.disk_bytes += sum(sizes)
            raise


class CopyUpdate:
    """Updates an open copy.

    Args:
        copy: the open copy.
        verdicts: of the run.
        ids: the id of each share in the copy, which shows no secret token.
        settings: the limits.
        day: of the run, which names the folder of what is removed.
        around: those of the run.
        writes: whether anything may be written.
    """

    def __init__(
        self,
        copy: DocumentCopy,
        verdicts: Verdicts,
        ids: Mapping[str, str],
        settings: DocumentsSettings,
        *,
        day: date,
        around: Surroundings,
        writes: bool,
    ) -> None:
        """Prepare without touching anything."""
        self._copy = copy
        self._verdicts = verdicts
        self._ids = ids
        self._settings = settings
        self._day = day
        self._around = around
        self._writes = writes
        self._left_out: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._reasons: dict[tuple[str, str], Reason] = {}
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._is_full = False
        self._room = _Room(settings)

    def choose(
        self, documents: Mapping[FileKey, RemoteFile], labels: Mapping[str, str]
    ) -> list[tuple[str, RemoteFile]]:
        """Return what must be fetched, within the limits, in order; the rest is left out.

        `labels` has a name for the folder of each share.
        """
        known = len(self._copy.shares)
        if self._writes:
            self._room.disk_bytes = self._copy.free_bytes - RESERVED_BYTES
        moved = self._index_by_id(documents)
        pending: list[tuple[str, RemoteFile]] = []
        for (share, path), file in documents.items():
            found = self._copy.find(self._ids[share], file)
            size_bytes = file.size_bytes
            if size_bytes is None:
                # Of what must be fetched the answer says it: see `_Room.admit`.
                size_bytes = 0 if found is None else found.size_bytes
            reason = self._room.count(size_bytes)
            if reason is not None:
                self.leave_out(share, path, reason)
                continue
            if found is not None:
                self._counts["unchanged"] += 1
                continue
            if self._writes:
                self._copy.add_share(self._ids[share], labels[share])
            old = moved.get((self._ids[share], file.file_id, file.etag))
            if old is not None and self._adopt(share, file, old):
                continue
            reason = self._room.reserve(size_bytes)
            if reason is not None:
                self.leave_out(share, path, reason)
                continue
            pending.append((share, file))
        if len(self._copy.shares) > known:
            self._save()
        return pending

    def expect(self, pending: list[tuple[str, RemoteFile]]) -> None:
        """Count what would be fetched, without fetching it."""
        self._counts["fetched"] += len(pending)
        self._counts["fetched_bytes"] += sum(file.size_bytes or 0 for _, file in pending)

    def take(
        self, downloads: Downloads, share: str, file: RemoteFile, on_bytes: Callable[[int], object]
    ) -> None:
        """Fetch one document; what goes wrong concerns that document alone."""
        if self._is_full:
            self.leave_out(share, file.path, Reason("copy-disk-full"))
            return
        if self._around.stop.is_set():
            self.leave_out(share, file.path, Reason("run-stopped"))
            return
        try:
            self._fetch(downloads, share, file, on_bytes)
        except _LeftOut as error:
            self.leave_out(share, file.path, error.reason)
        except RemoteError as error:
            self.leave_out(share, file.path, explain_fetch(error))
        except StoreError as error:
            # What is in the way of one document is not in the way of the next.
            self._is_full |= getattr(error.__cause__, "errno", None) in _FULL
            self.leave_out(share, file.path, self._explain(error, self._ids[share], file.path))

    def save_now_and_then(self, number: int) -> None:
        """Write the marker after every hundredth document."""
        if number % _FILES_PER_SAVE == 0:
            self._save()

    def settle(self, may_leave: Callable[[str, str], bool]) -> None:
        """Move what is proven gone out of the copy, and write its marker.

        `may_leave` is asked for each document of the copy, with the id of its share in the run.
        """
        real = {shown: share for share, shown in self._ids.items()}
        for shown in self._copy.shares:
            for path in self._copy.list_files(shown):
                if may_leave(real.get(shown, shown), path):
                    self._counts["removed"] += 1
                    if self._writes:
                        self._retire(shown, path)
        if self._writes:
            self._copy.purge(self._day - timedelta(days=self._settings.keep_removed_days))
            self._save()

    def write_index(self, pages: Sequence[IndexPage], lang: Lang) -> None:
        """Write the index, unless it is the same already."""
        if sum_up_index(pages, lang).encode() in self._copy.read_start(INDEX):
            return
        try:
            self._copy.write_file(INDEX, render_copy_index(pages, lang=lang).encode("utf-8"))
        except StoreError:
            is_folder = (self._copy.folder / INDEX).is_dir()
            self._note_no_file(
                Reason("copy-place-taken", {"folder_there": INDEX})
                if is_folder
                else Reason("copy-disk-full")
            )

    def leave_out(self, share: str, path: str, reason: Reason) -> None:
        """Note a document that is not up to date."""
        with self._lock:
            self._reasons.setdefault((share, reason.code), reason)
            self._left_out[share, reason.code].append(path)

    def list_left_out(self) -> tuple[LeftOut, ...]:
        """Return what is not up to date, by share and reason."""
        return tuple(
            LeftOut(share, tuple(sorted(paths)), self._reasons[share, code])
            for (share, code), paths in sorted(self._left_out.items())
        )

    def sum_up(self) -> CopyResult:
        """Return what was done."""
        refused = sum(
            one.refused is not None
            for share in self._copy.shares
            for one in self._copy.list_files(share).values()
        )
        return CopyResult(
            fetched=self._counts["fetched"],
            fetched_bytes=self._counts["fetched_bytes"],
            unchanged=self._counts["unchanged"],
            removed=self._counts["removed"],
            refused=refused,
            left_out=sum(map(len, self._left_out.values())),
        )

    def _index_by_id(
        self, documents: Mapping[FileKey, RemoteFile]
    ) -> dict[tuple[str, int | None, str | None], CopiedFile]:
        """Return the copies that no document of this run has at its own path, by id and etag."""
        own = {(self._ids[share], path) for share, path in documents}
        return {
            (shown, known.file_id, known.etag): known
            for shown in self._copy.shares
            for path, known in self._copy.list_files(shown).items()
            if (shown, path) not in own and known.file_id is not None and known.etag is not None
        }

    def _adopt(self, share: str, file: RemoteFile, old: CopiedFile) -> bool:
        """Use the copy at the place that a moved document had before; return whether it did."""
        if file.size_bytes != old.size_bytes or not self._copy.is_whole(self._ids[share], old):
            return False
        if not self._writes:
            return False
        try:
            self._copy.adopt(self._ids[share], file, old)
        except StoreError:
            return False
        self._counts["unchanged"] += 1
        return True

    def _fetch(
        self, downloads: Downloads, share: str, file: RemoteFile, on_bytes: Callable[[int], object]
    ) -> None:
        shown = self._ids[share]
        with (
            self._room.admit() as on_size,
            self._copy.write(shown, file, self._around.now()) as new,
        ):
            downloads.fetch(share, file, new.content, on_bytes, on_size)
            size_bytes = new.measure()
            better = self._find_better(share, file, new.content)
            if better is None:
                new.put_in_place(day=self._day)
            else:
                new.put_beside(better, day=self._day)
        with self._lock:
            self._counts["fetched"] += 1
            self._counts["fetched_bytes"] += size_bytes

    def _find_better(self, share: str, file: RemoteFile, content: BinaryIO) -> CopiedFile | None:
        """Judge a new version; return the one that is there if it must stay, else None.

        Raises:
            _LeftOut: the run stopped before it was opened, and nobody knows.
        """
        shown = self._ids[share]
        before = self._copy.get(shown, file.path)
        if before is None and not self._verdicts.wanted:
            return None
        opens = self._verdicts.judge(share, file, content).opens
        if before is None:
            return None
        if opens is None and self._around.stop.is_set():
            raise _LeftOut(Reason("run-stopped"))
        return before if opens in _WORSE and self._is_good(shown, before) else None

    def _is_good(self, shown: str, known: CopiedFile) -> bool:
        """Return whether a document of the copy is whole, and opens as far as we know."""
        if not self._copy.is_whole(shown, known):
            return False
        try:
            with self._copy.read(shown, known.local) as content:
                stop = self._around.stop.is_set
                return open_document(known.local, content, stop=stop).opens not in _WORSE
        except OSError:
            return False

    def _retire(self, shown: str, path: str) -> None:
        try:
            self._copy.retire(shown, path, self._day)
        except StoreError as error:
            self.leave_out(shown, path, self._explain(error, shown, path))

    def _explain(self, error: StoreError, shown: str, path: str) -> Reason:
        """Return why a document could not be written, or moved to `.removed`."""
        if getattr(error.__cause__, "errno", None) not in _FULL:
            found = self._copy.find_in_the_way(shown, path, self._day)
            if found is not None:
                return Reason("copy-place-taken", {f"{found[0]}_there": found[1]})
        return Reason("copy-disk-full")

    def _save(self) -> None:
        """Write the marker; without it the next run fetches again what this one fetched."""
        try:
            self._copy.save()
        except StoreError:
            self._is_full = True
            self._note_no_file(Reason("copy-disk-full"))

    def _note_no_file(self, reason: Reason) -> None:
        """Note that a file of our own could not be written, with the first share."""
        for share in list(self._ids)[:1]:
            self.leave_out(share, "", reason)


def explain_fetch(error: RemoteError) -> Reason:
    """Return why a document could not be fetched."""
    if error.code in ("file-changed", "not-found"):
        return Reason("copy-file-changed")
    if error.code == "no-etag":
        return Reason("copy-unproven")
    if error.code in _WRONG_ANSWERS:
        return Reason("copy-wrong-answer")
    return explain_error(error)
