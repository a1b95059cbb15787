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


@dataclass(frozen=True, slots=True)
class Trial:
    """The result of a try.

    Attributes:
        code: `USAGE` when the settings or the server must be changed, `INCOMPLETE` when the try
            gave no answer.
        reason: why nothing can be delivered; with `OK` a remark. None: all is well.
    """

    code: ExitCode = ExitCode.OK
    reason: Reason | None = None


def try_mail(server: MailServer) -> Trial:
    """Connect, encrypt and log in; no mail is sent."""
    try:
        try_server(server)
    except RemoteError as error:
        return Trial(_classify(error), explain_refusal(error))
    return Trial()


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
