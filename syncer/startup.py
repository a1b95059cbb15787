"""What lets a short-lived process begin and end sooner."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from threading import Thread


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


@contextmanager
def load_meanwhile(*modules: str) -> Iterator[None]:
    """Import what comes next while the block waits for the network.

    A module that cannot be imported says so where it is used.
    """
    loader = Thread(target=_load, args=(modules,), name="loader", daemon=True)
    loader.start()
    try:
        yield
    finally:
        loader.join()


def _load(modules: tuple[str, ...]) -> None:
    for module in modules:
        with suppress(ImportError):
            import_module(module)
