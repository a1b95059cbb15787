"""The meaning of single words in one vocabulary (pure)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from itertools import permutations
from typing import Final

from syncer.matching.names.danish import Lexicon, fold
from syncer.matching.names.dates import MONTH_NUMBERS
from syncer.matching.names.english_words import ENGLISH_WORDS
from syncer.matching.names.formats import FORMATS
from syncer.matching.names.language import LANGUAGE_WORDS
from syncer.matching.names.phrases import Phrases
from syncer.matching.names.records import NEGATIONS, Name, Word
from syncer.matching.names.template_words import SHORTEST_SLIP, TemplateWords
from syncer.matching.names.tokens import ACCOMPANYING, BY, CONJUNCTIONS, PREPOSITIONS, TOKEN
from syncer.matching.names.versions import ORDINALS
from syncer.matching.names.vocabulary import Vocabulary, list_words

MARKING: Final = frozenset(
    (
        *PREPOSITIONS, *CONJUNCTIONS, *NEGATIONS, *MONTH_NUMBERS, *ORDINALS, *LANGUAGE_WORDS,
        *FORMATS,
        *list_words("bilag, underbilag, appendix, appendiks, annex, kopi, copy, kommune, region"),
        *list_words("uge, uger, kvartal, halvaar, saeson, foraar, efteraar, sommer, vinter, udg"),
    )
)  # fmt: skip
_OMITTING: Final = ACCOMPANYING | {"konflikt", "conflict", "conflicted"}
_DRAFTS: Final = ("udkast", "kladde")
_SHORTEST_IN_COMPOUND: Final = 6
"""Letters that a synonym needs to be replaced at the end of a compound."""
_SHORTEST_WORD: Final = 5
_SHORTEST_NAME: Final = 4
"""Letters that remain of a compound when a known word, or another one, is used on its own."""
_LETTERS: Final = ("brev", "breve", "brevet")
_REPORTS: Final = ("rapport", "rapporten")
_BLANKS: Final = list_words("skema, blanket, formular, erklæring")
_STATUTES: Final = list_words(
    "vedtægter, love, forretningsorden, ordensreglement, ordensregler, husorden, værdigrundlag,"
    "årshjul"
)
"""What an organisation has one of."""
_CONCLUDED: Final = ("aftal", "kontrak", "allonge", "fuldmagt", "tilsagn")
_MANY: Final = ("pakke", "bank", "arkiv", "samling", "mappe", "galleri")
_LIST: Final = "list"
_FILLED_IN: Final = ("ing", "else", "samtykke", "fuldmagt")
MEETING: Final = "moede"
_MINUTES: Final = ("referat", "dagsord", "indkaldels")
_PARTY_KINDS: Final = ("kommune", "region", "aps")


class Wordbook(Lexicon):
    """A lexicon that also classifies words by the tables of its vocabulary.

    Attributes:
        parts: the stem, root and weight of each part of a word that a run has read.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Fold the vocabulary's lists into tables."""
        super().__init__(vocabulary)
        stem, stems_of = self.stem, self.stems_of
        self.phrases = Phrases(vocabulary)
        self._organisations = tuple(
            fold(word) for word in vocabulary.organisation_words if " " not in word
        )
        self.templates = TemplateWords(self, vocabulary.template_words)
        self._fillers = frozenset(map(fold, vocabulary.filler_words))
        self._forms_of_one = stems_of(vocabulary.form_words)
        self._kinds = stems_of(vocabulary.document_words)
        self._near = self._find_near((*vocabulary.near_words, *ENGLISH_WORDS))
        danish = stems_of((*vocabulary.known_words, *(words[0] for words in ENGLISH_WORDS)))
        self._english = stems_of(w for words in ENGLISH_WORDS for w in words[1:]) - danish
        self._sorts = stems_of(vocabulary.sort_words)
        self._blanks = stems_of(_BLANKS)
        self.statutes = stems_of(_STATUTES)
        self._handling = stems_of(vocabulary.handling_words)
        self._sent = stems_of(vocabulary.letter_words)
        self._reported = stems_of(vocabulary.report_words)
        self._topics = frozenset(map(fold, vocabulary.topic_words))
        self._aspects = stems_of(vocabulary.aspect_words)
        self._occasions = stems_of(vocabulary.occasion_words)
        self.meeting = stem(MEETING)
        self._papers = stems_of(vocabulary.occasion_papers)
        self._pictures = tuple({*map(fold, vocabulary.picture_words)})
        self.organisation = stems_of(
            token
            for phrase in vocabulary.organisation_words
            for token in TOKEN.findall(fold(phrase))
        )
        self.parties = frozenset(map(fold, vocabulary.party_words))
        self._read_synonyms(vocabulary.synonyms)
        # Most tokens have none of these in them, and need no stem.
        marks = (*self.templates.stems, *self._organisations, *dict(self._compound_synonyms))
        self._marking = re.compile("|".join(map(re.escape, marks)))
        self._marks = self.phrases.tokens | self._fillers | self.parties | MARKING

    def _read_synonyms(self, groups: Iterable[Sequence[str]]) -> None:
        self._synonyms: defaultdict[str, list[str]] = defaultdict(list)
        self._spellings: defaultdict[str, list[Word]] = defaultdict(list)
        self._compound_synonyms: list[tuple[str, str]] = []
        for first, *others in groups:
            for other in others:
                self._add_synonym(first, other)

    def _find_near(self, groups: Iterable[Iterable[str]]) -> dict[str, list[str]]:
        """Return what each word may be called, by stem; after "-" in a compound."""
        near: dict[str, list[str]] = {}
        for group in groups:
            for one, other in permutations(map(fold, group), 2):
                near.setdefault(self.stem(one.lstrip("-")), []).append(other.lstrip("-"))
                if one.startswith("-") and other.startswith("-"):
                    near.setdefault("-" + self.stem(one[1:]), []).append(other[1:])
        return near

    def _means_itself(self, token: str) -> bool:
        """Return whether a token is a known word that means itself in every name."""
        return (
            token not in self._marks
            and self.knows(token)
            and self.read_word(token) == (token, False)
            and self.without_draft(token) is None
            and not self.is_form(Word(token, self.stem(token)))
        )

    def may_omit(self, tokens: Collection[str]) -> bool:
        """Return whether a name may have words that are read as none: "godkendt af bestyrelsen"."""
        if not _OMITTING.isdisjoint(tokens):
            return True
        return not BY.isdisjoint(tokens) and not self.phrases.tokens.isdisjoint(tokens)

    def begin_run(self) -> None:
        """Begin new caches, so that a copy does not share them with its original."""
        super().begin_run()
        self.read_word = cache(self._find_meaning)
        self.is_plain = cache(self._means_itself)
        self.near_stems = cache(self._find_near_stems)
        self.parts: dict[str, tuple[str, str, float]] = {}

    def _add_synonym(self, first: str, other: str) -> None:
        in_compounds = " " not in first + other and len(other) >= _SHORTEST_IN_COMPOUND
        first, other = fold(first), fold(other)
        stem = self.stem(other)
        for word in TOKEN.findall(first):
            self._synonyms[self.stem(word)].extend(TOKEN.findall(other))
        if other.isalpha() and len(other) >= SHORTEST_SLIP:
            self._spellings[self.stem(first)].append(Word(other, stem))
        if in_compounds:
            self._compound_synonyms.append((stem, first))

    def synonyms_of(self, word: Word) -> Collection[str]:
        """Return the folded words that are read as this one; phrases word by word."""
        return self._synonyms.get(word.stem, ())

    def spellings_of(self, word: Word) -> tuple[Word, ...]:
        """Return a word and its single-word synonyms: a typing error may be one in any."""
        return (word, *self._spellings.get(word.stem, ()))

    def may_mean(self, one: Word, other: Word) -> bool:
        """Return whether one of two words may be short for the other."""
        return any(
            self.abbreviates(short.text, word.text, dotted=short.dotted or self.may_be_owner(short))
            for short, word in ((other, one), (one, other))
        )

    def find_state_words(self, words: Iterable[str]) -> frozenset[str]:
        """Return the state words that folded words begin or end with.

        "Backupprocedure" is about backup: for its row, the "Backup" of "Backup-procedure" does
        not state that the file is outdated.
        """
        states = self.phrases.states
        return frozenset(
            state
            for word in words
            if word.startswith(states) or word.endswith(states)
            for state in states
            if word.startswith(state) or word.endswith(state)
        )

    def is_form(self, word: Word) -> bool:
        """Return whether a word names a form of one document: "A4", "skærm", "rgb"."""
        return word.stem in self._forms_of_one

    def is_document_kind(self, word: Word) -> bool:
        """Return whether a word is a kind of document, alone or as a compound's last part."""
        return self._is_or_ends_in(word, self._kinds)

    def is_kind_alone(self, word: Word) -> bool:
        """Return whether a word is a kind of document and says nothing else of it."""
        return word.stem in self._kinds

    def list_near(self, word: Word) -> list[str]:
        """Return what may be called by a word for a sort of document, also in a compound."""
        near = list(self._near.get(word.stem, ()))
        if parts := self._divide(word):
            near += (parts[0] + other for other in self._near.get("-" + self.stem(parts[1]), ()))
        return near

    def _find_near_stems(self, text: str, stem: str) -> frozenset[str]:
        """Return the stems of what may be called by a word, see `list_near`."""
        return frozenset(map(self.stem, self.list_near(Word(text, stem))))

    def _divide(self, word: Word) -> tuple[str, str] | None:
        """Split a compound; None for a word that only looks like one: "tjekliste"."""
        return None if self.is_undivided(word.stem) else self.split(word.text)

    def without_sort(self, word: Word) -> str | None:
        """Return a compound's first part before a word for its sort: "medlem" of "medlemsliste".

        "" for such a word alone; None for no such word, or after what is a document of its own and
        no letter: "budget" is no "budgetplan".
        """
        if word.stem in self._sorts:
            return ""
        parts = self._divide(word)
        if parts is None or self.stem(parts[1]) not in self._sorts:
            return None
        first = self.strip_joint(parts[0])
        if len(self.lemma(first) or first) < _SHORTEST_NAME:
            return None
        return (
            first
            if self.stem(first) not in self._kinds or parts[1] in _LETTERS + _REPORTS
            else None
        )

    def is_blank(self, word: Word) -> bool:
        """Return whether a word is a form to fill in, alone or as a compound's last part."""
        return self._is_or_ends_in(word, self._blanks)

    def is_english(self, name: Name) -> bool:
        """Return whether a name is in English and so means a document in English."""
        others = [word.text for word in name.words if word.stem not in self._english]
        return len(others) < len(name.words) and not any(map(self.knows, others))

    def is_concluded(self, word: Word) -> bool:
        """Return whether a word is what is concluded with somebody, or filled in for them."""
        return word.stem.endswith(_CONCLUDED) or self.is_blank(word)

    def is_list(self, word: Word) -> bool:
        """Return whether a word is a list of anything: "oversigt"."""
        return word.stem == _LIST or _LIST in map(self.stem, self.list_near(word))

    def is_paper_of(self, paper: Word, subject: Word) -> bool:
        """Return whether a sort of document only says that its subject is on paper.

        The form for what people fill in ("samtykke"), the letter for what is sent ("afslag"), the
        report of what is reported ("evaluering").
        """
        if paper.text.endswith(_LETTERS):
            return subject.stem in self._sent
        if paper.text.endswith(_REPORTS):
            return subject.stem in self._reported
        return self.is_blank(paper) and subject.text.endswith(_FILLED_IN)

    def is_handling(self, word: Word) -> bool:
        """Return whether a word is what is done with anything: "brug", "modtagelse"."""
        return word.stem in self._handling

    def is_aspect(self, word: Word) -> bool:
        """Return whether a word says something about a document: "- juridisk vurdering".

        As a compound's last part only after a dash, comma or bracket.
        """
        whole = word.stem in self._aspects
        return whole or (word.apart and self._is_or_ends_in(word, self._aspects))

    def may_be_owner(self, word: Word) -> bool:
        """Return whether an abbreviation may be whose a document is: "DPO", never "HR"."""
        return word.initials and word.text not in self._topics and not self.knows(word.text)

    def is_occasion(self, word: Word) -> bool:
        """Return whether a word is one meeting: "møde 2024"; the plural "møder" is a topic."""
        return word.stem in self._occasions and not word.text.endswith(("er", "erne", "s"))

    def names_occasion(self, word: Word) -> bool:
        """Return whether a word is a meeting, alone or as a compound's last part."""
        return self._is_or_ends_in(word, self._occasions)

    def is_minutes(self, word: Word) -> bool:
        """Return whether a word is a paper that a body has for its meetings only."""
        return word.stem.endswith(_MINUTES)

    def is_occasion_paper(self, word: Word) -> bool:
        """Return whether a word is a paper for a meeting, alone or as a compound's last part."""
        return self._is_or_ends_in(word, self._papers)

    def _is_or_ends_in(self, word: Word, stems: Collection[str]) -> bool:
        if word.stem in stems:
            return True
        parts = self.split(word.text)
        return parts is not None and self.stem(parts[1]) in stems

    def _find_meaning(self, token: str) -> tuple[str, bool]:
        """Return a token's distinguishing part ("" for none), and whether it is a template word."""
        if not (self.templates.has_slip(token) or self._marking.search(token)):
            return token, False
        rest, template = self.templates.take_from(token)
        token, stem = rest, self.stem(rest)
        for other, first in self._compound_synonyms:
            if stem.endswith(other) and stem != other:
                token = stem[: -len(other)] + first
        for organisation in self._organisations:
            rest = token.removeprefix(organisation)
            if rest != token and self._is_separate(rest):
                token = rest
        return token, template

    def without_draft(self, token: str) -> str | None:
        """Return what a compound is a draft of ("aftaleudkast", "udkastaftale"); None for none."""
        for draft in (draft for draft in _DRAFTS if draft in token):
            for rest in (token.removesuffix(draft), token.removeprefix(draft)):
                if rest != token and len(rest) >= _SHORTEST_WORD and self.knows(rest):
                    return rest
        return None

    def _is_separate(self, rest: str) -> bool:
        """Return whether the rest of a word after the organisation's name is a word or a name.

        "OS2partneraftale" and "OS2kitos" are also written as two words; "OS2mo" never is, and a
        short word ("OS2web") would become another name.
        """
        if self.knows(rest):
            return len(rest) >= _SHORTEST_WORD
        return len(rest) >= _SHORTEST_NAME and rest.isalpha()

    def names_owner(self, word: Word, known: Collection[str]) -> bool:
        """Return whether a folder's word may name whose its files are: a body, a product, a topic.

        A kind of document, an occasion, a form, and the words in `known` do not, but "Skoleskema"
        may be a product.
        """
        return not (
            word.stem in known
            or word.stem in self.organisation
            or word.stem in self._occasions
            or (self.is_document_kind(word) and not self.without_sort(word))
            or self.is_form(word)
            or self.is_filler(word.text)
        )

    def is_name(self, word: str) -> bool:
        """Return whether a folder's word may name one body, product or person.

        It is on no list ("Netic") or in the definite singular ("Portalen").
        """
        one = word.endswith(("en", "et")) and (self.lemma(word) or word) != word
        return len(word) >= _SHORTEST_NAME - 1 and (one or not self.knows(word))

    def is_organisation(self, token: str) -> bool:
        """Return whether a token is the organisation's own name."""
        return token in self._organisations

    def is_product(self, token: str) -> bool:
        """Return whether a token is a product of the organisation: "os2mo"."""
        if not token.startswith(self._organisations):
            return False
        rests = (token.removeprefix(one) for one in self._organisations if token.startswith(one))
        return any(rest.isalpha() and not self.knows(rest) for rest in rests)

    def is_party(self, word: str) -> bool:
        """Return whether a word is on the list of firms and family names."""
        return not self.parties.isdisjoint((word, word.removesuffix("s")))

    def is_party_folder(self, folder: Name) -> bool:
        """Return whether a folder is named only for whom its files were filled in.

        "Aalborg Kommune" is; first names are unknown words. "Materiale fra KL" and "Region og
        kommune" are not.
        """
        if not folder.party or folder.numbers:
            return False
        named = self.parties.union(_PARTY_KINDS, folder.party)
        return all(word.text in named or not self.knows(word.text) for word in folder.words)

    def is_filler(self, token: str) -> bool:
        """Return whether a token does not distinguish documents."""
        return token in self._fillers or (token.endswith("s") and token[:-1] in self._organisations)

    def asks_picture(self, name: Name) -> bool:
        """Return whether a row asks for a picture, a film or a sound, or many: "logopakke"."""
        forms = {form for w in name.words for form in (w.text, self.lemma(w.text) or w.stem)}
        forms |= {form.removesuffix(many) for form in forms for many in _MANY}
        return any(form.endswith(self._pictures) for form in forms)
