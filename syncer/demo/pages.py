"""What the demo cloud shows outside WebDAV: status, capabilities, share pages, downloads.

A page's status proves little, and differently by version (nextcloud.md, section 5): up to 30 it
looks for `path`, from 31 it answers 200 whatever is asked for; `dir` was never looked at.
"""

from __future__ import annotations

from html import escape

from syncer.demo.answer import DemoAnswer, Request, answer, answer_json
from syncer.demo.cloud import Cloud, PublicShare, Rights
from syncer.demo.file_tree import Node
from syncer.demo.sabre import content_type_of
from syncer.demo.throttle import Bucket, MaxDelayReached

_FIRST_BLIND_TO_PATH = 31


def show_status(cloud: Cloud) -> DemoAnswer:
    """Answer `status.php`."""
    return answer_json(
        {
            "installed": True,
            "maintenance": cloud.moods.maintenance,
            "needsDbUpgrade": False,
            "version": f"{cloud.version}.1",
            "versionstring": cloud.version,
            "edition": "",
            "productname": "Nextcloud",
            "extendedSupport": False,
        },
        "application/json",
    )


def show_capabilities(cloud: Cloud, request: Request) -> DemoAnswer:
    """Answer the OCS capabilities as a caller without login sees them."""
    major, minor, micro, *_ = (*cloud.version_numbers, 0, 0)
    version = {
        "major": major,
        "minor": minor,
        "micro": micro,
        "string": cloud.version,
        "edition": "",
        "extendedSupport": False,
    }
    capabilities = {
        "bruteforce": {"delay": cloud.throttle.delay_ms(request.address)},
        "theming": {"name": "Nextcloud", "url": "https://nextcloud.com"},
    }
    meta = {"status": "ok", "statuscode": 200, "message": "OK"}
    data = {"version": version, "capabilities": capabilities}
    return answer_json({"ocs": {"meta": meta, "data": data}}, "application/json; charset=utf-8")


def show_share(cloud: Cloud, request: Request, token: str, rest: str) -> DemoAnswer:
    """Answer a page below `/s/TOKEN`: the share, its login, a download."""
    try:
        cloud.throttle.wait_or_refuse(request.address, Bucket.PAGE)
    except MaxDelayReached:
        return show_page(429, "For mange forsøg")
    share = cloud.find_share(token)
    if share is None or cloud.find_in_share(share, "") is None:
        cloud.throttle.count_failure(request.address, Bucket.PAGE)
        return show_page(404, "Delingen findes ikke")
    if share.password is not None:
        if rest == "authenticate/showShare":
            return show_page(200, "Delingen er beskyttet med en adgangskode")
        login = f"{request.base_url}/s/{token}/authenticate/showShare"
        return answer(303, b"", "text/html; charset=UTF-8", ("Location", login))
    if rest.partition("/")[0] == "download":
        return _download(cloud, share, request, rest.partition("/")[2])
    return _show_folder(cloud, share, request)


def show_page(
    code: int, heading: str, lines: tuple[str, ...] = (), *, shared: str = ""
) -> DemoAnswer:
    """Return a simple page; its text is escaped here.

    The title is the application's, as on a real server: the name of what is shared stands only in
    the heading and in `og:title`.
    """
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    named = f'<meta property="og:title" content="{escape(shared)}">' if shared else ""
    page = (
        '<!DOCTYPE html>\n<html lang="da"><head><meta charset="utf-8"><title>Nextcloud</title>'
        f"{named}</head><body><h1>{escape(heading)}</h1><ul>{items}</ul></body></html>\n"
    )
    return answer(code, page.encode())


def _show_folder(cloud: Cloud, share: PublicShare, request: Request) -> DemoAnswer:
    blind = cloud.major >= _FIRST_BLIND_TO_PATH
    folder = request.query.get("dir" if blind else "path", "")
    node = cloud.find_in_share(share, folder)
    if node is None:
        return show_page(200 if blind else 404, "Mappen findes ikke")
    name = share.node.name
    if share.rights is Rights.UPLOAD_ONLY:
        return show_page(200, "Upload filer", shared=name)
    with cloud.lock:
        names = tuple(f"{each.name}/" if each.is_folder else each.name for each in node.members)
    return show_page(200, node.name or "Filer", names, shared=name)


def _download(cloud: Cloud, share: PublicShare, request: Request, name: str) -> DemoAnswer:
    """Send one file; folders as archives are nothing that an audit asks for."""
    named = name or request.query.get("files", "")
    node = cloud.find_in_share(share, f"{request.query.get('path', '')}/{named}")
    if node is None and share.node.name == named:
        node = share.node
    if node is None or not _may_download(share, node):
        return show_page(404, "Filen findes ikke")
    return answer(200, node.content or b"", content_type_of(node.name))


def _may_download(share: PublicShare, node: Node) -> bool:
    return not node.is_folder and share.rights in (Rights.READ, Rights.WRITE)
