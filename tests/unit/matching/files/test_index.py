"""The files of a share by the tokens of their names."""

from __future__ import annotations

import pytest

from syncer.matching.files.index import Index
from syncer.matching.names.reader import open_reader
from syncer.matching.names.vocabulary import DEFAULT_VOCABULARY
from tests.unit.matching.match_inputs import build_share, by_id


def test_a_name_is_found_by_its_rarest_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many files have the others; a name of common tokens alone is not looked for."""
    monkeypatch.setattr("syncer.matching.files.index._MAX_SAME", 1)
    paths = ("Alfa bilag.docx", "Bilag.docx", "Zeta bilag.docx")
    index = Index(by_id(build_share(*paths)), open_reader(DEFAULT_VOCABULARY))
    assert [index.entries[item].path for item in index.find_same("zeta_bilag")] == [paths[2]]
    assert index.find_same("Bilag") == []
