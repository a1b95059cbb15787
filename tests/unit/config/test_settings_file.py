"""Which settings file is used, by where the audited handbook is."""

from __future__ import annotations

from pathlib import Path

import pytest

from syncer.config import load_settings


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder, with a settings file in it and a handbook below it."""
    work = tmp_path / "work"
    (work / "handbook" / "docs").mkdir(parents=True)
    (work / "handbook" / "docs" / "page.md").write_text("# Side\n", encoding="utf-8")
    (work / "syncer.toml").write_text('[output]\nlang = "en"\n', encoding="utf-8")
    monkeypatch.chdir(work)
    return work


def is_used(handbook: str | None, env: dict[str, str] | None = None) -> bool:
    """Return whether the file is used; one warning says that it is not."""
    loaded = load_settings(None, env or {}, handbook=handbook)
    used = loaded.settings.output.lang == "en"
    assert len(loaded.warnings) == (0 if used else 1)
    assert (loaded.sources.file is None) is not used
    return used


@pytest.mark.parametrize(
    ("handbook", "used"),
    [
        ("handbook", True),
        ("handbook/docs/page.md", True),
        ("https://example.org/handbook.git", True),
        ("nowhere", True),
        (".", False),
        ("{work}", False),
        ("file://{work}", False),
        ("..", False),
        (None, False),
    ],
)
def test_without_git_the_handbooks_folder_counts(
    work: Path, handbook: str | None, *, used: bool
) -> None:
    """A file in it, or in a folder below it, is the handbook's; one above is not."""
    assert is_used(None if handbook is None else handbook.format(work=work)) is used


def test_a_page_belongs_to_the_site_around_it(work: Path) -> None:
    """Which begins where its `_config.yml` is."""
    assert is_used("handbook/docs/page.md")
    (work / "_config.yml").write_text("", encoding="utf-8")
    assert not is_used("handbook/docs/page.md")


@pytest.mark.parametrize(
    ("top", "handbook", "used"),
    [
        (".", "handbook", False),
        ("..", "handbook/docs/page.md", False),
        ("handbook", "handbook/docs", True),
        (".", "https://example.org/handbook.git", False),
        ("elsewhere", "https://example.org/handbook.git", True),
    ],
)
def test_in_git_the_worktree_counts(work: Path, top: str, handbook: str, *, used: bool) -> None:
    """That of the handbook; a file in another one was brought by other people."""
    (work / top / ".git").mkdir(parents=True)
    assert is_used(handbook) is used
    assert is_used(None, {"SYNCER_HANDBOOK__SOURCE": handbook}) is used


@pytest.mark.parametrize("source", ["handbook", "/nowhere", "https://example.org/handbook.git"])
def test_a_file_that_names_the_handbook_itself(work: Path, source: str) -> None:
    """It is used outside of git alone: a repository could bring it to name another handbook."""
    text = f'[output]\nlang = "en"\n[handbook]\nsource = "{source}"\n'
    (work / "syncer.toml").write_text(text, encoding="utf-8")
    assert is_used(None)
    (work.parent / ".git").mkdir()
    assert not is_used(None)


def test_a_file_that_is_a_link(work: Path) -> None:
    """Neither the link nor its target may be in the handbook."""
    (work / "syncer.toml").rename(work / "handbook" / "docs" / "a.toml")
    (work / "syncer.toml").symlink_to("handbook/docs/a.toml")
    assert not is_used("handbook")
    assert is_used("handbook/docs/page.md") is False
    (work / "handbook" / "docs" / "a.toml").rename(work.parent / "a.toml")
    (work / "syncer.toml").unlink()
    (work / "syncer.toml").symlink_to("../a.toml")
    assert is_used("handbook")


def test_a_broken_file_that_is_not_used_is_not_read(work: Path) -> None:
    """So that a change of the handbook cannot stop the audit with it."""
    (work / "syncer.toml").write_bytes(b"\xff")
    assert not is_used(".")
