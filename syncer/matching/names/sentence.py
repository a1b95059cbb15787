"""What the tokens of one name say, read from left to right (pure)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from syncer.matching.names.language import LANGUAGE_WORDS
from syncer.matching.names.phrases import SAYS_STATE, Mark
from syncer.matching.names.records import NEGATIONS, State, Word
from syncer.matching.names.tokens import CONJUNCTIONS, PREPOSITIONS
from syncer.matching.names.vocabulary import list_words
from syncer.matching.names.wordbook import Wordbook

_ENUMERATORS: Final = frozenset(
    list_words(
        "bilag, fase, del, afsnit, punkt, nr, trin, niveau, kapitel, gruppe, lot, delaftale, type,"
        "model, pulje, hold, spor, iso, appendix, annex, kvartal, uge, kl, paragraf, artikel, tema,"
        "modul"
    )
)
_ROMAN: Final = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8",
    "ix": "9", "x": "10",
}  # fmt: skip


class Sentence:
    """Collects what the tokens of one name say; lives for one call."""

    def __init__(
        self, book: Wordbook, suspended: set[str], apart: set[int], spoken: Collection[str]
    ) -> None:
        """Begin a name.

        Args:
            book: the meaning of single words.
            suspended: tokens behind which a hyphen waits ("kontrakt-").
            apart: places of the tokens behind a dash, comma or bracket.
            spoken: words of state that are words like others here.
        """
        self._book = book
        self._apart = apart
        self._spoken = spoken
        self._at = 0
        self._suspended = suspended
        self._phrase = 0
        self._joined = False
        self._before: str | None = None
        self._led = ""
        self.words: list[Word] = []
        self.numbers: list[str] = []
        self.state = State.FINAL
        self.says_final = False
        self.signed = False
        self.language: str | None = None
        self.template = False
        self.party: set[str] = set()
        self.own = ""
        self.organisation = False
        self.head = ""
        self.trailing_number: int | None = None

    def read(self, tokens: list[str]) -> None:
        """Read all tokens from left to right."""
        at = 0
        while at < len(tokens):
            self._at = at
            phrase = self._book.phrases.find(tokens, at)
            if phrase is None or (phrase[1] in SAYS_STATE and tokens[at] in self._spoken):
                self._read_token(tokens, at)
                at += 1
                continue
            length, mark, instead = phrase
            if mark is Mark.SYNONYM:
                for token in instead:
                    self._add_word(token)
            else:
                self._note(mark)
            at += length

    def _note(self, mark: Mark) -> None:
        match mark:
            case Mark.OUTDATED:
                self.state = State.OUTDATED
            case Mark.DRAFT:
                self.state = min(self.state, State.DRAFT)
            case Mark.FINAL:
                self.says_final = True
            case Mark.SIGNED:
                self.signed = True
            case Mark.ORGANISATION:
                self.own = self._led
                self.organisation = True
            case _:
                pass

    def _read_token(self, tokens: list[str], at: int) -> None:
        token = tokens[at]
        self.trailing_number = None
        roman = self._read_roman(tokens, at)
        if roman is not None:
            self._add_number(roman, last=False)
        elif token in CONJUNCTIONS:
            self._joined = True
        elif token in PREPOSITIONS:
            self._phrase += bool(self.words)
            self._led = token
            if token in ("mellem", "between"):
                self.party.add(token)
        elif token.isdecimal():
            self._add_number(token, last=at == len(tokens) - 1)
        elif token in LANGUAGE_WORDS:
            self.language = LANGUAGE_WORDS[token]
        elif not self._book.is_filler(token) or self._leads(tokens, at):
            self._note_party(tokens, at)
            self._add_word(self._take_draft(token))
        self._before = token

    def _take_draft(self, token: str) -> str:
        """Take the state out of a compound: a "partneraftaleudkast" is a draft of one."""
        rest = self._book.without_draft(token) if token not in self._spoken else None
        if rest is None:
            return token
        self._note(Mark.DRAFT)
        return rest

    def _read_roman(self, tokens: list[str], at: int) -> str | None:
        """Return the number of "del II"; an "I" only at the end, for it is a word too."""
        if self._before not in _ENUMERATORS or tokens[at] not in _ROMAN:
            return None
        return _ROMAN[tokens[at]] if tokens[at] != "i" or at == len(tokens) - 1 else None

    def _leads(self, tokens: list[str], at: int) -> bool:
        """Tell whether a kind of document leads what follows: "blanket til refusion"."""
        stem = self._book.lexicon.stem(tokens[at])
        follows = at + 1 < len(tokens) and tokens[at + 1] in PREPOSITIONS
        return follows and self._book.is_document_kind(Word(tokens[at], stem))

    def _add_number(self, token: str, *, last: bool) -> None:
        number = token.lstrip("0") or "0"
        self.numbers.append(number)
        enumerated = self._before in _ENUMERATORS
        if last and self.words and not enumerated and len(number) <= 2 and number.isascii():
            self.trailing_number = int(number)

    def _note_party(self, tokens: list[str], at: int) -> None:
        """Note "Aalborg Kommune", "Firma ApS", "Mette Hansen": whom it was filled in for."""
        knows = self._book.lexicon.knows
        before = self.words[-1] if self.words else None
        word = tokens[at]
        follows = tokens[at + 1] if at + 1 < len(tokens) else ""
        if word in ("kommune", "kommunes", "aps") and before and self._before == before.text:
            if not knows(before.text):
                self.party.add(before.text)
        elif not self._book.parties.isdisjoint((word, word.removesuffix("s"))):
            self.party.add(word)
        elif word == "region" and follows.isalpha() and not knows(follows):
            self.party |= {follows} - PREPOSITIONS - CONJUNCTIONS

    def _add_word(self, token: str) -> None:
        suspended = token in self._suspended
        if not self._phrase:
            self.head = token
        text, template = self._book.read_word(token)
        self.template |= template
        if not text:
            return
        if suspended:
            text = self._book.lexicon.part(text)
        stem = self._book.lexicon.stem(text)
        apart = self._at in self._apart
        self.words.append(Word(text, stem, self._phrase, self._joined, apart, self._led))
        self._joined = False
        self._led = token if token in NEGATIONS else ""

    def keep_all(self, tokens: list[str]) -> None:
        """Take marks and fillers as words: the name has nothing else."""
        stem = self._book.lexicon.stem
        self.words = [Word(token, stem(token)) for token in tokens if not token.isdecimal()]

    def keep_template(self, tokens: list[str]) -> None:
        """Take the template words as words: the name has nothing else."""
        stem = self._book.lexicon.stem
        self.template = False
        self.words = [
            Word(token, stem(token)) for token in tokens if self._book.read_word(token)[1]
        ]
