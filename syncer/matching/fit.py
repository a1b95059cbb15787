"""How well a file's name fits a row's (pure)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise
from typing import Final

from syncer.matching.names.danish import differs_by_doubling, differs_by_typing
from syncer.matching.names.formats import Format
from syncer.matching.names.numbers import find_other_number, list_further_numbers
from syncer.matching.names.records import NEGATIONS, Name, State, Word, is_year
from syncer.matching.names.tokens import PREPOSITIONS
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
_SIGNED_COPY: Final = Reason("signed-copy")
_SHORTEST_MISTYPED: Final = 6
"""Letters of a compound's first part in which a difference may be a typing error at all."""
_SHORTEST_CERTAIN: Final = 11
"""Letters of one in which it can hardly be another word."""
_LOWEST: Final = 0.4
_OPPOSITES: Final = frozenset(
    (
        ("til", "fra"), ("fra", "til"), ("to", "from"), ("from", "to"),
        ("over", "under"), ("under", "over"),
    )
)  # fmt: skip
"""Prepositions that reverse the meaning: "overdragelse til drift", "overdragelse fra drift"."""


_GENITIVES: Final = ("ens", "ets", "ernes")
_TOPICS: Final = frozenset(("om", "af", "vedr", "vedroerende", "about", "of"))
"""Prepositions before what a document is about; "for" and "fra" precede whose it is."""


class Tier(IntEnum):
    """How a name fits, the best highest."""

    UNKNOWN = 1
    """The name has further words, and nothing says whether it is the same document."""
    NAMED = 2
    """The name has further words, and all of them are in the row's description or place."""
    FOLDER = 3
    """The words missing from the file's name are in the names of its folders."""
    NEAR = 4
    """The same words but for a typing error."""
    SAME = 5
    """The same words."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a file's name fits a row's.

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

    @property
    def signed_copy(self) -> bool:
        """Whether the file is refused only because it is a signed copy."""
        return not self.more and self.reasons == (_SIGNED_COPY,)

    @property
    def sure(self) -> bool:
        """Whether the name says the same as the row's."""
        return self.tier is not None and self.tier > Tier.UNKNOWN


EXACT: Final = Fit(Tier.SAME, 1.0, (Reason("same-words"),))
"""The fit of a file with exactly the row's name, whatever its words mean."""


@dataclass(frozen=True, slots=True)
class Context:
    """The names of the folders above a file, nearest first; whether they hold templates."""

    folders: tuple[Name, ...] = ()
    template: bool = False
    language: str | None = None


def _refuse(reason: Reason) -> Fit:
    return Fit(None, 0.0, (reason,))


class _Pairing:
    """Pairs the row's words with the file's; the unpaired words of both sides remain."""

    def __init__(
        self,
        book: Wordbook,
        wanted: Sequence[Word],
        found: Sequence[Word],
        is_in_other_rows: Callable[[str], bool],
    ) -> None:
        self._book = book
        self._is_in_other_rows = is_in_other_rows
        self.wanted = list(wanted)
        self.found = list(found)
        self.cost = 0.0
        self.typing: list[tuple[str, str]] = []
        self.opposites: list[str] = []
        self.joined = False
        self.doubted = False
        self.pairs: list[tuple[Word, Word]] = []
        self.paired_phrases: set[int] = set()
        for pair in (self._pair_equal, self._pair_joined, self._pair_typing):
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
                turned = other.phrase > one.phrase or other.apart
                if turned and joins(text, other.text, one.text):
                    return self._join(_COST_TURNED, one, other)
        return None

    def _join(self, cost: float, *parts: Word) -> tuple[Word, ...]:
        self.joined = True
        self.cost += cost
        return parts

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


def _is_turned(pairs: Sequence[tuple[Word, Word]]) -> bool:
    """Return whether two names have the same words round a preposition, but in turn.

    "Evaluering af strategi" is no "strategi for evaluering", "bestyrelsens beretning" none "om
    bestyrelsen". What follows a dash is no part of the phrase before it.
    """
    rises = any(one.phrase > 0 == other.phrase for one, other in pairs)
    falls = any(one.phrase == 0 < other.phrase for one, other in pairs)
    return (rises and falls) or any(
        owner.text.endswith(_GENITIVES) and topic.preposition in _TOPICS
        for pair in pairs
        for owner, topic in (pair, pair[::-1])
    )


