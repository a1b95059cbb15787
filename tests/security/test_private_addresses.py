"""What a page links to leads syncer into no private network that the settings do not name."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from syncer.config import Secrets, Settings
from syncer.config.settings import HandbookSettings, LinksSettings
from syncer.errors import RemoteError
from syncer.manifest.document import StatusManifest
from syncer.model.links import LinkStatus, LinkVerdict
from syncer.net import dialer
from syncer.net.deadlines import Patience, begin_request
from syncer.net.dialer import Dialer, Resolver
from syncer.net.failures import Cause, Unreached
from syncer.nextcloud.dav.client import NextcloudClient, open_connections
from syncer.nextcloud.server import read_version
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.options import AuditOptions
from syncer.pipeline.run import run_audit
from syncer.surroundings import Surroundings
from syncer.web.link_settings import LinkSettings
from syncer.web.linkcheck import check_links

TOKEN = "AbCdEfGhIjKlMnO"
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
PATIENCE = Patience(connect_s=2.0, read_s=2.0, answer_s=2.0)

Audit = Callable[..., StatusManifest]


class Target:
    """A port on loopback that nothing answers."""

    def __init__(self) -> None:
        """Listen."""
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.listener.settimeout(0)
        self.port = int(self.listener.getsockname()[1])

    def was_contacted(self) -> bool:
        """Return whether a connection was made."""
        try:
            self.listener.accept()[0].close()
        except BlockingIOError:
            return False
        return True


@pytest.fixture
def target() -> Iterator[Target]:
    """Yield a port that nothing may connect to."""
    opened = Target()
    yield opened
    opened.listener.close()


@pytest.fixture
def audit(tmp_path: Path) -> Audit:
    """Return a function that audits a page with a row to a link, with default settings."""

    def run(link: str, links: LinksSettings | None = None) -> StatusManifest:
        folder = tmp_path / "handbook"
        folder.mkdir()
        (folder / "index.md").write_text(
            "| Ressource | Beskrivelse | Placering |\n|---|---|---|\n"
            f"| Aftale | Den | [Boks]({link}) |\n",
            encoding="utf-8",
        )
        settings = Settings(
            handbook=HandbookSettings(source=str(folder)), links=links or LinksSettings()
        )
        return run_audit(
            Job(
                settings,
                AuditOptions(),
                Secrets(),
                Memory(),
                Surroundings(now=lambda: NOW, sleep=lambda _: None),
            )
        )

    return run


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f000001",
        "017700000001",
        "127.1",
        "[::ffff:127.0.0.1]",
        "boks.example.org@127.0.0.1",
        "127.0.0.1.",
    ],
)
@pytest.mark.parametrize("scheme", ["https", "http"])
def test_a_share_link_to_a_private_host_is_not_followed(
    audit: Audit, target: Target, host: str, scheme: str
) -> None:
    """The share is unreadable with the reason, nothing is contacted, and there is no listing."""
    manifest = audit(f"{scheme}://{host}:{target.port}/s/{TOKEN}")
    (share,) = manifest.shares
    assert not target.was_contacted()
    assert (share.status, share.files) == ("unreadable", None)
    assert share.reason is not None
    assert share.reason.code == "share-private-address"
    assert [row.status for row in manifest.resources] == ["undetermined"]
    assert not manifest.run.complete


def test_allowing_private_web_links_allows_no_private_share(audit: Audit, target: Target) -> None:
    """`[links] allow_private` is about web links; a Nextcloud is named under `[[nextcloud]]`."""
    manifest = audit(
        f"https://127.0.0.1:{target.port}/s/{TOKEN}", LinksSettings(allow_private=True)
    )
    assert not target.was_contacted()
    assert manifest.shares[0].status == "unreadable"


def _ask_version(base_url: str, *, allow_private: bool) -> str | None:
    connections = open_connections(
        base_url,
        ca_file=None,
        workers=1,
        patience=PATIENCE,
        sleep=lambda _: None,
        allow_private=allow_private,
    )
    try:
        return read_version(NextcloudClient(connections, None), "")
    finally:
        connections.adapter.close()


@pytest.mark.parametrize(
    "addresses", [("127.0.0.1",), ("93.184.215.14", "127.0.0.1"), ("::1",), ("fe80::1%lo",)]
)
def test_a_name_that_resolves_to_a_private_address_is_refused(
    monkeypatch: pytest.MonkeyPatch, target: Target, addresses: Sequence[str]
) -> None:
    """One private address of several is enough: the name points both ways."""
    monkeypatch.setattr("syncer.net.dialer.socket.getaddrinfo", _answer(addresses))
    with pytest.raises(RemoteError) as refused:
        _ask_version(f"http://boks.example.org:{target.port}", allow_private=False)
    assert refused.value.code == "private-address"
    assert not target.was_contacted()


def _answer(*answers: Sequence[str]) -> Callable[..., list[tuple[object, ...]]]:
    """Return a `getaddrinfo` whose answers follow each other, the last again and again."""
    given = [*answers]

    def getaddrinfo(*_: object, **__: object) -> list[tuple[object, ...]]:
        addresses = given.pop(0) if len(given) > 1 else given[0]
        return [(None, None, None, "", (address, 0)) for address in addresses]

    return getaddrinfo


def test_a_name_cannot_change_between_check_and_connection() -> None:
    """A host is looked up once; what was checked is what is connected to."""
    answers = [["93.184.215.14"], ["127.0.0.1"]]
    resolver = Resolver(lambda _host: answers.pop(0))
    connected: list[str] = []

    def note(address: str, *_: object) -> Cause:
        connected.append(address)
        return Cause.REFUSED

    begin_request(PATIENCE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dialer, "_connect", note)
        for _ in range(3):
            with pytest.raises(Unreached):
                Dialer(allow_private=False, resolver=resolver).dial("boks.example.org", 443)
    assert connected == ["93.184.215.14"] * 3
    assert answers == [["127.0.0.1"]]


@pytest.mark.parametrize(
    "host",
    [
        *(
            "169.254.169.254",
            "127.1",
            "localhost",
            "localhost.localdomain",
            "localhost4.localdomain4",
            "localhost6",
        ),
        *("ip6-localhost", "ip6-loopback", "IP6-LOCALHOST.", "nextcloud", "metadata.internal"),
        socket.gethostname().partition(".")[0],
    ],
)
def test_a_private_name_is_refused_before_a_proxy_resolves_it(
    monkeypatch: pytest.MonkeyPatch, target: Target, host: str
) -> None:
    """Behind a proxy the name is all that can be checked, and it is, also the machine's own."""
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{target.port}")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with pytest.raises(RemoteError) as refused:
        _ask_version(f"http://{host}", allow_private=False)
    assert refused.value.code == "private-address"
    assert not target.was_contacted()


