"""The local copy, document by document: what is fetched, kept, left out and removed."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest

from syncer.config import Secrets, Settings
from syncer.config.settings import DocumentsSettings
from syncer.demo.sample_documents import make_document
from syncer.errors import RemoteError, StoreError
from syncer.model.documents import CopyResult, LeftOut, Opens
from syncer.model.reason import Reason
from syncer.model.shares import RemoteFile
from syncer.nextcloud.download import Downloads
from syncer.pipeline import copy_update
from syncer.pipeline.copy_update import MB, CopyUpdate, explain_fetch
from syncer.pipeline.document_verdicts import Verdicts
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.options import AuditOptions
from syncer.report.words import Lang
from syncer.store.copy_marker import INDEX
from syncer.store.document_copy import DocumentCopy, open_copy
from syncer.surroundings import Surroundings

SHARE = "boks.example/Ab12Cd34"
SHOWN = "boks.example/skjult"
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
DAY = date(2026, 11, 23)
GOOD = make_document("Aftale.docx", 12_000)


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[DocumentCopy]:
    """Give an open copy."""
    with open_copy(tmp_path / "copy", writes=True) as opened:
        yield opened


class Server:
    """Gives each document its content, or raises what is to go wrong."""

    def __init__(self, content: bytes | Exception = GOOD) -> None:
        """Give this."""
        self.content = content
        self.asked: list[tuple[str, str]] = []

    def fetch(
        self,
        share: str,
        file: RemoteFile,
        into: BinaryIO,
        on_bytes: Callable[[int], object],
        on_size: Callable[[int], object],
    ) -> None:
        """Write the content."""
        self.asked.append((share, file.path))
        if isinstance(self.content, Exception):
            raise self.content
        if file.size_bytes is None:
            on_size(len(self.content))
        into.write(self.content)
        on_bytes(len(self.content))


def remote(path: str, etag: str = "1", size: int = len(GOOD), file_id: int = 7) -> RemoteFile:
    """Make a document on the server."""
    return RemoteFile(path, size, NOW, file_id, f'"{etag}"')


def update(
    copy: DocumentCopy,
    *,
    writes: bool = True,
    around: Surroundings | None = None,
    day: date = DAY,
    **limits: Any,
) -> CopyUpdate:
    """Begin to update the copy."""
    settings = DocumentsSettings(**limits)
    around = around or Surroundings(now=lambda: NOW)
    job = Job(
        settings=Settings(documents=settings),
        options=AuditOptions(),
        secrets=Secrets(),
        memory=Memory(),
        around=around,
    )
    verdicts = Verdicts(job, {})
    ids = {SHARE: SHOWN}
    return CopyUpdate(copy, verdicts, ids, settings, day=day, around=around, writes=writes)


def run(
    copy: DocumentCopy, *files: RemoteFile, server: Server | None = None, **more: Any
) -> tuple[CopyResult, tuple[LeftOut, ...]]:
    """Bring the copy up to date with these documents; nothing may leave."""
    updating = update(copy, **more)
    documents = {(SHARE, file.path): file for file in files}
    for share, file in updating.choose(documents, {SHARE: "Nextcloud"}):
        updating.take(cast("Downloads", server or Server()), share, file, lambda _: None)
    updating.settle(lambda _share, _path: False)
    return updating.sum_up(), updating.list_left_out()


def read(copy: DocumentCopy, path: str) -> bytes:
    """Return what the copy has of a document."""
    known = copy.get(SHOWN, path)
    assert known is not None
    with copy.read(SHOWN, known.local) as content:
        return content.read()


def result(**counts: int) -> CopyResult:
    """Return what was done, nothing else being done."""
    values: Mapping[str, int] = {
        "fetched": 0, "fetched_bytes": 0, "unchanged": 0, "removed": 0, "refused": 0,
        "left_out": 0, **counts,
    }  # fmt: skip
    return CopyResult(**values)


def test_what_is_new_is_fetched_and_what_is_the_same_is_not(copy: DocumentCopy) -> None:
    """Under the name that shows no token; another etag is another document."""
    files = [remote("a.docx"), remote("M/b.docx", file_id=8)]
    server = Server()
    done = run(copy, *files, server=server)
    assert done == (result(fetched=2, fetched_bytes=2 * len(GOOD)), ())
    assert server.asked == [(SHARE, "a.docx"), (SHARE, "M/b.docx")]
    assert (copy.shares, read(copy, "M/b.docx")) == ((SHOWN,), GOOD)
    assert run(copy, *files) == (result(unchanged=2), ())
    done = run(copy, files[0], remote("M/b.docx", "2", file_id=8))
    assert done == (result(fetched=1, fetched_bytes=len(GOOD), unchanged=1), ())


def test_limits_of_the_settings_leave_documents_out(copy: DocumentCopy) -> None:
    """One that is too big, and those beyond the sum; what fits after them is fetched."""
    files = [
        remote("a", size=2 * MB),
        remote("b", size=2 * MB + 1, file_id=8),
        remote("c", size=2 * MB, file_id=9),
        remote("d", size=1 * MB, file_id=10),
    ]
    updating = update(copy, max_file_mb=2, max_total_mb=3)
    pending = updating.choose({(SHARE, file.path): file for file in files}, {SHARE: "N"})
    assert [file.path for _, file in pending] == ["a", "d"]
    assert updating.list_left_out() == (
        LeftOut(SHARE, ("b",), Reason("copy-file-too-big", {"limit": 2})),
        LeftOut(SHARE, ("c",), Reason("copy-too-big", {"limit": 3})),
    )
    assert updating.sum_up() == result(left_out=2)


def unsized(path: str, etag: str = "1", file_id: int = 7) -> RemoteFile:
    """Make a document whose size the listing does not say."""
    return RemoteFile(path, None, NOW, file_id, f'"{etag}"')


def test_limits_hold_for_a_document_whose_size_is_not_listed(copy: DocumentCopy) -> None:
    """The answer says it; what is in the copy from earlier nights counts as well."""
    large = Server(bytes(MB + 1))
    _, left = run(copy, unsized("a"), server=large, max_file_mb=1)
    assert left == (LeftOut(SHARE, ("a",), Reason("copy-file-too-big", {"limit": 1})),)
    assert copy.get(SHOWN, "a") is None
    limits = {"max_file_mb": 2, "max_total_mb": 1}
    half = Server(bytes(MB // 2))
    first = [unsized("a"), unsized("b", file_id=8)]
    done, left = run(copy, *first, server=half, **limits)
    assert (done.fetched, left) == (2, ())
    done, left = run(copy, *first, unsized("c", file_id=9), server=Server(b"c"), **limits)
    assert left == (LeftOut(SHARE, ("c",), Reason("copy-too-big", {"limit": 1})),)
    assert done == result(unchanged=2, left_out=1)


def test_the_room_of_a_document_that_did_not_come_is_free_again(copy: DocumentCopy) -> None:
    """Its size was said, and then its content was another."""

    class Liar(Server):
        def fetch(self, share: str, file: RemoteFile, *more: Any) -> None:
            super().fetch(share, file, *more)
            if file.path == "a":
                raise RemoteError("wrong-checksum")

    server = Liar(bytes(MB))
    files = [unsized("a"), unsized("b", file_id=8)]
    done, left = run(copy, *files, server=server, max_total_mb=1)
    assert left == (LeftOut(SHARE, ("a",), Reason("copy-wrong-answer")),)
    assert done.fetched == 1


def test_a_part_of_the_disk_stays_free_of_what_has_no_listed_size(
    copy: DocumentCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside what is kept for the documents of which the listing says it."""
    free = property(lambda _: copy_update.RESERVED_BYTES + 10)
    monkeypatch.setattr(DocumentCopy, "free_bytes", free)
    files = [unsized("a"), remote("b", size=6, file_id=8), unsized("c", file_id=9)]
    _, left = run(copy, *files, server=Server(b"four"))
    assert left == (LeftOut(SHARE, ("c",), Reason("copy-disk-full")),)


