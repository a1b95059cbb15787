"""Every form of a Nextcloud link is understood, and nothing else is taken for one."""

from __future__ import annotations

import unicodedata

import pytest

from syncer.model.handbook import ShareLink, ShareLinkForm
from syncer.model.shares import ACCOUNT_NAME
from syncer.nextcloud import share_url
from syncer.nextcloud.share_url import (
    build_direct_link,
    build_share_link,
    choose_hosts,
    find_suspects,
    parse_share_link,
)

HOST = "boks.example.dk"
HOSTS = frozenset({HOST})
BASE = f"https://{HOST}"
SHARE = f"{BASE}/s/AbC123"


def parse(url: str) -> ShareLink:
    """Parse a link that must be one."""
    link = parse_share_link(url, HOSTS)
    assert link is not None
    return link


@pytest.mark.parametrize(
    ("url", "folder", "form"),
    [
        (SHARE, "", ShareLinkForm.ROOT),
        (SHARE + "/", "", ShareLinkForm.ROOT),
        (f"  {SHARE} ", "", ShareLinkForm.ROOT),
        (f"{BASE}/index.php/s/AbC123", "", ShareLinkForm.ROOT),
        (f"//{HOST}/s/AbC123", "", ShareLinkForm.ROOT),
        (f"https:///{HOST}/s/AbC123", "", ShareLinkForm.ROOT),
        (rf"HTTPS:\\{HOST}\s\AbC123?path=/A", "A", ShareLinkForm.PATH),
        (SHARE + r"?path=\A", r"\A", ShareLinkForm.PATH),
        (SHARE + "/authenticate/showShare", "", ShareLinkForm.ROOT),
        (SHARE + "?path=%2F", "", ShareLinkForm.ROOT),
        (SHARE + "?path=", "", ShareLinkForm.ROOT),
        (SHARE + "?path=%2FA%2FB", "A/B", ShareLinkForm.PATH),
        (SHARE + "?path=/A/B/", "A/B", ShareLinkForm.PATH),
        (SHARE + "?path=A", "A", ShareLinkForm.PATH),
        (SHARE + "?path=%2FA%20B+C", "A B C", ShareLinkForm.PATH),
        (SHARE + "?path=/1%2B1", "1+1", ShareLinkForm.PATH),
        (SHARE + "?path=/A#afsnit", "A", ShareLinkForm.PATH),
        (SHARE + "?path=/X&path=/A", "A", ShareLinkForm.PATH),
        (SHARE + "?dir=/A", "A", ShareLinkForm.DIR),
        (SHARE + "?dir=/A&path=", "A", ShareLinkForm.DIR),
        (SHARE + "?dir=undefined", "", ShareLinkForm.ROOT),
        (SHARE + "?dir=&path=/A", "A", ShareLinkForm.PATH),
        (SHARE + "?dir=/A&path=/A", "A", ShareLinkForm.BOTH),
        (SHARE + "?dir=/A&path=/B", "B", ShareLinkForm.BOTH),
        (SHARE + "?dir=/A&path=/", "", ShareLinkForm.ROOT),
        (SHARE + "?path=/A/./B//C", "A/B/C", ShareLinkForm.PATH),
    ],
)
def test_folder_forms(url: str, folder: str, form: ShareLinkForm) -> None:
    """The intended folder is `path`, else `dir` unless it names nothing, else the root."""
    link = parse(url)
    assert (link.folder, link.form) == (folder, form)
    assert (link.token, link.base_url, link.share_id) == ("AbC123", BASE, f"{HOST}/AbC123")
    assert link.url == url


def test_a_link_as_a_browser_once_copied_it() -> None:
    """`dir=undefined` is nothing, and `openfile` names the file."""
    link = parse(SHARE + "?dir=undefined&path=%2FA%2FB&openfile=64656")
    assert (link.folder, link.file_id, link.form) == ("A/B", 64656, ShareLinkForm.PATH)


@pytest.mark.parametrize(
    ("tail", "folder", "name"),
    [
        ("/download", "", None),
        ("/download?path=/A", "A", None),
        ("/download/x%20y.docx", "", "x y.docx"),
        ("/download/A/x.docx", "A", "x.docx"),
    ],
)
def test_download_forms(tail: str, folder: str, name: str | None) -> None:
    """A download names a file by its name in the path, or a whole folder."""
    link = parse(SHARE + tail)
    assert (link.folder, link.file_name, link.form) == (folder, name, ShareLinkForm.DOWNLOAD)


