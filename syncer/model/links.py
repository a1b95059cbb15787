"""Words of the link check: kinds, statuses, verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
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
    """What a reader would meet behind a link."""

    OK = "ok"
    REDIRECTED = "redirected"
    BROKEN = "broken"
    UNCONFIRMED = "unconfirmed"
    NEEDS_LOGIN = "needs-login"
    NEEDS_PASSWORD = "needs-password"  # noqa: S105 - a status, not a password
    BLOCKED = "blocked"
    TIMED_OUT = "timed-out"
    UNCHECKED = "unchecked"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class LinkVerdict:
    """What is known of one target, whoever links to it.

    `final_url` is where a chain of permanent redirects ends; `reason` is None when all is well.
    `hint` is what should stand instead.
    """

    kind: LinkKind
    status: LinkStatus
    reason: Reason | None = None
    http_status: int | None = None
    final_url: str | None = None
    checked_at: datetime | None = None
    hint: Reason | None = None


class LinkRoute(StrEnum):
    """Who can answer for a link."""

    SITE = "site"
    """The handbook's own site: answered from the sources."""
    SHARE = "share"
    """A public share of a Nextcloud: answered by the walk."""
    LOGIN = "login"
    """A Nextcloud's pages behind the login: answered by what the walk knows of its host."""
    WEB = "web"
    """Any other `http` or `https` address: asked over the network."""
    MAIL = "mail"
    """A `mailto:` address: judged by its syntax."""
    OTHER = "other"
    """Any other scheme: judged by its syntax."""


@dataclass(frozen=True, slots=True)
class RoutedLink:
    """One link of a page and where it leads, decided once.

    Attributes:
        link: as the page has it.
        route: who can answer for it.
        on_site: what a reader meets; set for SITE only.
        share: the address, parsed; set for SHARE and LOGIN only.
    """

    link: PageLink
    route: LinkRoute
    on_site: LinkVerdict | None = None
    share: ShareLink | None = None


@dataclass(frozen=True, slots=True)
class LinkCheck:
    """One link of one page with its verdict; `id` is stable like a row's."""

    id: str
    link: PageLink
    verdict: LinkVerdict

    @property
    def page(self) -> str:
        """The page it stands on."""
        return self.link.span.file
