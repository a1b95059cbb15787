"""Words of the link check: kinds, statuses, verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from syncer.model.reason import Reason

if TYPE_CHECKING:
    from syncer.model.handbook import PageLink


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
