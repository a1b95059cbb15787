"""What is new, fixed and moved since an earlier run."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from syncer.manifest import changes as changes_module
from syncer.manifest.amend import add_finding
from syncer.manifest.changes import carry_over, compare, find_states
from syncer.manifest.document import (
    ChangesRecord,
    FileStateRecord,
    MovedRecord,
)
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
from tests.unit.manifest.test_amend import LATE

SHARE = "boks.example.dk/Ab12Cd34"
PAGE = "docs/partnere.md"
URL = "https://example.org/"
AT = datetime(2026, 5, 4, tzinfo=UTC)


def test_the_first_run_has_no_changes(make: Any) -> None:
    """There is nothing to compare with, and nothing is new."""
    changes = compare(make.manifest(make.of_row("resource-missing", "A")), None)
    assert (changes.since, changes.new, changes.fixed, changes.unchanged) == (None, (), (), 0)


def test_new_fixed_and_unchanged(make: Any) -> None:
    """By the ids of the findings; what is fixed keeps all that was known of it."""
    rows = [make.row(name) for name in "ABC"]
    before = make.manifest(
        *rows,
        make.of_row("resource-missing", "A", first_seen_at=make.night - timedelta(days=9), runs=8),
        make.of_row("resource-missing", "B"),
        nights_ago=1,
    )
    now = make.manifest(
        make.row("A", "present"),
        *rows[1:],
        make.of_row("resource-missing", "B"),
        make.of_row("resource-missing", "C"),
    )
    changes = compare(now, before)
    assert changes.since == before.run.finished_at
    assert changes.new == ("fresource-missingC",)
    (fixed,) = changes.fixed
    assert (fixed.subject, fixed.runs, fixed.resource) == ("A", 8, "rA")
    assert fixed.first_seen_at == make.night - timedelta(days=9)
    assert fixed.fixed_at == now.run.finished_at
    assert changes.unchanged == 1


def test_a_row_that_left_the_handbook_is_fixed(make: Any) -> None:
    """Its page was read, and it is not there."""
    before = make.manifest(make.row("A"), make.of_row("resource-missing", "A"), nights_ago=1)
    assert len(compare(make.manifest(), before).fixed) == 1


@pytest.mark.parametrize("status", ["undetermined", "unchecked", "no-access"])
def test_a_row_that_could_not_be_looked_at_is_not_fixed(make: Any, status: str) -> None:
    """Its silence proves nothing."""
    before = make.manifest(make.row("A"), make.of_row("resource-missing", "A"), nights_ago=1)
    now = make.manifest(make.row("A", status), complete=False)
    changes = compare(now, before)
    assert (changes.fixed, changes.unchanged) == ((), 0)


@pytest.mark.parametrize(("status", "fixed"), [("undetermined", 0), ("present", 1)])
def test_kinds_that_are_not_known_are_not_there(make: Any, status: str, fixed: int) -> None:
    """A partial row is whole only when every kind was seen."""
    before = make.manifest(make.row("A"), make.of_row("resource-partial", "A"), nights_ago=1)
    now = make.manifest(make.row("A", "present", expected=(make.kind("drift", status),)))
    assert len(compare(now, before).fixed) == fixed


@pytest.mark.parametrize(
    ("status", "fixed"),
    [
        ("ok", 1),
        ("redirected", 1),
        ("broken", 1),
        ("needs-login", 1),
        ("unconfirmed", 0),
        ("blocked", 0),
        ("timed-out", 0),
        ("unchecked", 0),
        ("excluded", 0),
    ],
)
def test_a_link_is_fixed_when_it_answered(make: Any, status: str, fixed: int) -> None:
    """A time-out does not mend it."""
    before = make.manifest(make.link(URL), make.of_link("link-anchor-missing", URL), nights_ago=1)
    now = make.manifest(make.link(URL, status))
    assert len(compare(now, before).fixed) == fixed


def test_a_link_that_was_not_settled_before_is_new(make: Any) -> None:
    """It was asked then, and now it is broken: somebody has to know."""
    before = make.manifest(
        make.link(URL, "timed-out"), make.of_link("link-timed-out", URL), nights_ago=1
    )
    now = make.manifest(make.link(URL), make.of_link("link-broken", URL))
    changes = compare(now, before)
    assert changes.new == (f"flink-broken{URL}",)
    assert len(changes.fixed) == 1


@pytest.mark.parametrize(
    ("scope", "fixed"),
    [
        ({"only": "links"}, ["link-broken", "share-gone"]),
        ({"only": "resources"}, ["resource-missing", "share-gone", "table-malformed"]),
        ({}, ["link-broken", "resource-missing", "share-gone", "table-malformed"]),
    ],
)
def test_what_was_out_of_scope_is_neither_new_nor_fixed(
    make: Any, scope: dict[str, str], fixed: list[str]
) -> None:
    """In whichever of the two runs the scope was narrow."""
    full = make.manifest(
        make.row("A"),
        make.link(URL),
        make.share(),
        make.of_row("resource-missing", "A"),
        make.of_link("link-broken", URL),
        make.of_share("share-gone"),
        make.finding("table-malformed", "x"),
    )
    narrow = make.manifest(
        make.row("A", "present" if scope.get("only") != "links" else "unchecked"),
        make.link(URL, "ok" if scope.get("only") != "resources" else "unchecked"),
        make.share(),
        **scope,
    )
    assert sorted(f.code for f in compare(narrow, full).fixed) == fixed
    new = compare(full, narrow).new
    assert sorted(f.code for f in full.findings if f.id in new) == fixed


def test_a_run_on_some_pages_knows_only_those(make: Any) -> None:
    """A page that it says nothing of was perhaps not read."""
    other = make.of_row("resource-missing", "B", page="docs/andre.md")
    before = make.manifest(make.of_row("resource-missing", "A"), other, nights_ago=1)
    now = make.manifest(make.link(URL, "ok"), pages=("docs/partnere.md",))
    assert [f.subject for f in compare(now, before).fixed] == ["A"]
    assert compare(before, now).new == ("fresource-missingA",)


def test_a_page_that_could_not_be_read_fixes_nothing(make: Any) -> None:
    """Its rows are unknown, not gone; the page's own finding is known."""
    before = make.manifest(
        make.of_row("resource-missing", "A"), make.finding("page-empty"), nights_ago=1
    )
    now = make.manifest(make.finding("page-unreadable"))
    assert [f.code for f in compare(now, before).fixed] == ["page-empty"]


