"""The short way through a 207 says what the XML parser says, for whatever comes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncer.errors import Protocol
from syncer.nextcloud import multistatus
from syncer.nextcloud.multistatus import DavEntry, Depth, parse_multistatus
from syncer.nextcloud.sabre_shape import PlainResponses
from tests.benchmarks.trees import HEAD, ROOT, TAIL, stream_tree

BODY = b"".join(stream_tree(3)).split(b"</d:response>")
"""The root, a folder and a file, and much more."""
WHOLE = b"</d:response>".join([*BODY[:3], TAIL.encode()])
PIECES = (
    b"", b"<", b">", b"&", b"&quot;", b"&amp;", b"&x;", b"]]>", b"<!-- -->", b"<?p?>", b"\x00",
    b"\x07", b"\xc3\xa6", b"\xff", b"%", b"%2", b"%2f", b"%c3%a5", b"a%cc%8a", b"..", b"//", b" ",
    b"\n", b'"', b"'", b"=", b"M", b"-1", b"99999999999999999999", b"<d:href>/x</d:href>",
    b"<d:resourcetype/>", b"<x:y/>", b"<d:status>HTTP/1.1 404 Not Found</d:status>",
    b"</d:response>", b"<d:response>", b"</d:multistatus>", b"<![CDATA[x]]>", b"404", b"xmlns:d=",
)  # fmt: skip


def through_the_parser(chunks: list[bytes]) -> Iterator[DavEntry]:
    """Read a body as `parse_multistatus` does, without the short way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(multistatus, "PlainResponses", NoShape)
        yield from parse_multistatus(chunks, root=ROOT, requested=ROOT, depth=Depth.INFINITY)


class NoShape:
    """Takes nothing, and leaves all."""

    def __init__(self, chunks: list[bytes]) -> None:
        """Take the body."""
        self._chunks = chunks

    def __iter__(self) -> Iterator[None]:
        """Give no response."""
        return iter(())

    def rest(self) -> Iterator[bytes]:
        """Leave all."""
        return iter(self._chunks)


def outcome(entries: Iterator[DavEntry]) -> list[DavEntry] | str:
    """Return the entries of a whole listing, or that there is none."""
    try:
        return list(entries)
    except Protocol:
        return "no listing"


def compare(chunks: list[bytes]) -> None:
    """Read a body both ways."""
    short = outcome(parse_multistatus(chunks, root=ROOT, requested=ROOT, depth=Depth.INFINITY))
    assert short == outcome(through_the_parser(chunks)), b"".join(chunks)


@pytest.mark.parametrize("piece", PIECES)
def test_a_body_changed_anywhere_is_read_as_the_parser_reads_it(piece: bytes) -> None:
    """Wherever something is put in: the same entries, or no listing both times."""
    for at in range(0, len(WHOLE), 3):
        compare([WHOLE[:at] + piece + WHOLE[at:]])


@given(
    at=st.integers(0, len(WHOLE)),
    gone=st.integers(0, 40),
    cuts=st.lists(st.integers(0, len(WHOLE)), max_size=4),
)
def test_a_body_that_lacks_something_is_read_as_the_parser_reads_it(
    at: int, gone: int, cuts: list[int]
) -> None:
    """Wherever something is left out, and wherever the body is cut in pieces: the same."""
    body = WHOLE[:at] + WHOLE[at + gone :]
    edges = [0, *sorted(min(cut, len(body)) for cut in cuts), len(body)]
    compare([body[begin:end] for begin, end in itertools.pairwise(edges)])


def test_what_a_nextcloud_wrote_takes_the_short_way() -> None:
    """Nothing of a recorded kind of answer is left to the slow one but the document's end."""
    plain = PlainResponses([WHOLE])
    assert len(list(plain)) == WHOLE.count(b"<d:response>")
    assert b"".join(plain.rest()) == (HEAD + TAIL).encode()


def test_a_response_that_never_ends_is_left_to_the_parser() -> None:
    """What waits for its end is bounded, however small the pieces."""
    endless = [WHOLE[:400], *([b"x" * 8_192] * 100)]
    plain = PlainResponses(endless)
    list(plain)
    assert len(b"".join(plain.rest())) == len(b"".join(endless))
    compare(endless)
