"""Make text from outside harmless to look at, whatever format it is shown in.

File names, page text and server answers may hold terminal escapes, bidirectional overrides,
line breaks and lone surrogates. They are made visible here once; each format then escapes what is
special to itself (HTML, Markdown cells, XML).
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from syncer.manifest.mail import MAIL_ADDRESS
from syncer.model.shares import HIDDEN_MARK

_ZERO_WIDTH_JOINER = 0x200D
_LINKABLE = frozenset({"http", "https"})
_MAIL_STAND_IN = "(mail)"
_HIDDEN_SHARE = re.compile(rf"/s/[^/?#]*{HIDDEN_MARK}")


class _Visible(dict[int, str]):
    """The replacement for each character, worked out when it is first met."""

    def __missing__(self, code_point: int) -> str:
        """Return what is shown in place of a character, and remember it."""
        shown = self[code_point] = _show_character(chr(code_point))
        return shown


def _show_character(character: str) -> str:
    """Return the character itself when it is harmless, else something that says what it is."""
    code_point = ord(character)
    match unicodedata.category(character):
        case "Cc" if character in "\t\n\r\v\f\x85":
            return " "
        case "Cc" if code_point < 0x20:
            return chr(0x2400 + code_point)
        case "Zl" | "Zp":
            return " "
        case "Cs":
            return "\ufffd"
        case "Cf" if code_point == _ZERO_WIDTH_JOINER:
            return character
        case "Cc" | "Cf":
            return f"⟨U+{code_point:04X}⟩"
    if code_point & 0xFFFE == 0xFFFE or 0xFDD0 <= code_point <= 0xFDEF:
        return f"⟨U+{code_point:04X}⟩"  # a noncharacter: XML knows none of them
    return character


_VISIBLE = _Visible()


def make_visible(text: str) -> str:
    """Return the text on one line with nothing in it that acts instead of being read.

    Control characters become their pictures (ESC is `␛`), direction overrides and other invisible
    characters their number (`⟨U+202E⟩`), line breaks a blank, lone surrogates `\ufffd`. Emoji
    sequences keep their joiner. Source: our choice, after Unicode TR 36.
    """
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_VISIBLE)


def hide_mail(text: str) -> str:
    """Return the text with every mail address replaced by "(mail)".

    For what comes from the handbook: a published report must not be a list of addresses.
    """
    if "@" not in text and "%40" not in text:
        return text
    return MAIL_ADDRESS.sub(_MAIL_STAND_IN, text)


def show_handbook_text(text: str) -> str:
    """Return text of a handbook page, visible and without mail addresses."""
    return hide_mail(make_visible(text))


def link_target(url: str | None) -> str | None:
    """Return the address when it may stand behind a link in a report, else None.

    Only `http` and `https` may: a `javascript:` address of a page stays text. None also for an
    address that cannot be parsed, holds a mail address, or leads to a share whose token is secret.
    """
    if url is None or hide_mail(url) != url or _HIDDEN_SHARE.search(url):
        return None
    try:
        scheme = urlsplit(url).scheme.lower()
    except ValueError:
        return None
    return make_visible(url) if scheme in _LINKABLE else None


def show_url(url: str) -> str:
    """Return an address as people read it: without scheme and trailing slash, mail hidden."""
    shown = show_handbook_text(url)
    for scheme in ("https://", "http://"):
        if shown.lower().startswith(scheme):
            return shown[len(scheme) :].removesuffix("/")
    return shown
