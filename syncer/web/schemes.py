"""Links with other schemes than http and https, judged by their text (pure)."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from syncer.model.links import LinkKind, LinkStatus, LinkVerdict
from syncer.model.reason import Reason

_ATOM = re.compile(r"[^\s\"(),:;<>@\[\\\]]+")
_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}(?=:)")
_MAX_LOCAL = 64  # RFC 5321, section 4.5.3.1.1
_MAX_DOMAIN = 253
# RFC 3966: digits, visual separators, and a + in front.
_PHONE = re.compile(r"\+?[0-9().\-\s]*[0-9][0-9().\-\s]*(?:;.*)?")


def read_scheme(url: str) -> str:
    """Return the scheme in lower case; "https" for `//host/…`, "" without one."""
    written = url.strip()
    if written.startswith("//"):
        return "https"
    found = _SCHEME.match(written)
    return "" if found is None else found[0].lower()


def classify_link(url: str) -> LinkKind:
    """Return the kind of an absolute link: web, mail or other."""
    match read_scheme(url):
        case "http" | "https":
            return LinkKind.WEB
        case "mailto":
            return LinkKind.MAIL
        case _:
            return LinkKind.OTHER


def judge_scheme(url: str) -> LinkVerdict | None:
    """Return the verdict on a link that is no web address; None for a web address.

    `mailto:` and `tel:` are checked for syntax only. `file:` and `javascript:` do not work on a
    published page. `data:` contains its content.
    """
    scheme = read_scheme(url)
    match scheme:
        case "http" | "https":
            return None
        case "mailto":
            return _judge_mail(url.strip())
        case "tel":
            return _judge_phone(url.strip())
        case "file":
            return LinkVerdict(LinkKind.OTHER, LinkStatus.BROKEN, Reason("link-to-own-disk"))
        case "javascript":
            return LinkVerdict(LinkKind.OTHER, LinkStatus.BROKEN, Reason("link-is-script"))
        case "data":
            return LinkVerdict(LinkKind.OTHER, LinkStatus.OK)
        case "":
            return LinkVerdict(LinkKind.OTHER, LinkStatus.UNCHECKED, Reason("link-not-absolute"))
        case _:
            reason = Reason("link-scheme-unchecked", {"scheme": scheme})
            return LinkVerdict(LinkKind.OTHER, LinkStatus.UNCHECKED, reason)


def is_mailbox(text: str) -> bool:
    """Return whether a text is a mail address: dot-atom, `@`, a domain of at least two labels.

    Letters beyond ASCII are allowed on both sides (RFC 6531), quoted local parts are not.
    """
    local, at, domain = text.rpartition("@")
    if not at or not 0 < len(local) <= _MAX_LOCAL or len(domain) > _MAX_DOMAIN:
        return False
    labels = domain.split(".")
    return (
        all(_ATOM.fullmatch(atom) for atom in local.split("."))
        and len(labels) > 1
        and all(_LABEL.fullmatch(label) for label in labels)
    )


def _judge_mail(url: str) -> LinkVerdict:
    """Check `mailto:a@b,c@d?subject=…` (RFC 6068); the address may be in `to=` instead."""
    parts = urlsplit(url)
    named = [unquote(one).strip() for one in parts.path.split(",")]
    mailboxes = [one for one in named if one]
    wrong = next((one for one in mailboxes if not is_mailbox(one)), None)
    if wrong is None and (mailboxes or parts.query):
        return LinkVerdict(LinkKind.MAIL, LinkStatus.OK)
    reason = Reason("link-mail-invalid", {"address": (wrong or "")[:200]})
    return LinkVerdict(LinkKind.MAIL, LinkStatus.BROKEN, reason)


def _judge_phone(url: str) -> LinkVerdict:
    number = unquote(url.partition(":")[2]).strip()
    if len(number) <= 100 and _PHONE.fullmatch(number):
        return LinkVerdict(LinkKind.OTHER, LinkStatus.OK)
    reason = Reason("link-phone-invalid", {"number": number[:100]})
    return LinkVerdict(LinkKind.OTHER, LinkStatus.BROKEN, reason)
