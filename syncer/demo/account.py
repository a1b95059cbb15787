"""The demo cloud seen by its owner: files behind a login, and the OCS interface for links.

What publishing to an account and the live test suite use of a real server: user and password by
Basic, `/remote.php/dav/files/USER/`, and shares made and removed through
`/ocs/v2.php/apps/files_sharing/api/v1/shares` (Nextcloud's OCS Share API).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final
from urllib.parse import parse_qs

from syncer.demo.answer import DemoAnswer, Request, answer_error, answer_json
from syncer.demo.cloud import Cloud, PublicShare, Rights
from syncer.demo.file_tree import TreeError

SHARES_API: Final = "/ocs/v2.php/apps/files_sharing/api/v1/shares"
_BASIC: Final = ("WWW-Authenticate", 'Basic realm="Nextcloud", charset="UTF-8"')
_OCS_TYPE: Final = "application/json; charset=utf-8"
_PUBLIC_LINK: Final = "3"
_RIGHTS_OF_PERMISSIONS: Final = {
    "1": Rights.READ,
    "4": Rights.UPLOAD_ONLY,
    "15": Rights.WRITE,
}


def open_account(cloud: Cloud, request: Request, user: str) -> PublicShare | DemoAnswer:
    """Let the owner of the files in: the whole account, as if it were a writable link."""
    if request.login is None or not _knows(cloud, request) or request.login[0] != user:
        return answer_error(401, "Username or password was incorrect", _BASIC)
    return PublicShare(user, cloud.tree.root, Rights.WRITE)


def answer_shares(cloud: Cloud, request: Request, form: bytes) -> DemoAnswer:
    """Make a public link from a POSTed form, or remove one by its id."""
    if request.login is None or not _knows(cloud, request):
        return _say(401, "Current user is not logged in")
    if request.method == "POST" and request.path == SHARES_API:
        told = {name: values[0] for name, values in parse_qs(form.decode()).items()}
        return _make_link(cloud, request, told)
    if request.method == "DELETE":
        return _remove_link(cloud, request.path.rpartition("/")[2])
    return _say(405, "Method not allowed")


def _knows(cloud: Cloud, request: Request) -> bool:
    name, password = request.login or ("", "")
    return name in cloud.accounts and cloud.accounts[name] == password


def _make_link(cloud: Cloud, request: Request, told: Mapping[str, str]) -> DemoAnswer:
    rights = _RIGHTS_OF_PERMISSIONS.get(told.get("permissions", "1"))
    if told.get("shareType") != _PUBLIC_LINK or rights is None:
        return _say(400, "Unknown share type or permissions")
    until = told.get("expireDate")
    number = len(cloud.links_by_id) + 1
    token = f"Ocs{number:012d}"
    try:
        cloud.share(
            token,
            told.get("path", "").strip("/"),
            rights=rights,
            password=told.get("password"),
            expires_at=datetime.fromisoformat(until).replace(tzinfo=UTC) if until else None,
        )
    except TreeError:
        return _say(404, "Wrong path, file/folder does not exist")
    cloud.links_by_id[str(number)] = token
    return _say(
        200, "OK", {"id": str(number), "token": token, "url": f"{request.base_url}/s/{token}"}
    )


def _remove_link(cloud: Cloud, number: str) -> DemoAnswer:
    token = cloud.links_by_id.get(number)
    if token is None or cloud.find_share(token) is None:
        return _say(404, "Wrong share ID, share does not exist")
    cloud.unshare(token)
    return _say(200, "OK")


def _say(code: int, message: str, data: Mapping[str, str] | None = None) -> DemoAnswer:
    ok = code == 200
    meta = {"status": "ok" if ok else "failure", "statuscode": code, "message": message}
    told = answer_json({"ocs": {"meta": meta, "data": dict(data or {})}}, _OCS_TYPE)
    return told if ok else DemoAnswer(f"{code} {message}", told.headers, told.body)