def test_a_folder_that_could_not_be_listed_fixes_nothing(make: Any) -> None:
    """Which pages it holds is not known; those beside it were read."""
    inside = make.of_row("resource-missing", "A", page="docs/a.md")
    beside = make.of_row("resource-missing", "B", page="docs-2/b.md")
    before = make.manifest(inside, beside, nights_ago=1)
    now = make.manifest(make.finding("page-unreadable", "docs", page="docs"))
    assert [f.subject for f in compare(now, before).fixed] == ["B"]


def test_a_page_with_bad_front_matter_was_read(make: Any) -> None:
    """It has rows."""
    before = make.manifest(make.of_row("resource-missing", "A"), nights_ago=1)
    now = make.manifest(make.row("A", "present"), make.finding("page-unreadable"))
    assert len(compare(now, before).fixed) == 1


@pytest.mark.parametrize("status", ["throttled", "unreadable", "unchecked"])
@pytest.mark.parametrize("code", ["share-writable", "place-missing", "file-empty"])
def test_an_unread_share_fixes_nothing(make: Any, code: str, status: str) -> None:
    """Neither the share itself nor anything in it."""
    before = make.manifest(make.share(), make.of_share(code), nights_ago=1)
    now = make.manifest(make.share(status=status))
    assert compare(now, before).fixed == ()


@pytest.mark.parametrize("status", ["gone", "needs-password", "upload-only"])
@pytest.mark.parametrize("code", ["place-missing", "file-empty", "file-unlisted"])
def test_what_lay_in_a_closed_share_is_not_mended(make: Any, code: str, status: str) -> None:
    """The run is complete, but nobody saw the folder again."""
    before = make.manifest(make.share(), make.of_share(code), nights_ago=1)
    assert compare(make.manifest(make.share(status=status)), before).fixed == ()
    assert len(compare(make.manifest(make.share()), before).fixed) == 1


