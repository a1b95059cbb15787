"""When a run counts as complete, and what it says when it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from syncer.audit.distrust import Distrust
from syncer.audit.observed import Observed
from syncer.manifest.document import ScopeRecord
from syncer.model.handbook import Handbook, LinkSyntax, PageLink, SourceSpan, UnreadablePage
from syncer.model.links import LinkCheck, LinkKind, LinkStatus, LinkVerdict
from syncer.model.matching import Match, Verdict
from syncer.model.reason import Reason
from syncer.model.shares import (
    ListingKind,
    RemoteFolder,
    Share,
    ShareKind,
    ShareStatus,
    ShareTree,
    UnreadFolder,
)
from syncer.pipeline.findings import explain_incomplete

NO_DOUBT = Distrust(matches=(), emptied=(), suspicions=(), incomplete_because=())


def make_share(
    status: ShareStatus, tree: ShareTree | None = None, reason: Reason | None = None
) -> Share:
    """Return a share of the run."""
    return Share(
        id="h/T",
        kind=ShareKind.PUBLIC,
        name="T",
        base_url="https://h",
        endpoint=None,
        server_version=None,
        status=status,
        listing=ListingKind.NONE,
        tree=tree,
        reason=reason,
    )


def make_link(status: LinkStatus, reason: Reason | None) -> LinkCheck:
    """Return a checked web link."""
    link = PageLink(
        "https://example.org", "x", LinkSyntax.LINK, SourceSpan("a.md", 1, 1, 1, 2), None
    )
    return LinkCheck("l1", link, LinkVerdict(LinkKind.WEB, status, reason))


def make_match(verdict: Verdict, reason: Reason) -> Match:
    """Return a row's match without files."""
    return Match("r1", "g1", verdict, (), (), None, reason)


def observe(
    *shares: Share,
    matches: tuple[Match, ...] = (),
    links: tuple[LinkCheck, ...] = (),
    stale: Reason | None = None,
    unreadable: tuple[UnreadablePage, ...] = (),
    offline: bool = False,
) -> Observed:
    """Return what a run has seen."""
    return Observed(
        handbook=Handbook("h", None, stale, (), (), (), None),
        pages=(),
        rows=(),
        table_problems=(),
        matches=matches,
        shares={share.id: share for share in shares},
        links=links,
        today=date(2026, 11, 23),
        scope=ScopeRecord(offline=offline),
        unreadable=unreadable,
    )


def codes(observed: Observed, *, stopped: bool = False, doubt: Distrust = NO_DOUBT) -> list[str]:
    """Return the codes of the reasons."""
    return [reason.code for reason in explain_incomplete(observed, doubt, stopped=stopped)]


def test_what_is_settled_is_complete() -> None:
    """Listed, gone, behind a password, upload only: none leaves anything open."""
    listed = ShareTree(files=(), folders=(RemoteFolder(""),))
    for share in (
        make_share(ShareStatus.OK, listed),
        make_share(ShareStatus.GONE),
        make_share(ShareStatus.NEEDS_PASSWORD),
        make_share(ShareStatus.UPLOAD_ONLY),
    ):
        assert codes(observe(share)) == []


def test_what_could_not_be_looked_at() -> None:
    """A share tells its own reason, or that it was not looked at."""
    assert codes(observe(make_share(ShareStatus.UNREADABLE, reason=Reason("timeout")))) == [
        "timeout"
    ]
    assert codes(observe(make_share(ShareStatus.THROTTLED))) == ["share-not-looked-at"]


def test_a_folder_that_is_suddenly_empty_is_called_so() -> None:
    """It was read; what is in it is not believed."""
    unread = (
        UnreadFolder("A", Reason("folder-suddenly-empty")),
        UnreadFolder("B", Reason("timeout")),
    )
    share = make_share(ShareStatus.OK, ShareTree((), (RemoteFolder(""),), unread))
    assert explain_incomplete(observe(share), NO_DOUBT, stopped=False) == (
        Reason("folder-suddenly-empty", {"share": "h/T", "path": "A"}),
        Reason("folder-not-read", {"share": "h/T", "path": "B", "why": "timeout"}),
    )


def test_links_that_could_not_be_tried() -> None:
    """No network is one reason with a number; a page's own puzzle and a silent host are none."""
    unasked = make_link(LinkStatus.UNCHECKED, Reason("link-dns-failed"))
    puzzle = make_link(LinkStatus.UNCHECKED, Reason("link-anchor-by-script"))
    silent = make_link(LinkStatus.UNCHECKED, Reason("link-host-given-up", {"host": "a.dk"}))
    broken = make_link(LinkStatus.BROKEN, Reason("link-gone"))
    assert codes(observe(links=(unasked, unasked, puzzle, broken))) == ["links-not-asked"]
    assert codes(observe(links=(puzzle, silent, broken))) == []


