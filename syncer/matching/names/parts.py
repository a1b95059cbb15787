"""The parts of compounds and the roots of derived words (pure)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from syncer.matching.names.danish import PREFIXES, Lexicon
from syncer.matching.names.records import Word
from syncer.matching.names.wordbook import Wordbook

_DERIVED: Final = re.compile(
    r"(?<=.{4})(?:ning|ing|els|else|sel|ation|ion|at|or|er|ere|et|te|t|d|e)$"
)
"""Endings that derive nouns and adjectives of a verb: "modtagelse", "bestilling", "samlet"."""
_JOINT: Final = re.compile(r"(?<=[^aeiouy])n$")
"""The n of "lukning" after "luk-", which "åbning" and "åbne" have both."""
_LEASED: Final = re.compile(r"^ud(?=lej)|(?<=^plan)laeg$")
_SHORTEST: Final = 4
_SHORTEST_REST: Final = 3
_SHORTEST_CLIP: Final = 3
"""Letters of a word's beginning that may be short for it: "lab"."""
_SORT: Final = 0.5
_DERIVED_ALIKE: Final = 0.8
_CALLED_ALIKE: Final = 0.9
_MEANT_ALIKE: Final = 0.7


class Part(NamedTuple):
    """A part of a word, or a whole one.

    Attributes:
        word: the word it is a part of.
        text: the part, without joining letters.
        stem: what its inflected forms share.
        root: what the words derived of the same verb share.
        last: whether it is the last part of the word.
        weight: what it says of a document: its letters, half for a kind of document.
    """

    word: Word
    text: str
    stem: str
    root: str
    last: bool = True
    weight: float = 0.0

    @property
    def alone(self) -> Word:
        """The part as a word of its own, which may be short for another: "info"."""
        short = len(self.text) >= _SHORTEST_CLIP and self.text not in PREFIXES
        dotted = self.last and (self.word.dotted or short)
        return Word(self.text, self.stem, apart=self.word.apart, dotted=dotted)

    @property
    def whole(self) -> bool:
        """Whether the word has no other part."""
        return self.text == self.word.text


def list_parts(
    book: Wordbook,
    words: Iterable[Word],
    others: Sequence[str] = (),
    whole: Collection[str] = frozenset(),
) -> tuple[Part, ...]:
    """Return the parts of words, in order; words with a stem in `whole` are not divided.

    A compound that the vocabulary does not divide is divided at what it begins or ends with of
    `others`: "databrud" at "brud".
    """
    return tuple(
        part
        for word in words
        for part in _build_parts(book, word, _divide(book, word, others, whole))
    )


def list_texts(words: Iterable[Word], parts: Iterable[Part]) -> tuple[str, ...]:
    """Return the texts of words and parts at which other words may be divided, longest first."""
    texts = {form for word in words for form in (word.text, word.stem)}
    texts.update(part.text for part in parts)
    texts.update(t[:-1] for t in tuple(texts) if t.endswith("er"))  # "brevstemme-" of "-stemmer"
    return tuple(sorted((t for t in texts if len(t) >= _SHORTEST), key=lambda t: (-len(t), t)))


def _build_parts(book: Wordbook, word: Word, texts: Sequence[str]) -> Iterator[Part]:
    for text in texts:
        yield Part(word, text, *_read_part(book, text, last=text == texts[-1]))


def _read_part(book: Wordbook, text: str, *, last: bool) -> tuple[str, str, bool, float]:
    """Return a part's stem, its root, whether it is the last one, and its weight."""
    known = book.parts.get(text)
    if known is None:
        alone = Word(text, book.stem(text))
        says_kind = book.is_kind_alone(alone) or book.without_sort(alone) == ""
        weight = len(alone.stem) * (_SORT if says_kind or book.is_handling(alone) else 1)
        known = book.parts[text] = (alone.stem, find_root(book, text), weight)
    stem, root, weight = known
    return stem, root, last, weight


def _divide(
    book: Wordbook, word: Word, others: Sequence[str], whole: Collection[str]
) -> tuple[str, ...]:
    return (word.text,) if word.stem in whole else tuple(_divide_text(book, word.text, others))


def _divide_text(book: Wordbook, text: str, others: Sequence[str]) -> Iterable[str]:
    stem = book.stem(text)
    if book.is_undivided(stem) or book.is_handling(Word(text, stem)):
        return (text,)
    parts = book.split(text)
    # "Forsikring" and "vedligehold" are single words.
    single = parts and book.lemma(text) and not book.knows(parts[0])
    if parts and not single and parts[0] not in PREFIXES:
        return (*_divide_text(book, book.strip_joint(parts[0]), others), parts[1])
    near = [o for o in others if text.endswith(o) or text.startswith(o)]
    for other in () if book.is_kind_alone(Word(text, stem)) else near:
        short = len(text) < len(other) + _SHORTEST_REST
        if short or find_root(book, other) == find_root(book, text):
            continue  # A derived word is no compound: "udgivelse", "udgiver".
        if text.endswith(other):
            rest = book.strip_joint(text.removesuffix(other))
            return *_divide_text(book, rest, others), other
        return other, text.removeprefix(other).removeprefix("s")
    return (text,)


def find_root(book: Lexicon, text: str) -> str:
    """Return what words derived of one verb share: "modtag" of "modtager" and "modtagelse"."""
    root = book.stem(text)
    if len(root) < _SHORTEST < len(text) - 2:
        root = text  # The stemmer leaves little of "opretter".
    while (shorter := _DERIVED.sub("", root)) != root:
        root = shorter
    if len(root) >= _SHORTEST and not book.is_agent(text):
        root = _JOINT.sub("", root)
    root = _LEASED.sub("", root)
    return root[:-1] if len(root) > _SHORTEST and root[-1] == root[-2] else root


def compare_parts(book: Wordbook, one: Part, other: Part) -> float:
    """Return how far two parts say the same: 1 for the same word, 0 for nothing in common.

    A person and what is done are two ("godkender", "godkendelse"), unless within a compound.
    """
    if one.stem == other.stem:
        return 1.0
    if one.root == other.root:
        person = book.is_agent(one.text) is not book.is_agent(other.text)
        person &= one.whole and other.whole and not book.is_handling(one.alone)
        return 0.0 if person else _DERIVED_ALIKE
    near = list_near_stems(book, one)
    if one.whole and other.whole and other.stem in near:
        return _CALLED_ALIKE
    is_meant = other.stem in near or (other.last and other.word.stem in near)
    # Only what begins alike may be short for the other; most parts do not.
    is_meant = is_meant or (one.text[0] == other.text[0] and book.may_mean(one.alone, other.alone))
    return _MEANT_ALIKE if is_meant else 0.0


def list_near_stems(book: Wordbook, part: Part) -> frozenset[str]:
    """Return the stems of what a part, or the word that it is a part of, may be called."""
    own, whole = book.near_stems(part.text, part.stem), part.word
    return own if part.text == whole.text else own | book.near_stems(whole.text, whole.stem)
