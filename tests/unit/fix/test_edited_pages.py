"""Edits change the bytes of their targets and no others."""

from __future__ import annotations

import pytest

from syncer.fix.edited_pages import edit_page, encode_page, list_changes, overlaps
from syncer.fix.patch import render_patch
from syncer.handbook.source.folder import read_page
from syncer.model.corrections import Correction, Edit, FixTier
from syncer.model.handbook import PageText
from tests.delivery.made_runs import make_finding


def _page(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> PageText:
    place = tmp_path_factory.mktemp("page") / "side.md"
    place.write_bytes(data)
    page = read_page("side.md", place)
    assert isinstance(page, PageText)
    return page


@pytest.mark.parametrize(
    "data",
    [
        b"en\nto\n",
        b"en\r\nto\r\n",
        b"\xef\xbb\xbfen\r\nto",
        b"en\rto\r\n\xc3\xa6\n\r\n",
        b"",
    ],
)
def test_a_page_is_encoded_as_it_was(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Mark and line ends of every kind are those of the file."""
    assert encode_page(_page(data, tmp_path_factory)) == data


def test_edits_keep_line_ends(tmp_path_factory: pytest.TempPathFactory) -> None:
    """An edit after line ends of both kinds changes its own bytes only."""
    page = _page(b"\xef\xbb\xbf\xc3\xa6\r\nb\rc\nd\r\ne", tmp_path_factory)
    at = page.text.index("e")
    edited = edit_page(page, [Edit("side.md", at, at + 1, "ny"), Edit("side.md", 0, 1, "å")])
    assert encode_page(edited) == b"\xef\xbb\xbf\xc3\xa5\r\nb\rc\nd\r\nny"
    assert edited.text == "å\nb\nc\nd\nny"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((0, 2), (2, 3), False),
        ((0, 2), (1, 3), True),
        ((1, 1), (1, 2), False),
        ((1, 1), (0, 2), True),
        ((1, 3), (1, 3), False),
        ((1, 3), (3, 3), False),
    ],
)
def test_overlaps(one: tuple[int, int], other: tuple[int, int], expected: bool) -> None:
    """Edits of the same letters exclude each other; equal ones and insertions beside do not."""
    first, second = Edit("a.md", *one, "x"), Edit("a.md", *other, "x")
    assert overlaps(first, second) is overlaps(second, first) is expected
    assert not overlaps(first, Edit("b.md", *other, "x"))
    assert overlaps(Edit("a.md", 1, 1, "x"), Edit("a.md", 1, 1, "y"))


def test_a_patch_names_odd_files_as_git_does() -> None:
    """Marks are quoted, blanks end in a tab, and a last line without an end is told."""
    before = PageText("a b.md", "x", place="a b.md")
    text = render_patch([(before, PageText("a b.md", "y"))], "mappe/").decode()
    assert text.splitlines() == [
        "diff --git a/mappe/a b.md b/mappe/a b.md",
        "--- a/mappe/a b.md\t",
        "+++ b/mappe/a b.md\t",
        "@@ -1,1 +1,1 @@",
        "-x",
        "\\ No newline at end of file",
        "+y",
        "\\ No newline at end of file",
    ]
    before = PageText('a"\\æ.md', "x", place='a"\\æ.md')
    patch = render_patch([(before, PageText("", "y"))], "").decode()
    assert '--- "a/a\\"\\\\\\303\\246.md"\n' in patch


@pytest.mark.parametrize(
    ("parts", "change"),
    [
        ([(" (ToDo)", "")], ("**Plan** (ToDo)", "**Plan**")),
        ([("", "["), ("Skabeloner", "Skabeloner](b)")], ("Skabeloner", "[Skabeloner](b)")),
    ],
)
def test_a_change_is_shown_with_the_words_around_it(
    parts: list[tuple[str, str]], change: tuple[str, str]
) -> None:
    """What only goes or only comes is readable; what other corrections changed is not in it."""
    page = PageText("a.md", "| **Plan** (ToDo) | Nextcloud / Skabeloner |\n")
    at = page.text.index(parts[-1][0])
    edits = tuple(Edit("a.md", at, at + len(old), new) for old, new in parts)
    correction = Correction(make_finding("resource-arrived", "Plan"), FixTier.ASK, edits)
    (shown,) = list_changes(correction, [(page, page)])
    assert shown == change
