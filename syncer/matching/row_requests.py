"""What rows ask for: names, alternatives, kinds, places; and the groups they form (pure)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

from syncer.matching.files.entries import Item, Place, is_within
from syncer.matching.names.kinds import Kind, find_in_name, find_kinds
from syncer.matching.names.reader import Reader
from syncer.matching.names.records import Name, State, Word
from syncer.matching.names.wordbook import MEETING
from syncer.model.handbook import PlaceKind, Placement, ResourceRow

_ABBREVIATED: Final = re.compile(r"\(((?=[^)]*[A-ZÆØÅ][^)]*[A-ZÆØÅ])[A-ZÆØÅa-zæøå]{2,6}\d{0,4})\)")
_CALLED: Final = re.compile(r"\(([A-Za-zÆØÅæøå]{3,20}(?: [A-Za-zÆØÅæøå]{2,20}){1,3})\)")
"""Several words in brackets: "Hensigtserklæring (letter of intent)"."""
_CLAUSE: Final = re.compile(r"[^.,;:()–!?]*")
_ASKS_BLANK: Final = re.compile(
    r"\s*(?:skabelon|blanket|formular|standard(?=aftale|brev|kontrakt|skema)|udfyldes"
    r"|til udfyldelse)"
)
"""How the description of a template or form begins."""
_OURS: Final = (
    "bibliotekets", "centrets", "foreningens", "fondens", "gymnasiets", "husets", "institutionens",
    "kirkens", "klubbens", "kommunens", "museets", "organisationens", "regionens", "selskabets",
    "skolens", "virksomhedens", "vaerkets",
)  # fmt: skip
_MAX_ALTERNATIVES: Final = 60
_MOST_DESCRIBED: Final = 6
"""Words of a description's beginning that can be a name."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A setting that decides which file a row means.

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
class RowRequest:
    """What one row asks for.

    Attributes:
        row: the row.
        name: its name.
        literal: the state words that belong to its subject, to be read as ordinary words.
        key: equal for rows whose names are equal after normalisation.
        alternatives: the words of each name that answers it, the whole name first.
        aliases: the words of names that may be the same: "(DPIA)" and what it abbreviates.
        described: the words that its description begins with, which may be another name of it.
        blank: whether its description says that it is a template or a form.
        kinds: the kinds it promises.
        nearby: stems of its description, its section, its page's title and its place.
        places: its places in shares.
        shares: ids of its own shares, in order; () when its place is unresolved.
        pin: the pin that names it, None for none.
        item: the file or folder that its pin names, or the file that its link names; None when it
            names none or it does not exist.
        gone: whether a link names a file that does not exist.
        unseen: whether a link has a file id that an account did not find where it looked.
    """

    row: ResourceRow
    name: Name
    literal: frozenset[str]
    key: str
    alternatives: tuple[tuple[Word, ...], ...]
    aliases: tuple[tuple[Word, ...], ...]
    described: tuple[tuple[Word, ...], ...]
    blank: bool
    kinds: tuple[Kind, ...]
    nearby: frozenset[str]
    places: tuple[Place, ...]
    shares: tuple[str, ...]
    pin: Pin | None
    item: Item | None = None
    gone: bool = False
    unseen: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Rows that name one resource: equal names, a share in common.

    Attributes:
        id: the smallest id of its rows.
        key: what their names have in common.
        requests: what its rows ask for, by row id.
        name: the name as the first row has it.
        literal: the state words that belong to its subject.
        collection: whether all of its rows ask for several documents.
        blank: whether the description of a row says that it is a template or a form.
        places: their places, in order, each once.
        shares: the shares they point to; empty when no row's place is resolved.
        nearby: stems of their descriptions, sections and places.
    """

    id: str
    key: str
    requests: tuple[RowRequest, ...]
    name: Name
    literal: frozenset[str]
    collection: bool
    blank: bool
    places: tuple[Place, ...]
    shares: frozenset[str]
    nearby: frozenset[str]


def _build_group(requests: Iterable[RowRequest]) -> Group:
    own = tuple(sorted(requests, key=lambda request: request.row.id))
    return Group(
        id=own[0].row.id,
        key=own[0].key,
        requests=own,
        name=own[0].name,
        literal=frozenset().union(*(request.literal for request in own)),
        collection=all(request.name.plural for request in own),
        blank=any(request.blank for request in own),
        places=tuple(sorted({place for request in own for place in request.places})),
        shares=frozenset(share for request in own for share in request.shares),
        nearby=frozenset().union(*(request.nearby for request in own)),
    )


def read_row(
    reader: Reader, row: ResourceRow, pins: Sequence[tuple[str, Pin]], title: str
) -> RowRequest:
    """Return what a row asks for; `pins` have the keys of their names, `title` is the page's."""
    name = reader.read_name(row.name)
    key = key_of(name)
    kinds = find_kinds(reader.book, row, name)
    places = tuple(place for place in map(find_folder, row.places) if place is not None)
    nearby = (row.description, row.section or "", title, row.label, *(path for _, path in places))
    literal: frozenset[str] = frozenset()
    if name.state is State.FINAL and not name.signed:
        texts = (*(word.text for word in name.words), *(kind.text for kind in kinds))
        literal = reader.book.find_state_words(texts)
    return RowRequest(
        row=row,
        name=name,
        literal=literal,
        key=key,
        alternatives=_alternatives(reader, row, name, kinds),
        aliases=(*_find_aliases(reader, row.name, name), *_omit_owner(name)),
        described=_find_described(reader, name, row.description),
        blank=_ASKS_BLANK.match(row.description.lower()) is not None,
        kinds=kinds,
        nearby=frozenset().union(*map(reader.stems_of, nearby)),
        places=places,
        shares=tuple(sorted({share for share, _ in places})),
        pin=next(
            (p for own, p in pins if own == key and fnmatchcase(row.page, p.page or "*")), None
        ),
    )


