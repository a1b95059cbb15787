"""Bad input gets one clear message, the exit code of the contract's table, and changes nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.outcomes import Cli

_NOBODY = 65534


def make_repository(tmp_path: Path, handbook: Path) -> Path:
    """Turn the handbook into a bare repository, as a remote would serve it."""
    work = tmp_path / "work"
    shutil.copytree(handbook, work)
    git = ["git", "-C", str(work), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "x"], check=True)
    bare = tmp_path / "handbook.git"
    subprocess.run(["git", "clone", "-q", "--bare", str(work), str(bare)], check=True)
    return bare


def test_no_such_handbook(cli: Cli, tmp_path: Path) -> None:
    """One line that names it, exit 2."""
    outcome = cli("audit", "--handbook", tmp_path / "nowhere")
    assert outcome.code == 2
    assert "nowhere" in outcome.err
    assert len(outcome.err.splitlines()) == 1
    assert outcome.out == ""


@pytest.mark.parametrize("command", ["audit", "fix", "run", "init"])
def test_the_home_of_an_unknown_user(cli: Cli, command: str) -> None:
    """A handbook there is one that does not exist."""
    place = "~nobody-at-all/handbook"
    outcome = cli(command, *(["--handbook", place] if command == "run" else [place]))
    assert outcome.code == 2
    assert place in outcome.err
    assert len(outcome.err.splitlines()) == 1


def test_a_page_that_is_not_utf8_beside_good_ones(cli: Cli, handbook: Path) -> None:
    """The others are audited; the page is named; exit 3."""
    (handbook / "latin.md").write_bytes("# Håndbog\n".encode("latin-1"))
    outcome = cli("audit", "--offline", "--handbook", handbook)
    assert outcome.code == 3
    assert "latin.md" in outcome.out


def test_a_binary_file_that_is_called_md(cli: Cli, tmp_path: Path) -> None:
    """Alone it leaves no readable page: exit 2."""
    (tmp_path / "h").mkdir()
    (tmp_path / "h" / "page.md").write_bytes(bytes(range(256)) * 10)
    outcome = cli("audit", "--offline", "--handbook", tmp_path / "h")
    assert outcome.code == 2
    assert len(outcome.err.splitlines()) == 1


def test_an_empty_folder(cli: Cli, tmp_path: Path) -> None:
    """Nothing to audit is a finding, exit 1: an empty handbook must not look fine."""
    (tmp_path / "h").mkdir()
    outcome = cli("audit", "--offline", "--handbook", tmp_path / "h", "--format", "json")
    assert outcome.code == 1
    assert '"nothing-found"' in outcome.out


def test_three_mistakes_in_the_settings(cli: Cli, tmp_path: Path) -> None:
    """All three are named, a line each; exit 2."""
    settings = tmp_path / "syncer.toml"
    settings.write_text('[links]\nthreads = "many"\nsped = 1\n[nonsense]\n', encoding="utf-8")
    outcome = cli("audit", "--config", settings)
    assert outcome.code == 2
    assert len(outcome.err.splitlines()) == 3
    for word in ("links.threads", "links.sped", "nonsense"):
        assert word in outcome.err


def test_a_git_repository_with_and_without_an_earlier_checkout(
    cli: Cli, handbook: Path, tmp_path: Path
) -> None:
    """Reached: fine. Gone: the last checkout with a finding, exit 3. Never seen: exit 2."""
    bare = make_repository(tmp_path, handbook)
    base = ("run", "--only", "links", "--offline", "--handbook")
    url = f"file://{bare}"
    assert cli(*base, url).code == 0
    bare.rename(tmp_path / "gone.git")
    again = cli(*base, url)
    assert again.code == 3
    report = (tmp_path / "xdg" / "syncer" / "reports" / "status.json").read_text("utf-8")
    assert '"handbook-stale"' in report
    never = cli(*base, f"file://{tmp_path / 'never.git'}")
    assert never.code == 2
    assert len(never.err.splitlines()) == 1
    kept = (tmp_path / "xdg" / "syncer" / "reports" / "status.json").read_text("utf-8")
    assert kept == report


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["audit", "--format", "pdf"], "none of"),
        (["audit", "--format", "html:"], "names no file"),
        (["audit", "--format", "html", "--format", "json"], "same place"),
        (["audit", "--output", "no/folder/x"], "There is no folder no/folder to write to. Make"),
        (["audit", "--format", "html:no/x", "--format", "json:.."], ".. is a folder: name a file"),
        (["audit", "--format", "html:/etc/passwd/a/x"], "/etc/passwd is a file and no folder"),
        (["report", "--output", "no/x"], "There is no folder no to write to"),
        (["audit", "--share-folder", "TOKEN"], "TOKEN=FOLDER"),
        (["audit", "--share-folder", "T=/nowhere"], "no folder"),
        (["audit", "--share-folder", "T=.", "--share-folder", "T=.."], "more than once"),
        (["audit", "--accept-empty"], "--full"),
        (["audit", "--nonsense"], "--nonsense"),
        (["audit", "a", "--handbook", "b"], "HANDBOOK and --handbook exclude each other"),
        (["status", "--no-config", "--config", "x"], "exclude each other"),
        (["audit", "-o", ""], "names no file"),
        (["audit", "--config", "nowhere.toml"], "nowhere.toml"),
        (["report", "nowhere.json"], "nowhere.json"),
        (["report"], "syncer run"),
    ],
)
def test_usage(cli: Cli, arguments: list[str], told: str) -> None:
    """Wrong usage: exit 2 and what to write instead; nothing is made, not even a folder."""
    outcome = cli(*arguments)
    assert outcome.code == 2
    assert told in outcome.err
    assert list(Path().iterdir()) == []


def test_a_file_that_is_no_manifest_is_named(cli: Cli, tmp_path: Path) -> None:
    """`report` and `--baseline` say which file they could not understand."""
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    outcome = cli("report", broken)
    assert outcome.code == 2
    assert str(broken) in outcome.err


def test_a_share_folder_that_no_link_names(cli: Cli, handbook: Path, tmp_path: Path) -> None:
    """A mistyped token is told, with the ones there are."""
    outcome = cli("audit", "--offline", "--handbook", handbook, "--share-folder", f"X={tmp_path}")
    assert outcome.code == 2
    assert "Aftaler00000001" in outcome.err


def test_an_output_folder_that_cannot_be_written(cli: Cli, handbook: Path, tmp_path: Path) -> None:
    """`run` says what and where, and leaves nothing half-written."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    settings = tmp_path / "syncer.toml"
    settings.write_text(
        f'[handbook]\nsource = "{handbook}"\n[output]\nfolder = "file/below"\n', encoding="utf-8"
    )
    outcome = cli("run", "--offline", "--config", settings)
    assert outcome.code == 2
    assert "Cannot write" in outcome.err
    assert (tmp_path / "file").read_text(encoding="utf-8") == "x"


