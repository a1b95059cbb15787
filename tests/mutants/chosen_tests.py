"""Which tests run a line of the product, as a recorded run of the tests says."""

from __future__ import annotations

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from coverage import CoverageData

_Place = tuple[str, int]


def join_records(folder: Path, root: Path) -> None:
    """Join what the processes of a recorded run in `root` left in a folder."""
    joined = CoverageData(str(folder / "lines"))
    tests = {}
    for part in sorted(folder.glob("*.json")):
        lines = CoverageData(str(part.with_suffix(".lines")))
        lines.read()
        joined.update(lines, map_path=lambda path: str(Path(path).relative_to(root)))
        tests.update(json.loads(part.read_text("utf-8")))
    joined.write()
    (folder / "tests").write_text(json.dumps(tests), "utf-8")


class ChosenTests:
    """The tests of a recorded run that passed, by the lines that they ran."""

    def __init__(self, folder: Path, sources: Mapping[str, bytes]) -> None:
        """Read what `join_records` left; `sources` are the modules as they were then."""
        lines = CoverageData(str(folder / "lines"))
        lines.read()
        self._contexts = {path: lines.contexts_by_lineno(path) for path in sources}
        tests = json.loads((folder / "tests").read_text("utf-8"))
        self.seconds: dict[str, float] = {test: seconds for test, (seconds, _) in tests.items()}
        self._users = defaultdict(set)
        for test, (_, fixtures) in tests.items():
            for name in (test, *fixtures):
                self._users[name].add(test)
        self._sources = {path: source.decode() for path, source in sources.items()}

    def choose(self, path: str, line: int) -> list[str]:
        """Return the tests of a line, the quickest first, then those of the rest of its module.

        The rest counts because a function's cache is filled by one test and used by others.
        """
        near = self._list_tests(self._list_places(path, line))
        far = self._list_tests((path, other) for other in self._contexts[path]) - near
        return [*sorted(near, key=self._rank), *sorted(far, key=self._rank)]

    def _rank(self, test: str) -> tuple[float, str]:
        return self.seconds[test], test

    def _list_tests(self, places: Iterator[_Place]) -> set[str]:
        names = {name for path, line in places for name in self._contexts[path].get(line, ())}
        return {test for name in names for test in self._users.get(name, ())}

    def _list_places(self, path: str, line: int) -> Iterator[_Place]:
        """Yield the lines of a statement; of one outside functions, also the uses of its names."""
        around = _find_statements(self._sources[path], line)
        inner = around[-1]
        body = getattr(inner, "body", None)
        end = max(inner.lineno, body[0].lineno - 1) if body else inner.end_lineno or 0
        yield from ((path, number) for number in range(inner.lineno, end + 1))
        if any(isinstance(node, ast.FunctionDef) for node in around[:-1]):
            return
        for name in _list_names(inner):
            word = re.compile(rf"\b{name}\b")
            for other in (path,) if name.startswith("_") else self._sources:
                for number, text in enumerate(self._sources[other].splitlines(), 1):
                    if word.search(text):
                        yield other, number


def _find_statements(source: str, line: int) -> list[ast.stmt]:
    """Return the statements that hold a line, the outermost first."""
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.stmt)]
    return [node for node in nodes if node.lineno <= line <= (node.end_lineno or 0)]


def _list_names(statement: ast.stmt) -> set[str]:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return {statement.name}
    names = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
    return {node.id for node in names if isinstance(node.ctx, ast.Store)}
