"""Reading a page takes steps in proportion to its size, and no more than its budget."""

from __future__ import annotations

import pytest

from syncer.handbook.kramdown import page as page_module
from syncer.handbook.kramdown.effort import Effort, PageTooComplexError
from syncer.handbook.kramdown.page import parse_page
from syncer.model.handbook import PageText


def count_steps(text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return the steps that reading a page takes."""
    efforts: list[Effort] = []

    def make(characters: int) -> Effort:
        efforts.append(Effort(characters))
        return efforts[-1]

    monkeypatch.setattr(page_module, "Effort", make)
    parse_page(PageText("a.md", text))
    return efforts[0].steps


@pytest.mark.parametrize(
    "unit",
    [
        *("*a ", "**a _b", "[", "[a](", "[a](b '", "[a][", "[a *b", "<b>*", "~~a ", "`a ``b"),
        *("{: a", "*a*{:", "<a b='", "[^n] ", "> a\n", "* a\n", "|a|b\n", "a\n: b\n\n", "# a\n"),
        *("[a]: b 'c\n", "{::comment}\n", "```\na\n\n", "{{ a", "{% if false %}", "<div>\n"),
    ],
)
def test_steps_grow_with_the_text(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four times the text takes four times the steps; the count is the same every time."""
    few = count_steps(unit * 1_000, monkeypatch)
    many = count_steps(unit * 4_000, monkeypatch)
    assert many == count_steps(unit * 4_000, monkeypatch)
    assert many <= 4.4 * few + 1_000


def test_prose_takes_few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ordinary pages are far below the budget of their size."""
    text = "Et *afsnit* med [et link](side.md) og `kode`.\n\n* punkt\n* punkt\n\n" * 500
    assert count_steps(text, monkeypatch) < Effort(len(text)).limit / 3


def test_a_page_beyond_its_budget_is_refused() -> None:
    """Images inside images, each of which kramdown tries again; the reason has the limit."""
    text = "![" * 6_000 + "](u" * 6_000
    with pytest.raises(PageTooComplexError) as refused:
        parse_page(PageText("a.md", text))
    assert refused.value.reason.code == "page-too-complex"
    assert refused.value.reason.args == {"steps": Effort(len(text)).limit}


def test_the_budget_has_a_maximum() -> None:
    """A page of several megabytes gets no more steps than one of a few hundred kilobytes."""
    assert Effort(100).limit < Effort(10_000).limit
    assert Effort(1_000_000).limit == Effort(4_000_000).limit
