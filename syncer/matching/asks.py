"""What rows ask for: names, alternatives, kinds, places; and rows that ask for the same (pure)."""

from __future__ import annotations

import fnmatch
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from syncer.matching.index import lies_in
from syncer.matching.names.kinds import Kind, find_in_name, find_kinds, write_out
from syncer.matching.names.reader import Reader
from syncer.matching.names.records import Name, State, Word
from syncer.model.handbook import PlaceKind, Placement, ResourceRow

MAX_ALTERNATIVES: Final = 60


@dataclass(frozen=True, slots=True)
class Pin:
    """A setting that tells the matching which file a row means.

    Attributes:
        name: the row's name, compared as rows are ("FLOSS-aftalen" and "OS2 FLOSS-aftale").
        share: id of the share, "host/TOKEN".
        path: of the file or folder in the share; None when `file_id` is given.
        file_id: of the file or folder; None when `path` is given.
        page: a glob for the page, None for every page.
    """

    name: str
    share: str
    path: str | None = None
    file_id: int | None = None
    page: str | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A row understood.

    Attributes:
        row: the row.
        name: its name.
        spoken: the words of state that its name or one of its kinds speaks of.
        key: equal for rows whose names are equal after normalising.
        alternatives: the words of the names that answer it, the whole name first.
        kinds: what it promises.
        described: stems of its description.
        places: (share, folder) of each of its places in a share.
        shares: ids of its own shares, in order; () when its place is unresolved.
        pin: the pin that names it, None for none.
        unseen: whether a link names by number what an account did not see where it looked.
    """

    row: ResourceRow
    name: Name
    spoken: frozenset[str]
    key: str
    alternatives: tuple[tuple[Word, ...], ...]
    kinds: tuple[Kind, ...]
    described: frozenset[str]
    places: tuple[tuple[str, str], ...]
    shares: tuple[str, ...]
    pin: Pin | None
    unseen: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Rows that name one resource: equal names, same share.

    Attributes:
        id: the smallest id of its rows.
        key: what their names have in common.
        asks: its rows, by id.
        name: the name as the first row has it.
        spoken: the words of state that it speaks of.
        collection: whether all of them ask for several documents.
        places: their places (share, folder), in order, each once.
        shares: the shares they point to; empty when no row's place is resolved.
        kinds: what they promise, each once.
        described: stems of their descriptions.
    """

    id: str
    key: str
    asks: tuple[Ask, ...]
    name: Name
    spoken: frozenset[str]
    collection: bool
    places: tuple[tuple[str, str], ...]
    shares: frozenset[str]
    kinds: tuple[Kind, ...]
    described: frozenset[str]


def _build_group(asks: Iterable[Ask]) -> Group:
    own = tuple(sorted(asks, key=lambda ask: ask.row.id))
    return Group(
        id=own[0].row.id,
        key=own[0].key,
        asks=own,
        name=own[0].name,
        spoken=frozenset().union(*(ask.spoken for ask in own)),
        collection=all(ask.name.plural for ask in own),
        places=tuple(sorted({place for ask in own for place in ask.places})),
        shares=frozenset(share for ask in own for share in ask.shares),
        kinds=tuple({kind.stem: kind for ask in own for kind in ask.kinds}.values()),
        described=frozenset().union(*(ask.described for ask in own)),
    )


def read_ask(reader: Reader, row: ResourceRow, pins: Sequence[tuple[str, Pin]]) -> Ask:
    """Understand a row; `pins` with the keys of their names."""
    name = reader.read_name(row.name)
    key = key_of(name)
    kinds = find_kinds(reader.book, row, name)
    places = tuple(place for place in map(_place_of, row.places) if place is not None)
    return Ask(
        row=row,
        name=name,
        spoken=_spoken_of(reader, name, kinds),
        key=key,
        alternatives=_alternatives(reader, row, name, kinds),
        kinds=kinds,
        described=frozenset(map(reader.book.lexicon.stem, reader.tokens_of(row.description))),
        places=places,
        shares=tuple(sorted({share for share, _ in places})),
        pin=next((p for own, p in pins if own == key and _is_on_page(p, row)), None),
    )


