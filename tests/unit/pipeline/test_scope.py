"""Globs choose pages as git and the settings mean them."""

from __future__ import annotations

import pytest

from syncer.pipeline.scope import match_any, match_glob


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
    ],
)
def test_globs(path: str, glob: str, matches: bool) -> None:
    """`*` stays inside a part, `**` spans several, a bare name is found anywhere."""
    assert match_glob(path, glob) is matches


def test_any_of_several() -> None:
    """One match is enough; none of none."""
    assert match_any("a.md", ("b.md", "a.md"))
    assert not match_any("a.md", ())
