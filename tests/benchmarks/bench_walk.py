"""611 folders and 10,000 files: syncer beside rclone, curl and webdavclient3, in the same run.

The server is tests/cloud, in a process of its own, at the pace recorded from a Nextcloud 27.0.2 on
two cores: two requests at a time, 30 ms each and 45 µs an entry. With `--url` it is any share of
any server (`https://host/s/TOKEN`); what needs a change there, or its refusal, is left out.

Wall is the whole process. For syncer the work alone stands beside it: the rest, the interpreter's
start and its imports, comes once a night, however many shares there are. The targets are judged by
the wall. `syncer audit` is the whole command over a handbook of one row: reading it, matching it
against all names, and the report come with the walk.
Only syncer remembers: for the others every night is the first. syncer's and curl's figures are
the best of five, the others' are taken once.
"""

from __future__ import annotations

import base64
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tests.benchmarks.measuring import (
    Measured,
    run,
    run_walker,
    take_best,
    write,
    write_table,
    write_target,
)
from tests.benchmarks.servers import TOKEN, ServerProcess

_TIMES = 5
_CHECKERS = "8"
_DEPTH_OF_CHANGE = 4
_DAV = "/public.php/webdav/"
_HANDBOOK = "handbook"
_SETTINGS = "syncer.toml"
# The properties that syncer asks for.
_BODY = (
    '<?xml version="1.0"?><d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"'
    ' xmlns:nc="http://nextcloud.org/ns"><d:prop><d:resourcetype/><d:getetag/>'
    "<d:getlastmodified/><d:getcontentlength/><oc:fileid/><oc:size/><oc:permissions/>"
    "<nc:mount-type/></d:prop></d:propfind>"
)


@dataclass(slots=True)
class Bench:
    """A share, who walks it, and what came of it.

    Attributes:
        base_url, token: of the share.
        server: the one that is ours, else None.
        state: folder of syncer's state.
        results: what was measured, by scene and tool.
        requests: likewise; None where nobody can count them.
        rows: the lines of the table.
    """

    base_url: str
    token: str
    server: ServerProcess | None
    state: Path
    results: dict[tuple[str, str], Measured] = field(default_factory=dict)
    requests: dict[tuple[str, str], int | None] = field(default_factory=dict)
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def measure(
        self, scene: str, tool: str, walk: Callable[[], Measured], times: int = 1
    ) -> Measured:
        """Let a tool walk the share so many times, and keep its best."""
        if self.server is not None:
            self.server.take_count()
        measured = [walk() for _ in range(times)]
        best = take_best(*measured)
        told = best.told.get("requests")
        requests = told if self.server is None else self.server.take_count() // times
        self.results[scene, tool] = best
        self.requests[scene, tool] = requests
        self.rows.append(_describe(scene, tool, best, requests))
        return best

    def syncer(self, *how: str) -> Measured:
        """Walk with syncer."""
        return run_walker("walk", self.base_url, self.token, str(self.state), *how)

    def audit(self) -> Measured:
        """Run the whole command."""
        settings = str(self.state.parent / _SETTINGS)
        options = ("--config", settings, "--fail-on", "never")
        return run(sys.executable, "-m", "syncer", "audit", *options)

    def rclone(self) -> Measured:
        """Walk with rclone, as its manual says for a Nextcloud, at twice its usual pace."""
        user = ["--webdav-user", self.token, "--webdav-vendor", "nextcloud"]
        place = ["--webdav-url", self.base_url + _DAV, *user]
        pace = ["--checkers", _CHECKERS, "--config", "/dev/null"]
        return run("rclone", "lsjson", "-R", ":webdav:", *place, *pace)

    def curl(self) -> Measured:
        """Fetch the answer that syncer fetches, and throw it away."""
        authorization = base64.b64encode(f"{self.token}:".encode()).decode()
        headers = ("Depth: infinity", "X-Requested-With: XMLHttpRequest")
        options = [option for header in headers for option in ("-H", header)]
        options += ["-H", f"Authorization: Basic {authorization}", "--data-binary", _BODY]
        return run(
            "curl", "-fsS", "-X", "PROPFIND", *options, "-o", "/dev/null", self.base_url + _DAV
        )

    def webdavclient3(self) -> Measured:
        """List the whole tree with the library's own `list`."""
        return run_walker("webdavclient3", self.base_url, self.token)

    def beside(self, scene: str) -> None:
        """Let the others walk."""
        if shutil.which("rclone"):
            self.measure(scene, "rclone", self.rclone)
        if shutil.which("curl"):
            self.measure(scene, "curl", self.curl, _TIMES)
        self.measure(scene, "webdavclient3", self.webdavclient3)

    def forget(self) -> None:
        """Let syncer remember nothing."""
        shutil.rmtree(self.state)
        self.state.mkdir()


def _describe(scene: str, tool: str, one: Measured, requests: int | None) -> tuple[str, ...]:
    work_s = one.told.get("work_s")
    return (
        scene,
        tool,
        "failed" if one.failed else f"{one.wall_s:.2f} s",
        f"{work_s:.2f} s" if tool == "syncer" and work_s is not None else "",
        "?" if requests is None else str(requests),
        f"{one.peak_mb:.0f} MB",
        str(one.told.get("listing", "")),
    )


