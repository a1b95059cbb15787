"""The nightly workflows for GitHub: their steps, run as scripts against a bare repository."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from syncer import __version__

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / "deploy" / "github"
CORRECTIONS, ISSUE = "corrections.yml", "issue.yml"
PAGE = "---\ntitle: Forside\n---\n\nSe [siden](gl/side.html) og mere.\n"
CLOSED: dict[str, Any] = {
    "number": 7, "isCrossRepository": False, "state": "closed", "mergedAt": None,
    "title": "Rettelser fra syncer",
}  # fmt: skip
# `gh`, as far as the workflows use it: each call is a line, and what is open is a file; with
# `pulls.json` it is that list, and what is asked of it counts. With `off` no request is made.
GH = """#!/bin/bash
echo "$*" >> "$GH_FOLDER/calls"
words="$1 $2"
while [ $# -gt 0 ]; do
  if [ "$1" = --body-file ]; then cp "$2" "$GH_FOLDER/body"; fi
  if [ "$1" = --jq ]; then asked=$2; fi
  if [ "$1" = --state ]; then state=$2; fi
  shift
done
if [ "$words" = "pr list" ] && [ -e "$GH_FOLDER/pulls.json" ]; then
  jq "[.[] | select(.state == \\"$state\\")]" "$GH_FOLDER/pulls.json" | jq -r "$asked"
  exit
fi
if [ "$words" = "pr create" ] && [ -e "$GH_FOLDER/off" ]; then
  echo "GitHub Actions is not permitted to create or approve pull requests" >&2
  exit 1
fi
case "$words" in
  "pr list" | "issue list") cat "$GH_FOLDER/open" 2> /dev/null || true ;;
  "pr create" | "issue create") echo 7 > "$GH_FOLDER/open" ;;
  "pr close" | "issue close") rm "$GH_FOLDER/open" ;;
