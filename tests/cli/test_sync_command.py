"""`syncer sync`: what it prints, what it refuses, and its exit codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from syncer.store.document_copy import open_copy
from tests.cli.outcomes import Cli, Outcome
from tests.cloud.cloud import Cloud, Rights
from tests.cloud.server import CloudServer, serve_cloud
from tests.cloud.throttle import Throttle
from tests.pipeline.handbooks import TOKEN, fill, write_page

AGREEMENT = "Boks/Aftaler/OS2 Partneraftale v3.1.docx"

Sync = Callable[..., Outcome]


@pytest.fixture
def server() -> Iterator[CloudServer]:
    """Serve the small handbook's files."""
    cloud = Cloud("31.0.4", throttle=Throttle(unit_s=0))
    fill(cloud)
    with serve_cloud(cloud) as running:
        yield running


@pytest.fixture
def sync(cli: Cli, server: CloudServer, tmp_path: Path) -> Sync:
    """Give a function that synchronises the small handbook's documents."""
    handbook = write_page(tmp_path / "handbook", server.base_url)
    settings = tmp_path / "syncer.toml"

    def run(*options: str, documents: str = 'copy = "copy"') -> Outcome:
        settings.write_text(
            f'[handbook]\nsource = "{handbook}"\n[state]\nfolder = "state"\n'
            f'[[nextcloud]]\nhost = "{server.host}"\nbase_url = "{server.base_url}"\n'
            f"[documents]\n{documents}\n",
            encoding="utf-8",
        )
        return cli("sync", "--config", settings, *options)

    return run


def test_it_says_what_it_did(sync: Sync, server: CloudServer) -> None:
    """One line on stdout; the findings about documents on stderr; 0."""
    done = sync("--lang", "en")
    assert done == Outcome(
        0, "4 documents fetched (20 kB), 0 unchanged, 0 moved to .removed.\n", ""
    )
    assert sync().out == "0 dokumenter hentet (0 B), 4 uændret, 0 flyttet til .removed.\n"
    server.cloud.tree.write(server.cloud.tree.get(AGREEMENT), b"<!doctype html>")
    done = sync("--lang", "en")
    assert done.code == 0
    assert "1 new version put beside the old" in done.out
    assert done.err.startswith("Wrong content: OS2 Partneraftale v3.1.docx: ")
    assert sync("--fail-on", "error").code == 1
    assert sync("-q").out == ""


def test_check_has_codes_of_its_own(sync: Sync, server: CloudServer, tmp_path: Path) -> None:
    """1 when they differ, 0 when they do not, 3 when nobody could look; nothing is written."""
    assert sync("--check").code == 1
    assert not (tmp_path / "copy").exists()
    assert sync().code == 0
    same = sync("--check")
    assert (same.code, same.out) == (0, "Kopien svarer til Nextcloud: 4 dokumenter.\n")
    server.cloud.delete(AGREEMENT)
    assert sync("--check").code == 1
    assert sync().code == 0
    server.cloud.moods.maintenance = True
    unseen = sync("--check")
    assert unseen.code == 3
    assert "svarer til" not in unseen.out
    assert unseen.err.startswith("Kontrollen kunne ikke se det hele.")
    assert sync().code == 3
    assert len([path for path in (tmp_path / "copy").rglob("*.*") if path.is_file()]) == 7


def test_what_was_left_out_is_3_unless_the_settings_want_it(
    sync: Sync, server: CloudServer
) -> None:
    """A refused download is incomplete; a limit is a choice."""
    assert sync(documents='copy = "copy"\nmax_total_mb = 1\nmax_file_mb = 1').code == 0
    server.cloud.share(TOKEN, "Boks", rights=Rights.VIEW_ONLY)
    server.cloud.tree.write(server.cloud.tree.get(AGREEMENT), b"PK")
    done = sync()
    assert done.code == 3
    assert "Ufuldstændig kopi" in done.err
    assert sync("--allow-incomplete").code == 0


@pytest.mark.parametrize(
    "options", [("--offline",), ("--only", "links"), ("--share-folder", f"{TOKEN}=.")]
)
def test_what_leaves_nothing_to_do_is_refused(sync: Sync, options: tuple[str, ...]) -> None:
    """2, and the message names the options."""
    done = sync(*options)
    assert done.code == 2
    assert "nothing to copy" in done.err


def test_without_a_folder_or_with_a_foreign_one_it_ends_with_2(
    sync: Sync, server: CloudServer, tmp_path: Path
) -> None:
    """Before anything is asked."""
    done = sync(documents="")
    assert (done.code, "[documents]" in done.err) == (2, True)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "noter.txt").write_text("x")
    done = sync(documents='copy = "mine"')
    assert (done.code, ".syncer-copy.json" in done.err) == (2, True)
    assert server.traffic.total == 0
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["noter.txt"]


def test_a_copy_that_another_run_writes_is_75(sync: Sync, tmp_path: Path) -> None:
    """Two runs of different state folders would meet in one copy."""
    with open_copy(tmp_path / "copy", writes=True):
        assert sync().code == 75
    assert sync().code == 0


@pytest.mark.parametrize(
    "documents",
    ['open = "yes"', "open = 1", "max_file_mb = 0", "keep_removed_days = 0", "kopi = 1"],
)
def test_wrong_settings_are_named(sync: Sync, documents: str) -> None:
    """2, with the place."""
    done = sync(documents=documents)
    assert done.code == 2
    assert "documents" in done.err
