"""Reading an archive within bounds."""

from __future__ import annotations

import io
import zipfile

import pytest

from syncer.documents.archive import CHUNK_BYTES, Archive
from syncer.documents.faults import Broken
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
    with pytest.raises(Broken) as caught:
        opened.check()
    assert (caught.value.code, caught.value.part) == ("document-part-broken", "a")


WHOLE = corpus.make_word()


def write_with_comment(comment: bytes) -> bytes:
    """Return an archive whose end has a comment, which may have zeroes."""
    content = io.BytesIO(WHOLE)
    with zipfile.ZipFile(content, "a") as archive:
        archive.comment = comment
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
