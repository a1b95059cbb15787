"""Files are written whole or not at all; one run at a time."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from syncer.errors import RunLocked, StoreError
from syncer.store import files
from syncer.store.files import hold_lock, write_atomically
from syncer.store.open_folders import link_or_copy, list_above, open_below


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    """Missing folders are made, and no temporary file is left."""
    path = tmp_path / "a" / "b" / "status.json"
    write_atomically(path, b"{}")
    assert path.read_bytes() == b"{}"
    assert path.stat().st_mode & 0o777 == 0o644
    assert [item.name for item in path.parent.iterdir()] == ["status.json"]


def test_what_stood_there_survives_a_failure(tmp_path: Path) -> None:
    """When the new content cannot take its place the old one is untouched, nothing is left."""
    path = tmp_path / "status.json"
    path.mkdir()
    (path / "inside").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match=r"Cannot write .*status\.json"):
        write_atomically(path, b"{}")
    assert [item.name for item in tmp_path.iterdir()] == ["status.json"]


def test_a_failure_to_clean_up_hides_no_failure_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk that refuses the new name refuses the removal too; the first is the one to tell."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(Path, "replace", fail)
    monkeypatch.setattr(Path, "unlink", fail)
    with pytest.raises(StoreError, match=r"Cannot write .*status\.json: Input/output error"):
        write_atomically(tmp_path / "status.json", b"{}")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file where a folder should be is a `StoreError`, for files and for the lock."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="Cannot write"):
        write_atomically(tmp_path / "file" / "status.json", b"{}")
    with (
        pytest.raises(StoreError, match="lock file"),
        hold_lock(tmp_path / "file", wait=False, sleep=lambda _: None),
    ):
        pass


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.ENOSPC, "Make room on the disk."),
        (errno.EROFS, "It is mounted read-only: name another place"),
        (errno.EACCES, "Check that the folder is writable for this user."),
    ],
)
def test_the_next_step_fits_what_went_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, advice: str
) -> None:
    """A full disk is not a matter of rights."""

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("tempfile.mkstemp", fail)
    with pytest.raises(StoreError, match=advice):
        write_atomically(tmp_path / "status.json", b"{}")


def test_a_name_that_cannot_be_a_files_is_told(tmp_path: Path) -> None:
    """A folder, a path below a file, and a name that is too long: each says what to name."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    for path, advice in (
        (tmp_path / "file" / "below" / "x", f"{tmp_path / 'file'} is a file and no folder"),
        (tmp_path / "folder", "That is a folder: name a file"),
        (tmp_path / ("x" * 300), "Choose a shorter name"),
    ):
        with pytest.raises(StoreError, match=advice):
            write_atomically(path, b"{}")


HOLDER = """
import sys, time
from pathlib import Path
from syncer.store.files import hold_lock
with hold_lock(Path(sys.argv[1]), wait=False, sleep=time.sleep):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_run_is_refused_until_the_first_is_gone(tmp_path: Path) -> None:
    """The lock holds between processes, tells who has it, and dies with its process."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with (
            pytest.raises(RunLocked, match=f"process {holder.pid}"),
            hold_lock(tmp_path, wait=False, sleep=lambda _: None),
        ):
            pass
        naps: list[float] = []

        def kill_holder(seconds: float) -> None:
            naps.append(seconds)
            holder.kill()
            holder.wait()

        sentences: list[str] = []
        with hold_lock(tmp_path, wait=True, sleep=kill_holder, on_wait=sentences.append):
            assert naps == [1.0]
        (sentence,) = sentences
        assert f"process {holder.pid}" in sentence


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.EISDIR, "That is a folder: name a file."),
        (errno.ENOSPC, "Make room on the disk."),
        (errno.EDQUOT, "Make room on the disk."),
        (errno.EROFS, "It is mounted read-only: name another place"),
        (errno.ENAMETOOLONG, "Choose a shorter name."),
        (errno.EBUSY, "Run the command again."),
        (errno.ELOOP, "Remove it, or name another place."),
        (errno.EINVAL, "Remove it, or name another place."),
        (errno.EACCES, "Check that the folder is writable for this user."),
        (errno.EIO, "Check that the folder is writable for this user."),
    ],
)
def test_each_failure_has_its_next_step(tmp_path: Path, number: int, advice: str) -> None:
    """By what the system says."""
    error = OSError(number, os.strerror(number))
    assert files.advise(tmp_path / "x", error).startswith(advice)


