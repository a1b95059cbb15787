"""Places that are no handbook, checkouts that are not ours, and logins: what is said, whole."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from syncer.errors import HandbookError
from syncer.handbook.source.checkout import _LOGIN_HELPER
from syncer.handbook.source.read import read_handbook

GIT = ("git", "-c", "user.name=Test", "-c", "user.email=test@example.org")


def git(root: Path, *arguments: str) -> None:
    """Run git in a folder."""
    subprocess.run([*GIT, "-C", str(root), *arguments], check=True, capture_output=True)


def refuse(source: str, cache: Path | None = None) -> str:
    """Return why a handbook is not read."""
    with pytest.raises(HandbookError) as refused:
        read_handbook(source, cache_folder=cache)
    return str(refused.value)


def test_what_is_no_handbook_says_so(tmp_path: Path) -> None:
    """With the next step: nothing there, no page, no file at all."""
    (tmp_path / "a.txt").write_text("x")
    os.mkfifo(tmp_path / "fifo.md")
    nothing = "no such folder or file. Name a folder, a page or a git URL with --handbook, or set"
    for source in ("/no/such/place", "", "no\0name", str(tmp_path / "fifo.md")):
        told = f"There is no handbook at {source!r}: {nothing} [handbook] source."
        assert refuse(source) == told
    suffixes = ".md, .markdown, .mkdown, .mkdn, .mkd, .html, .htm"
    place = str(tmp_path / "a.txt")
    assert refuse(place) == f"{place!r} is no page of a handbook: those end in {suffixes}."


def test_a_link_that_a_repository_holds_leads_to_no_handbook(tmp_path: Path) -> None:
    """Out of it; the folder itself is read."""
    root = tmp_path / "repo"
    (tmp_path / "ude").mkdir()
    (tmp_path / "ude" / "a.md").write_text("x")
    git(tmp_path, "init", "-q", str(root))
    (root / "bog").symlink_to("../ude")
    git(root, "add", "-A")
    told = refuse(str(root / "bog"))
    assert told.startswith(f"The handbook {str(root / 'bog')!r} is not read: ")
    assert told.endswith(". Name the folder itself.")
    assert [page.path for page in read_handbook(str(tmp_path / "ude")).pages] == ["a.md"]


@pytest.mark.parametrize("login", ["bo:hem%0Amelig", "bo:hem%00melig", "b%0Do:x"])
def test_a_login_that_git_does_not_take(login: str) -> None:
    """In the user or the password; neither is told."""
    assert refuse(f"https://{login}@git.example/x.git") == (
        "The user or password in the address of the handbook's repository "
        "https://git.example/x.git has a character that git does not take. Correct it."
    )


def test_git_gets_the_login_when_it_asks() -> None:
    """From its environment, and is told nothing when it stores or erases one."""
    # What cannot be is not asked of the user.
    environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_CONFIG_NOSYSTEM": "1"}
    environment |= {"SYNCER_GIT_USER": "bo", "SYNCER_GIT_PASSWORD": 'h@m "$x" %s'}
    asked = "protocol=https\nhost=git.example\n\n"
    answers = {}
    for action in ("fill", "approve", "reject"):
        answers[action] = subprocess.run(
            ["git", "-c", "credential.helper=", "-c", f"credential.helper={_LOGIN_HELPER}",
             "credential", action],
            input=asked, env=environment, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    filled = dict(line.split("=", 1) for line in answers["fill"].splitlines())
    assert (filled["username"], filled["password"]) == ("bo", 'h@m "$x" %s')
    assert (answers["approve"], answers["reject"]) == ("", "")
    helper = ["sh", "-c", f"{_LOGIN_HELPER.removeprefix('!')} store"]
    assert subprocess.run(helper, env=environment, capture_output=True, check=True).stdout == b""


def test_a_checkout_that_is_not_ours_is_not_used(tmp_path: Path) -> None:
    """A link in its place, or a FIFO in place of its note, is named."""
    root, cache = tmp_path / "repo", tmp_path / "cache"
    root.mkdir()
    (root / "a.md").write_text("x")
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")
    source = root.as_uri()
    assert [page.path for page in read_handbook(source, cache_folder=cache).pages] == ["a.md"]
    (shelf,) = cache.iterdir()
    (shelf / "current").unlink()
    os.mkfifo(shelf / "current")
    told = refuse(source, cache)
    assert told.startswith("The earlier checkout of the handbook cannot be read: ")
    assert told.endswith(". Remove it: the next run makes a new checkout.")
    assert str(shelf / "current") in told
    (shelf / "current").unlink()
    shelf.rename(tmp_path / "moved")
    shelf.symlink_to(tmp_path / "moved")
    assert refuse(source, cache) == f"{shelf} is a symbolic link, which is not used. Remove it."
