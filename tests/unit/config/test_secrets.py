"""Passwords come from files, credentials and variables, and are shown nowhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from syncer.config import Settings, read_secrets
from syncer.config.settings import (
    MailSettings,
    NextcloudSettings,
    NotifySettings,
    PasswordSource,
    PingSettings,
    PublishSettings,
    WebhookSettings,
)
from syncer.errors import ConfigError
from syncer.model.shares import name_token
from syncer.redact import MASK, Redactor


def settings_with(source: PasswordSource) -> Settings:
    """Return settings with one protected share."""
    return Settings(nextcloud=(NextcloudSettings(host="Boks.example.org", shares={"T": source}),))


def test_a_file_is_read_without_its_line_end(tmp_path: Path) -> None:
    """The last line end is the editor's, not the password's; blanks are the password's."""
    file = tmp_path / "secret"
    file.write_text(" pass ord\r\n", encoding="utf-8")
    file.chmod(0o600)
    secrets = read_secrets(settings_with(PasswordSource(password_file=file)), {})
    assert secrets.shares == {"boks.example.org/T": " pass ord"}
    assert secrets.warnings == ()
    assert "pass ord" not in repr(secrets)


@pytest.mark.parametrize("line_end", ["", "\n", "\r\n", "\r", "\n\n"])
def test_what_an_editor_adds_is_no_part_of_a_secret(tmp_path: Path, line_end: str) -> None:
    """The mark of its encoding, and the line ends of any system; in a variable likewise."""
    text = f"\ufeffpass ord{line_end}"
    file = tmp_path / "secret"
    file.write_bytes(text.encode())
    by_file = read_secrets(settings_with(PasswordSource(password_file=file)), {})
    by_env = read_secrets(settings_with(PasswordSource(password_env="PW")), {"PW": text})
    assert by_file.shares == by_env.shares == {"boks.example.org/T": "pass ord"}


@pytest.mark.parametrize("text", ["", "\n", "\r\n", "\ufeff", " \n"])
def test_an_empty_secret_is_told(tmp_path: Path, text: str) -> None:
    """A file that nobody filled in is no empty password."""
    file = tmp_path / "secret"
    file.write_bytes(text.encode())
    for source, name in (
        (PasswordSource(password_file=file), str(file)),
        (PasswordSource(password_env="PW"), "the variable PW"),
    ):
        with pytest.raises(ConfigError) as caught:
            read_secrets(settings_with(source), {"PW": text})
        (problem,) = caught.value.problems
        assert problem.endswith(f"cannot be read: {name} is empty.")


def test_a_folder_is_no_secret_and_stays_closed(tmp_path: Path) -> None:
    """Its path is told, and it is not open afterwards."""
    before = set(Path("/proc/self/fd").iterdir())
    with pytest.raises(ConfigError, match="cannot be read"):
        read_secrets(settings_with(PasswordSource(password_file=tmp_path)), {})
    assert set(Path("/proc/self/fd").iterdir()) == before


@pytest.mark.parametrize("token", ["T", "T0kenOfAShare"])
def test_a_share_without_its_password_is_named_as_reports_do(token: str) -> None:
    """Its token may stand in the settings alone."""
    cloud = NextcloudSettings(host="Boks.example.org", shares={token: PasswordSource()})
    with pytest.raises(ConfigError) as caught:
        read_secrets(Settings(nextcloud=(cloud,)), {})
    (problem,) = caught.value.problems
    assert f"boks.example.org/{name_token(token)} needs" in problem


def test_an_app_password_is_the_hosts(tmp_path: Path) -> None:
    """From a file or a variable; one that is not there is named by its host."""
    file = tmp_path / "app"
    file.write_text("app-kode\n", encoding="utf-8")
    by_file = NextcloudSettings(host="Boks.example.org", user="nat", app_password_file=file)
    by_env = NextcloudSettings(host="sky.example.org", user="nat", app_password_env="APP")
    settings = Settings(nextcloud=(by_file, by_env))
    secrets = read_secrets(settings, {"APP": "anden-kode"})
    assert secrets.accounts == {"boks.example.org": "app-kode", "sky.example.org": "anden-kode"}
    assert set(secrets.values()) >= {"app-kode", "anden-kode"}
    assert "kode" not in repr(secrets)
    with pytest.raises(ConfigError, match=r"app password of sky\.example\.org"):
        read_secrets(settings, {})


