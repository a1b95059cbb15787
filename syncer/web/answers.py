"""Requests and their outcomes, before any judgement."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from http.cookiejar import Cookie

from syncer.net.failures import Cause
from syncer.web.addresses import WebAddress


@dataclass(frozen=True, slots=True)
class WebRequest:
    """One GET: many servers answer a HEAD with what they would not answer a reader.

    Attributes:
        anchors: fragments to look for in the page, as written.
        etag, last_modified: validators of the remembered answer, None without one.
        cookies: those that servers set earlier on this trail.
    """

    address: WebAddress
    anchors: frozenset[str] = frozenset()
    etag: str | None = None
    last_modified: str | None = None
    cookies: tuple[Cookie, ...] = ()


class Absence(StrEnum):
    """What it means that an anchor was not found in a page."""

    PROVEN = "proven"
    """The page was read completely, and it is complete without scripts."""
    BY_SCRIPT = "by-script"
    """A script may make the anchor, or XSLT."""
    TOO_BIG = "too-big"
    NOT_HTML = "not-html"
    UNREAD = "unread"
    """The page was cut, has an encoding that was not asked for, or could not be decoded."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """The requested fragments that a page has, and what follows for the others."""

    found: frozenset[str]
    absence: Absence


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a server.

    Attributes:
        location: target of a redirect as the server wrote it; None without one, or with several.
        retry_after_s: the pause that the server asks for, None without one.
        wall: name of the bot wall that answered in place of the page, None without its marks.
        anchors: None if none were requested or the answer was not a good one.
        may_be_proxys: whether our proxy may have written it: it gets http requests in the clear.
    """

    status: int
    location: str | None = None
    retry_after_s: float | None = None
    etag: str | None = None
    last_modified: str | None = None
    wall: str | None = None
    anchors: Anchors | None = None
    cookies: tuple[Cookie, ...] = ()
    may_be_proxys: bool = False


_CAUSES_OF_HOST = frozenset(
    {
        Cause.CONNECT_TIMED_OUT,
        Cause.ANSWER_TIMED_OUT,
        Cause.HOST_UNKNOWN,
        Cause.DNS_FAILED,
        Cause.REFUSED,
        Cause.HOST_UNREACHABLE,
        Cause.NETWORK_UNREACHABLE,
    }
)


@dataclass(frozen=True, slots=True)
class Failure:
    """A request without an answer.

    Attributes:
        cause: why there is none.
        given_up: whether nothing was sent, since the server had failed so before.
    """

    cause: Cause
    given_up: bool = False

    @property
    def is_final(self) -> bool:
        """Whether it holds for every address of the host, without asking again."""
        return self.cause in (Cause.HOST_UNKNOWN, Cause.PRIVATE)

    @property
    def is_of_host(self) -> bool:
        """Whether the host is at fault rather than the address."""
        return self.cause in _CAUSES_OF_HOST


class Stray(StrEnum):
    """Why a redirect is not followed."""

    LOOP = "loop"
    TOO_MANY = "too-many"
    TOO_SLOW = "too-slow"
    """All redirects together took longer than an answer may."""
    NOWHERE = "nowhere"
    """No `Location`, or one that is not a URL."""
    TOO_LONG = "too-long"
    """To an address that we do not ask for."""
    OTHER_SCHEME = "other-scheme"
    INSIDE = "inside"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Detour:
    """A redirect that is not followed; `target` as the server wrote it, "" without one."""

    stray: Stray
    status: int
    target: str


Outcome = Answer | Failure | Detour
