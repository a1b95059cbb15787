"""Findings about the places that rows and links name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from syncer.audit.observed import Emptied
from syncer.model.handbook import PlaceKind, Placement
from syncer.model.links import LinkKind, LinkStatus
from syncer.model.matching import NamedLink, Verdict
from syncer.model.reason import Reason
from syncer.model.shares import ShareKind

OTHER = "boks.example.dk/Xy98Zw76"
GONE = frozenset({"Aftaler/Gamle"})


def test_a_gone_folder_is_one_finding(world: Any) -> None:
    """One finding for all rows and links that name it, at the first of them."""
    url = "https://boks.example.dk/s/Ab12Cd34?dir=/Aftaler/Gamle&path=/Aftaler/Gamle"
    world.share("x.docx", gone_places=GONE)
    link = world.link(url, LinkStatus.BROKEN, kind=LinkKind.SHARE).link
    world.row("A", Verdict.MISSING, place="Aftaler/Gamle")
    world.row("B", Verdict.MISSING, place="Aftaler/Gamle")
    finding = world.one("place-missing")
    assert (finding.subject, finding.line) == ("Aftaler/Gamle", link.span.line)
    assert finding.args["share_name"] == "Boksen"
    assert finding.hint == Reason("correct-place")


def test_a_folder_below_a_gone_one_is_gone(world: Any) -> None:
    """Two looks that did not find the folder above settle it."""
    world.share("x.docx", gone_places=frozenset({"Aftaler"}))
    world.row("A", Verdict.MISSING, place="Aftaler/Gamle")
    assert world.one("place-missing").subject == "Aftaler/Gamle"


def test_a_folder_that_was_not_seen_is_not_gone(world: Any) -> None:
    """A complete listing is one look: gone needs the second, which `gone_places` tells."""
    world.share("x.docx")
    world.row("A", Verdict.MISSING, place="Aftaler/Gamle")
    assert world.codes() == ["resource-missing"]


def test_a_local_copy_is_its_own_proof(world: Any) -> None:
    """What a folder on disk does not hold is not there; a file that is named is no lost folder."""
    world.share("Aftaler/x.docx", kind=ShareKind.LOCAL, folders=("Tom",))
    world.row("A", Verdict.MISSING, place="Gamle")
    world.row("B", Verdict.MISSING, place="Tom")
    world.row("C", Verdict.MISSING, place="Aftaler/x.docx")
    world.row("D", Verdict.MISSING, place="")
    assert world.one("place-missing").subject == "Gamle"


def test_a_local_copy_that_cannot_be_read_proves_nothing(world: Any) -> None:
    """No tree, no claim."""
    world.share(kind=ShareKind.LOCAL, tree=None)
    world.row("A", Verdict.UNDETERMINED, place="Gamle")
    assert "place-missing" not in world.codes()


def test_nothing_is_gone_from_a_share_that_is_not_believed(world: Any) -> None:
    """With a suddenly empty share goes everything that is said of its folders."""
    world.share(gone_places=GONE)
    world.row("A", Verdict.UNDETERMINED, place="Aftaler/Gamle")
    emptied = (Emptied("boks.example.dk/Ab12Cd34", 5, 1, 0, 1),)
    assert "place-missing" not in world.codes(emptied=emptied)


def test_a_renamed_folder_is_proposed(world: Any) -> None:
    """When all its rows' files lie in one other folder now, that is where the link should go."""
    world.share("Aftaler/Nye/A.docx", "Aftaler/Nye/B.docx", gone_places=GONE)
    world.row("A", Verdict.ELSEWHERE, world.file("Aftaler/Nye/A.docx"), place="Aftaler/Gamle")
    world.row("B", Verdict.ELSEWHERE, world.file("Aftaler/Nye/B.docx"), place="Aftaler/Gamle")
    assert world.one("place-missing").hint == Reason(
        "link-folder-instead",
        {
            "folder": "Aftaler/Nye",
            "url": "https://boks.example.dk/s/Ab12Cd34?dir=/Aftaler/Nye&path=/Aftaler/Nye",
        },
    )


def test_rows_that_went_different_ways_propose_nothing(world: Any) -> None:
    """Which folder took its place cannot be determined."""
    world.share("Nye/A.docx", "Andre/B.docx", gone_places=GONE)
    world.row("A", Verdict.ELSEWHERE, world.file("Nye/A.docx"), place="Aftaler/Gamle")
    world.row("B", Verdict.ELSEWHERE, world.file("Andre/B.docx"), place="Aftaler/Gamle")
    assert world.one("place-missing").hint == Reason("correct-place")


def test_a_folder_of_the_same_name_is_proposed(world: Any) -> None:
    """It was moved as it was; two of them would be a guess."""
    world.share("Arkiv/gamle/x.docx", gone_places=GONE)
    world.row("A", Verdict.MISSING, place="Aftaler/Gamle")
    hint = world.one("place-missing").hint
    assert hint is not None
    assert hint.args["folder"] == "Arkiv/gamle"
    world.share("Arkiv/gamle/x.docx", "Andet/Gamle/y.docx", gone_places=GONE)
    assert world.one("place-missing").hint == Reason("correct-place")


def test_a_share_without_a_tree_has_no_namesakes(world: Any) -> None:
    """What was not listed cannot be proposed."""
    world.share(tree=None, gone_places=GONE)
    world.row("A", Verdict.UNDETERMINED, place="Aftaler/Gamle")
    assert world.one("place-missing").hint == Reason("correct-place")


def test_a_place_that_nobody_can_resolve(world: Any) -> None:
    """The row says so; without a file there is no link to propose."""
    world.share("x.docx")
    row = world.row("A", Verdict.MISSING, place=None)
    finding = world.one("place-unresolved")
    assert (finding.row, finding.args["label"]) == (row.id, "Nextcloud / Aftaler")
    assert finding.hint == Reason("make-place-a-link")