@pytest.mark.parametrize("number", [errno.EEXIST, errno.ENOTDIR])
def test_a_file_in_the_way_of_a_folder_is_named(tmp_path: Path, number: int) -> None:
    """The one that is there, however many folders below it were asked for."""
    (tmp_path / "file").write_bytes(b"")
    error = OSError(number, os.strerror(number))
    advice = files.advise(tmp_path / "file" / "a" / "x", error)
    assert advice == f"{tmp_path / 'file'} is a file and no folder: name another place."


def test_a_file_of_the_state_is_a_file(tmp_path: Path) -> None:
    """A link, a folder and a FIFO are none, and the last does not make the run wait."""
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "fifo")
    assert files.read_state_file(tmp_path / "file") == b"x"
    for name in ("link", "folder", "fifo", "none"):
        with pytest.raises(OSError, match=name):
            files.read_state_file(tmp_path / name)


@pytest.mark.parametrize(("size", "is_read"), [(4, True), (5, False)])
def test_a_file_of_the_state_is_no_larger_than_any_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, is_read: bool
) -> None:
    """One that is, is not read."""
    monkeypatch.setattr(files, "MAX_STATE_FILE_BYTES", 4)
    (tmp_path / "file").write_bytes(b'"xx"'.ljust(size))
    assert files.read_state_record(tmp_path / "file", str) == ("xx" if is_read else None)


def test_only_our_own_partial_files_are_swept(tmp_path: Path) -> None:
    """Hidden ones that end so; what cannot be removed is passed over."""
    names = (".a.1.part", ".b.part", "c.part", ".d", ".part.e")
    for name in names:
        (tmp_path / name).write_bytes(b"")
    (tmp_path / ".folder.part").mkdir()
    files.sweep_parts(tmp_path)
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == [".d", ".folder.part", ".part.e", "c.part"]
    files.sweep_parts(tmp_path / "none")


def test_a_waiting_that_was_stopped_ends(tmp_path: Path) -> None:
    """After the nap in which it was; the lock is still the other's."""
    stop = threading.Event()
    naps: list[float] = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        stop.set()

    with (
        hold_lock(tmp_path, wait=False, sleep=naps.append),
        pytest.raises(RunLocked, match=rf"process {os.getpid()}.*stopped"),
        hold_lock(tmp_path, wait=True, sleep=nap, stop=stop),
    ):
        pass
    assert naps == [1.0]


