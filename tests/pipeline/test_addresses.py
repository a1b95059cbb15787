"""Where a share is asked for, whatever a page writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from syncer.config import Secrets, Settings
from syncer.config.settings import HandbookSettings, NextcloudSettings
from syncer.pipeline.handbook import load_handbook
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.options import AuditOptions
from syncer.pipeline.shares import find_shares
from syncer.surroundings import Surroundings
from tests.cloud.server import CloudServer
from tests.pipeline.handbooks import TOKEN, Audit, write_page


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
        page,
    ]
    assert "gone" in {share.status for share in manifest.shares}
