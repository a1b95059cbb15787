"""A page is understood as kramdown's GFM parser understands it, with lines and columns."""

from __future__ import annotations

import pytest

from syncer.handbook.kramdown.page import parse_page
from syncer.model.handbook import LinkSyntax, PageText, ParsedPage


def parse(text: str, path: str = "docs/side.md") -> ParsedPage:
    """Parse a page of this text."""
    return parse_page(PageText(path, text))


def targets(text: str) -> list[str]:
    """Return the targets of a page's links, in order."""
    return [link.url for link in parse(text).links]


def cut(text: str, page: ParsedPage, number: int = 0) -> str:
    """Return what a link's span covers in the page's source."""
    span = page.links[number].span
    assert span.line == span.end_line
    return text.split("\n")[span.line - 1][span.column - 1 : span.end_column - 1]


# Front matter


def test_front_matter_is_split_off_and_read() -> None:
    """Lines count from the file's first line, front matter among them."""
    page = parse("---\ntitle: Æbler\nnav_order: 3\n---\n\n# Overskrift\n")
    assert page.front_matter == {"title": "Æbler", "nav_order": 3}
    assert [(heading.text, heading.line) for heading in page.headings] == [("Overskrift", 6)]


def test_a_page_without_front_matter_says_so() -> None:
    """None tells that Jekyll copies the file; an empty one is a mapping without values."""
    assert parse("# Side\n").front_matter is None
    assert parse("---\n---\n# Side\n").front_matter == {}


def test_front_matter_that_is_never_closed_is_text() -> None:
    """Jekyll takes the file for a page and all of it for content."""
    page = parse("---\n[a](b)\n")
    assert page.front_matter == {}
    assert [link.url for link in page.links] == ["b"]


@pytest.mark.parametrize(
    ("yaml", "code"),
    [
        ("title: 'åben", "front-matter-not-yaml"),
        ("title: a: b", "front-matter-not-yaml"),
        ("date: 2026-13-45", "front-matter-not-yaml"),
        ("tal: 0x" + "f" * 4500, "front-matter-too-big"),
        ("? 0x" + "f" * 4500 + "\n: tal", "front-matter-too-big"),
        ("tal: !!int '" + "9" * 5000 + "'", "front-matter-too-big"),
        ("tid: 1" + ":59" * 200, "front-matter-too-big"),
        ("? [a, b]\n: c", "front-matter-not-yaml"),
        ("- a\n- b", "front-matter-not-mapping"),
        ("- " * 5000 + "a", "front-matter-not-yaml"),
        ("a: &a [x]\n" + "b: *a\n" * 20, "front-matter-too-big"),
        ("a: " + "x" * 20_000, "front-matter-too-big"),
    ],
)
def test_front_matter_that_cannot_be_read_is_a_problem(yaml: str, code: str) -> None:
    """The page is read all the same, as Jekyll does."""
    page = parse(f"---\n{yaml}\n---\n# Side\n")
    assert [problem.code for problem in page.problems] == [code]
    assert page.front_matter == {}
    assert page.headings[0].text == "Side"


def test_what_is_wrong_in_front_matter_has_its_line() -> None:
    """Counted in the file, the line of dashes being the first."""
    page = parse("---\ntitle: x\nmenu: a: b\n---\n")
    assert [problem.args for problem in page.problems] == [{"line": 3}]


@pytest.mark.parametrize("text", ["", "\n \n", "---\ntitle: x\n---\n\n"])
def test_a_page_with_nothing_in_it_is_empty(text: str) -> None:
    """Front matter and blank lines are nothing."""
    assert parse(text).empty


# Headings and anchors


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Økonomi & regnskab", "økonomi--regnskab"),
        ("Hvem, hvad – hvornår?", "hvem-hvad--hvornår"),
        ("A -- B", "a--b"),
        ("`kode` og **fed** [link](x)", "kode-og-fed-link"),
        ("⚠️ Vigtigt", "\ufe0f-vigtigt"),
        ("H² og Ⓐ", "h-og-ⓐ"),
        ("OS2’s_navn", "os2s_navn"),
        ("Jura {#jura}", "jura"),
        ("Jura   {#jura}", "jura"),
        ("Jura {#1jura}", "jura-1jura"),
        ("Lukket ##", "lukket"),
        ("&amp; tegn &#198;", "-tegn-æ"),
    ],
)
def test_heading_ids_are_kramdowns(heading: str, anchor: str) -> None:
    """Lower case, punctuation dropped, each blank a dash, Danish letters kept."""
    assert parse(f"## {heading}\n").headings[0].anchor == anchor


