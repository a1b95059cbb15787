"""Whole matches as text: rows, the files of a share, and all that a reader is told of each row.

A paragraph of a file in `whole/` is one share. A line with "?" is a row, with "?!" one that is
promised; after "|" come its description and its place ("P" without, "/" for the share, "-" for
none). A line with "<"
is a file. The lines below a row are its match (see `tell`).

After a change of rules that is meant, `python -m tests.unit.matching.test_whole_texts` writes the
files anew; `git diff` shows what it means for each row.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from syncer.matching.match import match_rows
from syncer.model.handbook import ResourceRow
from tests.unit.matching.match_inputs import build_row, build_share, by_id, tell

_WHOLE: Final = Path(__file__).parent / "whole"
_TEXTS: Final = [
    (file.stem, text)
    for file in sorted(_WHOLE.glob("*.txt"))
    for text in file.read_text(encoding="utf-8").strip().split("\n\n")
]


def _read_row(line: str, number: int) -> ResourceRow:
    name, description, place, *_ = (*(part.strip() for part in line.split("|")), "", "")
    return build_row(
        name.lstrip("?! "),
        folder=None if place == "-" else (place or "P").strip("/"),
        todo=name.startswith("?!"),
        description=description,
        line=number,
    )


def write_out(text: str) -> str:
    """Return a paragraph with the matches that its rows get."""
    lines = text.split("\n")
    asked = [line for line in lines if line.startswith("?")]
    files = [line for line in lines if line.startswith("<")]
    rows = [_read_row(line, number) for number, line in enumerate(asked, start=1)]
    matches = match_rows(rows, by_id(build_share(*(line[2:] for line in files))))

    def write() -> Iterator[str]:
        yield from files
        for line, match in zip(asked, matches, strict=True):
            yield line
            yield from (f"  {said}" for said in tell(match))

    return "\n".join(write())


@pytest.mark.parametrize(("subject", "text"), _TEXTS)
def test_a_match_as_a_text(subject: str, text: str) -> None:
    """Every file, verdict, reason, kind and candidate is told as it was."""
    assert write_out(text) == text, subject


def _write_anew() -> None:
    for file in _WHOLE.glob("*.txt"):
        texts = file.read_text(encoding="utf-8").strip().split("\n\n")
        file.write_text("\n\n".join(map(write_out, texts)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    _write_anew()