def compare(
    book: Wordbook,
    row: Name,
    words: Sequence[Word],
    file: Name,
    *,
    context: Context,
    nearby: Collection[str] = (),
    is_in_other_rows: Callable[[str], bool] = lambda _stem: False,
) -> Fit:
    """Compare a row's name with a file's.

    Args:
        book: the meaning of single words.
        row: the row's whole name.
        words: the words that the file must have: the row's, or one of its alternatives.
        file: the file's or folder's name.
        context: what the folders above the file state.
        nearby: stems that the row's description, section or place has; in a file's name they make
            no other document.
        is_in_other_rows: whether another row has a stem, which then is no typing error.

    Returns:
        The fit; `tier` None with the reason when the file is another document. Source of all
        rules: our choice, measured by `tests/matching`.
    """
    refused = _find_other_mark(book, row, _date_by_folders(row, file, context), context)
    if refused is not None:
        return _refuse(refused)
    found = (*_attachment_words(words, file), *file.words)
    pairing = _Pairing(book, words, found, is_in_other_rows)
    if pairing.opposites:
        return _refuse(Reason("says-the-opposite", {"words": tuple(pairing.opposites)}))
    if _is_turned(pairing.pairs):
        return _refuse(Reason("turned-round"))
    missing = _find_missing(book, pairing.wanted, row, file, context, nearby)
    only_number = bool(row.numbers) and not file.words
    if pairing.wanted and pairing.found:
        missing = tuple(word.text for word in pairing.wanted)
    if missing or not (pairing.paired_phrases or only_number):
        return _refuse(Reason("words-missing", {"words": missing}))
    if [word.stem for word in words] != [word.stem for word in file.words]:
        pairing.cost += _COST_ORDER
    return _judge_more(book, row, file, pairing, nearby)


def _date_by_folders(row: Name, file: Name, context: Context) -> Name:
    """Return a file's name with the year, date or number of the nearest folder that has one.

    Only where the row asks for one and the file's own name has none.
    """
    if not (row.numbers or row.marks.dates):
        return file
    if (row.years or row.marks.dates) and not file.years and not file.marks.dates:
        for folder in context.folders:
            if folder.years or folder.marks.dates:
                years = (number for number in folder.numbers if is_year(number.value))
                marks = replace(file.marks, dates=folder.marks.dates, ends=folder.marks.ends)
                file = replace(file, numbers=(*file.numbers, *years), marks=marks)
                break
    wanted = set(row.values) - {*row.years, *file.values, file.last_number, file.marks.numbering}
    if wanted and not (set(file.values) - set(file.years)):
        plain = (set(folder.values) - folder.years for folder in context.folders)
        for folder, values in zip(context.folders, plain, strict=True):
            if values:
                numbers = (number for number in folder.numbers if number.value in values)
                return replace(file, numbers=(*file.numbers, *numbers))
    return file


def _find_missing(
    book: Wordbook,
    wanted: Sequence[Word],
    row: Name,
    file: Name,
    context: Context,
    nearby: Collection[str],
) -> tuple[str, ...]:
    """Return the words that neither a file nor its folders have.

    The nearest folder that names an owner decides: what is in "Bestyrelsen/Strategiudvalg" is the
    committee's, not the board's. A folder of a year, a kind, or words of the row names no owner.
    """
    # "for foreningen", where the file says "for OS2".
    own = book.organisation if file.organisation is not None else frozenset()
    left = {word.stem: word.text for word in wanted if word.stem not in own}
    known = {*nearby, *(word.stem for word in (*row.words, *file.words))}
    for folder in context.folders if left else ():
        stems = {word.stem for word in folder.words} | set(folder.values)
        found = left.keys() & stems
        if not found and any(book.names_owner(word, known) for word in folder.words):
            break
        left = {stem: text for stem, text in left.items() if stem not in found}
    return tuple(left.values())


