"""What a mail says about a run: in a few lines, not the whole report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from syncer.report.mail_digest import Digest
from syncer.report.view.records import Item, SectionKey, Tone
from syncer.report.visible import shorten
from syncer.report.words import Lang

_MAX_LINK = 500


@dataclass(frozen=True, slots=True)
class Room:
    """How much a mail may say: entries below each heading, and letters in each text."""

    entries: int = 8
    letters: int = 320


@dataclass(frozen=True, slots=True)
class MailEntry:
    """One item.

    Attributes:
        sentences: what is wrong.
        who, action: who should do what about it; both "" when nothing can be done.
        details: an address to use, where the handbook mentions it, and since when.
    """

    title: str
    badge: str
    tone: Tone
    sentences: tuple[str, ...]
    who: str
    action: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MailBlock:
    """A heading with entries or plain lines; `more` says how many are left out ("" for none)."""

    heading: str
    entries: tuple[MailEntry, ...]
    lines: tuple[str, ...]
    more: str


@dataclass(frozen=True, slots=True)
class MailContent:
    """A mail before any format. Every text is safe to display, but not escaped.

    Attributes:
        heading: the news in one line.
        verdict: the state of the handbook in one sentence; "" where the heading says it.
        remarks: what limits it, and what is to be known of the check itself.
        numbers: how many items are open, and for whom.
        closing: when the check was, and when the next is.
    """

    lang: Lang
    tone: Tone
    heading: str
    verdict: str
    remarks: tuple[str, ...]
    blocks: tuple[MailBlock, ...]
    numbers_heading: str
    numbers: tuple[tuple[str, str], ...]
    button: str
    closing: str


def write_content(digest: Digest, room: Room) -> MailContent:
    """Return what a mail says, within its room."""
    view, mail = digest.view, digest.words.mail
    return MailContent(
        lang=view.lang,
        tone=view.tone,
        heading=_write_heading(digest),
        verdict=shorten(_write_verdict(digest), room.letters),
        remarks=tuple(shorten(text, room.letters) for text in view.remarks[: room.entries]),
        blocks=tuple(_list_blocks(digest, room)),
        numbers_heading=mail.block_numbers,
        numbers=_count_for_whom(digest),
        button=mail.button,
        closing=view.times,
    )


def _write_heading(digest: Digest) -> str:
    words, mail = digest.words, digest.words.mail
    counted = ((mail.heading_new, len(digest.new)), (mail.heading_fixed, len(digest.fixed)))
    counts = [words.fill(template, n=number) for template, number in counted if number]
    if digest.only_unseen:
        counts.append(words.fill(mail.heading_unseen, n=len(digest.unseen)))
    said = [words.join(counts)] if counts else []
    said += (long for _, long in digest.events)
    if said:
        return f"{'. '.join(text[0].upper() + text[1:] for text in said)}."
    if not digest.waiting:
        return mail.nothing_to_do
    template = mail.heading_waiting if digest.weekly else mail.to_do
    return f"{words.fill(template, n=len(digest.waiting))}."


def _write_verdict(digest: Digest) -> str:
    """Return what the heading does not say: how much waits beside what is new."""
    words, view = digest.words, digest.view
    if not view.complete or (digest.weekly and digest.waiting):
        return ""
    if digest.new:
        old = len(digest.waiting) - len(digest.new)
        return words.fill(words.mail.still_waiting, n=old) if old else ""
    # On a good day without news the heading is the verdict.
    is_said = not (digest.fixed or digest.only_unseen or digest.events or digest.waiting)
    return view.details if is_said else f"{view.verdict}."


def _count_for_whom(digest: Digest) -> tuple[tuple[str, str], ...]:
    """Return the numbers of the report's doors, with words.

    What could not be checked is nobody's yet, and has a number of its own where there is any. An
    incomplete run says in its remarks how much of the handbook that is.
    """
    words, mail = digest.words, digest.words.mail
    names = {
        SectionKey.SECRETARIAT: mail.for_secretariat,
        SectionKey.MAINTAINER: mail.for_maintainer,
        SectionKey.ADMINISTRATOR: mail.for_administrator,
    }
    numbers = [(door.number, names[door.key]) for door in digest.view.doors]
    if digest.unseen and digest.view.complete:
        numbers.append((words.number(len(digest.unseen)), mail.for_nobody))
    return tuple(numbers)


def _list_blocks(digest: Digest, room: Room) -> Iterator[MailBlock]:
    """Yield the blocks that have something to show."""
    view, mail = digest.view, digest.words.mail
    first = digest.waiting if digest.news.first else ()
    oldest = digest.oldest if digest.weekly else ()
    blocks: tuple[tuple[str, Sequence[Item | str]], ...] = (
        (mail.block_new, digest.new),
        (mail.block_fixed, digest.fixed),
        (mail.block_unseen, digest.unseen if digest.only_unseen else view.incomplete_because),
        (mail.block_first, first),
        (mail.block_waiting, oldest),
        (mail.block_changed, view.changes.changed if view.changes else ()),
    )
    for heading, content in blocks:
        shown, rest = content[: room.entries], len(content) - room.entries
        if shown:
            yield MailBlock(
                heading,
                entries=tuple(
                    _make_entry(digest, one, room) for one in shown if isinstance(one, Item)
                ),
                lines=tuple(shorten(one, room.letters) for one in shown if isinstance(one, str)),
                more=digest.words.fill(mail.more, n=rest) if rest > 0 else "",
            )


def _make_entry(digest: Digest, item: Item, room: Room) -> MailEntry:
    labels, section = digest.words.labels, digest.sections[item.id]
    # Whoever can do it is named, unless nobody need do anything.
    is_task = item.lead == labels.do_this and section is not SectionKey.UNSEEN
    who = f"{digest.words.owner(section)}:" if is_task else item.lead
    action = shorten(" ".join(item.actions), room.letters)
    link = item.copy_link if len(item.copy_link or "") <= _MAX_LINK else None
    details = (link, _name_place(digest, item, room), item.since if digest.weekly else "")
    return MailEntry(
        title=shorten(item.title, room.letters // 3),
        badge=item.badge,
        tone=item.tone,
        sentences=tuple(shorten(text, room.letters) for text in item.sentences),
        who=who if action else "",
        action=action,
        details=tuple(text for text in details if text),
    )


def _name_place(digest: Digest, item: Item, room: Room) -> str:
    """Return where the handbook mentions an item first, and how often it does."""
    words, mail = digest.words, digest.words.mail
    mentions = item.mentions or tuple(one for part in item.parts for one in part.mentions)
    if not mentions:
        return ""
    title = shorten(mentions[0].title, room.letters // 3)
    place = words.fill(mail.place, title=title, line=mentions[0].line)
    more = len(mentions) - 1
    return words.fill(mail.more_places, place=place, n=more) if more else place