def test_a_share_that_was_not_asked_then_has_nothing_new(make: Any) -> None:
    """With `--offline` the last run could not know."""
    before = make.manifest(make.share(status="unchecked"), offline=True, nights_ago=1)
    now = make.manifest(make.share(), make.of_share("share-writable"))
    assert compare(now, before).new == ()


@pytest.mark.parametrize(
    ("more", "fixed"),
    [
        ({"writable_by_link": None}, 0),
        ({"writable_by_link": False}, 1),
        ({"writable_by_link": None, "status": "gone"}, 1),
    ],
)
def test_writable_is_fixed_when_the_server_says_so(
    make: Any, more: dict[str, Any], fixed: int
) -> None:
    """Unknown is not "no"; a share that is gone cannot be written."""
    before = make.manifest(make.share(), make.of_share("share-writable"), nights_ago=1)
    assert len(compare(make.manifest(make.share(**more)), before).fixed) == fixed


def test_a_share_that_nobody_names_any_more_is_fixed(make: Any) -> None:
    """It is not looked at because nothing leads there; a run on a part cannot know that."""
    gone = make.of_share("share-gone")
    before = make.manifest(make.share(), gone, nights_ago=1)
    assert len(compare(make.manifest(), before).fixed) == 1
    nowhere = make.manifest(make.share(), replace(gone, page=None, line=None), nights_ago=1)
    for scope in ({"pages": ("docs/*",)}, {"only": "resources"}):
        assert compare(make.manifest(**scope), nowhere).fixed == ()
        assert compare(make.manifest(make.share(), **scope), nowhere).fixed != ()


@pytest.mark.parametrize("scope", [{"pages": ("docs/*",)}, {"only": "resources"}])
def test_a_part_knows_only_the_places_that_its_rows_name(make: Any, scope: dict[str, Any]) -> None:
    """A gone folder may be named by a link that this run did not read: neither fixed nor new."""
    prose = make.finding("place-missing", "x", args={"share": SHARE, "place": "Nix"})
    of_row = make.finding("place-missing", "y", args={"share": SHARE, "place": "Aftaler"})
    parts = (make.share(), make.row("A", "present"))
    whole = make.manifest(*parts, prose, of_row, nights_ago=1)
    assert [f.subject for f in compare(make.manifest(*parts, **scope), whole).fixed] == ["y"]
    narrow = make.manifest(*parts, nights_ago=1, **scope)
    assert compare(make.manifest(*parts, prose, of_row), narrow).new == (of_row.id,)


@pytest.mark.parametrize(
    ("share", "fixed"),
    [
        ({}, 1),
        ({"server_version": None}, 0),
        ({"status": "needs-password"}, 0),
        ({"status": "gone", "server_version": None}, 1),
    ],
)
def test_what_a_link_opens_is_known_with_the_servers_version(
    make: Any, share: dict[str, Any], fixed: int
) -> None:
    """A proxy that hides the version mends no link."""
    opener = make.of_link("share-link-opens-root", URL, args={"share": SHARE})
    before = make.manifest(make.share(), make.link(URL, "ok"), opener, nights_ago=1)
    now = make.manifest(make.share(**share), make.link(URL, "ok"))
    assert len(compare(now, before).fixed) == fixed


@pytest.mark.parametrize("code", ["file-unlisted", "file-empty", "places-disagree"])
def test_what_speaks_of_all_rows_needs_all_pages(make: Any, code: str) -> None:
    """A run on some pages does not see the other rows that name a file; it mends and finds none."""
    with_it = make.manifest(make.share(), make.row("A", "present"), make.of_share(code))
    part = make.manifest(make.share(), make.row("A", "present"), pages=("docs/*",))
    assert compare(part, with_it).fixed == ()
    assert compare(with_it, part).new == ()


