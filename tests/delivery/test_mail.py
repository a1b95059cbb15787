"""Mail read back by a real SMTP server: encrypted, with its parts, and never in the run's way."""

from __future__ import annotations

import contextlib
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Literal

import pytest
import structlog
import trustme
from structlog.testing import capture_logs

from syncer.delivery import mail, retry
from syncer.delivery.mail import MAX_BYTES, MailServer, build_mail, send_mail, try_server
from syncer.errors import Transient
from syncer.manifest.document import StatusManifest
from syncer.manifest.news import News, find_news
from syncer.report.words import Lang
from syncer.surroundings import Surroundings
from tests.delivery.made_runs import NIGHT, make_finding, make_run
from tests.delivery.receivers import PASSWORD, USER, OpenOffice, PostOffice, find_free_port

DAY = timedelta(days=1)
FIRST = make_run(make_finding("share-gone", "A"))
SECOND = make_run(
    make_finding("share-writable", "<script>alert(1)</script>"),
    complete=FIRST,
    at=NIGHT + DAY,
)
NEWS = find_news(SECOND, FIRST)
REPORT = "https://boks.example.org/f/1"


def build(
    manifest: StatusManifest = SECOND, news: News = NEWS, *, lang: Lang = Lang.DA
) -> EmailMessage:
    """Return the mail of the second night."""
    return build_mail(
        manifest,
        news,
        lang=lang,
        sender="syncer@example.org",
        to=("sekretariat@example.org", "drift@example.org"),
        report_url=REPORT,
        now=NIGHT,
    )


def at(office: PostOffice, security: Any = "starttls", **more: Any) -> MailServer:
    """Return how to reach a mail server, with the right login."""
    server = MailServer(
        host="127.0.0.1",
        port=office.port,
        security=security,
        user=USER,
        password=PASSWORD,
        ca_file=office.ca_file,
        wait_s=5,
        deadline_s=20,
    )
    return replace(server, **more)


def send(server: MailServer, stop: threading.Event | None = None) -> bool:
    """Hand the mail in without waiting between tries."""
    around = Surroundings(sleep=lambda _: None, stop=stop or threading.Event())
    return send_mail(build(), server, around) is None


def send_in_vain(server: MailServer) -> dict[str, Any]:
    """Hand the mail in, and return the one line that the log has of its failure."""
    with capture_logs() as logs:
        assert not send(server)
    assert PASSWORD not in str(logs)
    (line,) = logs
    assert (line["event"], line["channel"], line["log_level"]) == (
        "notice-failed",
        "mail",
        "warning",
    )
    return dict(line)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_mail_arrives_with_its_parts(open_office: OpenOffice, security: str) -> None:
    """Logged in over TLS, and read back: the news as text, and the same as HTML."""
    office = open_office(security)
    assert send(at(office, security))
    (mail,) = office.postbox.mails
    assert office.postbox.logins == [(USER.encode(), PASSWORD.encode())]
    assert office.postbox.receivers == [["sekretariat@example.org", "drift@example.org"]]
    assert mail["Subject"] == (
        "Håndbogen: 1 ny, 1 løst – alle kan ændre i »<script>alert(1)</scrip…«"
    )
    assert mail["To"] == "sekretariat@example.org, drift@example.org"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime == NIGHT
    assert mail["Message-ID"].endswith("@example.org>")
    text, html = mail.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    for part in (text, html):
        assert part["Content-Transfer-Encoding"] == "quoted-printable"
    lines = text.get_content().splitlines()
    assert lines[0] == "1 nyt punkt og 1 punkt løst."
    assert lines[lines.index("Åbn rapporten:") + 1] == REPORT
    assert "<script" not in html.get_content()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html.get_content()
    assert html.get_content().rstrip().endswith("</html>")


