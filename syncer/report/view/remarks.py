"""What limits the headline: the scope, copies, and what could not be checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

from syncer.manifest.document import ReasonRecord, StatusManifest
from syncer.model.shares import ShareKind, split_share_id
from syncer.redact import make_visible
from syncer.report.view.counts import Counts, LinkPart, ResourcePart
from syncer.report.view.facts import Facts
from syncer.report.view.phrases import phrase_finding
from syncer.report.words import Words

# Codes about a whole server, not about the share in their arguments.
_OF_SERVER = "server-"
_STOPPED, _PAGE = "run-stopped", "page-not-read"
# Whoever reads the report may be the only one who learns of it.
_UNDELIVERED = frozenset({"notice-failed", "publish-failed"})


def list_remarks(facts: Facts, counts: Counts) -> tuple[str, ...]:
    """Return what limits the verdict: an incomplete run, new rules, lost notices, the scope.

    An incomplete run is followed by how much was not checked, and by the time of the last complete
    one, which it is compared with.
    """
    return tuple(_remarks(facts, counts))


def was_stopped(manifest: StatusManifest) -> bool:
    """Return whether the run was stopped before it was done."""
    reasons = manifest.run.incomplete_because
    return any(reason.code == _STOPPED and "share" not in reason.args for reason in reasons)


def _remarks(facts: Facts, counts: Counts) -> Iterator[str]:
    words, labels, manifest = facts.words, facts.words.labels, facts.manifest
    if not manifest.run.complete:
        yield from _count_unseen(facts, counts)
        if manifest.changes.since is not None:
            yield words.fill(labels.last_complete, at=manifest.changes.since)
    if manifest.changes.rules_changed:
        yield phrase_rules_changed(words, manifest)
    for finding in manifest.findings:
        if finding.code in _UNDELIVERED:
            yield phrase_finding(facts, finding)[1]
    yield from _remark_on_scope(facts)


def _count_unseen(facts: Facts, counts: Counts) -> Iterator[str]:
    """Yield how many of the resources and links were not checked."""
    words, labels = facts.words, facts.words.labels
    shares = (
        (labels.of_resources, counts.resources.get(ResourcePart.UNSEEN), counts.resources),
        (labels.of_links, counts.links.get(LinkPart.UNSEEN), counts.links),
    )
    said = [words.fill(text, n=n, all=sum(parts.values())) for text, n, parts in shares if n]
    yield words.fill(labels.not_checked, shares=said) if said else labels.incomplete_first


def _remark_on_scope(facts: Facts) -> Iterator[str]:
    words, labels, manifest = facts.words, facts.words.labels, facts.manifest
    scope = manifest.run.scope
    kinds = [share.kind for share in manifest.shares]
    copies = kinds.count(ShareKind.LOCAL)
    if scope.offline and copies:
        yield words.fill(labels.scope_offline_web, shares=(len(kinds) - copies) or None)
    elif scope.offline:
        yield labels.scope_offline
    if copies:
        yield words.fill(labels.scope_copies, n=copies)
    match scope.only:
        case "resources":
            yield labels.scope_only_resources
        case "links":
            yield labels.scope_only_links
    if scope.pages:
        pages = words.join([make_visible(page) for page in scope.pages])
        yield words.fill(labels.scope_pages, pages=pages)


def phrase_rules_changed(words: Words, manifest: StatusManifest) -> str:
    """Return the sentence that the rules have changed since the last complete run."""
    number = manifest.changes.judged_differently
    return words.fill(words.labels.rules_changed, n=number or None)


def list_incomplete_reasons(facts: Facts) -> tuple[str, ...]:
    """Return what could not be checked, each once, with the server or share that it concerns.

    A reason for the whole run (it was stopped) is not repeated for each share, and pages that could
    not be read for one reason are counted.
    """
    reasons = facts.manifest.run.incomplete_because
    of_run = {reason.code for reason in reasons if "share" not in reason.args}
    pages = Counter(reason.args.get("why") for reason in reasons if reason.code == _PAGE)
    return tuple(
        dict.fromkeys(
            _count_pages(facts, reason, pages[reason.args.get("why")])
            if reason.code == _PAGE and pages[reason.args.get("why")] > 1
            else _phrase_with_share(facts, _drop_why(reason, of_run))
            for reason in reasons
            if "share" not in reason.args or reason.code not in of_run
        )
    )


def _count_pages(facts: Facts, reason: ReasonRecord, number: int) -> str:
    why = facts.words.find_reason(str(reason.args.get("why")), facts.name_arguments(reason.args))
    return facts.words.fill(facts.words.labels.pages_not_read, n=number, reason=why or None)


def _drop_why(reason: ReasonRecord, of_run: Collection[str]) -> ReasonRecord:
    if reason.args.get("why") not in of_run:
        return reason
    return replace(reason, args={name: arg for name, arg in reason.args.items() if name != "why"})


def _phrase_with_share(facts: Facts, reason: ReasonRecord) -> str:
    words, labels, share = facts.words, facts.words.labels, reason.args.get("share")
    sentence = facts.phrase(reason)
    if not isinstance(share, str) or words.names_argument(reason.code, "share"):
        return sentence
    if reason.code.startswith(_OF_SERVER):
        host = make_visible(split_share_id(share).cloud)
        return words.fill(labels.on_server, host=host, reason=sentence)
    return words.fill(labels.on_share, share=facts.name_share(share), reason=sentence)


def is_scoped(facts: Facts) -> bool:
    """Return whether the run checked only a part of the handbook."""
    scope = facts.manifest.run.scope
    return scope.offline or scope.only is not None or bool(scope.pages)
