"""Findings of rows, from their verdicts, and the next steps (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from syncer.audit.codes import add_why, make_finding
from syncer.audit.evidence import Evidence
from syncer.manifest.document import FileRecord
from syncer.model.findings import Finding
from syncer.model.handbook import PlaceKind, Placement, ResourceRow
from syncer.model.matching import KindStatus, Match, MatchedFile, Verdict
from syncer.model.reason import ArgValue, Reason

CODES: dict[Verdict, str] = {
    Verdict.ARRIVED: "resource-arrived",
    Verdict.ELSEWHERE: "resource-elsewhere",
    Verdict.AMBIGUOUS: "resource-ambiguous",
    Verdict.DRAFT: "resource-draft",
    Verdict.OUTDATED: "resource-outdated",
    Verdict.MISSING: "resource-missing",
    Verdict.PLANNED: "resource-planned",
    Verdict.LIKELY: "resource-likely",
    Verdict.UNDETERMINED: "resource-undetermined",
    Verdict.NO_ACCESS: "resource-no-access",
}
"""The finding of each verdict; the other verdicts have none."""

_FILE_HINTS = {
    Verdict.DRAFT: "finish-draft",
    Verdict.OUTDATED: "renew-outdated",
    Verdict.LIKELY: "confirm-likely",
}
_UNSURE = (Verdict.UNDETERMINED, Verdict.NO_ACCESS)
_MAX_NAMED_FILES = 5


def find_in_rows(evidence: Evidence) -> Iterator[Finding]:
    """Yield the findings of the rows: the verdict's own, and `resource-partial`."""
    placed = frozenset(
        match.group for _, match in evidence.judged_rows() if match.verdict is Verdict.PRESENT
    )
    for row, match in evidence.judged_rows():
        code = CODES.get(match.verdict)
        if code is not None:
            args = _describe(evidence, row, match)
            if match.verdict in _UNSURE:
                args = dict(add_why(args, match.reason))
            hint = _suggest(evidence, row, match, may_move=match.group not in placed)
            yield _make(code, row, args, hint)
        present, missing = _kinds(match, KindStatus.PRESENT), _kinds(match, KindStatus.MISSING)
        if present and missing:
            yield _make(
                "resource-partial",
                row,
                {
                    "name": row.name,
                    "present": present,
                    "missing": missing,
                    "ready": len(present),
                    "total": len(match.expected),
                },
                Reason(
                    "add-kinds-keep-todo" if row.todo else "add-kinds",
                    {
                        "kinds": missing,
                        "file_name": match.suggestion,
                        **_find_usable_place(evidence, row),
                    },
                ),
            )


def folder_of(file: MatchedFile) -> str:
    """Return the folder that a link to a matched file opens: the folder itself when it is one."""
    return file.path if file.folder else file.path.rpartition("/")[0]


def share_places(row: ResourceRow) -> Iterator[tuple[str, str]]:
    """Yield the places of a row inside shares, as (share, path), in its order."""
    for place in row.places:
        if place.kind is PlaceKind.SHARE and place.share is not None and place.path is not None:
            yield place.share, place.path


def _make(code: str, row: ResourceRow, args: dict[str, ArgValue], hint: Reason | None) -> Finding:
    return make_finding(code, row.name, (row.id,), args, at=row.span, hint=hint, row=row.id)


def _describe(evidence: Evidence, row: ResourceRow, match: Match) -> dict[str, ArgValue]:
    """Return the arguments of a verdict's sentence, without those that are unknown."""
    args: dict[str, ArgValue] = {"name": row.name}
    place = next(share_places(row), None)
    if place is not None:
        args["place"] = evidence.name_folder(*place)
    if match.verdict is Verdict.AMBIGUOUS:
        args["files"] = tuple(file.path for file in match.files[:_MAX_NAMED_FILES])
    elif match.files:
        args["file"] = match.files[0].path
    return args


def _kinds(match: Match, status: KindStatus) -> tuple[str, ...]:
    return tuple(kind.name for kind in match.expected if kind.status is status)


