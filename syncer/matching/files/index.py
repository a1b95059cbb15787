"""An index of the run's files by the words of their names: a row meets few of them (pure)."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from operator import attrgetter
from typing import Final

from syncer.matching.files.covers import Cover, meet, meet_any
from syncer.matching.files.entries import Entries, Item, Place
from syncer.matching.files.spellings import Spellings
from syncer.matching.files.step_budget import StepBudget, allow_steps
from syncer.matching.names.dates import MONTH_NUMBERS, part_of
from syncer.matching.names.formats import is_hidden, is_ignored
from syncer.matching.names.parts import Part
from syncer.matching.names.reader import Reader
from syncer.matching.names.records import Name, Word
from syncer.matching.names.tokens import TOKEN
from syncer.model.shares import RemoteFile, RemoteFolder, Share

_ASCII: Final = frozenset(map(chr, range(128)))
_MAX_FOUND: Final = 300
_MAX_NEAR: Final = 30
_MAX_SAME: Final = 5_000
"""Files with one token among which an exact name is looked for: a bound for hostile trees."""
_ENTRIES_AT_A_TIME: Final = 5_000
_STEPS_PER_ENTRY: Final = 10
_FEW_TOKENS: Final = 2
"""Further tokens that are looked up before the whole name is compared."""
_MAX_NUMBER_TOKENS: Final = 4
"""Tokens of a name that consists of a number or a date and an extension."""
_MAX_BARE: Final = 30
"""Letters of such a name."""


class Index(Entries):
    """The files and folders of a run's shares, found by the words of their names.

    Items are numbered by share id and path, whatever the order of the input.

    Attributes:
        named: the files with exactly a row's name; the caller fills it.
        budget: what is spent on searching and comparing.
    """

    def __init__(
        self, shares: Mapping[str, Share], reader: Reader, budget: StepBudget | None = None
    ) -> None:
        """Index every tree; names are read later, and only those that are asked for.

        Raises:
            OutOfSteps: the run was stopped, and the trees are large.
        """
        super().__init__(reader)
        self.budget = budget or allow_steps(0, shares)
        self.named: frozenset[Item] = frozenset()
        self._folded: list[str] = []
        self._postings: defaultdict[str, list[Item]] = defaultdict(list)
        self._bare: dict[str, list[Item]] = {}
        self._covers: dict[str, Cover] = {}
        self._shares_with: dict[str, frozenset[str]] = {}
        self._fold_folder = cache(reader.fold)
        for share in sorted(shares):
            tree = shares[share].tree
            if tree is not None:
                entries: list[RemoteFile | RemoteFolder] = [*tree.files, *tree.folders]
                entries.sort(key=attrgetter("path"))
                first = len(self.entries)
                for at in range(0, len(entries), _ENTRIES_AT_A_TIME):
                    self._read(first + at, entries[at : at + _ENTRIES_AT_A_TIME])
                self._add_entries(share, entries)
        for token in list(self._postings):
            parts = TOKEN.findall(token)
            if parts != [token]:  # "iso27001"
                items = self._postings.pop(token)
                for part in parts:
                    self._postings[part] = sorted({*self._postings[part], *items})
        self._spellings = Spellings(self.book, self._postings, self.spend)

    def spend(self, steps: int) -> None:
        """Count steps; raises `OutOfSteps` when none are left."""
        self.budget.spend(steps)

    def _read(self, first: int, entries: Sequence[RemoteFile | RemoteFolder]) -> None:
        """Read the names of files and folders, which are numbered from `first` on."""
        self.budget.spend_after_stop(_STEPS_PER_ENTRY * len(entries))
        names = [entry.name for entry in entries]
        folded = [self.reader.fold(name).replace("\n", " ") for name in names]
        # One split of each name is twice as fast as the expression for tokens.
        text = "\n".join(folded)
        letters = _ASCII if text.isascii() else _ASCII.union(text)
        signs = {ord(sign): " " for sign in letters if not sign.isalnum() and sign != "\n"}
        spaced = text.translate(signs).split("\n")
        postings, above, hidden = self._postings, "", False
        for item, (entry, name, line) in enumerate(zip(entries, names, spaced, strict=True), first):
            if isinstance(entry, RemoteFolder):
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
        self._folded.extend(folded)

    def tokens_of(self, item: Item) -> list[str]:
        """Return the folded tokens of an item's name as written."""
        return TOKEN.findall(self._folded[item])

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
                self.spend(1 + (len(covers[at].items) + len(covers[at + 1].items)) // 10)
                covers[at] = self._build_cover(covers[at].items | joined)
                covers[at + 1] = self._build_cover(covers[at + 1].items | joined)
        self.spend(sum(1 + len(cover.items) // 50 + len(cover.starts) // 2 for cover in covers))
        numbers = _list_numbers(row)
        numbered = self._find_numbered(covers, numbers)
        found = meet_any(covers).union(numbered)
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
        self.spend(len(found) * (2 + len(places) // 4))
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
        self.spend(1 + 3 * len(rarest))
        items = list(dict.fromkeys(rarest))
        for posting in others[:_FEW_TOKENS]:
            items = [item for item in items if _holds(posting, item)]
        return [
            item for item in items if not self.is_folder(item) and self._is_called(item, tokens)
        ]

    def _is_called(self, item: Item, tokens: list[str]) -> bool:
        """Return whether a file's name has just these tokens, with its extension or without."""
        name = self._folded[item]
        begin = TOKEN.search(name)
        if begin is None or begin[0] != tokens[0]:  # Most names begin with another word.
            return False
        return tokens in (TOKEN.findall(name), TOKEN.findall(name.rpartition(".")[0]))

    def search_kin(
        self, parts: Sequence[Part], least: float, places: Sequence[Place]
    ) -> list[Item]:
        """Return the items in the places that may have the parts, or their folders; at most 300.

        `least` is how much of the parts' weight they must have.
        """
        inside = [self.inside(place) for place in places]
        wanted: defaultdict[Item, set[int]] = defaultdict(set)
        for number, part in enumerate(parts):
            lists = [self._postings[token] for token in self._spellings.list_kin(part)]
            self.spend(1 + len(lists) * len(inside) // 2)
            cuts = [_cut(items, stretch) for items in lists for stretch in inside]
            self.spend(sum(map(len, cuts)) // 4)
            for item in set().union(*cuts):
                wanted[item].add(number)
        found: list[Item] = []
        for item in sorted(wanted):
            self.spend(2 + len(parts) // 4)
            folder = self._fold_folder(self._folder_of(item))
            own = wanted[item]
            said = (p.weight for at, p in enumerate(parts) if at in own or p.root in folder)
            if sum(said) >= least:
                found.append(item)
            if len(found) == _MAX_FOUND:
                break
        return found

    def _folder_of(self, item: Item) -> str:
        return self.entries[item].path.rpartition("/")[0]

    def search_whole(self, parts: Sequence[Part]) -> list[Item]:
        """Return the items of all shares that may have every part; [] where these are many."""
        lists = [[self._postings[t] for t in self._spellings.list_kin(part)] for part in parts]
        self.spend(1 + sum(map(len, lists)) // 2)
        rarest = min(lists, key=lambda own: sum(map(len, own)), default=[])
        if sum(map(len, rarest)) > _MAX_NEAR:
            return []
        found = {item: self._fold_folder(self._folder_of(item)) for own in rarest for item in own}
        for part, own in zip(parts, lists, strict=True):
            self.spend(sum(map(len, own)) // 4)
            named = frozenset().union(*own)
            found = {i: above for i, above in found.items() if i in named or part.root in above}
        return sorted(found)

    def search_near(self, words: Iterable[Word]) -> list[Item]:
        """Return items that share a word, or a word's beginning, with the words; at most 30."""
        found: dict[Item, None] = {}
        for word in sorted(words, key=lambda word: len(self._cover(word).items)):
            self.spend(1 + len(self._cover(word).items) // 20)
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

    def list_shares(self, words: Sequence[Word]) -> frozenset[str]:
        """Return the shares in which `search` may find an item; some of them may have none."""
        shares = [self._list_shares_with(word) for word in words]
        for at, (one, other) in enumerate(pairwise(words)):
            joined = {self.share_of[item] for item in self._items(self._spellings.join(one, other))}
            shares[at], shares[at + 1] = shares[at] | joined, shares[at + 1] | joined
        return frozenset.intersection(*shares)

    def _list_shares_with(self, word: Word) -> frozenset[str]:
        if word.text not in self._shares_with:
            items = self._cover(word).items
            self.spend(1 + len(items) // 20)
            self._shares_with[word.text] = frozenset(self.share_of[item] for item in items)
        return self._shares_with[word.text]

    def _build_cover(self, items: Collection[Item]) -> Cover:
        """Return a cover of items, with what is below the folders among them."""
        self.spend(1 + len(items) // 10)
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
