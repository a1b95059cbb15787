"""Which documents may leave the copy: only what is proven gone, or named by no row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from syncer.audit.distrust import Distrust
from syncer.audit.observed import Emptied
from syncer.config import Secrets, Settings
from syncer.config.settings import HandbookSettings
from syncer.model.matching import Match, MatchedFile, Verdict
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
from syncer.pipeline.handbook import ReadHandbook, load_handbook
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.named_documents import (
    Departures,
    find_departures,
    list_documents,
    list_row_files,
)
from syncer.pipeline.options import AuditOptions
from syncer.surroundings import Surroundings
from tests.unit.pipeline.test_handbook import read

SHARE = "boks.example.dk/Ab12Cd34"
PATHS = ("A/B.docx", "A/B/C.docx", "A/B/D/E.docx", "A/B/~$C.docx", "A/Bb.docx", "F.pdf")
TREE = ShareTree(
    files=tuple(RemoteFile(path, file_id=number) for number, path in enumerate(PATHS)),
    folders=(RemoteFolder(""), RemoteFolder("A"), RemoteFolder("A/B"), RemoteFolder("A/B/D")),
)
PUBLIC = Share(
    id=SHARE,
    kind=ShareKind.PUBLIC,
    name="x",
    base_url="https://boks.example.dk",
    endpoint="new",
    server_version="31.0.4",
    status=ShareStatus.OK,
    listing=ListingKind.INFINITY,
    tree=TREE,
)
UNREAD = replace(TREE, unread=(UnreadFolder("A/B/D", Reason("x")),))


def may_leave(
    path: str, share: Share | None = PUBLIC, *, knows: bool = True, distrusted: bool = False
) -> bool:
    """Return whether a document may leave the copy."""
    shares = {} if share is None else {SHARE: share}
    emptied = frozenset({SHARE} if distrusted else ())
    return Departures(shares, emptied, {(SHARE, "F.pdf")}, knows).may_leave(SHARE, path)


def test_what_is_proven_may_leave() -> None:
    """Gone from a whole tree, whatever else is unknown; or there, and named by no row."""
    assert may_leave("gone.docx", knows=False)
    assert may_leave("A/Bb.docx")
    assert not may_leave("A/Bb.docx", knows=False)
    assert not may_leave("F.pdf")
    assert may_leave("any.docx", None)
    assert not may_leave("any.docx", None, knows=False)


@pytest.mark.parametrize(
    "share",
    [
        replace(PUBLIC, tree=UNREAD),
        replace(PUBLIC, status=ShareStatus.GONE, tree=None),
        replace(PUBLIC, status=ShareStatus.THROTTLED, tree=None),
        replace(PUBLIC, status=ShareStatus.UNREADABLE, tree=None),
        replace(PUBLIC, status=ShareStatus.NEEDS_PASSWORD, tree=None),
        replace(PUBLIC, status=ShareStatus.UNCHECKED, tree=None),
        replace(PUBLIC, kind=ShareKind.ACCOUNT),
        replace(PUBLIC, kind=ShareKind.LOCAL),
        replace(PUBLIC, scope=("A",)),
    ],
)
def test_what_proves_nothing_keeps_everything(share: Share) -> None:
    """A share that is not whole, an account, a folder on disk, and what is outside the scope."""
    assert not may_leave("gone.docx", share)


def test_each_folder_of_the_scope_proves_what_is_gone_from_it() -> None:
    """One of several is enough; a folder of like name is another."""
    narrow = replace(PUBLIC, scope=("A", "M/N"))
    assert [may_leave(path, narrow) for path in ("A/x", "M/N/x", "M/N", "M/x", "M/Nb/x")] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_sudden_emptiness_keeps_everything() -> None:
    """Also what would be proven otherwise."""
    assert not may_leave("gone.docx", distrusted=True)
    assert not may_leave("A/Bb.docx", distrusted=True)


def _match(verdict: Verdict, *files: MatchedFile) -> Match:
    return Match("r1", "g1", verdict, files, (), None, Reason("x"))


def test_a_row_names_its_files_and_all_below_its_folders() -> None:
    """In the rows' order, each once, without what programs leave; not a folder of like name."""
    matches = [
        _match(Verdict.PRESENT, MatchedFile(SHARE, "F.pdf"), MatchedFile(SHARE, "gone.pdf")),
        _match(Verdict.PRESENT, MatchedFile(SHARE, "A/Bb.doc")),
        _match(Verdict.ELSEWHERE, MatchedFile(SHARE, "A/B", folder=True)),
        _match(Verdict.LIKELY, MatchedFile(SHARE, "A/B.docx"), MatchedFile(SHARE, "F.pdf")),
        _match(Verdict.DRAFT, MatchedFile(SHARE, "A/Bb.docx")),
        _match(Verdict.PRESENT, MatchedFile("other/Share", "x.pdf")),
    ]
    found = list_documents(matches, {SHARE: PUBLIC})
    assert [path for _, path in found] == ["F.pdf", "A/B/C.docx", "A/B/D/E.docx", "A/B.docx"]
    assert [path for _, path in list_row_files(matches[2], found)] == [
        "A/B/C.docx",
        "A/B/D/E.docx",
    ]
    assert list(list_row_files(matches[4], found)) == []
    assert list_documents(matches, {SHARE: replace(PUBLIC, tree=None)}) == {}


