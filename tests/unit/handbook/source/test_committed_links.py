"""Links on the way to a place: which of them a repository holds, and which lead out of it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from syncer.handbook.source import committed_links
from syncer.handbook.source.committed_links import (
    explain_committed_link,
    explain_refused_output,
    stays_inside,
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a repository with committed links of all kinds, one that is not, and links around it."""
    base = tmp_path_factory.mktemp("links").resolve()
    root = base / "repo"
    for place in (root / "docs", base / "ude" / "dyb", base / "repo.old"):
        place.mkdir(parents=True)
    (root / "docs" / "a.md").write_text("x")
    for name, target in {
        "inside": "docs", "out": "../ude", "up": "..", "git": ".git/hooks", "beside": "../repo.old",
        "chain": "inside/../out", "absolute": str(base / "ude"), "docs/back": "../../ude/dyb",
        "file.md": "docs/a.md", "lost": "../nowhere", "loop": "loop", "docs/in": "../docs",
    }.items():  # fmt: skip
        (root / name).symlink_to(target)
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    subprocess.run(["git", "-C", str(root), "add", "-A"], check=True)
    (root / "own").symlink_to("../ude")
    (base / "to-repo").symlink_to("repo")
    (base / "to-out").symlink_to("repo/out/dyb")
    (base / "free").symlink_to("ude")
    (base / "whole").symlink_to(base / "repo" / "out")
    return base


@pytest.mark.parametrize(
    ("place", "link"),
    [
        ("repo", None), ("repo/docs/a.md", None), ("repo/inside/a.md", None),
        ("repo/file.md", None), ("repo/docs/in/in/a.md", None), ("repo/ny/fil.md", None),
        ("repo/own/a.md", None), ("free/a.md", None), ("to-repo/docs", None),
        ("repo/docs/../docs", None), ("nowhere/a", None), ("", None),
        ("repo/out", "repo/out"), ("repo/out/a.md", "repo/out"), ("repo/up/repo/docs", "repo/up"),
        ("repo/git/pre-commit", "repo/git"), ("repo/beside", "repo/beside"),
        ("repo/chain/x", "repo/chain"), ("repo/absolute/dyb", "repo/absolute"),
        ("repo/docs/back", "repo/docs/back"), ("repo/inside/back", "repo/docs/back"),
        ("to-out/a.md", "repo/out"), ("whole/a.md", "repo/out"),
        ("to-repo/out/dyb", "repo/out"),
        ("repo/docs/../out/x", "repo/out"), ("repo/lost/x", "repo/lost"),
        ("repo/ny/../../ude/a", None), ("repo/own/../repo/out", "repo/out"),
    ],
)  # fmt: skip
def test_a_committed_link_that_leads_out_is_named(base: Path, place: str, link: str | None) -> None:
    """Also where another link leads to it; what no repository holds is the administrator's own."""
    told = explain_committed_link(base / place)
    root = base / "repo"
    out = f"is a symbolic link in the git repository {root} and leads out of it"
    assert told == (None if link is None else f"{base / link} {out}")
    assert explain_refused_output(base / place) == told


def test_a_place_on_the_way_is_relative_to_the_folder_of_now(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As every path is."""
    monkeypatch.chdir(base / "repo")
    assert explain_committed_link(Path("docs/a.md")) is None
    assert str(base / "repo" / "out") in str(explain_committed_link(Path("out/a.md")))


def test_links_are_followed_so_far(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A loop has an end, and is no place that can be opened."""
    assert len(list(committed_links._list_links(base / "repo" / "loop"))) == 100
    monkeypatch.setattr(committed_links, "_MAX_LINKS", 1)
    assert explain_committed_link(base / "to-out") is None
    monkeypatch.setattr(committed_links, "_MAX_LINKS", 2)
    assert explain_committed_link(base / "to-out") is not None


@pytest.mark.parametrize("name", [".git", ".GIT", ".git/hooks/x", "docs/.git/x"])
def test_nothing_is_written_into_git_s_own_folder(base: Path, name: str) -> None:
    """Whatever its letters; a name that only begins so is another."""
    told = "it is in a folder .git, where git keeps what is its own"
    assert explain_refused_output(base / "repo" / name) == told
    assert explain_refused_output(base / "repo" / name.lower().replace("git", "github")) is None


def test_what_is_in_a_worktree_stays_inside() -> None:
    """But for git's own folder; a folder beside it whose name begins alike is outside."""
    top = Path("/a/repo")
    inside = ("/a/repo", "/a/repo/b", "/a/repo/.github")
    assert all(stays_inside(Path(place), top) for place in inside)
    outside = ("/a", "/a/repo2", "/a/repo/.git", "/a/repo/b/.Git/c", "/b/repo")
    assert not any(stays_inside(Path(place), top) for place in outside)
    assert stays_inside(Path("/a/.git/repo/b"), Path("/a/.git/repo"))


def test_a_place_that_cannot_be_looked_at_is_not_explained(base: Path) -> None:
    """Neither can it be opened."""
    assert explain_committed_link(base / ("x" * 300) / "a") is None
    assert explain_committed_link(Path("no\0name")) is None
