"""SARIF, JUnit and GitHub annotations."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from syncer.manifest.document import ChangesRecord, StatusManifest, WaiverRecord
from syncer.report.github import MAX_SUMMARY_BYTES, render_github, render_job_summary
from syncer.report.junit import render_junit
from syncer.report.notice import phrase_notice
from syncer.report.sarif import render_sarif
from syncer.report.words import Lang

if TYPE_CHECKING:
    import pytest

    from tests.unit.report.records import Make


def _sarif(manifest: StatusManifest) -> dict[str, Any]:
    run: dict[str, Any] = msgspec.json.decode(render_sarif(manifest, lang=Lang.EN))["runs"][0]
    return run


def _junit(manifest: StatusManifest) -> ET.Element:
    return ET.fromstring(render_junit(manifest, lang=Lang.EN))  # noqa: S314 - our own


def test_annotations_are_what_the_change_brings_errors_first(make: Make) -> None:
    """Errors come first, then the pages of the pull request; what was there before is counted."""
    rows = [make.row(f"A{n}", "missing", page=f"{n}.md") for n in range(4)]
    findings = (
        make.finding("resource-draft", rows[0], severity="warning"),
        make.finding("resource-missing", rows[1]),
        make.finding("resource-missing", rows[2]),
        make.finding("resource-missing", rows[3]),
        make.finding("page-empty", severity="info", subject="z.md", page="z.md"),
    )
    shown = render_github(
        make.manifest(tuple(rows), findings=findings),
        lang=Lang.EN,
        new=[findings[0].id, findings[2].id, findings[3].id],
        changed_pages=["3.md"],
    )
    pages = [line.partition("file=")[2].partition(",")[0] for line in shown.splitlines()]
    assert pages == ["3.md", "2.md", "0.md", ""]
    assert shown.splitlines()[-1].startswith("::notice::")
    assert shown.endswith(" 3 items are new compared with the baseline.\n"), shown


def test_what_the_baseline_has_fails_no_test(make: Make) -> None:
    """An error in the baseline is output of a passing test; without a baseline each error fails."""
    rows = (make.row("A", "missing"), make.row("B", "missing"))
    findings = tuple(make.finding("resource-missing", row) for row in rows)
    manifest = make.manifest(rows, findings=findings)
    assert _junit(manifest).get("failures") == "2"
    shown = ET.fromstring(  # noqa: S314 - our own
        render_junit(manifest, lang=Lang.EN, new=[findings[1].id])
    )
    assert shown.get("failures") == "1"
    outcomes = [[part.tag for part in case] for case in shown.iter("testcase")]
    assert outcomes == [["system-out"], ["failure"]]


def test_a_partly_ready_promise_is_not_called_ready(make: Make) -> None:
    """A partly ready row has one annotation, the same title everywhere, and one line in a mail."""
    row = make.row("A", "arrived", expected=(make.expected("drift", "missing"),))
    findings = tuple(
        make.finding(code, row, severity="warning")
        for code in ("resource-arrived", "resource-partial")
    )
    manifest = make.manifest((row,), findings=findings)
    shown = render_github(manifest, lang=Lang.EN)
    assert [line.partition("title=")[2].partition("::")[0] for line in shown.splitlines()] == [
        "Partly ready%3A A",
        "",
    ]
    results = _sarif(manifest)["results"]
    assert results
    assert all(one["message"]["text"].startswith("Partly ready: A.") for one in results)
    assert {one["level"] for one in results} == {"warning", "note"}
    new = {finding.id for finding in findings}
    assert phrase_notice(manifest, lang=Lang.EN, new=new, fixed=()).lines == (
        "New: “A” is partly ready (docs/partnere.md:81)",
    )
    accepted = replace(findings[1], waived_until="2027-01-01")
    alone = render_github(make.manifest((row,), findings=(findings[0], accepted)), lang=Lang.EN)
    assert "title=Ready to be linked%3A A::" in alone


def test_an_annotation_is_one_line_whatever_is_in_it(make: Make) -> None:
    """A name cannot end the property or the command."""
    row = make.row("x\n::error::y,z:%0A", "missing", page="a,b:c.md")
    shown = render_github(
        make.manifest((row,), findings=(make.finding("resource-missing", row),)), lang=Lang.EN
    )
    first, last = shown.splitlines()
    assert first.startswith("::error file=a%2Cb%3Ac.md,line=")
    assert "title=Missing%3A x %3A%3Aerror%3A%3Ay%2Cz%3A%250A::" in first
    assert last == "::notice::1 item to look at. 1 for the secretariat."


def test_set_aside_and_explained_findings_are_no_annotations(make: Make) -> None:
    """Only open findings are annotated."""
    cause = make.finding("share-gone", subject=make.share_id)
    findings = (
        cause,
        make.finding("resource-missing", caused_by=cause.id),
        make.finding("page-empty", waived_until="2027-01-01"),
    )
    shown = render_github(make.manifest(findings=findings), lang=Lang.EN)
    assert len(shown.splitlines()) == 2


def test_annotations_end_where_github_shows_no_more(make: Make) -> None:
    """Ten of a kind, the worst first; the last one, which counts the others, has a place itself."""
    findings = [
        make.finding(code, severity=severity, subject=f"{n:02}.md", page=f"{n:02}.md")
        for code, severity in (("page-unreadable", "error"), ("page-empty", "info"))
        for n in range(15)
    ]
    *shown, last = render_github(
        make.manifest(findings=tuple(findings)), lang=Lang.EN, changed_pages=("14.md",)
    ).splitlines()
    kinds = [line.partition(" ")[0] for line in shown]
    assert kinds == ["::error"] * 10 + ["::notice"] * 9
    assert shown[0].startswith("::error file=14.md")
    assert last.startswith("::notice::")
    assert last.endswith("11 more items are left out here and listed in the full report.")


def test_sarif_has_no_more_results_than_github_takes(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worst stay, in their order, and the reader is told how many do not."""
    monkeypatch.setattr("syncer.report.sarif.MAX_RESULTS", 3)
    findings = (
        make.finding("page-empty", severity="info", subject="a", page="a"),
        make.finding("page-unreadable", severity="error", subject="b", page="b"),
        make.finding("page-unreadable", severity="error", subject="c", page="c",
                     waived_until="2027-01-01"),
        make.finding("page-empty", severity="info", subject="d", page="d"),
        make.finding("page-unreadable", severity="warning", subject="e", page="e"),
    )  # fmt: skip
    run = _sarif(make.manifest(findings=findings))
    uris = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in run["results"]
    ]
    assert uris == ["b", "e", "a"]
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("2 more items are left out")
    assert run["invocations"][0]["executionSuccessful"]


