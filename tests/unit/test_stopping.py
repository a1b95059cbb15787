"""How the program is asked to stop."""

from __future__ import annotations

import signal

import pytest

from syncer import stopping
from syncer.stopping import Stopped, end_when_asked, listen_for_stop


def test_signals_ask_to_stop() -> None:
    """SIGTERM sets the event; afterwards the old handlers are back."""
    before = signal.getsignal(signal.SIGTERM)
    with listen_for_stop() as stop:
        assert not stop.is_set()
        signal.raise_signal(signal.SIGTERM)
        assert stop.is_set()
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_signals_end_what_does_not_listen(number: int, code: int) -> None:
    """The main thread gets an exception, other threads the event; the old handlers come back."""
    before = signal.getsignal(number)
    with pytest.raises(Stopped) as stopped, end_when_asked() as stop:
        signal.raise_signal(number)
    assert stopped.value.code == code
    assert stop.is_set()
    assert signal.getsignal(number) is before


def test_a_signal_that_came_too_early_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends what begins after it."""
    monkeypatch.setattr(stopping, "_kept", [signal.SIGTERM])
    with pytest.raises(Stopped), end_when_asked():
        pytest.fail("it began")
