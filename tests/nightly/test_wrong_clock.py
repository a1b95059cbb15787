"""A clock without a battery: nothing is reckoned with it, and the person is told."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from syncer.errors import ConfigError
from syncer.nightly.audit import audit
from syncer.nightly.run import run_nightly
from syncer.nightly.session import open_session
from syncer.pipeline.options import AuditOptions, RunParams
from syncer.surroundings import Surroundings


@pytest.mark.parametrize("offline", [False, True])
@pytest.mark.parametrize("run", [audit, run_nightly])
@pytest.mark.parametrize("year", [1969, 9_999])
def test_a_clock_that_is_not_set_ends_the_run_with_its_time(
    run: object, year: int, offline: bool, tmp_path: Path
) -> None:
    """Before anything is read or written; the message says what to do."""
    (tmp_path / "a.md").write_text("# A\n", encoding="utf-8")
    config = tmp_path / "syncer.toml"
    config.write_text(
        f'[handbook]\nsource = "{tmp_path}"\n[state]\nfolder = "state"\n', encoding="utf-8"
    )
    session = open_session(config, lang=None, verbosity=0, env={})
    around = Surroundings(now=lambda: datetime(year, 6, 1, tzinfo=UTC), sleep=lambda _: None)
    params = RunParams(config=config, audit=AuditOptions(offline=offline))
    assert callable(run)
    with pytest.raises(ConfigError, match=f"clock of this machine shows {year}-06-01. Set it"):
        run(session, params, around)
    assert not (tmp_path / "state" / "reports").exists()