@pytest.mark.parametrize(
    "name",
    ["Å" * 255, "漢" * 255, "a\r\nBcc: alle@example.org", "a\u2028b\x0cc", "=?utf-8?q?x?= " * 9],
)
def test_a_name_is_no_header(open_office: OpenOffice, name: str) -> None:
    """The subject arrives as it was written, on one line, with no header or receiver more."""
    manifest = make_run(make_finding("share-gone", name), complete=SECOND, at=NIGHT + DAY * 2)
    sent = build(manifest, find_news(manifest, SECOND))
    office = open_office()
    assert send_mail(sent, at(office), Surroundings(sleep=lambda _: None)) is None
    (mail,) = office.postbox.mails
    assert mail["Subject"] == sent["Subject"] == " ".join(sent["Subject"].split())
    assert mail["Subject"].startswith("Håndbogen: 1 ny, 1 løst")
    assert len(mail["Subject"]) < 70
    assert set(mail.keys()) == set(sent.keys())
    assert office.postbox.receivers == [["sekretariat@example.org", "drift@example.org"]]
    assert sent.as_bytes().isascii()
    header = sent.as_bytes().partition(b"\r\n\r\n")[0]
    assert max(map(len, header.split(b"\r\n"))) <= 78


@pytest.mark.parametrize("letters", ["a", "å", "漢字", "\U0001f469\u200d\U0001f52c", "<&>", "= "])
@pytest.mark.parametrize("lang", list(Lang))
def test_a_mail_is_small(open_office: OpenOffice, letters: str, lang: Lang) -> None:
    """Under 20 kB as it is sent, however many findings a run has and whatever their names hold."""
    first = make_run(*(make_finding("share-gone", f"{n} {letters * 99}") for n in range(300)))
    second = make_run(
        *(make_finding("share-writable", f"{n} {letters * 300}") for n in range(300)),
        complete=first,
        at=NIGHT + DAY,
    )
    news = find_news(second, first)
    assert len(news.new) == len(news.fixed) == 300
    mail = build(second, news, lang=lang)
    assert len(mail.as_bytes()) <= MAX_BYTES
    office = open_office()
    assert send_mail(mail, at(office), Surroundings(sleep=lambda _: None)) is None
    (read,) = office.postbox.mails
    left = {
        Lang.DA: "andre punkter, som står i rapporten",
        Lang.EN: "other items, which the report",
    }
    for part in read.iter_parts():
        assert " ".join(part.get_content().split()).count(left[lang]) == 2


@pytest.mark.parametrize(
    ("refusal", "tries"),
    [("451 try later", 3), ("554 no thanks", 1), ("552 too big " + PASSWORD, 1)],
)
def test_a_refusal_is_logged_by_its_status(
    open_office: OpenOffice, refusal: str, tries: int
) -> None:
    """What may pass is tried three times; what the server says is not repeated."""
    office = open_office()
    office.postbox.refusals = [refusal] * 3
    line = send_in_vain(at(office))
    assert (line["reason"], line["status"]) == ("smtp-status", int(refusal[:3]))
    assert office.postbox.tries == tries


def test_a_trouble_that_passes_is_tried_again(open_office: OpenOffice) -> None:
    """Greylisting: the second try is taken."""
    office = open_office()
    office.postbox.refusals = ["451 greylisted"]
    assert send(at(office))
    assert len(office.postbox.mails) == 1


def test_a_wrong_password_is_tried_once(open_office: OpenOffice) -> None:
    """And stands in no log."""
    office = open_office()
    line = send_in_vain(at(office, password="wr0ng-" + PASSWORD))
    assert (line["reason"], line["status"]) == ("not-authenticated", 535)
    assert len(office.postbox.logins) >= 1
    assert office.postbox.mails == []


def test_a_password_may_have_any_letters(open_office: OpenOffice) -> None:
    """In UTF-8; a wrong one is told as any other."""
    office = open_office()
    office.postbox.password = "Pøst-ß"
    assert send(at(office, password="Pøst-ß"))
    assert len(office.postbox.mails) == 1
    assert send_in_vain(at(office, password="Pæst-ß"))["reason"] == "not-authenticated"