def write_handbook(bench: Bench) -> None:
    """Write a page with one row whose place is the share, and settings for it."""
    folder = bench.state.parent
    page = (
        "# Skabeloner\n\n| Ressource | Placering |\n|---|---|\n"
        f"| Partneraftale | [Mappen]({bench.base_url}/s/{bench.token}) |\n"
    )
    (folder / _HANDBOOK).mkdir()
    (folder / _HANDBOOK / "index.md").write_text(page, encoding="utf-8")
    # A server on this machine is asked only when the settings name it.
    host = urlsplit(bench.base_url).netloc
    (folder / _SETTINGS).write_text(
        f'[handbook]\nsource = "{folder / _HANDBOOK}"\n[state]\nfolder = "{bench.state}"\n'
        f'[[nextcloud]]\nhost = "{host}"\nbase_url = "{bench.base_url}"\n',
        encoding="utf-8",
    )


def measure_unchanged(bench: Bench) -> None:
    """Walk the first time, and again when nothing has changed."""

    def first(walk: Callable[[], Measured]) -> Callable[[], Measured]:
        def walk_first() -> Measured:
            bench.forget()
            return walk()

        return walk_first

    write_handbook(bench)
    bench.measure("first walk", "syncer audit", first(bench.audit), _TIMES)
    bench.measure("first walk", "syncer", first(bench.syncer), _TIMES)
    bench.beside("first walk")
    bench.measure("unchanged", "syncer", bench.syncer, _TIMES)
    bench.measure("unchanged", "syncer audit", bench.audit, _TIMES)
    if shutil.which("rclone"):
        bench.measure("unchanged", "rclone", bench.rclone)


def measure_changed(bench: Bench, server: ServerProcess) -> None:
    """Walk after changes, and where the whole tree is refused."""

    def walk_after(word: str, number: int = 0) -> Measured:
        server.order(word, number)
        return bench.syncer()

    bench.measure("one deep change", "syncer", lambda: walk_after("change-deep"), _TIMES)
    bench.measure("100 changes", "syncer", lambda: walk_after("change", 100), _TIMES)
    server.order("refuse")
    bench.forget()
    bench.measure("infinity refused", "syncer", bench.syncer)
    if shutil.which("rclone"):
        bench.measure("infinity refused", "rclone", bench.rclone)
    bench.measure("infinity refused", "webdavclient3", bench.webdavclient3)
    bench.measure("… and 100 changes", "syncer", lambda: walk_after("change", 100))
    bench.measure("… and unchanged", "syncer", bench.syncer)


def judge(bench: Bench) -> bool:
    """Print what became of each target; whether all were met."""
    results, met = bench.results, []
    first, unchanged = results["first walk", "syncer"], results["unchanged", "syncer"]
    work_s = first.told["work_s"]
    rclone = results.get(("first walk", "rclone"))
    if rclone is not None and not rclone.failed:
        ratio, work_ratio = rclone.wall_s / first.wall_s, rclone.wall_s / work_s
        figures = f"{ratio:.1f} ×, its work alone {work_ratio:.1f} ×"
        met.append(write_target("first walk 10 × faster than rclone", figures, met=ratio >= 10))
        ratio = rclone.wall_s / unchanged.wall_s
        work_ratio = rclone.wall_s / unchanged.told["work_s"]
        figures = f"{ratio:.0f} ×, its work alone {work_ratio:.0f} ×"
        met.append(write_target("unchanged 50 × faster than rclone", figures, met=ratio >= 50))
    curl = results.get(("first walk", "curl"))
    if curl is not None and not curl.failed:
        ratio, work_ratio = first.wall_s / curl.wall_s, work_s / curl.wall_s
        figures = f"{ratio:.2f} ×, its work alone {work_ratio:.2f} ×"
        met.append(write_target("first walk within 1.5 × of curl", figures, met=ratio <= 1.5))
    requests = unchanged.told["requests"]
    met.append(write_target("unchanged: 1 request", str(requests), met=requests == 1))
    deep = results.get(("one deep change", "syncer"))
    if deep is not None:
        requests, most = deep.told["requests"], _DEPTH_OF_CHANGE + 3
        met.append(
            write_target(
                f"one change {_DEPTH_OF_CHANGE} levels down: at most depth + 3 = {most} requests",
                str(requests),
                met=requests <= most,
            )
        )
    return all(met)


def main(url: str | None = None) -> int:
    """Measure; 0 when every target was met."""
    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder, "state")
        state.mkdir()
        if url is not None:
            split = urlsplit(url)
            webroot, _, token = split.path.removesuffix("/").rpartition("/s/")
            base_url = f"{split.scheme}://{split.netloc}{webroot.removesuffix('/index.php')}"
            bench = Bench(base_url, token, None, state)
            measure_unchanged(bench)
            bench.measure("no infinity", "syncer", lambda: bench.syncer("full", "depth-1"))
        else:
            with ServerProcess("paced") as server:
                bench = Bench(server.base_url, TOKEN, server, state)
                measure_unchanged(bench)
                measure_changed(bench, server)
    header = ("scene", "tool", "wall", "work", "requests", "peak", "listing")
    write_table(header, bench.rows)
    write()
    return 0 if judge(bench) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
