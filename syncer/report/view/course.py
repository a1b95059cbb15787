"""The chart: how each number went from run to run, as points in small drawings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from syncer.manifest.document import CountsRecord, HistoryRecord
from syncer.model.findings import Severity
from syncer.model.links import LinkStatus
from syncer.model.matching import Verdict
from syncer.report.view.facts import Facts
from syncer.report.view.records import Course, History, Point

_WIDTH, _HEIGHT, _MARGIN = 240, 36, 4
_MAX_RUNS = 90
_FEWEST_RUNS = 2
_STATES = (
    Verdict.MISSING,
    Verdict.PLANNED,
    Verdict.DRAFT,
    Verdict.OUTDATED,
    Verdict.ELSEWHERE,
    Verdict.AMBIGUOUS,
    Verdict.ARRIVED,
    Verdict.UNDETERMINED,
)


def draw_history(facts: Facts) -> History | None:
    """Return the courses of the last 90 runs, this one last; None when there is only this one.

    The first course counts open faults and warnings; then one for each state that a resource was
    in during that time, and one for the links that do not work. The numbers are the manifest's.
    """
    manifest, labels = facts.manifest, facts.words.labels
    this = HistoryRecord(
        finished_at=manifest.run.finished_at,
        complete=manifest.run.complete,
        counts=manifest.counts,
    )
    runs = (*manifest.history, this)[-_MAX_RUNS:]
    if len(runs) < _FEWEST_RUNS:
        return None
    courses = [_draw(facts, labels.chart_open, _count_open, runs)]
    courses += [
        _draw(facts, facts.words.verdict(state), _counter_of(state), runs) for state in _STATES
    ]
    courses.append(_draw(facts, labels.chart_links, _count_broken, runs))
    span = facts.words.fill(
        labels.chart_from_to, n=len(runs), start=runs[0].finished_at, end=runs[-1].finished_at
    )
    return History(
        span=span,
        courses=(courses[0], *(course for course in courses[1:] if any(course.values))),
        width=_WIDTH,
        height=_HEIGHT,
        any_incomplete=any(not run.complete for run in runs),
    )


def _count_open(counts: CountsRecord) -> int:
    return counts.severities.get(Severity.ERROR, 0) + counts.severities.get(Severity.WARNING, 0)


def _count_broken(counts: CountsRecord) -> int:
    return counts.links.get(LinkStatus.BROKEN, 0)


def _counter_of(state: Verdict) -> Callable[[CountsRecord], int]:
    return lambda counts: counts.groups.get(state, 0)


def _draw(
    facts: Facts,
    label: str,
    count: Callable[[CountsRecord], int],
    runs: Sequence[HistoryRecord],
) -> Course:
    values = tuple(count(run.counts) for run in runs)
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
    said = facts.words.fill(
        facts.words.labels.chart_range, first=values[0], now=values[-1], top=max(values)
    )
    return Course(label, values, points, facts.words.number(values[-1]), said)
