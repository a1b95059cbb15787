"""The exception tree and the exit codes.

An exception ends the run. What concerns one row, one link, one file or one folder is data
(`syncer.model`), so that one dead share never hides another.

A text says what is wrong, where, and the next step. Secrets never stand in one.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process answers; the most serious wins, see `most_serious`."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    INCOMPLETE = 3
    BUG = 70
    LOCKED = 75


_SERIOUSNESS = (
    ExitCode.BUG,
    ExitCode.LOCKED,
    ExitCode.USAGE,
    ExitCode.INCOMPLETE,
    ExitCode.FINDINGS,
    ExitCode.OK,
)


def most_serious(*codes: ExitCode) -> ExitCode:
    """Return the code that wins when several apply; `OK` when none is given."""
    return min(codes, key=_SERIOUSNESS.index, default=ExitCode.OK)


class SyncerError(Exception):
    """Base of all that syncer raises on purpose."""

    exit_code = ExitCode.BUG


class ConfigError(SyncerError):
    """Settings or a command line that cannot be used; nothing was audited.

    Attributes:
        problems: one sentence each, in the order of the file, every one with its place.
    """

    exit_code = ExitCode.USAGE

    def __init__(self, *problems: str) -> None:
        """Keep every problem, so that all are named at once."""
        super().__init__("\n".join(problems))
        self.problems = problems


class HandbookError(SyncerError):
    """There is no handbook to read: no such place, git unreachable, no readable page."""

    exit_code = ExitCode.USAGE


class StoreError(SyncerError):
    """The state folder or an output folder cannot be written."""

    exit_code = ExitCode.USAGE


class RunLocked(SyncerError):  # noqa: N818 - the house's word for it (design, section 4)
    """Another run holds the lock."""

    exit_code = ExitCode.LOCKED


class RemoteError(SyncerError):
    """A server's answer that is not the one asked for; `nextcloud/` and `web/` turn it into data.

    Attributes:
        code: stable word for the cause, as in `Reason.code` ("timeout", "not-xml", "http-500").
        status: HTTP status, None when no answer came.
        retry_after_s: what `Retry-After` asked for, in seconds; None when it did not.
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
        """Keep the machine-readable cause beside the text."""
        super().__init__(text or code)
        self.code = code
        self.status = status
        self.retry_after_s = retry_after_s


class Transient(RemoteError):  # noqa: N818
    """May be right the next time: connection, time-out, 423, 429, 5xx without a known meaning."""


class NotFound(RemoteError):  # noqa: N818
    """The server says that the thing asked for is not there (a claim, not yet a proof)."""


class NeedsPassword(RemoteError):  # noqa: N818
    """401: a password or a login stands before it, or the token is dead; `GET /s/TOKEN` settles."""


class Throttled(RemoteError):  # noqa: N818
    """The server has had too many failed tries from this address, or says 429."""


class Protocol(RemoteError):  # noqa: N818
    """An answer that is no WebDAV: HTML, truncated or foreign XML, wrong lengths, too big."""
