"""1,000 links on 40 hosts with 50 ms latency, 50 of them bad in ten ways: who is right, how fast.

syncer runs on three nights, each of which remembers the last, and beside it lychee, linkinator and
linkchecker: those that `make bench` could fetch into `.venv-peers`, or that are on the PATH. The
manners are the same where a tool has them (linkinator and linkchecker have no gap): two connections
and 100 ms per host, 64 at once, 5 s time-out. The hosts are 127.0.1.1 to 127.0.1.40, so that every
tool takes them for forty; they live in a process of their own.

A link counts as right when a tool calls it bad and it is bad, or does neither. Of syncer more is
asked: what is denied is broken, what fails is unconfirmed on two nights and broken on the third,
and what only refuses a check is neither. `floor` is the time that the gap alone takes on the host
with the most requests. What failed syncer asks again, at least 20 s later; `first look` is the time
before that. lychee asks again at once, so it is measured without that, too.
"""

from __future__ import annotations

import asyncio
import csv
import json
import shutil
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

import trustme

from syncer.model.links import LinkStatus, LinkVerdict
from syncer.store.database import open_database
from syncer.store.link_memory import StoredLinks
from syncer.surroundings import Surroundings
from syncer.web.linkcheck import LinkSettings, check_links
from tests.benchmarks.measuring import keep_quiet, write, write_table, write_target

PORT, TLS_PORT, CLOSED_PORT = 18080, 18443, 18099
HOSTS = tuple(f"127.0.1.{number}" for number in range(1, 41))
LATENCY_S = 0.05
GAP_S = 0.1
Run = Callable[[], "tuple[set[str], float | None]"]
TIMEOUT_S = 5.0
LINKS = 1000

DENIED = ("404", "410", "anchor-gone", "moved-to-404")
FAILING = ("500", "503", "refused", "loop", "silent", "drop")
BAD = DENIED + FAILING
# They refuse the check, and are asked every night.
REFUSING = {"wall": 5, "wall-200": 5, "403": 5, "untrusted": 5}
GOOD = REFUSING | {
    "anchor": 90, "head-405": 30, "head-404": 10, "head-drops": 5, "301": 40, "302": 30,
    "scripted-anchor": 10, "429-once": 5, "hints": 5, "cookies": 5,
}  # fmt: skip
_IN_EACH_BAD_WAY = 5
_NIGHTS = ("syncer", "syncer, second night", "syncer, third night")


@dataclass(frozen=True)
class Link:
    """A link, in which way it is good or bad, and whether it is bad."""

    url: str
    way: str
    bad: bool


def make_links() -> tuple[Link, ...]:
    """Make the links, spread over the hosts."""
    ways = [(way, True) for way in BAD for _ in range(_IN_EACH_BAD_WAY)]
    ways += [(way, False) for way, count in GOOD.items() for _ in range(count)]
    ways += [("plain", False)] * (LINKS - len(ways))
    return tuple(
        Link(_make_url(HOSTS[number % len(HOSTS)], way, number), way, bad)
        for number, (way, bad) in enumerate(ways)
    )


def _make_url(host: str, way: str, number: int) -> str:
    if way == "refused":
        return f"http://{host}:{CLOSED_PORT}/{number}"
    if way == "untrusted":
        return f"https://{host}:{TLS_PORT}/plain/{number}"
    fragment = {"anchor": "#here", "anchor-gone": "#gone", "scripted-anchor": "#late"}.get(way, "")
    return f"http://{host}:{PORT}/{way}/{number}{fragment}"


# The server


