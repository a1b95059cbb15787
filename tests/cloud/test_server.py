"""The cloud's server answers as the recorded Nextcloud does, on both endpoints."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import requests
from lxml import etree

from tests.cloud.cloud import Cloud, Infinity
from tests.cloud.server import CloudServer, serve_cloud
from tests.cloud.throttle import Bucket, Throttle

pytestmark = pytest.mark.usefixtures("start_afresh")

Ask = Callable[..., requests.Response]

LEGACY = "/public.php/webdav/"
NEW = "/public.php/dav/files/"
SPECIAL = "100%25%20%231%20a%2bb%20%26%20%c3%a6%c3%b8%c3%a5%20(x)%20%f0%9f%98%80.txt"
NO_LOGIN = (
    "No 'Authorization: Basic' header found. Either the client didn't send one,"
    " or the server is misconfigured"
)
OPEN = ("Open000000000001", "")


def read_message(response: requests.Response) -> tuple[str, str]:
    """Return the exception's name and message of a sabre error."""
    names = {"s": "http://sabredav.org/ns"}
    root = etree.fromstring(response.content)
    return root.findtext("s:exception", "", names), root.findtext("s:message", "", names)


def read_hrefs(response: requests.Response) -> list[str]:
    """Return the hrefs of a 207 in its order."""
    assert response.status_code == 207, response.text
    return [each.text or "" for each in etree.fromstring(response.content).iter("{DAV:}href")]


def test_a_folder_listing_has_the_recorded_bytes(ask: Ask, server: CloudServer) -> None:
    """Prefixes, order, spacing, quoting and the 404 propstat are those of the real server."""
    answer = ask(LEGACY, login=OPEN, depth="0")
    root = server.cloud.tree.get("Delt")
    assert answer.status_code == 207
    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    assert answer.headers["DAV"] == "1, 3, extended-mkcol, nextcloud-checksum-update"
    assert answer.text == (
        '<?xml version="1.0"?>\n<d:multistatus xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns" '
        'xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns"><d:response>'
        "<d:href>/public.php/webdav/</d:href><d:propstat><d:prop><d:resourcetype><d:collection/>"
        f"</d:resourcetype><d:getetag>&quot;{root.etag}&quot;</d:getetag>"
        "<d:getlastmodified>Mon, 02 Mar 2026 12:00:00 GMT</d:getlastmodified>"
        f"<oc:fileid>{root.file_id}</oc:fileid><oc:size>87</oc:size>"
        "<oc:permissions>RG</oc:permissions><nc:mount-type/></d:prop>"
        "<d:status>HTTP/1.1 200 OK</d:status></d:propstat><d:propstat><d:prop>"
        "<d:getcontentlength/><d:getcontenttype/></d:prop>"
        "<d:status>HTTP/1.1 404 Not Found</d:status></d:propstat></d:response></d:multistatus>\n"
    )


def test_hrefs_are_lower_case_and_leave_parentheses(ask: Ask) -> None:
    """A special name is encoded byte by byte in lower-case hex; folders end in a slash."""
    assert read_hrefs(ask(f"{LEGACY}Aftaler/", login=OPEN)) == [
        "/public.php/webdav/Aftaler/",
        f"/public.php/webdav/Aftaler/{SPECIAL}",
        "/public.php/webdav/Aftaler/Partneraftale.pdf",
    ]


def test_infinity_lists_all_folders_first(ask: Ask) -> None:
    """One request shows the whole tree, a folder before what it holds."""
    below = [
        href.removeprefix(f"{NEW}{OPEN[0]}/")
        for href in read_hrefs(ask(f"{NEW}{OPEN[0]}/", depth="infinity"))
    ]
    assert [href for href in below if "%" not in href] == [
        "",
        "Aftaler/",
        "Aftaler/Partneraftale.pdf",
    ]
    assert len(below) == 5