def test_a_file_that_others_can_read_is_warned_of(tmp_path: Path) -> None:
    """A mode wider than 0600 works, with a warning that names the command."""
    file = tmp_path / "secret"
    file.write_text("p", encoding="utf-8")
    file.chmod(0o644)
    secrets = read_secrets(settings_with(PasswordSource(password_file=file)), {})
    assert secrets.warnings == (f"{file} can be read by others: chmod 600 {file}",)


def test_a_credential_of_the_service_manager_is_preferred(tmp_path: Path) -> None:
    """A file of the same name in `$CREDENTIALS_DIRECTORY` counts, whatever its mode."""
    (tmp_path / "credentials").mkdir()
    credential = tmp_path / "credentials" / "boks"
    credential.write_text("from systemd", encoding="utf-8")
    credential.chmod(0o440)
    secrets = read_secrets(
        settings_with(PasswordSource(password_file=Path("/nowhere/boks"))),
        {"CREDENTIALS_DIRECTORY": str(tmp_path / "credentials")},
    )
    assert secrets.values() == ("from systemd",)
    assert secrets.warnings == ()


def test_a_variable_is_read() -> None:
    """`password_env` names the variable."""
    secrets = read_secrets(settings_with(PasswordSource(password_env="BOKS")), {"BOKS": "p"})
    assert secrets.values() == ("p",)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (PasswordSource(password_file=Path("/nowhere/boks")), "/nowhere/boks"),
        (PasswordSource(password_env="BOKS"), "the variable BOKS is not set"),
        (PasswordSource(), "password_file"),
    ],
)
def test_a_password_that_is_not_there_is_told(source: PasswordSource, told: str) -> None:
    """The message names the share and where the password should be."""
    with pytest.raises(ConfigError) as caught:
        read_secrets(settings_with(source), {})
    assert f"boks.example.org/{name_token('T')}" in str(caught.value)
    assert told in str(caught.value)


def test_a_password_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are refused without being shown."""
    file = tmp_path / "secret"
    file.write_bytes(b"\xff\xfehunter2")
    file.chmod(0o600)
    with pytest.raises(ConfigError) as caught:
        read_secrets(settings_with(PasswordSource(password_file=file)), {})
    assert "hunter2" not in str(caught.value)


def write_secret(folder: Path, name: str, text: str) -> Path:
    """Write a file that only its owner reads."""
    file = folder / name
    file.write_text(text + "\n", encoding="utf-8")
    file.chmod(0o600)
    return file


def delivery_settings(folder: Path) -> Settings:
    """Return settings that name every secret of upload and notices."""
    return Settings(
        publish=PublishSettings(
            link_file=write_secret(
                folder, "link", "https://sky.example.org/s/UploadToken01?dir=/A"
            ),
            password_env="SHARE_PASSWORD",
        ),
        notify=NotifySettings(
            mail=MailSettings(password_file=write_secret(folder, "mail", "smtp-pass")),
            ping=PingSettings(
                url_file=write_secret(folder, "ping", "https://hc.example.org/p/uuid-1")
            ),
            webhook=WebhookSettings(
                url_env="HOOK", secret_file=write_secret(folder, "talk", "bot-secret")
            ),
        ),
    )


def test_the_secrets_of_upload_and_notices_are_read(tmp_path: Path) -> None:
    """Passwords as they stand, addresses without blanks around them; none in the `repr`."""
    env = {"SHARE_PASSWORD": " p æ", "HOOK": " https://chat.example.org/hooks/abc?k=v "}
    secrets = read_secrets(delivery_settings(tmp_path), env)
    assert secrets.publish_link == "https://sky.example.org/s/UploadToken01?dir=/A"
    assert secrets.publish_password == " p æ"
    assert (secrets.mail_password, secrets.webhook_secret) == ("smtp-pass", "bot-secret")
    assert secrets.ping_url == "https://hc.example.org/p/uuid-1"
    assert secrets.webhook_url == "https://chat.example.org/hooks/abc?k=v"
    for secret in ("UploadToken01", "smtp-pass", "uuid-1", "hooks/abc"):
        assert secret not in repr(secrets)


def test_an_address_is_masked_in_every_form_that_a_log_shows(tmp_path: Path) -> None:
    """Whole, as a path without its host, and a share's token in another address."""
    env = {"SHARE_PASSWORD": "password", "HOOK": "https://chat.example.org/hooks/abc?key=value"}
    redactor = Redactor(read_secrets(delivery_settings(tmp_path), env).values())
    for line in (
        "https://hc.example.org/p/uuid-1/start",
        'hc.example.org:443 "POST /p/uuid-1/fail HTTP/1.1" 200',
        'sky.example.org "PUT /public.php/dav/files/UploadToken01/report.html"',
        'chat.example.org "POST /hooks/abc?key=value HTTP/1.1"',
        "smtp-pass",
        "bot-secret",
    ):
        cleaned = redactor.clean(line)
        assert MASK in cleaned
        for secret in ("uuid-1", "UploadToken01", "/hooks/abc", "value", "smtp-pass", "bot-"):
            assert secret not in cleaned


