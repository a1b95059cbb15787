"""The local copy where something is in the way, and what it tells of its documents."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from syncer.demo.sample_documents import make_document
from syncer.errors import StoreError
from syncer.model.documents import Document, LeftOut, Opens
from syncer.model.reason import Reason
from syncer.model.shares import ListingKind, RemoteFile, Share, ShareKind, ShareStatus
from syncer.report.words import Lang, words_of
from syncer.store.document_copy import DocumentCopy, open_copy
from tests.unit.pipeline.test_copy_update import SHARE, SHOWN, Server, read, remote, run, update


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[DocumentCopy]:
    """Give an open copy."""
    with open_copy(tmp_path / "copy", writes=True) as opened:
        yield opened


def _fail(*_: object) -> None:
    raise StoreError("nej")


def test_a_comparison_counts_what_moved_as_to_be_fetched(copy: DocumentCopy) -> None:
    """It moves nothing; and where the copy cannot move it, a run fetches it."""
    run(copy, remote("a"))
    moved = {(SHARE, "M/a"): remote("M/a")}
    assert [file.path for _, file in update(copy, writes=False).choose(moved, {})] == ["M/a"]


def test_what_cannot_be_moved_is_fetched(
    copy: DocumentCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if it were new."""
    run(copy, remote("a"))
    monkeypatch.setattr(DocumentCopy, "adopt", _fail)
    server = Server()
    done, left = run(copy, remote("M/a"), server=server)
    assert (done.fetched, server.asked, left) == (1, [(SHARE, "M/a")], ())


