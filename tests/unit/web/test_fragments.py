"""Anchors in HTML: what is found, and when an absence is proven."""

from __future__ import annotations

import time

import pytest

from syncer.web import fragments
from syncer.web.answers import Absence, Anchors
from syncer.web.fragments import MAX_PAGE_BYTES, AnchorSearch


def search(html: bytes, *wanted: str, charset: str | None = "utf-8", piece: int = 7) -> Anchors:
    """Search a page that comes in small pieces."""
    looking = AnchorSearch(wanted, charset)
    for at in range(0, len(html), piece):
        if not looking.feed(html[at : at + piece]):
            break
    return looking.finish(complete=True)


@pytest.mark.parametrize(
    ("html", "fragment"),
    [
        (b"<p id=a>", "a"),
        (b"<P ID='a'>", "a"),
        (b"<a name=a></a>", "a"),
        ("<p id='æ ø'>".encode(), "%C3%A6%20%C3%B8"),
        ("<p id='æ'>".encode(), "æ"),
        (b"<p id='a%20b'>", "a%20b"),
        (b"<p id='user-content-a'>", "a"),
        (b"<p id='&#97;'>", "a"),
        (b"<svg><g id=a></g></svg>", "a"),
        (b"<html><body></html><p id=a>", "a"),
        (b"<div>" * 20_000 + b"<p id=a>", "a"),
    ],
)
def test_anchor_is_found(html: bytes, fragment: str) -> None:
    """Ids of any element and names of `a`, percent-encoded or not, however deep."""
    assert search(html, fragment, piece=4096).found == {fragment}


def test_utf_16_is_read_without_its_mark() -> None:
    """Browsers take the label for that of little-endian."""
    page = "<p id=a><p id=æ>".encode("utf-16-le")
    assert search(page, "a", "æ", charset="utf-16").found == {"a", "æ"}


def test_page_that_cannot_be_decoded_is_unread() -> None:
    """Python refuses escapes that never end; such an error concerns one page, never the run."""
    for page in (b"<p>" + b"\x1b(" * 200, b"<p>" * 500 + b"\x1b(" * 50):
        assert search(page, "a", charset="iso-2022-jp").absence is Absence.UNREAD
    looking = AnchorSearch(("a",), "iso-2022-jp")
    assert looking.feed(b"<p>" * 500)
    assert not looking.feed(b"\x1b(" * 500)


def test_the_mark_of_a_charset_is_one_at_the_start_alone() -> None:
    """Elsewhere it is a letter of a name that nobody sees."""
    page = "\ufeff<p>" + "x" * 1_100 + "<p id='a\ufeffb'>"
    assert search(page.encode(), "a\ufeffb", piece=1).found == {"a\ufeffb"}


def test_an_instruction_of_xml_is_met_as_one_or_as_a_comment() -> None:
    """That depends on the version of libxml2."""
    for text, is_styled in (("type='text/xsl' href='x'", True), ("type='text/css'", False)):
        for met in ("pi", "comment"):
            page = fragments._PageIds((), set())
            if met == "pi":
                page.pi("xml-stylesheet", text)
            else:
                page.comment(f"?xml-stylesheet {text}?")
            assert page.is_styled is is_styled


TEXT = b"<p>" + b"Something to read. " * 40
HEADED = b"<script src=x></script><h2 id=b></h2><h2 id=c></h2>"
SECTIONS = b"<h2 id=b>B</h2><section id=c><h3>C</h3>" + TEXT


@pytest.mark.parametrize(
    "html",
    [
        b"",
        b"<p>a",
        b"<!-- <p id=a> -->",
        b"<p name=a>",
        b"<p data-id=a>",
        b"<p id=A>",
        b"<h1>One</h1><h2>Two</h2>",
        b"<script type='application/ld+json'>{\"a\": 1}</script>",
        b"<img src=x.png><link href=javascript:x>",
        b"<h1>Title</h1><script src=x></script>" + SECTIONS,
        b"<a id=b></a><h2>B</h2><h2>C <a id=c></a></h2><script>other()</script>" + TEXT,
        b"<div><h2>B</h2><a id=user-content-b></a></div><script src=x></script>" + SECTIONS,
        b"<noscript><img src=count></noscript><script src=x></script>" + SECTIONS,
        b"<script src=x></script><style>p {}</style>" + SECTIONS,
        b"<script src=x></script><h2><b>B</b><i>x</i> <a id=c></a></h2>" + SECTIONS,
        b"<script src=x></script><noscript><img></noscript>" + SECTIONS,
        b"<script src=x></script><h2 id=b></h2><h2 id=c></h2>" + b"x" * 500,
    ],
)
def test_absence_is_proven(html: bytes) -> None:
    """A page without scripts, or one that names its headings itself, proves an absence."""
    assert search(html, "a") == Anchors(frozenset(), Absence.PROVEN)


STYLED = b"<?xml version='1.0'?><!-- x --><?xml-stylesheet %s?><html><body><p>x</body></html>"


