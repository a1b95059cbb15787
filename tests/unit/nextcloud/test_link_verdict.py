"""What a reader meets behind a Nextcloud link, by the tree behind the share."""

from __future__ import annotations

from dataclasses import replace

import pytest

from syncer.model.handbook import ShareLinkForm
from syncer.model.links import LinkKind, LinkStatus, LinkVerdict
from syncer.model.reason import Reason
from syncer.model.shares import (
    ListingKind,
    RemoteFile,
    RemoteFolder,
    Share,
    ShareKind,
    ShareStatus,
    ShareTree,
    UnreadFolder,
)
from syncer.nextcloud.link_verdict import (
    WalkedPlaces,
    correct_link,
    judge_share_link,
    opens_root,
)
from syncer.nextcloud.share_url import parse_share_link

HOST = "boks.example.org"
BASE = f"https://{HOST}"
TREE = ShareTree(
    files=(
        RemoteFile("Rod.pdf", file_id=6),
        RemoteFile("Skabeloner/Aftale.docx", file_id=7),
        RemoteFile("Skabeloner/FLOSS/FLOSS.docx", file_id=8),
    ),
    folders=(
        RemoteFolder("", file_id=1),
        RemoteFolder("Skabeloner", file_id=2),
        RemoteFolder("Skabeloner/FLOSS", file_id=3),
    ),
)


def make_share(
    status: ShareStatus = ShareStatus.OK,
    tree: ShareTree | None = TREE,
    *,
    version: str | None = "29.0.1",
    reason: Reason | None = None,
    gone: frozenset[str] = frozenset(),
) -> Share:
    """Return a share of the run."""
    return Share(
        id=f"{HOST}/TOKEN",
        kind=ShareKind.PUBLIC,
        name="Delt",
        base_url=BASE,
        endpoint="new",
        server_version=version,
        status=status,
        listing=ListingKind.INFINITY,
        tree=tree,
        reason=reason,
        gone_places=gone,
        has_password=False,
    )


def judge(url: str, *shares: Share) -> LinkVerdict:
    """Judge a link of the host."""
    link = parse_share_link(BASE + url, {HOST})
    assert link is not None
    return judge_share_link(link, WalkedPlaces({share.id: share for share in shares}))


@pytest.mark.parametrize(
    ("url", "status", "reason"),
    [
        ("/s/TOKEN", LinkStatus.OK, None),
        ("/s/TOKEN?path=%2FSkabeloner", LinkStatus.OK, None),
        ("/s/TOKEN?dir=/Skabeloner&path=/Skabeloner", LinkStatus.OK, None),
        ("/s/TOKEN?path=/Borte", LinkStatus.UNCONFIRMED, "link-place-not-seen"),
        ("/s/TOKEN?path=/Skabeloner&openfile=7", LinkStatus.OK, None),
        ("/s/TOKEN?path=/Skabeloner&openfile=8", LinkStatus.OK, "link-file-moved"),
        ("/s/TOKEN?path=/Skabeloner&openfile=99", LinkStatus.BROKEN, "link-file-gone"),
        ("/s/TOKEN/download?path=/Skabeloner&files=Aftale.docx", LinkStatus.OK, None),
        ("/public.php/dav/files/TOKEN", LinkStatus.OK, None),
        ("/public.php/dav/files/TOKEN/Skabeloner/Aftale.docx", LinkStatus.OK, None),
        ("/public.php/dav/files/TOKEN/Skabeloner", LinkStatus.OK, None),
        ("/public.php/dav/files/TOKEN/Skabeloner?accept=zip", LinkStatus.OK, None),
        (
            "/public.php/dav/files/TOKEN/Skabeloner/X.docx",
            LinkStatus.UNCONFIRMED,
            "link-place-not-seen",
        ),
        (
            "/s/TOKEN/download?path=/Skabeloner&files=X.docx",
            LinkStatus.UNCONFIRMED,
            "link-place-not-seen",
        ),
        ("/s/TOKEN/download/Rod.docx", LinkStatus.UNCONFIRMED, "link-place-not-seen"),
        ("/s/OTHER", LinkStatus.UNCHECKED, "share-not-looked-at"),
        ("/f/99", LinkStatus.NEEDS_LOGIN, "link-needs-login"),
        ("/f/7", LinkStatus.NEEDS_LOGIN, "link-needs-login-but-public"),
        ("/f/3", LinkStatus.NEEDS_LOGIN, "link-needs-login-but-public"),
        ("/apps/files/?dir=/X", LinkStatus.NEEDS_LOGIN, "link-needs-login"),
    ],
)
def test_every_form(url: str, status: LinkStatus, reason: str | None) -> None:
    """Each form of link is answered from the tree."""
    verdict = judge(url, make_share())
    assert verdict.status is status
    assert (verdict.reason.code if verdict.reason else None) == reason


