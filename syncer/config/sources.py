"""Where each setting stands: in which line of the file, or in which variable."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from syncer.model.shares import name_token

# A key or a variable with a share's token in it, which may stand in the settings alone.
_BY_TOKEN = re.compile(
    r"((?:^|\.|_)(?i:shares|folders)(?:\.|__))(.+?)"
    r"(?=$|\.[a-z_]+$|\[\d+\]$|__[A-Z]+_(?:FILE|ENV)$)"
)
_PART = r"""(?:[A-Za-z0-9_\-]+|"[^"]*"|'[^']*')"""
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_TABLE_LINE = re.compile(rf"^\s*(\[\[?)\s*({_DOTTED})\s*\]")
_KEY_LINE = re.compile(rf"^\s*({_DOTTED})\s*=")


@dataclass(frozen=True, slots=True)
class SettingSources:
    """Where settings come from; without a file and variables, the defaults hold.

    Attributes:
        file: the settings file.
        lines: key ("links.timeout_s", "waive[1].until") → its line in the file, from 1.
        origins: key → the variable that gives it ("$SYNCER_LINKS__TIMEOUT_S"), as it may be shown.
    """

    file: Path | None = None
    lines: Mapping[str, int] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)

    def variable_of(self, key: str) -> str | None:
        """Return the variable that gave a key, or what it lies in; None when the file did."""
        place = key
        while place:
            name = place.partition("[")[0]
            if name in self.origins:
                return self.origins[name]
            place = place.rpartition(".")[0]
        if key in self.lines:
            return None
        return next((v for name, v in self.origins.items() if name.startswith(f"{key}.")), None)

    def line_of(self, key: str) -> int | None:
        """Return the line of a key, else that of the nearest thing around it."""
        ends = [len(key), *(found.start() for found in re.finditer(r"[.\[]", key))]
        around = (key[:end] for end in sorted(ends, reverse=True))
        return next((self.lines[place] for place in around if place in self.lines), None)

    def locate(self, key: str) -> str:
        """Return variable, or file, line and key, as a message begins with it."""
        variable = self.variable_of(key)
        if variable is not None:
            return variable
        line = self.line_of(key)
        place = f"{self.file}:{line}" if line else str(self.file)
        return f"{place}: {hide_token(key)}"


def hide_token(place: str) -> str:
    """Put a name in the place of a share's token, in a key or in a variable's own name."""
    return _BY_TOKEN.sub(lambda found: found[1] + name_token(found[2]), place)


def find_lines(text: str) -> dict[str, int]:
    """Map keys ("links.timeout_s", "waive[1].until") to lines; tomllib keeps none.

    Good enough to point at: a key inside a multi-line string can be mistaken for one, and one
    inside a table that is written in one line is not seen.
    """
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    section: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if table := _TABLE_LINE.match(line):
            first, *below = _split(table[2])
            if table[1] == "[[" and not below:
                counts[first] = counts.get(first, -1) + 1
            section = [f"{first}[{counts[first]}]" if first in counts else first, *below]
            _note(section, number, lines)
        elif key := _KEY_LINE.match(line):
            _note([*section, *_split(key[1])], number, lines)
    return lines


def _split(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_PART, dotted)]


def _note(parts: list[str], number: int, lines: dict[str, int]) -> None:
    """Note the line of a key, and of what it lies in where no line is known for that yet."""
    for end in range(1, len(parts) + 1):
        lines.setdefault(".".join(parts[:end]), number)
