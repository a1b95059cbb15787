"""`init`: settings for a handbook that others wrote."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from syncer.cli.init import name_source
from syncer.config import load_settings
from syncer.config.template import (
    FoundCloud,
    FoundHandbook,
    FoundShare,
    FoundTable,
    write_template,
)
from syncer.demo.cloud import fill_demo_cloud
from syncer.demo.session import write_handbook
from tests.cli.outcomes import Cli
from tests.cloud.cloud import Cloud
from tests.cloud.server import CloudServer, serve_cloud
from tests.cloud.throttle import Throttle
from tests.pipeline.handbooks import write_page

SHARED = Path(__file__).resolve().parents[3] / "shared" / "handbook"
EVIL = 'x"\n[state]\nfolder = "/evil"\n# \x1b[31m ::error::x'


@pytest.fixture
def server() -> Iterator[CloudServer]:
    """Serve the demo's files, by its own token and by that of the real handbook."""
    cloud = Cloud("29.0.16", throttle=Throttle(unit_s=0))
    fill_demo_cloud(cloud)
    cloud.share("Di5cTQdSABd6ak4", "Håndbog")
    with serve_cloud(cloud) as running:
        yield running


def write_demo(folder: Path, base_url: str) -> None:
    """Write the demo's handbook."""
    write_handbook(folder, base_url)


def write_real(folder: Path, base_url: str) -> None:
    """Write the real pages, with the server in place of their own."""
    if not SHARED.is_dir():
        pytest.skip("../shared/handbook is not here")
    folder.mkdir()
    for page in SHARED.glob("*.md"):
        text = page.read_text("utf-8").replace("https://boks.os2.eu", base_url)
        (folder / page.name).write_text(text, "utf-8")


def write_plain(folder: Path, base_url: str) -> None:
    """Write a handbook without a table."""
    folder.mkdir()
    (folder / "index.md").write_text(f"# A\n\n[B]({base_url}/s/Di5cTQdSABd6ak4)\n", "utf-8")


def judge(cli: Cli, *options: object) -> list[tuple[str, ...]]:
    """Audit; return what each row and each link to a share is, and the codes of all findings."""
    manifest: dict[str, Any] = json.loads(cli("audit", "--format", "json", *options).out)
    rows = [(row["name"], row["status"]) for row in manifest["resources"]]
    links = [(one["url"], one["status"]) for one in manifest["links"] if one["kind"] == "share"]
    return rows + links + [(one["code"], one["subject"]) for one in manifest["findings"]]


@pytest.mark.parametrize("write", [write_demo, write_real, write_plain])
def test_the_settings_of_three_handbooks_work(
    cli: Cli, tmp_path: Path, server: CloudServer, write: Callable[[Path, str], None]
) -> None:
    """What they name can be reached, and a run with them is the same as with the host alone."""
    handbook, file = tmp_path / "handbook", tmp_path / "syncer.toml"
    write(handbook, server.base_url)
    done = cli("init", handbook, "-o", file, "--ask", server.host)
    assert (done.code, "check-config --deep" in done.out) == (0, True)
    assert "# Nextcloud 29" in file.read_text("utf-8")
    deep = cli("check-config", "--deep", "--config", file)
    assert (deep.code, "# All is well" in deep.out) == (0, True), deep.out + deep.err
    by_hand = tmp_path / "by_hand.toml"
    host = f'[[nextcloud]]\nhost = "{server.host}"\nbase_url = "{server.base_url}"\n'
    by_hand.write_text(f'[handbook]\nsource = "{handbook}"\n{host}', "utf-8")
    scope = () if write is write_plain else ("--only", "resources")
    judged = judge(cli, *scope, "--config", file)
    assert judged == judge(cli, *scope, "--config", by_hand)
    assert {"present", "ok"} & {status for _, status in judged}


def test_a_share_with_a_password_is_marked(cli: Cli, tmp_path: Path, server: CloudServer) -> None:
    """The demo has one: its line to fill in is there."""
    write_demo(tmp_path / "handbook", server.base_url)
    text = cli("init", tmp_path / "handbook", "-o", "-", "--ask", server.host).out
    assert "Laast0000000001 (Needs a password)" in text
    assert '# shares.Laast0000000001.password_file = "FILE"' in text


def test_stdout_gets_the_settings_and_no_log(tmp_path: Path, server: CloudServer) -> None:
    """In a process of its own, in which nothing has set up a log before."""
    write_demo(tmp_path / "handbook", server.base_url)
    command = ["-m", "syncer", "init", "handbook", "-o", "-", "--ask", server.host]
    done = subprocess.run(
        [sys.executable, *command], cwd=tmp_path, capture_output=True, check=True, timeout=60
    )
    assert tomllib.loads(done.stdout.decode())["nextcloud"][0]["host"] == server.host
    assert done.stderr == b""


