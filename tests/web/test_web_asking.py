"""How addresses are asked: methods, redirects, fragments, and each one once."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import pytest

from syncer.model.links import LinkKind, LinkStatus

if TYPE_CHECKING:
    from tests.web.loopback_web import Page, Visit, Web


def test_good_page_costs_one_request(web: Web) -> None:
    """A plain good address is asked once, as a reader asks, and is simply good."""
    url = web.put("a.test", "/x", web.page())
    verdict = web.check_one(url)
    assert (verdict.kind, verdict.status, verdict.reason) == (LinkKind.WEB, LinkStatus.OK, None)
    assert verdict.http_status == 200
    assert verdict.checked_at is not None
    assert web.asked() == [("GET", "/x")]


def test_address_is_asked_once_for_all_its_fragments(web: Web) -> None:
    """Links that differ in the fragment only share one GET, and each gets its own verdict."""
    body = "<h1 id='a'>A</h1><a name='b'></a><p id='bæk'>".encode()
    plain = web.put("a.test", "/x", web.page(body=body))
    urls = {
        plain: LinkStatus.OK,
        plain + "#a": LinkStatus.OK,
        plain + "#b": LinkStatus.OK,
        plain + "#b%C3%A6k": LinkStatus.OK,
        plain + "#bæk": LinkStatus.OK,
        plain + "#c": LinkStatus.BROKEN,
    }
    verdicts = web.check(urls)
    assert {url: verdict.status for url, verdict in verdicts.items()} == urls
    reason = verdicts[plain + "#c"].reason
    assert reason is not None
    assert (reason.code, reason.args["anchor"]) == ("link-anchor-missing", "c")
    assert web.asked() == [("GET", "/x")]


@pytest.mark.parametrize(
    "refusal",
    [
        {"status": 404},
        {"status": 405},
        {"status": 500},
        {"status": 302, "headers": {"Location": "/error"}},
        {"status": 302, "headers": {"Location": "/login"}},
        {"status": 301, "headers": {"Location": "/"}},
    ],
)
def test_server_that_treats_a_head_badly_is_fine(web: Web, refusal: dict[str, Any]) -> None:
    """What a server says to HEAD concerns no reader, so it is not asked."""
    web.put("a.test", "/login", web.page())
    web.put("a.test", "/", web.page())
    url = web.put(
        "a.test", "/x", lambda visit: web.page(**({} if visit.method == "GET" else refusal))
    )
    assert web.check_one(url).status is LinkStatus.OK
    assert web.asked() == [("GET", "/x")]


@pytest.mark.parametrize(("status", "code"), [(404, "link-not-found"), (410, "link-gone")])
def test_plain_absence_is_broken_at_once(web: Web, status: int, code: str) -> None:
    """404 and 410 are settled without a second look."""
    verdict = web.check_one(web.put("a.test", "/x", web.page(status)))
    assert verdict.status is LinkStatus.BROKEN
    assert verdict.http_status == status
    assert verdict.reason is not None
    assert verdict.reason.code == code
    assert len(web.asked()) == 1
    assert web.slept_s == 0


def test_permanent_redirects_tell_the_new_address(web: Web) -> None:
    """A chain of permanent redirects is reported with its end; the fragment goes along."""
    url = web.put("a.test", "/1", web.page(301, headers={"Location": "/2"}))
    web.put("a.test", "/2", web.page(308, headers={"Location": web.url("b.test", "/3")}))
    end = web.put("b.test", "/3", web.page())
    verdicts = web.check([url, url + "#top"])
    assert verdicts[url].status is LinkStatus.REDIRECTED
    assert verdicts[url].final_url == end
    assert verdicts[url + "#top"].final_url == end + "#top"


def test_temporary_redirect_is_fine(web: Web) -> None:
    """A temporary redirect is the server's own business; what follows it is not reported."""
    url = web.put("a.test", "/1", web.page(302, headers={"Location": "/2"}))
    web.put("a.test", "/2", web.page(301, headers={"Location": "/3"}))
    web.put("a.test", "/3", web.page())
    verdict = web.check_one(url)
    assert (verdict.status, verdict.final_url) == (LinkStatus.OK, None)


def test_redirect_to_a_page_that_is_gone_is_broken(web: Web) -> None:
    """Where a redirect ends decides."""
    verdict = web.check_one(web.put("a.test", "/1", web.page(301, headers={"Location": "/gone"})))
    assert (verdict.status, verdict.http_status) == (LinkStatus.BROKEN, 404)


