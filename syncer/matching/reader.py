"""From a name as written to a name understood (pure)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import replace
from enum import IntEnum
from functools import lru_cache
from typing import Final

from syncer.matching.danish import Lexicon, fold
from syncer.matching.formats import Format, format_of, is_extension
from syncer.matching.language import LANGUAGE_WORDS, code_of, take_language
from syncer.matching.names import NEGATIONS, Name, State, Word
from syncer.matching.versions import read_marks
from syncer.matching.vocabulary import Vocabulary, list_words

MAX_NAME: Final = 300
"""Characters of a name that are read; file systems allow 255 bytes."""
MAX_WORDS: Final = 24

_TOKEN: Final = re.compile(r"[^\W\d_]{3,40}(?=\d{1,9}(?![^\W_]))|[^\W_]+")
"""A run of letters and digits, but "iso27001" and "final2" are two; "os2" is one."""
_APART: Final = re.compile(r"[,;:()\[\]{}–—]| -|- ")
_POSSESSIVE: Final = re.compile(r"['’‘`´ʼ](?:s|er|erne|ernes|ers|en|et|ne)?(?![^\W_])")
_SUSPENDED: Final = re.compile(
    r"([^\W\d_]{3,})-(?=\s*(?:,|/|&|\+|(?:og|eller|samt|and)(?![^\W_])))"
)
_ELECTRONIC: Final = re.compile(r"(?<![^\W_])(?<!bilag )e-(?=[^\W\d_]{3})")
"""The e of "e-mail" and "e-læring", which is as often written without its hyphen."""
_COMPOUNDED: Final = re.compile(r"(?<![^\W_])([^\W\d_]{3,})-(?=[^\W\d_]{3})")
"""The first part of a compound with a hyphen: "Backup-procedure"."""
_HUMPS: Final = re.compile(r"[^\W\d_]+?[a-zæøå](?=[A-ZÆØÅ][a-zæøå])[^\W\d_]+")
"""A word in which a small letter stands before a capital: "PolitikForMobning"."""
_HUMP: Final = re.compile(r"(?<=[a-zæøå])(?=[A-ZÆØÅ][a-zæøå])")
_COUNT: Final = re.compile(r"\s*(\d{1,3}) +(?=[^\W\d_])")
"""A number in front that counts ("10 gode råd"): a small letter follows; else it is numbering."""
_UNDERSCORED: Final = re.compile(
    r"(?<![a-z0-9])(?:version|vers|ver|rev|v)[ ._-]?\d{1,3}(?:_\d{1,3}){1,3}(?!\d|[-.]\d)"
)
_EXTENSION: Final = re.compile(r"\.([a-z][a-z0-9]{0,8})$")
_PREPOSITIONS: Final = frozenset(
    list_words(
        "for, til, om, af, ved, i, paa, med, vedr, vedroerende, over, under, fra, mod, hos, mellem,"
        "between, of, to, on, in, from, about"
    )
)
_CONJUNCTIONS: Final = frozenset(("og", "samt", "eller", "and"))
_ENUMERATORS: Final = frozenset(
    list_words(
        "bilag, fase, del, afsnit, punkt, nr, trin, niveau, kapitel, gruppe, lot, delaftale, type,"
        "model, pulje, hold, spor, iso, appendix, annex, kvartal, uge, kl, paragraf, artikel, tema,"
        "modul"
    )
)
_ORG_PREFIX_WORD: Final = 5
_ORG_PREFIX_NAME: Final = 4


class _Mark(IntEnum):
    """What a phrase of the vocabulary says."""

    OUTDATED = 0
    DRAFT = 1
    FINAL = 2
    SIGNED = 3
    ORGANISATION = 4
    SYNONYM = 5


_SAYS_STATE: Final = (_Mark.OUTDATED, _Mark.DRAFT, _Mark.FINAL, _Mark.SIGNED)
_SHORTEST_SPOKEN: Final = 5

_Phrases = dict[str, list[tuple[tuple[str, ...], _Mark, tuple[str, ...]]]]


class Reader:
    """Reads names by one vocabulary; a pure function with a memory, for one run."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Fold the vocabulary's lists into tables."""
        self.lexicon = Lexicon(vocabulary)
        self.vocabulary = vocabulary
        stem = self.lexicon.stem
        self._phrases: _Phrases = {}
        lists = (
            (vocabulary.archive_words, _Mark.OUTDATED),
            (vocabulary.draft_words, _Mark.DRAFT),
            (vocabulary.final_words, _Mark.FINAL),
            (vocabulary.signed_words, _Mark.SIGNED),
            (vocabulary.organisation_words, _Mark.ORGANISATION),
        )
        for words, mark in lists:
            for word in words:
                self._add_phrase(word, mark, ())
        for first, *others in vocabulary.synonyms:
            for other in others:
                self._add_phrase(other, _Mark.SYNONYM, tuple(_TOKEN.findall(fold(first))))
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: (-len(phrase[0]), phrase[0], phrase[1]))
        self._states = tuple(
            token
            for token, phrases in self._phrases.items()
            if len(token) >= _SHORTEST_SPOKEN
            and any(len(form) == 1 and mark in _SAYS_STATE for form, mark, _ in phrases)
        )
        self._organisations = tuple(
            fold(word) for word in vocabulary.organisation_words if " " not in word
        )
        self._template = frozenset(stem(fold(word)) for word in vocabulary.template_words)
        self._template_ends = tuple(sorted(word for word in self._template if len(word) > 5))
        self._fillers = frozenset(fold(word) for word in vocabulary.filler_words)
        self._kinds = frozenset(stem(fold(word)) for word in vocabulary.document_words)
        self.organisation = frozenset(
            stem(token)
            for phrase in vocabulary.organisation_words
            for token in _TOKEN.findall(fold(phrase))
        )
        self.parties = frozenset(stem(fold(word)) for word in vocabulary.party_words)
        self._pictures = tuple(stem(fold(word)) for word in vocabulary.picture_words)
        self._compound_synonyms = tuple(
            (stem(fold(other)), fold(first))
            for first, *others in vocabulary.synonyms
            for other in others
            if " " not in other and " " not in first and len(other) >= 6
        )

    def _add_phrase(self, entry: str, mark: _Mark, instead: tuple[str, ...]) -> None:
        """Enter a phrase, and a single word's common endings too."""
        tokens = tuple(_TOKEN.findall(fold(entry)))
        if not tokens:
            return
        endings = ("", "e", "t", "s", "er", "en", "et") if len(tokens) == 1 else ("",)
        for ending in endings:
            form = (*tokens[:-1], tokens[-1] + ending)
            self._phrases.setdefault(form[0], []).append((form, mark, instead))

    def synonyms_of(self, word: Word) -> tuple[str, ...]:
        """Return the other words that are read as this one, folded; phrases by their words."""
        found: list[str] = []
        for first, *others in self.vocabulary.synonyms:
            if self.lexicon.stem(fold(first)) == word.stem:
                found.extend(token for other in others for token in _TOKEN.findall(fold(other)))
        return tuple(found)

    def tokens_of(self, name: str) -> list[str]:
        """Return the folded tokens of a name as they stand, for an index."""
        return _TOKEN.findall(self._fold(name))

    def _fold(self, name: str) -> str:
        """Fold a name, words that are run together with capitals parted.

        Only where each part is a word ("PolitikForMobning"): a "PowerPoint" stays one.
        """
        name = name[:MAX_NAME]
        humps = not name[1:].islower() and _HUMP.search(name)
        return fold(_HUMPS.sub(self._part_humps, name) if humps else name)

    def _part_humps(self, found: re.Match[str]) -> str:
        parts = _HUMP.split(found[0])
        words = map(fold, parts)
        are_words = all(
            word in _PREPOSITIONS or word in _CONJUNCTIONS or self.lexicon.knows(word)
            for word in words
        )
        return " ".join(parts) if are_words else found[0]

    def spoken_of(self, words: Iterable[str]) -> frozenset[str]:
        """Return the words of state that are a part of the folded words a row speaks of.

        A "Backupprocedure" is about backup: for its row, the "Backup" of "Backup-procedure" does
        not say that the file is out of date.
        """
        states = self._states
        return frozenset(
            state
            for word in words
            if word.startswith(states) or word.endswith(states)
            for state in states
            if word.startswith(state) or word.endswith(state)
        )

    def read_file(self, name: str, spoken: Collection[str] = ()) -> Name:
        """Read a file's name; the words of state in `spoken` are words like others."""
        text = self._fold(name)
        extension = ""
        while (found := _EXTENSION.search(text)) and is_extension(found[1]):
            extension = extension or found[1]
            text = text[: found.start()]
        kind = format_of(extension)
        return self._read(text, extension, kind, spoken, is_file=True)

    def read_name(self, name: str) -> Name:
        """Read a row's or a folder's name; a word of state that begins a compound is a word."""
        text = self._fold(name)
        spoken = _COMPOUNDED.findall(text)
        read = self._read(text, "", Format.DOCUMENT, spoken, is_file=False)
        count = _COUNT.match(name)
        if count is None or not name[count.end()].islower() or not read.marks.numbering:
            return read
        return replace(read, numbers=(*read.numbers, count[1]))

    def _read(
        self, text: str, extension: str, kind: Format, spoken: Collection[str], *, is_file: bool
    ) -> Name:
        text, language = take_language(text)
        text = _POSSESSIVE.sub("", text)
        suspended = {found[1] for found in _SUSPENDED.finditer(text)} if "-" in text else set()
        text = _ELECTRONIC.sub("e", text)
        text = _UNDERSCORED.sub(lambda found: found[0].replace("_", "."), text)
        marks = read_marks(text.replace("_", " "))
        rest, behind = take_language(marks.rest)
        language = language or behind
        tokens, apart = _tokenise(rest)
        sentence = _Sentence(self, suspended, apart, spoken)
        sentence.read(tokens)
        if not sentence.words and not sentence.template:
            sentence.keep_all(tokens)
        elif not sentence.words:
            sentence.keep_template(tokens)
        version = marks.version
        numbers = list(sentence.numbers)
        if not marks.marked and version is not None:
            numbers.append(".".join(map(str, version)))
        if is_file and version is None and sentence.trailing_number is not None:
            marks = replace(marks, version=(sentence.trailing_number,), marked=True)
            numbers = [n for n in numbers if n != str(sentence.trailing_number)]
        return Name(
            words=tuple(sentence.words[:MAX_WORDS]),
            numbers=tuple(dict.fromkeys(numbers)),
            marks=marks,
            state=sentence.state,
            says_final=sentence.says_final,
            signed=sentence.signed,
            language=code_of(language or sentence.language),
            template=sentence.template,
            party=frozenset(sentence.party),
            own=sentence.own,
            extension=extension,
            format=kind,
            plural=self.lexicon.is_plural(sentence.head),
        )

    def is_document_kind(self, word: Word) -> bool:
        """Tell whether a word is a kind of document, alone or as a compound's last part."""
        if word.stem in self._kinds:
            return True
        parts = self.lexicon.split(word.text)
        return parts is not None and self.lexicon.stem(parts[1]) in self._kinds

    def asks_picture(self, name: Name) -> bool:
        """Tell whether a row asks for a picture."""
        return any(word.stem.endswith(self._pictures) for word in name.words)

    def read_word(self, token: str) -> tuple[str, bool]:
        """Return the token that tells apart ("" for none) and whether it is called a template."""
        stem = self.lexicon.stem(token)
        if stem in self._template:
            return "", True
        template = False
        for end in self._template_ends:
            if stem.endswith(end) and len(stem) > len(end) + 2:
                token, template = stem[: -len(end)], True
                stem = self.lexicon.stem(token)
        for other, first in self._compound_synonyms:
            if stem.endswith(other) and stem != other:
                token = stem[: -len(other)] + first
        for organisation in self._organisations:
            rest = token.removeprefix(organisation)
            if rest != token and self._stands_alone(rest):
                token = rest
        return token, template

    def _stands_alone(self, rest: str) -> bool:
        """Tell whether what follows an organisation's name in one word is a word or a name.

        "OS2partneraftale" and "OS2kitos" are also written apart; "OS2mo" never is, and a short
        word ("OS2web") would become another name.
        """
        if self.lexicon.knows(rest):
            return len(rest) >= _ORG_PREFIX_WORD
        return len(rest) >= _ORG_PREFIX_NAME and rest.isalpha()

    def speaks_of_templates(self, name: Name) -> bool:
        """Tell whether a folder's name says that it holds templates."""
        return any(
            word.stem in self._template or end in word.stem
            for word in name.words
            for end in self._template_ends
        )

    def is_filler(self, token: str) -> bool:
        """Tell whether a token says nothing about which document it is."""
        return token in self._fillers or (token.endswith("s") and token[:-1] in self._organisations)

    def phrase_at(self, tokens: list[str], at: int) -> tuple[int, _Mark, tuple[str, ...]] | None:
        """Return the longest phrase of the vocabulary that stands at a token, None for none."""
        for form, mark, instead in self._phrases.get(tokens[at], ()):
            if tuple(tokens[at : at + len(form)]) == form:
                return len(form), mark, instead
        return None