def _attachment_words(words: Sequence[Word], file: Name) -> list[Word]:
    """Return the words of "Bilag A - …", which are marks unless the row asks for a "bilag"."""
    letter = file.marks.attachment
    if letter is None or all(word.stem != "bilag" for word in words):
        return []
    return [Word(text, text) for text in ("bilag", letter) if text.isalpha()]


def _judge_more(
    book: Wordbook, row: Name, file: Name, pairing: _Pairing, nearby: Collection[str]
) -> Fit:
    """Judge a file that has all the row's words by its further words."""
    more = _list_more(book, file, pairing.found)
    refused = _find_other_meaning(book, row, file, more, pairing.found, nearby)
    if refused is not None:
        return _refuse(refused)
    tier = Tier.NEAR if pairing.typing else Tier.SAME
    if pairing.doubted or (row.plural and file.template and not row.template):
        tier = Tier.UNKNOWN
    score = 1.0 - pairing.cost - _COST_UNASKED * _count_unasked(row, file)
    reasons = [
        Reason("same-but-typing", {"row": one, "file": other}) for one, other in pairing.typing
    ]
    if pairing.joined:
        reasons.append(Reason("joined-or-apart"))
    if pairing.wanted:
        tier = min(tier, Tier.FOLDER)
        score -= _COST_FOLDER
        in_folders = tuple(word.text for word in pairing.wanted)
        reasons.append(Reason("folder-says-the-rest", {"words": in_folders}))
    further: tuple[Word, ...] = (
        *more,
        *(Word(number, number) for number in list_further_numbers(row, file)),
    )
    if file.signed and not row.signed:
        return Fit(None, 0.0, (_SIGNED_COPY,), further)
    if further:
        is_nearby = all(_is_nearby(book, word, nearby) for word in further)
        tier = min(tier, Tier.NAMED) if is_nearby else Tier.UNKNOWN
        score -= _COST_MORE + _COST_EACH_MORE * (len(further) - 1)
        said = tuple(word.text for word in further)
        if is_nearby:
            reasons.append(Reason("description-agrees", {"words": said}))
        else:
            reasons.append(Reason("says-more", {"words": said}))
    return Fit(tier, max(score, _LOWEST), tuple(reasons) or (Reason("same-words"),), further)


def _is_nearby(book: Wordbook, word: Word, nearby: Collection[str]) -> bool:
    """Return whether the handbook has a word beside the row, or the first part of a compound."""
    if word.stem in nearby or word.text in NEGATIONS:
        return True
    parts = book.split(word.text)
    return parts is not None and book.stem(book.strip_joint(parts[0])) in nearby


def _list_more(book: Wordbook, file: Name, found: Sequence[Word]) -> tuple[Word, ...]:
    """Return a file's words that the row does not have and that say something.

    Initials, a word said twice ("Databehandleraftale (DBA)") and forms at the end ("A4") do not.
    """
    paired = {word.stem for word in file.words if word not in found}
    ends = [at for at, word in enumerate(file.words, start=1) if word not in found]
    last = file.words[max(ends, default=0) :]
    return tuple(
        word
        for word in found
        if word.text != file.initials
        and word.stem not in paired
        and not (word in last and book.is_form(word))
    )


def _find_other_meaning(
    book: Wordbook,
    row: Name,
    file: Name,
    more: Sequence[Word],
    found: Sequence[Word],
    nearby: Collection[str],
) -> Reason | None:
    """Return why a file's further words make it another document; None when they do not."""
    if _speaks_about(row, file, more):
        return Reason("speaks-about-it", {"words": tuple(word.text for word in more)})
    first = min((word.phrase for word in file.words), default=0)
    for word in () if _allows_any_kind(row, file) else more:
        leads = word.phrase == first or _begins_anew(file, word)
        if leads and not word.joined and _is_other_kind(book, row, word):
            return Reason("other-kind", {"word": word.text})
    unnamed = [word for word in more if word.stem not in nearby]
    for word, after in pairwise(file.words):
        if word in unnamed and after not in found and _makes_compound(book, word, after):
            return Reason("other-compound", {"words": (word.text, after.text)})
    # "Samarbejdsaftaler" may mean the concluded ones.
    concluded = row.plural and not row.template
    others = set() if concluded else find_other_parties(book, row, file)
    if row.organisation and not file.organisation:
        led = (word for word in more if word.preposition == row.organisation)
        others |= {word.text for word in led if word.stem not in book.organisation}
    if row.organisation is not None:
        others |= {word.text for word in unnamed if word.product}
    return Reason("filled-in-for", {"words": tuple(sorted(others))}) if others else None


