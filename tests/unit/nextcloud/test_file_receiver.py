"""What proves that an answer is the listed file, and when a host is left alone."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from typing import cast

import pytest

from syncer.errors import NotFound, Protocol, RemoteError, StoreError, Throttled, Transient
from syncer.model.shares import RemoteFile
from syncer.nextcloud.dav.client import Receiver
from syncer.nextcloud.download import Downloads, FileReceiver
from syncer.nextcloud.server import DavSource

CONTENT = b"0123456789"
SAME = {"ETag": '"e1"'}
SHA256 = hashlib.sha256(CONTENT).hexdigest()
SHA1 = hashlib.sha1(CONTENT, usedforsecurity=False).hexdigest()
MD5 = hashlib.md5(CONTENT, usedforsecurity=False).hexdigest()


class Received:
    """A file that is received, and all that is told meanwhile."""

    def __init__(self, size_bytes: int | None = 10, etag: str | None = '"e1"') -> None:
        """List it with this size and etag."""
        file = RemoteFile("A/b.docx", size_bytes, etag=etag)
        self.target = io.BytesIO()
        self.told: list[int] = []
        self.sizes: list[int] = []
        self.receiver = FileReceiver(file, self.target, self.told.append, self.sizes.append)

    def take(self, status: int, headers: Mapping[str, str], content: bytes = b"") -> int | str:
        """Receive an answer; return how many bytes may come, or why it is not the file."""
        try:
            left = self.receiver.begin(status, headers)
            if content:
                self.receiver.write(content)
        except Protocol as error:
            return error.code if error.status is None else f"{error.code} {error.status}"
        return left

    def end(self) -> str | None:
        """Return what is wrong with the whole."""
        try:
            self.receiver.end()
        except RemoteError as error:
            return error.code
        return None


@pytest.mark.parametrize(
    ("size_bytes", "etag", "status", "headers", "left"),
    [
        (10, '"e1"', 200, SAME, 10),
        (10, '"e1"', 200, {}, "no-etag"),
        (10, None, 200, {}, 10),
        (10, '"e1"', 200, {"OC-Checksum": f"SHA1:{SHA1}"}, 10),
        (10, '"e1"', 200, {"OC-Checksum": "ADLER32:00000000"}, "no-etag"),
        (10, None, 200, {"ETag": '"e2"'}, 10),
        (10, '"e1"', 200, {"ETag": 'W/"e1"'}, 10),
        (10, '"e1"', 200, {"ETag": '"e1-gzip"'}, 10),
        (10, '"e1"', 200, {"ETag": ' "e1"'}, 10),
        (10, 'W/"e1"', 200, SAME, 10),
        (10, '"e1"', 200, {"ETag": '"e2"'}, "file-changed"),
        (10, '"e1"', 200, {"ETag": '""'}, "file-changed"),
        (10, '"e1"', 200, {**SAME, "Content-Length": "10"}, 10),
        (10, '"e1"', 200, {**SAME, "Content-Length": "9"}, "wrong-length"),
        (10, '"e1"', 200, {**SAME, "Content-Length": "11"}, "wrong-length"),
        (10, '"e1"', 200, {**SAME, "Content-Length": "mange"}, 10),
        (0, '"e1"', 200, {**SAME, "Content-Length": "0"}, 0),
        (None, '"e1"', 200, {**SAME, "Content-Length": "7"}, 7),
        (None, '"e1"', 200, {}, "wrong-length"),
        (None, '"e1"', 200, {**SAME, "Content-Length": "x7"}, "wrong-length"),
        (10, '"e1"', 206, {**SAME, "Content-Range": "bytes 0-9/10"}, "http-status 206"),
        (10, '"e1"', 201, SAME, "http-status 201"),
    ],
)
def test_the_first_answer(
    size_bytes: int | None, etag: str | None, status: int, headers: dict[str, str], left: int | str
) -> None:
    """It is of the listed version and length; a size that is not listed is told."""
    received = Received(size_bytes, etag)
    assert list(received.receiver.list_headers()) == []
    assert received.take(status, headers) == left
    assert received.sizes == ([left] if size_bytes is None and isinstance(left, int) else [])


@pytest.mark.parametrize(
    ("status", "headers", "left"),
    [
        (206, {**SAME, "Content-Range": "bytes 4-9/10"}, 6),
        (206, {**SAME, "Content-Range": "bytes 4-5/10", "Content-Length": "6"}, 6),
        (206, {**SAME, "Content-Range": "bytes 4-9/10", "Content-Length": "5"}, "wrong-length"),
        (206, {"Content-Range": "bytes 4-9/10"}, "http-status 206"),
        (206, {**SAME, "Content-Range": "bytes 3-9/10"}, "wrong-range"),
        (206, {**SAME, "Content-Range": "bytes 4-9/11"}, "wrong-range"),
        (206, {**SAME, "Content-Range": "bytes 4-9/*"}, "wrong-range"),
        (206, SAME, "wrong-range"),
        (206, {"ETag": '"e2"', "Content-Range": "bytes 4-9/10"}, "file-changed"),
        (200, SAME, 10),
        (416, SAME, "http-status 416"),
    ],
)
def test_the_second_answer(status: int, headers: dict[str, str], left: int | str) -> None:
    """The rest of the same version, from where the first was cut; or all of it, anew."""
    received = Received()
    received.take(200, SAME, CONTENT[:4])
    assert received.end() == "connection-cut"
    assert list(received.receiver.list_headers()) == ["Range: bytes=4-", 'If-Range: "e1"']
    anew = status == 200
    assert received.take(status, headers) == left
    assert received.told == [0, 4, *([-4] if anew else [])]
    assert received.target.getvalue() == (b"" if anew else CONTENT[:4])
    if isinstance(left, int):
        received.receiver.write(CONTENT[10 - left :])
        assert (received.end(), received.target.getvalue()) == (None, CONTENT)
        assert sum(received.told) == 10


@pytest.mark.parametrize(
    ("sums", "wrong"),
    [
        (f"SHA1:{SHA1}", None),
        (f"sha1:{SHA1.upper()}", None),
        (f"MD5:{MD5}", None),
        (f"MD5:{'0' * 32} SHA1:{SHA1}", None),
        (f"MD5:{'0' * 32} SHA1:{'0' * 40} SHA256:{SHA256}", None),
        (f"SHA1:{SHA1} MD5:{MD5} SHA256:{'0' * 64}", "wrong-checksum"),
        (f"MD5:{MD5} SHA1:{'0' * 40}", "wrong-checksum"),
        (f"MD5:{'0' * 32}", "wrong-checksum"),
        ("ADLER32:00000000", None),
        ("", None),
    ],
)
def test_the_strongest_checksum_counts(sums: str, wrong: str | None) -> None:
    """In any case; also where the file came in two parts, and only of the second try's whole."""
    headers = {**SAME, "OC-Checksum": sums}
    whole, cut, anew = Received(), Received(), Received()
    whole.take(200, headers, CONTENT)
    cut.take(200, headers, CONTENT[:4])
    cut.take(206, {**headers, "Content-Range": "bytes 4-9/10"}, CONTENT[4:])
    anew.take(200, headers, b"abcd")
    anew.take(200, headers, CONTENT)
    assert [whole.end(), cut.end(), anew.end()] == [wrong] * 3


