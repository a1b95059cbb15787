"""Any edits of any page change their targets only, in whatever order and however often."""

from __future__ import annotations

import html
import random
import subprocess
import tempfile
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from syncer.fix.edited_pages import edit_page, encode_page, overlaps
from syncer.fix.link_targets import find_target, write_target
from syncer.fix.patch import render_patch
from syncer.handbook.kramdown.page import parse_page
from syncer.handbook.kramdown.positions import LineMap
from syncer.handbook.source.folder import decode_page
from syncer.model.corrections import Edit
from syncer.model.handbook import PageText
from tests.property.reached import at_least, reached

_LINES = st.lists(
    st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=12),
    max_size=8,
)
_ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@st.composite
def pages(draw: st.DrawFn) -> tuple[bytes, PageText]:
    """Give the bytes of a page with line ends of every kind, perhaps with a mark, and the page."""
    lines = draw(_LINES)
    text = "".join(line + draw(_ENDS) for line in lines) + draw(
        st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"]), max_size=5)
    )
    mark = b"\xef\xbb\xbf" if draw(st.booleans()) else b""
    data = mark + text.replace("\0", "0").encode("utf-8")
    page = decode_page("side.md", data)
    assert isinstance(page, PageText)
    return data, page


@st.composite
def edited(draw: st.DrawFn) -> tuple[bytes, PageText, list[Edit]]:
    """Give a page and edits within its lines that do not overlap."""
    data, page = draw(pages())
    cuts = sorted(draw(st.sets(st.integers(0, len(page.text)), max_size=8)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        if "\n" not in page.text[start:end]:
            new = draw(st.text(st.characters(exclude_characters="\r\n\0"), max_size=6))
            edits.append(Edit("side.md", start, end, new.encode("utf-8", "ignore").decode()))
    return data, page, edits


@at_least(edit=10, line_end=10)
@given(edited())
def test_bytes_outside_of_the_targets_are_equal(case: tuple[bytes, PageText, list[Edit]]) -> None:
    """The new file is the old one with the targets' bytes exchanged, whatever its line ends."""
    data, page, edits = case
    assert encode_page(page) == data
    # The same by another way: letters of the file, one by one, each with its place in the text.
    mark = b"\xef\xbb\xbf" if page.marked else b""
    letters = data[len(mark) :].decode("utf-8")
    expected, place = [], 0
    starts = {edit.start: edit for edit in edits}
    gone = {at for edit in edits for at in range(edit.start, edit.end)}
    for number, letter in enumerate(letters):
        if letters[number : number + 2] == "\r\n":
            expected.append(letter)
            continue
        if place in starts:
            expected.append(starts[place].text)
        if place not in gone:
            expected.append(letter)
        place += 1
    assert encode_page(edit_page(page, edits)) == mark + "".join(expected).encode("utf-8")
    reached("edit", len(edits))
    reached("line_end", data.count(b"\r"))


@at_least(several=3)
@given(edited(), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(
    case: tuple[bytes, PageText, list[Edit]], chance: random.Random
) -> None:
    """Edits in any order, and each one twice, give the same page; it reads as it was written."""
    _, page, edits = case
    shuffled = [*edits, *edits]
    chance.shuffle(shuffled)
    after = edit_page(page, edits)
    # An emptied line between a CR and an LF joins the two: no correction empties a line.
    assume((after.written or "").count("\r\n") == (page.written or "").count("\r\n"))
    assert edit_page(page, shuffled) == after
    assert encode_page(edit_page(page, shuffled)) == encode_page(after)
    again = decode_page("side.md", encode_page(after))
    assert isinstance(again, PageText)
    assert again.text == after.text
    assert not any(overlaps(one, other) for one in edits for other in edits)
    reached("several", len(edits) > 1)


@at_least(patch=10, no_patch=5)
@settings(max_examples=60, deadline=None)
@given(edited())
def test_git_makes_the_new_file_of_the_old_one(
    case: tuple[bytes, PageText, list[Edit]],
) -> None:
    """`git apply` takes the diff of any text and line ends; without a change there is none."""
    data, page, edits = case
    after = edit_page(page, edits)
    patch = render_patch([(page, after)], "")
    assert (patch == b"") == (encode_page(after) == data)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "side.md"
        place.write_bytes(data)
        if patch:
            subprocess.run(["git", "apply"], cwd=folder, input=patch, check=True)
        assert place.read_bytes() == encode_page(after)
    reached("patch" if patch else "no_patch")


_TEXT = st.text("abcæøå |*_`[]()<>!#&\"'{}\\-", max_size=12)
_OTHER = st.sampled_from(
    ["[o](andet.md)", "<a href='gl.md'>o</a>", "[o](/a_(b) 'o') og ![o](ny.html)"]
)
_OLD = st.sampled_from(
    ["gl.md", "gl%20side.html#å", "/a/b?c=1&amp;d=2", "https://gl.example/a_(b)", "../å/gl.md"]
)
_NEW = st.sampled_from(
    [
        "ny.html",
        "/a b/c|d.html?e=1&f=2",
        "https://ny.example/s/Ab?dir=/A&path=/A",
        "x(1).md#å",
        "a'b",
    ]
)
_NOTATIONS = (
    "[t](%s)", '[t](%s "Titel")', "[t](<%s>)", "![t](%s)",
    "[t][r]\n\n[r]: %s 'T'\n", "[r]\n\n[r]: <%s>\n",
    "<a class='k' href=\"%s\">t</a>", "<a href='%s'>t</a>", "| a | [t](%s) |\n|---|---|\n| b | c |",
    "> - [t](%s)", "**[t](%s)**",
)  # fmt: skip


@at_least(written=100, other_link=20)
@settings(max_examples=300)
@given(_TEXT | _OTHER, st.sampled_from(_NOTATIONS), _OLD, _TEXT | _OTHER, _NEW)
def test_a_new_address_changes_its_link_and_nothing_else(
    before: str, notation: str, old: str, after: str, new: str
) -> None:
    """Whatever surrounds a link: the text outside of the target is equal, and all other links."""
    page = PageText("side.md", f"# S\n\n{before}\n\n{notation % old}\n\n{after}\n")
    links = parse_page(page).links
    lines = LineMap("side.md", page.text)
    for number, link in enumerate(links):
        start = lines.offset_of(link.span.line, link.span.column)
        end = lines.offset_of(link.span.end_line, link.span.end_column)
        target = find_target(page.text, start, end, link.url)
        assert target is not None or link.bare or html.unescape(old) != link.url, page.text
        if target is None:
            continue
        edit = Edit("side.md", target.start, target.end, write_target(page.text, target, new))
        edited = edit_page(page, [edit])
        assert edited.text.startswith(page.text[: target.start])
        assert edited.text.endswith(page.text[target.end :])
        found = parse_page(edited).links
        assert [one.text for one in found if not one.bare] == [
            one.text for one in links if not one.bare
        ]
        plain = {"%20": " ", "%7C": "|", "%27": "'", "%28": "(", "%29": ")"}
        url = found[number].url
        for escape, letter in plain.items():
            url = url.replace(escape, letter)
        assert url == new
        others = [one.url for at, one in enumerate(found) if at != number]
        assert others == [one.url for at, one in enumerate(links) if at != number]
        reached("written")
        reached("other_link", len(others))
