"""Only a complete multistatus is a listing; its parser needs no more memory for a longer one."""

from __future__ import annotations

import contextlib
import tracemalloc
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncer.errors import Protocol
from syncer.nextcloud.dav.hrefs import decode_href
from syncer.nextcloud.dav.multistatus import (
    DavEntry,
    Depth,
    EntryKind,
    parse_multistatus,
)
from tests.property.reached import at_least, reached

ROOT = "/public.php/webdav"
OPEN = '<d:multistatus xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns">'
CLOSE = "</d:multistatus>"
FOLDER = "<d:resourcetype><d:collection/></d:resourcetype>"


def response(href: str, props: str = FOLDER, status: str = "HTTP/1.1 200 OK") -> str:
    """Write one response."""
    return (
        f"<d:response><d:href>{href}</d:href><d:propstat><d:prop>{props}</d:prop>"
        f"<d:status>{status}</d:status></d:propstat></d:response>"
    )


def parse(
    body: str | bytes, *, requested: str = ROOT, depth: Depth = Depth.INFINITY, step: int = 11
) -> tuple[DavEntry, ...]:
    """Parse a body that arrives in small pieces."""
    raw = body.encode() if isinstance(body, str) else body
    pieces = (raw[start : start + step] for start in range(0, len(raw), step))
    return tuple(parse_multistatus(pieces, root=ROOT, requested=requested, depth=depth))


def parse_child(props: str, href: str = f"{ROOT}/a") -> DavEntry:
    """Return the one entry of a folder."""
    return parse(OPEN + response(ROOT + "/") + response(href, props) + CLOSE)[1]


def test_entries_come_while_the_answer_does() -> None:
    """The first entries are there before the last bytes are."""

    def chunks() -> Iterator[bytes]:
        yield (OPEN + response(ROOT + "/")).encode()
        yield response(ROOT + "/a/").encode()
        pytest.fail("the second entry was to be had without more")

    entries = parse_multistatus(chunks(), root=ROOT, requested=ROOT, depth=Depth.ONE)
    assert [next(entries).path, next(entries).path] == ["", "a"]


@pytest.mark.parametrize(
    ("props", "size"),
    [
        ("<d:resourcetype/><d:getcontentlength>5</d:getcontentlength><oc:size>9</oc:size>", 5),
        ("<d:resourcetype/><oc:size>9</oc:size>", 9),
        ("<d:resourcetype/><d:getcontentlength>0</d:getcontentlength>", 0),
        ("<d:resourcetype/><d:getcontentlength/>", None),
        ("<d:resourcetype/><d:getcontentlength>-1</d:getcontentlength>", None),
        ("<d:resourcetype/><d:getcontentlength>1e3</d:getcontentlength>", None),
        ("<d:resourcetype/><d:getcontentlength>²</d:getcontentlength>", None),
        (f"<d:resourcetype/><oc:size>{1 << 63}</oc:size>", None),
        (f"<d:resourcetype/><oc:size>{'9' * 30}</oc:size>", None),
        (FOLDER + "<d:getcontentlength>5</d:getcontentlength><oc:size>9</oc:size>", 9),
    ],
)
def test_sizes(props: str, size: int | None) -> None:
    """A file's length, a folder's sum; what is no count is unknown and never zero."""
    assert parse_child(props).size_bytes == size


@pytest.mark.parametrize(
    ("props", "is_unscanned"),
    [
        (FOLDER + "<oc:size>-1</oc:size>", True),
        (FOLDER + "<oc:size>9.2E+18</oc:size>", True),
        (FOLDER + "<oc:size>0</oc:size>", False),
        (FOLDER + "<oc:size/>", False),
        (FOLDER, False),
        ("<d:resourcetype/><oc:size>-1</oc:size>", False),
    ],
)
def test_a_folder_whose_size_is_no_count_was_not_scanned(props: str, is_unscanned: bool) -> None:
    """Nextcloud sends -1 until it has looked at everything in a folder."""
    assert parse_child(props).is_unscanned == is_unscanned


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mon, 23 Nov 2026 03:00:36 GMT", datetime(2026, 11, 23, 3, 0, 36, tzinfo=UTC)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", datetime(1970, 1, 1, tzinfo=UTC)),
        ("Mon, 31 Feb 2026 03:00:36 GMT", None),
        ("Mon, 23 Nov 0000 03:00:36 GMT", None),
        ("Mon, 23 Foo 2026 03:00:36 GMT", None),
        ("Mon, 23 Nov 2026 03:00:36 CET", None),
        ("Mon, 23 Nov 2026 25:61:61 GMT", None),
        ("2026-11-23T03:00:36Z", None),
        ("i går", None),
        ("", None),
    ],
)
def test_dates(text: str, moment: datetime | None) -> None:
    """An HTTP date is read; nonsense is unknown, and spoils nothing else."""
    entry = parse_child(f"<d:resourcetype/><d:getlastmodified>{text}</d:getlastmodified>")
    assert (entry.modified_at, entry.kind) == (moment, EntryKind.FILE)


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_known(month: int) -> None:
    """By its English name."""
    moment = datetime(2026, month, 9, 13, 7, 58, tzinfo=UTC)
    text = format_datetime(moment, usegmt=True)
    entry = parse_child(f"<d:resourcetype/><d:getlastmodified>{text}</d:getlastmodified>")
    assert entry.modified_at == moment


