"""Share tokens that stand only in the settings come out nowhere; those of the pages are as ever."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from syncer.cli.check import try_settings
from syncer.cli.params import FORMATS
from syncer.config import Settings
from syncer.config.settings import HandbookSettings, LinksSettings, NextcloudSettings, PinSettings
from syncer.errors import ExitCode
from syncer.manifest.codec import encode
from syncer.model.handbook import Handbook, PageText
from syncer.nightly.session import open_session
from syncer.pipeline.tokens import find_hidden, hide_secrets, list_words, restore_tokens
from syncer.redact import MASK
from syncer.surroundings import Surroundings
from tests.cloud.cloud import Cloud
from tests.cloud.server import CloudServer, serve_cloud
from tests.cloud.throttle import Throttle
from tests.nightly.processes import Place
from tests.pipeline.handbooks import TOKEN, Audit, fill, write_page
from tests.security.unpacked import read_unpacked

SECRET = "KunIIndstilling1"
# A token that somebody chose: also what a share's status is called.
WORD = "ok"


@pytest.fixture
def server() -> Iterator[CloudServer]:
    """Serve a share that the pages name, and one that only the settings do."""
    cloud = Cloud("31.0.4", throttle=Throttle(unit_s=0))
    fill(cloud)
    cloud.share(SECRET, "Boks/Skabeloner")
    cloud.share(WORD, "Boks/Skabeloner")
    with serve_cloud(cloud) as running:
        yield running


@pytest.fixture
def place(tmp_path: Path, server: CloudServer) -> Place:
    """Give a handbook with an alias and a pin to the secret share, besides the pages' own."""
    host = server.base_url.partition("://")[2]
    handbook = write_page(tmp_path / "handbook", server.base_url)
    made = Place(tmp_path, server.base_url, str(handbook))
    made.configure(
        f'[[nextcloud]]\nhost = "{host}"\nbase_url = "{server.base_url}"\n'
        f'folders.{TOKEN} = ["Aftaler", "Skabeloner"]\n'
        f'[[alias]]\nlabel = "Nextcloud / Skabeloner"\nshare = "{host}/{SECRET}"\n'
        f'[[pin]]\nname = "FLOSS-aftalen"\nshare = "{host}/{SECRET}"\n'
        'path = "FLOSS/FLOSS-aftale v2.docx"\n'
    )
    return made


def test_the_token_is_in_no_output(place: Place) -> None:
    """Not in the log at any level, not in a manifest or report; a name stands in its place."""
    formats = (part for name in FORMATS for part in ("--format", f"{name}:out-{name}"))
    audit = place.run("audit", "-vv", "--fail-on", "never", *formats)
    assert audit.returncode == 0, audit.stderr
    runs = [place.run("run", "-vv") for _ in range(2)]
    assert [done.returncode for done in runs] == [0, 0]
    shown = place.run("check-config", "--deep")
    explained = place.run("explain", "FLOSS-aftalen")
    for done in (audit, *runs, shown, explained):
        assert SECRET not in done.stdout + done.stderr
    for path in place.folder.rglob("*"):
        if path.is_file() and path.name != "syncer.toml" and "state" not in path.parts:
            assert SECRET.encode() not in read_unpacked(path), path
    shares = [share["id"].rpartition("/")[2] for share in place.manifest()["shares"]]
    assert TOKEN in shares
    assert any(name.startswith("KunI…") for name in shares)
    assert shares == sorted(shares)


def test_the_next_night_knows_what_is_meant(place: Place, server: CloudServer) -> None:
    """A file that moves in the secret share is told as moved; nothing is new without a reason."""
    assert place.run("run").returncode == 0
    assert place.run("run", "--full").returncode == 0
    assert place.manifest()["changes"]["new"] == []
    server.cloud.move(
        "Boks/Skabeloner/FLOSS/FLOSS-aftale v2.docx", "Boks/Skabeloner/FLOSS-aftale v2.docx"
    )
    assert place.run("run", "--full").returncode == 0
    moved = place.manifest()["changes"]["moved"]
    assert {entry["share"].rpartition("/")[2][:5] for entry in moved} >= {"KunI…"}


