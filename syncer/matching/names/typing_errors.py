"""Words that differ by a slip of whoever typed them (pure)."""

from __future__ import annotations

import re
from string import ascii_lowercase
from typing import Final

from rapidfuzz.distance import OSA, Postfix, Prefix

from syncer.matching.names.danish import PREFIXES, unfold

_SHORTEST_FOR_ONE_EDIT: Final = 6
_SHORTEST_FOR_TWO_EDITS: Final = 14
_SHORTEST_FOR_DOUBLING: Final = 9
_MAX_LENGTH_DIFFERENCE: Final = 4
_MAX_DOUBLED: Final = 2
_DOUBLED: Final = re.compile(r"([a-z])\1")


def differs_by_typing(one: str, other: str) -> bool:
    """Return whether two folded words differ by a typing error.

    One edit (a letter missing, doubled, wrong, or two swapped) in words of at least six letters,
    two in words of fourteen, not adjacent, which is another syllable (projekt, produkt). Never the
    first letter, a digit, a prefix (ansættelse, afsættelse), or the last -i of a science (økonom).
    The letters æ, ø, å count as one, although folded they are two.
    """
    if one[:1] != other[:1] or abs(len(one) - len(other)) > _MAX_LENGTH_DIFFERENCE:
        return False
    return _is_slip(one, other) or _is_slip(unfold(one), unfold(other))


def differs_by_doubling(one: str, other: str) -> bool:
    """Return whether two long folded words differ only in doubled letters."""
    if one == other or min(len(one), len(other)) < _SHORTEST_FOR_DOUBLING:
        return False
    if abs(len(one) - len(other)) > _MAX_DOUBLED:
        return False
    return _DOUBLED.sub(r"\1", one) == _DOUBLED.sub(r"\1", other)


def slips_of(word: str) -> frozenset[str]:
    """Return a folded word with one letter missing, added, wrong or swapped, never the first.

    The first letter is not doubled either: in "samarbejdsskabelon" it is a joint.
    """
    cuts = range(1, len(word))
    missing = {word[:at] + word[at + 1 :] for at in cuts}
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in cuts[:-1]}
    wrong = {
        word[:at] + letter + word[at + more :]
        for at in cuts
        for letter in ascii_lowercase
        for more in (0, 1)
    }
    added = {word + letter for letter in ascii_lowercase}
    return frozenset((missing | swapped | wrong | added) - {word, word[0] + word})


def _is_slip(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    if shorter < _SHORTEST_FOR_ONE_EDIT or one + "i" == other or other + "i" == one:
        return False
    allowed = 2 if shorter >= _SHORTEST_FOR_TWO_EDITS else 1
    distance = OSA.distance(one, other, score_cutoff=allowed)
    if distance == 0 or distance > allowed:
        return False
    prefixes = {_find_prefix(one), _find_prefix(other)} - {None}
    if not (one.isalpha() and other.isalpha()) or len(prefixes) == 2:
        return False
    return distance == 1 or _are_edits_apart(one, other)


def _are_edits_apart(one: str, other: str) -> bool:
    """Return whether at least three equal letters separate the two edits."""
    equal = Prefix.similarity(one, other) + Postfix.similarity(one, other)
    return max(len(one), len(other)) - equal >= 5


def _find_prefix(word: str) -> str | None:
    return next((p for p in PREFIXES if word.startswith(p) and len(word) > len(p) + 3), None)
