"""From a row's verdict to its finding and the next step (pure)."""

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
    Verdict.UNDETERMINED: "resource-undetermined",
    Verdict.NO_ACCESS: "resource-no-access",
}
"""The finding of each verdict; those that are not here (present, …) are none."""

_UNSURE = (Verdict.UNDETERMINED, Verdict.NO_ACCESS)
_MAX_NAMED_FILES = 5


def find_in_rows(evidence: Evidence) -> Iterator[Finding]:
    """Give the findings of the rows: the verdict's, and `resource-partial` beside it."""
    settled = frozenset(
        match.group for _, match in evidence.judged_rows() if match.verdict is Verdict.PRESENT
    )
    for row, match in evidence.judged_rows():
        code = CODES.get(match.verdict)
        hint = _suggest(evidence, row, match, may_move=match.group not in settled)
        if code is not None:
            args = _describe(evidence, row, match)
            if match.verdict in _UNSURE:
                args = dict(add_why(args, match.reason))
            yield _make(code, row, args, hint)
        if is_partial(match):
            yield _make(
                "resource-partial",
                row,
                _describe_kinds(row, match),
                _ask_for_kinds(evidence, row, match),
            )


def is_partial(match: Match) -> bool:
    """Tell whether some of the promised kinds are there and some are proved not to be."""
    statuses = {kind.status for kind in match.expected}
    return {KindStatus.PRESENT, KindStatus.MISSING} <= statuses


def folder_of(file: MatchedFile) -> str:
    """Return the folder that a link to a matched file opens: the folder itself when it is one."""
    return file.path if file.folder else file.path.rpartition("/")[0]


def share_places(row: ResourceRow) -> Iterator[tuple[str, str]]:
    """Give the places of a row inside shares, as (share, path), in its order."""
    for place in row.places:
        if place.kind is PlaceKind.SHARE and place.share is not None and place.path is not None:
            yield place.share, place.path


def _make(code: str, row: ResourceRow, args: dict[str, ArgValue], hint: Reason | None) -> Finding:
    at = row.page, row.span.line
    return make_finding(code, row.name, (row.id,), args, at=at, hint=hint, row=row.id)


def _describe(evidence: Evidence, row: ResourceRow, match: Match) -> dict[str, ArgValue]:
    """Say what the sentence needs: what is not known or not there is left out."""
    args: dict[str, ArgValue] = {"name": row.name}
    place = next(share_places(row), None)
    if place is not None:
        args["place"] = evidence.name_folder(*place)
    if match.verdict is Verdict.AMBIGUOUS:
        args["files"] = tuple(file.path for file in match.files[:_MAX_NAMED_FILES])
    elif match.files:
        args["file"] = match.files[0].path
    return args


def _describe_kinds(row: ResourceRow, match: Match) -> dict[str, ArgValue]:
    return {
        "name": row.name,
        "present": _kinds(match, KindStatus.PRESENT),
        "missing": _kinds(match, KindStatus.MISSING),
        "ready": len(_kinds(match, KindStatus.PRESENT)),
        "total": len(match.expected),
    }


def _kinds(match: Match, status: KindStatus) -> tuple[str, ...]:
    return tuple(kind.name for kind in match.expected if kind.status is status)


def _ask_for_kinds(evidence: Evidence, row: ResourceRow, match: Match) -> Reason:
    """Say which kinds are wanted, where, and under which name the first of them."""
    args: dict[str, ArgValue] = {
        "kinds": _kinds(match, KindStatus.MISSING),
        "file_name": match.suggestion,
        **_find_room(evidence, row),
    }
    return Reason("add-kinds-keep-todo" if row.todo else "add-kinds", args)