def find_folder(place: Placement) -> Place | None:
    """Return the folder of a place, or the file that it names; None outside shares."""
    if place.kind is not PlaceKind.SHARE or place.share is None:
        return None
    folder = place.path or ""
    if place.file_path is None:
        return place.share, folder
    path = place.file_path if is_within(place.file_path, folder) else f"{folder}/{place.file_path}"
    return place.share, path.strip("/")


def key_of(name: Name) -> str:
    """Return a key that is equal for names that are equal after normalisation.

    One word and two are equal: the stems are concatenated, and the letter s, which joins Danish
    words, is removed.
    """
    marks = name.marks
    parts = [*name.values, marks.attachment or "", str(name.language or ""), name.state.name]
    parts += [str(marks.version if marks.marked else ""), str(marks.dates), str(name.signed)]
    words = "".join(word.stem for word in name.words).replace("s", "")
    return "|".join((words, str(name.template), *parts))


def _alternatives(
    reader: Reader, row: ResourceRow, name: Name, kinds: Sequence[Kind]
) -> tuple[tuple[Word, ...], ...]:
    """Return the names that answer a row: its own, each one it lists, and each with a kind."""
    book = reader.book
    listed = find_in_name(book, row.name, name)
    names = [name.words]
    if listed is not None:
        own = {word.stem for word in reader.read_name(listed.text).words}
        rest = tuple(word for word in name.words if word.stem not in own)
        names = [(*reader.read_name(text).words, *rest) for text in listed.written_out]
    for blank, rest in ((name.words[:1], name.words[1:]), (name.words[-1:], name.words[:-1])):
        if rest and all(book.is_form(word) and book.is_document_kind(word) for word in blank):
            names.append(rest)  # "Blanket til …", "… (blanket)"
    names += [words for one in names for words in _meeting_names(reader, one)]
    known = {word.stem for word in name.words}
    of_kinds = [
        (Word(kind.text, kind.stem), *words)
        for words in names
        for kind in kinds
        if words and kind.stem not in known
    ]
    every = dict.fromkeys((name.words, *names, *of_kinds))
    return tuple(words for words in every if words)[:_MAX_ALTERNATIVES]


