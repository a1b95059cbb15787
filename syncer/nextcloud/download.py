"""Files of the shares that a run has read → their content, whole and unchanged, or an error.

At most four requests at a time to one host, over connections of their own. A file is what the
listing showed: an answer with another etag, length or checksum is not that file, and one with
neither etag nor checksum proves nothing.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import BinaryIO
from typing import Protocol as Shape

from syncer.errors import NotFound, Protocol, RemoteError, StoreError, Throttled, Transient
from syncer.model.normal_forms import normalize
from syncer.model.shares import RemoteFile, Share
from syncer.net.deadlines import Patience
from syncer.nextcloud.dav.client import Connections, open_connections
from syncer.nextcloud.host import HOST_WIDE
from syncer.nextcloud.server import DavSource, Endpoint, open_account, open_share
from syncer.nextcloud.targets import HostSettings, ShareTarget
from syncer.surroundings import Surroundings

# 100 MB at 1 Mbit/s; silence ends a request much sooner.
FILE_LIMIT_S = 900.0
# After so many files in a row that did not come, the host is left alone until the next run.
MAX_FAILURES = 3

# Python reads no number of thousands of digits.
_LENGTH = re.compile(r"[0-9]{1,18}")
_CONTENT_RANGE = re.compile(r"bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18})")
_CHECKSUM = re.compile(r"(SHA256|SHA1|MD5):([0-9a-fA-F]{32,64})\b", re.IGNORECASE)


class _Digest(Shape):
    """A hash of `hashlib`."""

    def update(self, data: bytes, /) -> object:
        """Add bytes."""

    def hexdigest(self) -> str:
        """Return the hash of all bytes so far."""


class FileReceiver:
    """Writes the content of one remote file, and proves that it is that file.

    Sources: RFC 9110 sections 13.1.5 and 14 (If-Range, ranges); `OC-Checksum` of Nextcloud.
    """

    def __init__(
        self,
        file: RemoteFile,
        target: BinaryIO,
        on_bytes: Callable[[int], object],
        on_size: Callable[[int], object],
    ) -> None:
        """Write into `target`, an empty file open for reading and writing."""
        self._file = file
        self._target = target
        self._on_bytes = on_bytes
        self._on_size = on_size
        self._digest: _Digest | None = None
        self._checksum = ""
        self._written_bytes = 0
        self._whole_bytes = file.size_bytes

    def list_headers(self) -> Sequence[str]:
        """Ask for the rest, as long as the file is the same; without an etag for everything."""
        if not self._written_bytes or self._file.etag is None:
            return ()
        return (f"Range: bytes={self._written_bytes}-", f"If-Range: {self._file.etag}")

    def begin(self, status: int, headers: Mapping[str, str]) -> int:
        """Check that an answer is of the listed file, and return how many bytes it may have.

        Raises:
            Protocol: it is not.
        """
        etag = headers.get("ETag")
        listed = self._file.etag
        if etag is not None and listed is not None and _strip_etag(etag) != _strip_etag(listed):
            raise Protocol("file-changed")
        if status == 200:
            self._start_again()
        elif status == 206 and self._written_bytes and etag is not None:
            self._check_range(headers.get("Content-Range", ""))
        else:
            raise Protocol("http-status", status=status)
        left = self._find_left(headers.get("Content-Length", ""))
        if self._digest is None:
            self._choose_digest(headers.get("OC-Checksum", ""))
        # Nextcloud always sends one of them; a page of equal length in its place has neither.
        if etag is None and listed is not None and self._digest is None:
            raise Protocol("no-etag")
        return left

    def _check_range(self, text: str) -> None:
        """Raise `Protocol` unless a range begins where the last answer was cut."""
        found = _CONTENT_RANGE.fullmatch(text)
        whole = found[2] if found is not None else None
        if found is None or int(found[1]) != self._written_bytes:
            raise Protocol("wrong-range")
        if self._whole_bytes is not None and whole != str(self._whole_bytes):
            raise Protocol("wrong-range")

    def _find_left(self, length: str) -> int:
        """Return how many bytes are to come; raises `Protocol` if that contradicts the listing."""
        known = int(length) if _LENGTH.fullmatch(length) else None
        if self._whole_bytes is None and known is not None:
            self._whole_bytes = self._written_bytes + known
            self._on_size(self._whole_bytes)
        if self._whole_bytes is None:
            raise Protocol("wrong-length")
        left = self._whole_bytes - self._written_bytes
        if known not in (None, left):
            raise Protocol("wrong-length")
        return left

    def write(self, chunk: bytes) -> None:
        """Write the next bytes.

        Raises:
            StoreError: they cannot be written.
        """
        try:
            self._target.write(chunk)
        except OSError as error:
            raise StoreError(error.strerror or "the disk does not take the file") from error
        self._written_bytes += len(chunk)
        if self._digest is not None:
            self._digest.update(chunk)
        self._on_bytes(len(chunk))

    def end(self) -> None:
        """Check length and checksum of the whole.

        Raises:
            Transient: the answer ended too early; the next try asks for the rest.
            Protocol: the checksum of the server is another one.
        """
        if self._written_bytes != self._whole_bytes:
            raise Transient("connection-cut")
        if self._digest is not None and self._digest.hexdigest() != self._checksum:
            raise Protocol("wrong-checksum")

    def _start_again(self) -> None:
        self._on_bytes(-self._written_bytes)
        try:
            self._target.seek(0)
            self._target.truncate()
        except OSError as error:
            raise StoreError(error.strerror or "the disk does not take the file") from error
        self._written_bytes, self._digest = 0, None

    def _choose_digest(self, sums: str) -> None:
        """Compute the strongest of the checksums that the server gives, if any."""
        given = {name.upper(): value for name, value in _CHECKSUM.findall(sums)}
        for name, make in (("SHA256", hashlib.sha256), ("SHA1", _sha1), ("MD5", _md5)):
            if name in given and not self._written_bytes:
                self._digest, self._checksum = make(), given[name].lower()
                return


def _sha1() -> _Digest:
    return hashlib.sha1(usedforsecurity=False)


def _md5() -> _Digest:
    return hashlib.md5(usedforsecurity=False)


def _strip_etag(etag: str) -> str:
    """Return an etag without the marks that a proxy adds when it compresses."""
    return etag.strip().removeprefix("W/").strip('"').removesuffix("-gzip")


class Downloads:
    """The files of the shares of a run; usable from several threads."""

    def __init__(self, sources: Mapping[str, tuple[DavSource, bool]]) -> None:
        """Use the source of each share, and whether it is of a single file."""
        self._sources = sources
        self._lock = threading.Lock()
        self._closed: dict[str, RemoteError] = {}
        self._failures: dict[str, int] = {}

    def fetch(
        self,
        share: str,
        file: RemoteFile,
        target: BinaryIO,
        on_bytes: Callable[[int], object],
        on_size: Callable[[int], object] = lambda _: None,
    ) -> None:
        """Write a file into `target`, which is open for reading and writing, and empty.

        Args:
            share: id of its share.
            file: as the listing showed it.
            target: complete and checked when this returns.
            on_bytes: called with how many bytes came, negative when a try starts again.
            on_size: called with the size in bytes of a file of which the listing does not say it,
                before its first byte is read. What it raises ends the fetch.

        Raises:
            RemoteError: it could not be read, or is no longer that file.
            StoreError: `target` cannot be written.
        """
        if share not in self._sources:
            raise RemoteError("not-reached")
        source, is_single = self._sources[share]
        host = source.client.get_url("")
        with self._lock:
            closed = self._closed.get(host)
        if closed is not None:
            raise closed
        try:
            # A share of a single file has that file as its root.
            path = None if is_single else file.path
            _receive(source, path, lambda: FileReceiver(file, target, on_bytes, on_size))
        except RemoteError as error:
            self._note(host, error)
            raise
        with self._lock:
            self._failures.pop(host, None)

    def _note(self, host: str, error: RemoteError) -> None:
        """Close a host that throttles us, or does not answer."""
        with self._lock:
            if isinstance(error, Transient):
                self._failures[host] = self._failures.get(host, 0) + 1
            lasting = isinstance(error, Throttled) or error.code in HOST_WIDE
            if lasting or self._failures.get(host, 0) >= MAX_FAILURES:
                self._closed[host] = error


def _receive(source: DavSource, path: str | None, begin: Callable[[], FileReceiver]) -> None:
    """Ask for the listed name; for one that a Mac wrote, in the form that it has there."""
    try:
        source.receive(path, begin())
    except NotFound:
        decomposed = normalize("NFD", path or "")
        if decomposed == (path or ""):
            raise
        source.receive(decomposed, begin())


@contextmanager
def open_downloads(
    targets: Sequence[ShareTarget],
    shares: Mapping[str, Share],
    around: Surroundings,
    *,
    limit_s: float,
    patience: Patience | None = None,
) -> Iterator[Downloads]:
    """Yield the files of those shares that this run has read; nothing is asked before `fetch`.

    Args:
        targets: how to reach each share.
        shares: by id, as the run has read them: their endpoint is known.
        around: those of the run.
        limit_s: everything ends after so many seconds.
        patience: how long to wait for a server; the default is for real ones.
    """
    patience = replace(patience or Patience(), stop=around.stop).within(limit_s)
    patience = replace(patience, answer_s=FILE_LIMIT_S)
    with ExitStack() as stack:
        opened: dict[tuple[str, str], Connections] = {}
        sources: dict[str, tuple[DavSource, bool]] = {}
        for target in targets:
            share = shares.get(target.id)
            if share is None or share.endpoint is None or share.tree is None:
                continue
            key = (target.host.host, target.host.base_url)
            if key not in opened:
                opened[key] = _open_host(target.host, patience, around)
                stack.callback(opened[key].adapter.close)
            source = _open_source(target, share.endpoint, opened[key])
            sources[target.id] = source, share.tree.single_file
        yield Downloads(sources)


def _open_host(settings: HostSettings, patience: Patience, around: Surroundings) -> Connections:
    return open_connections(
        settings.base_url,
        ca_file=settings.ca_file,
        workers=settings.workers,
        patience=patience,
        sleep=around.sleep,
        allow_private=settings.may_be_private,
    )


def _open_source(target: ShareTarget, endpoint: str, connections: Connections) -> DavSource:
    if target.user is not None:
        return open_account(connections, target.user, target.password or "")
    return open_share(connections, Endpoint(endpoint), target.token, target.password)
