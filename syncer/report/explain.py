"""`syncer explain`: why each row of a name got its verdict, as text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from syncer.manifest.document import CandidateRecord, ResourceRecord, StatusManifest
from syncer.report.view.facts import Facts, gather_facts
from syncer.report.visible import make_visible, show_handbook_text
from syncer.report.words import Lang, words_of


def render_explanation(manifest: StatusManifest, name: str, *, lang: Lang) -> str | None:
    """Return why the rows called `name` got their verdicts, by page and line.

    The name is compared without regard to case; where no row bears it whole, as a part of names.
    None when there is no such row.
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
    yield f"{show_handbook_text(row.name)} – {words.verdict(row.status)}"
    yield f"  {make_visible(row.page)}:{row.line}"
    if row.label:
        yield f"  {words.fill(labels.says_it_lies, label=show_handbook_text(row.label))}"
    yield f"  {facts.say(row.reason)}"
    for kind in row.expected:
        yield f"  · {make_visible(kind.name)}: {words.verdict(kind.status)}"
    if row.candidates:
        yield f"  {labels.near_misses}:"
    for candidate in row.candidates:
        yield from _show_candidate(facts, candidate)
    if row.suggestion is not None:
        yield f"  {words.fill(labels.would_change, file_name=make_visible(row.suggestion))}"


def _show_candidate(facts: Facts, candidate: CandidateRecord) -> Iterator[str]:
    words, labels = facts.words, facts.words.labels
    chosen = f", {labels.chosen}" if candidate.chosen else ""
    likeness = words.fill(labels.likeness, score=candidate.score)
    yield f"    {make_visible(candidate.path)} ({likeness}{chosen})"
    for reason in candidate.reasons:
        yield f"      {facts.say(reason)}"
