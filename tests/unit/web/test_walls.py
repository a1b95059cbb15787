"""Marks of bot walls."""

from __future__ import annotations

import pytest
from requests.structures import CaseInsensitiveDict

from syncer.net import wall_marks
from syncer.net.wall_marks import find_wall_in_headers
from syncer.web import walls
from syncer.web.walls import find_wall_in_page

FORM = b"<form><input name=mail><textarea></textarea></form>"


@pytest.mark.parametrize(
    ("status", "headers", "wall"),
    [
        (403, {"CF-Mitigated": "Challenge"}, "Cloudflare"),
        (200, {"cf-mitigated": "challenge"}, "Cloudflare"),
        (404, {"cf-mitigated": "challenge"}, "Cloudflare"),
        (405, {"x-amzn-waf-action": "captcha"}, "AWS WAF"),
        (403, {"X-DataDome": "protected"}, "DataDome"),
        (999, {}, "LinkedIn"),
        (403, {"Server": "nginx"}, None),
        (403, {"Server": "cloudflare"}, None),
        (200, {"x-datadome": "protected"}, None),
        (200, {"server": "ddos-guard"}, None),
        (200, {"cf-mitigated": "none"}, None),
        (200, {"x-vercel-mitigated": "none"}, None),
        (403, {"x-amzn-waf-action": "count"}, None),
    ],
)
def test_headers_that_walls_set(status: int, headers: dict[str, str], wall: str | None) -> None:
    """A challenge is one with any status; what is on good answers too counts on refusals only."""
    folded: CaseInsensitiveDict[str] = CaseInsensitiveDict(headers)
    assert find_wall_in_headers(status, folded) == wall


@pytest.mark.parametrize(
    ("status", "page", "wall"),
    [
        (403, b"<TITLE>Just a moment...</TITLE>", "Cloudflare"),
        (503, b"<script src=/cdn-cgi/challenge-platform/x>", "Cloudflare"),
        (403, b"<a href=https://errors.edgesuite.net/1>", "Akamai"),
        (403, b"<div class=h-captcha>" + FORM, "hCaptcha"),
        (404, b"<title>Just a moment...</title>", "Cloudflare"),
        (200, b"<script id='anubis_challenge'>{}</script><p>Making sure of it", "Anubis"),
        (200, b"<title>Request Rejected</title>Your support ID is: 1", "F5"),
        (200, b"<div class='h-captcha'></div><input type=hidden>", "hCaptcha"),
        (403, b"forbidden", None),
        (403, b"", None),
        (200, b"<div class='h-captcha'></div>" + b"<p>  \n\n\t</p>" * 500, "hCaptcha"),
        (200, b"<div class='h-captcha'></div>" + FORM, None),
        (200, b"<div class='g-recaptcha'></div><p>" + b"Text. " * 300, None),
        (
            200,
            b"<div id=app></div><script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js>",
            None,
        ),
        (200, b"<p>Request Rejected", None),
    ],
)
def test_pages_that_walls_show(status: int, page: bytes, wall: str | None) -> None:
    """The words of the walls' own pages, in any case; a page with more than a wall is a page."""
    assert find_wall_in_page(status, page) == wall


HEADERS = (
    ({"CF-Mitigated": "challenge"}, "Cloudflare"),
    ({"X-Vercel-Mitigated": "Challenge"}, "Vercel"),
    ({"x-amzn-waf-action": "captcha"}, "AWS WAF"),
    ({"x-amzn-waf-action": "challenge"}, "AWS WAF"),
    ({"X-DataDome": "protected"}, "DataDome"),
    ({"X-Sucuri-Block": "1"}, "Sucuri"),
    ({"Server": "DDoS-Guard"}, "DDoS-Guard"),
    ({"Server": "DataDome"}, "DataDome"),
)
PAGES = (
    (b"<script>window._cf_chl_opt = {}</script>", "Cloudflare"),
    (b"<form id=cf-browser-verification>", "Cloudflare"),
    (b"<div class='cf-turnstile'>", "Cloudflare"),
    (b"<title>Just a moment...</title>", "Cloudflare"),
    (b"<title>Attention Required! | Cloudflare</title>", "Cloudflare"),
    (b"<p>Incapsula incident ID: 1-2", "Imperva"),
    (b"<title>Pardon Our Interruption</title>", "Imperva"),
    (b"<div id=px-captcha>", "HUMAN"),
    (b"<title>Robot or human?</title>", "HUMAN"),
    (b"<script src=https://ct.captcha-delivery.com/c.js>", "DataDome"),
    (b"<p>https://errors.edgesuite.net/18.2", "Akamai"),
    (b"<h1>Sucuri Website Firewall - Access Denied", "Sucuri"),
    (b"<title>Human Verification</title>", "AWS WAF"),
    (b"<link href=/.within.website/x/cmd/anubis/static/x.css>", "Anubis"),
    (b"<script id=anubis_challenge>", "Anubis"),
    (b"The requested URL was rejected. Please consult with your administrator.", "F5"),
    (b"<title>Request Rejected</title>", "F5"),
    (b"<title>Client Challenge</title>", "Fastly"),
    (b"<title>Vercel Security Checkpoint</title>", "Vercel"),
    (b"<title>Radware Captcha Page</title>", "Radware"),
    (b"<title>DDoS-Guard</title>", "DDoS-Guard"),
    (b"<div class=g-recaptcha>", "reCAPTCHA"),
    (b"<div class=h-captcha>", "hCaptcha"),
    (b"<script src=https://js.hcaptcha.com/1/api.js>", "hCaptcha"),
    (b"<title>Access Denied</title>", "Access Denied"),
    (b"<title>Are you a robot?</title>", "CAPTCHA"),
    (b"<title>Checking your browser</title>", "CAPTCHA"),
    (b"<title>One moment, please...</title>", "CAPTCHA"),
    (b"<title>Security Check</title>", "CAPTCHA"),
)
INJECTED = (
    (b"<script src=/cdn-cgi/challenge-platform/x>", "Cloudflare"),
    (b"<div id=cf-error-details>", "Cloudflare"),
    (b"<script src=/_Incapsula_Resource?x>", "Imperva"),
    (b"<script>AwsWafIntegration.getToken()</script>", "AWS WAF"),
)


