"""The files of a run by their words, so that a row looks at few of them (pure)."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from syncer.matching.fit import Context
from syncer.matching.names.danish import differs_by_doubling, differs_by_typing
from syncer.matching.names.formats import NOTHING_ENDS, is_nothing, lies_hidden
from syncer.matching.names.reader import Reader
from syncer.matching.names.records import Name, State, Word
from syncer.model.shares import RemoteFile, RemoteFolder, Share

Item = int
"""Number of a file or folder in the index; by share, then by path."""

_LINKS: Final = ("", "s", "e", "es", "er")
_START: Final = 3
_MOST_COMPARED: Final = 2_000
"""Words with one beginning that are compared for typing errors: a bound against hostile trees."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a search prefers when it finds too much.

    Attributes:
        places: (share, folder) in which the file should lie.
        numbers: tokens that say a number, a year or a date of the name.
    """

    places: tuple[tuple[str, str], ...]
    numbers: frozenset[str]


def wanted_of(name: Name, places: tuple[tuple[str, str], ...]) -> Wanted:
    """Return what a search for a row's name prefers: its numbers and dates in every spelling."""
    numbers = {form for number in name.numbers for form in (number, number.zfill(2))}
    for year, month, day in name.marks.dates:
        numbers |= {str(year), f"{month:02}", f"{day:02}", f"{year:04}{month:02}{day:02}"}
    if name.marks.attachment is not None:
        numbers.add(name.marks.attachment)
    return Wanted(places, frozenset(numbers))