def test_a_row_that_was_not_judged_may_point_to_a_file(make: Any) -> None:
    """A complete run offline does not know that a file is listed now; one without access does."""
    before = make.manifest(make.share(), make.of_share("file-unlisted"), nights_ago=1)
    for status, fixed in (("unchecked", 0), ("no-access", 1)):
        now = make.manifest(make.share(), make.row("A", status))
        assert len(compare(now, before).fixed) == fixed


def test_only_resources_reads_no_link_in_running_text(make: Any) -> None:
    """A link that opens the root is proven fixed where it is in a row."""
    code = "share-link-opens-root"
    before = make.manifest(
        make.row("A"), make.of_link(code, URL), make.of_row(code, "A"), nights_ago=1
    )
    changes = compare(make.manifest(make.row("A"), only="resources"), before)
    assert [fixed.subject for fixed in changes.fixed] == ["A"]


@pytest.mark.parametrize(
    "code", ["file-unlisted", "place-missing", "places-disagree", "waiver-unused"]
)
def test_what_speaks_of_all_needs_a_complete_run(make: Any, code: str) -> None:
    """These are silent when something could not be looked at."""
    before = make.manifest(make.share(), make.of_share(code), nights_ago=1)
    assert compare(make.manifest(make.share(), complete=False), before).fixed == ()
    assert len(compare(make.manifest(make.share()), before).fixed) == 1


@pytest.mark.parametrize("scope", [{"only": "links"}, {"offline": True}, {"pages": ("docs/*",)}])
def test_waivers_are_judged_by_whole_runs(make: Any, scope: dict[str, Any]) -> None:
    """A narrow run does not know whether a waiver is used."""
    before = make.manifest(make.finding("waiver-unused", page=None, line=None), nights_ago=1)
    assert compare(make.manifest(**scope), before).fixed == ()


@pytest.mark.parametrize("code", ["handbook-stale", "nothing-found", "publish-failed"])
def test_what_concerns_the_run_is_always_known(make: Any, code: str) -> None:
    """Whatever its scope."""
    before = make.manifest(make.finding(code, page=None, line=None), nights_ago=1)
    assert len(compare(make.manifest(only="links", complete=False), before).fixed) == 1


def test_some_pages_do_not_tell_that_a_handbook_holds_something(make: Any) -> None:
    """A run on some pages does not say that nothing was found: its silence proves nothing."""
    before = make.manifest(make.finding("nothing-found", page=None, line=None), nights_ago=1)
    assert compare(make.manifest(pages=("docs/*",)), before).fixed == ()
    assert len(compare(make.manifest(), before).fixed) == 1


def test_local_copies_are_never_compared(make: Any) -> None:
    """Rows, links and shares that rest on one are neither new, fixed nor unchanged."""
    local = make.share(kind="local")
    url = "https://boks.example.dk/s/Ab12Cd34?path=/Aftaler"
    parts = (
        make.row("A"),
        make.link(url, kind="share"),
        make.of_row("resource-missing", "A"),
        make.of_link("link-broken", url),
        make.of_share("place-missing"),
    )
    clean = (make.row("A", "present"), make.link(url, "ok"))
    for one, two in ((local, make.share()), (make.share(), local)):
        found, well = make.manifest(one, *parts, nights_ago=1), make.manifest(two, *clean)
        assert compare(well, found).fixed == ()
        assert compare(found, well).new == ()
        assert compare(make.manifest(two, *parts), found).unchanged == 0


def test_a_file_with_the_same_id_has_moved(make: Any) -> None:
    """By share and earlier path; what has left the share has not moved."""
    before = make.manifest(
        make.share(),
        make.row("A", "present", make.file("Aftaler/A.docx", file_id=7)),
        make.row("B", "present", make.file("Aftaler/B.docx", file_id=8)),
        make.row("C", "present", make.file("Aftaler/C.docx", file_id=None)),
        make.row("D", "present", make.file("Aftaler/D.docx", file_id=9)),
        nights_ago=1,
    )
    now = make.manifest(
        make.row("A", "elsewhere", make.file("Arkiv/A.docx", file_id=7)),
        make.row("D", "present", make.file("Aftaler/D.docx", file_id=9)),
    )
    moved = (MovedRecord(share=SHARE, file_id=7, from_="Aftaler/A.docx", to="Arkiv/A.docx"),)
    assert compare(now, before).moved == moved


