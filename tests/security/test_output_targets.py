"""Outputs: devices, FIFOs and links stay what they are."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from syncer.errors import StoreError
from syncer.store.files import write_output

Syncer = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    """Return a handbook with one page."""
    (tmp_path / "handbook").mkdir()
    page = tmp_path / "handbook" / "page.md"
    page.write_text("---\n---\n# Side\n\n[her](page.html)\n", encoding="utf-8")
    return tmp_path / "handbook"


@pytest.fixture
def audit(syncer: Syncer, handbook: Path) -> Syncer:
    """Return a function that audits with more options."""
    return lambda *more, **options: syncer("audit", "--offline", handbook, *more, **options)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root could replace a device")
def test_a_device_stays_a_device(tmp_path: Path, audit: Syncer) -> None:
    """As root, by its own name and by a link to it."""
    device = tmp_path / "null"
    os.mknod(device, 0o666 | stat.S_IFCHR, os.makedev(1, 3))
    (tmp_path / "link").symlink_to(device)
    for target in (device, tmp_path / "link"):
        write_output(target, b"x")
    assert audit("--format", "json:/dev/null").returncode == 0
    for target in (device, tmp_path / "link", Path("/dev/null")):
        assert stat.S_ISCHR(target.stat().st_mode)
    assert (tmp_path / "link").is_symlink()


@pytest.mark.parametrize("name", ["fifo", "link"])
def test_a_fifo_gets_the_result(tmp_path: Path, name: str) -> None:
    """It is written into, and its reader gets everything."""
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "link").symlink_to("fifo")
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "fifo").read_bytes()))
    reader.start()
    write_output(tmp_path / name, b"x" * 100_000)
    reader.join(30)
    assert read == [b"x" * 100_000]
    assert stat.S_ISFIFO((tmp_path / "fifo").stat().st_mode)


def test_a_full_device_is_named() -> None:
    """The next step is about the disk, not about the folder's rights."""
    with pytest.raises(StoreError, match=r"/dev/full: No space left on device\. Make room"):
        write_output(Path("/dev/full"), b"x")


