"""Mangled names mended."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest

from syncer.matching.names.mangled import mend


@pytest.mark.parametrize("codec", ["latin-1", "cp1252", "mac_roman", "cp850", "cp437"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_letters_read_in_an_older_encoding_are_restored(
    codec: str, form: Literal["NFC", "NFD"]
) -> None:
    """Danish letters in UTF-8 that a program took for another encoding are read."""
    name = unicodedata.normalize(form, "Årsplan på æbler og Øer.docx")
    assert mend(name.encode().decode(codec)) == name


@pytest.mark.parametrize(
    ("name", "mended"),
    [
        ("L%C3%B8n%20og%20ferie.pdf", "Løn og ferie.pdf"),
        ("Drift &amp; support.pdf", "Drift  og  support.pdf"),
        ("Drift&support.pdf", "Drift og support.pdf"),
        ("100% dækning.pdf", "100% dækning.pdf"),
        ("Ãrø og São.pdf", "Ãrø og São.pdf"),
        ("Løn og ferie.pdf", "Løn og ferie.pdf"),
    ],
)
def test_encoded_names_are_decoded(name: str, mended: str) -> None:
    """Percent signs and entities are decoded; an ordinary name stays as it is."""
    assert mend(name) == mended
