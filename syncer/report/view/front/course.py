"""The chart: each number from run to run, as the points of a small drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from syncer.report.view.counts import Counts, LinkPart, ResourcePart
from syncer.report.view.facts import Facts
from syncer.report.view.front.figures import name_link_parts, name_resource_parts
from syncer.report.view.records import Course, CoursePoint, History
from syncer.report.words.phrasing import days_between

_WIDTH, _HEIGHT, _MARGIN = 240, 36, 4
_MAX_RUNS = 90
_FEWEST_RUNS = 2
# What is followed beside the points to do, as far as it occurred: the parts that should be empty.
_RESOURCES = (
    ResourcePart.MISSING,
    ResourcePart.EXPLAINED,
    ResourcePart.IMPROVABLE,
    ResourcePart.READY,
    ResourcePart.PLANNED,
    ResourcePart.UNSEEN,
)
_LINKS = (LinkPart.BROKEN, LinkPart.UNSEEN)

Run: TypeAlias = tuple[datetime, bool, Mapping[str, int]]
"""When a run ended, whether it was complete, and its figures."""


def draw_history(facts: Facts, counts: Counts) -> History | None:
    """Return the courses of the last 90 runs, this one last; None when it is the only one.

    The numbers are those of the first screen. Runs of earlier versions, which did not keep them,
    are left out. An incomplete run has no chart: what it did not see would look like progress.
    """
    manifest, words, labels = facts.manifest, facts.words, facts.words.labels
    if not manifest.run.complete:
        return None
    earlier: list[Run] = [
        (run.finished_at, run.complete, run.figures)
        for run in manifest.history
        if run.figures is not None
    ]
    this: Run = (manifest.run.finished_at, True, counts.figures)
    runs = [*earlier, this][-_MAX_RUNS:]
    if len(runs) < _FEWEST_RUNS:
        return None
    resources, links = name_resource_parts(labels), name_link_parts(labels)
    named = [
        *((f"{labels.resources_heading}: {resources[p]}", f"resources-{p}") for p in _RESOURCES),
        *((f"{labels.links_heading}: {links[part]}", f"links-{part}") for part in _LINKS),
    ]
    others = [(label, [run[2].get(name, 0) for run in runs]) for label, name in named]
    numbers = [
        (labels.chart_points, [run[2].get("points", 0) for run in runs]),
        *((label, values) for label, values in others if any(values)),
    ]
    start, end = runs[0][0], runs[-1][0]
    template = labels.chart_from_to if days_between(start, end) else labels.chart_on_day
    complete = [run[1] for run in runs]
    return History(
        span=words.fill(template, n=len(runs), start=start, end=end),
        courses=tuple(_draw(facts, label, values, complete) for label, values in numbers),
        width=_WIDTH,
        height=_HEIGHT,
        any_incomplete=not all(complete),
    )


def _draw(facts: Facts, label: str, values: Sequence[int], complete: Sequence[bool]) -> Course:
    top = max(1, *values)
    step = (_WIDTH - 2 * _MARGIN) / (len(values) - 1)
    points = tuple(
        CoursePoint(
            x=round(_MARGIN + number * step, 1),
            y=round(_HEIGHT - _MARGIN - value / top * (_HEIGHT - 2 * _MARGIN), 1),
            complete=whole,
        )
        for number, (value, whole) in enumerate(zip(values, complete, strict=True))
    )
    words = facts.words
    template = words.labels.chart_range if len(set(values)) > 1 else words.labels.chart_same
    description = words.fill(template, first=values[0], now=values[-1], top=max(values))
    return Course(label, tuple(values), points, words.number(values[-1]), description)
