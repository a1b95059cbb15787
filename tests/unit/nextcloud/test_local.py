"""A folder on disk is the same tree as over WebDAV, but for ids and etags."""

from __future__ import annotations

import os
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest

from syncer.model.shares import ListingKind, RemoteFile, RemoteFolder, ShareKind, ShareStatus
from syncer.nextcloud import local
from syncer.nextcloud.local import read_local_share

MOMENT = datetime(2026, 11, 23, 3, 0, 36, tzinfo=UTC)


def write(folder: Path, path: str, content: bytes = b"indhold") -> Path:
    """Write a file with a known time."""
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    os.utime(place, (MOMENT.timestamp() + 0.7,) * 2)
    return place


def test_a_tree(tmp_path: Path) -> None:
    """Files with size and time to the second, folders, sorted, NFC, hidden ones too."""
    write(tmp_path, "Mappe/b.txt")
    write(tmp_path, unicodedata.normalize("NFD", "Årsmøde/æøå.txt"), b"")
    write(tmp_path, ".skjult")
    write(tmp_path, ".sync_abc.db")
    (tmp_path / "Tom").mkdir()
    share = read_local_share("boks.example.dk/T", tmp_path)
    assert (share.kind, share.status, share.listing) == (
        ShareKind.LOCAL,
        ShareStatus.OK,
        ListingKind.LOCAL,
    )
    assert share.listed
    assert (share.requests, share.base_url, share.endpoint) == (0, "", None)
    assert share.tree is not None
    assert share.tree.files == (
        RemoteFile(".skjult", 7, MOMENT),
        RemoteFile("Mappe/b.txt", 7, MOMENT),
        RemoteFile("Årsmøde/æøå.txt", 0, MOMENT),
    )
    assert [folder.path for folder in share.tree.folders] == ["", "Mappe", "Tom", "Årsmøde"]
    assert share.tree.folders[0] == RemoteFolder("")


def test_links_are_not_followed(tmp_path: Path) -> None:
    """What a symbolic link points to is not in the share, and no loop is possible."""
    outside = write(tmp_path / "ude", "hemmelig.txt")
    inside = tmp_path / "inde"
    inside.mkdir()
    (inside / "fil").symlink_to(outside)
    (inside / "mappe").symlink_to(outside.parent)
    (inside / "ring").symlink_to(inside)
    share = read_local_share("h/T", inside)
    assert share.tree is not None
    assert share.tree.files == ()
    assert [folder.path for folder in share.tree.folders] == [""]
    assert share.listed


def test_a_folder_that_cannot_be_read_is_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its sisters are listed, and nothing is denied."""
    write(tmp_path, "A/a.txt")
    write(tmp_path, "B/b.txt")
    scandir = os.scandir

    def refuse(place: str) -> object:
        if place.endswith("A"):
            raise PermissionError(13, "Permission denied", place)
        return scandir(place)

    monkeypatch.setattr("syncer.nextcloud.local.os.scandir", refuse)
    share = read_local_share("h/T", tmp_path)
    assert share.tree is not None
    assert [file.path for file in share.tree.files] == ["B/b.txt"]
    (unread,) = share.tree.unread
    assert (unread.path, unread.reason.code) == ("A", "local-unreadable")
    assert unread.reason.args == {"error": "Permission denied"}
    assert not share.listed


def test_a_name_that_is_not_utf8_makes_its_folder_unread(tmp_path: Path) -> None:
    """Such a name cannot be said, so the folder is not known to the end."""
    write(tmp_path, "A/a.txt")
    (Path(os.fsdecode(os.fsencode(tmp_path / "A") + b"/\xff.txt"))).write_bytes(b"")
    share = read_local_share("h/T", tmp_path)
    assert share.tree is not None
    assert [(each.path, each.reason.code) for each in share.tree.unread] == [
        ("A", "local-name-not-utf8")
    ]


def test_names_that_differ_in_form_alone(tmp_path: Path) -> None:
    """Of two such folders one was not read, and that is told."""
    for form in ("NFC", "NFD"):
        write(tmp_path, unicodedata.normalize(form, "Å/å.txt"))
    share = read_local_share("h/T", tmp_path)
    assert share.tree is not None
    assert [file.path for file in share.tree.files] == ["Å/å.txt"]
    assert [each.reason.code for each in share.tree.unread] == ["folder-names-collide"]


@pytest.mark.parametrize(
    ("limit", "value", "code"),
    [("MAX_DEPTH", 2, "folder-too-deep"), ("MAX_ENTRIES", 1, "share-too-big")],
)
def test_limits(
    limit: str, value: int, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond a limit folders are unread, with the reason."""
    monkeypatch.setattr(f"syncer.nextcloud.local.{limit}", value)
    write(tmp_path, "A/B/C/c.txt")
    share = read_local_share("h/T", tmp_path)
    assert share.tree is not None
    assert {each.reason.code for each in share.tree.unread} == {code}


def test_a_time_that_is_nonsense_is_unknown() -> None:
    """A time far outside any calendar, as a network disk may tell it, is unknown."""
    assert local._read_time(os.stat_result((0,) * 8 + (1 << 60, 0))) is None


def test_a_single_file(tmp_path: Path) -> None:
    """A file stands for a share of a single file."""
    share = read_local_share("h/T", write(tmp_path, "a.txt"))
    assert share.tree is not None
    assert share.tree.single_file
    assert share.tree.files == (RemoteFile("a.txt", 7, MOMENT),)
    assert share.name == "a.txt"


def test_no_such_folder(tmp_path: Path) -> None:
    """It is unreadable, and nothing follows from it."""
    share = read_local_share("h/T", tmp_path / "væk")
    assert (share.status, share.tree) == (ShareStatus.UNREADABLE, None)
    assert share.reason is not None
    assert share.reason.code == "local-unreadable"


def test_a_root_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The share is unreadable: "no files" would be a claim."""

    def refuse(place: str) -> object:
        raise PermissionError(13, "Permission denied", place)

    monkeypatch.setattr("syncer.nextcloud.local.os.scandir", refuse)
    share = read_local_share("h/T", tmp_path)
    assert (share.status, share.tree) == (ShareStatus.UNREADABLE, None)
    assert share.reason is not None
    assert share.reason.code == "local-unreadable"


def test_what_is_in_a_tree_is_in_the_order_of_paths(tmp_path: Path) -> None:
    """Whatever folder was read first."""
    for name in ("b.txt", "a/z.txt", "c/a.txt", "a/d/x.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    tree = read_local_share("local/x", tmp_path).tree
    assert tree is not None
    assert [file.path for file in tree.files] == ["a/d/x.txt", "a/z.txt", "b.txt", "c/a.txt"]
    assert [folder.path for folder in tree.folders] == ["", "a", "a/d", "c"]
