"""A listing of a hostile server costs bounded memory, and only its own share."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import run
from typing import ClassVar

import pytest

from tests.benchmarks.trees import HEAD, TAIL

HOSTILE, GOOD = "Ondskab00000001", "Godsind00000001"
MAX_RSS_KB = 600 << 10
_MEASURED = (
    "import resource, subprocess, sys\n"
    "done = subprocess.run([sys.executable, '-m', 'syncer', *sys.argv[1:]])\n"
    "print('peak', resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)\n"
    "sys.exit(done.returncode)\n"
)
_ENTRY = (
    "<d:response><d:href>{href}</d:href><d:propstat><d:prop><d:resourcetype>{kind}"
    '</d:resourcetype><d:getetag>"x"</d:getetag><oc:fileid>{number}</oc:fileid>'
    "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
)
_FOLDER = "<d:collection/>"


def list_long_names(megabytes: int) -> Iterator[str]:
    """Yield files with names of 20 kB."""
    for number in range(megabytes * 50):
        yield _ENTRY.format(href="{root}/" + f"{number:09d}" + "n" * 20_000, kind="", number=number)


def list_deep_paths(megabytes: int) -> Iterator[str]:
    """Yield files in one folder that is as deep, with names as long, as a server stores them."""
    path = "{root}"
    for depth in range(15):
        path += f"/{depth}" + "d" * 250
        yield _ENTRY.format(href=f"{path}/", kind=_FOLDER, number=depth)
    for number in range(megabytes * 250):
        yield _ENTRY.format(href=f"{path}/{number:09d}" + "n" * 240, kind="", number=100 + number)


def list_wide_letters(megabytes: int) -> Iterator[str]:
    """Yield files whose names take four bytes a letter in memory too."""
    for number in range(megabytes * 1_000):
        name = f"{number:09d}" + "\N{OLD ITALIC LETTER A}" * 200
        yield _ENTRY.format(href="{root}/" + name, kind="", number=number)


LISTINGS: dict[str, Callable[[int], Iterator[str]]] = {
    "long names": list_long_names,
    "deep paths": list_deep_paths,
    "wide letters": list_wide_letters,
}


class _Handler(BaseHTTPRequestHandler):
    """A Nextcloud 27 of two shares: one as hostile as chosen, one with a single document."""

    listing: ClassVar[Callable[[int], Iterator[str]]]
    megabytes = 80
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer `status.php`, and every other page with 200."""
        body = b'{"installed":true,"maintenance":false,"versionstring":"27.0.2"}'
        self._begin(200, "application/json")
        self._write([body])

    def do_PROPFIND(self) -> None:
        """List the share of the login's token, whatever the depth."""
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        import base64

        login = base64.b64decode(self.headers.get("Authorization", "").partition(" ")[2])
        root = "/public.php/webdav"
        self._begin(207, "application/xml; charset=utf-8")
        entries: Iterator[str] = iter(())
        if self.headers.get("Depth") != "0":
            good = iter([_ENTRY.format(href="{root}/Partneraftale.docx", kind="", number=7)])
            is_hostile = login.startswith(HOSTILE.encode())
            entries = type(self).listing(self.megabytes) if is_hostile else good
        self._write(self._encode(root, entries))

    def _encode(self, root: str, entries: Iterator[str]) -> Iterator[bytes]:
        yield (HEAD + _ENTRY.format(href=f"{root}/", kind=_FOLDER, number=1)).encode()
        for entry in entries:
            yield entry.replace("{root}", root).encode()
        yield TAIL.encode()

    def _begin(self, status: int, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def _write(self, pieces: Iterator[bytes] | list[bytes]) -> None:
        try:
            for piece in pieces:
                self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
        except OSError:
            self.close_connection = True  # the client had enough

    def log_message(self, *_args: object) -> None:
        """Log nothing."""


_PARAMS = [
    "long names",
    *(pytest.param(name, marks=pytest.mark.thorough) for name in LISTINGS if name != "long names"),
]


@pytest.fixture(params=_PARAMS)
def server(request: pytest.FixtureRequest) -> Iterator[str]:
    """Serve one kind of hostile listing; yield host and port."""
    handler = type("Handler", (_Handler,), {"listing": staticmethod(LISTINGS[request.param])})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{httpd.server_address[1]}"
        httpd.shutdown()


def test_a_hostile_listing_costs_only_its_own_share(server: str, tmp_path: Path) -> None:
    """80 MB beside a good share: exit 3, the good share judged, a whole report, under 600 MB."""
    rows = "".join(
        f"| {name} | [Boks](http://{server}/s/{token}) |\n"
        for name, token in (("Partneraftale", GOOD), ("Ondskabsaftale", HOSTILE))
    )
    page = f"---\n---\n| Ressource | Placering |\n|---|---|\n{rows}"
    (tmp_path / "handbook").mkdir()
    (tmp_path / "handbook" / "index.md").write_text(page, encoding="utf-8")
    settings = (
        '[handbook]\nsource = "handbook"\n[state]\nfolder = "state"\n'
        f'[[nextcloud]]\nhost = "{server}"\nbase_url = "http://{server}"\n'
    )
    (tmp_path / "syncer.toml").write_text(settings, encoding="utf-8")
    done = run(
        [sys.executable, "-c", _MEASURED, "run", "--config", str(tmp_path / "syncer.toml")],
        capture_output=True, check=False, text=True, timeout=300, cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "NO_PROXY": "127.0.0.1", "HOME": str(tmp_path)},
    )  # fmt: skip
    reports = tmp_path / "state" / "reports"
    status = json.loads((reports / "status.json").read_text("utf-8"))
    verdicts = {row["name"]: row["status"] for row in status["resources"]}
    peak_kb = int(done.stderr.rpartition("peak ")[2])
    print(f"peak {peak_kb >> 10} MB")  # noqa: T201 - the figure, with `pytest -s`
    assert verdicts["Partneraftale"] == "present"
    assert verdicts["Ondskabsaftale"] in ("undetermined", "missing")
    assert done.returncode == (3 if verdicts["Ondskabsaftale"] == "undetermined" else 0)
    assert (reports / "report.html").stat().st_size < 3 << 20
    assert peak_kb < MAX_RSS_KB
