"""Settings that were renamed or removed: read for one more major version, with a warning.

So an upgrade never stops a timer. An option of the command line is deprecated with
`syncer.cli.params.deprecate`, which does the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from syncer.config.sources import SettingSources


@dataclass(frozen=True, slots=True)
class Deprecation:
    """A key that the settings no longer have.

    Attributes:
        key: section and name, also of a list of tables: "links.timeout", "waive.until".
        replacement: the key of the same table that has its meaning now; None: removed.
    """

    key: str
    replacement: str | None = None


DEPRECATIONS: tuple[Deprecation, ...] = (
    # What a name adds in words on no list is asked about, so these lists change no verdict that
    # an office could not settle with a synonym, a known word or a pin.
    Deprecation("matching.occasion_papers"),
    Deprecation("matching.agent_words"),
    Deprecation("matching.singular_words"),
    Deprecation("matching.single_plurals"),
    Deprecation("matching.irregular_words"),
)


def replace_deprecated(
    table: dict[str, Any], lines: dict[str, int], sources: SettingSources, origins: dict[str, str]
) -> Iterator[str]:
    """Move the values of deprecated keys to those that replace them; yield one warning each.

    `table` is changed in place; `lines` and `origins` are the parts of `sources`, and follow.
    """
    for deprecation in DEPRECATIONS:
        section, _, name = deprecation.key.rpartition(".")
        new = deprecation.replacement
        for place, found in _find_tables(table, section.split(".")):
            old_key = f"{place}.{name}"
            if name not in found:
                continue
            advice = "It has no effect; remove it." if new is None else f"Write {new} instead."
            yield f"{sources.locate(old_key)} is deprecated. {advice}"
            value = found.pop(name)
            if new is None or new in found:
                continue
            found[new] = value
            if old_key in origins:
                origins[f"{place}.{new}"] = origins[old_key]
            elif old_key in lines:
                lines[f"{place}.{new}"] = lines[old_key]


def _find_tables(value: Any, names: list[str], place: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each table of a section with its place, as in "waive[1]" or "notify.mail"."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _find_tables(item, names, f"{place}[{number}]")
    elif isinstance(value, dict) and not names:
        yield place, value
    elif isinstance(value, dict) and names[0] in value:
        name, *below = names
        yield from _find_tables(value[name], below, f"{place}.{name}" if place else name)
