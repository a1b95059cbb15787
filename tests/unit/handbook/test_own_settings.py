"""`.syncer.toml` and ignore comments: what they may say, and how mistakes are reported."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from syncer.handbook.own_settings import (
    FILE_NAME,
    MAX_BYTES,
    MAX_ENTRIES,
    OwnSettings,
    keep_trusted,
    limit_shares,
    list_added,
    read_own_settings,
)
from syncer.model.handbook import PageText, UnreadablePage
from syncer.model.reason import Reason

TODAY = date(2026, 11, 29)
CODES = {"link-broken", "resource-missing"}
WAIVE = """
[[waive]]
code = "link-broken"
page = "a.md"
subject = "https://example.org/x"
reason = "Siden kommer i januar"
until = 2027-01-31
"""


def read(text: str | None = None, **pages: str) -> OwnSettings:
    """Read a handbook of pages "a", "b", … with that file."""
    read_pages = [PageText(f"{name}.md", content) for name, content in pages.items()]
    return read_own_settings(text, read_pages, (), codes=CODES, today=TODAY)


def codes(own: OwnSettings) -> list[tuple[str, int | None]]:
    """Return code and line of each problem."""
    return [(problem.reason.code, problem.line) for problem in own.problems]


def test_a_handbook_without_any_has_none() -> None:
    """No file, no comment: nothing is waived and nothing is wrong."""
    assert read(None, a="# Side\n") == OwnSettings()


def test_every_kind_of_entry_is_read() -> None:
    """Waivers, pins, aliases and excluded addresses, in the order of the file."""
    own = read(
        WAIVE
        + '[[pin]]\nname = "Aftale"\nshare = "boks.example.org/T"\npath = "A/b.docx"\n'
        + '[[alias]]\nlabel = "Skabeloner"\nshare = "boks.example.org/T"\npath = "Skabeloner"\n'
        + '[links]\nexclude = ["https://intranet.example.org/*", "http://example.org/a?b*"]\n'
    )
    assert own.problems == ()
    (waiver,) = own.waivers
    assert (waiver.code, waiver.page, waiver.subject) == (
        "link-broken", "a.md", "https://example.org/x",
    )  # fmt: skip
    assert (waiver.until, waiver.lines) == (date(2027, 1, 31), None)
    assert [(pin.name, pin.path) for pin in own.pins] == [("Aftale", "A/b.docx")]
    assert [alias.label for alias in own.aliases] == ["Skabeloner"]
    assert own.excludes == ("https://intranet.example.org/*", "http://example.org/a?b*")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[waive]\n", ("own-settings-unreadable", None)),
        ("a = " + "[" * 5000, ("own-settings-unreadable", None)),
        ("#" * (MAX_BYTES + 1), ("own-settings-unreadable", None)),
        ("[handbook]\nsource = '/'\n", ("own-settings-section", None)),
        ("waive = 3\n", ("own-settings-entry", None)),
        (WAIVE.replace("subject", "subjects"), ("own-settings-key", 2)),
        (WAIVE.replace("link-broken", "link-brken"), ("own-settings-code", 2)),
        (WAIVE.replace("2027-01-31", "2027-12-31"), ("own-settings-date", 2)),
        (WAIVE.replace("2027-01-31", '"snart"'), ("own-settings-not-day", 2)),
        (WAIVE.replace("reason =", "#"), ("own-settings-required", 2)),
        (WAIVE.replace('"link-broken"', "4"), ("own-settings-not-text", 2)),
        ('[[pin]]\nname = "a"\nshare = "b"\nfile_id = "c"\n', ("own-settings-not-number", 1)),
        ('[links]\nexclude = "https://example.org/"\n', ("own-settings-not-list", 1)),
        (WAIVE.replace("Siden kommer i januar", " "), ("own-settings-waiver", 2)),
        (
            '[[waive]]\ncode = "link-broken"\nreason = "x"\nuntil = 2027-01-01\n',
            ("own-settings-waiver", 1),
        ),
        (WAIVE + "lines = [1, 2]\n", ("own-settings-key", 2)),
        (WAIVE + 'covered = ""\n', ("own-settings-key", 2)),
        ('[links]\nexclude = ["*"]\n', ("own-settings-pattern", 1)),
        ('[links]\nexclude = ["https://*/x"]\n', ("own-settings-pattern", 1)),
        ('[links]\nexclude = ["https://*.example.org/"]\n', ("own-settings-pattern", 1)),
        ('[links]\nexclude = ["https://example.*/"]\n', ("own-settings-pattern", 1)),
        ("[links]\nallow_private = true\n", ("own-settings-key", 1)),
    ],
)
def test_a_mistake_has_no_effect_and_is_reported(text: str, problem: tuple[str, Any]) -> None:
    """Each with its line where it has one; other entries keep their effect."""
    own = read(text)
    assert codes(own) == [problem]
    assert (own.waivers, own.pins, own.aliases, own.excludes) == ((), (), (), ())
    if problem[0] != "own-settings-unreadable":
        both = read(text + "\n" + WAIVE if not text.startswith("waive =") else None)
        assert len(both.waivers) == (0 if text.startswith("waive =") else 1)


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("a = " + "[" * 5000, "nested too deeply"),
        ("#" * (MAX_BYTES + 1), f"more than {MAX_BYTES} bytes"),
        (".".join("a" * 100) + " = 1", "a key of many parts"),
        ("[[waive]\n", "Expected ']]' at the end of an array declaration (at line 1, column 8)"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(text: str, detail: str) -> None:
    """In words of ours, or in those of the library that reads TOML."""
    (problem,) = read(text).problems
    assert problem.reason.args == {"detail": detail}


def test_a_pattern_in_a_subject_is_only_text() -> None:
    """`*` in a subject is a star: it accepts nothing but a finding with that subject."""
    (waiver,) = read(WAIVE.replace("https://example.org/x", "*")).waivers
    assert waiver.subject == "*"


def test_more_entries_than_a_handbook_needs_are_cut() -> None:
    """At most so many entries count, and the file says that there are too many."""
    own = read(WAIVE * (MAX_ENTRIES + 50))
    assert (len(own.waivers), codes(own)) == (MAX_ENTRIES, [("own-settings-too-many", None)])
    comment = "<!-- syncer: ignore link-broken until 2027-02-01: x --> x\n"
    own = read(None, a=comment * 10_000)
    assert (len(own.waivers), codes(own)) == (MAX_ENTRIES, [("own-settings-too-many", None)])
    assert len(read(None, a="<!-- syncer: nonsense -->\n" * 10_000).problems) <= MAX_ENTRIES + 1


def test_a_comment_covers_its_line_or_the_block_after_it() -> None:
    """In a row or a line: that line. On its own: the block after it, if there is one."""
    comment = "<!-- syncer: ignore link-broken until 2027-02-01: kommer -->"
    page = f"# Side\n\n{comment}\n\nFørste\nanden\n\n| {comment} [x](y) | b |\n{comment}\n"
    own = read(None, a=page)
    assert own.problems == ()
    assert [waiver.lines for waiver in own.waivers] == [(5, 6), (8, 8), (11, 11)]
    assert {(waiver.page, waiver.reason) for waiver in own.waivers} == {("a.md", "kommer")}


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("{}\nen\n\nto\n", (2, 2)),
        ("{}\n\n\nen\nto\ntre", (4, 6)),
        ("a\n{}\n  \nen\n \t\nto\n", (4, 4)),
        ("{}\n\n", (4, 4)),
        ("{}", (2, 2)),
        ("{} x\ny\n", (1, 1)),
        ("x {}\ny\n", (1, 1)),
    ],
)
def test_the_lines_that_a_comment_covers(page: str, lines: tuple[int, int]) -> None:
    """A block ends at a line of blanks; where there is none, no line of the page is covered."""
    comment = "<!-- syncer: ignore link-broken until 2027-02-01: kommer -->"
    (waiver,) = read(None, a=page.format(comment)).waivers
    assert waiver.lines == lines
    assert (waiver.covered == "") is (lines[0] > page.count("\n") + 1)


def test_a_comment_in_fenced_code_is_text() -> None:
    """What a page shows as code has no effect; after the fence it has again."""
    comment = "<!-- syncer: ignore link-broken until 2027-02-01: x -->"
    own = read(None, a=f"```\n{comment}\n```\n{comment}\n~~~~\n~~~\n{comment}\n~~~~\n")
    assert [waiver.lines for waiver in own.waivers] == [(5, 8)]


@pytest.mark.parametrize(
    ("comment", "code"),
    [
        ("ignore link-broken", "own-comment-invalid"),
        ("ignore until 2027-02-01: x", "own-comment-invalid"),
        ("ignore link-broken until 2027-02-31: x", "own-comment-invalid"),
        ("ignore link-broken until 2027-02-01:", "own-comment-invalid"),
        ("ignore all until 2027-02-01: x", "own-settings-code"),
        ("ignore link-broken until 2028-02-01: x", "own-settings-date"),
    ],
)
def test_a_wrong_comment_is_reported_at_its_line(comment: str, code: str) -> None:
    """A typing error must not look like a waiver."""
    own = read(None, a=f"# Side\n<!-- syncer: {comment} -->\n")
    assert own.waivers == ()
    assert [(p.file, p.line, p.reason.code) for p in own.problems] == [("a.md", 2, code)]


def test_only_shares_that_pages_link_to_can_be_named() -> None:
    """A pin or alias of another share has no effect, and is reported once for each share."""
    text = '[[pin]]\nname = "A"\nshare = "h/T"\npath = "a"\n'
    text += '[[pin]]\nname = "B"\nshare = "h/other"\npath = "a"\n'
    text += '[[alias]]\nlabel = "L"\nshare = "h/other"\npath = ""\n'
    own = limit_shares(read(text), {"h/T"})
    assert ([pin.name for pin in own.pins], own.aliases) == (["A"], ())
    assert [p.reason for p in own.problems] == [Reason("own-settings-share", {"share": "h/other"})]


def test_a_change_cannot_waive_its_own_findings() -> None:
    """What a change adds has no effect and is listed; what was there before keeps its effect."""
    comment = "<!-- syncer: ignore link-broken until 2027-02-01: {} --> x\n\n"
    before = read(WAIVE, a=comment.format("gammel"))
    own = read(
        WAIVE + WAIVE.replace("/x", "/y") + '[links]\nexclude = ["https://a.example/*"]\n',
        a="# Ny overskrift\n"
        + comment.format("gammel")
        + comment.format("ny")
        + comment.format("gammel").replace(" x", " y"),
        b=comment.format("gammel"),
    )
    kept = keep_trusted(own, before)
    assert [(w.page, w.subject, w.lines) for w in kept.waivers] == [
        ("a.md", "https://example.org/x", None),
        ("a.md", None, (2, 2)),
    ]
    assert kept.excludes == ()
    assert list_added(own, before) == (
        "waive link-broken (a.md, https://example.org/y): Siden kommer i januar",
        "waive link-broken (a.md): ny",
        "waive link-broken (a.md): gammel",
        "waive link-broken (b.md): gammel",
        "exclude https://a.example/*",
    )
    assert list_added(before, before) == ()


@pytest.mark.parametrize(
    ("covered", "rest", "other", "kept"),
    [
        ("[a][r]", "[r]: x.md\n", "[r]: y.md\n", False),
        ("[a]{:r}", '{:r: href="x"}\n', '{:r: href="y"}\n', False),
        ("[a][r]", "[r]: x.md\nA\n", "[r]: x.md\nB\n", True),
        ("[a]({{ page.u }})", "A\n", "B\n", False),
        ("{% include a %}", "A\n", "B\n", False),
        ("x", "[r]: x.md\n", "[r]: y.md\n", True),
        ("[a\nb](x.md)", "", "A\n", True),
        ("[a\nb][r]", "[r]: x.md\n", "[r]: y.md\n", False),
        ("a\n{:r}", '{:r: href="x"}\n', '{:r: href="y"}\n', False),
        ("<a>x</a>{:r}", '{:r: href="x"}\n', '{:r: href="y"}\n', False),
        ("[a][r]", "[r]:\n x.md\n", "[r]:\n y.md\n", False),
        ("<a", 'href="x">\n', 'href="y">\n', False),
        ("[a](x){:k}", '- {:k: href="y"}\n', '- {:k: href="z"}\n', False),
        ("a<br>b", "A\n", "B\n", True),
        *[
            (
                f"{refers}\n{word}",
                f"{rest}A",
                f"{rest}B" if "{{" in refers else "[r]: y.md\nA",
                False,
            )
            for refers, rest in (("[a][r]", "[r]: x.md\n"), ("[a]({{ x }})", ""))
            for word in ("b", "c", "d")
        ],
    ],
)
def test_a_comment_covers_what_its_text_refers_to(
    covered: str, rest: str, other: str, *, kept: bool
) -> None:
    """A changed definition elsewhere on the page ends its effect, a changed page that of Liquid."""
    text = f"<!-- syncer: ignore link-broken until 2027-02-01: x --> {covered}\n\n"
    before, own = read("", a=text + rest), read("", a=text + other)
    assert bool(keep_trusted(own, before).waivers) is kept


@pytest.mark.parametrize(
    ("site", "kept"),
    [("kramdown: {{link_defs: {{a: [{}]}}}}\n", False), ("title: {}\n", True)],
)
def test_a_comment_covers_the_links_that_the_site_defines(site: str, *, kept: bool) -> None:
    """Another target in the settings ends its effect; other settings decide on Liquid alone."""
    comment = "<!-- syncer: ignore link-broken until 2027-02-01: x -->"
    for text, is_kept in (("[a]", kept), ("[a]({{ site.title }})", False), ("a", True)):
        page = PageText("a.md", f"{comment} {text}\n")
        own, before = (
            read_own_settings(None, [page], (), codes=CODES, today=TODAY, site=site.format(name))
            for name in ("y.md", "x.md")
        )
        assert bool(keep_trusted(own, before).waivers) is is_kept


@pytest.mark.parametrize(
    ("page", "old", "new", "kept"),
    [
        ("[a {}\nb](x.md)\n", "x.md", "y.md", False),
        ("A\n[a {}\nb](x.md)\n", "A", "B", True),
        ('a {} <a\nhref="x.md">b</a>\n', "x.md", "y.md", False),
        ("| A |\n|---|\n| [a](x.md) {} |\n| B |\n", "B", "[b](y.md)", True),
        ("| A\n| [a {}\n| b](x.md)\n", "x.md", "y.md", False),
        ("- [a](x.md) {}\n- B\n", "B", "[b](y.md)", True),
        ("- [a {}\n  b](x.md)\n- B\n", "x.md", "y.md", False),
        ("A\n- [a {}\n- b](x.md)\n", "x.md", "y.md", False),
        ("A\n\nB\n\n| A |\n|---|\n| [a](x.md) {} |\n| Z |\n", "Z", "[b](y.md)", True),
        ("A\n \t\n| A |\n|---|\n| [a](x.md) {} |\n| Z |\n", "Z", "[b](y.md)", True),
        ("A\n\nB\n\n* [a](x.md) {}\n* Z\n", "Z", "[b](y.md)", True),
        ("A\n\n| [a](x.md) {} |\n|---|\n", "---", ":--", True),
        ("| A |\n|---|\n[a {}\nb](x.md)\n", "x.md", "y.md", False),
        ("| A |\n\n|---|\n| [a {}\n| b](x.md)\n", "x.md", "y.md", False),
        ("[a {}\n \nb](x.md)\n", "x.md", "y.md", True),
    ],
)
def test_a_comment_covers_links_that_go_on_in_the_next_lines(
    page: str, old: str, new: str, *, kept: bool
) -> None:
    """To the end of its row, item or paragraph; what stands outside of these may change."""
    text = page.format("<!-- syncer: ignore link-broken until 2027-02-01: X -->")
    before, own = read("", a=text), read("", a=text.replace(old, new))
    assert bool(keep_trusted(own, before).waivers) is kept


def test_a_file_that_is_no_text_is_reported() -> None:
    """It could not be read, so that its entries have no effect."""
    unreadable = [UnreadablePage(FILE_NAME, Reason("not-utf8", {"line": 1}))]
    own = read_own_settings(None, (), unreadable, codes=CODES, today=TODAY)
    assert codes(own) == [("own-settings-unreadable", None)]


PIN = '[[pin]]\nname = "A"\nshare = "h/T"\npath = "a.docx"\n'
KEYS = {
    "waive": "code, reason, until, subject, page",
    "pin": "name, share, page, path, file_id",
    "alias": "label, share, path",
    "links": "exclude",
}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("[ekstra]\na = 1\n", None, Reason("own-settings-section", {"section": "ekstra"})),
        ("pin = 3\n", None, Reason("own-settings-entry", {"section": "pin"})),
        (
            PIN + 'odd = "x"\n', 1,
            Reason("own-settings-key", {"section": "pin", "key": "odd", "known": KEYS["pin"]}),
        ),
        (
            WAIVE + "lines = [1, 2]\n", 2,
            Reason(
                "own-settings-key", {"section": "waive", "key": "lines", "known": KEYS["waive"]}
            ),
        ),
        (
            '[[alias]]\nlabel = "A"\nshare = "h/T"\n', 1,
            Reason("own-settings-required", {"section": "alias", "key": "path"}),
        ),
        (
            PIN + 'file_id = "7"\n', 1,
            Reason("own-settings-not-number", {"section": "pin", "key": "file_id"}),
        ),
        (
            PIN + "page = 7\n", 1,
            Reason("own-settings-not-text", {"section": "pin", "key": "page"}),
        ),
        (
            WAIVE.replace("2027-01-31", "7"), 2,
            Reason("own-settings-not-day", {"section": "waive", "key": "until"}),
        ),
        (
            '\n[links]\nexclude = "https://a.example/*"\n', 2,
            Reason("own-settings-not-list", {"section": "links", "key": "exclude"}),
        ),
        (
            '[links]\nexclude = ["*"]\n', 1,
            Reason("own-settings-pattern", {"pattern": "*"}),
        ),
        (
            WAIVE.replace("link-broken", "page-empty"), 2,
            Reason("own-settings-code", {"code": "page-empty"}),
        ),
        (
            WAIVE.replace("Siden kommer i januar", "  "), 2,
            Reason("own-settings-waiver", {"code": "link-broken"}),
        ),
        (
            WAIVE.replace("2027-01-31", "2027-12-01"), 2,
            Reason("own-settings-date", {"until": "2027-12-01", "latest": "2027-11-30"}),
        ),
    ],
)  # fmt: skip
def test_each_mistake_names_what_is_wrong(text: str, line: int | None, reason: Reason) -> None:
    """With all that its sentence needs; an entry beside it keeps its effect."""
    beside = '[[pin]]\nname = "Ved siden af"\nshare = "h/T"\n'
    own = read(text if text.startswith("pin =") else text + beside)
    assert [(one.file, one.line, one.reason) for one in own.problems] == [(FILE_NAME, line, reason)]
    if not text.startswith("pin ="):
        assert [pin.name for pin in own.pins] == ["Ved siden af"]


def test_the_last_day_that_a_waiver_may_have() -> None:
    """A year from today, and a day for a leap year."""
    assert len(read(WAIVE.replace("2027-01-31", "2027-11-30")).waivers) == 1
    assert len(read(WAIVE.replace("2027-01-31", "2027-12-01")).waivers) == 0


def test_a_wrong_comment_is_told_with_its_words() -> None:
    """The first 200 letters of them, on the page and line."""
    words = f"syncer: ignore {'x' * 300}"
    own = read(None, a="# A\n", b=f"\n<!-- {words} -->\n")
    (problem,) = own.problems
    assert (problem.file, problem.line) == ("b.md", 2)
    assert problem.reason.code == "own-comment-invalid"
    text = str(problem.reason.args["text"])
    assert text == f"ignore {'x' * 300}"[:200]


def test_both_pins_and_aliases_name_shares() -> None:
    """Each share once, in their order, pins first."""
    alias = '[[alias]]\nlabel = "L"\nshare = "h/B"\npath = "x"\n'
    own = read(PIN + PIN.replace('"A"', '"B"') + alias + alias.replace("h/B", "h/C"))
    limited = limit_shares(own, {"h/C"})
    assert [problem.reason for problem in limited.problems] == [
        Reason("own-settings-share", {"share": share}) for share in ("h/T", "h/B")
    ]
    assert (limited.pins, [alias.share for alias in limited.aliases]) == ((), ["h/C"])
    assert limit_shares(own, {"h/T", "h/B", "h/C"}) == own


def test_each_entry_that_a_change_adds_is_listed() -> None:
    """By what it is called; what was there before is not."""
    text = (
        WAIVE + PIN + '[[alias]]\nlabel = "L"\nshare = "h/B"\npath = "x"\n'
        '[links]\nexclude = ["https://a.example/*"]\n'
    )
    own = read(text, a="<!-- syncer: ignore link-broken until 2027-01-01: kendt -->\n\nx\n")
    assert list_added(own, OwnSettings()) == (
        "waive link-broken (a.md, https://example.org/x): Siden kommer i januar",
        "waive link-broken (a.md): kendt",
        "pin A",
        "alias L",
        "exclude https://a.example/*",
    )
    assert list_added(own, own) == ()


DOTS = "a.b.c.d.e.f.g.h.i.j.k"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (f'"{DOTS}"', DOTS),
        (f'"{DOTS} \\" {DOTS}"', f'{DOTS} " {DOTS}'),
        (f"'{DOTS} \" '", f'{DOTS} " '),
        (f'"""{DOTS}\n# ""{DOTS}\n\\"""{DOTS}"""', f'{DOTS}\n# ""{DOTS}\n"""{DOTS}'),
        (f"'''{DOTS}\n'' {DOTS}\n'''", f"{DOTS}\n'' {DOTS}\n"),
        (f'""""{DOTS}"""""', f'"{DOTS}""'),
        (f'"x"  # {DOTS} "', "x"),
    ],
)
def test_dots_in_strings_and_comments_are_text(written: str, reason: str) -> None:
    """However they are quoted; a key behind them is read as one."""
    text = WAIVE.replace('"Siden kommer i januar"', written)
    assert [waiver.reason for waiver in read(text).waivers] == [reason]
    (problem,) = read(f"{text}{DOTS} = 1\n").problems
    assert problem.reason == Reason("own-settings-unreadable", {"detail": "a key of many parts"})


