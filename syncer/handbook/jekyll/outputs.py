"""The files of the built site, as Jekyll 4.3 makes them from the sources.

The rules come from `EntryFilter`, `Reader`, `Collection` and the plugins
jekyll-optional-front-matter and jekyll-redirect-from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import unquote

from syncer.handbook.jekyll.config import (
    KNOWN_PLUGINS,
    DocCollection,
    ScopedSet,
    SiteConfig,
    find_default,
    resolve_scopes,
)
from syncer.handbook.jekyll.entry_filter import admits, is_included, is_post, walk_admits
from syncer.handbook.jekyll.permalink import (
    HTML_EXTENSIONS,
    collection_file_url,
    document_url,
    extension_of,
    page_url,
    redirect_url,
    split_name,
    static_url,
)
from syncer.model.handbook import Handbook, ParsedPage
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


@dataclass(frozen=True, slots=True)
class SiteSources:
    """The sources of a site.

    Attributes:
        config: the settings.
        pages: every parsed page by path.
        texts: text of every readable page by path.
        marked: pages that begin with a byte order mark.
        unreadable: pages that could not be read.
        unread: sorted: pages whose front matter was not read and may give them any address, and
            folders that could not be listed.
        elsewhere: places whose content is not in the handbook, by path.
        files: every file, by path.
        folders: every folder above the files.
        entries: every file and folder.
        defaults: of the settings, for these files.
    """

    config: SiteConfig
    pages: Mapping[str, ParsedPage]
    texts: Mapping[str, str]
    marked: frozenset[str]
    unreadable: frozenset[str]
    unread: tuple[str, ...]
    elsewhere: tuple[str, ...]
    files: tuple[str, ...]
    folders: frozenset[str]
    entries: frozenset[str]
    defaults: tuple[ScopedSet, ...]

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
        """Return a page's own front matter; empty when it has none."""
        page = self.pages.get(path)
        return (page.front_matter or {}) if page else {}

    def path_in_collections(self, path: str) -> str:
        """Return a path relative to the folder of the collections."""
        return path.removeprefix(f"{self.config.collections_dir}/")

    def may_be_page(self, path: str) -> bool:
        """Return whether the name is that of a page: Markdown, or HTML."""
        return extension_of(path) in self.config.markdown_extensions | HTML_EXTENSIONS

    def list_unknown_plugins(self) -> tuple[str, ...]:
        """Return the plugins whose effects are unknown: gems by name, then Ruby files by path."""
        return (
            *sorted(self.config.plugins - KNOWN_PLUGINS),
            *(
                file
                for file in self.files
                if file.endswith(".rb") and file.startswith(self.config.plugin_folders)
            ),
        )

    def has_front_matter(self, path: str) -> bool:
        """Return whether the file begins with a line `---`, which makes it a page.

        With a byte order mark before that line Jekyll copies the file.
        """
        text = self.texts.get(path, "")
        return path not in self.marked and _FRONT_MATTER_START.match(text) is not None


def _has_problem(page: ParsedPage | None, code: str) -> bool:
    return page is not None and any(problem.code == code for problem in page.problems)


def collect_sources(
    handbook: Handbook, pages: Mapping[str, ParsedPage], config: SiteConfig
) -> SiteSources:
    """Return the sources of a handbook's site; `pages` are the parsed pages by path."""
    folders = find_folders(handbook.files)
    entries = folders.union(handbook.files)
    unread = {page.path for page in handbook.unreadable if page.has_front_matter is not False}
    unread |= {path for path, page in pages.items() if _has_problem(page, "front-matter-too-big")}
    return SiteSources(
        config=config,
        pages=pages,
        texts={page.path: page.text for page in handbook.pages},
        marked=frozenset(page.path for page in handbook.pages if page.marked),
        unreadable=frozenset(page.path for page in handbook.unreadable),
        unread=tuple(sorted(unread)),
        elsewhere=handbook.elsewhere,
        files=handbook.files,
        folders=folders,
        entries=entries,
        defaults=resolve_scopes(config.defaults, entries),
    )


