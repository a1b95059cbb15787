"""From a link's verdict to its finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from syncer.audit.observed import Waiver
from syncer.manifest.document import ScopeRecord
from syncer.model.links import LinkKind, LinkStatus
from syncer.model.reason import Reason
from tests.unit.audit.world import TODAY

URL = "https://example.org/side"
NOW = datetime(2026, 11, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (LinkStatus.BROKEN, "link-broken"),
        (LinkStatus.UNCONFIRMED, "link-unconfirmed"),
        (LinkStatus.REDIRECTED, "link-redirected"),
        (LinkStatus.NEEDS_LOGIN, "link-needs-login"),
        (LinkStatus.NEEDS_PASSWORD, "link-needs-login"),
        (LinkStatus.BLOCKED, "link-blocked"),
        (LinkStatus.TIMED_OUT, "link-timed-out"),
    ],
)
def test_each_status_has_its_finding(world: Any, status: LinkStatus, code: str) -> None:
    """It is at the place of the link, with its address and the answer."""
    check = world.link(URL, status, reason=Reason("http-answer", {"status": 404}), http_status=404)
    finding = world.one(code)
    assert (finding.subject, finding.page, finding.line, finding.link) == (
        URL,
        check.page,
        check.link.span.line,
        check.id,
    )
    assert finding.args == {
        "url": URL,
        "text": "tekst",
        "http_status": 404,
        "status": 404,
        "why": "http-answer",
    }


@pytest.mark.parametrize("status", [LinkStatus.OK, LinkStatus.UNCHECKED, LinkStatus.EXCLUDED])
def test_no_finding_for_what_works_or_was_not_asked(world: Any, status: LinkStatus) -> None:
    """Nobody has to do anything."""
    world.link(URL, status)
    assert world.codes() == []


def test_only_resources_says_nothing_of_links(world: Any) -> None:
    """What is out of scope has no finding."""
    world.link(URL, LinkStatus.BROKEN)
    assert world.codes(scope=ScopeRecord(only="resources")) == []


@pytest.mark.parametrize("url", ["", "  "])
def test_a_link_to_nothing_is_empty(world: Any, url: str) -> None:
    """Whatever its status says."""
    world.link(url, LinkStatus.OK, kind=LinkKind.OTHER)
    assert world.codes() == ["link-empty"]


@pytest.mark.parametrize("url", ["", "  "])
def test_an_empty_link_is_waived_by_its_text(world: Any, url: str) -> None:
    """Without a text by its page, also in the handbook's own waivers; it is offered so, too."""
    for text in ("Vedtægter", ""):
        world.link(url, LinkStatus.BROKEN, link=replace(world.page_link(url), text=text))
    named, nameless = world.find()
    assert (named.subject, nameless.subject) == ("Vedtægter", nameless.page)
    for waived, other in ((named, nameless), (nameless, named)):
        waiver = Waiver("link-empty", waived.subject, "Kommer", TODAY, "handbook")
        by_id = {one.id: one.waived_until for one in world.find(waivers=(waiver,))}
        assert by_id == {waived.id: TODAY.isoformat(), other.id: None}


def test_an_absent_anchor_has_its_own_code(world: Any) -> None:
    """The page is there, the section is not; when that is not confirmed it is only unconfirmed."""
    reason = Reason("link-anchor-missing", {"anchor": "x"})
    world.link(URL, LinkStatus.BROKEN, kind=LinkKind.ANCHOR, reason=reason)
    world.link(URL, LinkStatus.UNCONFIRMED, reason=reason)
    world.link(URL, LinkStatus.UNCHECKED, reason=reason)
    assert world.codes() == ["link-anchor-missing", "link-unconfirmed"]


@pytest.mark.parametrize(
    "status", [LinkStatus.UNCHECKED, LinkStatus.BLOCKED, LinkStatus.BROKEN, LinkStatus.OK]
)
def test_a_private_address_is_said_however_it_was_left(world: Any, status: LinkStatus) -> None:
    """It is not fetched, and readers outside cannot open it."""
    world.link("http://10.0.0.1/", status, reason=Reason("link-private-address"))
    assert world.codes() == ["link-private-address"]


def test_an_excluded_private_address_is_fine(world: Any) -> None:
    """The settings say so."""
    world.link("http://10.0.0.1/", LinkStatus.EXCLUDED, reason=Reason("link-private-address"))
    assert world.codes() == []


def test_an_address_that_the_site_shows_as_text_is_said(world: Any) -> None:
    """Whatever the address leads to; not where it is a link, nor on a page that nobody sees."""
    bare = replace(world.page_link(URL), bare=True)
    check = world.link(URL, LinkStatus.OK, link=bare)
    world.link(URL, LinkStatus.BROKEN, link=bare)
    world.link(URL, LinkStatus.OK)
    assert world.codes() == ["link-broken"]
    assert world.codes(bare_is_text=True) == ["link-bare", "link-bare", "link-broken"]
    assert "link-bare" not in world.codes(bare_is_text=True, unpublished=(check.page,))


def test_a_redirect_proposes_where_it_ends(world: Any) -> None:
    """The final address is the link to use."""
    world.link(URL, LinkStatus.REDIRECTED, final_url="https://example.org/ny")
    finding = world.one("link-redirected")
    assert finding.args["final_url"] == "https://example.org/ny"
    assert finding.hint == Reason("use-link", {"url": "https://example.org/ny"})


def test_a_redirect_without_an_end_proposes_nothing(world: Any) -> None:
    """Nor does any other finding without a hint of its own."""
    world.link(URL, LinkStatus.REDIRECTED)
    assert world.one("link-redirected").hint is None


def test_a_dead_page_has_the_address_of_a_copy(world: Any) -> None:
    """Only a page of the web that was asked: an address that is none was nowhere to be copied."""
    world.link(URL, LinkStatus.BROKEN, kind=LinkKind.WEB, checked_at=NOW)
    world.link("https://a..b/", LinkStatus.BROKEN, kind=LinkKind.WEB)
    hints = [finding.hint for finding in world.find()]
    assert Reason("look-for-copy", {"url": f"https://web.archive.org/web/{URL}"}) in hints
    assert None in hints
    assert len(hints) == 2


def test_the_hint_of_the_verdict_counts(world: Any) -> None:
    """The hint of the verdict has precedence."""
    world.link(
        "./sid", LinkStatus.BROKEN, kind=LinkKind.PAGE, hint=Reason("link-use", {"url": "side"})
    )
    assert world.one("link-broken").hint == Reason("link-use", {"url": "side"})


def test_repeats_have_findings_of_their_own(world: Any) -> None:
    """The same address twice on a page is two links."""
    world.link(URL, LinkStatus.BROKEN)
    world.link(URL, LinkStatus.BROKEN)
    assert len({finding.id for finding in world.find()}) == 2
