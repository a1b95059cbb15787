"""Settings as TOML: values, and the lines of all that are in force (pure)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from syncer.config.load import LoadedSettings
from syncer.config.settings import PasswordSource
from syncer.model.shares import hide_token, name_token

_HIDDEN = "is set and not shown"


def write_value(value: object) -> str:
    """Return a value of the settings as TOML writes it; not for None, which TOML lacks."""
    match value:
        case str() | Path():
            return quote(str(value))
        case bool():
            return str(value).lower()
        case tuple():
            return f"[{', '.join(map(write_value, value))}]"
        case Mapping():
            pairs = (f"{quote(str(key))} = {write_value(item)}" for key, item in value.items())
            return f"{{ {', '.join(pairs)} }}" if value else "{}"
        case date():
            return value.isoformat()
    return str(value)


def quote(text: str) -> str:
    """Return a basic string of TOML; what cannot be printed is escaped, lone surrogates are "?"."""
    return f'"{"".join(map(_escape, text.encode("utf-8", "replace").decode("utf-8")))}"'


def _escape(letter: str) -> str:
    if letter in '"\\':
        return f"\\{letter}"
    return letter if letter.isprintable() else f"\\U{ord(letter):08X}"


def list_settings(loaded: LoadedSettings, *, everything: bool) -> Iterator[str]:
    """Yield the settings in force as lines of TOML, which can be read again.

    What is secret is a comment. With `everything` the defaults are there too, marked as such;
    without it only what differs from them.
    """
    for section in dataclasses.fields(loaded.settings):
        value = getattr(loaded.settings, section.name)
        for item in value if isinstance(value, tuple) else ():
            yield f"[[{section.name}]]"
            yield from _list_keys(loaded, section.name, item, everything=everything)
        if not isinstance(value, tuple):
            yield from _list_table(loaded, section.name, value, everything=everything)


def _list_table(
    loaded: LoadedSettings, name: str, settings: Any, *, everything: bool
) -> Iterator[str]:
    lines = tuple(_list_keys(loaded, name, settings, everything=everything))
    if lines:
        yield f"[{name}]"
        yield from lines
    for field in dataclasses.fields(settings):
        value = getattr(settings, field.name)
        if dataclasses.is_dataclass(value):
            inner = f"{name}.{field.name}"
            yield from _list_table(loaded, inner, value, everything=everything)


def _list_keys(
    loaded: LoadedSettings, table: str, settings: Any, *, everything: bool
) -> Iterator[str]:
    for field in dataclasses.fields(settings):
        value = getattr(settings, field.name)
        is_default = value == _find_default(field)
        if dataclasses.is_dataclass(value) or (is_default and not everything):
            continue
        origin = loaded.sources.origins.get(f"{table}.{field.name}")
        note = "default" if is_default else origin
        end = f"    # {note}" if note else ""
        if value is None:
            yield f"# {field.name} is not set"
        elif not field.repr:
            yield f"# {field.name} {_HIDDEN}{end}"
        elif field.name in ("shares", "folders"):
            yield from _list_tokens(field.name, value)
        elif field.name == "share":
            yield f"# {field.name} = {quote(hide_token(value))}"
        else:
            yield f"{field.name} = {write_value(value)}{end}"


def _list_tokens(key: str, by_token: Mapping[str, Any]) -> Iterator[str]:
    """Yield a comment for each token: whether a page has it, so that it is public, is unknown."""
    for token, value in by_token.items():
        shown = f"a password {_HIDDEN}" if isinstance(value, PasswordSource) else write_value(value)
        yield f"# {key}.{quote(name_token(token))}: {shown}"


def _find_default(field: dataclasses.Field[Any]) -> object:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default
