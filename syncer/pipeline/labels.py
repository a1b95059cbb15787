"""Links, rows and trees → a label for each share: what people call it, never its token."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count

from syncer.model.handbook import ResourceRow
from syncer.model.links import RoutedLink
from syncer.model.shares import Share, ShareTree, split_share_id

_MAX_NAMES = 3
_MAX_LENGTH = 80
_MAX_LEVELS = 20
# Words that point at a link without naming what it opens.
_POINTERS = frozenset({"her", "link", "linket", "here", "this link"})


@dataclass(frozen=True, slots=True)
class _Mention:
    """Words of the handbook that lead to a folder of a share, and the heading above them."""

    folder: str
    text: str
    section: str | None


def label_shares(
    shares: Mapping[str, Share], links: Iterable[RoutedLink], rows: Sequence[ResourceRow]
) -> dict[str, Share]:
    """Return the shares with their labels, each label once.

    The label is the text that leads to the share's root, else the texts that lead into it, else
    the headings above them, else its top folders; None when all of that is unknown. Equal ones are
    told apart by the row that leads there, if it is one alone, else by the heading, else by number.
    """
    mentions = _list_mentions(links, rows)
    labels = {id_: _choose(share, mentions[id_]) for id_, share in shares.items()}
    repeated = Counter(labels.values())
    names = _name_rows(rows)
    taken: set[str] = set()
    numbers: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(2))
    labelled: dict[str, Share] = {}
    for id_, share in sorted(shares.items()):
        label = labels[id_]
        if label is not None:
            detail = _find_detail(id_, mentions[id_], names[id_]) if repeated[label] > 1 else None
            label = f"{label} ({detail})" if detail else label
            numbered = (f"{label} {number}" for number in numbers[label])
            label = next(name for name in chain((label,), numbered) if name not in taken)
            taken.add(label)
        labelled[id_] = replace(share, label=label)
    return labelled


def _find_detail(share: str, mentions: Iterable[_Mention], names: Collection[str]) -> str | None:
    """Return the name of the only row that leads to a share, else the first heading, if any."""
    token = split_share_id(share).token
    if len(names) == 1:
        return _clean(next(iter(names)), token)
    sections = (_clean(mention.section or "", token) for mention in mentions)
    return next(filter(None, sections), None)


def _name_rows(rows: Iterable[ResourceRow]) -> defaultdict[str | None, set[str]]:
    """Return the names of the rows that lead to each share."""
    names: defaultdict[str | None, set[str]] = defaultdict(set)
    for row in rows:
        for place in row.places:
            names[place.share].add(row.name)
    return names


def _list_mentions(
    links: Iterable[RoutedLink], rows: Iterable[ResourceRow]
) -> defaultdict[str | None, list[_Mention]]:
    """Return the links and row labels by share, in the order of the pages."""
    mentions: defaultdict[str | None, list[_Mention]] = defaultdict(list)
    for routed in links:
        if routed.share is not None:
            link = routed.link
            mentions[routed.share.share_id].append(
                _Mention(routed.share.folder, link.text, link.section)
            )
    for row in rows:
        for place in row.places:
            if not row.links:
                mentions[place.share].append(_Mention(place.path or "", row.label, row.section))
    return mentions


def _choose(share: Share, mentions: Sequence[_Mention]) -> str | None:
    token = split_share_id(share.id).token
    choices: tuple[tuple[Iterable[str], int], ...] = (
        ([mention.text for mention in mentions if not mention.folder], 1),
        ([mention.text for mention in mentions], _MAX_NAMES),
        ([mention.section or "" for mention in mentions], _MAX_NAMES),
        (_list_top(share.tree), _MAX_NAMES),
    )
    for texts, most in choices:
        names = list(dict.fromkeys(text for each in texts if (text := _clean(each, token))))
        if names:
            return _join(names, most)[:_MAX_LENGTH].rstrip()
    return None


def _join(names: Sequence[str], most: int) -> str:
    """Return names as one, those that begin with another ("Nextcloud / Breve") by that one."""
    known = frozenset(names)
    short = [name for name in names if known.isdisjoint(_list_beginnings(name))][:most]
    begin = {name.partition(" / ")[0] for name in short}
    if len(begin) == 1 and all(" / " in name for name in short):
        return f"{begin.pop()} / {', '.join(name.partition(' / ')[2] for name in short)}"
    return ", ".join(short)


def _list_beginnings(name: str) -> Iterator[str]:
    """Yield what is before each of the first " /" of a name."""
    at = name.find(" /")
    for _ in range(_MAX_LEVELS):
        if at < 0:
            return
        yield name[:at]
        at = name.find(" /", at + 1)


def _clean(text: str, token: str) -> str:
    """Return a text on one line; "" for an address, and for words that name nothing."""
    text = " ".join(text.split())
    named = any(character.isalpha() for character in text)
    if not named or "://" in text or token in text or text.casefold().rstrip(".") in _POINTERS:
        return ""
    return text


def _list_top(tree: ShareTree | None) -> Iterator[str]:
    """Yield the folders at the top of a tree."""
    if tree is not None:
        yield from (
            folder.path for folder in tree.folders if folder.path and "/" not in folder.path
        )
