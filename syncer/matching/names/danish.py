"""Danish words made comparable: folding, inflection, compounds, typing errors (pure)."""

from __future__ import annotations

import re
import unicodedata
from string import ascii_lowercase
from typing import Final

import snowballstemmer
from rapidfuzz.distance import OSA

from syncer.matching.names.vocabulary import Vocabulary

MAX_WORD: Final = 60
"""Letters of a word that are looked at; the longest words of offices have about 40."""

_LETTERS: Final = (
    ("æ", "ae"), ("ø", "oe"), ("å", "aa"), ("ä", "ae"), ("ö", "oe"), ("ð", "d"), ("þ", "th"),
)  # fmt: skip
_DERIVED: Final = re.compile(
    r"(.*(?:pligt|sigt|svigt)|.{2,}(?:els|hed|ig|isk|ing|skab|tion|sion|itet|ment|or|anc|ans))"
    r"(?:e|en|et|er|erne|ene|ers|ens|ets|ernes|enes|es|s|t|te|ede)?"
)
"""What makes a word of another (styre, styrelse): the stemmer would cut it off, we keep it."""
_ENDS_BEHIND_VOWEL: Final = re.compile(r"(.*[ao])e(?:r|rs|rne|rnes|n|ns|t|ts)")
"""An ending behind an a or o ("skemaer", "logoer"), which folded looks like an æ or ø."""
_AGENT_ENDINGS: Final = ("", "s", "en", "ens", "e", "es", "ne", "nes")
_PREFIXES: Final = (
    "ind", "til", "fra", "for", "gen", "mis", "af", "an", "be", "op", "ud", "under", "over", "mod",
    "med", "ned", "sam", "ekstern", "intern", "eks", "im", "u",
)  # fmt: skip
_LINKS: Final = ("", "s", "e", "es", "er", "n", "en")
_ENDINGS: Final = (*_LINKS, "ens", "et", "ets", "ers", "ere", "erne", "ernes", "ne", "ene")
_ENDINGS_OF_E: Final = tuple(ending for ending in _ENDINGS if ending.startswith(("e", "s")))
"""What follows the stem of a word in -e: "kompetencen", "samarbejds-", but no "kompetenc"."""
_SHORTEST_PART: Final = 3
_ONE_EDIT_FROM: Final = 6
_TWO_EDITS_FROM: Final = 14
_DOUBLING_FROM: Final = 9
_MOST_APART: Final = 4
_MOST_DOUBLED: Final = 2
_DOUBLED: Final = re.compile(r"([a-z])\1")


def fold(text: str) -> str:
    """Make a name comparable: case, Unicode form, æ/ø/å as ae/oe/aa, no other accents.

    Linear in the text. Source: our choice; the three letters as Danish travel documents spell
    them.
    """
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFC", text).casefold()
    for letter, instead in _LETTERS:
        text = text.replace(letter, instead)
    if text.isascii():
        return text
    split = unicodedata.normalize("NFKD", text)
    return "".join(c for c in split if not unicodedata.combining(c))


