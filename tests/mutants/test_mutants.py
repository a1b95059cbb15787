"""A slip that a test notices, and one that none does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.mutants.__main__ import Mutant, draw, read_sources, try_all
from tests.mutants.changes import find_changes

MODULE = """
from functools import cache

WEEK_DAYS = 7
_WORDS = {"uge": WEEK_DAYS, "dag": 1}


@cache
def count_days(word: str) -> int:
    return _WORDS.get(word, 0)


def is_week(days: int) -> bool:
    return days >= WEEK_DAYS
"""
TESTS = """
from syncer.audit.weeks import count_days, is_week


def test_words() -> None:
    assert count_days("uge") == 7


def test_weeks() -> None:
    assert is_week(9)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A tree with one module and its tests, which never come near a limit."""
    for path, text in {
        "syncer/__init__.py": "",
        "syncer/audit/weeks.py": MODULE,
        "tests/unit/test_weeks.py": TESTS,
        "pytest.ini": "[pytest]\npythonpath = .\naddopts = --import-mode=importlib\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    shutil.copytree(Path(__file__).parent, tmp_path / "tests" / "mutants")
    return tmp_path


def test_slips_are_noticed_or_survive(root: Path) -> None:
    """An entry that a test needs is missed; another one, and a limit, are not."""
    ((path, source),) = read_sources(root, ("audit",)).items()
    slips = {
        '"uge": WEEK_DAYS': "**{}",
        '"dag": 1': "**{}",
        "days >= WEEK_DAYS": "days > WEEK_DAYS",
    }
    mutants = [
        Mutant(path, source, change)
        for change in find_changes(source, {})
        if slips.get(source[change.start : change.end].decode()) == change.text
    ]
    outcomes = list(try_all(mutants, root, jobs=1))
    assert [bool(outcome.noticed) for outcome in outcomes] == [True, False, False]
    assert (root / path).read_text(encoding="utf-8") == MODULE


def test_a_sample_is_drawn_by_its_seed(root: Path) -> None:
    """The same twice, another with another seed, and one change a line."""
    sources = read_sources(root, ("audit",))
    first, again, other = (draw(sources, root, seed, 4) for seed in (1, 1, 2))
    assert first == again != other
    assert len({mutant.change.line for mutant in first}) == 4


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("x = a < b", "x = a <= b"),
        ("x = a not in b", "x = a in b"),
        ("x = a and b", "x = (a or b)"),
        ("x = a and b", "x = b"),
        ("x = not a", "x = a"),
        ("x = n + 1", "x = (n - 1)"),
        ("x = some | more", "x = some"),
        ("x = 7", "x = 8"),
        ("x = 'word'", "x = ''"),
        ("x = b'mark'", "x = b''"),
        ("x = r'a|b'", "x = 'b'"),
        ("x = True", "x = False"),
        ("x = Color.RED", "x = Color.BLUE"),
        ("x = sorted(y)", "x = list(y)"),
        ("x = y.strip()", "x = y"),
        ("x = f(a, b)", "x = f(b, a)"),
        ("x = f(a, key=b)", "x = f(a)"),
        ("x = [1, 2]", "x = [1, *()]"),
        ("x = {1: 2, 3: 4}", "x = {1: 2, **{}}"),
        ("x = [y for y in z if y]", "x = [y for y in z if True]"),
        ("if a: b()", "if False: b()"),
        ("if a: b()", "if a: pass"),
        ("for a in b: break", "for a in b: continue"),
        ("def f() -> bool: return a", "def f() -> bool: return not (a)"),
        ("def f() -> str | None: return a", "def f() -> str | None: return None"),
    ],
)
def test_every_kind_of_slip(source: str, changed: str) -> None:
    """Each kind by example."""
    code = source.encode()
    assert changed.encode() in [
        change.apply(code) for change in find_changes(code, {"Color": ("BLUE", "RED")})
    ]


@pytest.mark.parametrize(
    "source",
    [
        '"""Text."""',
        "x: dict[str, int]",
        "import a",
        "def f(a: int) -> None: ...",
        "x = f'{1}'",
        "X: TypeAlias = 'int'",
        "effort.spend(2)",
        "__all__ = ['a', 'b']",
    ],
)
def test_what_nobody_runs_is_left_alone(source: str) -> None:
    """Docstrings, annotations and imports have no slips that a test could notice."""
    code = source.encode()
    assert [change for change in find_changes(code, {}) if change.differs(code)] == []


def test_the_order_of_what_has_none_is_left_alone() -> None:
    """The least of two numbers is the same either way."""
    code = b"x = min(a, b)"
    changed = [change.apply(code) for change in find_changes(code, {})]
    assert b"x = max(a, b)" in changed
    assert b"x = min(b, a)" not in changed
