"""The search for anchors in a page: streamed, bounded, without a tree (pure)."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from urllib.parse import unquote

from lxml import etree

from syncer.web.answers import Absence, Anchors
from syncer.web.charsets import PRESCAN_BYTES, choose_charset
from syncer.web.page_names import PageNames, TooManyNamesError

MAX_PAGE_BYTES = 2 * 1024 * 1024
"""How much of a page is searched, decompressed."""

# Those that pages name; a page's own title seldom has a name.
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
# GitHub writes ids with this prefix, and a script maps the plain ones.
_PREFIXES = ("", "user-content-")
# For each end tag the parser looks through all open elements, so that deep pages take long. A page
# of the full size may be this deep throughout; browsers nest no deeper than 512.
_MAX_DEPTH = 1000
_MAX_STEPS = _MAX_DEPTH * MAX_PAGE_BYTES
# These blocks are data for machines, and no script of the page uses them (HTML, section 4.12.1).
_INERT_TYPES = ("ld+json", "importmap", "speculationrules")
# Scripts in attributes run without anything that a reader does, but for these events.
_READERS_EVENTS = re.compile(
    r"on(?:aux|change|click|context|copy|cut|dbl|drag|drop|input|invalid|key|mouse|paste|pointer"
    r"|reset|search|select|submit|touch|wheel)"
)
_MAX_SCRIPT_CHARS = 512 * 1024
# An app shell has less text, and a page that names its parts names more than one.
_MIN_TEXT_CHARS = 500
_MIN_NAMED_HEADINGS = 2
# Routes of an app, lines of a source file, states, and contributions that a script adds to a page.
_SCRIPTED = re.compile(
    r"[!/?]|.*=|l\d+(?:c\d+)?(?:-l?\d+(?:c\d+)?)?$"
    r"|(?:.*[-_])?(?:issue)?(?:comment|reply|answer|post|note|message|discussion)[-_]?r?\d+$",
    re.IGNORECASE,
)


# XSLT makes another page of an XHTML one; CSS has no part in that.
_XML_STYLE = re.compile(
    r"\?xml-stylesheet\s(?!.*\btype\s*=\s*[\"']\s*text/css\b)", re.DOTALL | re.IGNORECASE
)


class AnchorSearch:
    """The search for some fragments in one page, which comes in pieces."""

    def __init__(
        self,
        fragments: Iterable[str],
        charset: str | None,
        run_names: set[str | bytes] | None = None,
    ) -> None:
        """Start a page; `charset` is the server's, `run_names` is as in `PageNames`."""
        self._fragments = frozenset(fragments)
        self._names = {one: _names_for(one) for one in self._fragments}
        wanted = {name for names in self._names.values() for name in names}
        self._page = _PageIds(wanted, set() if run_names is None else run_names)
        self._charset = charset
        self._is_charset_certain = False
        self._start = b""
        self._had_text = False
        self._decoder: codecs.IncrementalDecoder | None = None
        self._parser: etree.HTMLParser = etree.HTMLParser(target=self._page, encoding="utf-8")
        self._size_bytes = 0
        self._steps = 0
        self._is_given_up = False

    def feed(self, piece: bytes) -> bool:
        """Parse the next piece; return whether more is needed.

        A small one: only after each is it known that the page takes too long.
        """
        if self._decoder is None:
            self._start += piece
            return len(self._start) < PRESCAN_BYTES or self._begin()
        return self._parse(piece)

    def _begin(self) -> bool:
        """Parse the start of the page, by the charset that is known from it."""
        charset = choose_charset(self._charset, self._start)
        self._is_charset_certain = charset.certain
        self._decoder = codecs.getincrementaldecoder(charset.name)(errors="replace")
        return self._parse(self._start)

    def _parse(self, piece: bytes) -> bool:
        room = MAX_PAGE_BYTES - self._size_bytes
        self._size_bytes += len(piece)
        if room > 0 and piece and self._decoder is not None:
            try:
                text = self._decoder.decode(piece[:room])
            except UnicodeError:  # too many escapes without an end, in ISO-2022-JP
                self._is_given_up = True
                return False
            if not self._had_text:
                text = text.removeprefix("\ufeff")
            self._had_text |= bool(text)
            try:
                self._page.markup.feed(self._parser, text.encode("utf-8", "replace"))
            except TooManyNamesError:
                self._is_given_up = True
                return False
        self._steps += self._page.deepest * len(piece)
        self._page.deepest = self._page.depth
        if self._size_bytes > MAX_PAGE_BYTES or self._steps > _MAX_STEPS:
            return False
        return self._found() != self._fragments

    def finish(self, *, complete: bool, moves_on: bool = False) -> Anchors:
        """Return the result; `complete` if the page was not cut, `moves_on` by its headers."""
        self._page.moves_on |= moves_on
        if self._decoder is None:
            self._begin()
        if not self._is_given_up:
            # A page without any HTML has no anchors.
            with suppress(etree.XMLSyntaxError):
                self._parser.close()
        found = self._found()
        return Anchors(found, self._explain_absence(self._fragments - found, complete=complete))

    def _found(self) -> frozenset[str]:
        return frozenset(
            one for one, names in self._names.items() if not self._page.names.isdisjoint(names)
        )

    def _explain_absence(self, absent: frozenset[str], *, complete: bool) -> Absence:
        if self._size_bytes > MAX_PAGE_BYTES:
            return Absence.TOO_BIG
        page = self._page
        if not complete or self._steps > _MAX_STEPS or self._is_given_up:
            return Absence.UNREAD
        if not self._is_charset_certain and not all(unquote(one).isascii() for one in absent):
            return Absence.UNREAD
        if page.moves_on or page.is_styled or (page.has_script and not page.is_complete):
            return Absence.BY_SCRIPT
        if page.has_script and any(map(page.is_scripted_name, absent)):
            return Absence.BY_SCRIPT
        return Absence.PROVEN