def test_an_unresolved_place_whose_file_is_found(world: Any) -> None:
    """Then the link can be proposed."""
    world.share("Aftaler/A.docx")
    world.row("A", Verdict.ELSEWHERE, world.file("Aftaler/A.docx"), place=None)
    hint = world.one("place-unresolved").hint
    assert hint is not None
    assert hint.args["folder"] == "Aftaler"


def _mention_twice(world: Any, first: dict[str, Any], other: dict[str, Any]) -> None:
    world.share("Aftaler/A.docx", "Aftaler/Under/A.docx", "Andet/A.docx")
    world.share("Aftaler/A.docx", "Andet/A.docx", share_id=OTHER)
    for mention in (first, other):
        share = mention.get("share", "boks.example.dk/Ab12Cd34")
        file = world.file(mention.pop("file"), share=share, **mention.pop("as_", {}))
        world.row(mention.pop("name", "A"), Verdict.PRESENT, file, **mention)


def test_two_mentions_with_different_files(world: Any) -> None:
    """The later mention says which file the first one leads to."""
    _mention_twice(
        world,
        {"file": "Aftaler/A.docx"},
        {"file": "Andet/A.docx", "share": OTHER, "place": "Andet", "as_": {"size_bytes": 7}},
    )
    finding = world.one("places-disagree")
    assert finding.row == world.rows[1].id
    assert finding.args["other_file"] == "Aftaler/A.docx"
    assert finding.args["other_line"] == world.rows[0].span.line
    assert finding.hint == Reason("link-one-place", {"name": "A"})


def test_mentions_are_compared_with_another_row_between_them(world: Any) -> None:
    """The rows of a page are in no order of names."""
    world.share("Aftaler/A.docx", "Aftaler/B.docx")
    world.share("Andet/A.docx", share_id=OTHER)
    first = world.row("A", Verdict.PRESENT, world.file("Aftaler/A.docx"))
    world.row("B", Verdict.PRESENT, world.file("Aftaler/B.docx"))
    moved = world.file("Andet/A.docx", share=OTHER, size_bytes=7)
    last = world.row("A", Verdict.PRESENT, moved, share=OTHER, place="Andet")
    finding = world.one("places-disagree")
    assert (finding.row, finding.args["other_line"]) == (last.id, first.span.line)


@pytest.mark.parametrize(
    "other",
    [
        {"file": "Andet/A.docx", "share": OTHER, "place": "Andet"},
        {"file": "Andet/B.docx", "share": OTHER, "place": "Andet", "as_": {"file_id": 5}},
        {"file": "Aftaler/Under/A.docx", "place": "Aftaler/Under", "as_": {"size_bytes": 7}},
        {"file": "Andet/A.docx", "place": "", "as_": {"size_bytes": 7}},
        {
            "file": "Andet/A.docx",
            "share": OTHER,
            "place": "Andet",
            "as_": {"size_bytes": 7},
            "name": "Noget andet",
        },
    ],
)
def test_mentions_that_agree(world: Any, other: dict[str, Any]) -> None:
    """A copy, the same file through two shares, parent and child folder, another name."""
    _mention_twice(world, {"file": "Aftaler/A.docx", "as_": {"file_id": 5}}, other)
    assert "places-disagree" not in world.codes()


def test_names_are_compared_without_case_and_blanks(world: Any) -> None:
    """They are mentions of one resource however they are written."""
    _mention_twice(
        world,
        {"file": "Aftaler/A.docx", "name": "Stor  Aftale"},
        {
            "file": "Andet/A.docx",
            "share": OTHER,
            "place": "Andet",
            "as_": {"size_bytes": 7},
            "name": "stor aftale",
        },
    )
    assert "places-disagree" in world.codes()


def test_ids_of_two_servers_are_not_compared(world: Any) -> None:
    """Each Nextcloud numbers its files on its own."""
    far = "sky.example.dk/Qq11Ww22"
    world.share("Aftaler/A.docx")
    world.share("Aftaler/B.docx", share_id=far)
    world.row("A", Verdict.PRESENT, world.file("Aftaler/A.docx", file_id=5))
    world.row("A", Verdict.PRESENT, world.file("Aftaler/B.docx", share=far, file_id=5), share=far)
    assert "places-disagree" in world.codes()


def test_a_row_without_a_file_disagrees_with_nobody(world: Any) -> None:
    """Only what was found can differ."""
    _mention_twice(
        world,
        {"file": "Aftaler/A.docx"},
        {"file": "Andet/A.docx", "share": OTHER, "place": "Andet", "as_": {"size_bytes": 7}},
    )
    world.matches[0] = replace(world.matches[0], verdict=Verdict.MISSING, files=())
    assert "places-disagree" not in world.codes()


def test_a_place_in_the_web_names_no_folder(world: Any) -> None:
    """Only places in shares can be missing."""
    place = Placement(PlaceKind.OUTSIDE, "https://example.org/", None, None)
    world.row("A", Verdict.NOT_A_FILE, places=(place,))
    assert world.codes() == []


@pytest.mark.parametrize(("agrees", "found"), [(True, False), (None, False), (False, True)])
def test_links_in_running_text_that_name_a_resource(
    world: Any, agrees: bool | None, found: bool
) -> None:
    """Only one that is known to lead to another file is at odds with its row."""
    world.share("A.docx")
    row = world.row("A", Verdict.PRESENT, world.file("A.docx"), place="")
    link = world.page_link("https://boks.example.dk/s/Ab12Cd34")
    named = NamedLink(link, row.id, "g", world.file("B/A.docx"), agrees)
    assert ("places-disagree" in world.codes(named_links=(named,))) is found
