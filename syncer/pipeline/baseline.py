"""The baseline of a run: an earlier manifest, or the handbook at a git ref audited offline."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from dataclasses import replace
from pathlib import Path

from syncer.errors import ConfigError
from syncer.manifest.document import StatusManifest
from syncer.pipeline.audit import Job, Memory, run_audit
from syncer.pipeline.nightly import read_manifest

_GIT_TIMEOUT_S = 60


def read_baseline(name: str | None, job: Job) -> StatusManifest | None:
    """Return the manifest that `--baseline` names, None when it names none.

    A file is read as a manifest. Anything else is a git ref of the repository that the handbook's
    folder lies in: its pages are audited by the same code, without network.

    Raises:
        ConfigError: neither a manifest nor a ref, or the handbook is no folder of a repository.
    """
    if name is None:
        return None
    if Path(name).is_file():
        return read_manifest(Path(name))
    folder = Path(job.options.handbook or job.settings.handbook.source)
    if not folder.is_dir():
        raise ConfigError(
            f"--baseline {name}: there is no such manifest, and a git ref needs a handbook that is "
            "a folder of a checkout."
        )
    with tempfile.TemporaryDirectory(prefix="syncer-baseline-") as place:
        _unpack(name, folder, Path(place))
        options = replace(
            job.options, handbook=place, offline=True, share_folders={}, only=None, full=False
        )
        return run_audit(replace(job, options=options, memory=Memory(), scheduled=False))


def _unpack(ref: str, folder: Path, place: Path) -> None:
    """Unpack the handbook's folder as it was at `ref` into `place`."""
    if ref.startswith("-"):
        raise ConfigError(f"--baseline {ref}: a git ref does not begin with a dash.")
    command = ["git", "-C", str(folder), "archive", "--format=tar", ref, "--", "."]
    try:
        archive = subprocess.run(  # noqa: S603 - no shell; the ref cannot be an option
            command, capture_output=True, check=True, timeout=_GIT_TIMEOUT_S
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
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(place, filter="data")
