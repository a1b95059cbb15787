"""Danish words made comparable: folding, inflection, compounds, typing errors (pure)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

import snowballstemmer

from syncer.matching.names.vocabulary import Vocabulary
from syncer.model.normal_forms import normalize

_MAX_WORD: Final = 60
"""Letters of a word that are read; the longest words used in offices have about 40."""

_LETTERS: Final = (
    ("æ", "ae"), ("ø", "oe"), ("å", "aa"), ("ä", "ae"), ("ö", "oe"), ("ð", "d"), ("þ", "th"),
)  # fmt: skip
_FOREIGN: Final = re.compile(r"[^\x00-\x7f]+")
_DERIVED: Final = re.compile(
    r"(.*(?:pligt|sigt|svigt|licens|frekvens)|.{2,}(?:els|hed|ig|isk|ing|skab|tion|sion|itet|ment|or|anc|ans))"
    r"(?:e|en|et|er|erne|ene|ers|ens|ets|ernes|enes|es|s|t|te|ede)?"
)
"""Endings that derive one word from another (styre, styrelse); the stemmer would remove them."""
_OLD_X: Final = re.compile("(?<=[aeiouy])x")
_VOWEL_ENDINGS: Final = re.compile(r"(.*[ao])e(?:r|rs|rne|rnes|n|ns|t|ts)")
"""Endings after a or o ("skemaer", "logoer"), which look like æ or ø once folded."""
_AGENT_ENDINGS: Final = ("", "s", "en", "ens", "e", "es", "ne", "nes")
PREFIXES: Final = (
    "ind", "til", "fra", "for", "gen", "mis", "af", "an", "be", "op", "ud", "under", "over", "mod",
    "med", "ned", "sam", "ekstern", "intern", "eks", "im", "u",
)  # fmt: skip
_LINKS: Final = ("", "s", "e", "es", "er", "n", "en")
_ENDINGS: Final = (*_LINKS, "ens", "et", "ets", "ers", "ere", "erne", "ernes", "ne", "ene")
_ENDINGS_AFTER_E: Final = tuple(ending for ending in _ENDINGS if ending.startswith(("e", "s")))
"""Endings of a word in -e after its stem: "kompetencen", "samarbejds-", but not "kompetenc"."""
_SHORTEST_PART: Final = 3
_UNDIVIDED: Final = 99
LONGEST_SHORT: Final = 5
"""Letters of an abbreviation."""
_VOWEL: Final = re.compile(r"[aeiouyæøå]")


def fold(text: str) -> str:
    """Return a text in lower case, with æ/ø/å as ae/oe/aa and without other accents.

    Linear in the text. Source: our choice; the three letters as Danish travel documents spell
    them.
    """
    if text.isascii():
        return text.lower()
    text = normalize("NFC", text).casefold()
    for letter, replacement in _LETTERS:
        text = text.replace(letter, replacement)
    return text if text.isascii() else _FOREIGN.sub(_remove_accents, text)


def _remove_accents(found: re.Match[str]) -> str:
    letters = normalize("NFKD", found[0])
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


class Lexicon:
    """The inflection and compounds of one vocabulary's words.

    All methods take folded words. Results of `stem`, `knows` and `split` are cached for one run.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Fold and stem the vocabulary's lists."""
        self._snowball = snowballstemmer.stemmer("danish")
        self.begin_run()
        self._irregular = {
            fold(form): fold(forms[0]) for forms in vocabulary.irregular_words for form in forms
        }
        self._irregular_ends = tuple(form for form in self._irregular if len(form) >= 5)
        agents = [fold(word) for word in vocabulary.agent_words]
        self._agents = tuple(sorted(agents, key=len, reverse=True))
        lists = (vocabulary.known_words, vocabulary.document_words, vocabulary.aspect_words)
        lemmas = [fold(word) for words in lists for word in words]
        self._words = frozenset(lemmas)
        self._vowel_words = tuple(lemma for lemma in lemmas if lemma.endswith(("a", "o")))
        self._singular = tuple(fold(word) for word in vocabulary.singular_words)
        self._single_plurals = self.stems_of(vocabulary.single_plurals)
        longest_first = sorted(lemmas, key=len, reverse=True)
        self._lemmas = {self.stem(lemma): lemma for lemma in longest_first}
        self._forms = frozenset(
            base + ending
            for lemma in lemmas
            for base in {lemma, lemma.removesuffix("e"), self.stem(lemma)}
            for ending in (_ENDINGS if base == lemma or lemma[-1] != "e" else _ENDINGS_AFTER_E)
            if len(base) >= _SHORTEST_PART and not (base + ending).endswith("sss")
        ).union(self._irregular_ends)
        self.bodies = tuple(self.stems_of(vocabulary.body_words))
        self._undivided = self._find_undivided(vocabulary)

    def _find_undivided(self, vocabulary: Vocabulary) -> frozenset[str]:
        """Return the stems of document words that only look like a compound: "fuldmagt".

        Words that end in another document word are excluded: "tidsplan" differs from
        "tilsynsplan". Words with synonyms ("tjekliste") are included.
        """
        kinds = [fold(word) for word in vocabulary.document_words]
        heads = frozenset(map(self.stem, kinds))
        divided = ((word, self.split(word)) for word in kinds)
        listed = (word for word, parts in divided if parts and self.stem(parts[1]) not in heads)
        named = (fold(word) for words in vocabulary.synonyms for word in words if word.isalpha())
        return frozenset(map(self.stem, (*listed, *named)))

    def is_undivided(self, stem: str) -> bool:
        """Return whether a stem is of a document word that only looks like a compound."""
        return stem in self._undivided

    def begin_run(self) -> None:
        """Begin new caches, so that a copy does not share them with its original."""
        self.stem = cache(self._find_stem)
        self.knows = cache(self._is_made_of_known)
        self.split = cache(self._find_split)

    def stems_of(self, words: Iterable[str]) -> frozenset[str]:
        """Return the stems of words as a vocabulary writes them."""
        return frozenset(self.stem(fold(word)) for word in words)

    def _find_stem(self, word: str) -> str:
        """Return the stem that all inflected forms of a word share.

        Source: the Snowball stemmer for Danish, repeated until the word no longer changes
        ("budget" and "budgetter" meet only then), but never past a derivation: "styrelse" and
        "styrer" differ.
        """
        word = spell_ks(word[:_MAX_WORD])
        word = self._irregular.get(word, word)
        if word.endswith(self._irregular_ends):
            end = next(e for e in self._irregular_ends if word.endswith(e))
            word = word[: -len(end)] + self._irregular[end]
        if len(word) <= _SHORTEST_PART or not word.isalpha():
            return word
        agent = self._find_agent(word)
        if agent is not None:
            return agent
        if word.endswith(("ium", "iums", "eum", "eums")):
            word = word.rstrip("s")[:-2]
        vowel = _VOWEL_ENDINGS.fullmatch(word)
        if vowel is not None and vowel[1].endswith(self._vowel_words):
            return vowel[1]
        word = unfold(word)
        while True:
            derived = _DERIVED.fullmatch(word)
            if derived:
                return fold(derived[1])
            shorter = self._snowball.stemWord(word)
            if shorter == word or len(shorter) < _SHORTEST_PART:
                return fold(word)
            word = shorter

    def _find_agent(self, word: str) -> str | None:
        """Return the agent noun a word is a form of ("superbrugernes": "superbruger"), or None.

        The stemmer would give "brugerne" the stem of "brugen". A plural that only ends like an
        agent ("samarbejdsaftaler" ends in "taler") is excluded.
        """
        for ending in _AGENT_ENDINGS:
            whole = word.removesuffix(ending)
            if word.endswith(ending) and whole.endswith(self._agents):
                return whole if self._is_agent(whole) else None
        return None

    def is_agent(self, word: str) -> bool:
        """Return whether a word names a person by what they do: "modtager"."""
        return self._find_agent(word) is not None

    def _is_agent(self, word: str) -> bool:
        agent = next(agent for agent in self._agents if word.endswith(agent))
        before = len(word) - len(agent)
        if 0 < before < _SHORTEST_PART:
            return False
        return not any(
            singular[at:] in self._words
            for singular in (word[:-1], word[:-2])
            for at in range(before)
        )

    def _is_made_of_known(self, word: str) -> bool:
        """Return whether the vocabulary has a word, or every part of a compound."""
        word = word[:_MAX_WORD]
        starts = {0}  # where a part may begin
        for start in range(len(word)):
            if start not in starts:
                continue
            for end in range(start + _SHORTEST_PART, len(word) + 1):
                if word[start:end] in self._forms:
                    starts.add(end)
        return len(word) in starts

    def lemma(self, word: str) -> str | None:
        """Return the dictionary form of a word, None when the vocabulary has none."""
        return self._lemmas.get(self.stem(word))

    def _find_split(self, word: str) -> tuple[str, str] | None:
        """Split a compound before its longest known last part: ("samarbejds", "aftale").

        The first part has at least three letters. None when no last part is known.
        """
        starts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART)
        known = (start for start in starts if word[start:] in self._forms)
        start = next((start for start in known if word[:start].isalpha()), None)
        return None if start is None else (word[:start], word[start:])

    def strip_joint(self, part: str) -> str:
        """Return the first part of a compound without its joining s: "samarbejds" → "samarbejd".

        A word that ends in s itself keeps it: "kursus", "proces".
        """
        joined = part.endswith("s") and len(part) > 4 and part not in self._words
        return part[:-1] if joined else part

    def is_plural(self, word: str) -> bool:
        """Return whether a noun names several things: "skabeloner", never "vedtægter"."""
        if self.stem(word) in self._single_plurals or word.endswith(self._singular):
            return False
        agent = self._find_agent(word)
        if agent is not None:
            return word.removesuffix("s") in (agent + "e", agent + "ne")
        return len(word) > 5 and word.endswith(("er", "erne", "ers", "ernes", "breve", "brevene"))

    def may_be_single(self, word: str) -> bool:
        """Return whether a plural may name one document: "ordensregler"."""
        return self.stem(word).endswith(tuple(self._single_plurals))

    def is_first_part(self, part: str, word: str) -> bool:
        """Return whether the first part of a compound is a word with joining letters."""
        if self.stem(part) == self.stem(word):
            return True
        if self._find_agent(part) is not None:
            return False
        return any(part == word + link for link in _LINKS)

    def differs_by_joining(self, one: str, other: str) -> bool:
        """Return whether two compounds differ only in their joining letters: samarbejdaftale."""
        longer, shorter = (one, other) if len(one) > len(other) else (other, one)
        for at in range(_SHORTEST_PART, len(shorter) - _SHORTEST_PART):
            for link in ("s", "es"):
                joined = shorter[:at] + link + shorter[at:]
                if joined == longer and shorter[at:].removeprefix("s") in self._forms:
                    return True
        return False

    def measure_differing_part(self, one: str, other: str) -> int:
        """Return the letters of the first part in which two compounds differ; 99 for no such part.

        "Havneplan" and "haveplan" differ: short words resemble each other, and no list has them
        all. Swapped and doubled letters, missing dots and strokes ("arsplan") count as errors.
        """
        if any(map(self.is_undivided, map(self.stem, (one, other)))):
            return _UNDIVIDED
        parts, others = self.split(one), self.split(other)
        if parts is None or others is None or self.stem(parts[1]) != self.stem(others[1]):
            return _UNDIVIDED
        first, second = parts[0], others[0]
        # A lost dot makes no word that exists: "arsplan", but "vagtplan" is no "vægtplan".
        dotless = _strip_letters(first) == _strip_letters(second)
        if sorted(first) == sorted(second) or (dotless and not self.knows(_strip_letters(first))):
            return _UNDIVIDED
        # Of a word and a misspelling of it, the word decides the length.
        words = [part for part in (first, second) if self.knows(part)] or [first, second]
        return min(len(unfold(part)) for part in words)

    def abbreviates(self, short: str, word: str, *, dotted: bool) -> bool:
        """Return whether a token of two to five letters may be short for a longer word.

        It is the word's beginning with a full stop ("komm."), its consonants ("dgs"), or the
        initials of its parts ("gf" of "generalforsamling"); a known word is none.
        """
        if short[0] != word[0] or self.knows(short):
            return False
        short, whole = unfold(short), unfold(word)
        if dotted and 1 < len(short) < len(whole) > LONGEST_SHORT and whole.startswith(short):
            return True
        if not 1 < len(short) <= LONGEST_SHORT < len(whole):
            return False
        if len(short) > len("gf") and not _VOWEL.search(short, 1):
            letters = iter(whole)
            return all(letter in letters for letter in short)
        if len(short) > len("gf") and (body := self._find_body(word)):
            # "HMU" may be a "hovedudvalg".
            return unfold(body)[0] == short[-1]
        at = 0
        for left, letter in enumerate(short[1:], start=2 - len(short)):
            ends = ((p, word[p:]) for p in range(at + _SHORTEST_PART, len(word) - 2))
            starts = ((p, end) for p, end in ends if unfold(end)[0] == letter)
            at = next((p for p, end in starts if self._is_end(end, whole=not left)), 0)
            if not at:
                return False
        return True

    def _find_body(self, word: str) -> str | None:
        """Return the end of a compound that names a body, None without one."""
        ends = (word[at:] for at in range(_SHORTEST_PART, len(word) - 2))
        return next((end for end in ends if self.stem(end) in self.bodies), None)

    def _is_end(self, end: str, *, whole: bool) -> bool:
        """Return whether the end of a word is a part of it, or with `whole` its last part."""
        body = self.stem(end) in self.bodies
        return body or (end in self._forms if whole else self.knows(end))

    def joins(self, compound: str, left: str, right: str) -> bool:
        """Return whether a compound consists of two words: "samarbejds" and "aftale"."""
        end = self.stem(right)
        whole = self.stem(compound)
        if not whole.endswith(end) or len(whole) <= len(end):
            return False
        return self.is_first_part(whole[: -len(end)], left)


def spell_ks(word: str) -> str:
    """Return a word with "ks": "kodex" is an older spelling of "kodeks", "export" of "eksport"."""
    return _OLD_X.sub("ks", word) if "x" in word else word


def unfold(word: str) -> str:
    """Return a folded word with æ, ø and å of one letter each, so that they count as one."""
    return word.replace("ae", "æ").replace("oe", "ø").replace("aa", "å")


def _strip_letters(word: str) -> str:
    """Return a folded word as people without Danish letters may type it: "arsplan"."""
    return word.replace("ae", "a").replace("oe", "o").replace("aa", "a")