@pytest.mark.parametrize(
    ("login", "status", "exception", "message", "challenge"),
    [
        (
            None,
            401,
            "NotAuthenticated",
            NO_LOGIN,
            'Basic realm="Nextcloud", charset="UTF-8"',
        ),
        (
            ("Nowhere", ""),
            401,
            "NotAuthenticated",
            "Username or password was incorrect",
            'Basic realm="Nextcloud", charset="UTF-8"',
        ),
        (
            ("Ended00000000001", ""),
            401,
            "NotAuthenticated",
            "Username or password was incorrect",
            'Basic realm="Nextcloud", charset="UTF-8"',
        ),
        (
            ("Closed0000000001", "forkert"),
            401,
            "NotAuthenticated",
            "Cannot authenticate over ajax calls",
            'DummyBasic realm="Nextcloud"',
        ),
        (
            ("Drop000000000001", ""),
            405,
            "MethodNotAllowed",
            "Only PUT is allowed on files drop",
            None,
        ),
    ],
)
def test_refusals_of_the_legacy_endpoint(
    ask: Ask,
    login: tuple[str, str] | None,
    status: int,
    exception: str,
    message: str,
    challenge: str | None,
) -> None:
    """Each refusal has its recorded status, words and challenge, and no DAV header."""
    answer = ask(LEGACY, login=login)
    assert answer.status_code == status
    assert read_message(answer) == (rf"Sabre\DAV\Exception\{exception}", message)
    assert answer.headers.get("WWW-Authenticate") == challenge
    assert "DAV" not in answer.headers


@pytest.mark.parametrize(
    ("token", "login", "status", "exception", "message"),
    [
        ("Nowhere", None, 503, "ServiceUnavailable", r"Sabre\DAV\Exception\NotFound: "),
        (
            "Nowhere",
            ("anonymous", "x"),
            401,
            "NotAuthenticated",
            "Username or password was incorrect",
        ),
        ("Closed0000000001", None, 401, "NotAuthenticated", ""),
        (
            "Closed0000000001",
            ("anonymous", "forkert"),
            401,
            "NotAuthenticated",
            "Cannot authenticate over ajax calls",
        ),
        ("Drop000000000001", None, 405, "MethodNotAllowed", "Only PUT is allowed on files drop"),
    ],
)
def test_refusals_of_the_new_endpoint(
    ask: Ask,
    token: str,
    login: tuple[str, str] | None,
    status: int,
    exception: str,
    message: str,
) -> None:
    """A dead token is a 503 that says NotFound; no refusal has a challenge."""
    answer = ask(f"{NEW}{token}/", login=login)
    assert answer.status_code == status
    assert read_message(answer) == (rf"Sabre\DAV\Exception\{exception}", message)
    assert "WWW-Authenticate" not in answer.headers


@pytest.mark.parametrize(
    ("path", "login", "bucket"),
    [
        (LEGACY, ("Closed0000000001", "forkert"), Bucket.LEGACY_DAV),
        (f"{NEW}Closed0000000001/", ("anonymous", "forkert"), Bucket.NEW_DAV),
    ],
    ids=["legacy", "new"],
)
def test_a_wrong_password_counts_unless_a_script_says_so(
    ask: Ask, server: CloudServer, path: str, login: tuple[str, str], bucket: Bucket
) -> None:
    """With `X-Requested-With` it is refused before it is counted, as the server's source has it."""
    throttle = server.cloud.throttle
    assert ask(path, login=login).status_code == 401
    assert throttle.failures(bucket=bucket) == 0
    silent = ask(path, login=login, headers={"X-Requested-With": ""})
    assert read_message(silent)[1] == "Username or password was incorrect"
    assert throttle.failures(bucket=bucket) == 1


def test_the_right_password_opens_a_share(ask: Ask) -> None:
    """On both endpoints, in UTF-8, under the name that each wants."""
    password = "hemmelig æøå"
    assert ask(LEGACY, login=("Closed0000000001", password)).status_code == 207
    assert ask(f"{NEW}Closed0000000001/", login=("anonymous", password)).status_code == 207


def test_a_share_of_one_file_is_that_file(ask: Ask) -> None:
    """Its root is no collection and has no name to ask for."""
    answer = ask(f"{NEW}Single0000000001/")
    assert read_hrefs(answer) == [f"{NEW}Single0000000001/"]
    assert "collection" not in answer.text
    assert ask(f"{NEW}Single0000000001/Partneraftale.pdf").status_code == 404


def test_what_is_not_there_in_a_live_share(ask: Ask) -> None:
    """A path that is gone is named; a shared thing that is gone is an empty message."""
    answer = ask(f"{LEGACY}Nope/", login=OPEN)
    assert answer.status_code == 404
    assert answer.headers["DAV"]
    assert read_message(answer)[1] == "File with name Nope could not be located"