def test_a_place_that_two_looks_did_not_find_is_broken() -> None:
    """Only then: until it is settled the verdict stays unconfirmed."""
    verdict = judge("/s/TOKEN?path=/Borte", make_share(gone=frozenset({"Borte"})))
    assert verdict.status is LinkStatus.BROKEN


def test_what_was_not_read_is_no_proof() -> None:
    """An unread folder leaves places and ids open."""
    tree = replace(TREE, unread=(UnreadFolder("Skabeloner/FLOSS", Reason("timeout")),))
    for url in ("/s/TOKEN?path=/Borte", "/s/TOKEN?path=/Skabeloner&openfile=99"):
        assert judge(url, make_share(tree=tree)).status is LinkStatus.UNCHECKED


def test_a_part_of_a_share_is_no_proof_of_what_lies_elsewhere() -> None:
    """An id that only some folders were searched for is open; a place that is there is there."""
    part = replace(make_share(), scope=("Skabeloner",), found_places=frozenset({"Aftaler"}))
    verdict = judge("/s/TOKEN?openfile=99", part)
    assert (verdict.status, verdict.reason) == (
        LinkStatus.UNCHECKED,
        Reason("link-file-id-unknown"),
    )
    assert judge("/s/TOKEN?openfile=7", part).status is LinkStatus.OK
    assert judge("/s/TOKEN?dir=/Aftaler&path=/Aftaler", part).status is LinkStatus.OK


@pytest.mark.parametrize("url", ["/s/TOKEN/download/A.docx", "/s/TOKEN/download?files=A.docx"])
def test_the_download_of_a_single_file_is_that_file_whatever_its_name(url: str) -> None:
    """The server does not look at the name: the file may be called otherwise by now."""
    tree = ShareTree(files=(RemoteFile("B.docx", file_id=7),), folders=(), single_file=True)
    gone = frozenset({"A.docx"})
    assert judge(url, make_share(tree=tree, gone=gone)).status is LinkStatus.OK
    assert judge(url, make_share(gone=gone)).status is LinkStatus.BROKEN


def test_a_local_copy_knows_no_ids() -> None:
    """Nothing follows from an id that is not found where there are none."""
    tree = ShareTree(files=(RemoteFile("A.docx"),), folders=(RemoteFolder(""),))
    verdict = judge("/s/TOKEN?openfile=7", make_share(tree=tree))
    assert (verdict.status, verdict.reason) == (
        LinkStatus.UNCHECKED,
        Reason("link-file-id-unknown"),
    )


@pytest.mark.parametrize(
    ("share_status", "status"),
    [
        (ShareStatus.GONE, LinkStatus.BROKEN),
        (ShareStatus.NEEDS_PASSWORD, LinkStatus.NEEDS_PASSWORD),
        (ShareStatus.UPLOAD_ONLY, LinkStatus.OK),
        (ShareStatus.THROTTLED, LinkStatus.UNCHECKED),
        (ShareStatus.UNREADABLE, LinkStatus.UNCHECKED),
        (ShareStatus.UNCHECKED, LinkStatus.UNCHECKED),
    ],
)
def test_the_share_decides_where_there_is_no_tree(
    share_status: ShareStatus, status: LinkStatus
) -> None:
    """Gone is broken; what could not be looked at is unchecked, with the share's reason."""
    share = make_share(share_status, None, reason=Reason("timeout"))
    verdict = judge("/s/TOKEN?path=/A", share)
    assert verdict.status is status
    assert verdict.kind is LinkKind.SHARE
    if status is LinkStatus.UNCHECKED:
        assert verdict.reason == Reason("timeout")


@pytest.mark.parametrize(
    "share_status", [ShareStatus.THROTTLED, ShareStatus.UNREADABLE, ShareStatus.UNCHECKED]
)
def test_what_nobody_gave_a_reason_for_was_not_looked_at(share_status: ShareStatus) -> None:
    """A verdict that is no claim always says why."""
    verdict = judge("/s/TOKEN?path=/A", make_share(share_status, None))
    assert verdict.reason == Reason("share-not-looked-at")


