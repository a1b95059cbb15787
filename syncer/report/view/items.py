"""From findings to items: one for each resource, link or share, with what to do about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from syncer.manifest.document import FindingRecord, LinkRecord, ReasonRecord, ResourceRecord
from syncer.model.findings import Severity
from syncer.model.links import LinkKind
from syncer.model.matching import KindStatus
from syncer.model.shares import ShareStatus
from syncer.redact import make_visible
from syncer.report.view.addresses import folder_address
from syncer.report.view.causes import find_cause, phrase_cause
from syncer.report.view.facts import Facts, show_path
from syncer.report.view.records import Item, LinkAddress, PlaceInHandbook, Tone
from syncer.report.view.topics import UNSEEN, topic_of, topic_rank
from syncer.report.view.why import explain_item
from syncer.report.visible import link_target, show_handbook_text, show_url
from syncer.report.words import Topic
from syncer.report.words.phrasing import Value

_SEVERITIES: tuple[str, ...] = tuple(Severity)
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
_OPENS_ROOT = "share-link-opens-root"
_OF_FILES, _OF_PAGES = "file-", "page-"
_PARTIAL, _ARRIVED = "resource-partial", "resource-arrived"


def open_findings(facts: Facts) -> tuple[FindingRecord, ...]:
    """Return the findings that are counted: neither waived nor explained by another one."""
    return tuple(
        finding
        for finding in facts.manifest.findings
        if finding.waived_until is None and finding.id not in facts.explained
    )


def waived_findings(facts: Facts) -> tuple[FindingRecord, ...]:
    """Return the findings that are set aside."""
    return tuple(f for f in facts.manifest.findings if f.waived_until is not None)


def make_items(facts: Facts, findings: Iterable[FindingRecord]) -> tuple[Item, ...]:
    """Return one item for each subject of the findings, by topic and severity.

    Findings about the rows of one group are one item, and so are those about one address on a page,
    and the items that have one cause.
    """
    by_cause: defaultdict[tuple[str, ...], list[FindingRecord]] = defaultdict(list)
    for finding in findings:
        by_cause[item_key(facts, finding)].append(finding)
    items = (_make_one(facts, some) for some in by_cause.values())
    return tuple(sorted(items, key=_rank_item))


def _make_one(facts: Facts, findings: Sequence[FindingRecord]) -> Item:
    """Return the item of findings with one cause or subject; with the items of its subjects."""
    by_subject: defaultdict[tuple[str, ...], list[FindingRecord]] = defaultdict(list)
    for finding in findings:
        by_subject[_subject_key(facts, finding)].append(finding)
    rank = partial(_rank_finding, facts)
    parts = [_make_item(facts, sorted(some, key=rank)) for some in by_subject.values()]
    if len(parts) == 1:
        return parts[0]
    title, sentence = phrase_cause(facts, findings)
    labels, words = facts.words.labels, facts.words.finding(findings[0].code)
    since, since_day = _phrase_since(facts, findings)
    return replace(
        parts[0],
        title=title,
        address=None,
        sentences=(sentence,),
        actions=_unique((words.action, labels.fix_can if any(f.fixable for f in findings) else "")),
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
        parts=tuple(parts),
    )


def item_key(facts: Facts, finding: FindingRecord) -> tuple[str, ...]:
    """Return the key that the findings of one item have in common: their cause, else subject."""
    return find_cause(finding) or _subject_key(facts, finding)


def _subject_key(facts: Facts, finding: FindingRecord) -> tuple[str, ...]:
    """Return the link's address on its page, else the row's group, else the finding alone."""
    link = _link_of(facts, finding)
    if link is not None:
        return (finding.code, link.page, _address_key(link))
    row = facts.rows.get(finding.resource or "")
    return ("finding", finding.id) if row is None else ("resource", row.group)


def _address_key(link: LinkRecord) -> str:
    """Return the key of a link's address; a mail link's is masked, and an empty one has none."""
    return link.id if link.kind == LinkKind.MAIL or not link.url else link.url


def phrase_finding(facts: Facts, finding: FindingRecord) -> tuple[str, str, str]:
    """Return the subject of a finding, what is wrong, and what to do ("" for nothing).

    What to do includes the address of the hint.
    """
    values = _gather_values(facts, finding)
    return (
        str(values["subject"]),
        _phrase_sentence(facts, finding, values),
        _phrase_action(facts, finding, values, with_address=True),
    )


def is_partly_ready(facts: Facts, finding: FindingRecord) -> bool:
    """Return whether a resource has arrived only in part, so that it must not be linked yet."""
    row = facts.rows.get(finding.resource or "")
    return finding.code == _ARRIVED and row is not None and row.group in facts.partial_groups


def find_topic(facts: Facts, finding: FindingRecord) -> Topic:
    """Return the topic of a finding; a partly ready resource counts as promised only with ToDo."""
    row = facts.rows.get(finding.resource or "")
    if finding.code == _PARTIAL and row is not None and not row.todo:
        return Topic.PARTIAL
    return topic_of(finding.code)


def _rank_finding(facts: Facts, finding: FindingRecord) -> tuple[int, int, str, int, str]:
    return (
        _severity_rank(finding.severity),
        topic_rank(find_topic(facts, finding)),
        finding.page or "",
        finding.line or 0,
        finding.id,
    )


def _rank_item(item: Item) -> tuple[int, int, bool, str, str]:
    severity = _severity_rank(item.severity)
    return (topic_rank(item.topic), severity, not item.new, item.title, item.id)


def _severity_rank(severity: str) -> int:
    return _SEVERITIES.index(severity) if severity in _SEVERITIES else len(_SEVERITIES)


def _find_tone(severity: str, topic: Topic) -> Tone:
    if topic in UNSEEN:
        return Tone.UNKNOWN
    match severity:
        case Severity.ERROR:
            return Tone.ALARM
        case Severity.WARNING:
            return Tone.WARNING
    return Tone.NOTE


def _make_item(facts: Facts, findings: Sequence[FindingRecord]) -> Item:
    findings = [f for f in findings if not is_partly_ready(facts, f)] or findings
    first = findings[0]
    topic = find_topic(facts, first)
    links = [link for finding in findings if (link := _link_of(facts, finding)) is not None]
    # An item about a link mentions only the link, even a resource's: its other links may work.
    rows = () if links else _rows_of(facts, first)
    by_code = {finding.code: finding for finding in reversed(findings)}
    codes = tuple(dict.fromkeys(finding.code for finding in findings))
    values = {code: _gather_values(facts, by_code[code]) for code in codes}
    files, more_files = facts.show_files(rows, _MAX_FILES)
    since, since_day = _phrase_since(facts, findings)
    return Item(
        id=make_visible(first.id),
        code=make_visible(first.code),
        topic=topic,
        severity=first.severity,
        tone=_find_tone(first.severity, topic),
        badge=facts.words.finding(first.code).badge,
        address=LinkAddress(show_url(links[0].url), link_target(links[0].url)) if links else None,
        title=_find_title(findings, links, str(values[first.code]["subject"])),
        sentences=_unique(_phrase_sentence(facts, by_code[code], values[code]) for code in codes),
        actions=_unique(
            (
                *(_phrase_action(facts, by_code[c], values[c], with_address=False) for c in codes),
                facts.words.labels.fix_can if any(f.fixable for f in findings) else "",
            )
        ),
        open_link=_find_address(findings, to_open=True) or _find_folder(facts, first),
        copy_link=_find_address(findings, to_open=False),
        new=any(finding.id in facts.new for finding in findings),
        since=since,
        since_day=since_day,
        mentions=_list_mentions(facts, findings, rows),
        files=files,
        more_files=more_files,
        why=explain_item(facts, first, rows),
        consequences=_list_consequences(facts, findings),
        waived=_phrase_waived(facts, first),
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


def _link_of(facts: Facts, finding: FindingRecord) -> LinkRecord | None:
    return facts.links.get(finding.link or "")


def _rows_of(facts: Facts, finding: FindingRecord) -> tuple[ResourceRecord, ...]:
    """Return the rows of the group that a finding is about, its own row first."""
    row = facts.rows.get(finding.resource or "")
    if row is None:
        return ()
    others = (other for other in facts.groups[row.group] if other.id != row.id)
    return (row, *others)


def _name_subject(
    facts: Facts, finding: FindingRecord, row: ResourceRecord | None, link: LinkRecord | None
) -> str:
    if finding.code == _OPENS_ROOT:
        # About what the link says, in whichever row it is.
        return show_handbook_text(str(finding.args.get("text", ""))) or show_url(finding.subject)
    if row is not None:
        return show_handbook_text(row.name)
    if link is not None:
        return show_handbook_text(link.text) or show_url(link.url)
    if finding.subject in facts.shares:
        return facts.name_share(finding.subject)
    if finding.code.startswith(_OF_FILES):
        return make_visible(finding.subject.rpartition("/")[2])
    if finding.code.startswith(_OF_PAGES):
        return facts.name_page(finding.subject)
    if finding.code == "place-missing":
        return show_path(finding.subject)
    return show_url(finding.subject) or facts.words.labels.whole_handbook


def _gather_values(facts: Facts, finding: FindingRecord) -> dict[str, Value]:
    """Return the arguments of a finding's templates: its own, and those of its row and link."""
    row = facts.rows.get(finding.resource or "")
    link = _link_of(facts, finding)
    values = facts.name_arguments(finding.args)
    values["subject"] = _name_subject(facts, finding, row, link)
    values["reason"] = _phrase_reason(facts, finding, row, link)
    if finding.code.startswith(_OF_FILES):
        share, folder = _locate_folder(finding)
        values["folder"] = facts.name_folder(share, folder)
        values |= _count_files(finding, values["subject"])
    elif row is not None and link is None and finding.code != _OPENS_ROOT:
        values |= _row_values(facts, row)
    if link is not None:
        values["text"] = show_handbook_text(link.text) or None
        values["final"] = None if link.final_url is None else show_url(link.final_url)
    return values


