"""Containers as programs write them: the first sector in use, small streams, no room left."""

from __future__ import annotations

import struct
from collections.abc import Mapping

import pytest

from syncer.documents import old_office
from syncer.documents.open_document import open_bytes
from syncer.model.documents import Document, Opens
from syncer.model.reason import Reason
from tests.documents import corpus

YES = Document(Opens.YES)
LOCKED = Document(Opens.LOCKED, Reason("document-encrypted"))
SECTOR, SMALL_SECTOR, SMALL = 512, 64, 4_096
FREE, END, IS_FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def write_container(streams: Mapping[str, bytes]) -> bytes:
    """Return a container whose streams come first, small ones in sectors of their own.

    Streams of less than 4 KB are in one stream of the root, and have a table of their own.
    """
    fat: list[int] = []
    sectors: list[bytes] = []
    small = b""
    small_fat: list[int] = []
    places = {}

    def add(data: bytes) -> int:
        start, count = len(fat), -(-len(data) // SECTOR)
        fat.extend([*range(start + 1, start + count), END])
        sectors.append(data.ljust(count * SECTOR, b"\0"))
        return start

    for name, data in streams.items():
        if len(data) >= SMALL:
            places[name] = add(data)
            continue
        start, count = len(small_fat), -(-len(data) // SMALL_SECTOR)
        small_fat += [*range(start + 1, start + count), END]
        small += data.ljust(count * SMALL_SECTOR, b"\0")
        places[name] = start
    root = add(small) if small else END
    table = struct.pack("<128I", *small_fat, *[FREE] * (128 - len(small_fat)))
    small_table = add(table) if small else END
    entries = [corpus.make_entry("Root Entry", 5, 1, FREE, root, len(small))]
    for number, (name, data) in enumerate(streams.items(), 1):
        following = number + 1 if number < len(streams) else FREE
        entries.append(corpus.make_entry(name, 2, FREE, following, places[name], len(data)))
    directory = add(b"".join(entries))
    at = len(fat)
    fat += [IS_FAT, *[FREE] * (127 - at)]
    header = struct.pack(
        "<8s16x5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1,
        directory, 0, SMALL, small_table, 1 if small else 0, END, 0,
    )  # fmt: skip
    difat = struct.pack("<109I", at, *[FREE] * 108)
    return header + difat + b"".join(sectors) + struct.pack("<128I", *fat)


WORD = struct.pack("<6H", 0xA5EC, 193, 0, 0, 0, 0)
LOCKED_WORD = struct.pack("<6H", 0xA5EC, 193, 0, 0, 0, 0x0100)
SHOW = b"\x0f\0\xe8\x03"


def _make_user(token: int = 0xE391C05F) -> bytes:
    return struct.pack("<2HI2I", 0, 0x0FF6, 20, 20, token)


@pytest.mark.parametrize("size", [12, 64, 65, 4_095, 4_096, 9_000])
def test_a_stream_may_begin_in_the_first_sector(size: int) -> None:
    """Of the file, or of the small streams, whatever its size; a lock is seen in all."""
    for start, verdict in ((WORD, YES), (LOCKED_WORD, LOCKED)):
        data = write_container({"WordDocument": start.ljust(size, b"\1"), "1Table": b"x"})
        assert open_bytes("a.doc", data) == verdict


def test_the_user_of_a_presentation_is_a_small_stream() -> None:
    """As PowerPoint writes it, behind others."""
    for token, verdict in ((0xE391C05F, YES), (0xF3D1C4DF, LOCKED)):
        streams = {"Andet": b"x" * 200, "Current User": _make_user(token)}
        data = write_container({"PowerPoint Document": SHOW.ljust(SMALL), **streams})
        assert open_bytes("a.ppt", data) == verdict


@pytest.mark.parametrize("size", [3, 15])
def test_a_start_that_is_too_short_is_damage(size: int) -> None:
    """The stream is named."""
    data = write_container({"PowerPoint Document": SHOW, "Current User": _make_user()[:size]})
    reason = Reason("document-part-broken", {"part": "Current User"})
    assert open_bytes("a.ppt", data) == Document(Opens.DAMAGED, reason)


def test_small_streams_are_read_together_and_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the bound nobody knows; what is not small has no part in it."""
    small = write_container({"WordDocument": WORD})
    large = write_container({"WordDocument": WORD.ljust(SMALL, b"\1"), "1Table": b"x" * 128})
    for most, verdict in ((64, YES), (63, Document(None))):
        monkeypatch.setattr(old_office, "MAX_SMALL_STREAMS_BYTES", most)
        assert open_bytes("a.doc", small) == verdict
        assert open_bytes("a.doc", large) == YES


def test_a_container_may_have_no_free_sector() -> None:
    """Its streams use all that its table lists."""
    streams = {f"Data{number}": b"x" * SMALL for number in range(5)}
    streams["WordDocument"] = WORD.ljust(85 * SECTOR, b"\1")
    assert open_bytes("a.doc", write_container(streams)) == YES


def test_a_small_stream_that_is_cut_off_is_damage() -> None:
    """Its sectors end before it does."""
    data = write_container({"WordDocument": WORD.ljust(200, b"\1"), "1Table": b"x"})
    entry = data.index("WordDocument".encode("utf-16-le"))
    longer = data[: entry + 120] + (400).to_bytes(8, "little") + data[entry + 128 :]
    reason = Reason("document-part-broken", {"part": "WordDocument"})
    assert open_bytes("a.doc", longer) == Document(Opens.DAMAGED, reason)


def _write_book(*records: tuple[int, bytes]) -> bytes:
    return b"".join(struct.pack("<2H", kind, len(data)) + data for kind, data in records)


BEGIN, PROTECTED, PASSWORD = (0x0809, bytes(16)), (0x0086, b""), (0x002F, b"\0\0\1\2\3\4")


@pytest.mark.parametrize(
    ("records", "verdict"),
    [
        ((BEGIN, (0x0042, b"\xe4\4")), YES),
        ((BEGIN, PASSWORD), LOCKED),
        ((BEGIN, PROTECTED, PASSWORD), LOCKED),
        ((BEGIN, PROTECTED, (0x0042, b"\xe4\4"), PASSWORD), YES),
        ((BEGIN, (0x0042, b"\xe4\4"), PASSWORD), YES),
        (((0x0409, bytes(6)), PASSWORD), LOCKED),
    ],
)
@pytest.mark.parametrize("size", [200, SMALL])
def test_where_the_password_of_a_workbook_is(
    records: tuple[tuple[int, bytes], ...], verdict: Document, size: int
) -> None:
    """In the second record, or after the wish not to be changed; elsewhere it is data."""
    book = _write_book(*records).ljust(size, b"\0")
    assert open_bytes("a.xls", write_container({"Workbook": book})) == verdict