def _suggest(
    evidence: Evidence, row: ResourceRow, match: Match, *, may_move: bool
) -> Reason | None:
    """Return the next step for a verdict, which the next run must accept; None without one.

    `may_move` is False when another row of the group has the file where it is.
    """
    match match.verdict:
        case Verdict.MISSING | Verdict.PLANNED:
            return _ask_for_file(evidence, row, match)
        case Verdict.ARRIVED:
            return _offer_file(evidence, row, match)
        case Verdict.ELSEWHERE:
            return _ask_to_move(evidence, row, match, may_move=may_move)
        case Verdict.DRAFT | Verdict.OUTDATED | Verdict.LIKELY:
            return Reason(_FILE_HINTS[match.verdict], _name_file(evidence, row, match))
        case Verdict.AMBIGUOUS:
            return Reason("keep-one-file", {"name": row.name})
        case Verdict.NO_ACCESS:
            return _ask_for_access(row, match)
        case Verdict.UNDETERMINED:
            return Reason("next-run-looks-again")
        case Verdict.PRESENT | Verdict.NOT_A_FILE | Verdict.UNCHECKED:
            return None
        case _ as never:
            assert_never(never)


def _name_file(evidence: Evidence, row: ResourceRow, match: Match) -> dict[str, ArgValue]:
    """Return the existing file, and place and name for its successor.

    The place is the row's own: in a folder of drafts the next file would be a draft as well.
    """
    file = match.files[0].path if match.files else None
    return {"file": file, "file_name": match.suggestion, **_find_usable_place(evidence, row)}


def _ask_for_file(evidence: Evidence, row: ResourceRow, match: Match) -> Reason:
    """Ask for the file under a name that fits, in a place that exists."""
    if match.reason.code == "pin-gone":
        return Reason("correct-pin", match.reason.args)
    place = _find_usable_place(evidence, row)
    args: dict[str, ArgValue] = {"file_name": match.suggestion, **place}
    if not place:
        return Reason("put-file-and-correct-place", args)
    if match.verdict is Verdict.PLANNED:
        return Reason("put-promised-file", args)
    return Reason("put-file", args)


def _find_usable_place(evidence: Evidence, row: ResourceRow) -> dict[str, ArgValue]:
    """Return name and link of the first of a row's places that can take a file, else {}."""
    for share, path in share_places(row):
        if evidence.proves_absence(share) and not evidence.is_gone(share, path):
            return evidence.point_to(share, path)
    return {}


def _offer_file(evidence: Evidence, row: ResourceRow, match: Match) -> Reason | None:
    """Propose to remove ToDo once all promised kinds are there, and the link to write."""
    if not match.files:
        return None
    absent = tuple(k.name for k in match.expected if k.status is not KindStatus.PRESENT)
    if absent:
        return Reason("keep-todo", {"kinds": absent})
    file = match.files[0]
    if row.links and any(_is_in(file, place) for place in row.places):
        return Reason("remove-todo")
    return Reason("remove-todo-and-link", evidence.point_to(file.share, folder_of(file)))


def _is_in(file: MatchedFile | FileRecord, place: Placement) -> bool:
    if place.share != file.share or place.path is None:
        return False
    return not place.path or f"{file.path}/".startswith(f"{place.path}/")


def _ask_to_move(
    evidence: Evidence, row: ResourceRow, match: Match, *, may_move: bool
) -> Reason | None:
    """Name the file's folder, and its earlier path when its id proves that it moved."""
    if not match.files:
        return None
    file = match.files[0]
    place = next(share_places(row), None)
    args: dict[str, ArgValue] = {
        "file": file.path,
        **evidence.point_to(file.share, folder_of(file)),
        "place": None if place is None else evidence.name_folder(*place),
    }
    if place is None or not may_move or evidence.is_gone(*place):
        return Reason("link-folder", args)
    earlier = _find_earlier_path(evidence, row, file)
    if earlier is not None:
        return Reason("moved-back-or-link", {**args, "earlier": earlier})
    return Reason("move-or-link", args)


def _find_earlier_path(evidence: Evidence, row: ResourceRow, file: MatchedFile) -> str | None:
    """Return the file's path in the row's places at the last complete run, else None."""
    before = evidence.before.get(row.id)
    if before is None or file.file_id is None:
        return None
    same = (old for old in before.files if (old.share, old.file_id) == (file.share, file.file_id))
    fitting = (old for old in same if any(_is_in(old, place) for place in row.places))
    return next((old.path for old in fitting if old.path != file.path), None)


def _ask_for_access(row: ResourceRow, match: Match) -> Reason:
    if match.reason.code == "upload-only":
        return Reason("allow-reading")
    if match.reason.code == "login-refused":
        return Reason("renew-app-password")
    if match.reason.code == "login-folder-not-seen":
        return Reason("let-account-see-place")
    inside = any(place.kind is PlaceKind.LOGIN for place in row.places)
    if inside or match.reason.code == "login-not-seen":
        return Reason("link-public-share")
    return Reason("configure-password")
