"""The problems of the settings, reported all at once, each with its place and the next step."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from syncer.config.sources import SettingSources


@dataclass(slots=True)
class Problems:
    """Collects problems, and which keys they concern."""

    sources: SettingSources
    _found: list[tuple[int, str]] = field(default_factory=list)
    _wrong: set[str] = field(default_factory=set)
    _around: set[str] = field(default_factory=set)

    def add(self, key: str, text: str) -> None:
        """Report a problem of one key by itself."""
        self._mark(key)
        self._record(key, text)

    def add_required(self, key: str, name: str) -> None:
        """Report a missing key of a table."""
        self._mark(f"{key}.{name}")
        self._record(key, f"{name} is required.")

    def add_variable(self, variable: str, text: str) -> None:
        """Report a variable that sets no key."""
        self._found.append((0, f"{variable}: {text}"))

    def add_together(self, key: str, names: tuple[str, ...], text: str) -> None:
        """Report that several keys of a table contradict each other.

        Nothing is reported where one of them is wrong by itself: its meaning is then unknown.
        """
        if not any(self.is_wrong(f"{key}.{name}") for name in names):
            self._record(key, text)

    def is_wrong(self, key: str) -> bool:
        """Return whether a problem concerns a key, a table around it, or a part of it."""
        above = (key[: dot.start()] for dot in re.finditer(r"\.", key))
        return key in self._around or not self._wrong.isdisjoint((key, *above))

    def _mark(self, key: str) -> None:
        """Store a wrong key and those around it, so that each question takes the same time."""
        self._wrong.add(key)
        self._around.update(key[: end.start()] for end in re.finditer(r"[.\[]", key))

    def list_all(self) -> list[str]:
        """Return all problems, those of variables first, then by line."""
        return [text for _, text in sorted(self._found, key=lambda one: one[0])]

    def _record(self, key: str, text: str) -> None:
        line = None if self.sources.variable_of(key) else self.sources.line_of(key)
        self._found.append((line or 0, f"{self.sources.locate(key)}: {text}"))
