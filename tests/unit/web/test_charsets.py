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


READ = {
    "utf-8": "utf8 UTF-8", "utf-16-le": "utf-16 utf-16le", "utf-16-be": "utf-16be",
    "cp1252": "ascii us-ascii iso-8859-1 latin1 l1 windows-1252 cp1252", "cp1250": "windows-1250",
    "cp1254": "iso-8859-9 latin5 windows-1254",
    "cp874": "iso-8859-11 thai cp874 tis-620 Windows-874 dos-874",
    "cp932": "shift_jis sjis ms932 windows-31j x-sjis", "cp949": "euc-kr korean cp949 windows-949",
    "iso8859-2": "iso-8859-2 latin2", "iso8859-15": "iso-8859-15", "cp866": "ibm866 cp866",
    "koi8-r": "koi8-r", "koi8-u": "koi8-u", "mac-roman": "macintosh", "mac-cyrillic": "maccyrillic",
    "gb18030": "gb2312 gbk gb18030 chinese x-gbk", "big5": "big5", "euc_jp": "euc-jp",
    "iso2022_jp": "iso-2022-jp",
}  # fmt: skip
UNREAD = "utf-7 utf-32 hex zlib rot13 bz2 base64 punycode idna cp037 cp500 hz mbcs x-user-defined"


def test_a_label_is_read_as_browsers_read_it() -> None:
    """Many names of one charset, and some for another; what only Python knows is none."""
    labels = {label: name for name, all_ in READ.items() for label in all_.split()}
    found = {label: choose_charset(label, b"") for label in labels}
    assert found == {label: Charset(name, certain=True) for label, name in labels.items()}
    for label in UNREAD.split():
        assert choose_charset(label, b"") == Charset("utf-8", certain=False)


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
