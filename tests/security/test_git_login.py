"""The login of a handbook's repository goes to the host of the settings, and to no other."""

from __future__ import annotations

import base64
import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.security.test_git_baseline import commit, git

Syncer = Callable[..., "subprocess.CompletedProcess[str]"]

LOGIN = "bo:h@mmelig nøgle'$(x)\"\\n%s"
IN_ADDRESS = "bo:h%40mmelig%20n%C3%B8gle%27%24%28x%29%22%5Cn%25s"


class _GitHost(ThreadingHTTPServer):
    """Serves the repositories of a folder by git's own program, to whoever has the login.

    Attributes:
        logins: what came with each request; None for nothing.
        moved_to: the address to which everything is redirected; None: nothing is.
        open_to_all: whether no login is asked for.
    """

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        """Listen at once."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.logins: list[str | None] = []
        self.moved_to: str | None = None
        self.open_to_all = False
        self.thread = threading.Thread(target=self.serve_forever, args=(0.01,))
        self.thread.start()

    @property
    def host(self) -> str:
        """Name and port."""
        return f"127.0.0.1:{self.server_port}"

    def close(self) -> None:
        """Stop to listen."""
        self.shutdown()
        self.thread.join()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: _GitHost

    def _answer(self) -> None:
        given = self.headers["Authorization"]
        login = given and base64.b64decode(given.removeprefix("Basic ")).decode()
        self.server.logins.append(login)
        if self.server.moved_to is not None:
            self.send_response(301)
            self.send_header("Location", self.server.moved_to + self.path)
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif login != LOGIN and not self.server.open_to_all:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="git"')
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._serve()

    do_GET = do_POST = _answer  # noqa: N815 - the base's names

    def _serve(self) -> None:
        path, _, query = self.path.partition("?")
        length = self.headers["Content-Length"] or ""
        done = subprocess.run(
            ["git", "http-backend"],
            input=self.rfile.read(int(length or 0)),
            capture_output=True,
            check=True,
            env={
                "PATH": os.environ["PATH"],
                "GIT_PROJECT_ROOT": str(self.server.folder),
                "GIT_HTTP_EXPORT_ALL": "1",
                "GIT_PROTOCOL": self.headers["Git-Protocol"] or "",
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "REQUEST_METHOD": self.command,
                "CONTENT_TYPE": self.headers["Content-Type"] or "",
                "CONTENT_LENGTH": length,
                "HTTP_CONTENT_ENCODING": self.headers["Content-Encoding"] or "",
            },
        )
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        self.send_response(200)
        for line in head.decode().split("\r\n"):
            self.send_header(*line.split(": ", 1))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def hosts(tmp_path: Path) -> Iterator[tuple[_GitHost, _GitHost]]:
    """Serve a handbook's repository on two hosts."""
    work = tmp_path / "git" / "handbook"
    work.mkdir(parents=True)
    (work / "index.md").write_text("# Side\n\n[anden](anden.md)\n", encoding="utf-8")
    (work / "anden.md").write_text("# Anden\n", encoding="utf-8")
    git(work, "init", "-q", "-b", "main")
    commit(work)
    git(tmp_path, "clone", "-q", "--bare", str(work), "git/handbook.git")
    running = _GitHost(tmp_path / "git"), _GitHost(tmp_path / "git")
    yield running
    for one in running:
        one.close()


def _audit(syncer: Syncer, host: _GitHost) -> subprocess.CompletedProcess[str]:
    address = f"http://{IN_ADDRESS}@{host.host}/handbook.git"
    return syncer("audit", "--no-config", "--offline", "-vv", address)


def test_the_login_opens_the_repository(syncer: Syncer, hosts: tuple[_GitHost, _GitHost]) -> None:
    """Whatever signs a password has, once the host asks for it."""
    done = _audit(syncer, hosts[0])
    assert done.returncode == 0, done.stderr
    assert set(hosts[0].logins) == {None, LOGIN}
    assert "mmelig" not in done.stdout + done.stderr


@pytest.mark.parametrize("open_to_all", [True, False], ids=["open", "asks"])
def test_a_redirect_gets_no_login(
    syncer: Syncer, hosts: tuple[_GitHost, _GitHost], *, open_to_all: bool
) -> None:
    """Neither a host that asks for one, nor one that serves what git wants."""
    named, other = hosts
    named.moved_to, other.open_to_all = f"http://{other.host}", open_to_all
    done = _audit(syncer, named)
    assert done.returncode == (0 if open_to_all else 2), done.stderr
    assert set(other.logins) == {None}


def test_a_login_that_git_does_not_take_is_told(syncer: Syncer) -> None:
    """A line break would end it early; it is not shown."""
    done = syncer("audit", "--no-config", "http://bo:h%0Ammelig@127.0.0.1:9/handbook.git")
    assert done.returncode == 2
    assert "has a character that git does not take" in done.stderr
    assert "mmelig" not in done.stderr
