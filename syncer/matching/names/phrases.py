"""Phrases of a vocabulary that state something about a name, by their first word (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Final

from syncer.matching.names.danish import fold
from syncer.matching.names.mangled import mend
from syncer.matching.names.tokens import TOKEN
from syncer.matching.names.vocabulary import Vocabulary


class Mark(IntEnum):
    """What a phrase of the vocabulary means."""

    OUTDATED = 0
    DRAFT = 1
    FINAL = 2
    SIGNED = 3
    ORGANISATION = 4
    SYNONYM = 5


STATE_MARKS: Final = (Mark.OUTDATED, Mark.DRAFT, Mark.FINAL, Mark.SIGNED)
_CONTINUATIONS: Final = frozenset(("af", "for", "om", "ved", "hos"))
"""After a phrase they make it a topic, not a state: "til godkendelse af leverancer"."""
_ENDINGS: Final = ("", "e", "t", "s", "er", "en", "et")
_LONGEST_SHORT: Final = 4
_SHORTEST_STATE: Final = 5
"""Letters that a state word needs to be recognised inside a compound."""


class Phrases:
    """The state words, organisations and synonyms of one vocabulary, folded.

    Attributes:
        states: the single state words that are long enough to be recognised in a compound.
        tokens: of all phrases.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Index every list by first word, single words with their common endings."""
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
            and any(len(form) == 1 and mark in STATE_MARKS for form, mark, _ in phrases)
        )
        every = (form for phrases in self._by_first.values() for form, _, _ in phrases)
        self.tokens = frozenset(token for form in every for token in form)

    def _add(self, entry: str, mark: Mark, replacement: tuple[str, ...]) -> None:
        tokens = tuple(TOKEN.findall(fold(mend(entry))))
        if not tokens:
            return
        # "Vejl" is short for a guide, "Vejle" is a town.
        short = mark is Mark.SYNONYM and len(tokens[0]) <= _LONGEST_SHORT
        for ending in _ENDINGS if len(tokens) == 1 and not short else ("",):
            form = (*tokens[:-1], tokens[-1] + ending)
            self._by_first.setdefault(form[0], []).append((form, mark, replacement))

    def find(self, tokens: Sequence[str], at: int) -> tuple[int, Mark, tuple[str, ...]] | None:
        """Return (length, mark, replacement) of the longest phrase at a token, or None."""
        for form, mark, replacement in self._by_first.get(tokens[at], ()):
            end = at + len(form)
            is_state = len(form) > 1 and mark in STATE_MARKS and end < len(tokens)
            if tuple(tokens[at:end]) == form and not (is_state and tokens[end] in _CONTINUATIONS):
                return len(form), mark, replacement
        return None