def _meeting_names(reader: Reader, words: Sequence[Word]) -> list[tuple[Word, ...]]:
    """Return the names of a body's minutes without the word for its meeting, or with it.

    "Referat af bestyrelsesmøde", "bestyrelsens referat" and "referat, bestyrelsen, møde" are one.
    """
    book = reader.book
    if not any(map(book.is_minutes, words)):
        return []
    meeting = Word(MEETING, book.meeting)
    names: list[tuple[Word, ...]] = []
    for at, word in enumerate(words):
        parts = book.split(word.text)
        if word.stem == meeting.stem:
            names.append((*words[:at], *words[at + 1 :]))
        elif parts is not None and book.stem(parts[1]) == meeting.stem:
            text = book.strip_joint(parts[0])
            if (stem := book.stem(text)).endswith(book.bodies):
                names.append((*words[:at], word._replace(text=text, stem=stem), *words[at + 1 :]))
        elif word.stem.endswith(book.bodies):
            names.append((*words[: at + 1], meeting, *words[at + 1 :]))
    return [name for name in names if len(name) > 1]


def _find_aliases(reader: Reader, text: str, name: Name) -> tuple[tuple[Word, ...], ...]:
    """Return the words of a name without what it has in brackets, and with that alone.

    An abbreviation or several words are another name of the thing, of which the row's sort of
    document may be: "Skema til utilsigtede hændelser (UTH)" is a "UTH-skema".
    """
    found = _ABBREVIATED.search(text) or _CALLED.search(text)
    if found is None:
        return ()
    without, called = (
        reader.read_name(text).words for text in (text.replace(found[0], " "), found[1])
    )
    sort = tuple(word for word in without if not word.phrase)
    after = tuple(word._replace(phrase=1) for word in called)
    both = (*sort, *after) if len(sort) < len(without) else ()
    return tuple(words for words in (without, called, both) if words not in ((), name.words))


def _omit_owner(name: Name) -> tuple[tuple[Word, ...], ...]:
    """Return the words of "Klubbens vedtægter" without the house whose handbook it is."""
    first, *rest = name.words or (Word("", ""),)
    return (tuple(rest),) if rest and first.text.endswith(_OURS) else ()


def _find_described(reader: Reader, name: Name, description: str) -> tuple[tuple[Word, ...], ...]:
    """Return the words that a description begins with, and those before for whom it is.

    "UTH-vejledning til alle medarbejdere" names what a row calls "Vejledning om utilsigtede …". One
    word is a kind of document rather than a name; it may be a part of one, so that a "Logo", a
    "samlet pakke", may be a "Logopakke".
    """
    clause = _CLAUSE.match(description)
    words = reader.read_name(clause[0]).words if clause is not None else ()
    names = [words, tuple(word for word in words if not word.phrase)]
    if len(name.words) == 1:
        names += [(*name.words, word) for word in words if not word.phrase]
    return tuple(one for one in dict.fromkeys(names) if 1 < len(one) <= _MOST_DESCRIBED)


def group_rows(requests: Iterable[RowRequest]) -> tuple[Group, ...]:
    """Return the groups of rows with equal keys and a share in common, by id.

    Each row is in one group; without a share of its own it joins the first group of its name.
    """
    by_key: defaultdict[str, list[RowRequest]] = defaultdict(list)
    for request in requests:
        by_key[request.key].append(request)
    groups: list[Group] = []
    for same in by_key.values():
        same.sort(key=lambda request: (not request.shares, request.shares, request.row.id))
        parts: list[tuple[set[str], list[RowRequest]]] = []
        for request in same:
            own = set(request.shares)
            near = next((part for part in parts if not own or part[0] & own), None)
            if near is None:
                near = (set(), [])
                parts.append(near)
            near[0].update(own)
            near[1].append(request)
        groups += [_build_group(rows) for _, rows in parts]
    return tuple(sorted(groups, key=lambda group: group.id))
