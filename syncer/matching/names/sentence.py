"""The meaning of one name's tokens, read from left to right (pure)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from syncer.matching.names.language import LANGUAGE_WORDS
from syncer.matching.names.phrases import STATE_MARKS, Mark
from syncer.matching.names.records import NEGATIONS, Number, Word, is_year
from syncer.matching.names.tokens import (
    ACCOMPANYING,
    BY,
    CONJUNCTIONS,
    INCLUDING,
    PREPOSITIONS,
    Tokens,
)
from syncer.matching.names.versions import ROMAN
from syncer.matching.names.vocabulary import list_words
from syncer.matching.names.wordbook import Wordbook

_ENUMERATORS: Final = frozenset(
    list_words(
        "bilag, fase, del, afsnit, punkt, nr, trin, niveau, kapitel, gruppe, lot, delaftale, type,"
        "model, pulje, hold, spor, iso, appendix, annex, kvartal, uge, kl, paragraf, artikel, tema,"
        "modul, pakke, bygning, lejlighed, klasse, etape, runde, kreds, distrikt, opgave, rapport"
    )
)
_COUNTED: Final = tuple(word for word in _ENUMERATORS if len(word) > 3)
"""Words that also count as the last part of a compound: "arbejdspakke 2"."""
_BEFORE: Final = ("foer", "before")
_OLD: Final = ("gammel", "gamle", "gammelt", "gl", "arkivet")
_SAVED: Final = "backup"
"""What is outdated only by itself: "Backup/", "Plan (backup)", not "backup-politik"."""
_TOWARDS: Final = ("til", "om", "over", "for")
_STREETS: Final = ("vej", "gade", "torv", "plads", "straede", "alle", "strand", "havn", "bro")
_SIGNATURES: Final = ("underskrift", "signatur")
_ATTACHED: Final = ("bilag", "appendi", "annex", "tillaeg")
_ONLY_ROMAN: Final = frozenset(("ii", "iii", "iv", "vii", "viii", "ix", "xii"))
"""The numerals that are neither a word nor a letter."""


def is_counted(word: str) -> bool:
    """Return whether numbers count a word: "bilag 2", "3. delrapport"."""
    return word in _ENUMERATORS or word.endswith(_COUNTED)


class Sentence:
    """The meaning of the tokens of one name, in its attributes."""

    def __init__(
        self,
        book: Wordbook,
        tokens: Tokens,
        literal: Collection[str],
    ) -> None:
        """Read all tokens; a name of nothing but marks keeps them as words.

        Args:
            book: the meaning of single words.
            tokens: of the folded name.
            literal: state words to read as ordinary words.
        """
        self._book = book
        self._tokens, self._apart, self._begins, self._dotted, self._initials = tokens
        self._literal = literal
        self._at = 0
        self._kept = 0
        self._before = ""
        self._after = ""
        self._phrase = 0
        self._joined = False
        self._preposition = ""
        self.words: list[Word] = []
        self.numbers: list[Number] = []
        self.marks: set[Mark] = set()
        self.language: str | None = None
        self.template = False
        self.party: set[str] = set()
        self.organisation: str | None = None
        self.head = ""
        self.trailing: Number | None = None
        self.last_number = ""
        self._counted = ""
        while self._at < len(self._tokens):
            self._read_next()
        if not self.words:
            self._keep_marks()

    def _read_next(self) -> None:
        token = self._tokens[self._at]
        self._after = self._tokens[self._at + 1] if self._at + 1 < len(self._tokens) else ""
        if token in ACCOMPANYING and self._is_company(token):
            ends = (at for at in sorted(self._apart) if at > self._at + 1)
            self._at = next(ends, len(self._tokens))
            return
        phrase = self._book.phrases.find(self._tokens, self._at)
        if phrase is None or (phrase[1] in STATE_MARKS and self._is_subject(phrase[1])):
            self._read_token(token)
            self._before = token
            self._at += 1
            return
        length, mark, replacement = phrase
        self.marks.add(mark)
        if mark is Mark.ORGANISATION:
            self.organisation = self._preposition
        for word in replacement:
            self._add_word(word)
        self._at += length
        by, *who = (*self._tokens[self._at : self._at + 2], "", "")[:2]
        if mark in STATE_MARKS and by in BY and LANGUAGE_WORDS.keys().isdisjoint(who):
            # "Godkendt af bestyrelsen", "vedtaget på mødet" name who did it.
            self._at += 1
            while self._at < len(self._tokens) and self._at not in self._apart:
                if not self._tokens[self._at].isalpha():
                    break
                self._at += 1

    def _is_subject(self, mark: Mark) -> bool:
        """Return whether the next state word is a subject and states nothing of the document.

        "Gammel Kongevej" is a street, "for Gamle Randers" a name, "for arkivet" a place, "prokura
        og underskrift" are about both, "bemærkninger til forslag" about a draft.
        """
        token = self._tokens[self._at]
        named = self._after.endswith(_STREETS) or self._before in PREPOSITIONS
        noun = token.startswith(_SIGNATURES) and (self._joined or self._at - 1 in self._begins)
        drafted = mark is Mark.DRAFT and self._before in _TOWARDS
        old = token in _OLD and named
        if token == _SAVED:
            follows = self._at > 0 and self._at not in self._apart
            leads = self._after not in PREPOSITIONS | {""} and self._at + 1 not in self._apart
            old = follows or leads
        return token in self._literal or old or drafted or (mark is Mark.SIGNED and noun)

    def _is_company(self, token: str) -> bool:
        """Return whether "inkl. bilag 1-7", "med bilag" or "uden bilag" begins.

        A document with its attachments and one without are the same document.
        """
        attached = token in INCLUDING or self._after.startswith(_ATTACHED)
        return bool(self.words) and attached

    def _keep_marks(self) -> None:
        """Use the template words as the name's words; without one, every token but numbers."""
        if self.template:
            kept = [token for token in self._tokens if self._book.read_word(token)[1]]
        else:
            kept = [token for token in self._tokens if not token.isdecimal()]
        self.template = False
        self.words = [Word(token, self._book.stem(token)) for token in kept]

    def _read_token(self, token: str) -> None:
        self.trailing, self.last_number = None, ""
        roman = self._read_roman(token)
        if roman is not None:
            self.numbers.append(replace(self._count(roman), written=token))
        elif token in _BEFORE and is_year(self._after):
            self.marks.add(Mark.OUTDATED)
        elif self._begins_compound(token):
            self._add_party(token)
            self._add_word(self._remove_draft(token))
        elif token in CONJUNCTIONS:
            self._joined = True
        elif token in PREPOSITIONS:
            self._phrase += bool(self.words)
            self._counted = ""
            self._preposition = token
        elif token.isdecimal():
            self._add_number(token)
        elif token in LANGUAGE_WORDS:
            self.language = LANGUAGE_WORDS[token]
        elif not self._book.is_filler(token) or self._leads(token):
            self._add_party(token)
            self._add_word(self._remove_draft(token))

    def _begins_compound(self, token: str) -> bool:
        """Return whether a token is an abbreviation or has a hyphen; "MED" is no preposition."""
        begins = self._at in self._begins and (self._after or token in PREPOSITIONS)
        return bool(begins) and not self._book.is_organisation(token)

    def _remove_draft(self, token: str) -> str:
        """Return a compound without its state: "partneraftaleudkast" is a draft of one."""
        rest = self._book.without_draft(token) if token not in self._literal else None
        if rest is None:
            return token
        self.marks.add(Mark.DRAFT)
        return rest

    def _read_roman(self, token: str) -> str | None:
        """Return the number of "Delrapport II"; None for a word.

        One letter and "vi" only after what is counted; "i", which is also a preposition, only
        where no other word follows.
        """
        ends = not self._after or self._at + 1 in self._apart or self._after in CONJUNCTIONS
        word = token in PREPOSITIONS
        plain = token in _ONLY_ROMAN or (word and not self._after)
        if (plain and self.words) or (is_counted(self._before) and (ends or not word)):
            return ROMAN.get(token)
        return None

    def _leads(self, token: str) -> bool:
        """Return whether a kind of document precedes a preposition: "blanket til refusion"."""
        word = Word(token, self._book.stem(token))
        return self._after in PREPOSITIONS and self._book.is_document_kind(word)

    def _add_number(self, token: str) -> None:
        number = self._count(token.lstrip("0") or "0")
        self.numbers.append(number)
        ends = not self._after or self._book.phrases.find(self._tokens, self._at + 1)
        last = self.words and ends and not is_counted(self._before)
        if last and len(number.value) <= 2 and number.value.isascii():
            self.last_number = number.value
            self.trailing = None if self._after else number

    def _count(self, value: str) -> Number:
        """Return a number with the words that it may count, those of a list with the first's."""
        after = "" if self._at + 1 in self._apart else self._after
        is_word = after.isalpha() and after not in PREPOSITIONS | CONJUNCTIONS
        return Number(value, self._counted, self._book.stem(after) if is_word else "")

    def _add_party(self, word: str) -> None:
        """Add for whom it was filled in: "Aalborg Kommune", "Firma ApS", "Mette Hansen"."""
        knows, after = self._book.knows, self._after
        before = self.words[-1] if self.words else None
        if word in ("kommune", "kommunes", "aps") and before and self._before == before.text:
            if not knows(before.text):
                self.party.add(before.text)
        elif self._book.is_party(word):
            self.party.add(word)
        elif word == "region" and after.isalpha() and not (knows(after) or self._is_mark(after)):
            self.party |= {after} - PREPOSITIONS - CONJUNCTIONS

    def _is_mark(self, token: str) -> bool:
        return self._book.phrases.find((token,), 0) is not None

    def _add_word(self, token: str) -> None:
        self._counted = self._book.stem(token)
        if not self._phrase:
            self.head = token
        text, template = self._book.read_word(token)
        self.template |= template
        if not text:
            return
        stem = self._book.stem(text)
        # A word without meaning may be between a dash and the word: "– OS2 strategi".
        apart = any(at in self._apart for at in range(self._kept, self._at + 1))
        self._kept = self._at + 1
        product = self._book.is_product(token)
        begins = product or self._at in self._begins
        self.words.append(
            Word(
                text,
                stem,
                self._phrase,
                self._joined,
                apart,
                self._preposition,
                begins,
                product,
                self._at in self._dotted,
                self._at in self._initials,
            )
        )
        self._joined = False
        self._preposition = token if token in NEGATIONS else ""
