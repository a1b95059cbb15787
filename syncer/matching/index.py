"""An index of the run's files by the words of their names: a row meets few of them (pure)."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from operator import attrgetter
from typing import Final, TypeAlias

from syncer.matching.covers import Cover, meet
from syncer.matching.folders import Context, date_by_folders, open_context
from syncer.matching.names.dates import MONTH_NUMBERS, Date, part_of
from syncer.matching.names.formats import is_hidden, is_ignored
from syncer.matching.names.parts import Part
from syncer.matching.names.reader import Reader
from syncer.matching.names.records import Name, State, Word
from syncer.matching.names.tokens import TOKEN
from syncer.matching.spellings import Spellings
from syncer.model.shares import ACCOUNT_NAME, RemoteFile, RemoteFolder, Share, split_share_id

Item: TypeAlias = int
"""Number of a file or folder in the index; by share, then by path."""
Place: TypeAlias = tuple[str, str]
"""A share and a folder in it."""

_NOTHING: Final[frozenset[str]] = frozenset()
"""Passed as it is, so that each name is read once: a cache takes a default for another call."""
_ASCII: Final = frozenset(map(chr, range(128)))
_MAX_FOUND: Final = 300
_MAX_NEAR: Final = 30
_MAX_DEPTH: Final = 60
_MAX_SAME: Final = 5_000
"""Files with one token among which an exact name is looked for: a bound for hostile trees."""
_MAX_NUMBER_TOKENS: Final = 4
"""Tokens of a name that consists of a number or a date and an extension."""
_MAX_BARE: Final = 30
"""Letters of such a name."""


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
        self._paths: dict[str, tuple[int, list[str]]] = {}
        self._postings: defaultdict[str, list[Item]] = defaultdict(list)
        self._clouds: defaultdict[str | None, list[str]] = defaultdict(list)
        self._ids: dict[str, dict[int | None, Item]] = {}
        self._folded: list[str] = []
        self._bare: dict[str, list[Item]] = {}
        self._folders: set[Item] = set()
        self._read_file = cache(reader.read_file)
        self._read_folder = cache(reader.read_name)
        self._read_folders = cache(self._list_folders)
        self._contexts: dict[str, Context] = {"": Context()}
        self._dates: dict[Item, tuple[Date, ...]] = {}
        self._covers: dict[str, Cover] = {}
        self._fold_folder = cache(reader.fold)
        self._stretches: dict[Place, tuple[range, Item | None]] = {}
        for share in sorted(shares):
            tree = shares[share].tree
            if tree is not None:
                self._add(share, [*tree.files, *tree.folders])
        for token in list(self._postings):
            parts = TOKEN.findall(token)
            if parts != [token]:  # "iso27001"
                items = self._postings.pop(token)
                for part in parts:
                    self._postings[part] = sorted({*self._postings[part], *items})
        self._spellings = Spellings(self.book, self._postings)

    def _add(self, share: str, entries: list[RemoteFile | RemoteFolder]) -> None:
        entries.sort(key=attrgetter("path"))
        first = len(self.entries)
        paths = [entry.path for entry in entries]
        names = [path.rpartition("/")[2] for path in paths]
        folded = self.reader.fold_all(names)
        # One split of each name is twice as fast as the expression for tokens.
        text = "\n".join(folded)
        letters = _ASCII if text.isascii() else _ASCII.union(text)
        signs = {ord(sign): " " for sign in letters if not sign.isalnum() and sign != "\n"}
        spaced = text.translate(signs).split("\n")
        postings, above, hidden = self._postings, "", False
        for item, (entry, name, line) in enumerate(zip(entries, names, spaced, strict=True), first):
            if isinstance(entry, RemoteFolder):
                self._folders.add(item)
                if is_hidden(entry.path):
                    continue
            else:
                if entry.path[: -len(name)] != above:
                    above = entry.path[: -len(name)]
                    hidden = is_hidden(above)
                if hidden or is_ignored(name):
                    continue
            for token in line.split():
                postings[token].append(item)
        self.entries.extend(entries)
        self._folded.extend(folded)
        self.share_of.extend([share] * len(entries))
        self._paths[share] = (first, paths)

    def tokens_of(self, item: Item) -> list[str]:
        """Return the folded tokens of an item's name as written."""
        return TOKEN.findall(self._folded[item])

    def is_folder(self, item: Item) -> bool:
        """Return whether an item is a folder."""
        return item in self._folders

    def inside(self, place: Place) -> range:
        """Return the items below a place, in order of path."""
        return (self._stretches.get(place) or self._find_stretch(place))[0]

    def is_in_places(self, item: Item, places: Iterable[Place]) -> bool:
        """Return whether an item is in one of the places, at any depth."""
        for place in places:
            inside, folder = self._stretches.get(place) or self._find_stretch(place)
            if item in inside or item == folder:
                return True
        return False

    def _find_stretch(self, place: Place) -> tuple[range, Item | None]:
        """Return the items below a place, and the place's own."""
        share, folder = place
        first, paths = self._paths.get(share, (0, []))
        inside = range(first, first + len(paths))
        if folder:
            low = bisect_left(paths, folder + "/")
            inside = range(first + low, first + bisect_left(paths, folder + "0", low))
        stretch = self._stretches[place] = (inside, self.find_path(share, folder))
        return stretch

    def name_of(self, item: Item, literal: frozenset[str] = _NOTHING) -> Name:
        """Return an item's name, with the state words in `literal` read as ordinary words."""
        name = self.entries[item].name
        if self.is_folder(item):
            return self._read_folder(name, _NOTHING)
        return self._read_file(name, literal)

    def context_of(self, item: Item) -> Context:
        """Return what the folders above an item state."""
        return self.context_at(self.entries[item].path.rpartition("/")[0])

    def context_at(self, path: str) -> Context:
        """Return what a folder and those above it state."""
        if path not in self._contexts:
            above, _, name = path.rpartition("/")
            outer = self.context_at(above if path.count("/") < _MAX_DEPTH else "")
            read = self._read_folder(name, _NOTHING)
            self._contexts[path] = open_context(self.book, outer, name, read)
        return self._contexts[path]

    def dates_of(self, item: Item) -> tuple[Date, ...]:
        """Return the dates and years of an item's name, completed by those of its folders."""
        if item not in self._dates:
            name = date_by_folders(self.name_of(item), self.context_of(item))
            years = ((int(year), 0, 0) for year in name.plain_years)
            self._dates[item] = (*name.marks.dates, *years)
        return self._dates[item]

    def state_of(
        self,
        item: Item,
        name: Name,
        places: Iterable[Place],
        literal: frozenset[str] = _NOTHING,
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
        self, item: Item, places: Iterable[Place], literal: frozenset[str] = _NOTHING
    ) -> list[Name]:
        """Return the names of the folders above an item and below the nearest of the places.

        The state words in `literal` are read as ordinary words.
        """
        path, share = self.entries[item].path, self.share_of[item]
        inside = max((len(p) for s, p in places if s == share and is_within(path, p)), default=0)
        return self._read_folders(path[inside:].rpartition("/")[0], literal)

    def _list_folders(self, path: str, literal: frozenset[str]) -> list[Name]:
        return [self._read_folder(part, literal) for part in path.split("/") if part]

    def below(self, item: Item) -> range:
        """Return the items below a folder other than the root, at any depth, in order of path."""
        return self.inside((self.share_of[item], self.entries[item].path))

    def find_path(self, share: str, path: str) -> Item | None:
        """Return the item at a path, None when there is none."""
        first, paths = self._paths.get(share, (0, []))
        at = bisect_left(paths, path)
        return first + at if at < len(paths) and paths[at] == path else None

    def find_id(self, file_id: int, shares: Iterable[str]) -> Item | None:
        """Return the first item with a file id in the shares, None when there is none."""
        items = (self._ids_of(share).get(file_id) for share in shares)
        return next((item for item in items if item is not None), None)

    def list_shares_of(self, cloud: str | None) -> Sequence[str]:
        """Return the listed shares of a Nextcloud, its account first, then by id."""
        if not self._clouds:
            for share in self._paths:
                self._clouds[split_share_id(share).cloud].append(share)
            for shares in self._clouds.values():
                shares.sort(key=lambda share: split_share_id(share).token != ACCOUNT_NAME)
        return self._clouds.get(cloud, ())

    def _ids_of(self, share: str) -> dict[int | None, Item]:
        if share not in self._ids:
            first, paths = self._paths.get(share, (0, []))
            items = reversed(range(first, first + len(paths)))
            self._ids[share] = {self.entries[item].file_id: item for item in items}
        return self._ids[share]

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
            joined = self._items(self._spellings.join(one, other))
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
        named = {item for number in numbers for item in self._find_bare(number)}
        return {item for item in named if all(cover.is_above(item) for cover in covers)}

    def _find_bare(self, number: str) -> list[Item]:
        """Return the items whose names may consist of a number or a date with it."""
        if number not in self._bare:
            items, folded = self._postings.get(number, ()), self._folded
            short = (item for item in items if len(folded[item]) <= _MAX_BARE)
            few = (item for item in short if len(self.tokens_of(item)) <= _MAX_NUMBER_TOKENS)
            self._bare[number] = list(few)
        return self._bare[number]

    def _keep_best(
        self, found: frozenset[Item], numbers: Iterable[str], places: Sequence[Place]
    ) -> frozenset[Item]:
        hits: Counter[Item] = Counter()
        for number in numbers:
            # Their folders may say the year, and their names only the day.
            hits.update(self._build_cover(self._postings.get(number, ())).reach(found))
        best = sorted(
            found,
            key=lambda i: (-hits[i], not self.is_in_places(i, places), len(self._folded[i]), i),
        )
        return frozenset(best[:_MAX_FOUND])

    def find_same(self, name: str) -> list[Item]:
        """Return the files with exactly a name, but for case, signs and the extension."""
        tokens = self.reader.tokens_of(name)
        if not tokens:
            return []
        rarest, *others = sorted((self._postings.get(token, []) for token in tokens), key=len)
        if len(rarest) > _MAX_SAME:
            return []
        items = list(dict.fromkeys(rarest))
        for posting in others:
            items = [item for item in items if _holds(posting, item)]
        return [
            item for item in items if not self.is_folder(item) and self._is_called(item, tokens)
        ]

    def _is_called(self, item: Item, tokens: list[str]) -> bool:
        """Return whether a file's name has just these tokens, with its extension or without."""
        name = self._folded[item]
        return tokens in (TOKEN.findall(name), TOKEN.findall(name.rpartition(".")[0]))

    def search_parts(self, words: Sequence[Word], places: Sequence[Place]) -> list[Item]:
        """Return the items in the places that have one of the words, in order; at most 300."""
        tokens = {token for word in words for token in self._spellings.begin_alike(word.stem)}
        found = self._items(tokens).union(*(self._cover(word).items for word in words))
        return sorted(item for item in found if self.is_in_places(item, places))[:_MAX_FOUND]

    def search_kin(
        self, parts: Sequence[Part], least: float, places: Sequence[Place]
    ) -> list[Item]:
        """Return the items in the places that may have the parts, or their folders; at most 300.

        `least` is how much of the parts' weight they must have, the greater part of it themselves.
        """
        inside = [self.inside(place) for place in places]
        wanted: defaultdict[Item, list[Part]] = defaultdict(list)
        for part in parts:
            lists = [self._postings[token] for token in self._spellings.list_kin(part)]
            cuts = (_cut(items, stretch) for items in lists for stretch in inside)
            for item in set().union(*cuts):
                wanted[item].append(part)
        most = least * sum(part.weight for part in parts)
        found: list[Item] = []
        for item in sorted(wanted):
            folder = self._fold_folder(self.entries[item].path.rpartition("/")[0])
            own = wanted[item]
            if sum(p.weight for p in parts if p in own or p.root in folder) >= most:
                found.append(item)
        return found[:_MAX_FOUND]

    def search_near(self, words: Iterable[Word]) -> list[Item]:
        """Return items that share a word, or a word's beginning, with the words; at most 30."""
        found: dict[Item, None] = {}
        for word in sorted(words, key=lambda word: len(self._cover(word).items)):
            found.update(dict.fromkeys(sorted(self._cover(word).items)[:_MAX_NEAR]))
            for token in self._spellings.begin_like(word):
                found.update(dict.fromkeys(self._postings[token][:_MAX_NEAR]))
            if len(found) >= _MAX_NEAR:
                break
        return list(found)[:_MAX_NEAR]

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
        found = self._items(self._spellings.find(word))
        for parts in self._spellings.split(word.stem):
            *left, right = map(self._items, parts)
            covers = [self._build_cover(part) for part in (set.intersection(*left), right)]
            found |= meet(covers, covers[0]) | meet(covers, covers[1])
        return found

    def _items(self, tokens: Iterable[str]) -> set[Item]:
        return set().union(*(self._postings[token] for token in tokens))


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


def _cut(ordered: Sequence[Item], stretch: range) -> Sequence[Item]:
    """Return the items of a sorted list that are in a stretch."""
    low = bisect_left(ordered, stretch.start)
    return ordered[low : bisect_left(ordered, stretch.stop, low)]


def _holds(ordered: Sequence[Item], item: Item) -> bool:
    at = bisect_left(ordered, item)
    return at < len(ordered) and ordered[at] == item


def is_within(path: str, folder: str) -> bool:
    """Return whether a path is a folder or below it; "" is the root, above everything."""
    return not folder or path == folder or path.startswith(folder + "/")
