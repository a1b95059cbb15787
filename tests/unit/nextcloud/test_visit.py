"""What a share's page settles, and what it leaves open."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from syncer.model.reason import Reason
from syncer.model.shares import Share, ShareStatus, name_token
from syncer.nextcloud.server import Endpoint, choose_endpoint, read_major
from syncer.nextcloud.share_reader import HostSettings, ShareTarget, read_shares
from syncer.store.database import open_database
from syncer.store.share_memory import ShareStore
from syncer.surroundings import Surroundings

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
REFUSED = (
    '<d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns">'
    "<s:exception>Sabre\\DAV\\Exception\\NotAuthenticated</s:exception></d:error>"
)
SINGLE = (
    '<d:multistatus xmlns:d="DAV:"><d:response><d:href>/public.php/webdav/</d:href><d:propstat>'
    "<d:prop><d:resourcetype/></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>"
    "</d:response></d:multistatus>"
)
Reply = tuple[int, dict[str, str], str]
READER = Callable[..., Share]
VERSION: Reply = (200, {}, '{"versionstring": "27.0.2"}')


@pytest.fixture
def read(tmp_path: Path) -> Iterator[READER]:
    """Give a reading of one share on a server with one DAV answer and one page."""
    replies: dict[str, Reply] = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            status, headers, body = replies.get(
                f"{self.command} {self.path}", replies[self.command]
            )
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        do_GET = do_PROPFIND = handle_any  # noqa: N815 - the names that http.server looks for

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    database = open_database(tmp_path)

    def read_it(
        listing: Reply,
        page: Reply,
        status: Reply = VERSION,
        *,
        index_php: bool = False,
        then: str = "",
        password: str | None = None,
        days: int = 0,
    ) -> Share:
        """Return the share T, or the one named by `then` that was read after it."""
        replies.update({"PROPFIND": listing, "GET": (404, {}, ""), "GET /status.php": status})
        replies["GET /index.php/s/T" if index_php else "GET /s/T"] = page
        host = f"127.0.0.1:{server.server_port}"
        settings = HostSettings(host, f"http://{host}", may_be_private=True)
        share, *others = read_shares(
            [
                ShareTarget(f"{host}/{token}", token, settings, password, index_php=index_php)
                for token in ("T", then)
                if token
            ],
            memory=ShareStore(database),
            full=False,
            around=Surroundings(now=lambda: NOW + timedelta(days), sleep=lambda _: None),
        )
        return others[0] if others else share

    yield read_it
    server.shutdown()
    thread.join()
    server.server_close()
    database.close()


@pytest.mark.parametrize(
    ("page", "status", "code"),
    [
        ((404, {}, ""), ShareStatus.GONE, "share-gone"),
        (
            (303, {"Location": "/s/T/authenticate/showShare"}, ""),
            ShareStatus.NEEDS_PASSWORD,
            "share-password-missing",
        ),
        (
            (303, {"Location": "https://x.dk/index.php/s/T/authenticate/showShare"}, ""),
            ShareStatus.NEEDS_PASSWORD,
            "share-password-missing",
        ),
        ((200, {}, "<html>"), ShareStatus.UNREADABLE, "share-page-lives"),
        (
            (302, {"Location": "https://login.example/authenticate?to=/s/T"}, ""),
            ShareStatus.UNREADABLE,
            "server-wants-login",
        ),
        ((302, {"Location": "/login"}, ""), ShareStatus.UNREADABLE, "server-wants-login"),
        ((403, {}, ""), ShareStatus.UNREADABLE, "server-wants-login"),
        ((404, {"cf-mitigated": "challenge"}, ""), ShareStatus.UNREADABLE, "link-bot-wall"),
        (
            (404, {}, "<title>Just a moment...</title>"),
            ShareStatus.UNREADABLE,
            "link-bot-wall",
        ),
        ((502, {}, ""), ShareStatus.UNREADABLE, "server-status"),
        ((429, {}, ""), ShareStatus.THROTTLED, "server-throttled"),
        ((503, {"X-Nextcloud-Maintenance-Mode": "1"}, ""), ShareStatus.UNREADABLE,
         "server-maintenance"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("index_php", [False, True])
def test_a_401_is_settled_by_the_page(
    page: Reply, status: ShareStatus, code: str, index_php: bool, read: READER
) -> None:
    """Only a page that is gone or asks for a password settles it; all else is "not checked".

    It is asked for where the links of the handbook lead: a server that rewrites no addresses has
    nothing at `/s/T`.
    """
    share = read((401, {}, REFUSED), page, index_php=index_php)
    assert share.reason is not None
    assert (share.status, share.reason.code) == (status, code)
    assert share.conclusive == (status in (ShareStatus.GONE, ShareStatus.NEEDS_PASSWORD))


@pytest.mark.parametrize(
    ("message", "status"),
    [
        ("Only PUT is allowed on files drop", ShareStatus.UPLOAD_ONLY),
        ("Only PUT, MKCOL and MOVE are allowed on files drop", ShareStatus.UPLOAD_ONLY),
        ("Listing members of this collection is disabled", ShareStatus.UNREADABLE),
    ],
)
def test_a_405_is_a_file_drop_only_when_it_says_so(
    message: str, status: ShareStatus, read: READER
) -> None:
    """Sabre refuses to list other collections with the same number: that settles nothing."""
    refusal = REFUSED.replace("NotAuthenticated", "MethodNotAllowed").replace(
        "</s:exception>", f"</s:exception><s:message>{message}</s:message>"
    )
    share = read((405, {}, refusal), (200, {}, ""))
    assert (share.status, share.conclusive) == (status, status is ShareStatus.UPLOAD_ONLY)


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ((200, {}, '<meta property="og:title" content="R&amp;d o\u0308 😀.pdf">'), "R&d ö 😀.pdf"),
        ((200, {}, "<title>Noget andet</title>"), name_token("T")),
        ((200, {}, '<meta property="og:title" content="../../ud">'), name_token("T")),
        ((200, {}, '<meta property="og:title" content="a&#10;b">'), name_token("T")),
        (
            (200, {"Content-Encoding": "gzip"}, '<meta property="og:title" content="a">'),
            name_token("T"),
        ),
        ((404, {}, '<meta property="og:title" content="a">'), name_token("T")),
        ((502, {}, ""), name_token("T")),
    ],
)
def test_a_single_file_is_named_by_its_page(page: Reply, name: str, read: READER) -> None:
    """Where the page does not tell, what stands for the token does; the file is there anyway."""
    share = read((207, {}, SINGLE), page)
    assert share.status is ShareStatus.OK
    assert share.tree is not None
    assert [file.path for file in share.tree.files] == [name]
    again = read((207, {}, SINGLE), page)
    assert again.tree == share.tree


LISTING = '<d:multistatus xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns">{}</d:multistatus>'
ENTRY = (
    "<d:response><d:href>/public.php/webdav/{}</d:href><d:propstat><d:prop><d:resourcetype>"
    "{}</d:resourcetype>{}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
)
FOLDER, ID = "<d:collection/>", "<oc:fileid>7</oc:fileid>"


@pytest.mark.parametrize(
    ("root", "inside", "is_share"),
    [
        ("", ("files/", "uploads/"), False),
        (ID, ("files/", "uploads/"), True),
        ("", ("files/",), True),
        ("", ("files/", "uploads/", "x/"), True),
        ("", ("files/", "uploads/", "a.pdf"), True),
    ],
)
def test_a_listing_of_the_endpoint_itself_is_no_share(
    root: str, inside: tuple[str, ...], is_share: bool, read: READER
) -> None:
    """It has those two folders and nothing else, and no id: an empty share would be a claim."""
    entries = [ENTRY.format("", FOLDER, root)]
    entries += [ENTRY.format(name, FOLDER if name.endswith("/") else "", "") for name in inside]
    share = read((207, {}, LISTING.format("".join(entries))), (200, {}, ""))
    if is_share:
        assert (share.status, share.tree is not None) == (ShareStatus.OK, True)
        return
    assert (share.status, share.tree) == (ShareStatus.UNREADABLE, None)
    assert share.reason == Reason("listing-not-webdav", {"detail": "not-the-share"})


def test_an_answer_that_is_no_listing_is_not_asked_for_again(read: READER) -> None:
    """The version was learnt in this run: the status, the page, the whole tree and its root."""
    share = read((200, {}, "<html>"), (200, {}, "<html>"))
    assert (share.status, share.requests) == (ShareStatus.UNREADABLE, 4)


@pytest.mark.parametrize(
    ("listing", "page"),
    [
        ((207, {}, SINGLE), (429, {"Retry-After": "3600"}, "")),
        ((401, {}, REFUSED), (429, {"Retry-After": "3600"}, "")),
        ((429, {"Retry-After": "3600"}, ""), (200, {}, "")),
    ],
)
def test_after_a_throttle_no_other_share_is_asked(
    listing: Reply, page: Reply, read: READER
) -> None:
    """Wherever it was met: at the listing, or at a page that was to name or to settle it."""
    share = read(listing, page, then="U")
    assert (share.status, share.requests) == (ShareStatus.THROTTLED, 0)
    assert share.reason == Reason("server-throttled")


@pytest.mark.parametrize(
    ("password", "code"), [("x", "share-password-wrong"), (None, "share-password-missing")]
)
def test_a_page_that_asks_for_a_password_after_a_refusal(
    password: str | None, code: str, read: READER
) -> None:
    """One that was sent is wrong."""
    page: Reply = (303, {"Location": "/s/T/authenticate/showShare"}, "")
    share = read((401, {}, REFUSED), page, password=password)
    assert (share.status, share.reason) == (ShareStatus.NEEDS_PASSWORD, Reason(code))


def test_a_version_asked_for_in_vain_is_asked_for_again(read: READER) -> None:
    """A night in which the status page failed does not hide the version for a week."""
    page: Reply = (200, {}, "")
    assert read((207, {}, SINGLE), page, (502, {}, "")).server_version is None
    assert read((207, {}, SINGLE), page).server_version == "27.0.2"


def test_a_login_page_in_front_of_everything_hides_no_version(read: READER) -> None:
    """What was known before such a night is known after it."""
    page: Reply = (200, {}, "")
    login: Reply = (302, {"Location": "https://login.example/"}, "")
    assert read((207, {}, SINGLE), page).server_version == "27.0.2"
    assert read(login, login, login).status is ShareStatus.UNREADABLE
    assert read((207, {}, SINGLE), page).server_version == "27.0.2"


@pytest.mark.parametrize(
    ("version", "token", "endpoint"),
    [
        ("24.0.5", "T", Endpoint.LEGACY),
        ("28.0.14", "T", Endpoint.LEGACY),
        ("29.0.0", "T", Endpoint.NEW),
        ("31.0.4", "eget-navn", Endpoint.LEGACY),
        ("32.0.0", "eget-navn", Endpoint.NEW),
        (None, "T", None),
        ("ukendt", "T", None),
    ],
)
def test_choice_of_endpoint(version: str | None, token: str, endpoint: Endpoint | None) -> None:
    """The new one from 29 on, but not for a token with a hyphen before 32."""
    assert choose_endpoint(version, token) is endpoint


def test_major() -> None:
    """The first number of a version."""
    assert read_major("31.0.4") == 31
    assert read_major("31") == 31
    assert read_major("") is None


NO_TOKEN = REFUSED.replace("NotAuthenticated", "ServiceUnavailable").replace(
    "</d:error>", "<s:message>Sabre\\DAV\\Exception\\NotFound: </s:message></d:error>"
)
NEW_VERSION: Reply = (200, {}, '{"versionstring": "32.0.1"}')


@pytest.mark.parametrize(
    ("listing", "version"),
    [((401, {}, REFUSED), VERSION), ((503, {}, NO_TOKEN), NEW_VERSION)],
    ids=["old", "new"],
)
def test_a_share_that_was_gone_is_not_gone_by_a_page_alone(
    listing: Reply, version: Reply, read: READER
) -> None:
    """A proxy answers 404 for everything the night after; only WebDAV can say it again."""
    dead: Reply = (404, {}, "")
    assert read(listing, dead, version).status is ShareStatus.GONE
    share = read((404, {}, "<html>Not here"), dead, version, days=1)
    assert (share.status, share.conclusive) == (ShareStatus.UNREADABLE, False)
    assert read(listing, dead, version, days=2).status is ShareStatus.GONE


@pytest.mark.parametrize(("file_id", "size"), [("<o:fileid>7</o:fileid>", 1), ("", 2)])
def test_a_root_without_an_id_is_never_known(file_id: str, size: int, read: READER) -> None:
    """An etag is believed only of what is proven to be the same."""
    for days, sent in enumerate((1, 2)):
        found = f"<d:getetag>e</d:getetag>{file_id}<d:getcontentlength>{sent}</d:getcontentlength>"
        listing = SINGLE.replace("<d:resourcetype/>", f"<d:resourcetype/>{found}").replace(
            'xmlns:d="DAV:"', 'xmlns:d="DAV:" xmlns:o="http://owncloud.org/ns"'
        )
        share = read((207, {}, listing), (200, {}, ""), days=days)
    assert share.tree is not None
    assert share.tree.files[0].size_bytes == size
