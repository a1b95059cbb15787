"""How a run is asked to stop."""

from __future__ import annotations

import signal

from syncer.surroundings import listen_for_stop


def test_signals_ask_to_stop() -> None:
    """SIGTERM sets the event; afterwards the old handlers are back."""
    before = signal.getsignal(signal.SIGTERM)
    with listen_for_stop() as stop:
        assert not stop.is_set()
        signal.raise_signal(signal.SIGTERM)
        assert stop.is_set()
    assert signal.getsignal(signal.SIGTERM) is before
