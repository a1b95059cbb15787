"""A git repository's newest commit on disk: a shallow clone, kept for days without a network.

Credentials of a URL reach git through its environment, never through its arguments, and appear in
no text and not in the checkout.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from syncer.errors import HandbookError
from syncer.handbook.source.git_program import GitFailed, GitProgram, find_worktree, read_commit
from syncer.model.reason import Reason
from syncer.store.files import read_state_file

_SCHEMES = ("https://", "http://", "ssh://", "file://")
_SCP_FORM = re.compile(r"[\w.-]+@[\w.-]+:(?!//)\S")
_CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+@")
_REVISION = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_CURRENT = "current"
_PROTOCOLS = "https:http:ssh:file"
_LOCAL_TIMEOUT_S = 10.0
# Goes before the `.gitattributes` of a repository, which could have git rewrite its pages.
_NO_ATTRIBUTES = "* !text !eol !crlf !ident !filter !working-tree-encoding\n"
# The program that git asks for a login, which is in its environment: `ps` shows none of it.
_LOGIN_HELPER = (
    '!f() { test "$1" != get || printf "username=%s\\npassword=%s\\n"'
    ' "$SYNCER_GIT_USER" "$SYNCER_GIT_PASSWORD"; }; f'
)


@dataclass(frozen=True, slots=True)
class Checkout:
    """A checkout: its folder, its commit, and why it is not today's (None when it is)."""

    folder: Path
    revision: str
    stale: Reason | None


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository's address without its credentials, and the user and password they are."""

    url: str
    login: tuple[str, str] | None

    @property
    def shown(self) -> str:
        """The address for people: without a query, which could contain credentials."""
        return self.url.partition("?")[0] if self.url.startswith("http") else self.url


def is_git_url(source: str) -> bool:
    """Return whether a handbook's source is the address of a git repository."""
    lowered = source.lower()
    return (
        lowered.startswith(_SCHEMES)
        or _SCP_FORM.match(source) is not None
        or lowered.rstrip("/").endswith(".git")
    )


def read_address(source: str) -> Repository:
    """Separate the credentials of a git URL from its address, for any string."""
    if not source.lower().startswith(("https://", "http://")):
        return Repository(_drop_password(source), None)
    try:
        split = urlsplit(source)
    except ValueError:
        return Repository(_CREDENTIALS.sub("", source), None)
    user, at, host = split.netloc.rpartition("@")
    if not at:
        return Repository(source, None)
    name, _, password = user.partition(":")
    login = unquote(name), unquote(password)
    return Repository(urlunsplit(split._replace(netloc=host)), login)


def _drop_password(source: str) -> str:
    """Remove the password of `ssh://user:password@host`; ssh needs the user only."""
    return re.sub(r"(?<=://)([^/@:\s]+):[^/@\s]*(?=@)", r"\1", source)


@contextmanager
def check_out(
    source: str,
    branch: str | None,
    cache_folder: Path | None,
    timeout_s: float,
    stop: threading.Event | None = None,
) -> Iterator[Checkout]:
    """Yield a checkout of a repository's newest commit.

    Args:
        source: git URL, or the path of a repository.
        branch: branch or tag; None for the repository's own.
        cache_folder: keeps the checkout for days on which the repository cannot be reached, and so
            that an unchanged one is not fetched again. None keeps nothing.
        timeout_s: for all calls of git together.
        stop: ends git when it is set.

    Raises:
        HandbookError: the repository cannot be reached and there is no earlier checkout, or it
            has no such branch, or no commit.
    """
    repository = read_address(source)
    git = _Git(repository, timeout_s, stop)
    if cache_folder is None:
        with tempfile.TemporaryDirectory(prefix="syncer-handbook-") as temporary:
            folder = Path(temporary) / "checkout"
            try:
                revision = git.ask_revision(branch)
                git.clone(branch, folder)
            except GitFailed as failed:
                raise _explain(repository, failed, "there is no earlier checkout") from failed
            yield Checkout(folder, read_folder_revision(folder) or revision, None)
        return
    yield _update(git, branch, _Shelf(cache_folder, repository, branch))


def _update(git: _Git, branch: str | None, shelf: _Shelf) -> Checkout:
    """Update the kept checkout; only a whole one replaces it."""
    kept = shelf.find()
    try:
        revision = git.ask_revision(branch)
        if kept is not None and kept.revision == revision:
            return kept
        with shelf.make_room() as room:
            git.clone(branch, room)
            return shelf.put(room, read_folder_revision(room) or revision)
    except GitFailed as failed:
        if kept is None:
            raise _explain(git.repository, failed, "there is no earlier checkout") from failed
        return Checkout(kept.folder, kept.revision, failed.reason)
    except OSError as error:
        raise HandbookError(
            f"The checkout of {git.repository.shown} cannot be written below {shelf.folder}: "
            f"{error.strerror or error}. Make the folder writable, or free some space."
        ) from error


def _explain(repository: Repository, failed: GitFailed, also: str) -> HandbookError:
    return HandbookError(
        f"The handbook's repository {repository.shown} cannot be read: {failed}; {also}. "
        "Check the address and the network, or name a folder with --handbook."
    )