def test_a_shared_folder_that_was_deleted(ask: Ask, server: CloudServer) -> None:
    """The link lives on, what it shows does not: 404 without a word, and the page says 404."""
    server.cloud.add_file("Kort/levetid.txt")
    server.cloud.share("Hollow0000000001", "Kort")
    server.cloud.delete("Kort")
    answer = ask(f"{NEW}Hollow0000000001/")
    assert answer.status_code == 404
    assert read_message(answer) == (r"Sabre\DAV\Exception\NotFound", "")
    server.cloud.unshare("Hollow0000000001")


def test_view_only_lists_and_refuses_a_download(ask: Ask) -> None:
    """207 for the listing, 403 for GET."""
    assert ask(f"{NEW}View000000000001/").status_code == 207
    path = f"{NEW}View000000000001/Aftaler/Partneraftale.pdf"
    assert ask(path, method="GET").status_code == 403


def test_a_token_with_a_hyphen_fails_on_early_new_endpoints(ask: Ask, server: CloudServer) -> None:
    """Versions 29 to 31.0 cut such a token short; the legacy endpoint takes it, as does 31.1."""
    server.cloud.share("min-egen-deling", "Delt")
    assert "out of base uri" in read_message(ask(f"{NEW}min-egen-deling/"))[1]
    assert ask(LEGACY, login=("min-egen-deling", "")).status_code == 207
    server.cloud.version = "31.1.0"
    assert ask(f"{NEW}min-egen-deling/").status_code == 207


def test_the_new_endpoint_comes_with_29(ask: Ask, server: CloudServer) -> None:
    """Before, its address is a bare 404 that is no WebDAV answer."""
    server.cloud.version = "27.0.2"
    answer = ask(f"{NEW}{OPEN[0]}/")
    assert (answer.status_code, answer.content) == (404, b"")
    assert ask(LEGACY, login=OPEN).status_code == 207


def test_too_many_failures_refuse_good_shares_too(ask: Ask, server: CloudServer) -> None:
    """After the eleventh failure the endpoint answers nobody; the other one still does."""
    for _ in range(11):
        ask(LEGACY, login=("Nowhere", ""))
    answer = ask(LEGACY, login=OPEN)
    assert answer.status_code == 500
    assert read_message(answer) == (
        r"OCP\Security\Bruteforce\MaxDelayReached",
        "Reached maximum delay",
    )
    assert ask(f"{NEW}{OPEN[0]}/").status_code == 207
    for _ in range(11):
        ask(f"{NEW}Nowhere/")
    answer = ask(f"{NEW}{OPEN[0]}/")
    assert answer.status_code == 503
    assert read_message(answer)[1] == (
        r"OCP\Security\Bruteforce\MaxDelayReached: Reached maximum delay"
    )
    assert server.cloud.throttle.failures(bucket=Bucket.PAGE) == 0


def test_half_of_the_cookies_is_worse_than_none(ask: Ask) -> None:
    """A client that sends a session back without its sister cookies gets 412."""
    answer = ask(LEGACY, login=OPEN)
    assert "ocdemo=1" in answer.headers["Set-Cookie"]
    assert ask(LEGACY, login=OPEN, headers={"Cookie": "ocdemo=1"}).status_code == 412


def test_without_federation_only_ajax_is_let_in(ask: Ask, server: CloudServer) -> None:
    """`X-Requested-With` is needed for everything but GET."""
    server.cloud.moods.federation = False
    silent = {"X-Requested-With": ""}
    assert ask(LEGACY, login=OPEN, headers=silent).status_code == 401
    assert ask(LEGACY, login=OPEN).status_code == 207
    path = f"{LEGACY}Aftaler/Partneraftale.pdf"
    assert ask(path, login=OPEN, headers=silent, method="GET").status_code == 200


def test_maintenance(ask: Ask, server: CloudServer) -> None:
    """503 with the header of its own, as a page or in sabre's words; `status.php` tells."""
    server.cloud.moods.maintenance = True
    page, words = ask(LEGACY, login=OPEN), ask(f"{NEW}{OPEN[0]}/")
    assert page.status_code == words.status_code == 503
    assert page.headers["X-Nextcloud-Maintenance-Mode"] == "1"
    assert page.headers["Content-Type"].startswith("text/html")
    assert read_message(words)[1] == "System is in maintenance mode."
    status = requests.get(f"{server.base_url}/status.php", timeout=10).json()
    assert status["maintenance"] is True


