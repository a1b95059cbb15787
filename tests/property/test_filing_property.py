"""A document is found however its office files it, and another one is never taken for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from syncer.matching.match import match_rows
from syncer.matching.names.vocabulary import list_words
from syncer.model.matching import Verdict
from tests.unit.matching.match_inputs import build_row, build_share, by_id

_MONTHS = list_words(
    "januar, februar, marts, april, maj, juni, juli, august, september, oktober, november, december"
)
_BODIES = {
    "Bestyrelsen": "bestyrelsesmøde",
    "Styregruppen": "styregruppemøde",
    "Direktionen": "direktionsmøde",
    "Kulturudvalget": "kulturudvalgsmøde",
    "Byrådet": "byrådsmøde",
    "Repræsentantskabet": "repræsentantskabsmøde",
    "Ledelsen": "ledelsesmøde",
    "Bevillingsnævnet": "bevillingsnævnsmøde",
}
_PAPERS = {"Referat": "Referater", "Dagsorden": "Dagsordener", "Indkaldelse": "Indkaldelser"}
_OWNERS = list_words("OS2mo, Kulturafdelingen, Biblioteket, Nordskolen, Odder, Region Nord, Havnen")
_KINDS = list_words("Årsplan, Budget, Strategi, Kommissorium, Vedtægter, Vagtplan, Kontaktliste")
_PARTS = {
    "uge 5": ("Uge 5", "Uge 05"),
    "uge 40": ("Uge 40",),
    "1. kvartal": ("Q1", "1. kvartal"),
    "Q3": ("Q3", "3. kvartal"),
    "marts": ("Marts", "03 Marts", "03"),
    "november": ("November", "11 november", "11"),
    "2. halvår": ("2. halvår",),
}
_REPORTS = list_words("Nyhedsbrev, Statusrapport, Budgetopfølgning, Driftsrapport")


@dataclass(frozen=True)
class _Paper:
    """A paper of a meeting."""

    body: str
    kind: str
    year: int
    month: int
    day: int

    @property
    def date(self) -> str:
        """The date as a sentence has it."""
        return f"{self.day}. {_MONTHS[self.month - 1]} {self.year}"

    @property
    def iso(self) -> str:
        """The date as file names have it."""
        return f"{self.year}-{self.month:02}-{self.day:02}"


_PAPER_LAYOUTS: tuple[Callable[[_Paper], str], ...] = (
    lambda p: f"{p.body}/Møder/{p.kind} {p.day:02}-{p.month:02}-{p.year}.docx",
    lambda p: f"{p.body}/{p.year}/{p.month:02}/{p.day:02}/{p.kind}.docx",
    lambda p: f"{p.body}/{p.year}/{p.month:02} {_MONTHS[p.month - 1]}/{p.kind} {p.date[:-5]}.docx",
    lambda p: f"{p.body}/{_PAPERS[p.kind]}/{p.year}/{p.kind} {p.date[:-5]}.pdf",
    lambda p: f"{p.body}/{_BODIES[p.body].capitalize()} {p.date}/{p.kind}.docx",
    lambda p: f"{p.body}/Møde {p.iso}/{p.kind}.docx",
    lambda p: f"{p.body}/{_PAPERS[p.kind]}/{p.iso}.pdf",
    lambda p: f"{_PAPERS[p.kind]}/{p.body} {p.iso}.pdf",
    lambda p: f"{p.year}/{p.body}/{p.date[:-5]}/{p.kind}.docx",
    lambda p: f"{_BODIES[p.body]}r/{p.year}/{p.kind} {p.date[:-5]}.pdf",
    lambda p: f"01 {p.body}/02 Møder/{p.year}/01 {p.kind} {p.iso}.docx",
    lambda p: f"{p.kind} {_BODIES[p.body]} {p.date}.docx",
)
_PAPER_ROWS: tuple[Callable[[_Paper], str], ...] = (
    lambda p: f"{p.kind} af {_BODIES[p.body]} {p.date}",
    lambda p: f"{p.kind}, {_BODIES[p.body]} {p.day:02}-{p.month:02}-{p.year}",
    lambda p: f"{p.kind} fra møde i {p.body} {p.date}",
    lambda p: f"{p.body}s {p.kind.lower()} {p.date}",
    lambda p: f"{_BODIES[p.body].capitalize()} {p.date} - {p.kind.lower()}",
)
_OWNER_LAYOUTS = (
    "{owner}/{year}/{kind}.docx",
    "{year}/{owner}/{kind}.docx",
    "Afdelinger/{owner}/{kind}/{kind} {year}.pdf",
    "{kind}/{year}/{kind} {owner}.docx",
)
_PART_LAYOUTS = (
    "{year}/{part}/{kind}.docx",
    "{kind}/{year}/{kind} {said}.docx",
    "{kind} {year}/{part}/{kind}.pdf",
)
_papers = st.builds(
    _Paper,
    st.sampled_from(tuple(_BODIES)),
    st.sampled_from(tuple(_PAPERS)),
    st.integers(2023, 2026),
    st.integers(1, 12),
    st.integers(1, 28),
)


def _check(name: str, right: str, others: list[str]) -> None:
    """Assert that a row gets its file, and no other where that is gone."""
    (found,) = match_rows([build_row(name)], by_id(build_share(right, *others)))
    assert (found.verdict, found.files[0].path) == (Verdict.PRESENT, right), (name, found)
    (found,) = match_rows([build_row(name)], by_id(build_share(*others)))
    assert found.verdict in (Verdict.MISSING, Verdict.LIKELY), (name, found)


@given(_papers, _papers, st.sampled_from(_PAPER_LAYOUTS), st.sampled_from(_PAPER_ROWS))
def test_papers_of_meetings_are_found(
    paper: _Paper,
    other: _Paper,
    layout: Callable[[_Paper], str],
    row: Callable[[_Paper], str],
) -> None:
    """The paper of a body's meeting is found in each way of filing, and no other's."""
    others = (
        replace(paper, body=other.body),
        replace(paper, kind=other.kind),
        replace(paper, year=other.year),
        replace(paper, month=other.month),
        replace(paper, day=other.day),
    )
    _check(row(paper), layout(paper), [layout(one) for one in others if one != paper])


@given(st.permutations(_OWNERS), st.permutations(_KINDS), st.sampled_from(_OWNER_LAYOUTS))
def test_owners_papers_are_found(owners: list[str], kinds: list[str], layout: str) -> None:
    """An owner's paper of a year is found, and no other owner's, kind's or year's."""
    owner, kind = owners[0], kinds[0]
    right = layout.format(owner=owner, kind=kind, year=2025)
    others = [
        layout.format(owner=owners[1], kind=kind, year=2025),
        layout.format(owner=owner, kind=kinds[1], year=2025),
        layout.format(owner=owner, kind=kind, year=2024),
    ]
    _check(f"{kind} for {owner} 2025", right, others)


@given(
    st.permutations(tuple(_PARTS)),
    st.permutations(_REPORTS),
    st.sampled_from(_PART_LAYOUTS),
    st.data(),
)
def test_parts_of_years_are_found(
    parts: list[str], reports: list[str], layout: str, data: st.DataObject
) -> None:
    """A report of a week, month, quarter or half is found, and no other part's or year's."""
    one, other = (data.draw(st.sampled_from(_PARTS[part])) for part in parts[:2])
    kind = reports[0]
    right = layout.format(kind=kind, year=2025, part=one, said=parts[0])
    others = [
        layout.format(kind=kind, year=2025, part=other, said=parts[1]),
        layout.format(kind=kind, year=2024, part=one, said=parts[0]),
        layout.format(kind=reports[1], year=2025, part=one, said=parts[0]),
    ]
    _check(f"{kind}, {parts[0]} 2025", right, others)
