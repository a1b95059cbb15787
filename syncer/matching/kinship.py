"""Names that share the parts of a row's words, about which a person is asked (pure)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from syncer.matching.candidates import Option, build_option, counts_as_document, find_fit
from syncer.matching.files.entries import Item
from syncer.matching.files.index import Index
from syncer.matching.fit import Fit, Tier
from syncer.matching.folders import Context, names_other
from syncer.matching.further import is_nearby, makes_compound
from syncer.matching.names.danish import PREFIXES
from syncer.matching.names.parts import Part, compare_parts, find_initials, list_parts, list_texts
from syncer.matching.names.records import NEGATIONS, Name, State, Word
from syncer.matching.names.wordbook import Wordbook
from syncer.matching.row_requests import Group
from syncer.model.reason import Reason

_ABOUT: Final = "speaks-about-it"
_OPEN: Final = frozenset(("words-missing", "other-kind", "other-compound", _ABOUT))
"""Why a name does not fit that may have the row's words in other parts."""
_LEAST: Final = 0.6
_LENT: Final = 0.8
_SCORE: Final = 0.9
_ALIKE: Final = 0.01
_NAMED: Final = frozenset(("med", "mellem", "fra"))
_ENGLISH: Final = {
    "agreement": "aftale",
    "contract": "kontrakt",
    "policy": "politik",
    "handbook": "haandbog",
}
"""Kinds of document in an English title after the Danish one."""
_YEARLY: Final = frozenset(("aar", "aars"))


def find_kin(index: Index, group: Group) -> tuple[Option, ...]:
    """Return the files in a group's places that have most parts of the row's words, the best.

    "Politik for eksterne konsulenter" for "Konsulentpolitik", "Udlejning af hytten, kontrakt" for
    "Lejekontrakt for hytten".
    """
    # "(FV22)" may say nothing more.
    wordings = (words for request in group.requests for words in request.aliases[:1])
    for words in dict.fromkeys((group.name.words, *wordings)):
        if options := _find_kin_of(index, group, replace(group.name, words=words)):
            return options
    return ()


def _find_kin_of(index: Index, group: Group, row: Name) -> tuple[Option, ...]:
    wanted = list_parts(index.book, row.words)
    least = _LEAST / 2 * sum(part.weight for part in wanted)
    short = (Part(run[0], text, text, text, weight=least) for text, run in _runs_of(row))
    found: dict[Item, Option] = {}
    for item in index.search_kin((*wanted, *short), least, group.places):
        if index.is_folder(item) or not counts_as_document(index, group, item):
            continue
        codes = {reason.code for reason in find_fit(index, group, item).reasons}
        if codes.isdisjoint(_OPEN):
            continue
        name, context = index.name_of(item, group.literal), index.context_of(item)
        kinship = Kinship(index.book, row, name, context, group.nearby)
        fit = kinship.judge() if _ABOUT not in codes or kinship.is_titled() else None
        option = build_option(index, group, item, fit) if fit is not None else None
        if option is not None and option.state is State.FINAL:
            found[item] = option
    best = max((option.fit.score for option in found.values()), default=0.0)
    return tuple(option for option in found.values() if option.fit.score > best - _ALIKE)


def _runs_of(row: Name) -> Iterable[tuple[str, tuple[Word, ...]]]:
    return find_initials(row.words).items()


