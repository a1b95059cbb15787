"""From what a group gets to the verdict of each row, with its scope of proof (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, assert_never

from syncer.matching.choose import Choice
from syncer.matching.index import Index, Item, is_within
from syncer.matching.names.records import State
from syncer.matching.row_requests import RowRequest
from syncer.model.handbook import PlaceKind
from syncer.model.matching import Verdict
from syncer.model.reason import Reason
from syncer.model.shares import Share, ShareKind, ShareStatus, name_account

_BLOCKING: Final = (Verdict.UNDETERMINED, Verdict.UNCHECKED, Verdict.NO_ACCESS)
"""The verdicts that replace a denial, the weightiest first."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A row's verdict with its reason, and the files and score it rests on."""

    verdict: Verdict
    reason: Reason
    items: tuple[Item, ...] = ()
    score: float | None = None


def judge_without_share(shares: Mapping[str, Share], request: RowRequest) -> Judgement | None:
    """Judge a row none of whose places is in a share; None when one is."""
    kinds = {place.kind for place in request.row.places}
    if PlaceKind.SHARE in kinds or PlaceKind.UNRESOLVED in kinds or request.places:
        return None
    if request.item is not None or request.pin is not None:
        return None
    return _judge_outside(shares, request, kinds)


def _judge_outside(
    shares: Mapping[str, Share], request: RowRequest, kinds: set[PlaceKind]
) -> Judgement:
    """Judge a row with a place that needs a login, or outside Nextcloud.

    An account lists only the folders that are named, so what it did not see proves nothing.
    """
    if PlaceKind.LOGIN not in kinds:
        return Judgement(Verdict.NOT_A_FILE, Reason("outside-nextcloud"))
    named = (name_account(place.cloud) for place in request.row.places if place.cloud is not None)
    accounts = [share for share in named if share in shares]
    if not accounts:
        return Judgement(Verdict.NO_ACCESS, Reason("login-needed"))
    blocked = _weightiest([b for share in accounts for b in _find_unlisted(shares, share)])
    return blocked or Judgement(Verdict.NO_ACCESS, Reason("login-not-seen"))


def judge(
    index: Index, shares: Mapping[str, Share], request: RowRequest, choice: Choice
) -> Judgement:
    """Judge a row by the first line that applies in `docs/contract.md`, "Verdicts".

    A denial is returned only when what it denies was listed completely; otherwise the row is
    undetermined, unchecked or without access, with the reason (`docs/design.md` rule 1).
    """
    if request.item is not None:
        code = "linked" if request.pin is None else "pinned"
        reason = Reason(code, {"path": index.entries[request.item].path})
        return Judgement(_found(request), reason, (request.item,), 1.0)
    if request.pin is not None:
        gone = Reason("pin-gone", {"path": request.pin.path})
        return _deny(shares, request, Judgement(_nothing(request), gone))
    if choice.state is None:
        return _judge_nothing(index, shares, request, choice)
    if choice.unknown:
        return _judge_unknown(index, shares, request, choice)
    if choice.ambiguous:
        reason = Reason("equally-good", {"count": len(choice.items)})
        return Judgement(Verdict.AMBIGUOUS, reason, choice.items, choice.score)
    if choice.state is State.FINAL:
        return _judge_final(index, shares, request, choice)
    draft = choice.state is State.DRAFT
    verdict = Verdict.DRAFT if draft else Verdict.OUTDATED
    path = index.entries[choice.items[0]].path
    reason = Reason("only-drafts" if draft else "only-outdated", {"path": path})
    return _deny(shares, request, Judgement(verdict, reason, choice.items, choice.score))


def _judge_unknown(
    index: Index, shares: Mapping[str, Share], request: RowRequest, choice: Choice
) -> Judgement:
    """Judge a row by files whose names have further words that say nothing: a person is asked.

    The row's own file may be where nobody could look, so an incomplete listing goes first.
    """
    items = tuple(i for i in choice.items if index.is_in_places(i, request.places))
    if not items:
        return _judge_nothing(index, shares, request, choice)
    path = index.entries[items[0]].path
    judgement = Judgement(
        Verdict.LIKELY, Reason("found-likely", {"path": path}), items, choice.score
    )
    if request.row.todo:
        judgement = Judgement(Verdict.PLANNED, Reason("maybe-there", {"path": path}))
    elif choice.ambiguous and len(items) > 1:
        reason = Reason("equally-good", {"count": len(items)})
        judgement = Judgement(Verdict.AMBIGUOUS, reason, items, choice.score)
    return _deny(shares, request, judgement)


def _found(request: RowRequest) -> Verdict:
    return Verdict.ARRIVED if request.row.todo else Verdict.PRESENT


def _nothing(request: RowRequest) -> Verdict:
    return Verdict.PLANNED if request.row.todo else Verdict.MISSING


