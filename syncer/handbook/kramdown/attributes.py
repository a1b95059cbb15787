"""kramdown's attribute lists: `{: #id .class key="value" ref}` (pure).

Source: kramdown's syntax page, "Attribute List Definitions" and "Inline Attribute Lists".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from syncer.handbook.kramdown.patterns import compile_ruby

# What may stand between the braces; the length is our bound.
LIST_CONTENT = r"(?:\\\}|[^}]){1,2000}"
EXTENSION_CONTENT = r"(?:\\\}|[^}]){0,2000}?"
NAME = r"\w[\w-]*"

_ITEM = compile_ruby(
    rf"(?:\A|(?<=\s))(?:(?P<key>{NAME})=(?P<quote>[\"'])(?P<value>(?:\\.|(?!(?P=quote)).)*)(?P=quote)"
    rf"|(?P<ref>{NAME})|(?P<marks>(?:#[A-Za-z][\w:-]*|\.[^\s.#]+)+))(?=\s|\Z)",
    re.DOTALL,
)
_ID = compile_ruby(r"#([A-Za-z][\w:-]*)")
_CLASS = compile_ruby(r"\.([^\s.#]+)")


@dataclass(slots=True)
class Attributes:
    """What attribute lists say of one element; later ones win."""

    values: dict[str, str] = field(default_factory=dict)
    classes: list[str] = field(default_factory=list)
    refs: list[str] = field(default_factory=list)

    def read(self, content: str) -> None:
        """Add what stands between the braces; what is no attribute is left out."""
        for item in _ITEM.finditer(content):
            if item["key"]:
                self.values[item["key"]] = item["value"]
            elif item["ref"]:
                self.refs.append(item["ref"])
            else:
                for found in _ID.findall(item["marks"]):
                    self.values["id"] = found
                self.classes += _CLASS.findall(item["marks"])

    def has_class(self, name: str, definitions: Mapping[str, Attributes]) -> bool:
        """Say whether a class is given, here or in the definitions it refers to."""
        parts = [self, *(definitions[ref] for ref in self.refs if ref in definitions)]
        return any(name in (*part.classes, *part.values.get("class", "").split()) for part in parts)

    def find_id(self, definitions: Mapping[str, Attributes]) -> str | None:
        """Return the id, its own before one of the definitions it refers to; None without any."""
        if "id" in self.values:
            return self.values["id"]
        found = [definitions[ref].values.get("id") for ref in self.refs if ref in definitions]
        return next((name for name in reversed(found) if name is not None), None)
