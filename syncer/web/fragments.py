"""The search for anchors in a page: streamed, bounded, without a tree (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from urllib.parse import unquote

from lxml import etree

from syncer.web.answers import Absence, Anchors

MAX_PAGE_BYTES = 2 * 1024 * 1024
"""How much of a page is searched, decompressed."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# GitHub writes ids with this prefix, and a script maps the plain ones.
_PREFIXES = ("", "user-content-")
# These blocks are data, not scripts (HTML, section 4.12.1).
_DATA_TYPES = ("json", "template", "importmap", "speculationrules")
_MAX_SCRIPT_CHARS = 512 * 1024


class AnchorSearch:
    """The search for some fragments in one page, which comes in pieces."""

    def __init__(self, fragments: Iterable[str], charset: str | None) -> None:
        """Start a page; an unknown charset is read as UTF-8."""
        self._fragments = frozenset(fragments)
        self._page = _PageIds({name for one in self._fragments for name in _names_for(one)})
        self._charset = charset
        self._parser: etree.HTMLParser | None = None
        self._size_bytes = 0

    def feed(self, piece: bytes) -> bool:
        """Parse the next piece; return whether more is needed."""
        room = MAX_PAGE_BYTES - self._size_bytes
        self._size_bytes += len(piece)
        if self._parser is None:
            self._parser = self._open_parser(piece)
        if room > 0 and piece:
            self._parser.feed(piece[:room])
        return self._size_bytes <= MAX_PAGE_BYTES and self._found() != self._fragments

    def finish(self, *, complete: bool) -> Anchors:
        """Return the result; `complete` if the page was not cut."""
        if self._parser is not None:
            # A page without any HTML has no anchors.
            with suppress(etree.XMLSyntaxError):
                self._parser.close()
        found = self._found()
        return Anchors(found, self._explain_absence(self._fragments - found, complete=complete))

    def _open_parser(self, first_piece: bytes) -> etree.HTMLParser:
        encoding = _choose_encoding(self._charset, first_piece)
        try:
            return etree.HTMLParser(target=self._page, encoding=encoding)
        except LookupError:
            return etree.HTMLParser(target=self._page, encoding="utf-8")

    def _found(self) -> frozenset[str]:
        return frozenset(
            one for one in self._fragments if not self._page.names.isdisjoint(_names_for(one))
        )

    def _explain_absence(self, absent: frozenset[str], *, complete: bool) -> Absence:
        if self._size_bytes > MAX_PAGE_BYTES:
            return Absence.TOO_BIG
        if not complete:
            return Absence.UNREAD
        page = self._page
        if any(_is_route(one) or page.is_scripted_name(one) for one in absent):
            return Absence.BY_SCRIPT
        # A page with scripts proves an absence only if its HTML has the anchors of its headings.
        if page.has_script and not page.has_named_heading:
            return Absence.BY_SCRIPT
        return Absence.PROVEN


class _PageIds:
    """Parser target that collects the wanted names and the signs of scripts."""

    def __init__(self, wanted: Iterable[str]) -> None:
        self.names: set[str | bytes] = set()
        self.has_script = False
        self.has_named_heading = False
        self._wanted = frozenset(wanted)
        self._last_was_named = False
        self._in_script = False
        self._script: list[str] = []
        self._script_chars = 0

    def start(self, tag: str | bytes, attrib: Mapping[str | bytes, str | bytes]) -> None:
        name = attrib.get("id")
        if name is not None:
            self._meet(name)
        if tag in _HEADINGS:
            # Its own id, or that of the section or empty anchor right before it.
            self.has_named_heading |= name is not None or self._last_was_named
        self._last_was_named = name is not None
        if tag == "a" and "name" in attrib:
            self._meet(attrib["name"])
        if tag == "script":
            kind = str(attrib.get("type", "")).lower()
            self._in_script = not any(word in kind for word in _DATA_TYPES)
            self.has_script |= self._in_script

    def end(self, tag: str | bytes) -> None:
        if tag == "script":
            self._in_script = False

    def data(self, data: str | bytes) -> None:
        if self._in_script and self._script_chars < _MAX_SCRIPT_CHARS:
            self._script.append(str(data))
            self._script_chars += len(data)

    def comment(self, text: str | bytes) -> None:
        """Do nothing: no fragment leads to a comment."""

    def close(self) -> None:
        """Return nothing: the search reads the fields."""

    def is_scripted_name(self, fragment: str) -> bool:
        script = "".join(self._script)
        return any(name in script for name in (fragment, unquote(fragment)))

    def _meet(self, name: str | bytes) -> None:
        if name in self._wanted:
            self.names.add(name)


def _names_for(fragment: str) -> set[str]:
    """Return the names that a fragment can mean (HTML, section 7.4.6.4)."""
    spellings = (fragment, unquote(fragment))
    return {prefix + name for name in spellings for prefix in _PREFIXES}


def _is_route(fragment: str) -> bool:
    return fragment.startswith(("/", "!"))


def _choose_encoding(charset: str | None, first_piece: bytes) -> str | None:
    """Return the server's charset, None to let the parser find the page's, or UTF-8."""
    if charset is not None:
        return charset
    return None if b"charset" in first_piece[:1024].lower() else "utf-8"
