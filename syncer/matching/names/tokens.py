"""A folded name split into tokens (pure)."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from syncer.matching.names.vocabulary import list_words

MAX_WORDS: Final = 24
"""Words of a name that are read, out of at most twice as many tokens."""
TOKEN: Final = re.compile(
    r"[^\W\d_]{3,40}(?=\d{1,9}(?![^\W_]))|[^\W\d_]{2}(?=\d\d(?![^\W_]))|[^\W_]+"
)
"""A run of letters and digits; "iso27001" and "kv25" are two tokens, "os2" is one."""
_APART: Final = re.compile(r"[,;:()\[\]{}–—]| -|- ")
PREPOSITIONS: Final = frozenset(
    list_words(
        "for, til, om, af, ved, i, paa, med, m, vedr, vdr, vedroerende, ang, angaaende, ifm, ifbm,"
        "ift, iht, mhp, over, under, fra, mod, hos, mellem, ml, between, of, to, on, in, from,"
        "about"
    )
)
GENITIVES: Final = ("ens", "ets", "ernes")
TOPICS: Final = frozenset(list_words("om, vedr, vdr, vedroerende, ang, angaaende, about"))
"""Prepositions before what a document is about; "for" and "fra" precede whose it is."""
EITHER: Final = frozenset(("af", "of"))
"""Prepositions before either: "sammensætning af bestyrelsen", "evaluering af bestyrelsen"."""
BY: Final = frozenset(("af", "i", "paa", "hos", "by"))
"""Prepositions before who gave a document its state: "godkendt af bestyrelsen"."""
PHRASED: Final = re.compile(r"(?<![^\W_])(?:i forbindelse|med henblik|i forhold|i henhold)(?= )")
"""The beginnings of prepositions of several words: "i forbindelse med"."""
CONJUNCTIONS: Final = frozenset(("og", "samt", "eller", "and"))


INCLUDING: Final = frozenset(("inkl", "incl", "inklusive", "ekskl", "excl", "eksklusive"))
ACCOMPANYING: Final = INCLUDING | {"med", "m", "uden", "u", "with", "without"}
_BEGINS: Final = re.compile(r"(?<![-_])[^\W\d_]+-[^\W\d_]")


class Tokens(NamedTuple):
    """The tokens of a text, and the positions of three sorts.

    Attributes:
        texts: in order.
        apart: positions after a dash, comma or bracket.
        begins: positions that begin a compound with a hyphen ("It-strategi"), unless hyphens
            separate words ("regler-for-mobning").
        dotted: positions before a full stop ("komm.").
        initials: positions of abbreviations, unless they begin a compound with a hyphen.
    """

    texts: list[str]
    apart: set[int]
    begins: set[int]
    dotted: set[int]
    initials: set[int]


def tokenize(text: str) -> Tokens:
    """Return a folded text's tokens."""
    tokens = Tokens([], set(), set(), set(), set())
    end = 0
    for found in TOKEN.finditer(text):
        at = len(tokens.texts)
        if at == 2 * MAX_WORDS:
            break
        if _APART.search(text, end, found.start()):
            tokens.apart.add(at)
        if _BEGINS.match(text, found.start()):
            tokens.begins.add(at)
        end = found.end()
        if text.startswith(".", end):
            tokens.dotted.add(at)
        tokens.texts.append(found[0])
    return tokens
