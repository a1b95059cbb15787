"""Shares that are suddenly empty, which is not believed at once (`docs/design.md` rule 3; pure).

One `Suspicion` per share is remembered between runs: the loss and the days on which a full walk
showed it. The same loss on three days is believed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from syncer.audit.observed import Emptied
from syncer.manifest.document import ResourceRecord, StatusManifest
from syncer.model.handbook import ResourceRow
from syncer.model.ids import make_id
from syncer.model.matching import KindStatus, Match, Verdict
from syncer.model.reason import Reason
from syncer.model.shares import FULL_WALKS, Share, ShareKind, Suspicion, UnreadFolder

_MIN_ROWS_LOST = 3
_WITHOUT_FILE = (Verdict.MISSING, Verdict.PLANNED)
_DENYING = (
    *_WITHOUT_FILE,
    Verdict.ELSEWHERE,
    Verdict.LIKELY,
    Verdict.DRAFT,
    Verdict.OUTDATED,
)


@dataclass(frozen=True, slots=True)
class Distrust:
    """The consequences of shares that look too empty.

    Attributes:
        matches: those given, in their order; verdicts that depend on a distrusted share's
            emptiness are now undetermined.
        emptied: the distrusted shares, by id; () when nothing is suspicious.
        suspicions: replace the remembered ones, by share. A believed one stays until a complete
            run has recorded the loss, so that an incomplete one does not restart the count.
        incomplete_because: one reason per distrusted share.
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
    """Find the shares that are suddenly empty, and revoke the verdicts that depend on it.

    That is a share that had files at the last complete run and has none, or in which more than
    half and at least three of the rows that had a file then have none now. Shares that are not
    listed completely prove nothing anyway. A local copy is never compared.

    Args:
        shares: by id.
        rows: of the run.
        matches: one per row.
        previous: the last complete run; without one nothing is suspicious.
        remembered: the suspicions of earlier runs, by share.
        today: the day of this run.
        accept_empty: a person confirms the loss (`--full --accept-empty`).
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
        loss_now, answer = loss
        suspicion = _count_day(share, answer, remembered.get(share_id), today)
        suspicion = replace(suspicion, accepted=suspicion.accepted or accept_empty)
        suspicions[share_id] = suspicion
        if not suspicion.believed:
            emptied.append(replace(loss_now, days=len(suspicion.days)))
    names = frozenset(item.share for item in emptied)
    return Distrust(
        matches=_revoke(rows, matches, names) if names else tuple(matches),
        emptied=tuple(emptied),
        suspicions=tuple(suspicions[share_id] for share_id in sorted(suspicions)),
        incomplete_because=tuple(
            Reason("share-suddenly-empty", {"share": item.share}) for item in emptied
        ),
    )


def doubt_listings(shares: Mapping[str, Share], emptied: Sequence[Emptied]) -> dict[str, Share]:
    """Return the shares with nothing known of those that are distrusted, for judging links."""
    doubted = dict(shares)
    for item in emptied:
        share = doubted[item.share]
        if share.tree is not None:
            root = UnreadFolder("", Reason("share-suddenly-empty", {"share": share.id}))
            tree = replace(share.tree, unread=(root,))
            doubted[share.id] = replace(share, tree=tree, gone_places=frozenset())
    return doubted


def _measure_loss(
    share: Share, matches: Sequence[Match], previous: StatusManifest
) -> tuple[Emptied, str] | None:
    """Return a suspicious loss since the last complete run, with its fingerprint, else None."""
    if share.tree is None or not share.listed or share.kind is ShareKind.LOCAL:
        return None
    before = next((s for s in previous.shares if s.id == share.id), None)
    if before is None or before.kind == ShareKind.LOCAL:
        return None
    now = {match.row: match for match in matches}
    had = sorted(r.id for r in previous.resources if r.id in now and _was_in(r, share.id))
    lost = [row for row in had if now[row].verdict in _WITHOUT_FILE]
    is_empty = bool(before.files) and not share.tree.files
    if not is_empty and not (len(lost) >= _MIN_ROWS_LOST and 2 * len(lost) > len(had)):
        return None
    emptied = Emptied(share.id, before.files, len(had), len(lost), days=0)
    return emptied, make_id("a", "empty" if is_empty else "fewer", *lost)


def _was_in(resource: ResourceRecord, share_id: str) -> bool:
    return bool(resource.files) and resource.files[0].share == share_id


def _count_day(share: Share, answer: str, remembered: Suspicion | None, today: date) -> Suspicion:
    """Add today to the days of the same answer; only a full walk counts."""
    if remembered is None or remembered.answer != answer:
        remembered = Suspicion(share.id, answer, ())
    if share.listing not in FULL_WALKS:
        return remembered
    return replace(remembered, days=tuple(sorted({*remembered.days, today})))


def _revoke(
    rows: Sequence[ResourceRow], matches: Sequence[Match], distrusted: frozenset[str]
) -> tuple[Match, ...]:
    """Make verdicts that deny something in a distrusted share undetermined."""
    places = {
        row.id: frozenset(place.share for place in row.places if place.share is not None)
        for row in rows
    }
    revised: list[Match] = []
    for match in matches:
        scope = places[match.row].union(match.searched)
        concerned = sorted(distrusted & scope if scope else distrusted)
        revised.append(_doubt(match, concerned[0]) if concerned else match)
    return tuple(revised)


def _doubt(match: Match, share: str) -> Match:
    expected = tuple(
        replace(kind, status=KindStatus.UNDETERMINED) if kind.status is KindStatus.MISSING else kind
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
