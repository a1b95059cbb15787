"""Secrets: from files, credentials or the environment; a ping's address also from the settings.

Passwords, and the addresses that let in whoever knows them: upload link, ping, webhook.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from syncer.config.settings import PasswordSource, Settings
from syncer.errors import ConfigError
from syncer.model.shares import name_token

_GROUP_OR_OTHERS = 0o077
_SHARE_TOKEN = re.compile(r"/s/([^/?#]+)")


@dataclass(frozen=True, slots=True)
class Secrets:
    """The secrets of a run; None where the settings name none.

    Attributes:
        shares: "host/TOKEN" → the share's password.
        accounts: host → the app password of the account there.
        publish_link: the share link with upload right.
        publish_password: of that share, or the account's app password.
        mail_password: for the login at the mail server.
        ping_url, webhook_url: as `[notify]` wants them.
        webhook_secret: what a Talk bot signs with.
        warnings: sentences on files that others may read.
    """

    shares: Mapping[str, str] = field(default_factory=dict, repr=False)
    accounts: Mapping[str, str] = field(default_factory=dict, repr=False)
    publish_link: str | None = field(default=None, repr=False)
    publish_password: str | None = field(default=None, repr=False)
    mail_password: str | None = field(default=None, repr=False)
    ping_url: str | None = field(default=None, repr=False)
    webhook_url: str | None = field(default=None, repr=False)
    webhook_secret: str | None = field(default=None, repr=False)
    warnings: tuple[str, ...] = ()

    def values(self) -> tuple[str, ...]:
        """Every secret, for the redactor; of an address also the part that lets in, alone."""
        passwords = (self.publish_password, self.mail_password, self.webhook_secret)
        urls = (self.publish_link, self.ping_url, self.webhook_url)
        token = _SHARE_TOKEN.search(self.publish_link or "")
        return (
            *self.shares.values(),
            *self.accounts.values(),
            *(password for password in passwords if password is not None),
            *(part for url in urls if url is not None for part in (url, *_cut_url(url)) if part),
            *(() if token is None else (token[1],)),
        )


def _cut_url(url: str) -> tuple[str, str]:
    """Return path and query, which a library's log may show without the host."""
    split = urlsplit(url)
    return split.path.rstrip("/"), split.query


class _SecretReader:
    """Reads secrets, and keeps what is wrong with any of them for all to be told at once."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.warnings: list[str] = []
        self.problems: list[str] = []
        self._env = env

    def read(self, name: str, file: Path | None, variable: str | None) -> str | None:
        """Return a secret; None when it has no source, or one that cannot be read."""
        try:
            if variable is not None:
                return self._env[variable]
            return None if file is None else self._read_file(file)
        except PermissionError as error:
            self.problems.append(f"{name} cannot be read: {_say(error)}{self._say_where()}.")
            return None
        except (OSError, UnicodeDecodeError, KeyError) as error:
            self.problems.append(f"{name} cannot be read: {_say(error)}.")
            return None

    def read_url(self, name: str, file: Path | None, variable: str | None) -> str | None:
        """Return an address likewise; its text is never shown, also when it is none."""
        if file is not None and ":/" in str(file):
            self.problems.append(
                f"{name} is a secret: write it to a file of its own, and name that file."
            )
            return None
        return self.check_url(name, self.read(name, file, variable))

    def check_url(self, name: str, url: str | None) -> str | None:
        """Return an address without the blanks around it; None when it is none."""
        if url is None or _is_web_address(url.strip()):
            return None if url is None else url.strip()
        self.problems.append(f"{name} is no address that begins with https:// or http://.")
        return None

    def _say_where(self) -> str:
        """Say where a service looks first: a file that it may not read may also not be there."""
        handed = self._env.get("CREDENTIALS_DIRECTORY")
        return "" if handed is None else f", and {handed} holds no credential of that name"

    def _read_file(self, file: Path) -> str:
        path = _find(file, self._env)
        if path.stat().st_mode & _GROUP_OR_OTHERS and not _is_credential(path, self._env):
            self.warnings.append(f"{path} can be read by others: chmod 600 {path}")
        return path.read_text(encoding="utf-8").rstrip("\r\n")


def _is_web_address(text: str) -> bool:
    try:
        split = urlsplit(text)
        return split.scheme in ("http", "https") and bool(split.hostname) and text.isprintable()
    except ValueError:
        return False


def read_secrets(settings: Settings, env: Mapping[str, str]) -> Secrets:
    """Read every secret that the settings name.

    Raises:
        ConfigError: naming each that is not there; never with a secret in the text.
    """
    reader = _SecretReader(env)
    shares: dict[str, str] = {}
    accounts: dict[str, str] = {}
    for cloud in settings.nextcloud:
        app_password = reader.read(
            f"The app password of {cloud.host}", cloud.app_password_file, cloud.app_password_env
        )
        if app_password is not None:
            accounts[cloud.host.lower()] = app_password
        for token, source in cloud.shares.items():
            share = f"{cloud.host.lower()}/{token}"
            # Not with the whole token: it may stand in the settings alone.
            name = f"The password of share {cloud.host.lower()}/{name_token(token)}"
            if source == PasswordSource():
                reader.problems.append(f"{name} needs password_file or password_env.")
            password = reader.read(name, source.password_file, source.password_env)
            if password is not None:
                shares[share] = password
    publish, notify = settings.publish, settings.notify
    mail, ping, webhook = notify.mail, notify.ping, notify.webhook
    secrets = Secrets(
        shares=shares,
        accounts=accounts,
        publish_link=reader.read_url("The link of [publish]", publish.link_file, publish.link_env),
        publish_password=reader.read(
            "The password of [publish]", publish.password_file, publish.password_env
        ),
        mail_password=reader.read(
            "The password of [notify.mail]", mail.password_file, mail.password_env
        ),
        ping_url=(
            reader.read_url("The url of [notify.ping]", ping.url_file, ping.url_env)
            if notify.ping_url is None
            else reader.check_url("The ping_url of [notify]", notify.ping_url)
        ),
        webhook_url=reader.read_url(
            "The url of [notify.webhook]", webhook.url_file, webhook.url_env
        ),
        webhook_secret=reader.read(
            "The secret of [notify.webhook]", webhook.secret_file, webhook.secret_env
        ),
        warnings=tuple(reader.warnings),
    )
    if reader.problems:
        raise ConfigError(*reader.problems)
    return secrets


def _find(path: Path, env: Mapping[str, str]) -> Path:
    """Prefer what the service manager handed over under the same name.

    A file of a folder that it was given as a whole is called "folder_file" there
    (systemd.exec(5), LoadCredential=).
    """
    credentials = env.get("CREDENTIALS_DIRECTORY")
    if credentials is None:
        return path
    handed = (Path(credentials) / name for name in (f"{path.parent.name}_{path.name}", path.name))
    return next((place for place in handed if place.is_file()), path)


def _is_credential(path: Path, env: Mapping[str, str]) -> bool:
    return str(path.parent) == env.get("CREDENTIALS_DIRECTORY")


def _say(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}"
    if isinstance(error, KeyError):
        return f"the variable {error.args[0]} is not set"
    return "the file is not UTF-8 text"
