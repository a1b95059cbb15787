"""The chart: each number from run to run, as the points of a small drawing."""

from __future__ import annotations

from collections.abc import Sequence

from syncer.manifest.document import HistoryRecord
from syncer.model.findings import Severity
from syncer.model.links import LinkStatus
from syncer.model.matching import Verdict
from syncer.report.view.facts import Facts
from syncer.report.view.records import Course, History, Point
from syncer.report.words.phrasing import days_between

_WIDTH, _HEIGHT, _MARGIN = 240, 36, 4
_MAX_RUNS = 90
_FEWEST_RUNS = 2
_COUNTED = (Severity.ERROR, Severity.WARNING)
_STATES = (
    Verdict.MISSING,
    Verdict.PLANNED,
    Verdict.DRAFT,
    Verdict.OUTDATED,
    Verdict.ELSEWHERE,
    Verdict.AMBIGUOUS,
    Verdict.ARRIVED,
    Verdict.LIKELY,
    Verdict.UNDETERMINED,
)


def draw_history(facts: Facts) -> History | None:
    """Return the courses of the last 90 runs, this one last; None when it is the only one.

    The first course counts open errors and warnings. One follows for each state that a resource
    had in that time, and one for broken links. The numbers are those of the manifest.
    """
    manifest, words, labels = facts.manifest, facts.words, facts.words.labels
    this = HistoryRecord(
        finished_at=manifest.run.finished_at,
        complete=manifest.run.complete,
        counts=manifest.counts,
    )
    runs = (*manifest.history, this)[-_MAX_RUNS:]
    if len(runs) < _FEWEST_RUNS:
        return None
    counts = [run.counts for run in runs]
    others = [(words.verdict(state), [c.groups.get(state, 0) for c in counts]) for state in _STATES]
    others.append((labels.chart_links, [c.links.get(LinkStatus.BROKEN, 0) for c in counts]))
    numbers = [
        (labels.chart_open, [sum(c.severities.get(one, 0) for one in _COUNTED) for c in counts]),
        *((label, values) for label, values in others if any(values)),
    ]
    start, end = runs[0].finished_at, runs[-1].finished_at
    template = labels.chart_from_to if days_between(start, end) else labels.chart_on_day
    return History(
        span=words.fill(template, n=len(runs), start=start, end=end),
        courses=tuple(_draw(facts, label, values, runs) for label, values in numbers),
        width=_WIDTH,
        height=_HEIGHT,
        any_incomplete=any(not run.complete for run in runs),
    )


def _draw(facts: Facts, label: str, values: Sequence[int], runs: Sequence[HistoryRecord]) -> Course:
    top = max(1, *values)
    step = (_WIDTH - 2 * _MARGIN) / (len(runs) - 1)
    points = tuple(
        Point(
            x=round(_MARGIN + number * step, 1),
            y=round(_HEIGHT - _MARGIN - value / top * (_HEIGHT - 2 * _MARGIN), 1),
            complete=run.complete,
        )
        for number, (value, run) in enumerate(zip(values, runs, strict=True))
    )
    words = facts.words
    template = words.labels.chart_range if len(set(values)) > 1 else words.labels.chart_same
    description = words.fill(template, first=values[0], now=values[-1], top=max(values))
    return Course(label, tuple(values), points, words.number(values[-1]), description)
