"""kramdown's attribute lists: `{: #id .class key="value" ref}` (pure).

Source: kramdown's syntax page, "Attribute List Definitions" and "Inline Attribute Lists".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from syncer.handbook.kramdown.effort import Effort
from syncer.handbook.kramdown.patterns import compile_ruby

# The longest text between the braces. The limit is ours.
_MAX_LENGTH = 2000
LIST_CONTENT = rf"(?:\\\}}|[^}}]){{1,{_MAX_LENGTH}}}"
EXTENSION = rf"\{{::(\w+)(?:\s((?:\\\}}|[^}}]){{0,{_MAX_LENGTH}}}?)|)(/)?\}}"
NAME = r"\w[\w-]*"

_ITEM = compile_ruby(
    rf"(?:\A|(?<=\s))(?:(?P<key>{NAME})=(?P<quote>[\"'])(?P<value>(?:\\.|(?!(?P=quote)).)*)(?P=quote)"
    rf"|(?P<ref>{NAME})|(?P<marks>(?:#[A-Za-z][\w:-]*|\.[^\s.#]+)+))(?=\s|\Z)",
    re.DOTALL,
)
_ID = compile_ruby(r"#([A-Za-z][\w:-]*)")
_CLASS = compile_ruby(r"\.([^\s.#]+)")
_ESCAPED = re.compile(r"\\([}\"'])")

# What decides an address or an anchor.
_SHOWN = ("id", "name", "href", "src", "srcset", "poster", "data")
# kramdown fails on a circle of definitions.
_MAX_NESTED = 50


def closes_soon(text: str, start: int, effort: Effort) -> bool:
    """Return whether a brace closes near enough to `start` to end a list or an extension."""
    close = text.find("}", start, start + 2 * _MAX_LENGTH + 100)
    effort.spend(1 + max(close - start, 0) // 8)
    return close >= 0


@dataclass(slots=True)
class Attributes:
    """The attribute lists of one element; later values replace earlier ones.

    `refs` are the names of definitions, as keys in the order of their last use. `before` are the
    lists that were read before these and count less, with what their definitions say.
    """

    values: dict[str, str] = field(default_factory=dict)
    classes: set[str] = field(default_factory=set)
    refs: dict[str, None] = field(default_factory=dict)
    before: list[Attributes] = field(default_factory=list)

    def read_next(self, content: str) -> None:
        """Add a further list in running text, where each list is applied as a whole."""
        self.before.append(Attributes(self.values, self.classes, self.refs))
        self.values, self.classes, self.refs = {}, set(), {}
        self.read(content)

    def read(self, content: str) -> None:
        """Add the text between the braces; words that are no attribute are ignored."""
        for item in _ITEM.finditer(content):
            if item["key"]:
                self.values[item["key"]] = _ESCAPED.sub(r"\1", item["value"])
                if item["key"] == "class":
                    self.classes.update(item["value"].split())
            elif item["ref"]:
                self.refs.pop(item["ref"], None)
                self.refs[item["ref"]] = None
            else:
                for found in _ID.findall(item["marks"]):
                    self.values["id"] = found
                self.classes.update(_CLASS.findall(item["marks"]))

    def has_class(self, name: str, definitions: Mapping[str, Attributes]) -> bool:
        """Return whether the element has a class, its own or from a definition."""
        parts = [self, *(definitions[ref] for ref in self.refs if ref in definitions)]
        return any(name in part.classes for part in parts)

    def find_id(self, definitions: Mapping[str, Attributes]) -> str | None:
        """Return the element's own id, else that of its last definition with one, else None."""
        return self.find_shown(definitions).get("id")

    def find_shown(self, definitions: Mapping[str, Attributes]) -> dict[str, str]:
        """Return what decides addresses and anchors; own values win, then the last definition's.

        They replace those that the element has without the lists.
        """
        shown: dict[str, str] = {}
        for one in (*self.before, self):
            for part in (*(definitions[ref] for ref in one.refs if ref in definitions), one):
                shown |= {name: part.values[name] for name in _SHOWN if name in part.values}
        return shown


def resolve_definitions(definitions: Mapping[str, Attributes]) -> dict[str, Attributes]:
    """Return definitions that name no others: each has what those that it names say."""
    resolved: dict[str, Attributes] = {}

    def resolve(name: str, depth: int) -> None:
        definition = definitions[name]
        # A circle ends here.
        resolved[name] = definition
        for ref in definition.refs if depth < _MAX_NESTED else ():
            if ref in definitions and ref not in resolved:
                resolve(ref, depth + 1)
        values = definition.values | definition.find_shown(resolved)
        resolved[name] = Attributes(values, definition.classes)

    for name in definitions:
        if name not in resolved:
            resolve(name, 0)
    return resolved
