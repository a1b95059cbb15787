"""What the service manager is told, and what it wants."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from syncer.nightly.systemd import find_watchdog_s, notify


def test_it_goes_to_the_socket(tmp_path: Path) -> None:
    """A path or an abstract address; the lines in one message."""
    abstract = f"@syncer-test-{os.getpid()}"
    for address, bound in (
        (str(tmp_path / "n"), str(tmp_path / "n")),
        (abstract, "\0" + abstract[1:]),
    ):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.bind(bound)
            manager.settimeout(5)
            assert notify("READY=1", "STATUS=æ", env={"NOTIFY_SOCKET": address})
            assert manager.recv(100).decode() == "READY=1\nSTATUS=æ"


@pytest.mark.parametrize("address", ["", "vsock:2:3", "/nowhere/notify"])
def test_without_a_manager_nothing_happens(address: str) -> None:
    """No address, one of another kind, one where nobody listens."""
    assert notify("READY=1", env={"NOTIFY_SOCKET": address}) is False


def test_a_manager_that_does_not_read_is_not_waited_for(tmp_path: Path) -> None:
    """Its queue is full: what is more is lost."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "n"))
        sent = [notify("X=1", env={"NOTIFY_SOCKET": str(tmp_path / "n")}) for _ in range(3000)]
    assert sent[0] is True
    assert sent[-1] is False


def test_the_watchdog() -> None:
    """In seconds; None where none is wanted, or it is meant for another process."""
    assert find_watchdog_s({"WATCHDOG_USEC": "300000000"}) == 300
    assert find_watchdog_s({"WATCHDOG_USEC": "5000000", "WATCHDOG_PID": str(os.getpid())}) == 5
    assert find_watchdog_s({"WATCHDOG_USEC": "5000000", "WATCHDOG_PID": "1"}) is None
    for usec in ("", "0", "soon"):
        assert find_watchdog_s({"WATCHDOG_USEC": usec}) is None
