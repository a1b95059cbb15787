"""The hook for pre-commit: the command it runs, on a repository with a fault and without."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
(HOOK,) = HOOKS


def _commit(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the hook as pre-commit does: in the repository's top, in the hook's environment."""
    program, *arguments = shlex.split(HOOK["entry"])
    assert program == "syncer"
    return subprocess.run(
        [sys.executable, "-m", "syncer", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(folder.parent / "state")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(("target", "code"), [("side.html", 0), ("sidde.html", 1)])
def test_the_hook_stops_a_commit_with_a_broken_link(tmp_path: Path, target: str, code: int) -> None:
    """It names the line on stdout and asks no server; without a fault it is silent."""
    folder = tmp_path / "handbook"
    folder.mkdir()
    (folder / "side.md").write_text(f"---\ntitle: S\n---\n\n[x]({target})\n", encoding="utf-8")
    (folder / "syncer.toml").write_text("not = settings", encoding="utf-8")
    (folder / "_config.yml").write_text("title: H\n", encoding="utf-8")
    done = _commit(folder)
    assert done.returncode == code, done.stderr
    assert done.stdout.startswith("side.md:5:1: error link-broken: ") is (code == 1)
    assert done.stderr == ""
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("docs/side.md", True),
        ("_config.yml", True),
        (".syncer.toml", True),
        ("billede.png", False),
        ("syncer.toml", False),
    ],
)
def test_the_hook_runs_for_what_it_reads(path: str, expected: bool) -> None:
    """Pages, the site's settings and the handbook's own; no other file starts it."""
    assert bool(re.search(HOOK["files"], path)) is expected
    assert HOOK["pass_filenames"] is False
    assert HOOK["language"] == "python"
