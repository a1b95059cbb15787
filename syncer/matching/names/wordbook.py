"""What single words mean in one vocabulary (pure)."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from syncer.matching.names.danish import Lexicon, fold, slips_of
from syncer.matching.names.phrases import Phrases
from syncer.matching.names.records import Name, Word
from syncer.matching.names.tokens import TOKEN
from syncer.matching.names.vocabulary import Vocabulary

_DRAFTS: Final = ("udkast", "kladde")
_SHORTEST_SLIP: Final = 8
"""Letters of a synonym or template word from which on a slip of it is told from a word."""
_ORG_PREFIX_WORD: Final = 5
_ORG_PREFIX_NAME: Final = 4


class Wordbook:
    """The word tables of one vocabulary, and what they say of a word."""

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

    def asks_picture(self, name: Name) -> bool:
        """Tell whether a row asks for a picture."""
        return any(word.stem.endswith(self._pictures) for word in name.words)
