"""`syncer explain`: why each row of a name got its verdict, as text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from syncer.manifest.document import CandidateRecord, FindingRecord, ResourceRecord, StatusManifest
from syncer.model.matching import Verdict
from syncer.report.view.facts import Facts, gather_facts, show_path
from syncer.report.view.items import is_partly_ready, phrase_finding
from syncer.report.view.listing import state_of
from syncer.report.view.why import offer_pin
from syncer.report.visible import make_visible, show_handbook_text
from syncer.report.words import Lang, words_of

_VERDICT_CODES = "resource-"


def render_explanation(manifest: StatusManifest, name: str, *, lang: Lang) -> str | None:
    """Return why the rows called `name` got their verdicts, by page and line.

    Of each row: what the handbook says, the reason, the promised kinds, every file that was
    considered with what spoke for and against it, and what would change the verdict. The name is
    compared without regard to case; where no row bears it whole, as a part of names. None when
    there is no such row.
    """
    facts = gather_facts(manifest, words_of(lang))
    rows = _find_rows(manifest, name)
    if not rows:
        return None
    return "\n".join("".join(f"{line}\n" for line in _explain(facts, row)) for row in rows)


def _find_rows(manifest: StatusManifest, name: str) -> tuple[ResourceRecord, ...]:
    wanted = _fold(name)
    whole = tuple(row for row in manifest.resources if _fold(row.name) == wanted)
    return whole or tuple(row for row in manifest.resources if wanted in _fold(row.name))


def _fold(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).replace("’", "'").casefold().split())


def _explain(facts: Facts, row: ResourceRecord) -> Iterator[str]:
    words, labels = facts.words, facts.words.labels
    _, verdict, _ = state_of(facts, row)
    yield f"{show_handbook_text(row.name)} – {verdict}"
    title = facts.title_page(row.page)
    beside = "" if title == row.page else f"  {title}"
    yield f"  {make_visible(row.page)}:{row.line}{beside}"
    if row.label:
        yield f"  {words.fill(labels.says_it_lies, label=show_handbook_text(row.label))}"
    yield f"  {facts.say(row.reason)}"
    if row.expected:
        kinds = tuple(
            f"{make_visible(kind.name)} ({words.verdict(kind.status).lower()})"
            for kind in row.expected
        )
        yield f"  {words.fill(labels.promised_kinds, kinds=words.join(kinds))}"
    if row.candidates:
        yield f"  {labels.near_misses}:"
    for candidate in row.candidates:
        yield from _show_candidate(facts, candidate)
    yield f"  {_say_what_would_change(facts, row)}"
    pin = offer_pin((row,), row.candidates)
    if pin is not None:
        yield f"  {labels.pin_intro}"
        yield from (f"    {line}" for line in pin.splitlines())


def _show_candidate(facts: Facts, candidate: CandidateRecord) -> Iterator[str]:
    """Give a file with how alike it is, and beneath it all that was seen of it."""
    words, labels = facts.words, facts.words.labels
    chosen = f", {labels.chosen}" if candidate.chosen else ""
    likeness = words.fill(labels.likeness, score=candidate.score)
    yield f"    {show_path(candidate.path)} ({likeness}{chosen})"
    if candidate.reasons:
        yield f"      {'; '.join(facts.say(reason) for reason in candidate.reasons)}"


def _say_what_would_change(facts: Facts, row: ResourceRecord) -> str:
    """Return what would make the verdict another one: the next step, or what must not happen."""
    words, labels = facts.words, facts.words.labels
    finding = _find_verdict(facts, row)
    if finding is not None:
        _, _, action = phrase_finding(facts, finding)
        return words.fill(labels.would_change, action=action)
    match row.status:
        case Verdict.NOT_A_FILE:
            return labels.would_change_outside
        case Verdict.UNCHECKED:
            return labels.would_change_unchecked
    return labels.would_change_present


def _find_verdict(facts: Facts, row: ResourceRecord) -> FindingRecord | None:
    """Return the finding that a row's verdict led to; of a half kept promise, what is lacking."""
    about = (f for f in facts.manifest.findings if f.resource == row.id and f.link is None)
    of_row = (f for f in about if f.code.startswith(_VERDICT_CODES))
    return next((f for f in of_row if not is_partly_ready(facts, f)), None)