def read_folder_revision(folder: Path) -> str | None:
    """Return the commit that a folder was checked out at; None without git or outside of one."""
    try:
        worktree = find_worktree(folder)
        if worktree is None:
            return None
        return read_commit(GitProgram(_LOCAL_TIMEOUT_S), worktree, "HEAD")
    except (GitFailed, OSError, RuntimeError):
        return None


class _Shelf:
    """The checkouts of one repository and branch: one folder per commit.

    The file `current` names the newest whole one and is replaced atomically, so that an
    interrupted run changes nothing.
    """

    def __init__(self, cache_folder: Path, repository: Repository, branch: str | None) -> None:
        named = f"{repository.url}\n{branch or ''}"
        # An address on the command line may have bytes that are not UTF-8.
        key = hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        name = re.sub(r"[^\w-]+", "-", repository.shown.rstrip("/").rpartition("/")[2])[:40]
        self.folder = cache_folder / f"{name.strip('-') or 'handbook'}-{key}"

    def find(self) -> Checkout | None:
        """Return the newest whole checkout; None when there is none.

        Raises:
            HandbookError: a link, a FIFO or the like is in its place.
        """
        pointer = self.folder / _CURRENT
        if self.folder.is_symlink():
            raise HandbookError(f"{self.folder} is a symbolic link, which is not used. Remove it.")
        try:
            revision = read_state_file(pointer).decode("ascii").strip()
        except (FileNotFoundError, NotADirectoryError, PermissionError, UnicodeDecodeError):
            # The next one is written in its place, or that says why it cannot be.
            return None
        except OSError as error:
            raise HandbookError(
                f"The earlier checkout of the handbook cannot be read: {error.filename or pointer}:"
                f" {error.strerror or error}. Remove it: the next run makes a new checkout."
            ) from error
        folder = self.folder / revision
        if not _REVISION.fullmatch(revision) or folder.is_symlink() or not folder.is_dir():
            return None
        return Checkout(folder, revision, None)

    @contextmanager
    def make_room(self) -> Iterator[Path]:
        """Yield the path for a new folder, and remove what is still there afterwards."""
        self.folder.mkdir(parents=True, exist_ok=True)
        room = Path(tempfile.mkdtemp(prefix="new-", dir=self.folder))
        try:
            yield room / "checkout"
        finally:
            shutil.rmtree(room, ignore_errors=True)

    def put(self, room: Path, revision: str) -> Checkout:
        """Make a whole checkout the current one, and remove the others."""
        folder = self.folder / revision
        if folder.is_symlink():
            folder.unlink()
        shutil.rmtree(folder, ignore_errors=True)
        room.rename(folder)
        pointer = room.parent / _CURRENT
        pointer.write_text(revision, "ascii")
        pointer.replace(self.folder / _CURRENT)
        for other in self.folder.iterdir():
            if other.is_dir() and other not in (folder, room.parent):
                shutil.rmtree(other, ignore_errors=True)
        return Checkout(folder, revision, None)


class _Git:
    """Asks one repository, until a deadline or until the run is stopped."""

    def __init__(
        self, repository: Repository, timeout_s: float, stop: threading.Event | None
    ) -> None:
        settings, login = [], {}
        if repository.login is not None:
            user, password = repository.login
            if set(user + password) & set("\0\r\n"):
                raise HandbookError(
                    f"The user or password in the address of the handbook's repository "
                    f"{repository.shown} has a character that git does not take. Correct it."
                )
            # Not a header: git sends that to wherever the server redirects it.
            split = urlsplit(repository.url)
            settings.append((f"credential.{split.scheme}://{split.netloc}.helper", _LOGIN_HELPER))
            login = {"SYNCER_GIT_USER": user, "SYNCER_GIT_PASSWORD": password}
        self.repository = repository
        self._program = GitProgram(
            timeout_s, stop, protocols=_PROTOCOLS, settings=settings, variables=login
        )

    def ask_revision(self, branch: str | None) -> str:
        """Return the newest commit of the repository, which also proves that it can be reached."""
        if branch is None:
            wanted = ["HEAD"]
        else:
            wanted = [f"refs/heads/{branch}", f"refs/tags/{branch}^{{}}", f"refs/tags/{branch}"]
        answer = self._program.run("ls-remote", "--quiet", "--", self.repository.url, *wanted)
        listed = answer.decode("utf-8", "replace").splitlines()
        lines = (line.split("\t", 1) for line in listed if "\t" in line)
        found = {name: revision for revision, name in lines if _REVISION.fullmatch(revision)}
        for name in wanted:
            if name in found:
                return found[name]
        what = "has no commit yet" if branch is None else f"has no branch or tag {branch!r}"
        raise HandbookError(
            f"The handbook's repository {self.repository.shown} {what}. "
            "Check [handbook] source and branch in the settings."
        )

    def clone(self, branch: str | None, folder: Path) -> None:
        """Fetch only the newest commit, with its files as they are in the commit."""
        with tempfile.TemporaryDirectory() as template:
            attributes = Path(template, "info", "attributes")
            attributes.parent.mkdir()
            attributes.write_text(_NO_ATTRIBUTES, "utf-8")
            self._program.run(
                "clone",
                *("--quiet", "--depth=1", "--single-branch", "--no-tags", "--no-local"),
                *("--no-recurse-submodules", f"--template={template}"),
                *([] if branch is None else [f"--branch={branch}"]),
                *("--", self.repository.url, str(folder)),
            )