def _row_values(facts: Facts, row: ResourceRecord) -> dict[str, Value]:
    places = (name for place in row.places if (name := facts.name_place(place)) is not None)
    file = facts.show_file(row.files[0]) if row.files else None
    absent = tuple(kind.name for kind in row.expected if kind.status != KindStatus.PRESENT)
    return {
        "place": next(places, None),
        "where": _name_searched(facts),
        "suggestion": row.suggestion,
        "file": None if file is None else file.name,
        "folder": None if file is None else file.folder,
        "progress": phrase_progress(facts, row) or None,
        "absent": absent or None,
        "label": show_handbook_text(row.label) or facts.words.labels.unknown_place,
        **_recall_status(facts, row),
    }


def _name_searched(facts: Facts) -> str:
    """Return where a missing file is not: "in Nextcloud" only when every share was looked at."""
    seen = all(share.status == ShareStatus.OK for share in facts.manifest.shares)
    labels = facts.words.labels
    return labels.in_nextcloud if seen and facts.manifest.run.complete else labels.in_shared_folder


def phrase_progress(facts: Facts, row: ResourceRecord) -> str:
    """Return how many of the promised kinds are there, and which are not; "" without any."""
    if not row.expected:
        return ""
    labels, words = facts.words.labels, facts.words
    names: defaultdict[str, list[str]] = defaultdict(list)
    for kind in row.expected:
        names[kind.status].append(make_visible(kind.name))
    parts = [
        words.fill(labels.ready_of, ready=len(names[KindStatus.PRESENT]), all=len(row.expected))
    ]
    if absent := names[KindStatus.MISSING]:
        parts.append(words.fill(labels.ready_lacks, absent=words.join(absent)))
    if unknown := names[KindStatus.UNDETERMINED]:
        parts.append(words.fill(labels.ready_unknown, unknown=words.join(unknown)))
    return ", ".join(parts)