esac
"""


def read_workflow(name: str) -> dict[Any, Any]:
    """Return a workflow."""
    workflow: dict[Any, Any] = yaml.safe_load((GITHUB / name).read_text("utf-8"))
    return workflow


def git(folder: Path, *arguments: str) -> str:
    """Run git and return what it prints."""
    who = ("-c", "user.name=Mette", "-c", "user.email=mette@example.org")
    done = subprocess.run(
        ["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@dataclass(frozen=True)
class Runner:
    """A runner: its folder, with a checkout `handbook` of the bare repository `remote`."""

    folder: Path

    @property
    def remote(self) -> Path:
        """The bare repository."""
        return self.folder / "remote.git"

    @property
    def calls(self) -> list[str]:
        """The calls of `gh` that change something, without their options."""
        path = self.folder / "calls"
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        shown = [" ".join(line.split()[:2]) for line in lines]
        return [call for call in shown if not call.endswith("list")]

    def write(self, path: str, text: str) -> None:
        """Commit a page to the main branch."""
        work = self.folder / "work"
        if not work.exists():
            git(self.folder, "clone", "-q", str(self.remote), "work")
        (work / path).write_text(text, encoding="utf-8")
        git(work, "add", "-A")
        git(work, "commit", "-q", "-m", path)
        git(work, "push", "-q", "origin", "HEAD:main")

    def run(self, name: str, **env: str) -> str:
        """Run the scripts of a workflow on a fresh checkout, and return what they print."""
        workflow = read_workflow(name)
        shutil.rmtree(self.folder / "handbook", ignore_errors=True)
        git(self.folder, "clone", "-q", "--depth=1", self.remote.as_uri(), "handbook")
        (job,) = workflow["jobs"].values()
        shown, outputs = "", ""
        for step in job["steps"]:
            if "run" not in step or step["name"].startswith("Install"):
                continue
            own = {
                key: str(value)
                .replace("${{ runner.temp }}", str(self.folder))
                .replace("${{ github.token }}", "x")
                .replace("${{ github.repository }}", "os2/handbook")
                .replace("${{ steps.audit.outputs.state }}", outputs)
                for key, value in {**workflow["env"], **step.get("env", {}), **env}.items()
            }
            assert not [value for value in own.values() if "${{" in value]
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                cwd=self.folder / step.get("working-directory", "."),
                env={**os.environ, **own, **self._surround()},
                capture_output=True, check=False, text=True,
            )  # fmt: skip
            assert done.returncode == 0, (step["name"], done.stdout, done.stderr)
            shown += done.stdout
            output = self.folder / "output"
            outputs = (
                output.read_text("utf-8").rpartition("state=")[2].strip()
                if (output.exists())
                else ""
            )
        return shown

    def _surround(self) -> dict[str, str]:
        path = f"{self.folder}/bin:{os.environ['PATH']}"
        names = {"GITHUB_STEP_SUMMARY": "summary", "GITHUB_OUTPUT": "output", "RUNNER_TEMP": "."}
        return {
            **{name: str(self.folder / file) for name, file in names.items()},
            "PATH": path, "GH_FOLDER": str(self.folder), "PYTHONPATH": str(ROOT),
            "XDG_STATE_HOME": str(self.folder / "state"), "HOME": str(self.folder),
        }  # fmt: skip


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """Give a runner whose handbook has one link that can be corrected."""
    for name, text in {
        "bin/gh": GH,
        "syncer/bin/syncer": f'#!/bin/sh\nexec {sys.executable} -m syncer "$@"\n',
    }.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "remote.git")
    found = Runner(tmp_path)
    found.write("_config.yml", "title: Håndbog\n")
    found.write("side.md", "---\ntitle: Side\n---\n\nTekst.\n")
    found.write("index.md", PAGE)
    return found


def test_corrections_become_one_pull_request(runner: Runner) -> None:
    """The first night opens it with what was corrected as its text; the next ones leave it."""
    runner.run(CORRECTIONS)
    assert runner.calls == ["pr create"]
    assert (runner.folder / "body").read_text("utf-8").startswith("## Rettet: 1 punkt på 1 side\n")
    text = git(runner.remote, "show", "syncer/corrections:index.md")
    assert text == PAGE.replace("gl/side", "side").strip()
    first = git(runner.remote, "rev-parse", "syncer/corrections")
    runner.run(CORRECTIONS)
    assert runner.calls == ["pr create", "pr edit"]
    assert git(runner.remote, "rev-parse", "syncer/corrections") == first


def test_the_pull_request_follows_the_handbook(runner: Runner) -> None:
    """A new fault is added to it, on top of the newest commit; when all is well it is closed."""
    runner.run(CORRECTIONS)
    runner.write("anden.md", PAGE)
    runner.run(CORRECTIONS)
    changed = git(runner.remote, "diff", "--name-only", "main", "syncer/corrections").split()
    assert changed == ["anden.md", "index.md"]
    for page in ("anden.md", "index.md"):
        runner.write(page, PAGE.replace("gl/side", "side"))
    runner.run(CORRECTIONS)
    assert runner.calls == ["pr create", "pr edit", "pr edit", "pr close"]
    assert "--delete-branch" in (runner.folder / "calls").read_text("utf-8")


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
def test_what_people_do_with_the_pull_request_stays(runner: Runner) -> None:
    """Their commits are not overwritten, and what they closed is not proposed again."""
    runner.run(CORRECTIONS)
    (runner.folder / "open").unlink()
    git(runner.remote, "update-ref", "refs/pull/7/head", "syncer/corrections")
    (runner.folder / "pulls.json").write_text(json.dumps([CLOSED]), encoding="utf-8")
    assert "closed before" in runner.run(CORRECTIONS)
    assert runner.calls == ["pr create"]
    git(runner.remote, "update-ref", "-d", "refs/heads/syncer/corrections")
    runner.write("side.md", "---\ntitle: Side\n---\n\nTekst til.\n")
    assert "closed before" in runner.run(CORRECTIONS)
    assert runner.calls == ["pr create"]
    git(runner.remote, "update-ref", "refs/heads/syncer/corrections", "refs/pull/7/head")

    (runner.folder / "pulls.json").unlink()
    (runner.folder / "open").write_text("7\n", encoding="utf-8")
    git(runner.folder, "clone", "-q", "-b", "syncer/corrections", str(runner.remote), "theirs")
    (runner.folder / "theirs" / "index.md").write_text("# Mit\n", encoding="utf-8")
    git(runner.folder / "theirs", "commit", "-q", "-a", "-m", "Mit")
    git(runner.folder / "theirs", "push", "-q", "origin", "syncer/corrections")
    runner.write("anden.md", PAGE)
    assert "somebody else" in runner.run(CORRECTIONS)
    assert git(runner.remote, "show", "syncer/corrections:index.md") == "# Mit"


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
def test_a_pull_request_of_a_fork_is_not_ours(runner: Runner) -> None:
    """A stranger's branch of the same name gets neither our title nor our text."""
    pulls = [{"number": 13, "isCrossRepository": True, "state": "open"}]
    (runner.folder / "pulls.json").write_text(json.dumps(pulls), encoding="utf-8")
    runner.run(CORRECTIONS)
    assert runner.calls == ["pr create"]
    pulls.append({"number": 7, "isCrossRepository": False, "state": "open"})
    (runner.folder / "pulls.json").write_text(json.dumps(pulls), encoding="utf-8")
    runner.run(CORRECTIONS)
    assert runner.calls == ["pr create", "pr edit"]
    assert "pr edit 7 " in (runner.folder / "calls").read_text("utf-8")


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
def test_a_request_that_could_not_be_made_is_made_later(runner: Runner) -> None:
    """Its branch is there, and others were closed, by people, here, in a fork: this one never."""
    (runner.folder / "off").touch()
    with pytest.raises(AssertionError, match="not permitted"):
        runner.run(CORRECTIONS)
    (runner.folder / "off").unlink()
    head = git(runner.remote, "rev-parse", "syncer/corrections")
    for number in (4, 6, 8):
        git(runner.remote, "update-ref", f"refs/pull/{number}/head", head)
    git(runner.remote, "update-ref", "refs/pull/5/head", "main")
    pulls = [
        {**CLOSED, "number": 4, "mergedAt": "2026-11-30T10:00:00Z"},
        {**CLOSED, "number": 5},
        {**CLOSED, "number": 6, "isCrossRepository": True},
        {**CLOSED, "number": 8, "title": "Rettelser fra syncer (alt er i orden)"},
        {**CLOSED, "number": 9},
    ]
    (runner.folder / "pulls.json").write_text(json.dumps(pulls), encoding="utf-8")
    assert "closed before" not in runner.run(CORRECTIONS)
    assert runner.calls == ["pr create", "pr create"]
    assert git(runner.remote, "rev-parse", "syncer/corrections") == head


