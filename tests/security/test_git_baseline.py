"""`--baseline REF` runs nothing of the repository, and takes no baseline from the change itself."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Syncer = Callable[..., "subprocess.CompletedProcess[str]"]

GONE = "[væk](vaek.md)\n"


def git(folder: Path, *arguments: str) -> str:
    """Run git as a developer would, and return what it prints."""
    who = (
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.org",
        "-c",
        "protocol.file.allow=always",
    )
    done = subprocess.run(
        ["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def commit(folder: Path) -> str:
    """Commit everything, and return the commit's hash."""
    git(folder, "add", "--force", ".")
    git(folder, "commit", "-q", "-m", "x")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository with the handbook in `docs`, one page of which has a dead link."""
    top = tmp_path / "repository"
    (top / "docs").mkdir(parents=True)
    git(top, "init", "-q", "-b", "main")
    (top / "docs" / "index.md").write_text(f"---\n---\n# Forside\n\n{GONE}", encoding="utf-8")
    commit(top)
    return top


def count_findings(syncer: Syncer, handbook: Path, baseline: str) -> tuple[int, str]:
    """Audit offline against a baseline; return the exit code and what was written to stderr."""
    done = syncer("audit", "--offline", "--handbook", handbook, "--baseline", baseline)
    return done.returncode, done.stderr


def test_a_ref_is_read_without_running_anything_of_the_repository(
    syncer: Syncer, repository: Path, tmp_path: Path
) -> None:
    """No program that a repository's own settings or attributes name is started."""
    ran = tmp_path / "ran"
    script = tmp_path / "evil.sh"
    script.write_text(f'#!/bin/sh\necho "$0 $*" >> {ran}\ncat\n', encoding="utf-8")
    script.chmod(0o755)
    (repository / ".gitattributes").write_text(
        "* filter=evil diff=evil merge=evil\n", encoding="utf-8"
    )
    revision = commit(repository)
    evil = str(script)
    for key in (
        "core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.gitProxy",
        "diff.external", "diff.evil.command", "diff.evil.textconv", "filter.evil.clean",
        "filter.evil.smudge", "filter.evil.process", "merge.evil.driver", "credential.helper",
        "gpg.program", "core.alternateRefsCommand", "uploadpack.packObjectsHook",
    ):  # fmt: skip
        git(repository, "config", key, evil)
    git(repository, "config", "core.hooksPath", str(tmp_path))
    page = repository / "docs" / "index.md"
    page.write_text(page.read_text("utf-8") + "[ny](ny.md)\n", encoding="utf-8")
    ran.unlink(missing_ok=True)
    code, said = count_findings(syncer, repository / "docs", revision)
    assert (code, "1 punkt er nyt" in said) == (1, True)
    assert not ran.exists(), ran.read_text("utf-8")


