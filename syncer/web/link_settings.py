"""How web links are requested: the settings of `[links]` as this package uses them (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from urllib.parse import unquote, urlsplit

from syncer.web.addresses import WebAddress, parse_address


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSettings:
    """How web links are requested, and which are not.

    Attributes:
        accept: HTTP statuses that count as good besides 2xx.
        timeout_s: for one link, from the name look-up to the last byte, its redirects included.
        per_host: parallel requests to one host.
        gap_s: between the starts of two requests to one host.
        threads: parallel requests in all.
        cache_days: how long a good answer is used again, plus or minus a quarter.
        exclude: patterns of whole URLs that are not requested; only `*` is a wildcard.
        inside_hosts: hosts that only an internal network reaches, with their subdomains; they are
            not requested.
        allow_private: whether private addresses may be requested.
        remap: URL prefix → the prefix that is requested instead; the longest one wins. It may
            lead to a private address, since a person configured it.
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
    """Return whether a pattern of `exclude` matches a whole URL.

    Only `*` is a wildcard: `?` and `[` are ordinary characters of a URL.
    """
    return fnmatchcase(url, pattern.replace("[", "[[]").replace("?", "[?]"))


def remap(url: str, settings: LinkSettings) -> str:
    """Return the URL to request for a URL of the handbook."""
    return _replace_prefix(url, settings.remap)


def unmap(url: str, settings: LinkSettings) -> str:
    """Return the URL for readers of a URL that a remapped server names."""
    return _replace_prefix(url, {target: prefix for prefix, target in settings.remap.items()})


def _replace_prefix(url: str, prefixes: Mapping[str, str]) -> str:
    found = max((prefix for prefix in prefixes if _begins(url, prefix)), key=len, default=None)
    return url if found is None else prefixes[found] + url[len(found) :]


def _begins(url: str, prefix: str) -> bool:
    """Return whether a URL begins with a prefix; one that ends with a host names that host only."""
    if not url.startswith(prefix):
        return False
    parts = urlsplit(prefix)
    ends_with_host = bool(parts.netloc) and not parts.path
    return not ends_with_host or url[len(prefix) :][:1] in ("", "/", "?", "#")


def may_be_private(address: WebAddress, settings: LinkSettings) -> bool:
    """Return whether an address may be on a private network.

    A `remap` allows the origin and path prefix of its target, not all ports and paths there.
    """
    if settings.allow_private:
        return True
    parts = urlsplit(address.url).path.split("/")
    if any(unquote(part) in (".", "..") for part in parts):
        return False
    targets = map(parse_address, settings.remap.values())
    return any(target is not None and address.url.startswith(target.url) for target in targets)
