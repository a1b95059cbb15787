"""What ends the opening of a document, and the bounded stream that it is read from."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# A document of 100 MB is read in about 5,000 pieces; a parser that goes in circles in many more.
MAX_READS = 2_000_000


class Broken(Exception):  # noqa: N818 - a verdict
    """The document is damaged.

    Attributes:
        code: of the reason.
        part: the part concerned, None for the document as a whole.
    """

    def __init__(self, code: str, part: str | None = None) -> None:
        """Store the reason."""
        super().__init__(code)
        self.code = code
        self.part = part


class Locked(Exception):  # noqa: N818 - a verdict
    """The document opens only with a password."""


class OverLimit(Exception):  # noqa: N818 - no verdict
    """Judging the document would exceed a bound of ours, so that there is no verdict."""


def never() -> bool:
    """Return False: the stop of an opening that nobody ends early."""
    return False


class BoundedReader(io.RawIOBase):
    """The content of a document, with bounds on each read and on their number.

    Attributes:
        is_over: whether a bound was exceeded; a parser may have swallowed the exception.
    """

    def __init__(
        self, content: BinaryIO, *, max_read_bytes: int, stop: Callable[[], bool] = never
    ) -> None:
        """Read `content`, which must be seekable, from its start, until `stop` returns True."""
        self._content = content
        self._stop = stop
        self._max_read_bytes = max_read_bytes
        self._reads = 0
        self.size_bytes = content.seek(0, io.SEEK_END)
        self.is_over = False
        content.seek(0)

    def readable(self) -> bool:
        """Return True, as `io` expects of a stream that can be read."""
        return True

    def seekable(self) -> bool:
        """Return True: parsers jump."""
        return True

    def tell(self) -> int:
        """Return the place of the next byte."""
        return self._content.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        return self._content.seek(offset, whence)

    def read(self, size: int | None = -1, /) -> bytes:
        """Return up to `size` bytes, all that are left for a negative number.

        Raises:
            OverLimit: that is too much at once, there were too many reads, or it is to stop.
        """
        self.check_stop()
        left = max(self.size_bytes - self._content.tell(), 0)
        wanted = left if size is None or size < 0 else min(size, left)
        self._reads += 1
        if wanted > self._max_read_bytes or self._reads > MAX_READS:
            self.is_over = True
        if self.is_over:
            raise OverLimit
        return self._content.read(wanted)

    def check_stop(self) -> None:
        """Raise `OverLimit`, as each read does, when the opening is to stop; called in loops."""
        if self._stop():
            self.is_over = True
            raise OverLimit

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Read into a buffer."""
        view = memoryview(buffer).cast("B")
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)
