"""What each run looked for (`syncer.manifest.looked`), by code, and by what a finding is about.

`whole_looks.txt` has a line for each finding and a column for each of `RUNS`, in their order: "."
where it was not looked for, "a" where it was, "F" where its absence proves it fixed; "-", "b" and
"f" where a local copy forbids to compare it. A letter that changes makes findings come or go for
people: look at it before the file is written anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from syncer.audit.codes import FINDING_CODES
from syncer.manifest.document import FindingRecord, PlaceRecord, StatusManifest
from syncer.manifest.looked import Looked
from tests.unit.manifest.records import PAGE, SHARE, Make

EXPECTED = Path(__file__).with_name("whole_looks.txt")
URL = f"https://boks.example.dk/s/{SHARE.rpartition('/')[2]}"
make = Make()


def unread(page: str) -> FindingRecord:
    """Make the finding that a page was not read."""
    return make.finding("page-unreadable", page=page)


def see(
    *more: Any, share: dict[str, Any] | None = None, row: str = "missing", link: str = "broken",
    **run: Any,
) -> StatusManifest:  # fmt: skip
    """Make a run with the share, a row with a file, and a link, and with what is given."""
    file = make.file("Aftaler/a.docx", opens="yes")
    seen = [make.share(**(share or {})), make.row("A", row, file), make.link(URL, link)]
    return make.manifest(*seen, *more, **run)


RUNS = {
    "all": see(),
    "links": see(only="links"),
    "resources": see(only="resources"),
    "offline": see(offline=True),
    "this page": see(pages=(PAGE,)),
    "other page": make.manifest(pages=("docs/x.md",)),
    "other page with the share": make.manifest(make.share(), pages=("docs/x.md",)),
    "other page with the place": make.manifest(
        make.share(),
        make.row("B", page="docs/x.md", places=(PlaceRecord(url=None, share=SHARE, path="Væk"),)),
        pages=("docs/x.md",),
    ),
    "nothing": make.manifest(),
    "page unread": make.manifest(make.share(), unread(PAGE)),
    "page read and unread": see(unread(PAGE)),
    "folder unread": make.manifest(make.share(), unread("docs")),
    "incomplete": see(complete=False),
    "row unchecked": see(row="unchecked"),
    "row undetermined": see(row="undetermined"),
    "row without access": see(row="no-access"),
    "kind undetermined": see(make.row("A", expected=(make.kind("x", "undetermined"),))),
    "file unopened": make.manifest(
        make.share(), make.row("A", "present", make.file("Aftaler/a.docx"))
    ),
    "more files": make.manifest(make.share(), make.row("A", "present", files_count=9)),
    "link unchecked": see(link="unchecked"),
    "link excluded": see(link="excluded"),
    "link unconfirmed": see(link="unconfirmed"),
    "link blocked": see(link="blocked"),
    "link timed out": see(link="timed-out"),
    "share gone": see(share={"status": "gone"}),
    "share locked": see(share={"status": "needs-password"}),
    "share throttled": see(share={"status": "throttled"}),
    "share unreadable": see(share={"status": "unreadable"}),
    "share unchecked": see(share={"status": "unchecked"}),
    "share of unknown rights": see(share={"writable_by_link": None}),
    "share of unknown version": see(share={"server_version": None}),
    "local": see(share={"kind": "local"}),
}  # fmt: skip


def find(code: str) -> Iterator[tuple[str, FindingRecord]]:
    """Yield findings of a code, about whatever a finding can be about."""
    of_share = {"share": SHARE, "file": "Aftaler/a.docx", "place": "Væk"}
    yield "run", make.finding(code, page=None)
    yield "page", make.finding(code)
    yield "share", make.finding(code, page=None, args=of_share)
    yield "share on page", make.finding(code, args=of_share)
    yield "row", make.of_row(code, "A")
    yield "other row", make.of_row(code, "Z", args=of_share)
    yield "link", make.of_link(code, URL)
    yield "link of row", make.of_link(code, URL, resource="rA", args={"share": SHARE})


def judge(run: Looked, finding: FindingRecord) -> str:
    """Return the letter of a run for a finding."""
    letter = "F" if run.proves_fixed(finding) else "a" if run.asked(finding) else "."
    if run.compares(finding):
        return letter
    return "-" if letter == "." else "b" if letter == "a" else "f"


def test_what_each_run_looked_for() -> None:
    """Every code, about everything, in every run."""
    runs = [Looked(manifest) for manifest in RUNS.values()]
    told = "".join(
        f"{''.join(judge(run, finding) for run in runs)} {code} {about}\n"
        for code in sorted(FINDING_CODES)
        for about, finding in find(code)
    )
    assert told == EXPECTED.read_text(encoding="utf-8")
    # Rows and links that are no longer there.
    about = dict(find("link-broken"))
    assert [name for name in about if runs[0].knew(about[name])] == [
        "run", "page", "share", "share on page", "row", "link", "link of row",
    ]  # fmt: skip
    unknown = list(RUNS).index("nothing")
    assert [name for name in about if runs[unknown].knew(about[name])] == [
        "run", "page", "share", "share on page",
    ]  # fmt: skip
    assert [name for name, run in zip(RUNS, runs, strict=True) if run.failed_to_read(PAGE)] == [
        "page unread"
    ]
