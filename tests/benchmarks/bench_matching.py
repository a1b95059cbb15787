"""How long the matching takes and how much it holds; `make bench` runs it.

Three sizes: the limit the project set itself (1,000 rows by 100,000 files over 5,000 words, under
3 s and 300 MB) and an ordinary night (20 rows by 10,000 files, under 0.3 s). The processor's time
counts: a machine that is shared takes longer by the clock.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Sequence

from syncer.matching.match import match_rows
from syncer.matching.names.vocabulary import DEFAULT_VOCABULARY
from syncer.model.handbook import PlaceKind, Placement, ResourceRow, SourceSpan
from syncer.model.shares import (
    ListingKind,
    RemoteFile,
    RemoteFolder,
    Share,
    ShareKind,
    ShareStatus,
    ShareTree,
)

SHARE = "cloud.example/Bench"
_MEGABYTE = 1024


def _make_words(dice: random.Random, count: int) -> list[str]:
    """Make words as Danish makes them: known ones, and compounds of two."""
    parts = sorted(DEFAULT_VOCABULARY.known_words)
    words = set(parts)
    while len(words) < count:
        words.add(dice.choice(parts) + dice.choice(("", "s")) + dice.choice(parts))
    return sorted(words)[:count]


def _make_name(dice: random.Random, words: Sequence[str]) -> str:
    return " ".join(dice.sample(words, dice.choice((1, 2, 2, 3, 3)))).capitalize()


def make_input(rows: int, files: int, words: int) -> tuple[list[ResourceRow], dict[str, Share]]:
    """Make a handbook and a share from a fixed seed."""
    dice = random.Random(27)  # noqa: S311 - not a secret, the same every time
    vocabulary = _make_words(dice, words)
    folders = sorted({_make_name(dice, vocabulary) for _ in range(max(10, files // 50))})
    ends = (".docx", ".pdf", " v2.docx", " udkast.docx", " 2025-03-01.pdf", "_endelig.pdf", ".xlsx")
    paths: set[str] = set()
    while len(paths) < files:
        name = _make_name(dice, vocabulary) + dice.choice(ends)
        paths.add(f"{dice.choice(folders)}/{name}")
    ordered = sorted(paths)
    tree = ShareTree(
        tuple(RemoteFile(path, size_bytes=1, file_id=n) for n, path in enumerate(ordered)),
        tuple(RemoteFolder(path) for path in ["", *folders]),
    )
    share = Share(
        id=SHARE,
        kind=ShareKind.PUBLIC,
        name="Bench",
        base_url="https://cloud.example",
        endpoint="legacy",
        server_version=None,
        status=ShareStatus.OK,
        listing=ListingKind.INFINITY,
        tree=tree,
    )
    asked = []
    for number in range(rows):
        chosen = dice.choice(ordered)
        folder, _, file = chosen.partition("/")
        name = _make_name(dice, vocabulary) if number % 3 == 0 else file.rpartition(".")[0]
        placement = Placement(PlaceKind.SHARE, None, SHARE, folder)
        asked.append(
            ResourceRow(
                id=f"row-{number:05}",
                name=name,
                description="Aftaler for udvikling, drift og support.",
                todo=number % 5 == 0,
                label="Nextcloud",
                links=(),
                places=(placement,),
                section=None,
                span=SourceSpan("page.md", number + 1, 1, number + 1, 80),
            )
        )
    return asked, {SHARE: share}


def measure(rows: int, files: int, words: int, limit_s: float) -> bool:
    """Match once, print what it took, and tell whether that is within the limit."""
    asked, shares = make_input(rows, files, words)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, start_cpu = time.perf_counter(), time.process_time()
    matches = match_rows(asked, shares)
    took_s, cpu_s = time.perf_counter() - start, time.process_time() - start_cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = sum(bool(match.files) for match in matches)
    print(  # noqa: T201 - what it is for
        f"{rows:>6} rows x {files:>7} files over {words} words: {took_s:6.2f} s,"
        f" of the processor {cpu_s:.2f} s (limit {limit_s} s),"
        f" peak {peak / _MEGABYTE:.0f} MB, of it input {before / _MEGABYTE:.0f} MB,"
        f" {found} rows with files"
    )
    return cpu_s < limit_s and peak / _MEGABYTE < 300


def main() -> int:
    """Measure every size; 0 when all are within their limits."""
    sizes = ((20, 10_000, 5_000, 0.3), (1_000, 100_000, 5_000, 3.0))
    within = [measure(*size) for size in sizes]
    return 0 if within == [True] * len(sizes) else 1


if __name__ == "__main__":
    sys.exit(main())
