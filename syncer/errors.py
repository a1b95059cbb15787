"""The exception tree and the exit codes.

An exception ends the run. What concerns one row, link, file or folder is data (`syncer.model`), so
that one dead share never hides another. A message says what is wrong, where, and the next step; it
never holds a secret.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of the process (`docs/design.md`, "Errors and exit codes")."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    INCOMPLETE = 3
    BUG = 70
    LOCKED = 75


_MOST_SERIOUS_FIRST = (
    ExitCode.BUG,
    ExitCode.LOCKED,
    ExitCode.USAGE,
    ExitCode.INCOMPLETE,
    ExitCode.FINDINGS,
    ExitCode.OK,
)


def most_serious(*codes: ExitCode) -> ExitCode:
    """Return the code that wins when several apply; `OK` when none is given."""
    return min(codes, key=_MOST_SERIOUS_FIRST.index, default=ExitCode.OK)


class SyncerError(Exception):
    """Base of all exceptions that syncer raises on purpose."""

    exit_code = ExitCode.BUG


class ConfigError(SyncerError):
    """The settings or the command line cannot be used; nothing was audited.

    Attributes:
        problems: one sentence each with its place, in the order of the file.
    """

    exit_code = ExitCode.USAGE

    def __init__(self, *problems: str) -> None:
        """Store every problem, so that all are reported at once."""
        super().__init__("\n".join(problems))
        self.problems = problems


class HandbookError(SyncerError):
    """There is no handbook to read: no such place, git unreachable, no readable page."""

    exit_code = ExitCode.USAGE


class StoreError(SyncerError):
    """The state folder or an output cannot be written."""

    exit_code = ExitCode.USAGE


class RunLocked(SyncerError):  # noqa: N818 - named in docs/design.md
    """Another run holds the lock."""

    exit_code = ExitCode.LOCKED


class RemoteError(SyncerError):
    """A server did not answer as asked; `nextcloud/` and `web/` turn it into data.

    Attributes:
        code: stable word for the cause, as in `Reason.code` ("timeout", "not-xml", "http-500").
        status: HTTP status, None when no answer came.
        retry_after_s: value of `Retry-After` in seconds, None without one.
    """

    exit_code = ExitCode.INCOMPLETE

    def __init__(
        self,
        code: str,
        text: str = "",
        *,
        status: int | None = None,
        retry_after_s: float | None = None,
    ) -> None:
        """Store the machine-readable cause beside the text."""
        super().__init__(text or code)
        self.code = code
        self.status = status
        self.retry_after_s = retry_after_s


class Transient(RemoteError):  # noqa: N818
    """May work the next time: connection, time-out, 423, 429, 5xx without a known meaning."""


class NotFound(RemoteError):  # noqa: N818
    """The server says that the target is not there (a claim, not yet a proof)."""


class NeedsPassword(RemoteError):  # noqa: N818
    """401: a password or login is needed, or the token is dead; `GET /s/TOKEN` decides which."""


class Throttled(RemoteError):  # noqa: N818
    """The server counted too many failed tries from this address, or answered 429."""


class Protocol(RemoteError):  # noqa: N818
    """The answer is no WebDAV: HTML, truncated or foreign XML, wrong lengths, too big."""
