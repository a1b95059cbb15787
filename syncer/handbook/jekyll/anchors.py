"""Fragments: whether a page has the id that a link names, and which id was probably meant.

A browser looks for the fragment as written, then decoded; the empty fragment and `top` are always
the top of the page (HTML standard, "navigating to a fragment").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from syncer.handbook.jekyll.outputs import Output, SiteSources
from syncer.handbook.jekyll.own_plugins import find_filters, list_unknown_plugins, uses_filter
from syncer.handbook.jekyll.permalink import extension_of
from syncer.handbook.jekyll.references import decode
from syncer.handbook.kramdown.front_matter import split_front_matter
from syncer.model.handbook import ParsedPage

# Ids that the theme's own layout puts on every page (just-the-docs 0.4 and later).
_THEME_IDS = {
    "just-the-docs": frozenset(
        {
            *("back-to-top", "main-content", "main-header", "menu-button"),
            *("search-input", "search-results", "site-nav"),
        }
    )
}
_JOINERS = re.compile("[\u200c\u200d]")
_OPENING = re.compile(r"\{[{%]")
_CONTENT = re.compile(r"\bcontent\b")
# The first heading of a page, as jekyll-titles-from-headings finds it.
_TITLE = re.compile(r"\s*(?:#{1,3}\s|[^\n]*\n[-=]+\s*$)", re.MULTILINE)
_VERBATIM = re.compile(r"\{%-?\s*(raw|comment)\s*-?%\}")
_TAG = re.compile(r"\{%-?\s*(?P<name>\w*)")
# Tags that print no HTML except the text between them.
_PLAIN_TAGS = frozenset(
    {
        *("assign", "case", "else", "elsif", "endcase", "endhighlight", "endif", "endunless"),
        *("highlight", "if", "link", "post_url", "unless", "when"),
    }
)
_LAYOUTS_DEEP = 5
_BASE = re.compile(r"<base\s", re.IGNORECASE)


_Folded: TypeAlias = Mapping[str, set[str]]


@dataclass(frozen=True, slots=True)
class AnchorIndex:
    """The ids of every page.

    Attributes:
        ids: source → ids of the page itself, and of its layouts. Pages with the same layouts share
            those, which may fill a megabyte.
        incomplete: sources whose ids are not all known, since Liquid or a plugin may add some.
        hidden: sources whose layouts show nothing of them.
        based: sources whose relative links a `<base>` may lead elsewhere.
        pages: by source.
        by_id: id → sources of the pages that contain it, sorted.
    """

    ids: Mapping[str, tuple[frozenset[str], ...]]
    incomplete: frozenset[str]
    hidden: frozenset[str]
    based: frozenset[str]
    pages: Mapping[str, ParsedPage]
    by_id: Mapping[str, tuple[str, ...]]
    _folded: dict[str, tuple[_Folded, _Folded]] = field(default_factory=dict)
    _joined: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)
    _lowered: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)

    def has(self, source: str | None, fragment: str) -> bool | None:
        """Return whether a page has the id; None when the sources cannot prove it."""
        sets = self.ids.get(source or "")
        if sets is None:
            return None
        decoded = decode(fragment) or fragment
        page = self.pages.get(source or "")
        doubtful = page.doubtful if page and source not in self.hidden else frozenset()
        if fragment in doubtful or decoded in doubtful:
            return None
        if any(fragment in ids or decoded in ids for ids in sets):
            return True
        # Versions of Ruby differ in whether a joiner is part of a word.
        joined = _JOINERS.sub("", decoded)
        may_join = any(joined in _derive(self._joined, ids, _drop_joiners) for ids in sets)
        return None if may_join or source in self.incomplete else False

    def has_in_lower_case(self, source: str, name: str) -> bool:
        """Return whether a page has a decoded name but for the case of letters."""
        lowered = (_derive(self._lowered, ids, _lower) for ids in self.ids.get(source, ()))
        return any(name.lower() in ids for ids in lowered)

    def suggest(self, source: str, fragment: str) -> str | None:
        """Return the id that was probably meant: equal except for case and punctuation.

        A heading is also found by its text. None when no id or several ids fit.
        """
        wanted = _fold(decode(fragment) or fragment)
        if source not in self._folded:
            self._folded[source] = _fold_ids(self.pages[source])
        by_id, by_text = self._folded[source]
        ids = by_id.get(wanted) or by_text.get(wanted, set())
        return next(iter(ids)) if len(ids) == 1 else None

    def find_page(self, fragment: str) -> str | None:
        """Return the only page with the id; None when no page or several pages have it."""
        sources = self.by_id.get(decode(fragment) or fragment, ())
        return sources[0] if len(sources) == 1 else None


def _derive(
    known: dict[frozenset[str], frozenset[str]],
    ids: frozenset[str],
    make: Callable[[frozenset[str]], frozenset[str]],
) -> frozenset[str]:
    """Return what is made of a set of ids, made once: a page may have thousands of links to it."""
    if ids not in known:
        known[ids] = make(ids)
    return known[ids]


def _drop_joiners(ids: frozenset[str]) -> frozenset[str]:
    return frozenset(_JOINERS.sub("", one) for one in ids if _JOINERS.search(one))


def _lower(ids: frozenset[str]) -> frozenset[str]:
    return frozenset(one.lower() for one in ids)


def _fold_ids(page: ParsedPage) -> tuple[_Folded, _Folded]:
    """Return the ids of a page by their folded form, and those of headings by their folded text."""
    by_id: defaultdict[str, set[str]] = defaultdict(set)
    by_text: defaultdict[str, set[str]] = defaultdict(set)
    for anchor in page.anchors:
        by_id[_fold(anchor)].add(anchor)
    for heading in page.headings:
        if heading.anchor is not None:
            by_text[_fold(heading.text)].add(heading.anchor)
    return by_id, by_text


def is_top(fragment: str) -> bool:
    """Return whether the fragment is the top of a page, or selects only text (`:~:`)."""
    return fragment.partition(":~:")[0].lower() in ("", "top")


def index_anchors(sources: SiteSources, outputs: tuple[Output, ...]) -> AnchorIndex:
    """Collect the ids of every page that the site serves as HTML."""
    ids: dict[str, tuple[frozenset[str], ...]] = {}
    incomplete: set[str] = set()
    by_id: dict[str, list[str]] = {}
    # An unknown plugin may add ids to every page that Jekyll renders.
    has_unknown = bool(list_unknown_plugins(sources))
    filters = find_filters(sources)
    filtered = frozenset(path for path, text in sources.texts.items() if uses_filter(text, filters))
    hidden: set[str] = set()
    blank = _find_blank_layouts(sources)
    included = frozenset(
        anchor
        for path, page in sources.pages.items()
        if path.startswith("_includes/")
        for anchor in page.anchors
    )
    read_layouts = _LayoutIds(sources, included)
    for output in sorted(outputs, key=lambda output: output.file):
        source = output.source
        page = sources.pages.get(source or "")
        if source is None or page is None or source in ids:
            continue
        ids[source] = (page.anchors,)
        if output.rendered:
            layouts = _list_layouts(source, sources)
            if not blank.isdisjoint(layouts):
                hidden.add(source)
            title = _find_stripped(source, output, page, sources)
            is_markdown = extension_of(source) in sources.config.markdown_extensions
            # Another converter may give none of these ids, or others.
            foreign = is_markdown and bool(sources.config.foreign_markdown)
            own = frozenset() if foreign or source in hidden else page.anchors - title
            ids[source] = own, read_layouts.list_ids(source, layouts)
            if page.incomplete or title or not filtered.isdisjoint((source, *layouts)):
                incomplete.add(source)
            if has_unknown or foreign or _makes_ids(sources.texts.get(source, "")):
                incomplete.add(source)
        for anchor in page.anchors:
            by_id.setdefault(anchor, []).append(source)
    return AnchorIndex(
        ids,
        frozenset(incomplete),
        frozenset(hidden),
        _find_based(sources, outputs),
        sources.pages,
        {anchor: tuple(sorted(found)) for anchor, found in by_id.items()},
    )


def _list_layouts(source: str, sources: SiteSources) -> tuple[str, ...]:
    """Return the layouts of a page, the innermost first, as far as they are in the sources."""
    layouts: list[str] = []
    name = sources.find_value(source, "layout")
    while name not in (None, "none", "null") and len(layouts) < _LAYOUTS_DEEP:
        layout = f"_layouts/{name}.html"
        if layout not in sources.pages:
            break
        layouts.append(layout)
        name = sources.front_matter(layout).get("layout")
    return tuple(layouts)


class _LayoutIds:
    """The ids of layouts, one set for all pages that have the same ones."""

    def __init__(self, sources: SiteSources, included: frozenset[str]) -> None:
        """Use these sources.

        `included` are the ids of all `_includes`; every layout is assumed to include them.
        """
        self._sources = sources
        self._included = included
        self._known: dict[tuple[tuple[str, ...], bool], frozenset[str]] = {}

    def list_ids(self, source: str, layouts: tuple[str, ...]) -> frozenset[str]:
        """Return the ids of a page's layouts, those of the sources and of the theme."""
        sources = self._sources
        last = sources.front_matter(layouts[-1]).get("layout") if layouts else None
        outer = last if layouts else sources.find_value(source, "layout")
        is_in_theme = outer not in (None, "none", "null") and len(layouts) < _LAYOUTS_DEEP
        key = layouts, is_in_theme
        if key not in self._known:
            ids = frozenset(anchor for path in layouts for anchor in sources.pages[path].anchors)
            if is_in_theme:
                ids |= _THEME_IDS.get(sources.config.theme or "", frozenset())
            self._known[key] = ids | self._included if layouts or is_in_theme else ids
        return self._known[key]


