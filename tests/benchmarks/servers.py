"""The servers that are measured against, each in a process of its own.

`python -m tests.benchmarks.servers paced` serves 10,000 files at the pace of a real Nextcloud;
`… canned` the same files from answers that were written beforehand, 30 ms each and no whole tree;
`… stream 1000000` gives a whole tree of so many files in one answer as fast as it can write it.
The first line they print is their address; each line they are given is an order, whose answer is
a line of JSON.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from types import TracebackType
from urllib.parse import quote

from syncer.demo.pace import Pace
from syncer.demo.sample_documents import make_document
from tests.benchmarks.trees import (
    FILES,
    FOLDERS,
    ROOT,
    count_folders,
    name_file,
    name_folders,
    stream_tree,
    write_listing,
    write_root,
)
from tests.cloud.cloud import Cloud, Infinity
from tests.cloud.server import CloudServer, serve_cloud
from tests.cloud.throttle import Throttle

TOKEN = "Bench0000000001"
LATENCY_S = 0.030


class ServerProcess:
    """A server in a process of its own, for as long as the block runs."""

    def __init__(self, *words: str) -> None:
        """Start it; it answers when this returns."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.servers", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.base_url = self._read_line()

    def order(self, word: str, number: int = 0) -> dict[str, int]:
        """Give an order and return its answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{word} {number}\n")
        self._process.stdin.flush()
        answer: dict[str, int] = json.loads(self._read_line())
        return answer

    def take_count(self) -> int:
        """Return how many requests came since the last time."""
        return sum(self.order("count").values())

    def __enter__(self) -> ServerProcess:
        """Give the server."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End it."""
        self._process.communicate()

    def _read_line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline().strip()
        if not line:
            raise RuntimeError("the server has ended")
        return line


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _read_orders() -> Iterator[tuple[str, int]]:
    for line in sys.stdin:
        word, _, number = line.partition(" ")
        yield word, int(number)


# The server with documents


def serve_documents(count: int, size_bytes: int) -> None:
    """Serve so many documents of one size, at once; "change N" gives N of them a new etag."""
    cloud = Cloud("31.0.4", throttle=Throttle(unit_s=0))
    content = make_document("Referat.docx", size_bytes)
    names = [
        f"Delt/Referater/{number // 50:02}/Referat {number:04}.docx" for number in range(count)
    ]
    for name in names:
        cloud.add_file(name, content)
    cloud.share(TOKEN, "Delt")
    with serve_cloud(cloud) as server:
        _say(server.base_url)
        for word, number in _read_orders():
            if word == "change":
                for name in names[:: max(count // number, 1)][:number]:
                    cloud.tree.write(cloud.tree.get(name), content)
            counts = server.traffic.counts
            server.traffic.forget()
            _say(json.dumps(counts))


# The paced server


def serve_paced() -> None:
    """Serve 10,000 files through `tests/cloud` at the pace recorded from a real one."""
    folders = name_folders(FOLDERS)
    cloud = Cloud("27.0.2", throttle=Throttle(unit_s=0))
    for path in folders:
        cloud.add_folder(f"Delt/{path}")
    for number in range(FILES):
        cloud.add_file(f"Delt/{folders[number % FOLDERS]}/{name_file(number)}", b"x" * 9)
    cloud.share(TOKEN, "Delt")
    with serve_cloud(cloud, pace=Pace()) as server:
        _say(server.base_url)
        for word, number in _read_orders():
            _say(json.dumps(_obey(server, folders, word, number)))


def _obey(server: CloudServer, folders: list[str], word: str, number: int) -> dict[str, int]:
    if word == "count":
        counts: dict[str, int] = server.traffic.counts
        server.traffic.forget()
        return counts
    if word == "refuse":
        server.cloud.moods.infinity = Infinity.REFUSED
    if word == "change-deep":
        folder = next(i for i, path in enumerate(folders) if path.count("/") == 3)
        server.cloud.touch(f"Delt/{folders[folder]}/{name_file(folder)}")
    if word == "change":
        for file in range(0, FILES, FILES // number):
            server.cloud.touch(f"Delt/{folders[file % FOLDERS]}/{name_file(file)}")
    return {}


# The servers that do no work of their own


class CannedServer:
    """Answers from what was written beforehand, or streams one great tree."""

    def __init__(self, files: int, *, latency_s: float, stream: bool) -> None:
        """Write the answers."""
        self.count = 0
        self._files = files
        self._latency_s = latency_s
        self._stream = stream
        self._answers = {"/status.php": _write_answer("200 OK", _STATUS)}
        self._root = _write_answer("207 Multi-Status", write_root().encode())
        folders = [] if stream else name_folders(count_folders(files))
        places: dict[str, int | None] = {} if stream else {f"{ROOT}/": None}
        places |= {f"{ROOT}/{quote(path)}/": number for number, path in enumerate(folders)}
        for href, folder in places.items():
            body = write_listing(files, folders, folder)
            self._answers[href] = _write_answer("207 Multi-Status", body.encode())

    async def serve(self) -> None:
        """Serve until the process ends."""
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        _say(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        await asyncio.Event().wait()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                await self._answer(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        head = asked.lower()
        length = head.partition("content-length:")[2].split("\r\n")[0].strip() or "0"
        await reader.readexactly(int(length))
        self.count += 1
        await asyncio.sleep(self._latency_s)
        path = asked.split(" ", 2)[1]
        if "depth: 0" in head:
            writer.write(self._root)
        elif "depth: infinity" not in head:
            wanted = path if path in self._answers else path.rstrip("/") + "/"
            writer.write(self._answers.get(wanted, _write_answer("404 Not Found", b"")))
        elif self._stream:
            await self._write_tree(writer)
        else:
            writer.write(_write_answer("412 Precondition Failed", b""))
        await writer.drain()

    async def _write_tree(self, writer: asyncio.StreamWriter) -> None:
        writer.write(_CHUNKED)
        for piece in stream_tree(self._files):
            writer.write(b"%x\r\n%b\r\n" % (len(piece), piece))
            await writer.drain()
        writer.write(b"0\r\n\r\n")


_STATUS = b'{"installed":true,"maintenance":false,"versionstring":"27.0.2"}'
_CHUNKED = (
    b"HTTP/1.1 207 Multi-Status\r\nContent-Type: application/xml; charset=utf-8\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n"
)


def _write_answer(status: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/xml; charset=utf-8\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def serve_canned(files: int, *, latency_s: float, stream: bool) -> None:
    """Serve without any work between an order and its answer."""
    server = CannedServer(files, latency_s=latency_s, stream=stream)
    threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True).start()
    for _ in _read_orders():
        counted, server.count = server.count, 0
        _say(json.dumps({"all": counted}))


def main() -> None:
    """Serve what the command line names until its orders end."""
    match sys.argv[1:]:
        case ["paced"]:
            serve_paced()
        case ["documents", count, size]:
            serve_documents(int(count), int(size))
        case ["canned"]:
            serve_canned(FILES, latency_s=LATENCY_S, stream=False)
        case ["stream", files]:
            serve_canned(int(files), latency_s=0.0, stream=True)


if __name__ == "__main__":
    main()
