"""Rows and shares for the tests of the matching."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from syncer.model.handbook import PlaceKind, Placement, ResourceRow, SourceSpan
from syncer.model.matching import Candidate, Match
from syncer.model.reason import Reason
from syncer.model.shares import (
    ListingKind,
    RemoteFile,
    RemoteFolder,
    Share,
    ShareKind,
    ShareStatus,
    ShareTree,
    UnreadFolder,
)

SHARE = "cloud.example/One"
OTHER = "cloud.example/Two"


def build_row(
    name: str,
    *places: Placement,
    folder: str | None = "",
    todo: bool = False,
    description: str = "",
    line: int = 1,
    page: str = "page.md",
) -> ResourceRow:
    """Build a row; without places it is in a folder of the first share, None is unresolved."""
    if not places:
        kind = PlaceKind.UNRESOLVED if folder is None else PlaceKind.SHARE
        places = (Placement(kind, None, None if folder is None else SHARE, folder),)
    return ResourceRow(
        id=f"{page}-{line:04}",
        name=name,
        description=description,
        todo=todo,
        label="Nextcloud",
        links=(),
        places=places,
        section=None,
        span=SourceSpan(page, line, 1, line, 80),
    )


def build_share(
    *paths: str,
    share: str = SHARE,
    status: ShareStatus = ShareStatus.OK,
    unread: Sequence[str] = (),
    gone: Sequence[str] = (),
    ids: Mapping[str, int] | None = None,
    single_file: bool = False,
) -> Share:
    """Build a share from the paths of its files; one that ends in "/" is an empty folder."""
    ids = ids or {}
    folders = {""}
    for path in paths:
        parts = path.split("/")[:-1]
        folders.update("/".join(parts[: end + 1]) for end in range(len(parts)))
    tree = ShareTree(
        tuple(RemoteFile(p, file_id=ids.get(p)) for p in sorted(paths) if not p.endswith("/")),
        () if single_file else tuple(RemoteFolder(p, ids.get(p)) for p in sorted(folders)),
        tuple(UnreadFolder(path, Reason("timeout")) for path in unread),
        single_file,
    )
    fine = status is ShareStatus.OK
    return Share(
        id=share,
        kind=ShareKind.PUBLIC,
        name=share,
        base_url="https://cloud.example",
        endpoint="legacy",
        server_version="27.0.2",
        status=status,
        listing=ListingKind.DEPTH_1 if fine else ListingKind.NONE,
        tree=tree if fine else None,
        reason=None if fine else Reason("timeout"),
        gone_places=frozenset(gone),
    )


def by_id(*shares: Share) -> dict[str, Share]:
    """Return shares by id."""
    return {share.id: share for share in shares}


def _say(reason: Reason) -> str:
    """Write a reason as "version(version=1.2)"."""
    words = {k: "+".join(v) if isinstance(v, tuple) else v for k, v in reason.args.items()}
    args = ", ".join(f"{key}={value}" for key, value in words.items())
    return f"{reason.code}({args})" if args else reason.code


def _tell_candidate(one: Candidate) -> str:
    """Write a candidate; "*" before what was chosen, "/" after a folder."""
    path = "*" * one.chosen + one.file.path + "/" * one.file.folder
    return f"{path} {one.score:.2f}: {' '.join(map(_say, one.reasons))}"


def tell(match: Match) -> tuple[str, ...]:
    """Write a match: the verdict, a line for each thing it rests on, and for each candidate."""
    score = "" if match.score is None else f" {match.score:.2f}"
    return (
        f"{match.verdict.value}{score} {_say(match.reason)}",
        *(f"= {one.path}{'/' * one.folder}" for one in match.files),
        *(f"[{one.name}: {one.status.value}]" for one in match.expected),
        *((f"-> {match.suggestion}",) if match.suggestion else ()),
        *map(_tell_candidate, match.candidates),
    )
