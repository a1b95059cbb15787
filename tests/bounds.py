"""The numbers of a package: what its work may cost, and the marks in what it reads."""

from __future__ import annotations

import inspect
import re
from datetime import timedelta
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType

_ASSIGNED = re.compile(r"^(_?[A-Z][A-Z0-9_]*)(?:: [^=\n]+)? = ", re.MULTILINE)


def collect_numbers(package: ModuleType) -> dict[str, float]:
    """Return the numbers that modules of a package give a name, by module and name; times in s."""
    found: dict[str, float] = {}
    for info in walk_packages(package.__path__, f"{package.__name__}."):
        module = import_module(info.name)
        short = info.name.removeprefix(f"{package.__name__}.")
        for name in _ASSIGNED.findall(inspect.getsource(module)):
            value = vars(module)[name]
            if isinstance(value, timedelta):
                value = value.total_seconds()
            if type(value) in (int, float):
                found[f"{short}.{name}"] = value
    return found
