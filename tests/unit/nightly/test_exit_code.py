"""What decides the exit code of a run."""

from __future__ import annotations

from dataclasses import replace

import pytest

from syncer.errors import ExitCode, most_serious
from syncer.manifest.document import (
    FindingRecord,
    LinkRecord,
    ReasonRecord,
    StatusManifest,
)
from syncer.model.reason import Reason
from syncer.nightly.baseline import Baseline
from syncer.nightly.exit_code import decide_exit, list_doubts
from syncer.pipeline.options import RunParams
from tests.unit.manifest.records import Make
from tests.unit.nightly.made_manifests import FIRST_NIGHT, make_manifest


def make_finding(severity: str, *, waived_until: str | None = None) -> FindingRecord:
    """Return a finding of that severity."""
    return FindingRecord(
        id=f"f{severity}",
        code="link-broken",
        severity=severity,
        owner="maintainer",
        page="a.md",
        line=1,
        subject="x",
        args={},
        hint=None,
        caused_by=None,
        first_seen_at=FIRST_NIGHT,
        runs=1,
        waived_until=waived_until,
    )


@pytest.mark.parametrize(
    ("one", "other", "wins"),
    [
        (one, other, min(one, other, key=(70, 75, 2, 3, 1, 0).index))
        for one in ExitCode
        for other in ExitCode
    ],
)
def test_the_most_serious_code_wins(one: ExitCode, other: ExitCode, wins: ExitCode) -> None:
    """The order of the contract, in each pair."""
    assert most_serious(one, other) is wins
    assert most_serious() is ExitCode.OK


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [
        ("error", "error", ExitCode.FINDINGS),
        ("warning", "error", ExitCode.OK),
        ("warning", "warning", ExitCode.FINDINGS),
        ("info", "info", ExitCode.FINDINGS),
        ("error", "never", ExitCode.OK),
        ("strange", "warning", ExitCode.OK),
    ],
)
def test_findings_decide_the_exit_code(severity: str, fail_on: str, code: ExitCode) -> None:
    """A finding at or above the threshold gives 1."""
    manifest = make_manifest(findings=(make_finding(severity),))
    assert decide_exit(manifest, RunParams(fail_on=fail_on)) is code


def test_incomplete_beats_findings_unless_it_is_allowed() -> None:
    """3 wins over 1; with --allow-incomplete the findings decide."""
    manifest = make_manifest(complete=False, findings=(make_finding("error"),))
    assert decide_exit(manifest, RunParams(fail_on="error")) is ExitCode.INCOMPLETE
    allowed = RunParams(fail_on="error", allow_incomplete=True)
    assert decide_exit(manifest, allowed) is ExitCode.FINDINGS
    assert decide_exit(manifest, replace(allowed, fail_on="never")) is ExitCode.OK


def test_what_is_waived_or_in_the_baseline_does_not_count() -> None:
    """A waiver and a baseline each take a finding out."""
    waived = make_manifest(findings=(make_finding("error", waived_until="2026-12-31"),))
    assert decide_exit(waived, RunParams(fail_on="error")) is ExitCode.OK
    bad = make_manifest(findings=(make_finding("error"),))
    same = Baseline(replace(bad))
    assert decide_exit(bad, RunParams(fail_on="error"), same) is ExitCode.OK


@pytest.mark.parametrize("severity", ["error", "warning", "info", "strange"])
@pytest.mark.parametrize("fail_on", ["error", "warning", "info", "never"])
def test_every_severity_at_every_threshold(severity: str, fail_on: str) -> None:
    """One that this version does not know counts as the least."""
    order = ["info", "warning", "error", "never"]
    reaches = order.index(severity if severity in order else "info") >= order.index(fail_on)
    manifest = make_manifest(findings=(make_finding(severity),))
    code = decide_exit(manifest, RunParams(fail_on=fail_on))
    assert code is (ExitCode.FINDINGS if reaches else ExitCode.OK)