def _share(kind: ShareKind = ShareKind.PUBLIC, tree: ShareTree | None = None) -> Share:
    return Share(
        id=SHARE,
        kind=kind,
        name="Boksen",
        base_url="",
        endpoint=None,
        server_version=None,
        status=ShareStatus.OK,
        listing=ListingKind.INFINITY,
        tree=tree,
    )


TREE = ShareTree(
    files=(RemoteFile("Ny/A.docx", file_id=7), RemoteFile("x.docx", file_id=1), RemoteFile("y")),
    folders=(RemoteFolder("", file_id=0), RemoteFolder("Ny", file_id=8)),
)


def test_where_files_lie_is_known_from_the_tree(make: Any) -> None:
    """Also that of a file or folder that answers no row any more; only the asked ids."""
    before = make.manifest(
        make.share(),
        make.row("A", "present", make.file("A.docx", file_id=7), make.file("G", file_id=8)),
        nights_ago=1,
    )
    paths = find_states([_share(tree=TREE)], before)
    shown = {key: state.path for key, state in paths.items()}
    assert shown == {(SHARE, 7): "Ny/A.docx", (SHARE, 8): "Ny"}
    assert [move.to for move in compare(make.manifest(), before, paths).moved] == [
        "Ny/A.docx",
        "Ny",
    ]


def test_updated_documents_are_told_by_size_and_time(make: Any) -> None:
    """The same file id with another size or time; a folder, and what is unknown, never."""
    files = [make.file("A v3.docx", file_id=7), make.file("B.docx", file_id=9)]
    before = make.manifest(
        make.row("A", "present", *files, make.file("G", file_id=8)), nights_ago=1
    )
    tree = ShareTree(
        files=(
            RemoteFile("A v4.docx", size_bytes=214_000, file_id=7),
            RemoteFile("B.docx", size_bytes=None, file_id=9),
        ),
        folders=(RemoteFolder("", file_id=1), RemoteFolder("G", file_id=8)),
    )
    states = find_states([_share(tree=tree)], before)
    (changed,) = compare(make.manifest(), before, states).changed or ()
    assert (changed.file_id, changed.before.path, changed.after.path) == (
        7,
        "A v3.docx",
        "A v4.docx",
    )
    assert changed.after.size_bytes == 214_000
    assert compare(make.manifest(), None).changed is None


@pytest.mark.parametrize(("days", "count"), [(1, 1), (0, 0), (None, 0)])
def test_a_document_of_the_same_size_can_be_a_new_one(
    make: Any, days: int | None, count: int
) -> None:
    """By its time; an unknown time is no other one."""
    file = replace(make.file("A.docx", file_id=7), size_bytes=9, modified_at=AT)
    before = make.manifest(make.row("A", "present", file), nights_ago=1)
    modified_at = None if days is None else AT + timedelta(days=days)
    found = RemoteFile("A.docx", size_bytes=9, modified_at=modified_at, file_id=7)
    states = find_states([_share(tree=ShareTree((found,), (RemoteFolder(""),)))], before)
    assert len(compare(make.manifest(), before, states).changed or ()) == count


def test_no_paths_of_what_is_not_compared(make: Any) -> None:
    """A local copy, a share without a tree, a first run."""
    before = make.manifest(make.row("A", "present", make.file("A.docx")), nights_ago=1)
    assert find_states([_share(ShareKind.LOCAL, TREE), _share()], before) == {}
    assert find_states([_share(tree=TREE)], None) == {}


def test_the_newest_run_knows_most_of_a_finding(make: Any) -> None:
    """What it could not look at is known from the last complete one."""
    complete = make.manifest(
        make.of_row("resource-missing", "A", runs=3), make.of_row("resource-missing", "B", runs=5)
    )
    newest = make.manifest(make.of_row("resource-missing", "A", runs=4))
    findings = [make.of_row("resource-missing", name) for name in "ABC"]
    assert [one.runs for one in carry_over(findings, complete, newest)] == [5, 6, 1]
    assert carry_over(findings, None, None) == findings