def _spoken_of(reader: Reader, name: Name, kinds: Sequence[Kind]) -> frozenset[str]:
    """Return the words of state that a row speaks of; none when it is in a state itself."""
    if name.state is not State.FINAL or name.signed:
        return frozenset()
    return reader.spoken_of([*(w.text for w in name.words), *(k.text for k in kinds)])


def _place_of(place: Placement) -> tuple[str, str] | None:
    """Return the folder of the share a place names, or the file when it names one by path."""
    if place.kind is not PlaceKind.SHARE or place.share is None:
        return None
    folder = place.path or ""
    if place.file_path is None:
        return place.share, folder
    whole = place.file_path if lies_in(place.file_path, folder) else f"{folder}/{place.file_path}"
    return place.share, whole.strip("/")


def _is_on_page(pin: Pin, row: ResourceRow) -> bool:
    return pin.page is None or fnmatch.fnmatchcase(row.page, pin.page)


def key_of(name: Name) -> str:
    """Return what two names have in common that are equal after normalising.

    Words written apart and words joined are equal: the stems stand together, and no letter s is
    counted, which is what joins Danish words.
    """
    marks = name.marks
    say = [*name.numbers, marks.attachment or "", str(name.language or ""), name.state.name]
    say += [str(marks.version if marks.marked else ""), str(marks.dates), str(name.signed)]
    words = "".join(word.stem for word in name.words).replace("s", "")
    return "|".join((words, str(name.template), *say))


def _alternatives(
    reader: Reader, row: ResourceRow, name: Name, kinds: Sequence[Kind]
) -> tuple[tuple[Word, ...], ...]:
    """Return the names that answer a row: its own, each one it lists, and each of a kind."""
    listed = find_in_name(reader.book, row.name, name)
    names: list[tuple[Word, ...]] = []
    if listed is not None:
        own = {word.stem for word in reader.read_name(listed.text).words}
        rest = tuple(word for word in name.words if word.stem not in own)
        names += [(*reader.read_name(text).words, *rest) for text in listed.written_out]
    else:
        names.append(name.words)
    whole = write_out(reader.book, row.name)
    if whole is not None:
        names.append(reader.read_name(whole).words)
    if len(name.words) > 1 and reader.book.is_filler(name.words[0].text):
        names.append(name.words[1:])
    known = {word.stem for word in name.words}
    of_kinds = [
        (Word(kind.text, kind.stem), *words)
        for words in names
        for kind in kinds
        if words and kind.stem not in known
    ]
    every = dict.fromkeys((name.words, *names, *of_kinds))
    return tuple(words for words in every if words)[:MAX_ALTERNATIVES]


def group_rows(asks: Iterable[Ask]) -> tuple[Group, ...]:
    """Bring rows together that name one resource: equal keys and a share in common.

    A row without a share of its own joins the first group of its name. Groups come by id; each
    row is in exactly one.
    """
    by_key: defaultdict[str, list[Ask]] = defaultdict(list)
    for ask in asks:
        by_key[ask.key].append(ask)
    groups: list[Group] = []
    for same in by_key.values():
        same.sort(key=lambda ask: (not ask.shares, ask.shares, ask.row.id))
        parts: list[tuple[set[str], list[Ask]]] = []
        for ask in same:
            near = next((p for p in parts if not ask.shares or p[0] & set(ask.shares)), None)
            if near is None:
                parts.append((set(ask.shares), [ask]))
            else:
                near[0].update(ask.shares)
                near[1].append(ask)
        groups += [_build_group(own) for _, own in parts]
    return tuple(sorted(groups, key=lambda group: group.id))