def test_a_key_may_have_nine_parts() -> None:
    """One of more is refused before it is read."""
    for parts, code in ((9, "own-settings-section"), (10, "own-settings-unreadable")):
        assert codes(read(".".join("a" * parts) + " = 1\n")) == [(code, None)]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("a < b - c -- d", "a < b - c -- d"),
        ("<b>x</b> <- y", "<b>x</b> <- y"),
        ("x" * 450, "x" * 450),
    ],
)
def test_the_reason_of_a_comment_may_have_marks(words: str, reason: str) -> None:
    """As long as it is on its line and no other comment begins in it."""
    begin = "<!-- syncer: ignore link-broken until 2027-02-01: "
    (waiver,) = read(None, a=f"{begin}{words} --> x\n").waivers
    assert (waiver.reason, waiver.lines) == (reason, (1, 1))
    (waiver,) = read(None, a=f"x <!-- syncer: ignore {begin}{words} --> {begin}\n").waivers
    assert waiver.reason == reason
    for broken in (f"{begin}{words}\n-->", f"{begin}{words}{'y' * 500} -->", f"{begin}{words}"):
        own = read(None, a=f"{broken} x\n")
        assert (own.waivers, own.problems) == ((), ())


def test_what_a_waiver_accepts_is_named_or_not() -> None:
    """A comment names its lines; else it is the subject that says it, without Liquid in it."""
    own = read(
        WAIVE
        + WAIVE.replace("https://example.org/x", "{{ site.x }}")
        + WAIVE.replace("https://example.org/x", "{% link x %}")
        + WAIVE.replace("subject =", "#"),
        a="<!-- syncer: ignore link-broken until 2027-02-01: x --> x\n",
    )
    assert [(waiver.subject, waiver.names_target) for waiver in own.waivers] == [
        ("https://example.org/x", True), ("{{ site.x }}", False), ("{% link x %}", False),
        (None, False), (None, True),
    ]  # fmt: skip


def test_the_file_is_named_by_its_place() -> None:
    """At the handbook's root; another file that is no text is not it."""
    assert FILE_NAME == ".syncer.toml"
    odd = [UnreadablePage(name, Reason("not-utf8")) for name in ("a.md", "x/.syncer.toml")]
    assert read_own_settings(None, (), odd, codes=CODES, today=TODAY) == OwnSettings()
