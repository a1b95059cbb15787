"""Great shares: 200,000 and 1,000,000 files from a generated answer.

First the answer is parsed and stored entry by entry, in one process that also writes it; then a
whole audit is run over such a share, of a handbook of 20 rows, on a first night and on a second
one when nothing has changed. The server writes the answer while it is read.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.benchmarks.measuring import Measured, run_walker, write, write_table, write_target
from tests.benchmarks.servers import TOKEN, ServerProcess
from tests.benchmarks.trees import name_file

_SIZES = (200_000, 1_000_000)
_MOST_MB = {200_000: 300, 1_000_000: 1_000}
_MOST_MB_STORING = 100
_FEWEST_PER_S = 20_000
_ROWS = 20


def write_handbook(folder: Path, base_url: str, files: int) -> None:
    """Write a page of rows whose files lie all over the share."""
    lines = ["# Ressourcer", "", "| Ressource | Beskrivelse | Placering |", "|---|---|---|"]
    link = f"[Nextcloud]({base_url}/s/{TOKEN})"
    for row in range(_ROWS):
        name = name_file(row * files // _ROWS).rpartition(".")[0]
        lines.append(f"| **{name.capitalize()}** | En ressource. | {link} |")
    (folder / "ressourcer.md").write_text("\n".join(lines) + "\n", "utf-8")


def measure_storing(sizes: tuple[int, ...]) -> bool:
    """Parse and store, and print what it took."""
    rows, stored = [], []
    for files in sizes:
        with tempfile.TemporaryDirectory() as state:
            one = run_walker("store", str(files), state)
            size_mb = sum(file.stat().st_size for file in Path(state).iterdir()) / 1e6
        told = one.told
        rate = told["entries"] / told["work_s"]
        rows.append(
            (
                f"{told['entries']:,}",
                f"{told['work_s']:.1f} s",
                f"{rate:,.0f}",
                f"{one.peak_mb:.0f} MB",
                f"{told['answer_mb']:.0f} MB",
                f"{told['written_s']:.1f} s",
                f"{size_mb:.0f} MB",
            )
        )
        stored.append((files, one, rate))
    header = ("parse and store", "time", "entries/s", "peak", "answer", "its writing", "database")
    write_table(header, rows)
    write()
    met = [_judge_storing(*each) for each in stored]
    return all(met)


def _judge_storing(files: int, one: Measured, rate: float) -> bool:
    small = write_target(
        f"{files:,}: under {_MOST_MB_STORING} MB",
        f"{one.peak_mb:.0f} MB",
        met=one.peak_mb < _MOST_MB_STORING,
    )
    quick = write_target(
        f"{files:,}: {_FEWEST_PER_S:,} entries a second",
        f"{rate:,.0f}",
        met=rate >= _FEWEST_PER_S,
    )
    return small and quick


def measure_audit(sizes: tuple[int, ...]) -> bool:
    """Run whole audits, and print what they took."""
    rows, peaks = [], []
    for files in sizes:
        with ServerProcess("stream", str(files)) as server, tempfile.TemporaryDirectory() as made:
            handbook, state = Path(made, "handbook"), Path(made, "state")
            handbook.mkdir()
            write_handbook(handbook, server.base_url, files)
            for night in ("first", "second"):
                one = run_walker("audit", server.base_url, str(handbook), str(state))
                told = one.told
                rows.append(
                    (
                        f"{files:,} files, {night} night",
                        f"{one.wall_s:.1f} s",
                        f"{one.peak_mb:.0f} MB",
                        told["listing"],
                        str(told["requests"]),
                        f"{told['found']} of {told['rows']}",
                        f"{told['manifest_bytes'] / 1000:.0f} kB",
                    )
                )
                peaks.append((files, night, one.peak_mb))
    header = ("whole audit", "wall", "peak", "listing", "requests", "rows found", "manifest")
    write()
    write_table(header, rows)
    write()
    met = [
        write_target(
            f"{files:,} files, {night} night: under {_MOST_MB[files]:,} MB",
            f"{peak_mb:.0f} MB",
            met=peak_mb < _MOST_MB[files],
        )
        for files, night, peak_mb in peaks
    ]
    return all(met)


def main() -> int:
    """Measure; 0 when every target was met."""
    stored = measure_storing(_SIZES)
    audited = measure_audit(_SIZES)
    return 0 if stored and audited else 1


if __name__ == "__main__":
    sys.exit(main())
