"""A run from what it knows to its manifest, without network: what it compares and remembers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from syncer.config import Secrets, Settings
from syncer.config.settings import HandbookSettings, OutputSettings, ScheduleSettings
from syncer.demo.sample_documents import make_document
from syncer.manifest.document import StatusManifest
from syncer.model.shares import (
    ListingKind,
    RemoteFile,
    RemoteFolder,
    Share,
    ShareKind,
    ShareStatus,
    ShareTraits,
    ShareTree,
    Suspicion,
)
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.links import ask_web
from syncer.pipeline.manifest import choose_past, is_same_place, list_pages
from syncer.pipeline.matches import doubt_emptied, load_suspicions, load_traits
from syncer.pipeline.options import AuditOptions
from syncer.pipeline.run import Knowledge, conclude, judge, make_run_id, run_audit
from syncer.store.database import Database, open_database
from syncer.store.share_memory import ShareStore
from syncer.surroundings import Surroundings
from tests.unit.pipeline.test_handbook import SHARES, TOKENS, make_settings, read

HOST = "boks.example"
SHARE = f"{HOST}/{TOKENS[1]}"
NIGHT = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
NAMES = ("Vedtægter", "Årsplan", "Forretningsorden", "Budget")
ROWS = "".join(f"| {name} | [Her]({SHARES[1]}?path=/A) |\n" for name in NAMES)
PAGES = {
    "a.md": f"---\ntitle: Partnere\n---\n# A\n\n| Ressource | Placering |\n|---|---|\n{ROWS}",
    "b.md": "# Løst\n\n| Ressource | Placering |\n|---|---|\n| Guide | Skuffen |\n",
}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Give the memory of a run."""
    with closing(open_database(tmp_path)) as opened:
        yield opened


def make_share(*names: str, **more: Any) -> Share:
    """Make the share of the rows, read with these files."""
    files = tuple(
        RemoteFile(f"A/{name}.docx", size_bytes=9, file_id=number)
        for number, name in enumerate(names, 10)
    )
    values: dict[str, Any] = {
        "id": SHARE, "kind": ShareKind.PUBLIC, "name": TOKENS[1], "base_url": f"https://{HOST}",
        "endpoint": "new", "server_version": "32.0.1", "status": ShareStatus.OK,
        "listing": ListingKind.INFINITY,
        "tree": ShareTree(files, (RemoteFolder("", file_id=1), RemoteFolder("A", file_id=2))),
        "has_password": False,
    }  # fmt: skip
    return Share(**values | more)


def run(
    *shares: Share,
    database: Database | None = None,
    past: StatusManifest | None = None,
    night: int = 0,
    settings: Settings | None = None,
    pages: dict[str, str] = PAGES,
    **options: Any,
) -> StatusManifest:
    """Judge and conclude a run in which the shares were read."""
    settings = settings or make_settings()
    at = NIGHT + timedelta(days=night)
    job = Job(
        settings=settings,
        options=AuditOptions(**options),
        secrets=Secrets(),
        memory=Memory(database=database, complete=past, newest=past),
        around=Surroundings(now=lambda: at + timedelta(minutes=2)),
        scheduled=True,
        started_at=at,
    )
    handbook = read(pages, options.get("pages", ()), settings=settings)
    seen, held = doubt_emptied(job, {share.id: share for share in shares}, started_at=at)
    known = Knowledge(
        job=job,
        handbook=handbook,
        shares=seen,
        held=held,
        traits=load_traits(job, seen, started_at=at),
        answers=ask_web(replace(job, options=replace(job.options, offline=True)), handbook),
        past=choose_past(job, handbook),
        suspicions=dict(load_suspicions(job)),
        hidden={},
        started_at=at,
        run_id=make_run_id(at),
    )
    return conclude(known, judge(known))


def status_of(manifest: StatusManifest) -> dict[str, tuple[str, str]]:
    """Return status and reason of each row."""
    return {row.name: (row.status, row.reason.code) for row in manifest.resources}


