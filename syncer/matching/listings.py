"""What was not listed, and so may hold what is missing (pure).

Each question takes the same time however many shares a run has: a page may name thousands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, assert_never

from syncer.matching.files.entries import Item, is_within
from syncer.matching.row_requests import RowRequest
from syncer.model.matching import Verdict
from syncer.model.reason import Reason
from syncer.model.shares import Share, ShareKind, ShareStatus

_BLOCKING: Final = (Verdict.UNDETERMINED, Verdict.UNCHECKED, Verdict.NO_ACCESS)
"""The verdicts that replace a denial, the weightiest first."""
# A place deeper than this is looked for as a whole.
_MAX_LEVELS: Final = 256


@dataclass(frozen=True, slots=True)
class Judgement:
    """A row's verdict with its reason, and the files and score it rests on."""

    verdict: Verdict
    reason: Reason
    items: tuple[Item, ...] = ()
    score: float | None = None


class Listings:
    """The shares of a run, listed or not."""

    def __init__(self, shares: Mapping[str, Share]) -> None:
        """Keep the shares, by id."""
        self.shares = shares
        self._gone: dict[str, frozenset[str]] = {}

    def find_blocker(self, request: RowRequest) -> Judgement | None:
        """Return the weightiest reason why nothing is proven missing; None when all was listed.

        The scope is the row's own shares, or all of the run when its place is unresolved. The other
        shares are searched too, so the file may be in one that could not be read. Another share
        that asks for a password or was excluded on purpose blocks nothing.
        """
        return find_weightiest(self._list_blockers(request))

    def find_unlisted(self, share_id: str, place: str = "") -> Judgement | None:
        """Return why something at, above or below a place was not listed; None when all was."""
        share = self.shares.get(share_id)
        args = {"share": share_id}
        if share is None:
            return Judgement(Verdict.UNDETERMINED, Reason("share-not-asked", args))
        match share.status:
            case ShareStatus.GONE:
                return None
            case ShareStatus.NEEDS_PASSWORD if share.kind is ShareKind.ACCOUNT:
                return Judgement(Verdict.NO_ACCESS, Reason("login-refused", args))
            case ShareStatus.NEEDS_PASSWORD:
                return Judgement(Verdict.NO_ACCESS, Reason("password-needed", args))
            case ShareStatus.UPLOAD_ONLY:
                return Judgement(Verdict.NO_ACCESS, Reason("upload-only", args))
            case ShareStatus.UNCHECKED:
                return Judgement(Verdict.UNCHECKED, Reason("not-looked-at", args))
            case ShareStatus.THROTTLED:
                return Judgement(Verdict.UNDETERMINED, Reason("throttled", args))
            case ShareStatus.UNREADABLE:
                because = share.reason.code if share.reason is not None else None
                reason = Reason("share-not-read", {**args, "because": because})
                return Judgement(Verdict.UNDETERMINED, reason)
            case ShareStatus.OK:
                return self._find_unread(share, place)
            case _:
                assert_never(share.status)

    def is_gone(self, share: str, place: str) -> bool:
        """Return whether a place, or a folder above it, is proven to be gone."""
        if share not in self.shares:
            return False
        if share not in self._gone:
            self._gone[share] = frozenset(self.shares[share].gone_places)
        gone = self._gone[share]
        return bool(gone) and any(folder in gone for folder in _list_above(place))

    @cached_property
    def _of_all(self) -> Judgement | None:
        """The weightiest blocker of all shares."""
        return find_weightiest(map(self.find_unlisted, sorted(self.shares)))

    @cached_property
    def _undetermined(self) -> tuple[str, ...]:
        """The shares that could not be listed, by id."""
        blockers = ((share, self.find_unlisted(share)) for share in sorted(self.shares))
        return tuple(s for s, b in blockers if b is not None and b.verdict is Verdict.UNDETERMINED)

    def _list_blockers(self, request: RowRequest) -> Iterator[Judgement | None]:
        """Yield what was not listed of what a denial to a row needs, None for what was."""
        # First of those that weigh the same: no look at a share would settle it.
        yield find_liquid(request)
        own = request.shares
        yield from map(self.find_unlisted, own) if own else (self._of_all,)
        for share, place in request.places:
            yield self._find_unseen(share, place)
        if not self.shares and not own:
            yield Judgement(Verdict.UNDETERMINED, Reason("no-share-to-search"))
        yield from self._unknown_ids(request)
        if request.unseen:
            yield Judgement(Verdict.NO_ACCESS, Reason("login-not-seen"))
        if own:
            known = frozenset(own)
            other = next((share for share in self._undetermined if share not in known), None)
            if other is not None:
                reason = Reason("other-share-not-listed", {"share": other})
                yield Judgement(Verdict.UNDETERMINED, reason)

    def _unknown_ids(self, request: RowRequest) -> Iterator[Judgement]:
        """Yield a blocker per file id in a local copy, which has no ids: any file may be meant."""
        for place in request.row.places:
            share = None if place.share is None else self.shares.get(place.share)
            if place.file_id is None or share is None or share.kind is not ShareKind.LOCAL:
                continue
            if share.tree is not None and share.tree.files:
                reason = Reason("file-id-unknown-here", {"share": share.id})
                yield Judgement(Verdict.UNDETERMINED, reason)

    def _find_unseen(self, share: str, place: str) -> Judgement | None:
        """Return a blocker for a place an account did not find: it may only lack the permission."""
        if not self.is_gone(share, place) or self.shares[share].kind is not ShareKind.ACCOUNT:
            return None
        return Judgement(Verdict.NO_ACCESS, Reason("login-folder-not-seen", {"place": place}))

    def _find_unread(self, share: Share, place: str) -> Judgement | None:
        if share.tree is None:
            reason = Reason("share-not-read", {"share": share.id, "because": None})
            return Judgement(Verdict.UNDETERMINED, reason)
        if place and self.is_gone(share.id, place):
            return self._find_unseen(share.id, place)
        for unread in share.tree.unread:
            if is_within(unread.path, place) or is_within(place, unread.path):
                return Judgement(Verdict.UNDETERMINED, unread.explain())
        return None


def find_liquid(request: RowRequest) -> Judgement | None:
    """Return a blocker for a row of which only a build of the site knows a place."""
    if any(place.is_liquid for place in request.row.places):
        return Judgement(Verdict.UNCHECKED, Reason("row-place-liquid"))
    return None


def find_weightiest(blockers: Iterable[Judgement | None]) -> Judgement | None:
    """Return the first of the blockers that weigh most; None without any."""
    found = (blocker for blocker in blockers if blocker is not None)
    return min(found, key=lambda b: _BLOCKING.index(b.verdict), default=None)


def _list_above(place: str) -> Iterator[str]:
    """Yield a place, the root, and the folders above the place, as many as may be."""
    yield place
    yield ""
    at = -1
    for _ in range(_MAX_LEVELS):
        at = place.find("/", at + 1)
        if at < 0:
            return
        yield place[:at]