def _recall_status(facts: Facts, row: ResourceRecord) -> dict[str, Value]:
    """Return the last proven status of a row in words, and its day."""
    known = row.last_known
    return {} if known is None else {"known": facts.words.verdict(known.status), "on": known.on}


def _phrase_reason(
    facts: Facts, finding: FindingRecord, row: ResourceRecord | None, link: LinkRecord | None
) -> str | None:
    """Return the reason of a finding, else of its row or link."""
    why = finding.args.get("why")
    if isinstance(why, str):
        return facts.phrase(ReasonRecord(code=why, args=finding.args))
    reason = row.reason if row is not None else link.reason if link is not None else None
    return None if reason is None else facts.phrase(reason)


def _locate_folder(finding: FindingRecord) -> tuple[str, str]:
    """Return the share and the folder of the files that a finding is about."""
    share, subject = str(finding.args.get("share", "")), finding.subject
    if "count" in finding.args:
        return share, "" if subject == share else subject
    return share, subject.rpartition("/")[0]


def _count_files(finding: FindingRecord, name: Value) -> dict[str, Value]:
    """Return the name of a single file, or how many files there are beyond the named ones."""
    count, files = finding.args.get("count"), finding.args.get("files")
    if not isinstance(count, int) or not isinstance(files, tuple):
        return {"name": name, "more": None}
    return {"name": None, "more": max(count - len(files), 0) or None}


