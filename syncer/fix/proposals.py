"""Findings → corrections: one small function per kind of code (pure).

A correctable code is one line of `_RULES`. What a rule proposes is only made after an audit of the
edited pages proves it (`pipeline/corrections`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from syncer.fix.link_targets import find_target, write_inline, write_target
from syncer.fix.page_sources import PageSources
from syncer.fix.row_edits import close_mark, link_place, remove_marker
from syncer.model.corrections import Correction, Edit, FixTier, Uncorrected
from syncer.model.findings import Finding
from syncer.model.handbook import PageLink
from syncer.model.reason import Reason
from syncer.redact import has_password

Proposed: TypeAlias = "tuple[Edit, ...] | Reason"
"""The edits that mend a finding, or why there are none."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """How the findings of a code are corrected."""

    tier: FixTier
    propose: Callable[[Finding, PageSources], Proposed]


def propose(
    findings: Iterable[Finding], sources: PageSources
) -> Iterator[Correction | Uncorrected]:
    """Yield a correction for each finding, or why it has none, in the order of the findings.

    A waived finding has none, and one without a page is not the handbook's.
    """
    for finding in findings:
        if finding.page is None or finding.waived_until is not None:
            continue
        rule = _RULES.get(finding.code)
        if rule is None:
            yield Uncorrected(finding, Reason("fix-by-hand"))
            continue
        proposed = _propose(rule, finding, sources)
        if isinstance(proposed, Reason):
            yield Uncorrected(finding, proposed)
            continue
        yield Correction(finding, _choose_tier(rule, finding), proposed, _find_url(finding))


def _propose(rule: _Rule, finding: Finding, sources: PageSources) -> Proposed:
    page = sources.texts.get(finding.page or "")
    if page is None or page.place is None:
        return Reason("fix-linked-file")
    url = _find_url(finding)
    if url is not None and not sources.may_link(url):
        return Reason("fix-secret-address")
    if url is not None and has_password(url):
        return Reason("fix-address-has-password")
    return rule.propose(finding, sources)


def _choose_tier(rule: _Rule, finding: Finding) -> FixTier:
    """Return the rule's tier; what is only alike is always asked."""
    alike = finding.hint is not None and finding.hint.args.get("alike") is True
    return FixTier.ASK if alike else rule.tier


def _find_url(finding: Finding) -> str | None:
    url = None if finding.hint is None else finding.hint.args.get("url")
    return url if isinstance(url, str) and url else None


def _use_hint(finding: Finding, sources: PageSources) -> Proposed:
    """Replace the target of the finding's link by the address of its hint."""
    url, link = _find_url(finding), sources.find_link(finding)
    # Other hints name an address that a person may use, such as an archived copy.
    if url is None or finding.hint is None or finding.hint.code not in _PROVEN_HINTS:
        return Reason("fix-no-address")
    return Reason("fix-place-unclear") if link is None else _retarget(link, url, sources)


def _retarget(link: PageLink, url: str, sources: PageSources) -> Proposed:
    text, start, end = sources.locate(link.span)
    target = find_target(text, start, end, link.url)
    if target is None:
        return Reason("fix-place-unclear")
    if "{{" in link.url or "{%" in link.url:
        return Reason("fix-liquid")
    written = write_target(text, target, url)
    return (Edit(link.span.file, target.start, target.end, written),)


def _bracket(finding: Finding, sources: PageSources) -> Proposed:
    """Make a link of an address that is written without link syntax."""
    link = sources.find_link(finding)
    if link is None or not link.bare:
        return Reason("fix-place-unclear")
    text, start, end = sources.locate(link.span)
    page, written = link.span.file, text[start:end]
    if written == link.url:
        return Edit(page, start, start, "<"), Edit(page, end, end, ">")
    # "www.…" is no address in angle brackets.
    return Edit(page, start, start, "["), Edit(page, end, end, f"]({write_inline(link.url)})")


def _relink_place(finding: Finding, sources: PageSources) -> Proposed:
    """Lead the place of a row to the folder of its hint."""
    url, row = _find_url(finding), sources.rows.get(finding.row or "")
    if url is None:
        return Reason("fix-no-address")
    if row is None or len(row.links) > 1:
        return Reason("fix-several-places")
    return _retarget(row.links[0], url, sources) if row.links else link_place(finding, sources)


def _remove_todo(finding: Finding, sources: PageSources) -> Proposed:
    """Remove the marker of a row whose documents have come; its place leads to them."""
    code = None if finding.hint is None else finding.hint.code
    if code not in ("remove-todo", "remove-todo-and-link"):
        return Reason("fix-not-all-there")
    unmarked = remove_marker(finding, sources)
    if isinstance(unmarked, Reason) or code == "remove-todo":
        return unmarked
    relinked = _relink_place(finding, sources)
    return relinked if isinstance(relinked, Reason) else (*unmarked, *relinked)


_PROVEN_HINTS = ("link-use", "use-link")
_SAFE, _ASK = FixTier.SAFE, FixTier.ASK
_RULES: Mapping[str, _Rule] = MappingProxyType(
    {
        "link-anchor-missing": _Rule(_ASK, _use_hint),
        "link-bare": _Rule(_SAFE, _bracket),
        "link-broken": _Rule(_SAFE, _use_hint),
        "link-download-empty": _Rule(_SAFE, _use_hint),
        "link-needs-login": _Rule(_SAFE, _use_hint),
        "link-redirected": _Rule(_ASK, _use_hint),
        "resource-arrived": _Rule(_ASK, _remove_todo),
        "resource-elsewhere": _Rule(_ASK, _relink_place),
        "share-link-opens-root": _Rule(_SAFE, _use_hint),
        "table-malformed": _Rule(_SAFE, close_mark),
    }
)

FIXABLE_CODES = frozenset(_RULES)
"""The codes of findings that may have a correction."""