@pytest.mark.parametrize("verdict", list(Verdict))
def test_which_verdicts_name_a_document(verdict: Verdict) -> None:
    """A draft or an old one is not it; a row that nobody could judge may name any."""
    names = verdict in (Verdict.PRESENT, Verdict.ARRIVED, Verdict.LIKELY, Verdict.ELSEWHERE)
    is_open = verdict in (Verdict.UNDETERMINED, Verdict.UNCHECKED, Verdict.NO_ACCESS)
    match = _match(verdict, MatchedFile(SHARE, "F.pdf"), MatchedFile(SHARE, "A/B.docx"))
    keys = [(SHARE, "F.pdf"), (SHARE, "A/B.docx")]
    assert list(list_documents([match], {SHARE: PUBLIC})) == keys * names
    documents = [(SHARE, "F.pdf"), (SHARE, "F.pdf/x"), ("h/T", "A/B.docx")]
    assert list(list_row_files(match, documents)) == keys[:1] * names
    doubt = Distrust((match,), (Emptied("h/T", 3, 2, 1, 0),), (), ())
    found = find_departures(read({}), AuditOptions(), {SHARE: PUBLIC}, doubt, keys)
    assert found == Departures({SHARE: PUBLIC}, frozenset({"h/T"}), keys, not is_open)


def test_the_root_folder_is_everything() -> None:
    """A share whose root answers a row."""
    whole = [_match(Verdict.PRESENT, MatchedFile(SHARE, "", folder=True))]
    assert len(list_documents(whole, {SHARE: PUBLIC})) == len(PATHS) - 1


@pytest.mark.parametrize(
    ("options", "knows"),
    [
        (AuditOptions(), True),
        (AuditOptions(full=True), True),
        (AuditOptions(only="resources"), True),
        (AuditOptions(handbook="."), False),
        (AuditOptions(pages=("*.md",)), False),
        (AuditOptions(only="links"), False),
        (AuditOptions(offline=True), False),
    ],
)
def test_a_run_of_a_part_knows_not_all_rows(
    tmp_path: Path, options: AuditOptions, knows: bool
) -> None:
    """Another handbook, or some pages, name other documents than the copy holds."""
    assert _know_all_rows(_read(tmp_path, "a.md", options), options) is knows


def test_what_could_not_be_read_may_name_a_document(tmp_path: Path) -> None:
    """A page that is no text; and a handbook of one page, or of yesterday."""
    whole = _read(tmp_path, "a.md", AuditOptions())
    assert not _know_all_rows(replace(whole, handbook=replace(whole.handbook, only_page="a.md")))
    assert not _know_all_rows(replace(whole, handbook=replace(whole.handbook, stale=Reason("x"))))
    (tmp_path / "b.md").write_bytes(b"\xff\x00")
    assert not _know_all_rows(_read(tmp_path, "c.md", AuditOptions()))


def _read(folder: Path, page: str, options: AuditOptions) -> ReadHandbook:
    (folder / page).write_text("# Side\n", "utf-8")
    settings = Settings(handbook=HandbookSettings(source=str(folder)))
    source = replace(options, handbook=None)
    return load_handbook(Job(settings, source, Secrets(), Memory(), Surroundings()))


def _know_all_rows(handbook: ReadHandbook, options: AuditOptions | None = None) -> bool:
    doubt = Distrust(matches=(), emptied=(), suspicions=(), incomplete_because=())
    return find_departures(handbook, options or AuditOptions(), {}, doubt, ()).knows_all_rows
