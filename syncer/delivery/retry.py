"""The retry policy for notices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import structlog
import tenacity

from syncer.errors import NeedsPassword, RemoteError, Transient
from syncer.model.reason import Reason
from syncer.net.deadlines import LateStop, Patience
from syncer.surroundings import Surroundings

# Short: the end of the run waits for them.
MAX_TRIES = 3
FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 10.0
STOP_GRACE_S = 5.0
"""For a notice that a stop finds under way, and for the one try after it.

A mail or webhook and the ping then end well within the 30 s that `deploy/systemd/` gives a stop.
"""


def send_with_retries(
    channel: str,
    send: Callable[[], None],
    around: Surroundings,
    *,
    done: str = "notice-sent",
) -> Reason | None:
    """Send a notice, with retries after transient failures; return why it was not sent.

    A failure is logged by code and status only: texts of libraries and servers may repeat an
    address or a login.

    Args:
        channel: "mail", "ping", "webhook": for the log.
        send: raises `RemoteError`; only a `Transient` is retried.
        around: its `stop` ends the retries; the first try is made all the same, so that a
            monitor hears of a run that was stopped. `send` ends soon after it by `find_patience`.
        done: what the log calls a success.
    """
    retrying = tenacity.Retrying(
        sleep=around.sleep,
        stop=tenacity.stop_after_attempt(MAX_TRIES) | tenacity.stop_when_event_set(around.stop),
        wait=tenacity.wait_exponential(multiplier=FIRST_WAIT_S, max=LONGEST_WAIT_S)
        + tenacity.wait_random(0, FIRST_WAIT_S),
        retry=tenacity.retry_if_exception_type(Transient),
        reraise=True,
    )
    log = structlog.get_logger("syncer.delivery")
    try:
        retrying(send)
    except RemoteError as error:
        log.warning("notice-failed", channel=channel, reason=error.code, status=error.status)
        return explain_refusal(error)
    log.info(done, channel=channel)
    return None


def find_patience(patience: Patience, around: Surroundings) -> Patience:
    """Return the patience for one try, which ends `STOP_GRACE_S` after a stop."""
    return replace(patience, stop=LateStop(around.stop, STOP_GRACE_S))


def explain_refusal(error: RemoteError) -> Reason:
    """Return why a notice was not accepted, without a text of the server."""
    if isinstance(error, NeedsPassword):
        return Reason("notice-login-refused")
    return Reason("notice-not-accepted", {"detail": error.code, "status": error.status})
