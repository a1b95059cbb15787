"""Resource tables become rows, other tables never do, and places are understood."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from syncer.handbook.kramdown.options import KramdownOptions
from syncer.handbook.kramdown.page import parse_page
from syncer.handbook.rows.places import place_link
from syncer.handbook.rows.resource_tables import (
    DEFAULT_WORDS,
    Alias,
    TableWords,
    count_rows,
    find_rows,
)
from syncer.model.handbook import (
    PageText,
    PlaceKind,
    Placement,
    ResourceRow,
    SiteKind,
    TableProblem,
)
from syncer.model.shares import name_account
from syncer.nextcloud.share_url import parse_share_link

HOSTS = frozenset({"boks.example"})
SHARE = "boks.example/Tok3nTok3nTok3n"
LINK = "https://boks.example/s/Tok3nTok3nTok3n"
REAL_PAGES = Path(__file__).parents[5] / "shared" / "handbook"

HEAD = "| Ressource | Beskrivelse | Placering |\n|---|---|---|\n"


def find(
    *texts: str,
    aliases: tuple[Alias, ...] = (),
    words: TableWords = DEFAULT_WORDS,
    site: SiteKind = SiteKind.JEKYLL,
) -> tuple[tuple[ResourceRow, ...], tuple[TableProblem, ...]]:
    """Find the rows of the pages a.md, b.md and c.md."""
    options = KramdownOptions(github=site is not SiteKind.JEKYLL)
    pages = [
        parse_page(PageText(f"{name}.md", text), options)
        for name, text in zip("abc", texts, strict=False)
    ]
    parse = partial(parse_share_link, hosts=HOSTS)
    return find_rows(pages, words=words, parse=parse, aliases=aliases, site=site)


def find_one(line: str) -> ResourceRow:
    """Find the only row of a table with this line."""
    (row,), _ = find(HEAD + line)
    return row


def faults(line: str) -> list[str]:
    """Return the codes of what is wrong with this line."""
    return [problem.reason.code for problem in find(HEAD + line)[1]]


# Liquid


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("{{ x }}", "{{ x }}"),
        ("{{ 'alfa' | capitalize }}", "{{ 'alfa' | capitalize }}"),
        ("Alfa {{ page.intet }}", "Alfa {{ page.intet }}"),
        ("{% link navn.md %}", "{% link navn.md %}"),
        ("{% include navn.html %}", "{% include navn.html %}"),
        ("**{% include navn.html a='b|c' %}**", "{% include navn.html a='b|c' %}"),
        ("Alfa {% include navn.html %}", "Alfa {% include navn.html %}"),
        ("Alfa{% if page.x %} Beta{% endif %}", "Alfa Beta"),
    ],
)
def test_a_name_that_liquid_makes_is_not_known(written: str, name: str) -> None:
    """Nothing runs it, so the row says that only a build knows its name."""
    row = find_one(f"| {written} | x | [N]({LINK}) |\n")
    assert (row.name, row.has_liquid_name) == (name, True)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Alfa", "Alfa"),
        ("{% raw %}Alfa{% endraw %}", "Alfa"),
        ("Al{% comment %}{{ x }}{% endcomment %}fa", "Alfa"),
        ("Alfa {{ x", "Alfa {{ x"),
        ("{%- assign x = 1 -%}Alfa", "Alfa"),
    ],
)
def test_a_name_without_live_liquid_is_known(written: str, name: str) -> None:
    """What prints nothing, or is printed as written, leaves the name as it is."""
    row = find_one(f"| {written} | x | [N]({LINK}) |\n")
    assert (row.name, row.has_liquid_name) == (name, False)


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("[N]({{ site.boks }})", "{{ site.boks }}"),
        ("[N]({{ site.boks }}?path=/X)", "{{ site.boks }}?path=/X"),
        ("[N](https://boks.example/s/{{ site.tok }})", "https://boks.example/s/{{ site.tok }}"),
        ("{{ site.boks }}", "{{ site.boks }}"),
    ],
)
def test_a_place_that_liquid_makes_is_not_known(written: str, url: str) -> None:
    """It is neither outside of Nextcloud nor in a share."""
    row = find_one(f"| Alfa | x | {written} |\n")
    assert row.places == (Placement(PlaceKind.UNRESOLVED, url, None, None),)
    assert row.places[0].is_liquid


def test_an_alias_explains_a_place_that_liquid_makes() -> None:
    """The settings know what the build prints."""
    text = f"{HEAD}| Alfa | x | {{{{ site.boks }}}} |\n"
    (row,), _ = find(text, aliases=(Alias("{{ site.boks }}", SHARE, "A"),))
    assert row.places == (Placement(PlaceKind.SHARE, None, SHARE, "A"),)


@pytest.mark.parametrize("name", ["{{ x }}", "{% include navn.html %}", "Skabelon {{navn}}"])
def test_braces_are_text_on_github(name: str) -> None:
    """It runs nothing, so the name is as it is written, and the address too."""
    (row,), _ = find(f"{HEAD}| {name} | x | [N]({{{{ x }}}}) |\n", site=SiteKind.GITHUB)
    assert (row.name, row.has_liquid_name) == (name, False)
    assert not row.places[0].is_liquid


def test_bars_between_braces_part_cells_on_github() -> None:
    """There they are bars like any other."""
    text = f"{HEAD}| Alfa {{{{ a | x }}}} | [N]({LINK}) |\n"
    (row,), _ = find(text, site=SiteKind.GITHUB)
    assert (row.name, row.description, row.label) == ("Alfa {{ a", "x }}", "N")


def test_a_template_may_have_bars_where_another_program_makes_the_site() -> None:
    """It is run before the table is read: the row has its name, its place and no fault."""
    text = f"{HEAD}| {{{{ 'a' | b | c }}}} | x | [N]({LINK}) |\n| Alfa | x | {{{{ y | z }}}} |\n"
    text += f"| Beta {{{{ a | x | [N]({LINK}) |\n| Gamma {{% a | x | [N]({LINK}) |\n"
    rows, problems = find(text, site=SiteKind.FILES)
    assert [(row.name, row.has_liquid_name) for row in rows] == [
        ("{{ 'a' | b | c }}", True), ("Alfa", False), ("Beta {{ a", False),
        ("Gamma {% a", False),
    ]  # fmt: skip
    assert [row.places[0].kind for row in rows] == [
        PlaceKind.SHARE, PlaceKind.UNRESOLVED, PlaceKind.SHARE, PlaceKind.SHARE,
    ]  # fmt: skip
    assert rows[1].places[0].is_liquid
    assert not problems
    joined = f"{HEAD}| Alfa | x | [a]({LINK}) {{{{ y | z }}}} [b]({LINK}?path=/B) |\n"
    (row,), problems = find(joined, site=SiteKind.FILES)
    assert (row.label, [place.path for place in row.places]) == ("a {{ y | z }} b", ["", "B"])
    assert [link.text for link in row.links] == ["a", "b"]
    assert not problems


# Which tables


@pytest.mark.parametrize(
    "header",
    [
        "| Ressource | Beskrivelse | Placering |",
        "| **ressource** |  | PLACERING: |",
        "| Dokument | Formål | Placering |",
        "| Dokument/Skabelon | Formål | Placering |",
        "Dokumenter | Formål | Placering",
        "| Ressourcer | Formål | Placering |",
        "| Skabelon | Formål | Placering |",
    ],
)
def test_a_table_is_known_by_its_header_words(header: str) -> None:
    """Case, marks, and the blanks around a slash do not matter."""
    rows, problems = find(f"{header}\n|---|---|---|\n| Aftale | tekst | [x]({LINK}) |\n")
    assert [row.name for row in rows] == ["Aftale"]
    assert problems == ()


@pytest.mark.parametrize(
    "header",
    [
        "| DokumentSkabelon | Formål | Placering |",
        "| Område | Kontakt | Placering |",
        "| Ressource | Beskrivelse | Link |",
        "| Beskrivelse | Ressource | Placering |",
        "| Ressourceperson | Telefon | Placering |",
        "| Placering | Beskrivelse | Ressource |",
    ],
)
def test_other_tables_are_never_read(header: str) -> None:
    """A table word must stand first, and a place word behind it."""
    line = f"| Aftale (ToDo | tekst | [x]({LINK}) | **for mange |\n"
    assert find(f"{header}\n|---|---|---|\n{line}") == ((), ())


def test_the_words_are_settings() -> None:
    """What they say counts, and nothing else does."""
    words = TableWords(("File",), ("Where",), ("(later)",))
    text = f"| File | Where |\n|---|---|\n| Deal (LATER) | [x]({LINK}) |\n| ToDo | [y]({LINK}) |\n"
    rows, _ = find(text, HEAD + "| a | b | c |\n", words=words)
    assert [(row.name, row.todo) for row in rows] == [("Deal", True), ("ToDo", False)]


@pytest.mark.parametrize(
    ("name", "todo"),
    [
        ("Plan (senere)", True), ("Plan(senere)", True), ("Plan [(senere) i år]", True),
        ("Plan senere", False), ("Plan på  vej", True), ("Plan (på vej: maj)", True),
        ("Plan påvej", False), ("Plan x", True), ("Plan xx", False),
    ],
)  # fmt: skip
def test_the_markers_are_settings(name: str, todo: bool) -> None:
    """One in brackets is only itself, one of several words has any blanks between them."""
    words = replace(DEFAULT_WORDS, todo_markers=(" ", "(senere)", "på vej", "x"))
    (row,), _ = find(HEAD + f"| {name} | x | y |\n", words=words)
    assert row.todo is todo


def test_one_word_may_head_names_and_places() -> None:
    """The first column has the names, a later one the places."""
    words = TableWords(("Sted",), ("Sted",), ())
    (row,), _ = find(f"| Sted | Sted |\n|---|---|\n| A | [b]({LINK}) |\n", words=words)
    assert (row.name, row.label) == ("A", "b")
    assert find("| Sted | x |\n|---|---|\n| A | b |\n", words=words) == ((), ())


def test_without_markers_nothing_is_promised() -> None:
    """Blank ones are none."""
    words = TableWords(("Ressource",), ("Placering",), (" ",))
    rows, _ = find(HEAD + "| Skabelon (ToDo) | x | y |\n", words=words)
    assert [(row.name, row.todo) for row in rows] == [("Skabelon (ToDo)", False)]


# Rows


def test_a_row_is_read_with_everything_it_says() -> None:
    """Name, description, label, links, section, line."""
    top = "# Side\n\n## Ressourcer {#r}\n\n"
    (row,), problems = find(f"{top}{HEAD}| **Aftalen** | Om *noget* | Boks: [A]({LINK}) |\n")
    assert (row.name, row.description, row.label) == ("Aftalen", "Om noget", "Boks: A")
    assert [link.url for link in row.links] == [LINK]
    assert (row.section, row.todo, row.page) == ("Ressourcer", False, "a.md")
    assert (row.span.line, row.span.column, row.span.end_line) == (7, 1, 7)
    assert problems == ()


@pytest.mark.parametrize(
    ("cells", "name", "label", "todo"),
    [
        ("**Skabelon** (ToDo) | x | Boks", "Skabelon", "Boks", True),
        ("**Skabelon (todo)** | x | Boks", "Skabelon", "Boks", True),
        ("TODO: Skabelon | x | Boks", "Skabelon", "Boks", True),
        ("Skabelon [ToDo: efterår] | x | Boks", "Skabelon", "Boks", True),
        ("Skabelon | x | Boks (ToDo)", "Skabelon", "Boks", True),
        ("Skabelon | x | ToDo", "Skabelon", "", True),
        ("Skabelon – ToDo | x | Boks", "Skabelon", "Boks", True),
        ("Skabelon | ToDo: skriv | Boks", "Skabelon", "Boks", False),
        ("ToDo-liste | x | Boks", "ToDo-liste", "Boks", False),
        ("Mastodont | x | Boks", "Mastodont", "Boks", False),
    ],
)
def test_a_promise_is_marked_in_the_name_or_the_place(
    cells: str, name: str, label: str, *, todo: bool
) -> None:
    """The marker is no part of either; part of another word it is none."""
    row = find_one(f"| {cells} |")
    assert (row.name, row.label, row.todo) == (name, label, todo)


def test_the_description_is_what_stands_between_name_and_place() -> None:
    """A column called Beskrivelse or Formål alone, where there is one."""
    text = "| Dokument | Ejer | Dato | Placering |\n|---|---|---|---|\n| A | Bo | 2026 | x |\n"
    assert [row.description for row in find(text)[0]] == ["Bo; 2026"]
    text = "| Dokument | Ejer | Placering | Formål |\n|---|---|---|---|\n| A | Bo | x | Hjælp |\n"
    assert [row.description for row in find(text)[0]] == ["Hjælp"]
    text = "| Dokument | Placering |\n|---|---|\n| A | x |\n"
    assert [row.description for row in find(text)[0]] == [""]


def test_ids_outlive_promises_and_other_lines() -> None:
    """The page and the name make it; a repeat bears its number."""
    (before,), _ = find(HEAD + "| **Aftale** (ToDo) | x | y |")
    after, _ = find(
        "Tekst.\n\n" + HEAD + "| Ny | x | y |\n| aftale | z | w |\n| Aftale | u | v |\n"
    )
    assert after[1].id == before.id
    assert after[2].id == f"{before.id}-2"
    assert after[0].id != before.id
    (elsewhere,), _ = find("", HEAD + "| Aftale | x | y |")
    assert elsewhere.id != before.id


def test_rows_come_by_page_and_line() -> None:
    """In whatever order the pages are given."""
    pages = [
        parse_page(PageText(path, HEAD + "| 1 | x | y |\n| 2 | x | y |\n"))
        for path in ("ø.md", "a/b.md", "b.md")
    ]
    rows, _ = find_rows(pages, words=DEFAULT_WORDS, parse=partial(parse_share_link, hosts=HOSTS))
    assert [(row.page, row.name) for row in rows] == [
        (path, name) for path in ("a/b.md", "b.md", "ø.md") for name in "12"
    ]


# Tables at fault


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        (f"| **Aftale | x | [y]({LINK}) |", ["table-mark-unclosed"]),
        (f"| Aftale | x **y | [y]({LINK}) |", ["table-mark-unclosed"]),
        (f"| Aftale** | x | [y]({LINK}) |", ["table-mark-unopened"]),
        (f"| __Aftale | x | [y]({LINK}) |", ["table-mark-unclosed"]),
        (f"| Aftale__ | x | [y]({LINK}) |", ["table-mark-unopened"]),
        (f"| *Aftale | x | [y]({LINK}) |", []),
        (f"| Aftale* | x | [y]({LINK}) |", []),
        (f"| Aftale | [y]({LINK}) |", ["table-cells-missing"]),
        (f"| Aftale | x | y | [z]({LINK}) |", ["table-cells-extra"]),
        (f"| Aftale | [x](vejledning) | y | [z]({LINK}) |", ["table-cells-extra"]),
        (f"| Aftale | x | [y]({LINK} |", ["table-link-unclosed"]),
        (f"| Aftale | `**` og 2*3 og a_b | [y]({LINK}) |", []),
        (f"| Aftale | x \\| y | [y]({LINK}) |", []),
    ],
)
def test_a_line_at_fault_is_read_and_named(line: str, codes: list[str]) -> None:
    """The row's name is right, and the problem stands at its line."""
    assert faults(line) == codes
    row = find_one(line)
    assert row.name == "Aftale"
    if codes != ["table-link-unclosed"]:
        assert [place.kind for place in row.places] == [PlaceKind.SHARE]


