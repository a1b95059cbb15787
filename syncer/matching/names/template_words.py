"""The words that make a name a template's, also misspelt and within compounds (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from syncer.matching.names.danish import Lexicon, fold
from syncer.matching.names.records import Name
from syncer.matching.names.typing_errors import slips_of

SHORTEST_SLIP: Final = 8
"""Letters that a word needs for its typing errors to be recognised."""
_SHORTEST_END: Final = 6
"""Letters that the stem of a template word needs to be recognised within a compound."""
_SHORTEST_REST: Final = 3


class TemplateWords:
    """A vocabulary's template words. `stems` are those of their forms."""

    def __init__(self, lexicon: Lexicon, words: Iterable[str]) -> None:
        """List the words' stems, and the typing errors of the long ones."""
        self._lexicon = lexicon
        folded = [fold(word) for word in words]
        self.stems = lexicon.stems_of(folded)
        self._ends = tuple(sorted(stem for stem in self.stems if len(stem) >= _SHORTEST_END))
        self._slips = frozenset(
            slip
            for word in folded
            if len(word) >= SHORTEST_SLIP and word.isalpha()
            for form in (word, lexicon.stem(word) + "er")
            for slip in slips_of(form)
            if not lexicon.knows(slip)
        )
        self._slip_lengths = sorted({len(slip) for slip in self._slips})

    def has_slip(self, token: str) -> bool:
        """Return whether a token is, or ends in, a misspelt template word."""
        return token in self._slips or self._find_slip(token) > 0

    def take_from(self, token: str) -> tuple[str, bool]:
        """Return what a token says beside a template word ("" for nothing), and whether it has one.

        What is left of a compound is its stem.
        """
        stem, template = self._lexicon.stem(token), False
        if stem in self.stems or token in self._slips:
            return "", True
        for end in self._ends:
            if stem.endswith(end) and len(stem) >= len(end) + _SHORTEST_REST:
                token, template = stem[: -len(end)], True
                stem = self._lexicon.stem(token)
        at = 0 if template else self._find_slip(token)
        return (token[:at], True) if at else (token, template)

    def is_folder_of_templates(self, folder: Name) -> bool:
        """Return whether a folder's name says that it contains templates."""
        return any(
            word.stem in self.stems or end in word.stem
            for word in folder.words
            for end in self._ends
        )

    def _find_slip(self, token: str) -> int:
        """Return where a misspelt template word begins in a compound; 0 for nowhere."""
        for length in self._slip_lengths:
            if len(token) >= length + _SHORTEST_REST and token[-length:] in self._slips:
                return len(token) - length
        return 0
