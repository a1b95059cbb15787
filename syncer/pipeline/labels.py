"""Links, rows and trees → a label for each share: what people call it, never its token."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from syncer.model.handbook import ResourceRow
from syncer.model.links import RoutedLink
from syncer.model.shares import Share, ShareTree, split_share_id

_MAX_NAMES = 3
_MAX_LENGTH = 80
# Words that point at a link without naming what it opens.
_POINTERS = frozenset({"her", "link", "linket", "here", "this link"})


@dataclass(frozen=True, slots=True)
class _Mention:
    """Words of the handbook that lead to a folder of a share, and the heading above them."""

    folder: str
    text: str
    section: str | None


def label_shares(
    shares: Mapping[str, Share], links: Iterable[RoutedLink], rows: Iterable[ResourceRow]
) -> dict[str, Share]:
    """Return the shares with their labels, each label once.

    The label is the text that leads to the share's root, else the texts that lead into it, else
    the headings above them, else its top folders; None when all of that is unknown.
    """
    mentions = _list_mentions(links, rows)
    choices = {id_: _choose(share, mentions[id_]) for id_, share in shares.items()}
    repeated = Counter(label for label, _ in choices.values())
    seen: Counter[str] = Counter()
    labelled: dict[str, Share] = {}
    for id_, share in sorted(shares.items()):
        label, section = choices[id_]
        if label is not None and repeated[label] > 1:
            label = f"{label} ({section})" if section else label
            seen[label] += 1
            label = f"{label} {seen[label]}" if seen[label] > 1 else label
        labelled[id_] = replace(share, label=label)
    return labelled


def _list_mentions(
    links: Iterable[RoutedLink], rows: Iterable[ResourceRow]
) -> defaultdict[str, list[_Mention]]:
    """Return the links and row labels by share, in the order of the pages."""
    mentions: defaultdict[str, list[_Mention]] = defaultdict(list)
    for routed in links:
        if routed.share is not None and routed.share.share_id is not None:
            link = routed.link
            mentions[routed.share.share_id].append(
                _Mention(routed.share.folder, link.text, link.section)
            )
    for row in rows:
        for place in row.places:
            if place.share is not None and not row.links:
                mentions[place.share].append(_Mention(place.path or "", row.label, row.section))
    return mentions


def _choose(share: Share, mentions: list[_Mention]) -> tuple[str | None, str | None]:
    """Return the label of a share, and the first heading above its mentions."""
    token = split_share_id(share.id).token
    sections = [_clean(mention.section or "", token) for mention in mentions]
    section = next((text for text in sections if text), None)
    of_root = [mention.text for mention in mentions if not mention.folder][:1]
    for texts in (of_root, [mention.text for mention in mentions], sections, _list_top(share.tree)):
        names = list(dict.fromkeys(text for each in texts if (text := _clean(each, token))))
        if names:
            return _join(names)[:_MAX_LENGTH].rstrip(), section
    return None, section


def _join(names: list[str]) -> str:
    """Return names as one, those that begin with another ("Nextcloud / Breve") by that one."""
    short = [n for n in names if not any(n.startswith(f"{o} /") for o in names)][:_MAX_NAMES]
    begin = {name.partition(" / ")[0] for name in short}
    if len(short) > 1 and len(begin) == 1 and all(" / " in name for name in short):
        return f"{begin.pop()} / {', '.join(name.partition(' / ')[2] for name in short)}"
    return ", ".join(short)


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