def test_a_checksum_that_comes_late_is_of_no_use() -> None:
    """The first bytes are not in it."""
    received = Received()
    received.take(200, SAME, CONTENT[:4])
    late = {**SAME, "Content-Range": "bytes 4-9/10", "OC-Checksum": f"SHA1:{SHA1}"}
    received.take(206, late, CONTENT[4:])
    assert received.end() is None


@pytest.mark.parametrize(("error", "text"), [(OSError(28, "fuldt"), "fuldt"), (OSError(), "disk")])
def test_a_disk_that_fails_is_told(error: OSError, text: str) -> None:
    """While bytes are written, and when a file is begun again."""

    class Failing(io.BytesIO):
        def write(self, _data: object, /) -> int:
            raise error

        def seek(self, *_: int) -> int:
            raise error

    received = Received()
    receiver = FileReceiver(RemoteFile("b", 10), Failing(), received.told.append, lambda _: None)
    with pytest.raises(StoreError, match=text):
        receiver.write(CONTENT)
    with pytest.raises(StoreError, match=text):
        receiver.begin(200, {})


class Source:
    """Receives nothing, or fails; notes the paths that it is asked for."""

    def __init__(self, host: str, *outcomes: RemoteError | None) -> None:
        """Let each request end like this, the last one again and again."""
        self.host = host
        self.outcomes = list(outcomes)
        self.asked: list[str | None] = []

    @property
    def client(self) -> Source:
        """The client of the source."""
        return self

    def get_url(self, _: str) -> str:
        """Return the host."""
        return self.host

    def receive(self, path: str | None, _receiver: Receiver) -> None:
        """Note the path."""
        self.asked.append(path)
        outcome = self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]
        if outcome is not None:
            raise outcome


def fetch_all(count: int, *sources: Source, path: str = "a", single: bool = False) -> list[str]:
    """Fetch so many files of each source in turn; return how each ended."""
    opened = {str(n): (cast("DavSource", source), single) for n, source in enumerate(sources)}
    downloads, ends = Downloads(opened), []
    for share in [share for _ in range(count) for share in opened]:
        try:
            downloads.fetch(share, RemoteFile(path, 1), io.BytesIO(), lambda _: None)
            ends.append("")
        except RemoteError as error:
            ends.append(error.code)
    return ends


@pytest.mark.parametrize(
    ("outcomes", "asked"),
    [
        ((Transient("timeout"),), 3),
        ((Transient("timeout"), Transient("timeout"), None, Transient("timeout")), 6),
        ((Throttled("too-many-requests"),), 1),
        ((RemoteError("maintenance"),), 1),
        ((RemoteError("not-reached"),), 1),
        ((Protocol("file-changed"),), 9),
        ((NotFound("not-found"),), 9),
    ],
)
def test_when_a_host_is_left_alone(outcomes: tuple[RemoteError | None, ...], asked: int) -> None:
    """After three files in a row that did not come, or at once where no file would.

    Another host is asked as before, and another share of the same host is not.
    """
    bad, other, good = Source("a", *outcomes), Source("a", None), Source("b", None)
    fetch_all(9, bad, good)
    assert (len(bad.asked), len(good.asked)) == (asked, 9)
    if asked == 1:
        bad.asked.clear()
        assert set(fetch_all(3, bad, other)) == {cast("RemoteError", outcomes[0]).code}
        assert (len(bad.asked), other.asked) == (1, [])


def test_a_name_that_a_mac_wrote_is_asked_for_as_it_has_it() -> None:
    """After the listed form, where that is not found; a single file has no name to ask for."""
    source = Source("a", NotFound("not-found"), None)
    assert fetch_all(1, source, path="\u00e5/b") == [""]
    assert source.asked == ["\u00e5/b", "a\u030a/b"]
    source = Source("a", NotFound("not-found"))
    assert fetch_all(1, source, path="\u00e5", single=True) == ["not-found"]
    assert source.asked == [None]
    source = Source("a", Protocol("file-changed"))
    assert fetch_all(1, source, path="\u00e5") == ["file-changed"]
    assert source.asked == ["\u00e5"]
