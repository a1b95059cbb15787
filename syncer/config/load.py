"""Read the settings: file, then environment; every problem is named at once, with its place."""

from __future__ import annotations

import dataclasses
import re
import tomllib
import typing
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from syncer.config.decode import BAD, decode, say_unknown
from syncer.config.problems import Problems
from syncer.config.settings import Settings
from syncer.config.sources import SettingSources, find_lines, hide_token
from syncer.config.together import check_together
from syncer.errors import ConfigError

ENV_PREFIX = "SYNCER_"
# Variables of that prefix which are no settings.
_RESERVED = ("SYNCER_CONFIG", "SYNCER_TEST_")

DEFAULT_PLACES = (Path("syncer.toml"), Path("/etc/syncer/syncer.toml"))

_TOML_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings in force, and where those that are no defaults come from."""

    settings: Settings
    sources: SettingSources = field(default_factory=SettingSources)


def find_file(named: Path | None, env: Mapping[str, str]) -> Path | None:
    """Return the settings file that counts, None when the built-in defaults hold.

    Raises:
        ConfigError: a file that was named is not there.
    """
    if named is None and env.get("SYNCER_CONFIG"):
        named = Path(env["SYNCER_CONFIG"])
    if named is not None:
        if not _is_file(named):
            raise ConfigError(f"No settings file at {named}. Name one that exists with --config.")
        return named
    return next((place for place in DEFAULT_PLACES if _is_file(place)), None)


def _is_file(path: Path) -> bool:
    """Tell whether a file is there; what cannot be told must not pass for "no settings"."""
    try:
        return path.is_file()
    except OSError as error:
        raise ConfigError(f"{path} cannot be looked at: {error.strerror}.") from error


def load_settings(
    named: Path | None, env: Mapping[str, str], *, finding_codes: Collection[str] = ()
) -> LoadedSettings:
    """Read the settings that `named`, `$SYNCER_CONFIG` or the usual places give.

    Args:
        named: by `--config`.
        env: the environment.
        finding_codes: those that a waiver may name; () does not check them.

    Raises:
        ConfigError: with every problem, each with file and line (or variable) and what to write.
    """
    file = find_file(named, env)
    table, lines = _read_toml(file) if file is not None else ({}, {})
    origins: dict[str, str] = {}
    problems = Problems(SettingSources(file, lines, origins))
    _apply_environment(table, env, origins, problems)
    values: dict[str, Any] = {}
    base = file.parent if file is not None else Path()
    hints = typing.get_type_hints(Settings, include_extras=True)
    for key, value in table.items():
        if key not in hints:
            problems.add(key, say_unknown(key, hints))
            continue
        decoded = decode(hints[key], value, key, base, problems)
        if decoded is not BAD:
            values[key] = decoded
    settings = Settings(**values)
    check_together(settings, finding_codes, problems)
    if found := problems.list_all():
        raise ConfigError(*found)
    return LoadedSettings(_anchor_source(settings, base, origins), problems.sources)


def _anchor_source(settings: Settings, base: Path, origins: Mapping[str, str]) -> Settings:
    """Take a handbook's folder as relative to the settings file that names it; URLs stay."""
    beside = base / settings.handbook.source
    if "handbook.source" in origins or not _may_be(beside):
        return settings
    return replace(settings, handbook=replace(settings.handbook, source=str(beside)))


def _may_be(path: Path) -> bool:
    """Tell whether something is there, or cannot be told: who opens it then says why."""
    try:
        return path.exists()
    except PermissionError:
        return True
    except OSError:
        return False  # a name that no file can have


def _read_toml(file: Path) -> tuple[dict[str, Any], dict[str, int]]:
    try:
        text = file.read_text(encoding="utf-8")
        return tomllib.loads(text), find_lines(text)
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file} is not UTF-8. Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        line = _TOML_LINE.search(str(error))
        place = f"{file}:{line[1]}" if line else str(file)
        raise ConfigError(f"{place}: not valid TOML: {error}.") from error


# Arrays of tables: the environment sets them as a whole.
_LISTS = frozenset(item.name for item in dataclasses.fields(Settings) if item.default == ())


def _apply_environment(
    table: dict[str, Any], env: Mapping[str, str], origins: dict[str, str], problems: Problems
) -> None:
    """Lay `SYNCER_SECTION__KEY` over the table; arrays of tables only as a whole."""
    for variable in sorted(env):
        if not variable.startswith(ENV_PREFIX) or variable.startswith(_RESERVED):
            continue
        *sections, key = variable[len(ENV_PREFIX) :].lower().split("__")
        if sections and sections[0] in _LISTS:
            whole = f"{ENV_PREFIX}{sections[0].upper()}"
            # Not what follows in its name: it may be a share's token.
            problems.add_variable(
                f"${whole}__…",
                f"[[{sections[0]}]] is a list of tables: set ${whole} as a whole, as in "
                f"{whole}='[{{key = \"value\"}}]'.",
            )
            continue
        shown = f"${hide_token(variable)}"
        inner: Any = table
        for section in sections:
            inner = inner.setdefault(section, {}) if isinstance(inner, dict) else None
        if isinstance(inner, dict):
            inner[key] = _parse_variable(env[variable])
            origins[".".join((*sections, key))] = shown
        else:
            place = hide_token(variable[len(ENV_PREFIX) :].rpartition("__")[0])
            problems.add_variable(shown, f"{place.lower().replace('__', '.')} is no section.")


def _parse_variable(text: str) -> Any:
    """Read a variable as a TOML value; what is none is taken as plain text (a path, a URL)."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text
