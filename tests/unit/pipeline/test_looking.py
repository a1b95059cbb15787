"""What a run sees of its shares on a real server, and what it tells of that meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest
from structlog.testing import capture_logs

from syncer.config import Secrets, Settings
from syncer.config.settings import (
    HandbookSettings,
    LinksSettings,
    NextcloudSettings,
    PinSettings,
)
from syncer.model.shares import Holding, RememberedRefusal, ShareStatus, Suspicion
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.options import AuditOptions
from syncer.pipeline.run import Knowledge, look
from syncer.store.database import Database, open_database
from syncer.store.share_memory import ShareStore
from syncer.surroundings import Surroundings
from tests.cloud.cloud import Cloud, Infinity
from tests.cloud.server import CloudServer, serve_cloud
from tests.cloud.throttle import Throttle

TOKENS = ("Aaaa1111Bbbb222", "Cccc3333Dddd444", "Eeee5555Ffff666")
START = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)
DOUBT = Suspicion("h/T", "a1", (START.date(),))
PAGE = """# A

[Boksen]({base}/s/{0}) [borte]({base}/s/{0}?path=/Borte) [web]({base}/status.php)

| Ressource | Placering |
|---|---|
| Plan | [Skuffen]({base}/s/{1}?path=/Plan) |
"""


@dataclass
class Night:
    """A run, what it told, and how long it slept; each look at the clock takes a while."""

    server: CloudServer
    folder: Path
    database: Database | None = None
    told: list[tuple[str, int, int | None]] = field(default_factory=list)
    naps: list[float] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    at: datetime = START

    def now(self) -> datetime:
        """Return the time, which passes."""
        self.at += timedelta(seconds=1 / 7)
        return self.at

    def look(
        self,
        *pins: str,
        scheduled: bool = False,
        started_at: datetime | None = None,
        **options: Any,
    ) -> tuple[Knowledge, list[dict[str, Any]]]:
        """Return what a run knows, and what it logged."""
        self.told.clear()
        self.naps.clear()
        job = Job(
            settings=Settings(
                handbook=HandbookSettings(source=str(self.folder), site="github"),
                nextcloud=(
                    NextcloudSettings(host=self.server.host, base_url=self.server.base_url),
                ),
                links=LinksSettings(allow_private=True),
                pin=tuple(PinSettings(name="Plan", share=share, path="x") for share in pins),
            ),
            options=AuditOptions(**options),
            secrets=Secrets(),
            memory=Memory(self.database),
            around=Surroundings(
                now=self.now,
                sleep=self.naps.append,
                on_progress=lambda *told: self.told.append(told),
            ),
            scheduled=scheduled,
            started_at=started_at,
            keep_secret=self.secrets.append,
        )
        with capture_logs() as lines:
            known = look(job)
        return known, [dict(line) for line in lines if line["log_level"] == "info"]


@pytest.fixture
def server() -> Iterator[CloudServer]:
    """Serve two shares, one of them with a password."""
    cloud = Cloud("31.0.4", throttle=Throttle(unit_s=0))
    cloud.add_file("Boks/A/Plan.docx", b"x")
    cloud.add_file("Boks/Ny.docx", b"xx")
    cloud.add_file("Skuffe/Plan/Plan.docx", b"xxx")
    cloud.share(TOKENS[0], "Boks")
    cloud.share(TOKENS[1], "Skuffe", password="kode")
    with serve_cloud(cloud) as running:
        yield running


@pytest.fixture
def night(server: CloudServer, tmp_path: Path) -> Iterator[Night]:
    """Give a night with a memory, whose handbook has one page."""
    folder = tmp_path / "bog"
    folder.mkdir()
    (folder / "a.md").write_text(PAGE.format(*TOKENS, base=server.base_url), encoding="utf-8")
    with closing(open_database(tmp_path / "state")) as database:
        yield Night(server, folder, database)


def test_a_run_tells_what_it_sees(night: Night) -> None:
    """One line for the handbook, each Nextcloud, web host and share, by the names people use.

    Places that a tree does not have are asked for again, five seconds after the first look.
    """
    known, lines = night.look()
    host = night.server.host
    ids = [f"{host}/{token}" for token in TOKENS[:2]]
    took = {share.id: round(share.seconds, 3) for share in known.shares.values()}
    assert min(took.values()) > 0
    assert lines == [
        {"event": "handbook-read", "log_level": "info", "pages": 1, "rows": 1},
        {
            "event": "nextcloud-read", "log_level": "info", "host": host, "version": "31.0.4",
            "shares": 2, "ok": 1, "requests": 5,
            "seconds": round(sum(share.seconds for share in known.shares.values()), 3),
        },
        {
            "event": "host-asked", "log_level": "info", "host": "127.0.0.1", "requests": 1,
            "failures": 0, "seconds": ANY,
        },
        {
            "event": "share-read", "log_level": "info", "share": ids[0], "folder": None,
            "label": "Boksen", "status": "ok", "listing": "infinity", "files": 2, "requests": 5,
            "seconds": took[ids[0]], "reason": None,
        },
        {
            "event": "share-read", "log_level": "info", "share": ids[1], "folder": None,
            "label": "Skuffen", "status": "needs-password", "listing": "none", "files": None,
            "requests": 1, "seconds": took[ids[1]], "reason": "share-password-missing",
        },
    ]  # fmt: skip
    assert night.told == [
        ("shares", 0, 2), ("shares", 1, 2), ("shares", 2, 2), ("links", 0, 1), ("links", 1, 1),
    ]  # fmt: skip
    assert [share.label for share in known.shares.values()] == ["Boksen", "Skuffen"]
    assert [share.gone_places for share in known.shares.values()] == [{"Borte"}, set()]
    assert [answer.http_status for answer in known.answers.values()] == [200]
    (nap,) = night.naps
    assert 0 < nap < 5
    assert known.started_at == START + timedelta(seconds=1 / 7)
    assert known.run_id == f"{known.started_at:%Y%m%dT%H%M%S.%fZ}"
    assert night.secrets == []


def test_a_run_obeys_the_handbook_s_own_settings(night: Night) -> None:
    """An address that they exclude is not asked for."""
    own = f'[links]\nexclude = ["{night.server.base_url}/status*"]\n'
    (night.folder / ".syncer.toml").write_text(own, encoding="utf-8")
    known, lines = night.look(started_at=START)
    assert [answer.status for answer in known.answers.values()] == ["excluded"]
    assert "host-asked" not in [line["event"] for line in lines]
    assert (known.started_at, known.run_id) == (START, "20261123T021500.000000Z")


def test_a_run_on_rows_looks_at_no_other_share_and_no_link(night: Night) -> None:
    """It is quicker for that."""
    known, _ = night.look(only="resources")
    assert [share.label for share in known.shares.values()] == ["Skuffen"]
    assert (known.answers, night.naps) == ({}, [])


def test_a_share_that_only_a_pin_names_stays_secret(night: Night) -> None:
    """Its token is kept from the log, and its name shows none of it."""
    share = f"{night.server.host}/{TOKENS[2]}"
    known, _ = night.look(share)
    assert night.secrets == [TOKENS[2]]
    assert list(known.hidden) == [share]
    assert known.shares[share].name == known.hidden[share].rpartition("/")[2]
    assert [shown.name for shown in known.shares.values()][:2] == list(TOKENS[:2])


def test_each_nextcloud_has_a_line_in_the_log(night: Night, tmp_path: Path) -> None:
    """In order, with the version of the first share that tells it: a folder has none."""
    host = night.server.host
    tokens = ("0000aaaa1111222", TOKENS[2])
    folders = dict.fromkeys(tokens, tmp_path / "bog")
    _, lines = night.look(
        f"andet.example/{tokens[1]}", f"{host}/{tokens[0]}", only="resources", share_folders=folders
    )
    keys = ("host", "version", "shares", "ok", "requests")
    assert [
        tuple(line[key] for key in keys) for line in lines if line["event"] == "nextcloud-read"
    ] == [(host, "31.0.4", 2, 1, 2), ("andet.example", None, 1, 1, 0)]


def test_progress_is_by_label(night: Night) -> None:
    """Of the folders of a share that is read folder by folder."""
    night.server.cloud.moods.infinity = Infinity.REFUSED
    night.look()
    assert {told for told in night.told if told[0] == "Boksen"} == {
        ("Boksen", 1, 2), ("Boksen", 2, 2),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("scheduled", "options", "known"),
    [
        (True, {}, False),
        (False, {}, True),
        (True, {"pages": ("a.md",)}, True),
        (True, {"only": "resources"}, True),
        (True, {"only": "links"}, True),
        (True, {"offline": True}, True),
    ],
)
def test_a_nightly_of_everything_forgets_what_nothing_names(
    night: Night, scheduled: bool, options: dict[str, Any], known: bool
) -> None:
    """A run of a part, or one in between, knows too little for that."""
    assert night.database is not None
    store = ShareStore(night.database)
    named, other = (f"{night.server.host}/{TOKENS[number]}" for number in (1, 2))
    for share in (named, other):
        store.save_refusal(RememberedRefusal(share, ShareStatus.NEEDS_PASSWORD, START))
    night.look(scheduled=scheduled, **options)
    assert (store.load_refusal(other) is not None) is known
    assert store.load_refusal(named)


@pytest.mark.parametrize(
    ("suspected", "doubts", "options", "listing"),
    [
        (False, [], {}, "unchanged"),
        (False, [False], {}, "unchanged"),
        (True, [], {}, "infinity"),
        (False, [False, True], {}, "infinity"),
        (False, [], {"full": True}, "infinity"),
    ],
)
def test_after_a_doubt_all_is_walked(
    night: Night,
    suspected: bool,
    doubts: list[bool],
    options: dict[str, Any],
    listing: str,
) -> None:
    """As with `--full`; else what did not change is not listed again."""
    assert night.database is not None
    store = ShareStore(night.database)
    night.look()
    store.save_suspicions([DOUBT] if suspected else [])
    held = Holding("A", mount=False, files=9)
    store.save_holdings({"h/T": tuple(replace(held, doubt=DOUBT if d else None) for d in doubts)})
    known, _ = night.look(**options)
    assert known.shares[f"{night.server.host}/{TOKENS[0]}"].listing == listing