def test_repeated_generated_ids_are_numbered_and_given_ones_are_not_counted() -> None:
    """The second heading of a text bears -1; an id of its own takes no number."""
    page = parse("# Mål\n\n## Mål\n\n## Andet {#mål-3}\n\n### Mål\n\n# Mål {#mål}\n")
    assert [heading.anchor for heading in page.headings] == [
        "mål",
        "mål-1",
        "mål-3",
        "mål-2",
        "mål",
    ]


def test_a_heading_of_symbols_gets_no_id() -> None:
    """An id without a character reaches nothing."""
    page = parse("# ¿?\n")
    assert page.headings[0].anchor is None
    assert page.anchors == frozenset()


def test_heading_text_is_what_people_read() -> None:
    """No marks, no id, entities decoded."""
    page = parse("## **Aftaler** &amp; `rammer` [her](x) {#aftaler}\n\nUnder\n-----\n")
    assert [(h.text, h.level) for h in page.headings] == [("Aftaler & rammer her", 2), ("Under", 2)]


def test_headings_inside_html_get_ids_by_the_older_rule() -> None:
    """Kramdown's converter names them, and knows ASCII letters only."""
    text = '# Åben\n\n<div markdown="1">\n## Åben dør\n\n## æ\n</div>\n'
    assert [heading.anchor for heading in parse(text).headings] == ["åben", "ben-dr", "section"]


def test_anchors_come_from_attribute_lists_html_and_footnotes() -> None:
    """Everything that a fragment can reach is among them."""
    text = (
        '# Top\n\nEt afsnit.\n{: #afsnit .note}\n\n<a name="gammel"></a> <span id="i">x</span>\n\n'
        '<div id="boks">\n<p id="p1">x</p>\n</div>\n\n* punkt\n{: #liste}\n\n'
        "**fed**{: #fed}\n\nNote[^n] og igen[^n].\n\n[^n]: Teksten.\n[^u]: ubrugt\n\n"
        "{:ref: #fra-definition}\n\nMed henvisning.\n{: ref}\n"
    )
    assert parse(text).anchors == {
        "top", "afsnit", "gammel", "i", "boks", "p1", "liste", "fed",
        "fn:n", "fnref:n", "fnref:n:1", "fra-definition",
    }  # fmt: skip


def test_the_table_of_contents_has_ids_too() -> None:
    """`{:toc}` replaces its list; headings marked no_toc are not in it."""
    text = "# A\n{: .no_toc}\n\n1. [væk](x)\n{:toc}\n\n## B\n"
    page = parse(text)
    assert page.anchors == {"a", "b", "markdown-toc", "markdown-toc-b"}
    assert page.links == ()


