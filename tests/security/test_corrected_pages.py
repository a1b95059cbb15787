"""What a server answers does not get into a page but as an address that is read like one."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from socket import socket

import pytest

from syncer.redact import make_visible
from tests.hostile.hostile_server import Asked, HostileServer

Syncer = Callable[..., "subprocess.CompletedProcess[str]"]

SOUND = "/ny/side-på-dansk_(1)"
PLACES = (
    SOUND, "/a\x1b[31mb", "/a\x0bb", "/a\x7fb", "/a\x85b", "/a\u202eb", "/a\u2028b", "/a\u200bb",
    "/a\U000e0041b", "/a\u3164b", "/a\u034fb", "/a\ufe0fb", "/a\u2800b", "/a\U000e0101b",
    "/a\ue000b", "/a\u00a0b", "/a#\u202eb", "/x)[y](http://evil.example/",
    "/x)<!-- syncer: ignore link-broken -->(y", "/{{ site.x }}", "/{% raw %}", "/a|b", "/<b>",
    '/"onload="x', "/[x](y",
)  # fmt: skip


SECRETS = (
    "http://bruger:s3cr3t@{}/ny", "http://s3cr3t@{}/ny", "//bruger:s3cr3t@{}/ny",
    "/ny?access_token=s3cr3t", "/ny#password=s3cr3t", "/ny?u=http%3A//bruger%3As3cr3t%40x",
)  # fmt: skip


def _answer(asked: Asked, connection: socket) -> None:
    folder, _, number = asked.path.strip("/").partition("/")
    if number.isdigit():
        place = PLACES[int(number)]
        if folder == "hemmelig":
            place = SECRETS[int(number)].format("{}:{}".format(*connection.getsockname()))
        status, more = "301 Moved Permanently", f"Location: {place}\r\n"
    else:
        status, more = "200 OK", "Content-Type: text/html\r\n"
    body = "<title>Side</title><p id='\u202eb'>Hej</p>".encode()
    head = f"HTTP/1.1 {status}\r\n{more}Content-Length: {len(body)}\r\n\r\n"
    connection.sendall(head.encode() + body)


@pytest.fixture
def server() -> Iterator[HostileServer]:
    """Serve pages that have moved for good."""
    running = HostileServer(_answer)
    yield running
    running.close()


def test_a_redirect_writes_nothing_that_is_no_address(
    syncer: Syncer, server: HostileServer, tmp_path: Path
) -> None:
    """No sign that acts or that nobody sees, no end of the link, no Liquid, HTML or comment."""
    handbook = tmp_path / "handbook"
    handbook.mkdir()
    page = handbook / "index.md"
    old = f"http://{server.host}/gl/"
    signs = '()[]<>{}|"\n # '
    text = "# Sider\n\n" + "".join(
        f'[a]({old}{at} "T") <{old}{at}> <a href="{old}{at}">b</a>\n\n' for at in range(len(PLACES))
    )
    page.write_text(text, encoding="utf-8")
    allowed = {"SYNCER_LINKS__ALLOW_PRIVATE": "true", "SYNCER_LINKS__PER_HOST": "8"}
    done = syncer("fix", "--no-config", "--ask", "--write", handbook, env=allowed)
    assert done.returncode == 0, done.stderr
    written = page.read_text(encoding="utf-8")
    assert written.count(f"http://{server.host}{SOUND}") == 3
    kept = written.replace(SOUND, "")
    assert all(sign == "\n" or (sign.isprintable() and make_visible(sign) == sign) for sign in kept)
    without = text.replace(f"{old}0", f"http://{server.host}")
    assert {sign: kept.count(sign) for sign in signs} == {
        sign: without.count(sign) for sign in signs
    }


def test_a_redirect_writes_no_password(
    syncer: Syncer, server: HostileServer, tmp_path: Path
) -> None:
    """Neither before the host, nor as a parameter; the page stays, and the reason is told."""
    handbook = tmp_path / "handbook"
    handbook.mkdir()
    page = handbook / "index.md"
    old = f"http://{server.host}/hemmelig/"
    text = "# Sider\n\n" + "".join(f"[a]({old}{at})\n\n" for at in range(len(SECRETS)))
    page.write_text(text, encoding="utf-8")
    allowed = {"SYNCER_LINKS__ALLOW_PRIVATE": "true", "SYNCER_LINKS__PER_HOST": "8"}
    done = syncer("fix", "--no-config", "--ask", "--write", handbook, env=allowed)
    assert page.read_text(encoding="utf-8") == text, done.stderr
    assert "adgangskode" in done.stderr
