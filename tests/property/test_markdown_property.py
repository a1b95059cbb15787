"""Whatever a page holds, it is read: no crash, and every place lies in the page."""

from __future__ import annotations

from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from syncer.handbook.kramdown.effort import Effort
from syncer.handbook.kramdown.liquid_masks import decide_literal, mask_liquid, unmask
from syncer.handbook.kramdown.page import parse_page
from syncer.handbook.rows.resource_tables import DEFAULT_WORDS, find_rows
from syncer.model.handbook import PageText, SourceSpan
from syncer.nextcloud.share_url import parse_share_link
from tests.property.reached import at_least, reached

MARKS = (
    *("# ", "\n", "\n\n", "* ", "1. ", "> ", "    ", "\t", "a", "Æ ", "🙂", "\u0301", "\u00a0"),
    *("[", "]", "(", ")", "![", "[x](y)", '(v "t")', "[r]", "\n[r]: u\n", "[^1]", "\n[^1]: n\n"),
    *(
        "`",
        "``",
        "**",
        "*",
        "_",
        "~~",
        "|",
        "\n|-|-|\n",
        "| Ressource | Placering |\n",
        "\\",
        "\\|",
    ),
    *("<div>", "</div>", '<div markdown="1">', '<a href="h">', "</a>", "<!--", "-->", "<b>", "<"),
    *("{#i}", "\n{: #k}\n", "{:toc}", "{::comment}", "{:/}", "\n```\n", "~~~", "$$", "---", ": "),
    *(
        "---\n",
        "title: x\n",
        "{{ x }}",
        "{% if a %}",
        "{% raw %}",
        "{% endraw %}",
        "{% comment -%}",
    ),
    *("{% endcomment %}", "^\n", "&amp;", "<http://a.b>", "\x00", "\x0b", "\x85", "\u2028", "\r"),
)

noise = st.lists(st.sampled_from(MARKS), max_size=60).map("".join)
CELLS = (
    *("a", "**Æ**", "b (ToDo)", "[x](https://a.b/s/Ab12Cd34)", "[x](y)", "`|`", "\\|", "", "<b>"),
    *("[", "**", "{{ x }}", "🙂 [r]", "https://a.b/s/Ab12Cd34", "|", "<!--", "Ressource"),
)
lines = st.lists(st.sampled_from(CELLS), min_size=1, max_size=4).map(" | ".join)
tables = st.builds(
    "{}\n\n| Ressource | {}Placering |\n|---|{}---|\n{}\n\n{}".format,
    st.just("# A") | noise,
    *(st.just("") | st.just("Formål | "), st.just("") | st.just("---|")),
    st.lists(lines.map("| {} |".format), min_size=1, max_size=5).map("\n".join),
    noise,
)
pages = st.text(max_size=300) | noise | tables


def lies_within(span: SourceSpan, text: str) -> bool:
    """Say whether a span begins and ends on lines and columns that the page has."""
    lines = text.split("\n")
    return (
        (1, 1) <= (span.line, span.column) <= (span.end_line, span.end_column)
        and span.end_line <= len(lines)
        and span.column <= len(lines[span.line - 1]) + 1
        and span.end_column <= len(lines[span.end_line - 1]) + 1
    )


@at_least(heading=5, link=10, cell=20, link_in_cell=5, row=5, problem=5)
@given(pages, st.sampled_from(["a.md", "a.md", "a.html"]))
def test_every_page_is_read_and_every_place_lies_in_it(text: str, path: str) -> None:
    """Headings, links, tables, rows and problems; and rows are found in it without a crash."""
    page = parse_page(PageText(path, text))
    lines = text.count("\n") + 1
    assert all(1 <= heading.line <= lines for heading in page.headings)
    assert all(lies_within(link.span, text) for link in page.links)
    for table in page.tables:
        assert lies_within(table.span, text)
        for row in table.rows:
            assert lies_within(row.span, text)
            for cell in row.cells:
                assert lies_within(cell.span, text)
                assert cell.span.line == row.span.line
                assert all(lies_within(link.span, text) for link in cell.links)
                reached("cell")
                reached("link_in_cell", len(cell.links))
    spans = [(link.span.line, link.span.column) for link in page.links]
    assert spans == sorted(spans)
    rows, problems = find_rows(
        [page], words=DEFAULT_WORDS, parse=partial(parse_share_link, hosts={"a.b"})
    )
    assert all(row.name and row.places and lies_within(row.span, text) for row in rows)
    assert len({row.id for row in rows}) == len(rows)
    assert all(lies_within(problem.span, text) for problem in problems)
    reached("heading", len(page.headings))
    reached("link", len(page.links))
    reached("row", len(rows))
    reached("problem", len(problems))


LIQUID = (
    "{{ a }}",
    "{% if a %}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{%- raw -%}",
    "{% endraw %}",
    "é",
    "a b",
    "\n",
    "-",
)


@at_least(unchanged=20, masked=5)
@given(st.lists(st.sampled_from(LIQUID), max_size=20).map("".join))
def test_liquid_is_masked_in_place(text: str) -> None:
    """Every piece of a masked page stands at its offset, and unmasked it reads as written."""
    for piece, offset in mask_liquid(text, 0, Effort(len(text)), decide_literal).pieces:
        assert text[offset : offset + len(piece)] == unmask(piece)
        reached("masked" if piece != unmask(piece) else "unchanged")


@at_least(promised=10)
@given(st.lists(st.tuples(st.text("abø ", min_size=1, max_size=9), st.booleans()), min_size=1))
def test_a_promise_kept_does_not_change_a_rows_id(names: list[tuple[str, bool]]) -> None:
    """With and without its marker, a row is the same row."""

    def ids(*, marked: bool) -> list[str]:
        lines = [f"| x{name} {'(ToDo)' if marked and todo else ''} | p |" for name, todo in names]
        text = "| Ressource | Placering |\n|---|---|\n" + "\n".join(lines) + "\n"
        rows, _ = find_rows(
            [parse_page(PageText("a.md", text))],
            words=DEFAULT_WORDS,
            parse=lambda _url: None,
        )
        return [row.id for row in rows]

    assert ids(marked=True) == ids(marked=False)
    assert len(ids(marked=True)) == len(names)
    reached("promised", sum(todo for _, todo in names))
