"""A folder of a git worktree as it was at a commit, written by real git's answers."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from syncer.errors import HandbookError
from syncer.handbook.source import git_tree
from syncer.handbook.source.git_program import GitFailed, GitProgram
from syncer.handbook.source.git_tree import write_tree
from syncer.model.reason import Reason

GIT = ("git", "-c", "user.name=Test", "-c", "user.email=test@example.org")
FILES = {
    "bog/index.md": b"# Hej\n",
    "bog/A.HTML": b"<p>",
    "bog/a b\t\xc3\xa6.markdown": b"x\r\n",
    "bog/_config.yml": b"title: a\n",
    "bog/sub/_config.yml": b"title: b\n",
    "bog/Gemfile": b"gem\n",
    "bog/.syncer.toml": b"[links]\n",
    "bog/.gitmodules": b"[submodule]\n",
    "bog/.gitattributes": b"* ident\n",
    "bog/plan.pdf": b"%PDF",
    "bog/sub/deep/b.md": b"",
    "bog/long.md": b"123456789012345678901",
    "bog/long.pdf": b"123456789012345678901",
    "andet/c.md": b"nej",
}


def git(root: Path, *arguments: str, stdin: bytes = b"") -> str:
    """Run git in a folder and return what it prints."""
    answer = subprocess.run(
        [*GIT, "-C", str(root), *arguments], check=True, capture_output=True, input=stdin
    )
    return answer.stdout.decode().strip()


@pytest.fixture(scope="module")
def worktree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Commit the files, two links and a submodule."""
    root = tmp_path_factory.mktemp("tree") / "repo"
    for name, content in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    (root / "bog" / "plan.pdf").chmod(0o700)
    (root / "bog" / "link.md").symlink_to("../andet/c.md")
    (root / "bog" / "linked").symlink_to("sub")
    git(root.parent, "init", "-q", str(root))
    git(root, "add", "-A")
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{'7' * 40},bog/modul")
    git(root, "commit", "-q", "-m", "x")
    return root


def read_all(folder: Path) -> dict[str, bytes | str]:
    """Return all files with their bytes, links with their target, and empty folders."""
    found: dict[str, bytes | str] = {}
    for place in sorted(folder.rglob("*")):
        name = str(place.relative_to(folder))
        if place.is_symlink():
            found[name] = str(place.readlink())
        elif place.is_file():
            found[name] = place.read_bytes()
        elif not any(place.iterdir()):
            found[f"{name}/"] = b""
    return found


WRITTEN = {
    **{name.removeprefix("bog/"): content for name, content in FILES.items()
       if name.startswith("bog/")},
    "plan.pdf": b"", "long.pdf": b"", ".gitattributes": b"",
    "link.md": "../andet/c.md", "linked": "sub", "modul/": b"",
}  # fmt: skip


