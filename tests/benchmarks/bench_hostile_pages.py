"""How long reading a page takes that was written to take long; `make bench` runs it.

Each kind of `tests/security/hostile_pages.py` in five sizes: the processor's time, the better of
two readings. A page that needs more steps than its size allows is refused, marked with `!`.
"""

from __future__ import annotations

import gc
import sys
import time
from itertools import pairwise

from syncer.handbook.kramdown.effort import PageTooComplexError
from syncer.handbook.kramdown.page import parse_page
from syncer.model.handbook import PageText
from tests.benchmarks.measuring import write, write_table, write_target
from tests.security.hostile_pages import PAGES

_SIZES = (250_000, 500_000, 1_000_000, 2_000_000, 4_000_000)
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


def main() -> int:
    """Measure every kind; 0 when each target was met."""
    rows: list[tuple[str, ...]] = []
    longest, growths = (0.0, ""), [(0.0, "")]
    for kind, make in PAGES.items():
        pages = [make(size) for size in _SIZES]
        measured = [min(measure(page), measure(page)) for page in pages]
        times = [max(took_s, _MEASURABLE_S) for took_s, _ in measured]
        growths += [(after / before, kind) for before, after in pairwise(times)]
        longest = max(longest, (max(times), kind))
        cells = (f"{took_s:.2f}{'!' if refused else ' '}" for took_s, refused in measured)
        rows.append((repr(kind), *cells))
    write_table(("seconds for", *(f"{size / 1e6:g} MB " for size in _SIZES)), rows)
    write()
    growth, grown = max(growths)
    met = [
        write_target(
            f"twice the size takes at most {_MOST_GROWTH} times as long",
            f"{growth:.1f} times ({grown!r})",
            met=growth <= _MOST_GROWTH,
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
