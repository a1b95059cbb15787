"""From findings to items: one for each resource, link or share, with what to do about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from syncer.manifest.document import FindingRecord, LinkRecord, ReasonRecord, ResourceRecord
from syncer.model.findings import Severity
from syncer.model.links import LinkKind
from syncer.model.matching import KindStatus
from syncer.report.view.addresses import folder_address
from syncer.report.view.facts import Facts, show_path
from syncer.report.view.records import FileView, Item, LinkAddress, PlaceInHandbook, Tone
from syncer.report.view.topics import UNSEEN, topic_of, topic_rank
from syncer.report.view.why import explain_item
from syncer.report.visible import link_target, make_visible, show_handbook_text, show_url
from syncer.report.words import Topic
from syncer.report.words.phrasing import Value

_SEVERITIES: tuple[str, ...] = tuple(Severity)
_MAX_FILES = 5
# Hints that ask for a file to be put somewhere: their address is where.
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
_OF_FILES, _OF_PAGES = "file-", "page-"
_PARTIAL, _ARRIVED = "resource-partial", "resource-arrived"


def open_findings(facts: Facts) -> tuple[FindingRecord, ...]:
    """Return the findings that are counted: neither set aside nor explained by another."""
    explained = {effect.id for effects in facts.caused.values() for effect in effects}
    return tuple(
        finding
        for finding in facts.manifest.findings
        if finding.waived_until is None and finding.id not in explained
    )


def waived_findings(facts: Facts) -> tuple[FindingRecord, ...]:
    """Return the findings that somebody has set aside."""
    return tuple(f for f in facts.manifest.findings if f.waived_until is not None)


def make_items(facts: Facts, findings: Iterable[FindingRecord]) -> tuple[Item, ...]:
    """Return one item for each thing that the findings are about, the most pressing first.

    Findings about rows of one group are one item, and so are those about one address on a page.
    """
    gathered: defaultdict[tuple[str, ...], list[FindingRecord]] = defaultdict(list)
    for finding in findings:
        gathered[subject_key(facts, finding)].append(finding)
    items = (
        _make_item(facts, sorted(f, key=partial(_rank_finding, facts))) for f in gathered.values()
    )
    return tuple(sorted(items, key=_rank_item))


def subject_key(facts: Facts, finding: FindingRecord) -> tuple[str, ...]:
    """Return what decides which findings are one item."""
    link = facts.links.get(finding.link or "")
    if link is not None:
        return (finding.code, link.page, address_key(link))
    row = facts.rows.get(finding.resource or "")
    if row is not None:
        return ("resource", row.group)
    return ("finding", finding.id)


def address_key(link: LinkRecord) -> str:
    """Return what makes a link's address one thing; the manifest masks that of a mail link."""
    return link.id if link.kind == LinkKind.MAIL else link.url


def phrase_finding(facts: Facts, finding: FindingRecord) -> tuple[str, str, str]:
    """Return what a finding is about, what is the case, and what to do ("" for nothing).

    The address that a hint bears stands in its sentence, for where there is no other place for it.
    """
    rows = _rows_of(facts, finding)
    link = facts.links.get(finding.link or "")
    values = _values(facts, finding)
    return (
        _title(facts, finding, rows, () if link is None else (link,)),
        _sentence(facts, finding, values),
        _actions(facts, finding, values, with_address=True),
    )


def is_partly_ready(facts: Facts, finding: FindingRecord) -> bool:
    """Tell whether a promise is kept in part only: nothing is to be linked yet."""
    row = facts.rows.get(finding.resource or "")
    return finding.code == _ARRIVED and row is not None and row.group in facts.partial


def find_topic(facts: Facts, finding: FindingRecord) -> Topic:
    """Return the topic of a finding; of one that is kept in part, by whether it was promised."""
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


