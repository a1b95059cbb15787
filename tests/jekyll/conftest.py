"""Sites built by Debian's Jekyll."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

from tests.jekyll.built_site import HERE, Built


@pytest.fixture(scope="session")
def jekyll() -> str:
    """Path of Jekyll, or a skip with the reason."""
    program = shutil.which("jekyll")
    if program is None:
        pytest.skip("jekyll is not installed: the proof against a real build is left out")
    return program


@pytest.fixture(scope="session")
def has_gem(jekyll: str) -> Callable[[str], bool]:
    """Tell whether a Jekyll plugin is installed."""

    def ask(name: str) -> bool:
        answer = subprocess.run(
            ["gem", "list", "-i", f"^{name}$"], capture_output=True, check=False
        )
        return answer.returncode == 0 or any(
            Path("/usr/share/rubygems-integration").glob(f"**/{name}-*.gemspec")
        )

    return ask


@pytest.fixture(scope="session")
def build(jekyll: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Built]:
    """Build the sources under other settings: `build(config, {path: text})`."""
    return partial(_run_jekyll, jekyll, tmp_path_factory, HERE / "sources")


@pytest.fixture(scope="session")
def build_alone(jekyll: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Built]:
    """Build a site of its own files only: `build_alone(config, {path: text})`."""
    return partial(_run_jekyll, jekyll, tmp_path_factory, None)


def _run_jekyll(
    jekyll: str,
    temporary: pytest.TempPathFactory,
    template: Path | None,
    config: str = "",
    extra: Mapping[str, str] | None = None,
    base_path: str = "",
) -> Built:
    """Build sources: those of a template, if there is one, and more."""
    folder = temporary.mktemp("jekyll")
    sources, output, record = folder / "sources", folder / "site", folder / "items.json"
    if template is None:
        sources.mkdir()
    else:
        shutil.copytree(template, sources)
    settings = sources / "_config.yml"
    own = settings.read_text(encoding="utf-8") if settings.exists() else ""
    settings.write_text(own + config, encoding="utf-8")
    # Without a Gemfile the sources would be GitHub's to build.
    (sources / "Gemfile").write_text("", encoding="utf-8")
    for path, text in (extra or {}).items():
        (sources / path).parent.mkdir(parents=True, exist_ok=True)
        (sources / path).write_text(text, encoding="utf-8")
    command = [jekyll, "build", "--quiet", "--disable-disk-cache", "--source", str(sources)]
    command += ["--destination", str(output), "--plugins", str(HERE / "plugins")]
    environment = {**os.environ, "LANG": "C.UTF-8", "SYNCER_RECORD": str(record)}
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return Built(sources, output, tuple(json.loads(record.read_text())), base_path)
