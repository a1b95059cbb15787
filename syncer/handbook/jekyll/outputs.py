"""The files of the built site, as Jekyll 4.3 makes them from the sources.

The rules come from `EntryFilter`, `Reader`, `Collection` and the plugins
jekyll-optional-front-matter and jekyll-redirect-from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import unquote

from syncer.handbook.jekyll.config import DocCollection, SiteConfig
from syncer.handbook.jekyll.config_yaml import is_true
from syncer.handbook.jekyll.document_dates import DATED_NAME, find_moments
from syncer.handbook.jekyll.entry_filter import admits, is_included, is_post, walk_admits
from syncer.handbook.jekyll.front_defaults import ScopedSet, find_default, resolve_scopes
from syncer.handbook.jekyll.permalink import (
    HTML_EXTENSIONS,
    collection_file_url,
    document_url,
    extension_of,
    page_url,
    split_name,
    static_url,
)
from syncer.handbook.kramdown.front_matter import FrontMatter, split_front_matter
from syncer.model.handbook import Handbook, PageText, ParsedPage
from syncer.model.reason import Reason

_FRONT_MATTER_START = re.compile(r"---[ \t\r\f\v]*\n")
# Files that jekyll-optional-front-matter does not render.
_NEVER_RENDERED = frozenset(
    {
        *("README", "LICENSE", "LICENCE", "COPYING", "CODE_OF_CONDUCT", "CONTRIBUTING"),
        *("ISSUE_TEMPLATE", "PULL_REQUEST_TEMPLATE"),
    }
)


class OutputKind(StrEnum):
    """What an address reaches."""

    PAGE = "page"
    """HTML: rendered from a page, or copied."""
    FILE = "file"
    """Any other file, byte for byte."""
    REDIRECT = "redirect"
    """A page that only redirects the reader."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the built site.

    Attributes:
        file: its path in the site; "" when only the build knows it.
        url: its address in the site, escaped, without the base path; "" like `file`.
        source: the file that it is made from; None when a plugin makes it.
        rendered: whether Jekyll renders it, so that its Liquid and Markdown apply.
        document: whether it belongs to a collection or is a post.
        target: of a redirect.
        doubt: why it may not exist after all; None when it certainly does.
        possible: the decoded addresses that it may have when only the build knows which.
        waits_until: the date, in the future, before which Jekyll does not write it; None when it
            is written.
    """

    file: str
    url: str
    source: str | None
    kind: OutputKind
    rendered: bool = False
    document: bool = False
    target: str | None = None
    doubt: Reason | None = None
    possible: re.Pattern[str] | None = None
    waits_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SiteSources:
    """The sources of a site.

    Attributes:
        config: the settings.
        pages: every parsed page by path.
        fronts: front matter of the other files that begin with some, by path.
        texts: text of every readable page, and of those files, by path.
        marked: pages that begin with a byte order mark.
        unreadable: pages that could not be read.
        unread: sorted: pages whose front matter was not read and may give them any address, and
            folders that could not be listed.
        elsewhere: places whose content is not in the handbook, by path.
        files: every file, by path.
        folders: every folder above the files.
        entries: every file and folder.
        defaults: of the settings, for these files.
        now: when the site is built; None when that is unknown, then no date is in the future.
    """

    config: SiteConfig
    pages: Mapping[str, ParsedPage]
    fronts: Mapping[str, FrontMatter]
    texts: Mapping[str, str]
    marked: frozenset[str]
    unreadable: frozenset[str]
    unread: tuple[str, ...]
    elsewhere: tuple[str, ...]
    files: tuple[str, ...]
    folders: frozenset[str]
    entries: frozenset[str]
    defaults: tuple[ScopedSet, ...]
    now: datetime | None = None

    def type_of(self, path: str) -> str:
        """Return the type of a page in `defaults`: "pages", "posts", or its collection's label."""
        if is_post(path, self.config):
            return "posts"
        labels = (collection.label for collection in self.config.collections[1:])
        return next((it for it in labels if path.startswith(_collection_folder(it, self))), "pages")

    def find_value(self, path: str, key: str) -> object | None:
        """Return a front matter value of a page: its own, else that of `defaults`."""
        own = self.front_matter(path)
        if key in own:
            return own[key]
        type_ = self.type_of(path)
        place = path if type_ == "pages" else self.path_in_collections(path)
        return find_default(self.defaults, place, type_, key)

    def front_matter(self, path: str) -> Mapping[str, object]:
        """Return a file's own front matter; empty when it has none."""
        page, front = self.pages.get(path), self.fronts.get(path)
        values = page.front_matter if page else front.values if front else None
        return values or {}

    def has_problem(self, path: str, code: str) -> bool:
        """Return whether a file's front matter could not be read, for the reason of that code."""
        page, front = self.pages.get(path), self.fronts.get(path)
        problems = page.problems if page else (front.problem,) if front else ()
        return any(problem is not None and problem.code == code for problem in problems)

    def path_in_collections(self, path: str) -> str:
        """Return a path relative to the folder of the collections."""
        return path.removeprefix(f"{self.config.collections_dir}/")

    def may_be_page(self, path: str) -> bool:
        """Return whether the name is that of a page: Markdown, or HTML."""
        return extension_of(path) in self.config.markdown_extensions | HTML_EXTENSIONS

    def has_front_matter(self, path: str) -> bool:
        """Return whether the file begins with a line `---`, which makes it a page.

        With a byte order mark before that line Jekyll copies the file.
        """
        text = self.texts.get(path, "")
        return path not in self.marked and _FRONT_MATTER_START.match(text) is not None


