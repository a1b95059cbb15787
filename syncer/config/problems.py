"""What is wrong with the settings: everything at once, each with its place and the next step."""

from __future__ import annotations

from dataclasses import dataclass, field

from syncer.config.sources import SettingSources


@dataclass(slots=True)
class Problems:
    """What is wrong so far, and with which keys."""

    sources: SettingSources
    _found: list[tuple[int, str]] = field(default_factory=list)
    _wrong: set[str] = field(default_factory=set)

    def add(self, key: str, text: str) -> None:
        """Tell what is wrong with a key by itself."""
        self._wrong.add(key)
        self._note(key, text)

    def add_required(self, key: str, name: str) -> None:
        """Tell that a table lacks a key."""
        self._wrong.add(f"{key}.{name}")
        self._note(key, f"{name} is required.")

    def add_variable(self, variable: str, text: str) -> None:
        """Tell what is wrong with a variable that gives no key at all."""
        self._found.append((0, f"{variable}: {text}"))

    def add_together(self, key: str, names: tuple[str, ...], text: str) -> None:
        """Tell in what several keys of a table contradict each other.

        Not where one of them is wrong by itself: what was meant is not known then.
        """
        if not any(self.is_wrong(f"{key}.{name}") for name in names):
            self._note(key, text)

    def is_wrong(self, key: str) -> bool:
        """Tell whether a key, what it lies in, or a part of it has been told of."""
        return any(
            key == wrong or key.startswith(f"{wrong}.") or wrong.startswith((f"{key}.", f"{key}["))
            for wrong in self._wrong
        )

    def list_all(self) -> list[str]:
        """Return all, those of variables first, then by line."""
        return [text for _, text in sorted(self._found, key=lambda one: one[0])]

    def _note(self, key: str, text: str) -> None:
        line = None if self.sources.variable_of(key) else self.sources.line_of(key)
        self._found.append((line or 0, f"{self.sources.locate(key)}: {text}"))
