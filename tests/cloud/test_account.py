"""The owner's side of the cloud: files after a login, links through OCS."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from tests.cloud.bodies import SEARCH_BODY
from tests.cloud.cloud import Cloud, Rights
from tests.cloud.server import CloudServer, serve_cloud
from tests.cloud.throttle import Throttle

LOGIN = ("anna", "app-pw")
API = "/ocs/v2.php/apps/files_sharing/api/v1/shares"


@pytest.fixture(scope="module")
def owned() -> Iterator[CloudServer]:
    """Serve an account with one folder."""
    cloud = Cloud("29.0.1", throttle=Throttle(unit_s=0))
    cloud.accounts[LOGIN[0]] = LOGIN[1]
    cloud.add_file("Delt/x.txt", b"1")
    with serve_cloud(cloud) as running:
        yield running


def call(
    server: CloudServer,
    method: str,
    path: str,
    *,
    login: tuple[str, str] | None = LOGIN,
    form: dict[str, str] | None = None,
) -> requests.Response:
    """Send a request as the owner does."""
    return requests.request(
        method,
        f"{server.base_url}{path}",
        data=form,
        headers={"OCS-APIRequest": "true", "Depth": "1"},
        auth=login,
        timeout=10,
    )


def test_the_owner_sees_and_changes_the_files(owned: CloudServer) -> None:
    """The login opens the whole account; hrefs contain the user's name."""
    root = "/remote.php/dav/files/anna/"
    listing = call(owned, "PROPFIND", root)
    assert listing.status_code == 207
    assert f"<d:href>{root}Delt/</d:href>" in listing.text
    assert call(owned, "MKCOL", f"{root}Ny").status_code == 201
    assert call(owned, "DELETE", f"{root}Ny").status_code == 204
    assert owned.cloud.tree.root.find("Ny") is None


@pytest.mark.parametrize("login", [None, ("anna", "forkert"), ("bent", "app-pw")])
def test_nobody_else_does(owned: CloudServer, login: tuple[str, str] | None) -> None:
    """A missing or wrong login is a 401, on both interfaces."""
    assert call(owned, "PROPFIND", "/remote.php/dav/files/anna/", login=login).status_code == 401
    assert call(owned, "POST", API, login=login, form={"path": "/Delt"}).status_code == 401


def test_a_link_is_made_and_removed(owned: CloudServer) -> None:
    """Its token works until it is removed; a second removal is a 404."""
    asked = {
        "path": "/Delt",
        "shareType": "3",
        "permissions": "15",
        "password": "hemmelig",
        "expireDate": "2999-01-01",
    }
    made = call(owned, "POST", API, form=asked).json()["ocs"]["data"]
    share = owned.cloud.find_share(made["token"])
    assert share is not None
    assert (share.rights, share.password) == (Rights.WRITE, "hemmelig")
    assert made["url"] == owned.share_url(made["token"])
    assert call(owned, "DELETE", f"{API}/{made['id']}").status_code == 200
    assert owned.cloud.find_share(made["token"]) is None
    assert call(owned, "DELETE", f"{API}/{made['id']}").status_code == 404


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"path": "/Nope", "shareType": "3"}, 404),
        ({"path": "/Delt", "shareType": "0"}, 400),
        ({"path": "/Delt", "shareType": "3", "permissions": "99"}, 400),
    ],
)
def test_impossible_links(owned: CloudServer, form: dict[str, str], status: int) -> None:
    """They are refused in OCS' words."""
    answer = call(owned, "POST", API, form=form)
    assert answer.status_code == status
    assert answer.json()["ocs"]["meta"]["status"] == "failure"


def test_the_links_of_a_folder_are_listed(owned: CloudServer) -> None:
    """With token, end and whether there is a password; a folder that is not there is a 404."""
    made = call(
        owned,
        "POST",
        API,
        form={"path": "/Delt", "shareType": "3", "expireDate": "2999-01-01", "password": "x"},
    ).json()["ocs"]["data"]
    (listed,) = call(owned, "GET", f"{API}?format=json&path=/Delt").json()["ocs"]["data"]
    assert (listed["token"], listed["path"]) == (made["token"], "/Delt")
    assert (listed["expiration"], listed["permissions"]) == ("2999-01-01 00:00:00", 17)
    assert listed["password"]
    assert call(owned, "GET", f"{API}?path=/Nope").status_code == 404
    owned.cloud.unshare(made["token"])
    assert call(owned, "GET", f"{API}?path=/Delt").json()["ocs"]["data"] == []


def search(server: CloudServer, file_id: int, login: tuple[str, str] | None = LOGIN) -> str:
    """Ask for the path of an id; return the body."""
    return requests.request(
        "SEARCH",
        f"{server.base_url}/remote.php/dav/",
        data=SEARCH_BODY.format(user="anna", id=file_id),
        auth=login,
        timeout=10,
    ).text


def test_a_search_finds_the_path_of_an_id(owned: CloudServer) -> None:
    """What the account does not see, or nobody has, is a multistatus without a response."""
    file_id = owned.cloud.tree.get("Delt/x.txt").file_id
    assert "<d:href>/remote.php/dav/files/anna/Delt/x.txt</d:href>" in search(owned, file_id)
    owned.cloud.moods.hidden_from_accounts.add("Delt")
    assert "<d:response>" not in search(owned, file_id)
    owned.cloud.moods.hidden_from_accounts.clear()
    assert "<d:response>" not in search(owned, 999_999)
    assert "NotAuthenticated" in search(owned, file_id, login=None)