def test_what_is_too_much_for_the_disk_takes_no_room_of_the_copy(
    copy: DocumentCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does one that failed keep its room on the disk."""
    contents = {"a": bytes(MB), "b": bytes(8), "c": bytes(9), "d": bytes(8)}

    class Sizes(Server):
        def fetch(self, share: str, file: RemoteFile, *more: Any) -> None:
            self.content = contents[file.path]
            super().fetch(share, file, *more)
            if file.path == "b":
                raise RemoteError("wrong-checksum")

    free = property(lambda _: copy_update.RESERVED_BYTES + 10)
    monkeypatch.setattr(DocumentCopy, "free_bytes", free)
    files = [unsized(path, file_id=number) for number, path in enumerate("abcd")]
    done, left = run(copy, *files, server=Sizes(), max_total_mb=1)
    assert left == (
        LeftOut(SHARE, ("a", "d"), Reason("copy-disk-full")),
        LeftOut(SHARE, ("b",), Reason("copy-wrong-answer")),
    )
    assert done == result(fetched=1, fetched_bytes=9, left_out=3)


def test_a_part_of_the_disk_stays_free(copy: DocumentCopy, monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not fit is left out, and a smaller one after it is fetched."""
    free = property(lambda _: copy_update.RESERVED_BYTES + 10)
    monkeypatch.setattr(DocumentCopy, "free_bytes", free)
    files = [remote("a", size=6), remote("b", size=5, file_id=8), remote("c", size=4, file_id=9)]
    documents = {(SHARE, file.path): file for file in files}
    updating = update(copy)
    pending = updating.choose(documents, {SHARE: "N"})
    assert [file.path for _, file in pending] == ["a", "c"]
    assert updating.list_left_out() == (LeftOut(SHARE, ("b",), Reason("copy-disk-full")),)
    assert [file.path for _, file in update(copy, writes=False).choose(documents, {})] == list(
        "abc"
    )
    assert copy_update.RESERVED_BYTES == 64 * MB


def test_a_comparison_counts_and_writes_nothing(copy: DocumentCopy) -> None:
    """What would be fetched."""
    updating = update(copy, writes=False)
    files = [remote("a"), remote("b", file_id=8), RemoteFile("c", None, NOW, 9, '"1"')]
    pending = updating.choose({(SHARE, file.path): file for file in files}, {})
    updating.expect(pending)
    updating.settle(lambda _share, _path: True)
    assert updating.sum_up() == result(fetched=3, fetched_bytes=2 * len(GOOD))
    assert copy.shares == ()


def test_a_document_that_moved_is_not_fetched_again(copy: DocumentCopy) -> None:
    """By its id, etag and size; with another etag or size, or where the old place is still its."""
    run(copy, remote("a"))
    server = Server()
    assert run(copy, remote("M/b"), server=server) == (result(unchanged=1), ())
    assert (server.asked, read(copy, "M/b")) == ([], GOOD)
    for other in (remote("c", "2"), remote("c", file_id=8), remote("c", size=5)):
        run(copy, other, server=server)
    assert len(server.asked) == 3
    run(copy, remote("q", "9", file_id=70), server=server)
    both = run(copy, remote("q", "9", file_id=70), remote("r", "9", file_id=70), server=server)
    assert both[0] == result(fetched=1, fetched_bytes=len(GOOD), unchanged=1)


@pytest.mark.parametrize("content", [b"", b"<html>Log ind</html>", GOOD[:900]])
def test_a_worse_version_does_not_replace_a_good_one(copy: DocumentCopy, content: bytes) -> None:
    """It lies beside it, and is counted as refused as long as it does; a good one replaces both."""
    run(copy, remote("a.docx"))
    worse = remote("a.docx", "2", len(content))
    done, left = run(copy, worse, server=Server(content))
    assert (done.refused, done.fetched, left) == (1, 1, ())
    assert read(copy, "a.docx") == GOOD
    assert run(copy, worse)[0] == result(unchanged=1, refused=1)
    better = make_document("Ny.docx", 13_000)
    done, _ = run(copy, remote("a.docx", "3", len(better)), server=Server(better))
    assert (done.refused, read(copy, "a.docx")) == (0, better)


def test_a_new_version_of_a_kind_that_is_not_opened_replaces_the_old(copy: DocumentCopy) -> None:
    """No verdict says that it is worse."""
    run(copy, remote("a.bin"))
    done, left = run(copy, remote("a.bin", "2", 4), server=Server(b"nej!"))
    assert (done, left) == (result(fetched=1, fetched_bytes=4), ())
    assert read(copy, "a.bin") == b"nej!"


def test_a_first_version_is_opened_too(copy: DocumentCopy) -> None:
    """Its verdict is known to the run."""
    updating = update(copy)
    ((share, file),) = updating.choose({(SHARE, "a.docx"): remote("a.docx")}, {SHARE: "N"})
    updating.take(cast("Downloads", Server()), share, file, lambda _: None)
    assert {path: one.opens for (_, path), one in updating._verdicts.known.items()} == {
        "a.docx": Opens.YES
    }


def test_a_first_version_is_kept_whatever_it_is(copy: DocumentCopy) -> None:
    """And so is a worse one in the place of one that is no better."""
    done, _ = run(copy, remote("a.docx", size=4), server=Server(b"nej!"))
    assert (done.refused, read(copy, "a.docx")) == (0, b"nej!")
    done, _ = run(copy, remote("a.docx", "2", 5), server=Server(b"nej!!"))
    assert (done.refused, read(copy, "a.docx")) == (0, b"nej!!")


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("file-changed", "copy-file-changed"),
        ("not-found", "copy-file-changed"),
        ("no-etag", "copy-unproven"),
        ("compressed", "copy-wrong-answer"),
        ("too-big", "copy-wrong-answer"),
        ("wrong-checksum", "copy-wrong-answer"),
        ("wrong-length", "copy-wrong-answer"),
        ("wrong-range", "copy-wrong-answer"),
        ("maintenance", "server-maintenance"),
    ],
)
def test_a_document_that_cannot_be_fetched_is_left_out(
    copy: DocumentCopy, code: str, why: str
) -> None:
    """With the reason; the others are fetched, and what the copy had of it stays."""
    run(copy, remote("a"))
    error = RemoteError(code)
    done, left = run(copy, remote("a", "2"), server=Server(error))
    assert (done, left) == (result(left_out=1), (LeftOut(SHARE, ("a",), Reason(why)),))
    assert read(copy, "a") == GOOD
    assert explain_fetch(error) == Reason(why)


