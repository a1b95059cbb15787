"""The items of a run as a mail sorts them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from syncer.manifest.document import StatusManifest
from syncer.manifest.news import News
from syncer.model.findings import Severity
from syncer.redact import make_visible
from syncer.report.view import View, build_view
from syncer.report.view.records import Item, SectionKey
from syncer.report.words import Lang, Topic, Words, words_of

_SEVERITIES: tuple[str, ...] = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Digest:
    """What a mail is about.

    Attributes:
        news: what its readers have not been told yet.
        weekly: whether it comes only because a week has passed without one.
        new: the new items, the most pressing first.
        fixed: what was solved, in words, each once.
        waiting: all open items, the most pressing first; those in `notes` of the report are none.
        oldest: the same, the one that has waited longest first; what is only promised comes last.
        sections: the section of each item, by id.
        judged: how many items new rules judge differently.
    """

    view: View
    words: Words
    news: News
    weekly: bool
    new: tuple[Item, ...]
    fixed: tuple[str, ...]
    waiting: tuple[Item, ...]
    oldest: tuple[Item, ...]
    sections: dict[str, SectionKey]
    judged: int

    @property
    def events(self) -> tuple[tuple[str, str], ...]:
        """What has happened to the check itself, in words for the subject and the heading."""
        mail, news, complete = self.words.mail, self.news, self.view.complete
        happened = (
            (news.first, mail.first, mail.heading_first),
            (not complete, mail.incomplete, mail.heading_incomplete),
            (news.completeness and complete, mail.complete_again, mail.heading_complete),
            (news.rules, mail.rules, mail.heading_rules),
        )
        return tuple((short, long) for is_so, short, long in happened if is_so)


def digest_run(manifest: StatusManifest, news: News, *, lang: Lang, weekly: bool = False) -> Digest:
    """Sort the items of a run; `news` and `weekly` are as in `Digest`."""
    view = build_view(manifest, lang, {finding.id for finding in news.new})
    placed = [
        (section.key, item)
        for section in view.sections
        for topic in section.topics
        for item in topic.items
    ]
    # The sort is stable: within a severity the report's own order stays.
    waiting = sorted((item for _, item in placed), key=_rank_severity)
    since = {make_visible(one.id): one.first_seen_at for one in manifest.findings}
    oldest = sorted(waiting, key=lambda item: (item.topic is Topic.PROMISED, since[item.id].date()))
    return Digest(
        view=view,
        words=words_of(lang),
        news=news,
        weekly=weekly,
        new=tuple(item for item in waiting if item.new),
        fixed=_list_fixed(manifest, view, {one.id for one in news.fixed}),
        waiting=tuple(waiting),
        oldest=tuple(oldest),
        sections={item.id: section for section, item in placed},
        judged=(manifest.changes.judged_differently or 0) if news.rules else 0,
    )


def _rank_severity(item: Item) -> int:
    known = item.severity in _SEVERITIES
    return _SEVERITIES.index(item.severity) if known else len(_SEVERITIES)


def _list_fixed(manifest: StatusManifest, view: View, fixed: Collection[str]) -> tuple[str, ...]:
    if view.changes is None:
        return ()
    pairs = zip(manifest.changes.fixed, view.changes.fixed, strict=True)
    return tuple(dict.fromkeys(text for one, text in pairs if one.id in fixed))