def tone_of(severity: str, topic: Topic) -> Tone:
    """Return how a finding looks: what we do not know never looks like a fault or like nothing."""
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
    said = facts.words.finding(first.code)
    topic = find_topic(facts, first)
    links = [link for f in findings if (link := facts.links.get(f.link or "")) is not None]
    # A dead link is of its own page, even when it is a resource's: the other mentions may work.
    rows = () if links else _rows_of(facts, first)
    codes = {finding.code: finding for finding in reversed(findings)}
    values = {code: _values(facts, finding) for code, finding in codes.items()}
    files, more_files = _files_of(facts, rows)
    return Item(
        id=make_visible(first.id),
        code=make_visible(first.code),
        topic=topic,
        severity=first.severity,
        tone=tone_of(first.severity, topic),
        badge=said.badge,
        address=_address(links),
        title=_title(facts, first, _rows_of(facts, first), links),
        sentences=_unique(
            _sentence(facts, codes[code], values[code]) for code in _in_order(findings)
        ),
        actions=_unique(
            _actions(facts, codes[code], values[code], with_address=False)
            for code in _in_order(findings)
        ),
        open_link=_link_of(findings, to_open=True) or _link_of_file(facts, first),
        copy_link=_link_of(findings, to_open=False),
        new=any(finding.id in facts.new for finding in findings),
        since=_since(facts, findings, with_runs=True),
        since_day=_since(facts, findings, with_runs=False),
        mentions=_mentions(facts, findings, rows, links),
        files=files,
        more_files=more_files,
        why=explain_item(facts, first, rows),
        consequences=_consequences(facts, findings),
        waived=_waived(facts, first),
    )


def _in_order(findings: Sequence[FindingRecord]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.code for finding in findings))


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for text in dict.fromkeys(texts) if text)


def _rows_of(facts: Facts, finding: FindingRecord) -> tuple[ResourceRecord, ...]:
    """Return every row of the group that a finding is about, the one that it names first."""
    row = facts.rows.get(finding.resource or "")
    if row is None:
        return ()
    others = tuple(other for other in facts.groups[row.group] if other.id != row.id)
    return (row, *others)


def _title(
    facts: Facts,
    finding: FindingRecord,
    rows: Sequence[ResourceRecord],
    links: Sequence[LinkRecord],
) -> str:
    if rows:
        return show_handbook_text(rows[0].name)
    if links:
        return show_handbook_text(links[0].text) or show_url(links[0].url)
    if finding.subject in facts.shares:
        return facts.name_share(finding.subject)
    if finding.code.startswith(_OF_FILES):
        return make_visible(finding.subject.rpartition("/")[2])
    if finding.code.startswith(_OF_PAGES):
        return facts.name_page(finding.subject)
    if finding.code == "place-missing":
        return show_path(finding.subject)
    return show_url(finding.subject) or facts.words.labels.whole_handbook


def _values(facts: Facts, finding: FindingRecord) -> dict[str, Value]:
    """Return what a finding's sentences may speak of: its own arguments and what lies around."""
    rows = _rows_of(facts, finding)
    link = facts.links.get(finding.link or "")
    values = facts.name_arguments(finding.args)
    values["subject"] = _title(facts, finding, rows, () if link is None else (link,))
    values["reason"] = _reason(facts, finding, rows, link)
    if finding.code.startswith(_OF_FILES):
        share, path = _file_place(finding)
        values["folder"] = facts.name_folder(share, path.rpartition("/")[0])
    elif rows:
        values |= _row_values(facts, rows[0])
    if link is not None:
        values["text"] = show_handbook_text(link.text) or None
        values["final"] = None if link.final_url is None else show_url(link.final_url)
    return values


def _row_values(facts: Facts, row: ResourceRecord) -> dict[str, Value]:
    labels = facts.words.labels
    places = [name for place in row.places if (name := facts.name_place(place)) is not None]
    file = facts.show_file(row.files[0]) if row.files else None
    absent = tuple(e.name for e in row.expected if e.status != KindStatus.PRESENT)
    return {
        "place": places[0] if places else None,
        "suggestion": row.suggestion,
        "file": None if file is None else file.name,
        "folder": None if file is None else file.folder,
        "progress": say_progress(facts, row) or None,
        "absent": absent or None,
        "label": show_handbook_text(row.label) or labels.unknown_place,
    }


def say_progress(facts: Facts, row: ResourceRecord) -> str:
    """Return how many of the promised kinds are there, and which are not; "" without any."""
    if not row.expected:
        return ""
    labels, words = facts.words.labels, facts.words
    absent = tuple(make_visible(e.name) for e in row.expected if e.status == KindStatus.MISSING)
    unknown = tuple(
        make_visible(e.name) for e in row.expected if e.status == KindStatus.UNDETERMINED
    )
    ready = sum(expected.status == KindStatus.PRESENT for expected in row.expected)
    parts = [words.fill(labels.ready_of, ready=ready, all=len(row.expected))]
    if absent:
        parts.append(words.fill(labels.ready_lacks, absent=words.join(absent)))
    if unknown:
        parts.append(words.fill(labels.ready_unknown, unknown=words.join(unknown)))
    return ", ".join(parts)


