"""Convert the values of the settings file to records; report every mistake."""

from __future__ import annotations

import dataclasses
import difflib
import json
import re
import types
import typing
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Annotated, Any, Literal

import msgspec

from syncer.config.problems import Problems
from syncer.config.sources import parse_toml

BAD: Any = object()
"""In place of a value that cannot be used."""

_MAX_SHOWN = 60
# Keys whose value may be a secret, or where one may have been written by mistake.
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
    """Convert one value, part by part, so that each problem is reported.

    Args:
        hint: the wanted type, with its limits.
        value: as TOML gives it.
        key: its place in the settings, "" for the whole.
        base: the folder that relative paths of the file start from.
        problems: collects what is wrong.

    Returns:
        The value, or `BAD`. A record with a missing or wrong value is still returned as a record,
        so that the rest of it can be checked.
    """
    if isinstance(value, str) and "\0" in value:
        problems.add(key, "has the character NUL (\\u0000), which no path or name can have.")
        return BAD
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
        # A path in a variable is relative to the current folder, as in a shell.
        here = base if problems.sources.variable_of(key) is None else Path()
        try:
            return here / Path(value).expanduser()
        except RuntimeError:
            problems.add(key, f"{_show(key, value)} names the home folder of an unknown user.")
            return BAD
    try:
        return msgspec.convert(value, type=hint)
    except msgspec.ValidationError:
        problems.add(key, f"expected {_describe(hint)}; found {_show(key, value)}.")
        return BAD


def _decode_record(cls: type, value: Any, key: str, base: Path, problems: Problems) -> Any:
    hints = typing.get_type_hints(cls, include_extras=True)
    if not isinstance(value, dict):
        # The value is not shown: it may be a secret that belongs one level deeper.
        problems.add(
            key, f"expected a table with {_list_keys(hints)} in it; found {_name_kind(value)}."
        )
        return BAD
    good: dict[str, Any] = {}
    for name, item in value.items():
        place = f"{key}.{name}" if key else name
        if name not in hints:
            near = difflib.get_close_matches(name, list(hints), n=1)
            advice = f"did you mean {near[0]}?" if near else f"known: {', '.join(hints)}."
            problems.add(place, f"unknown; {advice}")
            continue
        decoded = decode(hints[name], item, place, base, problems)
        if decoded is not BAD:
            good[name] = decoded
    for item in dataclasses.fields(cls):
        default = (item.default, item.default_factory)
        if default != (dataclasses.MISSING, dataclasses.MISSING) or item.name in good:
            continue
        if item.name not in value:
            problems.add_required(key, item.name)
        # A placeholder: settings with a problem are never used.
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
    """Return how to write the list, from the given value where that may be shown."""
    if dataclasses.is_dataclass(hint):
        written = f"[[{key}]]" if variable is None else '[{key = "value"}]'
        return f"expected a list of tables: {_write(written, variable)}."
    if _SECRET_KEY.search(key) or not isinstance(value, str):
        return f'expected a list: write ["…", "…"]; found {_show(key, value)}.'
    parts = [part.strip() for part in value.split(",")]
    return f"expected a list: {_write(json.dumps(parts, ensure_ascii=False), variable)}."


def _write(written: str, variable: str | None) -> str:
    """Return what to write, for a variable in the shell's syntax."""
    return f"write {written}" if variable is None else f"write {variable[1:]}='{written}'"


def _decode_names(
    hints: tuple[Any, ...], value: Any, key: str, base: Path, problems: Problems
) -> Any:
    """Convert a table whose keys are free names."""
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
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Annotated:
        base, meta = arguments
        return meta.description or f"{_SCALARS[base]}{_describe_range(meta)}"
    if origin is Literal:
        return f"one of {', '.join(json.dumps(word) for word in arguments)}"
    if origin in (typing.Union, types.UnionType):
        return _describe(arguments[0])
    return _SCALARS[hint]


def _describe_range(meta: msgspec.Meta) -> str:
    if meta.gt is not None:
        return f" above {meta.gt} and at most {meta.le}"
    return f" from {meta.ge} to {meta.le}"


def _list_keys(hints: Mapping[str, Any]) -> str:
    *others, last = hints
    return f"{', '.join(others)} or {last}" if others else last


def _show(key: str, value: Any) -> str:
    """Return a wrong value as TOML writes it; only its kind where it may be a secret."""
    if _SECRET_KEY.search(key):
        return _name_kind(value)
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except ValueError:
        return "a number of thousands of digits"
    shown = text if len(text) <= _MAX_SHOWN else f"{text[: _MAX_SHOWN - 3]}…"
    return f"{shown} in quotes" if _is_quoted_number(value) else shown


def _is_quoted_number(value: Any) -> bool:
    """Return whether a text would be a number, a day or a boolean without its quotes."""
    if not isinstance(value, str):
        return False
    try:
        return not isinstance(parse_toml(f"value = {value}")["value"], str)
    except TOMLDecodeError:
        return False


def _name_kind(value: Any) -> str:
    return _KINDS.get(type(value), "a date")
