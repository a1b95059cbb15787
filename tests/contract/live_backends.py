"""A real Nextcloud as a back end of the suite, asked through its links or as its account."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import quote, urlsplit

import requests
from lxml import etree

from syncer.model.shares import (
    HostKnowledge,
    RememberedRefusal,
    RememberedShare,
    Share,
    ShareTree,
)
from syncer.nextcloud.memory import ShareMemory
from syncer.nextcloud.server import Endpoint
from tests.cloud.cloud import Rights
from tests.contract.backends import (
    FAR_AHEAD,
    FREELY,
    NOW,
    STRANGER,
    AccountBackend,
    Feature,
    Terms,
    Visitor,
    read_folder,
    read_share,
)

API = "/ocs/v2.php/apps/files_sharing/api/v1/shares"
# Nextcloud counts ten minutes back and does not say when it will answer again.
_WAIT_S = 60
_MAX_WAITS = 12


class LiveBackend:
    """A real Nextcloud: files over WebDAV, links over the OCS Share API.

    A server gives an account 20 links in ten minutes. So the folder of every test is the same one,
    emptied each time, and one link serves all shares of it with the same terms. All goes when the
    suite has ended, links too. A link that has ended already cannot be made through the API.
    """

    features = frozenset({Feature.IDS, Feature.ETAGS, Feature.SINGLE_FILE, Feature.LINKS})

    def __init__(
        self,
        base_url: str,
        user: str,
        password: str,
        folder: str,
        *,
        legacy: bool = False,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """Make the folder; `legacy` reads through the old endpoint, whatever the version."""
        self._legacy = legacy
        self._sleep = sleep
        self._base_url = base_url.rstrip("/")
        self._files = f"{self._base_url}/remote.php/dav/files/{quote(user)}"
        self._folder = folder
        self._ids: dict[str, str] = {}
        self._links: dict[Terms, str] = {}
        self._session = requests.Session()
        self._login = (user, password)
        self._session.auth = self._login
        self._session.headers["OCS-APIRequest"] = "true"
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._ask("MKCOL", self._url(""))

    def add_file(self, path: str, content: bytes = b"") -> None:
        """Add a file, with the folders above it."""
        self.add_folder(path.rpartition("/")[0])
        self.write(path, content)

    def add_folder(self, path: str) -> None:
        """Add an empty folder, with those above it; at the top, empty the folder of all tests."""
        parts = path.split("/")
        if len(parts) == 1:
            self._empty()
        for depth in range(2, len(parts) + 1):
            self._ask("MKCOL", self._url("/".join(parts[:depth])), taken_is_fine=True)

    def write(self, path: str, content: bytes) -> None:
        """Give a file new content."""
        self._ask("PUT", self._url(path), data=content)

    def move(self, path: str, to: str) -> None:
        """Rename or move a file or folder."""
        self._ask("MOVE", self._url(path), headers={"Destination": self._url(to)})

    def share(self, path: str, terms: Terms = FREELY) -> str:
        """Share a path; return the token that the server gave, perhaps for an earlier test."""
        if "/" in path:
            return self._make_link(path, terms)
        if terms not in self._links:
            self._links[terms] = self._make_link(path, terms)
        return self._links[terms]

    def _make_link(self, path: str, terms: Terms) -> str:
        permissions = {Rights.READ: "1", Rights.WRITE: "15", Rights.UPLOAD_ONLY: "4"}[terms.rights]
        form = {
            "path": f"/{self._place(path)}",
            "shareType": "3",
            "permissions": permissions,
        }
        if terms.password is not None:
            form["password"] = terms.password
        if terms.ends:
            form["expireDate"] = f"{datetime.now(UTC) + FAR_AHEAD:%Y-%m-%d}"
        answer = self._ask("POST", f"{self._base_url}{API}?format=json", data=form)
        made = answer.json()["ocs"]["data"]
        self._ids[made["token"]] = str(made["id"])
        return str(made["token"])

    def unshare(self, token: str) -> None:
        """Remove a link."""
        self._links = {terms: one for terms, one in self._links.items() if one != token}
        self._ask("DELETE", f"{self._base_url}{API}/{self._ids.pop(token)}?format=json")

    def read(self, token: str, visitor: Visitor = STRANGER) -> Share:
        """Ask the server."""
        if not self._legacy:
            return read_share(self._base_url, token, visitor)
        # A full walk would ask for the version again; without a memory every walk is one.
        memory = LegacyMemory(None if visitor.full else visitor.memory)
        share = read_share(self._base_url, token, replace(visitor, memory=memory, full=False))
        assert share.endpoint in (Endpoint.LEGACY.value, None)
        return share

    def clean_up(self) -> None:
        """Remove the folder with all files, and the links, whatever became of some of them."""
        with self._session:
            for token in tuple(self._ids):
                # With what it shared a link goes too; a refusal must not keep the others.
                with contextlib.suppress(requests.RequestException):
                    self.unshare(token)
            self._ask("DELETE", self._url(""))

    def _empty(self) -> None:
        """Delete what an earlier test has left."""
        listed = self._ask("PROPFIND", self._url(""), headers={"Depth": "1"})
        hrefs = [str(one.text) for one in etree.fromstring(listed.content).iter("{DAV:}href")]
        origin = self._base_url.removesuffix(urlsplit(self._base_url).path)
        for href in hrefs[1:]:
            self._ask("DELETE", origin + href)

    def _place(self, path: str) -> str:
        """Return where a path is in the account: the folder of a test is that of all."""
        return "/".join(part for part in (self._folder, path.partition("/")[2]) if part)

    def _url(self, path: str) -> str:
        return f"{self._files}/{quote(self._place(path))}"

    def _send(
        self,
        method: str,
        url: str,
        data: bytes | dict[str, str] | None,
        headers: dict[str, str] | None,
    ) -> requests.Response:
        return self._session.request(method, url, data=data, headers=headers, timeout=60)

    def _ask(
        self,
        method: str,
        url: str,
        *,
        data: bytes | dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        taken_is_fine: bool = False,
    ) -> requests.Response:
        answer = self._send(method, url, data, headers)
        for _ in range(_MAX_WAITS):
            if answer.status_code != 429:
                break
            told = answer.headers.get("Retry-After", "")
            wait_s = int(told) if told.isdigit() else _WAIT_S
            print(f"{method} {url}: 429, waiting {wait_s} s", flush=True)  # noqa: T201 - for a person
            self._sleep(wait_s)
            answer = self._send(method, url, data, headers)
        if not answer.ok and not (taken_is_fine and answer.status_code == 405):
            # The server says why: a password that its policy refuses, links that it forbids.
            said = f"{method} {url}: {answer.status_code} {answer.text[:500]}"
            raise requests.HTTPError(said, response=answer)
        return answer


class LiveAccountBackend(LiveBackend):
    """A real Nextcloud, asked as the owner of its files."""

    features = AccountBackend.features

    def share(self, path: str, terms: Terms = FREELY) -> str:  # noqa: ARG002 - no door
        """Use the path in the account as the token."""
        return self._place(path)

    def read(self, token: str, visitor: Visitor = STRANGER) -> Share:
        """Ask the server for that folder."""
        return read_folder(self._base_url, self._login, token, visitor)


class LegacyMemory:
    """A memory by which a server hides its version and was found to have the old endpoint.

    Everything else is remembered by `inner`, or not at all.
    """

    def __init__(self, inner: ShareMemory | None) -> None:
        """Take what remembers the shares; None remembers nothing."""
        self._inner = inner

    def load_share(self, share: str) -> RememberedShare | None:
        """Ask `inner`."""
        return self._inner.load_share(share) if self._inner else None

    def load_tree(self, share: str) -> ShareTree | None:
        """Ask `inner`."""
        return self._inner.load_tree(share) if self._inner else None

    def save_share(self, remembered: RememberedShare, tree: ShareTree) -> None:
        """Tell `inner`."""
        if self._inner:
            self._inner.save_share(remembered, tree)

    def load_refusal(self, share: str) -> RememberedRefusal | None:
        """Ask `inner`."""
        return self._inner.load_refusal(share) if self._inner else None

    def save_refusal(self, refusal: RememberedRefusal) -> None:
        """Tell `inner`."""
        if self._inner:
            self._inner.save_refusal(refusal)

    def load_host(self, host: str) -> HostKnowledge:
        """Name the old endpoint."""
        return HostKnowledge(host, None, Endpoint.LEGACY.value, NOW)

    def save_host(self, knowledge: HostKnowledge) -> None:
        """Forget it: the next read is to use the old endpoint too."""
