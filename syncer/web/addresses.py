"""Web addresses, as browsers read and request them (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize
from urllib.parse import unquote, urldefrag, urlsplit

from requests import PreparedRequest
from requests.exceptions import RequestException

MAX_URL_LENGTH = 8192
"""The longest URL that is requested; servers commonly refuse longer ones (our choice)."""

_MAX_LABEL = 63  # RFC 1035, section 2.3.4
_MAX_HOST = 253
_LINE_BREAKS = re.compile(r"[\t\r\n]")
_START = re.compile(r"(?P<scheme>https?):[/\\]{2,}", re.IGNORECASE)
_PATH_END = re.compile(r"[?#]")
_AUTHORITY = re.compile(r"(?P<user>[^/?#]*@)?(?P<host>[^/?#:@]*)(?P<port>:[0-9]*)?(?=[/?#]|$)")
# They show nothing, and names are looked up without them (UTS 46, section 5: "ignored").
_IGNORED = re.compile("[\u00ad\u034f\u200b\u2060\ufe00-\ufe0f\ufeff]")
_NO_NAME = re.compile(r"[\x00-\x20\x7f\ud800-\udfff/?#@:\[\]%\"<>\\^`{|}]")


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
    the repairs of the URL standard: line breaks are removed, backslashes are slashes, and more than
    two slashes before the host are two.
    """
    written = _LINE_BREAKS.sub("", url.strip())
    if written.startswith(("//", "\\\\", "/\\", "\\/")):
        written = "https:" + written
    start = _START.match(written)
    if start is None or is_too_long(written):
        return None
    prepared = PreparedRequest()
    try:
        written = f"{start['scheme']}://{_name_host(turn_backslashes(written[start.end() :]))}"
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


def turn_backslashes(text: str) -> str:
    """Return a part of a URL with slashes for the backslashes before query and fragment."""
    end = _PATH_END.search(text)
    at = end.start() if end else len(text)
    return text[:at].replace("\\", "/") + text[at:]


def _name_host(text: str) -> str:
    """Return the part of a URL after its scheme with its host in ASCII, as browsers ask for it.

    Whether the name may be registered is not asked: a name server says whether it is there.

    Raises:
        ValueError: it is no name of a host.
    """
    found = _AUTHORITY.match(text)
    if found is None:  # an IPv6 address, or none at all
        return text
    host = normalize("NFKC", _IGNORED.sub("", unquote(found["host"])).lower())
    if len(host) > _MAX_HOST or _NO_NAME.search(host):
        raise ValueError("no name of a host")
    name = ".".join(map(_name_label, host.replace("\u3002", ".").split(".")))
    return f"{found['user'] or ''}{name}{found['port'] or ''}{text[found.end() :]}"


def _name_label(label: str) -> str:
    return label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}"


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
    return len(host) <= _MAX_HOST and all(0 < len(label) <= _MAX_LABEL for label in host.split("."))
