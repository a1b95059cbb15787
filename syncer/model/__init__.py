"""The words of a run: every record and enum that one room gives to another.

Frozen and slotted; tuples, not lists; unknown is `None`, never 0 or "". A path is decoded, NFC,
relative to the share's root, `/` between its parts, none in front or behind; "" is the root.
Times are aware UTC. Sentences for people stand nowhere here: a `Reason` is a code with arguments,
and `report/words` knows how to say it.

A module of words is loaded when the first of its words is asked for: not every command needs all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from syncer.model.findings import (
        Finding,
        Owner,
        Severity,
    )
    from syncer.model.handbook import (
        Cell,
        Handbook,
        Heading,
        LinkSyntax,
        PageLink,
        PageText,
        ParsedPage,
        PlaceKind,
        Placement,
        ResourceRow,
        ShareLink,
        ShareLinkForm,
        SourceSpan,
        Table,
        TableProblem,
        TableRow,
        UnreadablePage,
    )
    from syncer.model.links import (
        LinkCheck,
        LinkKind,
        LinkStatus,
        LinkVerdict,
    )
    from syncer.model.matching import (
        Candidate,
        ExpectedKind,
        KindStatus,
        Match,
        MatchedFile,
        NamedLink,
        Verdict,
    )
    from syncer.model.reason import Args, ArgValue, Reason
    from syncer.model.shares import (
        HostKnowledge,
        ListingKind,
        RememberedRefusal,
        RememberedShare,
        RemoteFile,
        RemoteFolder,
        Share,
        ShareKind,
        ShareStatus,
        ShareTree,
        UnreadFolder,
    )

__all__ = [
    "ArgValue",
    "Args",
    "Candidate",
    "Cell",
    "ExpectedKind",
    "Finding",
    "Handbook",
    "Heading",
    "HostKnowledge",
    "KindStatus",
    "LinkCheck",
    "LinkKind",
    "LinkStatus",
    "LinkSyntax",
    "LinkVerdict",
    "ListingKind",
    "Match",
    "MatchedFile",
    "NamedLink",
    "Owner",
    "PageLink",
    "PageText",
    "ParsedPage",
    "PlaceKind",
    "Placement",
    "Reason",
    "RememberedRefusal",
    "RememberedShare",
    "RemoteFile",
    "RemoteFolder",
    "ResourceRow",
    "Severity",
    "Share",
    "ShareKind",
    "ShareLink",
    "ShareLinkForm",
    "ShareStatus",
    "ShareTree",
    "SourceSpan",
    "Table",
    "TableProblem",
    "TableRow",
    "UnreadFolder",
    "UnreadablePage",
    "Verdict",
]

_MODULES = {
    "findings": (
        "Finding",
        "Owner",
        "Severity",
    ),
    "handbook": (
        "Cell",
        "Handbook",
        "Heading",
        "LinkSyntax",
        "PageLink",
        "PageText",
        "ParsedPage",
        "PlaceKind",
        "Placement",
        "ResourceRow",
        "ShareLink",
        "ShareLinkForm",
        "SourceSpan",
        "Table",
        "TableProblem",
        "TableRow",
        "UnreadablePage",
    ),
    "links": (
        "LinkCheck",
        "LinkKind",
        "LinkStatus",
        "LinkVerdict",
    ),
    "matching": (
        "Candidate",
        "ExpectedKind",
        "KindStatus",
        "Match",
        "MatchedFile",
        "NamedLink",
        "Verdict",
    ),
    "reason": (
        "Args",
        "ArgValue",
        "Reason",
    ),
    "shares": (
        "HostKnowledge",
        "ListingKind",
        "RememberedRefusal",
        "RememberedShare",
        "RemoteFile",
        "RemoteFolder",
        "Share",
        "ShareKind",
        "ShareStatus",
        "ShareTree",
        "UnreadFolder",
    ),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    """Load the module that a word stands in (PEP 562)."""
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    word: object = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = word
    return word
