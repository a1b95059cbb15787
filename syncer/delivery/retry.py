"""The one policy for trying a notice again."""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog
import tenacity

from syncer.errors import RemoteError, Transient

# A notice is small, and nobody waits for it but the end of the run.
MAX_TRIES = 3
FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 10.0


def try_again(
    channel: str,
    send: Callable[[], None],
    *,
    sleep: Callable[[float], None],
    stop: threading.Event,
) -> bool:
    """Send a notice, again after a passing trouble, and return whether it went out.

    Args:
        channel: "mail", "ping", "webhook": for the log.
        send: raises `RemoteError`; only a `Transient` is worth another try.
        sleep: waits so many seconds between two tries.
        stop: no more tries once it is set; the first one is made all the same, so that who
            watches learns of a run that was stopped.

    What stays wrong is logged by its code and status: texts of libraries and servers may repeat
    an address or a login.
    """
    retrying = tenacity.Retrying(
        sleep=sleep,
        stop=tenacity.stop_after_attempt(MAX_TRIES) | tenacity.stop_when_event_set(stop),
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
        return False
    log.info("notice-sent", channel=channel)
    return True
