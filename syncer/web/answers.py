"""Words of this room: what is asked, and what came back, before any judgement."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from http.cookiejar import Cookie

from syncer.web.addresses import WebAddress


class Method(StrEnum):
    """How an address is asked."""

    HEAD = "HEAD"
    GET = "GET"


@dataclass(frozen=True, slots=True)
class WebRequest:
    """One request.

    Attributes:
        anchors: fragments to look for in the page, as written; they need a GET.
        etag, last_modified: validators of the answer that is remembered, None when none is.
        cookies: what servers set earlier on this trail.
    """

    address: WebAddress
    method: Method
    anchors: frozenset[str] = frozenset()
    etag: str | None = None
    last_modified: str | None = None
    cookies: tuple[Cookie, ...] = ()


class Absence(StrEnum):
    """What it means when an anchor was not found in a page."""

    PROVEN = "proven"
    """The whole page was read, and it writes its anchors into its HTML."""
    BY_SCRIPT = "by-script"
    """A script may make it."""
    TOO_BIG = "too-big"
    NOT_HTML = "not-html"
    UNREAD = "unread"
    """The page broke off, or came in an encoding that was not asked for."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """Those of the asked fragments that a page has, and what follows for the others."""

    found: frozenset[str]
    absence: Absence


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said.

    Attributes:
        location: target of a redirect as the server wrote it, None without one.
        retry_after_s: how long the server asks to be left alone, None when it does not.
        wall: name of the bot wall whose marks the answer bears, None without marks.
        anchors: None when none were asked for or the answer was not a good one.
    """

    status: int
    location: str | None = None
    retry_after_s: float | None = None
    etag: str | None = None
    last_modified: str | None = None
    wall: str | None = None
    anchors: Anchors | None = None
    cookies: tuple[Cookie, ...] = ()


class Cause(StrEnum):
    """Why there is no answer."""

    CONNECT_TIMED_OUT = "connect-timed-out"
    ANSWER_TIMED_OUT = "answer-timed-out"
    HOST_UNKNOWN = "host-unknown"
    DNS_FAILED = "dns-failed"
    REFUSED = "refused"
    HOST_UNREACHABLE = "host-unreachable"
    NETWORK_UNREACHABLE = "network-unreachable"
    PRIVATE = "private"
    PROXY_FAILED = "proxy-failed"
    DROPPED = "dropped"
    NOT_HTTP = "not-http"
    TLS_EXPIRED = "tls-expired"
    TLS_NOT_YET_VALID = "tls-not-yet-valid"
    TLS_WRONG_NAME = "tls-wrong-name"
    TLS_UNKNOWN_ISSUER = "tls-unknown-issuer"
    TLS_FAILED = "tls-failed"


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
    """No answer came."""

    cause: Cause

    @property
    def is_settled(self) -> bool:
        """Whether it holds for every address of the host, without asking again."""
        return self.cause in (Cause.HOST_UNKNOWN, Cause.PRIVATE)

    @property
    def is_of_host(self) -> bool:
        """Whether it speaks of the host rather than of the address: the breaker counts these."""
        return self.cause in _CAUSES_OF_HOST


class Stray(StrEnum):
    """Why a redirect is not followed."""

    LOOP = "loop"
    TOO_MANY = "too-many"
    NOWHERE = "nowhere"
    """No `Location`, or one that is no address."""
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
