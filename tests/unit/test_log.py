"""One form for every line of the log."""

from __future__ import annotations

import io
import json
import logging
import threading
from collections.abc import Iterator

import pytest
import structlog

from syncer.log import begin_run, end_run, set_up_log
from syncer.redact import Redactor


@pytest.fixture(autouse=True)
def restored_logging() -> Iterator[None]:
    """Put the process's logging back as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    end_run()


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


def test_lines_are_json_off_a_terminal_and_carry_the_run() -> None:
    """Own lines and a library's come in the same form, with the run's id from any thread."""
    out = io.StringIO()
    set_up_log(verbosity=1, redactor=Redactor(["hunter2-secret"]), stream=out)
    begin_run("r1")
    structlog.get_logger("syncer.test").info("share-read", share="h/T", token="hunter2-secret")
    library = logging.getLogger("webdav3")
    thread = threading.Thread(target=library.warning, args=("slow with hunter2-secret",))
    thread.start()
    thread.join()
    end_run()
    structlog.get_logger("syncer.nightly.worker").info("between the runs")
    first, second, third = [json.loads(line) for line in out.getvalue().splitlines()]
    assert (first["event"], first["level"], first["run_id"]) == ("share-read", "info", "r1")
    assert first["token"] == "***"
    assert (second["event"], second["run_id"]) == ("slow with ***", "r1")
    assert "run_id" not in third


def test_an_exception_shows_no_local_variables() -> None:
    """A traceback is kept, the values of its variables are not."""
    out = io.StringIO()
    set_up_log(verbosity=0, redactor=Redactor(), stream=out)

    def fail() -> None:
        local = "planted-in-a-variable"
        raise ValueError(len(local))

    try:
        fail()
    except ValueError:
        structlog.get_logger().exception("failed")
    assert "ValueError" in out.getvalue()
    assert "planted-in-a-variable" not in out.getvalue()


@pytest.mark.parametrize(("verbosity", "shown"), [(-1, 1), (0, 2), (1, 3), (2, 4)])
def test_verbosity_opens_level_by_level(verbosity: int, shown: int) -> None:
    """Errors, warnings, progress, everything."""
    out = io.StringIO()
    set_up_log(verbosity=verbosity, redactor=Redactor(), stream=out)
    logger = structlog.get_logger()
    for level in ("error", "warning", "info", "debug"):
        getattr(logger, level)("line")
    assert len(out.getvalue().splitlines()) == shown


@pytest.mark.parametrize("name", ["pypdf", "olefile", "urllib3.connection"])
def test_what_a_library_quotes_of_an_answer_is_not_logged(name: str) -> None:
    """A server may send a quarter of a megabyte of headers with each answer."""
    out = io.StringIO()
    set_up_log(verbosity=1, redactor=Redactor(), stream=out)
    logging.getLogger(name).warning("Failed to parse headers: %s", "x" * 262_144)
    assert out.getvalue() == ""


def test_a_terminal_gets_lines_for_people() -> None:
    """No JSON at a terminal."""
    out = Terminal()
    set_up_log(verbosity=0, redactor=Redactor(), stream=out)
    structlog.get_logger().warning("slow")
    assert "slow" in out.getvalue()
    assert "{" not in out.getvalue()