def make_link(page: str, kind: str, reason: str) -> LinkRecord:
    """Return a link that was not looked at, for that reason."""
    return LinkRecord(
        id="l1", page=page, line=1, column=1, text="x", url="https://example.org/", kind=kind,
        status="unchecked", http_status=None, final_url=None, reason=ReasonRecord(code=reason),
        checked_at=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("reasons", "link", "code"),
    [
        ([ReasonRecord(code="timeout")], ("a.md", "share", "timeout"), ExitCode.INCOMPLETE),
        ([ReasonRecord(code="timeout")], ("b.md", "share", "timeout"), ExitCode.OK),
        ([ReasonRecord(code="links-not-asked")], ("a.md", "web", "link-no-network"),
         ExitCode.INCOMPLETE),
        ([ReasonRecord(code="links-not-asked")], ("b.md", "web", "link-no-network"), ExitCode.OK),
        ([ReasonRecord(code="timeout")], ("a.md", "web", "link-scheme-unchecked"), ExitCode.OK),
        ([ReasonRecord(code="run-stopped")], ("b.md", "web", "offline"), ExitCode.INCOMPLETE),
        ([ReasonRecord(code="not-compared")], ("b.md", "web", "offline"), ExitCode.INCOMPLETE),
        ([ReasonRecord(code="page-not-read", args={"page": "a.md", "why": "not-utf8"})],
         ("b.md", "web", "offline"), ExitCode.INCOMPLETE),
        ([ReasonRecord(code="page-not-read", args={"page": "b.md", "why": "not-utf8"})],
         ("b.md", "web", "offline"), ExitCode.OK),
        ([ReasonRecord(code="page-not-read", args={"page": "b", "why": "folder-io-error"})],
         ("b.md", "web", "offline"), ExitCode.INCOMPLETE),
    ],
)  # fmt: skip
def test_with_a_ref_only_the_changed_pages_make_a_run_incomplete(
    reasons: list[ReasonRecord], link: tuple[str, str, str], code: ExitCode
) -> None:
    """A server that another page links to does not fail a pull request; a manifest says nothing."""
    made = make_manifest(complete=False)
    run = replace(made.run, incomplete_because=tuple(reasons))
    manifest = replace(made, run=run, links=(make_link(*link),))
    at_ref = Baseline(make_manifest(), changed_pages=frozenset({"a.md"}))
    assert decide_exit(manifest, RunParams(fail_on="error"), at_ref) is code
    earlier_run = Baseline(make_manifest())
    assert decide_exit(manifest, RunParams(fail_on="error"), earlier_run) is ExitCode.INCOMPLETE


def test_with_a_ref_only_a_changed_page_s_row_makes_a_run_incomplete() -> None:
    """One that is undetermined; a verdict makes none."""
    at_ref = Baseline(make_manifest(), changed_pages=frozenset({"a.md"}))
    codes = {
        (page, status): decide_exit(
            replace(make_manifest(), resources=(Make().row("x", status, page=page),)),
            RunParams(fail_on="error"),
            at_ref,
        )
        for page in ("a.md", "b.md")
        for status in ("undetermined", "missing", "unchecked")
    }
    assert [told for told, code in codes.items() if code is ExitCode.INCOMPLETE] == [
        ("a.md", "undetermined")
    ]


def make_site(site: str | None, *links: LinkRecord) -> StatusManifest:
    """Return a manifest of a handbook of that kind."""
    made = make_manifest()
    return replace(made, handbook=replace(made.handbook, site=site), links=links)


LOST = Make().link("/tabt", "ok", kind="page", page="a.md", line=3)
NOW_LOST = replace(LOST, status="unchecked", reason=ReasonRecord(code="link-by-plugin"))
DOUBTS = tuple(
    Make().link(
        url, "unchecked", kind="page", page="b.md", line=line, reason=ReasonRecord(code="x")
    )
    for url, line in (("/1", 7), ("/2", 8))
)


