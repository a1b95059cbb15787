"""A folder of a git worktree, as it was at a commit, written to another folder.

Only git's plumbing is asked (`ls-tree`, `cat-file`), so that no attribute, filter or setting of
the repository has a say in what is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePosixPath

from syncer.errors import HandbookError
from syncer.handbook.own_settings import FILE_NAME
from syncer.handbook.source.folder import (
    CONFIG_NAMES,
    MAX_FILES,
    MAX_PAGE_BYTES,
)
from syncer.handbook.source.git_program import GitFailed, GitProgram, find_repository
from syncer.model.reason import Reason

_LINK, _SUBMODULE = "120000", "160000"
_READ_BY_NAME = (*CONFIG_NAMES, "Gemfile", ".gitmodules", FILE_NAME)
# Any other file may begin with front matter, and so be a page of the site.
_NEVER_PAGES = (
    *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".bmp", ".tif", ".tiff", ".mp4", ".mov"),
    *(".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".odp", ".odg"),
    *(".zip", ".gz", ".7z", ".tar", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".mp3", ".wav"),
)
_PARTIAL = (
    "the repository is a partial clone without the pages of that commit, and syncer fetches nothing"
    " for it. Run `git fetch --refetch --no-filter`, or clone it without --filter"
)
_BATCH_BYTES = 32 << 20


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of `ls-tree`: `size_bytes` is 0 for a submodule."""

    mode: str
    blob: str
    size_bytes: int
    path: str


def write_tree(git: GitProgram, worktree: Path, commit: str, prefix: str, target: Path) -> None:
    """Write the files of a folder at a commit below `target`.

    Pages, settings and whatever else may be a page get their text. Pictures, documents and their
    like are empty files, since only their names count. Folders of submodules are empty, as in a
    checkout without them.

    Args:
        git: to ask.
        worktree: top of the worktree.
        commit: its hash.
        prefix: of the folder, from the worktree's top; "" for the top.
        target: an empty folder.

    Raises:
        GitFailed: the commit has no such folder, its content was never fetched, or git failed.
        HandbookError: it has more files than a handbook does, or a name that no checkout has.
    """
    try:
        _write_tree(git, worktree, commit, prefix, target)
    except GitFailed as failed:
        if failed.reason.code == "git-failed" and _is_partial(worktree):
            raise GitFailed(failed.reason, _PARTIAL) from failed
        raise


def _write_tree(git: GitProgram, worktree: Path, commit: str, prefix: str, target: Path) -> None:
    git_dir = f"--git-dir={worktree / '.git'}"
    listed = git.run(git_dir, "ls-tree", "-r", "-z", "--long", f"{commit}:{prefix.rstrip('/')}")
    entries = [_read_entry(line) for line in listed.split(b"\0") if line]
    if len(entries) > MAX_FILES:
        raise HandbookError(
            f"The handbook has more than {MAX_FILES} files at {commit}: "
            "name the folder of the handbook itself."
        )
    _refuse_twins(entries)
    # Links are written last, so that no file is written through one.
    for entry in sorted(entries, key=lambda entry: entry.mode == _LINK):
        _prepare(entry, target)
    wanted = [entry for entry in entries if _is_read(entry)]
    for batch in _divide(wanted):
        request = "".join(f"{entry.blob}\n" for entry in batch).encode("ascii")
        answer = git.run(git_dir, "cat-file", "--batch", stdin=request)
        for entry, content in zip(batch, _split_batch(answer), strict=True):
            _write(entry, content, target)


def _is_partial(worktree: Path) -> bool:
    """Return whether a repository may lack what its commits have: git marks such packs."""
    repository = find_repository(worktree)
    return repository is not None and any((repository / "objects" / "pack").glob("*.promisor"))


def _read_entry(line: bytes) -> _Entry:
    described, _, name = line.partition(b"\t")
    mode, _, blob, size = described.decode("ascii").split()
    path = name.decode("utf-8", "surrogateescape")
    parts = path.split("/")
    if any(part in ("", ".", "..") or part.lower() == ".git" for part in parts):
        raise HandbookError(f"The commit has a file named {path!r}, which no checkout can have.")
    return _Entry(mode, blob, int(size) if size.isdigit() else 0, path)


def _refuse_twins(entries: Sequence[_Entry]) -> None:
    """Raise `HandbookError` for a name that is in its folder twice, as file, link or folder."""
    # What is in a folder comes directly after a file of the folder's name.
    paths = sorted(entry.path.replace("/", "\0") for entry in entries)
    for path, after in pairwise(paths):
        if after == path or after.startswith(f"{path}\0"):
            name = path.replace("\0", "/")
            raise HandbookError(
                f"The commit has the name {name!r} twice, which no checkout can have."
            )


def _is_read(entry: _Entry) -> bool:
    if entry.mode == _LINK:
        return entry.size_bytes <= MAX_PAGE_BYTES
    name = entry.path.rpartition("/")[2].lower()
    may_be_page = "." in name.strip(".") or not name.startswith(".")
    is_text = entry.path in _READ_BY_NAME or (may_be_page and not name.endswith(_NEVER_PAGES))
    return is_text and entry.mode != _SUBMODULE and entry.size_bytes <= MAX_PAGE_BYTES


def _prepare(entry: _Entry, target: Path) -> None:
    """Make the folders around a file, and the file itself without its text."""
    place = target.joinpath(*PurePosixPath(entry.path).parts)
    if entry.mode == _SUBMODULE:
        place.mkdir(parents=True, exist_ok=True)
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    if entry.mode != _LINK:
        with place.open("xb") as file:
            # A page that is too big to be read stays too big.
            file.truncate(entry.size_bytes if entry.size_bytes > MAX_PAGE_BYTES else 0)


def _write(entry: _Entry, content: bytes, target: Path) -> None:
    place = target.joinpath(*PurePosixPath(entry.path).parts)
    if entry.mode == _LINK:
        if content and b"\0" not in content:
            place.symlink_to(content.decode("utf-8", "surrogateescape"))
        return
    place.write_bytes(content)


def _divide(entries: Sequence[_Entry]) -> Iterator[list[_Entry]]:
    """Yield the entries in batches whose content fits into memory."""
    batch: list[_Entry] = []
    size_bytes = 0
    for entry in entries:
        if batch and size_bytes + entry.size_bytes > _BATCH_BYTES:
            yield batch
            batch, size_bytes = [], 0
        batch.append(entry)
        size_bytes += entry.size_bytes
    if batch:
        yield batch


def _split_batch(answer: bytes) -> Iterator[bytes]:
    """Yield the contents in an answer of `cat-file --batch`.

    Raises:
        GitFailed: the repository does not have one of them.
    """
    at = 0
    while at < len(answer):
        line_end = answer.index(b"\n", at)
        blob, *_, size = answer[at:line_end].split(b" ")
        if size == b"missing":
            detail = f"the repository lacks the object {blob.decode('ascii', 'replace')}"
            raise GitFailed(Reason("git-failed", {"detail": detail}), detail)
        begin = line_end + 1
        end = begin + int(size)
        yield answer[begin:end]
        at = end + 1
