"""Whole nights with all that follows them: uploaded, told, and never lost to what fails there."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from urllib.parse import unquote

import pytest

from syncer.errors import HandbookError, RunLocked, StoreError
from syncer.model.reason import Reason
from syncer.nightly import deliver
from syncer.report.objections import MAX_LENGTH
from syncer.report.prometheus import render_prometheus
from syncer.report.words import Lang
from syncer.store.database import Database
from syncer.store.files import hold_lock
from syncer.store.health import read_health
from tests.delivery.nights import UPLOAD_TOKEN, Nights
from tests.delivery.receivers import (
    find_free_port,
)

AGREEMENT = "Boks/Skabeloner/Tilslutningsaftale.docx"


def lose_a_file(nights: Nights) -> None:
    """Let a document be gone the next night."""
    nights.server.cloud.delete(AGREEMENT)


def test_a_first_night_is_uploaded_and_told(nights: Nights) -> None:
    """Reports byte for byte as here, no dated copies; start and success pinged, mail and chat."""
    nights.run()
    for name in ("status.json", "report.html", "report.md", "report.xlsx"):
        assert nights.published(name) == nights.written(name)
    names = {member.name for member in nights.server.cloud.tree.get("Ud/Status").members}
    assert names == {"status.json", "report.html", "report.md", "report.xlsx"}
    assert nights.pings() == [("/start", b""), ("", b"exit code 0")]
    assert len(nights.subjects) == len(nights.messages()) == 1
    assert nights.subjects[0].startswith("Håndbogen: første mail – ")
    assert nights.messages()[0].endswith("https://boks.example.org/f/1")


def test_each_item_leads_to_a_prefilled_issue(nights: Nights) -> None:
    """As the settings say; nothing else that they say goes with it."""
    lose_a_file(nights)
    nights.run()
    page = nights.written("report.html").decode()
    links = re.findall(r'href="(https://git\.example\.org/handbook/issues/new\?[^"]+)"', page)
    assert len(links) == len(re.findall("<article", page)) > 0
    assert "Tilslutningsaftale" in unquote("".join(links))
    assert all(len(link) <= MAX_LENGTH for link in links)
    assert nights.written("report.md").decode().count("git.example.org") == 0


def test_what_stays_as_it_is_is_not_told_again(nights: Nights) -> None:
    """Changes are told the night they are found, and no more."""
    nights.run()
    nights.run()
    assert len(nights.subjects) == 1
    lose_a_file(nights)
    nights.run()
    nights.run()
    assert len(nights.subjects) == len(nights.messages()) == 2
    assert nights.subjects[1] == "Håndbogen: 1 ny – »Tilslutningsaftale« mangler"
    assert "• Ny: »Tilslutningsaftale« mangler" in nights.messages()[1]
    assert len(nights.pings()) == 8


def test_a_quiet_week_ends_with_a_mail(nights: Nights) -> None:
    """After seven days without one; the chat is left in peace."""
    nights.weekly = True
    sent: list[int] = []
    for _ in range(15):
        nights.run()
        sent.append(len(nights.subjects))
    assert sent == [1] * 7 + [2] * 7 + [3]
    assert nights.subjects[1] == nights.subjects[2]
    assert nights.subjects[1].startswith("Håndbogen: 1 venter – længst »")
    assert len(nights.messages()) == 1


def test_a_wrong_clock_does_not_silence_the_weekly_mail(nights: Nights) -> None:
    """A mail of a night that is still to come counts as none: the next one is sent at once."""
    nights.weekly = True
    right = nights.clock.time
    nights.clock.time += timedelta(days=900)
    nights.run()
    nights.clock.time = right
    sent: list[int] = []
    for _ in range(8):
        nights.run()
        sent.append(len(nights.subjects))
    assert sent == [2] * 7 + [3]


def test_a_failing_upload_is_a_finding_of_this_run(nights: Nights) -> None:
    """It stands in tonight's manifest and report, is told, and is fixed when it works again."""
    nights.run()
    yesterday = nights.published()
    nights.server.cloud.moods.failing["Ud"] = 507
    failed = nights.run()
    assert nights.published() == yesterday
    assert failed.run.complete
    finding = next(f for f in failed.findings if f.code == "publish-failed")
    assert finding.subject == f"{nights.server.host}/Status"
    assert finding.args["why"] == "upload-no-space"
    assert finding.id in failed.changes.new
    assert "ikke plads" in nights.written("report.html").decode()
    assert json.loads(nights.written())["counts"]["severities"]["warning"] >= 1
    assert nights.written() == nights.written("status-complete.json")
    assert len(nights.subjects) == 2
    assert "rapporten er ikke lagt op" in nights.messages()[1]
    again = nights.run()
    assert next(f for f in again.findings if f.code == "publish-failed").runs == 2
    assert len(nights.subjects) == 2
    nights.server.cloud.moods.failing.clear()
    mended = nights.run()
    assert [fixed.code for fixed in mended.changes.fixed] == ["publish-failed"]
    assert nights.published() == nights.written()
    assert len(nights.subjects) == 3


