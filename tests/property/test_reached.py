"""No property test passes because its assertions never ran."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_SELDOM = (ast.For, ast.While, ast.If, ast.Try)
_OF_ELEMENTS = (ast.GeneratorExp, ast.ListComp, ast.SetComp)
_TESTS = """
from hypothesis import given, strategies as st
from tests.property.reached import at_least, reached

@at_least(big=3)
@given(st.integers())
def test_counted(number):
    if number > {limit}:
        assert number - number == 0
        reached("big")

@given(st.integers())
def test_plain(number):
    assert number == number
"""


def _run(folder: Path, limit: str) -> tuple[int, str]:
    (folder / "test_it.py").write_text(_TESTS.format(limit=limit))
    command = ("-m", "pytest", "-q", "-p", "tests.conftest", "-p", "no:cacheprovider", "--reached")
    done = subprocess.run(
        [sys.executable, *command, folder],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_what_a_test_reached_is_printed(tmp_path: Path) -> None:
    """A test that got there often enough passes; each test has its line."""
    code, shown = _run(tmp_path, "-1000")
    assert code == 0
    assert "test_it.py::test_plain: 40 examples\n" in shown
    assert "test_it.py::test_counted: 40 examples, " in shown


def test_a_test_that_never_got_there_fails(tmp_path: Path) -> None:
    """After several rounds of examples the test is red and says what it lacks."""
    code, shown = _run(tmp_path, "float('inf')")
    assert code == 1
    assert "too seldom: big of 240 examples" in shown
    assert "1 failed, 1 passed" in shown


def _find_property_tests() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        if "@given(" not in (text := path.read_text("utf-8")):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and any(
                isinstance(one, ast.Call) and ast.unparse(one.func) == "given"
                for one in node.decorator_list
            ):
                yield f"{path.name}::{node.name}", node


_FOUND = dict(_find_property_tests())


@pytest.mark.parametrize("name", _FOUND)
def test_what_not_every_example_reaches_is_counted(name: str) -> None:
    """A property test with a loop, a condition or an `all` around an assertion has a minimum."""
    test = _FOUND[name]
    nodes = list(ast.walk(test))
    calls = {ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)}
    minimum = any("at_least" in ast.unparse(one) for one in test.decorator_list)
    assert ("reached" in calls) == minimum
    assert minimum or not any(map(_is_seldom, nodes))


def _is_seldom(node: ast.AST) -> bool:
    """Tell whether an assertion may not run, or runs for elements that there may not be."""
    inner = list(ast.walk(node))
    if isinstance(node, ast.Assert):
        return any(isinstance(one, _OF_ELEMENTS) and not _is_listed(one) for one in inner)
    if isinstance(node, ast.For) and isinstance(node.iter, ast.Tuple):
        return False
    within = (ast.Assert, ast.Return, ast.Continue)
    return isinstance(node, _SELDOM) and any(isinstance(one, within) for one in inner)


def _is_listed(node: ast.GeneratorExp | ast.ListComp | ast.SetComp) -> bool:
    return isinstance(node.generators[0].iter, ast.Tuple)


def test_the_property_tests_are_found() -> None:
    """There are dozens of them, also beside this folder."""
    assert len(_FOUND) > 40
