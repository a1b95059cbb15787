"""The local copy on disk: names, moves, links, locks, and folders that are not ours."""

from __future__ import annotations

import itertools
import os
import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from syncer.errors import ConfigError, RunLocked, StoreError
from syncer.model.file_names import make_safe_name, make_slug, mark_name
from syncer.model.shares import RemoteFile
from syncer.store.copy_marker import CopiedFile, sweep_copy
from syncer.store.document_copy import DocumentCopy, open_copy

SHARE = "boks.example.dk/Ab12Cd34"
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
DAY = date(2026, 11, 23)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the place of a copy."""
    return tmp_path / "copy"


@pytest.fixture
def copy(folder: Path) -> Iterator[DocumentCopy]:
    """Give an open copy with one share."""
    with open_copy(folder, writes=True) as opened:
        opened.add_share(SHARE, "Nextcloud / Aftaler")
        yield opened


def remote(path: str, etag: str = "1", content: bytes = b"indhold", file_id: int = 7) -> RemoteFile:
    """Return a remote file."""
    return RemoteFile(path, len(content), NOW, file_id, f'"{etag}"')


def put(copy: DocumentCopy, file: RemoteFile, content: bytes = b"indhold") -> None:
    """Write a document into the copy."""
    with copy.write(SHARE, file, NOW) as new:
        new.content.write(content)
        new.put_in_place(day=DAY)


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, without our own at the top."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".syncer-")
    }


def test_a_document_is_found_as_long_as_nothing_changed(copy: DocumentCopy, folder: Path) -> None:
    """Etag, size, and the local file itself decide."""
    put(copy, remote("A/Aftale.docx"))
    place = folder / "nextcloud-aftaler" / "A" / "Aftale.docx"
    assert place.read_bytes() == b"indhold"
    assert place.stat().st_mtime == NOW.timestamp()
    assert copy.find(SHARE, remote("A/Aftale.docx")) is not None
    assert copy.find(SHARE, remote("A/Aftale.docx", etag="2")) is None
    assert copy.find(SHARE, remote("A/Aftale.docx", content=b"mere")) is None
    assert copy.find(SHARE, remote("B.docx")) is None
    place.write_bytes(b"aendret")
    assert copy.find(SHARE, remote("A/Aftale.docx")) is None
    place.unlink()
    assert copy.find(SHARE, remote("A/Aftale.docx")) is None


def test_what_somebody_put_in_its_place_is_not_the_document(
    copy: DocumentCopy, folder: Path
) -> None:
    """Nor what has its time and another size, or its size and another time, or a link to it."""
    put(copy, remote("Aftale.docx"))
    place = folder / "nextcloud-aftaler" / "Aftale.docx"
    known = copy.get(SHARE, "Aftale.docx")
    assert known is not None
    when = place.stat().st_mtime_ns

    def replace_by(content: bytes, mtime_ns: int) -> bool:
        place.write_bytes(content)
        os.utime(place, ns=(mtime_ns, mtime_ns))
        return copy.is_whole(SHARE, known)

    assert [
        replace_by(b"indhold", when),
        replace_by(b"indhold!", when),
        replace_by(b"indhol", when),
        replace_by(b"indhold", when + 1),
        replace_by(b"indhold", when),
    ] == [True, False, False, False, True]
    place.rename(folder.parent / "ude.docx")
    place.symlink_to(folder.parent / "ude.docx")
    assert not copy.is_whole(SHARE, known)


def test_the_marker_brings_it_all_back(copy: DocumentCopy, folder: Path) -> None:
    """Another run knows the same documents and folders, also for a share with another label."""
    put(copy, remote("Aftale.docx"))
    copy.save()
    with open_copy(folder, writes=False) as again:
        again.add_share(SHARE, "Et andet navn")
        known = again.find(SHARE, remote("Aftale.docx"))
        assert known is not None
        assert again.locate(SHARE, known) == "nextcloud-aftaler/Aftale.docx"


def test_a_kept_file_blocks_no_folder_of_its_name(folder: Path) -> None:
    """Documents of a folder of that name are kept, too, on the same day; each of them once."""
    with open_copy(folder, writes=True) as copy:
        copy.add_share(SHARE, "Aftaler")
        put(copy, remote("Bilag"), b"en fil")
        copy.retire(SHARE, "Bilag", DAY)
        copy.save()
    inside = remote("Bilag/A/Bilag.txt")
    kept = folder / ".removed" / DAY.isoformat() / "aftaler"
    beside = kept / mark_name("Bilag", "Bilag 2")
    with open_copy(folder, writes=True) as copy:
        assert copy.find_in_the_way(SHARE, inside.path, DAY) is None
        for content in (b"en", b"to", b"tre"):
            put(copy, inside, content)
        copy.retire(SHARE, inside.path, DAY)
        assert (kept / "Bilag").read_bytes() == b"en fil"
        assert sorted(files_of(beside / "A").values()) == [b"en", b"to", b"tre"]
        (beside / "A").rename(folder.parent / "ude")
        (beside / "A").symlink_to(folder.parent / "ude")
        found = copy.find_in_the_way(SHARE, inside.path, DAY)
        assert found == ("link", (beside / "A").relative_to(folder).as_posix())


def test_what_is_replaced_is_kept(copy: DocumentCopy, folder: Path) -> None:
    """The version before is in `.removed`; the same content again is not kept twice."""
    put(copy, remote("None", file_id=9), b"en anden")
    put(copy, remote("Aftale.docx"), b"gammel")
    put(copy, remote("Aftale.docx", etag="2"), b"ny udgave")
    put(copy, remote("Aftale.docx", etag="3"), b"ny udgave")
    assert files_of(folder) == {
        "nextcloud-aftaler/Aftale.docx": b"ny udgave",
        "nextcloud-aftaler/None": b"en anden",
        f".removed/{DAY}/nextcloud-aftaler/Aftale.docx": b"gammel",
    }


def test_a_version_that_begins_like_the_one_before_is_another_one(
    copy: DocumentCopy, folder: Path
) -> None:
    """Longer or shorter, the one before is kept."""
    for content in (b"abc", b"abcd", b"ab"):
        put(copy, remote("Aftale.docx", content=content), content)
    assert sorted(files_of(folder).values()) == [b"ab", b"abc", b"abcd"]


def test_a_version_of_the_same_size_is_another_one(copy: DocumentCopy, folder: Path) -> None:
    """Every byte counts, the last one too."""
    for content in (b"x" * (1 << 20) + b"1", b"x" * (1 << 20) + b"2", b"y" + b"x" * (1 << 20)):
        put(copy, remote("Aftale.docx", content=content), content)
    kept = files_of(folder)
    assert sorted(content[:1] + content[-1:] for content in kept.values()) == [b"x1", b"x2", b"yx"]


def test_a_retired_document_moves_and_its_folder_goes(copy: DocumentCopy, folder: Path) -> None:
    """Two of one name on one day are told apart; folders that are empty go."""
    for content in (b"en", b"to"):
        put(copy, remote("A/B/Aftale.docx"), content)
        copy.retire(SHARE, "A/B/Aftale.docx", DAY)
    kept = files_of(folder)
    assert sorted(kept.values()) == [b"en", b"to"]
    assert kept
    assert all(name.startswith(f".removed/{DAY}/nextcloud-aftaler/A/B/") for name in kept)
    assert not (folder / "nextcloud-aftaler").exists()
    assert copy.list_files(SHARE) == {}


def test_removed_documents_are_deleted_by_day(copy: DocumentCopy, folder: Path) -> None:
    """Only whole days before the date, and nothing whose name is no date."""
    for name in ("2026-08-24", "2026-08-25", "gemt"):
        (folder / ".removed" / name).mkdir(parents=True)
    copy.purge(date(2026, 8, 25))
    assert sorted(path.name for path in (folder / ".removed").iterdir()) == ["2026-08-25", "gemt"]


def test_a_refused_version_lies_beside_and_goes_with_the_next(
    copy: DocumentCopy, folder: Path
) -> None:
    """The good one stays; fetching the refused one again would change nothing."""
    put(copy, remote("Aftale.docx"), b"god")
    put(copy, remote("Aftale.new.docx", file_id=9), b"en anden")
    before = copy.get(SHARE, "Aftale.docx")
    assert before is not None
    with copy.write(SHARE, remote("Aftale.docx", etag="2"), NOW) as new:
        new.content.write(b"<html>")
        new.put_beside(before, day=DAY)
    assert sorted(files_of(folder / "nextcloud-aftaler").values()) == [
        b"<html>",
        b"en anden",
        b"god",
    ]
    assert copy.find(SHARE, remote("Aftale.docx", etag="2")) is not None
    put(copy, remote("Aftale.docx", etag="3"), b"ny og god")
    assert sorted(files_of(folder / "nextcloud-aftaler").values()) == [b"en anden", b"ny og god"]


def test_a_moved_document_is_not_fetched_again(copy: DocumentCopy, folder: Path) -> None:
    """Its content is taken from the place before."""
    put(copy, remote("Aftale.docx"))
    old = copy.get(SHARE, "Aftale.docx")
    assert old is not None
    copy.adopt(SHARE, remote("Ny/Aftale.docx"), old)
    assert (folder / "nextcloud-aftaler" / "Ny" / "Aftale.docx").read_bytes() == b"indhold"
    assert copy.find(SHARE, remote("Ny/Aftale.docx")) is not None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Aftale.docx", "AFTALE.docx"),
        ("a:b.docx", "a?b.docx"),
        ("A/x.docx", "a"),
        ("a", "A/x.docx"),
        ("CON.docx", "con.docx"),
        ("x./y.docx", "x/y.docx"),
        (".skjult.docx", "_.skjult.docx"),
        ("L" * 250 + "1.docx", "L" * 250 + "2.docx"),
        ("../../ude.docx", "ude.docx"),
    ],
)
def test_names_stay_two_on_every_system(
    first: str, second: str, copy: DocumentCopy, folder: Path
) -> None:
    """Names that Windows cannot store, or cannot tell apart, get names of their own."""
    put(copy, remote(first), b"en")
    put(copy, remote(second, file_id=8), b"to")
    kept = files_of(folder)
    assert sorted(kept.values()) == [b"en", b"to"]
    folded = [name.casefold() for name in kept]
    assert len(set(folded)) == 2
    assert not any(other.startswith(f"{name}/") for name in folded for other in folded)
    for part in (part for name in kept for part in name.split("/")):
        assert make_safe_name(part) == part
    assert list(folder.parent.iterdir()) == [folder]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_name_that_looks_like_a_mark_shares_no_place(
    order: tuple[int, ...], copy: DocumentCopy, folder: Path
) -> None:
    """Whoever knows the mark that a document gets cannot put another one in its place."""
    paths = ("Aftale.docx", "aftale.docx", mark_name("aftale.docx", "aftale.docx"))
    for number in order:
        put(copy, remote(paths[number]), paths[number].encode())
    for path in paths:
        known = copy.get(SHARE, path)
        assert known is not None
        place = folder / "nextcloud-aftaler" / known.local
        assert place.read_bytes() == path.encode()
    assert not (folder / ".removed").exists()


def test_shares_of_one_label_have_two_folders(copy: DocumentCopy) -> None:
    """And a label without a letter has a name too."""
    copy.add_share("boks.example.dk/Zz", "nextcloud aftaler")
    copy.add_share("boks.example.dk/Yy", "!")
    copy.add_share("boks.example.dk/Xx", "index.html")
    folders = {copy.locate(share, known) for share in copy.shares for known in [_any()]}
    assert len(folders) == 4
    assert make_slug("COM1") != "com1"


def test_shares_of_one_label_and_one_mark_have_two_folders(copy: DocumentCopy) -> None:
    """A mark has six digits: a server that chooses its tokens finds two with the same."""
    seen: dict[str, str] = {}
    for number in itertools.count():
        share = f"boks.example.dk/{number}"
        mark = mark_name("nextcloud-aftaler", share)
        if mark in seen:
            break
        seen[mark] = share
    copy.add_share(seen[mark], "Nextcloud / Aftaler")
    copy.add_share(share, "Nextcloud / Aftaler")
    folders = {copy.locate(known, _any()) for known in copy.shares}
    assert len(folders) == 3


def _any() -> CopiedFile:
    return CopiedFile("x", None, None, 0, 0, NOW)


def test_nothing_is_written_through_a_link(copy: DocumentCopy, folder: Path) -> None:
    """A link in the place of a folder stops the write; one in the place of a file is replaced."""
    outside = folder.parent / "ude"
    outside.mkdir()
    (outside / "min.docx").write_bytes(b"min")
    put(copy, remote("B.docx"))
    (folder / "nextcloud-aftaler" / "A").symlink_to(outside)
    with pytest.raises(StoreError):
        put(copy, remote("A/min.docx"))
    (folder / "nextcloud-aftaler" / "C.docx").symlink_to(outside / "min.docx")
    put(copy, remote("C.docx"))
    assert (outside / "min.docx").read_bytes() == b"min"
    assert not (folder / "nextcloud-aftaler" / "C.docx").is_symlink()
    assert (folder / ".removed" / str(DAY) / "nextcloud-aftaler" / "C.docx").is_symlink()
    assert [path.name for path in outside.iterdir()] == ["min.docx"]


def test_a_folder_of_somebody_else_is_left_alone(folder: Path) -> None:
    """Exit code 2, and nothing in it has changed."""
    folder.mkdir()
    (folder / "noter.txt").write_text("mine")
    with pytest.raises(ConfigError, match=r"\.syncer-copy\.json"), open_copy(folder, writes=True):
        pass
    assert [path.name for path in folder.iterdir()] == ["noter.txt"]


def _mark_place(local: str) -> bytes:
    """Return a marker with one document at that place."""
    file = f'"local":"{local}","file_id":1,"etag":"1","size_bytes":1,"mtime_ns":1'
    return (
        '{"schema":1,"shares":{"a/B":{"folder":"x","files":{"y":{'
        f'{file},"copied_at":"2026-11-23T03:00:00Z"}}}}}}}}}}'
    ).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"schema":1',
        b'{"schema":2,"shares":{}}',
        b'{"schema":1,"shares":{"a/B":{"folder":"../x"}}}',
        b'{"schema":1,"shares":{"a/B":{"folder":".."}}}',
        b'{"schema":1,"shares":{"a/B":{"folder":"x\\u0000"}}}',
        _mark_place("x\\u0000y"),
        _mark_place("x/" * 2_000 + "y"),
        b'{"later":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b"[]",
    ],
)
def test_a_marker_that_cannot_be_right_stops_the_run(content: bytes, folder: Path) -> None:
    """Damaged, of another version, or with a path that leads out."""
    folder.mkdir()
    (folder / ".syncer-copy.json").write_bytes(content)
    with pytest.raises(ConfigError), open_copy(folder, writes=True):
        pass
    assert (folder / ".syncer-copy.json").read_bytes() == content


@pytest.mark.parametrize("name", [".syncer-copy.json", ".syncer-copy.lock"])
@pytest.mark.parametrize("what", ["folder", "link", "link to a file"])
def test_what_is_no_marker_of_ours_is_named(folder: Path, name: str, what: str) -> None:
    """The message says what is in the way, and what to do; nothing is touched."""
    folder.mkdir()
    (folder.parent / "other").mkdir()
    (folder.parent / "file").write_bytes(b"mine")
    if what == "folder":
        (folder / name).mkdir()
    else:
        (folder / name).symlink_to("../other" if what == "link" else "../file")
    told = f"{name} is no file, .* Remove it, or name another folder"
    with pytest.raises(ConfigError, match=told), open_copy(folder, writes=True):
        pass
    assert sorted(one.name for one in folder.iterdir()) == [name]


@pytest.mark.parametrize(
    ("name", "writes", "why"),
    [
        ("file", True, "File exists"),
        ("file", False, "Not a directory"),
        ("file/copy", True, "Not a directory"),
        ("file/copy", False, "Not a directory"),
        ("loop/copy", True, "Too many levels of symbolic links"),
    ],
)
def test_a_place_where_no_folder_can_be_is_told(
    tmp_path: Path, name: str, writes: bool, why: str
) -> None:
    """What the system says of it, in an error of ours; what is in the way stays."""
    (tmp_path / "file").write_bytes(b"mine")
    (tmp_path / "loop").symlink_to("loop")
    told = re.escape(f"The copy in {tmp_path / name} cannot be written: {why}. ")
    with pytest.raises(StoreError, match=told), open_copy(tmp_path / name, writes=writes):
        pass
    assert sorted(one.name for one in tmp_path.iterdir()) == ["file", "loop"]
    assert (tmp_path / "file").read_bytes() == b"mine"


def test_a_lock_that_cannot_be_made_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A socket has its name."""
    folder.mkdir()
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as taken:
        taken.bind(".syncer-copy.lock")
        with (
            pytest.raises(StoreError, match="cannot be written: No such device"),
            open_copy(folder, writes=True),
        ):
            pass


