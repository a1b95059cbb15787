"""The address of an entry in a multistatus → a path, decoded once, or a `Protocol` error (pure)."""

from __future__ import annotations

import re
from binascii import a2b_qp

from syncer.errors import Protocol

# Nextcloud keeps paths of 4,000 characters; one takes up to 12 bytes when it is percent-encoded.
MAX_HREF_LENGTH = 48_000
# Control characters, empty parts, and parts that would lead elsewhere.
_NO_PATH = re.compile(r"[\x00-\x1f\x7f]|//|/\.{1,2}(?:/|$)")
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})|%2[Ff]")


def decode_href(href: str) -> str:
    """Decode an href once: path only, `+`, `#` and `?` belong to names.

    Raises:
        Protocol: "foreign-href" for an absolute URL; "bad-href" for broken escapes, bytes that
            are not UTF-8, control characters, an encoded slash, empty parts, `.` or `..`.
    """
    if len(href) > MAX_HREF_LENGTH:
        raise Protocol("bad-href")
    if not href.startswith("/") or href.startswith("//"):
        raise Protocol("foreign-href")
    decoded = _decode_escapes(href)
    if _NO_PATH.search(decoded):
        raise Protocol("bad-href")
    return decoded


def _decode_escapes(text: str) -> str:
    # Most names have spaces, and nothing else to decode.
    text = text.replace("%20", " ")
    if "%" not in text:
        return text
    if _BROKEN_ESCAPE.search(text):
        raise Protocol("bad-href")
    try:
        # Quoted-printable but for its sign, and so decoded in C: `unquote` is ten times slower.
        quoted = text.encode().replace(b"=", b"=3D").replace(b"%", b"=")
        return a2b_qp(quoted).decode()
    except UnicodeDecodeError as error:
        raise Protocol("bad-href") from error


def decode_name(name: str) -> str:
    """Decode the last part of an href, in which no slash stands, as `decode_href` would."""
    decoded = _decode_escapes(name)
    # Of what cannot be printed, few letters are control characters.
    if decoded in (".", "..") or (not decoded.isprintable() and _NO_PATH.search(decoded)):
        raise Protocol("bad-href")
    return decoded
