"""What is put in the place of a kept checkout is neither followed nor waited for."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Syncer = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def kept(tmp_path: Path, syncer: Syncer) -> Path:
    """Return the folder of a kept checkout, of the repository `handbook`."""
    top = tmp_path / "handbook"
    top.mkdir()
    (top / "index.md").write_text("# A\n\n[x](index.md)\n", encoding="utf-8")
    for arguments in (
        ("init", "-q", "-b", "main"),
        ("add", "."),
        ("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "x"),
    ):
        subprocess.run(["git", "-C", str(top), *arguments], check=True, capture_output=True)
    assert audit(syncer, tmp_path) == (0, "")
    (pointer,) = (tmp_path / "state").rglob("current")
    return pointer.parent


def audit(syncer: Syncer, tmp_path: Path) -> tuple[int, str]:
    """Audit the repository at its address, and return the exit code and the error."""
    settings = tmp_path / "settings.toml"
    settings.write_text(f'[state]\nfolder = "{tmp_path / "state"}"\n', encoding="utf-8")
    source = (tmp_path / "handbook").as_uri()
    done = syncer("audit", "--only", "links", "--config", settings, "--handbook", source)
    return done.returncode, done.stderr if done.returncode else ""


def make_socket(path: Path) -> None:
    """Make a socket; its name may be longer than an address may be."""
    before = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as sock:
            sock.bind(path.name)
    finally:
        os.chdir(before)


@pytest.mark.parametrize(
    "put",
    [os.mkfifo, make_socket, Path.mkdir, lambda path: path.symlink_to(path.parents[3] / "victim")],
    ids=["fifo", "socket", "folder", "link"],
)
def test_what_is_no_file_is_named_in_place_of_the_pointer(
    syncer: Syncer, tmp_path: Path, kept: Path, put: Callable[[Path], None]
) -> None:
    """The run ends at once with the name and the next step; what a link leads to stays."""
    (tmp_path / "victim").write_text("precious", encoding="utf-8")
    (kept / "current").unlink()
    put(kept / "current")
    code, said = audit(syncer, tmp_path)
    assert code == 2
    assert str(kept / "current") in said
    assert "Remove it" in said
    assert (tmp_path / "victim").read_text("utf-8") == "precious"


def test_a_link_in_place_of_the_checkouts_is_not_followed(
    syncer: Syncer, tmp_path: Path, kept: Path
) -> None:
    """Neither for reading nor for removing what it leads to."""
    kept.rename(tmp_path / "victim")
    kept.symlink_to(tmp_path / "victim")
    before = sorted((tmp_path / "victim").rglob("*"))
    code, said = audit(syncer, tmp_path)
    assert code == 2
    assert f"{kept} is a symbolic link" in said
    assert sorted((tmp_path / "victim").rglob("*")) == before


def test_a_link_in_place_of_a_checkout_is_not_read(
    syncer: Syncer, tmp_path: Path, kept: Path
) -> None:
    """Its pages are a stranger's; they are not taken for the handbook's."""
    revision = (kept / "current").read_text("ascii")
    stranger = tmp_path / "stranger"
    shutil.copytree(kept / revision, stranger)
    (stranger / "index.md").write_text("[x](gone.md)\n", encoding="utf-8")
    shutil.rmtree(kept / revision)
    (kept / revision).symlink_to(stranger)
    assert audit(syncer, tmp_path) == (0, "")
    assert not (kept / revision).is_symlink()
    assert (stranger / "index.md").is_file()
