"""Write manifest and reports to the output folder, and remove old dated copies.

Each file is written atomically. The newest manifest (`status.json`) comes last, so that its reports
are there when a reader sees it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import structlog

from syncer.errors import StoreError
from syncer.manifest.codec import encode
from syncer.manifest.document import StatusManifest
from syncer.manifest.history import choose_kept
from syncer.nightly.earlier_runs import (
    NEWEST,
    NEWEST_COMPLETE,
    RUNS,
    STAMP,
    list_dated,
    read_remembered,
)
from syncer.report.html import OtherReport, render_html
from syncer.report.junit import render_junit
from syncer.report.markdown import render_markdown
from syncer.report.prometheus import render_prometheus
from syncer.report.sarif import render_sarif
from syncer.report.words import Lang
from syncer.report.xlsx import render_xlsx
from syncer.store.files import write_atomically

_LISTS = "report.xlsx"
_NAMES = {
    "html": "report.html",
    "markdown": "report.md",
    "xlsx": _LISTS,
    "sarif": "report.sarif",
    "junit": "report.junit.xml",
    "prometheus": "syncer.prom",
}
COMPLETE_PAGE = "report-complete.html"
_TO_COMPLETE = OtherReport(COMPLETE_PAGE, newer=False)
_TO_NEWEST = OtherReport(_NAMES["html"], newer=True)
_TEXTS = {
    "markdown": render_markdown,
    "sarif": render_sarif,
    "junit": render_junit,
    "prometheus": render_prometheus,
}


def write_run(
    manifest: StatusManifest,
    folder: Path,
    *,
    formats: Sequence[str],
    lang: Lang,
    keep_runs: int,
    report_to: str | None = None,
) -> tuple[Path, ...]:
    """Write the files of a run, and return their paths in the order of writing.

    A run that is not complete leaves the page of the last complete one beside its own.
    `report_to` is as in `render_html`.

    Raises:
        StoreError: a file cannot be written, such as a report in whose place a folder is. The
            others are, above all the manifest, and each is whole, old or new.
    """
    content = encode(manifest)
    stamp = manifest.run.finished_at.astimezone(UTC).strftime(STAMP)
    reports = {name: _render(manifest, name, lang) for name in formats if name != "html"}
    complete = None if manifest.run.complete else read_remembered(folder, NEWEST_COMPLETE)
    files = []
    if complete is not None and "html" in formats:
        page = render_html(complete, lang=lang, report_to=report_to, other=_TO_NEWEST)
        files.append((folder / COMPLETE_PAGE, page.encode("utf-8")))
    for where, prefix in ((folder, ""), (folder / RUNS, f"{stamp}-")):
        if "html" in formats:
            # A page leads to the lists of its own run.
            lists = f"{prefix}{_LISTS}" if "xlsx" in formats else None
            other = None if complete is None or prefix else _TO_COMPLETE
            page = render_html(manifest, lang=lang, lists=lists, report_to=report_to, other=other)
            files.append((where / f"{prefix}{_NAMES['html']}", page.encode("utf-8")))
        files.extend((where / f"{prefix}{_NAMES[name]}", data) for name, data in reports.items())
    files.append((folder / RUNS / f"{stamp}-{NEWEST}", content))
    if manifest.run.complete:
        files.append((folder / NEWEST_COMPLETE, content))
    files.append((folder / NEWEST, content))
    failure: StoreError | None = None
    for path, data in files:
        try:
            write_atomically(path, data)
        except StoreError as error:
            failure = failure or error
    if failure is not None:
        raise failure
    if complete is None:
        _remove(folder / COMPLETE_PAGE)
    thin_runs(folder / RUNS, now=manifest.run.finished_at, keep_runs=keep_runs)
    return tuple(path for path, _ in files)


def _render(manifest: StatusManifest, format_name: str, lang: Lang) -> bytes:
    if format_name == "xlsx":
        return render_xlsx(manifest, lang=lang)
    return _TEXTS[format_name](manifest, lang=lang).encode("utf-8")


def thin_runs(folder: Path, *, now: datetime, keep_runs: int) -> None:
    """Remove the dated copies that are due to go; a failure is only logged."""
    dated = list_dated(folder)
    for name in sorted(set(dated) - set(choose_kept(dated, now, keep_runs))):
        _remove(folder / name)


def _remove(file: Path) -> None:
    """Remove a file that is not needed any more; a failure is only logged."""
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        structlog.get_logger("syncer").warning(
            "old-run-not-removed", file=file.name, text=error.strerror
        )
