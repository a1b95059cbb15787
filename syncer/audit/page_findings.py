"""Findings about the handbook itself: its pages, its tables, its age (pure)."""

from __future__ import annotations

from collections.abc import Iterator

from syncer.audit.codes import add_why, make_finding
from syncer.audit.observed import Observed
from syncer.model.findings import Finding
from syncer.model.handbook import FOLDER_REASONS, AddressClash, UnreadablePage
from syncer.model.reason import Reason

_FILES_NAMED = 5


def find_in_pages(observed: Observed) -> Iterator[Finding]:
    """Yield the findings about the handbook as a whole, its pages and its tables."""
    handbook = observed.handbook
    if handbook.stale is not None:
        yield make_finding(
            "handbook-stale",
            handbook.source,
            (handbook.source,),
            add_why({"source": handbook.source, "revision": handbook.revision}, handbook.stale),
            hint=Reason("next-run-fetches-again"),
        )
    lacking = _name_lacking(observed)
    if lacking is not None:
        yield make_finding(
            "nothing-found",
            handbook.source,
            (handbook.source,),
            {"source": handbook.source, "what": lacking},
            hint=Reason("check-handbook-settings"),
        )
    for problem in observed.own_problems:
        yield make_finding(
            "handbook-settings-invalid",
            problem.file,
            (problem.file, problem.reason.code, str(sorted(problem.reason.args.items()))),
            add_why({"file": problem.file}, problem.reason),
            at=(problem.file, problem.line),
            hint=Reason("correct-own-settings", {"file": problem.file}),
        )
    for page in observed.unreadable:
        yield _make("page-unreadable", page.path, page.reason, _advise_on_unread(page))
    for parsed in observed.pages:
        for reason in parsed.problems:
            yield _make("page-unreadable", parsed.path, reason, Reason("correct-front-matter"))
    for path in observed.unpublished:
        yield _make("page-not-published", path, None, Reason("add-front-matter"))
    for path in observed.empty_pages:
        yield _make("page-empty", path, None, Reason("fill-or-remove-page"))
    yield from map(_make_clash, observed.clashes)
    if observed.with_resources:
        yield from _find_malformed(observed)


def _make_clash(clash: AddressClash) -> Finding:
    return make_finding(
        "address-clash",
        clash.url,
        (clash.url,),
        {"url": clash.url, "files": clash.sources[:_FILES_NAMED]},
        at=(clash.sources[0], None),
        hint=Reason("rename-one-page"),
    )


def _advise_on_unread(page: UnreadablePage) -> Reason:
    if page.reason.code in ("io-error", "folder-io-error"):
        return Reason("let-page-be-read", {"page": page.path})
    if page.reason.code in FOLDER_REASONS:
        return Reason("simplify-folders")
    if page.reason.code == "site-config-unreadable":
        return Reason("correct-site-config")
    if page.reason.code in ("site-setting-unknown", "site-source-elsewhere"):
        return Reason("simplify-site-config")
    if page.reason.code in ("page-too-complex", "too-big"):
        return Reason("split-page")
    if page.reason.code == "handbook-read-timeout":
        return Reason("next-run-looks-again")
    return Reason("save-as-utf-8")


def _make(code: str, path: str, reason: Reason | None, hint: Reason) -> Finding:
    key = (path,) if reason is None else (path, reason.code)
    return make_finding(
        code, path, key, add_why({"page": path}, reason), at=(path, None), hint=hint
    )


def _name_lacking(observed: Observed) -> str | None:
    """Return "pages", "rows", "links" or "rows-and-links" where the scope has none of them.

    None otherwise, and for a run on some pages: a page without rows and links is not unusual.
    """
    if observed.scope.pages:
        return None
    if not observed.pages and not observed.unreadable:
        return "pages"
    if not observed.with_links:
        return None if observed.rows else "rows"
    if not observed.with_resources:
        return None if observed.links else "links"
    return None if observed.rows or observed.links else "rows-and-links"


def _find_malformed(observed: Observed) -> Iterator[Finding]:
    for problem in observed.table_problems:
        yield make_finding(
            "table-malformed",
            problem.subject,
            (problem.span.file, problem.subject, problem.reason.code),
            add_why({"subject": problem.subject}, problem.reason),
            at=problem.span,
            hint=_hint_at_row(problem.reason),
        )


def _hint_at_row(fault: Reason) -> Reason:
    match fault.code:
        case "table-mark-unclosed":
            return Reason("close-mark", fault.args)
        case "table-mark-unopened":
            return Reason("open-mark", fault.args)
    return Reason("correct-table-line")