@pytest.mark.parametrize(
    ("line", "label", "description"),
    [
        (f"| A | [b]({LINK}) | c |", "c", "b"),
        (f"| A | x | [b]({LINK}) | [c]({LINK}) |", "b", "x"),
        (f"| A | x | b | [c]({LINK}) |", "c", "x"),
        (f"| A | [b]({LINK}) | c | [d]({LINK}) | e |", "d", "b"),
        (f"| A | [b]({LINK}) |", "b", ""),
        (f"| [A]({LINK}) | b |", "", "b"),
    ],
)
def test_the_place_of_a_row_with_too_few_or_too_many_cells(
    line: str, label: str, description: str
) -> None:
    """Its own column if there is a link, else the last cell with one; never that of the name.

    What is taken as the place does not describe the row as well. In a whole row it is the column.
    """
    row = find_one(line)
    assert (row.label, row.description) == (label, description)


def test_a_row_without_a_name_is_a_problem_and_an_empty_one_is_nothing() -> None:
    """There is nothing to look for."""
    rows, problems = find(HEAD + f"| | x | [y]({LINK}) |\n| | | |\n|  | - | |\n")
    assert rows == ()
    assert [(p.reason.code, p.span.line) for p in problems] == [("table-name-missing", 3)]


def test_a_table_without_its_line_of_dashes_is_read() -> None:
    """Its first line is the header."""
    rows, problems = find(f"| Ressource | Placering |\n| Aftale | [x]({LINK}) |\n")
    assert [row.name for row in rows] == ["Aftale"]
    assert [(one.subject, one.reason.code) for one in problems] == [("", "table-separator-missing")]