def collect_sources(
    handbook: Handbook,
    pages: Mapping[str, ParsedPage],
    config: SiteConfig,
    now: datetime | None = None,
) -> SiteSources:
    """Return the sources of a handbook's site; `pages` are the parsed pages by path."""
    folders = find_folders(handbook.files)
    entries = folders.union(handbook.files)
    unread = {page.path for page in handbook.unreadable if page.has_front_matter is not False}
    others = [text for text in handbook.texts if text.path not in pages]
    fronts = {
        text.path: front
        for text in others
        if (front := split_front_matter(text.text)).values is not None
    }
    problems = [(path, problem) for path, page in pages.items() for problem in page.problems]
    problems += [(path, front.problem) for path, front in fronts.items() if front.problem]
    unread |= {path for path, problem in problems if problem.code == "front-matter-too-big"}
    return SiteSources(
        config=config,
        pages=pages,
        fronts=fronts,
        texts={page.path: page.text for page in (*handbook.pages, *handbook.texts)},
        marked=frozenset(page.path for page in handbook.pages if page.marked),
        unreadable=frozenset(page.path for page in handbook.unreadable),
        unread=tuple(sorted(unread)),
        elsewhere=handbook.elsewhere,
        files=handbook.files,
        folders=folders,
        entries=entries,
        defaults=resolve_scopes(config.defaults, folders, handbook.files),
        now=now,
    )


def find_pages(handbook: Handbook, config: SiteConfig) -> tuple[PageText, ...]:
    """Return the pages of a site, by path: also texts that `markdown_ext` makes Markdown."""
    more = (
        text for text in handbook.texts if extension_of(text.path) in config.markdown_extensions
    )
    return tuple(sorted((*handbook.pages, *more), key=lambda page: page.path))


def find_folders(files: Iterable[str]) -> frozenset[str]:
    """Return every folder above the files, without the root."""
    folders: set[str] = set()
    for path in files:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return frozenset(folders)


def list_plain_outputs(sources: SiteSources) -> tuple[Output, ...]:
    """Return the files that Jekyll makes of the sources, also those at an unknown address.

    In the order in which it writes them, so that of two with the same `file` the later wins. Only
    `plugin_outputs` knows what plugins add and change.
    """
    pages: list[Output] = []
    copies: list[Output] = []
    documents: list[Output] = []
    found = (*sources.files, *filter(sources.may_be_page, sources.elsewhere))
    for path in sorted(found, key=lambda path: (path.rpartition("/")[2], path)):
        if is_post(path, sources.config):
            documents.extend(_document(path, sources.config.collections[0], sources))
        # With `include: ["_*"]` a post is a page as well.
        if walk_admits(path, sources.config):
            rendered, copied = _plain_file(path, sources)
            pages.extend(rendered)
            copies.extend(copied)
    for collection in sources.config.collections[1:]:
        for path in _collection_files(collection, sources):
            if sources.has_front_matter(path):
                documents.extend(_document(path, collection, sources))
                continue
            if _is_optional_page(path, sources.config):
                # The plugin makes it a page of the folder, not a document of the collection, which
                # keeps the file (`remove_originals` does not reach it).
                pages.append(_page(path, sources))
            if collection.output:
                copies.append(_collection_copy(path, collection, sources))
    return (*pages, *copies, *documents)