def test_a_manifest_says_when_and_of_what(database: Database) -> None:
    """The run, its next one, the pages with their titles, and what the corrections know."""
    settings = replace(
        make_settings(site_url="https://h.example/", source_url="https://git.example/{page}"),
        schedule=ScheduleSettings(cron="15 3 * * *", timezone="Europe/Copenhagen"),
    )
    manifest = run(make_share(*NAMES), database=database, settings=settings)
    assert manifest.run.id == "20261122T233000.000000Z"
    assert (manifest.run.started_at, manifest.run.complete) == (NIGHT, True)
    assert manifest.run.finished_at == NIGHT + timedelta(minutes=2)
    assert manifest.run.next_expected_at == datetime(2026, 11, 23, 2, 15, tzinfo=UTC)
    handbook = manifest.handbook
    assert (handbook.pages, handbook.site, handbook.source) == (2, "github", "haandbog")
    assert [(page.path, page.title, page.url) for page in handbook.published] == [
        ("a.md", "Partnere", None), ("b.md", "Løst", None),
    ]  # fmt: skip
    assert (handbook.site_url, handbook.source_url) == (
        "https://h.example/",
        "https://git.example/{page}",
    )
    assert status_of(manifest)["Vedtægter"] == ("present", "found-in-place")
    unresolved = [one for one in manifest.findings if one.code == "place-unresolved"]
    assert [one.fixable for one in unresolved] == [False]


def test_runs_remember_what_the_next_ones_need(database: Database) -> None:
    """What folders hold and links show; a run on links alone, or offline, knows no folders."""
    run(make_share(*NAMES), database=database)
    store = ShareStore(database)
    (held,) = store.load_holdings()[SHARE]
    assert (held.path, held.files) == ("A", 4)
    traits = store.load_traits()[SHARE]
    assert (traits.root_id, traits.has_password, traits.change) == (1, False, None)
    for options in ({"only": "links"}, {"offline": True}):
        run(make_share("Budget"), database=database, **options)
        assert store.load_holdings()[SHARE] == (held,)
    changed = run(make_share(*NAMES, has_password=True), database=database, night=1)
    (finding,) = (one for one in changed.findings if one.code == "share-changed")
    assert finding.args["on"] == "2026-11-24"
    assert store.load_traits()[SHARE] == ShareTraits(
        SHARE,
        root_id=1,
        has_password=True,
        upload_only=False,
        change="share-got-password",
        changed_on=(NIGHT + timedelta(days=2)).date(),
    )


def test_a_share_that_is_suddenly_empty_is_remembered(database: Database) -> None:
    """By its days, with the suspicions of shares that are no part of the run."""
    store = ShareStore(database)
    other = Suspicion(f"{HOST}/Andet", "a1", (NIGHT.date(),))
    store.save_suspicions([other])
    whole = run(make_share(*NAMES), database=database)
    empty = run(make_share(), database=database, past=whole, night=1)
    assert not empty.run.complete
    assert status_of(empty)["Budget"] == ("undetermined", "share-suddenly-empty")
    known = store.load_suspicions()
    assert known[other.share] == other
    assert known[SHARE].days == ((NIGHT + timedelta(days=2)).date(),)
    run(make_share(), database=database, past=whole, night=2)
    believed = run(make_share(), database=database, past=whole, night=3)
    assert (believed.run.complete, status_of(believed)["Budget"][0]) == (True, "missing")
    accepted = run(make_share(), database=database, past=whole, night=1, accept_empty=True)
    assert status_of(accepted)["Budget"][0] == "missing"


def test_an_emptied_folder_is_not_believed(database: Database) -> None:
    """Its rows are open for three days, unless a person says that it is right."""
    names = (*NAMES, "Ekstra")
    whole = run(make_share(*names), database=database)
    other = ShareTree((RemoteFile("x", file_id=99),), (RemoteFolder(""), RemoteFolder("A")))
    lost = run(make_share(tree=other), database=database, past=whole, night=1)
    assert status_of(lost)["Budget"][0] == "undetermined"
    accepted = run(
        make_share(tree=other), database=database, past=whole, night=1, accept_empty=True
    )
    assert status_of(accepted)["Budget"][0] == "missing"