@pytest.mark.parametrize(
    ("tail", "folder", "name"),
    [
        ("/download?path=/A&files=x.docx", "A", "x.docx"),
        ("/download?path=/A&files=B/x.docx", "A/B", "x.docx"),
        ("/download?path=/A&files=%5B%22x.docx%22%5D", "A", "x.docx"),
        ("/download?path=/A&files=%5B%22x.docx%22,%22y.docx%22%5D", "A", None),
        ("/download?path=/A&files=[udkast", "A", "[udkast"),
        ("/download?files=x.docx", "", "x.docx"),
        ("/download?files=../../x.docx", "", "x.docx"),
    ],
)
def test_downloads_by_files(tail: str, folder: str, name: str | None) -> None:
    """`files=` names a file; from 31 on only a list is understood, and looked for in the root."""
    link = parse(SHARE + tail)
    assert (link.folder, link.file_name, link.form) == (folder, name, ShareLinkForm.FILES)


@pytest.mark.parametrize(
    ("tail", "folder", "name", "form"),
    [
        ("", "", None, ShareLinkForm.DIRECT),
        ("/", "", None, ShareLinkForm.DIRECT),
        ("/?accept=zip", "", None, ShareLinkForm.DIRECT),
        ("/A/x%20%c3%a6.docx", "A", "x æ.docx", ShareLinkForm.DIRECT),
        ("/A/B?accept=zip", "A/B", None, ShareLinkForm.DIRECT),
        ('/A?accept=zip&files=["x.docx"]', "A", "x.docx", ShareLinkForm.DIRECT),
        ("/A?accept=zip&files=x.docx", "A", "x.docx", ShareLinkForm.FILES),
        ("/A/../etc", "", "etc", ShareLinkForm.DIRECT),
        ("/A%2f..%2f..%2fetc", "", "etc", ShareLinkForm.DIRECT),
        ("/100%2525.docx", "", "100%25.docx", ShareLinkForm.DIRECT),
    ],
)
def test_direct_forms(tail: str, folder: str, name: str | None, form: ShareLinkForm) -> None:
    """The token and the path are in the address; only `accept=zip` says that it is a folder."""
    link = parse(f"{BASE}/public.php/dav/files/AbC123{tail}")
    assert (link.folder, link.file_name, link.form) == (folder, name, form)
    assert link.share_id == f"{HOST}/AbC123"


@pytest.mark.parametrize(
    ("tail", "path"),
    [
        ("/s/AbC123/preview", None),
        ("/s/AbC123#side-2", None),
        ("/s/AbC123/download?files=%5B%22x.docx%22%5D", "x.docx"),
        ("/apps/files_sharing/public/AbC123", None),
        ("/index.php/apps/files_sharing/publicpreview/AbC123?file=/A/x.png&x=32", "A/x.png"),
    ],
)
def test_forms_around_a_share(tail: str, path: str | None) -> None:
    """Previews, a list in the root and the app's own addresses: the share, or a file by name."""
    link = parse(BASE + tail)
    assert link.token == "AbC123"
    assert link.file_path == path
    assert link.form is (ShareLinkForm.ROOT if path is None else ShareLinkForm.FILE)


@pytest.mark.parametrize(
    ("tail", "folder", "file_id"),
    [
        ("/f/147553", "", 147553),
        ("/index.php/f/147553", "", 147553),
        ("/apps/files/?dir=/A&fileid=12", "A", 12),
        ("/apps/files?dir=/A&fileid=12&openfile=13", "A", 13),
        ("/index.php/apps/files/files/33?dir=/A&openfile=true", "A", 33),
        ("/apps/files/files", "", None),
        ("/apps/files/favorites/x", "", None),
        ("/apps/files/favorites?dir=/A", "A", None),
        ("/apps/files/trashbin?dir=/A", "", None),
        ("/apps/files/?dir=/A&view=trashbin", "", None),
        ("/apps/files/tags?dir=/12", "", None),
        ("/f/9999999999999999999", "", 9999999999999999999),
    ],
)
def test_inside_forms(tail: str, folder: str, file_id: int | None) -> None:
    """What lies behind a login has no token; the id of the file is kept."""
    link = parse(BASE + tail)
    assert (link.folder, link.file_id, link.form) == (folder, file_id, ShareLinkForm.INSIDE)
    assert link.token is None
    assert link.share_id is None


