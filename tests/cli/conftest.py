"""The command line in this process, as a shell would see it: code, stdout, stderr."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from syncer.cli import main
from syncer.demo.sample_documents import make_document
from syncer.log import end_run
from tests.cli.outcomes import Cli, Outcome
from tests.pipeline.handbooks import TOKEN, write_page


@pytest.fixture(autouse=True)
def clean_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run in an empty folder, without anybody's settings and state, and without waits."""
    unwanted = {"COLUMNS", "LINES"}  # they outrank the size of a terminal
    unwanted |= {name for name in os.environ if name.startswith("SYNCER_")}
    for name in unwanted & set(os.environ):
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg"))
    monkeypatch.delenv("STATE_DIRECTORY", raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    monkeypatch.setattr("syncer.cli.runs.wait_for", lambda _stop: lambda _seconds: None)
    (tmp_path / "cwd").mkdir()
    monkeypatch.chdir(tmp_path / "cwd")
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    end_run()


@pytest.fixture
def cli(capfd: pytest.CaptureFixture[str]) -> Cli:
    """Give a function that runs a command line and returns what it left."""

    def run(*arguments: object) -> Outcome:
        capfd.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Outcome(code, out, err)

    return run


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    """Give a small handbook whose links lead to a Nextcloud that is not asked."""
    return write_page(tmp_path / "handbook", "https://boks.example.org")


@pytest.fixture
def share_folder(tmp_path: Path) -> str:
    """Give `TOKEN=FOLDER` for a local copy that holds all but the promised files."""
    folder = tmp_path / "boks"
    for path in (
        "Aftaler/OS2 Partneraftale v3.1.docx",
        "Aftaler/Leverandørpartneraftale.pdf",
        "Skabeloner/Tilslutningsaftale.docx",
        "Skabeloner/FLOSS/FLOSS-aftale v2.docx",
    ):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(make_document(Path(path).name, 5_000))
    return f"{TOKEN}={folder}"
