"""Pytest plugin: give the tests of one change so much processor time, memory and disk, no more."""

from __future__ import annotations

import os
import resource

import pytest
from hypothesis import Phase, settings

_MEMORY_BYTES = 4 << 30
_FILE_BYTES = 1 << 30
# A test takes seconds; what takes so much longer goes round in a circle.
_CIRCLE_S = 120


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Set the limits; a property ends with its first failure, since nobody reads the smallest."""
    most_s = int(os.environ["MUTANTS_SECONDS"])
    config.pluginmanager.register(_Budget(most_s))
    for limit, most in {
        resource.RLIMIT_AS: _MEMORY_BYTES,
        resource.RLIMIT_FSIZE: _FILE_BYTES,
        resource.RLIMIT_CPU: most_s + _CIRCLE_S,
    }.items():
        resource.setrlimit(limit, (most, resource.getrlimit(limit)[1]))
    phases = (Phase.explicit, Phase.generate)
    settings.register_profile("mutants", settings(), phases=phases, database=None)
    settings.load_profile("mutants")


class _Budget:
    """Leaves out the tests that are left when the processor time is spent."""

    def __init__(self, most_s: float) -> None:
        self._most_s = most_s

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self) -> bool | None:
        return True if sum(os.times()[:4]) > self._most_s else None
