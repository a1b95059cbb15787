"""Builds our own handbook sources with a real Jekyll and reads what came out.

The server here is written against files on disk and `urllib`, apart from the code under test.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from lxml import html

from syncer.handbook.jekyll.check import Site, build_site
from syncer.handbook.jekyll.config import read_settings
from syncer.handbook.jekyll.liquid import decide_condition
from syncer.handbook.jekyll.outputs import find_pages
from syncer.handbook.kramdown.page import parse_page
from syncer.handbook.source.read import read_handbook
from syncer.model.handbook import Handbook, PageText, ParsedPage

HERE = Path(__file__).parent
HOST = "https://haandbog.example"


@dataclass(frozen=True)
class BuiltLink:
    """A link or image of a built page: its target as it came out, and whether it is served."""

    target: str
    reached: bool


@dataclass(frozen=True)
class Built:
    """Sources, what Jekyll made of them, and what we say of them."""

    sources: Path
    output: Path
    items: tuple[Mapping[str, str], ...]
    base_path: str

    @cached_property
    def files(self) -> frozenset[str]:
        """Every file of the built site."""
        return frozenset(_list_files(self.output))

    @cached_property
    def handbook(self) -> Handbook:
        """The sources as `handbook.source` would read them."""
        read = read_handbook(str(self.sources))
        # Jekyll also reads the hidden folders that `include` names.
        files = sorted(_list_files(self.sources))
        known = {page.path for page in read.pages} | {page.path for page in read.unreadable}
        hidden = [path for path in files if path.endswith(".md") and path not in known]
        pages = (*read.pages, *(self._read(path) for path in hidden))
        handbook = replace(read, pages=pages, files=tuple(files))
        return replace(handbook, pages=find_pages(handbook, read_settings(handbook)))

    def _read(self, path: str) -> PageText:
        return PageText(path, (self.sources / path).read_text(encoding="utf-8"))

    @cached_property
    def pages(self) -> dict[str, ParsedPage]:
        """The sources understood."""
        config = read_settings(self.handbook)
        decide = partial(decide_condition, config=config)
        return {
            page.path: parse_page(page, config.kramdown, config.markdown_extensions, decide)
            for page in self.handbook.pages
        }

    @cached_property
    def site(self) -> Site:
        """What we say."""
        now = datetime.now(UTC)
        return build_site(self.handbook, self.pages, site_url=HOST + self.base_path, now=now)

    def document(self, file: str) -> html.HtmlElement:
        """Return a built page, parsed."""
        text = (self.output / file).read_text(encoding="utf-8")
        return html.document_fromstring(text if text.strip() else "<p></p>")

    def ids(self, file: str) -> frozenset[str]:
        """Return the ids and anchor names of a built page."""
        return frozenset(self.document(file).xpath("//@id | //a/@name"))

    def links(self, item: Mapping[str, str]) -> tuple[BuiltLink, ...]:
        """Return the links of a built page to its own site, in order, as its pages wrote them."""
        here = HOST + self.base_path + item["url"]
        found = []
        for element in self.document(item["file"]).iter("a", "img"):
            target = element.get("href" if element.tag == "a" else "src")
            # Jekyll's own: the numbers of footnotes, and the list that `{:toc}` makes.
            made = {"footnote", "reversefootnote"} & set((element.get("class") or "").split())
            made = made or element.xpath("ancestor::*[@id='markdown-toc']")
            if target is None or made:
                continue
            address = urlsplit(urljoin(here, target.strip()))
            if f"{address.scheme}://{address.netloc}" == HOST:
                # An empty target reloads the page: reached, but never what was meant.
                found.append(
                    BuiltLink(target, bool(target) and self._serves(address, element.tag == "img"))
                )
        return tuple(found)

    def find_links(self, source: str) -> dict[str, bool]:
        """Return whether the links of a source are reached, by their text; {} where unshown."""
        found: dict[str, bool] = {}
        for item in self.items:
            if item["source"] != source or not item["file"].endswith(".html"):
                continue
            here = HOST + self.base_path + item["url"]
            for element in self.document(item["file"]).iter("a"):
                address = urlsplit(urljoin(here, (element.get("href") or "").strip()))
                served = self._serves(address, image=False)
                found[element.text_content()] = served
        return found

    def _serves(self, address: SplitResult, image: bool) -> bool:
        path, fragment = unquote(address.path), address.fragment.partition(":~:")[0]
        if path != self.base_path and not path.startswith(f"{self.base_path}/"):
            return False
        file = self._find(path.removeprefix(self.base_path).lstrip("/"))
        if file is None or (image and file.endswith(".html")):
            return False
        if fragment in ("", "top") or not file.endswith(".html"):
            return True
        ids = self.ids(file)
        return fragment in ids or unquote(fragment) in ids

    def _find(self, path: str) -> str | None:
        """Serve as GitHub Pages does."""
        index = f"{path.rstrip('/')}/index.html".lstrip("/")
        names = [index] if path.endswith("/") or not path else [path, f"{path}.html", index]
        return next((name for name in names if (self.output / name).is_file()), None)


def _list_files(folder: Path) -> Iterable[str]:
    return (
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not path.relative_to(folder).as_posix().startswith(".jekyll-cache")
    )