def test_a_page_s_title_says_what_its_rows_are_about() -> None:
    """A word of it in a file's name is no unknown one."""
    pages = {"a.md": PAGES["a.md"].replace("title: Partnere", "title: Arbejdsgrupper")}
    found = status_of(run(make_share("Budget for arbejdsgrupper"), pages=pages))
    assert found["Budget"][0] == "present"
    assert status_of(run(make_share("Budget for arbejdsgrupper")))["Budget"][0] == "likely"


@pytest.mark.parametrize("name", ["{{ x }}", "Guide {{ page.intet }}"])
def test_rows_that_liquid_makes_are_not_denied(name: str) -> None:
    """They are unchecked, as links with Liquid are, and the run is whole."""
    head = "# A\n\n| Ressource | Placering |\n|---|---|\n"
    rows = f"| {name} | [Her]({SHARES[1]}) |\n| Plan | [Her]({{{{ site.boks }}}}) |\n"
    settings = make_settings(site="jekyll")
    manifest = run(make_share("x"), pages={"a.md": head + rows}, settings=settings)
    assert status_of(manifest) == {
        name: ("unchecked", "row-name-liquid"),
        "Plan": ("unchecked", "row-place-liquid"),
    }
    assert manifest.run.complete
    codes = {finding.code for finding in manifest.findings}
    assert not codes & {"resource-missing", "place-unresolved", "file-unlisted"}


@pytest.mark.parametrize(
    ("options", "of_share", "of_none"),
    [
        ({}, ("missing", "nothing-found"), ("missing", "nothing-found")),
        ({"only": "links"}, ("unchecked", "not-looked-at"), ("unchecked", "not-looked-at")),
    ],
)
def test_a_run_on_links_judges_no_rows(
    options: dict[str, Any], of_share: tuple[str, str], of_none: tuple[str, str]
) -> None:
    """The shares were read for their links alone."""
    statuses = status_of(run(make_share("x"), **options))
    assert (statuses["Budget"], statuses["Guide"]) == (of_share, of_none)


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({}, ("undetermined", "no-share-to-search")),
        ({"offline": True}, ("unchecked", "offline")),
        ({"only": "links"}, ("unchecked", "only-links")),
    ],
)
def test_a_row_without_any_share(options: dict[str, Any], status: tuple[str, str]) -> None:
    """It was not looked for where the options say so."""
    manifest = run(pages={"b.md": PAGES["b.md"]}, **options)
    assert status_of(manifest) == {"Guide": status}
    assert manifest.run.complete is (status[0] == "unchecked")


def test_a_run_is_compared_with_those_of_its_handbook() -> None:
    """Not with another one's, nor with or after one that read a folder for a share."""
    whole = run(make_share(*NAMES))
    settings = replace(make_settings(), output=OutputSettings(keep_runs=7))

    def choose(past: StatusManifest | None, **options: Any) -> Any:
        newest = options.pop("newest", past)
        job = Job(
            settings=settings,
            options=AuditOptions(**options),
            secrets=Secrets(),
            memory=Memory(complete=past, newest=newest),
            around=Surroundings(),
        )
        return choose_past(job, read(PAGES))

    found = choose(whole)
    assert (found.complete, found.newest, found.keep_runs) == (whole, whole, 7)
    assert found.figures
    alone = choose(whole, newest=None)
    assert (alone.newest, alone.figures) == (None, found.figures)
    bare = replace(whole, resources=(), links=(), findings=())
    assert choose(whole, newest=bare).figures != found.figures
    other = replace(whole, handbook=replace(whole.handbook, source="andet"))
    local = run(make_share(*NAMES, kind=ShareKind.LOCAL))
    both = replace(whole, shares=(*whole.shares, *local.shares))
    for past in (other, local, both, None):
        found = choose(past)
        assert (found.complete, found.newest, found.figures) == (None, None, None)
    assert choose(whole, share_folders={"T": Path("x")}).complete is None
    again = run(make_share(*NAMES), past=whole, night=1)
    assert again.changes.since == whole.run.finished_at
    assert len(again.history) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a:b@git.example/x", "https://c:d@git.example/x", True),
        ("https://git.example/x", "https://git.example/y", False),
        ("relativ", "relativ", True),
        ("relativ", "./relativ", False),
    ],
)
def test_whether_two_sources_are_one_handbook(one: str, other: str, same: bool) -> None:
    """A login does not matter, and of a folder only where it is."""
    assert is_same_place(one, other) is same


