"""Mail the end of a failed unit's log through a mail server; what syncer-failed@.service runs.

Standard library only, and any Python 3 from 3.7 on: it must work when an upgrade has gone wrong.
"""

from __future__ import annotations

import os
import smtplib
import socket
import ssl
import subprocess
import sys
from email.message import EmailMessage
from email.utils import localtime, make_msgid
from pathlib import Path

_LINES = "60"
_TIMEOUT_S = 30
_PLAIN_PORT, _STARTTLS_PORT, _TLS_PORT = 25, 587, 465


def write_mail(name: str, log: str) -> EmailMessage:
    """Return the mail on the handbook of that name."""
    host = socket.gethostname()
    mail = EmailMessage()
    mail["Subject"] = f"syncer on {host}: the handbook {name} needs you"
    mail["From"] = os.environ.get("MAILFROM") or f"syncer@{host}"
    mail["To"] = os.environ.get("MAILTO") or "root"
    mail["Date"] = localtime()
    mail["Message-ID"] = make_msgid()
    mail["Auto-Submitted"] = "auto-generated"
    unit = os.environ.get("MONITOR_UNIT") or "a try by hand"
    mail.set_content(
        f"The nightly check of the handbook {name} failed, was incomplete, is late, or its result\n"
        f"could not be delivered. What has failed on {host}: {unit}\n"
        f"What to do: systemctl status 'syncer*@{name}.service', and the section "
        f'"When a night fails" of deploy/README.md.\n\nThe end of the log:\n\n{log}'
    )
    return mail


def read_log(name: str) -> str:
    """Return the end of the journal of the handbook's units."""
    units = [f"--unit=syncer{part}@{name}.service" for part in ("", "-worker", "-status")]
    command = ["journalctl", *units, f"--lines={_LINES}", "--no-pager", "--output=short-iso"]
    try:
        done = subprocess.run(  # noqa: S603 - no shell, the name is the unit's own
            command, capture_output=True, check=False, timeout=_TIMEOUT_S
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"(journalctl could not be run: {error})"
    return (done.stdout or done.stderr).decode("utf-8", "replace")


def send_mail(mail: EmailMessage) -> None:
    """Hand the mail to the server; with a login only encrypted, and to a proven server.

    Raises:
        OSError, smtplib.SMTPException, ValueError: it was not accepted.
    """
    user = os.environ.get("SMTP_USER")
    password = _read_password() if user else ""
    server, _, given = (os.environ.get("SMTP_SERVER") or "localhost").partition(":")
    port = int(given or (_STARTTLS_PORT if user else _PLAIN_PORT))
    context = ssl.create_default_context()
    if port == _TLS_PORT:
        channel: smtplib.SMTP = smtplib.SMTP_SSL(server, port, timeout=_TIMEOUT_S, context=context)
    else:
        channel = smtplib.SMTP(server, port, timeout=_TIMEOUT_S)
    with channel:
        if user and port != _TLS_PORT:
            channel.starttls(context=context)
        if user:
            channel.login(user, password)
        channel.send_message(mail)


def _read_password() -> str:
    """Return the content of `/etc/syncer/mail.password`, which systemd hands over."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY") or "/etc/syncer"
    password = (Path(folder) / "mail.password").read_text(encoding="utf-8").strip()
    if not password:
        raise ValueError("there is no password in /etc/syncer/mail.password")
    return password


def main(name: str) -> int:
    """Send the mail; 1 when the mail server does not take it."""
    try:
        send_mail(write_mail(name, read_log(name)))
    except (OSError, smtplib.SMTPException, ValueError) as error:
        sys.stderr.write(f"The mail server did not take the mail: {describe(error)}\n")
        return 1
    return 0


def describe(error: Exception) -> str:
    """Return why it was not taken; of a server's reply only the code: it may repeat the login."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({str(code) for code, _ in error.recipients.values()})
        return f"it refused the receivers ({', '.join(codes)})"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"it refused the login ({error.smtp_code})"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"it answered {error.smtp_code}"
    if isinstance(error, UnicodeEncodeError):
        # Its own text names the letter, which may be one of the password.
        return "a login or an address has letters beyond ASCII"
    # smtplib appends the reply of a server that asks for the login again and again.
    return str(error).partition(" Last response:")[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