@pytest.mark.parametrize(
    ("number", "again"), [(errno.ENOSPC, False), (errno.EDQUOT, False), (errno.ENAMETOOLONG, True)]
)
def test_a_full_disk_ends_the_fetching(copy: DocumentCopy, number: int, again: bool) -> None:
    """What is in the way of one document alone does not."""
    error = StoreError("nej")
    error.__cause__ = OSError(number, "nej")
    server = Server(error)
    done, left = run(copy, remote("a"), remote("b", file_id=8), server=server)
    assert len(server.asked) == (2 if again else 1)
    assert left == (LeftOut(SHARE, ("a", "b"), Reason("copy-disk-full")),)
    assert done == result(left_out=2)


def test_a_stopped_run_fetches_nothing_more(copy: DocumentCopy) -> None:
    """Each document that is left is named."""
    around = Surroundings(now=lambda: NOW)
    around.stop.set()
    server = Server()
    done, left = run(copy, remote("a"), server=server, around=around)
    assert (server.asked, done) == ([], result(left_out=1))
    assert left == (LeftOut(SHARE, ("a",), Reason("run-stopped")),)


def test_a_new_version_that_a_stop_left_unopened_replaces_nothing(copy: DocumentCopy) -> None:
    """It may be worse than the one that is there."""
    run(copy, remote("a.docx"))
    around = Surroundings(now=lambda: NOW)

    class Stopping(Server):
        def fetch(self, *given: Any) -> None:
            super().fetch(*given)
            around.stop.set()

    newer = remote("a.docx", "2", size=400)
    done, left = run(copy, newer, server=Stopping(b"PK\3\4" * 100), around=around)
    assert (done.fetched, read(copy, "a.docx")) == (0, GOOD)
    assert left == (LeftOut(SHARE, ("a.docx",), Reason("run-stopped")),)


