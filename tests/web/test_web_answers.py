"""Forty answers, and what a careful person would say of the link: `broken` is a denial only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from syncer.model.links import LinkStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.web.loopback_web import Visit, Web

OK, BROKEN, BLOCKED = LinkStatus.OK, LinkStatus.BROKEN, LinkStatus.BLOCKED
FAILED, UNKNOWN = LinkStatus.UNCONFIRMED, LinkStatus.UNCHECKED

FORM = b"<form><input name=mail><textarea name=text></textarea></form>"
CAPTCHA = b"<div class='h-captcha' data-sitekey=1></div>"
ANUBIS = (
    b"<title>Making sure you&#39;re not a bot!</title><script id='anubis_challenge'>{}</script>"
)
ARTICLE = b"<h2 id=one>One</h2><h2 id=two>Two</h2><p>" + b"Something to read. " * 40
SCRIPT = b"<script src=/app.js></script>"
GITHUB = b"<react-app><script type='application/json'>{}</script></react-app>" + ARTICLE + SCRIPT

# What is wrong or not, the link's fragment, the answer, and the verdict.
ANSWERS: tuple[tuple[str, str, int, Mapping[str, str], bytes, LinkStatus], ...] = (
    # The page is there.
    ("page", "", 200, {}, b"<h1>Page</h1>", OK),
    ("page with its anchor", "a", 200, {}, b"<h1 id=a>Page</h1>", OK),
    ("top of a page without anchors", "top", 200, {}, b"<p>", OK),
    ("document", "", 200, {"Content-Type": "application/pdf"}, b"%PDF-1.7", OK),
    ("empty answer", "", 204, {}, b"", OK),
    ("contact form with a captcha", "", 200, {}, CAPTCHA + FORM, OK),
    ("article about walls", "one", 200, {}, b"<p>h-captcha, cf-turnstile" + ARTICLE * 2, OK),
    ("page behind Cloudflare", "", 200, {}, b"<script src=/cdn-cgi/challenge-platform/x>", OK),
    ("page behind DataDome", "", 200, {"X-DataDome": "protected"}, b"<h1>Page</h1>", OK),
    # The page is denied, or its anchor is.
    ("not found", "", 404, {}, b"<h1>Not found</h1>", BROKEN),
    ("not found, with a form", "", 404, {}, CAPTCHA + FORM, BROKEN),
    ("gone", "", 410, {}, b"", BROKEN),
    ("no such anchor", "x", 200, {}, b"<h1 id=a>Page</h1>", BROKEN),
    ("no such anchor, beside scripts", "x", 200, {}, ARTICLE + SCRIPT, BROKEN),
    # The check is refused.
    ("nginx", "", 403, {"Server": "nginx"}, b"<h1>403 Forbidden</h1>", BLOCKED),
    ("CloudFront", "", 403, {"Server": "CloudFront"}, b"Request blocked.", BLOCKED),
    ("Azure", "", 403, {}, b"The request is blocked.", BLOCKED),
    ("bad request", "", 400, {}, b"", BLOCKED),
    ("login asked for", "", 401, {"WWW-Authenticate": "Basic"}, b"", BLOCKED),
    ("method", "", 405, {}, b"", BLOCKED),
    ("not acceptable", "", 406, {}, b"", BLOCKED),
    ("teapot", "", 418, {}, b"", BLOCKED),
    ("too many requests", "", 429, {"Retry-After": "9999"}, b"", BLOCKED),
    ("legal reasons", "", 451, {}, b"", BLOCKED),
    ("unusual refusal", "", 499, {}, b"", BLOCKED),
    ("LinkedIn", "", 999, {}, b"", BLOCKED),
    # A wall stands in for the page.
    ("Cloudflare", "", 403, {"cf-mitigated": "challenge"}, b"", BLOCKED),
    ("Cloudflare, with a page's status", "x", 200, {}, b"<title>Just a moment...</title>", BLOCKED),
    ("Anubis", "x", 200, {}, ANUBIS, BLOCKED),
    ("hCaptcha", "x", 200, {}, CAPTCHA + SCRIPT, BLOCKED),
    ("F5", "", 200, {}, b"<title>Request Rejected</title>Your support ID is: 1", BLOCKED),
    ("wall that answers 404", "", 404, {}, ANUBIS, BLOCKED),
    # The server fails.
    ("server error", "", 500, {}, b"", FAILED),
    ("bad gateway", "", 502, {}, b"", FAILED),
    ("maintenance", "", 503, {"Retry-After": "9999"}, b"", FAILED),
    ("slow origin", "", 524, {}, b"", FAILED),
    # What cannot be told.
    ("lines of a source file", "L1-L2", 200, {}, ARTICLE + SCRIPT, UNKNOWN),
    ("part of a README", "usage", 200, {}, GITHUB, UNKNOWN),
    ("comment", "issuecomment-12", 200, {}, GITHUB, UNKNOWN),
    ("app", "x", 200, {}, b"<h1 id=title>App</h1><div id=root></div>" + SCRIPT, UNKNOWN),
    ("page of a document", "page=2", 200, {"Content-Type": "application/pdf"}, b"%PDF", UNKNOWN),
    ("choices", "", 300, {}, b"", UNKNOWN),
)  # fmt: skip


@pytest.mark.parametrize(
    ("fragment", "status", "headers", "body", "verdict"),
    [case[1:] for case in ANSWERS],
    ids=[case[0] for case in ANSWERS],
)
def test_answer_proves_no_more_than_it_says(
    web: Web,
    fragment: str,
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    verdict: LinkStatus,
) -> None:
    """One answer to every request, also to the second look."""
    url = web.put("a.test", "/x", web.page(status, body, headers))
    told = web.check_one(f"{url}#{fragment}" if fragment else url)
    assert told.status is verdict
    assert (told.reason is None) is (verdict is OK)
    assert told.http_status == status


@pytest.mark.parametrize(
    ("raw", "verdict"),
    [
        (b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", BROKEN),
        (b"HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 204 Fine\r\n\r\n", OK),
        (b"SSH-2.0-OpenSSH_9.6\r\n", FAILED),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000, UNKNOWN),
        (b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", FAILED),
        (b"HTTP/1.1 302 Found\r\nLocation: app:x\r\nContent-Length: 0\r\n\r\n", UNKNOWN),
        (b"", FAILED),
    ],
    ids=["hints", "processing", "ssh", "too long", "nowhere", "app", "hangs up"],
)
def test_answer_that_is_no_page_proves_no_more(web: Web, raw: bytes, verdict: LinkStatus) -> None:
    """Answers beside the ordinary ones, byte by byte."""

    def serve(visit: Visit) -> None:
        visit.write(raw)

    assert web.check_one(web.put("a.test", "/x", serve)).status is verdict
