"""The corrections of a run: proposed, audited again, and what is not proven dropped."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from syncer.fix.edited_pages import edit_page, overlaps
from syncer.fix.proof import Snapshot, find_unproven, list_also_gone
from syncer.model.corrections import Correction, Edit, FixTier, Uncorrected
from syncer.model.findings import Finding
from syncer.model.handbook import PageText
from syncer.model.links import LinkKind, LinkStatus, LinkVerdict
from syncer.model.reason import Reason
from syncer.pipeline.fixable import list_proposals
from syncer.pipeline.handbook import understand_handbook
from syncer.pipeline.links import Answers
from syncer.pipeline.run import Judged, Knowledge, judge
from syncer.web.schemes import classify_link, judge_scheme

# Each audit reads the edited pages again; only a handbook made to fail needs more.
_MOST_AUDITS = 64


@dataclass(frozen=True, slots=True)
class FixChoice:
    """Which corrections are wanted: `only` these codes (any when empty), and those to `ask` for."""

    only: tuple[str, ...] = ()
    ask: bool = False


@dataclass(frozen=True, slots=True)
class Corrections:
    """The proven corrections of a run.

    Attributes:
        made: in the order of the findings.
        also_gone: findings that these corrections mend as well.
        rest: the findings without one, and why, in order.
        pages: each edited file, before and after, by path.
    """

    made: tuple[Correction, ...]
    also_gone: tuple[Finding, ...]
    rest: tuple[Uncorrected, ...]
    pages: tuple[tuple[PageText, PageText], ...]


def find_corrections(known: Knowledge, judged: Judged, choice: FixChoice) -> Corrections:
    """Return the corrections of a run that an audit of the edited pages proves.

    Nothing is asked over the network and nothing is written.
    """
    wanted: list[Correction] = []
    rest: list[Uncorrected] = []
    for one in list_proposals(known.handbook, judged.observed, judged.findings):
        if isinstance(one, Uncorrected) or not (_is_wanted(one, choice)):
            rest.append(
                one
                if isinstance(one, Uncorrected)
                else Uncorrected(one.finding, Reason("fix-not-asked", {"code": one.finding.code}))
            )
        else:
            wanted.append(one)
    compatible, excluded = _drop_overlaps(wanted)
    rest += [Uncorrected(one.finding, Reason("fix-overlaps")) for one in excluded]
    proof = _Proof(known, judged)
    made = proof.prove((), compatible)
    ids = {one.finding.id for one in made}
    failed = (one.finding for one in compatible if one.finding.id not in ids)
    rest += [Uncorrected(finding, Reason("fix-not-proven")) for finding in failed]
    after = proof.audit(made)
    gone = tuple(list_also_gone(proof.before, after, (one.finding for one in rest)))
    order = {finding.id: number for number, finding in enumerate(judged.findings)}
    return Corrections(
        made=tuple(sorted(made, key=lambda one: order[one.finding.id])),
        also_gone=gone,
        rest=tuple(
            sorted(
                (one for one in rest if one.finding not in gone),
                key=lambda one: order[one.finding.id],
            )
        ),
        pages=proof.list_pages(made),
    )


def _is_wanted(one: Correction, choice: FixChoice) -> bool:
    if choice.only:
        return one.finding.code in choice.only
    return choice.ask or one.tier is FixTier.SAFE


def _drop_overlaps(
    corrections: Iterable[Correction],
) -> tuple[tuple[Correction, ...], list[Correction]]:
    """Return the corrections that can be made together, and the others.

    Those of rows come first: where a document is says more than how its folder is opened.
    """
    ordered = sorted(
        corrections, key=lambda one: (not one.finding.code.startswith("resource-"), one.edits)
    )
    taken: list[Edit] = []
    chosen: list[Correction] = []
    excluded: list[Correction] = []
    for one in ordered:
        if any(_is_taken(edit, taken) for edit in one.edits):
            excluded.append(one)
            continue
        chosen.append(one)
        for edit in one.edits:
            insort(taken, edit)
    return tuple(chosen), excluded


def _is_taken(edit: Edit, taken: Sequence[Edit]) -> bool:
    """Return whether an edit overlaps one of `taken`, which are sorted and do not overlap."""
    at = bisect_left(taken, edit)
    return any(overlaps(edit, other) for other in taken[max(at - 2, 0) : at + 2])


class _Proof:
    """Audits edited pages with what a run knows of shares and web."""

    def __init__(self, known: Knowledge, judged: Judged) -> None:
        self._known = known
        self._ends = _list_ends(known.answers)
        self._audits = 0
        self.before = Snapshot(judged.observed, judged.findings)
        # The last audit, which is mostly that of the final corrections.
        self._last: tuple[tuple[Correction, ...], Snapshot] = ((), self.before)

    def prove(
        self, base: tuple[Correction, ...], candidates: Sequence[Correction]
    ) -> tuple[Correction, ...]:
        """Return `base`, which is proven, and those of the candidates that are proven with it."""
        is_stopped = self._known.job.around.stop.is_set()
        if not candidates or self._audits >= _MOST_AUDITS or is_stopped:
            return base
        together = (*base, *candidates)
        unproven = find_unproven(self.before, self.audit(together), together)
        if unproven is None:
            return together
        left = [one for one in candidates if one.finding.id not in unproven]
        if len(left) < len(candidates):
            return self.prove(base, left)
        if len(candidates) == 1:
            return base
        half = len(candidates) // 2
        return self.prove(self.prove(base, candidates[:half]), candidates[half:])

    def audit(self, corrections: tuple[Correction, ...]) -> Snapshot:
        """Return the results of an audit of the edited pages."""
        if corrections == self._last[0]:
            return self._last[1]
        self._audits += 1
        edited = self._edit(corrections)
        read = self._known.handbook
        config = read.handbook.config_page
        if config is not None and config.path in edited:
            config = edited[config.path]
        handbook = replace(
            read.handbook,
            pages=tuple(edited.get(page.path, page) for page in read.handbook.pages),
            config=None if config is None else config.text,
            config_page=config,
        )
        same = {path: page for path, page in read.pages.items() if path not in edited}
        changed = understand_handbook(self._known.job, handbook, same, read.clouds)
        urls = {routed.link.url for routed in changed.links} - self._known.answers.keys()
        answers = {**self._known.answers, **{url: self._assume(url) for url in urls}}
        judged = judge(replace(self._known, handbook=changed, answers=answers))
        self._last = corrections, Snapshot(judged.observed, judged.findings)
        return self._last[1]

    def list_pages(
        self, corrections: Iterable[Correction]
    ) -> tuple[tuple[PageText, PageText], ...]:
        """Return each edited file, before and after, by path."""
        edited, texts = self._edit(corrections), self._list_texts()
        return tuple((texts[path], edited[path]) for path in sorted(edited))

    def _edit(self, corrections: Iterable[Correction]) -> dict[str, PageText]:
        texts = self._list_texts()
        edits: dict[str, list[Edit]] = {}
        for edit in (edit for one in corrections for edit in one.edits):
            edits.setdefault(edit.page, []).append(edit)
        return {path: edit_page(texts[path], those) for path, those in edits.items()}

    def _list_texts(self) -> dict[str, PageText]:
        handbook = self._known.handbook.handbook
        texts = {page.path: page for page in handbook.pages}
        if handbook.config_page is not None:
            texts[handbook.config_page.path] = handbook.config_page
        return texts

    def _assume(self, url: str) -> LinkVerdict:
        """Return what this run knows of an address that no page had."""
        if url in self._ends:
            return LinkVerdict(LinkKind.WEB, LinkStatus.OK)
        by_scheme = judge_scheme(url)
        if by_scheme is not None:
            return by_scheme
        return LinkVerdict(classify_link(url), LinkStatus.UNCHECKED, Reason("offline"))


def _list_ends(answers: Answers) -> frozenset[str]:
    """Return the addresses at which permanent redirects ended, with a page."""
    return frozenset(
        verdict.final_url
        for verdict in answers.values()
        if verdict.status is LinkStatus.REDIRECTED and verdict.final_url is not None
    )
