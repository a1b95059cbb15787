"""`python -m tests.mutants [--seed N] [--count N] [--package NAME…]`: which slips no test notices.

A seeded sample of one-place changes is made, each in a copy of the tree. The tests that name the
changed module run first, then those of its package, then the others until their time is spent.
Lines are drawn alike, and of each line one change. The survivors are printed, then the share that
was noticed.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from queue import SimpleQueue

import pytest

from tests.benchmarks.measuring import write
from tests.mutants.changes import Change, collect_enums, find_changes

_ROOT = Path(__file__).parents[2]
_PACKAGES = (
    "audit", "documents", "fix", "handbook", "manifest", "matching", "nextcloud", "pipeline",
    "store", "web",
)  # fmt: skip
# What is not here takes long, or looks at the code itself.
_TESTS = (
    "unit", "golden", "wire", "matching", "documents", "web", "contract", "property", "pipeline",
    "cli", "hostile", "delivery", "security", "jekyll",
)  # fmt: skip
_UNCOPIED = shutil.ignore_patterns(".git", ".venv*", ".*cache", "__pycache__", "dist")
# Of processor time, for each of the three rings of tests around a module.
_MOST_S = 20
_PATIENCE_S = 900.0
_FAILED, _TOO_LONG = "a test failed", "it took too long"
_PYTEST = (
    sys.executable, "-m", "pytest", "-x", "-q", "--tb=no", "--no-header", "--no-summary",
    "-p", "no:cacheprovider", "-p", "tests.mutants.limits", "-p", "xdist.plugin",
    "-p", "pytest_httpserver",
)  # fmt: skip
# The cache of bytecode knows a source by its time in seconds and its size.
_moments = count(1_000_000_000)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module, relative to the root, its text, and the change to it."""

    path: str
    source: bytes
    change: Change


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a mutant: why it counts as noticed, empty when it does not."""

    mutant: Mutant
    noticed: str


def read_sources(root: Path, packages: Sequence[str]) -> dict[str, bytes]:
    """Return the modules of the packages, or single modules, by their path."""
    folders = [root / "syncer" / name for name in packages]
    paths = (path for folder in folders for path in sorted(folder.rglob("*.py")) or [folder])
    return {str(path.relative_to(root)): path.read_bytes() for path in paths}


def draw(sources: Mapping[str, bytes], root: Path, seed: int, most: int) -> list[Mutant]:
    """Return a sample of changes, each on a line of its own; its beginning is a sample too."""
    enums = collect_enums(path.read_bytes() for path in sorted((root / "syncer").rglob("*.py")))
    lines: dict[tuple[str, int], list[Mutant]] = {}
    for path, source in sources.items():
        for change in find_changes(source, enums):
            lines.setdefault((path, change.line), []).append(Mutant(path, source, change))
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    drawn: list[Mutant] = []
    for place in chance.sample(sorted(lines), len(lines)):
        chance.shuffle(lines[place])
        drawn += [mutant for mutant in lines[place] if mutant.change.differs(mutant.source)][:1]
        if len(drawn) == most:
            break
    return drawn


def list_tests(tree: Path, path: str) -> list[list[str]]:
    """Return the test files of a module in rings: its own, its package's, the others.

    Its own are those that import it. Unit tests of other packages are in none. In each ring unit
    tests come first, then those that use the words of the module's name most, rare words before
    others.
    """
    module = ".".join(Path(path).with_suffix("").parts)
    package, _, name = module.rpartition(".")
    imports = re.compile(
        rf"\b{re.escape(module)}\b|from {re.escape(package)} import (\([^)]*|.*)\b{name}\b"
    )
    files = (file for name in _TESTS for file in (tree / "tests" / name).rglob("test_*.py"))
    texts = {str(file.relative_to(tree)): file.read_text("utf-8") for file in files}
    scores: Counter[str] = Counter()
    for word in {*re.split(r"[._]", module)} - {"syncer"}:
        alone = re.compile(rf"(?<![a-z]){word}(?![a-z])")
        uses = {file: len(alone.findall(file + text)) / len(text) for file, text in texts.items()}
        every = sum(uses.values()) or 1.0
        scores.update({file: share / every for file, share in uses.items()})
    rings: tuple[list[str], ...] = ([], [], [])
    for file in sorted(texts, key=lambda file: ("/unit/" not in file, -scores[file], file)):
        folders = Path(file).parts
        if imports.search(texts[file]):
            rings[0].append(file)
        elif Path(path).parts[1] in folders:
            rings[1].append(file)
        elif folders[1] != "unit":
            rings[2].append(file)
    return [ring for ring in rings if ring]


def try_mutant(tree: Path, mutant: Mutant) -> Outcome:
    """Run tests on a mutant in a copy of the tree, until one fails or their time is spent."""
    place = tree / mutant.path
    _write(place, mutant.change.apply(mutant.source))
    noticed = ""
    for files in list_tests(tree, mutant.path):
        noticed = noticed or _run_tests(tree, files)
    _write(place, mutant.source)
    return Outcome(mutant, noticed)


def _write(place: Path, source: bytes) -> None:
    place.write_bytes(source)
    moment = next(_moments)
    os.utime(place, (moment, moment))


def _run_tests(tree: Path, files: Sequence[str]) -> str:
    """Return why the tests notice a mutant, or nothing."""
    code = _run(tree, (*_PYTEST, *files))
    if code in (None, -signal.SIGXCPU):
        return _TOO_LONG
    return "" if code in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED) else _FAILED


def _run(tree: Path, command: Sequence[str]) -> int | None:
    """Return the exit code of a command, None when it took too long; nothing of it stays."""
    folder = tree.parent / f"{tree.name}-tmp"
    folder.mkdir(exist_ok=True)
    surroundings = {**os.environ, "PYTHONPATH": str(tree), "TMPDIR": str(folder)}
    surroundings["MUTANTS_SECONDS"] = str(_MOST_S)
    surroundings["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # each start would import what none needs
    with subprocess.Popen(
        command, cwd=tree, env=surroundings, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            code = process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            code = None
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)
    return code


def try_all(
    mutants: Sequence[Mutant], root: Path, jobs: int = os.cpu_count() or 1
) -> Iterator[Outcome]:
    """Yield what comes of each, in their order; each job has its copy of the tree."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as scratch:
        trees: SimpleQueue[Path] = SimpleQueue()
        for number in range(jobs):
            tree = Path(scratch, str(number))
            shutil.copytree(root, tree, ignore=_UNCOPIED, symlinks=True)
            trees.put(tree)

        def use_a_tree(mutant: Mutant) -> Outcome:
            tree = trees.get()
            try:
                return try_mutant(tree, mutant)
            finally:
                trees.put(tree)

        with ThreadPoolExecutor(jobs) as pool:
            yield from pool.map(use_a_tree, mutants)


