"""What a document may cost, and the marks of old formats."""

from __future__ import annotations

import syncer.documents
from tests.bounds import collect_numbers

NUMBERS = {
    "archive.MAX_ENTRIES": 10_000,
    "archive.MAX_INFLATED_BYTES": 524_288_000,
    "archive.MAX_DIRECTORY_BYTES": 2_097_152,
    "archive.CHUNK_BYTES": 65_536,
    "archive._ENCRYPTED": 1,
    "default_password._XOR_VERIFIER": 39_434,
    "faults.MAX_READS": 2_000_000,
    "file_kinds.HEAD_BYTES": 4_096,
    "file_kinds._PDF_MARK_WITHIN": 1_024,
    "odf._MAX_MIMETYPE_BYTES": 200,
    "old_office.MAX_READ_BYTES": 4_194_304,
    "old_office.MAX_SMALL_STREAMS_BYTES": 20_971_520,
    "old_office._WORD_ENCRYPTED": 256,
    "old_office._PPT_ENCRYPTED": 4_090_610_911,
    "pdf_bytes.MAX_READ_BYTES": 31_457_280,
    "pdf.MAX_DECODED_BYTES": 10_485_760,
    "pdf.MAX_SLOWLY_DECODED_BYTES": 1_048_576,
    "pdf.MAX_VERY_SLOWLY_DECODED_BYTES": 262_144,
    "pdf.MAX_PAGES_SEARCHED": 20,
    "pdf.MAX_ASCII85_BYTES": 524_288,
    "pdf_bytes._END_WITHIN": 4_096,
    "pdf_bytes._CHUNK_BYTES": 1_048_576,
    "pdf_bytes._LINEARIZED_WITHIN": 1_024,
    "xml_parts.MAX_TAG_BYTES": 2_097_152,
    "xml_parts.MAX_NAMES": 5_000,
    "xml_parts.MAX_LISTED": 20_000,
    "xml_parts.MAX_READ_ELEMENTS": 3_000_000,
    "xml_parts.MAX_ELEMENTS": 500_000,
    "xml_parts._DOCTYPE_WITHIN_BYTES": 1_024,
    "pdf.MAX_PACKED_OBJECTS": 10_000,
    "pdf.MAX_PLACES": 150_000,
}


def test_the_numbers_of_documents() -> None:
    """Each changes on purpose only: SECURITY.md promises 100 MB and some seconds."""
    found = collect_numbers(syncer.documents)
    assert {name: found.get(name) for name in NUMBERS} == NUMBERS
