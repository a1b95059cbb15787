"""How web links are asked, and which are not: the room's own view of `[links]`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSettings:
    """How web links are asked, and which are not.

    Attributes:
        accept: HTTP statuses that count as good beside 2xx.
        timeout_s: what one request may take in all, name look-up to last byte read.
        per_host: requests at the same time to one host.
        gap_s: between the starts of two requests to one host.
        threads: requests at the same time in all.
        cache_days: how long a good answer rests, give or take a quarter.
        exclude: addresses that are not asked; `*` stands for anything, the rest is literal, and
            the pattern covers the whole address.
        inside_hosts: hosts that are reachable only from within, their subdomains too: not asked.
        allow_private: whether loopback and private ranges may be asked.
        remap: address prefix → the prefix that is asked instead; the longest that fits wins. The
            hosts it leads to were named by hand, so they may be private.
    """

    accept: tuple[int, ...] = ()
    timeout_s: float = 20.0
    per_host: int = 2
    gap_s: float = 0.1
    threads: int = 64
    cache_days: float = 7.0
    exclude: tuple[str, ...] = ()
    inside_hosts: tuple[str, ...] = ()
    allow_private: bool = False
    remap: Mapping[str, str] = field(default_factory=dict)


def covers(url: str, pattern: str) -> bool:
    """Tell whether a pattern of `exclude` covers a whole address.

    Only `*` is a wildcard: `?` and `[` are ordinary letters of an address.
    """
    return fnmatchcase(url, pattern.replace("[", "[[]").replace("?", "[?]"))