@pytest.mark.parametrize(
    ("url", "host", "base_url"),
    [
        ("https://boks.example.dk/sky/s/T", HOST, f"{BASE}/sky"),
        ("https://boks.example.dk/a/b/index.php/s/T", HOST, f"{BASE}/a/b"),
        ("HTTPS://BOKS.Example.DK:443/s/T", HOST, BASE),
        ("https://boks.example.dk./s/T", HOST, BASE),
        ("https://nogen@boks.example.dk/s/T", HOST, BASE),
        ("http://boks.example.dk:8080/s/T", f"{HOST}:8080", f"http://{HOST}:8080"),
        ("http://[::1]:8080/s/T", "[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_host_and_webroot(url: str, host: str, base_url: str) -> None:
    """The host keeps a port that is not the scheme's own; what stands before `/s/` is webroot."""
    link = parse_share_link(url, {host})
    assert link is not None
    assert (link.host, link.base_url) == (host, base_url)


@pytest.mark.parametrize(
    "url",
    [
        f"{BASE}/./s/AbC123",
        f"{BASE}/../s/AbC123",
        f"{BASE}/%2E/s/./AbC123/.",
        f"{BASE}/a//%2e.//../../s/AbC123",
        f"{BASE}/s/x/.%2e/AbC123",
        rf"{BASE}\sky\..\s\AbC123",
        f"{BASE}/%73/AbC123",
        f"{BASE}/index.php/%73/%41bC123",
        "https://boks%2eexample.dk/s/AbC123",
        "https://%42oks.example%2Edk%2e:443/s/AbC123",
        "https://nogen@%62oks.example.dk/s/AbC123",
    ],
)
def test_dots_and_letters_as_browsers_and_nextcloud_read_them(url: str) -> None:
    """Dots resolve before the request, the host is decoded, and Nextcloud decodes the path."""
    link = parse(url)
    assert (link.share_id, link.base_url, link.folder) == (f"{HOST}/AbC123", BASE, "")
    assert link.url == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "#top",
        "docs/appendix",
        "mailto:nogen@boks.example.dk",
        BASE,
        BASE + "/",
        BASE + "/call/abc",
        BASE + "/apps/forms/s/abc",
        BASE + "/apps/collectives/p/abc/def",
        BASE + "/remote.php/dav/files/nogen/x",
        BASE + "/public.php/webdav/",
        BASE + "/index.php",
        BASE + "/s",
        BASE + "/s/",
        BASE + "/s/a%20b",
        BASE + "/s/" + "a" * 65,
        BASE + "/f/abc",
        BASE + "/f/" + "1" * 20,
        BASE + "/a%2e/s/T",
        BASE + "/s%2fT",
        BASE + "/s/T/..",
        BASE + "/s/%ff",
        BASE + "/%61pps/forms/s/abc",
        BASE + "/index%2ephp/s/T",
        BASE + "/%70ublic.php/dav/files/T/x.docx",
        BASE + "/public.php/dav/files/T/../../etc",
        BASE + "/public.php/dav/files/T/%2e%2E/x.docx",
        "https://boks.example.dk%2fs/s/T",
        "https://boks.example.dk%3a443/s/T",
        "https://nogen%40boks.example.dk/s/T",
        "https://boks%252eexample.dk/s/T",
        "https://boks%ff.example.dk/s/T",
        "https://%2e/s/T",
        SHARE + "/noget/andet",
        SHARE + "?path=%ff",
        SHARE + "?path=/a%00b",
        SHARE + "?path=/a%0ab",
        SHARE + "?path=/a\ud800",
        SHARE + "/download/%ff",
        SHARE + "?path=" + "a" * 9000,
        "https://anden.example.dk/s/T",
        "https://boks.example.dk:x/s/T",
        "https://boks.example.dk:99999/s/T",
        "https://[::1/s/T",
        "https:///s/T",
        "https://./s/T",
        "ftp://boks.example.dk/s/T",
        "/boks.example.dk/s/T",
        r"https:\boks.example.dk/s/T",
    ],
)
def test_what_is_no_link_to_files(url: str) -> None:
    """Other hosts, other services and what is no URL are nobody's link; nothing is raised."""
    assert parse_share_link(url, HOSTS) is None
    if "//anden." not in url:
        assert parse_share_link(url, None) is None
        assert find_suspects([url], ()) == {}


@pytest.mark.parametrize("path", ["/../../etc", "/A/../../etc", "..%2F..%2Fetc", "%2e%2e/etc"])
def test_dots_do_not_lead_out_of_the_share(path: str) -> None:
    """`..` stops at the share's root."""
    assert parse(f"{SHARE}?path={path}").folder == "etc"


def test_a_folder_is_nfc_however_it_was_pasted() -> None:
    """A link copied on a Mac names the same folder."""
    decomposed = unicodedata.normalize("NFD", "Årsmøde")
    assert parse(f"{SHARE}?path=/{decomposed}").folder == "Årsmøde"


def test_without_an_answer_the_settings_hosts_count() -> None:
    """Where the settings name hosts, another one must have answered as a Nextcloud."""
    suspects = find_suspects([SHARE, f"{BASE}/f/1", "https://named.dk/s/T"], {"named.dk"})
    assert set(suspects) == {HOST}
    assert suspects[HOST].base_urls == {BASE}
    assert choose_hosts({"named.dk"}, suspects, {}) == {"named.dk"}
    assert choose_hosts({"named.dk"}, suspects, {HOST: True}) == {"named.dk", HOST}


def test_without_settings_a_share_link_names_a_host_until_it_answers() -> None:
    """`/f/ID` and the files app prove nothing alone; an answer decides each host."""
    urls = [SHARE, "http://x.dk:81/sky/s/T?path=/A", "https://y.dk/f/12", "https://z.dk/side", "#a"]
    suspects = find_suspects(urls, ())
    assert set(suspects) == {HOST, "x.dk:81", "y.dk"}
    assert suspects["x.dk:81"].base_urls == {"http://x.dk:81/sky"}
    assert choose_hosts((), suspects, {}) == {HOST, "x.dk:81"}
    assert choose_hosts((), suspects, {HOST: False, "y.dk": True}) == {"x.dk:81", "y.dk"}


def test_the_link_to_propose_bears_both_words() -> None:
    """It opens the folder before and after 31, and is read back as what it was made from."""
    url = build_share_link(BASE, "T", "A & B/100% #1 +")
    assert (
        url
        == f"{BASE}/s/T?dir=/A%20%26%20B/100%25%20%231%20%2B&path=/A%20%26%20B/100%25%20%231%20%2B"
    )
    assert (parse(url).folder, parse(url).form) == ("A & B/100% #1 +", ShareLinkForm.BOTH)
    assert build_share_link(BASE, "T", "") == f"{BASE}/s/T"
    assert build_share_link(BASE, "T", "", 7) == f"{BASE}/s/T?openfile=7"
    assert parse(build_share_link(BASE, "T", "A", 7)).file_id == 7


@pytest.mark.parametrize(
    ("path", "folder"), [("", True), ("A & B/1 +", True), ("A/x?.docx", False)]
)
def test_a_direct_address_is_read_as_it_was_built(path: str, folder: bool) -> None:
    """For a file, and for a folder as an archive."""
    link = parse(build_direct_link(BASE, "T", path, folder=folder))
    assert (link.folder if folder else link.file_path, link.form) == (path, ShareLinkForm.DIRECT)


def test_an_accounts_folder_has_a_link_behind_the_login() -> None:
    """It is read as it was built."""
    for folder in ("A & B/100% #1 +", ""):
        link = parse(build_share_link(BASE, ACCOUNT_NAME, folder))
        assert (link.folder, link.form, link.token) == (folder, ShareLinkForm.INSIDE, None)


@pytest.mark.parametrize("view", ["files", "favorites", "personal", "recent"])
def test_a_view_with_paths_names_a_folder(view: str) -> None:
    """In the query and in the path; in others `dir` is no folder."""
    assert parse(f"{BASE}/apps/files/?dir=/A&view={view}").folder == "A"
    assert parse(f"{BASE}/apps/files/{view}?dir=/A").folder == "A"
    assert parse(f"{BASE}/apps/files/?dir=/A&view={view}x").folder == ""
    assert len(share_url._VIEWS_BY_PATH) == 4


@pytest.mark.parametrize("part", sorted(share_url._NO_WEBROOT - {"s", "f", "index.php"}))
def test_a_path_of_nextcloud_itself_is_no_folder_above_it(part: str) -> None:
    """What follows it is no share of a Nextcloud below."""
    names = {"apps", "call", "f", "index.php", "ocs", "public.php", "remote.php", "s"}
    assert names == share_url._NO_WEBROOT
    found = parse_share_link(f"{BASE}/{part}/x/s/AbC123", HOSTS)
    assert found is None or found.share_id is None


def test_a_link_is_as_long_as_a_server_takes() -> None:
    """One more character makes it none."""
    longest = f"{SHARE}?path=/".ljust(8_192, "a")
    assert parse_share_link(longest, HOSTS) is not None
    assert parse_share_link(longest + "a", HOSTS) is None
