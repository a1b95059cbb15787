"""From the values of the file to the records of the settings, every mistake told."""

from __future__ import annotations

import dataclasses
import difflib
import json
import re
import tomllib
import types
import typing
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from syncer.config.problems import Problems

BAD: Any = object()
"""In place of a value that cannot be used."""

_MAX_SHOWN = 60
# Where a secret may stand, or may have been written by mistake.
_SECRET_KEY = re.compile(r"\.(shares|folders|share)\b|(_env|_file|ping_url)$")
_KINDS = {
    bool: "true or false",
    str: "a text",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a table",
}
_SCALARS = {
    bool: "true or false, without quotes",
    str: "a text in quotes",
    int: "a whole number",
    float: "a number",
    date: "a day without quotes, as in 2027-03-01",
}


def decode(hint: Any, value: Any, key: str, base: Path, problems: Problems) -> Any:
    """Convert one value, part by part, so that each problem is told.

    Args:
        hint: the type that is wanted, with its limits.
        value: as TOML gives it.
        key: where it stands.
        base: what a relative path of the file is relative to.
        problems: takes what is wrong.

    Returns:
        The value, or `BAD`. A record that lacks something or has a wrong value is one
        all the same, so that the rest of it can be checked.
    """
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _decode_record(hint, value, key, base, problems)
    if origin is tuple:
        return _decode_list(arguments[0], value, key, base, problems)
    if origin is dict:
        return _decode_names(arguments, value, key, base, problems)
    if _is_path(hint):
        if not isinstance(value, str) or not value:
            problems.add(key, "expected a path in quotes.")
            return BAD
        # Who sets a variable knows where they stand, and not where the settings file lies.
        here = base if problems.sources.variable_of(key) is None else Path()
        return here / Path(value).expanduser()
    try:
        return msgspec.convert(value, type=hint)
    except msgspec.ValidationError:
        problems.add(key, f"expected {_describe(hint)}; found {_show(key, value)}.")
        return BAD


def say_unknown(name: str, known: Collection[str]) -> str:
    """Say that there is no such key, with the one that was meant or all there are."""
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"unknown; did you mean {near[0]}?" if near else f"unknown; known: {', '.join(known)}."


def _decode_record(cls: type, value: Any, key: str, base: Path, problems: Problems) -> Any:
    hints = typing.get_type_hints(cls, include_extras=True)
    if not isinstance(value, dict):
        # Not what stands there: it may be an address or a password that belongs a level below.
        problems.add(
            key, f"expected a table with {_say_keys(hints)} in it; found {_name_kind(value)}."
        )
        return BAD
    good: dict[str, Any] = {}
    for name, item in value.items():
        if name not in hints:
            problems.add(f"{key}.{name}", say_unknown(name, hints))
            continue
        decoded = decode(hints[name], item, f"{key}.{name}", base, problems)
        if decoded is not BAD:
            good[name] = decoded
    for item in dataclasses.fields(cls):
        default = (item.default, item.default_factory)
        if default != (dataclasses.MISSING, dataclasses.MISSING) or item.name in good:
            continue
        if item.name not in value:
            problems.add_required(key, item.name)
        # Stands in for what lacks: settings with a problem are never in force.
        good[item.name] = date.max if hints[item.name] is date else ""
    return cls(**good)


def _decode_list(hint: Any, value: Any, key: str, base: Path, problems: Problems) -> Any:
    if not isinstance(value, list):
        problems.add(key, _expect_list(hint, value, key, problems.sources.variable_of(key)))
        return BAD
    items = [
        decode(hint, item, f"{key}[{number}]", base, problems) for number, item in enumerate(value)
    ]
    if dataclasses.is_dataclass(hint) and any(item is BAD for item in items):
        return BAD
    return tuple(item for item in items if item is not BAD)


def _expect_list(hint: Any, value: Any, key: str, variable: str | None) -> str:
    """Show how a list is written, with what was given for one where that may be shown."""
    if dataclasses.is_dataclass(hint):
        written = f"[[{key}]]" if variable is None else '[{key = "value"}]'
        return f"expected a list of tables: {_write(written, variable)}."
    if _SECRET_KEY.search(key) or not isinstance(value, str):
        return f'expected a list: write ["…", "…"]; found {_show(key, value)}.'
    parts = [part.strip() for part in value.split(",")]
    return f"expected a list: {_write(json.dumps(parts, ensure_ascii=False), variable)}."


def _write(written: str, variable: str | None) -> str:
    """Say what to write, for a variable as a shell takes it."""
    return f"write {written}" if variable is None else f"write {variable[1:]}='{written}'"


def _decode_names(
    hints: tuple[Any, ...], value: Any, key: str, base: Path, problems: Problems
) -> Any:
    """Convert a table whose keys are names that the settings give themselves."""
    if not isinstance(value, dict):
        example = '{ "…" = … }'
        problems.add(key, f"expected a table: write {example}; found {_name_kind(value)}.")
        return BAD
    decoded: dict[str, Any] = {}
    for name, item in value.items():
        place = f"{key}.{name}"
        try:
            msgspec.convert(name, type=hints[0])
        except msgspec.ValidationError:
            problems.add(place, f"expected {_describe(hints[0])}; found {_show(key, name)}.")
        decoded[name] = decode(hints[1], item, place, base, problems)
    return {name: item for name, item in decoded.items() if item is not BAD}


def _is_path(hint: Any) -> bool:
    if hint is Path:
        return True
    return isinstance(hint, types.UnionType) and Path in typing.get_args(hint)


def _describe(hint: Any) -> str:
    """Say what a type allows, for people."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Annotated:
        base, meta = arguments
        return meta.description or f"{_SCALARS[base]}{_say_range(meta)}"
    if origin is Literal:
        return f"one of {', '.join(json.dumps(word) for word in arguments)}"
    if origin in (typing.Union, types.UnionType):
        return _describe(arguments[0])
    return _SCALARS[hint]


def _say_range(meta: msgspec.Meta) -> str:
    if meta.gt is not None:
        return f" above {meta.gt} and at most {meta.le}"
    return f" from {meta.ge} to {meta.le}"


def _say_keys(hints: Mapping[str, Any]) -> str:
    *others, last = hints
    return f"{', '.join(others)} or {last}" if others else last


def _show(key: str, value: Any) -> str:
    """Show a wrong value as TOML writes it, but for a secret and where one may be written."""
    if _SECRET_KEY.search(key):
        return _name_kind(value)
    text = json.dumps(value, ensure_ascii=False, default=str)
    shown = text if len(text) <= _MAX_SHOWN else f"{text[: _MAX_SHOWN - 3]}…"
    return f"{shown} in quotes" if _is_quoted_number(value) else shown


def _is_quoted_number(value: Any) -> bool:
    """Tell whether a text would be a number, a day or true and false without its quotes."""
    if not isinstance(value, str):
        return False
    try:
        return not isinstance(tomllib.loads(f"value = {value}")["value"], str)
    except tomllib.TOMLDecodeError:
        return False


def _name_kind(value: Any) -> str:
    return _KINDS.get(type(value), "a date")