# Links


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("[a](b)", "b"),
        ("[a](b c)", "b c"),
        ("[a](b (c) d)", "b (c) d"),
        ('[a](b "titel")', "b"),
        ("[a]( b 'titel' )", "b"),
        ("[a](<b c>)", "b c"),
        ("[a]()", ""),
        ("[a](b&amp;c&copy=1)", "b&c&copy=1"),
        (r"[a](b\_c)", r"b\_c"),
        ("![billede](b.png)", "b.png"),
        ("[a][r]\n\n[r]: b", "b"),
        ("[r][]\n\n[R]: b 'titel'", "b"),
        ("[r]\n\n[r]: <b c>", "b c"),
        ("<https://os2.eu/x>", "https://os2.eu/x"),
        ("<post@os2.eu>", "mailto:post@os2.eu"),
        ('Se <a href="b">her</a>', "b"),
        ('<div>\n<a class="x" href="b&amp;c">her</a>\n</div>', "b&c"),
        ('<img src="b" alt="x">', "b"),
        ("* punkt\n  1. [a](b)", "b"),
        ("> [a](b)", "b"),
        ("# [a](b)", "b"),
        ("| [a](b) | c |\n|---|---|\n| d | e |", "b"),
        ("ord\n: [a](b)", "b"),
        ("*[a](b)*", "b"),
        ("~~[a](b)~~", "b"),
        ("[a](<b>) {:target='_blank'}", "b"),
        ("[a]({{ site.baseurl }}/b 'x')", "{{ site.baseurl }}/b"),
        ('[a]({{ "/b c" | relative_url }})', '{{ "/b c" | relative_url }}'),
        ("[a]({% link docs/b c.md %}#d)", "{% link docs/b c.md %}#d"),
        ("{% raw %}[a](b){% endraw %}", "b"),
        ("{% comment %}{% comment %}x{% endcomment %}x{% endcomment %}[a](b)", "b"),
        ("{% raw %}{% raw %}x{% endraw %}[a](b)", "b"),
        ("{% comment %}{% comment %}x{% endcomment %}[a](b)", "b"),
        ("{% if x %}[a](b){% endif %}", "b"),
        ("{% if false %}[c](d){% else %}[a](b){% endif %}", "b"),
        ("{% if false %}{% for i in x %}[c](d){% endfor %}{% elsif y %}[a](b){% endif %}", "b"),
        ("{% if false or x %}[a](b){% endif %}", "b"),
        ("{% if false %}[a](b)", "b"),
    ],
)
def test_a_link_is_found_wherever_kramdown_finds_one(text: str, url: str) -> None:
    """One link each, its target as written but for entities."""
    assert targets(f"{text}\n") == [url]


@pytest.mark.parametrize(
    "text",
    [
        "`[a](b)`",
        "```\n[a](b)\n```",
        "~~~ markdown\n[a](b)\n~~~",
        "    [a](b)",
        "<!-- [a](b) <a href='c'>d</a> -->",
        "tekst <!-- [a](b) --> tekst",
        "{::comment}\n[a](b)\n{:/comment}",
        "{% comment %}[a](b){% endcomment %}",
        "{%- comment -%}\n[a](b)\n{%- endcomment -%}",
        "{% comment %}{% comment %}x{% endcomment %}[a](b){% endcomment %}",
        "{% comment %}{% raw %}{% endcomment %}{% endraw %}[a](b){% endcomment %}",
        "{% highlight md %}\n{% raw %}{% endhighlight %}{% endraw %}[a](b)\n{% endhighlight %}",
        "{%if nil%}{%comment%}{%comment%}{%endcomment%}{%else%}{%endcomment%}[a](b){%endif%}",
        "{%-comment-%}{%-comment-%}x{%-endcomment-%}[a](b){% endcomment x %}",
        "{% highlight md %}\n[a](b)\n{% endhighlight %}",
        "{% if false %}[a](b){% endif %}",
        "{%- unless true -%}\n{% if x %}[a](b){% else %}[c](d){% endif %}\n{%- endunless -%}",
        "{% if nil %}{% raw %}{% endif %}{% endraw %}[a](b){% endif %}",
        "<div>\n[a](b)\n\n[c](d)\n</div>",
        "<script>\nx = '<a href=\"b\">';\n</script>",
        "<code>[a](b)</code>",
        r"\[a](b)",
        "[a] (b)",
        "[a][ukendt]",
        "[^1]: [a](b)",
        "<a href=b/c>uden citationstegn</a>",
        "<a name='x'>intet mål</a>",
        "[r]: b",
        "$$ [a](b) $$",
    ],
)
def test_no_link_is_found_where_kramdown_finds_none(text: str) -> None:
    """Code, comments, raw HTML, escaped and undefined ones are text."""
    assert targets(f"{text}\n") == []


def test_markdown_inside_html_is_read_when_it_asks_for_it() -> None:
    """`markdown="1"` or `block` makes links of brackets; a page's own rule, not CommonMark's."""
    text = (
        '<details markdown="block">\n<summary>[s](t)</summary>\n\n* [a](b)\n</details>\n\n[c](d)\n'
    )
    assert targets(text) == ["b", "d"]


