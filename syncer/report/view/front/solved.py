"""What was solved since the last complete run, as people name it."""

from __future__ import annotations

from collections.abc import Collection

from syncer.manifest.document import FixedRecord, LinkRecord
from syncer.model.findings import Severity
from syncer.model.links import LinkStatus
from syncer.model.matching import Verdict
from syncer.model.shares import ShareStatus
from syncer.report.view.facts import Facts
from syncer.report.view.phrases import name_subject
from syncer.report.view.subjects import open_findings, subject_key
from syncer.report.visible import show_handbook_text, show_url

_IN_PLACE = frozenset({Verdict.PRESENT, Verdict.LIKELY})
_WORKS = frozenset({LinkStatus.OK, LinkStatus.REDIRECTED})
# What a share that can be read again does not have any more.
_NOT_READ = frozenset({"share-gone", "share-needs-password", "share-unreadable"})


def phrase_solved(facts: Facts, only: Collection[str] | None = None) -> tuple[str, ...]:
    """Return one sentence for each thing that was solved, in the order of the manifest.

    Not solved is what was explained by something else, was set aside, was only information, or
    still has another point. `only` are the ids of the findings to tell. Each sentence says no more
    than this run has seen: that a link works, or that it is gone from the page.
    """
    pending = {
        subject_key(facts, finding)
        for finding in open_findings(facts)
        if finding.severity != Severity.INFO
    }
    said = (
        _phrase(facts, one)
        for one in facts.manifest.changes.fixed
        if _counts(one)
        and not _is_pending(facts, one, pending)
        and (only is None or one.id in only)
    )
    return tuple(dict.fromkeys(said))


def _counts(one: FixedRecord) -> bool:
    return one.caused_by is None and one.waived_until is None and one.severity != Severity.INFO


def _is_pending(facts: Facts, one: FixedRecord, pending: Collection[tuple[str, ...]]) -> bool:
    row = facts.rows.get(one.resource or "")
    return one.link is None and row is not None and ("resource", row.group) in pending


def _phrase(facts: Facts, one: FixedRecord) -> str:
    row, link = facts.rows.get(one.resource or ""), facts.links.get(one.link or "")
    labels, fill = facts.words.labels, facts.words.fill
    if one.link is not None:
        text = show_handbook_text(str(one.args.get("text") or "")) or show_url(one.subject)
        page = None if one.page is None else facts.title_page(one.page)
        link = link or _find_corrected(facts, one)
        if link is None:
            return fill(labels.solved_link_removed, text=text, page=page)
        if link.status in _WORKS:
            return fill(labels.solved_link, text=text, page=page)
        return _phrase_other(facts, one, text)
    name = name_subject(facts, one, row, None)
    if one.resource is not None and row is None:
        return fill(labels.solved_row_removed, name=name)
    if row is not None and row.status in _IN_PLACE:
        return fill(labels.solved_row, name=name)
    if one.subject != one.args.get("share"):
        return _phrase_other(facts, one, name)
    share = facts.shares.get(one.subject)
    if share is None:
        return fill(labels.solved_share_removed, name=name)
    if share.status == ShareStatus.OK and one.code in _NOT_READ:
        return fill(labels.solved_share, name=name)
    return _phrase_other(facts, one, name)


def _find_corrected(facts: Facts, one: FixedRecord) -> LinkRecord | None:
    """Return the link that has the text of a corrected one, on the same page; None for none."""
    text = one.args.get("text")
    same = (ln for ln in facts.manifest.links if text and (ln.page, ln.text) == (one.page, text))
    return next(same, None)


def _phrase_other(facts: Facts, one: FixedRecord, name: str) -> str:
    badge = facts.words.finding(one.code).badge
    return facts.words.fill(facts.words.labels.solved_other, name=name, badge=badge)
