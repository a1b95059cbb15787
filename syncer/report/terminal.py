"""The report for a terminal: what is missing first, then what to do about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from syncer.manifest.document import StatusManifest
from syncer.redact import make_visible
from syncer.report.view import View, build_view
from syncer.report.view.records import FileView, Item, PlaceInHandbook, Section, Tone
from syncer.report.words import Labels, Lang, Words, words_of

_MIN_WIDTH = 40
_STYLES = {
    Tone.GOOD: "bold green",
    Tone.NOTE: "bold",
    Tone.WARNING: "bold yellow",
    Tone.ALARM: "bold red",
    Tone.UNKNOWN: "bold magenta",
}
_MARKS = {Tone.GOOD: "✓", Tone.NOTE: "·", Tone.WARNING: "!", Tone.ALARM: "✗", Tone.UNKNOWN: "?"}
_MAX_MENTIONS = 5
_MAX_REASONS = 3


def render_terminal(
    manifest: StatusManifest,
    *,
    lang: Lang,
    width: int,
    color: bool,
    new: Collection[str] | None = None,
) -> str:
    """Return the report for a terminal of `width` columns, at least 40.

    It does not depend on the environment. Without colour it has no escape sequences (`visible`
    replaces those in names), and marks take the place of colours. `new` is as in `build_view`.
    """
    view, words = build_view(manifest, lang, new), words_of(lang)
    out = StringIO()
    console = Console(
        file=out,
        width=max(_MIN_WIDTH, width),
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    console.print(Group(*_parts(view, words)))
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def render_summary_line(
    manifest: StatusManifest, *, lang: Lang, known: Collection[str] | None = None
) -> str:
    """Return the state on one line, without a line feed.

    Waived findings have a count of their own and are in no other. `known` are the ids of the
    findings in a baseline; the line then also counts the others.
    """
    view, words = build_view(manifest, lang), words_of(lang)
    parts = [view.headline, view.new_line]
    if view.waived:
        parts.append(words.fill(words.labels.count_waived, n=len(view.waived)))
    if known is not None:
        beyond = [one for one in manifest.findings if one.id not in known and not one.waived_until]
        parts.append(words.fill(words.labels.beyond_baseline, n=len(beyond)))
    return " ".join(part for part in parts if part)


def render_added(entries: Sequence[str], lang: Lang) -> tuple[str, ...]:
    """Return a line for each entry that a change adds to the handbook's own settings."""
    labels = words_of(lang).labels
    return tuple(make_visible(f"{labels.own_settings_added}: {entry}") for entry in entries)


def render_state(manifest: StatusManifest, *, lang: Lang) -> tuple[str, ...]:
    """Return the first lines of a report: the state, and what limits it.

    An incomplete run shows only its first reasons.
    """
    view = build_view(manifest, lang)
    because = view.incomplete_because[:_MAX_REASONS]
    return (render_summary_line(manifest, lang=lang), *view.remarks, *because)


def _parts(view: View, words: Words) -> Iterator[RenderableType]:
    labels = words.labels
    yield _headline(view)
    for remark in (*view.remarks, *view.incomplete_because):
        yield Text(f"  {remark}", style=_STYLES[Tone.UNKNOWN] if not view.complete else "")
    yield Text(view.times, style="dim")
    for section in view.sections:
        if not section.empty:
            yield from _section(section, words)
    if view.changes is not None and any(view.changes.lists):
        yield from _heading(view.changes.heading)
        yield from _bullets(f"{labels.fixed}: {text}" for text in view.changes.fixed)
        yield from _bullets(f"{labels.moved}: {text}" for text in view.changes.moved)
        yield from _bullets(f"{labels.changed}: {text}" for text in view.changes.changed)
    if view.waived:
        yield from _heading(f"{labels.section_waived} ({len(view.waived)})")
        for item in view.waived:
            yield from _note(item)
    if view.resources:
        yield from _heading(labels.resources_heading)
        yield _resources(view, labels)


def _headline(view: View) -> Text:
    text = Text(f"{_MARKS[view.tone]} {view.headline}", style=_STYLES[view.tone])
    if view.new_line:
        text.append(f" {view.new_line}", style="bold")
    return text


def _heading(text: str) -> Iterator[RenderableType]:
    yield Text()
    yield Rule(Text(text, style="bold"), align="left", style="dim", characters="─")


