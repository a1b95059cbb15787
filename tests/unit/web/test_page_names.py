"""The bound on the names in a page's markup."""

from __future__ import annotations

import pytest

from syncer.web.answers import Absence
from syncer.web.fragments import AnchorSearch
from syncer.web.walls import find_wall_in_page

PIECE_BYTES = 8_192


def search(html: bytes) -> Absence:
    """Look for an anchor that is not there, and return why it is absent."""
    looking = AnchorSearch({"x"}, "utf-8")
    for at in range(0, len(html), PIECE_BYTES):
        if not looking.feed(html[at : at + PIECE_BYTES]):
            break
    return looking.finish(complete=True).absence


@pytest.mark.parametrize(
    "shape",
    ["<{}>", "</{}>", "<p></{}>", "<p {}>", "<p {}=''>", "x<p {}="],
    ids=["elements", "ends", "ends between", "attributes", "values", "one tag"],
)
def test_a_page_of_ever_new_names_is_not_read(shape: str) -> None:
    """It is given up before they fill the memory, and proves nothing."""
    html = "".join(shape.format(f"n{number}") for number in range(40_000)).encode()
    assert search(html) is Absence.UNREAD


def test_a_page_of_ever_new_names_is_no_wall() -> None:
    """Walls are short, and this one is not read to its end."""
    captcha = b"<div class=g-recaptcha></div>"
    assert find_wall_in_page(200, captcha) == "reCAPTCHA"
    assert find_wall_in_page(200, captcha + b"".join(b"<n%d>" % n for n in range(2_000))) is None


def test_pages_of_ever_new_names_end_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has few; beyond the bound of a run no page is read, and none proves anything."""
    monkeypatch.setattr("syncer.web.page_names.MAX_RUN_NAMES", 5_000)
    names: set[str | bytes] = set()
    absences = []
    for page in range(30):
        looking = AnchorSearch({"x"}, "utf-8", names)
        looking.feed(b"<p>A</p>" * 200)
        looking.feed("".join(f"<n{page}.{number}>" for number in range(500)).encode())
        absences.append(looking.finish(complete=True).absence)
    assert set(absences[:10]) == {Absence.PROVEN}
    assert set(absences[11:]) == {Absence.UNREAD}
    assert len(names) < 6_000
    long_page = b"<div class=g-recaptcha></div>" + b"<p>ord</p>" * 2_000
    assert find_wall_in_page(200, long_page) is None
    assert find_wall_in_page(200, long_page, names) == "reCAPTCHA"


@pytest.mark.parametrize(
    "html",
    [
        b"<style>" + b"".join(b".c%d>b{a:%d}" % (n, n) for n in range(20_000)) + b"</style>",
        b"<p>" + b" ".join(b"ord%d" % n for n in range(40_000)) + b"</p>",
        b'<img src="data:image/png;base64,' + b"aGVq/bWVuZG8x" * 40_000 + b'">',
        b"<!-- " + b"ord " * 40_000 + b"--><p>x</p>",
        b'<path d="' + b" ".join(b"M%d L%d" % (n % 900, n % 700) for n in range(40_000)) + b'"/>',
        b"<div data-a='1' class=b>x</div>" * 20_000,
    ],
    ids=["style", "text", "image", "comment", "drawing", "elements"],
)
def test_a_long_page_is_read_to_its_end(html: bytes) -> None:
    """Words that are no names do not count."""
    assert search(b"<h1>A</h1>" + html) is Absence.PROVEN
