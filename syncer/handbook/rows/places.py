"""The places of resources: from the links or the plain text of a place cell (pure).

Source: `docs/contract.md`, section "Places".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from syncer.model.handbook import PlaceKind, Placement, ShareLink
from syncer.model.normal_forms import normalize
from syncer.model.shares import name_account

ParseShareLink: TypeAlias = Callable[[str], ShareLink | None]

_BARE_URL = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Alias:
    """A plain-text place from the settings: `path` in a share ("host/TOKEN")."""

    label: str
    share: str
    path: str


def fold(text: str) -> str:
    """Return text for comparing names and labels: NFC, without case and repeated blanks."""
    return " ".join(normalize("NFC", text).casefold().split())


def has_unread_liquid(text: str) -> bool:
    """Return whether the text of a cell, or an address, has Liquid, which nothing runs."""
    marks = ((text.find(mark), end) for mark, end in (("{{", "}}"), ("{%", "%}")))
    return any(start >= 0 and text.find(end, start) >= 0 for start, end in marks)


def place_link(
    url: str, parse: ParseShareLink, accounts: frozenset[str] = frozenset()
) -> Placement:
    """Return the place that a link points to, for any string.

    In the clouds of `accounts` a folder that requires a login is a place like one in a share.
    """
    link = parse(url)
    if link is None:
        return Placement(PlaceKind.OUTSIDE, url, None, None)
    if link.token is None and link.folder and link.cloud in accounts:
        share = name_account(link.cloud)
        return Placement(PlaceKind.SHARE, url, share, link.folder, link.file_id)
    if link.token is None:
        return Placement(PlaceKind.LOGIN, url, None, None, link.file_id, cloud=link.cloud)
    return Placement(PlaceKind.SHARE, url, link.share_id, link.folder, link.file_id, link.file_path)


class PlaceBook:
    """The labels of places, as the settings and the rows of a handbook explain them."""

    def __init__(
        self,
        parse: ParseShareLink,
        aliases: Iterable[Alias],
        accounts: frozenset[str] = frozenset(),
        *,
        runs_liquid: bool = True,
    ) -> None:
        """Store the aliases of the settings; of two for one label the later one counts.

        Where nothing runs Liquid, as on GitHub, its braces are text like any other.
        """
        self._runs_liquid = runs_liquid
        self._parse = parse
        self._accounts = accounts
        self._aliases = {
            fold(alias.label): Placement(
                PlaceKind.SHARE,
                None,
                alias.share,
                normalize("NFC", alias.path.strip("/")),
            )
            for alias in aliases
        }
        # The addresses that rows with a label link to, on one page and on all; each with a link.
        self._on_page: dict[tuple[str, str], dict[object, Placement]] = defaultdict(dict)
        self._anywhere: dict[str, dict[object, Placement]] = defaultdict(dict)

    def learn(self, page: str, label: str, urls: Sequence[str]) -> None:
        """Store the links of a row with this label."""
        label = fold(label)
        for url in urls:
            place = self._place(url)
            address = _address(place)
            first = self._on_page[page, label].setdefault(address, place)
            self._anywhere[label][address] = first

    def resolve(self, page: str, label: str, urls: Sequence[str]) -> tuple[Placement, ...]:
        """Return the places of a row in order, each once; never empty.

        A label without a link is an alias, else the one address that rows with this label link to:
        those of the page, else those of all pages. Where there is none, or more than one, the place
        is unresolved. So is one that Liquid makes, which has its text as address.
        """
        is_liquid = self._is_liquid(label) and fold(label) not in self._aliases
        if not urls and (is_liquid or _BARE_URL.fullmatch(label)):
            urls = (label,)
        if urls:
            places: dict[object, Placement] = {}
            for url in urls:
                place = self._place(url)
                places.setdefault(_address(place), place)
            return tuple(places.values())
        return (self._explain(page, fold(label)),)

    def _is_liquid(self, text: str) -> bool:
        return self._runs_liquid and has_unread_liquid(text)

    def _place(self, url: str) -> Placement:
        if self._is_liquid(url):
            return Placement(PlaceKind.UNRESOLVED, url, None, None)
        return place_link(url, self._parse, self._accounts)

    def _explain(self, page: str, label: str) -> Placement:
        if label and label in self._aliases:
            return self._aliases[label]
        found = self._on_page.get((page, label)) or self._anywhere.get(label, {})
        if not label or len(found) != 1:
            return Placement(PlaceKind.UNRESOLVED, None, None, None)
        return next(iter(found.values()))


def _address(place: Placement) -> object:
    """Return what two links to the same place have in common: the place in a share, or the URL."""
    if place.kind is PlaceKind.SHARE:
        return (place.share, place.path, place.file_id, place.file_path)
    return place.url
