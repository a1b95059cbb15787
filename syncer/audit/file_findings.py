"""Findings about the files themselves: empty, old, unlisted, badly named (pure)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from syncer.audit.codes import add_why, make_finding
from syncer.audit.evidence import Evidence, list_parents
from syncer.audit.row_findings import share_places
from syncer.model.file_names import (
    CONTROL_CHARACTER,
    FORBIDDEN_CHARACTER,
    MAX_NAME_UNITS,
    RESERVED_NAMES,
)
from syncer.model.findings import Finding
from syncer.model.matching import Match, Verdict
from syncer.model.reason import Reason
from syncer.model.shares import RemoteFile

_UNLISTED, _UNSAFE = "file-unlisted", "file-name-unsafe"

# Left-overs of programs, and the text that Nextcloud shows above a folder's files.
_JUNK_NAMES = frozenset({"thumbs.db", "desktop.ini", "readme.md"})
_JUNK_PREFIXES = (".", "~")
_JUNK_SUFFIXES = (".tmp", ".part", ".bak", ".lnk", ".crdownload")

# How many files of one folder are named in a finding.
_MAX_NAMED = 5

_OPEN = (Verdict.UNDETERMINED, Verdict.UNCHECKED)
_IN_PLACE = (Verdict.PRESENT, Verdict.ARRIVED, Verdict.LIKELY)

_At = tuple[str, int]
_Place = tuple[str, str]


class _Suspect(NamedTuple):
    """A file or folder that a finding is about; `at` is the first row that leads to it."""

    share: str
    path: str
    at: _At
    reason: Reason | None = None

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass(slots=True)
class _Tally:
    """The suspects of one folder: how many, and the first of them by path."""

    count: int = 0
    first: list[_Suspect] = field(default_factory=list)

    def add(self, suspect: _Suspect) -> None:
        self.count += 1
        if self.count <= _MAX_NAMED:
            self.first.append(suspect)


def find_in_files(evidence: Evidence) -> Iterator[Finding]:
    """Yield the findings about files: unlisted ones, and many badly named ones, per folder."""
    yield from _find_empty(evidence)
    yield from _find_old(evidence)
    yield from _find_unsafe_names(evidence)
    yield from _find_unlisted(evidence)


def list_counted_files(evidence: Evidence, code: str) -> Iterator[str]:
    """Yield the path of every file that findings of a code count per folder.

    A waiver may name such a file, which is then not counted; nothing for other codes.
    """
    if code in (_UNLISTED, _UNSAFE):
        suspects = _list_unlisted(evidence) if code == _UNLISTED else _list_unsafe(evidence)
        yield from (suspect.path for suspect in suspects)


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


def _find_old(evidence: Evidence) -> Iterator[Finding]:
    """Yield the documents of rows of which no format has changed for the years of the settings."""
    years, today = evidence.observed.old_after_years, evidence.observed.today
    if years is None:
        return
    seen: set[_Place] = set()
    for row, match in evidence.judged_rows():
        times = [file.modified_at for file in match.files if file.modified_at is not None]
        if not times or len(times) < len(match.files) or match.verdict not in _IN_PLACE:
            continue
        file, day = match.files[0], max(times).date()
        old = (day.year + years, day.month, day.day) <= (today.year, today.month, today.day)
        if not old or (file.share, file.path) in seen:
            continue
        seen.add((file.share, file.path))
        yield make_finding(
            "file-old",
            file.path,
            (file.share, file.path),
            {
                "file": file.path,
                "share": file.share,
                "name": row.name,
                "changed_on": day.isoformat(),
                "years": years,
            },
            at=(row.page, row.span.line),
        )


def _find_unsafe_names(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per badly named file or folder; many in one folder have one together."""
    tallies = _tally(evidence, _UNSAFE, _list_unsafe(evidence))
    for (share, folder, waived), tally in tallies.items():
        if tally.count > _MAX_NAMED:
            if not waived:
                hint = Reason("rename-files")
                yield _make_for_folder(evidence, _UNSAFE, (share, folder), tally, hint)
            continue
        for suspect in tally.first:
            yield make_finding(
                _UNSAFE,
                suspect.path,
                (share, suspect.path),
                add_why(
                    {"file": suspect.path, "share": share, "name": suspect.name}, suspect.reason
                ),
                at=suspect.at,
                hint=Reason("rename-file", {"file": suspect.path}),
            )