def _speaks_about(row: Name, file: Name, more: Sequence[Word]) -> bool:
    """Return whether the row's words are only what a file is about.

    They follow a preposition in their part of the name ("deltagere i partneraftalen"), or the
    name begins with "om". A title before a dash is a part of its own.
    """
    begin = 0
    for word in file.words:
        begin = word.phrase if word.apart or word is file.words[0] else begin
        if word not in more:
            about = word is file.words[0] and word.preposition in _TOPICS
            leads = row.words[:1] and row.words[0].preposition == word.preposition
            return (bool(more) and word.phrase > begin) or (about and not leads)
    return False


def find_other_parties(book: Wordbook, row: Name, file: Name) -> set[str]:
    """Return for whom a file was filled in that its row does not name."""
    asked = {word.stem for word in row.words}
    return {p for p in file.party - row.party if book.stem(p) not in asked}


def _begins_anew(file: Name, word: Word) -> bool:
    """Return whether a word is independent of the phrase before it: "for styregruppen - referat".

    In a list it is not: "vejledning til ansøgning, rapport og regnskab".
    """
    listed = any(one == word and after.joined for one, after in pairwise(file.words))
    return word.apart and not listed


def _is_other_kind(book: Wordbook, row: Name, word: Word) -> bool:
    """Return whether a word makes a file another kind of document, or a paper for a meeting."""
    if book.is_document_kind(word) or book.is_aspect(word):
        return True
    return book.is_occasion(word) and not any(map(book.is_occasion_paper, row.words))


def _count_unasked(row: Name, file: Name) -> int:
    """Count the file's marks that its row does not ask for, so that the row that does is closer.

    A template, a number, a date, an attachment: none makes it another document.
    """
    numbers = set(file.values) - set(row.values)
    dates = set(file.marks.dates) - set(row.marks.dates)
    template = file.template and not row.template
    attachment = file.marks.attachment not in (None, row.marks.attachment)
    return len(numbers) + len(dates) + int(template) + int(attachment)


def _allows_any_kind(row: Name, file: Name) -> bool:
    """Return whether another kind of document only distinguishes it: templates, attachments."""
    return (row.plural and file.template) or any(word.stem == "bilag" for word in row.words)


def _makes_compound(book: Wordbook, word: Word, after: Word) -> bool:
    """Return whether a word is the first part of a compound written as two words.

    "Leverandør partneraftale" is a leverandørpartneraftale, "OS2mo strategi" not OS2's. A genitive
    ("bestyrelsens"), a name, or a word separated by a dash is none.
    """
    if word.phrase != after.phrase or after.apart or after.joined:
        return False
    return (word.begins or book.knows(word.text)) and not word.text.endswith(_GENITIVES)


def _find_other_mark(book: Wordbook, row: Name, file: Name, context: Context) -> Reason | None:
    """Return why a file's marks make it another document; None when they do not."""
    if file.format is not Format.DOCUMENT and not book.asks_picture(row):
        picture = file.format is Format.PICTURE
        extension = {"extension": file.extension}
        return Reason("picture", extension) if picture else Reason("not-a-document", extension)
    language = file.language or context.language
    if language != row.language:
        return Reason("other-language", {"language": language or "da"})
    if row.template and not file.template and not context.template:
        return Reason("not-a-template")
    if row.state is not State.FINAL and file.state is not row.state:
        return Reason("other-state")
    return find_other_number(row, file)
