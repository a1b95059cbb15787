"""The `git` program, run so that nothing of a repository is executed.

No hook, filter, file system monitor, submodule, prompt, pager or credential helper of others takes
part, the user's and the system's git settings are not read, and what a repository's own settings
could start is overridden. Every call of git goes through here.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from syncer.model.reason import Reason

_CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+@")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
# What may follow the name of a ref ("main~2", "main@{1}"), and the beginning of a hash.
_SUFFIX = re.compile(r"[~^]|@\{")
_HASH = re.compile(r"[0-9a-fA-F]{4,39}")
_VERSION = re.compile(r"v\d[\w.+-]*|\d+\.\d[\w.+-]*")
_MAX_DETAIL = 300
_POLL_S = 0.5
_LOOK_UP_TIMEOUT_S = 10.0

# Git variables that are passed on: they name the administrator's key, certificates and programs.
_PASSED_ON = ("GIT_SSH_COMMAND", "GIT_SSL_CAINFO", "GIT_EXEC_PATH")
_SETTINGS = (
    ("core.hooksPath", os.devnull),
    ("core.fsmonitor", "false"),
    ("core.askPass", ""),
    ("core.attributesFile", os.devnull),
    ("credential.helper", ""),
    ("diff.external", ""),
    ("submodule.recurse", "false"),
    ("fetch.recurseSubmodules", "false"),
    ("advice.detachedHead", "false"),
    ("gc.auto", "0"),
    # A folder with a bare repository's files is a folder, not a repository.
    ("safe.bareRepository", "explicit"),
)


class GitFailed(Exception):  # noqa: N818 - carries a reason, and is always caught in this package
    """Git could not do it; `reason` is what the manifest gets."""

    def __init__(self, reason: Reason, text: str) -> None:
        """Store the reason, and the text for people."""
        super().__init__(text)
        self.reason = reason


class GitProgram:
    """Runs git until a deadline, or until the run is stopped."""

    def __init__(
        self,
        timeout_s: float,
        stop: threading.Event | None = None,
        *,
        protocols: str = "",
        settings: Sequence[tuple[str, str]] = (),
        variables: Mapping[str, str] | None = None,
    ) -> None:
        """Start the clock.

        Args:
            timeout_s: for all calls together.
            stop: ends git when it is set.
            protocols: those that git may use, separated by ":"; none by default.
            settings: of git, beyond the hardening.
            variables: for the environment; they may be secret.
        """
        self._timeout_s = timeout_s
        self._deadline = time.monotonic() + timeout_s
        self._stop = stop or threading.Event()
        self._protocols = protocols
        self._settings = (*_SETTINGS, *settings)
        self._variables = dict(variables or {})

    def run(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """Run git and return what it printed.

        Raises:
            GitFailed: it is not installed, ran too long, was stopped, or reported an error.
        """
        with tempfile.TemporaryFile() as errors, tempfile.TemporaryFile() as given:
            # A file: after a time-out `communicate` takes no input any more, and sends no rest.
            given.write(stdin)
            given.seek(0)
            try:
                process = subprocess.Popen(  # noqa: S603 - no shell; arguments end options by "--"
                    ["git", "--no-pager", "--literal-pathspecs", *arguments],  # noqa: S607
                    stdin=given,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    env=self._make_environment(),
                    start_new_session=True,
                )
            except (FileNotFoundError, PermissionError) as error:
                raise GitFailed(
                    Reason("git-not-found", {}), "the program git is not installed"
                ) from error
            except (OSError, ValueError) as error:
                # An argument with a NUL, or one that is too long for the system.
                detail = getattr(error, "strerror", None) or str(error)
                raise GitFailed(
                    Reason("git-failed", {"detail": detail}), f"git cannot be started: {detail}"
                ) from error
            try:
                output = self._wait(process)
            except BaseException:
                _end(process)
                raise
            if process.returncode != 0:
                errors.seek(0)
                detail = _summarise(errors.read(16_384).decode("utf-8", "replace"))
                raise GitFailed(Reason("git-failed", {"detail": detail}), f"git says {detail!r}")
        return output

    def _wait(self, process: subprocess.Popen[bytes]) -> bytes:
        """Return what git prints; check for the deadline and the stop in between."""
        while True:
            left_s = self._deadline - time.monotonic()
            try:
                return process.communicate(timeout=max(min(left_s, _POLL_S), 0.001))[0]
            except subprocess.TimeoutExpired as late:
                if self._stop.is_set():
                    raise GitFailed(Reason("run-stopped"), "the run was stopped") from late
                if left_s <= _POLL_S:
                    raise GitFailed(
                        Reason("git-timeout", {"timeout_s": self._timeout_s}),
                        f"git took longer than {self._timeout_s:g} s",
                    ) from late

    def _make_environment(self) -> Mapping[str, str]:
        environment = {
            name: value
            for name, value in os.environ.items()
            if name in _PASSED_ON or not name.startswith(("GIT_", "SSH_ASKPASS"))
        }
        environment.setdefault("GIT_SSH_COMMAND", "ssh -o BatchMode=yes -o ConnectTimeout=20")
        environment |= {
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_ALLOW_PROTOCOL": self._protocols,
            "GIT_LFS_SKIP_SMUDGE": "1",
            "SSH_ASKPASS_REQUIRE": "never",
            "LC_ALL": "C",
            "GIT_CONFIG_COUNT": str(len(self._settings)),
        }
        for number, (name, value) in enumerate(self._settings):
            environment[f"GIT_CONFIG_KEY_{number}"] = name
            environment[f"GIT_CONFIG_VALUE_{number}"] = value
        return environment | self._variables


def find_worktree(folder: Path) -> Path | None:
    """Return the top of the git worktree that a folder is in; None outside of one.

    Only a folder's own `.git` counts. A folder that merely has the files of a bare repository is
    none: a stranger's commit can hold such files.

    Raises:
        OSError, RuntimeError: the folder cannot be resolved.
    """
    place = folder.resolve(strict=True)
    return next((one for one in (place, *place.parents) if (one / ".git").exists()), None)


def find_repository(worktree: Path) -> Path | None:
    """Return the git directory that all worktrees of a repository share; None without one."""
    place = worktree / ".git"
    try:
        if not place.is_dir():
            place = (worktree / place.read_text("utf-8").partition("gitdir:")[2].strip()).resolve()
        common = place / "commondir"
        return (
            (place / common.read_text("utf-8").strip()) if common.is_file() else place
        ).resolve()
    except (OSError, ValueError):
        return None


def read_commit(git: GitProgram, worktree: Path, ref: str) -> str | None:
    """Return the hash of the commit that a ref names; None where git knows no such commit.

    Raises:
        GitFailed: git is not installed, ran too long or was stopped.
    """
    git_dir = f"--git-dir={worktree / '.git'}"
    try:
        answer = git.run(
            git_dir, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"
        )
    except GitFailed as failed:
        if failed.reason.code == "git-failed":
            return None
        raise
    return answer.decode("ascii", "replace").strip() or None


def find_meanings(git: GitProgram, worktree: Path, ref: str) -> tuple[str, ...]:
    """Return the full names that a short ref may stand for, where they name different commits.

    Git takes a tag before a branch, and any of them before the beginning of a hash. Whoever fetches
    a fork gets its tags too, and one of them may be called like the branch of another remote.

    Raises:
        GitFailed: git is not installed, ran too long or was stopped.
    """
    name = _SUFFIX.split(ref, maxsplit=1)[0]
    places = (f"refs/{name}", *(f"refs/{one}/{name}" for one in ("tags", "heads", "remotes")))
    commits = {one: read_commit(git, worktree, one) for one in (*places, f"{places[-1]}/HEAD")}
    named = {one: commit for one, commit in commits.items() if commit is not None}
    if named and _HASH.fullmatch(name):
        git_dir = f"--git-dir={worktree / '.git'}"
        hashes = git.run(git_dir, "rev-parse", f"--disambiguate={name}").decode("ascii").split()
        named |= {one: one for one in hashes}
    return tuple(named) if len(set(named.values())) > 1 else ()


def is_unsaid_tag(git: GitProgram, worktree: Path, ref: str) -> bool:
    """Return whether git takes a ref for a tag although its name does not say so.

    Where no branch of that name was fetched, the tag of a fork would be taken for it. A version
    ("v1.2") says that it is a tag, and a name that is also the beginning of the tagged commit's
    hash means that commit anyway.

    Raises:
        GitFailed: git is not installed, ran too long or was stopped.
    """
    name = _SUFFIX.split(ref, maxsplit=1)[0]
    if _VERSION.fullmatch(name):
        return False
    commit = read_commit(git, worktree, name)
    if commit is None or (_HASH.fullmatch(name) and commit.startswith(name.lower())):
        return False
    command = ("rev-parse", "--verify", "--symbolic-full-name", "--end-of-options", name)
    full = git.run(f"--git-dir={worktree / '.git'}", *command)
    return full.decode("utf-8", "surrogateescape").strip() == f"refs/tags/{name}"


def holds_file(worktree: Path, path: Path) -> bool:
    """Return whether git tracks a path of a worktree; where git cannot be asked, it may."""
    git_dir = f"--git-dir={worktree / '.git'}"
    tree = f"--work-tree={worktree}"
    try:
        answer = GitProgram(_LOOK_UP_TIMEOUT_S).run(
            git_dir, tree, "ls-files", "-z", "--", str(path)
        )
    except GitFailed:
        return True
    return bool(answer)


def _summarise(message: str) -> str:
    """Return the most telling line of git's message, safe to show."""
    lines = [line for line in message.splitlines() if line.strip()]
    fatal = [line for line in lines if line.startswith(("fatal:", "error:"))]
    line = (fatal or lines or ["no message"])[0]
    return _CREDENTIALS.sub("", _CONTROL.sub(" ", line)).strip()[:_MAX_DETAIL]


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill git and what it started (ssh, git-remote-https), which would go on without it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
