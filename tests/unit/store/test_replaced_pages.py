"""Pages are replaced together: none before all new ones are written."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path
from typing import Any

import pytest

from syncer.errors import RunLocked, StoreError
from syncer.store.replaced_pages import replace_inside
from tests.unit.store.steps import Steps


def make_pages(root: Path, **contents: bytes) -> None:
    """Write files of a folder `a`, which only the owner may change."""
    (root / "a").mkdir(parents=True)
    for name, content in contents.items():
        (root / "a" / name).write_bytes(content)
        (root / "a" / name).chmod(0o640)


def test_files_are_replaced_together(tmp_path: Path) -> None:
    """Each has its new content and its old rights; nothing else is left."""
    make_pages(tmp_path, x=b"1", y=b"2", z=b"3")
    replace_inside(tmp_path, [("a/x", b"1", b"one"), ("a/y", b"2", b"")])
    found = {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()}
    assert found == {"x": b"one", "y": b"", "z": b"3"}
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "a").iterdir()} == {0o640}


def test_each_step_survives_a_power_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All new pages are on disk before the first has its name."""
    make_pages(tmp_path, x=b"1", y=b"2")
    steps = Steps(tmp_path, monkeypatch)
    replace_inside(tmp_path, [("a/x", b"1", b"one"), ("a/y", b"2", b"two")])
    assert steps.take() == [
        "fsync a/*", "fsync a/*", "rename a/* a/x", "fsync a", "rename a/* a/y", "fsync a",
    ]  # fmt: skip


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    """No page is, since none was begun."""
    gone = tmp_path / "none"
    for changes, more in (
        ([("a/x", b"1", b"one")], ""),
        ([("a/x", b"1", b"one"), ("a/y", b"1", b"one")], " None of the 2 pages was written."),
    ):
        with pytest.raises(StoreError) as caught:
            replace_inside(gone, changes)
        told = "No such file or directory. Check that the folder is writable for this user."
        assert str(caught.value) == f"Cannot write {gone}: {told}{more}"


@pytest.mark.parametrize(
    ("place", "before"),
    [
        ("a/y", b"1"),
        ("a/y", b"22"),
        ("a/y", b""),
        ("a/none", b"2"),
        ("a", b""),
        ("a/link", b"1"),
        ("b/y", b"2"),
    ],
)
def test_one_file_that_is_another_now_keeps_all_as_they_are(
    tmp_path: Path, place: str, before: bytes
) -> None:
    """It changed, grew, went, is a folder, a link, or is reached by a link."""
    make_pages(tmp_path, x=b"1", y=b"2")
    (tmp_path / "a" / "link").symlink_to("x")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(StoreError, match=f"Cannot write .*{place}"):
        replace_inside(tmp_path, [("a/x", b"1", b"one"), (place, before, b"two")])
    assert (tmp_path / "a" / "x").read_bytes() == b"1"
    assert (tmp_path / "a" / "y").read_bytes() == b"2"
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["link", "x", "y"]


@pytest.mark.parametrize("how", ["in place", "by another file", "same length"])
def test_what_somebody_saves_while_a_file_is_written_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """An editor, or a second run, between the last look at the old content and the new."""
    page, saved = tmp_path / "a" / "x", b"2" if how == "same length" else b"saved"
    flush = os.fsync

    def save_meanwhile(handle: int) -> None:
        flush(handle)
        if how == "by another file":
            (tmp_path / "other").write_bytes(saved)
            (tmp_path / "other").replace(page)
        else:
            page.write_bytes(saved)

    make_pages(tmp_path, x=b"1")
    os.utime(page, (1, 1))
    monkeypatch.setattr(os, "fsync", save_meanwhile)
    with pytest.raises(StoreError, match="changed since it was read"):
        replace_inside(tmp_path, [("a/x", b"1", b"one")])
    assert [path.name for path in page.parent.iterdir()] == ["x"]
    assert page.read_bytes() == saved


def test_a_file_with_the_longest_name_is_replaced(tmp_path: Path) -> None:
    """What is written beside it has no longer one."""
    make_pages(tmp_path, **{"x" * 255: b"1"})
    replace_inside(tmp_path, [(f"a/{'x' * 255}", b"1", b"one")])
    assert (tmp_path / "a" / ("x" * 255)).read_bytes() == b"one"


@pytest.mark.parametrize(
    ("failure", "raised", "told"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), StoreError, "Make room on the disk"),
        (KeyboardInterrupt("typed"), KeyboardInterrupt, "typed"),
    ],
    ids=["full", "interrupted"],
)
def test_a_file_that_cannot_take_its_place_leaves_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    failure: BaseException,
    raised: type[BaseException],
    told: str,
) -> None:
    """The old one is whole, and says what to do."""

    def fail(*_: object, **__: object) -> None:
        raise failure

    make_pages(tmp_path, x=b"1")
    monkeypatch.setattr(os, "rename", fail)
    with pytest.raises(raised, match=told):
        replace_inside(tmp_path, [("a/x", b"1", b"one")])
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["x"]
    assert (tmp_path / "a" / "x").read_bytes() == b"1"


