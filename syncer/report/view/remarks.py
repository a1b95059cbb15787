"""What the headline must not be read without: the scope, copies, what could not be looked at."""

from __future__ import annotations

from collections.abc import Iterator

from syncer.manifest.document import ReasonRecord
from syncer.model.shares import ShareKind
from syncer.report.view.facts import Facts
from syncer.report.visible import make_visible

# What is the matter with a whole server, whichever share was asked for.
_OF_SERVER = "server-"


def say_remarks(facts: Facts) -> tuple[str, ...]:
    """Return what the headline must not be read without: that the run is incomplete, its scope."""
    labels, scope = facts.words.labels, facts.manifest.run.scope
    remarks = []
    if not facts.manifest.run.complete:
        remarks.append(labels.incomplete_first)
    remarks.extend(_say_where_from(facts))
    match scope.only:
        case "resources":
            remarks.append(labels.scope_only_resources)
        case "links":
            remarks.append(labels.scope_only_links)
    if scope.pages:
        pages = facts.words.join(tuple(make_visible(page) for page in scope.pages))
        remarks.append(facts.words.fill(labels.scope_pages, pages=pages))
    return tuple(remarks)


def _say_where_from(facts: Facts) -> Iterator[str]:
    """Say what was read without the network, and which shares from a copy."""
    words, labels = facts.words, facts.words.labels
    kinds = [share.kind for share in facts.manifest.shares]
    copies = kinds.count(ShareKind.LOCAL)
    if facts.manifest.run.scope.offline:
        left = len(kinds) - copies
        yield (
            words.fill(labels.scope_offline_web, shares=left or None)
            if copies
            else (labels.scope_offline)
        )
    if copies:
        yield words.fill(labels.scope_copies, n=copies)


def say_incomplete(facts: Facts) -> tuple[str, ...]:
    """Return what could not be looked at, each once, with the server or share it speaks of."""
    reasons = facts.manifest.run.incomplete_because
    return tuple(dict.fromkeys(_say_reason_of_share(facts, reason) for reason in reasons))


def _say_reason_of_share(facts: Facts, reason: ReasonRecord) -> str:
    words, labels, share = facts.words, facts.words.labels, reason.args.get("share")
    said = facts.say(reason)
    if not isinstance(share, str) or words.speaks_of(reason.code, "share"):
        return said
    if reason.code.startswith(_OF_SERVER):
        host = make_visible(share.rpartition("/")[0])
        return words.fill(labels.on_server, host=host, reason=said)
    return words.fill(labels.on_share, share=facts.name_share(share), reason=said)


def is_scoped(facts: Facts) -> bool:
    """Tell whether the run looked at a part only."""
    scope = facts.manifest.run.scope
    return scope.offline or scope.only is not None or bool(scope.pages)
