"""What is judged without a request, and how links share one."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from syncer.model.links import LinkKind, LinkStatus, LinkVerdict, RememberedLink
from syncer.model.reason import Reason
from syncer.web import linkcheck
from syncer.web.link_settings import LinkSettings
from syncer.web.linkcheck import judge_without_asking

AT = datetime(2026, 5, 4, tzinfo=UTC)
GOOD = LinkVerdict(LinkKind.WEB, LinkStatus.OK, http_status=200, checked_at=AT)
SETTINGS = LinkSettings(
    exclude=("https://a.dk/no/*", "https://a.dk/*/no", "mailto:*"),
    inside_hosts=("intern.dk",),
    remap={"https://stage.dk/": "http://10.0.0.1/", "https://up.dk/": "https://x.intern.dk/"},
)


@pytest.mark.parametrize(
    ("url", "kind", "status", "reason"),
    [
        (
            "https://a.dk/no/no",
            LinkKind.WEB,
            LinkStatus.EXCLUDED,
            Reason("link-excluded", {"pattern": "https://a.dk/no/*"}),
        ),
        (
            "mailto:wrong",
            LinkKind.MAIL,
            LinkStatus.EXCLUDED,
            Reason("link-excluded", {"pattern": "mailto:*"}),
        ),
        ("file:///x", LinkKind.OTHER, LinkStatus.BROKEN, Reason("link-to-own-disk")),
        ("https://a..b/", LinkKind.WEB, LinkStatus.BROKEN, Reason("link-url-invalid")),
        (
            "https://a.dk/" + "x" * 8_192,
            LinkKind.WEB,
            LinkStatus.UNCHECKED,
            Reason("link-not-requested"),
        ),
        (
            "https://x.intern.dk/",
            LinkKind.WEB,
            LinkStatus.EXCLUDED,
            Reason("link-inside-host", {"host": "x.intern.dk"}),
        ),
        (
            "https://up.dk/",
            LinkKind.WEB,
            LinkStatus.EXCLUDED,
            Reason("link-inside-host", {"host": "x.intern.dk"}),
        ),
        (
            "http://10.0.0.1/",
            LinkKind.WEB,
            LinkStatus.UNCHECKED,
            Reason("link-private-address", {"host": "10.0.0.1"}),
        ),
    ],
)
def test_what_is_judged_by_its_text(
    url: str, kind: LinkKind, status: LinkStatus, reason: Reason
) -> None:
    """The settings first, then the scheme, then the address; the first pattern is named."""
    settings = SETTINGS if "10.0.0.1" not in url else LinkSettings()
    assert judge_without_asking(url, settings) == LinkVerdict(kind, status, reason)


@pytest.mark.parametrize(
    "url",
    ["https://a.dk/", " https://a.dk/ ", "//a.dk/x", "https://stage.dk/", "https://nointern.dk"],
)
def test_what_must_be_asked(url: str) -> None:
    """Also where the settings replace it by a private address."""
    assert judge_without_asking(url, SETTINGS) is None


def link(url: str, etag: str | None, verdict: LinkVerdict | None = GOOD) -> linkcheck._Link:
    """Return a link that an earlier run has seen, or not."""
    known = None if verdict is None else RememberedLink(verdict, etag, "then")
    return linkcheck._Link(url, "", known)


@pytest.mark.parametrize(
    ("links", "etag"),
    [
        ([link("https://a.dk/#a", "1"), link("https://a.dk/#b", "1")], "1"),
        ([link("https://a.dk/#a", "1"), link("https://a.dk/#b", "2")], None),
        ([link("https://a.dk/#a", "1"), link("https://a.dk/#b", None, None)], None),
        (
            [link("https://a.dk/", "1", LinkVerdict(LinkKind.WEB, LinkStatus.BROKEN))],
            None,
        ),
    ],
)
def test_links_that_remember_one_answer_ask_if_it_still_holds(
    links: list[linkcheck._Link], etag: str | None
) -> None:
    """Of several answers, of a bad one or of none nothing can be renewed."""
    (target,) = linkcheck._group(links, LinkSettings()).values()
    assert target.links == tuple(links)
    ask = linkcheck._begin(target).ask
    assert (ask.etag, ask.last_modified) == (etag, None if etag is None else "then")


def test_links_are_asked_by_address_in_their_order() -> None:
    """What differs in its fragment alone is one address, and so is what is remapped to it."""
    urls = ("https://b.dk/x#1", "https://a.dk/", "https://b.dk/x", "https://c.dk/x")
    settings = LinkSettings(remap={"https://c.dk/": "https://b.dk/"})
    groups = linkcheck._group([link(url, None) for url in urls], settings)
    assert {url: [one.url for one in target.links] for url, target in groups.items()} == {
        "https://b.dk/x": ["https://b.dk/x#1", "https://b.dk/x", "https://c.dk/x"],
        "https://a.dk/": ["https://a.dk/"],
    }
    assert list(groups) == ["https://b.dk/x", "https://a.dk/"]


def test_anchors_are_looked_for_where_links_name_them() -> None:
    """The top of a page is none."""
    links = [
        linkcheck._Link(f"https://a.dk/#{fragment}", fragment, None)
        for fragment in ("a", "top", "b", "")
    ]
    (target,) = linkcheck._group(links, LinkSettings()).values()
    assert linkcheck._begin(target).ask.anchors == {"a", "b"}


def test_failing_days_are_counted_once_each_and_the_newest_kept() -> None:
    """Any other verdict forgets them."""
    days = tuple(date(2026, 5, day) for day in (1, 2, 3))
    failed = LinkVerdict(LinkKind.WEB, LinkStatus.UNCONFIRMED, checked_at=AT)
    check = linkcheck._Check.__new__(linkcheck._Check)
    for earlier, today, kept, status in (
        ((), days[0], days[:1], LinkStatus.UNCONFIRMED),
        (days[:1], days[0], days[:1], LinkStatus.UNCONFIRMED),
        (days[:2], days[2], days, LinkStatus.BROKEN),
        (days, date(2026, 5, 4), (*days[1:], date(2026, 5, 4)), LinkStatus.BROKEN),
    ):
        check._today = today
        known = linkcheck._Link("u", "", RememberedLink(failed, failing_days=earlier))
        record = check._make_record(known, failed)
        assert (record.failing_days, record.verdict.status) == (kept, status)
        assert check._make_record(known, GOOD).failing_days == ()