def test_a_bare_repository_in_a_subfolder_is_only_a_folder(
    syncer: Syncer, repository: Path, tmp_path: Path
) -> None:
    """The handbook's folder has HEAD, objects, refs and a config that would run a program."""
    ran = tmp_path / "ran"
    script = tmp_path / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch {ran}\n", encoding="utf-8")
    script.chmod(0o755)
    handbook = repository / "docs"
    (handbook / "objects").mkdir()
    (handbook / "refs" / "heads").mkdir(parents=True)
    (handbook / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    (handbook / "config").write_text(
        f"[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = {handbook}\n"
        f"\tfsmonitor = {script}\n[diff]\n\texternal = {script}\n",
        encoding="utf-8",
    )
    for folder in ("objects", "refs/heads"):
        (handbook / folder / ".keep").write_text("", encoding="utf-8")
    revision = commit(repository)
    code, _ = count_findings(syncer, handbook, revision)
    assert code == 0
    code, _ = count_findings(syncer, handbook, "no-such-ref")
    assert code == 2
    assert not ran.exists()


def test_a_file_named_like_the_ref_is_no_baseline(syncer: Syncer, repository: Path) -> None:
    """A change gains nothing by bringing the file `origin/main`, its own manifest."""
    base = git(repository, "rev-parse", "HEAD")
    git(repository, "update-ref", "refs/remotes/origin/main", base)
    page = repository / "docs" / "index.md"
    page.write_text(page.read_text("utf-8") + "[ny](ny.md)\n", encoding="utf-8")
    own = syncer("audit", "--offline", "--handbook", repository / "docs", "--format", "json").stdout
    (repository / "origin").mkdir()
    (repository / "origin" / "main").write_text(own, encoding="utf-8")
    (repository / "baseline.json").write_text(own, encoding="utf-8")
    commit(repository)
    audit = ("audit", "--offline", "--handbook", "docs", "--baseline")
    assert syncer(*audit, "origin/main", cwd=repository).returncode == 1
    assert syncer(*audit, base, cwd=repository).returncode == 1
    refused = syncer(*audit, "baseline.json", cwd=repository)
    assert (refused.returncode, "own repository" in refused.stderr) == (2, True)
    outside = repository.parent / "outside.json"
    outside.symlink_to(repository / "baseline.json")
    assert syncer(*audit, outside, cwd=repository).returncode == 2
    elsewhere = repository.parent / "elsewhere.json"
    elsewhere.write_text(own, encoding="utf-8")
    assert syncer(*audit, elsewhere, cwd=repository).returncode == 0


def test_a_manifest_of_the_repository_is_refused_for_a_page_and_a_url(
    syncer: Syncer, repository: Path
) -> None:
    """However the handbook is named; a manifest outside of any repository is read."""
    page = next((repository / "docs").glob("*.md"))
    audit = ("audit", "--offline", "--handbook")
    own = syncer(*audit, page, "--format", "json").stdout
    (repository / "origin").mkdir()
    (repository / "origin" / "main").write_text(own, encoding="utf-8")
    outside = repository.parent / "outside.json"
    outside.write_text(own, encoding="utf-8")
    by_ref = syncer(*audit, page, "--baseline", "HEAD", cwd=repository)
    assert (by_ref.returncode, "needs the handbook's folder" in by_ref.stderr) == (2, True)
    for handbook in (page, f"file://{repository}"):
        refused = syncer(*audit, handbook, "--baseline", "origin/main", cwd=repository)
        assert (refused.returncode, "own repository" in refused.stderr) == (2, True)
        read = syncer(*audit, handbook, "--baseline", outside, cwd=repository)
        assert read.returncode in (0, 1, 3), read.stderr


def test_attributes_hide_nothing_of_the_baseline(syncer: Syncer, repository: Path) -> None:
    """`export-ignore`, `export-subst` and `ident` have no say in what the baseline holds."""
    for folder in (repository, repository / "docs"):
        (folder / ".gitattributes").write_text(
            "* export-ignore\n* export-subst\n* ident\n* text eol=crlf\n", encoding="utf-8"
        )
    revision = commit(repository)
    assert count_findings(syncer, repository / "docs", revision)[0] == 0


def test_replaced_objects_are_not_followed(syncer: Syncer, repository: Path) -> None:
    """`refs/replace` cannot put another commit in the place of the baseline."""
    base = git(repository, "rev-parse", "HEAD")
    page = repository / "docs" / "index.md"
    page.write_text(page.read_text("utf-8") + "[ny](ny.md)\n", encoding="utf-8")
    change = commit(repository)
    git(repository, "replace", base, change)
    assert count_findings(syncer, repository / "docs", base)[0] == 1


@pytest.mark.parametrize("ref", ["--output=x", "-h", "HEAD:docs/index.md", "HEAD\n", "", "^HEAD"])
def test_what_is_no_ref_is_a_usage_error(syncer: Syncer, repository: Path, ref: str) -> None:
    """No ref is taken for an option, and nothing is written."""
    before = sorted(repository.iterdir())
    done = syncer("audit", "--offline", "--handbook", "docs", f"--baseline={ref}", cwd=repository)
    assert done.returncode == 2
    assert sorted(repository.iterdir()) == before


def test_links_of_the_baseline_lead_nowhere_else(
    syncer: Syncer, repository: Path, tmp_path: Path
) -> None:
    """A symbolic link that was committed is not followed out of the baseline."""
    secret = tmp_path / "secret.md"
    secret.write_text("---\n---\n[hemmeligt](hemmelig-side.md)\n", encoding="utf-8")
    (repository / "docs" / "link.md").symlink_to(secret)
    (repository / "docs" / "dir").symlink_to(tmp_path)
    revision = commit(repository)
    done = syncer(
        "audit", "--offline", "--handbook", repository / "docs", "--baseline", revision,
        "--format", "json",
    )  # fmt: skip
    assert "hemmelig" not in done.stdout + done.stderr
    pages = {link["page"] for link in json.loads(done.stdout)["links"]}
    assert pages == {"index.md"}


def test_a_partial_clone_fetches_nothing_and_says_what_to_do(
    syncer: Syncer, repository: Path, tmp_path: Path
) -> None:
    """A commit whose pages were never fetched is a usage error with the next step."""
    before = git(repository, "rev-parse", "HEAD")
    (repository / "docs" / "index.md").write_text(
        "---\n---\n# Ny\n\n[x](index.md)\n", encoding="utf-8"
    )
    commit(repository)
    git(repository, "config", "uploadpack.allowFilter", "true")
    git(repository, "config", "uploadpack.allowAnySHA1InWant", "true")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--filter=blob:none", repository.as_uri(), str(clone))
    packs = clone / ".git" / "objects"
    held = sorted(packs.rglob("*"))
    code, said = count_findings(syncer, clone / "docs", before)
    assert code == 2
    assert "partial clone" in said
    assert "git fetch --refetch --no-filter" in said
    assert sorted(packs.rglob("*")) == held
    git(clone, "fetch", "-q", "--refetch", "--no-filter")
    assert count_findings(syncer, clone / "docs", before)[0] == 0


@pytest.mark.parametrize("suffix", ["", "~0"])
def test_a_tag_of_a_fork_is_not_taken_for_the_branch_of_another_remote(
    syncer: Syncer, repository: Path, tmp_path: Path, suffix: str
) -> None:
    """A fetched tag `origin/main` on the change itself would accept all that the change brings."""
    fork, clone = tmp_path / "fork", tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(repository), str(fork))
    git(tmp_path, "clone", "-q", str(repository), str(clone))
    (fork / "docs" / "ny.md").write_text("---\n---\n[x](findes-ikke.md)\n", encoding="utf-8")
    change = commit(fork)
    git(fork, "tag", "origin/main")
    git(fork, "tag", change[:7])
    git(clone, "fetch", "-q", "--tags", str(fork))
    git(clone, "checkout", "-q", "--detach", change)
    code, said = count_findings(syncer, clone / "docs", f"origin/main{suffix}")
    assert code == 2
    assert "refs/tags/origin/main or refs/remotes/origin/main" in said
    assert count_findings(syncer, clone / "docs", "refs/remotes/origin/main")[0] == 1
    assert count_findings(syncer, clone / "docs", f"{change[:7]}{suffix}")[0] == 0