def test_a_stop_while_the_old_version_is_opened_replaces_nothing(copy: DocumentCopy) -> None:
    """That it is as bad as the new one was not seen."""
    run(copy, remote("a.docx", size=900), server=Server(GOOD[:900]))
    around = Surroundings(now=lambda: NOW)

    class Stopping(Server):
        def fetch(self, *given: Any) -> None:
            super().fetch(*given)
            around.stop.set()

    done, left = run(copy, remote("a.docx", "2", size=0), server=Stopping(b""), around=around)
    assert (done, left) == (result(fetched=1, refused=1), ())
    assert read(copy, "a.docx") == GOOD[:900]


def test_only_what_is_proven_gone_leaves_the_copy(copy: DocumentCopy) -> None:
    """Asked with the share's own id; it is kept for the days of the settings."""
    run(copy, remote("a"), remote("b", file_id=8))
    asked: list[tuple[str, str]] = []

    def may_leave(share: str, path: str) -> bool:
        asked.append((share, path))
        return path == "a"

    updating = update(copy, writes=False)
    updating.settle(may_leave)
    assert updating.sum_up() == result(removed=1)
    assert set(copy.list_files(SHOWN)) == {"a", "b"}
    updating = update(copy)
    updating.settle(may_leave)
    assert updating.sum_up() == result(removed=1)
    assert set(copy.list_files(SHOWN)) == {"b"}
    assert sorted(asked) == sorted([(SHARE, "a"), (SHARE, "b")] * 2)