def test_a_footnote_that_is_called_gives_its_links() -> None:
    """In the order of the page, wherever the note stands."""
    assert targets("[^1]: [note](n)\n\nTekst[^1] [efter](e)\n") == ["n", "e"]


def test_spans_cover_the_link_as_written() -> None:
    """Lines and columns count from 1, through marks, lists, quotes and Liquid."""
    text = (
        "# Å\n\n> * æ **[fed tekst](mål)** slut\n> \n> tekst\n\n"
        "{% comment %}x{% endcomment %}før ![b](c 'd') efter\n"
    )
    page = parse(text)
    assert cut(text, page) == "[fed tekst](mål)"
    assert cut(text, page, 1) == "![b](c 'd')"
    assert [link.span.line for link in page.links] == [3, 7]
    assert [link.syntax for link in page.links] == [LinkSyntax.LINK, LinkSyntax.IMAGE]


def test_a_link_over_two_lines_ends_on_the_second() -> None:
    """The end is exclusive."""
    span = parse("> før [a\n> b](c) efter\n").links[0].span
    assert (span.line, span.column, span.end_line, span.end_column) == (1, 7, 2, 8)


def test_a_link_knows_its_text_and_its_section() -> None:
    """Text without marks; the section is the nearest heading above."""
    page = parse("[før](a)\n\n# Et\n\n## To [i to](b)\n\n[![logo **x**](l)](c) [**d** &lt;](e)\n")
    assert [(link.text, link.section) for link in page.links] == [
        ("før", None),
        ("i to", "To i to"),
        ("logo **x**", "To i to"),
        ("logo **x**", "To i to"),
        ("d <", "To i to"),
    ]


def test_an_html_page_is_read_as_html() -> None:
    """Nothing in it is Markdown; ids and links are."""
    page = parse('---\n---\n<h1 id="top">x</h1>\n[a](b)\n<a href="c">d <b>e</b></a>\n', "a.html")
    assert page.anchors == {"top"}
    assert [(link.url, link.text, link.span.line) for link in page.links] == [("c", "d e", 5)]


@pytest.mark.parametrize(
    ("written", "text"),
    [("a` b `c", "a b c"), ("a`` b ``c", "abc"), ("a``  b  ``c", "a b c"), ("`` `b` ``", "`b`")],
)
def test_the_blanks_in_code(written: str, text: str) -> None:
    """Between double marks one blank at each end is theirs; between single ones none is."""
    (link,) = parse(f"[{written}](x)\n").links
    assert link.text == text


@pytest.mark.parametrize(
    "block",
    [
        "> [a](b)\n",
        "* [a](b)\n\nTekst\n",
        "1. [a](b)\n   * c\n\nTekst\n",
        "a\n: [a](b)\n",
        "<div markdown='1'>\n[a](b)\n</div>\n",
        "<div markdown='span'>[a](b)</div>\n",
        "<div><p><a href='b'>x</a></p><i>y</i></div>\n",
        "<div>a</p><a href='b'>x</a></div>\n",
        "<b>a <i><a href='b'>x</a></i></b>\n",
        "<div>\n[x](y) <a href='b'>x</a>\n</div>\n",
        "*[a](b)*\n",
        "{::nomarkdown}<a href='b'>x</a>{:/}\n",
    ],
)
def test_blocks_one_after_the_other_are_not_deep(block: str) -> None:
    """However many there are, each is read."""
    page = parse("\n".join([block] * 70))
    assert [link.url for link in page.links] == ["b"] * 70


# Tables


def rows(text: str) -> list[list[str]]:
    """Return the cells' texts of a page's only table."""
    (table,) = parse(text).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_line_of_equals_signs_is_no_row() -> None:
    """It parts the foot of a table from its body, wherever on the page the table is."""
    page = parse("Tekst\n\n| a | b |\n|===|===|\n| c | d |\n")
    assert [[cell.text for cell in row.cells] for row in page.tables[0].rows] == [
        ["a", "b"], ["c", "d"],
    ]  # fmt: skip


