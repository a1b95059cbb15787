"""Counts how often the assertions of property tests ran, and fails a test below its minimum.

A test that asserts in a loop, in a condition or of all elements of something passes when no example
gets there. It calls `reached("found")` where it got there, and says with `@at_least(found=5)` how
often that has to be. Examples come in clusters: a test that falls short is run a few times more.
`pytest --reached` prints the counts.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Generator, Mapping

import pytest

at_least = pytest.mark.at_least
_EXAMPLES = "examples"
_ROUNDS = 6
_counts: Counter[str] = Counter()


def reached(what: str, times: int = 1) -> None:
    """Count that an assertion of this test ran."""
    _counts[what] += times


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Count the examples of a property test that end well, and compare what they reached."""
    handle = getattr(pyfuncitem.obj, "hypothesis", None)
    if handle is None:
        return (yield)
    inner = handle.inner_test

    @functools.wraps(inner)
    def counted(*args: object, **kwargs: object) -> None:
        inner(*args, **kwargs)
        reached(_EXAMPLES)

    _counts.clear()
    reached(_EXAMPLES, 0)
    handle.inner_test = counted
    try:
        result = yield
        _go_on(pyfuncitem)
    finally:
        handle.inner_test = inner
        pyfuncitem.user_properties.append(("reached", dict(_counts)))
    return result


def _go_on(item: pytest.Function) -> None:
    """Run a test again until it reached its minima; fail where it never does."""
    marks = item.iter_markers("at_least")
    minima = {name: least for mark in marks for name, least in mark.kwargs.items()}
    assert _counts.keys() - {_EXAMPLES} <= minima.keys(), "each of these needs a minimum"
    arguments = {name: item.funcargs[name] for name in item._fixtureinfo.argnames}
    for _ in range(_ROUNDS - 1):
        if not _find_seldom(minima):
            return
        item.obj(**arguments)
    if seldom := _find_seldom(minima):
        pytest.fail(f"too seldom: {', '.join(seldom)} of {_join(_counts)}", pytrace=False)


def _find_seldom(minima: Mapping[str, int]) -> list[str]:
    return [name for name, least in minima.items() if _counts[name] < least]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the counts when asked for."""
    if not terminalreporter.config.getoption("--reached"):
        return
    terminalreporter.section("how often the assertions of property tests ran")
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, counts in report.user_properties:
            if name == "reached":
                terminalreporter.line(f"{report.nodeid}: {_join(counts)}")


def _join(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items())
