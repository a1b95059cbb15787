"""All findings of a crowded world, as `crowded_world.txt` has them (`syncer.audit.*`).

Of everything there are two or more, with something between them that has no finding, so that what
ends too early, is left out or is taken twice shows. A line that changes is a line that people read:
look at it before the file is written anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from syncer.audit.observed import Emptied, Waiver
from syncer.audit.rules import find
from syncer.model.documents import Document, LeftOut, Opens
from syncer.model.findings import Finding
from syncer.model.handbook import (
    AddressClash,
    FileProblem,
    PlaceKind,
    Placement,
    TableProblem,
    UnreadablePage,
)
from syncer.model.links import LinkKind, LinkStatus
from syncer.model.matching import ExpectedKind, KindStatus, NamedLink, Verdict
from syncer.model.reason import Reason
from syncer.model.shares import ShareKind, ShareStatus, ShareTraits, UnreadFolder
from tests.unit.audit.world import BASE_URL, HOST, PAGE, SHARE, TODAY, World

EXPECTED = Path(__file__).with_name("crowded_world.txt")
OTHER, THIRD, FULL = (f"{HOST}/{token}" for token in ("Xy98Zw76", "Third333", "Unread44"))
GONE, LOCKED, WRONG, DROP = (f"{HOST}/{token}" for token in ("Gone", "Lock", "Wrong", "Drop"))
HIDDEN, LOCAL, LOST, ACCOUNT = (f"{HOST}/{token}" for token in ("Hide", "Lokal", "Lost", "@a"))
OLD = datetime(2019, 5, 4, tzinfo=UTC)
NEW = datetime(2026, 5, 4, tzinfo=UTC)
SECOND = "docs/a.md"


def url(token: str, folder: str = "") -> str:
    """Return a link to a folder of a share."""
    return f"{BASE_URL}/s/{token}" + (f"?path=/{folder}" if folder else "")


def add_shares(world: World) -> None:
    """Add shares of every status, each with what makes it worth a word."""
    world.share(
        *(f"Aftaler/{name}.docx" for name in "ABCDEFGH"), "Aftaler/H.pdf", "Andet/A.docx",
        *(f"Navne/{number}?.docx" for number in range(7)), "Navne?/fin.docx", "Navne?/con",
        *(f"Løse/{number}.docx" for number in range(7)), "Løse/Thumbs.db", "Løst/x.docx",
        "Løst/y.docx", "Samling/s1.docx", "Samling/s2.docx", "Samling/Under/s3.docx", "Rod.docx",
        "Gammel/Ny plads/P.docx", "Mappe/m.docx",
        gone_places=frozenset({"Væk", "Borte"}), last_full_walk_at=NEW, writable_by_link=True,
    )  # fmt: skip
    world.share(
        "Aftaler/A.docx", "Plads/B.docx", "Plads/slut.", "Plads/aux", "Et/Navn/C.docx",
        "To/Navn/C.docx", share_id=OTHER,
        server_version="32.0.1", expires_on=TODAY + timedelta(days=30), writable_by_link=False,
        gone_places=frozenset({"Navn"}),
    )  # fmt: skip
    world.share("T.docx", share_id=THIRD, expires_on=TODAY + timedelta(days=31))
    world.share(
        "U.docx", share_id=FULL, expires_on=TODAY, unread=(
            *(UnreadFolder(f"U{number}", Reason("server-status", {"status": 500 + number}))
              for number in range(6)),
            UnreadFolder("Tom", Reason("folder-suddenly-empty", {"files_before": 9, "days": 1})),
            UnreadFolder("Tomt", Reason("folder-suddenly-empty", {"files_before": 8, "days": 2})),
        ),
    )  # fmt: skip
    world.locked(ShareStatus.GONE, share_id=GONE, reason=Reason("share-gone"))
    world.locked(
        ShareStatus.NEEDS_PASSWORD, share_id=LOCKED, reason=Reason("share-password-missing")
    )
    world.locked(ShareStatus.NEEDS_PASSWORD, share_id=WRONG, reason=Reason("share-password-wrong"))
    world.locked(ShareStatus.UPLOAD_ONLY, share_id=DROP, reason=Reason("share-upload-only"))
    world.locked(ShareStatus.UNREADABLE, share_id=HIDDEN, reason=Reason("server-maintenance"))
    world.locked(ShareStatus.UNREADABLE, share_id=f"{HOST}/Stop", reason=Reason("run-stopped"))
    world.locked(ShareStatus.THROTTLED, share_id=f"{HOST}/Slow", reason=Reason("server-throttled"))
    world.locked(ShareStatus.UNCHECKED, share_id=f"{HOST}/Unasked")
    world.locked(
        ShareStatus.NEEDS_PASSWORD, share_id=ACCOUNT, kind=ShareKind.ACCOUNT,
        reason=Reason("account-refused"),
    )  # fmt: skip
    world.share("L/l.docx", share_id=LOCAL, kind=ShareKind.LOCAL, base_url="")
    world.locked(
        ShareStatus.UNREADABLE, share_id=f"{HOST}/Ulæst", kind=ShareKind.LOCAL, base_url="",
        reason=Reason("local-unreadable", {"error": "nej"}),
    )  # fmt: skip
    world.share("one.docx", share_id=LOST)


DRIFT, BILAG = (
    ExpectedKind(name, status)
    for name, status in (("drift", KindStatus.PRESENT), ("bilag", KindStatus.MISSING))
)


def add_rows(world: World, page: str) -> None:
    """Add rows of every verdict, and those of odd files."""
    file = world.file
    for verdict in Verdict:
        name = f"{verdict} {page[5]}"
        found = verdict not in (Verdict.MISSING, Verdict.PLANNED, Verdict.NO_ACCESS)
        files = [file("Aftaler/A.docx", file_id=5)] if found else []
        if verdict is Verdict.AMBIGUOUS:
            files = [file(f"Aftaler/{letter}.docx") for letter in "ABCDEFG"]
        if verdict is Verdict.ELSEWHERE:
            files = [file("Andet/A.docx", file_id=9)]
        world.row(name, verdict, *files, page=page, suggestion=f"{name}.docx")
    world.row("Delvis", Verdict.PRESENT, file("Aftaler/H.docx"), file("Aftaler/H.pdf"),
              page=page, expected=(DRIFT, BILAG), todo=page == SECOND)  # fmt: skip
    world.row("Delvis", Verdict.ARRIVED, file("Aftaler/B.docx"), page=page,
              expected=(DRIFT, BILAG), todo=True)  # fmt: skip
    world.row("Kommet", Verdict.ARRIVED, file("Aftaler/C.docx"), page=page, todo=True,
              url=url("Ab12Cd34", "Aftaler"))  # fmt: skip
    for path, size, at in (
        ("Aftaler/D.docx", 100, OLD), ("Aftaler/E.docx", 0, OLD), ("Aftaler/F.docx", 5, NEW),
        ("Aftaler/D.docx", 100, OLD), ("Aftaler/G.docx", 0, NEW), ("Aftaler/H.docx", 9, OLD),
    ):  # fmt: skip
        world.row(f"Fil {path[8]}", Verdict.PRESENT,
                  file(path, size_bytes=size, modified_at=at), page=page)  # fmt: skip
    for number, sizes in enumerate(((5, 0), (0, 5))):
        files = [
            file(f"Aftaler/H{number}.{form}", size_bytes=size)
            for form, size in zip(("docx", "pdf"), sizes, strict=True)
        ]
        world.row(f"To {number}", Verdict.PRESENT, *files, page=page)
    world.row("Kommet uden fil", Verdict.ARRIVED, page=page)
    for token in ("Lost", "Unread44"):
        world.row(f"Kladde {token}", Verdict.DRAFT, file("u.docx", share=f"{HOST}/{token}"),
                  share=f"{HOST}/{token}", page=page)  # fmt: skip
    world.row("Gammel og ny", Verdict.LIKELY, file("Aftaler/A.docx", modified_at=OLD),
              file("Aftaler/B.docx", modified_at=NEW), page=page)  # fmt: skip


def add_places(world: World, page: str) -> None:
    """Add rows with odd places."""
    file = world.file
    for place in ("Væk", "Borte/Dybt", "Andet", "Borte", "Væk/Under"):
        world.row(f"I {place}", Verdict.MISSING, place=place, page=page)
    world.row("I Navn", Verdict.MISSING, place="Navn", share=OTHER, page=page)
    world.row("Lokal her", Verdict.MISSING, place="L", share=LOCAL, page=page)
    world.row("Lokal ulæst", Verdict.MISSING, place="L", share=f"{HOST}/Ulæst", page=page)
    world.row("Lokal", Verdict.MISSING, place="Fjern", share=LOCAL, page=page)
    world.row("Flyttet", Verdict.ELSEWHERE, file("Gammel/Ny plads/P.docx"), place="Borte",
              page=page)  # fmt: skip
    world.row("Uden sted", Verdict.MISSING, place=None, page=page)
    world.row("Uden sted, med fil", Verdict.PRESENT, file("Aftaler/A.docx"), place=None,
              page=page)  # fmt: skip
    for token in ("Gone", "Lock", "Wrong", "Drop", "Hide", "Lost", "Unread44"):
        world.row(f"Bag {token}", Verdict.UNDETERMINED, share=f"{HOST}/{token}", page=page,
                  reason=Reason("share-not-read"))  # fmt: skip
    for why in ("upload-only", "login-refused", "login-folder-not-seen", "login-not-seen",
                "needs-password"):  # fmt: skip
        world.row(f"Adgang {why}", Verdict.NO_ACCESS, share=LOCKED, page=page,
                  reason=Reason(why))  # fmt: skip
    world.row("Fælles", Verdict.PRESENT, file("Aftaler/A.docx", size_bytes=1),
              file("Aftaler/A.pdf"), page=page)  # fmt: skip
    world.row("fælles", Verdict.PRESENT, file("Plads/B.docx", share=OTHER), page=page,
              share=OTHER, place="Plads")  # fmt: skip
    world.row(" FÆLLES", Verdict.DRAFT, file("Aftaler/B.docx"), page=page)
    world.row("Fælles ", Verdict.ARRIVED, file("Et/Navn/C.docx", share=OTHER), page=page,
              share=OTHER, place="Et")  # fmt: skip
    world.row("Fæl les", Verdict.PRESENT, file("Plads/B.docx", share=OTHER), page=page,
              share=OTHER, place="Plads")  # fmt: skip
    for name, places in (("Rod", ("", "Aftaler")), ("Top", ("Aftaler", ""))):
        for place in places:
            world.row(name, Verdict.PRESENT, file(f"{place}/x{place}.docx"), place=place, page=page)
    for folder in ("Løse", "Løst", "Navne", "Navne?", ""):
        world.row(f"I mappen {folder}", Verdict.MISSING, place=folder, page=page)
    world.row("Samling", Verdict.PRESENT, file("Samling/s1.docx"), file("Samling/s2.docx"),
              place="Samling", page=page, expected=(DRIFT,))  # fmt: skip
    world.row("I samling", Verdict.PRESENT, file("Samling/Under/s3.docx"),
              place="Samling/Under", page=page)  # fmt: skip
    world.row(
        "To steder",
        Verdict.MISSING,
        page=page,
        places=tuple(
            Placement(PlaceKind.SHARE, None, share, place)
            for share, place in ((FULL, "U"), (OTHER, "Navn"), (OTHER, "Plads"))
        ),
    )
    world.row("Mappe", Verdict.PRESENT, file("Mappe", folder=True, size_bytes=None), place=None,
              page=page)  # fmt: skip
    world.row("I en mappe", Verdict.MISSING, place="Mappe", page=page)


def add_links(world: World) -> None:
    """Add links of every status, of two kinds, and those that open the root of a share."""
    for status in LinkStatus:
        for number, kind in enumerate((LinkKind.WEB, LinkKind.PAGE, LinkKind.WEB)):
            world.link(
                f"https://example.org/{status}/{number}", status, kind=kind,
                reason=Reason("http-status", {"status": 404}), http_status=404 + number,
                checked_at=NEW if number < 2 else None,
                final_url=f"https://example.org/to/{number}" if number else None,
            )  # fmt: skip
    for why in ("link-anchor-missing", "link-download-empty", "link-private-address"):
        for status in (LinkStatus.BROKEN, LinkStatus.OK, LinkStatus.BLOCKED):
            world.link(f"https://example.org/{why}/{status}", status, reason=Reason(why))
    for text in ("", "tekst"):
        link = replace(world.page_link(" "), text=text)
        world.link(" ", LinkStatus.BROKEN, link=link, reason=Reason("link-empty"))
    for number in range(2):
        link = replace(world.page_link(f"https://bar.example/{number}"), bare=True)
        world.link(link.url, LinkStatus.OK, link=link)
        hidden = replace(world.page_link("https://skjult.example", page="docs/_x.md"), bare=True)
        world.link(hidden.url, LinkStatus.OK, link=hidden)
    for token, folder in (("Ab12Cd34", "Væk"), ("Xy98Zw76", "Plads"), ("Gone", ""), ("Gone", "A"),
                          ("Xy98Zw76", "Navn"), ("Xy98Zw76", "Et"), ("Hide", "B")):  # fmt: skip
        world.link(url(token, folder), LinkStatus.BROKEN, kind=LinkKind.SHARE)
    for path in ("download?path=/Plads", "download?path=/Plads&files=B.docx", "download/B.docx"):
        world.link(f"{url('Xy98Zw76')}/{path}", LinkStatus.BROKEN, kind=LinkKind.SHARE)
    world.link(f"{BASE_URL}/f/77", LinkStatus.NEEDS_LOGIN, kind=LinkKind.LOGIN)


def crowd() -> World:
    """Return the world without what only a run knows."""
    world = World()
    add_shares(world)
    for page in (PAGE, SECOND):
        add_rows(world, page)
        add_places(world, page)
    add_links(world)
    return world


def name_links(world: World) -> Iterator[NamedLink]:
    """Yield links in running text, of which every second one disagrees with its row."""
    for number, row in enumerate(world.rows[:6]):
        link = world.page_link(url("Ab12Cd34", f"Andet{number}"))
        file = world.file("Andet/A.docx") if number != 4 else None
        yield NamedLink(link, row.id, world.matches[number].group, file, bool(number % 2))
    yield NamedLink(world.page_link(url("Ab12Cd34")), "r-unknown", "g", world.file("x"), False)  # noqa: FBT003


def observe(world: World) -> dict[str, Any]:
    """Return what only a run knows."""
    opens = list(Opens)
    documents = {
        (SHARE, f"Aftaler/{letter}.docx"): Document(opens[number % len(opens)], Reason("why"))
        for number, letter in enumerate("ABCDEFGH")
    }
    codes = ("io-error", "folder-io-error", "site-config-unreadable", "too-big", "not-utf8",
             "handbook-read-timeout", "folder-link", "page-too-complex")  # fmt: skip
    far, past = date(2030, 1, 1), date(2026, 11, 22)
    return {
        "pages": (
            world.page(), world.page(SECOND, problems=(Reason("front-matter"), Reason("tab"))),
        ),
        "unpublished": ("docs/_x.md", "docs/_y.md"),
        "empty_pages": ("docs/tom.md", "docs/tomt.md"),
        "clashes": (
            AddressClash("/a/", tuple(f"docs/{number}.md" for number in range(7))),
            AddressClash("/b/", ("docs/b.md", "docs/b/index.md")),
        ),
        "table_problems": tuple(
            TableProblem(world.page_link("x").span, f"Række {code}", Reason(code, {"mark": "**"}))
            for code in ("table-mark-unclosed", "table-cell-missing", "table-mark-unopened")
        ),
        "own_problems": tuple(
            FileProblem(".syncer.toml", line, Reason("unknown-key", {"key": str(line)}))
            for line in (3, None)
        ),
        "unreadable": tuple(UnreadablePage(f"docs/{code}.md", Reason(code)) for code in codes),
        "bare_is_text": True,
        "emptied": (Emptied(LOST, 20, 5, 4, 1), Emptied(THIRD, None, 2, 2, 2)),
        "old_after_years": 3,
        "traits": {
            SHARE: ShareTraits(SHARE, change="share-lost-password", changed_on=TODAY),
            OTHER: ShareTraits(OTHER, change="share-got-password", changed_on=date(2026, 11, 9)),
            THIRD: ShareTraits(
                THIRD, change="share-became-upload-only", changed_on=date(2026, 11, 10)
            ),
            LOST: ShareTraits(LOST),
        },
        "documents": documents,
        "left_out": (
            LeftOut(SHARE, tuple(f"{number}.docx" for number in range(7)), Reason("copy-too-big")),
            LeftOut(SHARE, ("", "b.docx"), Reason("copy-disk-full")),
        ),
        "named_links": tuple(name_links(world)),
        "waivers": (
            Waiver("file-unlisted", "Løse/1.docx", "fil", far),
            Waiver("file-unlisted", "Løst*", "mappe", far),
            Waiver("file-unlisted", "Løse/2.docx", "udløbet", past),
            Waiver("file-name-unsafe", "Navne/[0-5]?.docx", "navne", far),
            Waiver("file-name-unsafe", "Navne?/con", "her", far, "handbook", SECOND, (1, 900)),
            Waiver("file-name-unsafe", "Navne?", "der", far, "handbook", PAGE, (1, 2)),
            Waiver("resource-missing", "I *", "lang", date(2027, 1, 1)),
            Waiver("resource-missing", "I Væk", "længere", far),
            Waiver("resource-missing", "I Andet", "her", far, "handbook", PAGE, (1, 900)),
            Waiver("resource-likely", None, "alle", far, "handbook", SECOND, (1, 900)),
            Waiver("share-gone", "*", "slut", past),
            Waiver("link-broken", "https://example.org/*/0", "kendt", TODAY),
            Waiver("link-broken", "https://ingen.example/", "ubrugt", far),
            Waiver("page-empty", None, "egen", far, "handbook", "docs/b.md", (7, 9)),
            Waiver("file-empty", "x.docx", "egen fil", past, "handbook"),
            Waiver("resource-draft", "I Andet", "ubrugt", far, "handbook", SECOND, (8, 9)),
        ),
    }  # fmt: skip


def tell(finding: Finding, all_findings: dict[str, Finding]) -> str:
    """Return a finding as a line: place, code, subject, values, step, cause and waiver."""
    page, line, column = finding.page or "-", finding.line or "-", finding.column or "-"
    values = " ".join(f"{name}={value!r}" for name, value in sorted(finding.args.items()))
    told = [f"{page}:{line}:{column} {finding.code} {finding.subject!r}", values]
    if finding.hint is not None:
        step = " ".join(f"{name}={value!r}" for name, value in sorted(finding.hint.args.items()))
        told.append(f"> {finding.hint.code} {step}".strip())
    if finding.caused_by is not None:
        cause = all_findings[finding.caused_by]
        told.append(f"because of {cause.code} {cause.subject!r}")
    if finding.waived_until is not None:
        told.append(
            f"waived until {finding.waived_until}: {finding.waiver_reason}, {finding.waiver_origin}"
        )
    return " | ".join(told)


def settle(world: World) -> None:
    """Leave out what is in doubt, so that it can be said what nothing points to."""
    pairs = [
        (row, match)
        for row, match in zip(world.rows, world.matches, strict=True)
        if match.verdict not in (Verdict.UNDETERMINED, Verdict.UNCHECKED)
    ]
    world.rows = [row for row, _ in pairs]
    world.matches = [match for _, match in pairs]
    world.shares = {id_: share for id_, share in world.shares.items() if share.conclusive}
    unsure = (LinkStatus.UNCHECKED, LinkStatus.UNCONFIRMED, LinkStatus.TIMED_OUT)
    world.links = [check for check in world.links if check.verdict.status not in unsure]


def list_told(*, settled: bool) -> list[str]:
    """Return the findings of the world, or those that only the settled one has."""
    world = crowd()
    world.handbook = replace(
        world.handbook, revision="abc", stale=Reason("handbook-fetch-failed", {"detail": "x"})
    )
    more = observe(world)
    if settled:
        settle(world)
        more |= {"unreadable": (), "emptied": ()}
    findings = find(world.observe(**more, previous=world.manifest()))
    by_id = {finding.id: finding for finding in findings}
    assert len(by_id) == len(findings)
    return [f"{one.id} {tell(one, by_id)}" for one in findings]


def test_a_crowded_world() -> None:
    """Every finding, in order, with its id: one that changes makes all of them new to people."""
    told = list_told(settled=False)
    more = [line for line in list_told(settled=True) if line not in told]
    assert "\n".join([*told, "", *more, ""]) == EXPECTED.read_text(encoding="utf-8")
