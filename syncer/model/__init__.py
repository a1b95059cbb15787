"""The words of a run: every record and enum that one room gives to another.

Frozen and slotted; tuples, not lists; unknown is `None`, never 0 or "". A path is decoded, NFC,
relative to the share's root, `/` between its parts, none in front or behind; "" is the root.
Times are aware UTC. Sentences for people stand nowhere here: a `Reason` is a code with arguments,
and `report/words` knows how to say it.
"""

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
    Verdict,
)
from syncer.model.reason import Args, ArgValue, Reason
from syncer.model.shares import (
    ListingKind,
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
    "KindStatus",
    "LinkCheck",
    "LinkKind",
    "LinkStatus",
    "LinkSyntax",
    "LinkVerdict",
    "ListingKind",
    "Match",
    "MatchedFile",
    "Owner",
    "PageLink",
    "PageText",
    "ParsedPage",
    "PlaceKind",
    "Placement",
    "Reason",
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
