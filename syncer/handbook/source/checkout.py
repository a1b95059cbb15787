"""A git repository's files on disk, by the `git` program: shallow, silent, and nothing of it run.

No hook, filter, submodule, prompt or credential helper takes part, and nobody's git settings do.
Credentials of a URL go to git in its environment, never in its arguments, and stay out of every
text and of the checkout.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from syncer.errors import HandbookError
from syncer.model.reason import Reason

_SCHEMES = ("https://", "http://", "ssh://", "file://")
_SCP_FORM = re.compile(r"[\w.-]+@[\w.-]+:(?!//)\S")
_CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+@")
_REVISION = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_MAX_DETAIL = 300
_CURRENT = "current"
_LOOK_UP_S = 0.5

# Kept of the environment's git variables: how an administrator says which key or CA to use.
_KEPT = ("GIT_SSH_COMMAND", "GIT_SSL_CAINFO", "GIT_EXEC_PATH")
_SETTINGS = (
    ("core.hooksPath", os.devnull),
    ("core.fsmonitor", "false"),
    ("core.askPass", ""),
    ("credential.helper", ""),
    ("submodule.recurse", "false"),
    ("fetch.recurseSubmodules", "false"),
    ("advice.detachedHead", "false"),
    ("gc.auto", "0"),
)


@dataclass(frozen=True, slots=True)
class Checkout:
    """A repository's files: where they are, which commit, and why they are not today's."""

    folder: Path
    revision: str
    stale: Reason | None


class _GitFailed(Exception):  # noqa: N818 - never leaves this module
    """Git could not do it; `reason` says why."""

    def __init__(self, reason: Reason, text: str) -> None:
        super().__init__(text)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository's address, without and with what is secret about it."""

    url: str
    header: str | None

    @property
    def shown(self) -> str:
        """The address for people: without credentials, and without a query that could hold some."""
        return self.url.partition("?")[0] if self.url.startswith("http") else self.url


def is_git_url(source: str) -> bool:
    """Say whether a handbook's source is a git repository rather than a folder or a file."""
    lowered = source.lower()
    return (
        lowered.startswith(_SCHEMES)
        or _SCP_FORM.match(source) is not None
        or lowered.rstrip("/").endswith(".git")
    )


def read_address(source: str) -> Repository:
    """Take the credentials out of a git URL; any string gives some address."""
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
    login = f"{unquote(name)}:{unquote(password)}".encode()
    header = f"Authorization: Basic {base64.b64encode(login).decode()}"
    return Repository(urlunsplit(split._replace(netloc=host)), header)


def _drop_password(source: str) -> str:
    """Keep the user of `ssh://user:password@host`, which ssh needs; it takes no password."""
    return re.sub(r"(?<=://)([^/@:\s]+):[^/@\s]*(?=@)", r"\1", source)


@contextmanager
def check_out(
    source: str,
    branch: str | None,
    cache_folder: Path | None,
    timeout_s: float,
    stop: threading.Event | None = None,
) -> Iterator[Checkout]:
    """Give the files of a repository's newest commit.

    Args:
        source: git URL, or the path of a repository.
        branch: branch or tag; None for the one that the repository names.
        cache_folder: keeps the checkout, for the day on which the repository cannot be reached,
            and so that an unchanged one is not fetched again. None keeps nothing.
        timeout_s: for all that git does here.
        stop: ends git when it is set.

    Raises:
        HandbookError: the repository cannot be reached and there is no earlier checkout, or it
            has no such branch, or no commit.
    """
    repository = read_address(source)
    git = _Git(repository, time.monotonic() + timeout_s, timeout_s, stop)
    if cache_folder is None:
        with tempfile.TemporaryDirectory(prefix="syncer-handbook-") as temporary:
            folder = Path(temporary) / "checkout"
            try:
                revision = git.ask_revision(branch)
                git.clone(branch, folder)
            except _GitFailed as failed:
                raise _explain(repository, failed, "there is no earlier checkout") from failed
            yield Checkout(folder, git.read_revision(folder) or revision, None)
        return
    yield _update(git, branch, _Shelf(cache_folder, repository, branch))


