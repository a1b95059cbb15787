"""Web addresses: how they are written to a server, and which of them are private (pure)."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urldefrag, urlsplit

from requests import PreparedRequest
from requests.exceptions import RequestException

MAX_URL_LENGTH = 8192
"""Longest address that is asked; servers commonly refuse longer request lines (our choice)."""

_MAX_LABEL = 63  # RFC 1035, section 2.3.4
_MAX_HOST = 253
# The well-known NAT64 prefix carries an IPv4 address in its last 32 bits (RFC 6052).
_NAT64 = ip_network("64:ff9b::/96")
# Names that resolve only inside a network: RFC 6761, RFC 6762, RFC 8375, ICANN's `.internal`.
_PRIVATE_SUFFIXES = (".localhost", ".local", ".internal", ".home.arpa")
_LINE_BREAKS = re.compile(r"[\t\r\n]")
_START = re.compile(r"(?P<scheme>https?):[/\\]{2}", re.IGNORECASE)
_PATH_END = re.compile(r"[?#]")
_LEGACY_IPV4 = re.compile(r"[0-9a-fx]+(?:\.[0-9a-fx]+){0,3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A web address as it is asked.

    Attributes:
        url: ASCII, normalised (IDNA host, percent-encoding), without user, password and fragment.
        host: lower case, IDNA, no brackets, no dot at the end.
    """

    url: str
    host: str

    @property
    def origin(self) -> str:
        """Scheme, host and port: which server it is."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


def parse_address(url: str) -> WebAddress | None:
    """Read an absolute http or https address; None when no browser could open it.

    `//host/path` is taken as https. User and password are dropped: nothing here logs in. Source:
    RFC 3986; hosts by UTS 46, and the repairs of the URL standard, as browsers do: line breaks go,
    and backslashes are slashes.
    """
    written = _LINE_BREAKS.sub("", url.strip())
    if written.startswith(("//", "\\\\", "/\\", "\\/")):
        written = "https:" + written
    start = _START.match(written)
    if start is None or len(written) > MAX_URL_LENGTH:
        return None
    path, mark, rest = _split_path(written[start.end() :])
    written = f"{start['scheme']}://{path}{mark}{rest}"
    prepared = PreparedRequest()
    try:
        prepared.prepare_url(urldefrag(written).url, None)
        parts = urlsplit(str(prepared.url))
        host = (parts.hostname or "").rstrip(".")
        # requests drops a port 0 silently.
        port = urlsplit(written).port
    except (RequestException, ValueError):
        return None
    if parts.scheme not in ("http", "https") or not _is_host(host) or port == 0:
        return None
    netloc = parts.netloc.rpartition("@")[2]
    return WebAddress(parts._replace(netloc=netloc).geturl(), host)


def _split_path(text: str) -> tuple[str, str, str]:
    """Split off query and fragment, in which a backslash is a backslash."""
    end = _PATH_END.search(text)
    at = end.start() if end else len(text)
    return text[:at].replace("\\", "/"), text[at : at + 1], text[at + 1 :]


def read_fragment(url: str) -> str:
    """Return the fragment as written, without text directives (`:~:text=…`); "" for none."""
    return urldefrag(_LINE_BREAKS.sub("", url.strip())).fragment.partition(":~:")[0]


def is_under(host: str, names: tuple[str, ...]) -> bool:
    """Tell whether `host` is one of the names, or below one."""
    return any(host == name or host.endswith("." + name) for name in names)


def is_private_host(host: str) -> bool:
    """Tell from the name alone whether a host is private; most names need DNS to tell.

    IPv4 is also recognised in the forms that only `inet_aton` knows (`127.1`, `0x7f000001`).
    """
    if host == "localhost" or host.endswith(_PRIVATE_SUFFIXES):
        return True
    literal = _read_literal(host)
    return literal is not None and is_private_ip(literal)


def is_private_ip(text: str) -> bool:
    """Tell whether an IP address is anything but globally routable unicast.

    IPv4 inside IPv6 (mapped, 6to4, Teredo, NAT64) is judged as the IPv4 address that it leads to.
    Source: IANA special-purpose address registries, as `ipaddress` knows them.
    """
    try:
        address = ip_address(text)
    except ValueError:
        return True
    if isinstance(address, IPv6Address):
        inner = _unwrap(address)
        if inner is not None:
            return not inner.is_global or inner.is_multicast
    return not address.is_global or address.is_multicast


def _unwrap(address: IPv6Address) -> IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return None


def _read_literal(host: str) -> str | None:
    if ":" in host:
        return host
    if _LEGACY_IPV4.fullmatch(host) and host[0].isdigit():
        try:
            return socket.inet_ntoa(socket.inet_aton(host))
        except OSError:
            return None
    return None


def _is_host(host: str) -> bool:
    if ":" in host:
        return True
    return len(host) <= _MAX_HOST and all(0 < len(label) <= _MAX_LABEL for label in host.split("."))
