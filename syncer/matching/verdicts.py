"""From what a group gets to each row's verdict, with its scope of proof (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, assert_never

from syncer.matching.asks import Ask
from syncer.matching.candidates import Option
from syncer.matching.choose import Choice, Outcome
from syncer.matching.index import Index, Item, lies_in
from syncer.model.handbook import PlaceKind
from syncer.model.matching import Verdict
from syncer.model.reason import Reason
from syncer.model.shares import Share, ShareKind, ShareStatus, name_account

_BLOCKING: Final = (Verdict.UNDETERMINED, Verdict.UNCHECKED, Verdict.NO_ACCESS)
"""What stands before a denial, the weightiest first."""


@dataclass(frozen=True, slots=True)
class Direct:
    """What a row's own link or pin names.

    Attributes:
        item: the file or folder named; None when it is not there.
        pinned: whether a pin names it.
        gone: whether something was named and is not where it should be.
    """

    item: Item | None = None
    pinned: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """A row's verdict with its reason, and what it rests on."""

    verdict: Verdict
    reason: Reason
    items: tuple[Item, ...] = ()
    score: float | None = None


def judge_without_share(shares: Mapping[str, Share], ask: Ask, direct: Direct) -> Judgement | None:
    """Judge a row none of whose places can be looked at; None when one can."""
    kinds = {place.kind for place in ask.row.places}
    if PlaceKind.SHARE in kinds or PlaceKind.UNRESOLVED in kinds or ask.places:
        return None
    if direct.item is not None or direct.pinned:
        return None
    if PlaceKind.LOGIN in kinds:
        return _judge_inside(shares, ask)
    return Judgement(Verdict.NOT_A_FILE, Reason("outside-nextcloud"))


def _judge_inside(shares: Mapping[str, Share], ask: Ask) -> Judgement:
    """Judge what lies behind a login, and not in what an account was shown, if there is one.

    An account looks where folders are named, so nothing follows from what it did not see.
    """
    named = (name_account(place.host) for place in ask.row.places if place.host is not None)
    accounts = [share for share in named if share in shares]
    if not accounts:
        return Judgement(Verdict.NO_ACCESS, Reason("login-needed"))
    blocked = _weightiest([b for share in accounts for b in _share_blockers(shares, share)])
    return blocked or Judgement(Verdict.NO_ACCESS, Reason("login-not-seen"))


def judge(
    index: Index, shares: Mapping[str, Share], ask: Ask, direct: Direct, choice: Choice
) -> Judgement:
    """Judge a row: the contract's table, the first line that applies.

    A denial is built only when what it denies was listed completely; otherwise the row is
    undetermined, unchecked or without access, with the reason (design, rule 1).
    """
    if direct.item is not None:
        return _judge_direct(index, ask, direct.item, pinned=direct.pinned)
    if direct.pinned:
        gone = Reason("pin-gone", {"path": ask.pin.path if ask.pin is not None else None})
        return _deny(shares, ask, Judgement(_nothing(ask), gone))
    match choice.outcome:
        case Outcome.FINAL:
            return _judge_final(index, shares, ask, choice)
        case Outcome.AMBIGUOUS:
            reason = Reason("equally-good", {"count": len(choice.items)})
            return Judgement(Verdict.AMBIGUOUS, reason, choice.items, choice.score)
        case Outcome.DRAFT:
            reason = Reason("only-drafts", {"path": _path(index, choice.items[0])})
            found = Judgement(Verdict.DRAFT, reason, choice.items, choice.score)
            return _deny(shares, ask, found)
        case Outcome.OUTDATED:
            reason = Reason("only-outdated", {"path": _path(index, choice.items[0])})
            found = Judgement(Verdict.OUTDATED, reason, choice.items, choice.score)
            return _deny(shares, ask, found)
        case Outcome.NOTHING:
            return _judge_nothing(shares, ask, direct)
        case _:
            assert_never(choice.outcome)


def _nothing(ask: Ask) -> Verdict:
    return Verdict.PLANNED if ask.row.todo else Verdict.MISSING


def _path(index: Index, item: Item) -> str:
    return index.entries[item].path