def test_links_switched_off_are_dead_tokens(ask: Ask, server: CloudServer) -> None:
    """With link sharing off every token is as if it had never been."""
    server.cloud.moods.links_allowed = False
    assert ask(LEGACY, login=OPEN).status_code == 401
    assert ask(f"{NEW}{OPEN[0]}/").status_code == 503


def test_an_untrusted_domain_is_a_bad_request(ask: Ask, server: CloudServer) -> None:
    """Everything is answered with 400."""
    server.cloud.moods.trusted = False
    assert ask(LEGACY, login=OPEN).status_code == 400


def test_a_failing_folder(ask: Ask, server: CloudServer) -> None:
    """It and all below fail; its parent lists it; infinity from above fails as a whole."""
    server.cloud.moods.failing["Delt/Aftaler"] = 503
    assert ask(f"{LEGACY}Aftaler/", login=OPEN).status_code == 503
    assert ask(LEGACY, login=OPEN).status_code == 207
    assert ask(LEGACY, login=OPEN, depth="infinity").status_code == 503
    assert ask(f"{LEGACY}Tom%20mappe/", login=OPEN, depth="infinity").status_code == 207


@pytest.mark.parametrize(
    ("mood", "status", "entries"),
    [(Infinity.REFUSED, 412, 0), (Infinity.CLAMPED, 207, 3), (Infinity.FULL, 207, 5)],
)
def test_infinity_can_be_refused_or_clamped(
    ask: Ask, server: CloudServer, mood: Infinity, status: int, entries: int
) -> None:
    """A refusal is a 412; a clamped answer is one level that looks like a good one."""
    server.cloud.moods.infinity = mood
    answer = ask(LEGACY, login=OPEN, depth="infinity")
    assert answer.status_code == status
    assert answer.text.count("<d:response>") == entries


def test_a_cut_off_infinity_is_no_xml(ask: Ask, server: CloudServer) -> None:
    """The body ends within an entry, under a status and length that look right."""
    server.cloud.moods.infinity = Infinity.CUT_OFF
    answer = ask(LEGACY, login=OPEN, depth="infinity")
    assert answer.status_code == 207
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(answer.content)


def test_hidden_and_foreign_properties_are_answered_with_404(ask: Ask, server: CloudServer) -> None:
    """Unknown properties are in the second propstat, empty."""
    server.cloud.moods.hidden_properties.add("oc:fileid")
    asked = (
        '<d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:x="urn:x"><d:prop>'
        "<oc:fileid/><oc:size/><x:odd/></d:prop></d:propfind>"
    )
    answer = ask(LEGACY, login=OPEN, depth="0", data=asked)
    found, missed = answer.text.split("</d:propstat><d:propstat>")
    assert "<oc:size>87</oc:size>" in found
    assert "<oc:fileid/>" in missed
    assert "{urn:x}odd" in {each.tag for each in etree.fromstring(answer.content).iter()}


def test_all_properties_and_bad_requests(ask: Ask) -> None:
    """Without a body the ordinary properties come; a body that is no XML is a 400."""
    assert "<d:getetag>" in ask(LEGACY, login=OPEN, data=b"").text
    assert ask(LEGACY, login=OPEN, data=b"<not xml").status_code == 400
    assert ask(LEGACY, login=OPEN, headers={"Authorization": "Basic ///"}).status_code == 401


@pytest.mark.parametrize(
    ("root", "login"),
    [(LEGACY, ("Write00000000001", "")), (f"{NEW}Write00000000001/", None)],
    ids=["legacy", "new"],
)
def test_a_writable_share_can_be_written(
    ask: Ask, server: CloudServer, root: str, login: tuple[str, str] | None
) -> None:
    """MKCOL, PUT, MOVE over an existing file and DELETE work; permissions say so beforehand."""
    assert "<oc:permissions>RGDNVCK</oc:permissions>" in ask(root, login=login, depth="0").text
    assert ask(f"{root}rapport", login=login, method="MKCOL").status_code == 201
    new = ask(f"{root}rapport/ny%20%c3%a6.json", login=login, method="PUT", data="nyt")
    assert new.status_code == 201
    old = ask(f"{root}rapport/status.json", login=login, method="PUT", data="gammelt")
    assert old.status_code == 201
    moved = ask(
        f"{root}rapport/ny%20%c3%a6.json",
        login=login,
        method="MOVE",
        headers={"Destination": f"{server.base_url}{root}rapport/status.json", "Depth": "0"},
    )
    assert moved.status_code == 204
    got = ask(f"{root}rapport/status.json", login=login, method="GET")
    assert got.content == b"nyt"
    assert re.fullmatch(r'"[0-9a-f]{32}"', got.headers["ETag"])
    again = ask(f"{root}rapport/status.json", login=login, method="PUT", data="nyere")
    assert again.status_code == 204
    gone = ask(f"{root}rapport/", login=login, method="DELETE", depth="infinity")
    assert gone.status_code == 204
    assert server.cloud.tree.root.find("Skriv/rapport") is None


