"""Mail addresses of the handbook, masked: a manifest may be published (pure).

The ids of links and findings are made before, from what stands in the handbook, so that they stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from syncer.manifest.document import Arguments
from syncer.model.reason import ArgValue

MASK = "***"
MASKED_LINK = f"mailto:{MASK}"

# Bounded repeats: a long run of word characters costs a constant for each of them. The last part
# is letters, so that `package@1.2.3` of a web address is none.
MAIL_ADDRESS = re.compile(
    r"[\w.+%-]{1,64}(?:@|%40)[\w-]{1,63}(?:\.[\w-]{1,63}){0,7}\.(?:xn--[\w-]{1,59}|[^\W\d_]{2,63})"
)
_SCHEME = "mailto:"
# The arguments that hold words of the handbook; the others speak of files, shares and servers.
_HANDBOOK_WORDS = frozenset({"final_url", "label", "name", "text", "url"})


def mask_mail(text: str) -> str:
    """Return text of the handbook with every mail address in it masked."""
    if text.strip().lower().startswith(_SCHEME):
        return MASKED_LINK
    return MAIL_ADDRESS.sub(MASK, text) if "@" in text or "%40" in text else text


def mask_mail_link(text: str) -> str:
    """Return the words of a link to a mail address without it, also one that is no address."""
    masked = mask_mail(text)
    return " ".join(MASK if "@" in word else word for word in masked.split(" "))


def mask_args(args: Mapping[str, ArgValue], *, of_mail_link: bool) -> Arguments:
    """Return arguments with the handbook's words in them masked; the others stay as they are."""
    return {name: _mask_value(name, args[name], of_mail_link=of_mail_link) for name in args}


def _mask_value(name: str, value: ArgValue, *, of_mail_link: bool) -> ArgValue:
    if not isinstance(value, str):
        return value
    if of_mail_link:
        return MASK if name == "address" else mask_mail_link(value)
    return mask_mail(value) if name in _HANDBOOK_WORDS else value