def test_a_public_name_is_asked_for_behind_a_proxy(
    monkeypatch: pytest.MonkeyPatch, target: Target
) -> None:
    """The proxy answers for it; a name without a dot is refused there alone."""
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{target.port}")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with suppress(RemoteError):
        _ask_version("http://boks.example.org", allow_private=False)
    assert target.was_contacted()


def test_a_redirect_of_a_named_host_is_not_followed(target: Target) -> None:
    """A Nextcloud that the settings name cannot send requests on to another private server."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def redirect() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(
                    b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n"
                    b"Location: http://127.0.0.1:%d/status.php\r\n\r\n" % target.port
                )

        thread = threading.Thread(target=redirect)
        thread.start()
        assert _ask_version(f"http://127.0.0.1:{port}", allow_private=True) is None
        thread.join()
    assert not target.was_contacted()


def _check(url: str, **settings: object) -> LinkVerdict:
    return check_links(
        [url],
        settings=LinkSettings(**settings),  # type: ignore[arg-type]
        memory=None,
        around=Surroundings(now=lambda: NOW, sleep=lambda _: None),
        today=NOW.date(),
        resolve=lambda _host: ["127.0.0.1"],
    )[url]


def test_a_remap_does_not_open_the_other_ports_of_its_target(target: Target) -> None:
    """Only the origin and the path that the settings name may be private."""
    remap = {"https://www.example.org/": "http://127.0.0.1:1/app/"}
    for path in (f":{target.port}/", f":{target.port}/app/", ":1/", ":1/app/../admin"):
        verdict = _check(f"http://127.0.0.1{path}", remap=remap)
        assert verdict.status is LinkStatus.UNCHECKED
        assert verdict.reason is not None
        assert verdict.reason.code == "link-private-address"
    verdict = _check(f"http://intern.example.org:{target.port}/", remap=remap)
    assert verdict.status is LinkStatus.UNCHECKED
    assert not target.was_contacted()


def test_an_open_connection_serves_no_forbidden_path() -> None:
    """A path beside the remapped one is refused also while a connection to its server is open."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                while line := connection.recv(65_536).split(b"\r\n")[0]:
                    asked.append(line)
                    connection.sendall(
                        b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /admin\r\n\r\n"
                    )

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        target = f"http://intern.example.org:{port}/app/"
        verdict = _check("https://www.example.org/x", remap={"https://www.example.org/": target})
    assert asked == [b"GET /app/x HTTP/1.1"]
    assert verdict.status is LinkStatus.UNCHECKED
    assert verdict.reason is not None
    assert verdict.reason.code == "link-private-address"
