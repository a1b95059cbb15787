"""A folded name split into tokens (pure)."""

from __future__ import annotations

import re
from typing import Final

from syncer.matching.names.vocabulary import list_words

MAX_WORDS: Final = 24
"""Words of a name that are read, out of at most twice as many tokens."""
TOKEN: Final = re.compile(r"[^\W\d_]{3,40}(?=\d{1,9}(?![^\W_]))|[^\W_]+")
"""A run of letters and digits; "iso27001" and "final2" are two tokens, "os2" is one."""
_APART: Final = re.compile(r"[,;:()\[\]{}–—]| -|- ")
PREPOSITIONS: Final = frozenset(
    list_words(
        "for, til, om, af, ved, i, paa, med, vedr, vedroerende, over, under, fra, mod, hos, mellem,"
        "between, of, to, on, in, from, about"
    )
)
GENITIVES: Final = ("ens", "ets", "ernes")
TOPICS: Final = frozenset(("om", "vedr", "vedroerende", "about"))
"""Prepositions before what a document is about; "for" and "fra" precede whose it is."""
EITHER: Final = frozenset(("af", "of"))
"""Prepositions before either: "sammensætning af bestyrelsen", "evaluering af bestyrelsen"."""
CONJUNCTIONS: Final = frozenset(("og", "samt", "eller", "and"))


_BEGINS: Final = re.compile(r"(?<![-_])[^\W\d_]+-[^\W\d_]")


def tokenize(text: str) -> tuple[list[str], set[int], set[int]]:
    """Return a text's tokens, and the positions of two sorts.

    The first sort follows a dash, comma or bracket; the second begins a compound with a hyphen
    ("It-strategi"), unless hyphens separate words ("regler-for-mobning").
    """
    tokens: list[str] = []
    apart: set[int] = set()
    begins: set[int] = set()
    end = 0
    for found in TOKEN.finditer(text):
        if len(tokens) == 2 * MAX_WORDS:
            break
        if _APART.search(text, end, found.start()):
            apart.add(len(tokens))
        if _BEGINS.match(text, found.start()):
            begins.add(len(tokens))
        tokens.append(found[0])
        end = found.end()
    return tokens, apart, begins
