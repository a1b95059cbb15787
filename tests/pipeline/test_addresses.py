"""Where a share is asked for, whatever a page writes."""

from __future__ import annotations

from pathlib import Path

from syncer.config import Secrets, Settings
from syncer.config.settings import HandbookSettings, NextcloudSettings
from syncer.demo.server import CloudServer
from tests.pipeline.conftest import TOKEN, Audit, write_page


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


def test_of_two_spellings_the_encrypted_one_is_taken(
    audit: Audit, server: CloudServer, tmp_path: Path
) -> None:
    """A second link to the same share does not change where it is asked for."""
    folder = write_page(tmp_path / "handbook", server.base_url)
    secure = f"https://{server.host}/s/{TOKEN}"
    for name in ("a.md", "z.md"):
        (folder / name).write_text(f"[boksen]({secure})\n", encoding="utf-8")
    audit(server.base_url, folder=folder)
    assert server.traffic.total == 0