def test_a_report_links_to_no_name(place: Place) -> None:
    """A name in place of a token opens nothing: there is no link with it."""
    assert place.run("run").returncode == 0
    html = (place.reports / "report.html").read_text(encoding="utf-8")
    assert f"/s/{TOKEN}" in html
    assert "/s/KunI" not in html


def test_a_token_of_the_pages_is_public(place: Place, server: CloudServer) -> None:
    """Also when the settings name it too: it is what links in the report are made of."""
    page = place.folder / "handbook" / "mere.md"
    page.write_text(f"[mere]({server.base_url}/s/{SECRET})\n", encoding="utf-8")
    assert place.run("run", "-v").returncode == 0
    assert SECRET in json.dumps(place.manifest())


@pytest.mark.parametrize("named", [False, True])
def test_an_emptied_share_is_known_again(place: Place, server: CloudServer, *, named: bool) -> None:
    """Its loss is not believed, also on the day on which a page first names it."""
    assert place.run("run").returncode == 0
    if named:
        page = place.folder / "handbook" / "mere.md"
        page.write_text(f"[mere]({server.base_url}/s/{SECRET})\n", encoding="utf-8")
    server.cloud.delete("Boks/Skabeloner/Tilslutningsaftale.docx")
    server.cloud.delete("Boks/Skabeloner/FLOSS")
    assert place.run("run", "--full").returncode == int(ExitCode.INCOMPLETE)
    (reason,) = place.manifest()["run"]["incomplete_because"]
    assert reason["code"] == "share-suddenly-empty"


def test_a_folder_that_is_called_like_a_token_keeps_its_name(
    place: Place, server: CloudServer
) -> None:
    """A token that somebody chose may be a word, which says nothing where it stands alone."""
    chosen = "Skabeloner"
    server.cloud.share(chosen, "Boks/Skabeloner")
    settings = place.folder / "syncer.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace(SECRET, chosen), "utf-8")
    assert place.run("run").returncode == 0
    manifest = place.manifest()
    assert {p["path"] for row in manifest["resources"] for p in row["places"]} >= {chosen}
    assert chosen not in {share["name"] for share in manifest["shares"]}
    assert f"/{chosen}" not in json.dumps([share["id"] for share in manifest["shares"]])


def test_a_deep_check_tells_the_log_first(place: Place) -> None:
    """What the look at the shares warns of bears no token either."""
    session = open_session(place.folder / "syncer.toml", lang=None, verbosity=0, env={})
    assert session.redactor.clean(SECRET) == SECRET
    try_settings(session, Surroundings())
    assert session.redactor.clean(SECRET) == MASK


@pytest.mark.parametrize("token", [SECRET, WORD])
def test_names_go_there_and_back(
    audit: Audit, server: CloudServer, tmp_path: Path, token: str
) -> None:
    """What is hidden can be shown again, byte for byte; a word for a token changes no other."""
    host = server.base_url.partition("://")[2]
    handbook = write_page(tmp_path / "handbook", server.base_url)
    share = f"{host}/{token}"
    settings = Settings(
        handbook=HandbookSettings(source=str(handbook)),
        nextcloud=(NextcloudSettings(host=host, base_url=server.base_url),),
        links=LinksSettings(allow_private=True),
        pin=(PinSettings(name="FLOSS-aftalen", share=share, path="FLOSS/FLOSS-aftale v2.docx"),),
    )
    text = (handbook / "samarbejde.md").read_text(encoding="utf-8") + "\nEt godt råd: ok.\n"
    (handbook / "samarbejde.md").write_text(text, encoding="utf-8")
    pages = (PageText("samarbejde.md", text),)
    read = Handbook("", None, None, pages=pages, unreadable=(), files=(), config=None)
    hidden = find_hidden(read, settings)
    assert list(hidden) == [share]
    told = audit(server.base_url, settings=settings, folder=handbook)
    known = restore_tokens(told, hidden)
    assert known is not None
    assert share in {one.id for one in known.shares}
    assert encode(hide_secrets(known, hidden)) == encode(told)
    assert share not in encode(told).decode()
    assert {one.status for one in told.shares} == {"ok"}
    assert told.run.complete
    assert list_words(hidden) == [share if token == WORD else token]
    assert token not in {one.name for one in told.shares}
    assert restore_tokens(None, hidden) is None
    assert encode(hide_secrets(told, {})) == encode(told)
