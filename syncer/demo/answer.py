"""What one request asked and what it is answered: the words between gate, pages and server."""

from __future__ import annotations

import json
from base64 import b64decode
from binascii import Error as BadBase64
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from syncer.demo.sabre import XML_TYPE, write_error

HTML_TYPE = "text/html; charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Request:
    """A request as the gate reads it.

    Attributes:
        path: decoded, without the server's webroot.
        query: the first value of each name, decoded; `+` is a space.
        base_url: where the caller reached the server: scheme, host and webroot.
        login: name and password of a Basic header; None without one.
    """

    method: str
    path: str
    query: Mapping[str, str]
    base_url: str
    address: str
    depth: str | None
    ajax: bool
    cookies: str
    login: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class DemoAnswer:
    """A whole answer. `status` bears its phrase: "404 Not Found"."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def code(self) -> int:
        """The number of the status."""
        return int(self.status[:3])


def read_request(environ: Mapping[str, Any], path: str, webroot: str) -> Request:
    """Read what the gate needs out of a WSGI environment."""
    query = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    return Request(
        method=environ["REQUEST_METHOD"],
        path=path,
        query={name: values[0] for name, values in query.items()},
        base_url=f"http://{environ.get('HTTP_HOST', 'localhost')}{webroot}",
        address=environ.get("REMOTE_ADDR", ""),
        depth=environ.get("HTTP_DEPTH"),
        ajax="XMLHttpRequest" in environ.get("HTTP_X_REQUESTED_WITH", "").split(","),
        cookies=environ.get("HTTP_COOKIE", ""),
        login=_read_login(environ.get("HTTP_AUTHORIZATION", "")),
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
    """Return an error as sabre words it."""
    return answer(code, write_error(code, message, exception), XML_TYPE, *headers)


def answer_json(record: object, content_type: str) -> DemoAnswer:
    """Return a JSON answer as PHP writes it: no spaces, slashes escaped."""
    text = json.dumps(record, separators=(",", ":")).replace("/", "\\/")
    return answer(200, text.encode(), content_type)
