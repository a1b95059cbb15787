"""Downloads as Nextcloud answers them from version 31 on (docs/nextcloud.md, section 5)."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from urllib.parse import quote

from syncer.demo.answer import (
    DAV_HEADER,
    HTML_TYPE,
    DemoAnswer,
    Request,
    answer,
    answer_error,
)
from syncer.demo.file_tree import Node
from syncer.demo.pages import show_page
from tests.cloud.cloud import Link

_ZIP_TYPE = "application/zip"


def redirect_download(link: Link, request: Request) -> DemoAnswer:
    """Answer `/s/TOKEN/download`: send the reader to WebDAV, and forget `path` on the way.

    A folder that is not there is the one thing that `path` still decides: 404.
    """
    if link.node.find(request.query.get("path", "")) is None:
        return show_page(404, "Filen findes ikke")
    files = request.query.get("files", "")
    named = f"&files={quote(files)}" if files else ""
    token = quote(link.token)
    address = f"{request.base_url}/public.php/dav/files/{token}/?accept=zip{named}"
    return answer(303, b"", HTML_TYPE, ("Location", address))


def send_folder(folder: Node, query: Mapping[str, str]) -> DemoAnswer:
    """Answer a GET of a folder: an archive with `accept=zip`, else nothing, with 200.

    `files` is a JSON list of names in the folder; anything else makes it answer with nothing.
    """
    chosen = _choose(folder, query.get("files", ""))
    if query.get("accept") != "zip" or chosen is None:
        return answer(200, b"")
    if None in chosen:
        return answer_error(404, "", DAV_HEADER)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for node in chosen:
            if node is not None:
                _pack(archive, node, node.name or "download")
    return answer(200, packed.getvalue(), _ZIP_TYPE)


def _choose(folder: Node, files: str) -> list[Node | None] | None:
    """Return what an archive is made of; None for a list that the server does not understand."""
    if not files:
        return [folder]
    try:
        names = json.loads(files)
    except ValueError:
        return None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return None
    return [folder.find(name) for name in names]


def _pack(archive: zipfile.ZipFile, node: Node, path: str) -> None:
    if node.is_folder:
        archive.writestr(f"{path}/", b"")
        for member in node.members:
            _pack(archive, member, f"{path}/{member.name}")
    else:
        archive.writestr(path, node.content or b"")
