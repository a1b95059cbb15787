"""The demo's handbook and cloud belong together and are the same each time."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from syncer.demo.cloud import GONE_TOKEN, LOCKED_TOKEN, TOKEN, DemoCloud, fill_demo_cloud
from syncer.demo.session import open_demo, write_handbook

BASE_URL = "http://127.0.0.1:4711"
PAGES = [
    "_config.yml",
    "docs/bilag.md",
    "docs/kom_godt_i_gang.md",
    "docs/processer/kontoplan.md",
    "docs/processer/moeder.md",
    "docs/produkter.md",
    "docs/samarbejdspartnere.md",
    "index.md",
]


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the demo handbook once."""
    folder = tmp_path_factory.mktemp("handbook")
    write_handbook(folder, BASE_URL)
    return folder


@pytest.fixture(scope="module")
def cloud() -> DemoCloud:
    """Return what the server shows."""
    cloud = DemoCloud()
    fill_demo_cloud(cloud)
    return cloud


@pytest.fixture(scope="module")
def text(handbook: Path) -> str:
    """Return all its pages as one text."""
    return "\n".join((handbook / page).read_text(encoding="utf-8") for page in PAGES)


def test_the_pages_are_written_where_jekyll_wants_them(handbook: Path) -> None:
    """An index, a configuration, and pages below `docs`, each with front matter."""
    found = sorted(str(path.relative_to(handbook)) for path in handbook.rglob("*.*"))
    assert found == PAGES
    for page in PAGES[1:]:
        assert (handbook / page).read_text(encoding="utf-8").startswith("---\ntitle: ")


def test_writing_twice_touches_nothing_else(tmp_path: Path) -> None:
    """Files that a person added to the folder stay."""
    (tmp_path / "egen.md").write_text("min", encoding="utf-8")
    write_handbook(tmp_path, BASE_URL)
    write_handbook(tmp_path, "http://127.0.0.1:1")
    assert (tmp_path / "egen.md").read_text(encoding="utf-8") == "min"
    assert "127.0.0.1:4711" not in (tmp_path / "docs/bilag.md").read_text(encoding="utf-8")


def test_every_share_link_leads_to_the_server(text: str, cloud: DemoCloud) -> None:
    """The tokens are those of the cloud, and one that is meant to be dead."""
    links = re.findall(r"\((http://[^)]+/s/[^)]+)\)", text)
    assert {urlsplit(link).netloc for link in links} == {"127.0.0.1:4711"}
    tokens = {urlsplit(link).path.removeprefix("/s/") for link in links}
    assert tokens == {TOKEN, LOCKED_TOKEN, GONE_TOKEN}
    assert cloud.find_share(TOKEN)
    assert cloud.find_share(LOCKED_TOKEN)
    assert cloud.find_share(GONE_TOKEN) is None
    assert "boks.example/s" not in text


def test_every_folder_that_a_link_names_exists(text: str, cloud: DemoCloud) -> None:
    """Rows name places that exist: what is wrong in the demo is wrong on purpose."""
    share = cloud.find_share(TOKEN)
    assert share is not None
    folders = {
        value
        for link in re.findall(rf"/s/{TOKEN}\?([^)]+)\)", text)
        for name, (value, *_) in parse_qs(link).items()
        if name in ("path", "dir") and value != "undefined"
    }
    assert len(folders) == 6
    assert all(share.node.find(folder) for folder in folders)


def test_the_opened_file_has_the_id_of_its_link(text: str, cloud: DemoCloud) -> None:
    """`openfile` is the id of the file that the row means."""
    found = re.search(r"openfile=(\d+)", text)
    node = cloud.tree.get("Håndbog/Foreningen/Bestyrelsen/Kommissorium for bestyrelsen.pdf")
    assert found is not None
    assert int(found[1]) == node.file_id


def test_an_open_demo_needs_no_network() -> None:
    """The server answers the handbook's other web links too; its folder is removed at the end."""
    with open_demo() as demo:
        handbook = demo.handbook
        web = demo.web_remap["https://"]
        assert requests.get(f"{web}github.com/OS2offdig", timeout=10).status_code == 200
        assert requests.get(f"{web}github.com/OS2offdig/nedlagt", timeout=10).status_code == 404
        assert requests.get(f"{demo.base_url}/s/{TOKEN}", timeout=10).status_code == 200
    assert not handbook.exists()


def test_a_given_folder_stays(tmp_path: Path) -> None:
    """So that a person can look at the handbook afterwards."""
    with open_demo(tmp_path / "demo") as demo:
        assert demo.handbook == tmp_path / "demo"
        assert demo.host in (demo.handbook / "docs/bilag.md").read_text(encoding="utf-8")
    assert (tmp_path / "demo" / "index.md").exists()
