"""The log: structlog and the libraries' own lines in one form, on stderr.

For people at a terminal, one JSON object a line elsewhere. The id of the run that is under way
stands on each line, whichever thread writes it: a process does one run at a time.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

from syncer.redact import Redactor

_RUN_ID = "run_id"
_under_way: dict[str, str] = {}

_LIBRARIES = ("apscheduler", "requests", "urllib3", "webdav3", "charset_normalizer")


def set_up_log(*, verbosity: int, redactor: Redactor, stream: TextIO | None = None) -> None:
    """Send everything that is logged in this process to `stream` (stderr when None).

    Args:
        verbosity: -1 errors only, 0 warnings, 1 progress of the run, 2 and more everything.
        redactor: takes out secrets, last before a line is rendered.
        stream: where to; JSON unless it is a terminal.
    """
    out = sys.stderr if stream is None else stream
    level = {-1: logging.ERROR, 0: logging.WARNING, 1: logging.INFO}.get(
        max(verbosity, -1), logging.DEBUG
    )
    shared: list[Any] = [
        _add_run,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        # Not dict_tracebacks: it prints local variables, passwords among them.
        structlog.processors.format_exc_info,
    ]

    def redact(_logger: object, _name: str, event: MutableMapping[str, Any]) -> Any:
        return redactor.clean(event)

    renderer: Any = (
        structlog.dev.ConsoleRenderer(colors=out.isatty())
        if out.isatty()
        else structlog.processors.JSONRenderer(sort_keys=True, ensure_ascii=False)
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            redact,
            renderer,
        ],
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _LIBRARIES:
        # Their INFO repeats per request; only a look at everything wants it.
        logging.getLogger(name).setLevel(level if verbosity > 1 else max(level, logging.WARNING))
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def begin_run(run_id: str) -> None:
    """Put a run's id on each line from now on; it takes the place of the one before."""
    _under_way[_RUN_ID] = run_id


def end_run() -> None:
    """Have lines bear no id: what a worker says between its runs is of none."""
    _under_way.clear()


def _add_run(_logger: object, _name: str, event: MutableMapping[str, Any]) -> Any:
    return {**_under_way, **event}
