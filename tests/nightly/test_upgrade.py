"""The night after an upgrade, after a night of version 1.0 whose manifest is kept here."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from syncer.delivery.mail import build_mail
from syncer.manifest.codec import decode
from syncer.manifest.document import StatusManifest
from syncer.manifest.news import find_news
from syncer.model.rules import RULES_VERSION
from syncer.nightly.earlier_runs import NEWEST, NEWEST_COMPLETE
from syncer.nightly.run import run_nightly
from syncer.nightly.session import open_session
from syncer.pipeline.options import RunParams
from syncer.report.markdown import render_markdown
from syncer.report.terminal import render_terminal
from syncer.report.words import Lang
from syncer.surroundings import Surroundings
from tests.cloud.server import CloudServer
from tests.pipeline.handbooks import START, FakeClock, write_page

HOST = "boks.example.org"
KEPT = Path(__file__).parent / "manifests" / "status-1.0.json"
ADDED = "| **Helt ny aftale** | Kom til i dag. | [Aftaler](https://{host}/s/Aftaler00000001) |\n"
SAID = "Kontrollen er opdateret. 5 punkter vurderes nu anderledes."


@pytest.fixture
def night(tmp_path: Path, server: CloudServer) -> Any:
    """Return a function that runs the next night, the first of them a day after the kept one.

    That night found a missing row, a dead link and three files that no row mentions; the row's
    file is there now. The page has one row and one dead link more.
    """
    for number in (1, 2, 3):
        server.cloud.add_file(f"Boks/Aftaler/Notat {number}.docx", b"indhold", START)
    handbook = write_page(tmp_path / "handbook", f"https://{HOST}")
    page = handbook / "samarbejde.md"
    text = page.read_text("utf-8") + ADDED.format(host=HOST) + "\n[Væk](vaek.md) [Ny](ny.md)\n"
    page.write_text(text, encoding="utf-8")
    (tmp_path / "syncer.toml").write_text(
        f'[handbook]\nsource = "{handbook}"\n[state]\nfolder = "state"\n'
        f'[output]\nfolder = "reports"\n[links]\nallow_private = true\n'
        f'[[nextcloud]]\nhost = "{HOST}"\nbase_url = "{server.base_url}"\n',
        encoding="utf-8",
    )
    reports = tmp_path / "reports"
    reports.mkdir()
    kept = KEPT.read_text("utf-8").replace("HANDBOOK", str(handbook))
    for name in (NEWEST, NEWEST_COMPLETE):
        (reports / name).write_text(kept, encoding="utf-8")
    clock = FakeClock()

    def run() -> StatusManifest:
        clock.time += timedelta(days=1)
        session = open_session(tmp_path / "syncer.toml", lang=None, verbosity=-1, env={})
        around = Surroundings(now=clock.now, sleep=clock.sleep)
        return run_nightly(session, RunParams(), around)[0]

    return run


def test_nothing_old_is_called_new_or_fixed(night: Any) -> None:
    """Only the row and the link that were added are new; what was known keeps its age."""
    manifest = night()
    changes = manifest.changes
    new = {f.subject: f for f in manifest.findings if f.id in changes.new}
    assert set(new) == {"Helt ny aftale", "ny.md"}
    assert (changes.fixed, changes.rules_changed) == ((), True)
    # Three files and their folder, and the row whose file is there now.
    assert changes.judged_differently == 5
    (dead,) = (f for f in manifest.findings if f.subject == "vaek.md")
    assert (dead.first_seen_at, dead.runs) == (START, 2)
    (unlisted,) = (f for f in manifest.findings if f.code == "file-unlisted")
    assert (unlisted.subject, unlisted.args["count"]) == ("Aftaler", 3)
    assert manifest.tool.rules == RULES_VERSION


def test_the_next_night_compares_as_ever(night: Any) -> None:
    """It has the same rules as the night before; nothing is told again."""
    first = night()
    second = night()
    assert (second.changes.rules_changed, second.changes.new) == (False, ())
    assert second.changes.unchanged == len(first.findings)
    assert not find_news(second, first).is_notable


def test_report_and_mail_say_it_in_one_line(night: Any, tmp_path: Path) -> None:
    """In every form that people read, and in the subject of the mail."""
    manifest = night()
    html = (tmp_path / "reports" / "report.html").read_text("utf-8")
    news = find_news(manifest, decode(KEPT.read_bytes()))
    assert (news.rules, news.is_notable) == (True, True)
    mail = build_mail(
        manifest,
        news,
        lang=Lang.DA,
        sender="syncer@example.org",
        to=("sekretariat@example.org",),
        report_url=None,
        now=manifest.run.finished_at,
    )
    body = mail.get_body(("plain",))
    assert body is not None
    texts = [
        html,
        render_markdown(manifest, lang=Lang.DA),
        " ".join(render_terminal(manifest, lang=Lang.DA, width=200, color=False).split()),
    ]
    assert [text.count(SAID) for text in texts] == [1, 1, 1]
    assert " ".join(body.get_content().split()).count(SAID) == 1
    assert mail["Subject"] == "Håndbogen: 2 nye, kontrollen er opdateret – »Helt ny aftale« mangler"
    english = render_markdown(manifest, lang=Lang.EN)
    assert "The check has been updated. 5 items are now judged differently." in english