def test_what_stands_under_404_is_unknown() -> None:
    """Only properties that the server has are read."""
    body = (
        f"<d:response><d:href>{ROOT}/a</d:href>"
        "<d:propstat><d:prop><d:resourcetype/></d:prop><d:status>HTTP/1.1 200 OK</d:status>"
        "</d:propstat><d:propstat><d:prop><oc:fileid>0</oc:fileid><d:getetag>x</d:getetag>"
        "</d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat></d:response>"
    )
    entry = parse(OPEN + response(ROOT + "/") + body + CLOSE)[1]
    assert (entry.file_id, entry.etag, entry.size_bytes) == (None, None, None)


@pytest.mark.parametrize(
    ("props", "mount"),
    [
        ("<oc:permissions>RGDNVCK</oc:permissions>", ""),
        ("<oc:permissions>RMG</oc:permissions>", "M"),
        ("<nc:mount-type/>", ""),
        ("<nc:mount-type>external</nc:mount-type>", "external"),
        ("<oc:permissions>RMG</oc:permissions><nc:mount-type>group</nc:mount-type>", "group"),
        ("<oc:permissions>SRG</oc:permissions><nc:mount-type>shared</nc:mount-type>", "shared"),
    ],
)
def test_mounts(props: str, mount: str) -> None:
    """Another storage is known by its letter or its type."""
    assert parse_child(FOLDER + props).mount == mount


@pytest.mark.parametrize(
    ("props", "href", "kind"),
    [
        (FOLDER, f"{ROOT}/a/", EntryKind.FOLDER),
        (FOLDER, f"{ROOT}/a", EntryKind.FOLDER),
        ("<d:resourcetype/>", f"{ROOT}/a", EntryKind.FILE),
        ("<d:resourcetype><d:andet/></d:resourcetype>", f"{ROOT}/a", EntryKind.FILE),
        ("<d:resourcetype/>", f"{ROOT}/a/", EntryKind.UNKNOWN),
        ("<d:getetag/>", f"{ROOT}/a", EntryKind.UNKNOWN),
    ],
)
def test_kinds(props: str, href: str, kind: EntryKind) -> None:
    """What an entry is must be said; a file with a slash behind contradicts itself."""
    assert parse_child(props, href).kind is kind


def test_a_response_that_was_refused_is_unclear() -> None:
    """A response with a status of its own says only that something is there."""
    body = (
        f"<d:response><d:href>{ROOT}/a/</d:href><d:status>HTTP/1.1 403 No</d:status></d:response>"
    )
    assert parse(OPEN + response(ROOT + "/") + body + CLOSE)[1].kind is EntryKind.UNKNOWN


@pytest.mark.parametrize(
    ("href", "path"),
    [
        ("/a%20b", "a b"),
        ("/a+b", "a+b"),
        ("/#1?x=y", "#1?x=y"),
        ("/100%2525", "100%25"),
        ("/sp%c3%b8rg", "spørg"),
        ("/sp%C3%B8rg", "spørg"),
        ("/a;b:c@d~(e)", "a;b:c@d~(e)"),
        ("/...", "..."),
        ("/.skjult", ".skjult"),
        ("/" + unicodedata.normalize("NFD", "Årsmøde"), "Årsmøde"),
        ("/😀", "😀"),
        ("/a%E2%80%8Bb", "a\u200bb"),
        ("/a\xadb", "a\xadb"),
    ],
)
def test_hrefs_are_decoded_once(href: str, path: str) -> None:
    """A path is decoded once, NFC; the href stays as received. So it is for a later file."""
    files = [response(ROOT + one, "<d:resourcetype/>") for one in (href, "/1", href, "/A/1", href)]
    entries = parse(OPEN + response(ROOT + "/") + "".join(files) + CLOSE)[1:]
    assert [entry.path for entry in entries] == [path, "1", path, "A/1", path]
    assert {entries[at].href for at in (0, 2, 4)} == {ROOT + href}


