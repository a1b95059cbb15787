"""No limit of our own makes a document look damaged."""

from __future__ import annotations

import re

import pytest

from syncer.documents import faults
from syncer.documents.open_document import open_bytes
from tests.documents import corpus

PDF = corpus.write_pdf()


@pytest.mark.parametrize(
    ("name", "data", "limits"),
    [
        ("Aftale.docx", corpus.make_word(), range(60)),
        ("Regnskab.xlsx", corpus.make_excel(), range(60)),
        ("Aftale.odt", corpus.make_odf("text", "<text:p>Aftale</text:p>"), range(60)),
        ("Aftale.pdf", PDF, range(60)),
        ("Flyttet.pdf", re.sub(rb"startxref\s+[0-9]+", b"startxref\n9", PDF), range(0, 2_000, 19)),
        ("Kort.pdf", re.sub(rb"/Length [0-9]+", b"/Length 9", PDF), range(0, 2_000, 19)),
        ("Gammel.doc", corpus.make_old_word(), range(60)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_fewer_reads_give_the_same_verdict_or_none(
    name: str, data: bytes, limits: range, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the reads end: parsers swallow the exception here and there."""
    whole = open_bytes(name, data).opens
    verdicts = set()
    for reads in limits:
        monkeypatch.setattr(faults, "MAX_READS", reads)
        verdicts.add(open_bytes(name, data).opens)
    assert whole is not None
    assert verdicts <= {whole, None}
    assert None in verdicts
