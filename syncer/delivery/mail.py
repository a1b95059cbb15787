"""One mail through SMTP, encrypted, within a deadline: as text, and as HTML that says the same."""

from __future__ import annotations

import base64
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, make_msgid
from io import BufferedIOBase
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal, NoReturn, assert_never

from syncer.delivery.retry import find_patience, send_with_retries
from syncer.errors import NeedsPassword, Protocol, RemoteError, Transient
from syncer.manifest.document import StatusManifest
from syncer.manifest.news import News
from syncer.model.reason import Reason
from syncer.net.deadlines import STOP_POLL_S, Patience, begin_request
from syncer.net.dialer import Dialer, Resolver
from syncer.net.failures import Unreached, raise_typed
from syncer.report.mail_content import Room
from syncer.report.mail_digest import digest_run
from syncer.report.mail_texts import MailTexts, render_mail
from syncer.report.words import Lang
from syncer.surroundings import Surroundings

MAX_BYTES = 20_000
"""Limit on a mail, by which it says less."""
_LESS_AND_LESS = (
    Room(),
    Room(entries=5),
    Room(entries=3, letters=240),
    Room(entries=1, letters=90),
)
_MAX_REPLY_BYTES = 262_144
_CUT_AGAIN_S = 0.05
_READY, _LOGGED_IN = 220, 235
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that mail is sent through.

    Attributes:
        port: None is the usual one.
        security: TLS from the first byte, or after STARTTLS; "none" is for a relay on this machine:
            its address must be a loopback one.
        user: for the login; None: no login.
        ca_file: certificates to trust instead of the system's.
        wait_s: for each answer, and for all addresses of the host together.
        deadline_s: for the whole mail.
    """

    host: str
    port: int | None = None
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: Path | None = None
    wait_s: float = 30.0
    deadline_s: float = 90.0


class _Policy(EmailPolicy):
    """Folds the subject itself: the library doubles the blank at which it folds."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if name != "Subject":
            return super().fold_binary(name, value)
        encoded = Header(str(value), "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{name}: {encoded}{self.linesep}".encode("ascii")


def build_mail(
    manifest: StatusManifest,
    news: News,
    *,
    lang: Lang,
    sender: str,
    to: Sequence[str],
    report_url: str | None,
    now: datetime,
    weekly: bool = False,
) -> EmailMessage:
    """Return the mail: the news in a few lines, as text and as HTML.

    At most `MAX_BYTES`, whatever the run's size and the names in it are (beyond that only with
    hundreds of receivers). `weekly` is as in `Digest`.
    """
    digest = digest_run(manifest, news, lang=lang, weekly=weekly)
    for room in _LESS_AND_LESS:
        texts = render_mail(digest, report_url=report_url, room=room)
        mail = _assemble(texts, sender, to, now)
        if len(mail.as_bytes()) <= MAX_BYTES:
            break
    return mail


def _assemble(texts: MailTexts, sender: str, to: Sequence[str], now: datetime) -> EmailMessage:
    mail = EmailMessage(policy=_Policy(linesep="\r\n"))
    mail["Subject"] = texts.subject
    mail["From"] = sender
    mail["To"] = ", ".join(to)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    # Prevents automatic replies (RFC 3834).
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(texts.text, cte="quoted-printable")
    mail.add_alternative(texts.html, subtype="html", cte="quoted-printable")
    return mail


def send_mail(mail: EmailMessage, server: MailServer, around: Surroundings) -> Reason | None:
    """Send a mail; return why the server accepted it for no receiver."""

    def send() -> None:
        with _open_session(server, around) as smtp:
            smtp.send_message(mail)

    return send_with_retries("mail", send, around)


def visit_server(server: MailServer, around: Surroundings) -> Reason | None:
    """Connect and log in, with retries, without sending; return why no mail could be sent."""
    return send_with_retries(
        "mail", lambda: try_server(server, around), around, done="mail-server-answers"
    )


def try_server(server: MailServer, around: Surroundings | None = None) -> None:
    """Connect and log in, without sending; `around` has the stop that ends it soon.

    Raises:
        RemoteError: no mail could be sent.
    """
    with _open_session(server, around or Surroundings()) as smtp:
        smtp.ehlo_or_helo_if_needed()


@contextmanager
def _open_session(server: MailServer, around: Surroundings) -> Iterator[smtplib.SMTP]:
    """Yield a logged-in session, encrypted unless it stays on this machine.

    Errors of the block become `RemoteError` too.
    """
    try:
        context = ssl.create_default_context(cafile=server.ca_file)
    except OSError as error:
        # The file with the certificates is missing, or has none.
        raise RemoteError("tls-failed") from error
    smtp = _make_client(server, context)
    patience = find_patience(Patience(connect_s=server.wait_s, answer_s=server.deadline_s), around)
    begin_request(patience)
    with _cut_after(smtp, server.deadline_s, patience.stop) as was_cut:
        try:
            port = server.port or _PORTS[server.security]
            host = _find_loopback(server.host) if server.security == "none" else server.host
            greeting = smtp.connect(host, port)
            if greeting[0] != _READY:
                raise smtplib.SMTPConnectError(*greeting)
            if server.security == "starttls":
                smtp.starttls(context=context)
            if server.user is not None:
                _log_in(smtp, server.user, server.password or "")
            yield smtp
        except (smtplib.SMTPException, Unreached, OSError, ValueError) as error:
            if was_cut.is_set():
                raise Transient("timeout") from error
            _raise_typed(error)
        finally:
            # Whatever the server answers: the mail was accepted or refused before.
            with suppress(smtplib.SMTPException, OSError, ValueError):
                smtp.quit()
            smtp.close()


def _find_loopback(host: str) -> str:
    """Return the address of a relay on this machine; raise `Protocol` for any other."""
    addresses = Resolver().look_up(host)
    if not all(ip_address(address.partition("%")[0]).is_loopback for address in addresses):
        raise Protocol("mail-not-encrypted")
    return addresses[0]


def _log_in(smtp: smtplib.SMTP, user: str, password: str) -> None:
    """Log in; beyond ASCII with PLAIN in UTF-8 (RFC 4616), which smtplib cannot encode."""
    if (user + password).isascii():
        smtp.login(user, password)
        return
    login = base64.b64encode(f"\0{user}\0{password}".encode()).decode("ascii")
    smtp.ehlo_or_helo_if_needed()
    code, said = smtp.docmd("AUTH", f"PLAIN {login}")
    if code != _LOGGED_IN:
        raise smtplib.SMTPAuthenticationError(code, said)


class _Replies(BufferedIOBase):
    """A server's replies, bounded in bytes: smtplib reads replies of any length."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._left = _MAX_REPLY_BYTES

    def readline(self, size: int | None = -1, /) -> bytes:
        line: bytes = self._stream.readline(size)
        self._left -= len(line)
        if self._left < 0:
            raise smtplib.SMTPServerDisconnected("the reply is too long")
        return line

    def close(self) -> None:
        self._stream.close()


class _StartTlsClient(smtplib.SMTP):
    """A client that looks its server up and connects within the deadline of this thread."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        with Dialer(allow_private=True).dial(host, port) as dialed:
            connected = socket.socket(fileno=dialed.detach())
        connected.settimeout(timeout)
        return connected

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = _Replies(self.sock.makefile("rb"))
        return super().getreply()


class _TlsClient(smtplib.SMTP_SSL, _StartTlsClient):
    """The same, with TLS from the first byte."""


def _make_client(server: MailServer, context: ssl.SSLContext) -> smtplib.SMTP:
    smtp: _StartTlsClient
    match server.security:
        case "starttls" | "none":
            smtp = _StartTlsClient(timeout=server.wait_s)
        case "tls":
            smtp = _TlsClient(timeout=server.wait_s, context=context)
        case _ as never:
            assert_never(never)
    # The name that the certificate must have: smtplib sets it only when it connects at once.
    smtp._host = server.host  # type: ignore[attr-defined]  # noqa: SLF001
    return smtp


@contextmanager
def _cut_after(
    smtp: smtplib.SMTP, seconds: float, stop: threading.Event
) -> Iterator[threading.Event]:
    """Cut the connection at the deadline or a stop: smtplib's time-out is for each read only.

    Yields an event that is set when that has happened.
    """
    done, was_cut = threading.Event(), threading.Event()

    def watch() -> None:
        ends_at = time.monotonic() + seconds
        while not stop.is_set() and (left_s := ends_at - time.monotonic()) > 0:
            if done.wait(min(left_s, STOP_POLL_S)):
                return
        was_cut.set()
        # Repeatedly: the socket may be replaced meanwhile (connecting, STARTTLS).
        while not done.wait(_CUT_AGAIN_S):
            if smtp.sock is not None:
                with suppress(OSError):
                    # `SSLSocket.shutdown` forgets the TLS first: what is sent meanwhile is bare.
                    socket.socket.shutdown(smtp.sock, socket.SHUT_RDWR)

    watcher = threading.Thread(target=watch, name="mail-deadline", daemon=True)
    watcher.start()
    try:
        yield was_cut
    finally:
        done.set()
        watcher.join()


def _raise_typed(error: Exception) -> NoReturn:
    """Raise the typed error; without the server's text, which may repeat the login."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            status: int | None = max((code for code, _ in error.recipients.values()), default=None)
        case smtplib.SMTPResponseException():
            status = error.smtp_code
        case smtplib.SMTPServerDisconnected():
            # smtplib raises this after a time-out, too.
            silent = isinstance(error.__context__, TimeoutError)
            raise Transient("timeout" if silent else "connection-cut") from error
        case smtplib.SMTPNotSupportedError():
            raise Protocol("smtp-not-supported") from error
        case smtplib.SMTPException():
            raise Protocol("bad-answer") from error
        case _:
            raise_typed(error)
    if status is not None and 400 <= status < 500:
        raise Transient("smtp-status", status=status) from error
    if isinstance(error, smtplib.SMTPAuthenticationError):
        raise NeedsPassword("not-authenticated", status=status) from error
    raise Protocol("smtp-status", status=status) from error
