"""The log: structlog and the libraries' own lines in one form, on stderr.

Lines for people at a terminal, one JSON object per line elsewhere. Each line has the id of the run
in progress, whichever thread writes it: a process does one run at a time.
"""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, TextIO

import structlog

from syncer.redact import Redactor, make_printable

_LEVELS = {-1: logging.ERROR, 0: logging.WARNING, 1: logging.INFO}
_LIBRARIES = ("apscheduler", "requests", "webdav3", "charset_normalizer")
# What they say is about the documents and answers that they read, at the length of these, and not
# about the run.
_READERS = ("pypdf", "olefile", "urllib3")
_RUN_ID = "run_id"
_current_run: dict[str, str] = {}


def set_up_log(*, verbosity: int, redactor: Redactor, stream: TextIO | None = None) -> None:
    """Send everything that this process logs to `stream` (stderr when None).

    Args:
        verbosity: -1 errors only, 0 warnings, 1 progress of the run, 2 and more everything.
        redactor: masks secrets in each line, last before it is rendered.
        stream: gets the log, as JSON unless it is a terminal.
    """
    level = _LEVELS.get(max(verbosity, -1), logging.DEBUG)
    shared: list[Any] = [
        _add_run,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        # Not dict_tracebacks: it prints local variables, passwords among them.
        structlog.processors.format_exc_info,
    ]
    handler = logging.StreamHandler(sys.stderr if stream is None else stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                lambda _logger, _name, event: _make_harmless(redactor.clean(event)),
                _choose_renderer(at_terminal=handler.stream.isatty()),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _LIBRARIES:
        # Their INFO lines come with every request: only for `-vv`.
        logging.getLogger(name).setLevel(level if verbosity > 1 else max(level, logging.WARNING))
    for name in _READERS:
        logging.getLogger(name).setLevel(level if verbosity > 1 else logging.CRITICAL)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


@contextmanager
def divert_log(stream: TextIO | io.TextIOBase) -> Iterator[None]:
    """Send the log to another stream meanwhile, as one that keeps clear of progress bars."""
    handlers = [
        one for one in logging.getLogger().handlers if isinstance(one, logging.StreamHandler)
    ]
    before = [handler.setStream(stream) for handler in handlers]
    try:
        yield
    finally:
        for handler, own in zip(handlers, before, strict=True):
            if own is not None:
                handler.setStream(own)


def may_color() -> bool:
    """Return whether a terminal gets colours (https://no-color.org)."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def begin_run(run_id: str) -> None:
    """Add a run's id to each line from now on, instead of the one before."""
    _current_run[_RUN_ID] = run_id


def end_run() -> None:
    """Write lines without an id: those of a worker between its runs."""
    _current_run.clear()


def _add_run(_logger: object, _name: str, event: MutableMapping[str, Any]) -> Any:
    return {**_current_run, **event}


def _choose_renderer(*, at_terminal: bool) -> Any:
    if at_terminal:
        return structlog.dev.ConsoleRenderer(colors=may_color())
    return structlog.processors.JSONRenderer(sort_keys=True, ensure_ascii=False)


def _make_harmless(value: Any, key: str = "") -> Any:
    """Return an event with its control characters visible; a traceback keeps its lines."""
    match value:
        case str():
            lines = value.split("\n") if key == "exception" else [value]
            return "\n".join(map(make_printable, lines))
        case dict():
            return {name: _make_harmless(item, name) for name, item in value.items()}
        case list() | tuple():
            return [_make_harmless(item) for item in value]
    return value