class Lexicon:
    """The words of one vocabulary, and what is a form of what.

    Answers are remembered for as long as the lexicon lives, which is one run. Words are given
    folded.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Fold and stem the vocabulary's lists."""
        self._snowball = snowballstemmer.stemmer("danish")
        self._stems: dict[str, str] = {}
        self._known: dict[str, bool] = {}
        self._irregular = {
            fold(form): fold(forms[0]) for forms in vocabulary.irregular_words for form in forms
        }
        self._irregular_ends = tuple(form for form in self._irregular if len(form) >= 5)
        agents = [fold(word) for word in vocabulary.agent_words]
        self._agents = tuple(sorted(agents, key=len, reverse=True))
        lists = (vocabulary.known_words, vocabulary.document_words, vocabulary.aspect_words)
        lemmas = [fold(word) for words in lists for word in words]
        self._words = frozenset(lemmas)
        self._in_vowel = tuple(lemma for lemma in lemmas if lemma.endswith(("a", "o")))
        self._singular = tuple(fold(word) for word in vocabulary.singular_words)
        self._single_plurals = {self.stem(fold(word)) for word in vocabulary.single_plurals}
        self._lemmas = {}
        for lemma in sorted(lemmas, key=len, reverse=True):
            self._lemmas[self.stem(lemma)] = lemma
        self._forms = frozenset(
            base + ending
            for lemma in lemmas
            for base in {lemma, self.stem(lemma)}
            for ending in (_ENDINGS if base == lemma or lemma[-1] != "e" else _ENDINGS_OF_E)
            if len(base) >= _SHORTEST_PART and not (base + ending).endswith("sss")
        )
        self._unparted = self._find_unparted(vocabulary)

    def _find_unparted(self, vocabulary: Vocabulary) -> frozenset[str]:
        """Return the stems of documents that end like a compound and are one word: "fuldmagt".

        Not what ends as another kind does: beside a "tidsplan" there may be a "tilsynsplan". But
        words that have synonyms ("tjekliste") are names by themselves.
        """
        kinds = [fold(word) for word in vocabulary.document_words]
        heads = frozenset(map(self.stem, kinds))
        parted = ((word, self.split(word)) for word in kinds)
        listed = (word for word, parts in parted if parts and self.stem(parts[1]) not in heads)
        named = (fold(word) for words in vocabulary.synonyms for word in words if word.isalpha())
        return frozenset(map(self.stem, (*listed, *named)))

    def begin_run(self) -> None:
        """Part a copy's memory from what it was copied from: no run's words outlive it."""
        self._stems = dict(self._stems)
        self._known = {}

    def stem(self, word: str) -> str:
        """Return what all inflected forms of a folded word share.

        Source: the Snowball stemmer for Danish, repeated until nothing more falls off ("budget"
        and "budgetter" meet only then), but never past a derivation: a "styrelse" is no "styrer".
        """
        known = self._stems.get(word)
        if known is None:
            known = self._stems[word] = self._find_stem(word[:MAX_WORD])
        return known

    def _find_stem(self, word: str) -> str:
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
        vowel = _ENDS_BEHIND_VOWEL.fullmatch(word)
        if vowel is not None and vowel[1].endswith(self._in_vowel):
            return vowel[1]
        word = _unfold(word)
        while True:
            derived = _DERIVED.fullmatch(word)
            if derived:
                return fold(derived[1])
            shorter = self._snowball.stemWord(word)
            if shorter == word or len(shorter) < _SHORTEST_PART:
                return fold(word)
            word = shorter

    def _find_agent(self, word: str) -> str | None:
        """Return who acts, without ending: "superbrugernes" is "superbruger"; None for no one.

        The stemmer would bring them together with what they do: "brugerne", "brugen". A plural
        that only ends like one ("samarbejdsaftaler", which no "taler" makes) is none.
        """
        for ending in _AGENT_ENDINGS:
            whole = word.removesuffix(ending)
            if word.endswith(ending) and whole.endswith(self._agents):
                return whole if self._is_agent(whole) else None
        return None

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

    def knows(self, word: str) -> bool:
        """Tell whether a word, or a compound of words, is in the vocabulary."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._knows(word[:MAX_WORD])
        return known

    def _knows(self, word: str) -> bool:
        """Walk the word from left to right, keeping the places where a part may begin."""
        starts = {0}
        for start in range(len(word)):
            if start not in starts:
                continue
            for end in range(start + _SHORTEST_PART, len(word) + 1):
                if word[start:end] in self._forms:
                    starts.add(end)
        return len(word) in starts

    def lemma(self, word: str) -> str | None:
        """Return the dictionary form of a folded word, None when the vocabulary has none."""
        return self._lemmas.get(self.stem(word))

    def split(self, word: str) -> tuple[str, str] | None:
        """Part a compound before its last known word: ("samarbejds", "aftale"); None for none.

        The longest known last part wins; the first part has at least three letters.
        """
        for start in range(_SHORTEST_PART, len(word) - _SHORTEST_PART):
            if word[start:] in self._forms and word[:start].isalpha():
                return word[:start], word[start:]
        return None

    def part(self, word: str) -> str:
        """Return the first part of a compound, folded, without what joins it: "samarbejds".

        The s stays where the word has one of its own: "kursus", "proces".
        """
        joined = word.endswith("s") and len(word) > 4 and word not in self._words
        return word[:-1] if joined else word

    def is_plural(self, word: str) -> bool:
        """Tell whether a folded noun speaks of several: "skabeloner", never "vedtægter"."""
        if self.stem(word) in self._single_plurals or word.endswith(self._singular):
            return False
        agent = self._find_agent(word)
        if agent is not None:
            return word.removesuffix("s") in (agent + "e", agent + "ne")
        return len(word) > 5 and word.endswith(("er", "erne", "ers", "ernes", "breve", "brevene"))

    def left_matches(self, left: str, word: str) -> bool:
        """Tell whether `left`, the first part of a compound, is `word` with joining letters."""
        if left == word or self.stem(left) == self.stem(word):
            return True
        stem = self.stem(word)
        if self._find_agent(left) is not None:
            return False
        return any(left == stem + link or left == word + link for link in _LINKS)

    def differs_by_joining(self, one: str, other: str) -> bool:
        """Tell whether two compounds differ only in what joins them: samarbejdaftale."""
        longer, shorter = (one, other) if len(one) > len(other) else (other, one)
        for at in range(_SHORTEST_PART, len(shorter) - _SHORTEST_PART):
            for link in ("s", "e", "es"):
                joined = shorter[:at] + link + shorter[at:]
                if joined == longer and shorter[at:].removeprefix("s") in self._forms:
                    return True
        return False

    def differs_in_short_part(self, one: str, other: str) -> bool:
        """Tell whether two compounds of one head differ in a first part too short for a slip.

        A havneplan is no haveplan: short words lie close together, and no list holds them all.
        Letters swapped and dots and strokes left out ("årsplan", "arsplan") are slips all the same.
        """
        if self.stem(one) in self._unparted or self.stem(other) in self._unparted:
            return False
        parts, others = self.split(one), self.split(other)
        if parts is None or others is None or self.stem(parts[1]) != self.stem(others[1]):
            return False
        first, second = parts[0], others[0]
        # Of a word and a slip of it, the word tells how long it is.
        words = [part for part in (first, second) if self.knows(part)] or [first, second]
        if min(len(_unfold(part)) for part in words) >= _ONE_EDIT_FROM:
            return False
        swapped = sorted(first) == sorted(second)
        return not swapped and _strip(first) != _strip(second)

    def joins(self, compound: str, left: str, right: str) -> bool:
        """Tell whether a compound's stem is these two words: "samarbejds" and "aftale"."""
        end = self.stem(right)
        whole = self.stem(compound)
        if not whole.endswith(end) or len(whole) <= len(end):
            return False
        return self.left_matches(whole[: -len(end)], left)