@contextmanager
def as_stranger() -> Iterator[None]:
    """Be somebody who may not enter the test's folder, which is its owner's alone."""
    before = os.geteuid()
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else for a while")
@pytest.mark.parametrize(
    ("more", "code"),
    [((), 3), (("--page", "closed/*.md"), 3), (("--page", "open/*.md"), 1)],
    ids=["all", "what lies there", "what lies elsewhere"],
)
def test_a_folder_of_the_handbook_that_may_not_be_listed(
    cli: Cli, more: tuple[str, ...], code: int
) -> None:
    """Its pages are unknown: exit 3, and it is named, where a page that was asked for may be."""
    with tempfile.TemporaryDirectory() as handbook:
        for name in ("closed", "open"):
            page = Path(handbook) / name / "side.md"
            page.parent.mkdir()
            page.write_text("[tom]()\n", encoding="utf-8")
        Path(handbook).chmod(0o755)
        (Path(handbook) / "alone.md").write_text("# Side\n", encoding="utf-8")
        (Path(handbook) / "closed").chmod(0)
        with as_stranger():
            outcome = cli("audit", "--offline", "--handbook", handbook, *more)
            alone = cli("audit", "--offline", "--handbook", f"{handbook}/alone.md")
    assert outcome.code == code
    assert ("Siden closed kunne ikke" in outcome.out) is (code == 3)
    assert ("(Permission denied)" in outcome.out) is (code == 3)
    assert "closed" not in alone.out


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else for a while")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("status",), "cannot be read: Permission denied"),
        (("report",), "cannot be looked at: Permission denied"),
        (("check-config", "--config", "{closed}/syncer.toml"), "cannot be looked at: Permission"),
        (("audit", "--handbook", "{closed}/pages"), "cannot be opened: [Errno 13]"),
        (("audit", "--handbook", "/etc", "--baseline", "{closed}/x"), "cannot be read: "),
        (("audit", "--share-folder", "T={closed}/x"), "cannot be opened: Permission denied"),
        (("audit", "/usr/share/doc/bash", "--output", "{closed}/x"), "cannot be looked at: Permis"),
        (("run", "--offline", "--handbook", "/usr/share/doc/bash"), "Cannot make the lock file"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_folder_that_may_not_be_entered(
    cli: Cli,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    told: str,
) -> None:
    """Each command says what it may not look at, and ends with 2: it is no bug of ours."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setenv("STATE_DIRECTORY", str(closed))
    monkeypatch.chdir("/")
    words = [word.format(closed=closed) for word in arguments]
    cli(*words)  # what it imports may lie where a stranger cannot go either
    with as_stranger():
        outcome = cli(*words)
    assert outcome.code == 2, outcome
    assert told in outcome.err
