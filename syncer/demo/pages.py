"""The answers of the demo server outside WebDAV: status, capabilities, share pages, downloads."""

from __future__ import annotations

from html import escape

from syncer.demo.answer import HTML_TYPE, DemoAnswer, Request, answer, answer_json
from syncer.demo.cloud import PublicShare
from syncer.demo.propfind import content_type_of


def show_status(version: str, *, maintenance: bool = False) -> DemoAnswer:
    """Answer `status.php`."""
    return answer_json(
        {
            "installed": True,
            "maintenance": maintenance,
            "needsDbUpgrade": False,
            "version": f"{version}.1",
            "versionstring": version,
            "edition": "",
            "productname": "Nextcloud",
            "extendedSupport": False,
        },
        "application/json",
    )


def show_capabilities(version: str, *, delay_ms: int = 0) -> DemoAnswer:
    """Answer the OCS capabilities as a caller without login sees them."""
    major, minor, micro = (int(number) for number in version.split("."))
    numbers = {"major": major, "minor": minor, "micro": micro}
    capabilities = {
        "bruteforce": {"delay": delay_ms},
        "theming": {"name": "Nextcloud", "url": "https://nextcloud.com"},
    }
    meta = {"status": "ok", "statuscode": 200, "message": "OK"}
    data = {
        "version": {**numbers, "string": version, "edition": "", "extendedSupport": False},
        "capabilities": capabilities,
    }
    return answer_json({"ocs": {"meta": meta, "data": data}}, "application/json; charset=utf-8")


def show_share(share: PublicShare | None, request: Request, rest: str) -> DemoAnswer:
    """Answer a page of a share; `rest` is the path after `/s/TOKEN/`.

    The page of a folder that does not exist is a 404, as on versions up to 30
    (docs/nextcloud.md, section 5).
    """
    if share is None:
        return show_page(404, "Delingen findes ikke")
    if share.password is not None:
        if rest == "authenticate/showShare":
            return show_page(200, "Delingen er beskyttet med en adgangskode")
        login = f"{request.base_url}/s/{share.token}/authenticate/showShare"
        return answer(303, b"", HTML_TYPE, ("Location", login))
    if rest.partition("/")[0] == "download":
        return _download(share, request, rest.partition("/")[2])
    return show_folder(share, request.query.get("path", ""), missing=404)


def show_folder(share: PublicShare, path: str, *, missing: int) -> DemoAnswer:
    """Show the names in a folder of a share; `missing` is the status where there is none."""
    node = share.node.find(path)
    if node is None:
        return show_page(missing, "Mappen findes ikke")
    names = (f"{each.name}/" if each.is_folder else each.name for each in node.members)
    return show_page(200, node.name or "Filer", tuple(names), shared=share.node.name)


def show_page(
    code: int, heading: str, lines: tuple[str, ...] = (), *, shared: str = ""
) -> DemoAnswer:
    """Return a simple page; its text is escaped here.

    The title is the application's, as on a real server: only the heading and `og:title` contain
    the name of the shared file or folder.
    """
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    named = f'<meta property="og:title" content="{escape(shared)}">' if shared else ""
    page = (
        '<!DOCTYPE html>\n<html lang="da"><head><meta charset="utf-8"><title>Nextcloud</title>'
        f"{named}</head><body><h1>{escape(heading)}</h1><ul>{items}</ul></body></html>\n"
    )
    return answer(code, page.encode())


def _download(share: PublicShare, request: Request, name: str) -> DemoAnswer:
    """Send one file; folders as archives are not offered."""
    named = name or request.query.get("files", "")
    node = share.node.find(f"{request.query.get('path', '')}/{named}")
    if node is None and share.node.name == named:
        node = share.node
    if node is None or node.content is None:
        return show_page(404, "Filen findes ikke")
    return answer(200, node.content, content_type_of(node.name))