class Index:
    """The files and folders behind the shares of a run, found by the words of their names.

    Shares come by id and paths in order, so numbers are the same whatever order they came in.
    """

    def __init__(self, shares: Mapping[str, Share], reader: Reader) -> None:
        """Take in every tree; names are read later, and only those that are asked for."""
        self.reader = reader
        self.book = reader.book
        self.shares = shares
        self.entries: list[RemoteFile | RemoteFolder] = []
        self.share_of: list[str] = []
        self._paths: dict[str, tuple[int, list[str]]] = {}
        self._postings: defaultdict[str, list[Item]] = defaultdict(list)
        self._ids: dict[tuple[str, int], Item] = {}
        self._lengths: list[int] = []
        self._names: dict[tuple[str, frozenset[str]], Name] = {}
        self._folders: dict[str, Name] = {}
        self._contexts: dict[str, Context] = {}
        self._covers: dict[str, frozenset[Item]] = {}
        self._bare_numbers: dict[str, list[Item]] = {}
        for share in sorted(shares):
            tree = shares[share].tree
            if tree is not None:
                self._add(share, [*tree.files, *tree.folders])
        self._by_start: defaultdict[str, list[str]] = defaultdict(list)
        self._by_end: defaultdict[str, list[str]] = defaultdict(list)
        self._by_stem: defaultdict[str, list[str]] = defaultdict(list)
        self._texts: dict[str, str] = {}
        for token in self._postings:
            text = self._texts[token] = self.book.read_word(token)[0] or token
            self._by_start[text[:_START]].append(token)
            self._by_end[text[-_START:]].append(token)
            self._by_stem[self.book.lexicon.stem(text)].append(token)
            # A draft of something is found under that, too.
            drafted = self.book.without_draft(text)
            if drafted is not None:
                self._by_stem[self.book.lexicon.stem(drafted)].append(token)

    def _add(self, share: str, entries: list[RemoteFile | RemoteFolder]) -> None:
        entries.sort(key=lambda entry: entry.path)
        first = len(self.entries)
        tokens_of = self.reader.tokens_of
        postings = self._postings
        for number, entry in enumerate(entries, start=first):
            name = entry.path.rpartition("/")[2]
            tokens = tokens_of(name)
            doubtful = name[:1] in _NOTHING_STARTS or (tokens and tokens[-1] in NOTHING_ENDS)
            nothing = doubtful and is_nothing(name) and isinstance(entry, RemoteFile)
            if nothing or lies_hidden(entry.path):
                tokens = []
            self._lengths.append(len(tokens))
            for token in tokens:
                postings[token].append(number)
            if entry.file_id is not None:
                self._ids.setdefault((share, entry.file_id), number)
        self.entries.extend(entries)
        self.share_of.extend([share] * len(entries))
        self._paths[share] = (first, [entry.path for entry in entries])

    def is_folder(self, item: Item) -> bool:
        """Tell whether an item is a folder."""
        return isinstance(self.entries[item], RemoteFolder)

    def name_of(self, item: Item, spoken: frozenset[str] = frozenset()) -> Name:
        """Return an item's name, read; for a row that speaks of words of state, with those."""
        entry = self.entries[item]
        name = entry.path.rpartition("/")[2]
        if isinstance(entry, RemoteFolder):
            return self.folder_name(name)
        known = self._names.get((name, spoken))
        if known is None:
            known = self._names[name, spoken] = self.reader.read_file(name, spoken)
        return known

    def folder_name(self, name: str) -> Name:
        """Return the name of a folder, read."""
        known = self._folders.get(name)
        if known is None:
            known = self._folders[name] = self.reader.read_name(name)
        return known

    def context_of(self, item: Item) -> Context:
        """Return what the folders above an item say."""
        return self._context(self.entries[item].path.rpartition("/")[0])

    def _context(self, path: str) -> Context:
        known = self._contexts.get(path)
        if known is None:
            known = self._contexts[path] = self._read_context(path)
        return known

    def _read_context(self, path: str) -> Context:
        if not path:
            return Context()
        above, _, name = path.rpartition("/")
        outer = self._context(above) if path.count("/") < _DEEPEST else Context()
        read = self.folder_name(name)
        template = read.template or self.book.speaks_of_templates(read)
        return Context(
            outer.words | {word.stem for word in read.words} | set(read.numbers),
            outer.template or template,
            read.language or outer.language,
        )

    def state_of(self, item: Item, name: Name, places: Iterable[str]) -> State:
        """Return an item's state by its own name, as read, and its folders' below the places.

        A row that points into an archive means what lies there: folders at or above one of the
        places of its share say nothing.
        """
        state = name.state
        if state is State.OUTDATED:
            return state
        path = self.entries[item].path
        inside = max((len(p) for p in places if lies_in(path, p)), default=0)
        end = path.find("/", inside + 1 if inside else 0)
        while end > 0:
            folder = self.folder_name(path[:end].rpartition("/")[2])
            if folder.state is State.OUTDATED:
                return State.OUTDATED
            if folder.state is State.DRAFT and not name.says_final:
                state = State.DRAFT
            end = path.find("/", end + 1)
        return state

    def folders_above(self, item: Item, places: Iterable[str]) -> list[Name]:
        """Return the names of the folders that an item lies in, below the nearest of the places."""
        path = self.entries[item].path
        inside = max((len(p) for p in places if lies_in(path, p)), default=0)
        return [self.folder_name(part) for part in path[inside:].split("/")[:-1] if part]

    def below(self, item: Item) -> range:
        """Return the items below a folder other than the root, at any depth, in order of path."""
        folder = self.entries[item].path
        first, paths = self._paths[self.share_of[item]]
        low = bisect_left(paths, folder + "/")
        return range(first + low, first + bisect_left(paths, folder + "0", low))

    def find_path(self, share: str, path: str) -> Item | None:
        """Return the item at a path, None when there is none."""
        if share not in self._paths:
            return None
        first, paths = self._paths[share]
        at = bisect_left(paths, path)
        return first + at if at < len(paths) and paths[at] == path else None

    def find_id(self, file_id: int, shares: Iterable[str]) -> Item | None:
        """Return the first item with a file id in the shares, None when there is none."""
        return next((self._ids[s, file_id] for s in shares if (s, file_id) in self._ids), None)

    def search(self, words: Sequence[Word], wanted: Wanted, most: int) -> list[Item]:
        """Return the items whose names, with their folders', may hold all the words.

        Args:
            words: what a name must have, joined or apart, in any form.
            wanted: what comes first when there are too many.
            most: how many at most; then the shorter names are kept.

        Returns:
            Items in order; a superset of those that fit, but for the bound.
        """
        covers = [self._cover(word) for word in words]
        for at, (one, other) in enumerate(pairwise(words)):
            joined = self._joined(one, other)
            covers[at] |= joined
            covers[at + 1] |= joined
        folders = [self._ranges(cover) for cover in covers] if len(words) > 1 else []
        found: set[Item] = set()
        if not any(folders):
            found = set(frozenset.intersection(*covers)) if covers else set()
        else:
            for at, cover in enumerate(covers):
                left = set(cover)
                for beside, ranges in enumerate(folders):
                    if beside != at and left:
                        left = {
                            item for item in left if item in covers[beside] or _is_in(ranges, item)
                        }
                found |= left
        found |= self._find_numbered(covers, wanted)
        if len(found) <= most:
            return sorted(found)
        return sorted(self._keep_best(found, wanted, most))

    def _find_numbered(self, covers: Sequence[frozenset[Item]], wanted: Wanted) -> set[Item]:
        """Find what bears a wanted number in folders that bear all the words: "Regnskab/2025"."""
        numbered = {item for number in wanted.numbers for item in self._bare(number)}
        folders = [self._ranges(cover) for cover in covers] if numbered else []
        return {item for item in numbered if all(_is_in(ranges, item) for ranges in folders)}

    def _bare(self, number: str) -> list[Item]:
        """Return the items whose names are little more than a number."""
        known = self._bare_numbers.get(number)
        if known is None:
            items, lengths = self._postings.get(number, ()), self._lengths
            known = [item for item in items if lengths[item] <= _MOST_OF_A_NUMBER]
            self._bare_numbers[number] = known
        return known

    def _keep_best(self, found: Iterable[Item], wanted: Wanted, most: int) -> list[Item]:
        """Return those with the wanted numbers, then those in the place, then the shorter ones."""
        hits: Counter[Item] = Counter()
        for number in wanted.numbers:
            hits.update(self._postings.get(number, ()))
        places = wanted.places
        return sorted(
            found, key=lambda i: (-hits[i], not self._is_in_place(i, places), self._lengths[i], i)
        )[:most]

    def search_near(self, words: Sequence[Word], most: int) -> list[Item]:
        """Return items that share a word, or a word's beginning, with the words: near misses."""
        found: dict[Item, None] = {}
        for word in sorted(words, key=lambda word: len(self._cover(word))):
            for item in sorted(self._cover(word))[:most]:
                found[item] = None
            begin = word.text[:7]
            for token in self._by_start.get(word.text[:_START], ()) if len(begin) > 5 else ():
                if token.startswith(begin):
                    found.update(dict.fromkeys(self._postings[token][:most]))
            if len(found) >= most:
                break
        return list(found)[:most]

    def _is_in_place(self, item: Item, places: Sequence[tuple[str, str]]) -> bool:
        path, share = self.entries[item].path, self.share_of[item]
        return any(share == own and lies_in(path, place) for own, place in places)

    def _ranges(self, cover: Iterable[Item]) -> list[range]:
        """Return what lies below the folders of a cover."""
        return [self.below(item) for item in sorted(cover) if self.is_folder(item)]

    def _cover(self, word: Word) -> frozenset[Item]:
        """Return the items that a word is found in, in any form, apart, or mistyped."""
        known = self._covers.get(word.text)
        if known is None:
            known = self._covers[word.text] = frozenset(self._find_cover(word))
        return known

    def _find_cover(self, word: Word) -> set[Item]:
        found: set[Item] = set()
        tokens = dict.fromkeys(self._by_stem.get(word.stem, ()))
        for synonym in self.book.synonyms_of(word):
            tokens.update(dict.fromkeys(self._by_stem.get(self.book.lexicon.stem(synonym), ())))
        for spelled in self.book.spellings_of(word):
            for token in self._find_alike(spelled.text):
                if token not in tokens and self._is_near(spelled, self._texts[token]):
                    tokens[token] = None
        for token in tokens:
            found.update(self._postings[token])
        for left, right in self._splits(word.stem):
            found |= left & right
        return found

    def _find_alike(self, text: str) -> list[str]:
        """Return the tokens that begin or end as a word does: what may be a slip of it."""
        if len(text) < _SHORTEST_MISTYPED:
            return []
        near = self._by_start.get(text[:_START], [])[:_MOST_COMPARED]
        near += self._by_end.get(text[-_START:], [])[:_MOST_COMPARED]
        if len(text) == 2 * _START:
            # Two letters swapped in the middle leave neither as it is: "budget", "bugdet".
            swapped = text[: _START - 1] + text[_START]
            near += self._by_start.get(swapped, [])[:_MOST_COMPARED]
        # Most have another first letter or length: told here, before a call is made for each.
        texts = self._texts
        fewest, most = len(text) - _MOST_LETTERS_APART, len(text) + _MOST_LETTERS_APART
        return [
            token
            for token in near
            if texts[token][0] == text[0] and fewest <= len(texts[token]) <= most
        ]

    def _is_near(self, word: Word, text: str) -> bool:
        stem = self.book.lexicon.stem(text)
        return (
            differs_by_typing(word.text, text)
            or differs_by_typing(word.stem, stem)
            or differs_by_doubling(word.text, text)
        )

    def _splits(self, stem: str, *, again: bool = True) -> Iterable[tuple[set[Item], set[Item]]]:
        """Yield what holds the parts of a compound, for each way to part it in two or three."""
        for at in range(2, len(stem) - 2):
            right = self._by_stem.get(stem[at:] if again else self.book.lexicon.stem(stem[at:]))
            if not right:
                continue
            left = {
                token
                for cut in range(3)
                if at - cut >= 2
                for token in (
                    *self._by_stem.get(stem[: at - cut], ()),
                    *((stem[:at],) if stem[:at] in self._postings else ()),
                )
            }
            if left:
                yield self._items(left), self._items(right)
            elif again:
                for one, other in self._splits(stem[:at], again=False):
                    yield one & other, self._items(right)

    def _items(self, tokens: Iterable[str]) -> set[Item]:
        return {item for token in tokens for item in self._postings[token]}

    def _joined(self, one: Word, other: Word) -> frozenset[Item]:
        """Return the items in which two words stand as one, in either order."""
        tokens: set[str] = set()
        for left, right in ((one, other), (other, one)):
            # The stemmer makes one letter of two: "gruppe" is "grup", but joins as "gruppe".
            for base in (left.text, left.stem, left.stem + left.stem[-1:]):
                for link in _LINKS:
                    tokens.update(self._by_stem.get(base + link + right.stem, ()))
        return frozenset(self._items(tokens))


_NOTHING_STARTS: Final = (".", "~")
_DEEPEST: Final = 60
_MOST_LETTERS_APART: Final = 5
_SHORTEST_MISTYPED: Final = 6
_MOST_OF_A_NUMBER: Final = 3
"""Tokens of a name that is a number, or two, and an extension."""


def lies_in(path: str, folder: str) -> bool:
    """Tell whether a path is a folder's or lies below it; "" is the root, above all."""
    return not folder or path == folder or path.startswith(folder + "/")


def _is_in(ranges: list[range], item: Item) -> bool:
    return any(item in stretch for stretch in ranges)