def test_what_is_not_asked_for_is_passed_over() -> None:
    """Elements that mean nothing to us stand in the way of nothing."""
    strange = "<d:x/><d:responsedescription>ja</d:responsedescription>"
    body = response(f"{ROOT}/a/").replace("<d:prop>", strange + "<d:prop>")
    body = body.replace("<d:propstat>", strange + "<d:propstat>")
    assert parse(OPEN + strange + response(ROOT + "/") + body + strange + CLOSE)[1].path == "a"


@pytest.mark.parametrize("name", ["a" * 255, "%C3%A6" * 255])
@pytest.mark.parametrize("before", [(), (f"{ROOT}/a/b",)])
def test_a_name_is_no_longer_than_servers_store(name: str, before: tuple[str, ...]) -> None:
    """By its letters, whether its folder was met before or not."""
    hrefs = (f"{ROOT}/", f"{ROOT}/a/", *before)
    longest = [*hrefs, f"{ROOT}/a/{name}"]
    assert len(parse(OPEN + "".join(map(response, longest)) + CLOSE)) == len(longest)
    with pytest.raises(Protocol, match="bad-href"):
        parse(OPEN + "".join(map(response, [*hrefs, f"{ROOT}/a/{name}x"])) + CLOSE)


@pytest.mark.parametrize(
    "name",
    [
        *(".", "..", "%2e", "%2E%2e", "a%", "a%2", "a%g1", "a%1g", "a%2Fb", "a%2fb", "a%00"),
        *("a%1f", "a%7F", "%ff", "a%c3"),
    ],
)
@pytest.mark.parametrize("before", [(), (f"{ROOT}/b",)])
def test_what_is_no_name_is_refused(name: str, before: tuple[str, ...]) -> None:
    """Dots, broken escapes, an escaped slash, controls, no UTF-8; first in its folder or later."""
    hrefs = (f"{ROOT}/", *before, f"{ROOT}/{name}")
    with pytest.raises(Protocol, match="bad-href"):
        parse(OPEN + "".join(map(response, hrefs)) + CLOSE)
    for href in (f"/{name}/", f"/a/{name}/b", f"/{name}//"):
        with pytest.raises(Protocol, match="bad-href"):
            decode_href(href)


def test_a_path_has_no_empty_part() -> None:
    """But for a slash at its end."""
    assert decode_href("/a/b/") == "/a/b/"
    for href in ("/a//b", "/a//"):
        with pytest.raises(Protocol, match="bad-href"):
            decode_href(href)


@pytest.mark.parametrize("href", ["a", "//a", "https://x.dk/a", ""])
def test_a_path_begins_at_the_server(href: str) -> None:
    """What names another server, or none, is not below the share."""
    with pytest.raises(Protocol, match="foreign-href"):
        decode_href(href)


def test_a_path_is_no_longer_than_servers_store() -> None:
    """With all of its escapes."""
    longest = ("/" + "a" * 199) * 240
    assert decode_href(longest) == longest
    with pytest.raises(Protocol, match="bad-href"):
        decode_href(longest + "a")


@pytest.mark.parametrize(
    ("depth", "requested", "hrefs", "code"),
    [
        (Depth.ZERO, "", ["/", "/a/"], "wrong-depth"),
        (Depth.ONE, "", ["/", "/a/", "/a/b/"], "wrong-depth"),
        (Depth.ONE, "/a", ["/a/", "/a/b/", "/"], "foreign-href"),
        (Depth.ONE, "/a", ["/a/", "/ab/"], "foreign-href"),
        (Depth.ONE, "", ["/a/"], "self-missing"),
        (Depth.ONE, "", ["/", "/"], "self-twice"),
        (Depth.INFINITY, "", ["/a/b/c"], "self-missing"),
    ],
)
def test_what_lies_elsewhere(depth: Depth, requested: str, hrefs: list[str], code: str) -> None:
    """Everything lies under the folder asked for, as deep as asked, and itself once."""
    body = OPEN + "".join(response(ROOT + href) for href in hrefs) + CLOSE
    with pytest.raises(Protocol) as caught:
        parse(body, requested=ROOT + requested, depth=depth)
    assert caught.value.code == code


