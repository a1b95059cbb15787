"""An index of the run's files by the words of their names: a row meets few of them (pure)."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Final, TypeAlias

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract_iter

from syncer.matching.covers import Cover, meet
from syncer.matching.folders import Context, date_by_folders, open_context
from syncer.matching.names.danish import LONGEST_SHORT, differs_by_doubling, differs_by_typing
from syncer.matching.names.dates import MONTH_NUMBERS, Date, part_of
from syncer.matching.names.formats import is_hidden, is_ignored
from syncer.matching.names.reader import Reader
from syncer.matching.names.records import Name, State, Word
from syncer.matching.pairing import begins_alike
from syncer.model.shares import RemoteFile, RemoteFolder, Share

Item: TypeAlias = int
"""Number of a file or folder in the index; by share, then by path."""
Place: TypeAlias = tuple[str, str]
"""A share and a folder in it."""

_MAX_FOUND: Final = 300
_LINKS: Final = ("", "s", "e", "es", "er")
_ENDINGS: Final = ("er", "r", "e", "en", "et")
_START: Final = 3
_MAX_COMPARED: Final = 2_000
"""Words with one beginning that are compared for typing errors: a bound for hostile trees."""
_MAX_DEPTH: Final = 60
_MOST_EDITS: Final = 5
"""Edits between two words of which the stems may differ by a typing error."""
_SHORTEST_MISTYPED: Final = 6
_MAX_SAME: Final = 5_000
"""Files with one token among which an exact name is looked for: a bound for hostile trees."""
_MAX_NUMBER_TOKENS: Final = 4
"""Tokens of a name that consists of a number or a date and an extension."""


class Index:
    """The files and folders of a run's shares, found by the words of their names.

    Items are numbered by share id and path, whatever the order of the input.

    Attributes:
        named: the files with exactly a row's name; the caller fills it.
    """

    def __init__(self, shares: Mapping[str, Share], reader: Reader) -> None:
        """Index every tree; names are read later, and only those that are asked for."""
        self.reader = reader
        self.book = reader.book
        self.named: frozenset[Item] = frozenset()
        self.entries: list[RemoteFile | RemoteFolder] = []
        self.share_of: list[str] = []
        self._folders: set[Item] = set()
        self._paths: dict[str, tuple[int, list[str]]] = {}
        self._postings: defaultdict[str, list[Item]] = defaultdict(list)
        self._ids: dict[tuple[str, int], Item] = {}
        self._lengths: list[int] = []
        self._read_file = cache(reader.read_file)
        self._read_folder = cache(reader.read_name)
        self._contexts: dict[str, Context] = {"": Context()}
        self._covers: dict[str, Cover] = {}
        for share in sorted(shares):
            tree = shares[share].tree
            if tree is not None:
                self._add(share, [*tree.files, *tree.folders])
        self._by_start: defaultdict[str, list[str]] = defaultdict(list)
        self._by_end: defaultdict[str, list[str]] = defaultdict(list)
        self._by_stem: defaultdict[str, list[str]] = defaultdict(list)
        self._texts: dict[str, str] = {}
        self._short: defaultdict[str, list[str]] = defaultdict(list)
        for token in self._postings:
            text = self._texts[token] = self.book.read_word(token)[0] or token
            self._by_start[text[:_START]].append(token)
            self._by_end[text[-_START:]].append(token)
            if len(token) <= LONGEST_SHORT and token.isalpha():
                self._short[token[0]].append(token)
            self._by_stem[self.book.stem(text)].append(token)
            # A draft is also found by the word for what it is a draft of.
            drafted = self.book.without_draft(text)
            if drafted is not None:
                self._by_stem[self.book.stem(drafted)].append(token)

    def _add(self, share: str, entries: list[RemoteFile | RemoteFolder]) -> None:
        entries.sort(key=lambda entry: entry.path)
        first = len(self.entries)
        tokens_of = self.reader.tokens_of
        postings = self._postings
        for number, entry in enumerate(entries, start=first):
            name = entry.path.rpartition("/")[2]
            is_file = isinstance(entry, RemoteFile)
            if not is_file:
                self._folders.add(number)
            ignored = is_file and is_ignored(name)
            tokens = [] if ignored or is_hidden(entry.path) else tokens_of(name)
            self._lengths.append(len(tokens))
            for token in tokens:
                postings[token].append(number)
            if entry.file_id is not None:
                self._ids.setdefault((share, entry.file_id), number)
        self.entries.extend(entries)
        self.share_of.extend([share] * len(entries))
        self._paths[share] = (first, [entry.path for entry in entries])

    def is_folder(self, item: Item) -> bool:
        """Return whether an item is a folder."""
        return item in self._folders

    def is_in_places(self, item: Item, places: Iterable[Place]) -> bool:
        """Return whether an item is in one of the places, at any depth."""
        path, share = self.entries[item].path, self.share_of[item]
        return any(share == own and is_within(path, place) for own, place in places)

    def name_of(self, item: Item, literal: frozenset[str] = frozenset()) -> Name:
        """Return an item's name, with the state words in `literal` read as ordinary words."""
        name = self.entries[item].name
        return self._read_folder(name) if self.is_folder(item) else self._read_file(name, literal)

    def context_of(self, item: Item) -> Context:
        """Return what the folders above an item state."""
        return self._context(self.entries[item].path.rpartition("/")[0])

    def _context(self, path: str) -> Context:
        if path not in self._contexts:
            above, _, name = path.rpartition("/")
            outer = self._context(above if path.count("/") < _MAX_DEPTH else "")
            self._contexts[path] = open_context(self.book, outer, name, self._read_folder(name))
        return self._contexts[path]

    def dates_of(self, item: Item) -> tuple[Date, ...]:
        """Return the dates and years of an item's name, completed by those of its folders."""
        name = date_by_folders(self.name_of(item), self.context_of(item))
        return (*name.marks.dates, *((int(year), 0, 0) for year in name.plain_years))

    def state_of(
        self,
        item: Item,
        name: Name,
        places: Iterable[Place],
        literal: frozenset[str] = frozenset(),
    ) -> State:
        """Return an item's state by its name and by its folders below the places.

        Folders at or above a place do not count: a row that points into an archive means what is
        in it.
        """
        folders = self.folders_above(item, places, literal)
        if State.OUTDATED in (name.state, *(folder.state for folder in folders)):
            return State.OUTDATED
        in_drafts = any(folder.state is State.DRAFT for folder in folders)
        return State.DRAFT if in_drafts and not name.says_final else name.state

    def folders_above(
        self, item: Item, places: Iterable[Place], literal: frozenset[str] = frozenset()
    ) -> list[Name]:
        """Return the names of the folders above an item and below the nearest of the places.

        The state words in `literal` are read as ordinary words.
        """
        path, share = self.entries[item].path, self.share_of[item]
        inside = max((len(p) for s, p in places if s == share and is_within(path, p)), default=0)
        return [self._read_folder(part, literal) for part in path[inside:].split("/")[:-1] if part]

    def below(self, item: Item) -> range:
        """Return the items below a folder other than the root, at any depth, in order of path."""
        folder = self.entries[item].path
        first, paths = self._paths[self.share_of[item]]
        low = bisect_left(paths, folder + "/")
        return range(first + low, first + bisect_left(paths, folder + "0", low))

    def find_path(self, share: str, path: str) -> Item | None:
        """Return the item at a path, None when there is none."""
        first, paths = self._paths.get(share, (0, []))
        at = bisect_left(paths, path)
        return first + at if at < len(paths) and paths[at] == path else None

    def find_id(self, file_id: int, shares: Iterable[str]) -> Item | None:
        """Return the first item with a file id in the shares, None when there is none."""
        return next((self._ids[s, file_id] for s in shares if (s, file_id) in self._ids), None)

    def search(self, words: Sequence[Word], row: Name, places: Sequence[Place]) -> list[Item]:
        """Return the items whose names, with their folders', may contain all the words.

        Args:
            words: what a name must contain, as one word or several, in any form.
            row: the row's name; items with its numbers and dates are kept first.
            places: the row's places; items in them are kept next, then those with short names.

        Returns:
            Items in order; a superset of those that fit, but at most 300.
        """
        covers = [self._cover(word) for word in words]
        for at, (one, other) in enumerate(pairwise(words)):
            joined = self._joined(one, other)
            if joined:
                covers[at] = self._build_cover(covers[at].items | joined)
                covers[at + 1] = self._build_cover(covers[at + 1].items | joined)
        numbers = _list_numbers(row)
        numbered = self._find_numbered(covers, numbers)
        found = frozenset(numbered).union(*(meet(covers, own) for own in covers))
        if len(found) > _MAX_FOUND:
            found = self._keep_best(found, numbers, places)
        return sorted(found)

    def _find_numbered(self, covers: Sequence[Cover], numbers: Iterable[str]) -> set[Item]:
        """Return items named by one of the numbers in folders with all words: "Regnskab/2025"."""
        if not all(cover.starts for cover in covers):
            return set()
        lengths = self._lengths
        named = {item for number in numbers for item in self._postings.get(number, ())}
        bare = (item for item in named if lengths[item] <= _MAX_NUMBER_TOKENS)
        return {item for item in bare if all(cover.is_above(item) for cover in covers)}

    def _keep_best(
        self, found: frozenset[Item], numbers: Iterable[str], places: Sequence[Place]
    ) -> frozenset[Item]:
        hits: Counter[Item] = Counter()
        for number in numbers:
            # Their folders may say the year, and their names only the day.
            hits.update(self._build_cover(self._postings.get(number, ())).reach(found))
        best = sorted(
            found, key=lambda i: (-hits[i], not self.is_in_places(i, places), self._lengths[i], i)
        )
        return frozenset(best[:_MAX_FOUND])

    def find_same(self, name: str) -> list[Item]:
        """Return the files with exactly a name, but for case, signs and the extension."""
        tokens = self.reader.tokens_of(name)
        if not tokens:
            return []
        postings = sorted((self._postings.get(token, []) for token in set(tokens)), key=len)
        if len(postings[0]) > _MAX_SAME:
            return []
        tokens_of = self.reader.tokens_of
        least, most = len(tokens), len(tokens) + 2  # an extension is one token or two
        found: list[Item] = []
        for item in sorted(set(postings[0]).intersection(*postings[1:])):
            if least <= self._lengths[item] <= most and not self.is_folder(item):
                own = self.entries[item].name
                if tokens in (tokens_of(own), tokens_of(own.rpartition(".")[0])):
                    found.append(item)
        return found

    def search_parts(self, words: Sequence[Word], places: Sequence[Place]) -> list[Item]:
        """Return the items in the places that have one of the words, in order; at most 300."""
        stems = [word.stem for word in words]
        tokens = {
            token
            for stem in stems
            for token in self._by_start.get(stem[:_START], ())[:_MAX_COMPARED]
            if begins_alike(stem, self.book.stem(self._texts[token]))
        }
        found = self._items(tokens).union(*(self._cover(word).items for word in words))
        return sorted(item for item in found if self.is_in_places(item, places))[:_MAX_FOUND]

    def search_near(self, words: Iterable[Word], most: int) -> list[Item]:
        """Return items that share a word, or a word's beginning, with the words: near misses."""
        found: dict[Item, None] = {}
        for word in sorted(words, key=lambda word: len(self._cover(word).items)):
            found.update(dict.fromkeys(sorted(self._cover(word).items)[:most]))
            begin = word.text[:7]
            for token in self._by_start.get(word.text[:_START], ()) if len(begin) > 5 else ():
                if token.startswith(begin):
                    found.update(dict.fromkeys(self._postings[token][:most]))
            if len(found) >= most:
                break
        return list(found)[:most]

    def _cover(self, word: Word) -> Cover:
        """Return the items with a word in any form, as separate words, or mistyped.

        One part of a compound may be the name of a folder above them.
        """
        if word.text not in self._covers:
            self._covers[word.text] = self._build_cover(self._find_cover(word))
        return self._covers[word.text]

    def _build_cover(self, items: Collection[Item]) -> Cover:
        """Return a cover of items, with what is below the folders among them."""
        starts: list[Item] = []
        ends: list[Item] = []
        for item in sorted(self._folders.intersection(items)):
            # A folder within the last one adds nothing.
            if not ends or item >= ends[-1]:
                below = self.below(item)
                starts.append(below.start)
                ends.append(below.stop)
        return Cover(frozenset(items), starts, ends)

    def _find_cover(self, word: Word) -> set[Item]:
        stems = [word.stem, *map(self.book.stem, self.book.synonyms_of(word))]
        tokens = {token for stem in stems for token in self._by_stem.get(stem, ())}
        for spelled in self.book.spellings_of(word):
            for token in self._find_alike(spelled.text):
                if token not in tokens and self._is_near(spelled, self._texts[token]):
                    tokens.add(token)
        tokens |= self._find_meant(word)
        found = self._items(tokens)
        for parts in self._splits(word.stem):
            covers = [self._build_cover(part) for part in parts]
            found |= meet(covers, covers[0]) | meet(covers, covers[1])
        return found

    def _find_meant(self, word: Word) -> set[str]:
        """Return the tokens that may be short for a word, or that a word may be short for."""
        abbreviates, text = self.book.abbreviates, word.text
        if len(text) > LONGEST_SHORT or self.book.knows(text):
            return self._find_short(text)
        return {token for token in self._texts if abbreviates(text, token, dotted=True)}

    def _find_short(self, text: str) -> set[str]:
        """Return the tokens that may be short for a word."""
        abbreviates = self.book.abbreviates
        return {one for one in self._short[text[0]] if abbreviates(one, text, dotted=True)}

    def _find_alike(self, text: str) -> list[str]:
        """Return the tokens that begin or end like a word, which may be typing errors of it."""
        if len(text) < _SHORTEST_MISTYPED:
            return []
        near = self._by_start.get(text[:_START], [])[:_MAX_COMPARED]
        near += self._by_end.get(text[-_START:], [])[:_MAX_COMPARED]
        if len(text) == 2 * _START:
            # Two letters swapped in the middle change both halves: "budget", "bugdet".
            swapped = text[: _START - 1] + text[_START]
            near += self._by_start.get(swapped, [])[:_MAX_COMPARED]
        # Comparing all of them by letters at once saves two calls for each that is far off.
        texts = self._texts
        alike = {token: texts[token] for token in near if texts[token][0] == text[0]}
        close = extract_iter(text, alike, scorer=OSA.distance, score_cutoff=_MOST_EDITS)
        return [token for _, _, token in close]

    def _is_near(self, word: Word, text: str) -> bool:
        return (
            differs_by_typing(word.text, text)
            or differs_by_typing(word.stem, self.book.stem(text))
            or differs_by_doubling(word.text, text)
        )

    def _splits(self, stem: str, *, again: bool = True) -> Iterator[tuple[set[Item], set[Item]]]:
        """Yield the items with each part of a compound, for each split into two or three."""
        for at in range(2, len(stem) - 2):
            right = self._by_stem.get(stem[at:] if again else self.book.stem(stem[at:]))
            if not right:
                continue
            left = {
                token
                for cut in range(3)
                if at - cut >= 2
                for token in self._by_stem.get(stem[: at - cut], ())
            }
            if stem[:at] in self._postings:
                left.add(stem[:at])
            left |= self._find_short(stem[:at])
            if left:
                yield self._items(left), self._items(right)
            elif again:
                for one, other in self._splits(stem[:at], again=False):
                    yield one & other, self._items(right)

    def _items(self, tokens: Iterable[str]) -> set[Item]:
        return {item for token in tokens for item in self._postings[token]}

    def _joined(self, one: Word, other: Word) -> frozenset[Item]:
        """Return the items in which two words are one compound, in either order."""
        tokens: set[str] = set()
        for left, right in ((one, other), (other, one)):
            # The stemmer shortens double letters: "gruppe" is "grup", but joins as "gruppe";
            # and too much: "licenser" is "lic", but joins as "licens".
            bases = {left.text, left.stem, left.stem + left.stem[-1:]}
            for base in bases | {left.text.removesuffix(ending) for ending in _ENDINGS}:
                for link in _LINKS:
                    tokens.update(self._by_stem.get(base + link + right.stem, ()))
        return frozenset(self._items(tokens))


def _list_numbers(name: Name) -> set[str]:
    """Return the tokens that a number, date or attachment letter of a name may be written as."""
    numbers = {form for number in name.values for form in (number, number.zfill(2))}
    for year, month, day in name.marks.dates:
        numbers |= {str(year), f"{month:02}", f"{day:02}", f"{year:04}{month:02}{day:02}"}
        numbers |= {str(day), part_of((year, month, day))[0]}
        numbers |= {word for word, number in MONTH_NUMBERS.items() if number == month}
    if name.marks.attachment is not None:
        numbers.add(name.marks.attachment)
    return numbers


def is_within(path: str, folder: str) -> bool:
    """Return whether a path is a folder or below it; "" is the root, above everything."""
    return not folder or path == folder or path.startswith(folder + "/")
