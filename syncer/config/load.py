"""Read the settings: file, then environment; every problem is named at once, with its place."""

from __future__ import annotations

import dataclasses
import difflib
import re
import tomllib
import types
import typing
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from syncer.config import settings as records
from syncer.config.settings import Settings
from syncer.errors import ConfigError
from syncer.model.shares import name_token

ENV_PREFIX = "SYNCER_"
# Variables of that prefix which are no settings.
_RESERVED = ("SYNCER_CONFIG", "SYNCER_TEST_")

# A key with a share's token in it, which may stand in the settings alone.
_BY_TOKEN = re.compile(r"(?<=\])(\.(?:shares|folders)\.)(.+?)(?=$|\.[a-z_]+$)")

DEFAULT_PLACES = (Path("syncer.toml"), Path("/etc/syncer/syncer.toml"))


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings in force, and where each that is no default comes from ("links.timeout_s")."""

    settings: Settings
    file: Path | None
    origins: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Problems:
    """What is wrong so far. `lines` knows where each key stands in the file."""

    lines: Mapping[str, int]
    file: Path | None
    origins: dict[str, str] = field(default_factory=dict)
    found: list[str] = field(default_factory=list)

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

    def add(self, key: str, text: str) -> None:
        variable = self.variable_of(key)
        if variable is not None:
            self.found.append(f"{variable}: {text}")
            return
        line = self.lines.get(key)
        place = f"{self.file}:{line}" if line else str(self.file)
        told = _BY_TOKEN.sub(lambda found: found[1] + name_token(found[2]), key)
        self.found.append(f"{place}: {told}: {text}")


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
    problems = _Problems(lines=lines, file=file)
    _apply_environment(table, env, problems)
    values: dict[str, Any] = {}
    base = file.parent if file is not None else Path()
    hints = typing.get_type_hints(Settings, include_extras=True)
    for key, value in table.items():
        if key not in hints:
            problems.add(key, _unknown(key, hints))
            continue
        decoded = _decode(hints[key], value, key, base, problems)
        if decoded is not _BAD:
            values[key] = decoded
    # A section with a mistake in it stands at its defaults here, in which there is none.
    settings = Settings(**values)
    _check_together(settings, problems)
    _check_waivers(settings, finding_codes, problems)
    if problems.found:
        raise ConfigError(*problems.found)
    return LoadedSettings(_anchor_source(settings, base, problems), file, problems.origins)


def _anchor_source(settings: Settings, base: Path, problems: _Problems) -> Settings:
    """Take a handbook's folder as relative to the settings file that names it; URLs stay."""
    beside = base / settings.handbook.source
    if "handbook.source" in problems.origins or not _may_be(beside):
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


_BAD: Any = object()


def _read_toml(file: Path) -> tuple[dict[str, Any], dict[str, int]]:
    try:
        text = file.read_text(encoding="utf-8")
        return tomllib.loads(text), _find_lines(text)
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file} is not UTF-8. Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file} is not valid TOML: {error}.") from error


# Arrays of tables: the environment sets them as a whole.
_LISTS = frozenset(item.name for item in dataclasses.fields(Settings) if item.default == ())

_TABLE_LINE = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]")
_KEY_LINE = re.compile(r"^\s*([A-Za-z0-9_\-\"]+)\s*=")


def _find_lines(text: str) -> dict[str, int]:
    """Map keys ("links.timeout_s", "waive[1].until") to lines; tomllib keeps none.

    Good enough to point at: a key inside a multi-line string can be mistaken for one.
    """
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if table := _TABLE_LINE.match(line):
            section = table[2].replace('"', "")
            if table[1] == "[[":
                counts[section] = counts.get(section, -1) + 1
                section = f"{section}[{counts[section]}]"
            lines.setdefault(section, number)
        elif key := _KEY_LINE.match(line):
            name = key[1].strip('"')
            lines.setdefault(f"{section}.{name}" if section else name, number)
    return lines


