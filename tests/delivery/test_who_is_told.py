"""What would end a nightly's use in silence, made to happen: who is told, and how soon.

`docs/administrators.md`, "Who is told when something stops", has a line for each. The mails of
systemd, after a night that fails and a morning's `syncer status` that does not answer 0, are in
`tests/nightly/test_told_by_systemd.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from syncer.cli import main
from syncer.errors import ExitCode, SyncerError
from syncer.manifest.document import StatusManifest
from syncer.report.words import Lang, words_of
from tests.delivery.nights import UPLOAD_TOKEN, Nights
from tests.delivery.receivers import OpenOffice, find_free_port
from tests.pipeline.handbooks import TOKEN

ADMINISTRATORS = (Path(__file__).parents[2] / "docs" / "administrators.md").read_text("utf-8")
Break = Callable[[Nights, OpenOffice, HTTPServer], None]
# Who can be told. The night that fails and the morning's question are mailed by systemd.
MAIL, CHAT, MONITOR, REPORT, NIGHT, MORNING = (
    "mail",
    "chat",
    "monitor",
    "report",
    "night",
    "morning",
)


def end_mail_server(nights: Nights, _open: OpenOffice, _http: HTTPServer) -> None:
    """The mail server is gone."""
    nights.smtp_port = find_free_port()


def change_password(nights: Nights, _open: OpenOffice, _http: HTTPServer) -> None:
    """The password of the mail's login was changed."""
    nights.office.postbox.password = "another"


def expire_certificate(nights: Nights, open_office: OpenOffice, _http: HTTPServer) -> None:
    """The mail server's certificate has expired."""
    nights.smtp_port = open_office(until=datetime(2020, 1, 1, tzinfo=UTC)).port


def revoke_webhook(nights: Nights, _open: OpenOffice, _http: HTTPServer) -> None:
    """The chat's address is gone. It is asked only when there is something to tell."""
    nights.listener.revoked.add("/hooks/")
    nights.server.cloud.delete("Boks/Skabeloner/Tilslutningsaftale.docx")


def revoke_ping(nights: Nights, _open: OpenOffice, _http: HTTPServer) -> None:
    """The monitor does not know the address any more."""
    nights.listener.revoked.add("/ping/")


def revoke_upload(nights: Nights, _open: OpenOffice, _http: HTTPServer) -> None:
    """The share link to upload by was removed."""
    nights.server.cloud.unshare(UPLOAD_TOKEN)


def revoke_share(nights: Nights, _open: OpenOffice, _http: HTTPServer) -> None:
    """A share that the handbook links to was removed."""
    nights.server.cloud.unshare(TOKEN)


def end_nextcloud(nights: Nights, _open: OpenOffice, _http: HTTPServer) -> None:
    """The Nextcloud does not answer."""
    nights.server.unplug()


def rename_nextcloud(nights: Nights, _open: OpenOffice, _http: HTTPServer) -> None:
    """The Nextcloud has another name, and the old one is known to nobody."""
    nights.base_url = "http://boks.invalid"


def move_nextcloud(nights: Nights, _open: OpenOffice, http: HTTPServer) -> None:
    """The Nextcloud has another name, to which the old one redirects."""
    nights.base_url = http.url_for("").rstrip("/")

    def redirect(request: Request) -> Response:
        return Response(status=301, headers={"Location": nights.server.base_url + request.path})

    http.expect_request(re.compile(".*")).respond_with_handler(redirect)


def park_nextcloud(nights: Nights, _open: OpenOffice, http: HTTPServer) -> None:
    """The old name of the Nextcloud shows somebody's page instead."""
    nights.base_url = http.url_for("").rstrip("/")
    page = "<title>Til salg</title>"
    http.expect_request(re.compile(".*")).respond_with_data(page, content_type="text/html")


def lose_handbook(nights: Nights, _open: OpenOffice, _http: HTTPServer) -> None:
    """The handbook is not there any more."""
    nights.handbook = nights.folder / "nowhere"


WORDS = words_of(Lang.DA)


def _find_words(code: str) -> str:
    """Return a pattern of how a finding is told: by its badge, or in the few words of a subject."""
    return f"{WORDS.finding(code).badge}|{WORDS.brief(code, '.*')}"


