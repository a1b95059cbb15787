"""Pytest plugin: record which tests run which lines, or run chosen tests in a given order.

What several tests share is set up once. Its lines are recorded under the fixture's name, and each
test with the fixtures that it uses.
"""

from __future__ import annotations

import json
import os
import resource
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings

_MEMORY_BYTES = 4 << 30
_CPU_S = 200
_FILE_BYTES = 1 << 30


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Record into the folder $MUTANTS_RECORD, or run the tests that $MUTANTS_TESTS lists."""
    if folder := os.environ.get("MUTANTS_RECORD"):
        config.pluginmanager.register(_Recorder(Path(folder)))
    elif chosen := os.environ.get("MUTANTS_TESTS"):
        config.pluginmanager.register(_Chooser(Path(chosen).read_text("utf-8").splitlines()))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (_CPU_S, _CPU_S + 10))
        resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_BYTES, _FILE_BYTES))
        # The first failure is enough: nobody reads the smallest one.
        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("mutants", settings(), phases=phases, database=None)
        settings.load_profile("mutants")


class _Recorder:
    def __init__(self, folder: Path) -> None:
        import coverage

        self._path = folder / str(os.getpid())
        self._seconds: dict[str, float] = {}
        self._fixtures: dict[str, list[str]] = {}
        self._failed: set[str] = set()
        self._test = ""
        self._lines = coverage.Coverage(f"{self._path}.lines", source=["syncer"], config_file=False)
        self._lines.set_option("run:disable_warnings", ["no-data-collected"])
        self._lines.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any]
    ) -> Generator[None, object, object]:
        if fixturedef.scope != "function":
            self._lines.switch_context(fixturedef.argname)
        try:
            return (yield)
        finally:
            self._lines.switch_context(self._test)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self._test = item.nodeid
        self._fixtures[item.nodeid] = getattr(item, "fixturenames", [])
        self._lines.switch_context(item.nodeid)
        try:
            return (yield)
        finally:
            self._lines.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        test = report.nodeid
        self._seconds[test] = self._seconds.get(test, 0.0) + report.duration
        if report.failed or report.skipped:
            self._failed.add(test)

    def pytest_sessionfinish(self) -> None:
        self._lines.stop()
        self._lines.save()
        tests = {
            test: (self._seconds[test], fixtures)
            for test, fixtures in self._fixtures.items()
            if test in self._seconds and test not in self._failed
        }
        self._path.with_suffix(".json").write_text(json.dumps(tests), "utf-8")


class _Chooser:
    def __init__(self, tests: list[str]) -> None:
        self._order = {test: place for place, test in enumerate(tests)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if item.nodeid in self._order]
        items.sort(key=lambda item: self._order[item.nodeid])
