"""Build the view of a manifest."""

from __future__ import annotations

from collections.abc import Collection

from syncer.manifest.document import StatusManifest
from syncer.redact import make_visible
from syncer.report.view.counts import count, part_resources
from syncer.report.view.facts import Facts, gather_facts
from syncer.report.view.front.course import draw_history
from syncer.report.view.front.figures import list_figures, tell_fine
from syncer.report.view.front.first_screen import detail, judge, open_doors, tell_news
from syncer.report.view.front.front_records import Changes, NewsView, View
from syncer.report.view.front.updates import phrase_changed
from syncer.report.view.items import make_items
from syncer.report.view.legend import explain_badges
from syncer.report.view.listing import list_filters, list_links, list_resources, list_shares
from syncer.report.view.points import list_points
from syncer.report.view.remarks import list_incomplete_reasons, list_remarks
from syncer.report.view.sections import make_sections
from syncer.report.view.subjects import waived_findings
from syncer.report.words import Lang, words_of

_REVISION_LENGTH = 10


def build_view(manifest: StatusManifest, lang: Lang, new: Collection[str] | None = None) -> View:
    """Return the view of a manifest, the same on every day.

    `new` are the ids of the findings that are not in the baseline; None, without a baseline, marks
    what is new since the last complete run. An unknown code of a newer manifest is shown as such.
    """
    words = words_of(lang)
    facts = gather_facts(manifest, words, new)
    points = list_points(facts)
    counts = count(facts, points)
    sections = make_sections(facts, points, counts)
    verdict, tone = judge(facts, points, counts)
    news, figures = tell_news(facts, sections, counts), list_figures(facts, counts)
    resources, links = list_resources(facts, part_resources(facts, points)), list_links(facts)
    waived = make_items(facts, waived_findings(facts))
    run, mails, next_at = manifest.run, counts.unlisted_mail, manifest.run.next_expected_at
    return View(
        lang=lang,
        title=words.fill(words.labels.title, day=run.finished_at),
        tone=tone,
        complete=run.complete,
        verdict=verdict,
        details=detail(facts, counts, news, figures),
        news=news,
        doors=open_doors(facts, sections, counts),
        figures=figures,
        fine=tell_fine(facts, counts),
        remarks=list_remarks(facts, counts),
        incomplete_because=tuple(
            reason for reason in list_incomplete_reasons(facts) if reason != f"{verdict}."
        ),
        made_at=words.fill(words.labels.made_at, at=run.finished_at),
        made_at_iso=run.finished_at.isoformat(),
        next_at=None if next_at is None else words.fill(words.labels.next_at, at=next_at),
        next_at_iso=None if next_at is None else next_at.isoformat(),
        sections=sections,
        changes=_list_changes(facts, news),
        history=draw_history(facts, counts),
        waived=waived,
        resources=resources,
        links=links,
        shares=list_shares(facts),
        filters=list_filters(facts, counts, resources, links),
        mail_remark=words.fill(words.labels.mail_count, n=mails) if mails else None,
        legend=explain_badges(facts, sections, waived),
        colophon=_write_colophon(facts),
    )


def _list_changes(facts: Facts, news: NewsView) -> Changes | None:
    """Return what was solved, moved and updated; None without an earlier run to compare with."""
    changes, words, labels = facts.manifest.changes, facts.words, facts.words.labels
    if changes.since is None:
        return None
    moved = [
        words.fill(labels.moved_item, before=make_visible(one.from_), after=one.to)
        for one in changes.moved
    ]
    return Changes(labels.section_changes, news.solved, tuple(moved), phrase_changed(facts))


def _write_colophon(facts: Facts) -> tuple[str, ...]:
    manifest, words = facts.manifest, facts.words
    tool = words.fill(words.labels.made_by, name=manifest.tool.name, version=manifest.tool.version)
    handbook = manifest.handbook
    kinds = {
        "jekyll": words.labels.site_jekyll,
        "github": words.labels.site_github,
        "files": words.labels.site_files,
    }
    read_as = [kinds[handbook.site]] if handbook.site in kinds else []
    if handbook.revision is None:
        return (*read_as, tool)
    revision = handbook.revision[:_REVISION_LENGTH]
    return (words.fill(words.labels.handbook_revision, revision=revision), *read_as, tool)
