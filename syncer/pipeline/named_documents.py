"""The files that rows name, and which files of the copy none names any more (pure)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from syncer.audit.distrust import Distrust
from syncer.model.matching import Match, MatchedFile, Verdict
from syncer.model.shares import RemoteFile, Share, ShareKind
from syncer.pipeline.handbook import ReadHandbook
from syncer.pipeline.options import AuditOptions

FileKey: TypeAlias = tuple[str, str]
"""A file by its share and path."""

_NAMED = (Verdict.PRESENT, Verdict.ARRIVED, Verdict.LIKELY, Verdict.ELSEWHERE)
_OPEN = (Verdict.UNDETERMINED, Verdict.UNCHECKED, Verdict.NO_ACCESS)
# What programs leave in a folder while somebody edits.
_LEFT_OVER = re.compile(r"(?:^|/)(?:\.|~\$)[^/]*$")


def list_documents(
    matches: Iterable[Match], shares: Mapping[str, Share]
) -> dict[FileKey, RemoteFile]:
    """Return the documents of the rows by share and path, in the rows' order.

    Of a folder that answers a row every file below it.
    """
    found: dict[FileKey, RemoteFile] = {}
    paths: dict[str, list[str]] = {}
    for match in matches:
        for file in match.files if match.verdict in _NAMED else ():
            share = shares.get(file.share)
            if share is not None and share.tree is not None:
                if share.id not in paths:
                    paths[share.id] = [one.path for one in share.tree.files]
                for remote in _find_files(share.tree.files, paths[share.id], file):
                    found.setdefault((share.id, remote.path), remote)
    return found


def list_row_files(match: Match, documents: Collection[FileKey]) -> Iterator[FileKey]:
    """Yield those of `documents` that belong to a row, in their order."""
    if match.verdict in _NAMED:
        for file in match.files:
            if not file.folder:
                yield from (
                    ((file.share, file.path),) if (file.share, file.path) in documents else ()
                )
            else:
                yield from (one for one in documents if _is_below(one, file))


def _is_below(key: FileKey, folder: MatchedFile) -> bool:
    return key[0] == folder.share and (not folder.path or key[1].startswith(f"{folder.path}/"))


def _find_files(
    files: tuple[RemoteFile, ...], paths: list[str], named: MatchedFile
) -> Iterator[RemoteFile]:
    """Yield the file of that path, of a folder every file below it; `paths` are sorted."""
    prefix = f"{named.path}/" if named.folder and named.path else "" if named.folder else named.path
    for number in range(bisect_left(paths, prefix), len(paths)):
        if not paths[number].startswith(prefix):
            return
        if not named.folder:
            if paths[number] == named.path:
                yield files[number]
            return
        if not _LEFT_OVER.search(paths[number]):
            yield files[number]


@dataclass(frozen=True, slots=True)
class Departures:
    """Decides which documents of the copy may leave it: only what is proven.

    Attributes:
        shares: of the run, by id.
        distrusted: ids of those whose emptiness is not believed.
        wanted: the documents that rows name.
        knows_all_rows: whether every page was read and every row judged.
    """

    shares: Mapping[str, Share]
    distrusted: frozenset[str]
    wanted: Collection[FileKey]
    knows_all_rows: bool

    def may_leave(self, share_id: str, path: str) -> bool:
        """Return whether a document is proven gone, or proven to be named by no row.

        A share that is gone, throttled or unreadable proves nothing of its documents, and an
        account may not see all folders.
        """
        if (share_id, path) in self.wanted:
            return False
        share = self.shares.get(share_id)
        if share is None:
            return self.knows_all_rows
        if not share.listed or share.tree is None or share_id in self.distrusted:
            return False
        if _is_there(share.tree.files, path):
            return self.knows_all_rows
        within = not share.scope or any(_is_in(path, folder) for folder in share.scope)
        return share.kind is ShareKind.PUBLIC and within


def find_departures(
    read: ReadHandbook,
    options: AuditOptions,
    shares: Mapping[str, Share],
    doubt: Distrust,
    wanted: Collection[FileKey],
) -> Departures:
    """Return what decides over departures in this run."""
    # Another handbook than the settings' names other documents.
    is_whole = (
        options.handbook is None
        and not (options.pages or options.only == "links" or options.offline or read.unreadable)
        and (read.handbook.only_page is None and read.handbook.stale is None)
    )
    return Departures(
        shares=shares,
        distrusted=frozenset(one.share for one in doubt.emptied),
        wanted=wanted,
        knows_all_rows=is_whole and not any(match.verdict in _OPEN for match in doubt.matches),
    )


def _is_there(files: tuple[RemoteFile, ...], path: str) -> bool:
    at = bisect_left(files, path, key=lambda file: file.path)
    return at < len(files) and files[at].path == path


def _is_in(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder}/")