def test_a_table_has_header_rows_section_and_spans() -> None:
    """Cells know their text, their source and their place."""
    text = "## Ressourcer\n\n| A | B |\n|:--|--:|\n| **x** | [y](z) |\n"
    page = parse(text)
    (table,) = page.tables
    assert (table.header, table.section, table.rendered) == (("A", "B"), "Ressourcer", True)
    assert (table.span.line, table.span.end_line) == (3, 5)
    first, second = table.rows[0].cells
    assert (first.text, first.raw, first.span.column, first.span.end_column) == ("x", "**x**", 3, 8)
    assert [link.url for link in second.links] == ["z"]
    assert second.links == page.links
    assert (table.rows[0].span.line, table.rows[0].span.column) == (5, 1)
    assert table.rows[0].span.end_column == len("| **x** | [y](z) |") + 1


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("| a | b | c |", ["a", "b", "c"]),
        ("a | b | c", ["a", "b", "c"]),
        ("| a | b", ["a", "b"]),
        ("| a | b | c | d |", ["a", "b", "c", "d"]),
        ("| a | | c |", ["a", "", "c"]),
        ("| a | b | |", ["a", "b", ""]),
        (r"| a \| b | c | d |", ["a | b", "c", "d"]),
        ("| `a | b` | c | d |", ["a | b", "c", "d"]),
        ("| <code>a|b</code> | c | d |", ["a|b", "c", "d"]),
        ("| **a | b | c |", ["**a", "b", "c"]),
        ("| a &amp; b&nbsp; | c<br>d | e |", ["a & b", "c d", "e"]),
        ('| [a](b "c") | d | e |', ["a", "d", "e"]),
    ],
)
def test_rows_keep_exactly_the_cells_that_are_written(line: str, cells: list[str]) -> None:
    """Too few, too many, escaped pipes, pipes in code, marks that nothing closes."""
    assert rows(f"| x | y | z |\n|---|---|---|\n{line}\n") == [cells]


def test_a_link_behind_an_escaped_pipe_keeps_its_column() -> None:
    """What the cell loses does not shift what stands behind it."""
    text = "| x | y |\n|---|---|\n| a \\| [b](c) | d |\n"
    assert cut(text, parse(text)) == "[b](c)"


def test_a_table_without_a_line_of_dashes_has_no_header() -> None:
    """Kramdown makes a table of it all the same."""
    (table,) = parse("| a | b |\n| c | d |\n").tables
    assert table.header == ()
    assert len(table.rows) == 2


def test_a_table_that_shows_as_text_is_read_and_marked() -> None:
    """Kramdown wants a blank line before and behind; its links are the paragraph's, once."""
    text = "Her er den:\n| a | b |\n|---|---|\n| [c](d) | e |\nog mere\n"
    page = parse(text)
    (table,) = page.tables
    assert not table.rendered
    assert [cell.text for cell in table.rows[0].cells] == ["c", "e"]
    assert [link.url for link in page.links] == ["d"]
    assert table.rows[0].span.line == 4


def test_lines_of_code_are_no_table() -> None:
    """A fence hides its pipes."""
    assert parse("```\n| a | b |\n|---|---|\n| c | d |\n```\n").tables == ()


# Whatever is written


def test_a_page_without_a_last_line_end_is_read_to_its_end() -> None:
    """The last line counts like every other."""
    assert targets("[a](b)") == ["b"]


@pytest.mark.parametrize(
    "mark",
    [
        *("[", "![", "*", "_a ", "**a ", "`", "<", "<a ", "[a](", "[a][b", "|-|\n", "> "),
        *("- a\n  ", "<p>\n", "{%", "{% raw %}", "{::", "$$", "~~a", "<!--", "```\n", "&"),
        "{% if false %}",
        *("[^1]", "a|b\n", "<div markdown='1'>\n"),
    ],
)
def test_what_is_never_closed_is_read_once_and_for_all(mark: str) -> None:
    """Thousands of a mark that nothing closes are bounded work, and no crash."""
    text = mark * 5_000
    page = parse(text)
    assert page.path == "docs/side.md"


def test_the_dashes_of_a_tag_take_the_blanks_around_it() -> None:
    """`{%- … -%}` joins what stands before and behind it."""
    assert targets("[a] \n {%- if x -%} \n(b){% endif %}\n") == ["b"]


