"""Fuzzed bytes: a verdict or none, never an exception."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncer.documents.open_document import open_bytes
from tests.documents import corpus

SEEDS = {
    "a.docx": corpus.write_word(),
    "b.docx": corpus.encrypt(corpus.make_word()),
    "a.xlsx": corpus.make_excel(),
    "a.odt": corpus.make_odf("text", "<text:p>Aftale</text:p>"),
    "a.pdf": corpus.write_pdf(),
    "b.pdf": corpus.write_pdf(password="hemmelig"),
    "a.doc": corpus.make_old_word(),
    "a.xls": corpus.make_old_excel(),
    "a.ppt": corpus.make_old_powerpoint(),
}


@given(name=st.sampled_from(sorted(SEEDS)), data=st.binary(max_size=400))
def test_any_bytes_have_a_verdict(name: str, data: bytes) -> None:
    """Random bytes after each signature never raise."""
    for signature in (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        open_bytes(name, signature + data)
        open_bytes(name, signature + data + b"\n%%EOF\n")


@pytest.mark.parametrize("name", sorted(SEEDS))
@given(
    changes=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=8)), max_size=12),
    cut=st.one_of(st.none(), st.floats(0, 1)),
)
def test_changed_documents_have_a_verdict(
    name: str, changes: list[tuple[float, bytes]], cut: float | None
) -> None:
    """Good documents with bytes changed anywhere, and cut, never raise."""
    data = bytearray(SEEDS[name])
    for place, new in changes:
        at = int(place * len(data))
        data[at : at + len(new)] = new
    if cut is not None:
        del data[int(cut * len(data)) :]
    open_bytes(name, bytes(data))
