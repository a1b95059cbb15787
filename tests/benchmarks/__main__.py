"""`python -m tests.benchmarks [NAME…] [--url URL]`: measure, print, and keep what came of it.

Each `bench_NAME.py` beside this file (`_` for each `-` of NAME) runs in a process of its own; all
of them when none is named. What it prints takes the place of its section in RESULTS.md, under the
machine that it ran on. With `--url` the walk is measured on a share of that address, and nothing is
kept.
"""

from __future__ import annotations

import argparse
import ast
import os
import platform
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.measuring import write

_HERE = Path(__file__).parent
_RESULTS = _HERE / "RESULTS.md"
# In this order, then others by name.
_ORDER = ("walk", "latency", "size", "matching", "links", "trouble", "hostile-pages")
_PEERS = tuple(
    _HERE.parent.parent / ".venv-peers" / folder for folder in ("bin", "node_modules/.bin")
)
_TOOLS = {
    "linkinator": "--version",
    "rclone": "version",
    "curl": "--version",
    "lychee": "--version",
    "linkchecker": "-V",
}
_TITLE = """# What was measured

Written by `make bench`; each section by `python -m tests.benchmarks NAME`. MB are millions of
bytes. A target that was not met says so.
"""


def list_benchmarks() -> list[str]:
    """Return the names of all benchmarks, in the order in which they are run."""
    stems = (path.stem.removeprefix("bench_") for path in _HERE.glob("bench_*.py"))
    names = {stem.replace("_", "-") for stem in stems}
    known = [name for name in _ORDER if name in names]
    return known + sorted(names.difference(known))


def run_benchmark(name: str, *words: str) -> tuple[str, bool]:
    """Run one, let its lines be seen as they come, and return them and whether all went well."""
    command = [sys.executable, "-m", f"tests.benchmarks.{_name_module(name)}", *words]
    lines: list[str] = []
    with subprocess.Popen(
        command, cwd=_HERE.parent.parent, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            write(line.rstrip("\n"))
    return "".join(lines), process.returncode == 0


def _name_module(name: str) -> str:
    return f"bench_{name.replace('-', '_')}"


def describe_machine() -> str:
    """Name what a figure depends on."""
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = [
        f"{os.cpu_count()} cores ({_name_processor()}), {memory_gib:.0f} GiB",
        f"{platform.system()} {platform.release().partition('-')[0]}",
        f"Python {platform.python_version()}",
        f"lxml {version('lxml')}",
    ]
    return ", ".join(parts + [_ask_version(tool) for tool in _TOOLS if shutil.which(tool)])


def _name_processor() -> str:
    named = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text("utf-8"))
    return named[1] if named else platform.machine()


def _ask_version(tool: str) -> str:
    answer = subprocess.run([tool, _TOOLS[tool]], capture_output=True, text=True, check=False)
    number = re.search(r"\d+(?:\.\d+)+", answer.stdout)
    return f"{tool} {number[0] if number else '?'}"


def write_section(name: str, printed: str) -> None:
    """Put what a benchmark printed in its place in RESULTS.md."""
    text = _RESULTS.read_text("utf-8") if _RESULTS.exists() else ""
    sections = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    source = (_HERE / f"{_name_module(name)}.py").read_text("utf-8")
    about = ast.get_docstring(ast.parse(source)) or ""
    sections[name] = (
        f"{about}\n\n{datetime.now(UTC):%Y-%m-%d}, {describe_machine()}.\n\n"
        f"```text\n{printed.rstrip()}\n```"
    )
    parts = [_TITLE]
    parts += [
        f"## {each}\n\n{sections[each].strip()}\n" for each in list_benchmarks() if each in sections
    ]
    _RESULTS.write_text("\n".join(parts), "utf-8")


def main() -> int:
    """Run what the command line names; 0 when every benchmark met its targets."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(list_benchmarks()))
    parser.add_argument("--url", help="a share to walk: https://host/s/TOKEN")
    asked = parser.parse_args()
    os.environ["PATH"] = os.pathsep.join((*map(str, _PEERS), os.environ["PATH"]))
    unknown = sorted(set(asked.names).difference(list_benchmarks()))
    if unknown:
        parser.error(f"there is no {', '.join(unknown)}; there are {', '.join(list_benchmarks())}")
    if asked.url:
        return 0 if run_benchmark("walk", asked.url)[1] else 1
    went_well = []
    for name in asked.names or list_benchmarks():
        write(f"\n## {name}\n")
        printed, well = run_benchmark(name)
        write_section(name, printed)
        went_well.append(well)
    return 0 if all(went_well) else 1


if __name__ == "__main__":
    sys.exit(main())