def test_a_link_knows_what_its_html_says() -> None:
    """The text inside, an image's alternative text, no scripts; entities decoded."""
    text = '<p><a href="b">x <i>y &amp;</i> <img src="i" alt="z"><script>s</script></a></p>\n'
    assert [link.text for link in parse(text).links] == ["x y & z", "z"]
    text = "[a  \nb<!-- x --> <br><img src='i' alt='j &lt;'>](c)\n"
    assert [link.text for link in parse(text).links] == ["a b j <", "j <"]


def test_a_later_definition_of_attributes_wins() -> None:
    """An element's own id before those of the lists that it refers to."""
    text = "{:one: #a}\n{:two: #b}\n\nx\n{: one two}\n\ny\n{: one #c}\n\nz\n{: nothing}\n"
    assert parse(text).anchors == {"b", "c"}


def test_a_line_of_odd_blanks_is_text() -> None:
    """A vertical tab behind four blanks begins no code, and reading goes on."""
    assert targets("    \x0b[a](b)\n") == ["b"]


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("Se https://a.dk/b.", ["https://a.dk/b"]),
        ("# Om https://a.dk", ["https://a.dk"]),
        ("- www.a.dk/x_y_z", ["http://www.a.dk/x_y_z"]),
        ("> https://a.dk", ["https://a.dk"]),
        ("x<br/>https://a.dk/b<br/>https://c.dk<br/>", ["https://a.dk/b", "https://c.dk"]),
        ("**Se https://a.dk/b--c...d**", ["https://a.dk/b--c...d"]),
        ("https://a.dk/*b*?c=1&amp;d=2", ["https://a.dk/*b*?c=1&d=2"]),
        ("<b>https://a.dk</b>", ["https://a.dk"]),
        ("A[^1]\n\n[^1]: https://a.dk", ["https://a.dk"]),
        ("**a**{: .b} https://a.dk", ["https://a.dk"]),
        ("<b>https://a.dk</b> <i>og</i> https://b.dk", ["https://a.dk", "https://b.dk"]),
        ("https://a.dk/{{ page.b }}.", ["https://a.dk/{{ page.b }}"]),
    ],
)
def test_addresses_without_link_syntax_are_bare_links(text: str, urls: list[str]) -> None:
    """In any running text, as written and not as kramdown would typeset them."""
    links = parse(text).links
    assert [link.url for link in links] == urls
    assert links
    assert all(link.bare for link in links)


@pytest.mark.parametrize(
    "text",
    [
        "[https://a.dk](https://a.dk)",
        "<https://a.dk>",
        "<a href='https://a.dk'>https://a.dk</a>",
        "![https://b.dk](https://a.dk)",
    ],
)
def test_addresses_in_links_are_not_bare(text: str) -> None:
    """They are what the link says."""
    (link,) = parse(text).links
    assert (link.url, link.bare) == ("https://a.dk", False)


@pytest.mark.parametrize(
    "text",
    [
        "`https://a.dk`",
        "<code>https://a.dk</code>",
        "<!-- https://a.dk -->",
        "    https://a.dk",
        "~~~\nhttps://a.dk\n~~~",
        "[a]: https://a.dk",
        "{{ 'https://a.dk' }}",
        "**x**{: title='https://a.dk'} y",
        "$$https://a.dk$$",
    ],
)
def test_addresses_that_nobody_takes_for_a_link_are_none(text: str) -> None:
    """Code, comments and definitions."""
    assert targets(text) == []


def test_bare_address_has_its_place_in_a_cell() -> None:
    """It is the cell's link, at its own line and column, and the cell keeps its text."""
    text = "| Ressource | Placering |\n|---|---|\n| A | se https://b.dk/s/c. |\n"
    page = parse(text)
    cell = page.tables[0].rows[0].cells[1]
    assert cell.text == "se https://b.dk/s/c."
    assert cell.links == page.links
    assert cut(text, page) == "https://b.dk/s/c"


