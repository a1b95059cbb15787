"""Items in the report of the real handbook's shape, on a Nextcloud of today."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from syncer.config import Settings
from syncer.config.settings import HandbookSettings, LinksSettings, NextcloudSettings
from syncer.nextcloud.share_url import parse_share_link
from syncer.report.view import build_view
from syncer.report.words import Lang
from tests.cloud.cloud import Cloud
from tests.cloud.server import serve_cloud
from tests.cloud.throttle import Throttle
from tests.pipeline.handbooks import Audit
from tests.unit.report.views import items_of

HANDBOOK = Path(__file__).parents[3] / "shared" / "handbook"
HOST, TOKEN = "boks.os2.eu", "Di5cTQdSABd6ak4"


def _fill(cloud: Cloud) -> None:
    """Add each folder that a link of the handbook names, with a file in it."""
    text = "".join(page.read_text("utf-8") for page in sorted(HANDBOOK.glob("*.md")))
    for start in text.split(f"https://{HOST}/")[1:]:
        link = parse_share_link(f"https://{HOST}/" + start.partition(")")[0], {HOST})
        if link is not None and link.folder and cloud.tree.root.find(link.folder) is None:
            cloud.add_file(f"{link.folder}/Fil.docx", b"indhold")
    cloud.share(TOKEN)


@pytest.mark.skipif(not HANDBOOK.is_dir(), reason="the real pages are not beside this checkout")
def test_all_links_that_open_the_root_are_one_item(audit: Audit) -> None:
    """Fourteen links of eleven rows say one thing: the server ignores `path=`."""
    cloud = Cloud("32.0.1", throttle=Throttle(unit_s=0))
    _fill(cloud)
    with serve_cloud(cloud) as server:
        manifest = audit(
            server.base_url,
            settings=Settings(
                handbook=HandbookSettings(source=str(HANDBOOK)),
                nextcloud=(NextcloudSettings(host=HOST, base_url=server.base_url),),
                links=LinksSettings(
                    allow_private=True, remap={"https://": f"{server.base_url}/web/"}
                ),
            ),
        )
    opening = [f for f in manifest.findings if f.code == "share-link-opens-root"]
    assert len(opening) >= 10
    view = build_view(manifest, Lang.DA)
    items = [item for item in items_of(view) if item.code == "share-link-opens-root"]
    (item,) = items
    assert item.title == HOST
    corrections = [unquote(urlsplit(part.copy_link or "").path) for part in item.parts]
    assert set(corrections) == {f"/s/{TOKEN}"}
    assert (
        len({part.copy_link for part in item.parts})
        == len({finding.args["folder"] for finding in opening}) + 1
    )  # one link of Bestyrelsen also names a file
