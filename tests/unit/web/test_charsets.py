"""Which charset a page is read in, and whether that is certain."""

from __future__ import annotations

import codecs
import random
from encodings.aliases import aliases

import pytest

from syncer.web.charsets import Charset, choose_charset

META = b"<head><meta charset=windows-1252>"
LABELS = sorted({*aliases, *aliases.values()})
KNOWN = {name for label in LABELS if (name := choose_charset(label, b"").name)}


@pytest.mark.parametrize(
    ("header", "start", "name"),
    [
        ("iso-8859-1", b"\xef\xbb\xbf<p>", "utf-8"),
        ("utf-8", b"\xff\xfe<\0", "utf-16-le"),
        (None, b"\xfe\xff\0<", "utf-16-be"),
        ("utf-8", META, "utf-8"),
        (" UTF8 ", b"", "utf-8"),
        ("utf-16", b"<\0", "utf-16-le"),
        ("UTF16", b"\0<", "utf-16-le"),
        ("iso-8859-1", b"", "cp1252"),
        ("latin1", b"", "cp1252"),
        ("us-ascii", b"", "cp1252"),
        ("ISO-8859-15", b"", "iso8859-15"),
        ("gb2312", b"", "gb18030"),
        ("shift_jis", b"", "cp932"),
        (None, META, "cp1252"),
        (None, b"<META http-equiv=content-type content='text/html; charset=koi8-r'>", "koi8-r"),
        (None, b"<meta charset='utf-16'>", "utf-8"),
        ("no-such-charset", META, "cp1252"),
        ("hex", META, "cp1252"),
        ("utf-7", META, "cp1252"),
    ],
)
def test_charset_is_the_marks_the_servers_or_the_pages(
    header: str | None, start: bytes, name: str
) -> None:
    """In this order, under the name that browsers read for its label."""
    assert choose_charset(header, start) == Charset(name, certain=True)


@pytest.mark.parametrize("header", [None, "", "no-such-charset", "\0", "utf-8\udc80", "zlib"])
@pytest.mark.parametrize(
    "start",
    [b"", b"<p>charset=koi8-r", b"<!-- <meta charset=koi8-r> -->", b" " * 1024 + META],
)
def test_charset_that_nothing_names_is_not_certain(header: str | None, start: bytes) -> None:
    """It is read as UTF-8, and proves little."""
    assert choose_charset(header, start) == Charset("utf-8", certain=False)


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_every_charset_reads_whatever_bytes_come(name: str) -> None:
    """What is no text in a charset is replaced."""
    decoder = codecs.getincrementaldecoder(name)(errors="replace")
    for size in (1, 2, 3, 7, 4096):
        decoder.decode(random.Random(size).randbytes(size))  # noqa: S311 - no secret
