"""A password goes to the Nextcloud that the settings name, wherever a page links to."""

from __future__ import annotations

import base64
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from socket import socket

import pytest
import trustme

from syncer.config import Secrets, Settings
from syncer.config.settings import HandbookSettings, NextcloudSettings, PinSettings
from syncer.manifest.document import StatusManifest
from syncer.model.shares import join_share_id, split_share_id
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.options import AuditOptions
from syncer.pipeline.run import run_audit
from syncer.surroundings import Surroundings
from tests.hostile.hostile_server import Asked, HostileServer

TOKEN = "AbCdEfGhIjKlMnO"
PASSWORD = "hemmelig-nok"
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
STATUS = b'{"installed":true,"maintenance":false,"versionstring":"27.0.2"}'

Audit = Callable[..., StatusManifest]


def _answer(asked: Asked, connection: socket) -> None:
    if asked.path.endswith("/status.php"):
        status, body = "200 OK", STATUS
    else:
        status, body = "404 Not Found", b""
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n"
    connection.sendall(head.encode() + body)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[HostileServer]:
    """Yield a host with any number of Nextclouds, none of which has a share."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    running = HostileServer(_answer, context)
    yield running
    running.close()


@pytest.fixture
def audit(server: HostileServer, tmp_path: Path) -> Audit:
    """Return a function that audits a page with links, with the passwords of the settings."""

    def run(
        *links: str,
        base_url: str | None = None,
        user: str | None = None,
        pin: tuple[PinSettings, ...] = (),
    ) -> StatusManifest:
        folder = tmp_path / "handbook"
        folder.mkdir()
        rows = "".join(f"| Aftale | Den | [Boks]({link}) |\n" for link in links)
        (folder / "index.md").write_text(
            f"| Ressource | Beskrivelse | Placering |\n|---|---|---|\n{rows}", encoding="utf-8"
        )
        cloud = NextcloudSettings(
            host=server.host, base_url=base_url, ca_file=tmp_path / "ca.pem", user=user
        )
        settings = Settings(
            handbook=HandbookSettings(source=str(folder)), nextcloud=(cloud,), pin=pin
        )
        secrets = Secrets(
            shares={f"{server.host}/{TOKEN}": PASSWORD}, accounts={server.host: PASSWORD}
        )
        around = Surroundings(now=lambda: NOW, sleep=lambda _: None)
        return run_audit(Job(settings, AuditOptions(), secrets, Memory(), around))

    return run


def _list_password_paths(server: HostileServer) -> set[str]:
    """Return the first part of each path that was asked for with the password."""
    logins = (
        (asked.path, base64.b64decode(asked.authorization.removeprefix("Basic ")).decode())
        for asked in server.asked
        if asked.authorization
    )
    return {path.split("/")[1] for path, login in logins if login.endswith(f":{PASSWORD}")}


@pytest.mark.parametrize("front", ["/~other", "/~other/index.php", "/a/b", "/zz"])
def test_another_web_root_is_another_share_without_the_password(
    audit: Audit, server: HostileServer, front: str
) -> None:
    """It takes neither the password nor the honest share out of the check."""
    own, other = f"https://{server.host}/s/{TOKEN}", f"https://{server.host}{front}/s/{TOKEN}"
    manifest = audit(own, other)
    webroot = front.removesuffix("/index.php")
    assert {share.id for share in manifest.shares} == {
        f"{server.host}/{TOKEN}",
        f"{server.host}{webroot}/{TOKEN}",
    }
    assert _list_password_paths(server) == {"public.php"}
    assert {asked.path for asked in server.asked} >= {"/status.php", f"{webroot}/status.php"}


def test_a_share_that_only_the_settings_name_stays_at_the_root(
    audit: Audit, server: HostileServer
) -> None:
    """A pinned share is not asked for where a page's link to another share leads."""
    pin = PinSettings(name="Aftale", share=f"{server.host}/{TOKEN}", path="a.docx")
    audit(f"https://{server.host}/~other/s/AnotherToken0001", pin=(pin,))
    assert _list_password_paths(server) == {"public.php"}


def test_the_password_follows_the_base_url(audit: Audit, server: HostileServer) -> None:
    """The web root of the settings is the host's own: its share ids have none."""
    manifest = audit(
        f"https://{server.host}/nextcloud/s/{TOKEN}",
        f"https://{server.host}/nextcloud2/s/{TOKEN}",
        base_url=f"https://{server.host}/nextcloud/",
    )
    assert {share.id for share in manifest.shares} == {
        f"{server.host}/{TOKEN}",
        f"{server.host}/nextcloud2/{TOKEN}",
    }
    assert _list_password_paths(server) == {"nextcloud"}


def test_the_password_of_an_account_stays_at_the_root(audit: Audit, server: HostileServer) -> None:
    """A folder of another Nextcloud on the host is not looked at as the account."""
    audit(
        f"https://{server.host}/~other/apps/files/?dir=/Aftaler",
        f"https://{server.host}/apps/files/?dir=/Aftaler",
        user="anna",
    )
    assert _list_password_paths(server) == {"remote.php"}


@pytest.mark.parametrize(
    ("share", "parts"),
    [
        ("boks.example.org/T", ("boks.example.org", "", "T")),
        ("boks.example.org/a/T", ("boks.example.org", "/a", "T")),
        ("[::1]:8443/~o/b/@account", ("[::1]:8443", "/~o/b", "@account")),
    ],
)
def test_a_share_id_is_split_in_one_way(share: str, parts: tuple[str, str, str]) -> None:
    """The token is its last part, and the host its first."""
    split = split_share_id(share)
    assert tuple(split) == parts
    assert join_share_id(split.cloud, split.token) == share
