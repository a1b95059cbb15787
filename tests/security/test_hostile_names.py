"""Rows and files whose names are alike are compared within a budget, or are said not to be."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from syncer.matching.names.vocabulary import DEFAULT_VOCABULARY

SHARED, ROWS, FILES = 20, 600, 3_000
EVIL, GOOD = "AbCdEfGh1234567", "IjKlMnOp1234567"
PAGE = "---\n---\n# A\n\n| Ressource | Placering |\n|---|---|\n"
_TICKS = os.sysconf("SC_CLK_TCK")


def _write_names(count: int, *, backwards: bool = False) -> list[str]:
    """Return names of which all share dozens of words, and each has one of its own."""
    words = sorted(word for word in DEFAULT_VOCABULARY.known_words if len(word) > 5)
    common, parts = words[:: len(words) // SHARED][:SHARED], words[:: len(words) // 60][:60]
    own = [one + other for one in parts for other in parts if one != other]
    return [" ".join((*common, word)) for word in own[:: -1 if backwards else 1][:count]]


def _write_hostile(folder: Path) -> list[str]:
    """Write a hostile page and share and a good page and share; return the arguments of a run."""
    for name in ("handbook", "evil", "good"):
        (folder / name).mkdir()
    for name in _write_names(FILES, backwards=True):
        (folder / "evil" / f"{name}.docx").write_bytes(b"x")
    (folder / "good" / "Vedtægter.docx").write_bytes(b"x")
    table = [f"| {name} | [N](https://boks.example/s/{EVIL}) |\n" for name in _write_names(ROWS)]
    (folder / "handbook" / "a.md").write_text(PAGE + "".join(table), encoding="utf-8")
    table = [
        f"| {name} | [N](https://boks.example/s/{GOOD}) |\n" for name in ("Vedtægter", "Husorden")
    ]
    (folder / "handbook" / "b.md").write_text(PAGE + "".join(table), encoding="utf-8")
    shares = [
        f"--share-folder={EVIL}={folder / 'evil'}",
        f"--share-folder={GOOD}={folder / 'good'}",
    ]
    return [
        "audit",
        str(folder / "handbook"),
        "--no-config",
        "--offline",
        *shares,
        "--format",
        "json",
    ]


def _count(manifest: dict[str, Any], page: str) -> Counter[tuple[str, str]]:
    rows = [row for row in manifest["resources"] if row["page"] == page]
    return Counter((row["status"], row["reason"]["code"]) for row in rows)


def test_names_that_share_dozens_of_words_end_within_the_budget(tmp_path: Path) -> None:
    """They are undetermined, never missing for that; the rows of another share are judged."""
    with _start(tmp_path) as process:
        manifest, took_s = _finish(process)
    good, evil = _count(manifest, "b.md"), _count(manifest, "a.md")
    assert good == {("present", "found-in-place"): 1, ("missing", "nothing-found"): 1}
    assert evil["undetermined", "not-compared"] > ROWS / 2
    assert evil.keys() <= {("undetermined", "not-compared"), ("missing", "nothing-found")}
    assert manifest["run"]["incomplete_because"] == [{"code": "not-compared", "args": {}}]
    assert process.returncode == 3
    assert took_s < 60


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_does_not_wait_for_the_comparison(tmp_path: Path, number: signal.Signals) -> None:
    """The process writes what it knows by then: nothing is missing that was not compared."""
    with _start(tmp_path) as process:
        while _measure_work(process.pid) < 2:
            assert process.poll() is None
        process.send_signal(number)
        manifest, took_s = _finish(process)
    assert process.returncode == 3
    assert manifest["run"]["incomplete_because"][0]["code"] == "run-stopped"
    evil = _count(manifest, "a.md")
    assert evil["undetermined", "run-stopped"] > ROWS / 2
    assert evil.keys() <= {("undetermined", "run-stopped"), ("missing", "nothing-found")}
    assert took_s < 10


def _start(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "syncer", *_write_hostile(folder)]
    env = {**os.environ, "XDG_STATE_HOME": str(folder), "HOME": str(folder)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env)


def _finish(process: subprocess.Popen[bytes]) -> tuple[dict[str, Any], float]:
    """Return the manifest, and the seconds of the processor that it took from here on."""
    before_s = _measure_children() + _measure_work(process.pid)
    out, _ = process.communicate(timeout=280)
    return json.loads(out), _measure_children() - before_s


def _measure_work(pid: int) -> float:
    """Return the seconds of the processor that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _measure_children() -> float:
    """Return those of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
