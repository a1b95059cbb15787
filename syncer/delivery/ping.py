"""Ping a dead man's switch: who hears nothing, or hears of a failure, raises the alarm.

The convention is that of healthchecks.io: `/start` behind the address at the start, the address
itself for a success, `/fail` for a failure; a word in the body is kept beside it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from urllib.parse import urlsplit

from syncer.delivery.retry import try_again
from syncer.errors import ExitCode
from syncer.net.deadlines import Patience
from syncer.net.post import NOTICE_PATIENCE, post

# Findings are the report's business: a run that ends with some has done its job.
_GOOD = frozenset({ExitCode.OK, ExitCode.FINDINGS})


def ping_start(
    url: str,
    *,
    sleep: Callable[[float], None],
    stop: threading.Event,
    patience: Patience = NOTICE_PATIENCE,
) -> bool:
    """Say that a run begins; return whether it was heard."""
    return _ping(_extend(url, "/start"), b"", sleep=sleep, stop=stop, patience=patience)


def ping_end(
    url: str,
    code: ExitCode,
    *,
    sleep: Callable[[float], None],
    stop: threading.Event,
    patience: Patience = NOTICE_PATIENCE,
) -> bool:
    """Say how a run ended, with its exit code; return whether it was heard.

    An incomplete run (3) is a failure, as it is for a timer: something could not be looked at.
    """
    target = url if code in _GOOD else _extend(url, "/fail")
    content = f"exit code {int(code)}".encode()
    return _ping(target, content, sleep=sleep, stop=stop, patience=patience)


def _ping(
    url: str,
    content: bytes,
    *,
    sleep: Callable[[float], None],
    stop: threading.Event,
    patience: Patience,
) -> bool:
    return try_again(
        "ping",
        lambda: post(url, content, content_type="text/plain; charset=utf-8", patience=patience),
        sleep=sleep,
        stop=stop,
    )


def _extend(url: str, suffix: str) -> str:
    """Put a word behind the path of an address; its query stays."""
    split = urlsplit(url)
    return split._replace(path=split.path.rstrip("/") + suffix).geturl()
