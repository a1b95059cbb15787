"""What a release holds: the bill of materials, the packages, and that they need no network."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements.txt"
# The program whose schemas judge is not the one that writes.
JUDGE = ROOT / ".venv-deploy" / "bin" / "python"
_JUDGE = """
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
sys.exit(str(JsonStrictValidator(SchemaVersion.V1_6).validate_str(sys.stdin.read()) or "") or 0)
"""


def run(*command: str | Path, **more: Any) -> str:
    """Run a program to its good end, and return what it says."""
    done: subprocess.CompletedProcess[str] = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, **more
    )
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


def write_bill() -> str:
    """Return the bill of materials as `make sbom` writes it."""
    return run(sys.executable, ROOT / "deploy" / "sbom.py", LOCK)


def test_the_bill_of_materials_holds_the_lock() -> None:
    """Each package of the lock, with version and hashes; the same each time."""
    text = write_bill()
    assert write_bill() == text
    components = json.loads(text)["components"]
    lock = LOCK.read_text(encoding="utf-8")
    locked = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock, re.MULTILINE)
    assert [(item["name"], item["version"]) for item in components] == sorted(locked)
    hashes = {
        entry["content"]
        for item in components
        for reference in item["externalReferences"]
        for entry in reference["hashes"]
    }
    assert hashes == set(re.findall(r"sha256:([0-9a-f]{64})", lock))


def test_the_bill_of_materials_is_cyclonedx() -> None:
    """The standard's own schema, strictly, has nothing to say; to a wrong document it has."""
    if not JUDGE.is_file():
        pytest.skip("cyclonedx-python-lib is not installed (make deploy-tools)")
    run(JUDGE, "-c", _JUDGE, input=write_bill())
    wrong = write_bill().replace('"type": "library"', '"type": "libary"')
    done = subprocess.run([JUDGE, "-c", _JUDGE], input=wrong, text=True, check=False, stderr=-1)
    assert done.returncode == 1
    assert "libary" in done.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with sdist and wheel, and the wheels of what they need."""
    folder = tmp_path_factory.mktemp("dist")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    run(sys.executable, "-m", "hatchling", "build", "--directory", folder, cwd=ROOT)
    run(*pip, "download", "--require-hashes", "--only-binary=:all:", "-r", LOCK, "-d", folder)
    return folder


@pytest.mark.thorough  # downloads every dependency
def test_the_packages_hold_what_they_should(built: Path) -> None:
    """The wheel the program with all its data, the sdist also what installs and tests it."""
    data = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "syncer").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    [wheel] = built.glob("os2_syncer-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert data <= names
    assert not [name for name in names if not name.startswith(("syncer/", "os2_syncer-"))]
    [sdist] = built.glob("os2_syncer-*.tar.gz")
    with tarfile.open(sdist) as tar:
        packed = {name.partition("/")[2] for name in tar.getnames()}
    wanted = {"Makefile", "requirements.txt", "README.md", "LICENSE", "deploy/install.sh"}
    wanted |= {"docs/brugere.md", "config/syncer.toml", "tests/nightly/test_supply.py"}
    assert data | wanted <= packed


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["whl", "tar.gz"])
def test_each_package_installs_and_runs_offline(built: Path, tmp_path: Path, kind: str) -> None:
    """From the folder alone, into an empty environment, far from the checkout: the main job."""
    [package] = built.glob(f"os2_syncer-*.{kind}")
    run(sys.executable, "-m", "venv", tmp_path / "venv")
    program = tmp_path / "venv" / "bin"
    offline = ("--disable-pip-version-check", "--quiet", "--no-index", "--find-links", built)
    run(program / "pip", "install", *offline, package, env=_environment(tmp_path))
    env = {**_environment(tmp_path), "NO_PROXY": "127.0.0.1"}
    out = run(program / "syncer", "demo", "--lang", "en", cwd=tmp_path, env=env)
    assert "Missing" in out
    assert (tmp_path / "demo" / "reports" / "report.html").is_file()
    assert shutil.which("syncer", path=str(program)) is not None


def _environment(home: Path) -> dict[str, str]:
    """Give nothing of whoever runs the tests: no index of theirs, no settings."""
    return {"PATH": os.environ["PATH"], "HOME": str(home), "PIP_CONFIG_FILE": os.devnull}
