"""Read the secrets: passwords, and addresses that let in whoever knows them.

They come from files, systemd credentials or the environment; a ping's address may also be in the
settings.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from syncer.config.settings import PasswordSource, Settings
from syncer.errors import ConfigError
from syncer.model.shares import join_share_id, name_token

MAX_BYTES = 65_536
_GROUP_OR_OTHERS = 0o077
# What the kernel makes up: an environment, a device, the memory of a process.
_NO_SECRETS = (Path("/proc"), Path("/sys"), Path("/dev"))
_BYTE_ORDER_MARK = "\ufeff"
_SHARE_TOKEN = re.compile(r"/s/([^/?#]+)")


@dataclass(frozen=True, slots=True)
class Secrets:
    """The secrets of a run; None where the settings name none.

    Attributes:
        shares: "host/TOKEN" → the share's password.
        accounts: host → the app password of the account there.
        publish_link: the share link with upload right.
        publish_password: the password of that share, or the account's app password.
        mail_password: for the login at the mail server.
        ping_url, webhook_url: the addresses for `[notify]`.
        webhook_secret: signs messages of a Talk bot.
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
        """Return every secret, for the redactor; of an address also the secret parts alone."""
        passwords = (self.publish_password, self.mail_password, self.webhook_secret)
        urls = [url for url in (self.publish_link, self.ping_url, self.webhook_url) if url]
        token = _SHARE_TOKEN.search(self.publish_link or "")
        return (
            *self.shares.values(),
            *self.accounts.values(),
            *(password for password in passwords if password is not None),
            *(part for url in urls for part in _cut_url(url) if part),
            *(() if token is None else (token[1],)),
        )


def _cut_url(url: str) -> Iterator[str]:
    """Yield an address as it was typed and as it is sent, and path, query and values of each.

    A library's log shows them without the host.
    """
    for spelling in dict.fromkeys((url, _spell_as_sent(url))):
        split = urlsplit(spelling)
        yield from (spelling, split.path.rstrip("/"), split.query)
        yield from (pair.partition("=")[2] for pair in split.query.split("&"))


def _spell_as_sent(url: str) -> str:
    """Return an address with the percent-encoding that requests gives it, without `.` and `..`."""
    # Slow to load, and only needed where there is such an address.
    import requests

    try:
        return requests.Request("POST", url).prepare().url or url
    except (requests.RequestException, ValueError):
        return url


class _SecretReader:
    """Reads secrets, and collects the problems so that all are reported at once."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.warnings: list[str] = []
        self.problems: list[str] = []
        self._env = env

    def read(self, name: str, file: Path | None, variable: str | None) -> str | None:
        """Return a secret; None when it has no source, or one that cannot be read."""
        try:
            if variable is not None:
                return _trim(self._env[variable], f"the variable {variable}")
            return None if file is None else self._read_file(file)
        except PermissionError as error:
            # A service may not see whether the file is there: a credential may be missing.
            handed = self._env.get("CREDENTIALS_DIRECTORY")
            more = "" if handed is None else f", and {handed} holds no credential of that name"
            self.problems.append(f"{name} cannot be read: {_describe(error)}{more}.")
        except (OSError, ValueError, KeyError) as error:
            self.problems.append(f"{name} cannot be read: {_describe(error)}.")
        return None

    def read_url(self, name: str, file: Path | None, variable: str | None) -> str | None:
        """Return an address likewise; its text is never shown, even when it is none."""
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

    def _read_file(self, file: Path) -> str:
        """Read a secret from a regular file; links to it are followed, as Kubernetes has them."""
        path = _find(file, self._env)
        real = Path(os.path.realpath(path))
        if any(real.is_relative_to(folder) for folder in _NO_SECRETS):
            raise ValueError(f"{path} is not a file on a disk. Write the secret to one")
        # Not blocking: a FIFO would wait for a writer.
        flags = os.O_NOFOLLOW | os.O_NONBLOCK
        with open(real, "rb", opener=lambda at, mode: os.open(at, mode | flags)) as opened:
            found = os.fstat(opened.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise ValueError(f"{path} is not a regular file. Write the secret to one")
            content = opened.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise ValueError(f"{path} is larger than {MAX_BYTES} bytes, too large for a secret")
        if found.st_mode & _GROUP_OR_OTHERS and not _is_credential(path, self._env):
            self.warnings.append(f"{path} can be read by others: chmod 600 {path}")
        return _trim(content.decode("utf-8"), str(path))


def _trim(text: str, source: str) -> str:
    """Return a secret without what editors add to it: a mark of the encoding, and line ends.

    Raises:
        ValueError: nothing is left, so that a forgotten password is no empty one.
    """
    secret = text.removeprefix(_BYTE_ORDER_MARK).rstrip("\r\n")
    if not secret.strip():
        raise ValueError(f"{source} is empty")
    return secret


def _is_web_address(text: str) -> bool:
    try:
        split = urlsplit(text)
        return split.scheme in ("http", "https") and bool(split.hostname) and text.isprintable()
    except ValueError:
        return False


def read_secrets(settings: Settings, env: Mapping[str, str]) -> Secrets:
    """Read every secret that the settings name.

    Raises:
        ConfigError: with each that cannot be read; no secret is in the text.
    """
    reader = _SecretReader(env)
    publish, notify = settings.publish, settings.notify
    mail, ping, webhook = notify.mail, notify.ping, notify.webhook
    secrets = Secrets(
        accounts=_read_accounts(settings, reader),
        shares=_read_shares(settings, reader),
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


def _read_accounts(settings: Settings, reader: _SecretReader) -> dict[str, str]:
    passwords = {
        cloud.host.lower(): reader.read(
            f"The app password of {cloud.host}", cloud.app_password_file, cloud.app_password_env
        )
        for cloud in settings.nextcloud
    }
    return {host: password for host, password in passwords.items() if password is not None}


def _read_shares(settings: Settings, reader: _SecretReader) -> dict[str, str]:
    passwords: dict[str, str | None] = {}
    for cloud in settings.nextcloud:
        host = cloud.host.lower()
        for token, source in cloud.shares.items():
            # A token that only the settings hold is secret.
            name = f"The password of share {host}/{name_token(token)}"
            if source == PasswordSource():
                reader.problems.append(f"{name} needs password_file or password_env.")
            passwords[join_share_id(host, token)] = reader.read(
                name, source.password_file, source.password_env
            )
    return {share: password for share, password in passwords.items() if password is not None}


def _find(path: Path, env: Mapping[str, str]) -> Path:
    """Return the credential that systemd passed under a file's name, else the file.

    A file of a folder that was passed as a whole is called "folder_file" there (systemd.exec(5),
    LoadCredential=).
    """
    credentials = env.get("CREDENTIALS_DIRECTORY")
    if credentials is None:
        return path
    passed = (Path(credentials) / name for name in (f"{path.parent.name}_{path.name}", path.name))
    return next((place for place in passed if place.is_file()), path)


def _is_credential(path: Path, env: Mapping[str, str]) -> bool:
    return str(path.parent) == env.get("CREDENTIALS_DIRECTORY")


def _describe(error: Exception) -> str:
    match error:
        case OSError():
            return f"{error.filename}: {error.strerror}"
        case KeyError():
            return f"the variable {error.args[0]} is not set"
        case UnicodeDecodeError():
            return "the file is not UTF-8 text"
    return str(error)
