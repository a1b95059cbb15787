"""The order of sets changes from process to process; no result does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from syncer.demo.session import open_demo

ROOT = Path(__file__).parents[2]
SEEDS = ("0", "1")
AUDIT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from syncer.manifest.codec import encode
from syncer.nightly.session import open_session
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.options import AuditOptions
from syncer.pipeline.run import run_audit
from syncer.surroundings import Surroundings

session = open_session(Path(sys.argv[1]), lang=None, verbosity=-1, env={})
around = Surroundings(now=lambda: datetime(2026, 11, 23, tzinfo=UTC))
job = Job(session.loaded.settings, AuditOptions(), session.secrets, Memory(), around)
sys.stdout.buffer.write(encode(run_audit(job)))
"""
MATCH = """
from pathlib import Path
from tests.matching.case_rows import load_cases, match_case

for path in sorted(Path("tests/matching/cases").glob("*.json")):
    for case in load_cases(path):
        print(case.id, *match_case(case), sep="\\n")
"""


def run_each(script: str, *arguments: str) -> Sequence[bytes]:
    """Run a script once with each seed, at the same time, and return what each printed."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, *arguments],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "NO_PROXY": "127.0.0.1"},
            stdout=subprocess.PIPE,
        )
        for seed in SEEDS
    ]
    printed = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    return printed


def test_two_runs_of_the_demo_write_the_same_manifest(tmp_path: Path) -> None:
    """To the byte, on the same server at the same time of day."""
    with open_demo(tmp_path / "handbook") as demo:
        settings = tmp_path / "syncer.toml"
        settings.write_text(
            f'[handbook]\nsource = "{demo.handbook}"\n'
            f'[[nextcloud]]\nhost = "{demo.host}"\nbase_url = "{demo.base_url}"\n'
            f'[links]\nallow_private = true\nremap = {{ "https://" = "{demo.base_url}/web/" }}\n',
            encoding="utf-8",
        )
        first, second = run_each(AUDIT, str(settings))
    assert b'"findings"' in first
    assert first == second


def test_all_cases_match_alike() -> None:
    """Files, reasons, candidates and kinds of each row, in their order."""
    first, second = run_each(MATCH)
    assert first.count(b"Match(") > 500
    assert first.decode().splitlines() == second.decode().splitlines()
