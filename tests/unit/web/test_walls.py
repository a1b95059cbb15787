"""Marks of bot walls."""

from __future__ import annotations

import pytest
from requests.structures import CaseInsensitiveDict

from syncer.web.walls import find_wall_in_headers, find_wall_in_page

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
