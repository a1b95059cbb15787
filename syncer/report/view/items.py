"""From findings to items: one for each resource, link or share, with what to do about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from syncer.manifest.document import FindingRecord, LinkRecord, ResourceRecord
from syncer.model.findings import Severity
from syncer.redact import make_visible
from syncer.report.view.addresses import folder_address
from syncer.report.view.causes import phrase_cause
from syncer.report.view.facts import Facts
from syncer.report.view.phrases import (
    OF_FILES,
    gather_values,
    introduce,
    locate_folder,
    needs_address,
    phrase_action,
    phrase_card,
    phrase_common_action,
    phrase_waived,
    recall,
)
from syncer.report.view.points import severity_rank, sort_findings
from syncer.report.view.records import Item, LinkAddress, PlaceInHandbook, Tone
from syncer.report.view.subjects import (
    find_topic,
    item_key,
    link_of,
    only_waits,
    rows_of,
    shown_code,
    subject_key,
)
from syncer.report.view.topics import UNSEEN, topic_rank
from syncer.report.view.why import explain_item
from syncer.report.visible import link_target, show_handbook_text, show_url
from syncer.report.words import Topic

_MAX_FILES = 5
# Hints to put a file into a folder: their address is that folder.
_PUT_CODES = frozenset(
    {
        "add-kinds",
        "add-kinds-keep-todo",
        "finish-draft",
        "put-file",
        "put-promised-file",
        "renew-outdated",
    }
)


def make_items(facts: Facts, findings: Iterable[FindingRecord]) -> tuple[Item, ...]:
    """Return one item for each subject of the findings, in the order of `rank_item`.

    Findings about the rows of one group are one item, and so are those about one address on a page,
    and the items that have one cause.
    """
    by_cause: defaultdict[tuple[str, ...], list[FindingRecord]] = defaultdict(list)
    for finding in findings:
        by_cause[item_key(facts, finding)].append(finding)
    items = (make_item(facts, some) for some in by_cause.values())
    return tuple(sorted(items, key=rank_item))


def make_item(facts: Facts, findings: Sequence[FindingRecord]) -> Item:
    """Return the item of findings with one cause or subject; with the items of its subjects."""
    by_subject: defaultdict[tuple[str, ...], list[FindingRecord]] = defaultdict(list)
    for finding in findings:
        by_subject[subject_key(facts, finding)].append(finding)
    parts = [_make_single(facts, sort_findings(facts, some)) for some in by_subject.values()]
    if len(parts) == 1:
        return parts[0]
    title, sentence = phrase_cause(facts, findings)
    labels = facts.words.labels
    since, since_day = _phrase_since(facts, findings)
    return replace(
        parts[0],
        title=title,
        address=None,
        sentences=(sentence,),
        lead=introduce(facts, findings),
        actions=_unique(
            (
                *_advise_together(facts, findings),
                labels.fix_can if any(f.fixable for f in findings) else "",
            )
        ),
        open_link=None,
        copy_link=None,
        new=any(part.new for part in parts),
        since=since,
        since_day=since_day,
        mentions=(),
        files=(),
        more_files=0,
        why=None,
        consequences=_list_consequences(facts, findings),
        parts=_drop_common(parts, sentence),
    )


def _advise_together(facts: Facts, findings: Sequence[FindingRecord]) -> list[str]:
    """Return the advice of each kind that the findings have, without what only some of it names."""
    by_hint: defaultdict[str, list[FindingRecord]] = defaultdict(list)
    for finding in findings:
        by_hint["" if finding.hint is None else finding.hint.code].append(finding)
    return [phrase_common_action(facts, some) for some in by_hint.values()]


def _drop_common(parts: Sequence[Item], common: str) -> tuple[Item, ...]:
    """Return the items without the sentences that their common item's sentence says."""
    return tuple(
        replace(part, sentences=tuple(said for said in part.sentences if said not in common))
        for part in parts
    )


def rank_item(item: Item) -> tuple[int, bool, int, str, str]:
    """Return the place of an item among others: severity, what is new, topic, title."""
    severity = severity_rank(item.severity)
    return (severity, not item.new, topic_rank(item.topic), item.title, item.id)


def _find_tone(severity: str, topic: Topic) -> Tone:
    if topic in UNSEEN:
        return Tone.UNKNOWN
    match severity:
        case Severity.ERROR:
            return Tone.ALARM
        case Severity.WARNING:
            return Tone.WARNING
    return Tone.NOTE