def _upgrade(make: Any, now: Any, then: Any, **more: Any) -> ChangesRecord:
    before = make.manifest(*then, nights_ago=1, rules=more.pop("rules", None), **more)
    return compare(make.manifest(*now), before)


@pytest.mark.parametrize("rules", [None, 1, RULES_VERSION + 1])
def test_after_an_upgrade_nothing_is_new_or_fixed(make: Any, rules: int | None) -> None:
    """Another verdict comes from other rules; the things that are judged so are counted once."""
    changes = _upgrade(
        make,
        [
            make.row("A", "elsewhere"),
            make.of_row("resource-elsewhere", "A"),
            make.row("B"),
            make.of_row("resource-missing", "B"),
            make.row("C", "present"),
            make.link(URL, "ok"),
            make.finding("page-empty", PAGE),
        ],
        [
            make.row("A"),
            make.of_row("resource-missing", "A"),
            make.row("B"),
            make.of_row("resource-missing", "B"),
            make.row("C"),
            make.of_row("resource-missing", "C"),
            make.link(URL),
            make.of_link("link-broken", URL),
        ],
        rules=rules,
    )
    assert (changes.new, changes.fixed, changes.unchanged) == ((), (), 1)
    assert changes.rules_changed is True
    assert changes.judged_differently == len({"A", "C", URL, PAGE})


def test_after_an_upgrade_what_did_not_exist_before_is_new(make: Any) -> None:
    """A row or link that came since; what left with its row is not judged differently."""
    changes = _upgrade(
        make,
        [
            make.row("A"),
            make.of_row("resource-missing", "A"),
            make.link(URL),
            make.of_link("link-broken", URL),
        ],
        [make.row("B"), make.of_row("resource-missing", "B")],
    )
    assert changes.new == ("fresource-missingA", f"flink-broken{URL}")
    assert (changes.fixed, changes.judged_differently) == ((), 0)


def test_after_an_upgrade_only_what_headlines_count_is_judged_differently(make: Any) -> None:
    """Neither waived nor explained findings, and none about the run."""
    changes = _upgrade(
        make,
        [
            make.finding("page-empty", "A", waived_until="2027-01-01"),
            make.finding("page-empty", "B", caused_by="f1"),
        ],
        [make.finding("publish-failed", "C", page=None)],
    )
    assert changes.judged_differently == 0


def test_the_same_rules_judge_nothing_differently(make: Any) -> None:
    """The next night compares as ever."""
    then = [make.row("A"), make.of_row("resource-missing", "A")]
    changes = _upgrade(make, [make.row("A", "present")], then, rules=RULES_VERSION)
    assert len(changes.fixed) == 1
    assert (changes.rules_changed, changes.judged_differently) == (False, None)


def test_after_an_upgrade_findings_are_known_by_page_and_subject(make: Any) -> None:
    """Where ids are made otherwise; repeats in order, each earlier one once."""
    then = [
        make.finding("page-empty", "A", id="old1", runs=7),
        make.finding("page-empty", "A", id="old2", runs=8),
        make.finding("page-empty", "B", id="old3", page="docs/other.md", runs=9),
    ]
    now = [make.finding("page-empty", "A", id=f"new{number}") for number in range(3)]
    now.append(make.finding("page-empty", "B", id="new3"))
    before = make.manifest(*then, rules=None)
    assert [one.runs for one in carry_over(now, before, None)] == [8, 9, 1, 1]
    same_rules = make.manifest(*then)
    assert [one.runs for one in carry_over(now, same_rules, None)] == [1, 1, 1, 1]
    assert compare(make.manifest(*now), before).unchanged == 2


