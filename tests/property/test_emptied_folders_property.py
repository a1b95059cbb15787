"""Losing any mount, folder or listing creates no denial, whatever the share is like."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from syncer.audit.emptied_folders import doubt_folders, list_holdings
from syncer.audit.observed import Observed
from syncer.audit.rules import find
from syncer.manifest.document import ScopeRecord
from syncer.matching.match import match_rows
from syncer.model.handbook import Handbook, PlaceKind, Placement, ResourceRow, ShareLink, SourceSpan
from syncer.model.links import LinkStatus
from syncer.model.matching import KindStatus, Match, Verdict
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
from syncer.nextcloud.link_verdict import WalkedPlaces, judge_share_link
from syncer.nextcloud.share_url import build_share_link, parse_share_link
from tests.property.reached import at_least, reached

HOST = "boks.example.dk"
SHARE = f"{HOST}/Ab12Cd34"
DENIALS = {Verdict.MISSING, Verdict.PLANNED, Verdict.ELSEWHERE, Verdict.DRAFT, Verdict.OUTDATED}
NAMES = ("Partneraftale", "Tilslutningsaftale", "Kommissorium", "Databehandleraftale")
FOLDERS = ("Aftaler", "Aftaler/Nye", "Aftaler/Nye/Dybe", "Skabeloner", "Arkiv", "Arkiv/2019")
FILLING = tuple(f"Bilag {number}.txt" for number in range(1, 6))

folders = st.sampled_from(FOLDERS)
places = st.sampled_from(["", *FOLDERS])


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


@st.composite
def shares(draw: st.DrawFn) -> Share:
    """Make a share with full and nearly empty folders, some of which are mounts."""
    paths = draw(st.sets(st.builds("{}/{}.docx".format, folders, st.sampled_from(NAMES))))
    for folder in draw(st.sets(folders, min_size=1)):
        paths |= {f"{folder}/{name}" for name in FILLING}
    held = {path.rpartition("/")[0] for path in paths}
    held |= {folder.rpartition("/")[0] for folder in held} | {"Aftaler"} | {""}
    numbers = {path: number for number, path in enumerate(sorted(paths), start=1)}
    files = [RemoteFile(path, size_bytes=9, file_id=numbers[path]) for path in sorted(paths)]
    return Share(
        id=SHARE,
        kind=ShareKind.PUBLIC,
        name="Boksen",
        base_url=f"https://{HOST}",
        endpoint="new",
        server_version="32.0.1",
        status=ShareStatus.OK,
        listing=ListingKind.INFINITY,
        tree=ShareTree(
            # A file at the top, so that the share is never empty as a whole.
            (*files, RemoteFile("Ærlig.txt", size_bytes=9, file_id=999)),
            tuple(RemoteFolder(folder) for folder in sorted(held)),
            mounts=tuple(sorted(held & draw(st.sets(folders, max_size=2)))),
        ),
    )


@st.composite
def rows(draw: st.DrawFn) -> tuple[ResourceRow, ...]:
    """Make rows, ToDo or not, each with a place in the share."""
    return tuple(
        ResourceRow(
            id=f"r{line}",
            name=name,
            description="",
            todo=draw(st.booleans()),
            label="Nextcloud",
            links=(),
            places=(Placement(PlaceKind.SHARE, None, SHARE, draw(places)),),
            section=None,
            span=SourceSpan("docs/a.md", line, 1, line, 40),
        )
        for line, name in enumerate(draw(st.lists(st.sampled_from(NAMES), unique=True)), start=1)
    )


def _tree(share: Share) -> ShareTree:
    assert share.tree is not None
    return share.tree


def _lose(draw: st.DrawFn, share: Share) -> Share:
    """Empty or unlist mounts and full folders, and let other listings fail."""
    tree = _tree(share)
    full = {
        folder.path
        for folder in tree.folders
        if folder.path and sum(_is_in(file.path, folder.path) for file in tree.files) >= 5
    }
    lost = draw(st.sets(st.sampled_from(sorted(full | set(tree.mounts) or {"Aftaler"}))))
    unlisted = {folder for folder in sorted(lost) if draw(st.booleans())}
    known = [folder.path for folder in tree.folders if folder.path]
    failed = draw(st.sets(st.sampled_from(known), max_size=2)) - lost

    def stays(path: str) -> bool:
        inside = any(path.startswith(f"{gone}/") for gone in lost | failed)
        return not inside and path not in unlisted

    after = ShareTree(
        tuple(file for file in tree.files if stays(file.path)),
        tuple(folder for folder in tree.folders if stays(folder.path)),
        tuple(UnreadFolder(path, Reason("timeout")) for path in sorted(failed) if stays(path)),
    )
    shown = {folder.path for folder in after.folders}
    # The second look: the server denies every folder that it does not list any more.
    gone = frozenset(path for path in known if path not in shown) if not after.unread else ()
    return replace(share, tree=after, gone_places=frozenset(gone))


def _link(path: str) -> ShareLink:
    link = parse_share_link(build_share_link(f"https://{HOST}", "Ab12Cd34", path), {HOST})
    assert link is not None
    return link


def _denied(matches: tuple[Match, ...]) -> set[str]:
    lacking = {m.row for m in matches if any(k.status is KindStatus.MISSING for k in m.expected)}
    return {match.row for match in matches if match.verdict in DENIALS} | lacking


def _find_chosen(before: tuple[Match, ...], after: tuple[Match, ...]) -> set[str]:
    """Return the rows of which one of several files outside their place is left: no denial."""
    several = {match.row: match.files for match in before if match.verdict is Verdict.AMBIGUOUS}
    return {
        match.row
        for match in after
        if match.verdict is Verdict.ELSEWHERE
        and set(match.files) <= set(several.get(match.row, ()))
    }


def _gone_places(
    seen: dict[str, Share], of: tuple[ResourceRow, ...], matches: tuple[Match, ...]
) -> set[str]:
    """Return the folders that findings call gone."""
    observed = Observed(
        handbook=Handbook("handbook", None, None, (), (), (), None),
        pages=(),
        rows=of,
        table_problems=(),
        matches=matches,
        shares=seen,
        links=(),
        today=date(2026, 11, 23),
        scope=ScopeRecord(),
    )
    return {finding.subject for finding in find(observed) if finding.code == "place-missing"}


@at_least(lost=5, link=10)
@given(st.data(), shares(), rows())
def test_losing_any_mount_folder_or_listing_denies_nothing(
    data: st.DataObject, share: Share, of: tuple[ResourceRow, ...]
) -> None:
    """No row is denied that was not, and no link to a folder of a row is called broken."""
    before = match_rows(of, {SHARE: share})
    held = list_holdings({SHARE: share}, of, before, before={}, emptied=())
    lost = data.draw(st.composite(_lose)(share))
    assume(_tree(lost).files)
    doubted, _ = doubt_folders({SHARE: lost}, held, today=date(2026, 11, 23))
    after = match_rows(of, doubted)
    assert _denied(after) <= _denied(before) | _find_chosen(before, after)
    assert _gone_places(doubted, of, after) <= _gone_places({SHARE: share}, of, before)
    walked = WalkedPlaces(doubted)
    for path in {place.path for row in of for place in row.places if place.path}:
        if judge_share_link(_link(path), WalkedPlaces({SHARE: share})).status is LinkStatus.OK:
            assert judge_share_link(_link(path), walked).status is not LinkStatus.BROKEN
            reached("link")
    found = {match.row for match in after if match.files}
    reached("lost", len({match.row for match in before if match.files} - found))
