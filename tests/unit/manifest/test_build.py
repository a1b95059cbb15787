"""From what a run found to its status manifest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import jsonschema
import msgspec
import pytest

from syncer.manifest.build import Past, Results, RunFacts, build_manifest
from syncer.manifest.codec import decode, encode, json_schema
from syncer.manifest.document import (
    LastKnownRecord,
    PublishedPage,
    ScopeRecord,
    StatusManifest,
    ToolRecord,
    WaiverRecord,
)
from syncer.model.documents import Document, Opens
from syncer.model.findings import Finding, Owner, Severity
from syncer.model.handbook import (
    Handbook,
    LinkSyntax,
    PageLink,
    PlaceKind,
    Placement,
    ResourceRow,
    SourceSpan,
)
from syncer.model.links import LinkCheck, LinkKind, LinkStatus, LinkVerdict
from syncer.model.matching import Candidate, ExpectedKind, KindStatus, Match, MatchedFile, Verdict
from syncer.model.reason import Reason
from syncer.model.rules import RULES_VERSION
from syncer.model.shares import (
    ListingKind,
    RemoteFile,
    RemoteFolder,
    Share,
    ShareKind,
    ShareStatus,
    ShareTree,
)

SHARE = "boks.example.dk/Ab12Cd34"
NIGHT = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)
VALIDATOR = jsonschema.Draft202012Validator(msgspec.json.decode(json_schema()))


def _row(identity: str, page: str, line: int) -> ResourceRow:
    return ResourceRow(
        id=identity,
        name=f"Aftale {identity}",
        description="",
        todo=False,
        label="Nextcloud / Aftaler",
        links=(),
        places=(Placement(PlaceKind.SHARE, None, SHARE, "Aftaler"),),
        section="Ressourcer",
        span=SourceSpan(page, line, 1, line, 80),
    )


def _match(row: str, verdict: Verdict = Verdict.MISSING, **more: Any) -> Match:
    values: dict[str, Any] = {
        "row": row,
        "group": f"g{row}",
        "verdict": verdict,
        "files": (),
        "expected": (),
        "score": None,
        "reason": Reason("nothing-like-it", {"b": 1, "a": ("x", "y")}),
    }
    return Match(**values | more)


def _link(identity: str, page: str, line: int, column: int = 1) -> LinkCheck:
    link = PageLink(
        "https://example.org/",
        "tekst",
        LinkSyntax.LINK,
        SourceSpan(page, line, column, line, column + 5),
        None,
    )
    verdict = LinkVerdict(LinkKind.WEB, LinkStatus.BROKEN, Reason("link-gone"), 410, None, NIGHT)
    return LinkCheck(identity, link, verdict)


def _finding(identity: str, page: str | None, line: int | None, **more: Any) -> Finding:
    values: dict[str, Any] = {
        "id": identity,
        "code": "link-broken",
        "severity": Severity.ERROR,
        "owner": Owner.MAINTAINER,
        "page": page,
        "line": line,
        "subject": "https://example.org/",
        "args": {"url": "https://example.org/"},
    }
    return Finding(**values | more)


def _share(*files: RemoteFile, **more: Any) -> Share:
    values: dict[str, Any] = {
        "id": SHARE,
        "kind": ShareKind.PUBLIC,
        "name": "Boksen",
        "base_url": "https://boks.example.dk",
        "endpoint": "legacy",
        "server_version": "27.0.2",
        "status": ShareStatus.OK,
        "listing": ListingKind.DEPTH_1,
        "tree": ShareTree(files, (RemoteFolder(""), RemoteFolder("Aftaler"))),
        "requests": 3,
        "last_full_walk_at": NIGHT,
        "writable_by_link": False,
    }
    return Share(**values | more)


def _build(past: Past | None = None, *, at: datetime = NIGHT, **more: Any) -> StatusManifest:
    """Build a manifest, and see that it validates and comes back as it was."""
    run: dict[str, Any] = {
        "version": "1.0.0",
        "id": "n1",
        "started_at": at,
        "finished_at": at,
        "scope": ScopeRecord(),
        "incomplete_because": more.pop("incomplete_because", ()),
        "timezone": more.pop("timezone", "UTC"),
    }
    results: dict[str, Any] = {
        "handbook": Handbook("handbook", "abc", None, (), (), (), None),
        "pages": 4,
        "shares": {},
        "rows": (),
        "matches": (),
        "links": (),
        "findings": (),
    }
    manifest = build_manifest(RunFacts(**run), Results(**results | more), past or Past())
    data = encode(manifest)
    VALIDATOR.validate(msgspec.json.decode(data))
    assert decode(data) == manifest
    return manifest


def test_the_lists_come_in_one_order() -> None:
    """By page, line and id, links too, whatever their column; findings of no page first."""
    rows = [
        _row("r1", "b.md", 1),
        _row("r3", "a.md", 7),
        _row("r2", "a.md", 7),
        _row("r4", "a.md", 2),
    ]
    links = [_link("l1", "b.md", 1), _link("l2", "a.md", 9, 5), _link("l3", "a.md", 9, 1)]
    findings = [_finding("f1", "a.md", 3), _finding("f2", None, None), _finding("f3", "a.md", None)]
    manifest = _build(
        rows=rows,
        matches=[_match(row.id) for row in rows],
        links=links,
        findings=findings,
        shares={"b/2": _share(id="b/2"), "a/1": _share(id="a/1")},
    )
    assert [row.id for row in manifest.resources] == ["r4", "r2", "r3", "r1"]
    assert [link.id for link in manifest.links] == ["l2", "l3", "l1"]
    assert [finding.id for finding in manifest.findings] == ["f2", "f3", "f1"]
    assert [share.id for share in manifest.shares] == ["a/1", "b/2"]


def test_a_manifest_names_its_tool_and_sorts_its_shares() -> None:
    """With the rules by which it judged; the order of the walk does not matter."""
    ids = [f"boks.example.dk/{token}" for token in ("Zz", "Aa", "Mm")]
    manifest = _build(shares={id_: _share(id=id_) for id_ in ids})
    assert manifest.tool == ToolRecord(name="syncer", version="1.0.0", rules=RULES_VERSION)
    assert [share.id for share in manifest.shares] == sorted(ids)
    assert (manifest.handbook.source, manifest.handbook.revision) == ("handbook", "abc")


def test_a_row_with_all_that_is_known_of_it() -> None:
    """Files, kinds, near misses and reasons, as codes and arguments."""
    file = MatchedFile(SHARE, "Aftaler/A.docx", size_bytes=5, modified_at=NIGHT, file_id=7)
    match = _match(
        "r1",
        Verdict.PRESENT,
        files=(file,),
        expected=(ExpectedKind("drift", KindStatus.MISSING),),
        score=0.9,
        candidates=(Candidate(file, 0.9, True, (Reason("same-words"),)),),  # noqa: FBT003 - a field
        suggestion="A.docx",
    )
    (record,) = _build(rows=[_row("r1", "a.md", 3)], matches=[match]).resources
    assert (record.status, record.files_count, record.score) == ("present", 1, 0.9)
    assert (record.files[0].path, record.files[0].file_id) == ("Aftaler/A.docx", 7)
    assert (record.expected[0].name, record.expected[0].status) == ("drift", "missing")
    assert record.candidates[0].reasons[0].code == "same-words"
    assert (record.span.line, record.span.end_column) == (3, 80)
    assert list(record.reason.args) == ["a", "b"]


def test_no_mail_address_of_the_handbook_is_listed() -> None:
    """Neither in rows, links, findings with their hints nor titles; ids stay what they are."""
    row = replace(
        _row("r1", "a.md", 3), name="Skriv til a@b.dk", section="a@b.dk", label="mail a@b.dk"
    )
    row = replace(row, places=(Placement(PlaceKind.OUTSIDE, "mailto:a@b.dk", None, None),))
    wrong = Reason("link-mail-invalid", {"address": "a@b"})
    mail = replace(
        _link("l1", "a.md", 1),
        link=PageLink("mailto:a@b", "a@b", LinkSyntax.LINK, SourceSpan("a.md", 1, 1, 1, 9), None),
        verdict=LinkVerdict(LinkKind.MAIL, LinkStatus.BROKEN, wrong),
    )
    verdict = LinkVerdict(LinkKind.WEB, LinkStatus.REDIRECTED, None, 301, "https://x.dk/a@b.dk")
    web = replace(_link("l2", "a.md", 2), verdict=verdict)
    findings = [
        _finding(
            "f1",
            "a.md",
            1,
            subject="mailto:a@b",
            args={"url": "mailto:a@b", "text": "a@b", "address": "a@b"},
            hint=Reason("link-use", {"url": "mailto:a@b"}),
            link="l1",
        ),
        _finding(
            "f2",
            "a.md",
            2,
            subject="Skriv til a@b.dk",
            args={"name": "a@b.dk"},
            hint=Reason("put-file", {"folder": "Post", "file_name": "Skriv til a@b.dk.docx"}),
            row="r1",
        ),
        _finding("f3", "a.md", 3, code="file-unlisted", subject="a@b.dk.docx", args={}),
    ]
    manifest = _build(
        rows=[row],
        matches=[_match("r1", suggestion="Skriv til a@b.dk.docx")],
        links=[mail, web],
        findings=findings,
        published=[PublishedPage(path="a.md", title="Skriv til a@b.dk", url=None)],
    )
    said = encode(manifest).decode()
    assert said.count("a@b") == 1
    assert manifest.findings[2].subject == "a@b.dk.docx"
    assert manifest.findings[0].subject == manifest.links[0].url == "mailto:***"
    assert [link.id for link in manifest.links] == ["l1", "l2"]
    assert manifest.handbook.published[0].title == "Skriv til ***"


def test_at_most_twenty_files_are_listed() -> None:
    """The best first, with their number."""
    files = tuple(MatchedFile(SHARE, f"{number:02}.docx") for number in range(25))
    match = _match("r1", Verdict.PRESENT, files=files)
    (record,) = _build(rows=[_row("r1", "a.md", 3)], matches=[match]).resources
    assert (len(record.files), record.files_count) == (20, 25)
    assert record.files[0].path == "00.docx"


def test_a_share_that_was_read() -> None:
    """Files, folders without the root, and bytes."""
    files = (RemoteFile("a", size_bytes=3), RemoteFile("b", size_bytes=4))
    (record,) = _build(shares={SHARE: _share(*files)}).shares
    assert (record.files, record.folders, record.bytes) == (2, 1, 7)


def test_an_unknown_size_makes_the_sum_unknown() -> None:
    """Unknown is not 0."""
    files = (RemoteFile("a", size_bytes=3), RemoteFile("b"))
    (record,) = _build(shares={SHARE: _share(*files)}).shares
    assert (record.files, record.bytes) == (2, None)


def test_a_share_that_was_not_read() -> None:
    """Nothing is known of its content; why is."""
    share = _share(tree=None, status=ShareStatus.UNREADABLE, reason=Reason("timeout"))
    (record,) = _build(shares={SHARE: share}).shares
    assert (record.files, record.folders, record.bytes) == (None, None, None)
    assert record.reason is not None
    assert record.reason.code == "timeout"


def test_a_run_is_complete_when_nothing_speaks_against_it() -> None:
    """The reasons decide."""
    assert _build().run.complete
    incomplete = _build(incomplete_because=(Reason("timeout", {"share": SHARE}),)).run
    assert not incomplete.complete
    assert [reason.code for reason in incomplete.incomplete_because] == ["timeout"]


def test_a_new_finding_begins_tonight() -> None:
    """It has been seen in one run."""
    (record,) = _build(findings=[_finding("f1", "a.md", 3)]).findings
    assert (record.first_seen_at, record.runs) == (NIGHT, 1)


def test_a_finding_keeps_since_when_it_is_so() -> None:
    """Night by night; an incomplete night does not make it forgotten."""
    finding = _finding("f1", "a.md", 3)
    first = _build(findings=[finding])
    second = _build(
        Past(complete=first),
        at=NIGHT + timedelta(days=1),
        incomplete_because=(Reason("timeout"),),
    )
    assert second.findings == ()
    third = _build(
        Past(complete=first, newest=second), at=NIGHT + timedelta(days=2), findings=[finding]
    )
    (record,) = third.findings
    assert (record.first_seen_at, record.runs) == (NIGHT, 2)
    assert third.changes.since == NIGHT
    assert third.changes.unchanged == 1


def test_a_waived_finding_with_its_next_step() -> None:
    """All that the audit said of it is kept."""
    finding = _finding(
        "f1",
        "a.md",
        3,
        hint=Reason("use-link", {"url": "https://example.org/ny"}),
        caused_by="f0",
        waived_until="2026-12-31",
        waiver_reason="Siden flyttes",
        row="r1",
        link="l1",
    )
    (record,) = _build(findings=[finding]).findings
    assert record.hint is not None
    assert record.hint.args == {"url": "https://example.org/ny"}
    assert (record.caused_by, record.waived_until) == ("f0", "2026-12-31")
    assert (record.resource, record.link) == ("r1", "l1")
    assert record.waiver == WaiverRecord(
        reason="Siden flyttes", until="2026-12-31", from_="settings"
    )


def test_changes_since_the_last_complete_run() -> None:
    """What was found then and is proven gone now is fixed; a moved file is listed."""
    row = _row("r1", "a.md", 3)
    file = MatchedFile(SHARE, "Aftaler/A.docx", file_id=7)
    first = _build(
        rows=[row],
        matches=[_match("r1", Verdict.PRESENT, files=(file,))],
        findings=[_finding("f1", "a.md", 3)],
        shares={SHARE: _share(RemoteFile("Aftaler/A.docx", file_id=7))},
    )
    second = _build(
        Past(complete=first),
        at=NIGHT + timedelta(days=1),
        shares={SHARE: _share(RemoteFile("Arkiv/A.docx", file_id=7))},
    )
    assert [fixed.id for fixed in second.changes.fixed] == ["f1"]
    assert [(move.from_, move.to) for move in second.changes.moved] == [
        ("Aftaler/A.docx", "Arkiv/A.docx")
    ]


def test_history_grows_by_the_last_run() -> None:
    """The newest comes last; at most `keep_runs` are kept."""
    manifest = _build()
    for day in range(1, 5):
        past = Past(complete=manifest, newest=manifest, keep_runs=3)
        manifest = _build(past, at=NIGHT + timedelta(days=day))
    assert [entry.finished_at.day for entry in manifest.history] == [24, 25, 26]
    assert manifest.history
    assert all(entry.complete for entry in manifest.history)


@pytest.mark.parametrize("keep_runs", [0, -1])
def test_no_history_is_kept(keep_runs: int) -> None:
    """When the settings say so."""
    assert _build(Past(complete=_build(), keep_runs=keep_runs)).history == ()


def test_two_runs_differ_in_nothing_but_the_clock() -> None:
    """The same input gives the same bytes."""
    row = _row("r1", "a.md", 3)
    parts: dict[str, Any] = {
        "rows": [row],
        "matches": [_match("r1")],
        "links": [_link("l1", "a.md", 4)],
        "findings": [_finding("f1", "a.md", 3, args={"b": 1, "a": 2})],
        "shares": {SHARE: _share(RemoteFile("a"))},
    }
    one = encode(_build(**parts))
    parts["findings"] = [_finding("f1", "a.md", 3, args={"a": 2, "b": 1})]
    assert encode(_build(**parts)) == one


def test_a_match_is_looked_up_by_its_row() -> None:
    """In whatever order they come."""
    rows = [_row("r1", "a.md", 1), _row("r2", "a.md", 2)]
    matches = [_match("r2", Verdict.PRESENT), _match("r1")]
    manifest = _build(rows=rows, matches=matches)
    assert [row.status for row in manifest.resources] == ["missing", "present"]
    assert manifest.counts.rows == {"missing": 1, "present": 1}


def test_an_open_row_has_its_last_proven_status() -> None:
    """Over any number of open runs, with the day in Copenhagen of the run that proved it."""
    rows = [_row("r1", "a.md", 3), _row("r2", "a.md", 4)]

    def run(*verdicts: Verdict, at: datetime, past: Past) -> StatusManifest:
        matches = [_match(row.id, verdict) for row, verdict in zip(rows, verdicts, strict=True)]
        return _build(past, at=at, rows=rows, matches=matches, timezone="Europe/Copenhagen")

    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    first = run(Verdict.PRESENT, Verdict.UNDETERMINED, at=late, past=Past())
    assert [row.last_known for row in first.resources] == [None, None]
    dark = run(
        Verdict.UNDETERMINED, Verdict.NO_ACCESS, at=NIGHT, past=Past(complete=first, newest=first)
    )
    again = run(
        Verdict.UNCHECKED, Verdict.MISSING, at=NIGHT, past=Past(complete=first, newest=dark)
    )
    known = LastKnownRecord(status="present", on="2026-11-23")
    assert [row.last_known for row in dark.resources] == [known, None]
    assert [row.last_known for row in again.resources] == [known, None]


def test_a_share_has_its_label_and_its_last_day() -> None:
    """A mail address in the label is masked like any other."""
    share = _share(label="Boks a@b.dk", expires_on=date(2026, 12, 24))
    (record,) = _build(shares={SHARE: share}).shares
    assert record.expires_on == "2026-12-24"
    assert record.label is not None
    assert "a@b.dk" not in record.label


OPEN = {Verdict.UNDETERMINED, Verdict.NO_ACCESS, Verdict.UNCHECKED}


@pytest.mark.parametrize("verdict", list(Verdict))
def test_what_could_not_be_judged_is_open(verdict: Verdict) -> None:
    """Its last status is told; any other verdict is one that is told later."""
    row = _row("r1", "a.md", 3)

    def run(status: Verdict, past: Past) -> StatusManifest:
        return _build(past, rows=[row], matches=[_match("r1", status)])

    proven = run(Verdict.PRESENT, Past())
    (now,) = run(verdict, Past(complete=proven)).resources
    known = LastKnownRecord(status="present", on="2026-11-23")
    assert now.last_known == (known if verdict in OPEN else None)
    (later,) = run(Verdict.UNCHECKED, Past(complete=run(verdict, Past()))).resources
    proven_then = LastKnownRecord(status=verdict, on="2026-11-23")
    assert later.last_known == (None if verdict in OPEN else proven_then)


def test_the_last_run_knows_most() -> None:
    """Of a row's status and a finding's age; its history goes on, complete or not."""
    row, finding = _row("r1", "a.md", 3), _finding("f1", "a.md", 3)

    def run(status: Verdict, past: Past, day: int, **more: Any) -> StatusManifest:
        at = NIGHT + timedelta(days=day)
        return _build(past, at=at, rows=[row], matches=[_match("r1", status)], **more)

    part = {"incomplete_because": (Reason("timeout"),), "findings": [finding]}
    whole = run(Verdict.PRESENT, Past(), 0, findings=[finding])
    second = run(Verdict.MISSING, Past(complete=whole), 1, **part)
    third = run(Verdict.UNCHECKED, Past(complete=whole, newest=second), 2, **part)
    assert third.resources[0].last_known == LastKnownRecord(status="missing", on="2026-11-24")
    fourth = run(Verdict.UNCHECKED, Past(complete=whole, newest=third), 3, **part)
    assert fourth.resources[0].last_known == third.resources[0].last_known
    assert [one.findings[0].runs for one in (whole, second, third, fourth)] == [1, 2, 3, 4]
    assert [entry.complete for entry in fourth.history] == [True, False, False]


def test_documents_of_two_shares_are_told_apart() -> None:
    """The same path in another share is another document."""
    other = "boks.example.dk/Andet"
    files = tuple(MatchedFile(share, "A.docx") for share in (SHARE, other))
    manifest = _build(
        rows=[_row("r1", "a.md", 3)],
        matches=[_match("r1", Verdict.PRESENT, files=files)],
        documents={(SHARE, "A.docx"): Document(Opens.YES), (SHARE, "B"): Document(Opens.DAMAGED)},
        copied_at={(other, "A.docx"): NIGHT},
    )
    (first, second) = manifest.resources[0].files
    assert (first.opens, first.copied_at) == ("yes", None)
    assert (second.opens, second.copied_at) == (None, NIGHT)


def test_only_mail_links_are_masked_as_such() -> None:
    """Another link keeps its address, and so does a finding about it."""
    web = _link("l1", "a.md", 4)
    mail = replace(
        _link("l2", "a.md", 5),
        link=replace(web.link, url="mailto:anna@example.dk"),
        verdict=LinkVerdict(LinkKind.MAIL, LinkStatus.BROKEN),
    )
    findings = [_finding("f1", "a.md", 4, link="l1"), _finding("f2", "a.md", 5, link="l2")]
    manifest = _build(links=[web, mail], findings=findings)
    assert [link.url for link in manifest.links] == ["https://example.org/", "mailto:***"]
    assert [one.subject for one in manifest.findings] == ["https://example.org/", "mailto:***"]


def test_a_waiver_of_the_handbook_is_recorded_as_its_own() -> None:
    """None without a reason, and none without an end."""
    waived = {"waived_until": "2026-12-31", "waiver_reason": "kendt", "waiver_origin": "handbook"}
    (record,) = _build(findings=[_finding("f1", "a.md", 3, **waived)]).findings
    assert record.waiver == WaiverRecord(reason="kendt", until="2026-12-31", from_="handbook")
    for missing in ("waived_until", "waiver_reason"):
        finding = _finding("f1", "a.md", 3, **waived | {missing: None})
        assert _build(findings=[finding]).findings[0].waiver is None


def test_an_address_without_marks_is_recorded_as_bare() -> None:
    """So that a report can tell it from a link."""
    link = _link("l1", "a.md", 4)
    bare = replace(link, id="l2", link=replace(link.link, bare=True))
    assert [one.bare for one in _build(links=[link, bare]).links] == [False, True]