class _PageIds:
    """Parser target that collects the wanted names, and what a script may have to do with them."""

    def __init__(self, wanted: Iterable[str | bytes], run_names: set[str | bytes]) -> None:
        self.names: set[str | bytes] = set()
        self.markup = PageNames(run_names)
        self.has_script = False
        # `<meta http-equiv="refresh">`, or the header of that name
        self.moves_on = False
        # By a stylesheet that is a program: XSLT.
        self.is_styled = False
        # How many elements are open, and how many at most were since this was last set.
        self.depth = self.deepest = 0
        self._wanted = frozenset(wanted)
        self._has_gaps = False
        self._named_headings = 0
        self._in_heading = False
        self._is_nameless = False
        self._last_was_named = False
        self._text_chars = 0
        self._inside: str | bytes | None = None
        self._script: list[str] = []
        self._script_chars = 0

    @property
    def is_complete(self) -> bool:
        """Whether the page has all of its parts and their names also without its scripts."""
        return (
            not self._has_gaps
            and not self._is_nameless
            and self._named_headings >= _MIN_NAMED_HEADINGS
            and self._text_chars >= _MIN_TEXT_CHARS
        )

    def start(self, tag: str | bytes, attrib: Mapping[str | bytes, str | bytes]) -> None:
        self.markup.hear((tag, *attrib))
        self.depth += 1
        self.deepest = max(self.deepest, self.depth)
        keys = ("id", "name") if tag == "a" else ("id",)
        names = {attrib[key] for key in keys if key in attrib}
        self.names |= names & self._wanted
        self._note_heading(tag, named=bool(names))
        for key, value in attrib.items():
            if _is_script(str(key), str(value)):
                self.has_script = True
                self._keep_script(str(value))
        if tag == "script":
            self._start_script(str(attrib.get("type", "")).lower())
        elif tag in ("style", "noscript"):
            self._inside = tag
        elif tag == "template" or "-" in str(tag):
            # A script fills them; those with a hyphen are made by one (HTML, section 4.13).
            self._has_gaps = True
        elif tag == "meta" and str(attrib.get("http-equiv", "")).lower() == "refresh":
            self.moves_on = True

    def _note_heading(self, tag: str | bytes, *, named: bool) -> None:
        """Note whether a heading has a name: its own, or one right before, in or after it."""
        if tag in _HEADINGS:
            self._has_gaps |= self._is_nameless
            self._in_heading = True
            self._is_nameless = not (named or self._last_was_named)
            self._named_headings += not self._is_nameless
        elif self._is_nameless and (named or not self._in_heading):
            self._is_nameless = False
            self._named_headings += named
            self._has_gaps |= not named
        self._last_was_named = named

    def _start_script(self, kind: str) -> None:
        self._inside = "inert"
        if not any(word in kind for word in _INERT_TYPES):
            self._inside = "script"
            self.has_script = True
            # The content of an app, or a template for it.
            self._has_gaps |= "json" in kind or "template" in kind

    def _keep_script(self, script: str) -> None:
        if self._script_chars < _MAX_SCRIPT_CHARS:
            self._script.append(script)
            self._script_chars += len(script)

    def end(self, tag: str | bytes) -> None:
        self.markup.hear()
        self.depth -= 1
        if tag in ("script", "style", "noscript"):
            self._inside = None
        elif tag in _HEADINGS:
            self._in_heading = False

    def data(self, data: str | bytes) -> None:
        self.markup.hear()
        match self._inside:
            case None:
                self._text_chars += len(data.strip())
            case "script":
                self._keep_script(str(data))
            case "noscript" if data.strip():
                # It tells readers without scripts what they miss.
                self._has_gaps = True
            case _:
                pass

    def comment(self, text: str | bytes) -> None:
        """Note a stylesheet of XML; no fragment leads to a comment.

        HTML has no instructions: its parser takes those of XHTML for comments.
        """
        self.markup.hear()
        self.is_styled |= _XML_STYLE.match(str(text)) is not None

    def pi(self, target: str | bytes, text: str | bytes | None = None) -> None:
        """Note an instruction, which libxml2 before 2.14 does not take for a comment."""
        self.comment(f"?{target!s} {text or ''!s}")

    def is_scripted_name(self, fragment: str) -> bool:
        """Return whether a script may make the place, by the name's look or its scripts' words."""
        if _SCRIPTED.match(fragment):
            return True
        script = "".join(self._script)
        return any(name in script for name in (fragment, unquote(fragment)))

    def close(self) -> None:
        """Return nothing: the search reads the fields."""


def _is_script(attribute: str, value: str) -> bool:
    """Return whether an attribute is a script, or a page in the page, that runs by itself."""
    if attribute == "src":
        return value.lstrip().lower().startswith("javascript:")
    if attribute.startswith("on"):
        return _READERS_EVENTS.match(attribute) is None
    return attribute == "srcdoc"


def _names_for(fragment: str) -> set[str]:
    """Return the names that a fragment can mean (HTML, section 7.4.6.4)."""
    spellings = (fragment, unquote(fragment))
    return {prefix + name for name in spellings for prefix in _PREFIXES}