@pytest.mark.parametrize(("headers", "wall"), HEADERS)
def test_every_mark_in_headers_is_one(headers: dict[str, str], wall: str) -> None:
    """Each wall that sets headers is called by its name."""
    assert find_wall_in_headers(403, CaseInsensitiveDict(headers)) == wall


@pytest.mark.parametrize(("page", "wall"), PAGES + INJECTED)
def test_every_mark_in_pages_is_one(page: bytes, wall: str) -> None:
    """Each is found where the page is refused, and alone on a page that is not, unless injected."""
    assert find_wall_in_page(403, page) == wall
    assert find_wall_in_page(200, page) == (wall if (page, wall) in PAGES else None)


def test_every_mark_has_an_example() -> None:
    """No header and no mark of the lists is without one."""
    named = {
        (header.lower(), word, wall)
        for headers, wall in HEADERS
        for header, value in headers.items()
        for word in (value.lower(), "")
    }
    assert {*wall_marks._CHALLENGE_HEADERS, *wall_marks._REFUSAL_HEADERS} <= named
    for marks, pages in ((wall_marks._WALL_MARKS, PAGES), (wall_marks._INJECTED_MARKS, INJECTED)):
        assert [
            (mark in page.lower(), wall)
            for (mark, wall), (page, _) in zip(marks, pages, strict=True)
        ] == [(True, wall) for _, wall in pages]


@pytest.mark.parametrize(
    ("status", "counts"), [*dict.fromkeys((202, 403, 405, 429, 503), True).items(), (404, False)]
)
def test_every_refusal_lets_injected_marks_count(status: int, counts: bool) -> None:
    """The statuses of refusals; with another one a page that has such a mark is a page."""
    assert (find_wall_in_page(status, INJECTED[0][0]) is not None) is counts
    assert (status in wall_marks.REFUSALS) is counts
    assert len(wall_marks.REFUSALS) == 5


@pytest.mark.parametrize("element", sorted(walls._UNSEEN_ELEMENTS))
def test_what_nobody_sees_is_no_text(element: str) -> None:
    """A wall with a long script, style or title is a wall still."""
    assert {"script", "style", "noscript", "title", "template"} == walls._UNSEEN_ELEMENTS
    long = f"<{element}>{'x ' * 1_000}</{element}><p>x".encode()
    assert find_wall_in_page(200, PAGES[2][0] + long) == "Cloudflare"


@pytest.mark.parametrize("kind", sorted(walls._UNTYPED_INPUTS))
def test_an_input_that_takes_no_text_is_no_form(kind: str) -> None:
    """Walls have buttons and boxes to tick, and no field to write in."""
    assert {"hidden", "submit", "button", "checkbox", "image"} == walls._UNTYPED_INPUTS
    page = PAGES[2][0] + f"<input type={kind}>".encode()
    assert find_wall_in_page(200, page) == "Cloudflare"
    assert find_wall_in_page(200, page + b"<input type=email>") is None


@pytest.mark.parametrize(("chars", "wall"), [(1_000, "reCAPTCHA"), (1_001, None)])
def test_a_page_with_more_text_than_a_wall_is_a_page(chars: int, wall: str | None) -> None:
    """However it shows that it has a form with a CAPTCHA."""
    page = b"<div class=g-recaptcha></div><p>" + b"x" * chars
    assert find_wall_in_page(200, page) == wall
