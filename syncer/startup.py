"""What lets a short-lived process begin and end sooner."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quick_start() -> Iterator[None]:
    """Import within this block: the collector looks at nothing that was imported, then or later.

    Modules, classes and functions live until the end. To search them for garbage while they are
    loaded, again during the work and once more at the end, is a fifth of such a process's overhead.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collects:
            gc.enable()
