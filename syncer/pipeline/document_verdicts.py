"""The verdicts on the documents of a run: recalled, read from disk, or of what was just fetched."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import BinaryIO

import structlog

from syncer.documents.open_document import open_document
from syncer.model.documents import Document
from syncer.model.shares import RemoteFile, Share, ShareKind, split_share_id
from syncer.pipeline.job import Job
from syncer.pipeline.named_documents import FileKey
from syncer.store.document_copy import DocumentCopy
from syncer.store.document_memory import DocumentStore

# Of the processor, for all documents of a run: tens of thousands of ordinary ones. What is left is
# opened by the next run.
OPEN_LIMIT_S = 1_200.0
# In the XML of all documents of a run, each once: 60 MB, which lxml keeps for good.
MAX_NAMES = 300_000


class Verdicts:
    """What is known of the documents of a run; usable from several threads.

    Attributes:
        known: by share and path. A document whose kind is not opened is in it without a verdict.
        wanted: whether the settings want documents to be opened at all.
    """

    def __init__(self, job: Job, shares: Mapping[str, Share]) -> None:
        """Use the memory of a run."""
        self.known: dict[FileKey, Document] = {}
        self.wanted = job.settings.documents.open is not False
        self._job = job
        self._stop = job.around.stop
        self._shares = shares
        database = job.memory.database
        self._store = None if database is None else DocumentStore(database)
        self._lock = threading.Lock()
        self._names: set[str] = set()
        self._spent_s = 0.0
        self._unopened = 0

    def recall(
        self,
        documents: Mapping[FileKey, RemoteFile],
        copy: DocumentCopy | None,
        ids: Mapping[str, str],
    ) -> None:
        """Recall the verdicts on unchanged documents, and open those that are on disk.

        Args:
            documents: by share and path.
            copy: of the documents; None without one.
            ids: the id of each share in the copy.
        """
        if not self.wanted:
            return
        if self._store is not None and not self._job.options.full:
            self.known |= self._store.recall(
                (share, file) for (share, _), file in documents.items()
            )
        for (share, path), file in documents.items():
            if self._stop.is_set():
                return
            if (share, path) in self.known:
                continue
            try:
                if self._shares[share].kind is ShareKind.LOCAL:
                    self._open_in_folder(share, file)
                elif copy is not None:
                    self._open_in_copy(share, file, copy, ids[share])
            except OSError as error:
                text = error.strerror or type(error).__name__
                structlog.get_logger("syncer").info("document-not-read", path=path, text=text)

    def judge(self, share: str, file: RemoteFile, content: BinaryIO) -> Document:
        """Open a document, and remember the verdict if one is wanted.

        Beyond the limits of the run, and once it is to stop, there is no verdict, and nothing to
        remember.
        """
        with self._lock:
            if self._spent_s >= OPEN_LIMIT_S or len(self._names) > MAX_NAMES:
                self._unopened += 1
                return Document(None)
        began_s = time.thread_time()
        document = open_document(file.name, content, self._names, self._stop.is_set)
        with self._lock:
            self._spent_s += time.thread_time() - began_s
        if document.opens is None and self._stop.is_set():
            return document
        if self.wanted:
            with self._lock:
                self.known[share, file.path] = document
            if self._store is not None:
                self._store.keep(share, file, document)
        return document

    def warn_of_unopened(self) -> None:
        """Log how many documents were beyond the limits of the run."""
        if self._unopened:
            structlog.get_logger("syncer").warning(
                "documents-beyond-limits",
                count=self._unopened,
                text=f"A run opens documents for {OPEN_LIMIT_S:g} s of the processor, and with"
                f" {MAX_NAMES} names in them. The others have no verdict; the next run goes on.",
            )

    def _open_in_folder(self, share: str, file: RemoteFile) -> None:
        """Open a document of a share that is read from a folder, or from a single file."""
        place = self._job.options.share_folders[split_share_id(share).token]
        with (place / file.path if place.is_dir() else place).open("rb") as content:
            self.judge(share, file, content)

    def _open_in_copy(self, share: str, file: RemoteFile, copy: DocumentCopy, name: str) -> None:
        known = copy.find(name, file)
        if known is None:
            return
        # A newer version that was refused lies beside the good one.
        local = known.local if known.refused != file.etag else known.refused_local
        with copy.read(name, local or known.local) as content:
            self.judge(share, file, content)