def _judge_direct(index: Index, ask: Ask, item: Item, *, pinned: bool) -> Judgement:
    verdict = Verdict.ARRIVED if ask.row.todo else Verdict.PRESENT
    path = _path(index, item)
    reason = Reason("pinned", {"path": path}) if pinned else Reason("linked", {"path": path})
    return Judgement(verdict, reason, (item,), 1.0)


def _judge_final(index: Index, shares: Mapping[str, Share], ask: Ask, choice: Choice) -> Judgement:
    """Judge a row for which a final file was found, by where it lies."""
    share, path = index.share_of[choice.items[0]], _path(index, choice.items[0])
    in_place = _lies_in_places(ask, share, path)
    verdict = Verdict.ARRIVED if ask.row.todo else Verdict.PRESENT
    own_copy = None if in_place else _find_own_copy(index, ask, choice)
    if own_copy is not None:
        reason = Reason("found-in-place", {"path": _path(index, own_copy.item)})
        items = (own_copy.item, *own_copy.parts)
        return Judgement(verdict, reason, items, own_copy.fit.score)
    if in_place or not ask.places:
        reason = Reason("found-in-place", {"path": path})
        if not in_place:
            reason = Reason("found-without-place", {"path": path})
        return Judgement(verdict, reason, choice.items, choice.score)
    reason = Reason("found-elsewhere", {"path": path, "place": ask.places[0][1]})
    if share not in ask.shares:
        reason = Reason("found-in-other-share", {"path": path, "share": share})
    if ask.row.todo:
        return Judgement(Verdict.ARRIVED, reason, choice.items, choice.score)
    blocked = _weightiest(
        [b for own, place in ask.places for b in _place_blockers(shares, own, place)]
    )
    return blocked or Judgement(Verdict.ELSEWHERE, reason, choice.items, choice.score)


def _lies_in_places(ask: Ask, share: str, path: str) -> bool:
    return any(share == own and lies_in(path, place) for own, place in ask.places)


def _find_own_copy(index: Index, ask: Ask, choice: Choice) -> Option | None:
    """Find the group's document in the row's own place when the group's file lies elsewhere.

    A row in whose place a file of its name lies may not be told that it lies elsewhere; that its
    group has two files is what `places-disagree` says.
    """
    return next(
        (
            option
            for option in choice.same
            if option.strong
            and _lies_in_places(ask, index.share_of[option.item], _path(index, option.item))
        ),
        None,
    )


def _judge_nothing(shares: Mapping[str, Share], ask: Ask, direct: Direct) -> Judgement:
    """Judge a row for which nothing was found."""
    kinds = {place.kind for place in ask.row.places}
    reason = Reason("nothing-found")
    if direct.gone:
        reason = Reason("linked-file-gone")
    elif ask.shares and all(_is_gone(shares, share) for share in ask.shares):
        reason = Reason("share-gone", {"share": ask.shares[0]})
    elif ask.places and all(_is_place_gone(shares, *place) for place in ask.places):
        reason = Reason("place-gone", {"place": ask.places[0][1]})
    found = _deny(shares, ask, Judgement(_nothing(ask), reason))
    if found.verdict is _nothing(ask):
        if PlaceKind.LOGIN in kinds:
            return _judge_inside(shares, ask)
        if PlaceKind.OUTSIDE in kinds:
            return Judgement(Verdict.NOT_A_FILE, Reason("outside-nextcloud"))
    return found


def _is_gone(shares: Mapping[str, Share], share: str) -> bool:
    return share in shares and shares[share].status is ShareStatus.GONE


def _is_place_gone(shares: Mapping[str, Share], share: str, place: str) -> bool:
    return share in shares and any(lies_in(place, gone) for gone in shares[share].gone_places)


def _deny(shares: Mapping[str, Share], ask: Ask, denial: Judgement) -> Judgement:
    """Return a denial when all that it denies was listed, else what stands before it."""
    return _weightiest(find_blockers(shares, ask)) or denial