def _find_based(sources: SiteSources, outputs: Iterable[Output]) -> frozenset[str]:
    """Return the sources with a `<base>`, their own, their layouts' or that of any `_includes`."""
    based = {path for path, text in sources.texts.items() if _BASE.search(text)}
    includes_one = any(path.startswith("_includes/") for path in based)
    for output in outputs if based else ():
        if output.source is not None and output.rendered:
            layouts = _list_layouts(output.source, sources)
            if (layouts and includes_one) or not based.isdisjoint(layouts):
                based.add(output.source)
    return frozenset(based)


def _find_blank_layouts(sources: SiteSources) -> frozenset[str]:
    """Return the layouts that print nothing of a page."""
    prints = any(
        _prints_content(text)
        for path, text in sources.texts.items()
        if path.startswith("_includes/")
    )
    return frozenset(
        path
        for path in sources.texts
        if path.startswith("_layouts/") and not _shows_content(path, sources, prints=prints)
    )


def _shows_content(layout: str, sources: SiteSources, *, prints: bool) -> bool:
    """Return whether a layout prints the page; `prints`: whether any include does."""
    text = sources.texts[layout]
    return _prints_content(text) or (prints and "{%" in text)


def _prints_content(text: str) -> bool:
    """Return whether a tag or an output of Liquid names `content`."""
    # Split, as a search from each opener would scan the same text again and again.
    pieces = text.split("}") if "content" in text else ()
    openings = ((piece, _OPENING.search(piece)) for piece in pieces)
    return any(
        _CONTENT.search(piece, opening.end()) is not None for piece, opening in openings if opening
    )


