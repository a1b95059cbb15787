"""What limits the headline: the scope, copies, and what could not be checked."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from syncer.manifest.document import ReasonRecord, StatusManifest
from syncer.model.shares import ShareKind, split_share_id
from syncer.redact import make_visible
from syncer.report.view.facts import Facts
from syncer.report.view.phrases import phrase_finding
from syncer.report.words import Words

# Codes about a whole server, not about the share in their arguments.
_OF_SERVER = "server-"
# Whoever reads the report may be the only one who learns of it.
_UNDELIVERED = frozenset({"notice-failed", "publish-failed"})


def list_remarks(facts: Facts) -> tuple[str, ...]:
    """Return what limits the headline: an incomplete run, new rules, lost notices, the scope.

    An incomplete run is followed by the time of the last complete one, which it is compared with.
    """
    return tuple(_remarks(facts))


def _remarks(facts: Facts) -> Iterator[str]:
    words, labels, manifest = facts.words, facts.words.labels, facts.manifest
    if not manifest.run.complete:
        yield labels.incomplete_first
        if manifest.changes.since is not None:
            yield words.fill(labels.last_complete, at=manifest.changes.since)
    if manifest.changes.rules_changed:
        yield phrase_rules_changed(words, manifest)
    for finding in manifest.findings:
        if finding.code in _UNDELIVERED:
            yield phrase_finding(facts, finding)[1]
    yield from _remark_on_scope(facts)


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

    A reason for the whole run (it was stopped) is not repeated for each share.
    """
    reasons = facts.manifest.run.incomplete_because
    of_run = {reason.code for reason in reasons if "share" not in reason.args}
    return tuple(
        dict.fromkeys(
            _phrase_with_share(facts, _drop_why(reason, of_run))
            for reason in reasons
            if "share" not in reason.args or reason.code not in of_run
        )
    )


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
