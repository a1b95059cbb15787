"""Findings about the places that rows and links name: missing, unresolved, contradictory (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from syncer.audit.codes import make_finding
from syncer.audit.evidence import Evidence
from syncer.audit.row_findings import folder_of, share_places
from syncer.model.findings import Finding
from syncer.model.handbook import PlaceKind, ResourceRow
from syncer.model.matching import Match, MatchedFile, Verdict
from syncer.model.reason import Reason
from syncer.model.shares import split_share_id

_At = tuple[str, int]
_Judged = tuple[ResourceRow, Match]


def find_in_places(evidence: Evidence) -> Iterator[Finding]:
    """Yield the findings about places."""
    yield from _find_missing(evidence)
    yield from _find_unresolved(evidence)
    yield from _find_disagreeing(evidence)
    yield from _find_disagreeing_links(evidence)


def _find_missing(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per folder that is proven gone, at its first mention."""
    for (share, path), at in _find_named_places(evidence).items():
        if evidence.is_gone(share, path):
            yield make_finding(
                "place-missing",
                path,
                (share, path),
                {"share": share, "place": path, "share_name": evidence.name_folder(share, "")},
                at=at,
                hint=_propose_folder(evidence, share, path),
            )


def _find_named_places(evidence: Evidence) -> dict[tuple[str, str], _At]:
    """Return share and path of every named place, with the page and line of its first mention."""
    named: list[tuple[_At, str, str]] = [
        (mention.at, mention.parsed.share_id, mention.parsed.folder)
        for mention in evidence.mentions
        if mention.parsed.share_id is not None
    ]
    named += [
        ((row.page, row.span.line), *place)
        for row in evidence.observed.rows
        for place in share_places(row)
    ]
    first: dict[tuple[str, str], _At] = {}
    for at, share, path in sorted(named):
        first.setdefault((share, path), at)
    return first


def _propose_folder(evidence: Evidence, share: str, path: str) -> Reason:
    """Propose the folder that now has the files of the rows, else one of the same name."""
    found = {
        (file.share, folder_of(file))
        for row, match in evidence.judged_rows()
        if (share, path) in share_places(row) and match.verdict is Verdict.ELSEWHERE
        for file in match.files[:1]
    } or _find_namesakes(evidence, share, path)
    if len(found) != 1:
        return Reason("correct-place")
    return Reason("link-folder-instead", evidence.point_to(*found.pop()))


def _find_namesakes(evidence: Evidence, share_id: str, path: str) -> set[tuple[str, str]]:
    share = evidence.observed.shares[share_id]
    name = path.rpartition("/")[2].casefold()
    folders = () if share.tree is None else share.tree.folders
    return {(share_id, folder.path) for folder in folders if folder.name.casefold() == name}


def _find_unresolved(evidence: Evidence) -> Iterator[Finding]:
    for row, match in evidence.judged_rows():
        unresolved = [place for place in row.places if place.kind is PlaceKind.UNRESOLVED]
        if any(not place.is_liquid for place in unresolved):
            hint = Reason("make-place-a-link")
            if match.files:
                file = match.files[0]
                target = evidence.point_to(file.share, folder_of(file))
                hint = Reason("link-folder-instead", target)
            yield make_finding(
                "place-unresolved",
                row.name,
                (row.id,),
                {"name": row.name, "label": row.label},
                at=(row.page, row.span.line),
                hint=hint,
                row=row.id,
            )


def _find_disagreeing(evidence: Evidence) -> Iterator[Finding]:
    """Compare every mention of a resource with its first one.

    Rows of one group get the same file, so only mentions in different shares can disagree.
    """
    named = sorted(
        ((_fold(row.name), row, match) for row, match in evidence.judged_rows()),
        key=lambda item: item[0],
    )
    for _, items in groupby(named, key=lambda item: item[0]):
        mentions = [
            (row, match)
            for _, row, match in items
            if match.verdict in (Verdict.PRESENT, Verdict.ARRIVED) and match.files
        ]
        for row, match in mentions:
            if not _agree(mentions[0], (row, match)):
                at = row.page, row.span.line
                yield _make_disagreement(row, (row.id,), match.files[0], mentions[0], at)


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())


def _agree(one: _Judged, other: _Judged) -> bool:
    """Return whether two mentions lead to the same file, or one's place contains the other's."""
    if _same_file(one[1].files[0], other[1].files[0]):
        return True
    return any(
        share == other_share and _related(path, other_path)
        for share, path in share_places(one[0])
        for other_share, other_path in share_places(other[0])
    )


def _same_file(one: MatchedFile, other: MatchedFile) -> bool:
    """Return whether two files are the same one, reached through two shares, or copies of it."""
    same_cloud = split_share_id(one.share).cloud == split_share_id(other.share).cloud
    if one.file_id is not None and same_cloud and one.file_id == other.file_id:
        return True
    names = one.path.rpartition("/")[2], other.path.rpartition("/")[2]
    return names[0] == names[1] and one.size_bytes == other.size_bytes


def _related(path: str, other: str) -> bool:
    one, two = f"{path}/".lstrip("/"), f"{other}/".lstrip("/")
    return one.startswith(two) or two.startswith(one)


def _find_disagreeing_links(evidence: Evidence) -> Iterator[Finding]:
    """Compare the links in running text that name a resource with its row's file."""
    rows = {row.id: (row, match) for row, match in evidence.judged_rows()}
    for named in evidence.observed.named_links:
        if named.agrees is False and named.file is not None and named.row in rows:
            row, match = rows[named.row]
            span = named.link.span
            key = (row.id, span.file, named.link.url)
            yield _make_disagreement(row, key, named.file, (row, match), (span.file, span.line))


def _make_disagreement(
    row: ResourceRow, key: tuple[str, ...], file: MatchedFile, other: _Judged, at: _At
) -> Finding:
    """Make the finding that a mention at `at` leads to `file` and another one does not."""
    other_row, other_match = other
    return make_finding(
        "places-disagree",
        row.name,
        key,
        {
            "name": row.name,
            "file": file.path,
            "other_file": other_match.files[0].path,
            "other_page": other_row.page,
            "other_line": other_row.span.line,
        },
        at=at,
        hint=Reason("link-one-place", {"name": row.name}),
        row=row.id,
    )