def test_what_cannot_be_removed_is_told(
    copy: DocumentCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are."""
    run(copy, remote("a"), remote("b", file_id=8))
    monkeypatch.setattr(DocumentCopy, "retire", _fail)
    updating = update(copy)
    updating.settle(lambda _share, _path: True)
    assert updating.list_left_out() == (LeftOut(SHOWN, ("a", "b"), Reason("copy-disk-full")),)


def _put_file(place: Path) -> None:
    place.write_text("mine")


def _put_link(place: Path) -> None:
    place.symlink_to(place.parent)


@pytest.mark.parametrize(
    ("put", "at", "told"),
    [
        (_put_file, "nextcloud/M", {"file_there": "nextcloud/M"}),
        (_put_link, "nextcloud/M", {"link_there": "nextcloud/M"}),
        (Path.mkdir, "nextcloud/M/a.docx", {"folder_there": "nextcloud/M/a.docx"}),
        (_put_file, ".removed", {"file_there": ".removed"}),
        (_put_link, ".removed/2026-11-23", {"link_there": ".removed/2026-11-23"}),
        (Path.mkdir, "nextcloud/M/a.new.docx", {"folder_there": "nextcloud/M/a.new.docx"}),
    ],
)
def test_what_is_in_the_way_is_told(
    copy: DocumentCopy, put: Callable[[Path], None], at: str, told: Mapping[str, str]
) -> None:
    """By its kind and place, in words that no full disk has; it is left where it is."""
    run(copy, remote("M/a.docx"))
    place = copy.folder / at
    place.parent.mkdir(exist_ok=True)
    if place.suffix == "" and place.exists():
        shutil.rmtree(place)
    elif place.exists():
        place.unlink()
    put(place)
    content = b"nej!" if "new" in at else make_document("Ny.docx", 13_000)
    new = remote("M/a.docx", "2", len(content))
    _, (left,) = run(copy, new, server=Server(content))
    assert left == LeftOut(SHARE, ("M/a.docx",), Reason("copy-place-taken", told))
    assert place.exists()
    for lang in Lang:
        said = words_of(lang).reason(left.reason.code, left.reason.args)
        assert f"{at}”" in said or f"{at}«" in said


def test_a_full_disk_is_not_blamed_on_what_is_in_the_way(copy: DocumentCopy) -> None:
    """Nor is what is in the way looked for where the copy was written before."""
    run(copy, remote("M/a"))
    (copy.folder / ".removed").write_text("mine")
    error = StoreError("nej")
    error.__cause__ = OSError(errno.ENOSPC, "nej")
    _, left = run(copy, remote("M/a", "2"), server=Server(error))
    assert left == (LeftOut(SHARE, ("M/a",), Reason("copy-disk-full")),)


def test_a_document_that_cannot_leave_says_what_is_in_the_way(copy: DocumentCopy) -> None:
    """A file where `.removed` belongs."""
    run(copy, remote("M/a"))
    (copy.folder / ".removed").write_text("mine")
    updating = update(copy)
    updating.settle(lambda _share, _path: True)
    reason = Reason("copy-place-taken", {"file_there": ".removed"})
    assert updating.list_left_out() == (LeftOut(SHOWN, ("M/a",), reason),)


def test_a_copy_that_was_changed_on_disk_is_no_good_one(copy: DocumentCopy, tmp_path: Path) -> None:
    """A worse version replaces it: it is not what the server had."""
    run(copy, remote("a.docx"))
    (place,) = (tmp_path / "copy").rglob("a.docx")
    place.write_bytes(b"aendret")
    done, _ = run(copy, remote("a.docx", "2", 4), server=Server(b"nej!"))
    assert (done.refused, read(copy, "a.docx")) == (0, b"nej!")


def test_what_is_left_out_is_told_in_order() -> None:
    """By share, then reason; the paths of each are sorted."""
    updating = update(cast("DocumentCopy", None))
    for share, path, code in (
        ("b/T", "z", "x"), ("a/T", "q", "y"), ("b/T", "a", "x"), ("a/T", "p", "x"),
    ):  # fmt: skip
        updating.leave_out(share, path, Reason(code))
    assert [(one.share, one.reason.code, one.paths) for one in updating.list_left_out()] == [
        ("a/T", "x", ("p",)),
        ("a/T", "y", ("q",)),
        ("b/T", "x", ("a", "z")),
    ]


def test_an_index_that_cannot_be_written_is_told(
    copy: DocumentCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full then."""
    monkeypatch.setattr(DocumentCopy, "write_file", _fail)
    updating = update(copy)
    updating.write_index((), Lang.DA)
    assert updating.list_left_out() == (LeftOut(SHARE, ("",), Reason("copy-disk-full")),)


def test_a_folder_in_the_place_of_the_index_is_told(copy: DocumentCopy) -> None:
    """It is no full disk either."""
    (copy.folder / "index.html").mkdir()
    updating = update(copy)
    updating.write_index((), Lang.DA)
    reason = Reason("copy-place-taken", {"folder_there": "index.html"})
    assert updating.list_left_out() == (LeftOut(SHARE, ("",), reason),)


def recall(
    copy: DocumentCopy, file: RemoteFile, known: Mapping[tuple[str, str], Any] | None = None
) -> Mapping[tuple[str, str], Any]:
    """Return what is known of a document that is in the copy."""
    verdicts = update(copy)._verdicts
    verdicts.known |= known or {}
    verdicts._shares = {SHARE: share()}
    verdicts.recall({(SHARE, file.path): file}, copy, {SHARE: SHOWN})
    return verdicts.known


def share() -> Share:
    """Make the share."""
    return Share(
        id=SHARE,
        kind=ShareKind.PUBLIC,
        name="Ab12Cd34",
        base_url="https://boks.example",
        endpoint=None,
        server_version=None,
        status=ShareStatus.OK,
        listing=ListingKind.NONE,
        tree=None,
    )


def test_a_verdict_is_read_from_the_copy(copy: DocumentCopy) -> None:
    """Of the version that the server has now, also where that was refused; else nothing."""
    run(copy, remote("a.docx"))
    assert recall(copy, remote("a.docx"))[SHARE, "a.docx"].opens is Opens.YES
    assert recall(copy, remote("a.docx", "2")) == {}
    assert recall(copy, remote("b.docx")) == {}
    run(copy, remote("a.docx", "2", 4), server=Server(b"nej!"))
    assert recall(copy, remote("a.docx", "2", 4))[SHARE, "a.docx"].opens is Opens.OTHER_TYPE
    there = {(SHARE, "a.docx"): Document(Opens.LOCKED)}
    assert recall(copy, remote("a.docx", "2", 4), there) == there
