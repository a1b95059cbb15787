"""Unicode's normal forms, in time in proportion to a text."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal

# Sorting the marks of one letter takes the square of their number. Unicode's Stream-Safe Text
# Format (UAX 15, section 13) has at most 30, more than any language, and then a joiner.
_MAX_MARKS = 30
_JOINER = "\u034f"
# Marks begin at U+0300.
_LONG_RUN = re.compile(rf"[^\x00-\u02ff]{{{_MAX_MARKS + 1},}}")


def normalize(form: Literal["NFC", "NFD", "NFKD"], text: str) -> str:
    """Return a text in a normal form; more than 30 marks on one letter are divided."""
    if text.isascii() or (form == "NFC" and _is_latin(text)):
        return text
    return unicodedata.normalize(form, _LONG_RUN.sub(lambda found: _divide(found[0]), text))


def _is_latin(text: str) -> bool:
    """Return whether a text has only letters of Latin-1, none of which NFC changes."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


def _divide(run: str) -> str:
    divided: list[str] = []
    marks = 0
    for character in run:
        begins, last = _count_marks(character)
        if marks + begins > _MAX_MARKS:
            divided.append(_JOINER)
            marks = 0
        marks = marks + begins if begins == last and begins else last
        divided.append(character)
    return "".join(divided)


@cache
def _count_marks(character: str) -> tuple[int, int]:
    """Return with how many marks a character begins and ends when it is decomposed."""
    is_mark = [
        unicodedata.combining(part) != 0 for part in unicodedata.normalize("NFKD", character)
    ]
    if all(is_mark):
        return len(is_mark), len(is_mark)
    return is_mark.index(False), is_mark[::-1].index(False)
