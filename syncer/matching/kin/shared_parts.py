"""The parts of a row's words and the like ones of a file's (pure)."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from typing import Final

from syncer.matching.folders import Context
from syncer.matching.names.danish import LONGEST_SHORT
from syncer.matching.names.parts import Part, compare_parts, list_parts, list_texts
from syncer.matching.names.records import Name, Word
from syncer.matching.names.wordbook import Wordbook

_LENT: Final = 0.8
_YEARLY: Final = frozenset(("aar", "aars"))


class SharedParts:
    """The parts of a row's words paired with those of a file's, and with its folders'."""

    def __init__(
        self, book: Wordbook, row: Name, file: Name, context: Context, nearby: Collection[str]
    ) -> None:
        """Pair each part of the row with the one that is most like it."""
        self._book, self._row, self._file = book, row, file
        self._context, self._nearby = context, nearby
        words = [word for folder in context.folders for word in folder.words]
        asked = {word.stem for word in row.words}
        texts = list_texts((*row.words, *words), list_parts(book, row.words))
        own = list_parts(book, file.words, texts, asked)
        self._own = [part for part in own if part.text not in _YEARLY]
        self._above = list_parts(book, words, texts, asked)
        self._by_stem = {part.stem: part for part in reversed(self._own)}
        texts = list_texts(file.words, (*self._own, *self._above))
        found = {word.stem for word in (*file.words, *words)}
        explained = self._list_explained()
        self._wanted = [
            part
            for part in list_parts(book, row.words, texts, found)
            if part.text not in _YEARLY and part.word not in explained
        ]
        self._pairs: list[tuple[Part, Part]] = []
        self._lent: list[Part] = []
        self._lacking: list[Part] = []
        self._said = 0.0
        for part in self._wanted:
            self._pair(part)
        used = [other for _, other in self._pairs]
        self._hit = {other.word for other in used}
        self._left = [p for p in self._own if p not in used and not self._repeats(p)]

    def _list_explained(self) -> list[Word]:
        """Return the row's words that only say what an abbreviation is: "SRO-anlægget"."""
        words = (word for one, word in pairwise(self._row.words) if one.begins)
        return [word for word in words if not self._book.is_document_kind(word)]

    def _repeats(self, part: Part) -> bool:
        """Return whether a part says again what the row says: "klageskema for naboklager"."""
        words = self._row.words
        return len(part.stem) >= LONGEST_SHORT - 1 and any(part.stem in w.text for w in words)

    def _pair(self, part: Part) -> None:
        same = self._by_stem.get(part.stem)
        alike = [] if same else [compare_parts(self._book, part, o) for o in self._own]
        most = 1.0 if same else max(alike, default=0.0)
        if same:
            self._pairs.append((part, same))
        elif most:
            self._pairs.append((part, self._own[alike.index(most)]))
        elif not self._is_sort(part) and any(
            compare_parts(self._book, part, other) for other in self._above
        ):
            self._lent.append(part)
            most = _LENT
        else:
            self._lacking.append(part)
        self._said += part.weight * most

    def _is_sort(self, part: Part) -> bool:
        """Return whether a part is the sort of document, which a file may omit.

        "Medlemsliste", "liste over …".
        """
        first = self._book.without_sort(part.word)
        return part.last if first else first == ""
