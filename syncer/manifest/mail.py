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

# Bounded repeats keep the time linear. The last part is letters, so that `package@1.2.3` in a web
# address does not match.
MAIL_ADDRESS = re.compile(
    r"[\w.+%-]{1,64}(?:@|%40)[\w-]{1,63}(?:\.[\w-]{1,63}){0,7}\.(?:xn--[\w-]{1,59}|[^\W\d_]{2,63})"
)
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
    return MAIL_ADDRESS.sub(MASK, mask_user_info(text))


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
