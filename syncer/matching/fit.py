"""How well one name fits another: the row's words against a file's (pure)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import Final

from syncer.matching.names.danish import differs_by_doubling, differs_by_typing
from syncer.matching.names.formats import Format
from syncer.matching.names.numbers import find_other_number, list_further_numbers
from syncer.matching.names.records import NEGATIONS, Name, State, Word
from syncer.matching.names.wordbook import Wordbook
from syncer.model.reason import Reason

_COST_TYPING: Final = 0.06
_COST_JOINED: Final = 0.01
_COST_TURNED: Final = 0.03
_COST_ORDER: Final = 0.005
_COST_UNASKED: Final = 0.01
_COST_FOLDER: Final = 0.12
_COST_MORE: Final = 0.15
_COST_EACH_MORE: Final = 0.05
_LOWEST: Final = 0.4
_OPPOSITES: Final = frozenset(
    (
        ("til", "fra"), ("fra", "til"), ("to", "from"), ("from", "to"),
        ("over", "under"), ("under", "over"),
    )
)  # fmt: skip
"""Prepositions that turn the meaning: "overdragelse til drift", "overdragelse fra drift"."""


class Tier(IntEnum):
    """How a name fits, the best highest."""

    MORE = 1
    """The file's name says more than the row: another document, unless none fits better."""
    FOLDER = 2
    """What the file's name lacks stands in the names of its folders."""
    NEAR = 3
    """The same words but for a typing error."""
    SAME = 4
    """The same words."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A file's name against a row's.

    Attributes:
        tier: how it fits; None when it does not.
        score: between 0 and 1; 0 when it does not fit.
        reasons: why it fits, or the one reason why it does not.
        more: the file's words, then its numbers, that the row does not have, in order.
    """

    tier: Tier | None
    score: float
    reasons: tuple[Reason, ...]
    more: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a file: words of its folders, and whether one is a folder of templates."""

    words: frozenset[str] = frozenset()
    template: bool = False
    language: str | None = None


def _refuse(reason: Reason) -> Fit:
    return Fit(None, 0.0, (reason,))


class _Pairing:
    """Pairs the row's words with the file's; what is left over on either side decides."""

    def __init__(self, book: Wordbook, wanted: Sequence[Word], found: Sequence[Word]) -> None:
        self._book = book
        self._lexicon = book.lexicon
        self.wanted = list(wanted)
        self.found = list(found)
        self.cost = 0.0
        self.typing: list[tuple[str, str]] = []
        self.turned: list[str] = []
        self.joined = False
        self.paired: set[int] = set()
        self._places = {id(word): place for place, word in enumerate(found)}

    def _take(self, wanted: Sequence[Word], found: Sequence[Word]) -> None:
        if _say_opposites(wanted[0].led, found[0].led):
            self.turned.append(found[0].led or wanted[0].led)
        for word in wanted:
            self.wanted.remove(word)
        for word in found:
            self.paired.add(word.phrase)
            self.found.remove(word)

    def pair_equal(self) -> None:
        """Pair words with the same stem, each once."""
        for word in list(self.wanted):
            same = next((other for other in self.found if other.stem == word.stem), None)
            if same is not None:
                self._take((word,), (same,))

    def pair_joined(self) -> None:
        """Pair a compound with its parts written apart, also turned: "aftale om drift"."""
        for compound in list(self.wanted):
            parts = self._parts_of(compound, self.found)
            if parts is not None:
                self._take((compound,), parts)
        for compound in list(self.found):
            parts = self._parts_of(compound, self.wanted)
            if parts is not None:
                self._take(parts, (compound,))

    def _parts_of(self, compound: Word, words: list[Word]) -> tuple[Word, ...] | None:
        for one, other in pairwise(words):
            if self._lexicon.joins(compound.text, one.text, other.text):
                self.joined = True
                self.cost += _COST_JOINED
                return one, other
        for one, two, three in zip(words, words[1:], words[2:], strict=False):
            if self._lexicon.joins(compound.text, one.text + two.text, three.text):
                self.joined = True
                self.cost += 2 * _COST_JOINED
                return one, two, three
        for at, one in enumerate(words):
            for other in words[at + 1 :]:
                turned = other.phrase > one.phrase or other.apart
                if turned and self._lexicon.joins(compound.text, other.text, one.text):
                    self.joined = True
                    self.cost += _COST_TURNED
                    return one, other
        return None

    def pair_typing(self, is_anothers: Callable[[str], bool]) -> None:
        """Pair words that differ by a slip, unless both are words, or another row knows it."""
        for word in list(self.wanted):
            slip = self._find_slip(self._book.spellings_of(word), is_anothers)
            if slip is not None:
                self.typing.append((word.text, slip.text))
                self.cost += _COST_TYPING
                self._take((word,), (slip,))

    def _find_slip(
        self, spellings: Sequence[Word], is_anothers: Callable[[str], bool]
    ) -> Word | None:
        """Return the file's word that is a slip of a word, or of one that means the same."""
        for other in self.found:
            for word in spellings:
                if self._is_slip(word, other, is_anothers):
                    return other
        return None

    def _is_slip(self, word: Word, other: Word, is_anothers: Callable[[str], bool]) -> bool:
        if is_anothers(other.stem):
            return False
        if self._lexicon.differs_by_joining(word.text, other.text):
            return True
        if differs_by_doubling(word.text, other.text):
            return True
        if not (
            differs_by_typing(word.stem, other.stem) or differs_by_typing(word.text, other.text)
        ):
            return False
        known = self._lexicon.knows(word.text) and self._lexicon.knows(other.text)
        return not known and not self._lexicon.differs_in_short_part(word.text, other.text)