def _bullets(texts: Iterable[str]) -> Iterator[RenderableType]:
    for text in texts:
        yield _hang("·", Text(text))


def _hang(mark: str, text: RenderableType, style: str = "") -> Table:
    """Return a paragraph with a mark and a hanging indent."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row(Text(mark, style=style), text)
    return grid


def _section(section: Section, words: Words) -> Iterator[RenderableType]:
    labels = words.labels
    yield from _heading(section.heading)
    for topic in section.topics:
        yield Text(f"{topic.heading} ({topic.count})", style="bold")
        for item in topic.items:
            yield from _item(item, words)
    for topic in section.notes:
        yield Text(f"{labels.notes}: {topic.heading} ({topic.count})", style="bold")
        for item in topic.items:
            yield from _note(item)
    yield from _bullets(section.remarks)


def _item(item: Item, words: Words) -> Iterator[RenderableType]:
    labels = words.labels
    title = Text(item.title, style="bold")
    title.append(f" – {item.badge}", style=_STYLES[item.tone])
    if item.new:
        title.append(f"  {labels.new}", style="bold reverse")
    lines = [title, *(Text(sentence) for sentence in item.sentences)]
    if item.actions:
        lines.append(Text(f"{item.lead} {' '.join(item.actions)}", style="bold"))
    if item.copy_link is not None:
        lines.append(Text(item.copy_link, style="dim"))
    for part in item.parts:
        said = f": {' '.join(part.sentences)}" if part.sentences else ""
        lines.append(Text(f"{part.title}{said}"))
        if part.copy_link is not None:
            lines.append(Text(part.copy_link, style="dim"))
        lines += _places(part, words)
    lines += _places(item, words)
    lines += [Text(_describe_file(file), style="dim") for file in item.files]
    lines += [
        Text(f"{labels.consequences}: {effect.title} – {effect.badge}", style="dim")
        for effect in item.consequences
    ]
    yield _hang(_MARKS[item.tone], Group(*lines), _STYLES[item.tone])


def _describe_file(file: FileView) -> str:
    facts = f" ({file.facts})" if file.facts else ""
    return f"{file.name}{facts} · {file.folder}"


def _places(item: Item, words: Words) -> list[Text]:
    shown = [_place(mention, words) for mention in item.mentions[:_MAX_MENTIONS]]
    if len(item.mentions) > _MAX_MENTIONS:
        more = len(item.mentions) - _MAX_MENTIONS
        shown.append(words.fill(words.labels.more_places, n=more))
    return [Text(line, style="dim") for line in shown]


def _note(item: Item) -> Iterator[RenderableType]:
    place = f" ({_locate(item.mentions[0])})" if item.mentions else ""
    waived = f". {item.waived}" if item.waived else ""
    parts = ": " + ", ".join(part.title for part in item.parts) if item.parts else ""
    yield _hang(_MARKS[Tone.NOTE], Text(f"{item.title} – {item.badge}{parts}{place}{waived}"))


def _place(mention: PlaceInHandbook, words: Words) -> str:
    """Return page and line in the form that editors recognise, the title, and the place."""
    labels = words.labels
    where = _locate(mention)
    if mention.title != mention.page:
        where = f"{where}  {mention.title}"
    if not mention.place:
        return where
    return f"{where}  {labels.place_in_row.replace('{label}', mention.place)}"


def _locate(mention: PlaceInHandbook) -> str:
    return mention.page if mention.line is None else f"{mention.page}:{mention.line}"


def _resources(view: View, labels: Labels) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, expand=False)
    table.add_column("", width=1)
    table.add_column(labels.column_resource, overflow="fold", ratio=3)
    table.add_column(labels.column_state, overflow="fold", ratio=2)
    table.add_column(labels.column_mentions, overflow="fold", ratio=2)
    for resource in view.resources:
        tone = resource.states[0][2]
        first = resource.mentions[0]
        more = f" +{len(resource.mentions) - 1}" if len(resource.mentions) > 1 else ""
        table.add_row(
            Text(_MARKS[tone], style=_STYLES[tone]),
            Text(resource.name),
            Text(", ".join(words for _, words, _ in resource.states)),
            Text(f"{_locate(first)}{more}", style="dim"),
        )
    return table