def test_an_incomplete_run_warns_at_the_end(make: Make) -> None:
    """The last command of an incomplete run says that it did not finish."""
    shown = render_github(make.manifest(run=make.run(complete=False)), lang=Lang.EN)
    assert shown.startswith("::warning::The check could not see everything")


def test_a_job_summary_that_is_too_long_is_cut_at_a_line(make: Make) -> None:
    """The summary stays under GitHub's limit and says that it is cut."""
    rows = tuple(make.row("Å" * 200, "missing") for _ in range(1500))
    findings = tuple(make.finding("resource-missing", row) for row in rows)
    shown = render_job_summary(make.manifest(rows, findings=findings), lang=Lang.EN)
    assert len(shown.encode()) <= MAX_SUMMARY_BYTES
    assert shown.endswith("The rest is left out here. It is in the full report.\n")


def test_sarif_keeps_a_result_itself_when_lines_move(make: Make) -> None:
    """The id of a finding is the fingerprint; its place is page, line and column."""
    row = make.row("A", "missing", page="docs/å b.md", line=7)
    finding = make.finding("resource-missing", row)
    (result,) = _sarif(make.manifest((row,), findings=(finding,)))["results"]
    assert result["partialFingerprints"] == {"syncerFinding/v1": finding.id}
    assert result["level"] == "error"
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "docs/%C3%A5%20b.md", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 7, "startColumn": 1, "endLine": 7, "endColumn": 90},
    }
    assert "baselineState" not in result


def _lay(manifest: StatusManifest, prefix: str) -> StatusManifest:
    """Return the manifest of a handbook in a folder of its repository."""
    return replace(manifest, handbook=replace(manifest.handbook, prefix=prefix))


def test_paths_count_from_the_top_of_the_repository(make: Make) -> None:
    """Paths start with the folder of the handbook in its repository."""
    row = make.row("A", "missing", page="docs/å b.md", line=7)
    finding = make.finding("resource-missing", row)
    manifest = make.manifest((row,), findings=(finding,))
    manifest = _lay(manifest, "hånd bog/")
    said = render_github(manifest, lang=Lang.EN)
    assert said.startswith("::error file=hånd bog/docs/å b.md,line=7,")
    first = render_github(manifest, lang=Lang.EN, changed_pages={"docs/å b.md"})
    assert "file=hånd bog/docs/å b.md" in first
    text = render_sarif(manifest, lang=Lang.EN)
    (result,) = msgspec.json.decode(text)["runs"][0]["results"]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"] == "h%C3%A5nd%20bog/docs/%C3%A5%20b.md"


