"""The ids that kramdown assigns to headings without one of their own (pure).

Two rules apply on one page of a site. The GFM parser assigns ids to the headings that it finds
itself. It does not see those inside HTML elements (`<div markdown="1">`) and footnotes; the
converter assigns their ids, by an older rule that knows ASCII letters only. GitHub has one rule.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from syncer.handbook.kramdown.options import KramdownOptions
from syncer.handbook.kramdown.spans import Span, SpanKind

_NO_LETTER_FIRST = re.compile(r"^[^a-zA-Z]+", re.MULTILINE)
_NOT_BASIC = re.compile(r"[^a-zA-Z0-9 -]")
# Letters to Unicode although their category says symbol: circled letters, and the joiners that
# hold an emoji together.
_JOINERS = "\u200c\u200d"
# GitHub shows a picture instead, and makes the id of the rest.
_EMOJI = re.compile(r":[a-z+-][a-z0-9_+-]*:")
_WORD_CATEGORIES = ("L", "M", "Nd", "Nl", "Pc")


class HeadingIds:
    """Assigns the ids of one page, in the order of its headings."""

    def __init__(self, options: KramdownOptions) -> None:
        """Count the ids from zero."""
        self._options = options
        self._gfm: Counter[str] = Counter()
        self._basic: Counter[str] = Counter()

    def name(self, spans: Iterable[Span], written: str, *, inside_html: bool) -> str | None:
        """Return the id of a heading: "" when nothing in it makes one.

        None when ids are off, and inside of HTML when kramdown makes them of transliterated text,
        for which it has tables that we do not have.
        """
        if not self._options.auto_ids or (inside_html and self._options.transliterated_header_ids):
            return None
        text = _raw_text(spans) if self._options.auto_id_stripping else written
        if self._options.github:
            return self._name_on_page(_EMOJI.sub("", text))
        found = self._name_inside_html(text) if inside_html else self._name_on_page(text)
        return self._options.auto_id_prefix + found

    def _name_on_page(self, text: str) -> str:
        """Return the id of a heading of the page itself.

        Source: `generate_gfm_header_id`: lower case, everything but letters, digits, `_`, `-` and
        blanks removed, each blank a `-`, repeats numbered from 1.
        """
        words = "".join(filter(_is_word, text.lower()))
        return _number(self._gfm, words.replace(" ", "-").replace("\t", "-"))

    def _name_inside_html(self, text: str) -> str:
        """Return the id of a heading inside an HTML element or a footnote.

        Source: `generate_id`: everything before the first ASCII letter removed, then all but ASCII
        letters, digits, blanks and `-`; "section" when nothing is left.
        """
        words = _NOT_BASIC.sub("", _NO_LETTER_FIRST.sub("", text))
        return _number(self._basic, words.replace(" ", "-").lower() or "section")


def _raw_text(spans: Iterable[Span]) -> str:
    """Return the text from which ids are made; images and HTML comments have none."""
    parts: list[str] = []
    for span in spans:
        match span.kind:
            case SpanKind.TEXT | SpanKind.CODE | SpanKind.SYMBOL | SpanKind.MATH:
                parts.append(span.text)
            case SpanKind.IMAGE | SpanKind.HIDDEN | SpanKind.FOOTNOTE | SpanKind.BREAK:
                pass
            case _:
                parts.append(_raw_text(span.children))
    return "".join(parts)


def _number(seen: Counter[str], name: str) -> str:
    count = seen[name]
    seen[name] += 1
    return f"{name}-{count}" if count else name


def _is_word(character: str) -> bool:
    if character in "- \t_" or character.isalpha() or character in _JOINERS:
        return True
    category = unicodedata.category(character)
    return category.startswith(_WORD_CATEGORIES) or 0x24B6 <= ord(character) <= 0x24E9
