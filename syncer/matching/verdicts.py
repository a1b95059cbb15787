"""From what a group gets to the verdict of each row, with its scope of proof (pure)."""

from __future__ import annotations

from syncer.matching.choose import Choice
from syncer.matching.files.index import Index
from syncer.matching.listings import Judgement, Listings, find_liquid, find_weightiest
from syncer.matching.names.records import State
from syncer.matching.row_requests import RowRequest
from syncer.model.handbook import PlaceKind
from syncer.model.matching import Verdict
from syncer.model.reason import Reason
from syncer.model.shares import ShareStatus, name_account


def judge_without_share(listings: Listings, request: RowRequest) -> Judgement | None:
    """Judge a row none of whose places is in a share, or without a known name; else None."""
    if request.row.has_liquid_name and request.item is None and request.pin is None:
        return Judgement(Verdict.UNCHECKED, Reason("row-name-liquid"))
    kinds = {place.kind for place in request.row.places}
    if PlaceKind.SHARE in kinds or PlaceKind.UNRESOLVED in kinds or request.places:
        return None
    if request.item is not None or request.pin is not None:
        return None
    return _judge_outside(listings, request, kinds)


def _judge_outside(listings: Listings, request: RowRequest, kinds: set[PlaceKind]) -> Judgement:
    """Judge a row with a place that needs a login, or outside Nextcloud.

    An account lists only the folders that are named, so what it did not see proves nothing.
    """
    if PlaceKind.LOGIN not in kinds:
        return Judgement(Verdict.NOT_A_FILE, Reason("outside-nextcloud"))
    named = (name_account(place.cloud) for place in request.row.places if place.cloud is not None)
    accounts = [share for share in named if share in listings.shares]
    if not accounts:
        return Judgement(Verdict.NO_ACCESS, Reason("login-needed"))
    blocked = find_weightiest(map(listings.find_unlisted, accounts))
    return blocked or Judgement(Verdict.NO_ACCESS, Reason("login-not-seen"))


def judge(index: Index, listings: Listings, request: RowRequest, choice: Choice) -> Judgement:
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
        return _deny(listings, request, Judgement(_nothing(request), gone))
    if choice.state is None:
        return _judge_nothing(index, listings, request, choice)
    if choice.unknown:
        return _judge_unknown(index, listings, request, choice)
    if choice.ambiguous:
        reason = Reason("equally-good", {"count": len(choice.items)})
        return Judgement(Verdict.AMBIGUOUS, reason, choice.items, choice.score)
    if choice.state is State.FINAL:
        return _judge_final(index, listings, request, choice)
    draft = choice.state is State.DRAFT
    verdict = Verdict.DRAFT if draft else Verdict.OUTDATED
    path = index.entries[choice.items[0]].path
    reason = Reason("only-drafts" if draft else "only-outdated", {"path": path})
    return _deny(listings, request, Judgement(verdict, reason, choice.items, choice.score))


def _judge_unknown(
    index: Index, listings: Listings, request: RowRequest, choice: Choice
) -> Judgement:
    """Judge a row by files whose names have further words that say nothing: a person is asked.

    The one outside the places that names nothing else is the document (`find_outside`).

    The row's own file may be where nobody could look, so an incomplete listing goes first.
    """
    items = tuple(i for i in choice.items if index.is_in_places(i, request.places))
    if not items and not request.row.todo and not choice.ambiguous:
        return _deny(listings, request, _judge_final(index, listings, request, choice))
    items = items or choice.items
    path = index.entries[items[0]].path
    judgement = Judgement(
        Verdict.LIKELY, Reason("found-likely", {"path": path}), items, choice.score
    )
    if request.row.todo:
        judgement = Judgement(Verdict.PLANNED, Reason("maybe-there", {"path": path}))
    elif choice.ambiguous and len(items) > 1:
        reason = Reason("equally-good", {"count": len(items)})
        judgement = Judgement(Verdict.AMBIGUOUS, reason, items, choice.score)
    return _deny(listings, request, judgement)


def _found(request: RowRequest) -> Verdict:
    return Verdict.ARRIVED if request.row.todo else Verdict.PRESENT


def _nothing(request: RowRequest) -> Verdict:
    return Verdict.PLANNED if request.row.todo else Verdict.MISSING


def _judge_final(
    index: Index, listings: Listings, request: RowRequest, choice: Choice
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
    unlisted = (listings.find_unlisted(own, place) for own, place in request.places)
    blocked = find_weightiest((find_liquid(request), *unlisted))
    return blocked or Judgement(Verdict.ELSEWHERE, reason, items, score)


def _judge_nothing(
    index: Index, listings: Listings, request: RowRequest, choice: Choice
) -> Judgement:
    """Judge a row for which nothing was found."""
    kinds = {place.kind for place in request.row.places}
    shares = listings.shares
    statuses = {shares[s].status if s in shares else None for s in request.shares}
    reason = Reason("nothing-found")
    if choice.signed is not None:
        reason = Reason("only-signed", {"path": index.entries[choice.signed].path})
    if request.gone:
        reason = Reason("linked-file-gone")
    elif statuses == {ShareStatus.GONE}:
        reason = Reason("share-gone", {"share": request.shares[0]})
    elif request.places and all(listings.is_gone(*place) for place in request.places):
        reason = Reason("place-gone", {"place": request.places[0][1]})
    found = _deny(listings, request, Judgement(_nothing(request), reason))
    if found.verdict is _nothing(request) and kinds & {PlaceKind.LOGIN, PlaceKind.OUTSIDE}:
        return _judge_outside(listings, request, kinds)
    return found


def _deny(listings: Listings, request: RowRequest, denial: Judgement) -> Judgement:
    """Return a denial, or the weightiest reason why it is not proven."""
    return listings.find_blocker(request) or denial
