"""A name as written → its record (pure)."""

from __future__ import annotations

import re
from collections.abc import Collection
from copy import copy
from dataclasses import replace
from functools import cache, lru_cache
from typing import Final

from syncer.matching.names.danish import fold
from syncer.matching.names.dates import MONTH
from syncer.matching.names.formats import FORMATS, TEMPLATES, Format
from syncer.matching.names.language import code_of, remove_language
from syncer.matching.names.mangled import mend
from syncer.matching.names.phrases import Mark
from syncer.matching.names.records import Name, Number, State
from syncer.matching.names.sentence import Sentence, is_counted
from syncer.matching.names.tokens import (
    CONJUNCTIONS,
    MAX_WORDS,
    PHRASED,
    PREPOSITIONS,
    TOKEN,
    tokenize,
)
from syncer.matching.names.versions import read_marks
from syncer.matching.names.vocabulary import Vocabulary
from syncer.matching.names.wordbook import Wordbook

_MAX_NAME: Final = 300
"""Characters of a name that are read; file systems allow 255 bytes."""
_POSSESSIVE: Final = re.compile(r"['’‘`´ʼ](?:s|er|erne|ernes|ers|en|et|ne)?(?![^\W_])")
_SEASON: Final = re.compile(r"(?<![\d_])([123]\d)_([123]\d)(?![\d_])")
_AND: Final = re.compile(r"(?<=\s)\+(?=\s)")
_BLANK: Final = re.compile(r"\((?:skema|formular)\)")
"""What says in brackets that it is a form: "Dommerrapport (skema)"."""
_DASHED: Final = re.compile(r"(?<=[^\W\d_])_(?=[^\W\d_])")
"""Between words of a name that has blanks, too: "Arbejde i brønde_instruks"."""
_ELECTRONIC: Final = re.compile(r"(?<![^\W_])(?<!bilag )e-(?=[^\W\d_]{3})")
"""The e of "e-mail" and "e-læring", which are often written without a hyphen."""
_COMPOUNDED: Final = re.compile(r"(?<![^\W_])([^\W\d_]{3,})-(?=[^\W\d_]{3})")
"""The first part of a compound with a hyphen: "Backup-procedure"."""
_HUMPS: Final = re.compile(r"[^\W\d_]+?[a-zæøå](?=[A-ZÆØÅ][a-zæøå])[^\W\d_]+")
"""A word with a capital after a small letter: "PolitikForMobning"."""
_HUMP: Final = re.compile(r"(?<=[a-zæøå])(?=[A-ZÆØÅ][a-zæøå])")
_HAS_HUMP: Final = re.compile(r"[A-ZÆØÅ](?<=[a-zæøå].)(?=[a-zæøå])")
"""The same place, found by the capital, of which a name has few."""
_ABBREVIATION: Final = re.compile(
    r"(?<![^\W_])(?:[A-ZÆØÅ]{2,5}|[A-ZÆØÅ][a-zæøå]{1,2}[A-ZÆØÅ][a-zæøå]{0,2})(?![^\W_])"
)
_COUNT: Final = re.compile(r"\s*(\d{1,3})([.]?) +([^\W\d_]+)")
"""A leading number that counts ("10 gode råd", "2. delrapport"), else numbering."""
_UNDERSCORED: Final = re.compile(
    r"(?<![a-z0-9])(?:version|vers|ver|rev|v)[ ._-]?\d{1,3}(?:_\d{1,3}){1,3}(?!\d|[-.]\d)"
)
_INITIALS: Final = re.compile(r"[\W_]([a-zæøå]{2,3})(?:\.\w{1,5})?$")
"""Small letters at the end; capitals ("HR", "IT") are a word of the name."""
_DANGLING: Final = re.compile(r"([^\W\d_]+)\W+(i)\s*$")
"""A preposition of which the date is read already: "møde i marts"."""
_LENGTHS: Final = range(2, 6)
"""Characters of an extension that is on no list."""
_VERSIONED: Final = re.compile(rf"v\d+|{MONTH}")
_EXTENSION: Final = re.compile(r"\.([a-z][a-z0-9]{0,8})$")


