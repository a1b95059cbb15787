"""Where a share is asked for, whatever a page writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from syncer.config import Secrets, Settings
from syncer.config.settings import HandbookSettings, NextcloudSettings
from syncer.manifest.codec import encode
from syncer.pipeline.handbook import load_handbook
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.options import AuditOptions
from syncer.pipeline.shares import find_shares
from syncer.surroundings import Surroundings
from tests.cloud.cloud import Cloud
from tests.cloud.server import CloudServer, serve_cloud
from tests.cloud.throttle import Throttle
from tests.pipeline.handbooks import TOKEN, Audit, fill, write_page


def test_a_link_sends_no_password_in_the_open(
    audit: Audit, server: CloudServer, tmp_path: Path
) -> None:
    """A host of the settings is reached by https, as they say, although a page writes http."""
    server.cloud.share(TOKEN, "Boks", password="hemmelig")
    folder = write_page(tmp_path / "handbook", server.base_url)
    manifest = audit(
        server.base_url,
        settings=Settings(
            handbook=HandbookSettings(source=str(folder)),
            nextcloud=(NextcloudSettings(host=server.host),),
        ),
        secrets=Secrets(shares={f"{server.host}/{TOKEN}": "hemmelig"}),
    )
    assert server.base_url.startswith("http://")
    assert server.traffic.total == 0
    assert manifest.shares[0].status == "unreadable"


@pytest.mark.parametrize("pages", [("a.md", "z.md"), ("z.md", "a.md")])
def test_of_two_spellings_the_encrypted_one_is_taken(
    tmp_path: Path, pages: tuple[str, str]
) -> None:
    """A second link to the same share does not change where it is asked for."""
    host = "boks.example.org"
    folder = write_page(tmp_path / "handbook", f"http://{host}")
    for name, scheme in zip(pages, ("http", "https"), strict=True):
        (folder / name).write_text(f"[boksen]({scheme}://{host}/s/{TOKEN})\n", encoding="utf-8")
    settings = Settings(handbook=HandbookSettings(source=str(folder)))
    job = Job(settings, AuditOptions(), Secrets(), Memory(), Surroundings())
    named = find_shares(load_handbook(job), settings, rows_only=False)
    assert named[f"{host}/{TOKEN}"].base_url == f"https://{host}"


@pytest.mark.parametrize("front", ["", "/index.php"])
def test_a_token_is_settled_where_its_link_leads(
    audit: Audit, server: CloudServer, tmp_path: Path, front: str
) -> None:
    """The page that readers are sent to tells what became of a share that is not let in."""
    page = f"{front}/s/NoSuchToken0001"
    folder = write_page(tmp_path / "handbook", server.base_url)
    (folder / "a.md").write_text(f"[væk]({server.base_url}{page})\n", encoding="utf-8")
    manifest = audit(server.base_url, folder=folder)
    assert [served.path for served in server.traffic.served if served.method == "GET"] == [
        "/status.php",
        f"/s/{TOKEN}",
        page,
    ]
    assert "gone" in {share.status for share in manifest.shares}


@pytest.mark.parametrize("webroot", ["", "/sky"])
def test_base_url_is_for_requests_and_the_host_for_people(
    audit: Audit, tmp_path: Path, webroot: str
) -> None:
    """Shares and web links of the host are asked for within, and shown as readers know them."""
    cloud = Cloud("32.0.1", throttle=Throttle(unit_s=0))
    fill(cloud)
    public = f"https://boks.example.org{webroot}"
    folder = write_page(tmp_path / "handbook", public)
    (folder / "a.md").write_text(f"[forsiden]({public}/login) [ingen]({public}/ingen)\n", "utf-8")
    with serve_cloud(cloud, webroot=webroot) as inner:
        manifest = audit(
            inner.base_url,
            folder=folder,
            settings=Settings(
                handbook=HandbookSettings(source=str(folder)),
                nextcloud=(NextcloudSettings(host="boks.example.org", base_url=inner.base_url),),
            ),
        )
        assert inner.host not in encode(manifest).decode()
        assert "/login" in {served.path for served in inner.traffic.served}
    assert [(share.status, share.base_url) for share in manifest.shares] == [("ok", public)]
    assert {link.text: link.status for link in manifest.links if link.page == "a.md"} == {
        "forsiden": "ok",
        "ingen": "broken",
    }
    hints = {
        finding.hint.args["url"]
        for finding in manifest.findings
        if finding.code == "share-link-opens-root" and finding.hint is not None
    }
    assert hints == {
        f"{public}/s/{TOKEN}?dir=/{name}&path=/{name}" for name in ("Aftaler", "Skabeloner")
    }
