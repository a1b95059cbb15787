"""Globs choose pages as git and the settings mean them."""

from __future__ import annotations

import time

import pytest

from syncer.pipeline.globs import holds_all, match_any, match_glob, may_hold


@pytest.mark.parametrize(
    ("path", "glob", "matches"),
    [
        ("docs/a.md", "docs/*.md", True),
        ("docs/sub/a.md", "docs/*.md", False),
        ("docs/sub/a.md", "docs/**/*.md", True),
        ("docs/a.md", "docs/**/*.md", True),
        ("index.md", "**/*.md", True),
        ("docs/sub/a.md", "*.md", True),
        ("docs/a.md", "a.md", True),
        ("docs/ba.md", "a.md", False),
        ("docs/a.md", "docs/**", True),
        ("docs/a.md", "/docs/?.md", True),
        ("docs/a+b.md", "docs/a+b.md", True),
        ("docs/aab.md", "docs/a+b.md", False),
        ("Docs/a.md", "docs/a.md", False),
        ("docs/abcd.md", "docs/*b*d*", True),
        ("docs/abcd.md", "docs/*d*b*", False),
        ("docs/abcd.md", "docs/a*x*", False),
        ("docs/a/b/c.md", "**b**.md", True),
        ("docs/a/b/c.md", "docs/**b/*c**", True),
        ("docs/a/b/c.md", "docs/*b/**c*", False),
        ("a\nb.md", "a?b.md", True),
    ],
)
def test_globs(path: str, glob: str, matches: bool) -> None:
    """`*` stays inside a part, `**` spans several, a bare name is found anywhere."""
    assert match_glob(path, glob) is matches


@pytest.mark.parametrize(
    "glob", ["*" * 60 + "x", "*a" * 60 + "x", "**/" * 60 + "x", "**a" * 60 + "x", "a/**/*a*a*a*x"]
)
def test_many_wildcards_take_little_time(glob: str) -> None:
    """Names of pages may be made to fit a glob of the settings almost."""
    started_s = time.process_time()
    assert not match_glob("a/" * 50 + "a" * 250, glob)
    assert match_glob("a/" * 50 + "a" * 250 + "x", glob) == (glob != "**/" * 60 + "x")
    assert time.process_time() - started_s < 1


def test_any_of_several() -> None:
    """One match is enough; none of none."""
    assert match_any("a.md", ("b.md", "a.md"))
    assert not match_any("a.md", ())


@pytest.mark.parametrize(
    ("folder", "glob", "may"),
    [
        ("docs", "**/*.md", True),
        ("docs", "docs/**/*.md", True),
        ("docs/sub", "docs/**/*.md", True),
        ("docs", "docs/*.md", True),
        ("docs/sub", "docs/*.md", False),
        ("assets", "docs/**/*.md", False),
        ("docs", "*.md", True),
        ("docs", "docs/sub/a.md", True),
        ("docs", "index.md", True),
        ("docs", "other/index.md", False),
        ("docs/sub", "docs/sub", False),
        ("docs/sub", "docs", True),
        ("docs/sub", "docs/*/*.md", True),
    ],
)
def test_whether_a_folder_may_hold_what_a_glob_names(folder: str, glob: str, may: bool) -> None:
    """Anything below it counts, however deep."""
    assert may_hold(folder, [glob]) is may


@pytest.mark.parametrize(
    ("folder", "glob", "does"),
    [
        ("private", "private/**", True),
        ("private/a", "private/**", True),
        ("private", "**", True),
        ("private", "private/*.md", False),
        ("private", "private/*", False),
        ("private", "private/**/x", False),
        ("private", "private/a/**", False),
        ("docs", "private/**", False),
    ],
)
def test_whether_a_glob_takes_all_of_a_folder(folder: str, glob: str, does: bool) -> None:
    """Only then nothing of the folder is left."""
    assert holds_all(folder, [glob]) is does
