"""Text from outside made safe to display."""

from __future__ import annotations

import pytest

from syncer.redact import make_visible
from syncer.report.visible import hide_mail, link_target, show_url


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Vedtægter 2025.pdf", "Vedtægter 2025.pdf"),
        ("\x1b[31mrød", "␛[31mrød"),
        ("a\r\nb\tc", "a  b c"),
        ("\u202egnp.exe", "⟨U+202E⟩gnp.exe"),
        ("\x9b2J", "⟨U+009B⟩2J"),
        ("\ud800", "\ufffd"),
        ("\uffff", "⟨U+FFFF⟩"),
        ("linje\u2028skift", "linje skift"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("❤\ufe0f\u200d🔥 1\ufe0f\u20e3", "❤\ufe0f\u200d🔥 1\ufe0f\u20e3"),
        ("a\u200db\ufe0f", "a⟨U+200D⟩b⟨U+FE0F⟩"),
        ("❤\ufe0f\ufe0f", "❤\ufe0f⟨U+FE0F⟩"),
    ],
)
def test_what_acts_is_made_visible(given: str, shown: str) -> None:
    """Escapes, overrides, line breaks and broken characters become visible and have no effect."""
    assert make_visible(given) == shown


@pytest.mark.parametrize(
    "letter",
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u180b\u180e\u200b\u2060\u2065\u2800\u3164\ufe00\ufeff\uffa0\ufff0"
    "\U0001d173\U000e0001\U000e0041\U000e0100\U000e0fff",
    ids=lambda letter: f"U+{ord(letter):04X}",
)
def test_a_letter_that_nobody_sees_is_named(letter: str) -> None:
    """Two names that look alike differ: by format characters, fillers, selectors and blanks."""
    assert make_visible(f"Aftale{letter}.pdf") == f"Aftale⟨U+{ord(letter):04X}⟩.pdf"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("skriv til anna@example.dk i dag", "skriv til (mail) i dag"),
        ("mailto:anna%40example.dk", "mailto:(mail)"),
        ("https://example.dk/@os2", "https://example.dk/@os2"),
        ("12345@N00", "12345@N00"),
    ],
)
def test_mail_addresses_are_hidden(given: str, shown: str) -> None:
    """Whole addresses are replaced; an at sign that belongs to none remains."""
    assert hide_mail(given) == shown


def test_hiding_mail_is_linear() -> None:
    """The time grows linearly with a long run of characters that could begin an address."""
    text = "a" * 200_000 + "@"
    assert hide_mail(text) == text


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://example.dk/a", "https://example.dk/a"),
        ("HTTP://example.dk", "HTTP://example.dk"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("../side", None),
        ("http://[", None),
        ("https://anna@example.dk/", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(url: str | None, target: str | None) -> None:
    """Only http and https addresses without a mail address become links."""
    assert link_target(url) == target


def test_addresses_are_shown_without_scheme() -> None:
    """Addresses are shown without scheme and trailing slash."""
    assert show_url("https://example.dk/a/") == "example.dk/a"
    assert show_url("HTTP://example.dk") == "example.dk"
    assert show_url("processer/kontoplan") == "processer/kontoplan"
