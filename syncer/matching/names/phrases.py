"""The phrases of a vocabulary that say something about a name, found by their first word (pure)."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from syncer.matching.names.danish import fold
from syncer.matching.names.tokens import TOKEN
from syncer.matching.names.vocabulary import Vocabulary


class Mark(IntEnum):
    """What a phrase of the vocabulary says."""

    OUTDATED = 0
    DRAFT = 1
    FINAL = 2
    SIGNED = 3
    ORGANISATION = 4
    SYNONYM = 5


SAYS_STATE: Final = (Mark.OUTDATED, Mark.DRAFT, Mark.FINAL, Mark.SIGNED)
_GOES_ON: Final = frozenset(("af", "for", "om", "ved", "hos"))
"""Behind a phrase: "til godkendelse af leverancer" is no state, but what the name is about."""
_ENDINGS: Final = ("", "e", "t", "s", "er", "en", "et")
_SHORTEST_STATE: Final = 5
"""Letters from which on a word of state can be told in a compound."""


class Phrases:
    """The words of state, organisations and synonyms of one vocabulary, folded.

    Attributes:
        states: the single words of state that are long enough to be told in a compound.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Enter every list; a single word's common endings too."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], Mark, tuple[str, ...]]]] = {}
        lists = (
            (vocabulary.archive_words, Mark.OUTDATED),
            (vocabulary.draft_words, Mark.DRAFT),
            (vocabulary.final_words, Mark.FINAL),
            (vocabulary.signed_words, Mark.SIGNED),
            (vocabulary.organisation_words, Mark.ORGANISATION),
        )
        for words, mark in lists:
            for word in words:
                self._add(word, mark, ())
        for first, *others in vocabulary.synonyms:
            for other in others:
                self._add(other, Mark.SYNONYM, tuple(TOKEN.findall(fold(first))))
        for phrases in self._by_first.values():
            phrases.sort(key=lambda phrase: (-len(phrase[0]), phrase[0], phrase[1]))
        self.states = tuple(
            token
            for token, phrases in self._by_first.items()
            if len(token) >= _SHORTEST_STATE
            and any(len(form) == 1 and mark in SAYS_STATE for form, mark, _ in phrases)
        )

    def _add(self, entry: str, mark: Mark, instead: tuple[str, ...]) -> None:
        tokens = tuple(TOKEN.findall(fold(entry)))
        if not tokens:
            return
        for ending in _ENDINGS if len(tokens) == 1 else ("",):
            form = (*tokens[:-1], tokens[-1] + ending)
            self._by_first.setdefault(form[0], []).append((form, mark, instead))

    def find(self, tokens: list[str], at: int) -> tuple[int, Mark, tuple[str, ...]] | None:
        """Return the longest phrase at a token: its length, what it says, the words it stands for.

        None when none stands there.
        """
        for form, mark, instead in self._by_first.get(tokens[at], ()):
            end = at + len(form)
            goes_on = len(form) > 1 and mark in SAYS_STATE and end < len(tokens)
            if tuple(tokens[at:end]) == form and not (goes_on and tokens[end] in _GOES_ON):
                return len(form), mark, instead
        return None
