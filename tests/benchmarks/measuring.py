"""A command, run to its end: how long, how much memory, and what it said; and tables of that."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from syncer.log import set_up_log
from syncer.redact import Redactor

_POLL_S = 0.003
_KB_PER_MB = 1_000_000 / 1024


@dataclass(frozen=True, slots=True)
class Measured:
    """A command that has ended.

    Attributes:
        wall_s: from its start to its end, an interpreter's start too.
        peak_mb: the most memory that it held at a time, in millions of bytes.
        failed: whether it said so.
        told: the last line that it printed, where that is JSON; {} otherwise.
    """

    wall_s: float
    peak_mb: float
    failed: bool
    told: dict[str, Any]


def run(*command: str, timeout_s: float = 900) -> Measured:
    """Run a command, alone; its peak is read from the kernel's own account of it.

    `ru_maxrss` would do no harm to fewer readers, but a child begins with that of its parent.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        began_s = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
        status = Path(f"/proc/{process.pid}/status")
        peak_kb = 0
        while process.poll() is None:
            peak_kb = max(peak_kb, _read_peak_kb(status))
            if time.perf_counter() - began_s > timeout_s:
                process.kill()
            time.sleep(_POLL_S)
        wall_s = time.perf_counter() - began_s
        output.seek(0)
        return Measured(wall_s, peak_kb / _KB_PER_MB, process.returncode != 0, _read_json(output))


def run_walker(*words: str) -> Measured:
    """Run one of `walkers`."""
    return run(sys.executable, "-m", "tests.benchmarks.walkers", *words)


def take_best(*measured: Measured) -> Measured:
    """Return the quickest: what else the machine did is not what is measured."""
    return min(measured, key=lambda one: one.wall_s)


def keep_quiet() -> None:
    """Log warnings alone, to stderr: what is printed here is the benchmark's own."""
    set_up_log(verbosity=0, redactor=Redactor())


def write_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table: the first column to the left, numbers to the right."""
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]
    for row in (header, *rows):
        first, *others = (
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        write("  ".join([first, *others]).rstrip())


def write_target(target: str, measured: str, *, met: bool) -> bool:
    """Print a target, what came of it, and return whether it was met."""
    write(f"{'met   ' if met else 'MISSED'}  {target}: {measured}")
    return met


def write(line: str = "") -> None:
    """Print a line at once: a benchmark takes its time."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _read_peak_kb(status: Path) -> int:
    try:
        text = status.read_text("ascii", "replace")
    except OSError:
        return 0
    line = text.partition("VmHWM:")[2].partition("kB")[0].strip()
    return int(line) if line else 0


def _read_json(output: Any) -> dict[str, Any]:
    try:
        told = json.loads(output.read().strip().rpartition("\n")[2])
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