@pytest.mark.parametrize("links", [True, False])
def test_a_file_gets_a_second_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    """Where there are no hard links it is copied; one that is missing is neither."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    (tmp_path / "a").write_bytes(b"x")
    if not links:
        monkeypatch.setattr(os, "link", refuse)
    folder = os.open(tmp_path, os.O_RDONLY)
    try:
        link_or_copy("a", folder, "b", folder)
        with pytest.raises(FileNotFoundError):
            link_or_copy("none", folder, "c", folder)
    finally:
        os.close(folder)
    assert (tmp_path / "b").read_bytes() == b"x"
    assert (tmp_path / "a").stat().st_nlink == (2 if links else 1)
    assert not (tmp_path / "c").exists()


def test_a_folder_is_reached_through_no_link(tmp_path: Path) -> None:
    """Each part is a folder; missing ones are made only where that is asked for."""
    (tmp_path / "link").symlink_to(tmp_path)
    root = os.open(tmp_path, os.O_RDONLY)
    try:
        with open_below(root, ("a", "b"), create=True) as below:
            assert os.path.samestat(os.fstat(below), (tmp_path / "a" / "b").stat())
        for parts, create in ((("link",), True), (("a", "none"), False)):
            with pytest.raises(OSError, match=parts[-1]), open_below(root, parts, create=create):
                pass
    finally:
        os.close(root)
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["b"]
    assert list_above("a/b/c") == ["a", "a/b"]


def test_a_target_that_a_person_names_keeps_what_it_is(tmp_path: Path) -> None:
    """Of a link the file behind it is replaced; a pipe and a device are written into."""
    target, link, pipe = (tmp_path / name for name in ("fil", "link", "pipe"))
    target.write_bytes(b"gammel og laengere")
    before = target.stat().st_ino
    link.symlink_to("fil")
    files.write_output(link, b"ny")
    assert (link.is_symlink(), target.read_bytes()) == (True, b"ny")
    assert target.stat().st_ino != before
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    files.write_output(pipe, b"linje")
    assert os.read(reader, 99) == b"linje"
    os.close(reader)
    reader, writer = os.pipe2(os.O_NONBLOCK)
    files.write_output(Path(f"/dev/fd/{writer}"), b"x")
    assert os.read(reader, 99) == b"x"
    os.close(reader)
    os.close(writer)
    files.write_output(tmp_path / "a" / "ny", b"y")
    assert (tmp_path / "a" / "ny").read_bytes() == b"y"
    (tmp_path / "ring").symlink_to("ring")
    with pytest.raises(StoreError, match=r"Cannot write .*ring: .* Remove it, or name another"):
        files.write_output(tmp_path / "ring", b"z")


def test_a_refused_run_says_who_has_the_lock(tmp_path: Path) -> None:
    """And what to do; of one that has written nothing yet the file alone."""
    whose = f"Another run holds {tmp_path / 'run.lock'}"
    with hold_lock(tmp_path, wait=False, sleep=lambda _: None):
        with pytest.raises(RunLocked) as raised, hold_lock(tmp_path, wait=False, sleep=print):
            pass
        pid = os.getpid()
        assert str(raised.value) == (f"{whose} (process {pid}). Wait for it to end, or use --wait.")
        os.truncate(tmp_path / "run.lock", 0)
        with pytest.raises(RunLocked) as raised, hold_lock(tmp_path, wait=False, sleep=print):
            pass
        assert str(raised.value) == f"{whose}. Wait for it to end, or use --wait."
    (tmp_path / "run.lock").write_text("99999999 or more\n")
    with hold_lock(tmp_path, wait=False, sleep=print):
        assert (tmp_path / "run.lock").read_text() == f"{pid}\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_root_gives_back_what_it_wrote(tmp_path: Path) -> None:
    """To the owner of the folder: not what is another's, linked elsewhere, or behind a link."""
    folder, other = tmp_path / "folder", tmp_path / "other"
    (folder / "below").mkdir(parents=True)
    other.write_bytes(b"x")
    for name in ("a", "below/b", "others"):
        (folder / name).write_bytes(b"x")
    os.chown(folder / "others", 4_321, 4_321)
    os.link(other, folder / "twice")
    (folder / "link").symlink_to(other)
    files.give_back(folder)
    assert (folder / "a").stat().st_uid == 0
    os.chown(folder, 1_234, 2_345)
    files.give_back(folder)
    owners = {
        str(path.relative_to(folder)): (path.lstat().st_uid, path.lstat().st_gid)
        for path in folder.rglob("*")
    }
    ours = (1_234, 2_345)
    assert owners == {
        "a": ours, "below": ours, "below/b": ours, "link": ours, "others": (4_321, 4_321),
        "twice": (0, 0),
    }  # fmt: skip
    assert other.stat().st_uid == 0
    files.give_back(tmp_path / "none")


def test_a_pipe_in_the_place_of_a_folder_is_waited_for_by_nobody(tmp_path: Path) -> None:
    """It is no folder, whoever writes into it."""
    os.mkfifo(tmp_path / "pipe")
    root, writer = os.open(tmp_path, os.O_DIRECTORY), os.open(tmp_path / "pipe", os.O_RDWR)
    with pytest.raises(NotADirectoryError), open_below(root, ["pipe"], create=False):
        pass
    os.close(writer)
    os.close(root)