def _find_stripped(
    source: str, output: Output, page: ParsedPage, sources: SiteSources
) -> frozenset[str]:
    """Return the id of the heading that jekyll-titles-from-headings removes from a page."""
    config, own = sources.config, sources.front_matter(source)
    settings = config.values.get("titles_from_headings")
    collections = isinstance(settings, Mapping) and settings.get("collections") is True
    first = page.headings[0] if page.headings else None
    if (
        config.strip_title is None
        or not own.get("strip_title", config.strip_title)
        or (output.document and not collections)
        or (not output.document and sources.find_value(source, "title") is not None)
        or first is None
        or first.anchor is None
    ):
        return frozenset()
    text = sources.texts.get(source, "")
    start = _TITLE.match(text, split_front_matter(text).end)
    is_first = start is not None and text.count("\n", 0, start.end()) + 1 >= first.line
    return frozenset({first.anchor}) if is_first else frozenset()


def _makes_ids(text: str) -> bool:
    """Return whether Liquid may add ids to the page: includes, loops, values in headings."""
    if "{%" not in text and "{{" not in text:
        return False
    live = _drop_verbatim(text)
    if any(match["name"] not in _PLAIN_TAGS for match in _TAG.finditer(live)):
        return True
    return any(_has_liquid_id(line) for line in live.split("\n") if "{{" in line)


def _has_liquid_id(line: str) -> bool:
    before = line[: line.rindex("{{")]
    return line.startswith("#") or "id=" in before or "{:" in before or "{#" in before


def _drop_verbatim(text: str) -> str:
    """Return the text without the content of `raw` and `comment`."""
    live = []
    at = 0
    while opening := _VERBATIM.search(text, at):
        live.append(text[at : opening.start()])
        closing = re.compile(rf"\{{%-?\s*end{opening[1]}\s*-?%\}}").search(text, opening.end())
        at = closing.end() if closing else len(text)
    return "".join((*live, text[at:]))


def _fold(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
