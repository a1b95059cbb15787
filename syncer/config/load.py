"""Read the settings: file, then environment; every problem is reported at once, with its place."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Any, Literal

from syncer.config.decode import decode
from syncer.config.deprecated import replace_deprecated
from syncer.config.problems import Problems
from syncer.config.settings import Settings
from syncer.config.settings_file import LOCAL_FILE, distrust_local_file, find_file
from syncer.config.sources import SettingSources, find_lines, hide_token, parse_toml
from syncer.config.together import check_together
from syncer.errors import ConfigError

ENV_PREFIX = "SYNCER_"
# More than the longest lists of pins and waivers need.
_MAX_BYTES = 1 << 20
# Variables of that prefix which are no settings.
_RESERVED = ("SYNCER_CONFIG", "SYNCER_TEST_")
_TOML_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings in force, where each comes from, and what to warn of, in sentences."""

    settings: Settings
    sources: SettingSources = field(default_factory=SettingSources)
    warnings: tuple[str, ...] = ()


def load_settings(
    choice: Path | Literal[False] | None,
    env: Mapping[str, str],
    *,
    handbook: str | None = None,
    finding_codes: Collection[str] = (),
) -> LoadedSettings:
    """Read the settings from the file, if there is one, and the environment.

    Args:
        choice: as for `find_file`.
        env: the environment.
        handbook: the handbook that the command line names, if it does.
        finding_codes: those that a waiver may name; () does not check them.

    Raises:
        ConfigError: with every problem, each with file and line (or variable) and what to write.
    """
    origins: dict[str, str] = {}
    file, table, lines, warning = _read_file(choice, env, handbook)
    problems = Problems(SettingSources(file, lines, origins))
    _apply_environment(table, env, origins, problems)
    deprecated = tuple(replace_deprecated(table, lines, problems.sources, origins))
    base = Path() if file is None else file.parent
    settings: Settings = decode(Settings, table, "", base, problems)
    check_together(settings, finding_codes, problems)
    if found := problems.list_all():
        raise ConfigError(*found)
    settings = _anchor_source(settings, base, origins)
    return LoadedSettings(settings, problems.sources, (*warning, *deprecated))


def _anchor_source(settings: Settings, base: Path, origins: Mapping[str, str]) -> Settings:
    """Make a handbook's folder relative to the settings file that names it; URLs stay."""
    beside = base / settings.handbook.source
    if "handbook.source" in origins or not _may_exist(beside):
        return settings
    return replace(settings, handbook=replace(settings.handbook, source=str(beside)))


def _may_exist(path: Path) -> bool:
    """Return whether a path exists or cannot be looked up: opening it then explains why."""
    try:
        return path.exists()
    except PermissionError:
        return True
    except OSError:
        return False  # a name that no file can have


def _read_file(
    choice: Path | Literal[False] | None, env: Mapping[str, str], handbook: str | None
) -> tuple[Path | None, dict[str, Any], dict[str, int], tuple[str, ...]]:
    """Return the settings file that is used, its content, its keys' lines, and what to warn of."""
    file = find_file(choice, env)
    if file is None:
        return None, {}, {}, ()
    if choice is not None or env.get("SYNCER_CONFIG") or file != LOCAL_FILE:
        return file, *_read_toml(file), ()
    outside: dict[str, Any] = {}
    _apply_environment(outside, env, {}, Problems(SettingSources()))
    source = handbook or _find_source(outside)
    distrust = distrust_local_file(source)
    if distrust is None:
        table, lines = _read_toml(file)
        distrust = None if source else distrust_local_file(_find_source(table) or ".")
        if distrust is None:
            return file, table, lines, ()
    return None, {}, {}, (distrust,)


def _find_source(table: Mapping[str, Any]) -> str | None:
    section = table.get("handbook")
    source = section.get("source") if isinstance(section, dict) else None
    return source if isinstance(source, str) else None


def _read_toml(file: Path) -> tuple[dict[str, Any], dict[str, int]]:
    try:
        with file.open("rb") as stream:
            content = stream.read(_MAX_BYTES + 1)
        if len(content) > _MAX_BYTES:
            raise ConfigError(
                f"{file} has more than {_MAX_BYTES >> 10} kB: it is no settings file."
            )
        text = content.decode("utf-8")
        return parse_toml(text), find_lines(text)
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file} is not UTF-8. Save it as UTF-8.") from error
    except TOMLDecodeError as error:
        line = _TOML_LINE.search(str(error))
        place = f"{file}:{line[1]}" if line else str(file)
        raise ConfigError(f"{place}: not valid TOML: {error}.") from error


# Arrays of tables: the environment sets them as a whole.
_LISTS = frozenset(item.name for item in dataclasses.fields(Settings) if item.default == ())


def _apply_environment(
    table: dict[str, Any], env: Mapping[str, str], origins: dict[str, str], problems: Problems
) -> None:
    """Set the values of `SYNCER_SECTION__KEY` in the table; arrays of tables only as a whole."""
    for variable in sorted(env):
        if not variable.startswith(ENV_PREFIX) or variable.startswith(_RESERVED):
            continue
        *sections, key = variable[len(ENV_PREFIX) :].lower().split("__")
        if sections and sections[0] in _LISTS:
            whole = f"{ENV_PREFIX}{sections[0].upper()}"
            # The rest of its name is not shown: it may be a share's token.
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
    """Return a variable's value as TOML, or as plain text (a path, a URL) where it is no TOML."""
    try:
        return parse_toml(f"value = {text}")["value"]
    except TOMLDecodeError:
        return text