def test_a_table_that_the_site_shows_as_text_is_read() -> None:
    """Its rows count, and the table is at fault."""
    rows, problems = find(f"Her:\n{HEAD}| Aftale | x | [y]({LINK}) |\n")
    assert [(row.name, row.span.line) for row in rows] == [("Aftale", 4)]
    assert [(p.reason.code, p.span.line) for p in problems] == [("table-not-rendered", 2)]


# Places


def test_links_are_understood_by_what_they_lead_to() -> None:
    """A share, a file in it, something behind a login, something else; each once."""
    row = find_one(
        f"| A | x | [s]({LINK}?path=%2FAftaler%2F2026) [f]({LINK}/download?path=%2FB&files=c.docx) "
        f"[o]({LINK}?dir=undefined&path=/D&openfile=7) [l](https://boks.example/f/9) "
        f"[w](https://other.example/s/Tok3nTok3nTok3n) [p](processes/x) "
        f"[s]({LINK}?path=/Aftaler/2026) [tom]() ![b](b.png) |"
    )
    share, file, opened, login, web, page = row.places
    assert (share.kind, share.share, share.path) == (PlaceKind.SHARE, SHARE, "Aftaler/2026")
    assert (file.path, file.file_path, file.file_id) == ("B", "B/c.docx", None)
    assert (opened.path, opened.file_path, opened.file_id) == ("D", None, 7)
    assert (login.kind, login.share, login.path, login.file_id) == (PlaceKind.LOGIN, None, None, 9)
    assert (web.kind, page.kind, page.url) == (PlaceKind.OUTSIDE, PlaceKind.OUTSIDE, "processes/x")
    assert len(row.links) == 9


