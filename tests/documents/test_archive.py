"""Reading an archive within bounds."""

from __future__ import annotations

import io
import zipfile

import pytest

from syncer.documents.archive import CHUNK_BYTES, Archive
from syncer.documents.faults import Broken


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