def test_line_endings_are_no_corrections(runner: Runner) -> None:
    """Pages that `.gitattributes` alone changes are not committed, with others or without."""
    (runner.folder / "work" / ".git" / "info" / "attributes").write_text("* -text\n", "utf-8")
    runner.write(".gitattributes", "*.md text\n")
    runner.write("anden.md", "# Anden\r\n\r\nTekst.\r\n")
    # The program; git looks at the pages again that have a new time.
    program = runner.folder / "syncer" / "bin" / "syncer"
    program.write_text(
        f'#!/bin/sh\ntouch -d 2026-01-01 *.md\nexec {sys.executable} -m syncer "$@"\n', "utf-8"
    )
    runner.run(CORRECTIONS)
    changed = git(runner.remote, "diff", "--name-only", "main", "syncer/corrections")
    assert changed == "index.md"
    runner.write("index.md", PAGE.replace("gl/side", "side"))
    runner.run(CORRECTIONS)
    assert runner.calls == ["pr create", "pr edit", "pr close"]


def test_nothing_to_correct_makes_nothing(runner: Runner) -> None:
    """No branch and no pull request."""
    runner.write("index.md", PAGE.replace("gl/side", "side"))
    runner.run(CORRECTIONS)
    assert runner.calls == []
    assert "corrections" not in git(runner.remote, "branch", "--list")


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
def test_one_issue_has_the_report_until_nothing_is_left(runner: Runner) -> None:
    """It is made with the first finding, edited every night, and closed with the last."""
    runner.run(ISSUE)
    runner.run(ISSUE)
    assert runner.calls == ["label create", "issue create", "issue edit"]
    assert "side" in (runner.folder / "body").read_text("utf-8")
    runner.write("index.md", PAGE.replace("gl/side", "side"))
    runner.run(ISSUE)
    assert runner.calls[3:] == ["issue edit", "issue close"]
    runner.run(ISSUE)
    assert len(runner.calls) == 5


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
def test_an_incomplete_run_closes_no_issue(runner: Runner) -> None:
    """A server that does not answer is no proof that nothing is left."""
    (runner.folder / "open").write_text("7\n", encoding="utf-8")
    runner.write("index.md", PAGE.replace("gl/side.html", "http://127.0.0.1:9/s/AbCdEfGhIjKlMno"))
    runner.run(ISSUE, FAIL_ON="error")
    assert runner.calls == ["issue edit"]


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
@pytest.mark.parametrize("name", [CORRECTIONS, ISSUE])
@pytest.mark.parametrize("begin", ["", "x"])
def test_a_long_report_is_cut_between_lines(runner: Runner, name: str, begin: str) -> None:
    """Within GitHub's limits for a text and for a summary, wherever the limit falls."""
    # The program, whose report goes on with lines of a letter that takes two bytes.
    more = runner.folder / "more"
    more.write_text(f"{begin}{'å' * 399}\n" + f"{'å' * 400}\n" * 2000, encoding="utf-8")
    program = runner.folder / "syncer" / "bin" / "syncer"
    program.write_text(
        f'#!/bin/sh\n{sys.executable} -m syncer "$@" || code=$?\n'
        f'cat {more} >> "${{REPORT:-/dev/stdout}}"\nexit $code\n',
        encoding="utf-8",
    )
    runner.run(name)
    assert runner.calls[-1].endswith(" create")
    for file, limit in (("body", 65_536), ("summary", 1_048_576)):
        text = (runner.folder / file).read_bytes()
        assert limit * 0.9 < len(text) <= limit
        assert text.decode("utf-8").endswith("å\n")


@pytest.mark.parametrize("name", [CORRECTIONS, ISSUE])
def test_the_workflows_have_no_more_rights_than_they_need(name: str) -> None:
    """Pinned by commit or version, on the default branch only, no expression in a script."""
    workflow = read_workflow(name)
    text = (GITHUB / name).read_text("utf-8")
    assert set(workflow[True]) == {"schedule", "workflow_dispatch"}
    assert "contents" in workflow["permissions"]
    assert len(workflow["permissions"]) == 2
    (job,) = workflow["jobs"].values()
    assert not [step for step in job["steps"] if "${{" in step.get("run", "")]
    assert all(re.search(r"@[0-9a-f]{40}$", use) for use in re.findall(r"uses: (\S+)", text))
    assert re.findall(r"ref: (\S+)", text) == [f"v{__version__}"]
    assert "secrets." not in text