def differs_by_typing(one: str, other: str) -> bool:
    """Tell whether two folded words differ as a slip of the fingers makes them differ.

    One edit (a letter missing, doubled, wrong, or two swapped) from six letters on, two from
    fourteen, never next to each other (that is another syllable: projekt, produkt). Never the
    first letter, a digit, a prefix that turns the meaning (ansættelse, afsættelse), or the last -i
    that makes a science of a person (økonom). The letters æ, ø, å count as one, although folded
    they are two.
    """
    if one[:1] != other[:1] or abs(len(one) - len(other)) > _MOST_APART:
        return False
    return _is_slip(one, other) or _is_slip(_unfold(one), _unfold(other))


def slips_of(word: str) -> frozenset[str]:
    """Return a folded word with one letter left out, added, wrong or swapped, not the first.

    Nor is the first one doubled: in "samarbejdsskabelon" it joins.
    """
    left_out = {word[:at] + word[at + 1 :] for at in range(1, len(word))}
    swapped = {
        word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1)
    }
    wrong = {
        word[:at] + letter + word[at + more :]
        for at in range(1, len(word))
        for letter in ascii_lowercase
        for more in (0, 1)
    }
    added = {word + letter for letter in ascii_lowercase}
    return frozenset((left_out | swapped | wrong | added) - {word, word[0] + word})


def _is_slip(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    if shorter < _ONE_EDIT_FROM or one + "i" == other or other + "i" == one:
        return False
    allowed = 2 if shorter >= _TWO_EDITS_FROM else 1
    distance = OSA.distance(one, other, score_cutoff=allowed)
    if distance == 0 or distance > allowed:
        return False
    if not (one.isalpha() and other.isalpha()) or _prefixes_differ(one, other):
        return False
    return distance == 1 or _edits_lie_apart(one, other)


def _unfold(word: str) -> str:
    return word.replace("ae", "æ").replace("oe", "ø").replace("aa", "å")


def _strip(word: str) -> str:
    """Return a folded word as people write it who have no Danish letters and rewrite none."""
    return word.replace("ae", "a").replace("oe", "o").replace("aa", "a")


def _prefixes_differ(one: str, other: str) -> bool:
    """Tell whether two words have prefixes, and not the same: another word, no slip."""
    first, second = _prefix(one), _prefix(other)
    return first is not None and second is not None and first != second


def _prefix(word: str) -> str | None:
    return next((p for p in _PREFIXES if word.startswith(p) and len(word) > len(p) + 3), None)


def differs_by_doubling(one: str, other: str) -> bool:
    """Tell whether two long folded words differ only in which of their letters are doubled."""
    if one == other or min(len(one), len(other)) < _DOUBLING_FROM:
        return False
    if abs(len(one) - len(other)) > _MOST_DOUBLED:
        return False
    return _DOUBLED.sub(r"\1", one) == _DOUBLED.sub(r"\1", other)


def _edits_lie_apart(one: str, other: str) -> bool:
    """Tell whether at least three letters that agree stand between the two differences."""
    same_before = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    same_behind = next(
        (i for i, (a, b) in enumerate(zip(one[::-1], other[::-1], strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return max(len(one), len(other)) - same_before - same_behind >= 5