def main() -> None:
    """Try a sample, print what survived, and the share that was noticed."""
    words = argparse.ArgumentParser(prog="tests.mutants", description="Which slips no test notices")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--count", type=int, default=200)
    words.add_argument("--package", nargs="+", default=_PACKAGES, help="below syncer/, or modules")
    asked = words.parse_args()
    start_s = time.monotonic()
    mutants = draw(read_sources(_ROOT, asked.package), _ROOT, asked.seed, asked.count)
    tried = noticed = slow = 0
    # What was tried until Ctrl-C is a sample as well.
    with suppress(KeyboardInterrupt):
        for outcome in try_all(mutants, _ROOT):
            tried += 1
            noticed += bool(outcome.noticed)
            slow += outcome.noticed == _TOO_LONG
            if outcome.noticed != _FAILED:
                mutant, fate = outcome.mutant, outcome.noticed or "not noticed"
                place = f"{mutant.path}:{mutant.change.line}"
                write(f"{place}: {fate}")
                write(mutant.change.show(mutant.source))
    share = noticed / max(tried, 1)
    minutes = (time.monotonic() - start_s) / 60
    write(f"seed {asked.seed}: {noticed} of {tried} noticed ({share:.1%}), {slow} of them")
    write(f"because the tests took too long; {minutes:.0f} minutes")


if __name__ == "__main__":
    main()