def test_a_server_may_ask_for_no_login(open_office: OpenOffice) -> None:
    """Inside a network some do not; where one is asked for, nothing is taken without."""
    office = open_office(asks_login=False)
    assert send(at(office, user=None, password=None))
    assert office.postbox.logins == []
    asking = open_office()
    assert send_in_vain(at(asking, user=None, password=None))["status"] == 530


def test_one_receiver_less_is_no_failure(open_office: OpenOffice) -> None:
    """Who is known gets it; with nobody left it failed."""
    office = open_office()
    office.postbox.refused_receivers = frozenset({"drift@example.org"})
    assert send(at(office))
    assert office.postbox.receivers == [["sekretariat@example.org"]]
    office.postbox.refused_receivers |= {"sekretariat@example.org"}
    assert send_in_vain(at(office))["status"] == 550


def test_without_tls_nothing_is_sent(open_office: OpenOffice) -> None:
    """A server that offers no STARTTLS gets neither the login nor the mail."""
    office = open_office(offers_tls=False)
    assert send_in_vain(at(office))["reason"] == "smtp-not-supported"
    assert office.postbox.logins == []
    assert office.postbox.mails == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_is_checked(open_office: OpenOffice, security: str, tmp_path: Path) -> None:
    """Of another authority, or of another name: nothing is sent, and nothing tried again."""
    office = open_office(security)
    stranger = tmp_path / "stranger.pem"
    trustme.CA().cert_pem.write_to_path(str(stranger))
    assert send_in_vain(at(office, security, ca_file=stranger))["reason"] == "tls-failed"
    other = open_office(security, name="mail.example.org")
    assert send_in_vain(at(other, security))["reason"] == "tls-failed"
    assert send_in_vain(at(office, security, ca_file=tmp_path / "none"))["reason"] == "tls-failed"
    assert office.postbox.logins == other.postbox.logins == []


def test_who_is_not_there_fails_nothing() -> None:
    """A refused connection is one line in the log."""
    server = MailServer(host="127.0.0.1", port=find_free_port())
    assert send_in_vain(server)["reason"] == "not-reached"


def test_after_a_stop_there_is_one_try(open_office: OpenOffice) -> None:
    """The process ends soon."""
    office = open_office()
    office.postbox.refusals = ["451 later"] * 3
    stop = threading.Event()
    stop.set()
    assert not send(at(office), stop)
    assert office.postbox.tries == 1


Talk = Callable[[socket.socket, threading.Event], None]


@contextlib.contextmanager
def serve_raw(talk: Talk) -> Iterator[int]:
    """Let every connection be talked to by hand; gives the port."""
    over = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection, contextlib.suppress(OSError):
                    talk(connection, over)

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        over.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def say_nothing(_connection: socket.socket, over: threading.Event) -> None:
    """Take the connection, and that is all."""
    over.wait(1)


def drip(connection: socket.socket, over: threading.Event) -> None:
    """Greet one letter at a time, for ever."""
    while not over.wait(0.05):
        connection.sendall(b"2")


def say_nothing_for_long(_connection: socket.socket, over: threading.Event) -> None:
    """Take the connection until the test ends."""
    over.wait(20)


def hang_up(_connection: socket.socket, _over: threading.Event) -> None:
    """End the connection at once."""


def chatter(connection: socket.socket, _over: threading.Event) -> None:
    """Greet with a reply that has no end."""
    while True:
        connection.sendall(b"220-welcome\r\n" * 1000)


def speak_http(connection: socket.socket, _over: threading.Event) -> None:
    """Be another kind of server."""
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