@pytest.mark.parametrize(
    "code",
    [
        "link-dns-failed",
        "link-interrupted",
        "link-network-unreachable",
        "link-no-network",
        "link-proxy-failed",
    ],
)
def test_no_network_is_a_reason_whatever_it_is_called(code: str) -> None:
    """Each way in which a request does not leave this machine makes a run incomplete."""
    unasked = make_link(LinkStatus.UNCHECKED, Reason(code))
    (reason,) = explain_incomplete(observe(links=(unasked,) * 3), NO_DOUBT, stopped=False)
    assert reason == Reason("links-not-asked", {"count": 3})


def test_handbook_pages_stopping_and_doubt() -> None:
    """A stale checkout, an unreadable page, a signal, and what `distrust` says."""
    doubt = Distrust((), (), (), (Reason("share-suddenly-empty", {"share": "h/T"}),))
    observed = observe(
        stale=Reason("git-unreachable"),
        unreadable=(UnreadablePage("a.md", Reason("not-utf8")),),
    )
    assert codes(observed, stopped=True, doubt=doubt) == [
        "run-stopped",
        "git-unreachable",
        "page-not-read",
        "share-suddenly-empty",
    ]


def test_why_a_page_was_not_read_is_said_in_full() -> None:
    """The reason beneath brings its own arguments."""
    why = Reason("io-error", {"detail": "Permission denied"})
    observed = observe(unreadable=(UnreadablePage("a.md", why),))
    (said,) = explain_incomplete(observed, Distrust((), (), (), ()), stopped=False)
    assert said.args == {"page": "a.md", "why": "io-error", "detail": "Permission denied"}


def test_offline_leaves_shares_and_links_out() -> None:
    """What was not asked for is not missing from the run."""
    unasked = make_link(LinkStatus.UNCHECKED, Reason("link-dns-failed"))
    share = make_share(ShareStatus.UNCHECKED, reason=Reason("offline"))
    assert codes(observe(share, links=(unasked,), offline=True)) == []
    assert codes(observe(make_share(ShareStatus.UNCHECKED))) == ["share-not-looked-at"]


def test_a_local_copy_must_be_readable_offline_too() -> None:
    """A folder that this user may not read leaves the run incomplete, network or not."""
    tree = ShareTree(
        files=(), folders=(RemoteFolder(""),), unread=(UnreadFolder("M", Reason("local-unread")),)
    )
    local = replace(make_share(ShareStatus.OK, tree), kind=ShareKind.LOCAL)
    assert codes(observe(local, offline=True)) == ["folder-not-read"]
    unreadable = make_share(ShareStatus.UNREADABLE, reason=Reason("local-unread"))
    assert codes(observe(unreadable, offline=True)) == ["local-unread"]


def test_an_undetermined_row_leaves_the_run_incomplete() -> None:
    """Also when no share is to blame; each reason once, and none beside a share's own."""
    open_row = make_match(Verdict.UNDETERMINED, Reason("no-share-to-search"))
    settled = make_match(Verdict.MISSING, Reason("nothing-found"))
    assert codes(observe(matches=(open_row, open_row, settled))) == ["no-share-to-search"]
    assert codes(observe(matches=(settled,))) == []
    share = make_share(ShareStatus.UNREADABLE, reason=Reason("timeout"))
    assert codes(observe(share, matches=(open_row,))) == ["timeout"]
    too_much = make_match(Verdict.UNDETERMINED, Reason("not-compared"))
    assert codes(observe(share, matches=(too_much, too_much))) == ["timeout", "not-compared"]


@pytest.mark.parametrize(("count", "more"), [(4, []), (5, []), (6, [1]), (7, [2])])
def test_unread_folders_are_named_up_to_five(count: int, more: list[int]) -> None:
    """With all that each says; one beyond them is counted too, and of none nothing is said."""
    why = Reason("io-error", {"detail": "No"})
    unread = tuple(UnreadFolder(f"M{n}", why) for n in range(count))
    tree = ShareTree((), (RemoteFolder(""),), unread)
    reasons = explain_incomplete(observe(make_share(ShareStatus.OK, tree)), NO_DOUBT, stopped=False)
    of_folder = {"share": "h/T", "why": "io-error", "detail": "No"}
    assert reasons == (
        *(Reason("folder-not-read", {**of_folder, "path": f"M{n}"}) for n in range(min(count, 5))),
        *(Reason("more-folders-not-read", {"share": "h/T", "count": left}) for left in more),
    )


def test_shares_are_told_by_their_ids() -> None:
    """In whatever order they were read; one that is fine but has no tree was not looked at."""
    shares = [replace(make_share(ShareStatus.OK), id=f"h/{token}") for token in ("Zz", "Aa", "Mm")]
    reasons = explain_incomplete(observe(*shares), NO_DOUBT, stopped=False)
    assert reasons == tuple(
        Reason("share-not-looked-at", {"share": f"h/{token}"}) for token in ("Aa", "Mm", "Zz")
    )


def test_a_link_without_a_reason_was_left_alone() -> None:
    """It is no sign of a missing network."""
    assert codes(observe(links=(make_link(LinkStatus.UNCHECKED, None),))) == []
