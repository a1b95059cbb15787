"""`python -m tests.mutants [--seed N] [--count N] [--package NAME…]`: which slips no test notices.

A seeded sample of one-place changes is made, each in a copy of the tree, and the tests that run the
changed line are run, the quickest first. Lines are drawn alike, and of each line one change. The
survivors are printed, then the share that was noticed. Which test runs which line is recorded once
and kept in `.mutants/` until a module or a test changes.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate, count
from pathlib import Path
from queue import SimpleQueue

import pytest

from tests.benchmarks.measuring import write
from tests.mutants.changes import Change, collect_enums, find_changes
from tests.mutants.chosen_tests import ChosenTests, join_records

_ROOT = Path(__file__).parents[2]
_PACKAGES = (
    "audit", "documents", "fix", "handbook", "manifest", "matching", "nextcloud", "pipeline",
    "store", "web",
)  # fmt: skip
# The others take long, or look at the code itself.
_TESTS = (
    "unit", "property", "contract", "matching", "documents", "golden", "web", "hostile", "wire",
    "cli", "pipeline", "security", "delivery", "jekyll",
)  # fmt: skip
_UNCOPIED = shutil.ignore_patterns(".git", ".venv*", ".*cache", ".mutants", "__pycache__", "dist")
# The first tests find most; then come as many of the others as take so long together.
_FIRST, _MOST_S = 40, 60.0
_PATIENCE_S = 600.0
_RECORDING_S = 7_200.0
_FAILED, _TOO_LONG = "a test failed", "it took too long"
_PYTEST = ("nice", sys.executable, "-m", "pytest", "-q", "--tb=no", "--no-header", "--no-summary")
_PLUGINS = ("-p", "no:cacheprovider", "-p", "tests.mutants.recording", "-p", "xdist.plugin")
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
    """What came of a mutant: how many tests ran, of how many, and why it counts as noticed."""

    mutant: Mutant
    ran: int
    known: int
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


def record(folder: Path, tree: Path, jobs: int) -> None:
    """Run the tests in a copy of the tree and keep which lines each of them runs."""
    shutil.rmtree(folder.parent, ignore_errors=True)
    folder.mkdir(parents=True)
    folders = [f"tests/{name}" for name in _TESTS if (tree / "tests" / name).exists()]
    command = (*_PYTEST, *_PLUGINS, "-n", str(jobs if jobs > 1 else 0), *folders)
    _run(tree, command, {"MUTANTS_RECORD": str(folder)}, _RECORDING_S)
    join_records(folder, tree)


def try_mutant(tree: Path, mutant: Mutant, tests: ChosenTests) -> Outcome:
    """Run the tests of a mutant in a copy of the tree, until one fails."""
    known = tests.choose(mutant.path, mutant.change.line)
    ends = accumulate(tests.seconds[test] for test in known)
    chosen = [test for test, end_s in zip(known, ends, strict=True) if end_s <= _MOST_S]
    place = tree / mutant.path
    _write(place, mutant.change.apply(mutant.source))
    noticed = ""
    for batch in filter(None, (chosen[:_FIRST], chosen[_FIRST:])):
        noticed = noticed or _run_tests(tree, batch)
    _write(place, mutant.source)
    return Outcome(mutant, len(chosen), len(known), noticed)


def _write(place: Path, source: bytes) -> None:
    place.write_bytes(source)
    moment = next(_moments)
    os.utime(place, (moment, moment))


def _run_tests(tree: Path, tests: Sequence[str]) -> str:
    (tree / "tests.txt").write_text("\n".join(tests), "utf-8")
    files = dict.fromkeys(test.partition("::")[0] for test in tests)
    command = (*_PYTEST, *_PLUGINS, "-x", *files)
    code = _run(tree, command, {"MUTANTS_TESTS": str(tree / "tests.txt")}, _PATIENCE_S)
    if code in (None, -signal.SIGXCPU):
        return _TOO_LONG
    return "" if code in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED) else _FAILED


def _run(tree: Path, command: Sequence[str], env: Mapping[str, str], limit_s: float) -> int | None:
    """Return the exit code of a command, None when it took too long; nothing of it stays."""
    folder = tree.parent / f"{tree.name}-tmp"
    folder.mkdir(exist_ok=True)
    surroundings = {**os.environ, **env, "PYTHONPATH": str(tree), "TMPDIR": str(folder)}
    surroundings["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # each start would import what none needs
    with subprocess.Popen(
        command, cwd=tree, env=surroundings, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            code = process.wait(limit_s)
        except subprocess.TimeoutExpired:
            code = None
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)
    return code


def _name_state(root: Path) -> str:
    """Return a name for all that the record depends on: the modules and the tests."""
    made = hashlib.sha256()
    for path in sorted([*root.glob("syncer/**/*.py"), *root.glob("tests/**/*.py")]):
        made.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return made.hexdigest()[:16]


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
        folder = root / ".mutants" / _name_state(root)
        if not (folder / "tests").exists():
            record(folder, tree, jobs)
        tests = ChosenTests(folder, read_sources(root, ("",)))

        def use_a_tree(mutant: Mutant) -> Outcome:
            tree = trees.get()
            try:
                return try_mutant(tree, mutant, tests)
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
                write(f"{place}: {fate} ({outcome.ran} of {outcome.known} tests ran)")
                write(mutant.change.show(mutant.source))
    share = noticed / max(tried, 1)
    minutes = (time.monotonic() - start_s) / 60
    write(f"seed {asked.seed}: {noticed} of {tried} noticed ({share:.1%}), {slow} of them")
    write(f"because the tests took too long; {minutes:.0f} minutes")


if __name__ == "__main__":
    main()