@lru_cache(maxsize=2)
def _build_reader(vocabulary: Vocabulary) -> Reader:
    return Reader(vocabulary)


def open_reader(vocabulary: Vocabulary) -> Reader:
    """Return a reader for one run; the tables of a vocabulary are made once."""
    reader = copy(_build_reader(vocabulary))
    reader.lexicon = copy(reader.lexicon)
    reader.lexicon.begin_run()
    return reader


class _Sentence:
    """Collects what the tokens of one name say; lives for one call."""

    def __init__(
        self, reader: Reader, suspended: set[str], apart: set[int], spoken: Collection[str]
    ) -> None:
        self._reader = reader
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
        self.head = ""
        self.trailing_number: int | None = None

    def read(self, tokens: list[str]) -> None:
        """Read all tokens from left to right."""
        at = 0
        while at < len(tokens):
            self._at = at
            phrase = self._reader.phrase_at(tokens, at)
            if phrase is None or (phrase[1] in _SAYS_STATE and tokens[at] in self._spoken):
                self._read_token(tokens, at)
                at += 1
                continue
            length, mark, instead = phrase
            if mark is _Mark.SYNONYM:
                for token in instead:
                    self._add_word(token)
            else:
                self._note(mark)
            at += length

    def _note(self, mark: _Mark) -> None:
        match mark:
            case _Mark.OUTDATED:
                self.state = State.OUTDATED
            case _Mark.DRAFT:
                self.state = min(self.state, State.DRAFT)
            case _Mark.FINAL:
                self.says_final = True
            case _Mark.SIGNED:
                self.signed = True
            case _Mark.ORGANISATION:
                self.own = self._led
            case _:
                pass

    def _read_token(self, tokens: list[str], at: int) -> None:
        token = tokens[at]
        self.trailing_number = None
        if token in _CONJUNCTIONS:
            self._joined = True
        elif token in _PREPOSITIONS:
            self._phrase += bool(self.words)
            self._led = token
            if token in ("mellem", "between"):
                self.party.add(token)
        elif token.isdecimal():
            self._add_number(token, last=at == len(tokens) - 1)
        elif token in LANGUAGE_WORDS:
            self.language = LANGUAGE_WORDS[token]
        elif not self._reader.is_filler(token) or self._leads(tokens, at):
            self._note_party(tokens, at)
            self._add_word(token)
        self._before = token

    def _leads(self, tokens: list[str], at: int) -> bool:
        """Tell whether a kind of document leads what follows: "blanket til refusion"."""
        stem = self._reader.lexicon.stem(tokens[at])
        follows = at + 1 < len(tokens) and tokens[at + 1] in _PREPOSITIONS
        return follows and self._reader.is_document_kind(Word(tokens[at], stem))

    def _add_number(self, token: str, *, last: bool) -> None:
        number = token.lstrip("0") or "0"
        self.numbers.append(number)
        enumerated = self._before in _ENUMERATORS
        if last and self.words and not enumerated and len(number) <= 2 and number.isascii():
            self.trailing_number = int(number)

    def _note_party(self, tokens: list[str], at: int) -> None:
        """Note "Aalborg Kommune", "Region Nord", "Firma ApS": whom it was filled in for."""
        stem = self._reader.lexicon.stem
        before = self.words[-1] if self.words else None
        knows = self._reader.lexicon.knows
        word = tokens[at]
        if word in ("kommune", "kommunes", "aps") and before and self._before == before.text:
            if not knows(before.text):
                self.party.add(before.stem)
        elif not self._reader.parties.isdisjoint((stem(word), word.removesuffix("s"))):
            self.party.add(stem(word))
        elif word == "region" and at + 1 < len(tokens) and not knows(tokens[at + 1]):
            self.party.add(stem(tokens[at + 1]))

    def _add_word(self, token: str) -> None:
        suspended = token in self._suspended
        if not self._phrase:
            self.head = token
        text, template = self._reader.read_word(token)
        self.template |= template
        if not text:
            return
        if suspended:
            text = self._reader.lexicon.part(text)
        stem = self._reader.lexicon.stem(text)
        apart = self._at in self._apart
        self.words.append(Word(text, stem, self._phrase, self._joined, apart, self._led))
        self._joined = False
        self._led = token if token in NEGATIONS else ""

    def keep_all(self, tokens: list[str]) -> None:
        """Take marks and fillers as words: the name has nothing else."""
        stem = self._reader.lexicon.stem
        self.words = [Word(token, stem(token)) for token in tokens if not token.isdecimal()]

    def keep_template(self, tokens: list[str]) -> None:
        """Take the template words as words: the name has nothing else."""
        stem = self._reader.lexicon.stem
        self.template = False
        self.words = [
            Word(token, stem(token)) for token in tokens if self._reader.read_word(token)[1]
        ]


def _tokenise(text: str) -> tuple[list[str], set[int]]:
    """Part a text into tokens, and tell which stand behind a dash, comma or bracket."""
    tokens: list[str] = []
    apart: set[int] = set()
    end = 0
    for found in _TOKEN.finditer(text):
        if len(tokens) == 2 * MAX_WORDS:
            break
        if _APART.search(text, end, found.start()):
            apart.add(len(tokens))
        tokens.append(found[0])
        end = found.end()
    return tokens, apart
