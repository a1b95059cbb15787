"""The tokens of a run's names, found by the words that they may be written for (pure)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract_iter

from syncer.matching.names.danish import LONGEST_SHORT, spell_ks
from syncer.matching.names.parts import Part, find_root
from syncer.matching.names.records import Word
from syncer.matching.names.typing_errors import differs_by_doubling, differs_by_typing
from syncer.matching.names.wordbook import Wordbook

_LINKS: Final = ("", "s", "e", "es", "er")
_ENDINGS: Final = ("er", "e", "en", "et")
_START: Final = 3
"""Letters that all forms of a word have in common, and most of its misspellings."""
_MAX_COMPARED: Final = 2_000
"""Words with one beginning that are compared for typing errors: a bound for hostile trees."""
_MOST_EDITS: Final = 5
"""Edits between two words of which the stems may differ by a typing error."""
_SHORTEST_MISTYPED: Final = 6
_LONG_BEGINNING: Final = 7
_SHORTEST_ROOT: Final = 4


class Spellings:
    """The distinct tokens of a run's names; each is read when a word may be spelled so."""

    def __init__(
        self,
        book: Wordbook,
        tokens: Iterable[str],
        spend: Callable[[int], None] = lambda _steps: None,
    ) -> None:
        """Sort the tokens by their beginnings and ends; `spend` counts the steps of searching."""
        self._book = book
        self._spend = spend
        self._texts: dict[str, str] = {}
        self._by_start: defaultdict[str, list[str]] = defaultdict(list)
        self._by_end: defaultdict[str, list[str]] = defaultdict(list)
        self._short: defaultdict[str, list[str]] = defaultdict(list)
        self._drafts: defaultdict[str, list[str]] = defaultdict(list)
        self._of_stem: dict[str, list[str]] = {}
        self._with_root: dict[str, list[str]] = {}
        for token in tokens:
            text = self._texts[token] = spell_ks(book.read_word(token)[0] or token)
            # A short form may begin otherwise than what all forms share: "ny", "nye".
            start = text if len(text) > _START else book.stem(text)
            self._by_start[start[:_START]].append(token)
            self._by_end[text[0] + text[-_START:]].append(token)
            if len(token) <= LONGEST_SHORT and not book.knows(token):
                self._short[token[0]].append(token)
            # A draft is also found by the word for what it is a draft of.
            drafted = book.without_draft(text)
            if drafted is not None:
                self._drafts[book.stem(drafted)].append(token)
        # One search in all of them is many times faster than one in each.
        self._joined = "".join(f"{token}\n" for token in self._texts)

    def find(self, word: Word) -> set[str]:
        """Return the tokens that are a word in any form, mistyped, or short for it."""
        book = self._book
        tokens = set(self._with_stem(word.stem))
        for spelled in book.spellings_of(word):
            tokens.update(self._find_mistyped(spelled))
        if len(word.text) > LONGEST_SHORT or book.knows(word.text):
            return tokens | self._find_short(word.text)
        short = word.text
        self._spend(len(self._texts) // 4)
        return tokens | {t for t in self._texts if book.abbreviates(short, t, dotted=True)}

    def _with_stem(self, stem: str) -> list[str]:
        """Return the tokens with a stem."""
        known = self._of_stem.get(stem)
        if known is None:
            # An irregular form may have another end: "middel", "midler".
            begin, stem_of, texts = stem[:-_START], self._book.stem, self._texts
            self._spend(1 + len(self._by_start.get(stem[:_START], ())) // 8)
            known = self._of_stem[stem] = [
                token
                for token in self._by_start.get(stem[:_START], ())
                if texts[token].startswith(begin) and stem_of(texts[token]) == stem
            ]
            known += self._drafts.get(stem, ())
            for other in self._book.synonyms_of(Word("", stem)):
                if (same := stem_of(other)) != stem:
                    known += (
                        t for t in self._by_start.get(same[:_START], ()) if stem_of(t) == same
                    )
        return known

    def _find_mistyped(self, word: Word) -> list[str]:
        """Return the tokens that begin or end like a word and may be typing errors of it."""
        text = word.text
        if len(text) < _SHORTEST_MISTYPED:
            return []
        near = self._by_start.get(text[:_START], [])[:_MAX_COMPARED]
        near += self._by_end.get(text[0] + text[-_START:], [])[:_MAX_COMPARED]
        if len(text) == 2 * _START:
            # Two letters swapped in the middle change both halves: "budget", "bugdet".
            swapped = text[: _START - 1] + text[_START]
            near += self._by_start.get(swapped, [])[:_MAX_COMPARED]
        self._spend(len(near) // 2)
        # Comparing all of them by letters at once saves two calls for each that is far off.
        alike = {token: self._texts[token] for token in near}
        close = list(extract_iter(text, alike, scorer=OSA.distance, score_cutoff=_MOST_EDITS))
        self._spend(10 * len(close))
        return [token for other, _, token in close if self._is_mistyped(word, other)]

    def _is_mistyped(self, word: Word, text: str) -> bool:
        return (
            differs_by_typing(word.text, text)
            or differs_by_typing(word.stem, self._book.stem(text))
            or differs_by_doubling(word.text, text)
        )

    def _find_short(self, text: str) -> set[str]:
        """Return the tokens that may be short for a word."""
        if len(text) <= LONGEST_SHORT:
            return set()
        begun = (t for t in self._by_start.get(text[:_START], ()) if text.startswith(t))
        short = (*self._short.get(text[0], ()), *begun)
        self._spend(1 + len(short) // 2)
        return {token for token in short if self._book.abbreviates(token, text, dotted=True)}

    def split(self, stem: str, *, again: bool = True) -> Iterator[tuple[set[str], ...]]:
        """Yield the tokens for each part of a compound, for each split into two or three."""
        for at in range(2, len(stem) - 2):
            self._spend(1)
            end = stem[at:]
            if end[:_START] not in self._by_start:
                continue
            right = self._with_stem(end if again else self._book.stem(end))
            if not right:
                continue
            ends = {stem[: at - cut] for cut in range(3) if at - cut >= 2}
            left = {token for end in ends for token in self._with_stem(end)}
            left |= self._find_short(stem[:at])
            if stem[:at] in self._texts:
                left.add(stem[:at])
            if left:
                yield left, set(right)
            elif again:
                for parts in self.split(stem[:at], again=False):
                    yield *parts, set(right)

    def join(self, one: Word, other: Word) -> set[str]:
        """Return the tokens in which two words are one compound, in either order, or are short."""
        tokens = self._find_short(one.text + other.text) if other.joined else set()
        for left, right in ((one, other), (other, one)):
            near: Iterable[str] = self._by_start.get(left.text[:_START], ())
            if len(left.text) < _START:
                near = (token for token, text in self._texts.items() if text.startswith(left.text))
            near = list(near)
            self._spend(1 + len(near) // 8)
            begin = right.stem[:-_START]
            compounds = [token for token in near if self._texts[token].find(begin, 1) > 0]
            if compounds:
                # The stemmer shortens double letters: "gruppe" is "grup", but joins as "gruppe";
                # and too much: "licenser" is "lic", but joins as "licens".
                bases = {left.text, left.stem, left.stem + left.stem[-1:]}
                bases |= {left.text.removesuffix(ending) for ending in _ENDINGS}
                stems = {base + link + right.stem for base in bases for link in _LINKS}
                stem_of = self._book.stem
                tokens.update(t for t in compounds if stem_of(self._texts[t]) in stems)
        return tokens

    def list_kin(self, part: Part) -> set[str]:
        """Return the tokens that have the root of a part or of a near word, or are short for it."""
        book = self._book
        near = (*book.list_near(part.alone), *book.list_near(part.word))
        roots = {part.root, *(find_root(book, text) for text in near)}
        found = {*self._find_short(part.text), *self._with_stem(part.stem)}
        found.update(token for text in near for token in self._with_stem(book.stem(text)))
        for root in roots:
            if root not in self._with_root:
                self._with_root[root] = self._find_root(root)
            found.update(self._with_root[root])
        return found

    def _find_root(self, root: str) -> list[str]:
        if len(root) < _SHORTEST_ROOT:
            return self._by_start.get(root, [])
        self._spend(1 + len(self._joined) // 1_000)
        found: list[str] = []
        at = self._joined.find(root)
        while at >= 0:
            end = self._joined.find("\n", at)
            found.append(self._joined[self._joined.rfind("\n", 0, at) + 1 : end])
            at = self._joined.find(root, end)
        return found

    def begin_like(self, word: Word) -> list[str]:
        """Return the tokens that share the first six or seven letters of a word."""
        begin = word.text[:_LONG_BEGINNING]
        near = self._by_start.get(begin[:_START], ()) if len(begin) >= _SHORTEST_MISTYPED else ()
        self._spend(1 + len(near) // 10)
        return [token for token in near if token.startswith(begin)]
