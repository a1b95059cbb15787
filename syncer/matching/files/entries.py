"""The files and folders of a run's shares: their names, folders, dates and states (pure)."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, TypeAlias

from syncer.matching.folders import Context, date_by_folders, open_context
from syncer.matching.names.dates import Date
from syncer.matching.names.reader import Reader
from syncer.matching.names.records import Name, State
from syncer.model.shares import ACCOUNT_NAME, RemoteFile, RemoteFolder, split_share_id

Item: TypeAlias = int
"""Number of a file or folder in the index; by share, then by path."""
Place: TypeAlias = tuple[str, str]
"""A share and a folder in it."""

_NOTHING: Final[frozenset[str]] = frozenset()
"""Passed as it is, so that each name is read once: a cache takes a default for another call."""
_MAX_DEPTH: Final = 60


class Entries:
    """The files and folders of a run's shares, numbered by share id and path.

    Attributes:
        reader: of their names.
        book: the meaning of single words.
        entries: by number.
        share_of: the share of each.
    """

    def __init__(self, reader: Reader) -> None:
        """Begin without entries; names are read later, and only those that are asked for."""
        self.reader = reader
        self.book = reader.book
        self.entries: list[RemoteFile | RemoteFolder] = []
        self.share_of: list[str] = []
        self._folders: set[Item] = set()
        self._paths: dict[str, tuple[int, list[str]]] = {}
        self._clouds: defaultdict[str | None, list[str]] = defaultdict(list)
        self._ids: dict[str, dict[int | None, Item]] = {}
        self._stretches: dict[Place, tuple[range, Item | None]] = {}
        self._read_file = cache(reader.read_file)
        self._read_folder = cache(reader.read_name)
        self._read_folders = cache(self._list_folders)
        self._contexts: dict[str, Context] = {"": Context()}
        self._dates: dict[Item, tuple[Date, ...]] = {}

    def _add_entries(self, share: str, entries: Sequence[RemoteFile | RemoteFolder]) -> None:
        """Number the files and folders of a share, which are in order of path."""
        first = len(self.entries)
        folders = (n for n, e in enumerate(entries, first) if isinstance(e, RemoteFolder))
        self._folders.update(folders)
        self.entries.extend(entries)
        self.share_of.extend([share] * len(entries))
        self._paths[share] = (first, [entry.path for entry in entries])

    @property
    def shares(self) -> frozenset[str]:
        """The ids of the shares that were listed."""
        return frozenset(self._paths)

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


def is_within(path: str, folder: str) -> bool:
    """Return whether a path is a folder or below it; "" is the root, above everything."""
    return not folder or path == folder or path.startswith(folder + "/")