def _make_single(facts: Facts, findings: Sequence[FindingRecord]) -> Item:
    first = findings[0]
    topic = find_topic(facts, first)
    links = [link for finding in findings if (link := link_of(facts, finding)) is not None]
    # An item about a link mentions only the link, even a resource's: its other links may work.
    rows = () if links else rows_of(facts, first)
    by_code = {finding.code: finding for finding in reversed(findings)}
    codes = tuple(dict.fromkeys(finding.code for finding in findings))
    steps = [code for code in codes if not only_waits(by_code[code])] or codes
    values = {code: gather_values(facts, by_code[code]) for code in codes}
    files, more_files = facts.show_files(rows, _MAX_FILES)
    since, since_day = _phrase_since(facts, findings)
    title = _find_title(findings, links, str(values[first.code]["subject"]))
    return Item(
        id=make_visible(first.id),
        code=make_visible(first.code),
        topic=topic,
        severity=first.severity,
        tone=_find_tone(first.severity, topic),
        badge=facts.words.finding(shown_code(facts, first)).badge,
        term=make_visible(shown_code(facts, first)),
        address=LinkAddress(show_url(links[0].url), link_target(links[0].url)) if links else None,
        title=title,
        sentences=_unique(phrase_card(facts, by_code[code], values[code]) for code in codes),
        lead=introduce(facts, by_code.values()),
        actions=_unique(
            (
                *(phrase_action(facts, by_code[c], values[c], with_address=False) for c in steps),
                facts.words.labels.fix_can if any(f.fixable for f in findings) else "",
            )
        ),
        open_link=_find_address(facts, findings, to_open=True) or _find_folder(facts, first),
        copy_link=_find_address(facts, findings, to_open=False),
        new=any(finding.id in facts.new for finding in findings),
        since=since,
        since_day=since_day,
        mentions=tuple(
            one for one in _list_mentions(facts, findings, rows) if not _repeats(one, title)
        ),
        files=files,
        more_files=more_files,
        why=explain_item(facts, first, rows),
        consequences=_list_consequences(facts, findings),
        known=recall(facts, rows[0]) if rows else "",
        waived=" · ".join(_unique(phrase_waived(facts, f) for f in findings)) or None,
    )


def _find_title(
    findings: Sequence[FindingRecord], links: Sequence[LinkRecord], subject: str
) -> str:
    """Return the text of a link that several rows have, else the subject."""
    if links and len({finding.resource for finding in findings}) > 1:
        return show_handbook_text(links[0].text) or show_url(links[0].url)
    return subject


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for text in dict.fromkeys(texts) if text)


def _find_address(facts: Facts, findings: Sequence[FindingRecord], *, to_open: bool) -> str | None:
    """Return the first address of a hint: a folder to open, or a link for the handbook.

    One that the sentence of its hint shows already is not repeated.
    """
    for finding in findings:
        hint = finding.hint
        if hint is None or (hint.code in _PUT_CODES) != to_open:
            continue
        if needs_address(facts, hint):
            continue
        if isinstance(url := hint.args.get("url"), str):
            return link_target(url)
    return None


def _find_folder(facts: Facts, finding: FindingRecord) -> str | None:
    """Return a link to the folder of the file that a finding is about."""
    if not finding.code.startswith(OF_FILES):
        return None
    return folder_address(facts.shares, *locate_folder(finding))


def _phrase_since(facts: Facts, findings: Sequence[FindingRecord]) -> tuple[str, str]:
    """Return since when it is so, with the runs ("" when this run is the first) and without."""
    first = min(findings, key=lambda finding: (finding.first_seen_at, -finding.runs))
    template, at = facts.words.labels.open_since, first.first_seen_at
    since_day = facts.words.fill(template, at=at)
    if at >= facts.manifest.run.started_at:
        return "", since_day
    return facts.words.fill(template, at=at, runs=first.runs if first.runs > 1 else None), since_day


def _list_mentions(
    facts: Facts, findings: Sequence[FindingRecord], rows: Sequence[ResourceRecord]
) -> tuple[PlaceInHandbook, ...]:
    """Return where the handbook mentions it, by page and line, each place once."""
    if rows:
        places = {(row.page, row.line): facts.mention_row(row) for row in rows}
    else:
        places = {}
        for finding in findings:
            link = link_of(facts, finding)
            if finding.page is not None:
                place = finding.page, finding.line
                places[finding.page, finding.line or 0] = facts.mention_page(*place)
            if link is not None:
                places[link.page, link.line] = facts.mention_page(link.page, link.line)
    return tuple(mention for _, mention in sorted(places.items(), key=lambda place: place[0]))


def _repeats(mention: PlaceInHandbook, title: str) -> bool:
    """Return whether a place says no more than the title: a whole page, with no address to open."""
    return mention.line is None and mention.page_url is None and mention.title == title


def _list_consequences(facts: Facts, findings: Sequence[FindingRecord]) -> tuple[Item, ...]:
    """Return what these findings explain; only one level, because a cause has no cause itself.

    A link of a resource that is in the list already is not repeated.
    """
    effects = [effect for finding in findings for effect in facts.effects.get(finding.id, ())]
    listed = {effect.resource for effect in effects if effect.link is None} - {None}
    return make_items(facts, (f for f in effects if f.link is None or f.resource not in listed))
