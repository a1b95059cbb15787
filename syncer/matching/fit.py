"""How well a file's name fits a row's (pure)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from syncer.matching.folders import Context, borrow, complete_by_folders
from syncer.matching.further import find_other_meaning, is_nearby, list_more
from syncer.matching.names.formats import Format
from syncer.matching.names.numbers import (
    find_other_number,
    is_written_short,
    list_further_numbers,
)
from syncer.matching.names.records import Name, State, Word
from syncer.matching.names.tokens import EITHER, TOPICS
from syncer.matching.names.wordbook import Wordbook
from syncer.matching.pairing import Pairing, have_one_head, is_turned, owns
from syncer.model.reason import Reason

_COST_UNASKED: Final = 0.01
_COST_FOLDER: Final = 0.12
_COST_MORE: Final = 0.15
_COST_EACH_MORE: Final = 0.05
_SIGNED_COPY: Final = Reason("signed-copy")
_LOWEST: Final = 0.4
# Before somebody, or not: "Aftale med Højby", "Aftale med kommuner", "Aftale med bilag".
_PARTY: Final = ("med", "mellem")
_SIGNED_PAPERS: Final = ("referat", "regnskab", "protokol", "aarsrapport")


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

    def has(self, code: str) -> bool:
        """Return whether a reason of the fit has this code."""
        return any(reason.code == code for reason in self.reasons)

    @property
    def sure(self) -> bool:
        """Whether the name says the same as the row's."""
        return self.tier is not None and self.tier > Tier.UNKNOWN


EXACT: Final = Fit(Tier.SAME, 1.0, (Reason("same-words"),))
"""The fit of a file with exactly the row's name, whatever its words mean."""


def _refuse(reason: Reason) -> Fit:
    return Fit(None, 0.0, (reason,))


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
    dated = complete_by_folders(row, file, context)
    if (refused := find_other_mark(book, row, dated, context)) is not None:
        return _refuse(refused)
    found = (*list_attachment_words(words, file), *file.words)
    pairing = Pairing(book, words, found, is_in_other_rows)
    if pairing.opposites:
        return _refuse(Reason("says-the-opposite", {"words": tuple(pairing.opposites)}))
    judged = any(book.is_aspect(word) for word, _ in pairing.pairs)
    either, turned = owns(pairing.pairs, EITHER), is_turned(pairing.pairs)
    reverse = turned and not have_one_head(book, pairing.pairs)
    # "Bestyrelsens beretning" is none "om bestyrelsen".
    if reverse or owns(pairing.pairs, TOPICS) or (judged and either):
        return _refuse(Reason("turned-round"))
    missing = borrow(book, pairing, row, file, context, nearby) if pairing.wanted else ()
    only_number = not file.words and bool(row.numbers or row.marks.dates)
    if missing or not (pairing.paired_phrases or only_number):
        return _refuse(Reason("words-missing", {"words": missing}))
    pairing.doubted |= _is_of_other_time(row, dated) or either or turned
    return _judge_more(book, row, file, pairing, nearby)


def _is_of_other_time(row: Name, file: Name) -> bool:
    """Return whether a file's date may be another one: of any year, a part of it, or a version."""
    if row.marks.dates:
        short = any(is_written_short(file, date) for date in row.marks.dates)
        return short or (any(year for year, _, _ in row.marks.dates) and not file.years)
    return bool(row.plain_years) and any(year and day <= 0 for year, _, day in file.marks.dates)


def list_attachment_words(words: Sequence[Word], file: Name) -> list[Word]:
    """Return the words of "Bilag A - …", which are marks unless the row asks for a "bilag"."""
    letter = file.marks.attachment
    if letter is None or all(word.stem != "bilag" for word in words):
        return []
    return [Word(text, text) for text in ("bilag", letter) if text.isalpha()]


