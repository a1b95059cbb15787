"""Where a nightly delivers to, tried once: looked at and logged in to, and nothing left there."""

from __future__ import annotations

from dataclasses import dataclass

from syncer.delivery.mail import MailServer, try_server
from syncer.delivery.upload import PublishTarget, explain_upload, try_target
from syncer.errors import ExitCode, NeedsPassword, NotFound, Protocol, RemoteError
from syncer.model.reason import Reason
from syncer.surroundings import Surroundings

# Refusals that no second try changes, beside those that have a type of their own.
_SETTLED = frozenset({"tls-failed", "upload-only"})


@dataclass(frozen=True, slots=True)
class Trial:
    """What a try has shown.

    Attributes:
        code: `USAGE` where the settings or the server must be changed, `INCOMPLETE` where it could
            not be seen.
        reason: why nothing can be delivered; with `OK` what is good to know. None: all is well.
    """

    code: ExitCode = ExitCode.OK
    reason: Reason | None = None


def try_mail(server: MailServer) -> Trial:
    """Connect, encrypt and log in; no mail is sent."""
    try:
        try_server(server)
    except NeedsPassword:
        return Trial(ExitCode.USAGE, Reason("mail-login-refused"))
    except RemoteError as error:
        args = {"detail": error.code, "status": error.status}
        return Trial(_weigh(error), Reason("mail-server-failed", args))
    return Trial()


def try_upload(target: PublishTarget, around: Surroundings) -> Trial:
    """Ask for the folder to upload to, and its rights; nothing is written."""
    try:
        reason = try_target(target, sleep=around.sleep, stop=around.stop)
    except RemoteError as error:
        return Trial(_weigh(error), explain_upload(error))
    if reason is None or reason.code == "upload-folder-not-made-yet":
        return Trial(ExitCode.OK, reason)
    return Trial(ExitCode.USAGE, reason)


def _weigh(error: RemoteError) -> ExitCode:
    refused = isinstance(error, NeedsPassword | NotFound | Protocol) or error.code in _SETTLED
    return ExitCode.USAGE if refused else ExitCode.INCOMPLETE