def _update(git: _Git, branch: str | None, shelf: _Shelf) -> Checkout:
    """Bring the kept checkout up to date; it is replaced only by a whole one."""
    kept = shelf.find()
    try:
        revision = git.ask_revision(branch)
        if kept is not None and kept.revision == revision:
            return kept
        with shelf.make_room() as room:
            git.clone(branch, room)
            return shelf.put(room, git.read_revision(room) or revision)
    except _GitFailed as failed:
        if kept is None:
            raise _explain(git.repository, failed, "there is no earlier checkout") from failed
        return Checkout(kept.folder, kept.revision, failed.reason)
    except OSError as error:
        raise HandbookError(
            f"The checkout of {git.repository.shown} cannot be written below {shelf.folder}: "
            f"{error.strerror or error}. Make the folder writable, or free some space."
        ) from error


def _explain(repository: Repository, failed: _GitFailed, also: str) -> HandbookError:
    return HandbookError(
        f"The handbook's repository {repository.shown} cannot be read: {failed}; {also}. "
        "Check the address and the network, or name a folder with --handbook."
    )


def read_folder_revision(folder: Path) -> str | None:
    """Return the commit that a folder was checked out at; None without git or outside of one."""
    limit_s = 10.0
    return _Git(Repository("", None), time.monotonic() + limit_s, limit_s).read_revision(folder)


