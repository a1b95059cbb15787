"""Bot walls: known marks of answers that stand in for a page (pure)."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from syncer.web.page_names import PageNames, TooManyNamesError, is_run_full

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
_REFUSALS = frozenset({202, 403, 405, 429, 503})

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
# A wall says a few sentences.
_MAX_WALL_TEXT = 1_000
_PIECE_BYTES = 8_192
_UNSEEN_ELEMENTS = frozenset({"script", "style", "noscript", "title", "template"})
_UNTYPED_INPUTS = frozenset({"hidden", "submit", "button", "checkbox", "image"})


def find_wall_in_headers(status: int, headers: Mapping[str, str]) -> str | None:
    """Return the name of the wall with a mark in the headers, None without one.

    `headers` must compare names without case. 999 is LinkedIn's own status for robots.
    """
    if status == 999:
        return "LinkedIn"
    marks = _CHALLENGE_HEADERS + (_REFUSAL_HEADERS if status in _REFUSALS else ())
    for header, word, wall in marks:
        value = headers.get(header)
        if value is not None and word in value.lower():
            return wall
    return None


def find_wall_in_page(
    status: int, start: bytes, run_names: set[str | bytes] | None = None
) -> str | None:
    """Return the name of the wall with a mark in the first bytes of a page, None without one.

    With a status that is no refusal, a mark counts only on a page that has nothing but the wall:
    little text, and no field to write in. It counts too where pages are not read any more, since
    the run has had too many names; `run_names` is as in `PageNames`.
    """
    run_names = set() if run_names is None else run_names
    lowered = start.lower()
    marks = _WALL_MARKS + (_INJECTED_MARKS if status in _REFUSALS else ())
    wall = next((wall for mark, wall in marks if mark in lowered), None)
    is_sure = status in _REFUSALS or is_run_full(run_names)
    if wall is None or is_sure or _is_bare(start, run_names):
        return wall
    return None


def _is_bare(page: bytes, run_names: set[str | bytes]) -> bool:
    content = _PageContent(run_names)
    parser: etree.HTMLParser = etree.HTMLParser(target=content, encoding="utf-8")
    try:
        for at in range(0, len(page), _PIECE_BYTES):
            content.markup.feed(parser, page[at : at + _PIECE_BYTES])
        parser.close()
    except TooManyNamesError:
        return False
    except etree.XMLSyntaxError:
        pass
    return content.text_length <= _MAX_WALL_TEXT and not content.has_field


class _PageContent:
    """Parser target that counts what a reader sees, and notes fields to write in."""

    def __init__(self, run_names: set[str | bytes]) -> None:
        self.text_length = 0
        self.markup = PageNames(run_names)
        self.has_field = False
        self._unseen = 0

    def start(self, tag: str | bytes, attrib: Mapping[str | bytes, str | bytes]) -> None:
        self.markup.hear((tag, *attrib))
        self._unseen += tag in _UNSEEN_ELEMENTS
        kind = str(attrib.get("type", "text")).lower()
        self.has_field |= tag == "textarea" or (tag == "input" and kind not in _UNTYPED_INPUTS)

    def end(self, tag: str | bytes) -> None:
        self.markup.hear()
        self._unseen -= tag in _UNSEEN_ELEMENTS

    def data(self, data: str | bytes) -> None:
        self.markup.hear()
        if not self._unseen:
            self.text_length += len(data.strip())

    def comment(self, _text: str | bytes) -> None:
        """Do nothing else: nobody sees a comment."""
        self.markup.hear()

    def close(self) -> None:
        """Return nothing: the fields are read."""