def _judge_more(
    book: Wordbook, row: Name, file: Name, pairing: Pairing, nearby: Collection[str]
) -> Fit:
    """Judge a file that has all the row's words by its further words."""
    more = list_more(book, row, file, pairing.found)
    refused = find_other_meaning(book, row, file, more, pairing.found, nearby)
    if refused is not None:
        return _refuse(refused)
    tier = Tier.NEAR if pairing.typing else Tier.SAME
    if pairing.doubted or (row.plural and file.template and not row.template):
        tier = Tier.UNKNOWN
    # Numbers and dates that only the file has: the row that asks for them is closer.
    unasked = {*file.values, *file.marks.dates} - {*row.values, *row.marks.dates}
    score = 1.0 - pairing.cost - _COST_UNASKED * len(unasked)
    reasons = [
        Reason("same-but-typing", {"row": one, "file": other}) for one, other in pairing.typing
    ]
    reasons += (Reason("may-mean", {"row": one, "file": other}) for one, other in pairing.meant)
    if pairing.joined:
        reasons.append(Reason("joined-or-apart"))
    if pairing.lent:
        tier = min(tier, Tier.FOLDER)
        score -= _COST_FOLDER
        reasons.append(Reason("folder-says-the-rest", {"words": tuple(pairing.lent)}))
    further: tuple[Word, ...] = (
        *more,
        *(Word(number, number) for number in list_further_numbers(row, file)),
        *_count_further(file, more),
    )
    if file.signed and not (row.signed or means_signed(row)):
        if not _may_name_party(book, row, nearby):
            return Fit(None, 0.0, (_SIGNED_COPY,), further)
        tier = Tier.UNKNOWN
    if further:
        all_nearby = all(is_nearby(book, word, nearby) for word in further)
        tier = min(tier, Tier.NAMED) if all_nearby else Tier.UNKNOWN
        score -= _COST_MORE + _COST_EACH_MORE * (len(further) - 1)
        said = tuple(word.text for word in further)
        if all_nearby:
            reasons.append(Reason("description-agrees", {"words": said}))
        else:
            reasons.append(Reason("says-more", {"words": said}))
    return Fit(tier, max(score, _LOWEST), tuple(reasons) or (Reason("same-words"),), further)


def _count_further(file: Name, more: Sequence[Word]) -> tuple[Word, ...]:
    """Return the number at a file's end that counts a further word: "stue 4" is no version."""
    last = file.trailing
    counts = last is not None and not last.counts.isdisjoint(word.stem for word in more)
    return (Word(last.value, last.value),) if last is not None and counts else ()


def means_signed(row: Name) -> bool:
    """Return whether a row's document is the signed one: with a party, or minutes and accounts."""
    papers = any(word.text.endswith(_SIGNED_PAPERS) for word in row.words)
    return bool(row.party) or (papers and not row.template)


def _may_name_party(book: Wordbook, row: Name, nearby: Collection[str]) -> bool:
    """Return whether a row may be about an agreement with somebody, or be a template for many."""
    named = any(
        word.preposition in _PARTY
        or (word.preposition == "for" and book.is_name(word.text) and not word.product)
        for word in row.words
    )
    return not row.template and (named or any(word in nearby for word in _PARTY))


def find_other_mark(book: Wordbook, row: Name, file: Name, context: Context) -> Reason | None:
    """Return why a file's marks make it another document; None when they do not."""
    if file.format is not Format.DOCUMENT and not book.asks_picture(row):
        picture = file.format is Format.PICTURE
        extension = {"extension": file.extension}
        return Reason("picture", extension) if picture else Reason("not-a-document", extension)
    language = file.language or context.language
    if language != row.language and not book.is_english(row):
        return Reason("other-language", {"language": language or "da"})
    if row.template and not (file.template or context.template):
        return Reason("not-a-template")
    named = (file, *context.folders)
    states = row.state is State.FINAL or any(name.state is row.state for name in named)
    if not states or row.signed > any(name.signed for name in named):
        return Reason("other-state")
    return find_other_number(row, file)