def test_no_host_is_contacted_unasked(cli: Cli, tmp_path: Path) -> None:
    """Nor is it in force: a page must not name a host at a private address."""
    file = tmp_path / "syncer.toml"
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        host = f"127.0.0.1:{server.getsockname()[1]}"
        write_page(tmp_path / "handbook", f"http://{host}")
        assert cli("init", tmp_path / "handbook", "-o", file).code == 0
        with pytest.raises(BlockingIOError):
            server.accept()
    assert f'# host = "{host}"' in file.read_text("utf-8")
    assert load_settings(file, {}).settings.nextcloud == ()


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/handbook is not here")
def test_the_real_pages(cli: Cli, tmp_path: Path) -> None:
    """Their tables, their places and their host are listed; an audit is the same as without."""
    file = tmp_path / "syncer.toml"
    assert cli("init", SHARED, "-o", file).code == 0
    text = file.read_text("utf-8")
    assert 'host = "boks.os2.eu"' in text
    assert "products_and_communities.md:" in text
    scope = ("--only", "resources", "--offline")
    assert judge(cli, *scope, "--config", file) == judge(cli, *scope, "--no-config", SHARED)


def test_a_handbook_without_tables(cli: Cli, tmp_path: Path) -> None:
    """The settings say that nothing was found."""
    (tmp_path / "index.md").write_text("---\n---\n# A\n", "utf-8")
    done = cli("init", tmp_path, "-o", "-")
    assert (done.code, "# Found: 1 pages, 0 resource tables" in done.out) == (0, True)
    assert tomllib.loads(done.out) == {"handbook": {"source": str(tmp_path)}}


def test_texts_of_pages_act_on_nothing(tmp_path: Path) -> None:
    """A heading, a label or a link text cannot add a setting or a command to a job's log."""
    share = FoundShare("AbCdEfGhIjKlMnO", (EVIL,), EVIL, asks_password=True)
    text = write_template(
        FoundHandbook(
            "https://x",
            1,
            (FoundTable(EVIL, 1, EVIL, 2, 1, (EVIL,)),),
            (FoundCloud("h", "https://h", (share,)), FoundCloud("i", EVIL, (share,), asked=True)),
            (EVIL,),
        )
    )
    assert text.isprintable() or set(filter(lambda c: not c.isprintable(), text)) == {"\n"}
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())
    cloud = {"host": "i", "base_url": EVIL}
    assert tomllib.loads(text) == {"handbook": {"source": "https://x"}, "nextcloud": [cloud]}


def test_every_commented_default_is_a_setting(tmp_path: Path) -> None:
    """Without the marks the file holds the built-in defaults, so that people can edit them."""
    text = write_template(FoundHandbook("https://x", 1))
    lines = [line.removeprefix("# ") for line in text.splitlines() if "[[" not in line]
    kept = [line for line in lines if line.startswith("[") or " = " in line]
    (tmp_path / "syncer.toml").write_text("\n".join(kept), "utf-8")
    plain, whole = (tmp_path / "plain.toml"), load_settings(tmp_path / "syncer.toml", {}).settings
    plain.write_text(text, "utf-8")
    assert whole == load_settings(plain, {}).settings


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("-o", "{there}"), "exists: remove it"),
        (("-o", "{new}", "--ask", "other.example.org"), "no page links to a share there"),
        (("-o", "{new}", "--ask", "BOKS.example.org:1"), "Linked: boks.example.org"),
    ],
)
def test_what_cannot_be_done(
    cli: Cli, tmp_path: Path, handbook: Path, options: tuple[str, ...], why: str
) -> None:
    """One message and exit code 2; no file is written and none replaced."""
    (tmp_path / "there").write_text("mine", "utf-8")
    places = {"there": tmp_path / "there", "new": tmp_path / "new"}
    done = cli("init", handbook, *(option.format(**places) for option in options))
    assert (done.code, why in done.err) == (2, True)
    assert (tmp_path / "there").read_text("utf-8") == "mine"
    assert not (tmp_path / "new").exists()


def test_a_password_in_the_address_is_not_written(tmp_path: Path) -> None:
    """It belongs to git's credential helper, not to a file of settings."""
    assert name_source("https://user:pw@host/x.git") == "https://host/x.git"
    assert name_source(str(tmp_path)) == str(tmp_path)
