"""`syncer explain`: why each row of a name got its verdict, as text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from syncer.manifest.document import CandidateRecord, ResourceRecord, StatusManifest
from syncer.model.matching import Verdict
from syncer.model.normal_forms import normalize
from syncer.redact import make_visible
from syncer.report.view.facts import Facts, gather_facts, show_path
from syncer.report.view.phrases import phrase_finding
from syncer.report.view.states import state_of
from syncer.report.view.subjects import is_told_twice
from syncer.report.view.why import offer_pin
from syncer.report.visible import KEPT_BLANK, show_handbook_text
from syncer.report.words import Lang, words_of

_VERDICT_CODES = "resource-"


def render_explanation(
    manifest: StatusManifest, name: str, *, lang: Lang, width: int
) -> str | None:
    """Return why the rows with a name got their verdicts, in the order of the manifest.

    Each row has what the handbook says, the reason, the promised kinds, every candidate with the
    reasons for and against it, and what would change the verdict. The name is compared without
    case; when no row has exactly this name, rows whose name contains it are explained. None when
    there is no such row.

    Lines break between words at `width` columns, except those to copy into the settings.
    """
    facts = gather_facts(manifest, words_of(lang))
    rows = _find_rows(manifest, name)
    return "\n".join(_write_row(facts, row, width) for row in rows) or None


def _write_row(facts: Facts, row: ResourceRecord, width: int) -> str:
    lines = [_wrap(line, width) for line in _explain(facts, row)]
    pin = offer_pin((row,), row.candidates)
    if pin is not None:
        lines.append(_wrap(f"  {facts.words.labels.pin_intro}", width))
        lines += [f"    {line}" for line in pin.splitlines()]
    return "".join(f"{line}\n" for line in lines)


def _wrap(line: str, width: int) -> str:
    """Break a line between words, with a hanging indent; a `file:line` stays whole."""
    indent = " " * (len(line) - len(line.lstrip()))
    return textwrap.fill(
        line.lstrip(),
        width,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    ).replace(KEPT_BLANK, " ")


def _find_rows(manifest: StatusManifest, name: str) -> list[ResourceRecord]:
    wanted = _fold(name)
    exact = [row for row in manifest.resources if _fold(row.name) == wanted]
    return exact or [row for row in manifest.resources if wanted in _fold(row.name)]


def _fold(name: str) -> str:
    return " ".join(normalize("NFC", name).replace("’", "'").casefold().split())


def _explain(facts: Facts, row: ResourceRecord) -> Iterator[str]:
    words, labels = facts.words, facts.words.labels
    _, verdict, _ = state_of(facts, row)
    yield f"{show_handbook_text(row.name)} – {verdict}"
    title = facts.title_page(row.page)
    where = f"{make_visible(row.page)}:{row.line}".replace(" ", KEPT_BLANK)
    yield f"  {where}{'' if title == row.page else f'  {title}'}"
    if row.label:
        yield f"  {words.fill(labels.place_in_row, label=show_handbook_text(row.label))}"
    yield f"  {facts.phrase(row.reason)}"
    if row.expected:
        kinds = words.join(
            [
                f"{make_visible(kind.name)} ({words.verdict(kind.status).lower()})"
                for kind in row.expected
            ]
        )
        yield f"  {words.fill(labels.promised_kinds, kinds=kinds)}"
    if row.candidates:
        yield f"  {labels.near_misses}:"
    for candidate in row.candidates:
        yield from _show_candidate(facts, candidate)
    yield f"  {_phrase_change(facts, row)}"


def _show_candidate(facts: Facts, candidate: CandidateRecord) -> Iterator[str]:
    words, labels = facts.words, facts.words.labels
    chosen = f", {labels.chosen}" if candidate.chosen else ""
    likeness = words.fill(labels.likeness, score=candidate.score)
    yield f"    {show_path(candidate.path)} ({likeness}{chosen})"
    if candidate.reasons:
        yield f"      {'; '.join(facts.phrase(reason) for reason in candidate.reasons)}"


def _phrase_change(facts: Facts, row: ResourceRecord) -> str:
    """Return what would change the verdict: the next step, or an event."""
    labels = facts.words.labels
    verdicts = (
        finding
        for finding in facts.manifest.findings
        if finding.resource == row.id
        and finding.link is None
        and finding.code.startswith(_VERDICT_CODES)
        and not is_told_twice(facts, finding)
    )
    finding = next(verdicts, None) or facts.find_bad_file(row)
    if finding is not None:
        _, _, action = phrase_finding(facts, finding)
        return facts.words.fill(labels.would_change, action=action)
    match row.status:
        case Verdict.NOT_A_FILE:
            return labels.would_change_outside
        case Verdict.UNCHECKED if row.reason.code in ("row-name-liquid", "row-place-liquid"):
            return labels.would_change_liquid
        case Verdict.UNCHECKED:
            return labels.would_change_unchecked
    return labels.would_change_present
