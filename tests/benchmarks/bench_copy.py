"""1,000 documents, 1 GB: `syncer sync` beside `rclone copy`, in the same run.

The server is tests/cloud in a process of its own, which answers at once; both fetch four documents
at a time. syncer syncs every file to disk, proves length and etag, and keeps its index; rclone does
not sync. Opening is not counted in the comparison, and stands beside it. Each figure is the better
of two.
"""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.measuring import Measured, run, take_best, write, write_table, write_target
from tests.benchmarks.servers import TOKEN, ServerProcess

DOCUMENTS = 1_000
SIZE_BYTES = 1_000_000
CHANGES = 10
NIGHTLY_DOCUMENTS = 30
NIGHTLY_BYTES = 200_000
_TIMES = 2
_NIGHTS = 7
_MOST_OF_RCLONE = 1.3


class Bench:
    """A handbook with one row, whose folder has all the documents."""

    def __init__(self, folder: Path, server: ServerProcess) -> None:
        """Write the handbook."""
        self.folder = folder
        self.server = server
        self.rows: list[tuple[str, ...]] = []
        handbook = folder / "handbook"
        handbook.mkdir()
        (handbook / "index.md").write_text(
            "# Skabeloner\n\n| Ressource | Placering |\n|---|---|\n"
            f"| Referater | [Mappen]({server.base_url}/s/{TOKEN}) |\n",
            encoding="utf-8",
        )

    def syncer(self, command: str = "sync", documents: str = "open = false") -> Measured:
        """Run syncer with the copy, or what `documents` says."""
        settings = self.folder / "syncer.toml"
        url = self.server.base_url
        settings.write_text(
            f'[handbook]\nsource = "{self.folder}/handbook"\n'
            f'[state]\nfolder = "{self.folder}/state"\n'
            f'[[nextcloud]]\nhost = "{url.partition("://")[2]}"\nbase_url = "{url}"\n'
            f"[documents]\n{documents}\n",
            encoding="utf-8",
        )
        return run(sys.executable, "-m", "syncer", command, "--config", str(settings))

    def sync(self, *, opens: bool = False) -> Measured:
        """Synchronise."""
        return self.syncer("sync", f'copy = "{self.folder}/copy"\nopen = {str(opens).lower()}')

    def first(self, *, opens: bool = False) -> Measured:
        """Synchronise for the first time, with a memory of the tree."""
        shutil.rmtree(self.folder / "copy", ignore_errors=True)
        return self.sync(opens=opens)

    def rclone(self) -> Measured:
        """Copy with rclone into an empty folder, as its manual says for a Nextcloud."""
        target = self.folder / "rclone"
        shutil.rmtree(target, ignore_errors=True)
        place = ["--webdav-url", f"{self.server.base_url}/public.php/webdav/"]
        user = ["--webdav-user", TOKEN, "--webdav-vendor", "nextcloud"]
        pace = ["--transfers", "4", "--checkers", "4", "--config", "/dev/null"]
        return run("rclone", "copy", ":webdav:", str(target), *place, *user, *pace)

    def note(self, scene: str, tool: str, *measured: Measured) -> Measured:
        """Keep the best of a scene as a line of the table."""
        best = take_best(*measured)
        counts = self.server.order("count")
        downloads = counts.get("get", 0) // len(measured)
        wall = "failed" if best.failed else f"{best.wall_s:.2f} s"
        other = sum(counts.values()) // len(measured) - downloads
        self.rows.append((scene, tool, wall, str(downloads), str(other), f"{best.peak_mb:.0f} MB"))
        return best


def measure_copy(folder: Path) -> list[bool]:
    """Copy 1 GB for the first time, again unchanged, and with ten changes."""
    met: list[bool] = []
    with ServerProcess("documents", str(DOCUMENTS), str(SIZE_BYTES)) as server:
        bench = Bench(folder, server)
        bench.first()
        server.order("count")
        best = bench.note(
            "first copy, 1 GB", "syncer sync", *(bench.first() for _ in range(_TIMES))
        )
        if shutil.which("rclone"):
            theirs = (bench.rclone() for _ in range(_TIMES))
            other = bench.note("first copy, 1 GB", "rclone copy", *theirs)
            ratio = best.wall_s / other.wall_s
            met.append(
                write_target(
                    f"first copy at most {_MOST_OF_RCLONE} × rclone's time",
                    f"{ratio:.2f} ×",
                    met=ratio <= _MOST_OF_RCLONE and not best.failed,
                )
            )
        else:
            write("rclone is not installed: skipped (Debian: apt install rclone)")
        bench.note("… and opened", "syncer sync", bench.first(opens=True))
        bench.note("unchanged", "syncer sync", bench.sync(opens=True))
        met.append(_count("unchanged: no download, 1 request", bench.rows[-1], "0", "1"))
        server.order("change", CHANGES)
        bench.note("10 changed", "syncer sync", bench.sync(opens=True))
        met.append(_count("10 changed: 10 downloads", bench.rows[-1], str(CHANGES), None))
        write_table(("scene", "tool", "wall", "downloads", "other requests", "peak"), bench.rows)
    return met


def _count(target: str, row: tuple[str, ...], downloads: str, other: str | None) -> bool:
    figures = f"{row[3]} downloads, {row[4]} other requests"
    return write_target(target, figures, met=row[3] == downloads and other in (None, row[4]))


def measure_night(folder: Path) -> list[bool]:
    """Run whole nights over 30 unchanged documents, with the copy and without, by turns."""
    with ServerProcess("documents", str(NIGHTLY_DOCUMENTS), str(NIGHTLY_BYTES)) as server:
        bench = Bench(folder, server)
        copy = f'copy = "{folder}/copy"'
        bench.syncer("run", copy)
        with_copy, without = [], []
        for _ in range(_NIGHTS):
            with_copy.append(_take_cpu_s(lambda: bench.syncer("run", copy)))
            without.append(_take_cpu_s(lambda: bench.syncer("run", "open = false")))
        ours, bare = min(with_copy), min(without)
        is_met = write_target(
            "a run with 30 unchanged documents and a copy is not slower (within 3 %)",
            f"{ours:.2f} s of CPU, without {bare:.2f} s",
            met=ours <= bare * 1.03,
        )
        return [is_met]


def _take_cpu_s(work: Callable[[], Measured]) -> float:
    """Return the CPU time of a command: what else the machine does costs a run more than 3 %."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> int:
    """Measure; 0 when every target was met."""
    met: list[bool] = []
    with tempfile.TemporaryDirectory() as folder:
        met += measure_copy(Path(folder))
    write()
    with tempfile.TemporaryDirectory() as folder:
        met += measure_night(Path(folder))
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