def _find_unlisted(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per folder with unlisted files."""
    tallies = _tally(evidence, _UNLISTED, _list_unlisted(evidence))
    for (share, folder, waived), tally in tallies.items():
        if not waived:
            hint = Reason("list-rename-or-remove-files")
            if tally.count == 1:
                hint = Reason("list-rename-or-remove", {"file": tally.first[0].path})
            yield _make_for_folder(evidence, _UNLISTED, (share, folder), tally, hint)


def _tally(
    evidence: Evidence, code: str, suspects: Iterable[_Suspect]
) -> Mapping[tuple[str, str, bool], _Tally]:
    """Count suspects per share, folder, and whether a waiver names the files themselves."""
    observed = evidence.observed
    waivers = [w for w in observed.waivers if w.code == code and w.until >= observed.today]
    tallies: defaultdict[tuple[str, str, bool], _Tally] = defaultdict(_Tally)
    for suspect in suspects:
        # A waiver that covers the folder marks the folder's finding.
        waived = any(
            waiver.reaches(*suspect.at)
            and waiver.names(code, suspect.path)
            and not waiver.names(code, suspect.folder or suspect.share)
            for waiver in waivers
        )
        tallies[suspect.share, suspect.folder, waived].add(suspect)
    return tallies


def _make_for_folder(
    evidence: Evidence, code: str, place: _Place, tally: _Tally, hint: Reason
) -> Finding:
    """Make the finding about several files of a folder; its subject is the folder or share."""
    share, folder = place
    return make_finding(
        code,
        folder or share,
        # The slash tells it from a finding about the folder's own name.
        (share, f"{folder}/"),
        {
            "share": share,
            "folder": evidence.name_folder(share, folder),
            "count": tally.count,
            "files": tuple(suspect.name for suspect in tally.first),
        },
        at=tally.first[0].at,
        hint=hint,
    )


def judge_name(name: str) -> Reason | None:
    """Return why Windows cannot store a file or folder of that name; None when it can."""
    forbidden = FORBIDDEN_CHARACTER.search(name)
    if forbidden is not None:
        return Reason("name-has-forbidden-character", {"character": forbidden[0]})
    if CONTROL_CHARACTER.search(name):
        return Reason("name-has-control-character")
    if name.endswith((" ", ".")):
        return Reason("name-ends-with-dot-or-space")
    if name.partition(".")[0].rstrip().upper() in RESERVED_NAMES:
        return Reason("name-is-reserved")
    if len(name.encode("utf-16-le", "surrogatepass")) > 2 * MAX_NAME_UNITS:
        return Reason("name-is-too-long")
    return None


def _list_unsafe(evidence: Evidence) -> Iterator[_Suspect]:
    """Yield what Windows cannot store among the rows' files, the named folders, and their paths."""
    named, _ = _find_named_folders(evidence)
    of_rows: dict[_Place, _At] = {}
    for row, match in evidence.judged_rows():
        for file in match.files:
            of_rows.setdefault((file.share, file.path), (row.page, row.span.line))
    in_folders = (
        ((share, file.path), named[share, file.folder])
        for share, file in _files_in(evidence, named)
        if (share, file.path) not in of_rows
    )
    judged: set[_Place] = set()
    for (share, path), at in chain(of_rows.items(), in_folders):
        for part in reversed(list_parents(path)):
            if (share, part) in judged:
                continue
            # The other files of a folder cannot come again, and may be a million.
            if part != path or (share, path) in of_rows:
                judged.add((share, part))
            reason = judge_name(part.rpartition("/")[2])
            if reason is not None:
                yield _Suspect(share, part, at, reason)


def _list_unlisted(evidence: Evidence) -> Iterator[_Suspect]:
    """Yield the files that no row points to in the folders that a single document's row names.

    Nothing unless every row was read and judged.
    """
    observed = evidence.observed
    if not observed.whole_handbook or any(match.verdict in _OPEN for match in observed.matches):
        return
    _, single = _find_named_folders(evidence)
    taken = {place for _, match in evidence.judged_rows() for place in _list_belonging(match)}
    for share, file in _files_in(evidence, single):
        if (share, file.path) not in taken and evidence.proves_absence(share):
            yield _Suspect(share, file.path, single[share, file.folder])


def _find_named_folders(evidence: Evidence) -> tuple[dict[_Place, _At], dict[_Place, _At]]:
    """Return the folders that rows name, each with its first mention.

    First all of them, then those that the row of a single document names and that are in no
    collection's folder.
    """
    every: dict[_Place, _At] = {}
    single: dict[_Place, _At] = {}
    collections: set[_Place] = set()
    for row, match in evidence.judged_rows():
        for place in share_places(row):
            at = row.page, row.span.line
            every.setdefault(place, at)
            if _is_collection(match):
                collections.add(place)
            else:
                single.setdefault(place, at)
        collections.update((file.share, file.path) for file in match.files)
    return every, {
        (share, path): at
        for (share, path), at in single.items()
        if not any((share, folder) in collections for folder in (*list_parents(path), ""))
    }


def _is_collection(match: Match) -> bool:
    """Return whether a row is for several documents: kinds, a folder, or files of many names."""
    stems = {file.path.rpartition(".")[0] for file in match.files}
    return bool(match.expected) or len(stems) > 1 or any(file.folder for file in match.files)


def _files_in(
    evidence: Evidence, folders: Mapping[_Place, _At]
) -> Iterator[tuple[str, RemoteFile]]:
    """Yield the files directly in `folders`, without left-overs, by share and path."""
    for share_id in sorted({share for share, _ in folders}):
        share = evidence.observed.shares.get(share_id)
        if share is None or share.tree is None:
            continue
        for file in share.tree.files:
            if (share_id, file.folder) in folders and not is_left_over(file.name):
                yield share_id, file


def is_left_over(name: str) -> bool:
    """Return whether a file is hidden or left by a program, and not meant to be read."""
    lowered = name.lower()
    return (
        lowered in _JUNK_NAMES
        or lowered.startswith(_JUNK_PREFIXES)
        or lowered.endswith(_JUNK_SUFFIXES)
    )


def _list_belonging(match: Match) -> Iterator[_Place]:
    """Yield a row's files and the others that fit it: its copies, drafts and older versions."""
    yield from ((file.share, file.path) for file in match.files)
    for candidate in match.candidates:
        if candidate.score > 0:
            yield candidate.file.share, candidate.file.path