class Server:
    """Answers by the first part of the path, and counts."""

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self.requests: Counter[str] = Counter()
        self.paths: Counter[str] = Counter()
        self.paused: set[str] = set()

    async def serve(self) -> None:
        """Serve every host until the process ends."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trustme.CA().issue_cert(*HOSTS).configure_cert(context)
        for host in HOSTS:
            await asyncio.start_server(self._talk, host, PORT, backlog=512)
            await asyncio.start_server(self._talk, host, TLS_PORT, ssl=context)
        await asyncio.Event().wait()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._answer(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        method, path, _ = head.split(" ", 2)
        if path == "/count":
            body = json.dumps([self.requests, self.paths]).encode()
            self.requests.clear()
            self.paths.clear()
            self.paused.clear()
            writer.write(_write_answer("200 OK", body=body))
            return True
        self.requests[writer.get_extra_info("sockname")[0]] += 1
        self.paths[path] += 1
        await asyncio.sleep(LATENCY_S)
        way, _, number = path[1:].partition("/")
        if way == "silent":
            await asyncio.sleep(60)
        if way == "drop" or (way == "head-drops" and method == "HEAD"):
            return False
        answer = self._choose(way, number, method)
        if method == "HEAD":
            answer = answer.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        writer.write(answer)
        await writer.drain()
        return True

    def _choose(self, way: str, number: str, method: str) -> bytes:
        if way in ("403", "404", "410", "500", "503"):
            return _write_answer(f"{way} Error")
        if way == "wall-200":
            return _write_answer("200 OK", body=b"<title>Request Rejected</title>")
        if way == "cookies":
            return _write_answer("200 OK", "Set-Cookie: a=b\r\n" * 110)
        if way == "hints":
            return b"HTTP/1.1 103 Early Hints\r\n\r\n" + _write_answer("200 OK")
        if way in ("head-405", "head-404") and method == "HEAD":
            return _write_answer(f"{way[5:]} Error")
        targets = {"loop": f"/loop/{number}", "moved-to-404": f"/404/{number}"}
        targets |= {"301": f"/plain/{number}", "302": f"/plain/{number}"}
        if way in targets:
            status = "302 Found" if way in ("302", "loop") else "301 Moved"
            return _write_answer(status, f"Location: {targets[way]}\r\n")
        if way == "wall":
            return _write_answer("403 Forbidden", body=b"<title>Just a moment...</title>")
        if way == "429-once" and number not in self.paused:
            self.paused.add(number)
            return _write_answer("429 Wait", "Retry-After: 1\r\n")
        if way == "scripted-anchor":
            return _write_answer("200 OK", body=b"<div id=app></div><script src=app.js></script>")
        return _write_answer("200 OK", 'ETag: "1"\r\n', b"<h1 id=here>Here</h1>" + b"<p>x" * 999)


def _write_answer(status: str, headers: str = "", body: bytes = b"<p>") -> bytes:
    length = f"Content-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
    return f"HTTP/1.1 {status}\r\n{headers}{length}".encode() + body


def take_count() -> tuple[Counter[str], Counter[str]]:
    """Take the requests per host, and per path, since the last time."""
    with urllib.request.urlopen(f"http://{HOSTS[0]}:{PORT}/count") as answer:
        hosts, paths = json.load(answer)
    return Counter(hosts), Counter(paths)


# The tools: each gives the addresses that it calls bad.


def run_syncer(links: tuple[Link, ...], state: Path, night: int) -> tuple[set[str], float]:
    """Check the links with syncer; also tell when all but the second looks were done."""
    database = open_database(state)
    began_s = time.monotonic()
    told: list[float] = []
    verdicts = check_links(
        [link.url for link in links],
        settings=LinkSettings(allow_private=True, gap_s=GAP_S, timeout_s=TIMEOUT_S),
        memory=StoredLinks(database),
        around=Surroundings(
            now=lambda: datetime.now(UTC) + timedelta(days=night),
            on_progress=lambda *_told: told.append(time.monotonic() - began_s),
        ),
        today=(datetime.now(UTC) + timedelta(days=night)).date(),
    )
    database.close()
    gaps = [later - earlier for earlier, later in pairwise(told)]
    looked_s = told[gaps.index(max(gaps))] if max(gaps) > TIMEOUT_S * 2 else told[-1]
    bad = {link.url for link in links if _is_called_bad(link, verdicts[link.url], night)}
    return bad, looked_s


def _is_called_bad(link: Link, verdict: LinkVerdict, night: int) -> bool:
    """Return whether a verdict is as bad as the link is, or bad at all where the link is not."""
    if not link.bad:
        return verdict.status in (LinkStatus.BROKEN, LinkStatus.UNCONFIRMED)
    is_denied = link.way in DENIED or night >= 2
    return verdict.status is (LinkStatus.BROKEN if is_denied else LinkStatus.UNCONFIRMED)


def run_lychee(page: Path, *more: str) -> set[str]:
    """Check the page with lychee."""
    options = ["--format", "json", "--no-progress", "--include-fragments=anchor-only"]
    options += ["--host-concurrency", "2", "--host-request-interval", f"{GAP_S * 1000:.0f}ms"]
    options += ["--max-concurrency", "64", "--timeout", f"{TIMEOUT_S:.0f}"]
    report = json.loads(_run("lychee", *options, *more, str(page)))
    failed = [report["error_map"], report["timeout_map"]]
    return {one["url"] for part in failed for found in part.values() for one in found}


def run_linkinator(page: Path) -> set[str]:
    """Check the page with linkinator."""
    options = ["--format", "json", "--concurrency", "64", "--timeout", f"{TIMEOUT_S * 1000:.0f}"]
    report = json.loads(_run("linkinator", page.name, *options, at=page))
    return {one["url"] for one in report["links"] if one["state"] == "BROKEN"}


def run_linkchecker(page: Path) -> set[str]:
    """Check the page with linkchecker."""
    config = page.with_name("linkcheckerrc")
    config.write_text("[AnchorCheck]\n", "utf-8")
    options = ["-f", str(config), "-o", "csv", "--check-extern", "--threads", "64"]
    text = _run("linkchecker", *options, "--timeout", f"{TIMEOUT_S:.0f}", str(page))
    rows = csv.DictReader(
        (line for line in text.splitlines() if not line.startswith("#")), delimiter=";"
    )
    return {row["urlname"] for row in rows if row.get("valid") == "False"}


def _run(*command: str, at: Path | None = None) -> str:
    folder = None if at is None else at.parent
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=900
    ).stdout


# The table


@dataclass(frozen=True)
class Result:
    """How one tool did: `first_s` is the time of its first look, `paths` the requests by path."""

    name: str
    wall_s: float
    first_s: float
    requests: int
    floor_s: float
    right: int
    wrong: Counter[str]
    paths: Counter[str]


def measure(name: str, links: tuple[Link, ...], run: Run) -> Result:
    """Run one tool."""
    take_count()
    began_s = time.monotonic()
    bad, first_s = run()
    wall_s = time.monotonic() - began_s
    hosts, paths = take_count()
    wrong = Counter(link.way for link in links if link.bad is not (link.url in bad))
    return Result(
        name=name,
        wall_s=wall_s,
        first_s=first_s or wall_s,
        requests=sum(hosts.values()),
        floor_s=max(hosts.values(), default=0) * GAP_S,
        right=len(links) - sum(wrong.values()),
        wrong=wrong,
        paths=paths,
    )


def count_most(links: tuple[Link, ...], paths: Counter[str]) -> dict[str, int]:
    """Return the most requests that one link of each way has cost, redirects followed."""
    by_number: Counter[str] = Counter()
    for path, count in paths.items():
        by_number[path.rpartition("/")[2]] += count
    most: dict[str, int] = {}
    for link in links:
        number = link.url.partition("#")[0].rpartition("/")[2]
        most[link.way] = max(most.get(link.way, 0), by_number[number])
    return most


def judge_targets(links: tuple[Link, ...], results: Mapping[str, Result]) -> bool:
    """Print what became of each target; whether all were met."""
    first, second, third = (results[name] for name in _NIGHTS)
    most = count_most(links, first.paths)
    plain, bad = most["plain"], max(most[way] for way in BAD)
    part = max(most[way] for way in ("anchor", "head-405", "head-404", "head-drops"))
    known = sum(link.bad or link.way in REFUSING for link in links)
    right = (first.right, second.right, third.right)
    met = [
        write_target(
            "all verdicts right, on three nights",
            f"{', '.join(map(str, right))} of {len(links)}",
            met=set(right) == {len(links)},
        ),
        write_target("1 request per good plain address", str(plain), met=plain == 1),
        write_target("1 with a fragment, or where HEAD is refused", str(part), met=part == 1),
        write_target("at most 4 per bad one, its second look included", str(bad), met=bad <= 4),
        write_target(
            "second night at most 10 % of the requests plus the bad and refusing ones",
            f"{second.requests} of {first.requests}",
            met=second.requests <= first.requests // 10 + known,
        ),
    ]
    if "lychee" in results:
        other = results["lychee"]
        figures = f"{first.wall_s:.1f} s (first look {first.first_s:.1f} s), "
        figures += f"lychee {other.wall_s:.1f} s"
        met.append(
            write_target(
                "no slower than lychee, second looks included",
                figures,
                met=first.wall_s <= other.wall_s,
            )
        )
    # A host that never answers costs its time-outs, whatever the manners.
    limit_s = max(first.floor_s, TIMEOUT_S * 1.5)
    met.append(
        write_target(
            "first look within 1.3 × of the floor (links per host × gap, or 1.5 time-outs)",
            f"{first.first_s:.1f} s of {limit_s:.1f} s",
            met=first.first_s <= 1.3 * limit_s,
        )
    )
    return all(met)


def main() -> int:
    """Run every tool that is there; 0 when every target was met."""
    if sys.argv[1:] == ["--serve"]:
        asyncio.run(Server().serve())
        return 0
    keep_quiet()
    links = make_links()
    server = subprocess.Popen([sys.executable, "-m", "tests.benchmarks.bench_links", "--serve"])
    results: dict[str, Result] = {}
    missing = []
    try:
        time.sleep(2)
        with tempfile.TemporaryDirectory() as folder:
            state, page = Path(folder, "state"), Path(folder, "page.html")
            page.write_text(_write_page(links), "utf-8")
            # linkchecker gives up being root.
            Path(folder).chmod(0o755)
            for night, name in enumerate(_NIGHTS):
                results[name] = measure(name, links, partial(run_syncer, links, state, night))
            others: Mapping[str, Callable[[Path], set[str]]] = {
                "lychee": run_lychee,
                "lychee, asking once": lambda page: run_lychee(page, "--max-retries", "0"),
                "linkinator": run_linkinator,
                "linkchecker": run_linkchecker,
            }
            for name, run in others.items():
                if shutil.which(name.partition(",")[0]):
                    results[name] = measure(name, links, lambda run=run: (run(page), None))  # type: ignore[misc]
                else:
                    missing.append(name)
    finally:
        server.terminate()
        server.wait()
    write_table(
        ("tool", "wall", "first look", "requests", "floor", "right", "wrong about"),
        [_write_row(result) for result in results.values()],
    )
    if missing:
        write(f"left out, not installed: {', '.join(missing)}")
    write()
    return 0 if judge_targets(links, results) else 1


def _write_row(result: Result) -> tuple[str, ...]:
    wrong = ", ".join(f"{way} {number}" for way, number in sorted(result.wrong.items()))
    return (
        result.name,
        f"{result.wall_s:.1f} s",
        f"{result.first_s:.1f} s",
        f"{result.requests}",
        f"{result.floor_s:.1f} s",
        f"{result.right}",
        wrong,
    )


def _write_page(links: tuple[Link, ...]) -> str:
    items = "\n".join(f'<p><a href="{link.url}">{link.way}</a></p>' for link in links)
    return f"<!doctype html>\n<html><title>Links</title><body>\n{items}\n</body></html>\n"


if __name__ == "__main__":
    sys.exit(main())
