"""The link with which a reader says that an item is wrong: a prefilled mail or issue."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from syncer.report.view.records import Item
from syncer.report.words import Words

MAX_LENGTH = 1900
"""Limit on a link: some mail programs take no longer one on a command line (2,047 characters)."""
_MAX_SUBJECT = 400
_MAX_PLACES = 3
_SCHEME = "mailto:"
_CUT = quote("…", safe="")
# A code block where Markdown is read: what the handbook says is no link, picture or mention there.
_INDENT = "    "


def write_objection(to: str, item: Item, words: Words, made_at: str) -> str:
    """Return the address of a new mail, or of a form for a new issue, about an item.

    Args:
        to: a mail address, or an `https` address that takes `title` and `body` (GitHub, Forgejo),
            or has `{title}` and `{body}` in it.
        item: names its id, its first places and what was seen, all of which the page shows too.
        words: of the report's language.
        made_at: when the check was, in words.

    Returns:
        At most `MAX_LENGTH` characters, percent-encoded (RFC 6068); a longer text is cut.
    """
    labels = words.labels
    title = words.fill(labels.objection_subject, badge=item.badge, title=item.title)
    seen = f"{item.title} – {item.badge}."
    lines = (
        words.fill(labels.objection_item, id=item.id, code=item.code),
        f"{made_at}.",
        *_list_places(item, words),
        words.fill(labels.objection_seen, seen=" ".join((seen, *item.sentences))),
    )
    facts = "\r\n".join(f"{_INDENT}{line}" for line in lines)
    body = f"{labels.objection_request}\r\n\r\n\r\n\r\n{facts}\r\n"
    template = _make_template(to)
    subject = _encode(title, _MAX_SUBJECT)
    room = MAX_LENGTH - len(template.replace("{title}", subject).replace("{body}", ""))
    return template.replace("{title}", subject).replace("{body}", _encode(body, room))


def _make_template(to: str) -> str:
    if to.startswith("https://"):
        if "{body}" in to or "{title}" in to:
            return to
        return f"{to}{'&' if '?' in to else '?'}title={{title}}&body={{body}}"
    name, _, host = to.removeprefix(_SCHEME).rpartition("@")
    return f"{_SCHEME}{quote(name, safe='')}@{host}?subject={{title}}&body={{body}}"


def _list_places(item: Item, words: Words) -> Sequence[str]:
    mentions = item.mentions or tuple(one for part in item.parts for one in part.mentions)
    return [
        words.fill(words.labels.objection_place, page=one.page, line=one.line)
        for one in mentions[:_MAX_PLACES]
    ]


def _encode(text: str, room: int) -> str:
    """Return a text percent-encoded, cut after the last character that fits into `room`."""
    whole = quote(text, safe="")
    if len(whole) <= room:
        return whole
    encoded = ""
    for character in text:
        more = quote(character, safe="")
        if len(encoded) + len(more) > room - len(_CUT):
            break
        encoded += more
    return encoded + _CUT