def _plain_file(path: str, sources: SiteSources) -> tuple[list[Output], list[Output]]:
    """Return the rendered and the copied outputs of a file outside collections."""
    doubt = Reason("link-page-unreadable", {"file": path})
    if sources.has_front_matter(path):
        hidden = not is_true(sources.front_matter(path).get("published", True))
        if hidden and not sources.config.unpublished:
            return [], []
        unread = sources.has_problem(path, "front-matter-too-big")
        return [_page(path, sources, doubt if unread else None)], []
    if path in sources.unreadable or path in sources.elsewhere:
        return [_page(path, sources, doubt)], [_copy(path, doubt)]
    hidden = find_default(sources.defaults, path, None, "published") is False
    copied = [] if hidden else [_copy(path)]
    if not _is_optional_page(path, sources.config):
        return [], copied
    return [_page(path, sources)], [] if sources.config.remove_originals else copied


def _is_optional_page(path: str, config: SiteConfig) -> bool:
    """Return whether jekyll-optional-front-matter renders a file without front matter."""
    stem, extension = split_name(path.rpartition("/")[2])
    if not config.optional_front_matter or extension.lower() not in config.markdown_extensions:
        return False
    return stem.upper() not in _NEVER_RENDERED or is_included(path, config.include)


def _page(path: str, sources: SiteSources, doubt: Reason | None = None) -> Output:
    permalink = sources.find_value(path, "permalink")
    url, file = page_url(
        path,
        permalink=permalink if isinstance(permalink, str) else None,
        style=sources.config.permalink,
        markdown=sources.config.markdown_extensions,
    )
    return Output(file, url, path, _kind_of(file), rendered=True, doubt=doubt)


def _copy(path: str, doubt: Reason | None = None) -> Output:
    url = static_url(path)
    return Output(unquote(url).lstrip("/"), url, path, _kind_of(path), doubt=doubt)


def _kind_of(file: str) -> OutputKind:
    return OutputKind.PAGE if extension_of(file) in HTML_EXTENSIONS else OutputKind.FILE


def _document(path: str, collection: DocCollection, sources: SiteSources) -> Iterator[Output]:
    config = sources.config
    values = dict(sources.front_matter(path))
    relative = sources.path_in_collections(path)
    for key in ("permalink", "slug", "date", "category", "categories"):
        if values.get(key) is None:
            values[key] = find_default(sources.defaults, relative, collection.label, key)
    hidden = sources.find_value(path, "published") is False or values.get("published", "") is None
    if not collection.output or (hidden and not config.unpublished):
        return
    reads_name = not sources.has_problem(path, "front-matter-not-yaml")
    address = document_url(
        relative,
        collection=collection.label,
        template=collection.permalink,
        style=config.permalink,
        front_matter=values,
        markdown=config.markdown_extensions,
        reads_name=reads_name,
        zone=config.timezone,
    )
    doubt = Reason("link-address-unknown", {"file": path})
    first, last = _find_moments(path, values, sources, reads_name=reads_name)
    waits_until = first if sources.now and first and first > sources.now else None
    if isinstance(address, tuple):
        url, file = address
        output = Output(file, url, path, _kind_of(file), rendered=True, document=True)
        is_doubted = bool(sources.now and last and last > sources.now)
        yield replace(output, doubt=doubt if is_doubted else None, waits_until=waits_until)
        return
    yield Output(
        "", "", path, OutputKind.PAGE, rendered=True, document=True, doubt=doubt, possible=address
    )


def _find_moments(
    path: str, values: Mapping[str, object], sources: SiteSources, *, reads_name: bool
) -> tuple[datetime | None, datetime | None]:
    """Return the first and last moment of a document's date; None where it never waits for it."""
    dated = DATED_NAME.fullmatch(path.rpartition("/")[2]) if reads_name else None
    found = find_moments(values.get("date"), dated, sources.config.timezone)
    return (None, None) if found is None or sources.config.future else found


def _collection_copy(path: str, collection: DocCollection, sources: SiteSources) -> Output:
    url = collection_file_url(
        sources.path_in_collections(path),
        collection=collection.label,
        template=collection.permalink,
        style=sources.config.permalink,
    )
    return Output(unquote(url).lstrip("/"), url, path, _kind_of(path))


def _collection_files(collection: DocCollection, sources: SiteSources) -> Iterator[str]:
    folder = _collection_folder(collection.label, sources)
    for path in sources.files:
        entry = path.removeprefix(folder)
        if entry != path and admits(entry, f"_{collection.label}/{entry}", sources.config):
            yield path


def _collection_folder(label: str, sources: SiteSources) -> str:
    return f"{sources.config.collections_dir}/_{label}/".lstrip("/")