@pytest.mark.parametrize(
    ("url", "version", "opens"),
    [
        ("/s/TOKEN?path=/Skabeloner", "31.0.4", True),
        ("/s/TOKEN?path=/Skabeloner", "30.0.1", False),
        ("/s/TOKEN?dir=/Skabeloner", "30.0.1", True),
        ("/s/TOKEN?dir=/Skabeloner", "31.0.4", False),
        ("/s/TOKEN?dir=/Skabeloner&path=/Skabeloner", "31.0.4", False),
        ("/s/TOKEN?path=/Skabeloner", None, False),
        ("/s/TOKEN?path=/Skabeloner", "unknown", False),
        ("/s/TOKEN", "31.0.4", False),
    ],
)
def test_links_that_open_the_root(url: str, version: str | None, opens: bool) -> None:
    """From 31 the page reads `dir` only, before it `path` only (nextcloud.md, section 5)."""
    link = parse_share_link(BASE + url, {HOST})
    assert link is not None
    share = make_share(version=version)
    assert opens_root(link, share) is opens
    verdict = judge(url, share)
    assert verdict.status is LinkStatus.OK
    if opens:
        assert verdict.hint is not None
        assert verdict.hint.args["url"] == f"{BASE}/s/TOKEN?dir=/Skabeloner&path=/Skabeloner"


@pytest.mark.parametrize("token", ["A", "B"])
def test_a_file_that_lies_in_two_shares_is_there_for_both(token: str) -> None:
    """Nested shares show the same id: what one holds is not gone from the other."""
    shares = (replace(make_share(), id=f"{HOST}/{share}") for share in "AB")
    verdict = judge(f"/s/{token}?path=/Skabeloner&openfile=7", *shares)
    assert (verdict.status, verdict.reason) == (LinkStatus.OK, None)


def test_a_link_inside_is_looked_for_in_the_shares_that_were_read() -> None:
    """A share of which nothing is known neither holds the file nor stands in the way."""
    unread = replace(make_share(ShareStatus.UNREADABLE, None), id=f"{HOST}/A")
    verdict = judge("/f/7", unread, make_share())
    assert (verdict.status, verdict.reason) == (
        LinkStatus.NEEDS_LOGIN,
        Reason("link-needs-login-but-public"),
    )


def test_what_an_account_sees_is_no_link_for_readers() -> None:
    """Neither does it prove that a public share's copy on disk has lost a file."""
    account = replace(make_share(), id=f"{HOST}/@account", kind=ShareKind.ACCOUNT)
    verdict = judge("/f/7", account)
    reason = Reason("link-needs-login", {"path": "Skabeloner/Aftale.docx"})
    assert (verdict.status, verdict.reason) == (LinkStatus.NEEDS_LOGIN, reason)
    assert verdict.hint is None
    copy = make_share(tree=ShareTree((RemoteFile("A.docx"),), (RemoteFolder(""),)))
    told = judge("/s/TOKEN?openfile=99", account, copy)
    assert (told.status, told.reason) == (LinkStatus.UNCHECKED, Reason("link-file-id-unknown"))


FILE = "/s/TOKEN/download?path=/Skabeloner&files=Aftale.docx"
DIRECT = f"{BASE}/public.php/dav/files/TOKEN/Skabeloner"