def _reason(
    facts: Facts,
    finding: FindingRecord,
    rows: Sequence[ResourceRecord],
    link: LinkRecord | None,
) -> str | None:
    """Return why, as a sentence: the finding's own reason, else its row's or link's."""
    why = finding.args.get("why")
    if isinstance(why, str):
        return facts.say(ReasonRecord(code=why, args=finding.args))
    if rows:
        return facts.say(rows[0].reason)
    if link is not None and link.reason is not None:
        return facts.say(link.reason)
    return None


def _file_place(finding: FindingRecord) -> tuple[str, str]:
    """Return the share and the path of a file that a finding is about."""
    return str(finding.args.get("share", "")), finding.subject


def _sentence(facts: Facts, finding: FindingRecord, values: dict[str, Value]) -> str:
    """Return what is the case, and of what was set aside until lately that it was."""
    said = facts.words.fill(facts.words.finding(finding.code).sentence, values)
    ended = finding.args.get("waiver_ended")
    if not isinstance(ended, str):
        return said
    return f"{said} {facts.words.fill(facts.words.labels.waiver_ended, at=ended)}"


def _actions(
    facts: Facts, finding: FindingRecord, values: dict[str, Value], *, with_address: bool
) -> str:
    hint = finding.hint
    if hint is not None:
        kept = {n: v for n, v in hint.args.items() if with_address or n != "url"}
        return facts.say(ReasonRecord(code=hint.code, args=kept))
    return facts.words.fill(facts.words.finding(finding.code).action, values)


def _link_of(findings: Sequence[FindingRecord], *, to_open: bool) -> str | None:
    """Return the address that a hint bears: a folder to open, or a link for the handbook."""
    for finding in findings:
        hint = finding.hint
        if hint is None or (hint.code in _PUT_CODES) != to_open:
            continue
        if isinstance(url := hint.args.get("url"), str):
            return link_target(url)
    return None


def _link_of_file(facts: Facts, finding: FindingRecord) -> str | None:
    """Return a link to the folder in which a file lies that a finding is about."""
    if not finding.code.startswith(_OF_FILES):
        return None
    share, path = _file_place(finding)
    return folder_address(facts.shares, share, path.rpartition("/")[0])


def _address(links: Sequence[LinkRecord]) -> LinkAddress | None:
    if not links:
        return None
    return LinkAddress(show_url(links[0].url), link_target(links[0].url))


def _since(facts: Facts, findings: Sequence[FindingRecord], *, with_runs: bool) -> str:
    """Return since when it is so; "" with the runs when it was never seen before this one."""
    first = min(findings, key=lambda finding: (finding.first_seen_at, -finding.runs))
    if with_runs and first.first_seen_at >= facts.manifest.run.started_at:
        return ""
    runs = first.runs if with_runs and first.runs > 1 else None
    return facts.words.fill(facts.words.labels.open_since, at=first.first_seen_at, runs=runs)


def _mentions(
    facts: Facts,
    findings: Sequence[FindingRecord],
    rows: Sequence[ResourceRecord],
    links: Sequence[LinkRecord],
) -> tuple[PlaceInHandbook, ...]:
    """Return where the handbook says it, by page and line, each place once."""
    if rows:
        places = {(row.page, row.line): facts.mention_row(row) for row in rows}
    else:
        places = {
            (f.page, f.line or 0): facts.mention_page(f.page, f.line)
            for f in findings
            if f.page is not None
        }
        places |= {(link.page, link.line): facts.mention_link(link) for link in links}
    return tuple(mention for _, mention in sorted(places.items(), key=lambda place: place[0]))


def _files_of(facts: Facts, rows: Sequence[ResourceRecord]) -> tuple[tuple[FileView, ...], int]:
    """Return the first files of a group with how many more there are."""
    named = next((row for row in rows if row.files), None)
    if named is None:
        return (), 0
    shown = named.files[:_MAX_FILES]
    return tuple(facts.show_file(file) for file in shown), named.files_count - len(shown)


def _consequences(facts: Facts, findings: Sequence[FindingRecord]) -> tuple[Item, ...]:
    """Return what these findings explain; one level, for a cause has no cause itself.

    The link of a resource that is told of already says nothing more.
    """
    effects = [effect for finding in findings for effect in facts.caused.get(finding.id, ())]
    told = {effect.resource for effect in effects if effect.link is None}
    return make_items(
        facts, (f for f in effects if f.link is None or f.resource not in told - {None})
    )


def _waived(facts: Facts, finding: FindingRecord) -> str | None:
    if finding.waived_until is None:
        return None
    try:
        until = datetime.fromisoformat(finding.waived_until)
    except ValueError:
        return make_visible(finding.waived_until)
    return facts.words.fill(facts.words.labels.waived_until, at=f"{until:%Y-%m-%d}")
