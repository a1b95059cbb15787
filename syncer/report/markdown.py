"""The report as Markdown, for a wiki page or an issue that is updated in place.

Headings and order are the same in every run. The lists of all resources and links are in the HTML
page and the spreadsheet; here they are numbers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from syncer.manifest.document import StatusManifest
from syncer.report.view import View, build_view
from syncer.report.view.front.front_records import Figures
from syncer.report.view.records import FileView, Item, PlaceInHandbook, Section
from syncer.report.words import Labels, Lang, Words, words_of

# What Markdown or GitHub takes for a mark, where it can be one: an underline within a word is none.
_SPECIAL = re.compile(
    r"[\\`*\[\]<|~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|\{(?=[:{%])|(?i:(?<=www)\.)|:(?=//)"
    r"|(?P<named>@|\#(?=\d))"
)
# GitHub makes mentions of people and issues after escapes are resolved; a comment parts them.
_PARTED = r"\g<named><!-- -->"
# What precedes the mark of a list, a heading or a quotation.
_LINE_START = re.compile(r"^(?:\d+(?=[.)])|(?=[-=+#>]))")
# Characters that end an address in angle brackets, or a table cell.
_IN_ADDRESS = str.maketrans(
    {"<": "%3C", ">": "%3E", " ": "%20", "|": "%7C", "\\": "%5C", "(": "%28", ")": "%29"}
)


def render_markdown(
    manifest: StatusManifest, *, lang: Lang, new: Collection[str] | None = None
) -> str:
    """Return the report as GitHub-flavoured Markdown, with one line feed at its end.

    Everything from outside is escaped: a name cannot make a heading, cell, link, mention or HTML.
    `new` is as in `build_view`.
    """
    view, words = build_view(manifest, lang, new), words_of(lang)
    return "\n".join(_lines(view, words)).rstrip() + "\n"


def escape(text: str) -> str:
    """Return text that Markdown shows unchanged in paragraphs, lists and table cells."""
    inner = text.lstrip(" ")
    # Blanks at the start of a line would make a code block of it.
    blanks = "&nbsp;" * (len(text) - len(inner))
    return blanks + _LINE_START.sub(r"\g<0>\\", _SPECIAL.sub(_escape_one, inner))


def _escape_one(found: re.Match[str]) -> str:
    return found.expand(_PARTED) if found["named"] else f"\\{found[0]}"


def link(text: str, address: str | None) -> str:
    """Return a link; its text when there is no address."""
    return f"[{escape(text)}]({address.translate(_IN_ADDRESS)})" if address else escape(text)


def _address(address: str) -> str:
    """Return an address to copy, which is a link too."""
    return f"<{address.translate(_IN_ADDRESS)}>"


def _lines(view: View, words: Words) -> Iterator[str]:
    labels = words.labels
    yield from (f"# {escape(labels.report_title)}", "")
    yield from (f"**{escape(view.summary)}**", "")
    yield from _bullets((*view.remarks, *view.incomplete_because))
    yield from (escape(view.times), "")
    for section in view.sections:
        yield from _section(section, labels, complete=view.complete)
    if view.changes is not None:
        yield from (f"## {escape(view.changes.heading)}", "")
        yield from _titled(labels.fixed, view.changes.solved or (labels.fixed_none,))
        yield from _titled(labels.moved, view.changes.moved)
        yield from _titled(labels.changed, view.changes.changed)
    if view.waived:
        yield from (f"## {escape(labels.section_waived)}", "")
        for item in view.waived:
            yield f"- {escape(item.title)}: {escape(item.waived or '')}"
        yield ""
    yield from _bullets((*map(_add_up, view.figures), *view.colophon))


def _add_up(whole: Figures) -> str:
    return f"{whole.heading}: {', '.join(f'{part.number} {part.label}' for part in whole.parts)}."


def _bullets(texts: Sequence[str]) -> Iterator[str]:
    if texts:
        yield from (f"- {escape(text)}" for text in texts)
        yield ""


def _titled(title: str, texts: Sequence[str]) -> Iterator[str]:
    if texts:
        yield from (f"**{escape(title)}**", "")
        yield from _bullets(texts)


def _section(section: Section, labels: Labels, *, complete: bool) -> Iterator[str]:
    yield from (f"## {escape(section.heading)}", "")
    if section.empty:
        yield from (escape(labels.nothing_here if complete else labels.nothing_here_so_far), "")
    for block in (*section.shown, *filter(None, (section.notes,))):
        yield from (f"### {escape(block.heading)} ({block.count})", "")
        for item in block.items:
            yield from _item(item, labels)
    yield from _bullets(section.remarks)


def _item(item: Item, labels: Labels) -> Iterator[str]:
    new = f" **{escape(labels.new)}**" if item.new else ""
    yield f"- **{escape(item.title)}** – {escape(item.badge)}{new}"
    for sentence in item.sentences:
        yield f"  - {escape(sentence)}"
    if item.actions:
        yield f"  - {escape(item.lead)} {escape(' '.join(item.actions))}"
    if item.copy_link is not None:
        yield f"  - {_address(item.copy_link)}"
    for part in item.parts:
        shown = f" {_address(part.copy_link)}" if part.copy_link is not None else ""
        yield f"  - {escape(_join_part(part))}{shown}"
        yield from (f"    - {_mention(mention, labels)}" for mention in part.mentions)
    for mention in item.mentions:
        yield f"  - {_mention(mention, labels)}"
    for file in item.files:
        yield f"  - {_file(file)}"
    yield f"  - {escape(item.since_day)}"
    for effect in item.consequences:
        yield f"  - {escape(labels.consequences)}: {escape(effect.title)} – {escape(effect.badge)}"
    yield ""


def _join_part(part: Item) -> str:
    return f"{part.title}: {' '.join(part.sentences)}" if part.sentences else part.title


def _mention(mention: PlaceInHandbook, labels: Labels) -> str:
    page = link(mention.title, mention.page_url)
    parts = [page if mention.title == mention.page else f"{page} ({escape(mention.page)})"]
    if mention.line is not None:
        parts.append(link(labels.line.replace("{n}", str(mention.line)), mention.source_url))
    if mention.place:
        parts.append(link(mention.place, mention.place_url))
    return " · ".join(parts)


def _file(file: FileView) -> str:
    facts = f" ({escape(file.facts)})" if file.facts else ""
    return f"{escape(file.name)}{facts} · {link(file.folder, file.folder_url)}"
