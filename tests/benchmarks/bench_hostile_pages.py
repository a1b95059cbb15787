"""How long reading a page takes that was written to take long; `make bench` runs it.

Each kind of `tests/security/hostile_pages.py` in five sizes: the processor's time, the better of
two readings. A page that needs more steps than its size allows is refused, marked with `!`. And
whole audits, once each, of pages that cost time only as rows, places and shares.
"""

from __future__ import annotations

import gc
import logging
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import structlog

from syncer.config import Secrets, Settings
from syncer.handbook.kramdown.effort import PageTooComplexError
from syncer.handbook.kramdown.page import parse_page
from syncer.model.handbook import PageText
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.options import AuditOptions
from syncer.pipeline.run import run_audit
from syncer.surroundings import Surroundings
from tests.benchmarks.measuring import write, write_table, write_target
from tests.security.hostile_pages import AUDITED, PAGES

_SIZES = (250_000, 500_000, 1_000_000, 2_000_000, 4_000_000)
_AUDITED_SIZES = (60_000, 120_000, *_SIZES)
_MOST_GROWTH = 2.3
_MOST_S = 5.0
# Below this, what else the machine does decides.
_MEASURABLE_S = 0.25


def measure(text: str) -> tuple[float, bool]:
    """Return how long reading a page takes, and whether it is refused."""
    gc.collect()
    start = time.process_time()
    try:
        parse_page(PageText("page.md", text))
    except PageTooComplexError:
        return time.process_time() - start, True
    return time.process_time() - start, False


def measure_audit(text: str) -> tuple[float, bool]:
    """Return how long auditing a handbook of one page takes, and whether the page is refused.

    Without a network; what a service process would have collected as garbage is collected before.
    """
    gc.collect()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "page.md").write_text(text, encoding="utf-8")
        around = Surroundings(now=lambda: datetime.now(UTC), sleep=lambda _: None)
        options = AuditOptions(handbook=folder, offline=True)
        start = time.process_time()
        manifest = run_audit(Job(Settings(), options, Secrets(), Memory(), around))
        refused = any(one.code == "page-unreadable" for one in manifest.findings)
        return time.process_time() - start, refused


_Worst: TypeAlias = tuple[float, str]


def measure_kinds(
    kinds: Mapping[str, Callable[[int], str]],
    sizes: Sequence[int],
    measure_page: Callable[[str], tuple[float, bool]],
    header: str,
) -> tuple[_Worst, _Worst]:
    """Print how long each kind takes in each size; return the longest and the largest growth."""
    rows: list[tuple[str, ...]] = []
    longest, growth = (0.0, ""), (0.0, "")
    for kind, make in kinds.items():
        measured = [measure_page(make(size)) for size in sizes]
        times = [max(took_s, _MEASURABLE_S) for took_s, _ in measured]
        growth = max(growth, *((after / before, kind) for before, after in pairwise(times)))
        longest = max(longest, (max(times), kind))
        cells = (f"{took_s:.2f}{'!' if refused else ' '}" for took_s, refused in measured)
        rows.append((repr(kind), *cells))
    write_table((header, *(f"{size / 1e6:g} MB " for size in sizes)), rows)
    write()
    return longest, growth


def main() -> int:
    """Measure every kind; 0 when each target was met."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    read = measure_kinds(
        PAGES, _SIZES, lambda page: min(measure(page), measure(page)), "seconds for"
    )
    audited = measure_kinds(AUDITED, _AUDITED_SIZES, measure_audit, "seconds for a whole audit of")
    longest, growth = (max(both) for both in zip(read, audited, strict=True))
    met = [
        write_target(
            f"twice the size takes at most {_MOST_GROWTH} times as long",
            f"{growth[0]:.1f} times ({growth[1]!r})",
            met=growth[0] <= _MOST_GROWTH,
        ),
        write_target(
            f"no page takes more than {_MOST_S:g} s",
            f"{longest[0]:.1f} s ({longest[1]!r})",
            met=longest[0] <= _MOST_S,
        ),
    ]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
