"""What an OpenDocument may show by its styles alone: lines, borders, colours (ODF 1.3 part 3).

Only styles that are used count: offices write those of warnings and horizontal lines into each
document. In doubt they show.
"""

from __future__ import annotations

import re

from syncer.documents.archive import Archive
from syncer.documents.xml_parts import strip_names, visit_part

_OFF = frozenset({"", "none", "transparent", "false", "hidden", "0", "0cm", "0in", "0pt"})
_SHOWS = re.compile(
    r"background-color|border|border-(?:top|bottom|left|right)|diagonal-(?:tl-br|bl-tr)|shadow"
    r"|fill|stroke|leader-(?:style|type|char)|list-style-name"
    r"|text-(?:underline|overline|line-through)-(?:style|type)"
)
_NAMES_STYLE = re.compile(r".*(?:style|master-page|page-layout)-name")
_STYLES = frozenset({"style", "master-page", "page-layout"})
# What separates styles, or is one of lists and numbers only.
_OTHERS = re.compile(
    r".*-configuration|.*-styles|.*-decls|(?:list|outline|number|percentage|currency|date|time"
    r"|boolean|text)-style|gradient|marker|hatch|opacity|stroke-dash|fill-image|table-template"
)
# Used, and those that offices use where a text, a cell or a page names none.
_USED = frozenset({"", "Standard", "Default"})


def has_showing_styles(archive: Archive, *parts: str) -> bool:
    """Return whether a style that is used may show something; default ones are."""
    names: dict[str, set[str]] = {"": set()}
    shows: set[str] = set()
    current: str | None = None

    def visit(name: str, attributes: dict[str, str]) -> None:
        nonlocal current
        values = strip_names(attributes)
        if name in _STYLES:
            current = values.get("name", "")
            # Impress has the background of a master in a style of its own.
            names.setdefault(current, set()).add(f"{current}-background")
        elif name in ("body", "default-style"):
            current = ""
        elif _OTHERS.fullmatch(name):
            current = None
        if name == "linenumbering-configuration" and values.get("number-lines") != "false":
            shows.add("")
        if current is None:
            return
        names[current].update(v for key, v in values.items() if _NAMES_STYLE.fullmatch(key))
        is_shown = any(_SHOWS.fullmatch(k) and v not in _OFF for k, v in values.items())
        if is_shown or name == "column-sep" or (name == "background-image" and "href" in values):
            shows.add(current)

    for part in parts:
        current = None
        visit_part(archive, part, visit)
    used, waiting = set[str](), set(_USED)
    while waiting:
        used |= waiting
        waiting = {one for name in waiting for one in names.get(name, ())} - used
    return not shows.isdisjoint(used)