def test_a_sent_time_is_stored(ask: Ask, server: CloudServer) -> None:
    """`X-OC-Mtime` sets the time of an uploaded file."""
    root = f"{NEW}Write00000000001/"
    sent = {"X-OC-Mtime": "1700000000"}
    assert ask(f"{root}tid.txt", method="PUT", data="x", headers=sent).status_code == 201
    at = server.cloud.tree.get("Skriv/tid.txt").modified_at
    assert at is not None
    assert at.timestamp() == 1_700_000_000


@pytest.mark.parametrize("method", ["PUT", "MKCOL", "DELETE", "MOVE"])
def test_a_share_for_reading_cannot_be_written(ask: Ask, method: str) -> None:
    """Every change is refused with 403."""
    answer = ask(f"{NEW}{OPEN[0]}/x", method=method)
    assert answer.status_code == 403
    assert read_message(answer) == (r"Sabre\DAV\Exception\Forbidden", "")


def test_a_file_drop_takes_a_file_and_shows_none(ask: Ask, server: CloudServer) -> None:
    """PUT is the one method; chunks are read too."""
    path = f"{server.base_url}{NEW}Drop000000000001/aflevering.txt"
    answer = requests.put(path, data=iter([b"en", b"to"]), timeout=10)
    assert answer.status_code == 201
    assert server.cloud.tree.get("Delt/aflevering.txt").content == b"ento"
    server.cloud.delete("Delt/aflevering.txt")


def test_errors_of_the_engine_have_sabre_words(ask: Ask) -> None:
    """What WsgiDAV refuses leaves in the same form as the rest."""
    answer = ask(f"{NEW}Write00000000001/a/b/c.txt", method="PUT", data="x")
    assert answer.status_code == 409
    assert read_message(answer)[0] == r"Sabre\DAV\Exception\Conflict"


def test_a_server_below_a_path(ask: Ask) -> None:
    """With a webroot everything is below it, hrefs and the move's destination too."""
    cloud = Cloud("29.0.0", throttle=Throttle(unit_s=0))
    cloud.add_file("Delt/x.txt", b"1")
    cloud.share("Token", "Delt")
    with serve_cloud(cloud, webroot="/nextcloud") as below:
        answer = requests.request(
            "PROPFIND", f"{below.base_url}{LEGACY}", auth=("Token", ""), timeout=10
        )
        assert read_hrefs(answer)[0] == "/nextcloud/public.php/webdav/"
        outside = requests.get(f"http://{below.host}/status.php", timeout=10)
        assert outside.status_code == 404


def test_unplugged_and_plugged_in_again(server: CloudServer) -> None:
    """A server that is down refuses connections and comes back at the same address."""
    cloud = Cloud()
    with serve_cloud(cloud) as frail:
        frail.unplug()
        frail.unplug()
        with pytest.raises(requests.ConnectionError):
            requests.get(f"{frail.base_url}/status.php", timeout=10)
        frail.plug_in()
        frail.plug_in()
        assert requests.get(f"{frail.base_url}/status.php", timeout=10).ok


def test_requests_are_counted_by_kind(ask: Ask, server: CloudServer) -> None:
    """Tests and benchmarks read how much a walk cost."""
    ask(LEGACY, login=OPEN)
    ask(LEGACY, login=OPEN, depth="0")
    ask(f"{NEW}{OPEN[0]}/", depth="infinity")
    ask(f"{NEW}{OPEN[0]}/x", depth="9")
    requests.get(f"{server.base_url}/status.php", timeout=10)
    assert server.traffic.counts == {
        "propfind-0": 1,
        "propfind-1": 1,
        "propfind-infinity": 1,
        "propfind-other": 1,
        "status": 1,
    }
    assert server.traffic.total == 5
    assert [each.status for each in server.traffic.served] == [207, 207, 207, 404, 200]
