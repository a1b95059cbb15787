"""SIGTERM and SIGINT, from the first moment of the program on.

While the program reads its own code a signal is kept (`keep_stops`). Then it ends a command at
once (`end_when_asked`), or asks it to end soon with what it has (`listen_for_stop`). A second
signal ends the process at once. This module is the first to be read, and imports little.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

STOPS = (signal.SIGTERM, signal.SIGINT)
# The signals that came while no command could take them.
_kept: list[int] = []


class Stopped(BaseException):
    """The program is to end; no error, so that nothing that handles errors handles it.

    `code` is 128 + the signal, as shells report it.
    """

    def __init__(self, number: int) -> None:
        """Keep what the process ends with."""
        super().__init__(signal.Signals(number).name)
        self.code = 128 + number


def keep_stops() -> None:
    """Keep the first signal for the command that is about to start."""
    for number in STOPS:
        signal.signal(number, _keep)


def _keep(number: int, _frame: FrameType | None) -> None:
    if _kept:
        end_now(number)
    _kept.append(number)


def end_now(number: int, _frame: FrameType | None = None) -> None:
    """End the process without tidying up.

    Not by the signal's own default, which the first process of a container does not have.
    """
    os._exit(128 + number)


@contextmanager
def end_when_asked() -> Iterator[threading.Event]:
    """Raise `Stopped` in the main thread at a signal, also for one that was kept.

    Yields an event for other threads, which is set just before.
    """
    stop = threading.Event()

    def end(number: int, _frame: FrameType | None = None) -> None:
        if stop.is_set():
            end_now(number)
        stop.set()
        raise Stopped(number)

    with _handle(end):
        if _kept:
            end(_kept[0])
        yield stop


@contextmanager
def listen_for_stop() -> Iterator[threading.Event]:
    """Yield an event that SIGTERM and SIGINT set."""
    stop = threading.Event()

    def ask_to_stop(number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            end_now(number)
        stop.set()

    with _handle(ask_to_stop):
        yield stop


@contextmanager
def _handle(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number in STOPS}
    try:
        yield
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)