def _suggest(
    evidence: Evidence, row: ResourceRow, match: Match, *, may_move: bool
) -> Reason | None:
    """Choose the next step for a verdict; None where nobody has to do anything.

    What is proposed is what the next run accepts: no archive as a place, no file moved away from
    where another row of its group has it (`may_move`).
    """
    match match.verdict:
        case Verdict.MISSING | Verdict.PLANNED:
            return _ask_for_file(evidence, row, match)
        case Verdict.ARRIVED:
            return _offer_file(evidence, row, match)
        case Verdict.ELSEWHERE:
            return _ask_to_move(evidence, row, match, may_move=may_move)
        case Verdict.DRAFT:
            return Reason("finish-draft", _name_file(evidence, row, match))
        case Verdict.OUTDATED:
            return Reason("renew-outdated", _name_file(evidence, row, match))
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
    """Name the file that is there, and what should lie in the row's own place, under which name.

    Beside a draft or an outdated version may be a folder of such, which would make the next file
    one as well.
    """
    file = match.files[0].path if match.files else None
    return {"file": file, "file_name": match.suggestion, **_find_room(evidence, row)}


def _ask_for_file(evidence: Evidence, row: ResourceRow, match: Match) -> Reason:
    """Say where the file should be put, under which name; a gone place is not proposed."""
    if match.reason.code == "pin-gone":
        return Reason("correct-pin", match.reason.args)
    room = _find_room(evidence, row)
    args: dict[str, ArgValue] = {"file_name": match.suggestion, **room}
    if not room:
        return Reason("put-file-and-correct-place", args)
    if match.verdict is Verdict.PLANNED:
        return Reason("put-promised-file", args)
    return Reason("put-file", args)


def _find_room(evidence: Evidence, row: ResourceRow) -> dict[str, ArgValue]:
    """Name the first of a row's places that can take a file, and its link; {} when none can."""
    for share, path in share_places(row):
        if evidence.proves_absence(share) and not evidence.is_gone(share, path):
            return {
                "folder": evidence.name_folder(share, path),
                "url": evidence.build_link(share, path),
            }
    return {}


def _offer_file(evidence: Evidence, row: ResourceRow, match: Match) -> Reason | None:
    """Say that ToDo can go, once all promised kinds are there, and which link should stand."""
    if not match.files:
        return None
    absent = tuple(k.name for k in match.expected if k.status is not KindStatus.PRESENT)
    if absent:
        return Reason("keep-todo", {"kinds": absent})
    file = match.files[0]
    if row.links and any(_lies_in(file, place) for place in row.places):
        return Reason("remove-todo")
    folder = folder_of(file)
    return Reason(
        "remove-todo-and-link",
        {
            "folder": evidence.name_folder(file.share, folder),
            "url": evidence.build_link(file.share, folder),
        },
    )


def _lies_in(file: MatchedFile | FileRecord, place: Placement) -> bool:
    if place.share != file.share or place.path is None:
        return False
    return not place.path or f"{file.path}/".startswith(f"{place.path}/")


def _ask_to_move(
    evidence: Evidence, row: ResourceRow, match: Match, *, may_move: bool
) -> Reason | None:
    """Say where the file lies now, and where it came from when its id tells."""
    if not match.files:
        return None
    file = match.files[0]
    folder = folder_of(file)
    place = next(share_places(row), None)
    args: dict[str, ArgValue] = {
        "file": file.path,
        "folder": evidence.name_folder(file.share, folder),
        "url": evidence.build_link(file.share, folder),
        "place": None if place is None else evidence.name_folder(*place),
    }
    if place is None or not may_move or evidence.is_gone(*place):
        return Reason("link-folder", args)
    earlier = _find_earlier_path(evidence, row, file)
    if earlier is not None:
        return Reason("moved-back-or-link", {**args, "earlier": earlier})
    return Reason("move-or-link", args)


def _find_earlier_path(evidence: Evidence, row: ResourceRow, file: MatchedFile) -> str | None:
    """Return where in the row's places the same file lay at the last complete run, else None."""
    before = evidence.before.get(row.id)
    if before is None or file.file_id is None:
        return None
    same = (old for old in before.files if (old.share, old.file_id) == (file.share, file.file_id))
    fitting = (old for old in same if any(_lies_in(old, place) for place in row.places))
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