def test_a_folder_is_the_same_by_whatever_way(tmp_path: Path) -> None:
    """By a link too."""
    (tmp_path / "x").mkdir()
    (tmp_path / "link").symlink_to("x")
    assert is_same_place(str(tmp_path / "link"), str(tmp_path / "x"))
    assert not is_same_place(str(tmp_path / "y"), str(tmp_path / "x"))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: ' Min   side '\n---\n# Nej\n", "Min side"),
        ("---\ntitle: 7\n---\n# Ja\n", "Ja"),
        ("# En\n\n# To\n", "En"),
        ("Tekst\n", None),
        (f"# {'x' * 300}\n", "x" * 200),
    ],
)
def test_a_page_is_called_by_its_title(text: str, title: str | None) -> None:
    """Else by its first heading; not for ever."""
    (page,) = list_pages(read({"a.md": text}), None)
    assert page.title == title


def test_a_page_has_its_address_where_the_site_is_known() -> None:
    """As the site serves it."""
    settings = Settings(handbook=HandbookSettings(site="jekyll", site_url="https://h.example/b"))
    pages = {"d/a.md": "---\ntitle: A\n---\n"}
    found = read(pages, settings=settings)
    assert [page.url for page in list_pages(found, "https://h.example/b")] == [
        "https://h.example/b/d/a.html"
    ]
    assert [page.url for page in list_pages(found, None)] == [None]


def test_a_run_of_folders_alone_needs_no_network(tmp_path: Path, database: Database) -> None:
    """A handbook and a share on disk: read, matched, opened, told in the log, and remembered."""
    handbook, share = tmp_path / "bog", tmp_path / "boks"
    for folder in (handbook, share / "A"):
        folder.mkdir(parents=True)
    (handbook / "a.md").write_text(PAGES["a.md"], encoding="utf-8")
    (handbook / ".syncer.toml").write_text(
        f'[[pin]]\nname = "Budget"\nshare = "{SHARE}"\npath = "A/tal.docx"\n', encoding="utf-8"
    )
    content = make_document("Vedtægter.docx", 12_000)
    for name, data in (("Vedtægter", content), ("Årsplan", b"nej!"), ("tal", content)):
        (share / "A" / f"{name}.docx").write_bytes(data)
    secrets: list[str] = []
    job = Job(
        settings=make_settings(source=str(handbook)),
        options=AuditOptions(offline=True, share_folders={TOKENS[1]: share}),
        secrets=Secrets(),
        memory=Memory(database=database),
        around=Surroundings(now=lambda: NIGHT),
        keep_secret=secrets.append,
    )
    with capture_logs() as lines:
        manifest = run_audit(job)
    assert manifest.run.complete
    assert {name: status for name, (status, _) in status_of(manifest).items()} == {
        "Vedtægter": "present", "Årsplan": "present", "Forretningsorden": "missing",
        "Budget": "present",
    }  # fmt: skip
    opened = {file.path: file.opens for row in manifest.resources for file in row.files}
    assert opened == {
        "A/Vedtægter.docx": "yes", "A/Årsplan.docx": "other-type", "A/tal.docx": "yes",
    }  # fmt: skip
    assert "file-other-type" in {finding.code for finding in manifest.findings}
    events = [line["event"] for line in lines]
    assert events[0] == "handbook-read"
    assert events[-1] == "run-finished"
    assert (lines[0]["pages"], lines[0]["rows"]) == (1, 4)
    assert (lines[-1]["complete"], lines[-1]["findings"], lines[-1]["seconds"]) == (
        True,
        len(manifest.findings),
        0.0,
    )
    assert secrets == []
    (read_share,) = (line for line in lines if line["event"] == "share-read")
    assert read_share["share"] == SHARE
    assert (read_share["status"], read_share["files"]) == ("ok", 3)
    (host,) = (line for line in lines if line["event"] == "nextcloud-read")
    assert (host["host"], host["shares"], host["ok"]) == (HOST, 1, 1)