def _judge_final(
    index: Index, shares: Mapping[str, Share], request: RowRequest, choice: Choice
) -> Judgement:
    """Judge a row for which a final file was found, by where the file is.

    A row with the document in its own place must not be judged "elsewhere" because its group got
    another copy; the finding `places-disagree` says that the group has two files.
    """
    items, score = choice.items, choice.score
    if not index.is_in_places(items[0], request.places):
        for option in choice.same:
            if option.same_name and index.is_in_places(option.item, request.places):
                items, score = (option.item, *option.parts), option.fit.score
                break
    in_place = index.is_in_places(items[0], request.places)
    share, path = index.share_of[items[0]], index.entries[items[0]].path
    if in_place:
        reason = Reason("found-in-place", {"path": path})
    elif not request.places:
        reason = Reason("found-without-place", {"path": path})
    elif share in request.shares:
        reason = Reason("found-elsewhere", {"path": path, "place": request.places[0][1]})
    else:
        reason = Reason("found-in-other-share", {"path": path, "share": share})
    if in_place or not request.places or request.row.todo:
        return Judgement(_found(request), reason, items, score)
    blocked = _weightiest(
        [b for own, place in request.places for b in _find_unlisted(shares, own, place)]
    )
    return blocked or Judgement(Verdict.ELSEWHERE, reason, items, score)


def _judge_nothing(
    index: Index, shares: Mapping[str, Share], request: RowRequest, choice: Choice
) -> Judgement:
    """Judge a row for which nothing was found."""
    kinds = {place.kind for place in request.row.places}
    statuses = {shares[s].status if s in shares else None for s in request.shares}
    reason = Reason("nothing-found")
    if choice.signed is not None:
        reason = Reason("only-signed", {"path": index.entries[choice.signed].path})
    if request.gone:
        reason = Reason("linked-file-gone")
    elif statuses == {ShareStatus.GONE}:
        reason = Reason("share-gone", {"share": request.shares[0]})
    elif request.places and all(_is_place_gone(shares, *place) for place in request.places):
        reason = Reason("place-gone", {"place": request.places[0][1]})
    found = _deny(shares, request, Judgement(_nothing(request), reason))
    if found.verdict is _nothing(request) and kinds & {PlaceKind.LOGIN, PlaceKind.OUTSIDE}:
        return _judge_outside(shares, request, kinds)
    return found


def _is_place_gone(shares: Mapping[str, Share], share: str, place: str) -> bool:
    return share in shares and any(is_within(place, gone) for gone in shares[share].gone_places)


def _deny(shares: Mapping[str, Share], request: RowRequest, denial: Judgement) -> Judgement:
    """Return a denial, or the weightiest reason why it is not proven."""
    return _weightiest(find_blockers(shares, request)) or denial


def find_blockers(shares: Mapping[str, Share], request: RowRequest) -> list[Judgement]:
    """Return what was not listed of what a denial to a row needs; [] when all was.

    The scope is the row's own shares, or all of the run when its place is unresolved. The other
    shares are searched too, so the file may be in one that could not be read. Another share that
    asks for a password or was excluded on purpose blocks nothing.
    """
    own = request.shares or tuple(sorted(shares))
    found = [b for share in own for b in _find_unlisted(shares, share)]
    found += [b for share, place in request.places for b in _find_unseen(shares, share, place)]
    if not own:
        found.append(Judgement(Verdict.UNDETERMINED, Reason("no-share-to-search")))
    found.extend(_unknown_ids(shares, request))
    if request.unseen:
        found.append(Judgement(Verdict.NO_ACCESS, Reason("login-not-seen")))
    for share in sorted(set(shares) - set(own)):
        verdicts = {blocker.verdict for blocker in _find_unlisted(shares, share)}
        if Verdict.UNDETERMINED in verdicts:
            reason = Reason("other-share-not-listed", {"share": share})
            found.append(Judgement(Verdict.UNDETERMINED, reason))
    return found


def _unknown_ids(shares: Mapping[str, Share], request: RowRequest) -> Iterator[Judgement]:
    """Yield a blocker per file id in a local copy: copies have no ids, so any file may be meant."""
    for place in request.row.places:
        share = None if place.share is None else shares.get(place.share)
        if place.file_id is None or share is None or share.kind is not ShareKind.LOCAL:
            continue
        if share.tree is not None and share.tree.files:
            reason = Reason("file-id-unknown-here", {"share": share.id})
            yield Judgement(Verdict.UNDETERMINED, reason)


def _find_unseen(shares: Mapping[str, Share], share: str, place: str) -> list[Judgement]:
    """Return a blocker for a place an account did not find: it may only lack the permission."""
    if not _is_place_gone(shares, share, place) or shares[share].kind is not ShareKind.ACCOUNT:
        return []
    return [Judgement(Verdict.NO_ACCESS, Reason("login-folder-not-seen", {"place": place}))]


def _weightiest(blockers: Sequence[Judgement]) -> Judgement | None:
    return min(blockers, key=lambda b: _BLOCKING.index(b.verdict), default=None)


def _find_unlisted(shares: Mapping[str, Share], share_id: str, place: str = "") -> list[Judgement]:
    """Return a blocker for everything that was not listed at, above or below a place."""
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
            return _unread_folders(shares, share, place)
        case _:
            assert_never(share.status)


def _unread_folders(shares: Mapping[str, Share], share: Share, place: str) -> list[Judgement]:
    if share.tree is None:
        reason = Reason("share-not-read", {"share": share.id, "because": None})
        return [Judgement(Verdict.UNDETERMINED, reason)]
    if place and _is_place_gone(shares, share.id, place):
        return _find_unseen(shares, share.id, place)
    return [
        Judgement(Verdict.UNDETERMINED, unread.explain())
        for unread in share.tree.unread
        if is_within(unread.path, place) or is_within(place, unread.path)
    ]
