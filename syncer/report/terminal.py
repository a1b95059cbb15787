"""The report for a terminal: what is missing first, then what to do about it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from syncer.manifest.document import StatusManifest
from syncer.model.reason import Reason
from syncer.redact import make_visible
from syncer.report.view import View, build_view
from syncer.report.view.records import (
    FileView,
    Item,
    PlaceInHandbook,
    ResourceView,
    Section,
    Tone,
)
from syncer.report.visible import KEPT_BLANK
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
_WORD = re.compile(r"\S+\s*")
_ADDRESS = re.compile(r"https?://")


def render_terminal(
    manifest: StatusManifest,
    *,
    lang: Lang,
    width: int,
    color: bool,
    new: Collection[str] | None = None,
    verbose: bool = False,
) -> str:
    """Return the report for a terminal of `width` columns, at least 40.

    Lines end between words, and within one that is wider than the terminal; never within an
    address or a `file:line`, which are to be copied or clicked. What is fine is counted on the last
    line, and with `verbose` every resource is listed.

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
    for text in _parts(view, words, _Wrapper(console), verbose=verbose):
        text.rstrip()
        console.print(text, soft_wrap=True)
    return out.getvalue()


class _Wrapper:
    """Divides texts into lines of a width."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def wrap(self, text: Text, *, indent: int = 0, whole: str = "") -> Iterator[Text]:
        """Yield the lines of a text; `whole` is a part of it that stays on one line."""
        width = self._console.width - indent
        if whole:
            text.plain = text.plain.replace(whole, whole.replace(" ", KEPT_BLANK))
        for line in text.divide(_find_ends(text.plain, width)):
            line.plain = line.plain.replace(KEPT_BLANK, " ")
            kept = _ADDRESS.search(line.plain) or (whole and whole in line.plain)
            if kept or cell_len(line.plain.rstrip()) <= width:
                yield line
            else:
                yield from line.wrap(self._console, width, overflow="fold")

    def hang(self, mark: str, lines: Iterable[Text], style: str = "") -> Iterator[Text]:
        """Yield lines with a mark before the first and an indent before the others."""
        for number, line in enumerate(lines):
            yield Text.assemble((mark, style) if number == 0 else " ", " ", line)

    def head(self, text: str) -> Iterator[Text]:
        """Yield a heading with a rule behind it."""
        yield Text()
        rule = "─" * max(0, self._console.width - cell_len(text) - 1)
        yield Text.assemble((text, "bold"), " ", (rule, "dim"))


def render_summary_line(
    manifest: StatusManifest, *, lang: Lang, known: Collection[str] | None = None
) -> str:
    """Return the state on one line, without a line feed.

    Waived findings have a count of their own and are in no other. `known` are the ids of the
    findings in a baseline; the line then also counts the others.
    """
    view, words = build_view(manifest, lang), words_of(lang)
    parts = [view.summary]
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


def render_reasons(reasons: Sequence[Reason], lang: Lang) -> tuple[str, ...]:
    """Return a sentence for each reason."""
    return tuple(words_of(lang).reason(reason.code, reason.args) for reason in reasons)


def render_state(manifest: StatusManifest, *, lang: Lang) -> tuple[str, ...]:
    """Return the first lines of a report: the state, and what limits it.

    An incomplete run shows only its first reasons.
    """
    view = build_view(manifest, lang)
    because = view.incomplete_because[:_MAX_REASONS]
    return (render_summary_line(manifest, lang=lang), *view.remarks, *because)


def _find_ends(text: str, width: int) -> Iterator[int]:
    """Yield where the lines of a text end that hold whole words, as many as fit."""
    used = 0
    for word in _WORD.finditer(text):
        cells = cell_len(word[0].rstrip())
        if used and used + cells > width:
            yield word.start()
            used = 0
        used += cell_len(word[0])


def _parts(view: View, words: Words, wrapper: _Wrapper, *, verbose: bool) -> Iterator[Text]:
    labels = words.labels
    yield from wrapper.wrap(_headline(view))
    unsure = _STYLES[Tone.UNKNOWN] if not view.complete else ""
    for remark in (*view.remarks, *view.incomplete_because):
        yield from wrapper.hang(" ", wrapper.wrap(Text(remark, style=unsure), indent=2))
    yield from wrapper.wrap(Text(view.times, style="dim"))
    for section in view.sections:
        if not section.empty:
            yield from _section(section, words, wrapper)
    if view.changes is not None and any(view.changes.lists):
        yield from wrapper.head(view.changes.heading)
        titles = (labels.fixed, labels.moved, labels.changed)
        for title, texts in zip(titles, view.changes.lists, strict=True):
            yield from _bullets((f"{title}: {text}" for text in texts), wrapper)
    if view.waived:
        yield from wrapper.head(f"{labels.section_waived} ({len(view.waived)})")
        for item in view.waived:
            yield from _note(item, wrapper)
    yield from _list_fine(view, labels, wrapper, verbose=verbose)


def _list_fine(view: View, labels: Labels, wrapper: _Wrapper, *, verbose: bool) -> Iterator[Text]:
    """Yield every resource, or how much is fine, which nobody need read one by one."""
    if verbose and view.resources:
        yield from wrapper.head(labels.resources_heading)
        for resource in view.resources:
            yield from _resource(resource, wrapper)
    elif view.fine:
        yield Text()
        yield from wrapper.wrap(Text(f"{_MARKS[Tone.GOOD]} {view.fine}", style="green"))


def _headline(view: View) -> Text:
    return Text(f"{_MARKS[view.tone]} {view.summary}", style=_STYLES[view.tone])


def _bullets(texts: Iterable[str], wrapper: _Wrapper) -> Iterator[Text]:
    for text in texts:
        yield from wrapper.hang(_MARKS[Tone.NOTE], wrapper.wrap(Text(text), indent=2))


def _section(section: Section, words: Words, wrapper: _Wrapper) -> Iterator[Text]:
    yield from wrapper.head(section.heading)
    for block in section.shown:
        yield from wrapper.wrap(Text(f"{block.heading} ({block.count})", style="bold"))
        for item in block.items:
            lines = _item(item, words, wrapper)
            yield from wrapper.hang(_MARKS[item.tone], lines, _STYLES[item.tone])
    if section.notes is not None:
        title = f"{section.notes.heading} ({section.notes.count})"
        yield from wrapper.wrap(Text(title, style="bold"))
        for item in section.notes.items:
            yield from _note(item, wrapper)
    yield from _bullets(section.remarks, wrapper)


def _item(item: Item, words: Words, wrapper: _Wrapper) -> Iterator[Text]:
    labels = words.labels
    title = Text(item.title, style="bold")
    title.append(f" – {item.badge}", style=_STYLES[item.tone])
    if item.new:
        title.append(f"  {labels.new}", style="bold reverse")
    texts = [title, *(Text(sentence) for sentence in item.sentences)]
    if item.actions:
        texts.append(Text(f"{item.lead} {' '.join(item.actions)}", style="bold"))
    for text in texts:
        yield from wrapper.wrap(text, indent=2)
    yield from _places(item, words, wrapper)
    for part in item.parts:
        said = f": {' '.join(part.sentences)}" if part.sentences else ""
        yield from wrapper.wrap(Text(f"{part.title}{said}"), indent=2)
        yield from _places(part, words, wrapper)
    more = [
        *map(_describe_file, item.files),
        *(f"{labels.consequences}: {one.title} – {one.badge}" for one in item.consequences),
    ]
    for line in more:
        yield from wrapper.wrap(Text(line, style="dim"), indent=2)


def _places(item: Item, words: Words, wrapper: _Wrapper) -> Iterator[Text]:
    """Yield the address to copy, and where the handbook mentions an item."""
    if item.copy_link is not None:
        text = Text(item.copy_link, style="dim")
        yield from wrapper.wrap(text, indent=2, whole=item.copy_link)
    for mention in item.mentions[:_MAX_MENTIONS]:
        text = Text(_describe_place(mention, words.labels), style="dim")
        yield from wrapper.wrap(text, indent=2, whole=_locate(mention))
    if len(item.mentions) > _MAX_MENTIONS:
        more = words.fill(words.labels.more_places, n=len(item.mentions) - _MAX_MENTIONS)
        yield Text(more, style="dim")


def _note(item: Item, wrapper: _Wrapper) -> Iterator[Text]:
    where = f"({_locate(item.mentions[0])})" if item.mentions else ""
    waived = f". {item.waived}" if item.waived else ""
    parts = ": " + ", ".join(part.title for part in item.parts) if item.parts else ""
    text = Text(f"{item.title} – {item.badge}{parts}{' ' if where else ''}{where}{waived}")
    yield from wrapper.hang(_MARKS[Tone.NOTE], wrapper.wrap(text, indent=2, whole=where))


def _resource(resource: ResourceView, wrapper: _Wrapper) -> Iterator[Text]:
    tone = resource.states[0][1]
    where = f"({_locate(resource.mentions[0])})"
    more = f" +{len(resource.mentions) - 1}" if len(resource.mentions) > 1 else ""
    states = ", ".join(words for words, _ in resource.states)
    text = Text.assemble(f"{resource.name} – {states} ", (f"{where}{more}", "dim"))
    lines = wrapper.wrap(text, indent=2, whole=where)
    yield from wrapper.hang(_MARKS[tone], lines, _STYLES[tone])


def _describe_file(file: FileView) -> str:
    facts = f" ({file.facts})" if file.facts else ""
    return f"{file.name}{facts} · {file.folder}"


def _describe_place(mention: PlaceInHandbook, labels: Labels) -> str:
    """Return page and line in the form that editors recognise, the title, and the place."""
    where = _locate(mention)
    if mention.title != mention.page:
        where = f"{where}  {mention.title}"
    if not mention.place:
        return where
    return f"{where}  {labels.place_in_row.replace('{label}', mention.place)}"


def _locate(mention: PlaceInHandbook) -> str:
    return mention.page if mention.line is None else f"{mention.page}:{mention.line}"
