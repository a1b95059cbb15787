"""Where each setting comes from: a line of the file, or a variable."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from syncer.model.shares import name_token

# A key or a variable that holds a share's token, which may be secret.
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
    """Where settings come from; without file and variables, the defaults apply.

    Attributes:
        file: the settings file.
        lines: key ("links.timeout_s", "waive[1].until") → its line in the file, from 1.
        origins: key → the variable that sets it ("$SYNCER_LINKS__TIMEOUT_S"), tokens hidden.
    """

    file: Path | None = None
    lines: Mapping[str, int] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)

    def variable_of(self, key: str) -> str | None:
        """Return the variable that set a key or a table around it; None when the file did."""
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
        """Return the line of a key, else that of the nearest table around it."""
        ends = [len(key), *(found.start() for found in re.finditer(r"[.\[]", key))]
        around = (key[:end] for end in sorted(ends, reverse=True))
        return next((self.lines[place] for place in around if place in self.lines), None)

    def locate(self, key: str) -> str:
        """Return the place of a key for a message: variable, or file, line and key."""
        variable = self.variable_of(key)
        if variable is not None:
            return variable
        line = self.line_of(key)
        place = f"{self.file}:{line}" if line else str(self.file)
        return f"{place}: {hide_token(key)}"


def hide_token(place: str) -> str:
    """Replace the share tokens in a key or variable name by their public names."""
    return _BY_TOKEN.sub(lambda found: found[1] + name_token(found[2]), place)


def parse_toml(text: str) -> dict[str, Any]:
    """Return a document of TOML.

    Raises:
        TOMLDecodeError: it is none, or is nested too deeply or has a number too long for Python.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError as error:
        raise tomllib.TOMLDecodeError("nested too deeply") from error
    except ValueError as error:
        raise tomllib.TOMLDecodeError("a number has too many digits") from error


def find_lines(text: str) -> dict[str, int]:
    """Map keys ("links.timeout_s", "waive[1].until") to lines, which tomllib does not keep.

    Approximate: a line of a multi-line string can look like a key, and keys of an inline table are
    not found.
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
            _store_line(section, number, lines)
        elif key := _KEY_LINE.match(line):
            _store_line([*section, *_split(key[1])], number, lines)
    return lines


def _split(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_PART, dotted)]


def _store_line(parts: list[str], number: int, lines: dict[str, int]) -> None:
    """Store the line of a key, and of the tables around it that have none yet."""
    for end in range(1, len(parts) + 1):
        lines.setdefault(".".join(parts[:end]), number)