def test_after_an_upgrade_renamed_codes_are_known(
    make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table says what a code is called today."""
    monkeypatch.setattr(changes_module, "RENAMED_CODES", {"page-void": "page-empty"})
    before = make.manifest(make.finding("page-void", "A", runs=7), rules=None)
    (finding,) = carry_over([make.finding("page-empty", "A")], before, None)
    assert finding.runs == 8


def test_link_that_timed_out_before_the_upgrade_is_known(make: Any) -> None:
    """It is unconfirmed today, and has been open as long as before."""
    before = make.manifest(make.finding("link-timed-out", "A", runs=7), rules=None)
    (finding,) = carry_over([make.finding("link-unconfirmed", "A")], before, None)
    assert finding.runs == 8


def test_a_late_finding_of_the_upgrade_night_is_not_new(make: Any) -> None:
    """It is in the report, and is not called new as little as the others."""
    before = make.manifest(nights_ago=1, rules=None)
    now = make.manifest()
    now = add_finding(replace(now, changes=compare(now, before)), LATE, newest=before)
    assert (len(now.findings), now.changes.new) == (1, ())


@pytest.mark.parametrize("old", ["complete", "newest"])
def test_one_run_of_other_rules_is_enough_to_compare_by_subject(make: Any, old: str) -> None:
    """The other may be of today's."""
    then = make.manifest(make.finding("page-empty", "A", id="old", runs=7), rules=None)
    runs = {"complete": make.manifest(), "newest": make.manifest(), old: then}
    (finding,) = carry_over([make.finding("page-empty", "A")], runs["complete"], runs["newest"])
    assert finding.runs == 8


def test_things_of_one_page_are_judged_differently_each(make: Any) -> None:
    """By subject, row, link and page; one thing with two findings is one."""
    found = [make.finding("page-empty", name) for name in "AB"]
    found += [make.finding("page-unpublished", "A"), make.finding("page-empty", "A", page="b.md")]
    found[-1] = replace(found[-1], id="f-b")
    rows = [make.row("A"), make.row("B")]
    of_rows = [make.of_row("resource-missing", name, subject="x") for name in "AB"]
    assert _upgrade(make, found, []).judged_differently == 3
    assert _upgrade(make, [*rows, *of_rows], rows).judged_differently == 2


def test_a_share_that_is_not_read_hides_no_other(make: Any) -> None:
    """Whichever comes first."""
    before = make.manifest(make.row("A", "present", make.file("A.docx", file_id=7)), nights_ago=1)
    good = _share(tree=ShareTree((RemoteFile("B.docx", file_id=7),), (RemoteFolder(""),)))
    for other in (_share(ShareKind.LOCAL, TREE), _share()):
        for shares in ((replace(other, id="boks.example.dk/Andet"), good), (good, other)):
            assert [state.path for state in find_states(shares, before).values()] == ["B.docx"]


def test_files_without_an_id_are_not_followed(make: Any) -> None:
    """One that is gone and another that came are not one that moved."""
    before = make.manifest(make.row("A", "present", make.file("A.docx", file_id=None)))
    now = make.manifest(make.row("A", "present", make.file("B.docx", file_id=None, size_bytes=9)))
    changes = compare(now, before)
    assert (changes.moved, changes.changed) == ((), ())


def test_what_is_known_by_its_id_stands_in_for_no_other(make: Any) -> None:
    """Also where subject and page are equal."""
    before = make.manifest(make.finding("page-empty", "A", id="same", runs=7), rules=None)
    now = [make.finding("page-empty", "A", id=name) for name in ("ny", "same")]
    assert [one.runs for one in carry_over(now, before, None)] == [1, 8]


def test_files_that_moved_or_changed_come_in_order(make: Any) -> None:
    """By share, earlier path and id, whatever the order of the rows."""
    places = [(share, path) for share in ("z/T", "a/T", "m/T") for path in ("q.docx", "b.docx")]
    files = [
        make.file(path, share=share, file_id=number)
        for number, (share, path) in enumerate(places, 1)
    ]
    before = make.manifest(*(make.row(str(n), "present", one) for n, one in enumerate(files)))
    states = {
        (one.share, one.file_id or 0): FileStateRecord(
            path=f"Ny/{one.path}", size_bytes=7, modified_at=None
        )
        for one in files
    }
    changes = compare(make.manifest(), before, states)
    assert [(one.share, one.from_) for one in changes.moved] == sorted(places)
    assert [(one.share, one.before.path) for one in changes.changed or ()] == sorted(places)
