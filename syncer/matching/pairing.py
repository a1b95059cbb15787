"""The words of a row's name paired with those of a file's (pure)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import pairwise
from typing import Final

from syncer.matching.names.danish import LONGEST_SHORT
from syncer.matching.names.records import NEGATIONS, Word
from syncer.matching.names.tokens import GENITIVES, PREPOSITIONS
from syncer.matching.names.typing_errors import differs_by_doubling, differs_by_typing
from syncer.matching.names.wordbook import Wordbook

_COST_TYPING: Final = 0.06
_COST_JOINED: Final = 0.01
_COST_TURNED: Final = 0.03
_SHORTEST_MISTYPED: Final = 6
"""Letters of a compound's first part in which a difference may be a typing error at all."""
_SHORTEST_CERTAIN: Final = 11
"""Letters of one in which it can hardly be another word."""
_OPPOSITES: Final = frozenset(
    (
        ("til", "fra"), ("fra", "til"), ("to", "from"), ("from", "to"),
        ("over", "under"), ("under", "over"),
    )
)  # fmt: skip
"""Prepositions that reverse the meaning: "overdragelse til drift", "overdragelse fra drift"."""


class Pairing:
    """Pairs the row's words with the file's; the unpaired words of both sides remain."""

    def __init__(
        self,
        book: Wordbook,
        wanted: Sequence[Word],
        found: Sequence[Word],
        is_in_other_rows: Callable[[str], bool],
    ) -> None:
        """Pair equal words, compounds with their parts, misspelt words, abbreviations."""
        self._book = book
        self._is_in_other_rows = is_in_other_rows
        self.wanted = list(wanted)
        self.found = list(found)
        self.cost = 0.0
        self.typing: list[tuple[str, str]] = []
        self.meant: list[tuple[str, str]] = []
        self.opposites: list[str] = []
        self.joined = False
        self.doubted = False
        self.pairs: list[tuple[Word, Word]] = []
        self.paired_phrases: set[int] = set()
        self.lent: list[str] = []
        for pair in (self._pair_equal, self._pair_joined, self._pair_typing, self._pair_meant):
            if self.wanted and self.found:
                pair()

    def _pair(self, wanted: Sequence[Word], found: Sequence[Word]) -> None:
        if _are_opposites(wanted[0].preposition, found[0].preposition):
            self.opposites.append(found[0].preposition or wanted[0].preposition)
        self.pairs.append((wanted[0], found[0]))
        for word in wanted:
            self.wanted.remove(word)
        for word in found:
            self.paired_phrases.add(word.phrase)
            self.found.remove(word)

    def _pair_equal(self) -> None:
        """Pair words with the same stem, each once."""
        for word in list(self.wanted):
            same = next((other for other in self.found if other.stem == word.stem), None)
            if same is not None:
                self._pair((word,), (same,))

    def _pair_joined(self) -> None:
        """Pair a compound with its parts as separate words, also reversed: "aftale om drift"."""
        for compound in list(self.wanted):
            parts = self._parts_of(compound, self.found)
            if parts is not None:
                self._pair((compound,), parts)
        for compound in list(self.found):
            parts = self._parts_of(compound, self.wanted)
            if parts is not None:
                self._pair(parts, (compound,))

    def _parts_of(self, compound: Word, words: list[Word]) -> tuple[Word, ...] | None:
        joins, text = self._book.joins, compound.text
        for one, other in pairwise(words):
            # "Kontrakt om styring" is a contract, "kontraktstyring" is none.
            if other.preposition not in PREPOSITIONS and joins(text, one.text, other.text):
                return self._join(_COST_JOINED, one, other)
        for one, two, three in zip(words, words[1:], words[2:], strict=False):
            if joins(text, one.text + two.text, three.text):
                return self._join(2 * _COST_JOINED, one, two, three)
        for at, one in enumerate(words):
            for other in words[at + 1 :]:
                if joins(text, other.text, one.text):
                    return self._join(_COST_TURNED, one, other)
        return None

    def _join(self, cost: float, *parts: Word) -> tuple[Word, ...]:
        self.joined = True
        self.cost += cost
        return parts

    def borrow(self, folders: Sequence[Sequence[Word]]) -> list[tuple[list[Word], bool]]:
        """Pair what is left with words of the folders, nearest first.

        A compound's parts may be in two folders, or the last in the file: "Bestyrelsen/Møder/…".
        Returns the words that remain of each folder, and whether it lent any.
        """
        sources = [self.found, *map(list, folders)]
        for source in sources[1:]:
            for compound in list(source):
                parts = self._parts_of(compound, self.wanted)
                if parts is not None:
                    self._take(parts, [(source, compound)])
        for word in list(self.wanted):
            found = self._find_parts(word, sources)
            self._take((word,) if found else (), found)
        rest = zip(sources[1:], folders, strict=True)
        return [(left, len(left) < len(whole)) for left, whole in rest]

    def _take(self, wanted: Iterable[Word], parts: Iterable[tuple[list[Word], Word]]) -> None:
        for word in wanted:
            self.wanted.remove(word)
            self.lent.append(word.text)
        for source, part in parts:
            source.remove(part)
            if source is self.found:
                self.paired_phrases.add(part.phrase)

    def _find_parts(
        self, word: Word, sources: Sequence[list[Word]]
    ) -> list[tuple[list[Word], Word]]:
        """Return a word, or the two parts of a compound, with what has them; [] for nothing."""
        every = [(source, part) for source in sources for part in source]
        for source, part in every:
            if source is self.found:
                continue
            if part.stem == word.stem:
                return [(source, part)]
            # The terms of "udvalg" are in the folder of each: "Kirkeudvalg".
            one_of = word.stem in self._book.bodies and part.text.endswith(word.text)
            if one_of or self._book.may_mean(word, part):
                self.doubted = True
                return [(source, part)]
        for source, last in every:
            for other, first in every if word.stem.endswith(last.stem) else ():
                # "Aftaler/Samarbejde" may be anything about it.
                if other is not self.found and self._book.joins(word.text, first.text, last.text):
                    self.cost += _COST_JOINED
                    return [(other, first), (source, last)]
        return []

    def _pair_typing(self) -> None:
        """Pair words that differ by a typing error, unless another row has the file's word."""
        for word in list(self.wanted):
            spellings = self._book.spellings_of(word)
            slips = (
                other
                for other in self.found
                if not self._is_in_other_rows(other.stem)
                and any(self._is_slip(spelled, other) for spelled in spellings)
            )
            slip = next(slips, None)
            if slip is not None:
                self.typing.append((word.text, slip.text))
                self.cost += _COST_TYPING
                self._pair((word,), (slip,))

    def _pair_meant(self) -> None:
        """Pair words with abbreviations of them or of their first part; a person is asked."""
        joined = [pair for pair in pairwise(self.wanted) if pair[1].joined]
        for words in (*joined, *((word,) for word in self.wanted)):
            short = self._find_short(words, self.found)
            if short is not None and set(words) <= set(self.wanted):
                said, meant = (" ".join(w.text for w in part) for part in (words, short))
                self.meant.append((said, meant))
                self.doubted = True
                self._pair(words, short)

    def _find_short(self, wanted: Sequence[Word], words: Sequence[Word]) -> tuple[Word, ...] | None:
        """Return what is short for a word: for its first part, beside its last part, or for all.

        Of two words that "og" joins the initials of both are one: "TMU".
        """
        book = self._book
        word = Word("".join(one.text for one in wanted), "")
        if len(word.text) > LONGEST_SHORT and not any(
            w.dotted or len(w.text) <= LONGEST_SHORT for w in words
        ):
            return None
        if parts := book.split(word.text):
            first, stem = Word(book.strip_joint(parts[0]), ""), book.stem(parts[1])
            last = next((other for other in words if other.stem == stem), None)
            short = next((other for other in words if book.may_mean(first, other)), None)
            if last is not None and short is not None:
                return short, last
        return next(((other,) for other in words if book.may_mean(word, other)), None)

    def _is_slip(self, word: Word, other: Word) -> bool:
        book, one, two = self._book, word.text, other.text
        if book.differs_by_joining(one, two) or differs_by_doubling(one, two):
            return True
        if not (differs_by_typing(word.stem, other.stem) or differs_by_typing(one, two)):
            return False
        both_known = book.knows(one) and book.knows(two)
        length = book.measure_differing_part(one, two)
        if both_known or length < _SHORTEST_MISTYPED:
            return False
        self.doubted |= length < _SHORTEST_CERTAIN
        return True


