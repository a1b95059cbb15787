"""Compare every number that a report shows with what it lists, in all formats."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from lxml import html as lxml_html

from syncer.manifest.document import StatusManifest
from syncer.report.html import render_html
from syncer.report.markdown import render_markdown
from syncer.report.prometheus import render_prometheus
from syncer.report.terminal import render_state, render_terminal
from syncer.report.view import View, build_view
from syncer.report.view.counts import count_all
from syncer.report.view.records import ItemBlock, SectionKey
from syncer.report.words import Lang, Topic
from tests.unit.report.views import items_of

OWNERS = (SectionKey.SECRETARIAT, SectionKey.MAINTAINER, SectionKey.ADMINISTRATOR)
# The parts of the resources that are listed as items of one topic.
LISTED = {
    "resources-missing": Topic.MISSING,
    "resources-ready": Topic.READY,
    "resources-planned": Topic.PROMISED,
}
_SAMPLE = re.compile(r'syncer_(resources|links|points)\{handbook="[^"]*",\w+="([^"]+)"\} (\d+)')


def check_numbers(manifest: StatusManifest) -> None:
    """Fail when two places of a report disagree about a number."""
    view = build_view(manifest, Lang.DA)
    numbers = {part.choice: _read(part.number) for whole in view.figures for part in whole.parts}
    _check_wholes(manifest, view, numbers)
    _check_points(view)
    _check_courses(view, numbers)
    _check_metrics(manifest, numbers, view)
    _check_page(manifest, view, numbers)
    _check_texts(manifest, view)
    assert count_all(manifest).figures == {
        **({"points": _count_to_do(view)} if _count_to_do(view) else {}),
        **numbers,
    }


def _read(number: str) -> int:
    return int(number.replace(".", ""))


def _count_to_do(view: View) -> int:
    return sum(section.count for section in view.sections if section.key in OWNERS)


def _check_wholes(manifest: StatusManifest, view: View, numbers: dict[str, int]) -> None:
    """The parts add up to the whole, and each is the number of rows in the full list."""
    for whole in view.figures:
        assert sum(_read(part.number) for part in whole.parts) == _read(whole.heading.split()[0])
    listed = Counter(one.choice for one in view.resources)
    listed += Counter(link.choice for page in view.links for link in page.links)
    assert dict(listed) == numbers
    assert len(view.resources) == len({row.group for row in manifest.resources})
    items = items_of(view)
    for choice, topic in LISTED.items():
        assert numbers.get(choice, 0) == sum(item.topic is topic for item in items), choice
    links = sum(max(1, len(item.parts)) for item in items if item.topic is Topic.LINKS)
    assert numbers.get("links-broken", 0) == links


def _check_points(view: View) -> None:
    """Doors, headings, verdict and news count the same items."""
    sections = {section.key: section for section in view.sections}
    assert [_read(door.number) for door in view.doors] == [sections[key].count for key in OWNERS]
    to_do = [item for key in OWNERS for block in sections[key].blocks for item in block.items]
    assert len(to_do) == _count_to_do(view)
    new = [item.id for item in to_do if item.new]
    if any(map(str.isdigit, view.verdict)):
        said = [_read(number) for number in re.findall(r"[\d.]*\d", view.verdict)]
        assert sum(said) == len(to_do)
        assert not new or said[0] == len(new)
    elif view.complete:
        assert not to_do
    if view.news.new_heading[:1].isdigit():
        assert {one.id for one in view.news.new} == set(new)
        assert _read(view.news.new_heading.split()[0]) == len(new)
    if view.news.solved_heading[:1].isdigit():
        assert _read(view.news.solved_heading.split()[0]) == len(view.news.solved)
    for key, door in zip(OWNERS, view.doors, strict=True):
        promised = sections[key].promised
        if promised is not None:
            assert f"{promised.count} planlagt" in door.details
        number = sum(item.new for block in sections[key].blocks for item in block.items)
        assert (f"{number} ny" in door.details) == bool(number)


def _check_courses(view: View, numbers: dict[str, int]) -> None:
    """The chart ends with the numbers of the first screen."""
    if view.history is None:
        return
    names = {"Ressourcer": "resources", "Links": "links"}
    for course in view.history.courses:
        kind, _, label = course.label.partition(": ")
        if kind not in names:
            assert course.values[-1] == _count_to_do(view)
            continue
        shown = {
            part.choice: part.label
            for whole in view.figures
            for part in whole.parts
            if part.choice.startswith(names[kind])
        }
        choice = next((one for one, words in shown.items() if words == label), None)
        assert course.values[-1] == (0 if choice is None else numbers[choice])


def _check_metrics(manifest: StatusManifest, numbers: dict[str, int], view: View) -> None:
    samples = _SAMPLE.findall(render_prometheus(manifest, lang=Lang.EN))
    parts = {f"{kind}-{name}": int(n) for kind, name, n in samples if kind != "points"}
    assert parts == numbers
    assert sum(int(n) for kind, _, n in samples if kind == "points") == _count_to_do(view)


def _check_page(manifest: StatusManifest, view: View, numbers: dict[str, int]) -> None:
    """The page shows the numbers of the view, beside lists of that length."""
    page: Any = lxml_html.fromstring(render_html(manifest, lang=Lang.DA))
    for choice, number in numbers.items():
        (shown,) = page.xpath(f"//*[@data-choice='{choice}']/b/text()")
        assert _read(shown) == number
        assert len(page.xpath(f"//*[@data-state='{choice}']")) == number
    for section in view.sections:
        if section.count:
            (heading,) = page.xpath(f"//*[@id='{section.key}-heading']/*[@class='count']/text()")
            assert _read(heading) == section.count
    for door in page.xpath("//*[@class='doors']//a"):
        (number,) = door.xpath("b/text()")
        cards = page.xpath(f"//*[@id='{door.get('href')[1:]}']//article")
        assert len(cards) >= _read(number)


def _check_texts(manifest: StatusManifest, view: View) -> None:
    markdown = render_markdown(manifest, lang=Lang.DA)
    terminal = render_terminal(manifest, lang=Lang.DA, width=2000, color=False)
    blocks: list[ItemBlock] = [
        block
        for section in view.sections
        for block in (*section.shown, *filter(None, (section.notes,)))
    ]
    headings = [int(number) for number in re.findall(r"^### .* \((\d+)\)$", markdown, re.MULTILINE)]
    assert headings == [block.count for block in blocks]
    assert all(f"{block.heading} ({block.count})" in terminal for block in blocks)
    assert view.summary in terminal
    assert view.summary in render_state(manifest, lang=Lang.DA)[0]