def _say_opposites(one: str, other: str) -> bool:
    """Tell whether what stands before one word in two names turns its meaning."""
    return (one, other) in _OPPOSITES or (one in NEGATIONS) is not (other in NEGATIONS)


def compare(
    book: Wordbook,
    row: Name,
    words: Sequence[Word],
    file: Name,
    *,
    context: Context,
    is_anothers: Callable[[str], bool] = lambda _stem: False,
) -> Fit:
    """Compare a row's name with a file's.

    Args:
        book: the meaning of single words.
        row: the row's name as a whole.
        words: the words that the file must have: the row's, or one of its alternatives.
        file: the file's or folder's name.
        context: what stands around the file.
        is_anothers: whether another row knows a stem: then it is no typing error.

    Returns:
        The fit; `tier` None with the reason when the file is another document. Source of all
        rules: our choice, measured by `tests/matching`.
    """
    refused = _refuse_by_marks(book, row, file, context)
    if refused is not None:
        return refused
    found = list(file.words)
    if file.marks.attachment is not None and any(word.stem == "bilag" for word in words):
        letter = file.marks.attachment
        found[:0] = [Word("bilag", "bilag"), *([Word(letter, letter)] if letter.isalpha() else [])]
    pairing = _Pairing(book, words, found)
    pairing.pair_equal()
    if pairing.wanted and pairing.found:
        pairing.pair_joined()
    if pairing.wanted and pairing.found:
        pairing.pair_typing(is_anothers)
    if pairing.turned:
        return _refuse(Reason("says-the-opposite", {"words": tuple(pairing.turned)}))
    missing = tuple(
        word.text
        for word in pairing.wanted
        if word.stem not in context.words
        # "for foreningen", where the file says "for OS2".
        and not (file.organisation and word.stem in book.organisation)
    )
    only_number = bool(row.numbers) and not file.words
    if missing or not (pairing.paired or only_number):
        return _refuse(Reason("words-missing", {"words": missing}))
    if pairing.wanted and pairing.found:
        return _refuse(Reason("words-missing", {"words": tuple(w.text for w in pairing.wanted)}))
    if [word.stem for word in words] != [word.stem for word in file.words]:
        pairing.cost += _COST_ORDER
    return _judge_more(book, row, file, pairing)


def _judge_more(book: Wordbook, row: Name, file: Name, pairing: _Pairing) -> Fit:
    """Judge a file that has all the row's words by the words that it has besides."""
    more = tuple(word for word in pairing.found if word.text != file.initials)
    refused = _refuse_by_more(book, row, file, more, pairing.paired)
    if refused is not None:
        return _refuse(refused)
    tier = Tier.SAME
    score = 1.0 - pairing.cost - _COST_UNASKED * _count_unasked(row, file)
    reasons = [
        Reason("same-but-typing", {"row": one, "file": other}) for one, other in pairing.typing
    ]
    if pairing.typing:
        tier = Tier.NEAR
    if pairing.joined:
        reasons.append(Reason("joined-or-apart"))
    if pairing.wanted:
        tier = Tier.FOLDER
        score -= _COST_FOLDER
        lent = tuple(word.text for word in pairing.wanted)
        reasons.append(Reason("folder-says-the-rest", {"words": lent}))
    said = (*more, *(Word(number, number) for number in list_further_numbers(row, file)))
    if said:
        tier = Tier.MORE
        score -= _COST_MORE + _COST_EACH_MORE * (len(said) - 1)
        reasons.append(Reason("says-more", {"words": tuple(word.text for word in said)}))
    return Fit(tier, max(score, _LOWEST), tuple(reasons) or (Reason("same-words"),), said)


