"""Sudden emptiness is not believed at once (design rule 2; pure).

What is remembered between runs is one `Suspicion` per share: the answer that looked too empty, and
the days on which a full walk gave it. Three days with the same answer and it is believed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from syncer.audit.observed import Emptied
from syncer.manifest.document import ResourceRecord, StatusManifest
from syncer.model.handbook import ResourceRow
from syncer.model.ids import make_id
from syncer.model.matching import ExpectedKind, KindStatus, Match, Verdict
from syncer.model.reason import Reason
from syncer.model.shares import ListingKind, Share, ShareKind

DAYS_TO_BELIEVE = 3

_MIN_ROWS_LOST = 3
_FULL_WALKS = (ListingKind.INFINITY, ListingKind.DEPTH_1)
_WITHOUT_FILE = (Verdict.MISSING, Verdict.PLANNED)
_DENYING = (
    Verdict.MISSING,
    Verdict.PLANNED,
    Verdict.ELSEWHERE,
    Verdict.DRAFT,
    Verdict.OUTDATED,
)


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What is remembered of a share that looked too empty.

    Attributes:
        share: its id.
        answer: fingerprint of what was lost; another answer starts to count anew.
        days: on which a full walk gave that answer, ascending, each once.
        accepted: somebody has said that it is right.
    """

    share: str
    answer: str
    days: tuple[date, ...]
    accepted: bool = False

    @property
    def believed(self) -> bool:
        """Whether the answer is taken for true."""
        return self.accepted or len(self.days) >= DAYS_TO_BELIEVE


@dataclass(frozen=True, slots=True)
class Distrust:
    """What follows from shares that look too empty.

    Attributes:
        matches: those given, in their order; the verdicts that rest on a distrusted share's
            emptiness have become undetermined.
        emptied: the distrusted shares, by id; () when nothing is suspicious.
        suspicions: what to remember until the next run, by share, in place of what was
            remembered. A believed one stays until a complete run has taken the loss over, so that
            an incomplete one does not make it count anew.
        incomplete_because: why the run is incomplete: one reason per distrusted share.
    """

    matches: tuple[Match, ...]
    emptied: tuple[Emptied, ...]
    suspicions: tuple[Suspicion, ...]
    incomplete_because: tuple[Reason, ...]


def distrust(
    shares: Mapping[str, Share],
    rows: Sequence[ResourceRow],
    matches: Sequence[Match],
    *,
    previous: StatusManifest | None,
    remembered: Mapping[str, Suspicion],
    today: date,
    accept_empty: bool = False,
) -> Distrust:
    """Name the shares that are suddenly empty, and take back what was concluded from it.

    A share that had files at the last complete run and has none, or in which more than half and
    at least three of the rows that had a file then have none now. Only listed shares are judged:
    of the others nothing is concluded anyway. A local copy is never compared.

    Args:
        shares: by id.
        rows: of the run.
        matches: one per row.
        previous: the last complete run; None: nothing is suspicious.
        remembered: the suspicions of earlier runs, by share.
        today: the day of this run.
        accept_empty: somebody says that it is right (`--full --accept-empty`).
    """
    emptied: list[Emptied] = []
    suspicions = {
        share_id: suspicion
        for share_id, suspicion in remembered.items()
        if share_id in shares and not shares[share_id].listed
    }
    for share_id, share in sorted(shares.items()):
        loss = None if previous is None else _measure_loss(share, matches, previous)
        if loss is None:
            continue
        suspicion = _count_day(share, loss, remembered.get(share_id), today)
        suspicion = replace(suspicion, accepted=suspicion.accepted or accept_empty)
        suspicions[share_id] = suspicion
        if not suspicion.believed:
            emptied.append(replace(loss.emptied, days=len(suspicion.days)))
    names = frozenset(item.share for item in emptied)
    return Distrust(
        matches=_take_back(rows, matches, names) if names else tuple(matches),
        emptied=tuple(emptied),
        suspicions=tuple(suspicions[share_id] for share_id in sorted(suspicions)),
        incomplete_because=tuple(
            Reason("share-suddenly-empty", {"share": item.share}) for item in emptied
        ),
    )


@dataclass(frozen=True, slots=True)
class _Loss:
    """A loss that is too big to be believed at once, with its fingerprint."""

    emptied: Emptied
    answer: str


def _measure_loss(share: Share, matches: Sequence[Match], previous: StatusManifest) -> _Loss | None:
    """Return what a share has lost since the last complete run; None when it looks well."""
    if share.tree is None or not share.listed or share.kind is ShareKind.LOCAL:
        return None
    before = next((s for s in previous.shares if s.id == share.id), None)
    if before is None or before.kind == ShareKind.LOCAL:
        return None
    now = {match.row: match for match in matches}
    had = sorted(r.id for r in previous.resources if r.id in now and _lay_in(r, share.id))
    lost = [row for row in had if now[row].verdict in _WITHOUT_FILE]
    is_empty = bool(before.files) and not share.tree.files
    if not is_empty and not (len(lost) >= _MIN_ROWS_LOST and 2 * len(lost) > len(had)):
        return None
    return _Loss(
        Emptied(share.id, before.files, len(had), len(lost), days=0),
        make_id("a", "empty" if is_empty else "fewer", *lost),
    )


def _lay_in(resource: ResourceRecord, share_id: str) -> bool:
    return bool(resource.files) and resource.files[0].share == share_id


def _count_day(share: Share, loss: _Loss, remembered: Suspicion | None, today: date) -> Suspicion:
    """Add today to the days of the same answer; only a full walk is a new answer."""
    if remembered is None or remembered.answer != loss.answer:
        remembered = Suspicion(share.id, loss.answer, ())
    if share.listing not in _FULL_WALKS:
        return remembered
    return replace(remembered, days=tuple(sorted({*remembered.days, today})))


def _take_back(
    rows: Sequence[ResourceRow], matches: Sequence[Match], distrusted: frozenset[str]
) -> tuple[Match, ...]:
    """Make what denies something in a distrusted share undetermined; what was found stays."""
    places = {row.id: _list_places(row) for row in rows}
    taken: list[Match] = []
    for match in matches:
        scope = places[match.row].union(match.searched)
        concerned = sorted(distrusted & scope if scope else distrusted)
        taken.append(_doubt(match, concerned[0]) if concerned else match)
    return tuple(taken)


def _list_places(row: ResourceRow) -> frozenset[str]:
    """Return the shares that a row's own places lie in; a pin may name another one."""
    return frozenset(place.share for place in row.places if place.share is not None)


def _doubt(match: Match, share: str) -> Match:
    expected = tuple(
        replace(kind, status=KindStatus.UNDETERMINED) if _is_denied(kind) else kind
        for kind in match.expected
    )
    if match.verdict not in _DENYING:
        return replace(match, expected=expected)
    return replace(
        match,
        verdict=Verdict.UNDETERMINED,
        expected=expected,
        reason=Reason("share-suddenly-empty", {"share": share}),
        suggestion=None,
    )


def _is_denied(kind: ExpectedKind) -> bool:
    return kind.status is KindStatus.MISSING