def test_redirect_to_a_login_page_needs_login(web: Web) -> None:
    """Somebody who is sent to a login page does not see what the link promised."""
    url = web.put("a.test", "/1", web.page(302, headers={"Location": "/users/sign_in?next=1"}))
    web.put("a.test", "/users/sign_in?next=1", web.page())
    assert web.check_one(url).status is LinkStatus.NEEDS_LOGIN


def test_redirect_that_sets_a_cookie_is_no_loop(web: Web) -> None:
    """A server may set a cookie and send the reader back to the same address."""

    def serve(visit: Visit) -> Page:
        if "seen=1" in visit.headers.get("Cookie", ""):
            return web.page()
        return web.page(302, headers={"Location": "/x", "Set-Cookie": "seen=1"})

    assert web.check_one(web.put("a.test", "/x", serve)).status is LinkStatus.OK


def test_redirect_loop_is_not_confirmed(web: Web) -> None:
    """A loop is seen when it closes, and costs no more than four requests with both looks."""
    url = web.put("a.test", "/1", web.page(302, headers={"Location": "/2"}))
    web.put("a.test", "/2", web.page(302, headers={"Location": "/1"}))
    verdict = web.check_one(url)
    assert verdict.status is LinkStatus.UNCONFIRMED
    assert verdict.reason is not None
    assert verdict.reason.code == "link-redirect-loop"
    assert len(web.asked()) == 4


def test_endless_redirects_end_where_browsers_give_up(web: Web) -> None:
    """Twenty hops are followed, once, and what is behind them is unchecked."""

    def serve(visit: Visit) -> Page:
        return web.page(302, headers={"Location": f"/{int(visit.path[1:]) + 1}"})

    for number in range(30):
        web.put("a.test", f"/{number}", serve)
    verdict = web.check_one(web.url("a.test", "/0"))
    assert verdict.status is LinkStatus.UNCHECKED
    assert verdict.reason is not None
    assert verdict.reason.code == "link-too-many-redirects"
    assert len(web.asked()) == 21


@pytest.mark.parametrize("headers", [{}, {"Location": ""}, {"Location": "http://[::1"}])
def test_redirect_without_a_target_is_not_confirmed(web: Web, headers: dict[str, str]) -> None:
    """A redirect that names no address leads nowhere."""
    verdict = web.check_one(web.put("a.test", "/1", web.page(301, headers=headers)))
    assert verdict.status is LinkStatus.UNCONFIRMED
    assert verdict.reason is not None
    assert verdict.reason.code == "link-redirect-to-nowhere"


def test_redirect_to_an_address_that_is_too_long_is_unchecked(web: Web) -> None:
    """What we do not ask for is not judged, however often."""
    location = "/" + "a" * 9000
    verdict = web.check_one(web.put("a.test", "/1", web.page(301, headers={"Location": location})))
    assert verdict.status is LinkStatus.UNCHECKED
    assert verdict.reason is not None
    assert verdict.reason.code == "link-not-requested"


def test_redirect_to_an_app_is_unchecked(web: Web) -> None:
    """What is no web address is not followed, and not judged."""
    verdict = web.check_one(
        web.put("a.test", "/1", web.page(302, headers={"Location": "msteams:x"}))
    )
    assert verdict.status is LinkStatus.UNCHECKED
    assert verdict.reason is not None
    assert verdict.reason.args == {"scheme": "msteams"}


def test_redirect_location_in_utf8_is_followed(web: Web) -> None:
    """Servers write raw UTF-8 into `Location`; it is read as what it means."""
    location = "/æ".encode().decode("latin-1")
    url = web.put("a.test", "/1", web.page(302, headers={"Location": location}))
    web.put("a.test", "/%C3%A6", web.page())
    assert web.check_one(url).status is LinkStatus.OK


def test_redirect_location_with_backslashes_is_followed(web: Web) -> None:
    """As in browsers: what an address that nobody named answers says nothing of the link."""
    url = web.put("a.test", "/1", web.page(302, headers={"Location": "\\a\\2"}))
    web.put("a.test", "/a/2", web.page())
    assert web.check_one(url).status is LinkStatus.OK