class _Shelf:
    """Where the checkouts of one repository and branch are kept: one folder per commit.

    The file `current` names the newest whole one. It is replaced in one step, so a run that is
    cut off leaves the earlier checkout as it was.
    """

    def __init__(self, cache_folder: Path, repository: Repository, branch: str | None) -> None:
        key = hashlib.sha256(f"{repository.url}\n{branch or ''}".encode()).hexdigest()[:16]
        name = re.sub(r"[^\w-]+", "-", repository.shown.rstrip("/").rpartition("/")[2])[:40]
        self.folder = cache_folder / f"{name.strip('-') or 'handbook'}-{key}"

    def find(self) -> Checkout | None:
        """Return the newest whole checkout; None when there is none."""
        try:
            revision = (self.folder / _CURRENT).read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        folder = self.folder / revision
        if not _REVISION.fullmatch(revision) or not folder.is_dir():
            return None
        return Checkout(folder, revision, None)

    @contextmanager
    def make_room(self) -> Iterator[Path]:
        """Give the path of a folder to be; what is left there afterwards goes."""
        self.folder.mkdir(parents=True, exist_ok=True)
        room = Path(tempfile.mkdtemp(prefix="new-", dir=self.folder))
        try:
            yield room / "checkout"
        finally:
            shutil.rmtree(room, ignore_errors=True)

    def put(self, room: Path, revision: str) -> Checkout:
        """Make a whole checkout the current one, and let the others go."""
        folder = self.folder / revision
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
    """Runs git against one repository, until a deadline or until it is stopped."""

    def __init__(
        self,
        repository: Repository,
        deadline: float,
        timeout_s: float,
        stop: threading.Event | None = None,
    ) -> None:
        self.repository = repository
        self._stop = stop or threading.Event()
        self._deadline = deadline
        self._timeout_s = timeout_s

    def ask_revision(self, branch: str | None) -> str:
        """Ask the repository which commit is its newest; this is how it is reached at all."""
        if branch is None:
            wanted = ["HEAD"]
        else:
            wanted = [f"refs/heads/{branch}", f"refs/tags/{branch}^{{}}", f"refs/tags/{branch}"]
        answer = self.run("ls-remote", "--quiet", "--", self.repository.url, *wanted)
        lines = (line.split("\t", 1) for line in answer.splitlines() if "\t" in line)
        found = {name: revision for revision, name in lines if _REVISION.fullmatch(revision)}
        for name in wanted:
            if name in found:
                return found[name]
        what = "holds no commit yet" if branch is None else f"has no branch or tag {branch!r}"
        raise HandbookError(
            f"The handbook's repository {self.repository.shown} {what}. "
            "Check [handbook] source and branch in the settings."
        )

    def clone(self, branch: str | None, folder: Path) -> None:
        """Fetch the newest commit alone, with its files."""
        self.run(
            "clone",
            *("--quiet", "--depth=1", "--single-branch", "--no-tags", "--no-local"),
            *("--no-recurse-submodules", "--template="),
            *([] if branch is None else [f"--branch={branch}"]),
            *("--", self.repository.url, str(folder)),
        )

    def read_revision(self, folder: Path) -> str | None:
        """Return the commit that a folder is at; None when it is in no checkout."""
        try:
            answer = self.run("-C", str(folder), "rev-parse", "--verify", "--quiet", "HEAD").strip()
        except _GitFailed:
            return None
        return answer if _REVISION.fullmatch(answer) else None

    def run(self, *arguments: str) -> str:
        """Run git and return what it printed.

        Raises:
            _GitFailed: it is not installed, ran too long, was stopped, or answered with an error.
        """
        with tempfile.TemporaryFile() as errors:
            try:
                process = subprocess.Popen(  # noqa: S603 - no shell; arguments end options by "--"
                    ["git", *arguments],  # noqa: S607 - the administrator's git, wherever it is
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    env=self._make_environment(),
                    start_new_session=True,
                )
            except OSError as error:
                raise _GitFailed(
                    Reason("git-not-found", {}), "the program git is not installed"
                ) from error
            try:
                output = self._wait(process)
            except BaseException:
                _end(process)
                raise
            if process.returncode != 0:
                errors.seek(0)
                detail = self._clean(errors.read(16_384).decode("utf-8", "replace"))
                raise _GitFailed(Reason("git-failed", {"detail": detail}), f"git says {detail!r}")
        return output.decode("utf-8", "replace")

    def _wait(self, process: subprocess.Popen[bytes]) -> bytes:
        """Return what git prints, looking now and then whether it is to go on."""
        while True:
            left_s = self._deadline - time.monotonic()
            try:
                return process.communicate(timeout=max(min(left_s, _LOOK_UP_S), 0.001))[0]
            except subprocess.TimeoutExpired as late:
                if self._stop.is_set():
                    raise _GitFailed(Reason("run-stopped"), "the run was stopped") from late
                if left_s <= _LOOK_UP_S:
                    raise _GitFailed(
                        Reason("git-timeout", {"timeout_s": self._timeout_s}),
                        f"git took longer than {self._timeout_s:g} s",
                    ) from late

    def _clean(self, message: str) -> str:
        """Return the line of git's message that says most, safe to show."""
        lines = [line for line in message.splitlines() if line.strip()]
        telling = [line for line in lines if line.startswith(("fatal:", "error:"))]
        line = (telling or lines or ["no message"])[0]
        return _CREDENTIALS.sub("", _CONTROL.sub(" ", line)).strip()[:_MAX_DETAIL]

    def _make_environment(self) -> Mapping[str, str]:
        environment = {
            name: value
            for name, value in os.environ.items()
            if name in _KEPT or not name.startswith(("GIT_", "SSH_ASKPASS"))
        }
        environment.setdefault("GIT_SSH_COMMAND", "ssh -o BatchMode=yes -o ConnectTimeout=20")
        environment |= {
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_ALLOW_PROTOCOL": "https:http:ssh:file",
            "GIT_LFS_SKIP_SMUDGE": "1",
            "SSH_ASKPASS_REQUIRE": "never",
            "LC_ALL": "C",
        }
        settings = list(_SETTINGS)
        if self.repository.header is not None:
            split = urlsplit(self.repository.url)
            scope = f"http.{split.scheme}://{split.netloc}/.extraHeader"
            settings.append((scope, self.repository.header))
        environment["GIT_CONFIG_COUNT"] = str(len(settings))
        for number, (name, value) in enumerate(settings):
            environment[f"GIT_CONFIG_KEY_{number}"] = name
            environment[f"GIT_CONFIG_VALUE_{number}"] = value
        return environment


def _end(process: subprocess.Popen[bytes]) -> None:
    """End git and what it started (ssh, git-remote-https), which would outlive it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
