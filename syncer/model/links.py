"""Links: kinds, statuses, verdicts and checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from syncer.model.handbook import PageLink, ShareLink
from syncer.model.reason import Reason


class LinkKind(StrEnum):
    """What a link points to."""

    PAGE = "page"
    ANCHOR = "anchor"
    IMAGE = "image"
    SHARE = "share"
    LOGIN = "login"
    WEB = "web"
    MAIL = "mail"
    OTHER = "other"


class LinkStatus(StrEnum):
    """What a reader who follows a link would meet."""

    OK = "ok"
    REDIRECTED = "redirected"
    BROKEN = "broken"
    UNCONFIRMED = "unconfirmed"
    NEEDS_LOGIN = "needs-login"
    NEEDS_PASSWORD = "needs-password"  # noqa: S105 - a status, not a password
    BLOCKED = "blocked"
    TIMED_OUT = "timed-out"
    """Only in manifests before 1.1; an answer that does not come is unconfirmed."""
    UNCHECKED = "unchecked"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class LinkVerdict:
    """The verdict on one target, whichever page links to it.

    `final_url` is the end of a chain of permanent redirects; `reason` is None when all is well;
    `hint` proposes a correction.
    """

    kind: LinkKind
    status: LinkStatus
    reason: Reason | None = None
    http_status: int | None = None
    final_url: str | None = None
    checked_at: datetime | None = None
    hint: Reason | None = None


@dataclass(frozen=True, slots=True)
class RememberedLink:
    """The verdict of an earlier run on a link, and what later runs need to know of it.

    Attributes:
        etag, last_modified: validators of the answer; None if the address redirects or the answer
            had none.
        failing_days: the last days on which runs saw the link fail without being denied, in order,
            since it last worked.
        rules: those that made the verdict; None before there were any in the memory.
    """

    verdict: LinkVerdict
    etag: str | None = None
    last_modified: str | None = None
    failing_days: tuple[date, ...] = ()
    rules: int | None = None


class LinkRoute(StrEnum):
    """Which part of the program checks a link."""

    SITE = "site"
    """The handbook's own site: checked against the sources."""
    SHARE = "share"
    """A public share of a Nextcloud: checked by the walk."""
    LOGIN = "login"
    """A Nextcloud page that needs a login: checked with the walk's knowledge of its host."""
    WEB = "web"
    """Any other `http` or `https` address: requested over the network."""
    MAIL = "mail"
    """A `mailto:` address: only its syntax is checked."""
    OTHER = "other"
    """Any other scheme: only its syntax is checked."""


@dataclass(frozen=True, slots=True)
class RoutedLink:
    """One link of a page with its route.

    `on_site` is the verdict, for SITE only; `share` is the parsed address, for SHARE and LOGIN.
    """

    link: PageLink
    route: LinkRoute
    on_site: LinkVerdict | None = None
    share: ShareLink | None = None


@dataclass(frozen=True, slots=True)
class LinkCheck:
    """One link of one page with its verdict; `id` is as stable as a row's."""

    id: str
    link: PageLink
    verdict: LinkVerdict

    @property
    def page(self) -> str:
        """Path of the page that contains the link."""
        return self.link.span.file
