"""Ids and links are those that the real kramdown finds: on recorded pages and on random ones.

Skipped where Ruby's kramdown is not installed (Debian: `ruby-kramdown-parser-gfm`).
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from syncer.handbook.kramdown.page import parse_page
from syncer.model.handbook import PageText, ParsedPage
from tests.jekyll.documents import Writer

# The options that Jekyll 4.3 gives to kramdown.
RUBY = """
require 'json'
require 'kramdown'
require 'kramdown-parser-gfm'
options = {input: 'GFM', auto_ids: true, toc_levels: (1..6).to_a, entity_output: 'as_char',
           hard_wrap: false, footnote_nr: 1, syntax_highlighter: nil}
pages = JSON.parse(STDIN.read)
puts JSON.dump(pages.map { |page| Kramdown::Document.new(page, options).to_html })
"""

MARKS = (
    *("# ", "## ", "a", "b ", "Æble ", "é", "🙂", "\n", "\n", "\n\n", "\n\n", "* ", "- ", "1. "),
    *("> ", "    ", "  ", "\t", "[", "]", "(", ")", "](u)", '](v "t")', "[x](y)", "![i](p)", "["),
    *("[r]", "[r][s]", "\n[r]: ref\n", '\n[s]: <ref2> "t"\n', "[^1]", "\n[^1]: n [f](g)\n", "_"),
    *("`", "``", "**", "*", "__", "~~", "|", " | ", "\n|---|---|\n", "| a | b |\n", "\\", "\\["),
    *("<div>", "</div>", '<div markdown="1">', '<a href="h">', "</a>", '<img src="s">', "<b>"),
    *("</b>", "<br>", '<span id="q">', "</span>", '<a name="n">', "<code>", "</code>", "<p>"),
    *('<details markdown="block">\n', "</details>\n", "<summary>", "</summary>", " {#id}"),
    *("\n```\n", "~~~", "$$", "---", "--", "...", '"', "'", ": ", "&amp;", "<http://a.b>"),
    *("<e@x.example>", "2019. ", "==\n", "{:toc}", "<", ">", "http://x.example"),
)

PAGES = Path(__file__).parents[1] / "unit" / "handbook" / "kramdown" / "recorded_pages.json"


class Reader(HTMLParser):
    """Collects a page's ids, and the links that its author wrote."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a tag; of equal attributes the first counts, as in browsers."""
        found = {name: value or "" for name, value in reversed(attrs)}
        self.ids |= {found[name] for name in ("id", "name") if found.get(name)}
        made = found.get("class", "") in ("footnote", "reversefootnote")
        # An entry of the table of contents: its id ends in what it leads to.
        made = made or found.get("id", "").endswith("-" + found.get("href", "#")[1:])
        if tag == "a" and "href" in found and not made:
            self.links.append(("link", found["href"].strip()))
        if tag == "img" and "src" in found:
            self.links.append(("image", found["src"].strip()))


def build(pages: list[str]) -> list[str]:
    """Return what kramdown makes of the pages, or skip the test."""
    ruby = shutil.which("ruby")
    if ruby is None:
        pytest.skip("ruby is not installed")
    done = subprocess.run(
        [ruby, "-e", RUBY], input=json.dumps(pages), capture_output=True, text=True, check=False
    )
    if done.returncode != 0 and "LoadError" in done.stderr:
        pytest.skip("kramdown is not installed")
    assert done.returncode == 0, done.stderr
    built: list[str] = json.loads(done.stdout)
    return built


def read_built(built: str) -> tuple[list[str], list[list[str]]]:
    """Return the ids and the links of a built page, sorted."""
    reader = Reader()
    reader.feed(built)
    reader.close()
    return sorted(reader.ids), sorted(map(list, reader.links))


def test_the_recorded_pages_agree() -> None:
    """What the unit tests hold against the parser is what kramdown makes of those pages.

    Liquid, which runs before kramdown, is left out.
    """
    pages = [case["page"] for case in json.loads(PAGES.read_text("utf-8"))]
    _compare([page for page in pages if "{{" not in page and "{%" not in page])


def test_random_pages_agree() -> None:
    """Six hundred heaps of marks, the same ones in every run."""
    chance = random.Random(2026)  # noqa: S311 - marks, not secrets
    pages = ["".join(chance.choices(MARKS, k=chance.randint(1, 25))) for _ in range(600)]
    for page, built in zip(pages, build(pages), strict=True):
        parsed = parse_page(PageText("a.md", page))
        links = sorted([link.syntax.value, link.url] for link in parsed.links if not link.bare)
        ids, theirs = read_built(built)
        assert (_certain(parsed, ids), links) == (ids, theirs), page


def test_random_documents_agree() -> None:
    """Four hundred documents as people write them, the same ones in every run."""
    writer = Writer(random.Random(2027))  # noqa: S311 - documents, not secrets
    _compare([writer.document() for _ in range(400)])


def _compare(pages: list[str]) -> None:
    for page, built in zip(pages, build(pages), strict=True):
        parsed = parse_page(PageText("a.md", page))
        ids, theirs = read_built(built)
        # A table of contents repeats the images and links of its headings.
        links = {(link.syntax.value, link.url) for link in parsed.links if not link.bare}
        assert (_certain(parsed, ids), links) == (ids, set(map(tuple, theirs))), page


def _certain(parsed: ParsedPage, ids: list[str]) -> list[str]:
    """Return the ids that we find, without those in doubt that kramdown does not make."""
    return sorted(parsed.anchors - (parsed.doubtful - set(ids)))