def test_two_files_of_one_folder_are_two_places() -> None:
    """A file's address names its share, its folder and the file; each counts once."""
    files = [f"{LINK}/download?path=%2FB&files={name}" for name in ("c.docx", "d.docx", "c.docx")]
    files += [files[0].replace("Tok3n", "T0ken")]
    row = find_one("| A | x | " + " ".join(f"[f]({url})" for url in files) + " |")
    assert [(place.share, place.path, place.file_path) for place in row.places] == [
        (SHARE, "B", "B/c.docx"),
        (SHARE, "B", "B/d.docx"),
        (SHARE.replace("Tok3n", "T0ken"), "B", "B/c.docx"),
    ]


def test_a_bare_address_is_a_place_although_it_is_no_link() -> None:
    """Kramdown does not make a link of it, people mean one."""
    (place,) = find_one(f"| A | x | {LINK} |").places
    assert (place.kind, place.path, place.url) == (PlaceKind.SHARE, "", LINK)


def resolve(label: str, *texts: str, aliases: tuple[Alias, ...] = ()) -> tuple[object, ...]:
    """Return kind, share and path of a plain-text place on a.md, after other rows."""
    first, *others = texts or ("",)
    rows, _ = find(HEAD + f"| Den | x | {label} |\n" + first, *others, aliases=aliases)
    place = rows[0].places[0]
    return place.kind, place.share, place.path


