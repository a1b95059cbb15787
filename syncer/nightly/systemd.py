"""The service manager's protocol (sd_notify(3)): lines over a socket."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping


def notify(*lines: str, env: Mapping[str, str] = os.environ) -> bool:
    """Send assignments such as "READY=1" to `$NOTIFY_SOCKET`; return whether they were sent.

    Never waits: without a service manager, or when it does not listen, nothing happens.
    """
    address = env.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return False
    # "@" means the null byte of an abstract address.
    target = f"\0{address[1:]}" if address[0] == "@" else address
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as channel:
        try:
            channel.connect(target)
            channel.sendall("\n".join(lines).encode("utf-8"))
        except OSError:
            return False
    return True


def find_watchdog_s(env: Mapping[str, str] = os.environ) -> float | None:
    """Return the seconds within which the service manager wants a sign of life; None: never.

    An inherited variable that is meant for another process (`$WATCHDOG_PID`) is ignored.
    """
    usec = env.get("WATCHDOG_USEC", "")
    if not usec.isdigit() or int(usec) == 0:
        return None
    if env.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return None
    return int(usec) / 1_000_000