def test_packed_page_is_searched(web: Web) -> None:
    """Anchors are found in a gzip answer."""
    body = gzip.compress(b"<p>" * 100_000 + b"<h2 id=deep>")
    url = web.put("a.test", "/x#deep", web.page(body=body, headers={"Content-Encoding": "gzip"}))
    assert web.check_one(url).status is LinkStatus.OK


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Content-Type": "application/pdf"}, "link-anchor-not-html"),
        ({"Content-Encoding": "br"}, "link-anchor-page-unread"),
        ({"Content-Encoding": "gzip"}, "link-anchor-page-unread"),
        ({"Content-Length": "99"}, "link-anchor-page-unread"),
    ],
)
def test_anchor_of_what_cannot_be_read_is_unchecked(
    web: Web, headers: dict[str, str], code: str
) -> None:
    """Where the page could not be searched, its anchor is not denied."""

    def serve(visit: Visit) -> Page | None:
        made = web.page(headers=headers)
        if headers.get("Content-Length") == "99":
            visit.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\nx"
            )
            return None
        return made

    verdict = web.check_one(web.put("a.test", "/x#a", serve))
    assert verdict.status is LinkStatus.UNCHECKED
    assert verdict.reason is not None
    assert verdict.reason.code == code


def test_connections_are_used_again(web: Web) -> None:
    """Many addresses of a host, good and bad, cost no more connections than may be open."""
    urls = [web.put("a.test", f"/{number}", web.page()) for number in range(20)]
    urls += [web.url("a.test", f"/gone/{number}") for number in range(20)]
    web.check(urls)
    assert len(web.asked()) == 40
    assert web.connections <= 2


def test_what_is_accepted_is_good(web: Web) -> None:
    """A status that the settings accept counts as good."""
    url = web.put("a.test", "/x", web.page(418))
    assert web.check_one(url, accept=(418,)).status is LinkStatus.OK
    assert web.asked() == [("GET", "/x")]


def test_excluded_and_inside_addresses_are_never_asked(web: Web) -> None:
    """A pattern, a host from within, and a redirect to one: excluded, without a request there."""
    leads = web.put("a.test", "/lead", web.page(302, headers={"Location": "http://x.inside.test/"}))
    urls = [web.url("a.test", "/no/[1]?a"), "http://inside.test/", "mailto:x@y.test", leads]
    verdicts = web.check(
        urls, exclude=("*/no/[1]?a", "mailto:*@y.test"), inside_hosts=("inside.test",)
    )
    assert {verdict.status for verdict in verdicts.values()} == {LinkStatus.EXCLUDED}
    assert web.asked() == [("GET", "/lead")]


def test_remapped_address_is_asked_elsewhere(web: Web) -> None:
    """The longest prefix decides where an address is asked; its host may be private."""
    web.put("stage.test", "/new/x", web.page())
    remap = {
        "https://www.test/": web.url("wrong.test", "/"),
        "https://www.test/b/": web.url("stage.test", "/new/"),
    }
    verdict = web.check_one("https://www.test/b/x", remap=remap, allow_private=False)
    assert verdict.status is LinkStatus.OK
    assert web.asked() == [("GET", "/new/x")]


def test_redirect_of_a_remapped_address_is_told_as_readers_know_it(web: Web) -> None:
    """The address that is proposed is the public one, not the one that was asked instead."""
    web.put("stage.test", "/old", web.page(301, headers={"Location": "/new"}))
    web.put("stage.test", "/new", web.page())
    verdict = web.check_one(
        "https://www.test/old", remap={"https://www.test/": web.url("stage.test", "/")}
    )
    assert verdict.final_url == "https://www.test/new"


def test_progress_is_told_to_the_end(web: Web) -> None:
    """Progress tells how many links are settled, of how many."""
    urls = [web.put("a.test", f"/{number}", web.page()) for number in range(3)]
    web.check([*urls, "mailto:x@y.test"])
    assert web.progress[0] == ("links", 1, 4)
    assert web.progress[-1] == ("links", 4, 4)


def test_address_that_is_none_is_broken_without_asking(web: Web) -> None:
    """What no browser can open is said to be written wrongly."""
    verdict = web.check_one("https://a..b/")
    assert verdict.status is LinkStatus.BROKEN
    assert verdict.reason is not None
    assert verdict.reason.code == "link-url-invalid"


def test_redirect_location_that_is_no_utf8_is_taken_as_latin1(web: Web) -> None:
    """Old servers write Latin-1 into `Location`."""

    def serve(visit: Visit) -> None:
        visit.write(b"HTTP/1.1 302 Found\r\nLocation: /\xe6\r\nContent-Length: 0\r\n\r\n")

    web.put("a.test", "/%C3%A6", web.page())
    assert web.check_one(web.put("a.test", "/x", serve)).status is LinkStatus.OK


def test_no_links_is_no_verdict(web: Web) -> None:
    """Nothing in, nothing out."""
    assert web.check([]) == {}
