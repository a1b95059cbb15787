"""The nightly's last stage: manifest and reports to the output folder, old runs thinned.

Files are written one after the other, each whole; the manifest that readers follow
(`status.json`) comes last, so that it never speaks of a report that is not there yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import structlog

from syncer.errors import ConfigError
from syncer.manifest.codec import decode, encode
from syncer.manifest.document import ScopeRecord, StatusManifest
from syncer.manifest.history import choose_kept
from syncer.model.shares import ShareKind
from syncer.report.html import render_html
from syncer.report.junit import render_junit
from syncer.report.markdown import render_markdown
from syncer.report.prometheus import render_prometheus
from syncer.report.sarif import render_sarif
from syncer.report.words import Lang
from syncer.store.files import write_atomically

NEWEST = "status.json"
NEWEST_COMPLETE = "status-complete.json"
RUNS = "runs"

# Sorting by name is sorting by time, and no character in it is one that Windows forbids.
_STAMP = "%Y-%m-%dT%H%M%SZ"
_STAMP_LENGTH = len("2026-10-01T031502Z")

_REPORTS = {
    "html": ("report.html", render_html),
    "markdown": ("report.md", render_markdown),
    "sarif": ("report.sarif", render_sarif),
    "junit": ("report.junit.xml", render_junit),
    "prometheus": ("syncer.prom", render_prometheus),
}


def write_run(
    manifest: StatusManifest,
    folder: Path,
    *,
    formats: Sequence[str],
    lang: Lang,
    keep_runs: int,
) -> tuple[Path, ...]:
    """Write everything that `run` leaves, and return the paths in the order of writing.

    Raises:
        StoreError: the folder cannot be written; what stood there is untouched as far as it was
            not replaced yet, and every file in it is whole.
    """
    content = encode(manifest)
    files = [
        (folder / name, render(manifest, lang=lang).encode("utf-8"))
        for name, render in (_REPORTS[format_name] for format_name in formats)
    ]
    stamp = manifest.run.finished_at.astimezone(UTC).strftime(_STAMP)
    files.extend((folder / RUNS / f"{stamp}-{path.name}", data) for path, data in tuple(files))
    files.append((folder / RUNS / f"{stamp}-{NEWEST}", content))
    if manifest.run.complete:
        files.append((folder / NEWEST_COMPLETE, content))
    files.append((folder / NEWEST, content))
    for path, data in files:
        write_atomically(path, data)
    thin_runs(folder / RUNS, now=manifest.run.finished_at, keep_runs=keep_runs)
    return tuple(path for path, _ in files)


def thin_runs(folder: Path, *, now: datetime, keep_runs: int) -> None:
    """Remove the dated copies that are no longer kept; one that will not go is only logged."""
    dated = _list_dated(folder)
    for name in sorted(set(dated) - set(choose_kept(dated, now, keep_runs))):
        try:
            (folder / name).unlink()
        except OSError as error:
            structlog.get_logger("syncer").warning(
                "old-run-not-removed", file=name, text=error.strerror
            )


def list_runs(folder: Path) -> tuple[Path, ...]:
    """Return the dated manifests of an output folder, oldest first; () when there are none."""
    dated = _list_dated(folder / RUNS)
    return tuple(folder / RUNS / name for name in sorted(dated) if name.endswith(f"-{NEWEST}"))


def _list_dated(folder: Path) -> dict[str, datetime]:
    """Return the copies by name, with the time that stands in it; what is not ours is left out.

    {} where there is no such folder, and where it cannot be read.
    """
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return {}
    times = ((name, _read_stamp(name)) for name in names)
    return {name: time for name, time in times if time is not None}


def _read_stamp(name: str) -> datetime | None:
    try:
        return datetime.strptime(name[:_STAMP_LENGTH], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def read_manifest(path: Path) -> StatusManifest:
    """Read a manifest from a file.

    Raises:
        ConfigError: there is none, or it cannot be understood.
    """
    try:
        return decode(path.read_bytes())
    except OSError as error:
        raise ConfigError(f"The manifest {path} cannot be read: {error.strerror}.") from error
    except ConfigError as error:
        raise ConfigError(*(f"{path}: {problem}" for problem in error.problems)) from error


def read_remembered(folder: Path, name: str) -> StatusManifest | None:
    """Return a manifest that an earlier run left in an output folder; None when there is none.

    One that cannot be read or understood is no reason to stop: the run is then a first one, and
    says so.
    """
    try:
        return read_manifest(folder / name)
    except ConfigError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return None
        structlog.get_logger("syncer").warning("last-run-unreadable", text=str(error))
        return None


def read_comparable(folder: Path, scope: ScopeRecord) -> StatusManifest | None:
    """Return the complete run that one of that scope is compared with; None when there is none.

    The newest of those that looked at as much; else the newest of all. So a run on one page, or
    on a local copy, that somebody makes by day does not take the nightly's memory away.
    """
    newest = read_remembered(folder, NEWEST_COMPLETE)
    if newest is None or _covers(newest, scope):
        return newest
    for path in reversed(list_runs(folder)):
        earlier = read_remembered(path.parent, path.name)
        if earlier is not None and earlier.run.complete and _covers(earlier, scope):
            return earlier
    return newest


def _covers(manifest: StatusManifest, scope: ScopeRecord) -> bool:
    """Tell whether a run looked at all that one of that scope looks at, and on the server."""
    seen = manifest.run.scope
    return (
        seen.only in (None, scope.only)
        and (not seen.offline or scope.offline)
        and (not seen.pages or seen.pages == scope.pages)
        and all(share.kind != ShareKind.LOCAL for share in manifest.shares)
    )
