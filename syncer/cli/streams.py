"""Stdout and stderr of the process: closed, full, or without a reader."""

from __future__ import annotations

import io
import os
import select
import signal
import sys
from typing import TYPE_CHECKING

from syncer.errors import StoreError
from syncer.stopping import Stopped

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


def open_streams() -> None:
    """Replace stdout and stderr of the process by streams that fail as the program needs it.

    A result that cannot be written ends the run with one line. A message that cannot be written
    is lost: a full disk below the log must not end a nightly.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            # Closed before the start (`2>&-`): the state database must not get the descriptor.
            null = io.BufferedWriter(io.FileIO(os.devnull, "w"))
            setattr(sys, name, io.TextIOWrapper(null, encoding="utf-8"))
        elif stream is getattr(sys, f"__{name}__") and isinstance(stream, io.TextIOWrapper):
            stream.flush()
            raw = _Stream(stream.fileno(), is_result=name == "stdout")
            opened = io.TextIOWrapper(
                io.BufferedWriter(raw),
                encoding=stream.encoding,
                errors=stream.errors,
                line_buffering=stream.line_buffering,
                write_through=stream.write_through,
            )
            setattr(sys, name, opened)
    # Letters that a terminal's or pipe's encoding lacks become marks, not a traceback.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


class _Stream(io.FileIO):
    """An open descriptor. After a failure it takes everything, and writes nothing."""

    def __init__(self, descriptor: int, *, is_result: bool) -> None:
        super().__init__(descriptor, "w", closefd=False)
        self._is_result = is_result
        self._has_failed = False

    def write(self, content: ReadableBuffer, /) -> int:
        """Write what there is room for; of a stream that does not block, wait for room.

        Raises:
            Stopped, StoreError: the first time that a result cannot be written.
        """
        while not self._has_failed:
            try:
                written = super().write(content)
            except OSError as error:
                self._has_failed = True
                if not self._is_result:
                    break
                if isinstance(error, BrokenPipeError):
                    # The reader (`| head`) is gone. Click would make 1 of the error.
                    raise Stopped(signal.SIGPIPE) from error
                raise StoreError(
                    f"The result cannot be written to stdout: {error.strerror}."
                ) from error
            if written is not None:
                return written
            select.select([], [self], [])
        return memoryview(content).nbytes