@pytest.mark.parametrize("there", ["{tmp}/reports/a.json", "reports/a.json", "other"])
def test_a_link_stays_a_link(tmp_path: Path, there: str) -> None:
    """Its target is replaced, also where there is none yet; a reader never sees a part."""
    (tmp_path / "reports").mkdir()
    (tmp_path / "other").symlink_to("reports/a.json")
    target, link = tmp_path / "reports" / "a.json", tmp_path / "link"
    link.symlink_to(there.format(tmp=tmp_path))
    write_output(link, b"first")
    before = target.stat().st_ino
    with target.open("rb") as opened:
        write_output(link, b"second")
        assert opened.read() == b"first"
    assert (link.is_symlink(), target.read_bytes()) == (True, b"second")
    assert (target.is_symlink(), target.stat().st_ino == before) == (False, False)
    assert [path.name for path in (tmp_path / "reports").iterdir()] == ["a.json"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a link to somebody else")
def test_a_strangers_link_in_a_shared_folder_is_not_followed(tmp_path: Path) -> None:
    """As the kernel does it: in /tmp anybody may leave a link by the name of our report."""
    shared, precious = tmp_path / "shared", tmp_path / "precious"
    shared.mkdir()
    shared.chmod(0o1777)
    precious.write_text("precious", encoding="utf-8")
    (shared / "report.json").symlink_to(precious)
    os.chown(shared / "report.json", 65534, 65534, follow_symlinks=False)
    with pytest.raises(StoreError, match="another user's symbolic link"):
        write_output(shared / "report.json", b"{}")
    assert precious.read_text("utf-8") == "precious"
    os.chown(shared / "report.json", os.geteuid(), -1, follow_symlinks=False)
    write_output(shared / "report.json", b"{}")
    assert precious.read_text("utf-8") == "{}"


@pytest.mark.parametrize(
    "more",
    [
        ("--format", "json", "-o", "-"),
        ("--format", "json", "--output", "-"),
        ("--format", "json:-", "-o", "report.html", "--format", "html"),
        ("--format", "json:/dev/stdout"),
    ],
)
def test_a_dash_is_stdout(audit: Syncer, more: tuple[str, ...]) -> None:
    """The manifest and nothing else."""
    done = audit(*more)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["schema_version"]


def test_stdout_in_a_file_stays_that_file(tmp_path: Path, handbook: Path) -> None:
    """`/dev/stdout` leads to a regular file here, which others hold open: it is not replaced."""
    with (tmp_path / "out").open("wb") as out:
        subprocess.run(
            [sys.executable, "-m", "syncer", "audit", "--offline", str(handbook), "--no-config",
             "--format", "json:/dev/stdout"],
            stdout=out, check=True, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert os.fstat(out.fileno()).st_nlink == 1
    assert json.loads((tmp_path / "out").read_text("utf-8"))["schema_version"]


def test_two_formats_cannot_both_be_stdout(audit: Syncer) -> None:
    """One explicitly, one because it has no file."""
    done = audit("--format", "json:-", "--format", "html")
    assert done.returncode == 2
    assert "same place" in done.stderr


@pytest.mark.parametrize("other", ["./a.json", "link/../a.json", "link.json", "hard.json"])
@pytest.mark.parametrize("there", [False, True])
def test_two_names_of_one_place(audit: Syncer, tmp_path: Path, other: str, *, there: bool) -> None:
    """Another spelling, a link to it, and a second name of the same file."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "link").symlink_to(".")
    (folder / "link.json").symlink_to("a.json")
    if there or other == "hard.json":
        (folder / "a.json").touch()
        (folder / "hard.json").hardlink_to(folder / "a.json")
    place = other.replace("link/../", f"link/../{folder.name}/")
    done = audit("--format", "json:a.json", "--format", f"sarif:{place}", cwd=folder)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "same place" in done.stderr


def test_stdout_by_two_names(tmp_path: Path, handbook: Path) -> None:
    """One format to stdout, which is a file, and one to that file."""
    with (tmp_path / "out").open("wb") as out:
        done = subprocess.run(
            [sys.executable, "-m", "syncer", "audit", "--offline", str(handbook), "--no-config",
             "--format", "json", "--format", f"sarif:{tmp_path / 'out'}"],
            stdout=out, check=False, stderr=subprocess.PIPE,
        )  # fmt: skip
    assert done.returncode == 2
    assert b"same place" in done.stderr


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("handbook/page.md", "page or the settings of the handbook"),
        ("handbook/./.syncer.toml", "page or the settings of the handbook"),
        ("handbook/_config.yml", "page or the settings of the handbook"),
        ("link.md", "page or the settings of the handbook"),
        ("settings.toml", "the settings file"),
        ("hard.toml", "the settings file"),
        ("state/state.sqlite3", "a file of the state"),
        ("state/state.sqlite3-wal", "a file of the state"),
        ("state/handbooks/x/page.md", "a file of the state"),
        ("state/reports/status.json", "a file of the state"),
        ("state/reports/runs/x.json", "a file of the state"),
        ("kode", "a file that the settings name"),
        ("ca.pem", "a file that the settings name"),
        ("boks/A/plan.docx", "in the local copy of a share"),
        ("kopi/boks/plan.docx", "in the copy of the documents"),
        ("kopi/.syncer-copy.json", "in the copy of the documents"),
    ],
)
def test_what_an_audit_reads_is_not_replaced(
    syncer: Syncer, handbook: Path, tmp_path: Path, target: str, told: str
) -> None:
    """A mistyped target ends with one line, before anything runs, and the file is as it was."""
    there = ("handbook/.syncer.toml", "handbook/_config.yml", "state/state.sqlite3", "boks/x")
    for name in (*there, target):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    settings = tmp_path / "settings.toml"
    (tmp_path / "kode").write_text("hemmelig", encoding="utf-8")
    settings.write_text(
        f'[state]\nfolder = "{tmp_path / "state"}"\n[documents]\ncopy = "kopi"\n[[nextcloud]]\n'
        'host = "x.dk"\nuser = "a"\napp_password_file = "kode"\nca_file = "ca.pem"\n',
        encoding="utf-8",
    )
    (tmp_path / "kode").chmod(0o600)
    (tmp_path / "ca.pem").touch()
    (tmp_path / "hard.toml").unlink(missing_ok=True)
    (tmp_path / "hard.toml").hardlink_to(settings)
    (tmp_path / "link.md").unlink(missing_ok=True)
    (tmp_path / "link.md").symlink_to(handbook / "page.md")
    before = (tmp_path / target).read_bytes()
    for place in (("--format", f"markdown:{tmp_path / target}"), ("-o", tmp_path / target)):
        shares = ("--share-folder", f"A={tmp_path / 'boks'}")
        done = syncer("audit", handbook, "--config", settings, *shares, *place)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
        assert told in done.stderr
    assert (tmp_path / target).read_bytes() == before
    assert not (tmp_path / "state" / "run.lock").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("audit", "--offline", "handbook", "-o", "{}"),
        ("audit", "--offline", "handbook", "--format", "json:{}"),
        ("init", "handbook", "-o", "{}"),
        ("report", "old.json", "-o", "{}"),
    ],
    ids=["output", "format", "init", "report"],
)
def test_nothing_is_written_into_the_folder_of_git(
    syncer: Syncer, handbook: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """A result there could be a hook; by a link of the administrator's own neither."""
    hooks = tmp_path / ".git" / "hooks"
    hooks.mkdir(parents=True)
    (tmp_path / "link").symlink_to(hooks)
    for target in (hooks / "pre-commit", tmp_path / "link" / "pre-commit"):
        done = syncer(*(word.format(target) for word in words), cwd=handbook.parent)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert not list(hooks.iterdir())


def test_a_manifest_that_is_read_is_not_replaced(
    audit: Syncer, syncer: Syncer, tmp_path: Path
) -> None:
    """The next run would be compared with this one, whatever it found."""
    old = tmp_path / "old.json"
    assert audit("--format", f"json:{old}").returncode == 0
    before = old.read_bytes()
    (tmp_path / "link.json").symlink_to(old)
    for name in ("old.json", "link.json"):
        place = tmp_path / name
        done = audit("--baseline", old, "--format", f"json:{place}")
        assert (done.returncode, "the manifest that is read" in done.stderr) == (2, True)
        done = syncer("report", place, "--format", "html", "-o", old)
        assert (done.returncode, "the manifest that is read" in done.stderr) == (2, True)
    assert old.read_bytes() == before
    assert audit("--baseline", old, "--format", f"json:{tmp_path / 'new.json'}").returncode == 0


@pytest.mark.parametrize("name", ["report.md", "report.html", "status.json", "sub/report.html"])
def test_an_earlier_report_in_the_handbook_is_replaced(
    audit: Syncer, handbook: Path, name: str
) -> None:
    """People audit `.` again and again; a report is no page that somebody wrote."""
    (handbook / "sub").mkdir()
    kind = {"md": "markdown"}.get(name.rpartition(".")[2], name.rpartition(".")[2])
    for lang in ("da", "en"):
        done = audit("--format", f"{kind}:{handbook / name}", "--lang", lang)
        assert done.returncode in (0, 1), done.stderr


def test_a_link_into_a_missing_folder_makes_no_folder(audit: Syncer, tmp_path: Path) -> None:
    """It is told before the audit, as for a target without a link."""
    (tmp_path / "report.json").symlink_to(tmp_path / "missing" / "report.json")
    done = audit("--format", f"json:{tmp_path / 'report.json'}")
    assert (done.returncode, "There is no folder" in done.stderr) == (2, True)
    assert not (tmp_path / "missing").exists()