@pytest.mark.parametrize(
    ("url", "version", "status", "code", "proposed"),
    [
        (FILE, "30.0.4", LinkStatus.OK, None, None),
        (FILE, None, LinkStatus.OK, None, None),
        (FILE, "31.0.0", LinkStatus.BROKEN, "link-download-empty", f"{DIRECT}/Aftale.docx"),
        (
            "/s/TOKEN/download?path=/Skabeloner",
            "32.0.1",
            LinkStatus.OK,
            "link-opens-root",
            f"{DIRECT}?accept=zip",
        ),
        (
            "/s/TOKEN/download/Skabeloner/Aftale.docx",
            "32.0.1",
            LinkStatus.OK,
            "link-opens-root",
            f"{DIRECT}/Aftale.docx",
        ),
        ("/s/TOKEN/download", "32.0.1", LinkStatus.OK, None, None),
        ('/s/TOKEN/download?files=["Rod.pdf"]', "32.0.1", LinkStatus.OK, None, None),
        (
            "/apps/files_sharing/publicpreview/TOKEN?file=/Skabeloner/Aftale.docx",
            "32.0.1",
            LinkStatus.OK,
            None,
            None,
        ),
        (
            "/public.php/dav/files/TOKEN/Skabeloner/Aftale.docx",
            "28.0.1",
            LinkStatus.BROKEN,
            "link-direct-unknown",
            f"{BASE}/s/TOKEN?dir=/Skabeloner&path=/Skabeloner",
        ),
        ("/public.php/dav/files/TOKEN/Skabeloner/Aftale.docx", None, LinkStatus.OK, None, None),
    ],
)
def test_downloads_by_version(
    url: str, version: str | None, status: LinkStatus, code: str | None, proposed: str | None
) -> None:
    """From 31 a download forgets its folder; a direct address exists since 29."""
    verdict = judge(url, make_share(version=version))
    assert verdict.status is status
    assert (verdict.reason and verdict.reason.code) == code
    assert (verdict.hint and verdict.hint.args["url"]) == proposed


@pytest.mark.parametrize(
    ("version", "status", "proposed"),
    [
        ("31.0.2", LinkStatus.BROKEN, f"{BASE}/s/min-egen?dir=/Skabeloner&path=/Skabeloner"),
        ("32.0.1", LinkStatus.BROKEN, f"{BASE}/public.php/dav/files/min-egen/Skabeloner/A.docx"),
    ],
)
def test_no_direct_address_is_proposed_where_it_fails(
    version: str, status: LinkStatus, proposed: str
) -> None:
    """On 31.0 a custom token with a hyphen is "out of base uri": the page is proposed instead."""
    tree = ShareTree((RemoteFile("Skabeloner/A.docx"),), (RemoteFolder("Skabeloner"),))
    share = replace(make_share(version=version, tree=tree), id=f"{HOST}/min-egen")
    verdict = judge("/s/min-egen/download?path=/Skabeloner&files=A.docx", share)
    assert (verdict.status, verdict.hint and verdict.hint.args["url"]) == (status, proposed)


def test_a_correction_keeps_the_file_and_the_form_of_the_link() -> None:
    """`openfile` stays, and `/index.php`, without which some servers find no page."""
    url = "/index.php/s/TOKEN?path=/Skabeloner&openfile=7"
    hint = judge(url, make_share(version="32.0.1")).hint
    assert hint is not None
    assert hint.args["url"] == (
        f"{BASE}/index.php/s/TOKEN?dir=/Skabeloner&path=/Skabeloner&openfile=7"
    )


def test_a_secret_token_is_never_proposed() -> None:
    """A share that only the settings name answers no link inside, though it has the file."""
    share = make_share()
    link = parse_share_link(f"{BASE}/f/7", {HOST})
    assert link is not None
    verdict = judge_share_link(link, WalkedPlaces({share.id: share}, {share.id}))
    assert (verdict.reason, verdict.hint) == (Reason("link-needs-login"), None)


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/s/TOKEN", LinkStatus.OK),
        ("/s/TOKEN/download", LinkStatus.BROKEN),
        ("/public.php/dav/files/TOKEN/A.docx", LinkStatus.BROKEN),
    ],
)
def test_nothing_can_be_downloaded_from_a_file_drop(url: str, status: LinkStatus) -> None:
    """Its page works, for handing in files."""
    assert judge(url, make_share(ShareStatus.UPLOAD_ONLY, None)).status is status


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        ("/s/TOKEN?dir=/Skabeloner", LinkVerdict(LinkKind.SHARE, LinkStatus.OK)),
        (
            "/public.php/dav/files/TOKEN/Skabeloner/Aftale.docx",
            LinkVerdict(
                LinkKind.SHARE, LinkStatus.NEEDS_PASSWORD, Reason("link-share-needs-password")
            ),
        ),
    ],
)
def test_a_direct_address_asks_for_no_password(url: str, verdict: LinkVerdict) -> None:
    """The page of a share asks for it; the address of a file answers with an error."""
    share = replace(make_share(version="32.0.1"), has_password=True)
    assert judge(url, share) == verdict


@pytest.mark.parametrize("has_password", [True, None])
def test_what_asks_for_a_password_is_corrected_by_its_page(has_password: bool | None) -> None:
    """Neither is it a public address for what is behind a login."""
    share = replace(make_share(version="32.0.1"), has_password=has_password)
    hint = judge(FILE, share).hint
    assert hint is not None
    assert hint.args["url"] == f"{BASE}/s/TOKEN?dir=/Skabeloner&path=/Skabeloner"
    assert (judge("/f/7", share).hint is None) is (has_password is True)


