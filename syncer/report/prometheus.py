"""The report as metrics, for the textfile collector of Prometheus' node_exporter.

Source: the text exposition format 0.0.4. A file, because a nightly has no port to ask.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from syncer.manifest.document import StatusManifest
from syncer.report.words import Lang


def render_prometheus(manifest: StatusManifest, *, lang: Lang) -> str:
    """Return the metrics of a run, each with its help, the handbook as their label.

    Args:
        manifest: of the run.
        lang: of nothing here: names and helps are English, as is the custom. Taken since every
            format is called alike.
    """
    del lang
    handbook = {"handbook": manifest.handbook.source}
    run = manifest.run
    complete = [item.finished_at for item in manifest.history if item.complete]
    if run.complete:
        complete.append(run.finished_at)
    lines: list[str] = []

    def add(name: str, help_text: str, samples: Mapping[str, float], label: str = "") -> None:
        lines.extend(_say(f"syncer_{name}", help_text, samples, handbook, label))

    add("run_timestamp_seconds", "When the newest run finished.", {"": _at(run.finished_at)})
    add(
        "complete_run_timestamp_seconds",
        "When the newest complete run finished.",
        {"": _at(max(complete))} if complete else {},
    )
    add(
        "next_run_timestamp_seconds",
        "When the next run is expected.",
        {} if run.next_expected_at is None else {"": _at(run.next_expected_at)},
    )
    seconds = (run.finished_at - run.started_at).total_seconds()
    add("run_duration_seconds", "How long the newest run took.", {"": seconds})
    add("run_complete", "Whether all could be looked at.", {"": float(run.complete)})
    counts = manifest.counts
    add("resources", "Resources by status.", counts.groups, "status")
    add("links", "Links by status.", counts.links, "status")
    add("findings", "Findings by severity.", counts.severities, "severity")
    return "".join(f"{line}\n" for line in lines)


def _say(
    name: str,
    help_text: str,
    samples: Mapping[str, float],
    labels: Mapping[str, str],
    label: str,
) -> Iterator[str]:
    if not samples:
        return
    yield f"# HELP {name} {help_text}"
    yield f"# TYPE {name} gauge"
    for value, number in sorted(samples.items()):
        shown = {**labels, label: value} if label else labels
        inside = ",".join(f'{key}="{_escape(text)}"' for key, text in shown.items())
        yield f"{name}{{{inside}}} {number:.15g}"


def _at(moment: datetime) -> float:
    return round(moment.timestamp(), 3)


def _escape(text: str) -> str:
    """Escape a label's value; line breaks of other kinds would end a line for nobody."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
