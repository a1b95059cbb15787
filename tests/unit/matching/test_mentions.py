"""Links in running text that name a resource of a table."""

from __future__ import annotations

import pytest

from syncer.matching.files import step_budget
from syncer.matching.match import match_rows
from syncer.matching.mentions import find_mentions
from syncer.model.handbook import LinkSyntax, PageLink, ShareLink, ShareLinkForm, SourceSpan
from syncer.model.matching import NamedLink
from syncer.model.shares import Share, ShareStatus
from tests.unit.matching.match_inputs import OTHER, SHARE, build_row, build_share, by_id


def _link(
    text: str, folder: str, *, share: str = SHARE, line: int = 9
) -> tuple[PageLink, ShareLink]:
    host, _, token = share.partition("/")
    url = f"https://{host}/s/{token}?path=/{folder}"
    span = SourceSpan("page.md", line, 1, line, 60)
    target = ShareLink(url, host, f"https://{host}", token, folder, None, None, ShareLinkForm.PATH)
    return PageLink(url, text, LinkSyntax.LINK, span, None), target


def _find(shares: dict[str, Share], *links: tuple[PageLink, ShareLink]) -> tuple[NamedLink, ...]:
    rows = [build_row("FLOSS-aftale", folder="Skabeloner")]
    return find_mentions(links, rows, match_rows(rows, shares), shares)


def test_a_mention_of_the_same_file_agrees() -> None:
    """An inflected name and a link to a folder above still lead to the file."""
    shares = by_id(build_share("Skabeloner/FLOSS/FLOSS-aftale.docx"))
    (mention,) = _find(shares, _link("FLOSS-aftalen", "Skabeloner/FLOSS"))
    assert mention.agrees is True
    assert (mention.row, mention.group) == ("page.md-0001", "page.md-0001")


def test_a_promised_document_that_has_come_is_agreed_with() -> None:
    """The file of a ToDo row is the row's, as that of another."""
    shares = by_id(build_share("Skabeloner/FLOSS-aftale.docx"))
    rows = [build_row("FLOSS-aftale", folder="Skabeloner", todo=True)]
    matches = match_rows(rows, shares)
    (mention,) = find_mentions([_link("FLOSS-aftalen", "Skabeloner")], rows, matches, shares)
    assert mention.agrees is True


def test_a_mention_of_another_file_disagrees() -> None:
    """A link to another file of that name disagrees."""
    shares = by_id(build_share("Skabeloner/FLOSS-aftale.docx", "Arkiv/FLOSS-aftale v1.docx"))
    (mention,) = _find(shares, _link("FLOSS-aftalen", "Arkiv"))
    assert mention.agrees is False
    assert mention.file is not None
    assert mention.file.path == "Arkiv/FLOSS-aftale v1.docx"


def test_the_file_id_decides() -> None:
    """A file reached through two shares of one Nextcloud is one file."""
    shares = by_id(
        build_share("Skabeloner/FLOSS-aftale.docx", ids={"Skabeloner/FLOSS-aftale.docx": 4}),
        build_share("FLOSS-aftale.docx", share=OTHER, ids={"FLOSS-aftale.docx": 4}),
    )
    (mention,) = _find(shares, _link("FLOSS-aftalen", "", share=OTHER))
    assert mention.agrees is True


def test_file_ids_of_two_hosts_say_nothing() -> None:
    """The same id on another server is another file."""
    far = "other.example/Two"
    shares = by_id(
        build_share("Skabeloner/FLOSS-aftale.docx", ids={"Skabeloner/FLOSS-aftale.docx": 4}),
        build_share("FLOSS-aftale.docx", share=far, ids={"FLOSS-aftale.docx": 4}),
    )
    (mention,) = _find(shares, _link("FLOSS-aftalen", "", share=far))
    assert mention.agrees is False


def test_what_is_no_mention() -> None:
    """Other words, an unknown share or a row without a match make no mention."""
    shares = by_id(build_share("Skabeloner/FLOSS-aftale.docx"))
    assert _find(shares, _link("Læs mere her", "Skabeloner")) == ()
    assert _find(shares, _link("FLOSS-aftalen", "", share="cloud.example/Three")) == ()
    rows = [build_row("FLOSS-aftale", folder="Skabeloner")]
    assert find_mentions([_link("FLOSS-aftale", "Skabeloner")], rows, [], shares) == ()


def test_nothing_known_neither_agrees_nor_not() -> None:
    """Agreement is unknown without a file at the target or with an unread share."""
    shares = by_id(build_share("Skabeloner/FLOSS-aftale.docx", "Tom/"))
    assert _find(shares, _link("FLOSS-aftalen", "Tom"))[0].agrees is None
    unread = by_id(build_share(status=ShareStatus.UNREADABLE))
    assert _find(unread, _link("FLOSS-aftalen", ""))[0].agrees is None


@pytest.mark.parametrize(("others", "sure"), [(0, 25), (60, 250)])
def test_a_mention_that_was_not_compared_is_no_disagreement(
    monkeypatch: pytest.MonkeyPatch, others: int, sure: int
) -> None:
    """Its file is unknown where names or files are too many for the steps that are left."""
    files = [f"Arkiv/Nr{number}.txt" for number in range(others)]
    shares = by_id(
        build_share("Skabeloner/FLOSS-aftale.docx", "Arkiv/FLOSS-aftale v1.docx", *files)
    )
    rows = [build_row("FLOSS-aftale", folder="Skabeloner")]
    links, matches = [_link("FLOSS-aftalen", "Arkiv")], match_rows(rows, shares)
    monkeypatch.setattr(step_budget, "_FREE_STEPS", 0)
    monkeypatch.setattr(step_budget, "_SURE_STEPS", sure)
    budget = step_budget.StepBudget(0, 0)
    (mention,) = find_mentions(links, rows, matches, shares, budget=budget)
    assert (mention.file, mention.agrees) == (None, None)