def test_what_left_is_kept_for_the_days_of_the_settings(copy: DocumentCopy, tmp_path: Path) -> None:
    """Not a day less; a comparison removes nothing."""
    run(copy, remote("a.docx"))
    update(copy).settle(lambda _share, _path: True)

    def count(days: int, *, writes: bool = True) -> int:
        later = update(copy, day=DAY + timedelta(days=days), writes=writes, keep_removed_days=3)
        later.settle(lambda _share, _path: True)
        return len(list((tmp_path / "copy").rglob("a.docx")))

    assert [count(0), count(3), count(9, writes=False), count(4)] == [1, 1, 1, 0]


def test_each_document_that_moved_is_found(copy: DocumentCopy) -> None:
    """Several in a night, with new ones between them."""
    run(copy, *(remote(f"{n}", file_id=n) for n in range(3)))
    server = Server()
    moved = [remote(f"M/{n}", file_id=n) for n in range(3)]
    done, _ = run(copy, moved[0], remote("ny", file_id=9), *moved[1:], server=server)
    assert (done.unchanged, server.asked) == (3, [(SHARE, "ny")])


@pytest.mark.parametrize("lang", list(Lang))
def test_an_index_that_is_the_same_is_not_written_again(
    copy: DocumentCopy, tmp_path: Path, lang: Lang
) -> None:
    """In another language, or of other pages, it is."""
    place = tmp_path / "copy" / INDEX
    update(copy).write_index((), lang)
    first = place.stat().st_ino
    update(copy).write_index((), lang)
    assert place.stat().st_ino == first
    (other,) = (one for one in Lang if one is not lang)
    update(copy).write_index((), other)
    assert place.stat().st_ino != first


def test_the_marker_is_written_now_and_then(
    copy: DocumentCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After every hundredth document, so that a run that is killed loses few."""
    saved: list[int] = []
    updating = update(copy)
    for number in range(1, 251):
        monkeypatch.setattr(DocumentCopy, "save", lambda _, number=number: saved.append(number))
        updating.save_now_and_then(number)
    assert saved == [100, 200]


def test_the_share_of_a_new_copy_is_saved_at_once(tmp_path: Path) -> None:
    """Its folder is known to the next run, whatever happens to this one."""
    with open_copy(tmp_path / "copy", writes=True) as copy:
        update(copy).choose({(SHARE, "a"): remote("a")}, {SHARE: "N"})
        with open_copy(tmp_path / "copy", writes=False) as again:
            assert again.shares == (SHOWN,)


def test_a_marker_that_cannot_be_written_is_told(
    copy: DocumentCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once for the copy, without a path; nothing is fetched any more."""

    def fail(_: DocumentCopy) -> None:
        raise StoreError("nej")

    monkeypatch.setattr(DocumentCopy, "save", fail)
    server = Server()
    _, left = run(copy, remote("a"), server=server)
    assert server.asked == []
    assert left == (LeftOut(SHARE, ("", "", "a"), Reason("copy-disk-full")),)
