"""Test the upload and the mail server of a nightly run without sending or writing."""

from __future__ import annotations

from dataclasses import dataclass

from syncer.delivery.mail import MailServer, try_server
from syncer.delivery.retry import explain_refusal
from syncer.delivery.upload import PublishTarget, explain_upload, try_target
from syncer.errors import ExitCode, NeedsPassword, NotFound, Protocol, RemoteError
from syncer.model.reason import Reason
from syncer.surroundings import Surroundings

# Refusals that no second try changes, besides those with a type of their own.
_FINAL_CODES = frozenset({"tls-failed", "upload-only"})
_TLS_CODES = frozenset({"tls-failed", "smtp-not-supported"})


@dataclass(frozen=True, slots=True)
class Trial:
    """The result of a try.

    Attributes:
        code: `USAGE` when the settings or the server must be changed, `INCOMPLETE` when the try
            gave no answer.
        reason: why nothing can be delivered; with `OK` a remark. None: all is well.
        passed: the steps that worked, in order: "connection", "STARTTLS", "login".
        failed: the step that did not; None when all did, or when there are no steps.
    """

    code: ExitCode = ExitCode.OK
    reason: Reason | None = None
    passed: tuple[str, ...] = ()
    failed: str | None = None


def try_mail(server: MailServer) -> Trial:
    """Connect, encrypt and log in; no mail is sent."""
    encryption = {"starttls": ("STARTTLS",), "tls": ("TLS",), "none": ()}[server.security]
    steps = ("connection", *encryption, *(() if server.user is None else ("login",)))
    try:
        try_server(server)
    except RemoteError as error:
        failed = _find_step(error, steps)
        passed = steps[: steps.index(failed)]
        return Trial(_classify(error), explain_refusal(error), passed, failed)
    return Trial(passed=steps)


def _find_step(error: RemoteError, steps: tuple[str, ...]) -> str:
    """Return the step that an error belongs to; the first one when it does not show."""
    if isinstance(error, NeedsPassword):
        return steps[-1]
    return steps[min(1, len(steps) - 1)] if error.code in _TLS_CODES else steps[0]


def try_upload(target: PublishTarget, around: Surroundings) -> Trial:
    """Look up the folder to upload to, and its permissions; nothing is written."""
    try:
        reason = try_target(target, around)
    except RemoteError as error:
        return Trial(_classify(error), explain_upload(error))
    if reason is None or reason.code == "upload-folder-not-made-yet":
        return Trial(ExitCode.OK, reason)
    return Trial(ExitCode.USAGE, reason)


def _classify(error: RemoteError) -> ExitCode:
    refused = isinstance(error, NeedsPassword | NotFound | Protocol) or error.code in _FINAL_CODES
    return ExitCode.USAGE if refused else ExitCode.INCOMPLETE