def _refuse_by_more(
    book: Wordbook, row: Name, file: Name, more: Sequence[Word], paired: Collection[int]
) -> Reason | None:
    """Return why the words a file has besides make it another document; None when they do not."""
    first = min((word.phrase for word in file.words), default=0)
    if more and first not in paired:
        return Reason("speaks-about-it", {"words": tuple(word.text for word in more)})
    for word in () if _takes_any_kind(row, file) else more:
        leads = word.phrase == first or _begins_anew(file, word)
        if leads and not word.joined and _is_other_kind(book, row, word):
            return Reason("other-kind", {"word": word.text})
    for word, behind in pairwise(file.words):
        if word in more and behind not in more and _makes_compound(book, word, behind):
            return Reason("other-compound", {"words": (word.text, behind.text)})
    others = find_other_parties(book, row, file)
    if row.own and not file.own:
        led = (word for word in more if word.led == row.own)
        others |= {word.text for word in led if word.stem not in book.organisation}
    return Reason("filled-in-for", {"words": tuple(sorted(others))}) if others else None


def find_other_parties(book: Wordbook, row: Name, file: Name) -> set[str]:
    """Return whom a file was filled in for that its row does not speak of."""
    asked = {word.stem for word in row.words}
    return {p for p in file.party - row.party if book.lexicon.stem(p) not in asked}


def _begins_anew(file: Name, word: Word) -> bool:
    """Tell whether a word behind a preposition's noun is none of its: "for styregruppen - referat".

    In a list it is: "vejledning til ansøgning, rapport og regnskab".
    """
    listed = any(one == word and behind.joined for one, behind in pairwise(file.words))
    return word.apart and not listed


def _is_other_kind(book: Wordbook, row: Name, word: Word) -> bool:
    """Tell whether a word makes a file another kind of document, or a paper of a meeting."""
    if book.is_document_kind(word) or book.is_aspect(word):
        return True
    return book.is_occasion(word) and not any(map(book.is_occasion_paper, row.words))


def _count_unasked(row: Name, file: Name) -> int:
    """Count what a file says besides its words and its row does not: the row that does is nearer.

    A template, a number, a date, an attachment: none makes it another document.
    """
    numbers = set(file.numbers) - set(row.numbers)
    dates = set(file.marks.dates) - set(row.marks.dates)
    template = file.template and not row.template
    attachment = file.marks.attachment not in (None, row.marks.attachment)
    return len(numbers) + len(dates) + int(template) + int(attachment)


def _takes_any_kind(row: Name, file: Name) -> bool:
    """Tell whether a further kind of document says only which one: templates, attachments."""
    return (row.plural and file.template) or any(word.stem == "bilag" for word in row.words)


def _makes_compound(book: Wordbook, word: Word, behind: Word) -> bool:
    """Tell whether a word before another is the first part of a compound written apart.

    "Leverandør partneraftale" is a leverandørpartneraftale. A genitive ("bestyrelsens"), a name,
    or a word set apart by a dash is none.
    """
    if word.phrase != behind.phrase or behind.apart or behind.joined:
        return False
    return book.lexicon.knows(word.text) and not word.text.endswith(("ens", "ets", "ernes"))


def _refuse_by_marks(book: Wordbook, row: Name, file: Name, context: Context) -> Fit | None:
    """Refuse a file whose marks say that it is something else; None when none does."""
    if file.format is Format.MEDIA:
        return _refuse(Reason("not-a-document", {"extension": file.extension}))
    if file.format is Format.PICTURE and not book.asks_picture(row):
        return _refuse(Reason("picture", {"extension": file.extension}))
    if file.signed and not row.signed:
        return _refuse(Reason("signed-copy"))
    language = file.language or context.language
    if language != row.language:
        return _refuse(Reason("other-language", {"language": language or "da"}))
    if row.template and not file.template and not context.template:
        return _refuse(Reason("not-a-template"))
    if row.state is not State.FINAL and file.state is not row.state:
        return _refuse(Reason("other-state"))
    differs = find_other_number(row, file)
    return None if differs is None else _refuse(differs)