def test_the_root_of_a_whole_host_can_be_a_share() -> None:
    """A share's root at "/" is read like any other."""
    body = (OPEN + response("/") + response("/a/") + CLOSE).encode()
    entries = parse_multistatus([body], root="/", requested="/", depth=Depth.ONE)
    assert [entry.path for entry in entries] == ["", "a"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "empty-answer"),
        ("\n ", "empty-answer"),
        ("Vent venligst lidt", "not-xml"),
        ("<html><body></body></html>", "not-multistatus"),
        ("<a>" + OPEN + CLOSE + "</a>", "not-multistatus"),
        ("<!DOCTYPE html><html></html>", "doctype"),
        ("<!doctype html><html></html>", "doctype"),
        (OPEN + CLOSE, "self-missing"),
        (OPEN + response(ROOT + "/"), "truncated"),
        (OPEN + response(ROOT + "/") + CLOSE + "x", "not-xml"),
        (OPEN + response("") + CLOSE, "bad-href"),
        (OPEN + response(ROOT + "/", "<d:getetag/>") + CLOSE, "self-unclear"),
        (b"\x00" + OPEN.encode(), "not-xml"),
        (" " * 200_000, "empty-answer"),
        ("<!--" + "a" * 200_000 + "-->", "not-xml"),
        ("<!--" + "a" * 200_000 + "--><!DOCTYPE x>" + OPEN + CLOSE, "doctype"),
        (OPEN + response(ROOT + "/") + " " * 1_200_000, "entry-too-big"),
        (
            OPEN + response(ROOT + "/", FOLDER + f"<d:getetag>{'x' * 256}</d:getetag>") + CLOSE,
            "entry-too-big",
        ),
        (
            OPEN
            + response(ROOT + "/")
            + "".join(response(f"{ROOT}/{n}/", f"{FOLDER}<d:n{n}/>") for n in range(900))
            + CLOSE,
            "entry-too-big",
        ),
    ],
)
def test_what_is_no_listing(body: str | bytes, code: str) -> None:
    """Each kind of nonsense has its own word, and none is an empty folder."""
    with pytest.raises(Protocol) as caught:
        parse(body, step=65_536)
    assert caught.value.code == code


def test_no_beginning_of_a_listing_is_one() -> None:
    """Cut anywhere, it is an error."""
    whole = (OPEN + response(ROOT + "/") + response(f"{ROOT}/a/") + CLOSE).encode()
    for end in range(len(whole)):
        with pytest.raises(Protocol):
            parse(whole[:end])
    assert len(parse(whole)) == 2


@given(st.binary(max_size=300), st.integers(0, 400))
def test_noise_never_crashes_the_parser(noise: bytes, place: int) -> None:
    """Bytes thrown into a listing give entries or a `Protocol` error."""
    whole = (OPEN + response(ROOT + "/") + response(f"{ROOT}/a/") + CLOSE).encode()
    with contextlib.suppress(Protocol):
        parse(whole[:place] + noise + whole[place:], step=64)


@at_least(decoded=5, refused=5)
@given(st.text(max_size=50) | st.text("./%2eEfF0a\\", max_size=12))
def test_any_href_is_decoded_or_refused(href: str) -> None:
    """No string gives anything but a clean path or a `Protocol` error."""
    try:
        decoded = decode_href("/" + href)
    except Protocol:
        reached("refused")
        return
    assert not {"", ".", ".."} & set(decoded.strip("/").split("/")) or decoded == "/"
    reached("decoded")


def test_memory_does_not_grow_with_the_answer() -> None:
    """Four thousand entries take what two hundred take."""

    def peak(count: int) -> int:
        def chunks() -> Iterator[bytes]:
            yield (OPEN + response(ROOT + "/")).encode()
            for number in range(count):
                yield response(f"{ROOT}/Mappe%20{number}/").encode()
            yield CLOSE.encode()

        tracemalloc.start()
        total = sum(
            1 for _ in parse_multistatus(chunks(), root=ROOT, requested=ROOT, depth=Depth.ONE)
        )
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert total == count + 1
        return most

    peak(200)
    assert peak(4_000) < 2 * peak(200) + 100_000


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1"])
def test_a_listing_is_in_utf_8_whatever_it_says(encoding: str) -> None:
    """As Nextcloud writes it: a proxy's word in the prolog changes no name."""
    prolog = f'<?xml version="1.0" encoding="{encoding}"?>'
    body = prolog + OPEN + response(f"{ROOT}/") + response(f"{ROOT}/spørg/") + CLOSE
    assert parse(body)[1].path == "spørg"
