"""What a run stands on: the state folder, the lock."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from syncer.config import LoadedSettings, Secrets, Settings
from syncer.errors import ConfigError, RunLocked, StoreError
from syncer.nightly.session import (
    Session,
    find_output_folder,
    find_state_folder,
    hold_state,
)
from syncer.pipeline.options import AuditOptions, RunParams
from syncer.redact import Redactor
from syncer.report.words import Lang
from syncer.store.database import FILE_NAME
from syncer.store.files import hold_lock
from syncer.surroundings import Surroundings


def make_session(folder: Path) -> Session:
    """Return a session whose state lies in `folder`."""
    return Session(LoadedSettings(Settings()), Secrets(), folder, Lang.DA, Redactor())


@pytest.mark.parametrize(
    ("configured", "env", "expected"),
    [
        (Path("/a"), {"STATE_DIRECTORY": "/b"}, "/a"),
        (None, {"STATE_DIRECTORY": "/b:/c", "XDG_STATE_HOME": "/d"}, "/b"),
        (None, {"XDG_STATE_HOME": "/d"}, "/d/syncer"),
    ],
)
def test_the_state_folder(configured: Path | None, env: dict[str, str], expected: str) -> None:
    """The settings' own, else systemd's, else the XDG one."""
    assert find_state_folder(configured, env) == Path(expected)


def test_the_state_folder_of_a_plain_user() -> None:
    """Without any of them it lies in the home folder."""
    assert find_state_folder(None, {}) == Path.home() / ".local/state/syncer"


def test_a_user_without_a_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no folder to guess: what to set is said."""
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("os.getuid", lambda: 4_000_000)
    with pytest.raises(ConfigError, match="STATE_DIRECTORY"):
        find_state_folder(None, {})


def test_the_output_folder(tmp_path: Path) -> None:
    """`reports` in the state folder, unless the settings name one."""
    session = make_session(tmp_path)
    assert find_output_folder(session) == tmp_path / "reports"
    output = replace(session.loaded.settings.output, folder=Path("/out"))
    settings = replace(session.loaded.settings, output=output)
    named = replace(session, loaded=LoadedSettings(settings))
    assert find_output_folder(named) == Path("/out")


def test_state_is_locked_while_it_is_held(tmp_path: Path) -> None:
    """A second run is refused; after the first it may."""
    session, around = make_session(tmp_path), Surroundings()
    with hold_state(session, RunParams(), around, required=False) as database:
        assert database is not None
        with (
            pytest.raises(RunLocked),
            hold_state(session, RunParams(), around, required=False),
        ):
            pass
    with hold_state(session, RunParams(), around, required=True) as database:
        assert database is not None


def test_offline_needs_no_state(tmp_path: Path) -> None:
    """An offline audit neither locks nor remembers; an offline nightly does."""
    session, offline = make_session(tmp_path), RunParams(audit=AuditOptions(offline=True))
    with (
        hold_lock(tmp_path, wait=False, sleep=time.sleep),
        hold_state(session, offline, Surroundings(), required=False) as database,
    ):
        assert database is None
    with hold_state(session, offline, Surroundings(), required=True) as database:
        assert database is not None


def test_a_state_folder_that_cannot_be_used(tmp_path: Path) -> None:
    """An audit goes on without it; a nightly says what to do."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    session = make_session(tmp_path / "file" / "state")
    with hold_state(session, RunParams(), Surroundings(), required=False) as database:
        assert database is None
    with (
        pytest.raises(StoreError),
        hold_state(session, RunParams(), Surroundings(), required=True),
    ):
        pass


def test_a_damaged_database_is_set_aside_and_the_run_goes_on(tmp_path: Path) -> None:
    """The run has a new one, and the old one is kept."""
    (tmp_path / FILE_NAME).write_bytes(b"rubbish" * 1000)
    with hold_state(make_session(tmp_path), RunParams(), Surroundings(), required=True) as database:
        assert database is not None
    assert (tmp_path / f"{FILE_NAME}.set-aside").exists()
