"""Who answers for a link, and with which settings the web is asked."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from syncer.config import Secrets, Settings
from syncer.config.settings import LinksSettings, NextcloudSettings
from syncer.model.ids import make_id
from syncer.model.links import LinkKind, LinkStatus, LinkVerdict, RememberedLink
from syncer.model.reason import Reason
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.links import _choose_settings, _Memory, ask_web, judge_links
from syncer.pipeline.options import AuditOptions
from syncer.store.database import open_database
from syncer.surroundings import Surroundings
from tests.unit.pipeline.test_handbook import NIGHT, SHARES, make_settings, read

WEB = "https://a.example/"
TEXT = f"[w]({WEB}) [w]({WEB}) [n](nej.md) [s]({SHARES[0]}) <mailto:a@b.dk> [t](tel:112) [w](https://b.example/)\n"


def ask(text: str = TEXT, **options: Any) -> dict[str, LinkVerdict]:
    """Return what the web says of a page's links, without network."""
    job = Job(
        settings=make_settings(),
        options=AuditOptions(**options),
        secrets=Secrets(),
        memory=Memory(),
        around=Surroundings(),
    )
    return dict(ask_web(job, read({"a.md": text})))


def test_the_web_is_asked_for_what_nobody_else_answers_for() -> None:
    """Each address once, in order; offline none is, and the rows need none."""
    offline = ask(offline=True)
    assert list(offline) == [WEB, "mailto:a@b.dk", "tel:112", "https://b.example/"]
    assert offline[WEB] == LinkVerdict(LinkKind.WEB, LinkStatus.UNCHECKED, Reason("offline"))
    assert [verdict.kind for verdict in offline.values()] == [
        LinkKind.WEB, LinkKind.MAIL, LinkKind.OTHER, LinkKind.WEB,
    ]  # fmt: skip
    assert ask(only="resources") == {}
    fine = ask("<mailto:a@b.dk>\n")["mailto:a@b.dk"]
    assert (fine.status, fine.reason) == (LinkStatus.OK, None)
    assert set(ask("[t](tel:112)\n")) == {"tel:112"}


def test_each_link_has_its_check() -> None:
    """The site's, the share's, or the web's; equal ones on a page are numbered."""
    handbook = read({"a.md": TEXT})
    answers = ask(offline=True)
    checks = judge_links(handbook, {}, answers, AuditOptions())
    assert [check.link for check in checks] == [routed.link for routed in handbook.links]
    assert [check.verdict.status for check in checks] == [
        LinkStatus.UNCHECKED, LinkStatus.UNCHECKED, LinkStatus.BROKEN, LinkStatus.UNCHECKED,
        LinkStatus.UNCHECKED, LinkStatus.UNCHECKED, LinkStatus.UNCHECKED,
    ]  # fmt: skip
    assert checks[2].verdict.reason == Reason("link-file-missing", {"file": "nej.md"})
    assert checks[3].verdict.kind is LinkKind.SHARE
    first = make_id("l", "a.md", WEB, "w")
    assert checks[0].id == first != checks[1].id
    assert checks[1].id.startswith(first)
    assert len({check.id for check in checks}) == len(checks)
    assert judge_links(handbook, {}, answers, AuditOptions(only="resources")) == ()


@pytest.mark.parametrize(
    ("host", "base_url", "remap"),
    [
        ("Boks.Example", None, {}),
        (
            "Boks.Example",
            "http://10.0.0.2/",
            {"http://boks.example": "http://10.0.0.2", "https://boks.example": "http://10.0.0.2"},
        ),
    ],
)
def test_a_nextcloud_is_asked_where_its_settings_say(
    host: str, base_url: str | None, remap: dict[str, str]
) -> None:
    """By either scheme; what the administrator remaps wins, and the rest is taken as it is."""
    links = LinksSettings(accept=(403,), timeout_s=3, remap={"https://x.example": "http://y"})
    settings = Settings(links=links, nextcloud=(NextcloudSettings(host=host, base_url=base_url),))
    chosen = _choose_settings(settings)
    assert chosen.remap == {**remap, "https://x.example": "http://y"}
    assert (chosen.accept, chosen.timeout_s) == ((403,), 3)
    own = replace(links, remap={"https://boks.example": "http://z"})
    chosen = _choose_settings(replace(settings, links=own))
    assert chosen.remap["https://boks.example"] == "http://z"


@pytest.mark.parametrize("recalls", [True, False])
def test_a_link_is_remembered_without_its_password(tmp_path: Path, recalls: bool) -> None:
    """With `--full` only since when it fails."""
    good = RememberedLink(LinkVerdict(LinkKind.WEB, LinkStatus.OK, checked_at=NIGHT))
    bad = RememberedLink(
        LinkVerdict(LinkKind.WEB, LinkStatus.UNCONFIRMED, checked_at=NIGHT),
        failing_days=(date(2026, 11, 1),),
    )
    with closing(open_database(tmp_path)) as database:
        memory = _Memory(database, recalls=recalls)
        memory.keep("https://anna:kode@a.example/x", good)
        memory.keep("https://b.example/", bad)
        found = memory.recall(
            ["https://anna:andet@a.example/x", "https://b.example/", "https://c.example/"]
        )
        assert found.get("https://anna:andet@a.example/x") == (good if recalls else None)
        assert found["https://b.example/"] == bad
        assert "https://c.example/" not in found
    assert b"kode" not in b"".join(
        path.read_bytes() for path in tmp_path.iterdir() if path.is_file()
    )