@pytest.mark.parametrize(
    ("style", "absence"),
    [
        (b"type='text/xsl' href='x.xsl'", Absence.BY_SCRIPT),
        (b"href='x.xsl' type='application/xslt+xml'", Absence.BY_SCRIPT),
        (b"href='css.xsl'", Absence.BY_SCRIPT),
        (b"href='x.css' type='text/css'", Absence.PROVEN),
        (b'type = "text/css" href="x.css"', Absence.PROVEN),
    ],
)
def test_stylesheet_of_xml_may_make_any_anchor(style: bytes, absence: Absence) -> None:
    """XSLT makes another page of this one; CSS makes no places."""
    assert search(STYLED % style, "a").absence is absence


@pytest.mark.parametrize(
    ("html", "fragment"),
    [
        (b"<script>document.body.innerHTML = '<p id=a>'</script>", "a"),
        (b"<script>add('later')</script>" + SECTIONS, "later"),
        (b"<div id=root></div><script src=app.js></script>", "a"),
        (b"<h1 id=title>App</h1><div id=root></div><script src=app.js></script>", "a"),
        (b"<h2>A</h2><script src=anchors.js></script>" + SECTIONS, "a"),
        (SECTIONS + b"<h2>A</h2><ul><li id=d></ul><script src=anchors.js></script>", "a"),
        (b"<script src=x></script><h2>A</h2>" + SECTIONS, "a"),
        (b"<script src=x></script>" + SECTIONS + b"<h2>A</h2>", "a"),
        (b"<h2 id=b></h2><h2 id=c></h2><script src=app.js></script>", "a"),
        (b"<script src=x></script><h2 id=b></h2><h2 id=c></h2>" + b"x" * 499, "a"),
        (b"<script src=x></script><h2 id=b></h2>" + TEXT, "a"),
        *[
            (HEADED + b"<%b>" % unseen + TEXT + b"</%b>" % unseen.split()[0], "a")
            for unseen in (b"style", b"script", b"script type=importmap")
        ],
        (HEADED + b"<!--" + TEXT + b"-->", "a"),
        (b"<script type='text/x-template'></script>" + SECTIONS, "a"),
        (b"<script src=x></script><react-app></react-app>" + SECTIONS, "a"),
        (b"<script src=x></script><template><p></template>" + SECTIONS, "a"),
        (b"<script type='application/json'>{}</script>" + SECTIONS, "a"),
        (b"<noscript>Please enable JavaScript.</noscript><script src=x></script>" + SECTIONS, "a"),
        (b"<meta http-equiv=refresh content='0; url=/new'>", "a"),
        (b"<body onload='build()'>", "a"),
        (b"<img src=x onerror='build()'>", "a"),
        (b"<img src=x onload='add(\"a\")'>" + SECTIONS, "a"),
        (b"<iframe src=' JavaScript:build()'></iframe>", "a"),
        (b"<iframe srcdoc='<script>parent.build()</script>'></iframe>", "a"),
        *[
            (b"<svg><x %s='build()'/></svg>" % event, "a")
            for event in (b"onbegin", b"onstart", b"ONTOGGLE", b"onfocus", b"onanimationend",
                          b"onresize", b"onscroll", b"onhashchange", b"oncanplay")
        ],
        *[
            (b"<script src=x></script>" + SECTIONS, one)
            for one in ("/route", "!/route", "?a", "L2", "l2", "L1-L20", "L1C2-L3C4", "tab=2",
                        "issuecomment-123", "discussion_r99", "comment-7", "reply5", "answer_5",
                        "Post-12", "note5", "message-5", "my-note-5")
        ],
    ],
)  # fmt: skip
def test_absence_is_not_proven_where_a_script_may_make_it(html: bytes, fragment: str) -> None:
    """Scripts prove nothing where the page has gaps, or the fragment the look of theirs."""
    assert search(html, fragment).absence is Absence.BY_SCRIPT


@pytest.mark.parametrize("event", ["onclick", "onKeyDown", "onmouseover", "oninput", "data-onload"])
def test_what_only_a_reader_sets_going_makes_no_place(event: str) -> None:
    """Who follows a link has done nothing on its page yet."""
    assert search(f"<p {event}='build()'>".encode(), "a").absence is Absence.PROVEN


@pytest.mark.parametrize("fragment", ["level2", "L", "L2x", "poster", "post", "xpost5", "note5b"])
def test_a_name_that_only_looks_a_little_like_a_scripts(fragment: str) -> None:
    """Its absence is proven as that of any other."""
    assert search(b"<script src=x></script>" + SECTIONS, fragment).absence is Absence.PROVEN


def test_search_ends_when_everything_is_found() -> None:
    """Nothing more is read once every fragment has its anchor."""
    looking = AnchorSearch(("a", "b"), None)
    assert looking.feed(b"<p id=a><p>" + b"x" * 1024)
    assert not looking.feed(b"<p id=b><p>")


def test_search_ends_at_the_limit() -> None:
    """Behind the limit nothing is read, and nothing is denied."""
    looking = AnchorSearch(("a",), None)
    assert looking.feed(b"x" * MAX_PAGE_BYTES)
    assert not looking.feed(b"<p id=a>")
    assert looking.finish(complete=True) == Anchors(frozenset(), Absence.TOO_BIG)


