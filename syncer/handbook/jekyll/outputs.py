"""Which files of the sources become which files of the built site, as Jekyll 4.3 decides it.

`EntryFilter`, `Reader`, `Collection` and the plugins jekyll-optional-front-matter and
jekyll-redirect-from are the source of the rules.
"""

from __future__ import annotations

import re
from collections.abc import Collection as AnyCollection
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
    page_url,
    redirect_url,
    split_name,
    static_url,
)
from syncer.model.handbook import Handbook, ParsedPage
from syncer.model.reason import Reason

_HEADER = re.compile(r"---[ \t\r\f\v]*\n")
# Files that jekyll-optional-front-matter leaves alone.
_LEFT_ALONE = frozenset(
    {
        "README",
        "LICENSE",
        "LICENCE",
        "COPYING",
        "CODE_OF_CONDUCT",
        "CONTRIBUTING",
        "ISSUE_TEMPLATE",
        "PULL_REQUEST_TEMPLATE",
    }
)


class OutputKind(StrEnum):
    """What lies behind an address."""

    PAGE = "page"
    """HTML: rendered from a page, or copied."""
    FILE = "file"
    """Anything else, byte for byte."""
    REDIRECT = "redirect"
    """A page that only sends the reader on."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the built site.

    Attributes:
        file: where it is written, relative to the site; "" when that is not known.
        url: its address as Jekyll gives it, escaped, without the base path; "" like `file`.
        source: the file that it comes from; None when a plugin makes it.
        kind: what it is.
        rendered: whether Jekyll renders it (front matter), so that Liquid and Markdown count.
        document: whether it belongs to a collection or is a post.
        target: where a redirect leads.
        doubt: why it may not be there after all; None when it certainly is.
        possible: what its address may be, decoded, when only the build knows it; else None.
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
    """What the decisions rest on.

    Attributes:
        config: the settings.
        pages: every understood page by path.
        texts: text of every page that could be read, by path.
        marked: paths of those that begin with a byte order mark.
        unreadable: paths of those that could not.
        anywhere: what was not read and holds, or may hold, front matter that gives it any address:
            pages, and folders that could not be listed; by path.
        elsewhere: places whose content is not here, by path.
        files: every file, by path.
        entries: every file and folder.
        defaults: of the settings, for these files.
    """

    config: SiteConfig
    pages: Mapping[str, ParsedPage]
    texts: Mapping[str, str]
    marked: frozenset[str]
    unreadable: frozenset[str]
    anywhere: tuple[str, ...]
    elsewhere: tuple[str, ...]
    files: tuple[str, ...]
    entries: frozenset[str]
    defaults: tuple[ScopedSet, ...]

    def type_of(self, path: str) -> str:
        """Return what `defaults` calls a page: "pages", "posts", or the label of its collection."""
        if is_post(path, self.config):
            return "posts"
        labels = (collection.label for collection in self.config.collections[1:])
        return next((it for it in labels if path.startswith(_collection_folder(it, self))), "pages")

    def find_value(self, path: str, key: str) -> object | None:
        """Return a front matter value of a page, its own or the one that `defaults` gives it."""
        own = self.front_matter(path)
        if key in own:
            return own[key]
        relative = path.removeprefix(f"{self.config.collections_dir}/")
        type_ = self.type_of(path)
        return find_default(self.defaults, path if type_ == "pages" else relative, type_, key)

    def front_matter(self, path: str) -> Mapping[str, object]:
        """Return a page's own front matter; empty when it has none."""
        page = self.pages.get(path)
        return (page.front_matter or {}) if page else {}

    def find_doubt(self, path: str) -> Reason | None:
        """Return a doubt when a page's front matter was not read, though Jekyll reads it."""
        if not _has_problem(self.pages.get(path), "front-matter-too-big"):
            return None
        return Reason("link-page-unreadable", {"file": path})

    def may_be_page(self, path: str) -> bool:
        """Return whether the name is that of a page: Markdown, or HTML."""
        extension = split_name(path.rpartition("/")[2])[1].lower()
        return extension in self.config.markdown_extensions | HTML_EXTENSIONS

    def list_unknown_plugins(self) -> tuple[str, ...]:
        """Return the plugins of which we do not know what they do: by name, then Ruby by path."""
        return (
            *sorted(self.config.plugins - KNOWN_PLUGINS),
            *(
                file
                for file in self.files
                if file.endswith(".rb") and file.startswith(self.config.plugin_folders)
            ),
        )

    def has_header(self, path: str) -> bool:
        """Return whether the file begins with a line `---`, which makes it a page.

        A byte order mark before it is a beginning, too, and the file is copied.
        """
        return path not in self.marked and _HEADER.match(self.texts.get(path, "")) is not None


def _has_problem(page: ParsedPage | None, code: str) -> bool:
    return page is not None and any(problem.code == code for problem in page.problems)


