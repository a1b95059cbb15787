"""The manifests that earlier runs wrote to the output folder: the newest, and the dated ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import structlog

from syncer.errors import ConfigError
from syncer.manifest.codec import decode
from syncer.manifest.document import ScopeRecord, StatusManifest
from syncer.model.shares import ShareKind
from syncer.store.files import read_state_file

NEWEST = "status.json"
NEWEST_COMPLETE = "status-complete.json"
RUNS = "runs"

# Names sort by time, and have no character that Windows forbids.
STAMP = "%Y-%m-%dT%H%M%SZ"
_STAMP_LENGTH = len("2026-10-01T031502Z")


def list_runs(folder: Path) -> tuple[Path, ...]:
    """Return the dated manifests of an output folder, oldest first; () when there are none."""
    dated = list_dated(folder / RUNS)
    return tuple(folder / RUNS / name for name in sorted(dated) if name.endswith(f"-{NEWEST}"))


def list_dated(folder: Path) -> dict[str, datetime]:
    """Return the dated copies: name → time. Other files are skipped.

    {} where the folder is missing or cannot be read.
    """
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return {}
    times = ((name, _read_stamp(name)) for name in names)
    return {name: time for name, time in times if time is not None}


def read_manifest(path: Path) -> StatusManifest:
    """Read a manifest from a file that a person names, which may be a link or a pipe.

    Raises:
        ConfigError: it cannot be read or decoded.
    """
    return _read(path, Path.read_bytes)


def read_kept(path: Path) -> StatusManifest:
    """Read a manifest of the output folder, which is a regular file.

    Raises:
        ConfigError: it cannot be read or decoded.
    """
    return _read(path, read_state_file)


def _read(path: Path, read_content: Callable[[Path], bytes]) -> StatusManifest:
    try:
        return decode(read_content(path))
    except OSError as error:
        raise ConfigError(f"The manifest {path} cannot be read: {error.strerror}.") from error
    except ConfigError as error:
        raise ConfigError(*(f"{path}: {problem}" for problem in error.problems)) from error


def read_remembered(folder: Path, name: str) -> StatusManifest | None:
    """Return a manifest of an earlier run from an output folder; None when there is none.

    One that cannot be read is logged and ignored: this run then counts as the first.
    """
    try:
        return read_kept(folder / name)
    except ConfigError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return None
        structlog.get_logger("syncer").warning("last-run-unreadable", text=str(error))
        return None


def read_comparable(folder: Path, scope: ScopeRecord) -> StatusManifest | None:
    """Return the complete run to compare a run of that scope with; None when there is none.

    The newest with at least this scope, else the newest of all. So a run by day on one page or on
    a local copy does not replace the nightly as the one to compare with.
    """
    newest = read_remembered(folder, NEWEST_COMPLETE)
    if newest is None or _covers(newest, scope):
        return newest
    for path in reversed(list_runs(folder)):
        earlier = read_remembered(path.parent, path.name)
        if earlier is not None and earlier.run.complete and _covers(earlier, scope):
            return earlier
    return newest


def read_last(folder: Path, *, until: datetime, complete: bool = False) -> StatusManifest | None:
    """Return the last run that is kept and ended by then; None when there is none.

    `complete`: the last complete one.
    """
    for path in reversed(list_runs(folder)):
        stamp = _read_stamp(path.name)
        if stamp is None or stamp > until:
            continue
        run = read_remembered(path.parent, path.name)
        if run is not None and (run.run.complete or not complete):
            return run
    return None


def _covers(manifest: StatusManifest, scope: ScopeRecord) -> bool:
    """Return whether a run covered that scope, and on the server."""
    seen = manifest.run.scope
    return (
        seen.only in (None, scope.only)
        and (not seen.offline or scope.offline)
        and (not seen.pages or seen.pages == scope.pages)
        and all(share.kind != ShareKind.LOCAL for share in manifest.shares)
    )


def _read_stamp(name: str) -> datetime | None:
    try:
        return datetime.strptime(name[:_STAMP_LENGTH], STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
