"""From a name as written to a name understood (pure)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import replace
from functools import lru_cache
from typing import Final

from syncer.matching.names.danish import fold
from syncer.matching.names.formats import Format, format_of, is_extension
from syncer.matching.names.language import code_of, take_language
from syncer.matching.names.records import Name, State
from syncer.matching.names.sentence import Sentence
from syncer.matching.names.tokens import CONJUNCTIONS, MAX_WORDS, PREPOSITIONS, TOKEN, tokenise
from syncer.matching.names.versions import read_marks
from syncer.matching.names.vocabulary import Vocabulary
from syncer.matching.names.wordbook import Wordbook

MAX_NAME: Final = 300
"""Characters of a name that are read; file systems allow 255 bytes."""
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
_INITIALS: Final = re.compile(r"[\W_]([a-zæøå]{2,3})(?:\.\w{1,5})?$")
"""Small letters at the end: an "HR" or "IT" is a word of the name."""
_EXTENSION: Final = re.compile(r"\.([a-z][a-z0-9]{0,8})$")
_OF_PARTIES: Final = ("kommune", "region", "aps")


class Reader:
    """Reads names by one vocabulary; a pure function with a memory, for one run."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Build the word tables of a vocabulary."""
        self.book = Wordbook(vocabulary)

    def tokens_of(self, name: str) -> list[str]:
        """Return the folded tokens of a name as they stand, for an index."""
        return TOKEN.findall(self._fold(name))

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
            word in PREPOSITIONS or word in CONJUNCTIONS or self.book.lexicon.knows(word)
            for word in words
        )
        return " ".join(parts) if are_words else found[0]

    def spoken_of(self, words: Iterable[str]) -> frozenset[str]:
        """Return the words of state that are a part of the folded words a row speaks of.

        A "Backupprocedure" is about backup: for its row, the "Backup" of "Backup-procedure" does
        not say that the file is out of date.
        """
        states = self.book.phrases.states
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
        read = self._read(text, extension, kind, spoken, is_file=True)
        return replace(read, initials=self._find_initials(name, read))

    def _find_initials(self, name: str, read: Name) -> str:
        """Return who may have saved a file: "… 2025-04-09 jho", "… udkast lbh"; "" for nobody."""
        marks, last = read.marks, read.words[-1].text if len(read.words) > 1 else ""
        told = marks.dates or marks.version or read.says_final or read.state is not State.FINAL
        found = _INITIALS.search(name) if told else None
        known = self.book.lexicon.knows(last) or last in read.party
        return last if found is not None and fold(found[1]) == last and not known else ""

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
        tokens, apart = tokenise(rest)
        sentence = Sentence(self.book, suspended, apart, spoken)
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
            organisation=sentence.organisation,
            last_number="" if sentence.trailing_number is None else str(sentence.trailing_number),
            extension=extension,
            format=kind,
            plural=self.book.lexicon.is_plural(sentence.head),
        )

    def is_named_for_party(self, folder: Name) -> bool:
        """Tell whether a folder is called for somebody and for nothing else: "Aalborg Kommune".

        First names are no words; "Materiale fra KL" or "Region og kommune" hold what they say.
        """
        named = self.book.parties.union(_OF_PARTIES)
        if not folder.party or folder.numbers:
            return False
        return all(
            word.text in named
            or word.text in folder.party
            or not self.book.lexicon.knows(word.text)
            for word in folder.words
        )


@lru_cache(maxsize=2)
def _build_reader(vocabulary: Vocabulary) -> Reader:
    return Reader(vocabulary)


def open_reader(vocabulary: Vocabulary) -> Reader:
    """Return a reader for one run; the tables of a vocabulary are made once."""
    reader = copy(_build_reader(vocabulary))
    reader.book = copy(reader.book)
    reader.book.lexicon = copy(reader.book.lexicon)
    reader.book.lexicon.begin_run()
    return reader
