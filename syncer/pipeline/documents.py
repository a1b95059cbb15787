"""The documents that rows name → their verdicts, and the local copy of them.

Each is fetched and opened once for each change: the verdict is remembered by file id, etag and
size, and with a copy the document itself stays on disk.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

import structlog

from syncer.audit.distrust import Distrust
from syncer.documents.file_kinds import find_kind
from syncer.errors import ConfigError, RemoteError, StoreError
from syncer.model.documents import CopyResult, Document, LeftOut
from syncer.model.shares import RemoteFile, Share, ShareKind
from syncer.nextcloud.download import Downloads, open_downloads
from syncer.pipeline.copy_index import list_index_pages
from syncer.pipeline.copy_update import MB, CopyUpdate
from syncer.pipeline.document_verdicts import Verdicts
from syncer.pipeline.handbook import ReadHandbook
from syncer.pipeline.job import DocumentWork, Job
from syncer.pipeline.manifest import list_pages
from syncer.pipeline.named_documents import FileKey, find_departures, list_documents
from syncer.pipeline.shares import list_targets
from syncer.report.copy_index import IndexFile, IndexPage
from syncer.report.words import Lang
from syncer.store.copy_marker import CopiedFile
from syncer.store.document_copy import DocumentCopy, open_copy
from syncer.store.files import give_back
from syncer.surroundings import Surroundings, find_day

# With the walk and the links a night is over in the 4 hours that its unit gives it.
FETCH_LIMIT_S = 3_600.0
THREADS = 4
# A page of HTML under another name has less; a film is not fetched to find that it is none.
MAX_UNKNOWN_BYTES = 1 << 20

Pending: TypeAlias = Sequence[tuple[str, RemoteFile]]
Take: TypeAlias = Callable[[Downloads, str, RemoteFile, Callable[[int], object]], None]


@dataclass(frozen=True, slots=True)
class DocumentsSeen:
    """What is known of the documents of a run.

    Attributes:
        documents: the verdicts, by share and path.
        copied_at: when the copy of each was fetched.
        left_out: what of the copy is not up to date.
        copy: what was done to the copy; None when none was written or compared.
    """

    documents: Mapping[FileKey, Document] = field(default_factory=dict)
    copied_at: Mapping[FileKey, datetime] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    copy: CopyResult | None = None


def look_at_documents(
    job: Job,
    read: ReadHandbook,
    shares: Mapping[str, Share],
    doubt: Distrust,
    *,
    hidden: Mapping[str, str],
    started_at: datetime,
) -> DocumentsSeen:
    """Open the documents that changed, and bring the copy up to date, as the job says.

    Args:
        job: of the run.
        read: the handbook.
        shares: as the run has read them.
        doubt: the matches, and the shares whose emptiness is not believed.
        hidden: the names of those shares whose token must not be shown.
        started_at: the run's start; its day names the folder of what is removed.

    Raises:
        ConfigError: the folder of the copy is not ours.
        StoreError: the folder of the copy cannot be used at all.
        RunLocked: another run writes that copy.
    """
    settings = job.settings.documents
    if job.options.only == "links" or (settings.open is False and settings.copy is None):
        return DocumentsSeen()
    documents = list_documents(doubt.matches, shares)
    ids = {share: hidden.get(share, share) for share in shares}
    verdicts = Verdicts(job, shares)
    with _open_copy(job) as copy:
        verdicts.recall(documents, copy, ids)
        work = _Work(job, read, shares, doubt, documents, ids, verdicts, started_at)
        if copy is not None and _works_on_copy(job):
            seen = work.update(copy)
        else:
            if _may_fetch(job):
                work.open_remote()
            seen = DocumentsSeen(documents=verdicts.known, copied_at=work.list_times(copy))
        verdicts.warn_of_unopened()
        return seen


@dataclass(frozen=True, slots=True)
class _Work:
    """The documents of a run, and all that is needed to fetch them."""

    job: Job
    read: ReadHandbook
    shares: Mapping[str, Share]
    doubt: Distrust
    documents: Mapping[FileKey, RemoteFile]
    ids: Mapping[str, str]
    verdicts: Verdicts
    started_at: datetime

    @property
    def remote(self) -> dict[FileKey, RemoteFile]:
        """The documents that are not in a local copy of their share."""
        return {
            (share, path): file
            for (share, path), file in self.documents.items()
            if self.shares[share].kind is not ShareKind.LOCAL
        }

    def update(self, copy: DocumentCopy) -> DocumentsSeen:
        """Fetch what the copy lacks, and move what is proven gone; with `--check` only compare."""
        job, writes = self.job, self.job.documents is DocumentWork.FETCH
        update = CopyUpdate(
            copy,
            self.verdicts,
            self.ids,
            job.settings.documents,
            day=find_day(self.started_at, job.settings.schedule.timezone),
            around=job.around,
            writes=writes,
        )
        labels = {share.id: share.label or share.name for share in self.shares.values()}
        pending = update.choose(self.remote, labels)
        if writes:
            for number in self.fetch(pending, update.take):
                update.save_now_and_then(number)
        else:
            update.expect(pending)
        departures = find_departures(
            self.read, job.options, self.shares, self.doubt, self.documents
        )
        update.settle(departures.may_leave)
        if writes:
            update.write_index(self._list_index(copy), Lang(job.settings.output.lang))
            give_back(copy.folder)
        return DocumentsSeen(
            documents=self.verdicts.known,
            copied_at=self.list_times(copy),
            left_out=update.list_left_out(),
            copy=update.sum_up(),
        )

    def open_remote(self) -> None:
        """Fetch the documents without a verdict, open each, and keep none."""
        folder = self.job.memory.folder

        def take(
            downloads: Downloads, share: str, file: RemoteFile, on_bytes: Callable[[int], object]
        ) -> None:
            if self.job.around.stop.is_set():
                return
            try:
                with tempfile.TemporaryFile(dir=folder) as content:
                    downloads.fetch(share, file, content, on_bytes)
                    self.verdicts.judge(share, file, content)
            except (RemoteError, StoreError, OSError) as error:
                reason = getattr(error, "code", type(error).__name__)
                log = structlog.get_logger("syncer")
                log.info("document-not-opened", share=share, path=file.path, reason=reason)

        for _ in self.fetch(self._choose_unopened(), take):
            pass

    def _choose_unopened(self) -> list[tuple[str, RemoteFile]]:
        """Return the documents without a verdict that are worth fetching, within the limits."""
        settings = self.job.settings.documents
        left_bytes = settings.max_total_mb * MB
        chosen: list[tuple[str, RemoteFile]] = []
        for key, file in self.remote.items():
            size_bytes = file.size_bytes or 0
            is_opened = find_kind(file.name) is not None or size_bytes <= MAX_UNKNOWN_BYTES
            # Without an etag it would be fetched every night.
            if key in self.verdicts.known or file.etag is None or not is_opened or not size_bytes:
                continue
            if size_bytes <= min(settings.max_file_mb * MB, left_bytes):
                left_bytes -= size_bytes
                chosen.append((key[0], file))
        return chosen

    def fetch(self, pending: Pending, take: Take) -> Iterator[int]:
        """Fetch documents, a few at a time; yield how many are done, and log a line per share."""
        if not pending:
            return
        progress = _Progress(self.job.around, sum(file.size_bytes or 0 for _, file in pending))
        targets, began = list_targets(self.job, self.read), self.job.around.now()
        with (
            open_downloads(
                targets, self.shares, self.job.around, limit_s=FETCH_LIMIT_S
            ) as downloads,
            ThreadPoolExecutor(THREADS, thread_name_prefix="document") as pool,
        ):

            def work(one: tuple[str, RemoteFile]) -> None:
                take(downloads, *one, progress.add)

            yield from (number for number, _ in enumerate(pool.map(work, pending), 1))
        _log_shares(pending, (self.job.around.now() - began).total_seconds())

    def list_times(self, copy: DocumentCopy | None) -> dict[FileKey, datetime]:
        """Return when the copy of each document was fetched."""
        return {key: known.copied_at for key, known in self._list_copied(copy)}

    def _list_copied(self, copy: DocumentCopy | None) -> Iterator[tuple[FileKey, CopiedFile]]:
        """Yield what the copy has of the documents, up to date or not."""
        for share, path in () if copy is None else self.documents:
            known = None if copy is None else copy.get(self.ids[share], path)
            if known is not None:
                yield (share, path), known

    def _list_index(self, copy: DocumentCopy) -> tuple[IndexPage, ...]:
        files = {
            key: IndexFile(
                local=copy.locate(self.ids[key[0]], known),
                path=key[1],
                size_bytes=known.size_bytes,
                modified_at=self.documents[key].modified_at,
            )
            for key, known in self._list_copied(copy)
        }
        titles = {page.path: page.title or "" for page in list_pages(self.read, None)}
        return list_index_pages(self.read, self.doubt.matches, files, titles)


def _works_on_copy(job: Job) -> bool:
    return job.documents is not DocumentWork.LOCAL and not job.options.offline


def _may_fetch(job: Job) -> bool:
    by_run = job.documents is DocumentWork.FETCH
    return not job.options.offline and (job.settings.documents.open is True or by_run)


@contextmanager
def _open_copy(job: Job) -> Iterator[DocumentCopy | None]:
    """Open the copy of the settings; for an audit, which only reads it, it may be missing."""
    folder = job.settings.documents.copy
    if folder is None:
        yield None
        return
    with ExitStack() as stack:
        copy: DocumentCopy | None = None
        try:
            writes = _works_on_copy(job) and job.documents is DocumentWork.FETCH
            copy = stack.enter_context(open_copy(folder, writes=writes))
        except (ConfigError, StoreError):
            if _works_on_copy(job):
                raise
        yield copy


def _log_shares(pending: Pending, seconds: float) -> None:
    """Log one line per share: what was asked for."""
    for share in sorted({share for share, _ in pending}):
        files = [file for of, file in pending if of == share]
        structlog.get_logger("syncer").info(
            "documents-fetched",
            share=share,
            documents=len(files),
            bytes=sum(file.size_bytes or 0 for file in files),
            seconds=round(seconds, 3),
        )


class _Progress:
    """Adds up the bytes that several threads receive."""

    def __init__(self, around: Surroundings, total_bytes: int) -> None:
        self._around = around
        self._total_bytes = total_bytes
        self._done_bytes = 0
        self._lock = threading.Lock()

    def add(self, count: int) -> None:
        with self._lock:
            self._done_bytes += count
            self._around.on_progress("documents", self._done_bytes, self._total_bytes)