def test_a_run_that_was_killed_before_its_marker_leaves_no_stranger(folder: Path) -> None:
    """A folder with nothing but our own part files is ours."""
    folder.mkdir()
    (folder / ".syncer-.syncer-copy.json.part").write_bytes(b"{")
    with open_copy(folder, writes=True):
        assert [path.name for path in sorted(folder.iterdir())] == [
            ".syncer-copy.json",
            ".syncer-copy.lock",
        ]


def test_two_runs_do_not_write_one_copy(copy: DocumentCopy, folder: Path) -> None:
    """The second ends with 75; reading is allowed."""
    with pytest.raises(RunLocked), open_copy(folder, writes=True):
        pass
    with open_copy(folder, writes=False) as read:
        assert read.shares == ()
    assert copy.shares == (SHARE,)


def test_part_files_of_a_killed_run_go(copy: DocumentCopy, folder: Path) -> None:
    """Also deep inside, and nobody else's."""
    put(copy, remote("A/B.docx"))
    place = folder / "nextcloud-aftaler" / "A"
    (place / ".syncer-0123.part").write_bytes(b"half")
    (place / "andres.part").write_bytes(b"whole")
    removed = folder / ".removed" / "2026-11-23" / ".syncer-0123.part"
    removed.parent.mkdir(parents=True)
    removed.write_bytes(b"kept")
    copy.save()
    sweep_copy(folder)
    assert removed.read_bytes() == b"kept"
    assert sorted(path.name for path in place.iterdir()) == ["B.docx", "andres.part"]


