"""Ping a dead man's switch, which raises the alarm after silence or a failure.

As healthchecks.io expects it: the address with `/start` at the start, the address itself for a
success, with `/fail` for a failure; the body is a note.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from syncer.delivery.retry import find_patience, send_with_retries
from syncer.errors import ExitCode
from syncer.model.reason import Reason
from syncer.net.deadlines import Patience
from syncer.net.post import NOTICE_PATIENCE, post
from syncer.surroundings import Surroundings

# A run with findings has done its job.
_GOOD = frozenset({ExitCode.OK, ExitCode.FINDINGS})


def ping_start(
    url: str, around: Surroundings, *, patience: Patience = NOTICE_PATIENCE
) -> Reason | None:
    """Report that a run begins; return why the ping was not received."""
    return _ping(_extend(url, "/start"), b"", around, patience)


def ping_end(
    url: str,
    code: ExitCode,
    around: Surroundings,
    *,
    undelivered: Sequence[str] = (),
    patience: Patience = NOTICE_PATIENCE,
) -> Reason | None:
    """Report a run's exit code; return why the ping was not received.

    An incomplete run (3) is a failure, as it is for a timer, and so is a run whose result did not
    arrive: the monitor may be the only one that is left to tell somebody.

    Args:
        url: of the monitor.
        code: of the run.
        around: waits between tries.
        undelivered: the other channels that failed, for the note.
        patience: for one try.
    """
    target = url if code in _GOOD and not undelivered else _extend(url, "/fail")
    note = f"exit code {int(code)}"
    if undelivered:
        note += f", not delivered: {', '.join(undelivered)}"
    return _ping(target, note.encode(), around, patience)


def _ping(url: str, content: bytes, around: Surroundings, patience: Patience) -> Reason | None:
    return send_with_retries(
        "ping",
        lambda: post(
            url,
            content,
            content_type="text/plain; charset=utf-8",
            patience=find_patience(patience, around),
        ),
        around,
    )


def _extend(url: str, suffix: str) -> str:
    """Append a word to the path of an address, before its query."""
    split = urlsplit(url)
    return split._replace(path=split.path.rstrip("/") + suffix).geturl()
