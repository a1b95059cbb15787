"""Findings about the content of the rows' documents, and about the local copy (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from syncer.audit.codes import add_why, make_finding
from syncer.audit.evidence import Evidence
from syncer.model.documents import Document, Opens
from syncer.model.findings import Finding
from syncer.model.matching import Match
from syncer.model.reason import Reason

CODES: Mapping[Opens, str] = {
    Opens.DAMAGED: "file-damaged",
    Opens.LOCKED: "file-locked",
    Opens.BLANK: "file-blank",
    Opens.OTHER_TYPE: "file-other-type",
}
_HINTS: Mapping[Opens, str] = {
    Opens.DAMAGED: "replace-damaged-file",
    Opens.LOCKED: "unlock-file",
    Opens.BLANK: "fill-blank-file",
    Opens.OTHER_TYPE: "replace-other-type",
}
# How many documents that are not in the copy are named.
_MAX_NAMED = 5


def find_in_documents(evidence: Evidence) -> Iterator[Finding]:
    """Yield the findings about documents: one per file, at the first row that it belongs to."""
    seen: set[tuple[str, str]] = set()
    for row, match in evidence.judged_rows():
        for (share, path), document in _list_documents(evidence, match):
            code = None if document.opens is None else CODES.get(document.opens)
            if (share, path) in seen or code is None or document.opens is None:
                continue
            seen.add((share, path))
            yield make_finding(
                code,
                path,
                (share, path),
                add_why({"file": path, "share": share, "name": row.name}, document.reason),
                at=(row.page, row.span.line),
                hint=Reason(_HINTS[document.opens], {"file": path}),
            )
    yield from _find_left_out(evidence)


def _list_documents(evidence: Evidence, match: Match) -> Iterator[tuple[tuple[str, str], Document]]:
    """Yield the documents of a row; an empty file has a finding of its own."""
    documents = evidence.observed.documents
    for file in match.files:
        if not file.folder:
            document = documents.get((file.share, file.path))
            if document is not None and file.size_bytes != 0:
                yield (file.share, file.path), document
            continue
        prefix = f"{file.path}/" if file.path else ""
        for (share, path), document in documents.items():
            if share == file.share and path.startswith(prefix):
                yield (share, path), document


def _find_left_out(evidence: Evidence) -> Iterator[Finding]:
    """Yield what of the local copy is not up to date: one finding per share and reason."""
    for one in evidence.observed.left_out:
        yield make_finding(
            "copy-incomplete",
            one.share,
            (one.share, one.reason.code),
            add_why(
                {
                    "share": one.share,
                    "count": len(one.paths),
                    "files": tuple(path for path in one.paths if path)[:_MAX_NAMED],
                },
                one.reason,
            ),
            at=None,
        )