FORMS = {
    "/s/TOKEN": LinkStatus.OK,
    "/s/TOKEN?path=/Skabeloner": LinkStatus.OK,
    "/s/TOKEN?dir=/Skabeloner": LinkStatus.OK,
    "/s/TOKEN?dir=/A&path=/A": LinkStatus.OK,
    "/s/TOKEN/download": LinkStatus.BROKEN,
    "/s/TOKEN/download?path=/A&files=x.docx": LinkStatus.BROKEN,
    '/s/TOKEN/download?files=["x.docx"]': LinkStatus.BROKEN,
    "/public.php/dav/files/TOKEN/A.docx": LinkStatus.BROKEN,
}


def test_each_form_of_a_link_to_a_file_drop() -> None:
    """Its page takes files whatever folder is named, and no form downloads one."""
    share = make_share(ShareStatus.UPLOAD_ONLY, None)
    assert {url: judge(url, share).status for url in FORMS} == FORMS
    links = [parse_share_link(BASE + url, {HOST}) for url in FORMS]
    assert {link.form for link in links if link} == {*ShareLinkForm} - {ShareLinkForm.INSIDE}


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (ShareStatus.GONE, "link-share-gone"),
        (ShareStatus.NEEDS_PASSWORD, "link-share-needs-password"),
        (ShareStatus.UPLOAD_ONLY, "link-share-upload-only"),
    ],
)
def test_what_a_share_decides_says_why(status: ShareStatus, code: str) -> None:
    """Whatever the link names in it."""
    assert judge("/s/TOKEN?path=/A", make_share(status, None)).reason == Reason(code)


def test_a_link_to_a_file_that_moved_is_given_the_folder() -> None:
    """The hint is the public page of the folder, with the file opened."""
    hint = judge("/s/TOKEN?openfile=7", make_share()).hint
    url = f"{BASE}/s/TOKEN?dir=/Skabeloner&path=/Skabeloner&openfile=7"
    assert hint == Reason("use-link", {"url": url})


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("/s/TOKEN?path=/Væk", Reason("link-place-gone", {"path": "Væk"})),
        ("/s/TOKEN?path=/Borte", Reason("link-place-not-seen", {"path": "Borte"})),
        ("/s/TOKEN/download/Skabeloner/x", Reason("link-place-gone", {"path": "Skabeloner/x"})),
        ("/s/TOKEN?openfile=99", Reason("link-file-gone", {"file_id": 99})),
        ("/s/TOKEN?openfile=7", Reason("link-file-moved", {"folder": "Skabeloner"})),
    ],
)
def test_what_is_missing_is_named(url: str, reason: Reason) -> None:
    """As the link names it, and where a file went."""
    assert judge(url, make_share(gone=frozenset({"Væk", "Skabeloner/x"}))).reason == reason


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("/s/TOKEN?path=/Borte", Reason("link-place-unread", {"path": "Borte"})),
        ("/s/TOKEN?openfile=99", Reason("link-file-id-unknown")),
    ],
)
def test_what_may_be_in_an_unread_folder_is_named(url: str, reason: Reason) -> None:
    """It is no claim, and says which place is open."""
    tree = replace(TREE, unread=(UnreadFolder("Skabeloner/FLOSS", Reason("timeout")),))
    assert judge(url, make_share(tree=tree)).reason == reason


@pytest.mark.parametrize(
    ("file_id", "query"),
    [
        (1, ""),
        (2, "?dir=/Skabeloner&path=/Skabeloner"),
        (6, "?openfile=6"),
        (7, "?dir=/Skabeloner&path=/Skabeloner&openfile=7"),
    ],
)
@pytest.mark.parametrize("first", ["A", "B"])
def test_the_public_link_for_an_id(file_id: int, query: str, first: str) -> None:
    """A folder itself, or a file in its folder, by the first share that readers know."""
    shares = [replace(make_share(), id=f"{HOST}/{token}") for token in "AB"]
    hint = judge(f"/f/{file_id}", *(shares if first == "A" else reversed(shares))).hint
    assert hint == Reason("use-link", {"url": f"{BASE}/s/A{query}"})


