"""Normal forms of texts, in time in proportion to their length."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncer.model.normal_forms import normalize


@given(st.text(max_size=30))
def test_ordinary_text_has_unicodes_own_form(text: str) -> None:
    """Up to 30 marks in a row nothing differs."""
    assert normalize("NFC", text) == unicodedata.normalize("NFC", text)
    assert normalize("NFKD", text) == unicodedata.normalize("NFKD", text)


@pytest.mark.parametrize("unit", ["\u0301\u0327", "\u0f73", "\uff9e\u0327", "e\u0301"])
def test_marks_without_end_take_no_time(unit: str) -> None:
    """Also those that only a decomposition shows; what is normal stays so."""
    start = time.process_time()
    text = normalize("NFKD", "a" + unit * 200_000)
    assert time.process_time() - start < 5
    assert normalize("NFKD", text) == text