@pytest.mark.parametrize(
    ("before", "now", "turns", "told"),
    [
        (make_site("github"), make_site("github"), set(), ()),
        (make_site("jekyll"), make_site("jekyll"), set(), ()),
        (
            make_site("github"), make_site("files"), set(),
            (Reason("change-site-kind", {"before": "github", "now": "files"}),),
        ),
        (
            make_site("jekyll"), make_site("jekyll"), {"turns_jekyll"},
            (Reason("change-turns-jekyll"),),
        ),
        (
            make_site("jekyll"), make_site("jekyll"), {"turns_markdown"},
            (Reason("change-turns-markdown"),),
        ),
        (make_site("github"), make_site("github"), {"turns_jekyll"}, ()),
        (make_site("files"), make_site("files"), {"turns_markdown"}, ()),
        (
            make_site("jekyll"), make_site("github"),
            {"turns_jekyll", "turns_markdown"},
            (
                Reason("change-site-kind", {"before": "jekyll", "now": "github"}),
                Reason("change-turns-jekyll"),
                Reason("change-turns-markdown"),
            ),
        ),
        (
            make_site("github"), make_site("jekyll"),
            {"turns_jekyll", "turns_markdown"},
            (
                Reason("change-site-kind", {"before": "github", "now": "jekyll"}),
                Reason("change-turns-jekyll"),
                Reason("change-turns-markdown"),
            ),
        ),
        (
            make_site("jekyll", LOST, DOUBTS[0]), make_site("jekyll", NOW_LOST, DOUBTS[0]), set(),
            (
                Reason("change-hides-links", {"count": 1, "page": "a.md", "line": 3}),
                Reason("change-brings-doubt", {"count": 1, "page": "a.md", "line": 3}),
            ),
        ),
        (
            make_site("jekyll"), make_site("jekyll", *DOUBTS), set(),
            (Reason("change-brings-doubt", {"count": 2, "page": "b.md", "line": 7}),),
        ),
        (
            make_site("jekyll"),
            make_site("jekyll", *(replace(link, page="c.md") for link in DOUBTS)), set(), (),
        ),
    ],
)  # fmt: skip
def test_what_a_change_hides_is_told(
    before: StatusManifest,
    now: StatusManifest,
    turns: set[str],
    told: tuple[Reason, ...],
) -> None:
    """Each way as a reason, and the run is incomplete; a manifest or no baseline says nothing."""
    at_ref = Baseline(
        before,
        changed_pages=frozenset({"a.md", "b.md"}),
        turns_jekyll="turns_jekyll" in turns,
        turns_markdown="turns_markdown" in turns,
    )
    assert list_doubts(now, at_ref) == told
    code = ExitCode.INCOMPLETE if told else ExitCode.OK
    assert decide_exit(now, RunParams(fail_on="error"), at_ref) is code
    assert list_doubts(now, replace(at_ref, changed_pages=None)) == ()
    assert list_doubts(now, None) == ()


@pytest.mark.parametrize(
    ("link", "unasked"),
    [
        (make_link("a.md", "share", "timeout"), True),
        (make_link("a.md", "share", "offline"), False),
        (make_link("a.md", "share", "only-resources"), False),
        (make_link("a.md", "web", "timeout"), False),
        (make_link("a.md", "web", "link-dns-failed"), True),
        (make_link("b.md", "web", "link-dns-failed"), False),
        (replace(make_link("a.md", "share", "timeout"), status="broken"), False),
        (replace(make_link("a.md", "web", "link-dns-failed"), status="ok"), False),
        (replace(make_link("a.md", "share", "timeout"), reason=None), False),
    ],
)
def test_which_links_were_not_looked_at(link: LinkRecord, unasked: bool) -> None:
    """Unchecked for a reason of the run, and not because the scope excludes it."""
    at_ref = Baseline(make_manifest(), changed_pages=frozenset({"a.md"}))
    code = decide_exit(replace(make_manifest(), links=(link,)), RunParams(fail_on="error"), at_ref)
    assert (code is ExitCode.INCOMPLETE) is unasked
