"""The fold-out "Hvorfor?": near misses, and lines to copy into the settings."""

from __future__ import annotations

import glob
from collections.abc import Sequence
from datetime import timedelta

from syncer.manifest.document import CandidateRecord, FileRecord, FindingRecord, ResourceRecord
from syncer.model.matching import Verdict
from syncer.report.view.facts import Facts
from syncer.report.view.records import NearMiss, Why
from syncer.report.visible import hide_mail

_MAX_NEAR_MISSES = 5
_UNSETTLED = frozenset({Verdict.AMBIGUOUS, Verdict.LIKELY})
_WAIVED_FOR = timedelta(days=90)


def explain_item(
    facts: Facts, finding: FindingRecord, rows: Sequence[ResourceRecord]
) -> Why | None:
    """Return the fold-out of an item: why, what came close, and how to override it.

    A pin is offered for the best file that was not chosen, or the best of several that fit. The
    waiver ends 90 days after the run (our choice). None when there is nothing to show, and for a
    mail address, which the lines would publish.
    """
    if hide_mail(finding.subject) != finding.subject:
        return None
    candidates = _best_candidates(rows)
    why = Why(
        sentences=tuple(dict.fromkeys(facts.phrase(row.reason) for row in rows)),
        near_misses=tuple(_show_candidate(facts, one) for one in candidates),
        pin=offer_pin(rows, candidates),
        waive=_write_waiver(facts, finding) if finding.subject else None,
    )
    return why if why.sentences or why.waive else None


def offer_pin(rows: Sequence[ResourceRecord], candidates: Sequence[CandidateRecord]) -> str | None:
    """Return the lines that pin a group's first row to the best file that it did not get.

    None when the best one was chosen, or when only folders came close.
    """
    for one in candidates:
        if not one.folder and (not one.chosen or rows[0].status in _UNSETTLED):
            row = rows[0]
            return _write_table("pin", name=row.name, page=row.page, share=one.share, path=one.path)
    return None


def _best_candidates(rows: Sequence[ResourceRecord]) -> tuple[CandidateRecord, ...]:
    """Return the best candidates of a group, each file once, by score and path."""
    best: dict[tuple[str, str], CandidateRecord] = {}
    for row in rows:
        for candidate in row.candidates:
            place = candidate.share, candidate.path
            if place not in best or best[place].score < candidate.score:
                best[place] = candidate
    ranked = sorted(best.values(), key=lambda one: (not one.chosen, -one.score, one.path))
    return tuple(ranked[:_MAX_NEAR_MISSES])


def _show_candidate(facts: Facts, candidate: CandidateRecord) -> NearMiss:
    file = FileRecord(
        share=candidate.share,
        path=candidate.path,
        folder=candidate.folder,
        size_bytes=None,
        modified_at=None,
        file_id=None,
    )
    return NearMiss(
        file=facts.show_file(file),
        likeness=facts.words.fill(facts.words.labels.likeness, score=candidate.score),
        chosen=candidate.chosen,
        reasons=tuple(facts.phrase(reason) for reason in candidate.reasons),
    )


def _write_waiver(facts: Facts, finding: FindingRecord) -> str:
    until = facts.manifest.run.finished_at + _WAIVED_FOR
    lines = _write_table(
        "waive",
        code=finding.code,
        subject=glob.escape(finding.subject),
        reason=facts.words.labels.waive_reason,
    )
    return f"{lines}\nuntil = {until:%Y-%m-%d}"


def _write_table(table: str, /, **values: str) -> str:
    """Return an entry of an array of tables in TOML."""
    lines = (f"{key} = {_quote(value)}" for key, value in values.items())
    return "\n".join((f"[[{table}]]", *lines))


def _quote(text: str) -> str:
    r"""Return a TOML basic string; an invisible character becomes `\u` and its number."""
    return '"' + "".join(_escape(character) for character in text) + '"'


def _escape(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isprintable():
        return character
    code_point = ord(character)
    return f"\\u{code_point:04X}" if code_point <= 0xFFFF else f"\\U{code_point:08X}"
