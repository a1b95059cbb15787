"""Web addresses, as browsers read and request them (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urldefrag, urlsplit

from requests import PreparedRequest
from requests.exceptions import RequestException

MAX_URL_LENGTH = 8192
"""The longest URL that is requested; servers commonly refuse longer ones (our choice)."""

_MAX_LABEL = 63  # RFC 1035, section 2.3.4
_NO_HOST = re.compile(r"[\s%\"<>\\^`{|}]")
_MAX_HOST = 253
_LINE_BREAKS = re.compile(r"[\t\r\n]")
_START = re.compile(r"(?P<scheme>https?):[/\\]{2}", re.IGNORECASE)
_PATH_END = re.compile(r"[?#]")


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A web address as it is requested.

    Attributes:
        url: ASCII, normalised (IDNA host, percent-encoding), without user, password and fragment.
        host: lower case, IDNA, no brackets, no dot at the end.
    """

    url: str
    host: str

    @property
    def origin(self) -> str:
        """Scheme, host and port of its server."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


def parse_address(url: str) -> WebAddress | None:
    """Parse an absolute http or https URL; None if no browser could open it or it is too long.

    `//host/path` becomes https. User and password are dropped. Source: RFC 3986; UTS 46 for hosts;
    the repairs of the URL standard: line breaks are removed, and backslashes are slashes.
    """
    written = _LINE_BREAKS.sub("", url.strip())
    if written.startswith(("//", "\\\\", "/\\", "\\/")):
        written = "https:" + written
    start = _START.match(written)
    if start is None or is_too_long(written):
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
    """Split off query and fragment, where a backslash is no slash."""
    end = _PATH_END.search(text)
    at = end.start() if end else len(text)
    return text[:at].replace("\\", "/"), text[at : at + 1], text[at + 1 :]


def is_too_long(url: str) -> bool:
    """Return whether an address exceeds `MAX_URL_LENGTH`, so that nothing is known of it."""
    return len(url) > MAX_URL_LENGTH


def read_fragment(url: str) -> str:
    """Return the fragment as written, without text directives (`:~:text=…`); "" without one."""
    return urldefrag(_LINE_BREAKS.sub("", url.strip())).fragment.partition(":~:")[0]


def names_anchor(fragment: str) -> bool:
    """Return whether a page needs an anchor for a fragment; "" and `top` lead to its top.

    Source: HTML, section 7.4.6.4.
    """
    return fragment.lower() not in ("", "top")


def is_under(host: str, names: tuple[str, ...]) -> bool:
    """Return whether `host` is one of the names or a subdomain of one."""
    return any(host == name or host.endswith("." + name) for name in names)


def _is_host(host: str) -> bool:
    if ":" in host:
        return True
    if _NO_HOST.search(host):
        return False
    return len(host) <= _MAX_HOST and all(0 < len(label) <= _MAX_LABEL for label in host.split("."))
