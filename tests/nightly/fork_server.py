"""Starts one syncer after the other, each in a process that is forked after the imports.

The imports take most of the time of a start. There are no waits between tries. Orders come on
stdin, one JSON object a line: `{"arguments": [...], "env": {...}, "cwd": folder, "patience_s":
number, "data_file": coverage's or null, "fault": kind or null, "at": number}`, for "clock" also
`"clock": file of libfaketime, "shift_s": seconds`. The answer is `{"code": exit code, or minus the
signal, "steps": how many were counted, "out": …, "err": …}`.

Faults, at the step of that number (a step opens, renames, removes or lists a file, opens a
database, starts a program or connects):

- "kill": the process ends as by `kill -9`;
- "SIGTERM", "SIGINT": it gets that signal;
- "disk": the file system says that the disk is full, from then on;
- "network": connections are refused, from then on;
- "clock": it is set, by so many seconds;
- "time": no step, but so many microseconds: the process ends wherever it then is.
"""

from __future__ import annotations

import errno
import json
import os
import random
import select
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from coverage import Coverage

from syncer.cli import main, runs
from syncer.report import html as _html  # noqa: F401
from syncer.report import markdown as _markdown  # noqa: F401
from syncer.report.words import Lang, words_of

_ROOT = Path(__file__).parents[2]
_DISK = frozenset({"open", "os.rename", "os.mkdir", "os.remove", "os.chmod", "tempfile.mkstemp"})
_NETWORK = frozenset({"socket.connect"})
_READ = frozenset({"os.listdir", "os.scandir", "sqlite3.connect", "subprocess.Popen"})
_STEPS = {
    "kill": _DISK | _NETWORK | _READ,
    "SIGTERM": _DISK | _NETWORK | _READ,
    "SIGINT": _DISK | _NETWORK | _READ,
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
        self.over = False
        self.clock, self.shift_s = clock, shift_s

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.over or event not in _STEPS[self.kind] or not self._counts(event, arguments):
            return
        self.steps += 1
        if self.kind == "kill" and self.steps == self.at:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.kind in ("SIGTERM", "SIGINT") and self.steps == self.at:
            os.kill(os.getpid(), signal.Signals[self.kind])
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


def _live(order: dict[str, Any], out: int, err: int, steps: int) -> None:
    """Be one syncer, from its command line to its exit code."""
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    time.tzset()
    random.seed()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out, 1)
    os.dup2(err, 2)
    sys.stdin = os.fdopen(0, "r", encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)
    measured = _measure(order["data_file"])
    fault = _Fault(order["fault"], order["at"], order.get("clock"), order.get("shift_s", 0.0))
    code = 70
    try:
        if order["fault"] == "time":
            signal.setitimer(signal.ITIMER_REAL, order["at"] / 1_000_000)
        sys.addaudithook(fault)
        code = main(order["arguments"])
        fault.over = True  # what measures the coverage saves it
        sys.stdout.flush()
        sys.stderr.flush()
        if measured is not None:
            measured.stop()
            measured.save()
    finally:
        fault.over = True
        os.write(steps, str(fault.steps).encode())
        os._exit(code)


def _measure(data_file: str | None) -> Coverage | None:
    """Start to measure coverage, beside the data file of the test process."""
    if data_file is None:
        return None
    measured = Coverage(data_file, data_suffix=True, config_file=str(_ROOT / "pyproject.toml"))
    measured.start()
    return measured


def _skip_waits(_stop: threading.Event) -> Callable[[float], None]:
    """Replace the wait between two tries: the next one comes at once."""
    return lambda _seconds: None


def _sleep(seconds: Any) -> None:
    threading.Event().wait(seconds)


def _serve() -> None:
    if "FAKETIME_TIMESTAMP_FILE" in os.environ:
        # libfaketime gets the absolute times of clock_nanosleep(2) wrong, of which it is made.
        time.sleep = _sleep
    patch.object(runs, "wait_for", _skip_waits).start()
    words_of(Lang.DA)
    words_of(Lang.EN)
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_fork(json.loads(line))) + "\n")
        sys.stdout.flush()


def _fork(order: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            _live(order, out.fileno(), err.fileno(), writer)
        os.close(writer)
        # The pipe is readable when the child has written its steps or has ended.
        ready, _, _ = select.select([reader], [], [], order["patience_s"])
        if not ready:
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        steps = os.read(reader, 32)
        os.close(reader)
        out.seek(0)
        err.seek(0)
        return {
            "code": os.waitstatus_to_exitcode(status),
            "steps": int(steps or b"0"),
            "out": out.read().decode(),
            "err": err.read().decode("utf-8", "replace"),
        }


if __name__ == "__main__":
    _serve()
