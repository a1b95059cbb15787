"""`init`: settings for a handbook that others wrote."""

from __future__ import annotations

import json
import socket
import tomllib
from collections.abc import Iterator
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
from syncer.demo.session import DemoSession, open_demo
from tests.cli.outcomes import Cli
from tests.pipeline.handbooks import write_page

SHARED = Path(__file__).resolve().parents[3] / "shared" / "handbook"
EVIL = 'x"\n[state]\nfolder = "/evil"\n# \x1b[31m ::error::x'


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[DemoSession]:
    """Serve the demo's handbook, which is in `demo/handbook`."""
    with open_demo(tmp_path / "demo" / "handbook") as session:
        yield session


def judge(cli: Cli, *options: object) -> list[tuple[str, ...]]:
    """Audit without web links; return what each row is, and the codes of all findings."""
    manifest: dict[str, Any] = json.loads(
        cli("audit", "--only", "resources", "--format", "json", *options).out
    )
    rows = [(row["name"], row["status"]) for row in manifest["resources"]]
    return rows + [(one["code"], one["subject"]) for one in manifest["findings"]]


def test_the_settings_of_the_demo_work(cli: Cli, tmp_path: Path, demo: DemoSession) -> None:
    """What they name can be reached, and a run with them is the same as with the host alone."""
    file, by_hand = tmp_path / "syncer.toml", tmp_path / "by_hand.toml"
    done = cli("init", tmp_path / "demo" / "handbook", "-o", file, "--ask", demo.host)
    assert (done.code, "check-config --deep" in done.out) == (0, True)
    text = file.read_text("utf-8")
    assert "# Nextcloud 29" in text
    assert "Laast0000000001 (Needs a password)" in text
    assert '# shares.Laast0000000001.password_file = "FILE"' in text
    deep = cli("check-config", "--deep", "--config", file)
    assert deep.code == 0, deep.out + deep.err
    host = f'[[nextcloud]]\nhost = "{demo.host}"\nbase_url = "{demo.base_url}"\n'
    source = f'[handbook]\nsource = "{tmp_path / "demo" / "handbook"}"\n'
    by_hand.write_text(source + host, "utf-8")
    assert judge(cli, "--config", file) == judge(cli, "--config", by_hand)


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
    assert judge(cli, "--offline", "--config", file) == judge(
        cli, "--offline", "--no-config", SHARED
    )


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