def _phrase_sentence(facts: Facts, finding: FindingRecord, values: dict[str, Value]) -> str:
    sentence = facts.words.fill(facts.words.finding(finding.code).sentence, values)
    ended = finding.args.get("waiver_ended")
    if not isinstance(ended, str):
        return sentence
    return f"{sentence} {facts.words.fill(facts.words.labels.waiver_ended, at=ended)}"


def _phrase_action(
    facts: Facts, finding: FindingRecord, values: dict[str, Value], *, with_address: bool
) -> str:
    hint = finding.hint
    if hint is None:
        return facts.words.fill(facts.words.finding(finding.code).action, values)
    # An address that is no link for a reader, as one within the site, is shown nowhere else.
    shown = with_address or link_target(str(hint.args.get("url"))) is None
    args = {name: arg for name, arg in hint.args.items() if shown or name != "url"}
    return facts.phrase(ReasonRecord(code=hint.code, args=args))


def _find_address(findings: Sequence[FindingRecord], *, to_open: bool) -> str | None:
    """Return the first address of a hint: a folder to open, or a link for the handbook."""
    for finding in findings:
        hint = finding.hint
        if hint is None or (hint.code in _PUT_CODES) != to_open:
            continue
        if isinstance(url := hint.args.get("url"), str):
            return link_target(url)
    return None


def _find_folder(facts: Facts, finding: FindingRecord) -> str | None:
    """Return a link to the folder of the file that a finding is about."""
    if not finding.code.startswith(_OF_FILES):
        return None
    return folder_address(facts.shares, *_locate_folder(finding))


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
            link = _link_of(facts, finding)
            if finding.page is not None:
                place = finding.page, finding.line
                places[finding.page, finding.line or 0] = facts.mention_page(*place)
            if link is not None:
                places[link.page, link.line] = facts.mention_page(link.page, link.line)
    return tuple(mention for _, mention in sorted(places.items(), key=lambda place: place[0]))


def _list_consequences(facts: Facts, findings: Sequence[FindingRecord]) -> tuple[Item, ...]:
    """Return what these findings explain; only one level, because a cause has no cause itself.

    A link of a resource that is in the list already is not repeated.
    """
    effects = [effect for finding in findings for effect in facts.effects.get(finding.id, ())]
    listed = {effect.resource for effect in effects if effect.link is None} - {None}
    return make_items(facts, (f for f in effects if f.link is None or f.resource not in listed))


def _phrase_waived(facts: Facts, finding: FindingRecord) -> str | None:
    if finding.waived_until is None:
        return None
    try:
        until = datetime.fromisoformat(finding.waived_until)
    except ValueError:
        return make_visible(finding.waived_until)
    return facts.words.fill(facts.words.labels.waived_until, at=f"{until:%Y-%m-%d}")
