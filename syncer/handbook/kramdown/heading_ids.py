"""The ids that kramdown gives to headings without one of their own (pure).

Two rules are at work on one page. Its GFM parser names the headings that it finds itself. What
stands inside an HTML element (`<div markdown="1">`) or a footnote it does not see, and kramdown's
converter names those, by its own older rule, that knows ASCII letters only.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from syncer.handbook.kramdown.options import KramdownOptions
from syncer.handbook.kramdown.spans import Span, SpanKind

_NO_LETTER_FIRST = re.compile(r"^[^a-zA-Z]+", re.MULTILINE)
_NOT_BASIC = re.compile(r"[^a-zA-Z0-9 -]")
# What Unicode counts to the letters although its category says symbol: circled letters, and the
# joiners that hold an emoji together.
_JOINERS = "\u200c\u200d"
_WORD_CATEGORIES = ("L", "M", "Nd", "Nl", "Pc")


class HeadingIds:
    """Hands out the ids of one page, in the order of its headings."""

    def __init__(self, options: KramdownOptions) -> None:
        """Begin a page: no id has been given."""
        self._options = options
        self._gfm: Counter[str] = Counter()
        self._basic: Counter[str] = Counter()

    def name(self, spans: list[Span], *, inside_html: bool) -> str | None:
        """Return the id of a heading: None without one, "" when nothing in it makes one."""
        if not self._options.auto_ids:
            return None
        found = self._name_inside_html(spans) if inside_html else self._name_on_page(spans)
        return self._options.auto_id_prefix + found

    def _name_on_page(self, spans: list[Span]) -> str:
        """Return the id of a heading of the page itself.

        Source: `generate_gfm_header_id`: lower case, everything but letters, digits, `_`, `-` and
        blanks dropped, each blank a `-`, repeats numbered from 1.
        """
        text = raw_text(spans).lower()
        kept = "".join(filter(_is_word, text)) if not text.isascii() else _drop_ascii(text)
        return _number(self._gfm, kept.replace(" ", "-").replace("\t", "-"))

    def _name_inside_html(self, spans: list[Span]) -> str:
        """Return the id of a heading inside an HTML element or a footnote.

        Source: `generate_id`: what precedes the first ASCII letter dropped, then all but ASCII
        letters, digits, blanks and `-`; "section" when nothing is left.
        """
        kept = _NOT_BASIC.sub("", _NO_LETTER_FIRST.sub("", raw_text(spans)))
        return _number(self._basic, kept.replace(" ", "-").lower() or "section")


def raw_text(spans: list[Span]) -> str:
    """Return a heading's text as ids are made of it: images and HTML comments hold none."""
    parts: list[str] = []
    for span in spans:
        match span.kind:
            case SpanKind.TEXT | SpanKind.CODE | SpanKind.SYMBOL | SpanKind.MATH:
                parts.append(span.text)
            case SpanKind.IMAGE | SpanKind.HIDDEN | SpanKind.FOOTNOTE | SpanKind.BREAK:
                pass
            case _:
                parts.append(raw_text(span.children))
    return "".join(parts)


def _number(seen: Counter[str], name: str) -> str:
    count = seen[name]
    seen[name] += 1
    return f"{name}-{count}" if count else name


_ASCII_DROPPED = re.compile(r"[^\w\- \t]", re.ASCII)


def _drop_ascii(text: str) -> str:
    return _ASCII_DROPPED.sub("", text)


def _is_word(character: str) -> bool:
    if character in "- \t_" or character.isalpha() or character in _JOINERS:
        return True
    category = unicodedata.category(character)
    return category.startswith(_WORD_CATEGORIES) or 0x24B6 <= ord(character) <= 0x24E9