AS_A = f"| 1 | x | [Boks / A]({LINK}?path=/A) |\n"
AS_B = f"| 2 | x | [Boks / A]({LINK}?path=/B) |\n"
UNRESOLVED = (PlaceKind.UNRESOLVED, None, None)


def test_a_plain_place_is_what_rows_of_the_page_call_so() -> None:
    """Case and blanks do not matter; the link that explained it is kept."""
    assert resolve("boks /  a", AS_A, HEAD + AS_B) == (PlaceKind.SHARE, SHARE, "A")
    rows, _ = find(HEAD + "| Den | x | Boks / A |\n" + AS_A)
    assert rows[0].places == rows[1].places
    assert rows[0].links == ()


def test_a_plain_place_is_else_what_other_pages_call_so() -> None:
    """The page's own rows come first."""
    assert resolve("Boks / A", "", HEAD + AS_A) == (PlaceKind.SHARE, SHARE, "A")


def test_a_plain_place_on_which_rows_disagree_is_unresolved() -> None:
    """On the page itself, or between the other pages."""
    assert resolve("Boks / A", AS_A + AS_B) == UNRESOLVED
    assert resolve("Boks / A", AS_A + AS_B, HEAD + AS_A) == UNRESOLVED
    assert resolve("Boks / A", "", HEAD + AS_A, HEAD + AS_B) == UNRESOLVED