class Reader:
    """Reads names by the words of one vocabulary."""

    def __init__(self, book: Wordbook) -> None:
        """Store the meaning of single words."""
        self.book = book
        self.stems_of = cache(self._find_stems)

    def fold(self, name: str) -> str:
        """Return a name folded, with a blank before each capital that begins a word."""
        return self._fold(mend(name[:_MAX_NAME]))

    def tokens_of(self, name: str) -> list[str]:
        """Return the folded tokens of a name as written."""
        return TOKEN.findall(self.fold(name))

    def _find_stems(self, text: str) -> frozenset[str]:
        """Return the stems of a text's tokens, also without what distinguishes no document."""
        book, tokens = self.book, self.tokens_of(text)
        words = (form for token in tokens for form in (token, book.read_word(token)[0]))
        return frozenset(map(book.stem, words))

    def _fold(self, name: str) -> str:
        return fold(_HUMPS.sub(self._split_humps, name) if _HAS_HUMP.search(name) else name)

    def _split_humps(self, found: re.Match[str]) -> str:
        """Return a name with blanks between words that only capitals separate.

        Where each part is a word, or a preposition joins two: "PolitikForMobning" is three words,
        "PowerPoint" is one.
        """
        parts = _HUMP.split(found[0])
        joints = [word in PREPOSITIONS or word in CONJUNCTIONS for word in map(fold, parts)]
        are_words = any(joints[1:-1]) or all(
            joint or self.book.knows(fold(part)) for part, joint in zip(parts, joints, strict=True)
        )
        return " ".join(parts) if are_words else found[0]

    def read_file(self, name: str, literal: Collection[str] = ()) -> Name:
        """Read a file's name; the state words in `literal` are read as ordinary words."""
        name = mend(name[:_MAX_NAME])
        text = self._fold(name)
        extension = ""
        while (found := _EXTENSION.search(text)) and self._is_extension(found[1], extension):
            extension = extension or found[1]
            text = text[: found.start()]
        read = self._read(text, literal, _find_abbreviations(name), extension)
        initials = self._find_initials(name, read)
        return replace(read, initials=initials) if initials else read

    def _is_extension(self, end: str, last: str) -> bool:
        """Return whether what follows a name's last dot is an extension, on a list or not.

        A word of the vocabulary is none ("aftale.final"); before another extension only a
        document's own is one ("aftale.docx.pdf").
        """
        if last or end in FORMATS:
            return FORMATS.get(end) is Format.DOCUMENT or not last
        is_word = self.book.knows(end) or self.book.phrases.find((end,), 0) is not None
        return len(end) in _LENGTHS and not is_word and not _VERSIONED.fullmatch(end)

    def _find_initials(self, name: str, read: Name) -> str:
        """Return the author's initials after a date, version or state ("udkast lbh"), or ""."""
        marks, last = read.marks, read.words[-1].text if len(read.words) > 1 else ""
        marked = marks.dates or marks.version or read.says_final or read.state is not State.FINAL
        found = _INITIALS.search(name) if marked else None
        known = self.book.knows(last) or last in read.party
        return last if found is not None and fold(found[1]) == last and not known else ""

    def read_name(self, name: str, literal: Collection[str] = ()) -> Name:
        """Read a row's or a folder's name; a state word that begins a compound is a word."""
        name = mend(name[:_MAX_NAME])
        text = self._fold(name)
        read = self._read(text, {*literal, *_COMPOUNDED.findall(text)})
        count = _COUNT.match(name) if read.marks.numbering else None
        if count is None or not (is_counted(fold(count[3])) if count[2] else count[3][0].islower()):
            return read
        return replace(read, numbers=(*read.numbers, Number(count[1])))

    def _read(
        self,
        text: str,
        literal: Collection[str],
        abbreviations: Collection[str] = (),
        extension: str | None = None,
    ) -> Name:
        text, language = remove_language(text)
        text = _unify(text)
        marks = read_marks(text)
        rest, second_language = marks.rest, None
        if rest != text:
            rest, second_language = remove_language(rest)
        tokens = tokenize(_remove_preposition(rest) if marks.dates or marks.parts else rest)
        short = {at for at, one in enumerate(tokens.texts) if one in abbreviations}
        tokens.initials.update(short - tokens.begins)
        tokens.begins.update(short)
        sentence = Sentence(self.book, tokens, literal)
        said = sentence.marks
        written = marks.marked or extension is not None
        begun = written and (marks.version or ())[:1] == (0,) and Mark.FINAL not in said
        state = State.DRAFT if begun or Mark.DRAFT in said else State.FINAL
        state = State.OUTDATED if Mark.OUTDATED in said else state
        version, last = marks.version, sentence.trailing
        numbers = list(sentence.numbers)
        numbers += (Number(value, counted, written=text) for value, counted, text in marks.parts)
        if not marks.marked and version is not None:
            counted = self.book.stem(marks.counted)
            numbers.append(Number(".".join(map(str, version)), counted))
        trailing = last if extension is not None and version is None else None
        if trailing is not None:
            marks = replace(marks, version=(int(trailing.value),), marked=True)
            numbers.remove(trailing)
        return Name(
            words=tuple(sentence.words[:MAX_WORDS]),
            numbers=tuple(dict.fromkeys(numbers)),
            marks=marks,
            state=state,
            says_final=Mark.FINAL in said,
            signed=Mark.SIGNED in said,
            language=code_of(language or second_language or sentence.language),
            template=sentence.template or extension in TEMPLATES,
            extension=extension or "",
            format=FORMATS.get(extension or "", Format.DOCUMENT),
            party=frozenset(sentence.party),
            organisation=sentence.organisation,
            last_number=sentence.last_number,
            trailing=trailing,
            plural=self.book.is_plural(sentence.head),
        )


def _unify(text: str) -> str:
    """Return a folded name in one spelling."""
    text = _ELECTRONIC.sub("e", _POSSESSIVE.sub("", text))
    text = _AND.sub("og", text) if "+" in text else text
    text = _BLANK.sub("(blanket)", text) if "(" in text else text
    if "_" in text:
        text = _SEASON.sub(r"\1-\2", text)
        text = _UNDERSCORED.sub(lambda found: found[0].replace("_", "."), text)
        text = _DASHED.sub(" - ", text) if " " in text else text
        text = text.replace("_", " ")
    return PHRASED.sub("", text)


def _remove_preposition(text: str) -> str:
    """Return a name without the preposition of its date; after what is counted it is a numeral."""
    found = _DANGLING.search(text)
    return text if found is None or is_counted(found[1]) else text[: found.start(2)]


def _find_abbreviations(name: str) -> frozenset[str]:
    """Return the abbreviations of a name, folded; none where everything is in capitals."""
    return frozenset() if name.isupper() else frozenset(map(fold, _ABBREVIATION.findall(name)))


_build_book = lru_cache(maxsize=2)(Wordbook)


def open_reader(vocabulary: Vocabulary) -> Reader:
    """Return a reader for one run; the tables of a vocabulary are built once."""
    book = copy(_build_book(vocabulary))
    book.begin_run()
    return Reader(book)
