"""Findings about the files themselves: empty, unlisted, badly named (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from syncer.audit.codes import add_why, make_finding
from syncer.audit.evidence import Evidence
from syncer.audit.row_findings import share_places
from syncer.model.findings import Finding
from syncer.model.matching import Match, Verdict
from syncer.model.reason import Reason
from syncer.model.shares import RemoteFile

# What programs leave behind, and Nextcloud's own text above a folder's list of files.
_JUNK_NAMES = frozenset({"thumbs.db", "desktop.ini", "readme.md"})
_JUNK_PREFIXES = (".", "~")
_JUNK_SUFFIXES = (".tmp", ".part", ".bak", ".lnk", ".crdownload")

# Windows: "Naming Files, Paths, and Namespaces".
_FORBIDDEN_CHARACTER = re.compile(r'[<>:"\\|?*]')
_CONTROL_CHARACTER = re.compile(r"[\x00-\x1f]")
_RESERVED_NAMES = frozenset(
    {"CON", "PRN", "AUX", "NUL"}
    | {f"{device}{number}" for device in ("COM", "LPT") for number in range(1, 10)}
)
_MAX_NAME_UNITS = 255

_OPEN = (Verdict.UNDETERMINED, Verdict.UNCHECKED)

_At = tuple[str, int]
_Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _NamedFolders:
    """The folders that rows name, each with where it is named first; `single`: by one document."""

    every: Mapping[_Place, _At]
    single: Mapping[_Place, _At]


def find_in_files(evidence: Evidence) -> Iterator[Finding]:
    """Give the findings about files, each file once, where a row leads to it first."""
    named = _find_named_folders(evidence)
    yield from _find_empty(evidence)
    yield from _find_unsafe_names(evidence, named)
    if _all_rows_judged(evidence):
        yield from _find_unlisted(evidence, named)


def is_collection(match: Match) -> bool:
    """Tell whether a row stands for several documents: kinds, a folder, or files of many names."""
    stems = {file.path.rpartition(".")[0] for file in match.files}
    return bool(match.expected) or len(stems) > 1 or any(file.folder for file in match.files)


def is_junk(name: str) -> bool:
    """Tell whether a file is hidden or a left-over that nobody put there to be read."""
    lowered = name.lower()
    return (
        lowered in _JUNK_NAMES
        or lowered.startswith(_JUNK_PREFIXES)
        or lowered.endswith(_JUNK_SUFFIXES)
    )


def judge_name(name: str) -> Reason | None:
    """Say why Windows cannot keep a file or folder of that name; None when it can."""
    forbidden = _FORBIDDEN_CHARACTER.search(name)
    if forbidden is not None:
        return Reason("name-has-forbidden-character", {"character": forbidden[0]})
    if _CONTROL_CHARACTER.search(name):
        return Reason("name-has-control-character")
    if name.endswith((" ", ".")):
        return Reason("name-ends-with-dot-or-space")
    if name.partition(".")[0].rstrip().upper() in _RESERVED_NAMES:
        return Reason("name-is-reserved")
    if len(name.encode("utf-16-le", "surrogatepass")) > 2 * _MAX_NAME_UNITS:
        return Reason("name-is-too-long")
    return None


def _find_named_folders(evidence: Evidence) -> _NamedFolders:
    every: dict[_Place, _At] = {}
    single: dict[_Place, _At] = {}
    collections: set[_Place] = set()
    for row, match in evidence.judged_rows():
        for place in share_places(row):
            at = row.page, row.span.line
            every.setdefault(place, at)
            if is_collection(match):
                collections.add(place)
            else:
                single.setdefault(place, at)
        collections.update((file.share, file.path) for file in match.files if file.folder)
    outside = {p: at for p, at in single.items() if not _lies_below(p, collections)}
    return _NamedFolders(every, outside)


def _lies_below(place: _Place, folders: set[_Place]) -> bool:
    """Tell whether a path is one of `folders` or lies below one."""
    share, path = place
    while True:
        if (share, path) in folders:
            return True
        if not path:
            return False
        path = path.rpartition("/")[0]


def _all_rows_judged(evidence: Evidence) -> bool:
    """Tell whether "no row points to it" may be said: every row was read, and judged."""
    return evidence.observed.whole_handbook and not any(
        match.verdict in _OPEN for match in evidence.observed.matches
    )


def _find_empty(evidence: Evidence) -> Iterator[Finding]:
    seen: set[_Place] = set()
    for row, match in evidence.judged_rows():
        file = match.files[0] if match.files else None
        if file is None or file.folder or file.size_bytes != 0:
            continue
        if (file.share, file.path) in seen:
            continue
        seen.add((file.share, file.path))
        yield make_finding(
            "file-empty",
            file.path,
            (file.share, file.path),
            {"file": file.path, "share": file.share, "name": row.name},
            at=(row.page, row.span.line),
            hint=Reason("replace-empty-file", {"file": file.path}),
        )


def _find_unsafe_names(evidence: Evidence, named: _NamedFolders) -> Iterator[Finding]:
    """Look at what the handbook leads to: the rows' files, and what lies in the named folders."""
    paths: dict[_Place, _At] = {}
    for row, match in evidence.judged_rows():
        for file in match.files:
            paths.setdefault((file.share, file.path), (row.page, row.span.line))
    for share, lying in _files_in(evidence, named.every):
        paths.setdefault((share, lying.path), named.every[share, lying.folder])
    judged: set[_Place] = set()
    for (share, path), at in paths.items():
        for part, name in _parts_of(path):
            if (share, part) in judged:
                continue
            judged.add((share, part))
            reason = judge_name(name)
            if reason is not None:
                yield make_finding(
                    "file-name-unsafe",
                    part,
                    (share, part),
                    add_why({"file": part, "share": share, "name": name}, reason),
                    at=at,
                    hint=Reason("rename-file", {"file": part}),
                )


def _parts_of(path: str) -> Iterator[tuple[str, str]]:
    """Give each folder on a path and the path itself, with its own name."""
    end = -1
    while end < len(path):
        start, end = end + 1, path.find("/", end + 1)
        end = len(path) if end < 0 else end
        yield path[:end], path[start:end]


def _files_in(
    evidence: Evidence, folders: Mapping[_Place, _At]
) -> Iterator[tuple[str, RemoteFile]]:
    """Give the files that lie directly in `folders`, without junk, by share and path."""
    for share_id in sorted({share for share, _ in folders}):
        share = evidence.observed.shares.get(share_id)
        if share is None or share.tree is None:
            continue
        for file in share.tree.files:
            if (share_id, file.folder) in folders and not is_junk(file.name):
                yield share_id, file


def _find_unlisted(evidence: Evidence, named: _NamedFolders) -> Iterator[Finding]:
    taken = {place for _, match in evidence.judged_rows() for place in _belonging(match)}
    for share, file in _files_in(evidence, named.single):
        if (share, file.path) in taken or not evidence.proves_absence(share):
            continue
        yield make_finding(
            "file-unlisted",
            file.path,
            (share, file.path),
            {"file": file.path, "share": share, "folder": evidence.name_folder(share, file.folder)},
            at=named.single[share, file.folder],
            hint=Reason("list-rename-or-remove", {"file": file.path}),
        )


def _belonging(match: Match) -> Iterator[_Place]:
    """Give what a row points to, and what fits it too: copies, drafts, older versions of that."""
    yield from ((file.share, file.path) for file in match.files)
    for candidate in match.candidates:
        if candidate.score > 0:
            yield candidate.file.share, candidate.file.path
