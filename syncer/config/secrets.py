"""Passwords: from files, credentials or the environment, never from the settings file itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from syncer.config.settings import PasswordSource, Settings
from syncer.errors import ConfigError

_GROUP_OR_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class Secrets:
    """The passwords of a run; `warnings` are sentences on files that others may read.

    `shares` maps "host/TOKEN" to the share's password.
    """

    shares: Mapping[str, str] = field(default_factory=dict, repr=False)
    warnings: tuple[str, ...] = ()

    def values(self) -> tuple[str, ...]:
        """Every secret, for the redactor."""
        return tuple(self.shares.values())


def read_secrets(settings: Settings, env: Mapping[str, str]) -> Secrets:
    """Read every password that the settings name.

    Raises:
        ConfigError: naming each that is not there; never with a secret in the text.
    """
    shares: dict[str, str] = {}
    warnings: list[str] = []
    problems: list[str] = []
    for cloud in settings.nextcloud:
        for token, source in cloud.shares.items():
            share = f"{cloud.host.lower()}/{token}"
            try:
                shares[share] = _read(source, env, warnings)
            except (OSError, UnicodeDecodeError, KeyError) as error:
                problems.append(f"The password of share {share} cannot be read: {_say(error)}.")
    if problems:
        raise ConfigError(*problems)
    return Secrets(shares, tuple(warnings))


def _read(source: PasswordSource, env: Mapping[str, str], warnings: list[str]) -> str:
    if source.password_env is not None:
        return env[source.password_env]
    if source.password_file is None:
        raise KeyError("password_file")
    path = _find(source.password_file, env)
    if path.stat().st_mode & _GROUP_OR_OTHERS and not _is_credential(path, env):
        warnings.append(f"{path} can be read by others: chmod 600 {path}")
    return path.read_text(encoding="utf-8").rstrip("\r\n")


def _find(path: Path, env: Mapping[str, str]) -> Path:
    """Prefer what the service manager handed over under the same name."""
    credentials = env.get("CREDENTIALS_DIRECTORY")
    if credentials is not None and (Path(credentials) / path.name).is_file():
        return Path(credentials) / path.name
    return path


def _is_credential(path: Path, env: Mapping[str, str]) -> bool:
    return str(path.parent) == env.get("CREDENTIALS_DIRECTORY")


def _say(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}"
    if isinstance(error, KeyError):
        return f"the variable {error.args[0]} is not set"
    return "the file is not UTF-8 text"
