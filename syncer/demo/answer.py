"""The request that the demo server reads, and the answers that it builds."""

from __future__ import annotations

import json
from base64 import b64decode
from binascii import Error as BadBase64
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qs

HTML_TYPE: Final = "text/html; charset=UTF-8"
XML_TYPE: Final = "application/xml; charset=utf-8"
DAV_HEADER: Final = ("DAV", "1, 3, extended-mkcol, nextcloud-checksum-update")
_BODY_LIMIT_BYTES: Final = 100_000_000

_EXCEPTIONS: Final = {
    400: r"Sabre\DAV\Exception\BadRequest",
    401: r"Sabre\DAV\Exception\NotAuthenticated",
    403: r"Sabre\DAV\Exception\Forbidden",
    404: r"Sabre\DAV\Exception\NotFound",
    405: r"Sabre\DAV\Exception\MethodNotAllowed",
    409: r"Sabre\DAV\Exception\Conflict",
    412: r"Sabre\DAV\Exception\PreconditionFailed",
    503: r"Sabre\DAV\Exception\ServiceUnavailable",
}


@dataclass(frozen=True, slots=True)
class Request:
    """A request.

    Attributes:
        path: decoded, without the server's webroot.
        query: the first value of each name, decoded; `+` is a space.
        webroot: "" or the path below which the server is installed, such as "/nextcloud".
        base_url: where the caller reached the server: scheme, host and webroot.
        login: name and password of a Basic header; None without one.
        environ: the WSGI environment, for everything else.
    """

    method: str
    path: str
    query: Mapping[str, str]
    webroot: str
    base_url: str
    login: tuple[str, str] | None
    body: bytes
    environ: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DemoAnswer:
    """A whole answer.

    Attributes:
        status: with its phrase: "404 Not Found".
        entries: how many entries it lists.
    """

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    entries: int = 0

    @property
    def code(self) -> int:
        """The number of the status."""
        return int(self.status[:3])


def read_request(environ: Mapping[str, Any]) -> Request:
    """Read a request, with its body, from a WSGI environment."""
    query = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    webroot = environ.get("SCRIPT_NAME", "")
    length = int(environ.get("CONTENT_LENGTH") or 0)
    return Request(
        method=environ["REQUEST_METHOD"],
        path=environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace"),
        query={name: values[0] for name, values in query.items()},
        webroot=webroot,
        base_url=f"http://{environ.get('HTTP_HOST', 'localhost')}{webroot}",
        login=_read_login(environ.get("HTTP_AUTHORIZATION", "")),
        body=environ["wsgi.input"].read(min(length, _BODY_LIMIT_BYTES)),
        environ=environ,
    )


def _read_login(header: str) -> tuple[str, str] | None:
    kind, _, coded = header.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, found, password = b64decode(coded).decode().partition(":")
    except (BadBase64, UnicodeDecodeError):
        return None
    return (name, password) if found else None


def answer(
    code: int, body: bytes = b"", content_type: str = HTML_TYPE, *headers: tuple[str, str]
) -> DemoAnswer:
    """Return an answer with a body of some type."""
    status = f"{code} {HTTPStatus(code).phrase}"
    return DemoAnswer(status, (("Content-Type", content_type), *headers), body)


def answer_error(
    code: int, message: str, *headers: tuple[str, str], exception: str | None = None
) -> DemoAnswer:
    """Return an error with the body that Nextcloud's DAV library sabre writes, byte for byte.

    The exception's name follows from the status if none is given.
    """
    name = exception or _EXCEPTIONS.get(code, "Exception")
    text = f"<s:message>{escape(message, quote=False)}</s:message>" if message else "<s:message/>"
    body = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns">\n'
        f"  <s:exception>{name}</s:exception>\n  {text}\n</d:error>\n"
    )
    return answer(code, body.encode(), XML_TYPE, *headers)


def answer_json(record: object, content_type: str) -> DemoAnswer:
    """Return a JSON answer as PHP writes it: no spaces, slashes escaped."""
    text = json.dumps(record, separators=(",", ":")).replace("/", "\\/")
    return answer(200, text.encode(), content_type)
