"""The items of a run as a mail sorts them."""

from __future__ import annotations

from dataclasses import dataclass

from syncer.manifest.document import StatusManifest
from syncer.manifest.news import News
from syncer.redact import make_visible
from syncer.report.view import View, build_view
from syncer.report.view.counts import OWNERS
from syncer.report.view.facts import gather_facts
from syncer.report.view.front.solved import phrase_solved
from syncer.report.view.points import severity_rank
from syncer.report.view.records import Item, SectionKey
from syncer.report.words import Lang, Words, words_of


@dataclass(frozen=True, slots=True)
class Digest:
    """What a mail is about.

    Attributes:
        news: what its readers have not been told yet.
        weekly: whether it comes only because a week has passed without one.
        new: the new items, the most pressing first.
        fixed: what was solved, in words, each once.
        waiting: what there is to do, the most pressing first.
        unseen: what the next run looks at again, so that nobody need do anything.
        oldest: the same and what is promised, each by how long it has waited; promises come last.
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
    unseen: tuple[Item, ...]
    oldest: tuple[Item, ...]
    sections: dict[str, SectionKey]
    judged: int

    @property
    def only_unseen(self) -> bool:
        """Whether nothing has happened but that something could not be looked at."""
        happened = self.new or self.fixed or not self.view.complete
        return bool(self.unseen and self.news.new and not happened)

    @property
    def events(self) -> tuple[tuple[str, str], ...]:
        """What has happened to the check itself, in words for the subject and the heading."""
        mail, news, complete = self.words.mail, self.news, self.view.complete
        happened = (
            (news.first, mail.first, mail.heading_first),
            (not complete, mail.incomplete, self.view.verdict),
            (news.completeness and complete, mail.complete_again, mail.heading_complete),
            (news.rules, mail.rules, mail.heading_rules),
        )
        return tuple((short, long) for is_so, short, long in happened if is_so)


def digest_run(manifest: StatusManifest, news: News, *, lang: Lang, weekly: bool = False) -> Digest:
    """Sort the items of a run; `news` and `weekly` are as in `Digest`."""
    words = words_of(lang)
    view = build_view(manifest, lang, None if news.first else {one.id for one in news.new})
    sections = {
        item.id: section.key
        for section in view.sections
        for block in section.shown
        for item in block.items
    }
    owned = [section for section in view.sections if section.key in OWNERS]
    to_do = [item for one in owned for block in one.blocks for item in block.items]
    # The sort is stable: within a severity the report's own order stays.
    waiting = sorted(to_do, key=lambda item: severity_rank(item.severity))
    promised = [item for one in owned if one.promised for item in one.promised.items]
    since = {make_visible(one.id): one.first_seen_at for one in manifest.findings}
    oldest = [
        item
        for some in (waiting, promised)
        for item in sorted(some, key=lambda item: since[item.id].date())
    ]
    return Digest(
        view=view,
        words=words,
        news=news,
        weekly=weekly,
        new=() if news.first else tuple(item for item in waiting if item.new),
        fixed=phrase_solved(gather_facts(manifest, words), {one.id for one in news.fixed}),
        waiting=tuple(waiting),
        unseen=tuple(
            item
            for section in view.sections
            if section.key is SectionKey.UNSEEN
            for block in section.shown
            for item in block.items
        ),
        oldest=tuple(oldest),
        sections=sections,
        judged=(manifest.changes.judged_differently or 0) if news.rules else 0,
    )
