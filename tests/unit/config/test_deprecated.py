"""Settings that were renamed or removed still work for a while, and say what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from syncer.config import LoadedSettings, deprecated, load_settings
from syncer.config.deprecated import Deprecation
from syncer.errors import ConfigError
from syncer.nightly.session import open_session


@pytest.fixture(autouse=True)
def deprecations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deprecate some keys, as an upgrade would."""
    entries = (
        Deprecation("links.patience_s", "timeout_s"),
        Deprecation("waive.day", "until"),
        Deprecation("notify.mail.from", "sender"),
        Deprecation("state.place", "folder"),
        Deprecation("output.colour"),
    )
    monkeypatch.setattr(deprecated, "DEPRECATIONS", entries)


def load(tmp_path: Path, text: str, env: dict[str, str] | None = None) -> LoadedSettings:
    """Load settings from a file."""
    file = tmp_path / "syncer.toml"
    file.write_text(text, encoding="utf-8")
    return load_settings(file, env or {})


def test_a_renamed_key_keeps_its_value_and_warns(tmp_path: Path) -> None:
    """In a section, in each table of a list, and in a section within one."""
    loaded = load(
        tmp_path,
        "[links]\npatience_s = 7\n"
        '[[waive]]\ncode = "a"\nsubject = "*"\nreason = "x"\nuntil = 2027-01-01\n'
        '[[waive]]\ncode = "b"\nsubject = "*"\nreason = "x"\nday = 2027-02-01\n'
        '[notify.mail]\nto = ["a@b.dk"]\nhost = "h"\nfrom = "c@b.dk"\n',
    )
    settings = loaded.settings
    assert settings.links.timeout_s == 7
    assert [waiver.until.month for waiver in settings.waive] == [1, 2]
    assert settings.notify.mail.sender == "c@b.dk"
    file = tmp_path / "syncer.toml"
    assert loaded.warnings == (
        f"{file}:2: links.patience_s is deprecated. Write timeout_s instead.",
        f"{file}:12: waive[1].day is deprecated. Write until instead.",
        f"{file}:16: notify.mail.from is deprecated. Write sender instead.",
    )


def test_a_removed_key_warns_and_has_no_effect(tmp_path: Path) -> None:
    """It does not end the run with 2."""
    loaded = load(tmp_path, "[output]\ncolour = true\n")
    assert loaded.warnings == (
        f"{tmp_path}/syncer.toml:2: output.colour is deprecated. It has no effect; remove it.",
    )


def test_the_new_key_wins(tmp_path: Path) -> None:
    """Where both are given."""
    loaded = load(tmp_path, "[links]\npatience_s = 7\ntimeout_s = 8\n")
    assert loaded.settings.links.timeout_s == 8
    assert len(loaded.warnings) == 1


def test_a_variable_is_carried_over(tmp_path: Path) -> None:
    """With its own name in the warning, and a path relative to the current folder."""
    env = {"SYNCER_STATE__PLACE": "here"}
    loaded = load(tmp_path, "", env)
    assert loaded.settings.state.folder == Path("here")
    assert loaded.warnings == ("$SYNCER_STATE__PLACE is deprecated. Write folder instead.",)


def test_a_wrong_value_is_reported_where_it_was_written(tmp_path: Path) -> None:
    """By the line of the old key."""
    with pytest.raises(ConfigError, match=r":3: links\.timeout_s: expected a number"):
        load(tmp_path, "[links]\nthreads = 3\npatience_s = true\n")


def test_the_warning_is_in_the_log(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Once, at the level that a timer's journal shows."""
    file = tmp_path / "syncer.toml"
    file.write_text("[output]\ncolour = true\n", encoding="utf-8")
    open_session(file, lang=None, verbosity=0, env={})
    err = capfd.readouterr().err
    assert err.count("output.colour is deprecated") == 1
    assert '"level": "warning"' in err


def test_a_section_that_is_no_table_is_reported_as_such(tmp_path: Path) -> None:
    """Deprecations look only into tables."""
    with pytest.raises(ConfigError, match="links: expected a table"):
        load(tmp_path, "links = 3\nwaive = [3]\n")
