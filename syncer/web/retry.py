"""The room's one retry policy: what failed is asked once more, at the end of the same run."""

from __future__ import annotations

import threading
from collections.abc import Callable

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_result,
    stop_after_attempt,
    stop_when_event_set,
)

SECOND_LOOK_AFTER_S = 20.0
"""A failure is asked again no sooner: what passes within seconds has passed by then."""

MAX_WAIT_S = 30.0
"""What a run waits for second looks in all, pauses that hosts ask for included."""

_LOOKS = 2


def make_policy(
    *,
    wait_s: Callable[[], float],
    sleep: Callable[[float], None],
    stop: threading.Event,
) -> Retrying:
    """Make the policy for one look at all that is open: it tells whether anything is left to ask.

    The call ends after two looks, when nothing is left, or when `stop` is set; it raises only
    what the look itself raises. A pause that a server asks for within a look is the dispatcher's,
    and no retry.
    """

    def wait(_state: RetryCallState) -> float:
        return min(wait_s(), SECOND_LOOK_AFTER_S)

    return Retrying(
        retry=retry_if_result(bool),
        stop=stop_after_attempt(_LOOKS) | stop_when_event_set(stop),
        wait=wait,
        sleep=sleep,
        reraise=True,
        retry_error_callback=lambda _state: None,
    )
