"""Links are those that GitHub's own Markdown program finds, on random documents.

Skipped where it is not installed (Debian: `cmark-gfm`).
"""

from __future__ import annotations

import random
import shutil
import subprocess
from urllib.parse import quote

import pytest
from lxml import html

from syncer.handbook.kramdown.options import KramdownOptions
from syncer.handbook.kramdown.page import parse_page
from syncer.model.handbook import PageText

_WORDS = (
    *("Kontrakt", "årsmøde", "Æble", "§ 4", "C++", "f.eks.", "a_b_c", "it's", "--", "...", "&amp;"),
    *("*skrå*", "**fed**", "`kode`", "`[x](y)`", "~~væk~~", "{{ side }}", "{: .note }", "2*3"),
    *("[a](b.md)", "[a b](b%20c.md 'titel')", "[a](<b c.md>)", "[a](b c.md)", "![i](i.png)"),
    *("[r]", "[x][r]", "[r][]", "[ukendt]", "<https://a.example/>", '<a href="/h">h</a>', "<br>"),
    *("[![i](i.png)](k.md)", '<img src="j.png">', "<!-- [k](o) -->", "[a]( b.md )", "[a](#kort)"),
)
_DEFINITIONS = "\n\n[r]: ref.md 'titel'\n[R]: nej.md\n"


class GithubWriter:
    """Writes documents as people write them on GitHub; the same chance gives the same ones."""

    def __init__(self, chance: random.Random) -> None:
        """Use the chance."""
        self._chance = chance

    def document(self) -> str:
        """Return a document of some blocks."""
        blocks = [self._block(0) for _ in range(self._chance.randint(1, 7))]
        return "\n\n".join(blocks) + self._chance.choice((_DEFINITIONS, "\n"))

    def _text(self, most: int) -> str:
        return " ".join(self._chance.choices(_WORDS, k=self._chance.randint(1, most)))

    def _block(self, depth: int) -> str:
        text, more = self._text(5), self._text(3)
        match self._chance.randrange(12 if depth < 2 else 6):
            case 0 | 1:
                return f"{'#' * self._chance.randint(1, 6)} {more}"
            case 2:
                return f"Titel {more}\n{self._chance.choice(('---', '==='))}"
            case 3:
                return f"```{self._chance.choice(('', ' yaml', ' py title=x'))}\n# nej {text}\n```"
            case 4:
                return f"| a | b |\n|---|---|\n| {more} | {self._text(2)} |"
            case 5 | 6:
                return f"{text}\n{more}"
            case 7:
                marker = self._chance.choice(("- ", "* ", "1. "))
                inside = self._block(depth + 1).replace("\n", "\n" + " " * len(marker))
                return f"{marker}A {more}\n{marker}B\n\n{' ' * len(marker)}{inside}"
            case 8:
                return "> " + self._block(depth + 1).replace("\n", "\n> ")
            case 9:
                inside = self._block(depth + 1)
                return f"<details>\n<summary>{more}</summary>\n\n{inside}\n\n</details>"
            case 10:
                return f"<div align='center'>\n{text}\n</div>"
            case _:
                return f"<h2>{self._chance.choice(('Midt', 'På <b>kanten</b>'))}</h2>"


def convert(text: str, *extensions: str) -> list[tuple[str, str]]:
    """Return the links of a document, sorted."""
    names = ("table", "strikethrough", *extensions)
    options = [part for name in names for part in ("-e", name)]
    done = subprocess.run(
        ["cmark-gfm", "--unsafe", *options], input=text, capture_output=True, text=True, check=True
    )
    document = html.document_fromstring(f"<html><body>{done.stdout}</body></html>")
    links = [("link", a.get("href")) for a in document.iter("a") if a.get("href") is not None]
    links += [("image", image.get("src")) for image in document.iter("img")]
    return sorted((kind, (url or "").replace(" ", "%20")) for kind, url in links)


def test_random_documents_agree() -> None:
    """Four hundred documents, the same ones in every run."""
    if shutil.which("cmark-gfm") is None:
        pytest.skip("cmark-gfm is not installed")
    writer = GithubWriter(random.Random(2028))  # noqa: S311 - documents, not secrets
    for _ in range(400):
        text = writer.document()
        parsed = parse_page(PageText("a.md", text), KramdownOptions(github=True))
        links = [(link.syntax.value, link.url.replace(" ", "%20")) for link in parsed.links]
        assert sorted(links) == convert(text), text


ASCII = "".join(map(chr, range(33, 127)))
ADDRESS_MARKS = (
    *("http://a.dk", "https://b.c.dk/x", "www.a.dk", "HTTPS://A.dk", "http://", "xhttp://"),
    *("/", "?", "=", "#", "&", ";", "&amp;", "&copy;", "&a", "_", "__", "*", "**", "~", "~~", "x"),
    *("(", ")", "()", ".", ",", ":", "!", "...", "--", "'", " ", " ", " ", "\n", "<br/> ", "<b> "),
    *("</b> ", "å ", " `x` ", " [x](y) ", " <http://e.dk> ", "-", ":8080", "@"),
)  # fmt: skip


def test_random_addresses_agree() -> None:
    """Two thousand heaps of addresses and punctuation, the same ones in every run.

    Right after a tag, a reader sees `www.a.dk` as an address, too, which cmark-gfm does not.
    """
    if shutil.which("cmark-gfm") is None:
        pytest.skip("cmark-gfm is not installed")
    chance = random.Random(2029)  # noqa: S311 - marks, not secrets
    for _ in range(2000):
        text = "".join(chance.choices(ADDRESS_MARKS, k=chance.randint(1, 12)))
        parsed = parse_page(PageText("a.md", text), KramdownOptions(github=True))
        links = [(link.syntax.value, quote(link.url, ASCII)) for link in parsed.links]
        theirs = [(kind, url) for kind, url in convert(text, "autolink") if url[:7] != "mailto:"]
        assert sorted(links) == theirs, text
