"""A link that shows something else than the last time that it was read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from syncer.audit.share_changes import compare_traits
from syncer.model.matching import Verdict
from syncer.model.shares import RemoteFile, RemoteFolder, Share, ShareKind, ShareStatus, ShareTraits
from tests.unit.audit.world import SHARE, TODAY, World


def _look(before: ShareTraits | None, share: Share, days: int = 0) -> ShareTraits:
    known = {} if before is None else {SHARE: before}
    return compare_traits({SHARE: share}, known, today=TODAY + timedelta(days=days))[SHARE]


def _share(root_id: int | None = 7, **more: Any) -> Share:
    share = World().share("x.docx", **({"has_password": False} | more))
    if share.tree is None:
        return share
    tree = replace(share.tree, folders=(RemoteFolder("", file_id=root_id),))
    return replace(share, tree=tree)


def _locked(status: ShareStatus) -> Share:
    return World().locked(status)


PLAIN = ShareTraits(SHARE, root_id=7, has_password=False, upload_only=False)


def test_the_first_look_is_no_change() -> None:
    """And neither is one that sees the same."""
    assert _look(None, _share()) == PLAIN
    assert _look(PLAIN, _share()) == PLAIN


@pytest.mark.parametrize(
    ("share", "change"),
    [
        (_share(root_id=8), "share-shows-other-folder"),
        (_locked(ShareStatus.NEEDS_PASSWORD), "share-got-password"),
        (_share(has_password=True), "share-got-password"),
        (_locked(ShareStatus.UPLOAD_ONLY), "share-became-upload-only"),
    ],
)
def test_a_change_is_named_with_its_day(share: Share, change: str) -> None:
    """Another folder, a password, a file drop; it stays named on later days."""
    changed = _look(PLAIN, share)
    assert (changed.change, changed.changed_on) == (change, TODAY)
    assert _look(changed, share, days=1) == changed


def test_a_share_that_is_no_link_hides_no_other() -> None:
    """It has no traits of its own."""
    local = replace(_share(), id="h/L", kind=ShareKind.LOCAL)
    shares = {share.id: share for share in (local, _share())}
    assert compare_traits(shares, {}, today=TODAY) == {SHARE: PLAIN}


def test_a_password_that_went() -> None:
    """As soon as the share is read without one."""
    locked = _look(None, _locked(ShareStatus.NEEDS_PASSWORD))
    assert locked.change is None
    assert _look(locked, _share()).change == "share-lost-password"


@pytest.mark.parametrize(
    "share",
    [
        _locked(ShareStatus.UNREADABLE),
        _locked(ShareStatus.THROTTLED),
        _locked(ShareStatus.GONE),
        _share(root_id=None, has_password=None),
    ],
)
def test_what_was_not_seen_is_no_change(share: Share) -> None:
    """What was known stays, to be compared with what is seen next."""
    assert _look(PLAIN, share) == PLAIN


def test_a_token_that_was_given_again_is_another_folder() -> None:
    """After days on which it was gone."""
    gone = _look(PLAIN, _locked(ShareStatus.GONE))
    assert _look(gone, _share(root_id=9)).change == "share-shows-other-folder"


def test_a_single_file_has_an_id_too() -> None:
    """Its root is the file."""
    share = _share()
    assert share.tree is not None
    tree = replace(
        share.tree, files=(RemoteFile("a.pdf", file_id=5),), folders=(), single_file=True
    )
    assert _look(None, replace(share, tree=tree)).root_id == 5


@pytest.mark.parametrize("kind", [ShareKind.LOCAL, ShareKind.ACCOUNT])
def test_only_public_links_are_compared(kind: ShareKind) -> None:
    """A local copy and an account have no link that could change."""
    assert compare_traits({SHARE: replace(_share(), kind=kind)}, {}, today=TODAY) == {}


@pytest.mark.parametrize(("days", "told"), [(0, True), (13, True), (14, False)])
def test_a_change_is_told_for_two_weeks(days: int, *, told: bool) -> None:
    """With its reason and its day."""
    world = World()
    world.share("x.docx")
    traits = replace(PLAIN, change="share-got-password", changed_on=TODAY - timedelta(days=days))
    codes = world.codes(traits={SHARE: traits})
    assert codes == (["share-changed"] if told else [])
    if told:
        args = world.one("share-changed", traits={SHARE: traits}).args
        assert (args["why"], args["on"]) == ("share-got-password", str(traits.changed_on))


@pytest.mark.parametrize(("days", "told"), [(-1, False), (0, True), (30, True), (31, False)])
def test_a_link_that_ends_is_told_thirty_days_before(days: int, *, told: bool) -> None:
    """With the pages that lead there."""
    world = World()
    world.share("Aftaler/x.docx", expires_on=TODAY + timedelta(days=days))
    world.row("x", Verdict.NOT_A_FILE, place="Aftaler", page="docs/b.md")
    world.row("x", Verdict.NOT_A_FILE, place="Aftaler", page="docs/a.md")
    found = [finding for finding in world.find() if finding.code == "share-expires"]
    assert bool(found) is told
    if told:
        assert found[0].args["pages"] == ("docs/a.md", "docs/b.md")
        assert found[0].args["expires_on"] == str(TODAY + timedelta(days=days))
