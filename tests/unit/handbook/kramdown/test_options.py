"""Options of kramdown: what `_config.yml` and a page may say of ids."""

from __future__ import annotations

import pytest

from syncer.handbook.jekyll.config import read_config
from syncer.handbook.kramdown.options import ALL_LEVELS, KramdownOptions
from syncer.handbook.kramdown.page import parse_page
from syncer.model.handbook import PageText


@pytest.mark.parametrize(
    ("written", "levels"),
    [
        ("2..3", {2, 3}),
        ("2...4", {2, 3}),
        ("1,3", {1, 3}),
        ([1, 2], {1, 2}),
        (4, {4}),
        ("nej", set()),
        (None, set()),
    ],
)
def test_levels_are_a_range_or_a_list(written: object, levels: set[int]) -> None:
    """As text or as YAML."""
    assert KramdownOptions().change({"toc_levels": written}).toc_levels == levels


@pytest.mark.parametrize("written", [False, "false", " False\n"])
def test_a_boolean_may_be_text(written: object) -> None:
    """In any case, with blanks around it."""
    assert not KramdownOptions().change({"auto_ids": written}).auto_ids


def test_what_is_no_value_changes_nothing() -> None:
    """Neither do options that decide no id."""
    changed = KramdownOptions().change({"auto_ids": "måske", "hard_wrap": True})
    assert changed == KramdownOptions(toc_levels=ALL_LEVELS)


@pytest.mark.parametrize(
    ("written", "prefix", "is_known"),
    [("h-", "h-", True), ("7", "7", True), ("-12", "-12", True), ("true", "true", True),
     ("", "", True), ("~", "", True), ("1.5", "", False), ("[a]", "", False),
     ("2026-01-02", "", False)],
)  # fmt: skip
def test_a_prefix_is_the_text_of_any_value(written: str, prefix: str, is_known: bool) -> None:
    """As Ruby writes it; where Python may write another one, no id is proven to be missing."""
    config = read_config(f"kramdown:\n  auto_id_prefix: {written}\n")
    assert config.kramdown.auto_id_prefix == prefix
    assert (config.foreign_markdown == ()) is is_known


def test_the_options_of_the_settings_reach_the_page() -> None:
    """Prefixes for headings and notes, and the levels that the table of contents lists."""
    config = read_config(
        "kramdown: {auto_id_prefix: h-, footnote_prefix: f-, toc_levels: '2..6'}\n"
    )
    text = "* x\n{:toc}\n\n# A[^1]\n\n## B\n\n[^1]: n\n"
    page = parse_page(PageText("a.md", text), config.kramdown)
    assert page.anchors == {
        *("markdown-toc", "markdown-toc-h-b", "h-a", "h-b"),
        *("fn:f-1", "fnref:f-1"),
    }


def test_a_heading_without_an_id_is_in_no_table_of_contents() -> None:
    """`auto_ids: false`, which leaves ids that are written."""
    config = read_config("kramdown: {auto_ids: false}\n")
    page = parse_page(PageText("a.md", "* x\n{:toc}\n\n# A\n\n# B {#b}\n"), config.kramdown)
    assert page.anchors == {"markdown-toc", "markdown-toc-b", "b"}
    assert [heading.anchor for heading in page.headings] == [None, "b"]


@pytest.mark.parametrize(
    ("config", "shown"),
    [
        ('kramdown: {link_defs: {Håndbog  A: ["b.html", "Titel"]}}', ["b.html"]),
        ("kramdown: {link_defs: '{håndbog a: [b.html]}'}", ["b.html"]),
        ("kramdown: {link_defs: {håndbog a: [], 7: [c], egen: [d]}}", []),
        ("kramdown: {link_defs: '{'}", []),
        ("kramdown: {link_defs: [a, b]}", []),
    ],
)
def test_the_site_defines_links_for_every_page(config: str, shown: list[str]) -> None:
    """As a mapping or as text; the page's own definition counts more."""
    options = read_config(config).kramdown
    page = parse_page(PageText("a.md", "[håndbog a]\n\n[egen]\n\n[egen]: e.html\n"), options)
    assert [link.url for link in page.links] == [*shown, "e.html"]


def test_an_id_of_transliterated_text_is_unknown() -> None:
    """Headings inside of HTML have such ids, by tables of kramdown's own; others have theirs."""
    text = '# Æ\n\n<div markdown="1">\n# Øl\n</div>\n'
    option = '{::options transliterated_header_ids="true" /}\n'
    config = read_config("kramdown: {transliterated_header_ids: true}\n")
    for page in (
        parse_page(PageText("a.md", text), config.kramdown),
        parse_page(PageText("a.md", text + option)),
    ):
        assert page.anchors == {"æ"}
        assert page.incomplete
    plain = parse_page(PageText("a.md", text))
    assert plain.anchors == {"æ", "l"}
    assert not plain.incomplete


def test_an_id_may_be_made_of_the_text_as_written() -> None:
    """On a page that asks for it; in the settings the GFM parser does not heed the option."""
    text = "# A [x](http://y.z) <b>k</b> &amp; a\n\nB [o](p)\n===\n"
    option = '{::options auto_id_stripping="false" /}\n'
    page = parse_page(PageText("a.md", text + option))
    assert page.anchors == {"a-xhttpyz-bkb-amp-a", "b-op"}
    config = read_config("kramdown: {auto_id_stripping: false}\n")
    assert parse_page(PageText("a.md", text), config.kramdown).anchors == {"a-x-k--a", "b-o"}
    liquid = parse_page(PageText("a.md", "# A [x]({{ site.y }})\n\n" + option))
    assert not liquid.anchors
    assert liquid.incomplete


def test_options_in_running_text_leave_every_id_in_doubt() -> None:
    """Which ids they change depends on when kramdown meets them, so none is there or missing."""
    page = parse_page(PageText("a.md", '# A\n\nx {::options auto_ids="false" /}\n\n# B {#c}\n'))
    assert page.doubtful == {"a", "c"}
    assert page.incomplete
