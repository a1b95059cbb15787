"""A finding in words: what it is about, what is wrong, and what to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from syncer.manifest.document import (
    FindingRecord,
    FixedRecord,
    LinkRecord,
    ReasonRecord,
    ResourceRecord,
)
from syncer.model.matching import KindStatus
from syncer.model.shares import ShareStatus, split_share_id
from syncer.redact import make_visible
from syncer.report.view.facts import Facts, show_path
from syncer.report.view.subjects import link_of, only_waits, shown_code
from syncer.report.visible import link_target, show_handbook_text, show_url
from syncer.report.words.phrasing import Value

OF_FILES = "file-"
_OPENS_ROOT, _OF_PAGES = "share-link-opens-root", "page-"


def phrase_finding(facts: Facts, finding: FindingRecord) -> tuple[str, str, str]:
    """Return the subject of a finding, what is wrong, and what to do ("" for nothing).

    What to do includes the address of the hint.
    """
    values = gather_values(facts, finding)
    return (
        str(values["subject"]),
        phrase_sentence(facts, finding, values),
        phrase_action(facts, finding, values, with_address=True),
    )


def name_subject(
    facts: Facts,
    finding: FindingRecord | FixedRecord,
    row: ResourceRecord | None,
    link: LinkRecord | None,
) -> str:
    """Return what a finding is about, as people call it; its row and link are those of today."""
    if finding.code == _OPENS_ROOT:
        # About what the link says, in whichever row it is.
        return show_handbook_text(str(finding.args.get("text", ""))) or show_url(finding.subject)
    if row is not None:
        return show_handbook_text(row.name)
    if link is not None:
        return show_handbook_text(link.text) or show_url(link.url)
    if finding.subject in facts.shares:
        return facts.name_share(finding.subject)
    if finding.subject == finding.args.get("share"):
        return _name_former_share(finding)
    if finding.code.startswith(OF_FILES):
        return make_visible(finding.subject.rpartition("/")[2])
    if finding.code.startswith(_OF_PAGES):
        return facts.name_page(finding.subject)
    if finding.code == "place-missing":
        return show_path(finding.subject)
    return show_url(finding.subject) or facts.words.labels.whole_handbook


def _name_former_share(finding: FindingRecord | FixedRecord) -> str:
    """Return the name of a share that no page names any more: its server when it has only a token.

    A token means nothing to people.
    """
    share = split_share_id(finding.subject)
    name = str(finding.args.get("name") or share.token)
    return make_visible(share.cloud if name == share.token else name)


def gather_values(facts: Facts, finding: FindingRecord) -> dict[str, Value]:
    """Return the arguments of a finding's templates: its own, and those of its row and link."""
    row = facts.rows.get(finding.resource or "")
    link = link_of(facts, finding)
    values = facts.name_arguments(finding.args)
    values["subject"] = name_subject(facts, finding, row, link)
    reason = _find_reason(facts, finding)
    values["reason"] = facts.phrase(reason) if reason.code else None
    if finding.code.startswith(OF_FILES):
        share, folder = locate_folder(finding)
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
    absent = tuple(kind.name for kind in row.expected if kind.status == KindStatus.MISSING)
    unknown = tuple(kind.name for kind in row.expected if kind.status == KindStatus.UNDETERMINED)
    return {
        "place": next(places, None),
        "where": _name_searched(facts),
        "suggestion": row.suggestion,
        "file": None if file is None else file.name,
        "folder": None if file is None else file.folder,
        "progress": phrase_progress(facts, row) or None,
        "absent": absent or None,
        "unknown": unknown or None,
        "ready": sum(kind.status == KindStatus.PRESENT for kind in row.expected),
        "total": len(row.expected) or None,
        "label": show_handbook_text(row.label) or facts.words.labels.unknown_place,
        "known": recall(facts, row) or None,
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
    ready, unknown = len(names[KindStatus.PRESENT]), names[KindStatus.UNDETERMINED]
    if len(unknown) == len(row.expected):
        return words.fill(labels.ready_unseen, all=len(unknown))
    template = labels.ready_of if ready else labels.ready_none
    parts = [words.fill(template, ready=ready, all=len(row.expected))]
    if absent := names[KindStatus.MISSING]:
        parts.append(words.fill(labels.ready_lacks, absent=absent))
    if unknown:
        parts.append(words.fill(labels.ready_unknown, unknown=unknown))
    return ", ".join(parts)


def recall(facts: Facts, row: ResourceRecord) -> str:
    """Return what a row was when it was last known, and when; "" when it is known now."""
    known = row.last_known
    if known is None:
        return ""
    return facts.words.last_seen(known.status, known.on, facts.manifest.run.finished_at)


def _find_reason(facts: Facts, finding: FindingRecord) -> ReasonRecord:
    """Return the reason of a finding, else of its row or link; one without a code for none."""
    why = finding.args.get("why")
    if isinstance(why, str):
        return ReasonRecord(code=why, args=finding.args)
    about = facts.rows.get(finding.resource or "") or link_of(facts, finding)
    return (about and about.reason) or ReasonRecord(code="", args={})


def locate_folder(finding: FindingRecord) -> tuple[str, str]:
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


def phrase_sentence(facts: Facts, finding: FindingRecord, values: dict[str, Value]) -> str:
    """Return what is wrong, in a sentence that names the subject."""
    words, known = facts.words, facts.words.finding(shown_code(facts, finding))
    template = words.instead(_find_reason(facts, finding).code) or known.sentence
    sentence = words.fill(template, values) or words.fill(
        words.labels.badge_only, subject=values["subject"], badge=known.badge
    )
    return _add_end(facts, finding, sentence)


def phrase_card(facts: Facts, finding: FindingRecord, values: dict[str, Value]) -> str:
    """Return what is wrong beyond the badge and the subject, which stand beside it; "" for none."""
    card = facts.words.fill(facts.words.finding(shown_code(facts, finding)).card, values)
    return _add_end(facts, finding, card)


def _add_end(facts: Facts, finding: FindingRecord, sentence: str) -> str:
    """Return a sentence, and after it when the finding's waiver ended."""
    ended = finding.args.get("waiver_ended")
    if not isinstance(ended, str):
        return sentence.strip()
    return f"{sentence} {facts.words.fill(facts.words.labels.waiver_ended, at=ended)}".strip()


def introduce(facts: Facts, findings: Iterable[FindingRecord]) -> str:
    """Return the words before what to do: "Gør dette:", or that nothing need be done."""
    labels = facts.words.labels
    return labels.do_nothing if all(map(only_waits, findings)) else labels.do_this


def phrase_action(
    facts: Facts, finding: FindingRecord, values: dict[str, Value], *, with_address: bool
) -> str:
    """Return what to do; "" for nothing.

    Without the address when the reader gets it as a link beside the sentence.
    """
    hint, words = finding.hint, facts.words
    advice = ""
    if hint is not None:
        args = facts.name_arguments(hint.args)
        # An address that is no link for a reader, as one within the site, is shown nowhere else.
        linked = link_target(str(hint.args.get("url"))) is not None
        if linked and not with_address and not needs_address(facts, hint):
            args.pop("url", None)
        advice = words.find_reason(hint.code, args)
    return advice or words.fill(words.finding(shown_code(facts, finding)).action, values)


def phrase_common_action(facts: Facts, findings: Sequence[FindingRecord]) -> str:
    """Return what to do about findings of one code and kind of hint; "" for nothing.

    What only some of them name is dropped. A hint says "this link", which where each has its own
    gives way to the general advice.
    """
    first = findings[0]
    if first.hint is not None:
        others = [finding.hint.args for finding in findings if finding.hint is not None]
        args = {
            name: value
            for name, value in first.hint.args.items()
            if all(other.get(name) == value for other in others)
        }
        own = "url" in first.hint.args and "url" not in args
        first = replace(first, hint=None if own else ReasonRecord(code=first.hint.code, args=args))
    return phrase_action(facts, first, {"again": facts.again}, with_address=False)


def needs_address(facts: Facts, hint: ReasonRecord) -> bool:
    """Return whether the sentence of a hint says nothing without its address."""
    return facts.words.names_argument(hint.code, "url", needed=True)


def phrase_waived(facts: Facts, finding: FindingRecord) -> str:
    """Return until when and why a finding is set aside; "" when it is not."""
    if finding.waived_until is None:
        return ""
    reason = None if finding.waiver is None else finding.waiver.reason
    template, until = facts.words.labels.waived_until, finding.waived_until
    return facts.words.fill(template, at=until, reason=reason)
