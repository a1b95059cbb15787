"""What a stranger's pull request can make the GitHub action do, and what it is built from."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from syncer import __version__

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
ACTION: dict[str, Any] = yaml.safe_load((DEPLOY / "github" / "action.yml").read_text("utf-8"))
WORKFLOW: dict[Any, Any] = yaml.safe_load((DEPLOY / "github" / "handbook.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]


def run_step(name: str, cwd: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the script of one of the action's steps as the runner does."""
    (step,) = (step for step in STEPS if step.get("name") == name)
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        capture_output=True, check=False, cwd=cwd, env={**os.environ, **env}, text=True,
    )  # fmt: skip


def git(folder: Path, *arguments: str) -> str:
    """Run git and return what it prints."""
    who = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    done = subprocess.run(
        ["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def pull_request(tmp_path: Path) -> tuple[Path, str]:
    """Return a checkout whose last commit, a stranger's, changes the settings; and its base."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    git(folder, "init", "-q")
    (folder / "index.md").write_text("# Forside\n", encoding="utf-8")
    (folder / "syncer.toml").write_text("# the maintainer's\n", encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "base")
    base = git(folder, "rev-parse", "HEAD")
    (folder / "syncer.toml").write_text("# a stranger's\n", encoding="utf-8")
    git(folder, "commit", "-q", "-a", "-m", "change")
    return folder, base


def check_handbook(
    folder: Path, base: str, config: str, allow_incomplete: str = "false"
) -> tuple[list[str], Path]:
    """Run the action's check with a program that records its arguments."""
    temp = folder.parent
    program = temp / "program"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {temp}/arguments\n', encoding="utf-8")
    program.chmod(0o755)
    env = {
        "SYNCER": str(program), "HANDBOOK": ".", "CONFIG": config, "FAIL_ON": "error",
        "BASE": base, "SETTINGS": str(temp / "settings.toml"), "SARIF": str(temp / "out.sarif"),
        "GITHUB_OUTPUT": str(temp / "output"), "ALLOW_INCOMPLETE": allow_incomplete,
    }  # fmt: skip
    done = run_step("Check the handbook", folder, env)
    assert done.returncode == 0, done.stderr
    return (temp / "arguments").read_text("utf-8").splitlines(), temp / "settings.toml"


def test_settings_come_from_the_base_commit(pull_request: tuple[Path, str]) -> None:
    """A stranger's version of the settings file is not used."""
    arguments, settings = check_handbook(*pull_request, config="syncer.toml")
    assert arguments[arguments.index("--config") + 1] == str(settings)
    assert settings.read_text("utf-8") == "# the maintainer's\n"
    assert arguments[arguments.index("--baseline") + 1] == pull_request[1]


def test_a_merge_queue_has_a_base_commit_too() -> None:
    """Its event names it elsewhere; without it the settings would be those of the change."""
    (step,) = (step for step in STEPS if step.get("id") == "check")
    assert step["env"]["BASE"] == (
        "${{ github.event.pull_request.base.sha || github.event.merge_group.base_sha }}"
    )


def test_without_settings_none_are_looked_for(pull_request: tuple[Path, str]) -> None:
    """`--no-config` is always passed when no settings are named."""
    arguments, _ = check_handbook(*pull_request, config="")
    assert "--no-config" in arguments
    assert "--config" not in arguments


def test_an_incomplete_run_may_be_allowed(pull_request: tuple[Path, str]) -> None:
    """Only the word "true" allows it."""
    for said, expected in (("false", False), ("", False), ("true", True)):
        arguments, _ = check_handbook(*pull_request, config="", allow_incomplete=said)
        assert ("--allow-incomplete" in arguments) is expected


def test_the_report_is_written_outside_of_the_checkout() -> None:
    """A committed link named like the report leads it nowhere."""
    (step,) = (step for step in STEPS if step.get("id") == "check")
    for name in ("SARIF", "SETTINGS"):
        assert step["env"][name].startswith("${{ runner.temp }}/")


def test_a_pull_request_brings_no_memory() -> None:
    """A run of it may save what the next one would restore: links that worked, known listings."""
    (kept,) = (step for step in STEPS if "cache" in step.get("uses", ""))
    assert kept["if"] == "${{ !github.event.pull_request }}"


def test_events_with_rights_are_refused(tmp_path: Path) -> None:
    """One that gives a stranger's files the repository's rights ends the action first.

    With it no base commit is known, and the settings would be those of the checkout.
    """
    assert STEPS[0]["if"] == (
        '${{ contains(fromJSON(\'["pull_request_target", "issue_comment"]\'), github.event_name) '
        "|| startsWith(github.event.workflow_run.event, 'pull_request') }}"
    )
    done = run_step(STEPS[0]["name"], tmp_path, {})
    assert done.returncode == 2
    for event in ("pull_request_target", "issue_comment", "workflow_run"):
        assert event in done.stdout
        assert event not in WORKFLOW[True]


def test_the_workflow_may_only_read_and_has_no_secret() -> None:
    """Contents, read; no token stays in the checkout."""
    assert WORKFLOW["permissions"] == {"contents": "read"}
    checkout = WORKFLOW["jobs"]["syncer"]["steps"][0]
    assert checkout["with"]["persist-credentials"] is False
    for name in ("action.yml", "handbook.yml"):
        assert "secrets." not in (DEPLOY / "github" / name).read_text("utf-8")


def test_no_input_reaches_a_script_but_by_the_environment() -> None:
    """An expression inside a script would be a stranger's code."""
    assert not [step for step in STEPS if "${{" in step.get("run", "")]


def test_what_is_used_is_pinned() -> None:
    """Actions by commit, our own by release, images by digest or release, nothing by `latest`."""
    uses = re.findall(
        r"uses: (\S+)",
        "".join((DEPLOY / "github" / n).read_text("utf-8") for n in ("action.yml", "handbook.yml")),
    )
    own = f"OS2offdig/syncer/deploy/github@v{__version__}"
    assert own in uses
    assert uses
    assert all(use == own or re.search(r"@[0-9a-f]{40}$", use) for use in uses)
    images = re.findall(
        r"^FROM (\S+)", (DEPLOY / "container" / "Containerfile").read_text("utf-8"), re.MULTILINE
    )
    assert images
    assert all(re.search(r":[\w.-]+@sha256:[0-9a-f]{64}$", image) for image in images)
    for file in DEPLOY.rglob("*.yaml"):
        for image in re.findall(r"image: (\S+)", file.read_text("utf-8")):
            assert image == f"syncer:{__version__}" or image.startswith(
                "docker.io/library/nextcloud:"
            )
    tracked = [path for path in DEPLOY.rglob("*") if path.suffix in {".yml", ".yaml", ""}]
    assert not [path for path in tracked if path.is_file() and ":latest" in path.read_text("utf-8")]


def test_a_bot_renews_the_pins() -> None:
    """Dependabot looks where pinned things are."""
    bot = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text("utf-8"))
    places = {(u["package-ecosystem"], *u.get("directories", [u.get("directory")]))
              for u in bot["updates"]}  # fmt: skip
    assert places == {
        ("github-actions", "/deploy/github"), ("docker", "/deploy/container"), ("pip", "/"),
    }  # fmt: skip