def test_a_plain_place_that_nothing_explains_is_unresolved() -> None:
    """An empty place too, whatever other rows leave out."""
    assert resolve("Skabet", AS_A) == UNRESOLVED
    assert resolve("", "| 3 | x | [](" + LINK + ") |\n") == UNRESOLVED
    assert find_one("| A |").places[0].kind is PlaceKind.UNRESOLVED
    assert find_one("| A |").label == ""


def test_an_alias_beats_the_rows() -> None:
    """The settings know better."""
    alias = Alias("BOKS / a", SHARE, "/C/A\u030arsmøde/")
    assert resolve("Boks / A", AS_A, aliases=(alias,)) == (PlaceKind.SHARE, SHARE, "C/Årsmøde")


def test_an_empty_link_leaves_the_place_to_its_text() -> None:
    """`[Boks / A]()` says what plain text says."""
    assert resolve("[Boks / A]()", AS_A) == (PlaceKind.SHARE, SHARE, "A")


def test_a_place_may_be_outside_of_every_share() -> None:
    """Plain text that other rows link to GitHub with is there too."""
    row = "| 1 | x | [GitHub](https://github.example/x) |\n"
    assert resolve("GitHub", row) == (PlaceKind.OUTSIDE, None, None)


WHOLE = (
    "# Side\n\n## Aftaler\n\n"
    "| Dokument | Ejer | Formål | Beskrivelse | Placering |\n|---|---|---|---|---|\n"
    f"| **Plan** (ToDo) | Bo | At **leje* | Hus | Boks: [B]({LINK}?path=/B) ![i](i.png) []() |\n"
    f"| Kort | [K]({LINK}) |\n"
    f"| *Lang | [L]({LINK}) | x | y | z | æ |\n"
    "| | x | y | ToDo | skab |\n"
    "\n## Tekst\n\nHer:\n"
    "| Ressource | Placering |\n|---|---|\n| {{ x }} | boks:  b i |\n| Kort** | [a](b |\n"
    "\n| Skabelon | Placering |\n| Kort | (ToDo) |\n"
)


def test_rows_and_their_problems_whole() -> None:
    """All that a report says of a row, and of each line at fault, in order."""
    rows, problems = find(WHOLE)
    boks = Placement(PlaceKind.SHARE, f"{LINK}?path=/B", SHARE, "B")
    share = Placement(PlaceKind.SHARE, LINK, SHARE, "")
    nowhere = Placement(PlaceKind.UNRESOLVED, None, None, None)
    assert [
        (row.span.line, row.name, row.description, row.todo, row.label, row.places, row.section)
        for row in rows
    ] == [
        (7, "Plan", "At leje; Hus", True, "Boks: B i", (boks,), "Aftaler"),
        (8, "Kort", "", False, "K", (share,), "Aftaler"),
        (9, "Lang", "x; y", False, "L", (share,), "Aftaler"),
        (17, "{{ x }}", "", False, "boks: b i", (boks,), "Tekst"),
        (18, "Kort", "", False, "[a](b", (nowhere,), "Tekst"),
        (21, "Kort", "", True, "", (nowhere,), "Tekst"),
    ]
    assert [len(row.links) for row in rows] == [3, 1, 1, 0, 0, 0]
    # Yesterday's manifest has the same ids.
    assert [rows[number].id for number in (0, 1, 4)] == [
        "r06080cd20564", "r220a52a90a8a", "r220a52a90a8a-2",
    ]  # fmt: skip
    assert [row.has_liquid_name for row in rows] == [row.span.line == 17 for row in rows]
    assert [
        (one.span.line, one.span.end_line, one.subject, one.reason.code, one.reason.args)
        for one in problems
    ] == [
        (8, 8, "Kort", "table-cells-missing", {"cells": 2, "columns": 5}),
        (9, 9, "Lang", "table-cells-extra", {"cells": 6, "columns": 5}),
        (10, 10, "", "table-name-missing", {}),
        (15, 18, "Tekst", "table-not-rendered", {}),
        (18, 18, "Kort", "table-link-unclosed", {}),
        (18, 18, "Kort", "table-mark-unopened", {"mark": "**"}),
        (20, 21, "Tekst", "table-separator-missing", {}),
    ]


