"""Bot walls: known marks of answers for robots (pure)."""

from __future__ import annotations

from collections.abc import Mapping

WALL_STATUSES = frozenset({202, 403, 405, 429, 503})
"""The statuses with which marks count."""

# Header, word in its value, wall. Their owners set these headers on challenges only.
_HEADER_MARKS = (
    ("cf-mitigated", "challenge", "Cloudflare"),
    ("x-vercel-mitigated", "challenge", "Vercel"),
    ("x-amzn-waf-action", "captcha", "AWS WAF"),
    ("x-amzn-waf-action", "challenge", "AWS WAF"),
    ("x-datadome", "", "DataDome"),
    ("x-sucuri-block", "", "Sucuri"),
    ("server", "ddos-guard", "DDoS-Guard"),
    ("server", "datadome", "DataDome"),
)

# In lower case.
_BODY_MARKS = (
    (b"/cdn-cgi/challenge-platform/", "Cloudflare"),
    (b"cf-browser-verification", "Cloudflare"),
    (b"cf-error-details", "Cloudflare"),
    (b"<title>just a moment...", "Cloudflare"),
    (b"_incapsula_resource", "Imperva"),
    (b"px-captcha", "HUMAN"),
    (b"captcha-delivery.com", "DataDome"),
    (b"errors.edgesuite.net", "Akamai"),
    (b"sucuri website firewall", "Sucuri"),
    (b"awswafintegration", "AWS WAF"),
    (b"within.website/x/cmd/anubis", "Anubis"),
    (b"/.within.website/", "Anubis"),
    (b"g-recaptcha", "reCAPTCHA"),
    (b"h-captcha", "hCaptcha"),
    (b"cf-turnstile", "Cloudflare"),
)


def find_wall_in_headers(status: int, headers: Mapping[str, str]) -> str | None:
    """Return the name of the wall with a mark in the headers, None without one.

    `headers` must compare names without case. 999 is LinkedIn's own status for robots.
    """
    if status == 999:
        return "LinkedIn"
    if status not in WALL_STATUSES:
        return None
    for header, word, wall in _HEADER_MARKS:
        value = headers.get(header)
        if value is not None and word in value.lower():
            return wall
    return None


def find_wall_in_body(status: int, body: bytes) -> str | None:
    """Return the name of the wall with a mark in the first bytes of a page, None without one."""
    if status not in WALL_STATUSES:
        return None
    lowered = body.lower()
    return next((wall for mark, wall in _BODY_MARKS if mark in lowered), None)