def find_folders(files: Iterable[str]) -> frozenset[str]:
    """Return every folder above the files, without the root."""
    folders: set[str] = set()
    for path in files:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return frozenset(folders)


def list_outputs(sources: SiteSources) -> tuple[Output, ...]:
    """Return every file of the built site, also those whose address only the build knows.

    In the order in which Jekyll writes them: of two with the same `file`, the later wins.
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
            optional = _is_optional_page(path, sources.config)
            if optional:
                # The plugin makes it a page of the folder, not a document of the collection.
                pages.append(_page(path, sources))
            if collection.output and not (optional and sources.config.remove_originals):
                copies.append(_collection_copy(path, collection, sources))
    pages, documents = _apply_redirect_to(pages, sources), _apply_redirect_to(documents, sources)
    pages.extend(_plugin_files(sources))
    return (*pages, *_redirects((*documents, *pages), sources), *copies, *documents)


def _plain_file(path: str, sources: SiteSources) -> tuple[list[Output], list[Output]]:
    """Return the rendered and the copied outputs of a file outside collections."""
    doubt = Reason("link-page-unreadable", {"file": path})
    if sources.has_front_matter(path):
        hidden = sources.front_matter(path).get("published", True) in (False, None)
        if hidden and not sources.config.unpublished:
            return [], []
        unread = _has_problem(sources.pages.get(path), "front-matter-too-big")
        return [_page(path, sources, doubt if unread else None)], []
    # Style sheets are not read: whether they have front matter is unknown.
    is_style = extension_of(path) in (".scss", ".sass")
    if is_style or path in sources.unreadable or path in sources.elsewhere:
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
    address = document_url(
        relative,
        collection=collection.label,
        template=collection.permalink,
        style=config.permalink,
        front_matter=values,
        markdown=config.markdown_extensions,
        reads_name=not _has_problem(sources.pages.get(path), "front-matter-not-yaml"),
    )
    if isinstance(address, tuple):
        url, file = address
        yield Output(file, url, path, _kind_of(file), rendered=True, document=True)
        return
    doubt = Reason("link-address-unknown", {"file": path})
    yield Output(
        "", "", path, OutputKind.PAGE, rendered=True, document=True, doubt=doubt, possible=address
    )


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


def _apply_redirect_to(outputs: list[Output], sources: SiteSources) -> list[Output]:
    """Replace pages with `redirect_to` by redirects, when the plugin is on."""
    if not sources.config.redirects:
        return outputs
    return [
        replace(output, kind=OutputKind.REDIRECT, target=targets[0])
        if (targets := _find_strings(output, sources, "redirect_to"))
        else output
        for output in outputs
    ]


def _redirects(outputs: Iterable[Output], sources: SiteSources) -> Iterator[Output]:
    if not sources.config.redirects:
        return
    for output in outputs:
        for address in _find_strings(output, sources, "redirect_from"):
            url, file = redirect_url(address)
            target = sources.config.base_path + output.url
            doubt = output.doubt if output.possible else None
            yield Output(file, url, None, OutputKind.REDIRECT, target=target, doubt=doubt)


def _find_strings(output: Output, sources: SiteSources, key: str) -> tuple[str, ...]:
    if output.source is None or output.source not in sources.pages:
        return ()
    value = sources.find_value(output.source, key)
    listed = value if isinstance(value, list) else [value]
    return tuple(str(item) for item in listed if item is not None)


def _plugin_files(sources: SiteSources) -> Iterator[Output]:
    """Yield the files that known plugins add, unless the sources have a file of that name."""
    made = {
        "jekyll-feed": ("feed.xml",),
        "jekyll-redirect-from": ("redirects.json",),
        "jekyll-sitemap": ("sitemap.xml", "robots.txt"),
    }
    for plugin, files in made.items():
        for file in files if plugin in sources.config.plugins else ():
            if file not in sources.entries:
                yield Output(file, f"/{file}", None, OutputKind.FILE)