def test_rows_of_a_note_are_where_they_stand() -> None:
    """Not at the end, where a site shows notes; a table of another kind counts no rows."""
    other = "| A | Placering |\n|---|---|\n| x | y |\n\n"
    note = HEAD.replace("\n", "\n    ") + "| Note | x | y |\n    | | | |\n"
    text = f"Se[^1]\n\n[^1]: Note\n\n    {note}\n{other}{HEAD}| Tabel | x | y |\n"
    rows, _ = find(text)
    assert [row.name for row in rows] == ["Note", "Tabel"]
    assert count_rows(parse_page(PageText("a.md", text)), DEFAULT_WORDS) == 3


# The real pages


@pytest.mark.skipif(not REAL_PAGES.is_dir(), reason="the real handbook pages are not at hand")
def test_the_real_pages_give_exactly_their_rows() -> None:
    """Five, five, and eight and six; names, lines, places, the ToDo row, the unclosed mark."""
    pages = [
        parse_page(PageText(path.name, path.read_text("utf-8")))
        for path in sorted(REAL_PAGES.glob("*.md"))
        if path.name != "README.md"
    ]
    rows, problems = find_rows(
        pages,
        words=DEFAULT_WORDS,
        parse=partial(parse_share_link, hosts=frozenset({"boks.os2.eu"})),
    )
    lines: dict[str, list[int]] = {}
    for row in rows:
        lines.setdefault(row.page, []).append(row.span.line)
    assert lines == {
        "appendix.md": [*range(17, 25), *range(33, 39)],
        "partners_and_suppliers.md": [*range(86, 91)],
        "products_and_communities.md": [*range(149, 154)],
    }
    (promised,) = [row for row in rows if row.todo]
    assert (promised.name, promised.label) == (
        "Kontrakt- og samarbejdsskabeloner",
        "Nextcloud / Skabeloner",
    )
    assert [(place.share, place.path) for place in promised.places] == [
        ("boks.os2.eu/Di5cTQdSABd6ak4", "Skabeloner")
    ]
    meetings = next(row for row in rows if row.span.line == 24)
    assert (meetings.name, meetings.places[0].kind) == (
        "Teammøder i sekretariatet",
        PlaceKind.LOGIN,
    )
    assert [(p.span.file, p.span.line, p.reason.code) for p in problems] == [
        ("appendix.md", 24, "table-mark-unclosed")
    ]
    kinds = [place.kind for row in rows for place in row.places]
    assert (kinds.count(PlaceKind.SHARE), kinds.count(PlaceKind.OUTSIDE)) == (15, 8)


@pytest.mark.parametrize("line", ["| | | |", "| --- | :-: | == |", "|:--|  |=|", "| - | | |"])
def test_a_line_without_words_is_nothing(line: str) -> None:
    """Empty, or dashes that make no table; what comes after it is read."""
    rows, problems = find(f"{HEAD}{line}\n| Plan | x | y |\n")
    assert [row.name for row in rows] == ["Plan"]
    assert problems == ()


@pytest.mark.parametrize(
    ("account", "is_seen"), [(None, False), ("andet.example", False), ("boks.example", True)]
)
def test_an_account_sees_folders_behind_the_login(account: str | None, is_seen: bool) -> None:
    """A folder is a place in it; what names no folder stays behind the login."""
    parse = partial(parse_share_link, hosts=HOSTS)
    accounts = frozenset(filter(None, [account]))
    url, file = "https://boks.example/apps/files/?dir=/A", "https://boks.example/f/7"
    seen = Placement(PlaceKind.SHARE, url, name_account("boks.example"), "A")
    hidden = Placement(PlaceKind.LOGIN, url, None, None, cloud="boks.example")
    assert place_link(url, parse, accounts) == (seen if is_seen else hidden)
    assert place_link(file, parse, accounts) == replace(hidden, url=file, file_id=7)
    shared = f"{LINK}?path=/A"
    assert place_link(shared, parse, accounts) == Placement(PlaceKind.SHARE, shared, SHARE, "A")


def test_a_row_without_a_place_is_explained_by_no_alias() -> None:
    """Not even by one whose label is blank."""
    blank = Alias(label=" ", share=SHARE, path="A")
    (row,), _ = find(f"{HEAD}| Plan | x | |\n", aliases=(blank,))
    assert [place.kind for place in row.places] == [PlaceKind.UNRESOLVED]