@pytest.mark.parametrize(
    ("token", "version", "known"),
    [
        ("TOKEN", "28.0.14", False),
        ("TOKEN", "29", True),
        ("TOKEN", "29.0.0", True),
        ("min-egen", "28.0.14", False),
        ("min-egen", "29.0.16", False),
        ("min-egen", "31.0.9", False),
        ("min-egen", "31.1.0", None),
        ("min-egen", "32", True),
        ("min-egen", "32.0.0", True),
        ("min-egen", None, None),
        ("min-egen", "nightly", None),
        ("TOKEN", "", None),
    ],
)
def test_where_direct_addresses_are_served(
    token: str, version: str | None, known: bool | None
) -> None:
    """One is broken only where they fail for certain, and proposed where they work for certain."""
    share = replace(make_share(version=version), id=f"{HOST}/{token}")
    direct = f"/public.php/dav/files/{token}/Rod.pdf"
    verdict = judge(direct, share)
    assert verdict.status is (LinkStatus.BROKEN if known is False else LinkStatus.OK)
    if known is False:
        assert verdict.reason == Reason("link-direct-unknown", {"version": version})
    link = parse_share_link(f"{BASE}/s/{token}/download?path=/Skabeloner&files=x", {HOST})
    assert link is not None
    proposed = correct_link(link, share).args["url"]
    assert (proposed == f"{BASE}/public.php/dav/files/{token}/Skabeloner/x") is (known is True)


@pytest.mark.parametrize(
    ("kind", "has_password", "direct"),
    [
        (ShareKind.PUBLIC, False, True),
        (ShareKind.PUBLIC, None, False),
        (ShareKind.PUBLIC, True, False),
        (ShareKind.LOCAL, None, True),
    ],
)
def test_a_direct_address_is_proposed_where_nothing_asks_for_a_password(
    kind: ShareKind, has_password: bool | None, direct: bool
) -> None:
    """A folder that is read from disk was synchronised without one."""
    share = replace(make_share(version="32.0.1"), kind=kind, has_password=has_password)
    hint = judge(FILE, share).hint
    assert hint is not None
    assert ("/public.php/dav/files/" in str(hint.args["url"])) is direct


@pytest.mark.parametrize(
    ("url", "version", "reason"),
    [
        (
            "/s/TOKEN?path=/Skabeloner",
            "31.0.4",
            Reason("link-opens-root", {"folder": "Skabeloner"}),
        ),
        (
            "/s/TOKEN/download/Skabeloner/Aftale.docx",
            "31.0.4",
            Reason("link-opens-root", {"folder": "Skabeloner/Aftale.docx"}),
        ),
        (FILE, "31.0.4", Reason("link-download-empty", {"path": "Skabeloner/Aftale.docx"})),
    ],
)
def test_a_form_that_fails_names_what_it_misses(url: str, version: str, reason: Reason) -> None:
    """The folder or the file that a reader expects."""
    assert judge(url, make_share(version=version)).reason == reason


@pytest.mark.parametrize("form", ["/s/TOKEN?dir=/B", "/s/TOKEN?path=/B", "/s/TOKEN/download/B"])
@pytest.mark.parametrize("version", ["30.0.1", "31.0.4"])
def test_a_share_of_a_single_file_has_no_root_to_open(form: str, version: str) -> None:
    """Whatever the link names in it, the file is all there is."""
    tree = ShareTree(files=(RemoteFile("B"),), folders=(RemoteFolder("B"),), single_file=True)
    link = parse_share_link(BASE + form, {HOST})
    assert link is not None
    assert not opens_root(link, make_share(tree=tree, version=version))


@pytest.mark.parametrize("form", ["download/B.docx", "download?files=B.docx"])
def test_the_direct_address_of_a_single_file_has_its_name(form: str) -> None:
    """Unlike a download, it finds no file under another name."""
    tree = ShareTree(files=(RemoteFile("A.docx"),), folders=(), single_file=True)
    share = make_share(tree=tree, version="32.0.1", gone=frozenset({"B.docx"}))
    assert judge(f"/s/TOKEN/{form}", share) == LinkVerdict(LinkKind.SHARE, LinkStatus.OK)
    direct = judge("/public.php/dav/files/TOKEN/B.docx", share)
    assert direct.reason == Reason("link-place-gone", {"path": "B.docx"})
    assert judge("/public.php/dav/files/TOKEN/A.docx", share).status is LinkStatus.OK
