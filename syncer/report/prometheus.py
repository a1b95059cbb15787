"""The report as metrics, for the textfile collector of Prometheus' node_exporter.

Source: the text exposition format 0.0.4. A file, because a nightly run has no port to query.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from syncer.manifest.document import StatusManifest
from syncer.report.view.counts import OWNERS, Counts, count_all
from syncer.report.words import Lang


def render_prometheus(manifest: StatusManifest, *, lang: Lang) -> str:  # noqa: ARG001
    """Return the metrics of a run, with the handbook as a label; unknown ones are omitted.

    Names and help texts are English, as is the custom; every format is called with `lang`.
    """
    run, counts = manifest.run, count_all(manifest)
    ends = [item.finished_at for item in manifest.history if item.complete]
    ends += [run.finished_at] if run.complete else []
    last_complete = max(ends, default=None)
    failed = sum(one.code in ("notice-failed", "publish-failed") for one in manifest.findings)
    seconds = (run.finished_at - run.started_at).total_seconds()
    metrics: tuple[tuple[str, str, Mapping[str, float], str], ...] = (
        ("run_timestamp_seconds", "When the newest run finished.", _time(run.finished_at), ""),
        (
            "complete_run_timestamp_seconds",
            "When the newest complete run finished.",
            _time(last_complete),
            "",
        ),
        (
            "next_run_timestamp_seconds",
            "When the next run is expected.",
            _time(run.next_expected_at),
            "",
        ),
        ("run_duration_seconds", "How long the newest run took.", {"": seconds}, ""),
        ("run_complete", "Whether all could be looked at.", {"": run.complete}, ""),
        ("deliveries_failed", "Notices and uploads that failed.", {"": failed}, ""),
        ("points", "What there is to do, by owner.", _by_owner(counts), "owner"),
        ("resources", "Resources by status.", dict(counts.resources.items()), "status"),
        (
            "links",
            "Links by status, an address once on a page.",
            dict(counts.links.items()),
            "status",
        ),
        (
            "findings",
            "Findings by severity, several for a point.",
            manifest.counts.severities,
            "severity",
        ),
        ("documents", "Documents of rows by how they open.", _count_documents(manifest), "opens"),
        ("documents_bytes", "Size of the documents in the copy.", _sum_copied(manifest), ""),
    )
    handbook = {"handbook": manifest.handbook.source}
    lines = (line for metric in metrics for line in _write(*metric, handbook))
    return "".join(f"{line}\n" for line in lines)


def _write(
    name: str, help_text: str, samples: Mapping[str, float], label: str, labels: Mapping[str, str]
) -> Iterator[str]:
    if not samples:
        return
    yield f"# HELP syncer_{name} {help_text}"
    yield f"# TYPE syncer_{name} gauge"
    for value, number in sorted(samples.items()):
        shown = {**labels, label: value} if label else labels
        inside = ",".join(f'{key}="{_escape(text)}"' for key, text in shown.items())
        yield f"syncer_{name}{{{inside}}} {number:.15g}"


def _by_owner(counts: Counts) -> dict[str, float]:
    return {owner: counts.of(owner) for owner in OWNERS}


def _count_documents(manifest: StatusManifest) -> dict[str, float]:
    """Count each document once, however many rows name it; without those never opened."""
    opens = {
        (file.share, file.path): file.opens
        for row in manifest.resources
        for file in row.files
        if file.opens is not None
    }
    return dict(Counter(opens.values()))


def _sum_copied(manifest: StatusManifest) -> dict[str, float]:
    """Add up the sizes of the copied documents that the manifest lists; {} without a copy."""
    sizes = {
        (file.share, file.path): file.size_bytes or 0
        for row in manifest.resources
        for file in row.files
        if file.copied_at is not None
    }
    return {"": sum(sizes.values())} if sizes else {}


def _time(moment: datetime | None) -> dict[str, float]:
    return {} if moment is None else {"": round(moment.timestamp(), 3)}


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
