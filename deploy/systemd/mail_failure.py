"""Mail the end of a failed unit's log through a mail server; what syncer-failed@.service runs.

Standard library only: it must work when an upgrade has gone wrong.
"""

from __future__ import annotations

import os
import smtplib
import socket
import subprocess
import sys
from email.message import EmailMessage

_LINES = "60"
_TIMEOUT_S = 30


def write_mail(name: str, log: str) -> EmailMessage:
    """Return the mail on the handbook of that name."""
    host = socket.gethostname()
    mail = EmailMessage()
    mail["Subject"] = f"syncer on {host}: the handbook {name} was not checked"
    mail["From"] = os.environ.get("MAILFROM") or f"syncer@{host}"
    mail["To"] = os.environ.get("MAILTO") or "root"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(
        f"The nightly check of the handbook {name} failed or was incomplete.\n"
        f"What to do: systemctl status 'syncer*@{name}.service', and the section "
        f'"When a night fails" of deploy/README.md.\n\nThe end of its log:\n\n{log}'
    )
    return mail


def read_log(name: str) -> str:
    """Return the end of the journal of the handbook's units."""
    units = (f"--unit=syncer@{name}.service", f"--unit=syncer-worker@{name}.service")
    command = ["journalctl", *units, f"--lines={_LINES}", "--no-pager", "--output=short-iso"]
    try:
        done = subprocess.run(  # noqa: S603 - no shell, the name is the unit's own
            command, capture_output=True, check=False, timeout=_TIMEOUT_S
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"(journalctl could not be run: {error})"
    return (done.stdout or done.stderr).decode("utf-8", "replace")


def main(name: str) -> int:
    """Send the mail; 1 when the mail server does not take it."""
    server, _, port = (os.environ.get("SMTP_SERVER") or "localhost").partition(":")
    try:
        with smtplib.SMTP(server, int(port or 25), timeout=_TIMEOUT_S) as channel:
            channel.send_message(write_mail(name, read_log(name)))
    except (OSError, smtplib.SMTPException) as error:
        sys.stderr.write(f"The mail server {server} did not take the mail: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
