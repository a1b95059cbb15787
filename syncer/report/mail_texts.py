"""A mail about a run: its subject, its text, and the same as HTML that any mail program shows."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from syncer.report.html import render_template
from syncer.report.mail_content import MailBlock, MailContent, MailEntry, Room, write_content
from syncer.report.mail_digest import Digest
from syncer.report.mail_subject import write_subject

_USUAL = Room()
_WIDTH = 72


@dataclass(frozen=True, slots=True)
class MailTexts:
    """A mail in words: `subject` is one line, `text` and `html` say the same."""

    subject: str
    text: str
    html: str


def render_mail(digest: Digest, *, report_url: str | None, room: Room = _USUAL) -> MailTexts:
    """Return the mail about a run; everything from outside is escaped.

    `report_url` is where people read the report, for the button; None: there is none.
    """
    content = write_content(digest, room)
    return MailTexts(
        subject=write_subject(digest),
        text="".join(f"{line}\n" for line in _write_text(content, report_url)),
        html=render_template("mail.html.jinja", content=content, report_url=report_url),
    )


def _write_text(content: MailContent, report_url: str | None) -> Iterator[str]:
    """Yield the lines, of at most 72 characters unless a word is longer."""
    yield from _wrap(content.heading)
    for text in filter(None, (content.verdict, *content.remarks)):
        yield from ("", *_wrap(text))
    for block in content.blocks:
        yield from ("", *_write_block(block))
    yield from ("", *_wrap(content.numbers_heading))
    yield from (f"{number:>5} {name}" for number, name in content.numbers)
    if report_url is not None:
        yield from ("", f"{content.button}:", report_url)
    yield from ("", *_wrap(content.closing))


def _write_block(block: MailBlock) -> Iterator[str]:
    yield from _wrap(block.heading)
    yield "-" * min(len(block.heading), _WIDTH)
    for line in block.lines:
        yield from _wrap(line, "* ")
    for number, entry in enumerate(block.entries):
        if number:
            yield ""
        yield from _write_entry(entry)
    if block.more:
        yield from ("", *_wrap(block.more))


def _write_entry(entry: MailEntry) -> Iterator[str]:
    yield from _wrap(f"{entry.title} – {entry.badge}", "* ")
    action = f"{entry.who} {entry.action}".strip()
    for line in (*entry.sentences, action, *entry.details):
        yield from _wrap(line, "  ")


def _wrap(text: str, mark: str = "") -> list[str]:
    """Return a paragraph in lines; no word and no address is broken."""
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )
