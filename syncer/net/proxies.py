"""The proxies of the environment for an address."""

from __future__ import annotations

import os
import re
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from requests.utils import get_environ_proxies

# An IPv6 address or network, in brackets where a port follows.
_IPV6 = re.compile(r"\[?([0-9a-f:.]*:[0-9a-f:.]*(?:/[0-9]{1,3})?)\]?(?::[0-9]+)?")


def find_proxies(url: str) -> dict[str, str]:
    """Return the proxies for an address by scheme; none for a host that `NO_PROXY` names.

    Besides what requests knows, an entry may be `*.example.dk`, or an IPv6 address or network,
    with or without brackets: administrators write them, and curl, Go and others know most of them.
    """
    host = (urlsplit(url).hostname or "").rstrip(".")
    named = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    if any(_covers(entry.strip().lower(), host) for entry in named.split(",")):
        return {}
    return get_environ_proxies(url)


def _covers(entry: str, host: str) -> bool:
    if entry.startswith("*."):
        return host.endswith(entry[1:])
    found = _IPV6.fullmatch(entry)
    if found is None:
        return False
    try:
        return ip_address(host) in ip_network(found[1], strict=False)
    except ValueError:
        return False
