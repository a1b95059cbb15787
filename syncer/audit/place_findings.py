"""Findings about the places that rows and links name: missing, unresolved, at odds (pure)."""

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

_At = tuple[str, int]
_Judged = tuple[ResourceRow, Match]


def find_in_places(evidence: Evidence) -> Iterator[Finding]:
    """Give the findings about places."""
    yield from _find_missing(evidence)
    yield from _find_unresolved(evidence)
    yield from _find_disagreeing(evidence)
    yield from _find_disagreeing_links(evidence)


def _find_missing(evidence: Evidence) -> Iterator[Finding]:
    """Give each folder that is settled as gone once, where it is named first."""
    for (share, path), at in sorted(_named_places(evidence).items()):
        if evidence.is_gone(share, path):
            yield make_finding(
                "place-missing",
                path,
                (share, path),
                {"share": share, "place": path, "share_name": evidence.name_folder(share, "")},
                at=at,
                hint=_propose_folder(evidence, share, path),
            )


def _named_places(evidence: Evidence) -> dict[tuple[str, str], _At]:
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
    """Propose where the folder went: where its rows' files lie now, else one of the same name."""
    found = {
        (file.share, folder_of(file))
        for row, match in evidence.judged_rows()
        if (share, path) in share_places(row) and match.verdict is Verdict.ELSEWHERE
        for file in match.files[:1]
    } or _find_namesakes(evidence, share, path)
    if len(found) != 1:
        return Reason("correct-place")
    new_share, folder = found.pop()
    return Reason(
        "link-folder-instead",
        {
            "folder": evidence.name_folder(new_share, folder),
            "url": evidence.build_link(new_share, folder),
        },
    )


def _find_namesakes(evidence: Evidence, share_id: str, path: str) -> set[tuple[str, str]]:
    share = evidence.observed.shares[share_id]
    name = path.rpartition("/")[2].casefold()
    folders = () if share.tree is None else share.tree.folders
    return {(share_id, folder.path) for folder in folders if folder.name.casefold() == name}


def _find_unresolved(evidence: Evidence) -> Iterator[Finding]:
    for row, match in evidence.judged_rows():
        if any(place.kind is PlaceKind.UNRESOLVED for place in row.places):
            yield make_finding(
                "place-unresolved",
                row.name,
                (row.id,),
                {"name": row.name, "label": row.label},
                at=(row.page, row.span.line),
                hint=_propose_link(evidence, match),
                row=row.id,
            )


def _propose_link(evidence: Evidence, match: Match) -> Reason:
    if not match.files:
        return Reason("make-place-a-link")
    file = match.files[0]
    folder = folder_of(file)
    return Reason(
        "link-folder-instead",
        {
            "folder": evidence.name_folder(file.share, folder),
            "url": evidence.build_link(file.share, folder),
        },
    )


def _find_disagreeing(evidence: Evidence) -> Iterator[Finding]:
    """Compare every mention of a resource with its first one (contract, `places-disagree`).

    Rows of one group get one file, so only mentions in different shares can be at odds.
    """
    named = sorted(
        ((_comparable(row.name), row, match) for row, match in evidence.judged_rows()),
        key=lambda item: item[0],
    )
    for _, items in groupby(named, key=lambda item: item[0]):
        mentions = [
            (row, match)
            for _, row, match in items
            if match.verdict in (Verdict.PRESENT, Verdict.ARRIVED) and match.files
        ]
        for other in mentions[1:]:
            if not _agree(mentions[0], other):
                yield _make_disagreement(mentions[0], other)


def _comparable(name: str) -> str:
    return " ".join(name.casefold().split())


def _agree(one: _Judged, other: _Judged) -> bool:
    """Tell whether two mentions lead to one file, or their places lie one within the other."""
    if _same_file(one[1].files[0], other[1].files[0]):
        return True
    return any(
        share == other_share and _related(path, other_path)
        for share, path in share_places(one[0])
        for other_share, other_path in share_places(other[0])
    )


def _same_file(one: MatchedFile, other: MatchedFile) -> bool:
    """Tell whether two files are one, reached through two shares, or a copy of one."""
    hosts = one.share.partition("/")[0], other.share.partition("/")[0]
    if one.file_id is not None and hosts[0] == hosts[1] and one.file_id == other.file_id:
        return True
    names = one.path.rpartition("/")[2], other.path.rpartition("/")[2]
    return names[0] == names[1] and one.size_bytes == other.size_bytes


def _related(path: str, other: str) -> bool:
    one, two = f"{path}/".lstrip("/"), f"{other}/".lstrip("/")
    return one.startswith(two) or two.startswith(one)


def _make_disagreement(first: _Judged, other: _Judged) -> Finding:
    row, match = other
    first_row, first_match = first
    return make_finding(
        "places-disagree",
        row.name,
        (row.id,),
        {
            "name": row.name,
            "file": match.files[0].path,
            "other_file": first_match.files[0].path,
            "other_page": first_row.page,
            "other_line": first_row.span.line,
        },
        at=(row.page, row.span.line),
        hint=Reason("link-one-place", {"name": row.name}),
        row=row.id,
    )


def _find_disagreeing_links(evidence: Evidence) -> Iterator[Finding]:
    """Compare the links in running text that name a resource with what its row leads to."""
    rows = {row.id: (row, match) for row, match in evidence.judged_rows()}
    for named in evidence.observed.named_links:
        if named.agrees is not False or named.file is None or named.row not in rows:
            continue
        row, match = rows[named.row]
        span = named.link.span
        yield make_finding(
            "places-disagree",
            row.name,
            (row.id, span.file, named.link.url),
            {
                "name": row.name,
                "file": named.file.path,
                "other_file": match.files[0].path,
                "other_page": row.page,
                "other_line": row.span.line,
            },
            at=(span.file, span.line),
            hint=Reason("link-one-place", {"name": row.name}),
            row=row.id,
        )