def test_a_lost_mail_is_owed(nights: Nights) -> None:
    """The news of a night without a mail server is told by the next one; the run is not failed."""
    nights.run()
    lose_a_file(nights)
    nights.smtp_port = find_free_port()
    nights.listener.statuses = [403]
    assert nights.run().run.complete
    assert len(nights.subjects) == 1
    nights.smtp_port = nights.office.port
    nights.listener.statuses = [200]
    nights.run()
    assert len(nights.subjects) == 2
    assert nights.subjects[1] == "Håndbogen: 4 nye – »Tilslutningsaftale« mangler"
    messages = len(nights.messages())
    nights.run()
    assert (len(nights.subjects), len(nights.messages())) == (3, messages + 1)
    assert nights.messages()[-1].count("Løst") == 3
    nights.run()
    assert (len(nights.subjects), len(nights.messages())) == (3, messages + 1)


def test_an_owed_mail_tells_all_that_was_lost(nights: Nights) -> None:
    """What was new and what was solved since the mail that arrived, over several lost nights."""
    content = nights.server.cloud.tree.get(AGREEMENT).content
    lose_a_file(nights)
    nights.run()
    nights.smtp_port = find_free_port()
    assert content is not None
    nights.server.cloud.add_file(AGREEMENT, content)
    nights.run()
    nights.server.cloud.moods.failing["Ud"] = 507
    nights.run()
    assert len(nights.subjects) == 1
    nights.smtp_port = nights.office.port
    nights.run()
    body = nights.office.postbox.mails[1].get_body(("plain",))
    assert body is not None
    new, _, fixed = str(body.get_content()).replace("\r", "").partition("\nLøst\n")
    assert "– Ikke lagt op" in new
    assert "Tilslutningsaftale" in fixed.partition("I alt")[0]
    nights.run()
    assert "Ikke lagt op" not in nights.office.postbox.mails[-1].as_string()


def test_a_night_that_could_not_look_is_pinged_as_a_failure(nights: Nights) -> None:
    """Incomplete: `/fail` with 3, a mail that says so, and one more when it is over."""
    nights.run()
    nights.server.cloud.moods.failing["Boks"] = 500
    assert not nights.run(full=True).run.complete
    assert nights.pings()[-1] == ("/fail", b"exit code 3")
    assert nights.subjects[1].startswith("Håndbogen: 1 ny, delvis kontrol – »Nextcloud")
    nights.server.cloud.moods.failing.clear()
    assert nights.run(full=True).run.complete
    assert nights.pings()[-1] == ("", b"exit code 0")
    assert len(nights.subjects) == 3


def test_a_run_that_finds_no_handbook_is_pinged_as_a_failure(nights: Nights) -> None:
    """Nothing is uploaded and nobody gets a mail, but who watches knows."""
    nights.run()
    nights.handbook = nights.folder / "nowhere"
    with pytest.raises(HandbookError):
        nights.run()
    assert nights.pings()[-2:] == [("/start", b""), ("/fail", b"exit code 2")]
    assert len(nights.subjects) == 1


def test_a_state_that_cannot_be_used_is_pinged_as_a_failure(nights: Nights) -> None:
    """A run that does not even begin is told to who watches; one that is locked out is none."""
    state = nights.folder / "state"
    state.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(StoreError):
        nights.run()
    assert nights.pings() == [("/fail", b"exit code 2")]
    state.unlink()
    with hold_lock(state, wait=False, sleep=nights.clock.sleep), pytest.raises(RunLocked):
        nights.run()
    assert len(nights.pings()) == 1