def test_a_long_page_is_read_to_its_end() -> None:
    """One that is deep all the way takes too long; one of many short paragraphs does not."""
    flat, deep = b"<p>a</p>" * 25_000, b"<b>" * 30_000 + b"</b>" * 30_000
    for html, absence in ((flat, Absence.PROVEN), (deep, Absence.UNREAD)):
        assert search(html, "a", piece=8_192) == Anchors(frozenset(), absence)


def test_page_that_breaks_off_proves_nothing() -> None:
    """An absence in half a page is none."""
    looking = AnchorSearch(("a",), None)
    looking.feed(b"<p>")
    assert looking.finish(complete=False).absence is Absence.UNREAD


@pytest.mark.parametrize(
    ("html", "charset"),
    [
        ("<p id=æ>".encode("latin-1"), "iso-8859-1"),
        ("<meta charset=windows-1252><p id=æ>".encode("cp1252"), None),
        ("<p id=æ>".encode(), None),
        ("<p id=æ>".encode(), "no-such-charset"),
        ("<p id=æ>".encode(), "\0"),
        ("<p id=æ>".encode(), "utf-8\udc80"),
        ("<p id=æ>".encode("utf-16"), "utf-16"),
    ],
)
def test_charset_is_the_servers_or_the_pages(html: bytes, charset: str | None) -> None:
    """The server's word goes first, then the page's own, then UTF-8."""
    assert search(html, "æ", charset=charset, piece=4096).found == {"æ"}


@pytest.mark.parametrize("encoded", ["utf-16", "utf-16-be", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("piece", [1, 7, 4096])
def test_page_is_read_as_its_charset_says(encoded: str, piece: int) -> None:
    """By its mark, whatever the server says, else by the server; however small its pieces."""
    html = ("\ufeff" if encoded == "utf-16-be" else "") + "<p id=a–æ>" + "x" * 2000 + "<p id=b>"
    found = search(html.encode(encoded), "a–æ", "b", charset="iso-8859-1", piece=piece).found
    assert found == {"a–æ", "b"}


@pytest.mark.parametrize("byte", [0x81, 0x8D, 0x9D, 0xFF])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "utf-16", "shift_jis", None])
def test_bytes_that_a_charset_does_not_have_end_no_page(byte: int, charset: str | None) -> None:
    """What comes behind them is found."""
    html = "<p>xx".encode(charset or "utf-8") + bytes([byte, byte])
    html += "xx<p id=a>".encode("utf-16-le" if charset == "utf-16" else "ascii")
    assert search(html, "a", charset=charset).found == {"a"}


@pytest.mark.parametrize(
    ("charset", "fragment", "absence"),
    [
        (None, "%C3%A6", Absence.UNREAD),
        (None, "æ", Absence.UNREAD),
        (None, "a", Absence.PROVEN),
        ("utf-8", "%C3%A6", Absence.PROVEN),
        ("no-such-charset", "æ", Absence.UNREAD),
    ],
)
def test_name_with_danish_letters_is_denied_in_a_certain_charset_only(
    charset: str | None, fragment: str, absence: Absence
) -> None:
    """Where nothing names the charset, a browser may read other letters."""
    assert search(b"<p id=\xe6>", fragment, charset=charset).absence is absence


@pytest.mark.parametrize(
    "html",
    [
        b"<div>" * 400_000,
        b"<p " + b"a=1 " * 500_000,
        b"<a id=" + b"x" * 2_000_000,
        b"<table>" * 200_000,
        b"&amp" * 500_000,
        b"<script>" + b"x" * 2_000_000,
        b"<b><p>" * 200_000,
    ],
    ids=["deep", "attributes", "long id", "tables", "entities", "script", "misnested"],
)
def test_hostile_page_takes_linear_time(html: bytes) -> None:
    """Two megabytes of anything are through in little time."""
    began_s = time.process_time()
    search(html, "a", piece=65536)
    assert time.process_time() - began_s < 10


@pytest.mark.parametrize("kind", ["application/ld+json", "importmap", "speculationrules"])
def test_a_block_of_data_is_no_script(kind: str) -> None:
    """No script of the page uses it, so that it proves nothing about missing places."""
    html = f"<script type='{kind}'>{{}}</script>".encode()
    assert search(html, "a").absence is Absence.PROVEN
    with_script = html + b"<script src=x></script>"
    assert search(with_script, "a").absence is Absence.BY_SCRIPT


@pytest.mark.parametrize("level", range(1, 7))
def test_a_heading_without_a_name_may_get_one(level: int) -> None:
    """By a script, at each level but that of the page's own title."""
    html = f"<h{level}>A</h{level}><p>x<script src=x></script>".encode() + SECTIONS
    assert search(html, "a").absence is (Absence.PROVEN if level == 1 else Absence.BY_SCRIPT)


def test_a_page_of_comments_is_searched_to_its_end() -> None:
    """However many words are in them: only one that never ends could fill the memory."""
    comments = b"".join(b"<!-- word%d -->" % number for number in range(20_000))
    found = search(comments + b"<p id=a>", "a", piece=4_096)
    assert found == search(b"<p id=a>", "a")
