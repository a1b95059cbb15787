"""Starts one syncer after the other, each a process of its own, without paying for its imports.

Told on stdin, one JSON object a line: `{"arguments": [...], "fault": kind or null, "at": number}`,
for "clock" also `"clock": file of libfaketime, "shift_s": seconds`.
Answers `{"code": exit code, or minus the signal, "steps": how many were counted, "said": stderr}`.

Faults, at the step of that number (a step opens, renames, removes or lists a file, opens a
database, starts a program or connects):

- "kill": the process ends as by `kill -9`;
- "disk": the file system says that the disk is full, from then on;
- "network": connections are refused, from then on;
- "clock": it is set, by so many seconds;
- "time": no step, but so many microseconds: the process ends wherever it then is.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from syncer.cli import main
from syncer.cli import runs as _runs  # noqa: F401 - loaded here once for every child
from syncer.report import html as _html  # noqa: F401
from syncer.report import markdown as _markdown  # noqa: F401
from syncer.report.words import Lang, words_of

_DISK = frozenset({"open", "os.rename", "os.mkdir", "os.remove", "os.chmod", "tempfile.mkstemp"})
_NETWORK = frozenset({"socket.connect"})
_READ = frozenset({"os.listdir", "os.scandir", "sqlite3.connect", "subprocess.Popen"})
_STEPS = {
    "kill": _DISK | _NETWORK | _READ,
    "disk": _DISK,
    "network": _NETWORK,
    "clock": _DISK | _NETWORK | _READ,
    "time": frozenset[str](),
    None: _DISK | _NETWORK | _READ,
}
# Devices and the libraries' own files are on no disk that gets full.
_NO_DISK = ("/dev/", "/proc/", "/etc/", "/usr/", sys.prefix, sys.base_prefix)


class _Fault:
    """Counts steps, and does its worst at one of them."""

    def __init__(self, kind: str | None, at: int, clock: str | None, shift_s: float) -> None:
        self.kind, self.at, self.steps = kind, at, 0
        self.clock, self.shift_s = clock, shift_s

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in _STEPS[self.kind] or not self._counts(event, arguments):
            return
        self.steps += 1
        if self.kind == "kill" and self.steps == self.at:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.steps == self.at and self.kind == "clock" and self.clock is not None:
            self.kind = None  # setting it opens a file too
            part = Path(self.clock).with_suffix(".part")
            part.write_text(f"{self.shift_s:+.3f}", encoding="ascii")
            part.replace(self.clock)
        if self.steps >= self.at and self.kind == "disk":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(arguments[0]))
        if self.steps >= self.at and self.kind == "network":
            raise ConnectionRefusedError(errno.ECONNREFUSED, os.strerror(errno.ECONNREFUSED))

    def _counts(self, event: str, arguments: tuple[Any, ...]) -> bool:
        if event != "open":
            return True
        path, _, flags = arguments
        if isinstance(path, int):
            # A file that was just made or emptied is about to be written: the worst of moments.
            return self.kind != "disk"
        if str(path).startswith(_NO_DISK):
            return False
        writes = bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
        return writes or self.kind != "disk"


def _live(order: dict[str, Any], said: int, steps: int) -> None:
    """Be one syncer, from its command line to its exit code."""
    os.dup2(said, 2)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
    fault = _Fault(order["fault"], order["at"], order.get("clock"), order.get("shift_s", 0.0))
    code = 70
    try:
        if order["fault"] == "time":
            signal.setitimer(signal.ITIMER_REAL, order["at"] / 1_000_000)
        sys.addaudithook(fault)
        code = main(order["arguments"])
        sys.stderr.flush()
    finally:
        fault.kind = None
        os.write(steps, str(fault.steps).encode())
        os._exit(code)


def _sleep(seconds: Any) -> None:
    threading.Event().wait(seconds)


def _serve() -> None:
    if "FAKETIME_TIMESTAMP_FILE" in os.environ:
        # libfaketime gets the absolute times of clock_nanosleep(2) wrong, of which it is made.
        time.sleep = _sleep
    words_of(Lang.DA)
    words_of(Lang.EN)
    for line in sys.stdin:
        order = json.loads(line)
        with tempfile.TemporaryFile() as said:
            reader, writer = os.pipe()
            child = os.fork()
            if child == 0:
                _live(order, said.fileno(), writer)
            os.close(writer)
            _, status = os.waitpid(child, 0)
            steps = os.read(reader, 32)
            os.close(reader)
            said.seek(0)
            answer = {
                "code": os.waitstatus_to_exitcode(status),
                "steps": int(steps or b"0"),
                "said": said.read().decode("utf-8", "replace"),
            }
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
