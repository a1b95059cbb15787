"""Passwords come from files, credentials and variables, and are shown nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from syncer.config import Settings, read_secrets
from syncer.config.settings import NextcloudSettings, PasswordSource
from syncer.errors import ConfigError


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
    assert "boks.example.org/T" in str(caught.value)
    assert told in str(caught.value)


def test_a_password_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are refused without being shown."""
    file = tmp_path / "secret"
    file.write_bytes(b"\xff\xfehunter2")
    file.chmod(0o600)
    with pytest.raises(ConfigError) as caught:
        read_secrets(settings_with(PasswordSource(password_file=file)), {})
    assert "hunter2" not in str(caught.value)
