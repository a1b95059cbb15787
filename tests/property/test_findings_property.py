"""No finding denies anything without proof, whatever could not be listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from syncer.audit.observed import Observed
from syncer.audit.rules import find
from syncer.manifest.build import Past, Results, RunFacts, build_manifest
from syncer.manifest.document import ScopeRecord, StatusManifest
from syncer.matching.match import match_rows
from syncer.model.handbook import Handbook, PlaceKind, Placement, ResourceRow, SourceSpan
from syncer.model.reason import Reason
from syncer.model.shares import (
    ListingKind,
    RemoteFile,
    RemoteFolder,
    Share,
    ShareKind,
    ShareStatus,
    ShareTree,
    UnreadFolder,
)
from tests.property.reached import at_least, reached

SHARE = "boks.example.dk/Ab12Cd34"
NIGHT = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)
HANDBOOK = Handbook("handbook", None, None, (), (), (), None)
DENIALS = {
    "resource-missing",
    "resource-planned",
    "resource-draft",
    "resource-outdated",
    "resource-partial",
    "file-unlisted",
    "place-missing",
    "share-gone",
    "waiver-unused",
}

NAMES = ("Partneraftale", "Tilslutningsaftale", "Kommissorium", "Samarbejds- og driftsaftaler")
names = st.sampled_from(NAMES)
FOLDERS = ("Aftaler", "Aftaler/Nye", "Skabeloner", "Arkiv")
folders = st.sampled_from(["", *FOLDERS])
file_names = st.sampled_from(
    [
        *(f"{name}.docx" for name in NAMES),
        "Partneraftale UDKAST.docx",
        "Driftsaftale.pdf",
        "Løst.txt",
    ]
)
failures = st.sampled_from(
    [*[ShareStatus.OK] * 6, ShareStatus.UNREADABLE, ShareStatus.THROTTLED, ShareStatus.UNCHECKED]
)


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


@st.composite
def shares(draw: st.DrawFn) -> Share:
    """Make a share that was listed to the end."""
    paths = draw(st.sets(st.builds(_join, folders, file_names), min_size=2, max_size=8))
    held = {"", *FOLDERS} if draw(st.booleans()) else {path.rpartition("/")[0] for path in paths}
    held |= {folder.rpartition("/")[0] for folder in held} | {""}
    tree = ShareTree(
        tuple(RemoteFile(path, size_bytes=9) for path in sorted(paths)),
        tuple(RemoteFolder(folder) for folder in sorted(held)),
    )
    return _build_share(tree)


def _build_share(tree: ShareTree) -> Share:
    return Share(
        id=SHARE,
        kind=ShareKind.PUBLIC,
        name="Boksen",
        base_url="https://boks.example.dk",
        endpoint="legacy",
        server_version="27.0.2",
        status=ShareStatus.OK,
        listing=ListingKind.DEPTH_1,
        tree=tree,
    )


@st.composite
def rows(draw: st.DrawFn, named: st.SearchStrategy[str] = names) -> tuple[ResourceRow, ...]:
    """Make rows of one page, ToDo or not, with and without a place."""
    made: list[ResourceRow] = []
    for line, name in enumerate(draw(st.lists(named, unique=True, min_size=1)), start=1):
        kind = draw(st.sampled_from([PlaceKind.SHARE, PlaceKind.SHARE, PlaceKind.UNRESOLVED]))
        in_share = kind is PlaceKind.SHARE
        place = Placement(
            kind, None, SHARE if in_share else None, draw(folders) if in_share else None
        )
        made.append(
            ResourceRow(
                id=f"r{line}",
                name=name,
                description="",
                todo=draw(st.booleans()),
                label="Nextcloud",
                links=(),
                places=(place,),
                section=None,
                span=SourceSpan("docs/a.md", line, 1, line, 40),
            )
        )
    return tuple(made)


def _lose(draw: st.DrawFn, share: Share) -> Share:
    """Let the whole share or some of its folders fail."""
    status = draw(failures)
    if status is not ShareStatus.OK:
        return replace(share, status=status, tree=None, reason=Reason("timeout"))
    assert share.tree is not None
    known = [folder.path for folder in share.tree.folders]
    lost = draw(st.sets(st.sampled_from(known[1:] or known), min_size=1, max_size=2))
    lost |= draw(st.sampled_from([set(), set(), set(), {""}]))

    def stays(path: str) -> bool:
        return not any(not gone or path.startswith(f"{gone}/") for gone in lost)

    tree = ShareTree(
        tuple(file for file in share.tree.files if stays(file.path)),
        tuple(folder for folder in share.tree.folders if not folder.path or stays(folder.path)),
        tuple(UnreadFolder(path, Reason("timeout")) for path in sorted(lost)),
    )
    return replace(share, tree=tree)


def _hold_less(draw: st.DrawFn, share: Share) -> Share:
    """Give the share as it was when some of its files were not there yet."""
    assert share.tree is not None
    files = tuple(file for file in share.tree.files if draw(st.booleans()))
    return replace(share, tree=replace(share.tree, files=files))


def _audit(
    share: Share, of: tuple[ResourceRow, ...], previous: StatusManifest | None = None
) -> StatusManifest:
    seen = {share.id: share}
    matches = match_rows(of, seen)
    observed = Observed(
        handbook=HANDBOOK,
        pages=(),
        rows=of,
        table_problems=(),
        matches=matches,
        shares=seen,
        links=(),
        today=date(2026, 11, 23),
        scope=ScopeRecord(),
        previous=previous,
    )
    reasons = () if share.conclusive else (Reason("timeout"),)
    return build_manifest(
        RunFacts(
            version="1",
            id="n1",
            started_at=NIGHT,
            finished_at=NIGHT,
            scope=ScopeRecord(),
            incomplete_because=reasons,
        ),
        Results(
            handbook=HANDBOOK,
            pages=1,
            shares=seen,
            rows=of,
            matches=matches,
            links=(),
            findings=find(observed),
        ),
        Past(complete=previous),
    )


@at_least(lost=10)
@given(st.data(), shares(), rows())
def test_losing_a_listing_denies_nothing(
    data: st.DataObject, share: Share, of: tuple[ResourceRow, ...]
) -> None:
    """Nothing is missing, and nothing fixed that is not seen."""
    before = _audit(share, of)
    lost = data.draw(st.composite(_lose)(share))
    earlier = _audit(data.draw(st.composite(_hold_less)(share)), of)
    after = _audit(lost, of, data.draw(st.sampled_from((before, earlier))))
    codes = {finding.code for finding in after.findings}
    assert not DENIALS & codes
    found = {row.id for row in after.resources if row.files}
    for fixed in after.changes.fixed:
        assert fixed.code == "place-unresolved" or fixed.resource in found
    assert lost.tree is not None or "resource-elsewhere" not in codes
    reached("lost", len({row.id for row in before.resources if row.files} - found))


@at_least(elsewhere=3, unread=5, fixed=3)
@given(
    rows(st.just(NAMES[0])), st.sampled_from(FOLDERS), st.sets(st.sampled_from(FOLDERS), max_size=2)
)
def test_elsewhere_needs_a_place_that_was_read(
    of: tuple[ResourceRow, ...], home: str, unread: set[str]
) -> None:
    """A file in another folder denies nothing of a place of which a part was not listed.

    What was missing before, and is found although a part was not listed, is fixed.
    """
    tree = ShareTree(
        (RemoteFile(f"{home}/{NAMES[0]}.docx", size_bytes=9),),
        tuple(RemoteFolder(folder) for folder in ("", *FOLDERS)),
        tuple(UnreadFolder(path, Reason("timeout")) for path in sorted(unread - {home})),
    )
    before = _audit(_build_share(replace(tree, files=(), unread=())), of)
    after = _audit(_build_share(tree), of, before)
    found = {row.id for row in after.resources if row.files}
    assert {fixed.resource for fixed in after.changes.fixed} <= found
    reached("fixed", len(after.changes.fixed))
    for row in after.resources:
        unknown = any(_overlap(row.places[0].path or "", path) for path in unread - {home})
        if row.status == "elsewhere":
            assert not unknown
            reached("elsewhere")
        reached("unread", unknown)


def _overlap(one: str, other: str) -> bool:
    """Tell whether one folder is the other one or lies below it."""
    return (
        not one
        or not other
        or f"{one}/".startswith(f"{other}/")
        or f"{other}/".startswith(f"{one}/")
    )
