"""The limit without a whole tree: 611 folders from a server that does no work, 30 ms a request.

Every answer was written beforehand, so that nothing but the waiting for it, and what the client
does itself, takes time. The floor is requests × 30 ms ÷ workers. syncer's is the better of two.
"""

from __future__ import annotations

import shutil
import sys
import tempfile

from tests.benchmarks.measuring import run, run_walker, take_best, write, write_table, write_target
from tests.benchmarks.servers import LATENCY_S, TOKEN, ServerProcess

_WORKERS = 4
_MOST = 1.3
_TIMES = 2


def main() -> int:
    """Measure; 0 when the target was met."""
    rows: list[tuple[str, ...]] = []
    with ServerProcess("canned") as server, tempfile.TemporaryDirectory() as state:
        walks = [run_walker("walk", server.base_url, TOKEN, state, "full") for _ in range(_TIMES)]
        ours = take_best(*walks)
        requests = server.take_count() // _TIMES
        rows.append(_describe(f"syncer, {_WORKERS} workers", ours.wall_s, requests, _WORKERS))
        rows[-1] += (f"{ours.told['work_s']:.2f} s", f"{ours.peak_mb:.0f} MB")
        for checkers in (_WORKERS, 8) if shutil.which("rclone") else ():
            place = ["--webdav-url", f"{server.base_url}/public.php/webdav/"]
            place += ["--webdav-user", TOKEN, "--webdav-vendor", "nextcloud"]
            pace = ["--checkers", str(checkers), "--config", "/dev/null"]
            other = run("rclone", "lsjson", "-R", ":webdav:", *place, *pace)
            asked = server.take_count()
            rows.append(_describe(f"rclone, {checkers} checkers", other.wall_s, asked, checkers))
            rows[-1] += ("", f"{other.peak_mb:.0f} MB")
    write_table(("tool", "wall", "requests", "floor", "wall ÷ floor", "work", "peak"), rows)
    write()
    ratio = ours.wall_s / (requests * LATENCY_S / _WORKERS)
    met = write_target(f"within {_MOST} × of the floor", f"{ratio:.2f} ×", met=ratio <= _MOST)
    return 0 if met else 1


def _describe(tool: str, wall_s: float, requests: int, workers: int) -> tuple[str, ...]:
    floor_s = requests * LATENCY_S / workers
    return tool, f"{wall_s:.2f} s", str(requests), f"{floor_s:.2f} s", f"{wall_s / floor_s:.2f}"


if __name__ == "__main__":
    sys.exit(main())