def find_blockers(shares: Mapping[str, Share], ask: Ask) -> list[Judgement]:
    """Return what keeps anything from being denied to a row; [] when all was looked at.

    The scope is the row's own shares, or all of the run when its place is unresolved. The other
    shares are searched too, so one that could not be read leaves open whether the file lies
    there; one that asks for a password or was left out on purpose is settled.
    """
    own = ask.shares or tuple(sorted(shares))
    found = [b for share in own for b in _share_blockers(shares, share)]
    found += [b for share, place in ask.places for b in _find_unseen(shares, share, place)]
    if not own:
        found.append(Judgement(Verdict.UNDETERMINED, Reason("no-share-to-search")))
    found.extend(_unknown_ids(shares, ask))
    if ask.unseen:
        found.append(Judgement(Verdict.NO_ACCESS, Reason("login-not-seen")))
    for share in sorted(set(shares) - set(own)):
        for blocker in _share_blockers(shares, share):
            if blocker.verdict is Verdict.UNDETERMINED:
                reason = Reason("other-share-not-listed", {"share": share})
                found.append(Judgement(Verdict.UNDETERMINED, reason))
                break
    return found


def _unknown_ids(shares: Mapping[str, Share], ask: Ask) -> Iterator[Judgement]:
    """Give what a file id leaves open: a local copy knows none, so any of its files may be it."""
    for place in ask.row.places:
        share = None if place.share is None else shares.get(place.share)
        if place.file_id is None or share is None or share.kind is not ShareKind.LOCAL:
            continue
        if share.tree is not None and share.tree.files:
            reason = Reason("file-id-unknown-here", {"share": share.id})
            yield Judgement(Verdict.UNDETERMINED, reason)


def _find_unseen(shares: Mapping[str, Share], share: str, place: str) -> list[Judgement]:
    """Say that an account does not see a place: the server tells so too when it may not."""
    if not _is_place_gone(shares, share, place) or shares[share].kind is not ShareKind.ACCOUNT:
        return []
    return [Judgement(Verdict.NO_ACCESS, Reason("login-folder-not-seen", {"place": place}))]


def _weightiest(blockers: Sequence[Judgement]) -> Judgement | None:
    return min(blockers, key=lambda b: _BLOCKING.index(b.verdict), default=None)


def _share_blockers(shares: Mapping[str, Share], share_id: str) -> list[Judgement]:
    """Return what of a whole share was not looked at."""
    return _place_blockers(shares, share_id, "")


def _place_blockers(shares: Mapping[str, Share], share_id: str, place: str) -> list[Judgement]:
    """Return what at, above or below a place was not looked at."""
    share = shares.get(share_id)
    args = {"share": share_id}
    if share is None:
        return [Judgement(Verdict.UNDETERMINED, Reason("share-not-asked", args))]
    match share.status:
        case ShareStatus.GONE:
            return []
        case ShareStatus.NEEDS_PASSWORD if share.kind is ShareKind.ACCOUNT:
            return [Judgement(Verdict.NO_ACCESS, Reason("login-refused", args))]
        case ShareStatus.NEEDS_PASSWORD:
            return [Judgement(Verdict.NO_ACCESS, Reason("password-needed", args))]
        case ShareStatus.UPLOAD_ONLY:
            return [Judgement(Verdict.NO_ACCESS, Reason("upload-only", args))]
        case ShareStatus.UNCHECKED:
            return [Judgement(Verdict.UNCHECKED, Reason("not-looked-at", args))]
        case ShareStatus.THROTTLED:
            return [Judgement(Verdict.UNDETERMINED, Reason("throttled", args))]
        case ShareStatus.UNREADABLE:
            because = share.reason.code if share.reason is not None else None
            reason = Reason("share-not-read", {**args, "because": because})
            return [Judgement(Verdict.UNDETERMINED, reason)]
        case ShareStatus.OK:
            return _unread_folders(share, place)
        case _:
            assert_never(share.status)


def _unread_folders(share: Share, place: str) -> list[Judgement]:
    if share.tree is None:
        reason = Reason("share-not-read", {"share": share.id, "because": None})
        return [Judgement(Verdict.UNDETERMINED, reason)]
    if place and _is_place_gone({share.id: share}, share.id, place):
        return _find_unseen({share.id: share}, share.id, place)
    return [
        Judgement(
            Verdict.UNDETERMINED,
            Reason(
                "folder-not-read",
                {**unread.reason.args, "folder": unread.path, "because": unread.reason.code},
            ),
        )
        for unread in share.tree.unread
        if lies_in(unread.path, place) or lies_in(place, unread.path)
    ]