@pytest.mark.parametrize("kind", ["blob", "tree"])
def test_a_name_that_is_in_a_tree_twice_is_named(
    syncer: Syncer, repository: Path, kind: str
) -> None:
    """Git writes no such tree and refuses to check one out; a stranger can make one."""
    blob = git(repository, "rev-parse", "HEAD:docs/index.md")
    other = blob if kind == "blob" else git(repository, "rev-parse", "HEAD:docs")
    entries = [("100644", blob), ("100644" if kind == "blob" else "40000", other)]
    tree = b"".join(f"{mode} a.md\0".encode() + bytes.fromhex(to) for mode, to in entries)
    hashed = ("git", "-C", str(repository), "hash-object", "-t", "tree", "-w", "--literally")
    done = subprocess.run((*hashed, "--stdin"), input=tree, check=True, capture_output=True)
    docs = done.stdout.decode().strip()
    top = b"40000 docs\0" + bytes.fromhex(docs)
    done = subprocess.run((*hashed, "--stdin"), input=top, check=True, capture_output=True)
    change = git(repository, "commit-tree", done.stdout.decode().strip(), "-m", "x")
    code, said = count_findings(syncer, repository / "docs", change)
    assert (code, len(said.splitlines())) == (2, 1)
    assert "the name 'a.md' twice" in said


@pytest.mark.parametrize("ref", ["origin/main", "main~0", "refs/remotes/origin/main", "beef"])
def test_a_tag_of_a_fork_is_not_taken_for_a_branch_that_was_never_fetched(
    syncer: Syncer, repository: Path, ref: str
) -> None:
    """A tag is the baseline only where its name says that it is one."""
    name, before = ref.removesuffix("~0"), git(repository, "rev-parse", "HEAD")
    (repository / "docs" / "ny.md").write_text("---\n---\n[x](findes-ikke.md)\n", encoding="utf-8")
    change = commit(repository)
    git(repository, "checkout", "-q", "--detach")
    git(repository, "branch", "-q", "-D", "main")
    git(repository, "update-ref", f"refs/tags/{name}", change)
    code, said = count_findings(syncer, repository / "docs", ref)
    assert code == 2
    assert f"--baseline {ref} is a tag here" in said
    git(repository, "update-ref", f"refs/tags/{name}", before)
    assert count_findings(syncer, repository / "docs", f"refs/tags/{ref}")[0] == 1


@pytest.mark.parametrize("version", ["v2025", "v1.2", "1.2.0", "v1.2~0"])
def test_the_tag_of_a_release_is_a_baseline(syncer: Syncer, repository: Path, version: str) -> None:
    """The name of a version says that it is a tag."""
    git(repository, "tag", version.removesuffix("~0"))
    (repository / "docs" / "ny.md").write_text("---\n---\n[x](findes-ikke.md)\n", encoding="utf-8")
    commit(repository)
    assert count_findings(syncer, repository / "docs", version)[0] == 1


def test_a_tag_is_not_taken_for_the_beginning_of_a_hash(syncer: Syncer, repository: Path) -> None:
    """A tag that is called like the abbreviated hash of the base would go before it."""
    before = git(repository, "rev-parse", "HEAD")
    (repository / "docs" / "ny.md").write_text("---\n---\n[x](findes-ikke.md)\n", encoding="utf-8")
    change = commit(repository)
    git(repository, "tag", before[:7], change)
    code, said = count_findings(syncer, repository / "docs", before[:7])
    assert code == 2
    assert f"refs/tags/{before[:7]} or {before}" in said
    assert count_findings(syncer, repository / "docs", before)[0] == 1