@pytest.mark.parametrize(
    ("talk", "reason"),
    [
        (say_nothing, "timeout"),
        (drip, "timeout"),
        (hang_up, "connection-cut"),
        (chatter, "connection-cut"),
        (speak_http, "smtp-status"),
    ],
)
def test_who_cannot_be_talked_to_fails_nothing(talk: Talk, reason: str) -> None:
    """The mail ends at its own deadline, whatever comes."""
    with serve_raw(talk) as port:
        server = MailServer(host="127.0.0.1", port=port, wait_s=0.2, deadline_s=0.4)
        assert send_in_vain(server)["reason"] == reason


@pytest.mark.parametrize("talk", [say_nothing_for_long, drip])
def test_a_stop_ends_a_mail_that_is_under_way(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some seconds later: what the server takes by then is sent."""
    monkeypatch.setattr(retry, "STOP_GRACE_S", 0.2)
    stop = threading.Event()

    def stop_and_talk(connection: socket.socket, over: threading.Event) -> None:
        stop.set()
        talk(connection, over)

    with serve_raw(stop_and_talk) as port:
        server = MailServer(host="127.0.0.1", port=port, wait_s=30, deadline_s=90)
        began_at = time.monotonic()
        assert not send(server, stop)
    assert time.monotonic() - began_at < 5


@pytest.mark.parametrize("security", ["starttls", "tls", "none"])
def test_a_server_with_many_silent_addresses_has_one_deadline(
    security: Literal["starttls", "tls", "none"], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time to connect is for all addresses together."""
    with contextlib.ExitStack() as opened:
        port = 0
        for number in range(2, 14):
            listener = opened.enter_context(socket.socket())
            listener.bind((f"127.0.0.{number}", port))
            port = listener.getsockname()[1]
            listener.listen(0)
            # A full queue lets further connections wait, as behind a firewall that drops them.
            for _ in range(3):
                waiting = opened.enter_context(socket.socket())
                waiting.setblocking(False)  # noqa: FBT003 - the library's
                waiting.connect_ex((f"127.0.0.{number}", port))
        found = [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (f"127.0.0.{number}", port))
            for number in range(2, 14)
        ]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        server = MailServer("mail.test", port, security, wait_s=0.4, deadline_s=0.6)
        began_s = time.monotonic()
        with pytest.raises(Transient):
            try_server(server)
        assert time.monotonic() - began_s < 1.2


def test_looking_a_server_up_has_the_deadline_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A resolver that does not answer holds nobody."""
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait(3) and [])
    began_s = time.monotonic()
    try:
        with pytest.raises(Transient):
            try_server(MailServer("mail.test", wait_s=0.2, deadline_s=0.4))
        assert time.monotonic() - began_s < 1.5
    finally:
        over.set()


def test_a_cut_connection_sends_nothing_bare(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is sent while the deadline cuts a connection with TLS is still encrypted."""
    ours, theirs = socket.socketpair()
    offers = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("mail.example").configure_cert(offers)
    trusts = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.configure_trust(trusts)
    with ThreadPoolExecutor() as pool:
        accepted = pool.submit(offers.wrap_socket, theirs, server_side=True)
        smtp = smtplib.SMTP()
        smtp.sock = trusts.wrap_socket(ours, server_hostname="mail.example")
        peer = socket.socket(fileno=accepted.result().detach())
    cut = socket.socket.shutdown

    def send_and_cut(connection: socket.socket, how: int) -> None:
        connection.sendall(b"AUTH secret")
        cut(connection, how)

    monkeypatch.setattr(socket.socket, "shutdown", send_and_cut)
    with mail._cut_after(smtp, 0.0, threading.Event()), peer, peer.makefile("rb") as stream:
        assert b"secret" not in stream.read()
    smtp.close()


def test_what_is_secret_is_not_shown() -> None:
    """A server can be printed."""
    assert PASSWORD not in repr(MailServer(host="h", user=USER, password=PASSWORD))


@pytest.fixture(autouse=True)
def _fresh_log() -> None:
    """Let the log be captured, whoever set it up before."""
    structlog.reset_defaults()
