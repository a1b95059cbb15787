"""Where a row says its resource lies: links understood, plain text explained (pure).

Source: the contract, section "Places".
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from syncer.model.handbook import PlaceKind, Placement, ShareLink
from syncer.model.shares import name_account

ParseShareLink: TypeAlias = Callable[[str], ShareLink | None]

_BARE_URL = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Alias:
    """A plain-text place that the settings explain: `path` in a share ("host/TOKEN")."""

    label: str
    share: str
    path: str


def fold(text: str) -> str:
    """Return text as names and labels are compared: NFC, case and runs of blanks apart."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def place_link(
    url: str, parse: ParseShareLink, accounts: frozenset[str] = frozenset()
) -> Placement:
    """Return what a place's link points to, for any string.

    On the hosts of `accounts` a folder behind the login is a place like one in a share.
    """
    link = parse(url)
    if link is None:
        return Placement(PlaceKind.OUTSIDE, url, None, None)
    if link.token is None and link.folder and link.host in accounts:
        share = name_account(link.host)
        return Placement(PlaceKind.SHARE, url, share, link.folder, link.file_id)
    if link.token is None:
        return Placement(PlaceKind.LOGIN, url, None, None, link.file_id, host=link.host)
    named = None
    if link.file_name is not None:
        named = f"{link.folder}/{link.file_name}" if link.folder else link.file_name
    return Placement(PlaceKind.SHARE, url, link.share_id, link.folder, link.file_id, named)


class PlaceBook:
    """What the rows of a handbook teach about the labels of places."""

    def __init__(
        self,
        parse: ParseShareLink,
        aliases: Iterable[Alias],
        accounts: frozenset[str] = frozenset(),
    ) -> None:
        """Begin with the settings' aliases; of two for one label the later one counts."""
        self._parse = parse
        self._accounts = accounts
        self._aliases = {
            fold(alias.label): Placement(
                PlaceKind.SHARE,
                None,
                alias.share,
                unicodedata.normalize("NFC", alias.path.strip("/")),
            )
            for alias in aliases
        }
        # label → page → the addresses that its rows link to, each with its first link
        self._known: dict[str, dict[str, dict[object, Placement]]] = defaultdict(
            lambda: defaultdict(dict)
        )

    def learn(self, page: str, label: str, urls: Sequence[str]) -> None:
        """Note what a row with this label links to."""
        for url in urls:
            place = place_link(url, self._parse, self._accounts)
            self._known[fold(label)][page].setdefault(_address(place), place)

    def resolve(self, page: str, label: str, urls: Sequence[str]) -> tuple[Placement, ...]:
        """Return the places of a row in order, each once; never empty.

        A label without a link is an alias; else the one address that the page's own rows with
        that label link to; else the one of the other pages' rows. Where they disagree, or none
        does, the place is unresolved.
        """
        if not urls and _BARE_URL.fullmatch(label):
            urls = (label,)
        if urls:
            places: dict[object, Placement] = {}
            for url in urls:
                place = place_link(url, self._parse, self._accounts)
                places.setdefault(_address(place), place)
            return tuple(places.values())
        return (self._explain(page, fold(label)),)

    def _explain(self, page: str, label: str) -> Placement:
        unresolved = Placement(PlaceKind.UNRESOLVED, None, None, None)
        if not label:
            return unresolved
        if label in self._aliases:
            return self._aliases[label]
        by_page = self._known.get(label, {})
        found = by_page.get(page)
        if found is None:
            found = {
                address: place for known in by_page.values() for address, place in known.items()
            }
        return next(iter(found.values())) if len(found) == 1 else unresolved


def _address(place: Placement) -> object:
    """Return what makes two places one: for a share the place in it, else the link."""
    if place.kind is PlaceKind.SHARE:
        return (place.share, place.path, place.file_id, place.file_path)
    return place.url