@pytest.mark.parametrize(("prefix", "batch_bytes"), [("bog", 1), ("bog/", 20), ("", 32 << 20)])
def test_a_folder_is_written_as_a_whole(
    prefix: str, batch_bytes: int, worktree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What may be a page with its text, other files by name, however the answers are divided."""
    monkeypatch.setattr(git_tree, "_BATCH_BYTES", batch_bytes)
    target = tmp_path / "ud"
    target.mkdir()
    write_tree(GitProgram(9), worktree, git(worktree, "rev-parse", "HEAD"), prefix, target)
    if prefix:
        assert read_all(target) == WRITTEN
    else:
        found = read_all(target)
        assert found.pop("andet/c.md") == b"nej"
        by_path = {f"bog/{name}": content for name, content in WRITTEN.items()}
        # Only at the top is this one a setting of the handbook.
        assert found == by_path | {"bog/.gitmodules": b""}


def test_what_is_too_big_stays_too_big(
    worktree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a file that is not read the size is kept where it says that."""
    monkeypatch.setattr(git_tree, "MAX_PAGE_BYTES", 20)
    write_tree(GitProgram(9), worktree, "HEAD", "bog", tmp_path / "ud")
    found = read_all(tmp_path / "ud")
    assert found == WRITTEN | {"long.md": bytes(21), "long.pdf": bytes(21)}


def test_so_many_files_are_written(
    worktree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One more is too many for a handbook."""
    monkeypatch.setattr(git_tree, "MAX_FILES", 16)
    write_tree(GitProgram(9), worktree, "HEAD", "bog", tmp_path / "ud")
    monkeypatch.setattr(git_tree, "MAX_FILES", 15)
    with pytest.raises(HandbookError) as failed:
        write_tree(GitProgram(9), worktree, "HEAD", "bog", tmp_path / "ud2")
    assert str(failed.value) == (
        "The handbook has more than 15 files at HEAD: name the folder of the handbook itself."
    )
    assert not (tmp_path / "ud2").exists()


@pytest.mark.parametrize("partial", [True, False])
def test_content_that_is_not_there_is_named(partial: bool, worktree: Path, tmp_path: Path) -> None:
    """A partial clone says what to do; nothing is fetched."""
    blob = git(worktree, "rev-parse", "HEAD:bog/index.md")
    shutil.copytree(worktree / ".git", tmp_path / "repo" / ".git")
    objects = tmp_path / "repo" / ".git" / "objects"
    (objects / blob[:2] / blob[2:]).unlink()
    if partial:
        (objects / "pack" / "pack-x.promisor").touch()
    with pytest.raises(GitFailed) as failed:
        write_tree(GitProgram(9), tmp_path / "repo", "HEAD", "bog", tmp_path / "ud")
    assert failed.value.reason.code == "git-failed"
    assert (str(failed.value) == git_tree._PARTIAL) is partial
    assert blob in str(failed.value.reason.args["detail"])


def test_a_folder_that_the_commit_lacks(worktree: Path, tmp_path: Path) -> None:
    """Git says so."""
    with pytest.raises(GitFailed, match="git says 'fatal: ") as failed:
        write_tree(GitProgram(9), worktree, "HEAD", "ukendt", tmp_path / "ud")
    assert failed.value.reason.code == "git-failed"
    with pytest.raises(GitFailed) as failed:
        write_tree(GitProgram(0), worktree, "HEAD", "bog", tmp_path / "ud")
    assert failed.value.reason == Reason("git-timeout", {"timeout_s": 0})


@pytest.mark.parametrize("name", [b".git", b".GIT", b"..", b"."])
def test_a_name_that_no_checkout_can_have(name: bytes, worktree: Path, tmp_path: Path) -> None:
    """A tree may have it all the same."""
    blob = bytes.fromhex(git(worktree, "rev-parse", "HEAD:bog/index.md"))
    made = ("hash-object", "-t", "tree", "-w", "--stdin", "--literally")
    inner = git(worktree, *made, stdin=b"100644 " + name + b"\0" + blob)
    tree = git(worktree, *made, stdin=b"40000 bog\0" + bytes.fromhex(inner))
    with pytest.raises(HandbookError, match="which no checkout can have"):
        write_tree(GitProgram(9), worktree, tree, "", tmp_path / "ud")
    assert not (tmp_path / "ud").exists()


def test_a_tree_with_a_name_twice_is_not_written(worktree: Path, tmp_path: Path) -> None:
    """Not a file, and a link of its name through which it could be written elsewhere."""
    blob = bytes.fromhex(git(worktree, "rev-parse", "HEAD:bog/index.md"))
    entries = b"120000 a.md\0" + blob + b"100644 a.md\0" + blob
    made = ("hash-object", "-t", "tree", "-w", "--stdin", "--literally")
    tree = git(worktree, *made, stdin=entries)
    with pytest.raises(HandbookError, match=r"has the name 'a\.md' twice"):
        write_tree(GitProgram(9), worktree, tree, "", tmp_path / "ud")
    assert not (tmp_path / "ud").exists()


@pytest.mark.parametrize("target", [b"", b"a\0b"])
def test_a_link_to_nothing_that_can_be_is_not_written(
    target: bytes, worktree: Path, tmp_path: Path
) -> None:
    """As git itself could not."""
    blob = git(worktree, "hash-object", "-w", "--stdin", stdin=target)
    page = git(worktree, "rev-parse", "HEAD:bog/index.md")
    lines = f"120000 blob {blob}\ta.md\n100644 blob {page}\tb.md\n"
    tree = git(worktree, "mktree", stdin=lines.encode())
    write_tree(GitProgram(9), worktree, tree, "", tmp_path / "ud")
    assert read_all(tmp_path / "ud") == {"b.md": b"# Hej\n"}