class Kinship:
    """The parts of a row's words paired with those of a file's, and with its folders'."""

    def __init__(
        self, book: Wordbook, row: Name, file: Name, context: Context, nearby: Collection[str]
    ) -> None:
        """Pair each part of the row with the one that is most like it."""
        self._book, self._row, self._file = book, row, file
        self._context, self._nearby = context, nearby
        words = [word for folder in context.folders for word in folder.words]
        asked = {word.stem for word in row.words}
        texts = list_texts((*row.words, *words), list_parts(book, row.words))
        self._own = list_parts(book, file.words, texts, asked)
        self._above = list_parts(book, words, texts, asked)
        undivided = [word for word in file.words if word.stem in asked]
        self._choices = (*self._own, *list_parts(book, undivided, texts))
        texts = list_texts(file.words, (*self._own, *self._above))
        found = {word.stem for word in (*file.words, *words)}
        self._wanted = [
            part
            for part in list_parts(book, row.words, texts, found)
            if not (part.text in _YEARLY and file.years)
        ]
        self._pairs: list[tuple[Part, Part]] = []
        self._lent: list[Part] = []
        self._lacking: list[Part] = []
        self._said = 0.0
        initials = {
            word: part
            for text, run in _runs_of(row)
            for part in self._own
            for word in run
            if part.text == text and part.word.begins
        }
        for part in self._wanted:
            self._pair(part, initials.get(part.word))
        used = [other for _, other in self._pairs]
        self._hit = {other.word for other in used}
        self._left = [part for part in self._own if part not in used]

    def _pair(self, part: Part, initials: Part | None) -> None:
        if initials is not None:
            self._pairs.append((part, initials))
            self._said += part.weight
            return
        alike = [compare_parts(self._book, part, other) for other in self._choices]
        most = max(alike, default=0.0)
        if most:
            self._pairs.append((part, self._choices[alike.index(most)]))
        elif any(compare_parts(self._book, part, other) for other in self._above):
            self._lent.append(part)
            most = _LENT
        else:
            self._lacking.append(part)
        self._said += part.weight * most

    def judge(self) -> Fit | None:
        """Return the fit, in doubt; None where the file is another document.

        One word alone proves nothing: two compounds with a common part are two things. A file that
        lacks a part of the row's may say nothing else, and one that says more must have them all.
        """
        template = self._file.template is not self._row.template
        if not self._pairs or template or not self._says_several() or self._is_compound():
            return None
        more = self._list_more()
        if more is None or (self._lent and self._is_lent_falsely(more)):
            return None
        if (self._lacking or self._lent) and names_other(
            self._book, self._row, self._context, self._nearby
        ):
            return None
        if self._lacking and (more or not self._may_lack()):
            return None
        score = self._said / sum(part.weight for part in self._wanted)
        if score < _LEAST:
            return None
        said = tuple(dict.fromkeys(part.word for part in more))
        lacking = tuple(part.text for part in self._lacking)
        reasons = [Reason("words-missing", {"words": lacking})] if lacking else []
        if said:
            reasons.append(Reason("says-more", {"words": tuple(word.text for word in said)}))
        reasons = reasons or [Reason("joined-or-apart")]
        return Fit(Tier.UNKNOWN, _SCORE * score, tuple(reasons), said)

    def _says_several(self) -> bool:
        """Return whether the names agree in more than a part of one word.

        In a whole word, a number or a folder, or in both ends of "kompetence(udviklings)plan".
        """
        wanted, own = self._wanted, self._own
        if len(self._row.words) > 1 or len(self._hit) > 1 or self._lent or self._row.numbers:
            return True
        if self._row.marks.dates or any(o.word.stem == p.word.stem for o, p in self._pairs):
            return True
        if self._left and all(map(self._is_filled_in, self._left)):
            return True
        ends = ((wanted[0], own[0]), (wanted[-1], own[-1]))
        return len(wanted) != len(own) and all(one.stem == other.stem for one, other in ends)

    def _is_compound(self) -> bool:
        """Return whether a row's word is only a part of a longer one, or the last of another.

        "Projektgruppeleder", "Leverandør partneraftale"; "Budgetkontrol" is no budget.
        """
        book = self._book
        rows = {word.stem for word in self._row.words}
        counted = {number.before for number in self._file.numbers}
        for word in (one for one in self._hit if one.stem not in rows):
            parts = [part for part in self._own if part.word == word]
            owners = {part.word for part, other in self._pairs if other.word == word}
            last = [part.word.phrase for part, other in self._pairs if other == parts[-1]]
            if last and min(last) > min(owner.phrase for owner in owners):
                return True
            longer = any(
                word.stem != owner.stem
                and (word.stem.startswith(owner.stem) or word.stem.endswith(owner.stem))
                for owner in owners
            )
            others = [part for part in parts if part in self._left]
            if longer and not all(map(self._is_filled_in, others)):
                return True
        return any(
            after.stem in rows and makes_compound(book, word, after)
            for word, after in pairwise(self._file.words)
            if word not in self._hit and word.stem not in counted
        )

    def is_titled(self) -> bool:
        """Return whether a name that is about something is a list of it, or ends in its kind.

        "Liste over kontaktpersoner", "Rydning af sne vagtplan".
        """
        first, last = self._file.words[0], self._file.words[-1]
        ends = last in self._hit and last.preposition == "" and self._book.is_document_kind(last)
        return ends or self._book.is_list(first)

    def _list_more(self) -> list[Part] | None:
        """Return the file's parts that say more; None where one makes another document."""
        book, more = self._book, []
        for part in self._left:
            word = part.alone
            if part.text in NEGATIONS or part.text in PREFIXES:
                return None
            known = is_nearby(book, word, self._nearby) or part.text == self._file.initials
            if known or book.is_form(word) or book.is_filler(part.text):
                continue
            if any(compare_parts(book, part, other) for other in self._above):
                continue
            if self._is_other_kind(part):
                return None
            more.append(part)
        return more

    def _is_other_kind(self, part: Part) -> bool:
        """Return whether a word's last part makes another document.

        None does with a number ("Brev 05") or before the form it has ("opslag A3"), a near or an
        English word for the row's own kind, or "skema" for what people fill in.
        """
        book = self._book
        if not part.last:
            return False
        kind = any(
            book.is_document_kind(word) or book.is_aspect(word) or book.is_occasion(word)
            for word in (part.alone, part.word)
        )
        words = self._file.words
        numbered = any(number.before == part.word.stem for number in self._file.numbers)
        formed = any(one == part.word and book.is_form(after) for one, after in pairwise(words))
        known = any(
            compare_parts(book, own, part) or own.text.endswith(_ENGLISH.get(part.text, " "))
            for own in self._wanted
        )
        filled = self._is_filled_in(part) or self._is_list_of_it(part)
        return kind and not (known or formed or filled or (numbered and part.word is words[0]))

    def _is_filled_in(self, part: Part) -> bool:
        """Return whether a part is the form for what the row is: "ansøgning", "samtykke"."""
        if not self._book.is_blank(part.alone):
            return False
        return any(self._book.is_filled_in(own.text) for own, _ in self._pairs)

    def _is_list_of_it(self, part: Part) -> bool:
        """Return whether a file is the list of what the row names: "Liste over kontaktpersoner"."""
        leads = part.word is self._file.words[0] and part.whole and self._book.is_list(part.alone)
        return leads and not any(map(self._book.is_document_kind, self._row.words))

    def _is_lent_falsely(self, more: Sequence[Part]) -> bool:
        """Return whether a folder lends a kind of document, to a part of a word, or to a body's.

        What is in a body's folder is no single one of its minutes (`minutes`).
        """
        book = self._book
        kinds = any(book.is_document_kind(part.alone) for part in self._lent)
        kinds |= any(map(book.is_minutes, self._row.words))
        bodies = any(part.stem.endswith(book.bodies) for part in more)
        return kinds or bodies or any(part.word in self._hit for part in self._left)

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
        return not any(
            part.word.product
            or part.word.begins
            or part.word.preposition in _NAMED
            or part.text in PREFIXES
            or len(part.text) == 1
            or (book.is_kind_alone(part.alone) and book.without_sort(part.alone) is None)
            or (not part.whole and book.is_agent(part.text))
            or (firsts[part.word] is part and not part.whole and not self._is_short(part.word))
            for part in self._lacking
        )

    def _is_short(self, word: Word) -> bool:
        """Return whether the file calls a word by its last part: "hallen" for "idrætshallen"."""
        return any(
            part.word == word and part.last and other.whole and other.text.endswith(("en", "et"))
            for part, other in self._pairs
            if word.phrase
        )