def _are_opposites(one: str, other: str) -> bool:
    """Return whether the words before one word in two names reverse its meaning."""
    return (one, other) in _OPPOSITES or (one in NEGATIONS) is not (other in NEGATIONS)


def is_turned(pairs: Sequence[tuple[Word, Word]]) -> bool:
    """Return whether two names have the same words round a preposition, but in turn.

    "Evaluering af strategi" is no "strategi for evaluering". What follows a dash is no part of the
    phrase before it.
    """
    rises = any(_depth(one) > 0 == _depth(other) for one, other in pairs)
    falls = any(_depth(one) == 0 < _depth(other) for one, other in pairs)
    return rises and falls


def have_one_head(book: Wordbook, pairs: Sequence[tuple[Word, Word]]) -> bool:
    """Return whether a kind of document is before the prepositions of both names.

    "Lederens tjekliste ved …" and "Tjekliste for leder - …" are both checklists.
    """
    heads = (one for one, other in pairs if not _depth(one) and not _depth(other))
    return any(map(book.is_document_kind, heads))


def owns(pairs: Sequence[tuple[Word, Word]], prepositions: Collection[str]) -> bool:
    """Return whether a word is an owner in one name and follows a preposition in the other."""
    return any(
        owner.text.endswith(GENITIVES) and topic.preposition in prepositions
        for pair in pairs
        for owner, topic in (pair, pair[::-1])
    )


def _depth(word: Word) -> int:
    return 0 if word.apart else word.phrase
