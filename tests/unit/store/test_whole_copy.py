"""The life of a local copy (`syncer.store.document_copy`): each step on disk, and what is left."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from syncer.errors import StoreError
from syncer.model.file_names import mark_name
from syncer.model.shares import RemoteFile
from syncer.store.copy_marker import CopiedFile
from syncer.store.document_copy import DocumentCopy, open_copy
from tests.unit.store.steps import Steps

LATER, EARLIER = "boks.example.dk/Zz", "boks.example.dk/Aa"
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
DAY = date(2026, 11, 23)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the place of a copy."""
    return tmp_path / "copy"


@pytest.fixture
def copy(folder: Path) -> Iterator[DocumentCopy]:
    """Give an open copy of two shares."""
    with open_copy(folder, writes=True) as opened:
        opened.add_share(LATER, "Aftaler")
        opened.add_share(EARLIER, "Aftaler")
        yield opened


def put(copy: DocumentCopy, path: str, content: bytes, *, etag: str, share: str = LATER) -> None:
    """Write a document into the copy."""
    with copy.write(share, RemoteFile(path, len(content), NOW, 7, etag), NOW) as new:
        new.content.write(content)
        new.put_in_place(day=DAY)


def put_beside(copy: DocumentCopy, path: str, content: bytes, *, etag: str) -> CopiedFile:
    """Write a version beside a document."""
    before = copy.get(LATER, path)
    assert before is not None
    with copy.write(LATER, RemoteFile(path, len(content), NOW, 7, etag), NOW) as new:
        new.content.write(content)
        return new.put_beside(before, day=DAY)


def test_each_step_survives_a_power_cut(
    copy: DocumentCopy, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is on disk before it has its name, and what was there is kept before it loses its."""
    steps, kept = Steps(folder, monkeypatch), f".removed/{DAY}/aftaler/M"
    named = ["fsync aftaler/M/*", "rename aftaler/M/* aftaler/M/a.docx"]
    put(copy, "M/a.docx", b"en", etag="1")
    assert steps.take() == [
        "mkdir aftaler", "fsync .", "mkdir aftaler/M", "fsync aftaler", *named,
    ]  # fmt: skip
    put(copy, "M/a.docx", b"to", etag="2")
    assert steps.take() == [
        "mkdir .removed", "fsync .", f"mkdir .removed/{DAY}", "fsync .removed",
        f"mkdir .removed/{DAY}/aftaler", f"fsync .removed/{DAY}",
        f"mkdir {kept}", f"fsync .removed/{DAY}/aftaler",
        f"link aftaler/M/a.docx {kept}/a.docx", f"fsync {kept}", *named,
    ]  # fmt: skip
    put(copy, "M/a.docx", b"to", etag="2")
    assert steps.take() == named
    beside = ["fsync aftaler/M/*", "rename aftaler/M/* aftaler/M/a.new.docx"]
    put_beside(copy, "M/a.docx", b"<html>", etag="3")
    assert steps.take() == beside
    moved = [f"fsync {kept}", "fsync aftaler/M"]
    put_beside(copy, "M/a.docx", b"<html>2", etag="4")
    assert steps.take() == [f"rename aftaler/M/a.new.docx {kept}/a.new.docx", *moved, *beside]
    put(copy, "b.docx", b"tre", etag="5", share=EARLIER)
    other = copy.locate(EARLIER, copy.list_files(EARLIER)["b.docx"]).partition("/")[0]
    assert steps.take() == [
        f"mkdir {other}", "fsync .", f"fsync {other}/*", f"rename {other}/* {other}/b.docx",
    ]  # fmt: skip
    copy.save()
    *folders, part, rename, top = steps.take()
    assert sorted(folders) == ["fsync aftaler/M", f"fsync {other}"]
    assert [part, rename, top] == ["fsync *", "rename * .syncer-copy.json", "fsync ."]
    copy.save()
    assert steps.take() == []
    copy.retire(LATER, "M/a.docx", DAY)
    assert steps.take() == [
        f"rename aftaler/M/a.docx {kept}/{mark_name('a.docx', 'a.docx 2')}", *moved,
        f"rename aftaler/M/a.new.docx {kept}/{mark_name('a.new.docx', 'a.new.docx 2')}", *moved,
        "rmdir aftaler/M", "rmdir aftaler",
    ]  # fmt: skip


def test_the_marker_says_the_same_whatever_came_first(copy: DocumentCopy, folder: Path) -> None:
    """Shares and documents in the order of their names: the same copy has the same bytes."""
    for share, path in ((LATER, "b.docx"), (LATER, "a.docx"), (EARLIER, "c.docx")):
        put(copy, path, b"en", etag="1", share=share)
    put_beside(copy, "b.docx", b"<html>", etag="2")
    copy.save()
    plain = {
        "file_id": 7, "etag": "1", "size_bytes": 2, "mtime_ns": int(NOW.timestamp()) * 10**9,
        "copied_at": "2026-11-23T03:00:00Z", "refused": None, "refused_local": None,
    }  # fmt: skip
    marked = mark_name("aftaler", EARLIER)
    expected = {
        EARLIER: {"folder": marked, "files": {"c.docx": {"local": "c.docx", **plain}}},
        LATER: {
            "folder": "aftaler",
            "files": {
                "a.docx": {"local": "a.docx", **plain},
                "b.docx": {
                    "local": "b.docx", **plain, "refused": "2", "refused_local": "b.new.docx",
                },
            },
        },
    }  # fmt: skip
    written = (folder / ".syncer-copy.json").read_text(encoding="utf-8")
    whole = json.dumps({"schema": 1, "shares": expected}, separators=(",", ":"))
    assert written == whole
    assert copy.shares == (EARLIER, LATER)


def test_a_look_makes_no_folder(copy: DocumentCopy, folder: Path) -> None:
    """Where somebody removed the folder of a share, its documents are only missing."""
    put(copy, "M/a.docx", b"en", etag="1")
    (folder / "aftaler" / "M" / "a.docx").unlink()
    (folder / "aftaler" / "M").rmdir()
    known = copy.list_files(LATER)["M/a.docx"]
    assert not copy.is_whole(LATER, known)
    with pytest.raises(FileNotFoundError), copy.read(LATER, known.local):
        pass
    assert list((folder / "aftaler").iterdir()) == []


def test_a_folder_that_cannot_be_synced_is_told(
    copy: DocumentCopy, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The marker may not speak of a document that a power cut could take."""
    put(copy, "M/a.docx", b"en", etag="1")

    sync = os.fsync

    def fail(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EIO, "Input/output error")
        sync(handle)

    marker = folder / ".syncer-copy.json"
    before = marker.read_bytes()
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StoreError, match="cannot be written: Input/output error"):
        copy.save()
    assert marker.read_bytes() == before


def test_a_copy_that_is_read_is_left_as_it_is(copy: DocumentCopy, folder: Path) -> None:
    """Also what a run that writes it has begun; nothing stays open afterwards."""
    put(copy, "M/a.docx", b"en", etag="1")
    copy.save()
    (folder / "aftaler" / ".syncer-0123.part").write_bytes(b"half")
    before, handles = sorted(folder.rglob("*")), list(Path("/proc/self/fd").iterdir())
    with open_copy(folder, writes=False) as read:
        assert read.shares == (EARLIER, LATER)
    assert sorted(folder.rglob("*")) == before
    with open_copy(folder.with_name("other"), writes=True):
        pass
    assert len(list(Path("/proc/self/fd").iterdir())) == len(handles)