@pytest.mark.parametrize(
    "url", ["hemmeligt", "ftp://x.example.org/t0ken", "https://", "https://[t0ken", "https://a\nb"]
)
def test_what_is_no_address_is_refused_without_being_shown(url: str) -> None:
    """The message names the setting, not what was found in it."""
    settings = Settings(notify=NotifySettings(ping=PingSettings(url_env="PING")))
    with pytest.raises(ConfigError) as caught:
        read_secrets(settings, {"PING": url})
    assert "[notify.ping]" in str(caught.value)
    assert "t0ken" not in str(caught.value)
    assert "hemmeligt" not in str(caught.value)


def test_a_ping_address_from_the_settings() -> None:
    """It is taken like one from a file, and masked like one, its parts too."""
    notify = NotifySettings(ping_url="https://hc.example.org/p/uuid-1")
    secrets = read_secrets(Settings(notify=notify), {})
    assert secrets.ping_url == "https://hc.example.org/p/uuid-1"
    cleaned = Redactor(secrets.values()).clean('hc.example.org:443 "POST /p/uuid-1/fail"')
    assert "uuid-1" not in cleaned
    with pytest.raises(ConfigError) as caught:
        read_secrets(Settings(notify=NotifySettings(ping_url="https://[t0ken")), {})
    assert "ping_url of [notify]" in str(caught.value)
    assert "t0ken" not in str(caught.value)


def test_a_credential_that_was_not_handed_over_is_told_as_such(tmp_path: Path) -> None:
    """A service may not look where the file would be: "permission denied" is half of it."""
    closed = Path("/proc/1/root/secret") if os.geteuid() else tmp_path / "closed" / "secret"
    settings = settings_with(PasswordSource(password_file=closed))
    with as_stranger(), pytest.raises(ConfigError) as caught:
        read_secrets(settings, {"CREDENTIALS_DIRECTORY": "/run/credentials/x"})
    assert "Permission denied" in str(caught.value)
    assert "/run/credentials/x holds no credential of that name" in str(caught.value)


@contextmanager
def as_stranger() -> Iterator[None]:
    """Be somebody who may not enter root's folders, where the tests are run by root."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


def test_an_address_that_was_written_as_a_file_is_not_shown() -> None:
    """Who puts the secret itself where its file belongs is told so, without it."""
    ping = PingSettings(url_file=Path("https://hc.example.org/t0ken"))
    with pytest.raises(ConfigError) as caught:
        read_secrets(Settings(notify=NotifySettings(ping=ping)), {})
    assert "a file of its own" in str(caught.value)
    assert "t0ken" not in str(caught.value)


def test_every_secret_that_is_lacking_is_told_at_once() -> None:
    """One message with all of them."""
    settings = Settings(
        publish=PublishSettings(link_env="LINK", password_env="PASSWORD"),
        notify=NotifySettings(webhook=WebhookSettings(url_env="HOOK", secret_env="SECRET")),
    )
    with pytest.raises(ConfigError) as caught:
        read_secrets(settings, {})
    assert len(caught.value.problems) == 4