def test_a_part_file_in_the_way_is_replaced(copy: DocumentCopy, folder: Path) -> None:
    """A run that was killed may have left it after this one began."""
    with copy.write(SHARE, remote("Aftale.docx"), NOW) as new:
        left = folder / "nextcloud-aftaler" / new.part
    left.write_bytes(b"halv")
    put(copy, remote("Aftale.docx"))
    assert files_of(folder) == {"nextcloud-aftaler/Aftale.docx": b"indhold"}
    assert not left.exists()


def test_a_file_of_ours_is_replaced_by_one_that_begins_alike(
    copy: DocumentCopy, folder: Path
) -> None:
    """Shorter or longer, it is written again."""
    for content in (b"abc", b"abcd", b"ab", b""):
        copy.write_file("index.html", content)
        assert (folder / "index.html").read_bytes() == content


def test_what_is_synced_is_whole(
    copy: DocumentCopy, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is left to write once a file was told to be on disk."""
    synced: dict[int, int] = {}
    sync = os.fsync

    def note(handle: int) -> None:
        sync(handle)
        synced[os.fstat(handle).st_ino] = os.fstat(handle).st_size

    monkeypatch.setattr(os, "fsync", note)
    put(copy, remote("Aftale.docx"))
    copy.save()
    for path in (folder / "nextcloud-aftaler" / "Aftale.docx", folder / ".syncer-copy.json"):
        found = path.stat()
        assert synced[found.st_ino] == found.st_size > 0


def test_a_failed_download_leaves_nothing(copy: DocumentCopy, folder: Path) -> None:
    """An error inside the block removes the part file and keeps the old document."""
    put(copy, remote("Aftale.docx"), b"gammel")

    def fail() -> None:
        with copy.write(SHARE, remote("Aftale.docx", etag="2"), NOW) as new:
            new.content.write(b"halv")
            raise ValueError("en fejl")

    with pytest.raises(ValueError, match="en fejl"):
        fail()
    assert files_of(folder) == {"nextcloud-aftaler/Aftale.docx": b"gammel"}
    assert not list(folder.rglob("*.part"))


def test_the_index_is_written_only_when_it_differs(copy: DocumentCopy, folder: Path) -> None:
    """The same bytes leave the file as it is."""
    copy.write_file("index.html", b"<p>")
    before = (folder / "index.html").stat().st_ino
    copy.write_file("index.html", b"<p>")
    assert (folder / "index.html").stat().st_ino == before
    copy.write_file("index.html", b"<p>mere")
    assert (folder / "index.html").read_bytes() == b"<p>mere"


def test_a_copied_document_is_recorded_whole(copy: DocumentCopy, folder: Path) -> None:
    """With what proves that neither the remote nor the local file has changed."""
    put(copy, remote("A/Aftale.docx"))
    written = (folder / "nextcloud-aftaler/A/Aftale.docx").stat()
    assert copy.list_files(SHARE) == {
        "A/Aftale.docx": CopiedFile(
            "A/Aftale.docx", 7, '"1"', len(b"indhold"), written.st_mtime_ns, NOW
        )
    }
    assert copy.list_files("boks.example.dk/Ukendt") == {}
    assert copy.get("boks.example.dk/Ukendt", "A/Aftale.docx") is None
    undated = replace(remote("B.docx"), modified_at=None)
    put(copy, undated)
    assert copy.find(SHARE, undated) is not None


@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        ({}, True),
        ({"size_bytes": None}, True),
        ({"size_bytes": 8}, False),
        ({"etag": None}, False),
        ({"etag": '"2"'}, False),
    ],
)
def test_what_has_no_etag_is_fetched_again(
    change: dict[str, Any], is_same: bool, copy: DocumentCopy
) -> None:
    """A size that the server does not tell contradicts nothing."""
    put(copy, remote("Aftale.docx"))
    file = replace(remote("Aftale.docx"), **change)
    assert (copy.find(SHARE, file) is not None) is is_same


def put_beside(copy: DocumentCopy, path: str, etag: str, content: bytes) -> None:
    """Write a version that does not open beside a document."""
    before = copy.get(SHARE, path)
    assert before is not None
    with copy.write(SHARE, remote(path, etag=etag), NOW) as new:
        new.content.write(content)
        new.put_beside(before, day=DAY)


def test_of_refused_versions_the_newest_lies_beside(copy: DocumentCopy, folder: Path) -> None:
    """The ones before it are kept with what was removed, and all go with their document."""
    put(copy, remote("A/Aftale.docx"), b"god")
    put_beside(copy, "A/Aftale.docx", "2", b"<html>1")
    put_beside(copy, "A/Aftale.docx", "3", b"<html>2")
    removed = f".removed/{DAY}/nextcloud-aftaler/A"
    assert files_of(folder) == {
        "nextcloud-aftaler/A/Aftale.docx": b"god",
        "nextcloud-aftaler/A/Aftale.new.docx": b"<html>2",
        f"{removed}/Aftale.new.docx": b"<html>1",
    }
    known = copy.get(SHARE, "A/Aftale.docx")
    assert known is not None
    assert (known.etag, known.refused, known.refused_local) == (
        '"1"', '"3"', "A/Aftale.new.docx",
    )  # fmt: skip
    assert copy.find(SHARE, remote("A/Aftale.docx", etag="2")) is None
    copy.retire(SHARE, "A/Aftale.docx", DAY)
    kept = files_of(folder)
    assert sorted(kept.values()) == [b"<html>1", b"<html>2", b"god"]
    assert all(name.startswith(f"{removed}/") for name in kept)


@pytest.mark.parametrize(
    ("path", "beside"),
    [("A/Aftale.docx", "A/Aftale.new.docx"), ("A/Aftale", "A/Aftale.new"), ("x.y.z", "x.y.new.z")],
)
def test_a_refused_version_is_named_after_its_document(
    path: str, beside: str, copy: DocumentCopy
) -> None:
    """In its folder, with its ending."""
    put(copy, remote(path))
    assert copy.choose_beside(SHARE, path) == beside
    assert copy.choose_beside(SHARE, path) == beside


def test_what_another_run_wrote_keeps_its_place(copy: DocumentCopy, folder: Path) -> None:
    """A document, a refused version and a folder: none is given to another document."""
    put(copy, remote("A/Aftale.docx"), b"en")
    put_beside(copy, "A/Aftale.docx", "2", b"<html>")
    copy.save()
    with open_copy(folder, writes=False) as again:
        assert again.choose_place(SHARE, "A/Aftale.docx") == "A/Aftale.docx"
        assert again.choose_beside(SHARE, "A/Aftale.docx") == "A/Aftale.new.docx"
        for path in ("a/AFTALE.docx", "A/Aftale.New.docx", "a"):
            assert again.choose_place(SHARE, path).casefold() not in (
                "a/aftale.docx", "a/aftale.new.docx", "a",
            )  # fmt: skip


def test_a_copy_of_this_version_is_known_again(folder: Path) -> None:
    """The marker's own number and fields are those that earlier releases wrote."""
    folder.mkdir()
    (folder / ".syncer-copy.json").write_bytes(_mark_place("A/x.docx"))
    with open_copy(folder, writes=True) as opened:
        assert opened.shares == ("a/B",)
        copied = CopiedFile("A/x.docx", 1, "1", 1, 1, NOW)
        assert opened.list_files("a/B") == {"y": copied}
    assert b'"schema":1,' in (folder / ".syncer-copy.json").read_bytes()


def test_a_file_of_our_own_that_cannot_be_written_is_told(copy: DocumentCopy, folder: Path) -> None:
    """Where a folder has its name; nothing half is left."""
    (folder / "index.html").mkdir()
    with pytest.raises(StoreError, match="cannot be written"):
        copy.write_file("index.html", b"<p>")
    assert not list(folder.glob("*.part"))


def test_a_document_that_cannot_be_removed_stays_recorded(copy: DocumentCopy, folder: Path) -> None:
    """Where `.removed` is no folder."""
    put(copy, remote("Aftale.docx"))
    (folder / ".removed").write_bytes(b"")
    with pytest.raises(StoreError):
        copy.retire(SHARE, "Aftale.docx", DAY)
    assert copy.find(SHARE, remote("Aftale.docx")) is not None


def test_a_file_that_somebody_removed_is_retired_all_the_same(
    copy: DocumentCopy, folder: Path
) -> None:
    """There is nothing to keep; the record goes."""
    put(copy, remote("Aftale.docx"))
    (folder / "nextcloud-aftaler/Aftale.docx").unlink()
    copy.retire(SHARE, "Aftale.docx", DAY)
    assert copy.list_files(SHARE) == {}


def test_a_document_that_moved_keeps_its_old_place_until_it_is_retired(
    copy: DocumentCopy, folder: Path
) -> None:
    """And the time at which it was fetched."""
    put(copy, remote("Aftale.docx"))
    old = copy.get(SHARE, "Aftale.docx")
    assert old is not None
    earlier = replace(old, copied_at=datetime(2026, 11, 1, tzinfo=UTC))
    copy.adopt(SHARE, remote("Ny.docx"), earlier)
    new = copy.get(SHARE, "Ny.docx")
    assert new is not None
    assert (new.local, new.copied_at) == ("Ny.docx", earlier.copied_at)
    assert copy.get(SHARE, "Aftale.docx") == old
    assert sorted(files_of(folder / "nextcloud-aftaler")) == ["Aftale.docx", "Ny.docx"]


def test_the_start_of_a_file_of_ours_is_a_kilobyte(copy: DocumentCopy, folder: Path) -> None:
    """Nothing for one that is missing or a link."""
    (folder / "index.html").write_bytes(b"x" * 1_025)
    (folder / "link").symlink_to(folder / "index.html")
    assert copy.read_start("index.html") == b"x" * 1_024
    assert copy.read_start("none") == copy.read_start("link") == b""


def test_a_copy_that_is_only_read_is_not_made(folder: Path) -> None:
    """It is empty, and neither a folder nor a lock comes of it."""
    with open_copy(folder, writes=False) as opened:
        assert opened.shares == ()
    assert not folder.exists()


def test_removed_documents_behind_a_link_are_left_alone(copy: DocumentCopy, folder: Path) -> None:
    """Of all removed ones, and of a day."""
    outside = folder.parent / "ude"
    (outside / "2026-01-01").mkdir(parents=True)
    (folder / ".removed").symlink_to(outside)
    copy.purge(DAY)
    (folder / ".removed").unlink()
    (folder / ".removed").mkdir()
    (folder / ".removed" / "2026-01-01").symlink_to(outside / "2026-01-01")
    copy.purge(DAY)
    assert (outside / "2026-01-01").is_dir()
    assert (folder / ".removed" / "2026-01-01").is_symlink()


def test_a_place_that_is_taken_gets_a_mark(copy: DocumentCopy) -> None:
    """A refused version stays in the folder of its document, with a name like it."""
    put(copy, remote("A/Aftale.docx"))
    put(copy, remote("A/Aftale.new.docx", file_id=9))
    marked = mark_name("Aftale.new.docx", "A/Aftale.docx")
    assert copy.choose_beside(SHARE, "A/Aftale.docx") == f"A/{marked}"
    assert copy.choose_beside(SHARE, "B.docx") == "B.new.docx"
    assert copy.choose_place(SHARE, "B.new.docx") == mark_name("B.new.docx", "B.new.docx")


def test_a_folder_in_the_place_of_a_file_leaves_nothing_open(
    copy: DocumentCopy, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is it taken for the document, kept, or written over."""
    put(copy, remote("a.pdf"))
    place = folder / "nextcloud-aftaler" / "a.pdf"
    place.unlink()
    place.mkdir()
    (folder / "index.html").mkdir()
    before = len(list(Path("/proc/self/fd").iterdir()))
    with pytest.raises(StoreError):
        put(copy, remote("a.pdf", "2"))
    with pytest.raises(OSError, match="directory"), copy.read(SHARE, "a.pdf"):
        pass
    with pytest.raises(StoreError):
        copy.write_file("index.html", b"")
    assert copy.read_start("index.html") == b""
    assert len(list(Path("/proc/self/fd").iterdir())) == before