def test_addresses_of_html_elements_are_links() -> None:
    """Also several of one element."""
    text = (
        "<img src='a.png' srcset='b.png 2x'>\n\n<iframe src='https://c.dk' title='Film'></iframe>\n"
    )
    links = parse(text).links
    assert [link.url for link in links] == ["a.png", "b.png", "https://c.dk"]
    assert links[2].text == "Film"
    assert not any(link.bare for link in links)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('[m](a.html){:href="b.html"}', ["b.html"]),
        ("[m](a.html){: .k href='b.html' target=\"_blank\"}", ["b.html"]),
        ('![m](a.png){:src="b.png"}', ["b.png"]),
        ('![m](a.png){:srcset="b.png 2x"}', ["a.png", "b.png"]),
        ('<https://a.example.org>{:href="b.html"}', ["b.html"]),
        ('x <a href="a.html">y</a>{:href="b.html"}', ["b.html"]),
        ('x <a>y</a>{:href="b.html"}', ["b.html"]),
        ('<iframe src="a.html"></iframe>\n{:src="b.html"}', ["b.html"]),
        ('[m](a.html){:refs}\n\n{:refs: href="b.html"}', ["b.html"]),
        ('[m](a.html){:k}\n\n{:k: refs}\n{:refs: href="b.html"}', ["b.html"]),
        ('[m](a.html){:k href="c.html"}\n\n{:k: href="b.html"}', ["c.html"]),
        ('[m](a.html){:k}{:href="c.html"}\n\n{:k: href="b.html"}', ["c.html"]),
        ('[m](a.html){:href="c.html"}{:k}\n\n{:k: href="b.html"}', ["b.html"]),
        ('![m](a.png){:k l}{:src="d"}{:k}{:.z}\n\n{:k: src="b"}\n{:l: src="c"}', ["b"]),
        ('[m](a.html){:href="b\\}.html"}', ["b}.html"]),
        ('[m](a.html){:href="b.html?c=1&amp;d=2"}', ["b.html?c=1&d=2"]),
        ('[m](a.html){:title="b.html"}', ["a.html"]),
        ("[m](a.html){:k}\n\n{:k: l}\n{:l: k}", ["a.html"]),
    ],
)
def test_attribute_lists_say_where_a_link_leads(text: str, shown: list[str]) -> None:
    """The address that a reader of the site clicks is the one of the attribute list."""
    assert targets(f"{text}\n") == shown


def test_an_attribute_list_names_an_anchor() -> None:
    """`name` counts on links, as it does in HTML."""
    assert "her" in parse('[m](a.html){:name="her"}\n').anchors


@pytest.mark.parametrize("mark", ["[a]: b.html", "*[a]: b"])
def test_an_id_after_a_definition_is_in_doubt(mark: str) -> None:
    """Each link that names the definition has it, so without one there is none."""
    for text in (f"{mark}\n{{: #q}}\n\na\n", f"{{: #q}}\n{mark}\n"):
        page = parse(text)
        assert page.anchors == page.doubtful == {"q"}
    assert parse(f"{mark}\n{{: #q}}\n\n# Q\n").doubtful == frozenset()


# Parts that the build may leave out


@pytest.mark.parametrize(
    ("opened", "closed"), [("<!--", "-->"), ("```", "```"), ("<script>", "</script>")]
)
def test_what_follows_an_undecided_opener_is_read_too(opened: str, closed: str) -> None:
    """Links, ids and rows after it may be shown, and none of them certainly is."""
    text = (
        f"{{% if site.time %}}\n{opened}\n{{% endif %}}\n\n[x](y)\n\n| A |\n|---|\n| [z](w) |\n\n"
        f"## H\n\n{{% if site.time %}}\n{closed}\n{{% endif %}}\n\n[e](f)\n"
    )
    page = parse(text)
    assert [link.url for link in page.links] == ["y", "w", "f"]
    assert page.conditional == {link.span for link in page.links[:2]}
    assert page.doubtful == {"h"} == page.anchors
    assert [row.cells[0].text for table in page.tables for row in table.rows] == ["z"]


def test_a_row_of_both_readings_is_read_once() -> None:
    """A table that an undecided branch cuts short goes on in the other reading."""
    text = "| A |\n|---|\n| [b](c) |\n{% if site.time %}```\n{% endif %}| [d](e) |\n"
    rows = [row for table in parse(text).tables for row in table.rows]
    assert [row.cells[0].text for row in rows] == ["b", "d"]
