"""Hosts that no settings name: what answers as a Nextcloud is one, whatever its links look like."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from syncer.config import Settings
from syncer.config.settings import HandbookSettings, LinksSettings, NextcloudSettings
from syncer.manifest.document import StatusManifest
from syncer.nextcloud.recognition import MAX_HOSTS, recognise_hosts
from syncer.nextcloud.share_url import choose_hosts, find_suspects
from syncer.pipeline.options import AuditOptions
from syncer.surroundings import Surroundings
from tests.cloud.cloud import Cloud
from tests.cloud.server import CloudServer, serve_cloud
from tests.cloud.throttle import Throttle
from tests.pipeline.handbooks import Audit

INSIDE = ("/f/12", "/apps/files/files/33?dir=/A", "/apps/files/?dir=/A&fileid=12")


@pytest.fixture
def cloud() -> Iterator[CloudServer]:
    """Serve a Nextcloud that no settings name."""
    cloud = Cloud("32.0.1", throttle=Throttle(unit_s=0))
    cloud.add_file("Delt/a.docx")
    cloud.share("Token0000000001", "Delt")
    with serve_cloud(cloud) as running:
        yield running


@pytest.fixture
def product() -> Iterator[str]:
    """Serve another product with `/s/` in its addresses; give the address."""

    class Product(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path.startswith("/s/")
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<html><body>Velkommen</body></html>")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        do_HEAD = do_GET  # noqa: N815 - the name that http.server looks for

    server = ThreadingHTTPServer(("127.0.0.1", 0), Product)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def read(audit: Audit, tmp_path: Path) -> object:
    """Give a function that audits links, with another Nextcloud in the settings or none."""

    def run(*urls: str, named: bool, offline: bool = False) -> StatusManifest:
        folder = tmp_path / "sider"
        folder.mkdir(exist_ok=True)
        (folder / "side.md").write_text("\n\n".join(f"[{url}]({url})" for url in urls), "utf-8")
        others = (NextcloudSettings(host="boks.example.org"),) if named else ()
        return audit(
            "",
            folder=folder,
            options=AuditOptions(offline=offline),
            settings=Settings(
                handbook=HandbookSettings(source=str(folder)),
                nextcloud=others,
                links=LinksSettings(allow_private=True),
            ),
        )

    return run


@pytest.mark.parametrize("named", [False, True])
def test_a_login_link_is_known_without_any_share_link(
    read: object, cloud: CloudServer, named: bool
) -> None:
    """It is no ordinary page, which a reader without a login could open."""
    assert callable(read)
    manifest = read(*(f"{cloud.base_url}{tail}" for tail in INSIDE), named=named)
    assert {(link.kind, link.status) for link in manifest.links} == {("login", "needs-login")}
    assert [served.path for served in cloud.traffic.served] == ["/status.php"]


@pytest.mark.parametrize("named", [False, True])
def test_another_product_with_such_addresses_has_ordinary_pages(
    read: object, product: str, named: bool
) -> None:
    """What gives no Nextcloud's status is asked like any page."""
    assert callable(read)
    manifest = read(f"{product}/f/12", named=named)
    assert [(link.kind, link.status) for link in manifest.links] == [("web", "broken")]


def test_a_share_link_of_another_product_is_no_share(product: str, cloud: CloudServer) -> None:
    """Its host is told from a Nextcloud by the status page; one that is down is not decided."""
    urls = {
        "product": f"{product}/s/global",
        "cloud": f"{cloud.base_url}/s/Token0000000001",
    }
    suspects = find_suspects(urls.values(), ())
    hosts = {name: urlsplit(url).netloc for name, url in urls.items()}
    addresses = {host: suspect.base_urls for host, suspect in suspects.items()}
    around = Surroundings(sleep=lambda _: None)

    def ask() -> dict[str, bool]:
        return recognise_hosts(addresses, memory=None, around=around, private=hosts.values())

    assert ask() == {hosts["product"]: False, hosts["cloud"]: True}
    assert choose_hosts((), suspects, ask()) == {hosts["cloud"]}
    cloud.cloud.moods.maintenance = True
    assert ask()[hosts["cloud"]] is True
    cloud.unplug()
    assert ask() == {hosts["product"]: False}
    assert choose_hosts((), suspects, ask()) == {hosts["cloud"]}


def test_a_page_full_of_hosts_makes_few_requests(cloud: CloudServer) -> None:
    """So many are asked, the first by name; of the others nothing is known."""
    names = [f"h{number:03}" for number in range(MAX_HOSTS + 5)]
    addresses = {name: frozenset({cloud.base_url}) for name in reversed(names)}
    around = Surroundings(sleep=lambda _: None)
    known = recognise_hosts(addresses, memory=None, around=around, private=names)
    assert known == dict.fromkeys(names[:MAX_HOSTS], True)
    assert cloud.traffic.total == MAX_HOSTS


def test_offline_nothing_is_asked(read: object, cloud: CloudServer) -> None:
    """A share's link is then taken for one, as without an answer."""
    assert callable(read)
    manifest = read(f"{cloud.base_url}/s/Token0000000001", named=False, offline=True)
    assert [(link.kind, link.status) for link in manifest.links] == [("share", "unchecked")]
    assert cloud.traffic.total == 0
