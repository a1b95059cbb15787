"""Marks of bot walls."""

from __future__ import annotations

import pytest
from requests.structures import CaseInsensitiveDict

from syncer.web.walls import find_wall_in_body, find_wall_in_headers


@pytest.mark.parametrize(
    ("status", "headers", "wall"),
    [
        (403, {"CF-Mitigated": "Challenge"}, "Cloudflare"),
        (405, {"x-amzn-waf-action": "captcha"}, "AWS WAF"),
        (403, {"X-DataDome": "protected"}, "DataDome"),
        (999, {}, "LinkedIn"),
        (403, {"Server": "nginx"}, None),
        (403, {"Server": "cloudflare"}, None),
        (404, {"cf-mitigated": "challenge"}, None),
        (200, {"x-datadome": "protected"}, None),
    ],
)
def test_headers_that_walls_set(status: int, headers: dict[str, str], wall: str | None) -> None:
    """A mark counts under the statuses of walls only; a mere server name is none."""
    folded: CaseInsensitiveDict[str] = CaseInsensitiveDict(headers)
    assert find_wall_in_headers(status, folded) == wall


@pytest.mark.parametrize(
    ("status", "body", "wall"),
    [
        (403, b"<TITLE>Just a moment...</TITLE>", "Cloudflare"),
        (503, b"<script src=/cdn-cgi/challenge-platform/x>", "Cloudflare"),
        (403, b"<a href=https://errors.edgesuite.net/1>", "Akamai"),
        (403, b"forbidden", None),
        (403, b"", None),
        (404, b"<title>Just a moment...", None),
    ],
)
def test_pages_that_walls_show(status: int, body: bytes, wall: str | None) -> None:
    """The words of the walls' own pages, in any case."""
    assert find_wall_in_body(status, body) == wall
