"""Make text from outside safe to display in every format.

File names, page text and server answers may contain terminal escapes, bidirectional overrides,
line breaks and lone surrogates. They are made visible here; each format then escapes its own
special characters (HTML, Markdown, XML).
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from syncer.manifest.mail import replace_mail
from syncer.model.shares import HIDDEN_MARK
from syncer.redact import make_visible

KEPT_BLANK = "\ufdd0"
"""Stands for a blank where no line may end; `make_visible` leaves none in what is shown."""

_LINKABLE = frozenset({"http", "https"})
_MAIL_STAND_IN = "(mail)"
_HIDDEN_SHARE = re.compile(rf"/s/[^/?#]*{HIDDEN_MARK}")


def hide_mail(text: str) -> str:
    """Return the text with every mail address replaced by "(mail)".

    A published report must not be a list of the addresses in the handbook.
    """
    return replace_mail(text, _MAIL_STAND_IN)


def show_handbook_text(text: str) -> str:
    """Return text of the handbook made visible, without mail addresses."""
    return hide_mail(make_visible(text))


def link_target(url: str | None) -> str | None:
    """Return the address when it is safe as a link in a report, else None.

    Only `http` and `https` are: a `javascript:` address of a page remains text. None also for an
    address that cannot be parsed, contains a mail address, or leads to a share with a secret token.
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


def shorten(text: str, most: int) -> str:
    """Return a text of at most that many characters, cut between words where it can be."""
    if len(text) <= most:
        return text
    start = text[: max(most - 1, 0)]
    between = start if text[len(start)] == " " else start.rpartition(" ")[0]
    return f"{(between if len(between) > most // 2 else start).rstrip(' ,:;–')}…"
