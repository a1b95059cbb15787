"""Names that share the parts of a row's words, about which a person is asked (pure).

Short names, other words for a sort of document, and compounds that are divided otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, starmap
from typing import Final

from syncer.matching.fit import Fit, Tier
from syncer.matching.further import makes_compound
from syncer.matching.kin.shared_parts import SharedParts
from syncer.matching.names.numbers import list_further_numbers
from syncer.matching.names.parts import Part, compare_parts
from syncer.matching.names.records import Word
from syncer.matching.names.tokens import GENITIVES
from syncer.model.reason import Reason

LEAST: Final = 0.45
"""The share of a row's parts, by weight, that a file's name must have."""
_SCORE: Final = 0.9
_DEEDS: Final = ("ing", "ion")


class Kinship(SharedParts):
    """Judges a file by the parts that it shares with a row.

    `judge` goes first; then `lacks_sort` is whether the file lacks only the sort of document.
    """

    lacks_sort: bool = False

    def judge(self) -> Fit | None:
        """Return the fit, in doubt; None where the file is another document.

        Only one of the two names may say more than the other: "Handleplan ved overgreb" for
        "Handleplan ved mistanke om overgreb". Where each says something of its own, as in
        "Lejekontrakt foyer" and "Lejekontrakt for salen", they are two documents. One word alone
        proves nothing: two compounds with a common part are two things.
        """
        more = self._list_more() if self._pairs else None
        if more is None:
            return None
        sorts = [part for part in self._lacking if self._is_sort(part)]
        self.lacks_sort = bool(sorts) and sorts == self._lacking and not self._cuts()
        if not self._says_several(more) or self._is_compound(more):
            return None
        if not self.lacks_sort and self._is_another(more):
            return None
        if (self._lacking or self._lent) and self._is_of_another():
            return None
        score = max(LEAST, self._share)
        numbers = (Word(number, number) for number in list_further_numbers(self._row, self._file))
        said = tuple(dict.fromkeys((*(part.word for part in more), *numbers)))
        # "Oversigt" and "fortegnelse" may be two documents.
        others = (*self._lacking, *(other for part, other in self._meant()))
        reasons, differing = self._explain(said), tuple(part.alone for part in others)
        return Fit(Tier.UNKNOWN, _SCORE * score, reasons, (*said, *differing))

    def _is_another(self, more: Sequence[Part]) -> bool:
        """Return whether a file says too little of the row, or each something of its own.

        What a name lacks is no letter ("Model B"), product, first part ("Hovedaftale") or one of
        two things. It may be all that follows a preposition: "Forretningsorden", "Allonge 2".
        """
        lacking = self._lacking
        if (lacking and more) or (self._lent and self._cuts()):
            return True
        heads = (part for part in lacking if not (part.whole or part.word.phrase))
        firsts = {part.word: part for part in reversed(self._wanted)}
        several = bool(lacking) and any(word.joined for word in self._row.words)
        named = any(len(part.text) == 1 or part.word.product for part in lacking)
        if several or named or any(firsts[part.word] is part for part in heads):
            return True
        counts = self._row.numbered or not lacking
        if not counts and all(map(self._says_nothing, self._file.words)):
            return True
        short = bool(lacking) and not self._left and all(part.word.phrase for part in lacking)
        return self._share < LEAST and not short

    @property
    def _share(self) -> float:
        """How much of the row's parts, by weight, the file's name has."""
        return self._said / sum(part.weight for part in self._wanted)

    def _says_nothing(self, word: Word) -> bool:
        """Return whether a word is a kind of document of which there are many: "Notat"."""
        return self._book.is_kind_alone(word) and word.stem not in self._book.statutes

    def _is_of_another(self) -> bool:
        """Return whether a folder may name whose a file is that says less than the row."""
        known = {*self._nearby, *(word.stem for word in self._row.words)}
        known.update(part.stem for part in self._wanted)
        words = (word for folder in self._context.folders for word in folder.words)
        return any(self._book.names_owner(word, known) for word in words)

    def _is_last_of_another(self) -> bool:
        """Return whether a row's later word is the last part of a compound: "Aftaleevaluering"."""
        rows = {word.stem for word in self._row.words}
        for word in (one for one in self._hit if one.stem not in rows):
            end = [part for part in self._own if part.word == word][-1]
            owners = [part.word.phrase for part, other in self._pairs if other.word == word]
            last = [part.word.phrase for part, other in self._pairs if other == end]
            if last and min(last) > min(owners):
                return True
        return False

    def _meant(self) -> list[tuple[Part, Part]]:
        return [(part, other) for part, other in self._pairs if part.root != other.root]

    def _cuts(self) -> bool:
        """Return whether a part is paired with a part of a longer word."""
        left = (part for part in self._left if not self._is_filled_in(part))
        return any(part.word in self._hit for part in left)

    def _explain(self, said: Sequence[Word]) -> tuple[Reason, ...]:
        reasons = [
            Reason("may-mean", {"row": part.text, "file": other.text})
            for part, other in self._meant()
        ]
        if self._lacking:
            lacking = tuple(part.text for part in self._lacking)
            reasons.append(Reason("words-missing", {"words": lacking}))
        if said:
            reasons.append(Reason("says-more", {"words": tuple(word.text for word in said)}))
        return tuple(reasons) or (Reason("joined-or-apart"),)

    def _says_several(self, more: Sequence[Part]) -> bool:
        """Return whether the names agree in more than a part of one word.

        In a whole word, a number or a folder, or in both ends of "kompetence(udviklings)plan".
        """
        wanted, own = self._wanted, self._own
        if len(self._row.words) > 1 or len(self._hit) > 1 or self._lent or self._row.numbers:
            return True
        if any(one.word.stem == other.word.stem for one, other in self._pairs):
            return True
        if self._left and all(map(self._is_filled_in, more)):
            return True
        near = [o.word.text in self._book.list_near(part.word) for part, o in self._pairs]
        if self.lacks_sort or any(near):
            return True
        derived = [(one, other) for one, other in self._pairs if one.stem != other.stem]
        if derived and all(starmap(_are_deeds, derived)):
            return True
        ends = ((wanted[0], own[0]), (wanted[-1], own[-1]))
        return len(wanted) != len(own) and all(one.stem == other.stem for one, other in ends)

    def _is_compound(self, more: Sequence[Part]) -> bool:
        """Return whether a row's word is only a part of a longer one, or the last of another.

        "Projektgruppeleder", "Leverandør partneraftale"; "Budgetkontrol" is no budget.
        """
        book = self._book
        rows = {word.stem for word in self._row.words}
        counted = {number.before for number in self._file.numbers}
        left = {part.word for part in self._left}
        if self._is_last_of_another():
            return True
        for word in (one for one in self._hit if one.stem not in rows):
            parts = [part for part in self._own if part.word == word]
            owners = {part.word for part, other in self._pairs if other.word == word}
            longer = any(
                word.stem != owner.stem
                # "Velkomsthåndbog nye medlemmer" tells the sort of a "Håndbog til nye medlemmer".
                and not (len(self._row.words) > 1 and book.is_kind_alone(owner))
                and (word.stem.startswith(owner.stem) or word.stem.endswith(owner.stem))
                for owner in owners
            )
            others = [part for part in parts if part in more]
            if longer and not all(map(self._is_filled_in, others)):
                return True
        # With all of several words a further one makes no other compound.
        return len(rows) == 1 and any(
            after.stem in rows and makes_compound(book, word, after)
            for word, after in pairwise(self._file.words)
            if word not in self._hit and word in left and word.stem not in counted
        )

    def is_titled(self) -> bool:
        """Return whether a name that is about something is a list of it, or ends in another word.

        "Liste over kontaktpersoner", "Rydning af sne vagtplan".
        """
        first, last = self._file.words[0], self._file.words[-1]
        genitive = any(word.text.endswith(GENITIVES) for word in self._file.words)
        ends = last.preposition == "" and not genitive
        return ends or self._book.is_list(first) or self._book.is_blank(first)

    def _list_more(self) -> list[Part] | None:
        """Return the file's parts that say more; None where one makes another document."""
        more = [
            part
            for part in self._left
            if not any(compare_parts(self._book, part, other) for other in self._above)
        ]
        return None if any(map(self._is_other_kind, more)) else more

    def _is_other_kind(self, part: Part) -> bool:
        """Return whether a word's last part makes another document.

        A near or an English word for the row's own kind does not, nor "skema" for what people fill
        in.
        """
        book = self._book
        if not part.last or part.word.joined:
            return False
        kind = any(
            book.is_document_kind(word) or book.is_aspect(word) or book.is_occasion(word)
            for word in (part.alone, part.word)
        )
        near = tuple(book.list_near(part.alone))
        known = any(own.text.endswith(near) for own in self._wanted)
        return kind and not (known or self._is_filled_in(part))

    def _is_filled_in(self, part: Part) -> bool:
        """Return whether a part is the form, letter or report for what the row is."""
        book = self._book
        if any(book.is_document_kind(own.alone) for own in self._lacking):
            return False
        return any(book.is_paper_of(part.alone, own.alone) for own, _ in self._pairs)


def _are_deeds(one: Part, other: Part) -> bool:
    """Return whether parts are of one verb and no persons: "arkivplan", "arkiveringsplan"."""
    texts = (one.text, other.text)
    deeds = any(text.endswith(_DEEDS) for text in texts)
    return deeds and not (one.last or any(text.endswith("er") for text in texts))
