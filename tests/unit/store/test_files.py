"""Files are written whole or not at all; one run at a time."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from syncer.errors import RunLocked, StoreError
from syncer.store.files import hold_lock, write_atomically


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
