"""Masking of the handbook's mail addresses, as a manifest may be published (pure).

The ids of links and findings are made from the unmasked text, before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from syncer.manifest.document import Arguments
from syncer.model.reason import ArgValue
from syncer.redact import mask_user_info

MASK = "***"
MASKED_LINK = f"mailto:{MASK}"

_AT = re.compile("@|%40")
# The last part is letters, so that `package@1.2.3` in a web address does not match.
_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,7}\.(?:xn--[\w-]{1,59}|[^\W\d_]{2,63})")
_MOST_BEFORE_AT = 64
_SCHEME = "mailto:"
# Arguments with text of the handbook, and names made of it; the others name files, shares and
# servers.
_HANDBOOK_WORDS = frozenset({"file_name", "final_url", "label", "name", "text", "url"})


def mask_mail(text: str) -> str:
    """Return text of the handbook with every mail address in it masked."""
    if text.strip().lower().startswith(_SCHEME):
        return MASKED_LINK
    if "@" not in text and "%40" not in text:
        return text
    # First: the end of a password and the host behind it look like a mail address.
    return replace_mail(mask_user_info(text), MASK)


def replace_mail(text: str, stand_in: str) -> str:
    """Return the text with every mail address replaced.

    Each is found by its `@`: a search that tries every character as the first takes too long.
    """
    parts: list[str] = []
    end = 0
    for at in _AT.finditer(text):
        domain = _DOMAIN.match(text, at.end())
        if domain is None or at.start() < end:
            continue
        start = _find_start(text, at.start(), end)
        goes_on = bool(parts) and start == end
        if start < at.start() and not goes_on:
            parts += (text[end:start], stand_in)
        if start < at.start() or goes_on:
            end = domain.end()
    return "".join((*parts, text[end:]))


def _find_start(text: str, at: int, after: int) -> int:
    """Return where the name before an `@` begins; `at` without one."""
    start, first = at, max(at - _MOST_BEFORE_AT, after)
    while start > first and (text[start - 1].isalnum() or text[start - 1] in "_.+%-"):
        start -= 1
    return start


def mask_mail_link(text: str) -> str:
    """Return the text of a mail link, masked; also an address that is malformed."""
    masked = mask_mail(text)
    return " ".join(MASK if "@" in word else word for word in masked.split(" "))


def mask_args(args: Mapping[str, ArgValue], *, of_mail_link: bool) -> Arguments:
    """Return arguments with the handbook's text in them masked."""
    return {name: _mask_value(name, args[name], of_mail_link=of_mail_link) for name in args}


def _mask_value(name: str, value: ArgValue, *, of_mail_link: bool) -> ArgValue:
    if not isinstance(value, str):
        return value
    if of_mail_link:
        return MASK if name == "address" else mask_mail_link(value)
    return mask_mail(value) if name in _HANDBOOK_WORDS else value
