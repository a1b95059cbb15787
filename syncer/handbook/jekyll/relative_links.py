"""Links to source files, as the plugin jekyll-relative-links rewrites them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from syncer.handbook.jekyll.entry_filter import matches_any
from syncer.handbook.jekyll.liquid import relative_url
from syncer.handbook.jekyll.outputs import Output
from syncer.handbook.jekyll.permalink import extension_of
from syncer.handbook.jekyll.references import decode, has_scheme, join_source
from syncer.handbook.jekyll.site_view import SiteView
from syncer.handbook.kramdown.front_matter import split_front_matter
from syncer.handbook.kramdown.patterns import compile_ruby
from syncer.handbook.kramdown.spans import normalise_reference
from syncer.model.handbook import PageLink

# The plugin searches a page's source text by its own rules: it finds no title in single quotes, no
# target in angle brackets, and not the target of a linked image. These patterns find the same links
# without backtracking; the lengths are our bounds.
_LONGEST_TARGET = 1000
_LONGEST_FRAGMENT = 500
_TITLE = r'\s{1,20}+"[^"]{0,500}+"'
_LINK = compile_ruby(
    r"^[ \t]{0,20}\[(?P<name>[^\n]{0,500}?)\]: (?P<reference>[^\n]{1,1000}+)$"
    r"|(?P<inline>\]\()|(?P<open>\[)",
    re.MULTILINE,
)
# Characters that no target of `[text](target)` contains, and the end of it or of its fragment.
_NO_TARGET = compile_ruby(r'[)#"\n]')
_CLOSING = compile_ruby(rf"(?:{_TITLE})?\)")
_END_OF_REFERENCE = compile_ruby(rf"(?:\#|{_TITLE}\s*\Z|\s*\Z)")
# `[text][name]`, `[name][]` and `[name]`, at the end of a text.
_NAMED = compile_ruby(r"\[(?P<text>[^\[\]]*)\](?:\s*\[(?P<name>[^\[\]]*)\])?\Z")


@dataclass(frozen=True, slots=True)
class _Targets:
    """The targets that the plugin finds on a page, without their fragments.

    Attributes:
        text: of the page.
        lines: offset of each line.
        starts: offsets of the targets of `[text](target)`, in order.
        inline: the same targets.
        references: targets of `[id]: target` lines, by id as kramdown compares them.
    """

    text: str
    lines: tuple[int, ...]
    starts: tuple[int, ...]
    inline: tuple[str, ...]
    references: Mapping[str, str]

    def find(self, link: PageLink) -> str | None:
        """Return the target of a link itself, not of an image in its text; None without one."""
        start = self.lines[link.span.line - 1] + link.span.column - 1
        end = self.lines[link.span.end_line - 1] + link.span.end_column - 1
        for at in range(bisect_right(self.starts, start), bisect_right(self.starts, end - 1)):
            label = self.text[start + 1 : self.starts[at] - 2].removeprefix("[")
            if label.count("[") == label.count("]"):
                return self.inline[at]
        named = _NAMED.search(self.text, start, end)
        name = (named["name"] or named["text"]) if named else ""
        return self.references.get(normalise_reference(name))


def rewrite_relative(link: PageLink, output: Output, view: SiteView) -> str | None:
    """Return the target by which the plugin replaces a link's own.

    Args:
        link: a link of the page.
        output: the page.
        view: of the site.

    Returns:
        The address of the file that the target names, base path included. None when the plugin is
        off or does not change the link: it only rewrites Markdown links that its pattern finds,
        never HTML, and only targets that are files of the site.
    """
    settings = view.sources.config.relative_links
    source = link.span.file
    if settings is None:
        return None
    if extension_of(source) not in view.sources.config.markdown_extensions:
        return None
    if (output.document and not settings.collections) or matches_any(settings.exclude, source):
        return None
    targets = _find_targets(view.sources.texts.get(source, ""))
    path = targets.find(link)
    if not path or has_scheme(path) or path.startswith("#"):
        return None
    # The plugin decodes target and folder as a form, where `+` is a blank.
    folder = decode(source.rpartition("/")[0].replace("+", " ")) or ""
    file = join_source(folder, path.replace("+", " "))
    target = view.tree.by_source.get(file) if file else None
    if target is None or target.possible:
        return None
    _, hash_, fragment = link.url.partition("#")
    return relative_url(target.url, view.sources.config) + hash_ + fragment


@lru_cache(maxsize=64)
def _find_targets(text: str) -> _Targets:
    starts: list[int] = []
    inline: list[str] = []
    references: dict[str, str] = {}
    reader = _InlineReader(text)
    opened_at = -1
    found = _LINK.search(text, split_front_matter(text).end)
    while found:
        at = found.end()
        if found["open"]:
            opened_at = found.start()
        elif found["reference"] is not None:
            end = _END_OF_REFERENCE.search(found["reference"], 1)
            path = found["reference"][: end.start()] if end else found["reference"]
            references[normalise_reference(found["name"])] = path
        elif ends := reader.read(at):
            if opened_at >= 0 and "\n" not in text[opened_at : found.start()]:
                starts.append(at)
                inline.append(text[at : ends[0]])
            opened_at = -1
            at = ends[1]
        found = _LINK.search(text, at)
    lines = [0, *(end.end() for end in re.finditer("\n", text))]
    return _Targets(text, tuple(lines), tuple(starts), tuple(inline), references)


class _InlineReader:
    """Reads the targets after `](`, from the first to the last of a text.

    Searches each stretch of the text once, however many openings share a closing.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._no_target = _Ahead(_NO_TARGET, text)
        self._closing = _Ahead(_CLOSING, text)
        self._closing_of_fragment = _Ahead(_CLOSING, text)

    def read(self, start: int) -> tuple[int, int] | None:
        """Return where the target at `start` ends, and its link; None when there is none."""
        border = self._no_target.find(start)
        closing = self._closing.find(start + 1)
        if border is None or closing is None or border.start() == start:
            return None
        end = min(border.start(), closing.start())
        if end - start > _LONGEST_TARGET:
            return None
        if closing.start() == end:
            return end, closing.end()
        if border[0] != "#":
            return None
        closing = self._closing_of_fragment.find(end + 2)
        if closing is None or closing.start() - end - 1 > _LONGEST_FRAGMENT:
            return None
        return None if "\n" in self._text[end : closing.start()] else (end, closing.end())


class _Ahead:
    """The next match of a pattern, for positions that only grow."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self._pattern = pattern
        self._text = text
        self._found = pattern.search(text)

    def find(self, at: int) -> re.Match[str] | None:
        """Return the first match that begins at or after `at`."""
        if self._found and self._found.start() < at:
            self._found = self._pattern.search(self._text, at)
        return self._found
