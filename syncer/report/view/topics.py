"""The topic of each finding code."""

from __future__ import annotations

from collections.abc import Mapping

from syncer.report.words import Topic

TOPICS: Mapping[str, Topic] = {
    "resource-missing": Topic.MISSING,
    "resource-planned": Topic.PROMISED,
    "resource-partial": Topic.PROMISED,
    "resource-draft": Topic.DRAFT,
    "resource-outdated": Topic.OUTDATED,
    "resource-elsewhere": Topic.ELSEWHERE,
    "resource-ambiguous": Topic.AMBIGUOUS,
    "resource-likely": Topic.LIKELY,
    "resource-arrived": Topic.READY,
    "resource-undetermined": Topic.UNSEEN_RESOURCES,
    "resource-no-access": Topic.UNSEEN_RESOURCES,
    "file-empty": Topic.FILES,
    "file-old": Topic.FILES,
    "file-damaged": Topic.FILES,
    "file-other-type": Topic.FILES,
    "file-locked": Topic.FILES,
    "file-blank": Topic.FILES,
    "file-unlisted": Topic.FILES,
    "file-name-unsafe": Topic.FILES,
    "place-missing": Topic.PLACES,
    "place-unresolved": Topic.PLACES,
    "places-disagree": Topic.PLACES,
    "share-link-opens-root": Topic.PLACES,
    "share-gone": Topic.SHARES,
    "share-needs-password": Topic.SHARES,
    "share-writable": Topic.SHARES,
    "share-expires": Topic.SHARES,
    "share-changed": Topic.SHARES,
    "share-suddenly-empty": Topic.SHARES,
    "share-unreadable": Topic.UNSEEN_SOURCES,
    "link-broken": Topic.LINKS,
    "link-download-empty": Topic.LINKS,
    "link-empty": Topic.LINKS,
    "link-anchor-missing": Topic.LINKS,
    "link-private-address": Topic.LINK_NOTES,
    "link-bare": Topic.LINK_NOTES,
    "link-needs-login": Topic.LINK_NOTES,
    "link-redirected": Topic.LINK_NOTES,
    "link-blocked": Topic.UNSEEN_LINKS,
    "link-timed-out": Topic.UNSEEN_LINKS,
    "link-unconfirmed": Topic.UNSEEN_LINKS,
    "page-unreadable": Topic.UNSEEN_SOURCES,
    "page-not-published": Topic.PAGES,
    "page-empty": Topic.PAGES,
    "address-clash": Topic.PAGES,
    "table-malformed": Topic.PAGES,
    "handbook-stale": Topic.UNSEEN_SOURCES,
    "handbook-settings-invalid": Topic.PAGES,
    "waiver-unused": Topic.UPKEEP,
    "copy-incomplete": Topic.UPKEEP,
    "publish-failed": Topic.UPKEEP,
    "notice-failed": Topic.UPKEEP,
    "nothing-found": Topic.UPKEEP,
}

# The topics that say "we do not know": never shown as a fault, nor as nothing.
UNSEEN = frozenset({Topic.UNSEEN_RESOURCES, Topic.UNSEEN_LINKS, Topic.UNSEEN_SOURCES})

_ORDER = tuple(Topic)


def topic_of(code: str) -> Topic:
    """Return the topic of a finding code; `OTHER` when the code is not known."""
    return TOPICS.get(code, Topic.OTHER)


def topic_rank(topic: Topic) -> int:
    """Return the position of a topic in the report."""
    return _ORDER.index(topic)
