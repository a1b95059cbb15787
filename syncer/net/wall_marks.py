"""Known marks of bot walls, in headers and in pages (pure)."""

from __future__ import annotations

from collections.abc import Mapping

# Header, word in its value, wall. Their owners set these on challenges only.
_CHALLENGE_HEADERS = (
    ("cf-mitigated", "challenge", "Cloudflare"),
    ("x-vercel-mitigated", "challenge", "Vercel"),
    ("x-amzn-waf-action", "captcha", "AWS WAF"),
    ("x-amzn-waf-action", "challenge", "AWS WAF"),
)
# Good answers have these, too.
_REFUSAL_HEADERS = (
    ("x-datadome", "", "DataDome"),
    ("x-sucuri-block", "", "Sucuri"),
    ("server", "ddos-guard", "DDoS-Guard"),
    ("server", "datadome", "DataDome"),
)
# The statuses with which a mark in a page counts, whatever else is in it.
REFUSALS = frozenset({202, 403, 405, 429, 503})

# In lower case. The pages of walls have them, and pages with a form or an article about walls.
_WALL_MARKS = (
    (b"_cf_chl_opt", "Cloudflare"),
    (b"cf-browser-verification", "Cloudflare"),
    (b"cf-turnstile", "Cloudflare"),
    (b"<title>just a moment...", "Cloudflare"),
    (b"<title>attention required!", "Cloudflare"),
    (b"incapsula incident id", "Imperva"),
    (b"<title>pardon our interruption", "Imperva"),
    (b"px-captcha", "HUMAN"),
    (b"<title>robot or human?", "HUMAN"),
    (b"captcha-delivery.com", "DataDome"),
    (b"errors.edgesuite.net", "Akamai"),
    (b"sucuri website firewall", "Sucuri"),
    (b"<title>human verification", "AWS WAF"),
    (b"within.website/x/cmd/anubis", "Anubis"),
    (b"anubis_challenge", "Anubis"),
    (b"the requested url was rejected. please consult with your administrator", "F5"),
    (b"<title>request rejected", "F5"),
    (b"<title>client challenge", "Fastly"),
    (b"<title>vercel security checkpoint", "Vercel"),
    (b"<title>radware ", "Radware"),
    (b"<title>ddos-guard", "DDoS-Guard"),
    (b"g-recaptcha", "reCAPTCHA"),
    (b"h-captcha", "hCaptcha"),
    (b"hcaptcha.com/1/api.js", "hCaptcha"),
    (b"<title>access denied", "Access Denied"),
    (b"<title>are you a robot", "CAPTCHA"),
    (b"<title>checking your browser", "CAPTCHA"),
    (b"<title>one moment, please", "CAPTCHA"),
    (b"<title>security check", "CAPTCHA"),
)
# Walls put these into the ordinary pages behind them, too.
_INJECTED_MARKS = (
    (b"/cdn-cgi/challenge-platform/", "Cloudflare"),
    (b"cf-error-details", "Cloudflare"),
    (b"_incapsula_resource", "Imperva"),
    (b"awswafintegration", "AWS WAF"),
)


def find_wall_in_headers(status: int, headers: Mapping[str, str]) -> str | None:
    """Return the name of the wall with a mark in the headers, None without one.

    `headers` must compare names without case. 999 is LinkedIn's own status for robots.
    """
    if status == 999:
        return "LinkedIn"
    marks = _CHALLENGE_HEADERS + (_REFUSAL_HEADERS if status in REFUSALS else ())
    for header, word, wall in marks:
        value = headers.get(header)
        if value is not None and word in value.lower():
            return wall
    return None


def find_wall_mark(status: int, start: bytes) -> str | None:
    """Return the name of the wall with a mark in the first bytes of a page, None without one.

    Pages about walls have marks, too.
    """
    lowered = start.lower()
    marks = _WALL_MARKS + (_INJECTED_MARKS if status in REFUSALS else ())
    return next((wall for mark, wall in marks if mark in lowered), None)
