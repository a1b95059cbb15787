"""The subject of a mail: the news first, on one short line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from syncer.report.mail_digest import Digest
from syncer.report.view.records import Item
from syncer.report.visible import shorten
from syncer.report.words import Words

MAX_SUBJECT = 69
_FEWEST_LETTERS = 10
_FEWEST_OF_SENTENCE = 35
_DASH = " – "


def write_subject(digest: Digest) -> str:
    """Return the subject: the numbers of what is new and solved, then the most pressing of it.

    One line of at most `MAX_SUBJECT` characters, whatever the names are. A name that is too long
    is shortened; where nothing of it would be left, something else is said.
    """
    words, mail = digest.words, digest.words.mail
    counted = ((mail.new, len(digest.new)), (mail.fixed, len(digest.fixed)))
    parts = [words.fill(template, n=number) for template, number in counted if number]
    if digest.only_unseen and len(digest.unseen) > 1:
        parts.append(words.fill(mail.unseen, n=len(digest.unseen)))
    parts += (short for short, _ in digest.events)
    if digest.weekly and not parts and digest.waiting:
        parts = [words.fill(mail.waiting, n=len(digest.waiting))]
    start = f"{mail.name}: {', '.join(parts)}{_DASH if parts else ''}"
    leads = _list_leads(digest)
    fitting = (lead(MAX_SUBJECT - len(start)) for lead in leads)
    subject = start + next((text for text in fitting if text), "")
    return shorten(" ".join(subject.removesuffix(_DASH).split()), MAX_SUBJECT)


_Lead = Callable[[int], str]
"""Gives a text of at most so many characters; "" when it would say nothing."""


def _list_leads(digest: Digest) -> Iterator[_Lead]:
    """Yield what the subject may say after the numbers, the best first."""
    words, mail, view = digest.words, digest.words.mail, digest.view
    if digest.new:
        yield lambda room: _name_item(words, digest.new[0], room)
    elif digest.only_unseen:
        yield lambda room: _name_item(words, digest.unseen[0], room)
    elif digest.judged:
        yield _fixed_text(words.fill(mail.judged, n=digest.judged))
    elif not view.complete:
        for text in view.incomplete_because[:1]:
            yield _fixed_text(text.rstrip("."))
            # Its first sentence says what; those that follow say why.
            yield _cut_text(text.partition(". ")[0].rstrip("."))
    elif not digest.waiting:
        yield _fixed_text(mail.none_to_do)
    elif digest.weekly:
        yield lambda room: _name_oldest(words, digest.oldest[0], room)
    else:
        yield from (_fixed_text(text.rstrip(".")) for text in digest.fixed[:1])
    if digest.waiting:
        yield _fixed_text(words.fill(mail.to_do, n=len(digest.waiting)))


def _fixed_text(text: str) -> _Lead:
    return lambda room: text if len(text) <= room else ""


def _cut_text(text: str) -> _Lead:
    return lambda room: shorten(text, room) if room >= _FEWEST_OF_SENTENCE else ""


def _name_oldest(words: Words, item: Item, room: int) -> str:
    frame = words.fill(words.mail.longest, what="x")
    what = _name_item(words, item, room - len(frame) + 1)
    return words.fill(words.mail.longest, what=what) if what else ""


def say_item(words: Words, item: Item, name: str | None = None) -> str:
    """Return an item in a few words; `name` replaces its title."""
    subject = item.title if name is None else name
    brief = "" if item.parts else words.brief(item.term, subject)
    return brief or words.fill(words.mail.together, subject=subject, badge=item.badge)


def _name_item(words: Words, item: Item, room: int) -> str:
    """Return an item in a few words, its name shortened to fit."""
    whole = say_item(words, item)
    if len(whole) <= room:
        return whole
    letters = len(item.title) - (len(whole) - room)
    name = shorten(item.title, letters)
    shortened = say_item(words, item, name) if letters >= _FEWEST_LETTERS else ""
    return shortened if len(shortened) <= room else ""
