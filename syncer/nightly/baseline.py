"""The baseline of a run: an earlier manifest, or the handbook at a git ref audited offline."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from syncer.errors import ConfigError
from syncer.manifest.document import StatusManifest
from syncer.nightly.earlier_runs import read_manifest
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.run import run_audit

_GIT_TIMEOUT_S = 60


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a run is held against.

    Attributes:
        manifest: whose findings do not count.
        changed_pages: paths that differ from the git ref; empty for a manifest.
    """

    manifest: StatusManifest
    changed_pages: frozenset[str] = frozenset()


def read_baseline(name: str | None, job: Job) -> Baseline | None:
    """Return what `--baseline` names, None when it names nothing.

    A file is read as a manifest. Anything else is a git ref of the repository that the handbook's
    folder lies in: its pages are audited by the same code, without network.

    Raises:
        ConfigError: neither a manifest nor a ref, or the handbook is no folder of a repository.
    """
    if name is None:
        return None
    folder = Path(job.options.handbook or job.settings.handbook.source)
    try:
        is_file, is_folder = Path(name).is_file(), folder.is_dir()
    except OSError as error:
        raise ConfigError(f"--baseline {name} cannot be looked at: {error}.") from error
    if is_file:
        return Baseline(read_manifest(Path(name)))
    if not is_folder:
        raise ConfigError(
            f"--baseline {name}: there is no such manifest, and a git ref needs a handbook that is "
            "a folder of a checkout."
        )
    with tempfile.TemporaryDirectory(prefix="syncer-baseline-") as place:
        _unpack(name, folder, Path(place))
        options = replace(
            job.options, handbook=place, offline=True, share_folders={}, only=None, full=False
        )
        manifest = run_audit(replace(job, options=options, memory=Memory(), scheduled=False))
    return Baseline(manifest, _list_changed(name, folder))


def _unpack(ref: str, folder: Path, place: Path) -> None:
    """Unpack the handbook's folder as it was at `ref` into `place`."""
    archive = _ask_git(ref, folder, "archive", "--format=tar", ref, "--", ".")
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(place, filter="data")


def _list_changed(ref: str, folder: Path) -> frozenset[str]:
    """Return the paths below the handbook's folder that differ from `ref`."""
    names = _ask_git(ref, folder, "diff", "--name-only", "--relative", "-z", ref, "--", ".")
    return frozenset(name.decode("utf-8", "replace") for name in names.split(b"\0") if name)


def _ask_git(ref: str, folder: Path, *arguments: str) -> bytes:
    """Return what git prints about `ref`.

    Raises:
        ConfigError: git is missing, does not know the ref, or does not answer.
    """
    if ref.startswith("-"):
        raise ConfigError(f"--baseline {ref}: a git ref does not begin with a dash.")
    try:
        return subprocess.run(  # noqa: S603 - no shell; the ref cannot be an option
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - git by the PATH, as people do
            capture_output=True,
            check=True,
            timeout=_GIT_TIMEOUT_S,
        ).stdout
    except FileNotFoundError as error:
        raise ConfigError(
            f"--baseline {ref}: the git program is not installed. Install git, or name a manifest."
        ) from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ConfigError(
            f"--baseline {ref}: neither a manifest nor a git ref of {folder}"
            f" ({said[0] if said else 'git gave no reason'})."
        ) from error
    except subprocess.TimeoutExpired as error:
        raise ConfigError(f"--baseline {ref}: git did not answer in time.") from error