def _apply_environment(table: dict[str, Any], env: Mapping[str, str], problems: _Problems) -> None:
    """Lay `SYNCER_SECTION__KEY` over the table; arrays of tables only as a whole."""
    for variable in sorted(env):
        if not variable.startswith(ENV_PREFIX) or variable.startswith(_RESERVED):
            continue
        *sections, key = variable[len(ENV_PREFIX) :].lower().split("__")
        if sections and sections[0] in _LISTS:
            problems.found.append(
                f"${variable}: [[{sections[0]}]] is a list of tables: set ${ENV_PREFIX}"
                f"{sections[0].upper()} as a whole."
            )
            continue
        inner: Any = table
        for section in sections:
            inner = inner.setdefault(section, {}) if isinstance(inner, dict) else None
        if isinstance(inner, dict):
            inner[key] = _parse_variable(env[variable])
            problems.origins[".".join((*sections, key))] = f"${variable}"
        else:
            problems.found.append(f"${variable}: {'.'.join(sections)} is no section.")


def _parse_variable(text: str) -> Any:
    """Read a variable as a TOML value; what is none is taken as plain text (a path, a URL)."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _decode(hint: Any, value: Any, key: str, base: Path, problems: _Problems) -> Any:
    """Convert one value; a record field by field, so that each problem is told."""
    origin = typing.get_origin(hint)
    arguments = typing.get_args(hint)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _decode_record(hint, value, key, base, problems)
    if origin is tuple and dataclasses.is_dataclass(arguments[0]):
        if not isinstance(value, list):
            problems.add(key, f"expected a list of tables: write [[{key}]].")
            return _BAD
        items = [
            _decode(arguments[0], item, f"{key}[{number}]", base, problems)
            for number, item in enumerate(value)
        ]
        return _BAD if any(item is _BAD for item in items) else tuple(items)
    if origin is dict and dataclasses.is_dataclass(arguments[1]) and isinstance(value, dict):
        decoded = {
            name: _decode(arguments[1], item, f"{key}.{name}", base, problems)
            for name, item in value.items()
        }
        return _BAD if any(item is _BAD for item in decoded.values()) else decoded
    if _is_path(hint):
        if not isinstance(value, str) or not value:
            problems.add(key, "expected a path as text.")
            return _BAD
        # Who sets a variable knows where they stand, and not where the settings file lies.
        here = base if problems.variable_of(key) is None else Path()
        return here / Path(value).expanduser()
    try:
        return msgspec.convert(value, type=hint)
    except msgspec.ValidationError as error:
        problems.add(key, f"{str(error).rstrip('.')}; found {_show(key, value)}.")
        return _BAD


def _decode_record(cls: type, value: Any, key: str, base: Path, problems: _Problems) -> Any:
    if not isinstance(value, dict):
        # Not what stands there: it may be an address or a password that belongs a level below.
        problems.add(key, f"expected a table; found a value of type {type(value).__name__}.")
        return _BAD
    hints = typing.get_type_hints(cls, include_extras=True)
    good: dict[str, Any] = {}
    bad = False
    for name, item in value.items():
        if name not in hints:
            problems.add(f"{key}.{name}", _unknown(name, hints))
            bad = True
            continue
        decoded = _decode(hints[name], item, f"{key}.{name}", base, problems)
        if decoded is _BAD:
            bad = True
        else:
            good[name] = decoded
    for item in dataclasses.fields(cls):
        required = (
            item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING
        )
        if required and item.name not in value:
            problems.add(key, f"{item.name} is required.")
            bad = True
    return _BAD if bad else cls(**good)


def _is_path(hint: Any) -> bool:
    if hint is Path:
        return True
    return isinstance(hint, types.UnionType) and Path in typing.get_args(hint)


def _unknown(name: str, known: Mapping[str, Any]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"unknown; did you mean {near[0]}?" if near else f"unknown; known: {', '.join(known)}."


def _show(key: str, value: Any) -> str:
    """Show a wrong value, but for a secret and where somebody may have written one."""
    if re.search(r"\.(shares|folders|share)\b|(_env|_file|ping_url)$", key):
        return f"a value of type {type(value).__name__}"
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _check_together(settings: Settings, problems: _Problems) -> None:
    """Check what no single value can tell."""
    for number, pin in enumerate(settings.pin):
        if (pin.path is None) == (pin.file_id is None):
            problems.add(f"pin[{number}]", "give either path or file_id.")
    for number, cloud in enumerate(settings.nextcloud):
        for token, source in cloud.shares.items():
            if (source.password_file is None) == (source.password_env is None):
                problems.add(
                    f"nextcloud[{number}].shares.{token}",
                    "give either password_file or password_env.",
                )
        sources = (cloud.app_password_file, cloud.app_password_env)
        if cloud.user is None and sources != (None, None):
            problems.add(f"nextcloud[{number}]", "an app password needs a user.")
        if cloud.user is not None and sources.count(None) != 1:
            problems.add(
                f"nextcloud[{number}]",
                "a user needs either app_password_file or app_password_env.",
            )
    hosts = [cloud.host.lower() for cloud in settings.nextcloud]
    for host in sorted({host for host in hosts if hosts.count(host) > 1}):
        problems.add("nextcloud", f"the host {host} stands there more than once.")
    template = settings.handbook.source_url
    if template is not None and "{page}" not in template:
        problems.add("handbook.source_url", "needs {page} (and may have {line}) in it.")
    _check_delivery(settings, problems)
    _check_schedule(settings.schedule, problems)


def _check_waivers(settings: Settings, codes: Collection[str], problems: _Problems) -> None:
    for number, waiver in enumerate(settings.waive):
        if codes and waiver.code not in codes:
            near = difflib.get_close_matches(waiver.code, codes, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(codes)}."
            problems.add(
                f"waive[{number}].code", f"no finding has the code {waiver.code!r}; {hint}"
            )


def _check_delivery(settings: Settings, problems: _Problems) -> None:
    """Check that an upload and each notice has all that it needs, and no source twice."""
    publish, mail = settings.publish, settings.notify.mail
    by_link = publish.link_file is not None or publish.link_env is not None
    account = (publish.base_url, publish.user)
    if by_link and account != (None, None):
        problems.add("publish", "give either a link or base_url and user, not both.")
    if not by_link and publish != records.PublishSettings() and None in account:
        problems.add("publish", "needs link_file (or link_env), or both base_url and user.")
    if publish.user is not None and not (publish.password_file or publish.password_env):
        problems.add("publish", "an account needs password_file or password_env.")
    if mail != records.MailSettings() and not (mail.to and mail.sender and mail.host):
        problems.add("notify.mail", "needs to, sender and host.")
    if (mail.user is None) != (mail.password_file is None and mail.password_env is None):
        problems.add("notify.mail", "user and a password go together.")
    webhook = settings.notify.webhook
    signed = webhook.secret_file is not None or webhook.secret_env is not None
    if signed != (webhook.shape == "talk"):
        problems.add("notify.webhook", 'shape = "talk" and a secret go together.')
    _check_single_sources(settings, problems)


def _check_single_sources(settings: Settings, problems: _Problems) -> None:
    notify = settings.notify
    if notify.ping_url is not None and notify.ping != records.PingSettings():
        problems.add("notify.ping", "the address stands in ping_url too; give it once.")
    sections: dict[str, Any] = {
        "publish": settings.publish,
        "notify.mail": notify.mail,
        "notify.ping": notify.ping,
        "notify.webhook": notify.webhook,
    }
    for key, section in sections.items():
        for item in dataclasses.fields(section):
            secret, _, kind = item.name.rpartition("_")
            in_file = kind == "file" and getattr(section, item.name) is not None
            if in_file and getattr(section, f"{secret}_env", None) is not None:
                problems.add(key, f"give either {secret}_file or {secret}_env.")


def _check_schedule(schedule: records.ScheduleSettings, problems: _Problems) -> None:
    if schedule == records.ScheduleSettings():
        return  # spares the import on the way to every other command
    from syncer.config.schedule import parse_cron

    try:
        parse_cron(schedule.cron, schedule.timezone)
    except ValueError as error:
        problems.add("schedule", f"{error}.")