# The report says it in a sentence at its top, the others by the finding.
NOT_SENT = f"er ikke kommet frem|{_find_words('notice-failed')}"
UNREAD = _find_words("share-unreadable")
CASES: tuple[tuple[Break, str, dict[str, int]], ...] = (
    (end_mail_server, NOT_SENT, {MONITOR: 0, MORNING: 0, CHAT: 1, REPORT: 1}),
    (change_password, NOT_SENT, {MONITOR: 0, MORNING: 0, CHAT: 1, REPORT: 1}),
    (expire_certificate, NOT_SENT, {MONITOR: 0, MORNING: 0, CHAT: 1, REPORT: 1}),
    (revoke_webhook, NOT_SENT, {MONITOR: 0, MORNING: 0, MAIL: 1, REPORT: 1}),
    (revoke_ping, NOT_SENT, {MORNING: 0, MAIL: 1, CHAT: 1, REPORT: 1}),
    (
        revoke_upload,
        _find_words("publish-failed"),
        {MONITOR: 0, MORNING: 0, MAIL: 0, CHAT: 0, REPORT: 0},
    ),
    (revoke_share, _find_words("share-gone"), {MAIL: 0, CHAT: 0, REPORT: 0}),
    (end_nextcloud, UNREAD, {MONITOR: 0, NIGHT: 0, MAIL: 0, CHAT: 0, REPORT: 0}),
    (rename_nextcloud, UNREAD, {MONITOR: 0, NIGHT: 0, MAIL: 0, CHAT: 0, REPORT: 0}),
    (move_nextcloud, UNREAD, {MONITOR: 0, NIGHT: 0, MAIL: 0, CHAT: 0, REPORT: 0}),
    (park_nextcloud, UNREAD, {MONITOR: 0, NIGHT: 0, MAIL: 0, CHAT: 0, REPORT: 0}),
    (lose_handbook, "", {MONITOR: 0, NIGHT: 0}),
)


def live_a_night(nights: Nights, word: str) -> set[str]:
    """Return who is told by a run and the morning after it, in words of a pattern."""
    mails, messages = len(nights.office.postbox.mails), len(nights.messages())
    pings = len(nights.pings())
    manifest: StatusManifest | None = None
    try:
        manifest = nights.run()
        code = ExitCode.OK if manifest.run.complete else ExitCode.INCOMPLETE
    except SyncerError as error:
        code = error.exit_code
    told = {NIGHT} if code is not ExitCode.OK else set()
    with time_machine.travel(nights.clock.time + timedelta(hours=7), tick=False):
        morning = main(["status", "--config", str(nights.folder / "syncer.toml")])
    if morning != 0 and NIGHT not in told:
        told.add(MORNING)
    if any("/fail" in path for path, _ in nights.pings()[pings:]):
        told.add(MONITOR)
    bodies = (mail.get_body(("plain",)) for mail in nights.office.postbox.mails[mails:])
    if any(re.search(word, body.get_content()) for body in bodies if body is not None):
        told.add(MAIL)
    if any(re.search(word, message) for message in nights.messages()[messages:]):
        told.add(CHAT)
    if manifest is not None and re.search(word, nights.written("report.html").decode()):
        told.add(REPORT)
    return told


@pytest.mark.parametrize(
    ("break_it", "word", "expected"), CASES, ids=lambda one: one.__name__ if callable(one) else ""
)
def test_nothing_stops_in_silence(
    nights: Nights,
    open_office: OpenOffice,
    httpserver: HTTPServer,
    break_it: Break,
    word: str,
    expected: dict[str, int],
) -> None:
    """Each channel tells it first in the night that is listed, counted from 0; no other does."""
    nights.clock.time += timedelta(minutes=1)
    assert live_a_night(nights, word or "nothing") == set()
    break_it(nights, open_office, httpserver)
    first: dict[str, int] = {}
    for number in range(2):
        for channel in live_a_night(nights, word):
            first.setdefault(channel, number)
    assert first == expected


@pytest.mark.parametrize("break_it", [case[0] for case in CASES], ids=lambda one: one.__name__)
def test_the_document_has_a_line_for_it(break_it: Break) -> None:
    """In the words that stand here."""
    assert break_it.__doc__ is not None
    assert f"| {break_it.__doc__.partition('.')[0]} |" in ADMINISTRATORS