def test_a_database_that_breaks_in_the_midst_is_pinged_as_what_it_is(
    nights: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The exit code of the ping and of `status` is that of the process: 2, no bug."""
    nights.run()
    state = nights.folder / "state"

    def fail(*_: object) -> None:
        raise StoreError("The state database cannot be used: disk is full.")

    monkeypatch.setattr(Database, "run", fail)
    with pytest.raises(StoreError):
        nights.run()
    assert nights.pings()[-1] == ("/fail", b"exit code 2")
    health = read_health(state)
    assert health is not None
    assert health.exit_code == 2
    assert "state database" in (health.problem or "")


def test_an_offline_run_tells_nobody(nights: Nights) -> None:
    """Without network means without."""
    nights.run(offline=True)
    assert nights.listener.posted == []
    assert nights.subjects == []
    assert nights.server.traffic.total == 0
    assert nights.written()


def test_a_link_that_is_none_is_a_finding(nights: Nights) -> None:
    """What the file holds is not shown, the run goes on."""
    nights.write_secret("link", f"{nights.server.base_url}/f/{UPLOAD_TOKEN}")
    manifest = nights.run()
    finding = next(f for f in manifest.findings if f.code == "publish-failed")
    assert finding.args["why"] == "upload-link-unclear"


def test_a_run_that_is_stopped_ends_soon_and_owes_its_news(nights: Nights) -> None:
    """Who watches learns of it; nothing is uploaded, and the next night tells."""
    nights.run()
    yesterday = nights.published()
    nights.stop.set()
    stopped = nights.run()
    assert "run-stopped" in {reason.code for reason in stopped.run.incomplete_because}
    assert nights.published() == yesterday
    assert nights.pings()[-1] == ("/fail", b"exit code 3, not delivered: upload")
    assert len(nights.subjects) == len(nights.messages()) == 1
    nights.stop.clear()
    nights.run()
    assert len(nights.subjects) == len(nights.messages()) == 2


def test_a_mail_that_a_stop_cuts_is_owed_and_no_failure(
    nights: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server may have needed a moment more: the next night sends the mail, as ever."""
    nights.run()
    lose_a_file(nights)

    def cut(*_: object) -> Reason:
        nights.stop.set()
        return Reason("notice-not-accepted", {"detail": "timeout", "status": None})

    with monkeypatch.context() as patch:
        patch.setattr(deliver, "send_mail", cut)
        nights.run()
    nights.stop.clear()
    assert "notice-failed" not in {finding.code for finding in nights.run().findings}
    assert len(nights.subjects) == 2


def test_what_cannot_be_remembered_fails_nothing(
    nights: Nights, capfd: pytest.CaptureFixture[str]
) -> None:
    """The notices went out; that this was not noted is a line in the log."""
    (nights.folder / "state" / "notices.json").mkdir(parents=True)
    assert nights.run().run.complete
    assert len(nights.subjects) == 1
    assert "notices-not-remembered" in capfd.readouterr().err


def test_a_notice_that_fails_is_a_finding_of_the_next_run(nights: Nights) -> None:
    """Who still gets a message learns of it, the report says it first, and it ends by itself."""
    nights.run()
    lose_a_file(nights)
    nights.smtp_port = find_free_port()
    nights.run()
    failed = nights.run()
    (finding,) = (one for one in failed.findings if one.code == "notice-failed")
    assert (finding.subject, finding.args["why"]) == ("mail", "notice-not-accepted")
    assert "kontrollens besked (mail) kom ikke frem" in nights.messages()[-1]
    top = nights.written("report.md").decode().split("##")[0]
    assert "er ikke kommet frem siden" in top
    metrics = render_prometheus(failed, lang=Lang.EN)
    assert re.search(r"syncer_deliveries_failed\{.*\} 1\n", metrics)
    (again,) = (one for one in nights.run().findings if one.code == "notice-failed")
    assert again.args["since"] == finding.args["since"]
    nights.smtp_port = nights.office.port
    nights.run()
    mended = nights.run()
    assert [one.code for one in mended.changes.fixed] == ["notice-failed"]


@pytest.mark.parametrize("channel", ["webhook", "ping"])
def test_a_refused_message_is_told_by_the_others(nights: Nights, channel: str) -> None:
    """A webhook or a ping whose address was revoked."""
    nights.run()
    lose_a_file(nights)
    nights.listener.statuses = [403] * 9
    nights.run()
    nights.listener.statuses = [200]
    failed = nights.run()
    assert channel in {one.subject for one in failed.findings if one.code == "notice-failed"}
    mail = nights.office.postbox.mails[-1].get_body(("plain",))
    assert mail is not None
    assert f"({channel}) er ikke kommet frem" in " ".join(str(mail.get_content()).split())


def test_a_channel_that_is_no_longer_used_is_not_told_of(nights: Nights) -> None:
    """Its failure ends with its settings; offline, no channel is in use."""
    nights.run()
    lose_a_file(nights)
    nights.smtp_port = find_free_port()
    nights.run()
    assert "notice-failed" in {one.code for one in nights.run().findings}
    assert "notice-failed" not in {one.code for one in nights.run(offline=True).findings}
