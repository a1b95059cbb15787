"""Servers that give trouble: how long each costs a run, what it sends, and what it is called.

500 links to one host that is dead in three ways, at the default time-out of 20 s and at 5 s: a port
that refuses, one whose queue is full so that no SYN is answered, and one that accepts and stays
silent. What failed is asked again at least 20 s later, which is part of the wall; `ours` is the
wall without that wait. Then single links: a page of 10 MB with a fragment at its end, a redirect
with 200 MB behind it, redirects without end, and a server that wants 5 s of rest (429).
"""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from syncer.surroundings import Surroundings
from syncer.web.linkcheck import SECOND_LOOK_AFTER_S, LinkSettings, check_links
from tests.benchmarks.measuring import keep_quiet, write, write_table, write_target

HOST = "127.0.2.1"
LINKS = 500
_CHUNK = b"x" * 65_536


class Server:
    """Answers by the first part of the path, in a thread of its own, and counts."""

    def __init__(self) -> None:
        """Listen on a free port."""
        self.requests = 0
        self.sent_bytes = 0
        self.port = 0
        self._rested = False
        self._ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True).start()
        self._ready.wait()

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._talk, HOST, 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await asyncio.Event().wait()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            self.requests += 1
            method, path, _ = head.split(" ", 2)
            await self._answer(method, path[1:].partition("/")[0], writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _answer(self, method: str, way: str, writer: asyncio.StreamWriter) -> None:
        match way:
            case "page":
                await self._send(writer, method, "200 OK", "Content-Type: text/html", 10_000_000)
            case "redirect":
                await self._send(writer, method, "302 Found", "Location: /good", 200_000_000)
            case "loop":
                await self._send(writer, method, "302 Found", "Location: /loop/x", 0)
            case "rest" if not self._rested:
                self._rested = True
                await self._send(writer, method, "429 Wait", "Retry-After: 5", 0)
            case _:
                await self._send(writer, method, "200 OK", "Content-Type: text/html", 10)

    async def _send(
        self, writer: asyncio.StreamWriter, method: str, status: str, header: str, size: int
    ) -> None:
        head = f"HTTP/1.1 {status}\r\n{header}\r\nContent-Length: {size}\r\n"
        writer.write(f"{head}Connection: close\r\n\r\n".encode())
        left = 0 if method == "HEAD" else size
        while left > 0:
            writer.write(_CHUNK[:left])
            await writer.drain()
            self.sent_bytes += min(left, len(_CHUNK))
            left -= len(_CHUNK)
        await writer.drain()


@contextmanager
def refuse() -> Iterator[int]:
    """Give a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        yield probe.getsockname()[1]


@contextmanager
def stay_silent() -> Iterator[int]:
    """Give a port that accepts, and says nothing."""
    with socket.create_server((HOST, 0), backlog=4096) as server:
        yield server.getsockname()[1]


@contextmanager
def swallow() -> Iterator[int]:
    """Give a port whose queue is full: the kernel answers no SYN."""
    with socket.create_server((HOST, 0), backlog=0) as server:
        port: int = server.getsockname()[1]
        fillers = []
        for _ in range(8):
            filler = socket.socket()
            filler.settimeout(0)
            filler.connect_ex((HOST, port))
            fillers.append(filler)
        time.sleep(0.2)
        try:
            yield port
        finally:
            for filler in fillers:
                filler.close()


def check(urls: list[str], timeout_s: float) -> tuple[float, str]:
    """Check links; return the wall, and what they are called."""
    began_s = time.monotonic()
    verdicts = check_links(
        urls,
        settings=LinkSettings(allow_private=True, timeout_s=timeout_s),
        memory=None,
        around=Surroundings(now=lambda: datetime.now(UTC), on_progress=lambda *_told: None),
        today=datetime.now(UTC).date(),
    )
    wall_s = time.monotonic() - began_s
    counted = Counter(
        f"{verdict.status} ({verdict.reason.code})" if verdict.reason else str(verdict.status)
        for verdict in verdicts.values()
    )
    return wall_s, ", ".join(f"{count} {said}" for said, count in counted.most_common())


def measure_dead() -> bool:
    """Measure the dead hosts; whether each took less than three time-outs."""
    ways: dict[str, Callable[[], object]] = {
        "refuses": refuse,
        "answers no SYN": swallow,
        "accepts, silent": stay_silent,
    }
    rows, met = [], []
    for timeout_s in (20.0, 5.0):
        for way, make in ways.items():
            with make() as port:  # type: ignore[attr-defined]
                urls = [f"http://{HOST}:{port}/{number}" for number in range(LINKS)]
                wall_s, called = check(urls, timeout_s)
            ours_s = max(0.0, wall_s - SECOND_LOOK_AFTER_S)
            rows.append((way, f"{timeout_s:.0f} s", f"{wall_s:.1f} s", f"{ours_s:.1f} s", called))
            met.append((way, timeout_s, wall_s, ours_s))
    write_table((f"{LINKS} links, host", "time-out", "wall", "ours", "called"), rows)
    write()
    told = [
        write_target(
            f"{way}: under 3 × the time-out of {timeout_s:.0f} s",
            f"{wall_s:.1f} s"
            if timeout_s >= SECOND_LOOK_AFTER_S
            else f"{ours_s:.1f} s beside the wait of {SECOND_LOOK_AFTER_S:.0f} s",
            met=(wall_s if timeout_s >= SECOND_LOOK_AFTER_S else ours_s) < 3 * timeout_s,
        )
        for way, timeout_s, wall_s, ours_s in met
    ]
    return all(told)


def measure_single() -> None:
    """Measure the links that answer, but badly."""
    server = Server()
    rows = []
    for name, path in {
        "page of 10 MB, fragment": "page/1#findes-ikke",
        "redirect with 200 MB": "redirect/1",
        "redirects without end": "loop/1",
        "429, Retry-After: 5": "rest/1",
    }.items():
        server.requests = server.sent_bytes = 0
        wall_s, called = check([f"http://{HOST}:{server.port}/{path}"], 20.0)
        sent = f"{server.sent_bytes / 1e6:.1f} MB"
        rows.append((name, f"{wall_s:.1f} s", f"{server.requests}", sent, called))
    write()
    write_table(("link", "wall", "requests", "sent", "called"), rows)


def main() -> int:
    """Measure; 0 when every target was met."""
    keep_quiet()
    well = measure_dead()
    measure_single()
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