def test_a_finding_without_a_page_is_at_the_handbooks_folder(make: Make) -> None:
    """Every result in SARIF has a place."""
    finding = make.finding("nothing-found")
    for prefix, uri in (("", "."), ("a/b/", "a/b")):
        manifest = _lay(make.manifest(findings=(finding,)), prefix)
        text = render_sarif(manifest, lang=Lang.EN)
        (result,) = msgspec.json.decode(text)["runs"][0]["results"]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_sarif_marks_new_explained_and_waived(make: Make) -> None:
    """A result is new against the last run, a note when explained, suppressed when waived."""
    cause = make.finding("share-gone", subject=make.share_id)
    effect = make.finding("resource-missing", caused_by=cause.id)
    waived = make.finding(
        "page-empty",
        severity="info",
        waived_until="2027-01-01",
        waiver=WaiverRecord(reason="Kommer i januar", until="2027-01-01", from_="settings"),
    )
    odd = make.finding("odd-code", severity="fatal")
    changes = ChangesRecord(since=make.now - timedelta(days=1), new=(cause.id,))
    manifest = make.manifest(findings=(cause, effect, waived, odd), changes=changes)
    run = _sarif(manifest)
    results = {result["partialFingerprints"]["syncerFinding/v1"]: result
               for result in run["results"]}  # fmt: skip
    assert results[cause.id]["baselineState"] == "new"
    assert results[effect.id]["baselineState"] == "unchanged"
    assert results[effect.id]["level"] == "note"
    assert results[odd.id]["level"] == "warning"
    (suppression,) = results[waived.id]["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert (
        suppression["justification"] == "Set aside until the end of 1 January 2027: Kommer i januar"
    )
    assert results[cause.id]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "."
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])


def test_a_sarif_message_holds_neither_link_nor_placeholder(make: Make) -> None:
    """Names in messages are neither links nor placeholders."""
    row = make.row("[x](https://example.dk) {0} \\", "missing")
    finding = make.finding("resource-missing", row)
    (result,) = _sarif(make.manifest((row,), findings=(finding,)))["results"]
    assert result["message"]["text"].startswith(
        "Missing: \\[x\\](https://example.dk) {{0}} \\\\. “"
    )


def test_sarif_marks_an_incomplete_run(make: Make) -> None:
    """An incomplete run is not successful, and gives its reasons."""
    run = make.run(complete=False, incomplete_because=(make.reason("server-timeout"),))
    (invocation,) = _sarif(make.manifest(run=run))["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"] == [
        {"level": "warning", "message": {"text": "The server did not answer in time."}}
    ]


def test_junit_judges_each_row_and_link(make: Make) -> None:
    """Errors fail, unchecked rows err, excluded ones are skipped, and warnings are output."""
    rows = (
        make.row("der"),
        make.row("væk", "missing"),
        make.row("tvivl", "undetermined"),
        make.row("udeladt", "unchecked"),
        make.row("kladde", "draft"),
        make.row("aftalt", "missing"),
    )
    findings = (
        make.finding("resource-missing", rows[1]),
        make.finding("resource-undetermined", rows[2], severity="warning"),
        make.finding("resource-draft", rows[4], severity="warning"),
        make.finding("resource-missing", rows[5], waived_until="2027-01-01"),
    )
    links = (make.link("#a"), make.link("mailto:a@b.dk", kind="mail"))
    suites = _junit(make.manifest(rows, links, findings))
    outcomes = {
        (case.get("name") or "").partition(":")[0]: [child.tag for child in case]
        for case in suites.iter("testcase")
    }
    assert outcomes == {
        "der": [],
        "væk": ["failure"],
        "tvivl": ["error", "system-out"],
        "udeladt": ["skipped"],
        "kladde": ["system-out"],
        "aftalt": ["skipped"],
        "#a": [],
    }
    assert {name: suites.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "7",
        "failures": "1",
        "errors": "1",
        "skipped": "2",
    }


def test_an_incomplete_run_never_looks_clean_in_junit(make: Make) -> None:
    """An incomplete run has a failing test of its own."""
    run = make.run(complete=False, incomplete_because=(make.reason("server-timeout"),))
    suites = _junit(make.manifest((make.row("der"),), run=run))
    assert suites.get("errors") == "1"
    assert suites.find(".//error[@type='incomplete']") is not None
