"""The cloud as its owner sees it: files after a login, and the OCS interface for links.

Covers what an account and the live test suite use of a real server: user and password by Basic,
`/remote.php/dav/files/USER/`, a `SEARCH` for a file id (RFC 5323), and shares listed, made and
removed through `/ocs/v2.php/apps/files_sharing/api/v1/shares` (Nextcloud's OCS Share API).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final
from urllib.parse import parse_qs, quote

from lxml import etree

from syncer.demo.answer import XML_TYPE, DemoAnswer, Request, answer, answer_error, answer_json
from syncer.demo.file_tree import TreeError
from tests.cloud.cloud import Cloud, Link, Rights

SHARES_API: Final = "/ocs/v2.php/apps/files_sharing/api/v1/shares"
_BASIC: Final = ("WWW-Authenticate", 'Basic realm="Nextcloud", charset="UTF-8"')
_OCS_TYPE: Final = "application/json; charset=utf-8"
_PUBLIC_LINK: Final = "3"
_RIGHTS_OF_PERMISSIONS: Final = {
    "1": Rights.READ,
    "4": Rights.UPLOAD_ONLY,
    "15": Rights.WRITE,
}

_PERMISSIONS_OF_RIGHTS: Final = {
    Rights.READ: 17,
    Rights.VIEW_ONLY: 17,
    Rights.WRITE: 31,
    Rights.UPLOAD_ONLY: 4,
}


def open_account(cloud: Cloud, request: Request, user: str) -> Link | DemoAnswer:
    """Return the whole account as a writable link, if the request has its owner's login."""
    if not _is_known(cloud, request) or request.login is None or request.login[0] != user:
        return answer_error(401, "Username or password was incorrect", _BASIC)
    return Link(user, cloud.tree.root, rights=Rights.WRITE)


def answer_search(cloud: Cloud, request: Request, webroot: str) -> DemoAnswer:
    """Return the path of the file whose id a basicsearch asks for; none is an empty 207."""
    if not _is_known(cloud, request) or request.login is None:
        return answer_error(401, "Username or password was incorrect", _BASIC)
    if not cloud.moods.searches:
        return answer_error(501, "", exception=r"Sabre\DAV\Exception\NotImplemented")
    asked = etree.fromstring(request.body)
    user = request.login[0]
    if asked.findtext(".//{DAV:}scope/{DAV:}href") != f"/files/{user}":
        return answer_error(404, "Search scope could not be found")
    wanted = asked.findtext(".//{DAV:}eq/{DAV:}literal")
    found = (
        f"<d:response><d:href>{webroot}/remote.php/dav/files/{quote(user)}/"
        f"{quote(cloud.tree.path_of(node), safe='/()')}</d:href><d:propstat><d:prop><oc:fileid>"
        f"{node.file_id}</oc:fileid></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>"
        "</d:response>"
        for node in cloud.tree.walk()
        if str(node.file_id) == wanted and not cloud.is_hidden(node)
    )
    body = (
        '<?xml version="1.0"?>\n<d:multistatus xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns"'
        ' xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns">'
        f"{''.join(found)}</d:multistatus>\n"
    )
    return answer(207, body.encode(), XML_TYPE)


def answer_shares(cloud: Cloud, request: Request) -> DemoAnswer:
    """List the links of a folder, make one from a POSTed form, or remove one by its id."""
    if not _is_known(cloud, request):
        return _answer_ocs(401, "Current user is not logged in")
    if request.environ.get("HTTP_OCS_APIREQUEST") != "true":
        return _answer_ocs(412, "CSRF check failed")
    if request.method == "GET" and request.path == SHARES_API:
        return _list_links(cloud, request)
    if request.method == "POST" and request.path == SHARES_API:
        form = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
        return _make_link(cloud, request, form)
    if request.method == "DELETE":
        return _remove_link(cloud, request.path.rpartition("/")[2])
    return _answer_ocs(405, "Method not allowed")


def _is_known(cloud: Cloud, request: Request) -> bool:
    return request.login is not None and request.login in cloud.accounts.items()


def _list_links(cloud: Cloud, request: Request) -> DemoAnswer:
    """List the links of one folder, or of the whole account without `path`."""
    path = request.query.get("path", "").strip("/")
    if path and cloud.tree.root.find(path) is None:
        return _answer_ocs(404, "Wrong path, file/folder does not exist")
    data = [
        {
            "id": str(number),
            "share_type": 3,
            "permissions": _PERMISSIONS_OF_RIGHTS[link.rights],
            "expiration": None
            if link.expires_at is None
            else f"{link.expires_at:%Y-%m-%d} 00:00:00",
            "token": link.token,
            "note": "",
            "label": "",
            "path": f"/{cloud.tree.path_of(link.node)}",
            "item_type": "folder" if link.node.is_folder else "file",
            "item_source": link.node.file_id,
            "file_source": link.node.file_id,
            "password": None if link.password is None else "3|$argon2id$...",
            "url": f"{request.base_url}/s/{link.token}",
            "hide_download": 1 if link.rights is Rights.VIEW_ONLY else 0,
        }
        for number, link in enumerate(cloud.list_links(), start=1)
        if not path or cloud.tree.path_of(link.node) == path
    ]
    meta = {"status": "ok", "statuscode": 200, "message": "OK"}
    return answer_json({"ocs": {"meta": meta, "data": data}}, _OCS_TYPE)


def _make_link(cloud: Cloud, request: Request, form: Mapping[str, str]) -> DemoAnswer:
    rights = _RIGHTS_OF_PERMISSIONS.get(form.get("permissions", "1"))
    if form.get("shareType") != _PUBLIC_LINK or rights is None:
        return _answer_ocs(400, "Unknown share type or permissions")
    limit = cloud.moods.link_limit
    if limit is not None and len(cloud.links_by_id) >= limit:
        return _answer_ocs(429, "Too Many Requests")
    until = form.get("expireDate")
    number = len(cloud.links_by_id) + 1
    token = f"Ocs{number:012d}"
    try:
        cloud.share(
            token,
            form.get("path", "").strip("/"),
            password=form.get("password"),
            rights=rights,
            expires_at=datetime.fromisoformat(until).replace(tzinfo=UTC) if until else None,
        )
    except TreeError:
        return _answer_ocs(404, "Wrong path, file/folder does not exist")
    cloud.links_by_id[str(number)] = token
    return _answer_ocs(
        200, "OK", {"id": str(number), "token": token, "url": f"{request.base_url}/s/{token}"}
    )


def _remove_link(cloud: Cloud, number: str) -> DemoAnswer:
    token = cloud.links_by_id.get(number)
    if token is None or cloud.find_share(token) is None:
        return _answer_ocs(404, "Wrong share ID, share does not exist")
    cloud.unshare(token)
    return _answer_ocs(200, "OK")


def _answer_ocs(code: int, message: str, data: Mapping[str, str] | None = None) -> DemoAnswer:
    ok = code == 200
    meta = {"status": "ok" if ok else "failure", "statuscode": code, "message": message}
    given = answer_json({"ocs": {"meta": meta, "data": dict(data or {})}}, _OCS_TYPE)
    return given if ok else DemoAnswer(f"{code} {message}", given.headers, given.body)