def collect_sources(
    handbook: Handbook, pages: Mapping[str, ParsedPage], config: SiteConfig
) -> SiteSources:
    """Put together what `list_outputs` needs."""
    entries = frozenset(handbook.files) | find_folders(handbook.files)
    anywhere = {page.path for page in handbook.unreadable if page.has_front_matter is not False}
    anywhere |= {path for path, page in pages.items() if _has_problem(page, "front-matter-too-big")}
    return SiteSources(
        config=config,
        pages=pages,
        texts={page.path: page.text for page in handbook.pages},
        marked=frozenset(page.path for page in handbook.pages if page.marked),
        unreadable=frozenset(page.path for page in handbook.unreadable),
        anywhere=tuple(sorted(anywhere)),
        elsewhere=handbook.elsewhere,
        files=handbook.files,
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
    """Return every file of the built site.

    Returns:
        In the order in which Jekyll writes them: where two have the same `file`, the later wins.
        Those that lie nobody knows where (`possible`) are among them.
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
            if sources.has_header(path):
                documents.extend(_document(path, collection, sources))
                continue
            stem, extension = split_name(path.rpartition("/")[2])
            optional = _rendered_without_header(stem, extension, path, sources.config)
            if optional:
                # To the plugin it is a page of the folder, not a document of the collection.
                pages.append(_page(path, sources))
            if collection.output and not (optional and sources.config.remove_originals):
                copies.append(_collection_copy(path, collection, sources.config))
    pages, documents = _send_on(pages, sources), _send_on(documents, sources)
    pages.extend(_plugin_files(sources))
    return (*pages, *_redirects((*documents, *pages), sources), *copies, *documents)


def _plain_file(path: str, sources: SiteSources) -> tuple[list[Output], list[Output]]:
    """Return what becomes of a file outside collections: rendered outputs and copied ones."""
    if path in sources.unreadable or path in sources.elsewhere:
        doubt = Reason("link-page-unreadable", {"file": path})
        return [_page(path, sources, doubt)], [_copy(path, doubt)]
    if sources.has_header(path):
        hidden = sources.front_matter(path).get("published", True) in (False, None)
        page = _page(path, sources, sources.find_doubt(path))
        return ([] if hidden and not sources.config.unpublished else [page]), []
    stem, extension = split_name(path.rpartition("/")[2])
    if extension.lower() in (".scss", ".sass"):
        # Whether it has front matter is not known: such a file is not read.
        doubt = Reason("link-page-unreadable", {"file": path})
        return [_page(path, sources, doubt)], [_copy(path, doubt)]
    hidden = find_default(sources.defaults, path, None, "published") is False
    copied = [] if hidden else [_copy(path)]
    if not _rendered_without_header(stem, extension, path, sources.config):
        return [], copied
    return [_page(path, sources)], [] if sources.config.remove_originals else copied


def _rendered_without_header(stem: str, extension: str, path: str, config: SiteConfig) -> bool:
    if not config.optional_front_matter or extension.lower() not in config.markdown_extensions:
        return False
    return stem.upper() not in _LEFT_ALONE or is_included(path, config.include)


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
    html = split_name(file.rpartition("/")[2])[1].lower() in HTML_EXTENSIONS
    return OutputKind.PAGE if html else OutputKind.FILE


def _document(path: str, collection: DocCollection, sources: SiteSources) -> Iterator[Output]:
    config = sources.config
    values = dict(sources.front_matter(path))
    relative = path.removeprefix(f"{config.collections_dir}/") if config.collections_dir else path
    for key in ("permalink", "slug", "date", "category", "categories"):
        if values.get(key) is None:
            default = find_default(sources.defaults, relative, collection.label, key)
            values[key] = default
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


def _collection_copy(path: str, collection: DocCollection, config: SiteConfig) -> Output:
    relative = path.removeprefix(f"{config.collections_dir}/") if config.collections_dir else path
    url = collection_file_url(
        relative,
        collection=collection.label,
        template=collection.permalink,
        style=config.permalink,
    )
    return Output(unquote(url).lstrip("/"), url, path, _kind_of(path))


def _collection_files(collection: DocCollection, sources: SiteSources) -> Iterator[str]:
    config = sources.config
    folder = _collection_folder(collection.label, sources)
    for path in sources.files:
        if path.startswith(folder):
            entry = path.removeprefix(folder)
            if admits(entry, f"_{collection.label}/{entry}", config):
                yield path


def _collection_folder(label: str, sources: SiteSources) -> str:
    container = sources.config.collections_dir
    return f"{container}/_{label}/" if container else f"_{label}/"


def _send_on(outputs: list[Output], sources: SiteSources) -> list[Output]:
    """Turn pages with `redirect_to` into redirects, when the plugin is on."""
    if not sources.config.redirects:
        return outputs
    turned = []
    for output in outputs:
        target = next(iter(_find_strings(output, sources, "redirect_to")), None)
        turned.append(
            output if target is None else replace(output, kind=OutputKind.REDIRECT, target=target)
        )
    return turned


def _redirects(outputs: AnyCollection[Output], sources: SiteSources) -> Iterator[Output]:
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
    """Yield the files that known plugins add, where the sources have none of that name."""
    made = {
        "jekyll-feed": ("feed.xml",),
        "jekyll-redirect-from": ("redirects.json",),
        "jekyll-sitemap": ("sitemap.xml", "robots.txt"),
    }
    for plugin, files in made.items():
        for file in files if plugin in sources.config.plugins else ():
            if file not in sources.entries:
                yield Output(file, f"/{file}", None, OutputKind.FILE)
