"""Edits change the bytes of their targets and no others."""

from __future__ import annotations

import pytest

from syncer.fix.edited_pages import blot_page, edit_page, encode_page, list_changes, overlaps
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


def test_edits_far_apart_keep_line_ends(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each is made in its place, from the first line end on, in whatever order they come."""
    page = _page(b"\r\n" + b"ab\r\n" * 40, tmp_path_factory)
    edits = [Edit("side.md", at, at + 1, "x") for at in (1, 4, 40, 103)]
    lines = [b"", *[b"ab"] * 40, b""]
    for number in (1, 2, 14, 35):
        lines[number] = b"xb"
    for given in (edits, edits[::-1]):
        assert encode_page(edit_page(page, given)) == b"\r\n".join(lines)


def test_a_page_with_its_own_line_ends_has_no_other_text() -> None:
    """Its text is what is written."""
    page = PageText("a.md", "x\n")
    assert edit_page(page, [Edit("a.md", 0, 1, "y")]).written is None


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


def test_a_change_in_two_places_is_shown_from_the_first_to_the_last() -> None:
    """With what is between them, on each page that the correction concerns."""
    page = PageText("a.md", "| **Plan** (ToDo) | Nextcloud / Skabeloner |\n")
    edits = [Edit("a.md", page.text.index(old), page.text.index(old) + len(old), new)
             for old, new in (("Skabeloner", "[S](b)"), (" (ToDo)", ""))]  # fmt: skip
    other = Edit("b.md", 0, 2, "ny")
    correction = Correction(make_finding("x", "Plan"), FixTier.ASK, (*edits, other))
    pages = [(page, page), (PageText("c.md", "en"), page), (PageText("b.md", "en to"), page)]
    assert list_changes(correction, pages) == [
        ("**Plan** (ToDo) | Nextcloud / Skabeloner", "**Plan** | Nextcloud / [S](b)"),
        ("en", "ny"),
    ]


def test_a_blotted_page_keeps_its_lines() -> None:
    """Passwords are in neither of its texts; one without line ends of its own has one text."""
    text = "a\n<https://u:hemmelig@a.dk/>\n"
    for written in (None, text.replace("\n", "\r\n")):
        page = blot_page(PageText("a.md", text, written=written))
        assert "hemmelig" not in page.text
        assert page.text.count("\n") == 2
        if written is None:
            assert page.written is None
        else:
            assert page.written == page.text.replace("\n", "\r\n")


def _number(changed: set[int], lines: int = 30) -> PageText:
    """Return a page of numbered lines, some of them changed."""
    text = "".join(f"{n}{'!' * (n in changed)}\n" for n in range(1, lines + 1))
    return PageText("a.md", text, place="a.md")


@pytest.mark.parametrize(
    ("changed", "hunks"),
    [
        ({1}, ["@@ -1,4 +1,4 @@"]),
        ({4}, ["@@ -1,7 +1,7 @@"]),
        ({5}, ["@@ -2,7 +2,7 @@"]),
        ({30}, ["@@ -27,4 +27,4 @@"]),
        ({10, 16}, ["@@ -7,13 +7,13 @@"]),
        ({10, 17}, ["@@ -7,7 +7,7 @@", "@@ -14,7 +14,7 @@"]),
        (set(), []),
    ],
)
def test_a_patch_has_three_lines_around_a_change(changed: set[int], hunks: list[str]) -> None:
    """Changes whose surroundings meet are one part."""
    patch = render_patch([(_number(set()), _number(changed))], "").decode()
    assert [line for line in patch.splitlines() if line.startswith("@@")] == hunks


@pytest.mark.parametrize(
    ("changed", "lines"),
    [
        ({1}, ["-1", "+1!", " 2", " 3"]),
        ({2}, [" 1", "-2", "+2!", " 3"]),
        ({1, 2}, ["-1", "-2", "+1!", "+2!", " 3"]),
        ({1, 3}, ["-1", "+1!", " 2", "-3", "+3!"]),
        ({1, 2, 3}, ["-1", "-2", "-3", "+1!", "+2!", "+3!"]),
    ],
)
def test_a_patch_changes_lines_that_differ(changed: set[int], lines: list[str]) -> None:
    """Of lines that follow each other, those that go come before those that come, as in git."""
    patch = render_patch([(_number(set(), 3), _number(changed, 3))], "").decode()
    assert patch.splitlines()[3:] == ["@@ -1,3 +1,3 @@", *lines]


@pytest.mark.parametrize(
    ("name", "quoted"),
    [
        ("a\tb", '"a/a\\tb"'),
        ("a\nb", '"a/a\\nb"'),
        ("a\rb", '"a/a\\rb"'),
        ("a\x01b", '"a/a\\001b"'),
        ("a\x7fb", '"a/a\\177b"'),
        ("a\x1f ~b", '"a/a\\037 ~b"'),
        ('a"æb', '"a/a\\"\\303\\246b"'),
        ("a\\b", '"a/a\\\\b"'),
        ("a~b", "a/a~b"),
        ("æ", "a/æ"),
    ],
)
def test_names_are_quoted_as_git_quotes_them(name: str, quoted: str) -> None:
    """Marks and control characters by their letter or number; without any nothing is quoted."""
    before = PageText(name, "x\n", place=name)
    patch = render_patch([(before, PageText(name, "y\n"))], "").decode()
    assert patch.split("\n")[1] == f"--- {quoted}"


def test_the_page_of_a_patch_is_the_one_on_disk() -> None:
    """Its name as the disk spells it, not as the program does."""
    before = PageText("å.md", "x\n", place="a\u030a.md")
    patch = render_patch([(before, PageText("å.md", "y\n"))], "").decode()
    assert "--- a/a\u030a.md\n" in patch
    loose = PageText("å.md", "x\n")
    assert b"--- a/\xc3\xa5.md\n" in render_patch([(loose, PageText("å.md", "y\n"))], "")


def test_words_around_a_change_are_short() -> None:
    """Of a word without end 80 characters are shown on each side, and a blank ends it."""
    page = PageText("a.md", f"en {'x' * 90}Y{'z' * 90} to\n")
    at = page.text.index("Y")
    finding = make_finding("link-broken", "Y")
    correction = Correction(finding, FixTier.SAFE, (Edit("a.md", at, at + 1, "N"),))
    (shown,) = list_changes(correction, [(page, page), (PageText("b.md", "Y"), page)])
    assert shown == (f"{'x' * 80}Y{'z' * 80}", f"{'x' * 80}N{'z' * 80}")


def test_no_part_of_a_password_is_among_the_words_around_a_change() -> None:
    """Of an address that goes on in the next line only a part is shown, which looks like a port."""
    page = PageText("a.md", '[x](gl)"http://u:1234567\n89@a.dk"\n')
    at = page.text.index("gl")
    correction = Correction(make_finding("x", "y"), FixTier.SAFE, (Edit("a.md", at, at + 2, "ny"),))
    ((before, after),) = list_changes(correction, [(page, page)])
    assert "1234567" not in before + after
    assert after.startswith("[x](ny)")