def list_names(folder: Path) -> list[str]:
    """Return the names in a folder, sorted."""
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_full_disk_leaves_all_pages_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Whichever of the new pages does not fit any more; nothing is left of the others."""
    make_pages(tmp_path, x=b"1", y=b"2", z=b"3")
    left, flush = iter(range(1, 9)), os.fsync

    def fill(handle: int) -> None:
        if next(left) == number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        flush(handle)

    monkeypatch.setattr(os, "fsync", fill)
    changes = [
        (f"a/{name}", before, b"new")
        for name, before in zip("xyz", (b"1", b"2", b"3"), strict=True)
    ]
    with pytest.raises(
        StoreError, match=r"Make room on the disk\. None of the 3 pages was written"
    ):
        replace_inside(tmp_path, changes)
    assert {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()} == {
        "x": b"1", "y": b"2", "z": b"3",
    }  # fmt: skip


def test_a_failure_half_way_says_what_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that is saved after the first was replaced: the first is new, the others as before."""
    make_pages(tmp_path, x=b"1", y=b"2", z=b"3")
    rename = os.rename

    def save_the_second(*given: Any, **more: Any) -> None:
        rename(*given, **more)
        (tmp_path / "a" / "y").write_bytes(b"saved")

    monkeypatch.setattr(os, "rename", save_the_second)
    changes = [("a/x", b"1", b"one"), ("a/y", b"2", b"two"), ("a/z", b"3", b"three")]
    told = r"Cannot write .*/a/y: The file changed .* Written: a/x\. Not written: a/y, a/z\. "
    with pytest.raises(StoreError, match=told):
        replace_inside(tmp_path, changes)
    assert (tmp_path / "a" / "x").read_bytes() == b"one"
    assert (tmp_path / "a" / "z").read_bytes() == b"3"
    assert list_names(tmp_path / "a") == ["x", "y", "z"]


def test_a_write_protected_page_is_refused(tmp_path: Path) -> None:
    """Also when its folder would allow to replace it, and also for root: editors refuse it too."""
    make_pages(tmp_path, x=b"1", y=b"2")
    (tmp_path / "a" / "y").chmod(0o444)
    with pytest.raises(StoreError, match=r"a/y: It is write-protected\. Make it writable"):
        replace_inside(tmp_path, [("a/x", b"1", b"one"), ("a/y", b"2", b"two")])
    assert (tmp_path / "a" / "x").read_bytes() == b"1"
    assert list_names(tmp_path / "a") == ["x", "y"]


def test_the_page_of_another_user_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its mode may allow its owner what it does not allow this user."""
    make_pages(tmp_path, x=b"1")
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    with pytest.raises(StoreError, match="write-protected"):
        replace_inside(tmp_path, [("a/x", b"1", b"one")])


def test_a_page_with_two_names_is_replaced_under_one(tmp_path: Path) -> None:
    """As git does it: what else has the content, as a backup, keeps it."""
    make_pages(tmp_path, x=b"1")
    os.link(tmp_path / "a" / "x", tmp_path / "backup")
    replace_inside(tmp_path, [("a/x", b"1", b"one")])
    assert (tmp_path / "a" / "x").read_bytes() == b"one"
    assert (tmp_path / "backup").read_bytes() == b"1"


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    """Anywhere in the handbook, but for the repository's own folder and names that are not ours."""
    make_pages(tmp_path, x=b"1")
    for folder in (".git", "b", "b/c"):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / ".syncer-0123456789abcdef.part").write_bytes(b"half")
    (tmp_path / "b" / ".syncer-notes.part").write_bytes(b"mine")
    replace_inside(tmp_path, [])
    assert list_names(tmp_path / "b") == [".syncer-notes.part", "c"]
    assert list_names(tmp_path / "b" / "c") == []
    assert list_names(tmp_path / ".git") == [".syncer-0123456789abcdef.part"]


def test_two_runs_do_not_write_the_same_pages(tmp_path: Path) -> None:
    """The second one would remove what the first has prepared."""
    make_pages(tmp_path, x=b"1")
    first = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(first, fcntl.LOCK_EX)
    with pytest.raises(RunLocked, match="Another run writes the pages"):
        replace_inside(tmp_path, [("a/x", b"1", b"one")])
    os.close(first)


def test_a_drive_without_locks_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As NFS refuses one on a folder; the parts of a run that may be running stay."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))

    make_pages(tmp_path, x=b"1")
    (tmp_path / ".syncer-0123456789abcdef.part").write_bytes(b"half")
    monkeypatch.setattr(fcntl, "flock", refuse)
    replace_inside(tmp_path, [("a/x", b"1", b"one")])
    assert (tmp_path / "a" / "x").read_bytes() == b"one"
    assert list_names(tmp_path) == [".syncer-0123456789abcdef.part", "a"]
