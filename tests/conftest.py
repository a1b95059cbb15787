"""Two sizes of a test run: the quick one, and with `--thorough` also what takes minutes."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests.property import reached


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--thorough` and `--reached`."""
    parser.addoption("--thorough", action="store_true", help="run also the tests that take minutes")
    parser.addoption("--reached", action="store_true", help="print what property tests reached")


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples Hypothesis tries; a slow machine fails no test."""
    settings.register_profile("quick", max_examples=40, deadline=None)
    settings.register_profile("thorough", max_examples=300, deadline=None)
    settings.load_profile("thorough" if config.getoption("--thorough") else "quick")
    config.pluginmanager.register(reached)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the tests marked `thorough` from a quick run."""
    if config.getoption("--thorough"):
        return
    slow = [item for item in items if item.get_closest_marker("thorough")]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if item not in slow]


@pytest.fixture(scope="session")
def thorough(pytestconfig: pytest.Config) -> bool:
    """Whether the run was asked to take its time."""
    return bool(pytestconfig.getoption("--thorough"))
