"""From a name as written to a name understood (pure)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import replace
from functools import lru_cache
from typing import Final

from syncer.matching.danish import Lexicon, fold, slips_of
from syncer.matching.formats import Format, format_of, is_extension
from syncer.matching.language import code_of, take_language
from syncer.matching.names import Name, State, Word
from syncer.matching.phrases import Phrases
from syncer.matching.sentence import Sentence
from syncer.matching.tokens import CONJUNCTIONS, MAX_WORDS, PREPOSITIONS, TOKEN, tokenise
from syncer.matching.versions import read_marks
from syncer.matching.vocabulary import Vocabulary

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
_DRAFTS: Final = ("udkast", "kladde")
_SHORTEST_SLIP: Final = 8
"""Letters of a synonym or template word from which on a slip of it is told from a word."""
_ORG_PREFIX_WORD: Final = 5
_ORG_PREFIX_NAME: Final = 4


class Reader:
    """Reads names by one vocabulary; a pure function with a memory, for one run."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Fold the vocabulary's lists into tables."""
        self.lexicon = Lexicon(vocabulary)
        self.vocabulary = vocabulary
        stem = self.lexicon.stem
        self.phrases = Phrases(vocabulary)
        self._organisations = tuple(
            fold(word) for word in vocabulary.organisation_words if " " not in word
        )
        self._template = frozenset(stem(fold(word)) for word in vocabulary.template_words)
        self._template_ends = tuple(sorted(word for word in self._template if len(word) > 5))
        self._template_slips = frozenset(
            slip
            for word in map(fold, vocabulary.template_words)
            if len(word) >= _SHORTEST_SLIP and word.isalpha()
            for form in (word, stem(word) + "er")
            for slip in slips_of(form)
            if not self.lexicon.knows(slip)
        )
        self._slip_lengths = sorted({len(slip) for slip in self._template_slips})
        self._fillers = frozenset(fold(word) for word in vocabulary.filler_words)
        self._kinds = frozenset(stem(fold(word)) for word in vocabulary.document_words)
        self._aspects = frozenset(stem(fold(word)) for word in vocabulary.aspect_words)
        self._occasions = frozenset(stem(fold(word)) for word in vocabulary.occasion_words)
        self._papers = frozenset(stem(fold(word)) for word in vocabulary.occasion_papers)
        self.organisation = frozenset(
            stem(token)
            for phrase in vocabulary.organisation_words
            for token in TOKEN.findall(fold(phrase))
        )
        self.parties = frozenset(map(fold, vocabulary.party_words))
        self._pictures = tuple(stem(fold(word)) for word in vocabulary.picture_words)
        self._spellings: defaultdict[str, list[Word]] = defaultdict(list)
        for first, *others in vocabulary.synonyms:
            for other in map(fold, others):
                if other.isalpha() and len(other) >= _SHORTEST_SLIP:
                    self._spellings[stem(fold(first))].append(Word(other, stem(other)))
        self._compound_synonyms = tuple(
            (stem(fold(other)), fold(first))
            for first, *others in vocabulary.synonyms
            for other in others
            if " " not in other and " " not in first and len(other) >= 6
        )

    def synonyms_of(self, word: Word) -> tuple[str, ...]:
        """Return the other words that are read as this one, folded; phrases by their words."""
        found: list[str] = []
        for first, *others in self.vocabulary.synonyms:
            if self.lexicon.stem(fold(first)) == word.stem:
                found.extend(token for other in others for token in TOKEN.findall(fold(other)))
        return tuple(found)

    def spellings_of(self, word: Word) -> tuple[Word, ...]:
        """Return a word and the single words that mean the same: a slip may be one of any."""
        others = self._spellings.get(word.stem)
        return (word, *others) if others else (word,)

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
            word in PREPOSITIONS or word in CONJUNCTIONS or self.lexicon.knows(word)
            for word in words
        )
        return " ".join(parts) if are_words else found[0]

    def spoken_of(self, words: Iterable[str]) -> frozenset[str]:
        """Return the words of state that are a part of the folded words a row speaks of.

        A "Backupprocedure" is about backup: for its row, the "Backup" of "Backup-procedure" does
        not say that the file is out of date.
        """
        states = self.phrases.states
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
        known = self.lexicon.knows(last) or last in read.party
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
        sentence = Sentence(self, suspended, apart, spoken)
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
            plural=self.lexicon.is_plural(sentence.head),
        )

    def is_document_kind(self, word: Word) -> bool:
        """Tell whether a word is a kind of document, alone or as a compound's last part."""
        if word.stem in self._kinds:
            return True
        parts = self.lexicon.split(word.text)
        return parts is not None and self.lexicon.stem(parts[1]) in self._kinds

    def is_aspect(self, word: Word) -> bool:
        """Tell whether a word is what is said of a document: "status", "- juridisk vurdering".

        As a compound's last part only behind a dash, comma or bracket: "Referat styregruppemøde" is
        a record of one.
        """
        if word.stem in self._aspects:
            return True
        parts = self.lexicon.split(word.text) if word.apart else None
        return parts is not None and self.lexicon.stem(parts[1]) in self._aspects

    def is_occasion(self, word: Word) -> bool:
        """Tell whether a word is a meeting: "møde 2024"; "møder" are what a name is about."""
        return word.stem in self._occasions and not word.text.endswith(("er", "erne", "s"))

    def is_occasion_paper(self, word: Word) -> bool:
        """Tell whether a word is a paper that belongs to a meeting, alone or as a last part."""
        if word.stem in self._papers:
            return True
        parts = self.lexicon.split(word.text)
        return parts is not None and self.lexicon.stem(parts[1]) in self._papers

    def is_named_for_party(self, folder: Name) -> bool:
        """Tell whether a folder is called for somebody and for nothing else: "Aalborg Kommune".

        First names are no words; "Materiale fra KL" or "Region og kommune" hold what they say.
        """
        named = self.parties.union(_OF_PARTIES)
        if not folder.party or folder.numbers:
            return False
        return all(
            word.text in named or word.text in folder.party or not self.lexicon.knows(word.text)
            for word in folder.words
        )

    def asks_picture(self, name: Name) -> bool:
        """Tell whether a row asks for a picture."""
        return any(word.stem.endswith(self._pictures) for word in name.words)

    def read_word(self, token: str) -> tuple[str, bool]:
        """Return the token that tells apart ("" for none) and whether it is called a template."""
        stem = self.lexicon.stem(token)
        if stem in self._template or token in self._template_slips:
            return "", True
        template = False
        for end in self._template_ends:
            if stem.endswith(end) and len(stem) > len(end) + 2:
                token, template = stem[: -len(end)], True
                stem = self.lexicon.stem(token)
        if not template and (at := self._find_template_slip(token)):
            token, template = token[:at], True
            stem = self.lexicon.stem(token)
        for other, first in self._compound_synonyms:
            if stem.endswith(other) and stem != other:
                token = stem[: -len(other)] + first
        for organisation in self._organisations:
            rest = token.removeprefix(organisation)
            if rest != token and self._stands_alone(rest):
                token = rest
        return token, template

    def _find_template_slip(self, token: str) -> int:
        """Return where the slip of a template word begins in a compound; 0 for nowhere."""
        for length in self._slip_lengths:
            if len(token) > length + 2 and token[-length:] in self._template_slips:
                return len(token) - length
        return 0

    def without_draft(self, token: str) -> str | None:
        """Return what a compound is a draft of ("aftaleudkast", "udkastaftale"); None for none."""
        for draft in _DRAFTS:
            for rest in (token.removesuffix(draft), token.removeprefix(draft)):
                if rest != token and len(rest) >= _ORG_PREFIX_WORD and self.lexicon.knows(rest):
                    return rest
        return None

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


@lru_cache(maxsize=2)
def _build_reader(vocabulary: Vocabulary) -> Reader:
    return Reader(vocabulary)


def open_reader(vocabulary: Vocabulary) -> Reader:
    """Return a reader for one run; the tables of a vocabulary are made once."""
    reader = copy(_build_reader(vocabulary))
    reader.lexicon = copy(reader.lexicon)
    reader.lexicon.begin_run()
    return reader
