"""Reading an archive within bounds."""

from __future__ import annotations

import io
import zipfile

import pytest

from syncer.documents import archive
from syncer.documents.archive import CHUNK_BYTES, Archive
from syncer.documents.faults import Broken, Locked, OverLimit
from syncer.documents.open_document import open_bytes
from syncer.model.documents import Opens
from tests.documents import corpus


def test_the_start_of_an_entry_is_read_no_further() -> None:
    """Damage far behind it is not met; reading to the end meets it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a", b"ab" * CHUNK_BYTES)
    damaged = bytearray(content.getvalue())
    damaged[CHUNK_BYTES + 100] ^= 1
    opened = Archive(io.BytesIO(damaged))
    assert opened.read_start("a", 3) == b"aba"
    assert opened.read_start("a", CHUNK_BYTES) == b"ab" * (CHUNK_BYTES // 2)
    with pytest.raises(Broken) as caught:
        opened.check()
    assert (caught.value.code, caught.value.part) == ("document-part-broken", "a")


WHOLE = corpus.make_word()


def write_with_comment(comment: bytes) -> bytes:
    """Return an archive whose end has a comment, which may have zeroes."""
    content = io.BytesIO(WHOLE)
    with zipfile.ZipFile(content, "a") as opened:
        opened.comment = comment
    return content.getvalue()


@pytest.mark.parametrize(
    ("data", "opens"),
    [
        (WHOLE, Opens.YES),
        (write_with_comment(b"x" * 0xFFFF), Opens.YES),
        (write_with_comment(bytes(0xFFFF)), Opens.YES),
        (WHOLE + b"\0", None),
        (WHOLE + b"\r\n", None),
        (WHOLE + bytes(64 << 10), None),
        (WHOLE + bytes(1 << 20), None),
        (write_with_comment(bytes(999)) + b"\0", None),
        (WHOLE[:-1], Opens.DAMAGED),
        (WHOLE[: len(WHOLE) // 2] + bytes(1 << 20), Opens.DAMAGED),
    ],
)
def test_what_follows_the_end_leaves_no_verdict(data: bytes, opens: Opens | None) -> None:
    """Programs leave zeroes there, and Office repairs what others open; a cut is damage."""
    assert open_bytes("a.docx", data).opens is opens


def _set_flags(data: bytes, flags: int) -> bytes:
    """Return an archive whose first entry has these flags."""
    at = data.index(b"PK\1\2") + 8
    return data[:at] + flags.to_bytes(2, "little") + data[at + 2 :]


def test_an_archive_with_encrypted_entries_is_locked() -> None:
    """Another flag only says how well an entry is packed."""
    data = corpus.pack({"a": "x", "b": "y"})
    with pytest.raises(Locked):
        Archive(io.BytesIO(_set_flags(data, 0x1)))
    assert Archive(io.BytesIO(_set_flags(data, 0x6))).names == ("a", "b")


def test_entries_have_one_spelling() -> None:
    """Whatever separator a program wrote, and before whatever; case is told by a look-up alone."""
    opened = Archive(io.BytesIO(corpus.pack({"/a\\B.xml": "x", "c/": "", "//d": "y"})))
    assert opened.names == ("a/B.xml", "c/", "d")
    assert [opened.spell(one) for one in ("A/b.XML", "a/B.xml", "D", "E")] == [
        "a/B.xml", "a/B.xml", "d", "E",
    ]  # fmt: skip
    assert ("a/B.xml" in opened, "a/b.xml" in opened) == (True, False)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_no_office_program_packs_is_damage(method: int) -> None:
    """As an entry that is missing; the reason names the entry."""
    opened = Archive(io.BytesIO(corpus.pack({"a": "x"}, method)))
    for name, code in (("a", "document-part-broken"), ("b", "document-part-missing")):
        with pytest.raises(Broken) as caught:
            opened.read_start(name, 1)
        assert (caught.value.code, caught.value.part) == (code, name)


@pytest.mark.parametrize(("limit", "most"), [("MAX_ENTRIES", 3), ("MAX_INFLATED_BYTES", 6)])
def test_so_much_is_listed_and_no_more(
    limit: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each entry costs memory before it is read, and what is in it afterwards."""
    data = corpus.pack(dict.fromkeys("abc", "xx"))
    monkeypatch.setattr(archive, limit, most)
    assert Archive(io.BytesIO(data)).names == ("a", "b", "c")
    monkeypatch.setattr(archive, limit, most - 1)
    with pytest.raises(OverLimit):
        Archive(io.BytesIO(data))


def test_a_stop_is_asked_for_with_each_piece() -> None:
    """However few bytes of the file it takes."""
    asked: list[bool] = []

    def ask() -> bool:
        asked.append(False)
        return False

    data = corpus.pack({"a": bytes(20 * CHUNK_BYTES)})
    opened = Archive(io.BytesIO(data), stop=ask)
    asked.clear()
    assert sum(map(len, opened.read_chunks("a"))) == 20 * CHUNK_BYTES
    reads = len(data) // 4_096 + 10
    assert 20 <= len(asked) < 20 + reads
