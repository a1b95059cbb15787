"""The demo shows what it is meant to show: each row of its handbook has its own fate."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from syncer.demo.cloud import GONE_TOKEN, LOCKED_TOKEN, TOKEN
from syncer.demo.session import open_demo
from syncer.handbook.kramdown.page import parse_page
from syncer.handbook.rows.resource_tables import DEFAULT_WORDS, find_rows
from syncer.handbook.source.read import read_handbook
from syncer.matching.match import match_rows
from syncer.model.shares import ShareStatus
from syncer.nextcloud.share_reader import HostSettings, ShareTarget, read_shares
from syncer.nextcloud.share_url import parse_share_link
from syncer.surroundings import Surroundings

STORY = {
    "Databehandleraftale": "missing",
    "FLOSS-aftale": "present",
    "FLOSS-aftalen": "present",
    "Forretningsorden for styregrupper": "outdated",
    "Governance-tjekliste": "not-a-file",
    "Kommissorium": "ambiguous",
    "Kommissorium for bestyrelsen": "present",
    "Kommunikationsskabeloner": "present",
    "Kontoplan": "not-a-file",
    "Kontrakt- og samarbejdsskabeloner": "arrived",
    "Leverandørpartneraftale": "present",
    "Logo og skrifter": "missing",
    "Lønoversigt": "no-access",
    "OS2’s partneraftale": "present",
    "Overdragelsesplan": "planned",
    "Produktbeskrivelse": "draft",
    "Referater fra bestyrelsen": "present",
    "Sekretariatets teammøder": "no-access",
    "Tilslutningsaftale": "elsewhere",
    "Vedtægter": "not-a-file",
    "Årsregnskab 2025": "present",
}


def test_each_row_of_the_demo_has_the_fate_it_was_given() -> None:
    """Every verdict but "could not look" and "not looked" is there, found by the real rooms."""
    with open_demo() as demo:
        handbook = read_handbook(str(demo.handbook))
        host = demo.host
        rows, problems = find_rows(
            [parse_page(page) for page in handbook.pages],
            words=DEFAULT_WORDS,
            parse=partial(parse_share_link, hosts=frozenset({host})),
        )
        settings = HostSettings(host=host, base_url=demo.base_url, may_be_private=True)
        shares = {
            share.id: share
            for share in read_shares(
                [
                    ShareTarget(id=f"{host}/{token}", token=token, host=settings)
                    for token in (TOKEN, LOCKED_TOKEN, GONE_TOKEN)
                ],
                memory=None,
                full=False,
                around=Surroundings(
                    now=lambda: datetime(2026, 3, 2, tzinfo=UTC),
                    sleep=lambda _seconds: None,
                    on_progress=lambda *_told: None,
                ),
            )
        }
    assert problems == ()
    assert [share.status for _, share in sorted(shares.items())] == [
        ShareStatus.OK,
        ShareStatus.NEEDS_PASSWORD,
        ShareStatus.GONE,
    ]
    verdicts = {
        row.name: str(match.verdict)
        for row, match in zip(rows, match_rows(rows, shares), strict=True)
    }
    assert dict(sorted(verdicts.items())) == STORY
