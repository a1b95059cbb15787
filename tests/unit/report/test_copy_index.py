"""The index of the copy: escaped, in both languages, and the same bytes for the same documents."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import html

from syncer.model.documents import CopyResult
from syncer.report.copy_index import IndexFile, IndexPage, IndexRow, render_copy_index, sum_up_index
from syncer.report.copy_line import render_copy_line
from syncer.report.words import Lang

WHEN = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script> \x1b[31m\" onclick='x' javascript:x.docx"
PAGES = (
    IndexPage(
        f"Side {HOSTILE}",
        (
            IndexRow(f"Række {HOSTILE}", (IndexFile(f"boks/Å #?/{HOSTILE}", HOSTILE, 5, WHEN),)),
            IndexRow("Uden dokument", ()),
        ),
    ),
    IndexPage("Tom side", ()),
)


@pytest.mark.parametrize("lang", list(Lang))
def test_nothing_of_a_name_is_markup(lang: Lang) -> None:
    """Names are text, links are relative paths below the copy."""
    page: Any = html.fromstring(render_copy_index(PAGES, lang=lang).encode())
    assert page.xpath("//script") == []
    assert page.xpath("//@onclick") == []
    (href,) = page.xpath("//a/@href")
    assert href.startswith("boks/%C3%85%20%23%3F/%3Cscript%3E")
    assert page.xpath("string(//dt)").startswith("Række <script>")
    assert "\x1b" not in page.text_content()
    assert len(page.xpath("//dt")) == 2
    assert page.get("lang") == lang.value


def test_the_sum_changes_with_whatever_is_shown() -> None:
    """It stands at the beginning of the page, so that an unchanged index is not written again."""
    shown = render_copy_index(PAGES, lang=Lang.DA)
    assert sum_up_index(PAGES, Lang.DA) in shown[:1_024]
    assert render_copy_index(PAGES, lang=Lang.DA) == shown
    sums = {
        sum_up_index(PAGES, Lang.DA),
        sum_up_index(PAGES, Lang.EN),
        sum_up_index(PAGES[:1], Lang.DA),
        sum_up_index((), Lang.DA),
    }
    assert len(sums) == 4


@pytest.mark.parametrize(
    ("result", "check", "line"),
    [
        (
            CopyResult(1, 214_000, 3, 1, 1, 2),
            False,
            (
                "1 document fetched (214 kB), 3 unchanged, 1 moved to .removed, 1 new version "
                "put beside the old, because they do not open, 2 left out."
            ),
        ),
        (
            CopyResult(2, 0, 3, 0),
            True,
            "2 documents would be fetched (0 B), 3 are unchanged, 0 would be moved to .removed.",
        ),
        (CopyResult(0, 0, 3, 0), True, "The copy is the same as Nextcloud: 3 documents."),
    ],
)
def test_the_line_about_a_copy(result: CopyResult, check: bool, line: str) -> None:
    """Done, would be done, and nothing to do."""
    assert render_copy_line(result, lang=Lang.EN, check=check, complete=True) == line
