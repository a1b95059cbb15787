"""Names that share the parts of a row's words, about which a person is asked (pure).

Short names, other words for a sort of document, and compounds that are divided otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, starmap
from typing import Final

from syncer.matching.fit import Fit, Tier
from syncer.matching.folders import names_other
from syncer.matching.further import makes_compound, may_omit
from syncer.matching.names.numbers import list_further_numbers
from syncer.matching.names.parts import Part, compare_parts
from syncer.matching.names.records import Word
from syncer.matching.names.tokens import GENITIVES
from syncer.matching.shared_parts import SharedParts
from syncer.model.reason import Reason

LEAST: Final = 0.6
"""The share of a row's parts, by weight, that a file's name must have."""
_LEAST_OF_ONE: Final = 0.45
"""That of a single compound, which may lack its middle part."""
_LEAST_OF_BOTH: Final = 0.5
"""That where only one of the two names says more than the other."""
_SCORE: Final = 0.9
_LONG: Final = 8
"""Letters of a word that is hardly one of those of which there are many documents."""
_DEEDS: Final = ("ing", "ion")
_ATTACHED: Final = "bilag"


class Kinship(SharedParts):
    """Judges a file by the parts that it shares with a row.

    `judge` goes first; then `lacks_sort` is whether the file lacks only the sort of document.
    """

    lacks_sort: bool = False

    def judge(self) -> Fit | None:
        """Return the fit, in doubt; None where the file is another document.

        One word alone proves nothing: two compounds with a common part are two things. A file that
        lacks a part of the row's may say nothing else, and one that says more must have them all.
        """
        row = self._row
        more = self._list_more() if self._pairs else None
        if more is None:
            return None
        sorts = [part for part in self._lacking if self._is_sort(part)]
        self.lacks_sort = bool(sorts) and sorts == self._lacking and self._is_subject()
        asked = self._list_asked(more, sorts)
        if not asked and self._differs_on_one_side(more):
            asked = self._wanted
        if not asked:
            return None
        score = self._said / sum(part.weight for part in asked)
        numbers = (Word(number, number) for number in list_further_numbers(row, self._file))
        said = tuple(dict.fromkeys((*(part.word for part in more), *numbers)))
        # "Oversigt" and "fortegnelse" may be two documents.
        others = (*self._lacking, *(other for part, other in self._meant()))
        reasons, differing = self._explain(said), tuple(part.alone for part in others)
        return Fit(Tier.UNKNOWN, _SCORE * score, reasons, (*said, *differing))

    def _differs_on_one_side(self, more: Sequence[Part]) -> bool:
        """Return whether only the row says more than the file, or only the file more than the row.

        "Handleplan ved mistanke om overgreb" and "Handleplan ved overgreb": names of several words
        that share more than their kinds. Where each says something of its own, as in "Lejekontrakt
        for salen" and "Lejekontrakt foyer", they are two documents.
        """
        names = (self._row, self._file)
        if any(len(name.words) == 1 for name in names) or (self._lacking and more):
            return False
        subjects = [part for part, _ in self._pairs if not self._says_kind(part)]
        if not (subjects or self._row.numbers) and (self._lacking or more):
            return False
        if any(self._decides(part) for part in self._lacking if not self._says_kind(part)):
            return False
        if self._names_other_owner() or self._is_last_of_another():
            return False
        longer = self._hit & {part.word for part in self._left}
        if any(self._book.knows(word.text) for word in longer):  # "Næstformand" is no "formand".
            return False
        return self._said >= _LEAST_OF_BOTH * sum(part.weight for part in self._wanted)

    def _says_kind(self, part: Part) -> bool:
        """Return whether a part says what sort of document it is, or what is done with it."""
        book, word = self._book, part.alone
        kind = book.is_document_kind(word) or book.is_kind_alone(word) or book.is_handling(word)
        return kind or book.without_sort(word) == ""

    def _decides(self, part: Part) -> bool:
        """Return whether a name that lacks a part is another document's, or one of two's."""
        several = any(word.joined for word in self._row.words)
        letter = len(part.text) == 1
        return several or letter or part.word.product or part.word.preposition == "af"

    def _names_other_owner(self) -> bool:
        """Return whether a folder is somebody's, where the name lacks a part of the row's."""
        incomplete = bool(self._lacking or self._lent)
        return incomplete and names_other(self._book, self._row, self._context, self._nearby)

    def _list_asked(self, more: Sequence[Part], sorts: Sequence[Part]) -> list[Part]:
        """Return what a name must have of the row's parts; [] where it is another document's."""
        if not self._says_several(more) or self._is_compound(more):
            return []
        if self._lent and self._is_lent_falsely():
            return []
        if self.lacks_sort or self._is_bare() or self._is_short(more):
            return [p for p in self._wanted if p in sorts or p not in self._lacking]
        if self._lacking and (more or not self._may_lack()):
            return []
        alone = min(len(self._row.words), len(self._file.words)) == 1
        least = (_LEAST_OF_ONE if alone else LEAST) * sum(part.weight for part in self._wanted)
        return self._wanted if self._said >= least else []

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

    def _is_bare(self) -> bool:
        """Return whether a file says only what an organisation has one of.

        "Forretningsorden" for "Forretningsorden for skolerådet", directly in a folder of theirs.
        """
        book = self._book
        said = {part.word for part, _ in self._pairs}
        heads = {word for word in self._row.words if not word.phrase}
        single = all(word.stem in book.statutes for word in heads)
        folders = (word for folder in self._context.folders for word in folder.words)
        other = any(book.names_owner(word, self._nearby) for word in folders)
        return single and not self._left and said == heads and not other

    def _is_short(self, more: Sequence[Part]) -> bool:
        """Return whether a file's name says a part of the row's and no more.

        It says more than many documents have, or the row's number: "Allonge 2".
        """
        book, row, file = self._book, self._row, self._file
        # "Bilag 3 - Anlæg" has a title of its own.
        if more and file.marks.attachment not in row.values:
            return False
        lacking = (part.word for part in self._lacking if part.word.preposition != "ved")
        # "For projektet" is what the handbook's readers know.
        other = any(not word.text.endswith(("en", "et")) for word in lacking)
        says_nothing = book.is_document_kind if other else book.is_kind_alone
        paired = {part.word for part, _ in self._pairs}
        return all(
            part.word not in paired and may_omit(book, row, part.word) for part in self._lacking
        ) and (row.numbered or not all(map(says_nothing, paired)))

    def _is_subject(self) -> bool:
        """Return whether a file is what a list, plan or form is of: "Medlemmer", "Samtykke til …".

        Its name says more, or the subject in another form; "Kontakt" is no "kontaktliste".
        """
        row = self._row
        book, cut = self._book, {part.word for part in self._lacking}
        asked = {(book.without_sort(w) or "") if w in cut else w.text for w in row.words} - {""}
        other = not asked.issubset(word.text for word in self._file.words)
        # "Ferielukning" says enough, "ferie" does not.
        compound = any(len(text) >= _LONG and book.lemma(text) is None for text in asked)
        several = len({part.word for part in self._wanted if part not in self._lacking}) > 1
        return not self._cuts() and (bool(self._left) or other or compound or several)

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
                # "Klubbens love" are "Love for Engklubben".
                and (book.knows(word.text) or not owner.text.endswith(GENITIVES))
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

        None does beside its form ("opslag A3"), a near or an English word for the row's own kind,
        or "skema" for what people fill in.
        """
        book = self._book
        if not part.last or part.word.joined:
            return False
        kind = any(
            book.is_document_kind(word) or book.is_aspect(word) or book.is_occasion(word)
            for word in (part.alone, part.word)
        )
        if part.stem == _ATTACHED and self._is_attached():
            return False
        formed = any(map(book.is_form, self._file.words[1:]))
        near = tuple(book.list_near(part.alone))
        known = any(
            compare_parts(book, own, part) or own.text.endswith(near) for own in self._wanted
        )
        filled = self._is_filled_in(part) or self._is_list_of_it(part)
        return kind and not (known or formed or filled)

    def _is_attached(self) -> bool:
        """Return whether a file is an attachment with the row's title: "Plan bilag - kontakter"."""
        return any(other.word.apart for _, other in self._pairs)

    def _is_filled_in(self, part: Part) -> bool:
        """Return whether a part is the form, letter or report for what the row is."""
        book = self._book
        if any(book.is_document_kind(own.alone) for own in self._lacking):
            return False
        return any(book.is_paper_of(part.alone, own.alone) for own, _ in self._pairs)

    def _is_list_of_it(self, part: Part) -> bool:
        """Return whether a file is the list of what the row names: "Liste over kontaktpersoner"."""
        lists = part.word is self._file.words[0] and self._book.is_list(part.alone)
        return lists and not any(map(self._book.is_document_kind, self._row.words))

    def _is_lent_falsely(self) -> bool:
        """Return whether a folder is another's, lends a part of a word, or a kind but a form."""
        lent = (part.alone for part in self._lent if not self._book.is_blank(part.alone))
        kinds = any(map(self._book.is_document_kind, lent))
        other = names_other(self._book, self._row, self._context, self._nearby)
        return kinds or other or self._cuts()

    def _may_lack(self) -> bool:
        """Return whether a short name may lack what a file lacks of its row.

        Never a whole phrase but the last of several, the first part of a compound, whose it is, or
        one of two things.
        """
        book, row = self._book, self._row
        if any(word.joined for word in row.words):
            return False
        said = {part.word.phrase for part in (*(one for one, _ in self._pairs), *self._lent)}
        if not said.issuperset({word.phrase for word in row.words if word.phrase <= 1}):
            return False
        firsts = {part.word: part for part in reversed(self._wanted)}
        # "Hallen" may be the "idrætshal" that the row is about.
        called = {part.word for part, other in self._pairs if part.word.phrase and other.whole}
        return not any(
            len(part.text) == 1
            or part.word.begins
            or (book.is_kind_alone(part.alone) and book.without_sort(part.alone) is None)
            or (not part.whole and book.is_agent(part.text))
            or (firsts[part.word] is part and not part.whole and part.word not in called)
            for part in self._lacking
        )


def _are_deeds(one: Part, other: Part) -> bool:
    """Return whether parts are of one verb and no persons: "arkivplan", "arkiveringsplan"."""
    texts = (one.text, other.text)
    deeds = any(text.endswith(_DEEDS) for text in texts)
    return deeds and not (one.last or any(text.endswith("er") for text in texts))
