"""The report as SARIF 2.1.0, for code scanning."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any
from urllib.parse import quote

import msgspec

from syncer.manifest.document import StatusManifest
from syncer.model.findings import Severity
from syncer.redact import make_visible
from syncer.report.view.annotations import Annotation, list_annotations
from syncer.report.view.facts import gather_facts
from syncer.report.view.remarks import list_incomplete_reasons
from syncer.report.visible import hide_mail
from syncer.report.words import Lang, Words, words_of

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_VERSION = "2.1.0"
# GitHub refuses a run with more as a whole.
MAX_RESULTS = 25_000
_ROOT = "%SRCROOT%"
_MESSAGE_MARKS = re.compile(r"[\\\[\]]")


def render_sarif(
    manifest: StatusManifest, *, lang: Lang, new: Collection[str] | None = None
) -> str:
    """Return the findings as one SARIF run: JSON with one line feed at its end.

    Every finding is a result: a waived one is suppressed, and one that another explains is a note.
    Beyond `MAX_RESULTS` the worst are kept, and a notification counts the others. The id is the
    fingerprint, so that a result keeps its identity when lines move. An incomplete run has
    `executionSuccessful: false` with its reasons. `new` and paths are as in `render_github`.
    Source: OASIS SARIF 2.1.0, sections 3.14 to 3.49. GitHub requires a location for every result,
    so one that concerns no page is at the root of the handbook.
    """
    words = words_of(lang)
    annotations = list_annotations(manifest, lang=lang, new=new)
    left_out = len(annotations) - MAX_RESULTS
    if left_out > 0:
        # The sort keeps the order of those that are equally bad.
        worst = sorted(annotations, key=lambda one: (bool(one.waived), one.explained))[:MAX_RESULTS]
        kept = {one.id for one in worst}
        annotations = tuple(one for one in annotations if one.id in kept)
    codes = sorted({one.code for one in annotations})
    knows_new = new is not None or manifest.changes.since is not None
    prefix = manifest.handbook.prefix
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": make_visible(manifest.tool.name),
                "version": make_visible(manifest.tool.version),
                "rules": [
                    {"id": code, "shortDescription": {"text": words.finding(code).badge}}
                    for code in codes
                ],
            }
        },
        "language": str(lang),
        "columnKind": "unicodeCodePoints",
        "invocations": [_write_invocation(manifest, words, left_out)],
        "results": [_write_result(one, codes, prefix, knows_new=knows_new) for one in annotations],
    }
    document = {"$schema": _SCHEMA, "version": _VERSION, "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _write_invocation(manifest: StatusManifest, words: Words, left_out: int) -> dict[str, Any]:
    run = manifest.run
    invocation: dict[str, Any] = {
        "executionSuccessful": run.complete,
        "startTimeUtc": f"{run.started_at:%Y-%m-%dT%H:%M:%SZ}",
        "endTimeUtc": f"{run.finished_at:%Y-%m-%dT%H:%M:%SZ}",
    }
    notes: list[str] = []
    if run.incomplete_because:
        notes += list_incomplete_reasons(gather_facts(manifest, words))
    if left_out > 0:
        notes.append(words.fill(words.labels.left_out, count=left_out))
    if notes:
        invocation["toolExecutionNotifications"] = [
            {"level": "warning", "message": {"text": _escape(note)}} for note in notes
        ]
    return invocation


def _write_result(
    one: Annotation, codes: list[str], prefix: str, *, knows_new: bool
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": one.code,
        "ruleIndex": codes.index(one.code),
        "level": "note" if one.explained else _level(one.severity),
        "message": {"text": _escape(f"{one.title}. {one.message}")},
        "locations": [{"physicalLocation": _write_location(one, prefix)}],
        "partialFingerprints": {"syncerFinding/v1": one.id},
        "properties": {"owner": one.owner},
    }
    if knows_new:
        result["baselineState"] = "new" if one.new else "unchanged"
    if one.waived:
        accepted = {"kind": "external", "status": "accepted", "justification": one.waived}
        result["suppressions"] = [accepted]
    return result


def _write_location(one: Annotation, prefix: str) -> dict[str, Any]:
    place = prefix.rstrip("/") or "." if one.page is None else prefix + hide_mail(one.page)
    page = quote(make_visible(place), safe="/")
    location: dict[str, Any] = {"artifactLocation": {"uri": page, "uriBaseId": _ROOT}}
    if one.line is not None:
        region = {
            "startLine": one.line,
            "startColumn": one.column,
            "endLine": one.end_line,
            "endColumn": one.end_column,
        }
        location["region"] = {name: value for name, value in region.items() if value is not None}
    return location


def _escape(text: str) -> str:
    """Escape the marks of placeholders and links (sections 3.11.5 and 3.11.6)."""
    return _MESSAGE_MARKS.sub(r"\\\g<0>", text).replace("{", "{{").replace("}", "}}")


def _level(severity: str) -> str:
    match severity:
        case Severity.ERROR:
            return "error"
        case Severity.INFO:
            return "note"
    return "warning"
