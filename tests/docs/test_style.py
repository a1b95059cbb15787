"""The code follows the house style of `docs/design.md`: plain words, short functions, own names."""

from __future__ import annotations

import ast
import re
import subprocess
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "syncer"
MODULES = {path: path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}

_FORMAL_START = re.compile(r"(Tell|Say|Give|Let|Take|Put|Leave|Bring)\b")
_ARCHAIC = re.compile(
    r"\b(bears?|bearing|borne|told|lies|lying|stands?|standing|stood|behind|settled"
    r"|left out|leaves? out|leaving out)\b",
    re.IGNORECASE,
)
_MOST_ARCHAIC = 60
_LONGEST_FUNCTION = 50
_MOST_MODULES = 20
_MOST_FOLDERS = 2
_ARTEFACT = re.compile(r"\.(whl|pyc|tar\.gz)$|\.egg-info/|^(dist|build)/")


@cache  # every process of the tests imports this module, and one runs its tests
def parse_modules() -> dict[Path, ast.Module]:
    """Return the tree of each module, by its path below the root."""
    return {path.relative_to(ROOT): ast.parse(text) for path, text in MODULES.items()}


def test_docstrings_begin_with_a_plain_verb() -> None:
    """No docstring begins with Tell, Say, Give, Let, Take, Put, Leave or Bring."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    wrong = [
        f"{path}:{getattr(node, 'lineno', 1)}: {text.splitlines()[0]}"
        for path, tree in parse_modules().items()
        for node in ast.walk(tree)
        if isinstance(node, kinds)
        and (text := ast.get_docstring(node))
        and _FORMAL_START.match(text)
    ]
    assert wrong == []


def test_words_are_modern() -> None:
    """Archaic words are rare outside the report's own sentences."""
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path, text in MODULES.items()
        if not path.is_relative_to(PACKAGE / "report" / "words")
        for number, line in enumerate(text.splitlines(), 1)
        for _ in _ARCHAIC.findall(line)
    ]
    assert len(found) < _MOST_ARCHAIC, "\n".join(found)


def test_functions_fit_on_a_screen() -> None:
    """No function has more than 50 lines."""
    lengths = {
        f"{path}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path, tree in parse_modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > _LONGEST_FUNCTION} == {}


def test_folders_are_small() -> None:
    """No folder has more than 20 modules."""
    folders = defaultdict(set)
    for path in parse_modules():
        if path.name != "__init__.py":
            folders[path.parent].add(path.name)
    assert [folder for folder, names in folders.items() if len(names) > _MOST_MODULES] == []


def test_names_are_unique_enough_to_search_for() -> None:
    """A module's name is in two folders at most, and no two classes have the same name."""
    modules, classes = defaultdict(list), defaultdict(list)
    for path, tree in parse_modules().items():
        if path.stem not in ("__init__", "__main__"):
            modules[path.stem].append(str(path))
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                classes[node.name].append(f"{path}:{node.lineno}")
    assert {k: v for k, v in modules.items() if len(v) > _MOST_FOLDERS} == {}
    assert {k: v for k, v in classes.items() if len(v) > 1} == {}


def test_no_build_artefact_is_tracked() -> None:
    """Wheels, archives, compiled files and build folders stay out of the repository."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout")
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert [path for path in listed if _ARTEFACT.search(path)] == []


def test_no_conftest_is_imported() -> None:
    """What tests share is in modules with a name; a conftest holds fixtures only."""
    imports = re.compile(r"^\s*(?:from|import) tests\.[\w.]*conftest\b", re.MULTILINE)
    texts = {path: path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py")}
    assert [path for path, text in texts.items() if imports.search(text)] == []


def test_locks_name_no_registry() -> None:
    """The locks hold packages and hashes only, so that any registry can serve them."""
    for lock in (ROOT / "requirements.txt", *sorted((ROOT / "locks").glob("*.txt"))):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text, lock
        assert not re.search(r"^\s*-(?!-hash=)", text, re.MULTILINE), lock
