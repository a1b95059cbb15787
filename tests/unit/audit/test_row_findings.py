"""From a row's verdict to its finding and the next step."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from syncer.audit.row_findings import CODES
from syncer.manifest.document import ScopeRecord
from syncer.model.findings import Severity
from syncer.model.handbook import PlaceKind, Placement
from syncer.model.matching import ExpectedKind, KindStatus, Verdict
from syncer.model.reason import Reason

KINDS = (
    ExpectedKind("udvikling", KindStatus.PRESENT),
    ExpectedKind("drift", KindStatus.MISSING),
    ExpectedKind("projekt", KindStatus.MISSING),
)
OPENS_AFTALER = "https://boks.example.dk/s/Ab12Cd34?dir=/Aftaler&path=/Aftaler"
OPENS_ROOT = "https://boks.example.dk/s/Ab12Cd34"
ROOM = {"file_name": "A.docx", "folder": "Aftaler", "url": OPENS_AFTALER}


@pytest.mark.parametrize("verdict", [Verdict.PRESENT, Verdict.NOT_A_FILE, Verdict.UNCHECKED])
def test_no_finding_for_what_is_there_or_not_looked_at(world: Any, verdict: Verdict) -> None:
    """A row that is present, no file or unchecked asks nothing of anybody."""
    world.share("Aftaler/Aftale.docx")
    world.row("Aftale", verdict, world.file("Aftaler/Aftale.docx"))
    assert world.codes() == []


@pytest.mark.parametrize(("verdict", "code"), CODES.items())
def test_each_other_verdict_has_its_finding(world: Any, verdict: Verdict, code: str) -> None:
    """The finding is at the row's line and names the row."""
    world.share("Aftaler/Aftale.docx")
    row = world.row("Aftale", verdict, world.file("Aftaler/Aftale.docx"))
    finding = world.one(code)
    assert (finding.page, finding.line) == (row.page, row.span.line)
    assert (finding.subject, finding.row, finding.link) == ("Aftale", row.id, None)


def test_only_links_says_nothing_of_rows(world: Any) -> None:
    """What is out of scope has no finding."""
    world.share("Andet/x.docx")
    world.row("Aftale", Verdict.MISSING)
    assert world.codes(scope=ScopeRecord(only="links")) == []


def test_todo_is_no_part_of_the_id(world: Any) -> None:
    """The finding of a row keeps its id when lines above it come."""
    world.share("Aftaler/Andet.docx")
    world.row("Aftale", Verdict.MISSING)
    before = world.one("resource-missing")
    world.rows[0] = replace(world.rows[0], todo=True, span=replace(world.rows[0].span, line=40))
    after = world.one("resource-missing")
    assert (after.id, after.line) == (before.id, 40)


def test_a_missing_file_is_asked_for_in_its_folder(world: Any) -> None:
    """The hint says which name tomorrow's run accepts and where the file goes."""
    world.share("Aftaler/Andet.docx")
    world.row("Aftale", Verdict.MISSING, suggestion="Aftale.docx")
    assert world.one("resource-missing").hint == Reason(
        "put-file",
        {"file_name": "Aftale.docx", "folder": "Aftaler", "url": OPENS_AFTALER},
    )


def test_a_promised_file_is_asked_for_as_such(world: Any) -> None:
    """A ToDo row is no accusation."""
    world.share("Aftaler/Andet.docx")
    world.row("Aftale", Verdict.PLANNED, todo=True, suggestion="Aftale.docx")
    hint = world.one("resource-planned").hint
    assert hint is not None
    assert hint.code == "put-promised-file"


def test_the_root_is_called_by_the_name_of_the_share(world: Any) -> None:
    """A row that names no folder means the share's root: people know it by the share's name."""
    world.share("Andet.docx")
    world.row("Aftale", Verdict.MISSING, place="")
    finding = world.one("resource-missing")
    assert finding.args["place"] == "Boksen"
    assert finding.hint is not None
    assert finding.hint.args["url"] == "https://boks.example.dk/s/Ab12Cd34"


@pytest.mark.parametrize("place", ["Væk", None])
def test_a_gone_or_unknown_folder_is_not_proposed(world: Any, place: str | None) -> None:
    """The file cannot be put where nothing is; the place has to be corrected too."""
    world.share("Andet/x.docx", gone_places=frozenset({"Væk"}))
    world.row("Aftale", Verdict.MISSING, place=place, suggestion="Aftale.docx")
    assert world.one("resource-missing").hint == Reason(
        "put-file-and-correct-place", {"file_name": "Aftale.docx"}
    )


def test_an_arrived_file_in_its_place_needs_only_the_todo_removed(world: Any) -> None:
    """The link in the handbook is right already; folders below the place count as in it."""
    world.share("Aftaler/Nye/Aftale.docx")
    world.row(
        "Aftale",
        Verdict.ARRIVED,
        world.file("Aftaler/Nye/Aftale.docx"),
        todo=True,
        url=OPENS_AFTALER,
    )
    finding = world.one("resource-arrived")
    assert finding.hint == Reason("remove-todo")
    assert finding.args == {
        "name": "Aftale",
        "place": "Aftaler",
        "file": "Aftaler/Nye/Aftale.docx",
    }


def test_the_root_holds_every_file_of_its_share(world: Any) -> None:
    """A place without a folder is the whole share."""
    world.share("Aftaler/Aftale.docx")
    world.row(
        "Aftale",
        Verdict.ARRIVED,
        world.file("Aftaler/Aftale.docx"),
        place="",
        todo=True,
        url=OPENS_ROOT,
    )
    assert world.one("resource-arrived").hint == Reason("remove-todo")


def test_the_first_of_several_arrived_files_decides_the_link(world: Any) -> None:
    """A row's files come best first, and the folder of the best one is proposed."""
    world.share("Aftaler/Aftale.docx", "Arkiv/Aftale.pdf")
    files = (world.file("Arkiv/Aftale.pdf"), world.file("Aftaler/Aftale.docx"))
    world.row("Aftale", Verdict.ARRIVED, *files, todo=True, url=OPENS_AFTALER)
    hint = world.one("resource-arrived").hint
    assert hint is not None
    assert (hint.code, hint.args["folder"]) == ("remove-todo-and-link", "Arkiv")


@pytest.mark.parametrize("verdict", [Verdict.UNDETERMINED, Verdict.NO_ACCESS])
def test_a_row_that_was_not_looked_at_says_why(world: Any, verdict: Verdict) -> None:
    """The reason of the match is an argument of its finding."""
    world.share("Aftaler/Aftale.docx")
    world.row("Aftale", verdict, reason=Reason("upload-only", {"share": "h/T"}))
    finding = world.one(CODES[verdict])
    assert (finding.args["why"], finding.args["share"]) == ("upload-only", "h/T")


def test_an_arrived_file_elsewhere_needs_another_link(world: Any) -> None:
    """The hint has the link that opens the file's folder before and after Nextcloud 31."""
    world.share("Aftaler/Aftale.docx", folders=("Skabeloner",))
    world.row(
        "Aftale", Verdict.ARRIVED, world.file("Aftaler/Aftale.docx"), place="Skabeloner", todo=True
    )
    assert world.one("resource-arrived").hint == Reason(
        "remove-todo-and-link", {"folder": "Aftaler", "url": OPENS_AFTALER}
    )


def test_an_arrived_file_in_another_share_needs_another_link(world: Any) -> None:
    """It does not lie in the row's place, whatever its folder is called there."""
    other = "boks.example.dk/Xy98Zw76"
    world.share("x.docx", folders=("Aftaler",))
    world.share("Aftaler/Aftale.docx", share_id=other)
    world.row("Aftale", Verdict.ARRIVED, world.file("Aftaler/Aftale.docx", share=other), todo=True)
    hint = world.one("resource-arrived").hint
    assert hint is not None
    assert hint.args["url"] == "https://boks.example.dk/s/Xy98Zw76?dir=/Aftaler&path=/Aftaler"


def test_todo_stays_until_all_kinds_are_there(world: Any) -> None:
    """One of three promised kinds has arrived: the row is partial and keeps its ToDo."""
    world.share("Aftaler/Udvikling.docx")
    world.row(
        "Aftaler",
        Verdict.ARRIVED,
        world.file("Aftaler/Udvikling.docx"),
        todo=True,
        expected=KINDS,
    )
    assert world.one("resource-arrived").hint == Reason(
        "keep-todo", {"kinds": ("drift", "projekt")}
    )
    partial = world.one("resource-partial")
    assert partial.hint == Reason(
        "add-kinds-keep-todo", {**ROOM, "kinds": ("drift", "projekt"), "file_name": None}
    )
    assert partial.args == {
        "name": "Aftaler",
        "present": ("udvikling",),
        "missing": ("drift", "projekt"),
        "ready": 1,
        "total": 3,
    }


def test_partial_whatever_the_status(world: Any) -> None:
    """A present collection row that lacks kinds is partial; the kinds are asked for."""
    world.share("Aftaler/Udvikling.docx")
    world.row("Aftaler", Verdict.PRESENT, world.file("Aftaler/Udvikling.docx"), expected=KINDS)
    assert world.codes() == ["resource-partial"]
    assert world.one("resource-partial").hint == Reason(
        "add-kinds", {**ROOM, "kinds": ("drift", "projekt"), "file_name": None}
    )


def test_an_unknown_kind_makes_no_row_partial(world: Any) -> None:
    """What could not be looked at is not missing, yet ToDo stays until it is known."""
    kinds = (KINDS[0], ExpectedKind("drift", KindStatus.UNDETERMINED))
    world.share("Aftaler/Udvikling.docx")
    world.row(
        "Aftaler",
        Verdict.ARRIVED,
        world.file("Aftaler/Udvikling.docx"),
        todo=True,
        expected=kinds,
    )
    assert world.codes() == ["resource-arrived"]
    assert world.one("resource-arrived").hint == Reason("keep-todo", {"kinds": ("drift",)})


def test_a_row_without_any_of_its_kinds_is_not_partial(world: Any) -> None:
    """It is missing; partial is some there and some not."""
    world.share("Aftaler/x.docx")
    world.row("Aftaler", Verdict.MISSING, expected=KINDS[1:])
    assert world.codes() == ["resource-missing"]


def test_a_file_elsewhere_is_moved_or_linked(world: Any) -> None:
    """The hint names its folder and the link that opens it."""
    world.share("Aftaler/Aftale.docx", folders=("Skabeloner",))
    world.row("Aftale", Verdict.ELSEWHERE, world.file("Aftaler/Aftale.docx"), place="Skabeloner")
    assert world.one("resource-elsewhere").hint == Reason(
        "move-or-link",
        {
            "file": "Aftaler/Aftale.docx",
            "folder": "Aftaler",
            "url": OPENS_AFTALER,
            "place": "Skabeloner",
        },
    )


@pytest.mark.parametrize("place", ["Væk", None])
def test_a_file_elsewhere_is_linked_when_its_place_is_gone(world: Any, place: str | None) -> None:
    """There is nowhere to move it back to."""
    world.share("Aftaler/Aftale.docx", gone_places=frozenset({"Væk"}))
    world.row("Aftale", Verdict.ELSEWHERE, world.file("Aftaler/Aftale.docx"), place=place)
    hint = world.one("resource-elsewhere").hint
    assert hint is not None
    assert (hint.code, hint.args["url"]) == ("link-folder", OPENS_AFTALER)


def test_a_moved_file_is_known_by_its_id(world: Any) -> None:
    """The hint says where the same file lay at the last complete run."""
    world.share("Aftaler/Aftale.docx")
    world.row("Aftale", Verdict.PRESENT, world.file("Aftaler/Aftale.docx", file_id=7))
    previous = world.manifest()
    world.matches[0] = replace(
        world.matches[0],
        verdict=Verdict.ELSEWHERE,
        files=(world.file("Arkiv/Ny/Aftale.docx", file_id=7),),
    )
    hint = world.one("resource-elsewhere", previous=previous).hint
    assert hint is not None
    assert (hint.code, hint.args["earlier"]) == ("moved-back-or-link", "Aftaler/Aftale.docx")


@pytest.mark.parametrize("file_id", [None, 7, 8])
def test_another_file_has_not_moved(world: Any, file_id: int | None) -> None:
    """No id, the same path or another id: nothing is said of a move."""
    world.share("Arkiv/Aftale.docx", folders=("Aftaler",))
    world.row("Aftale", Verdict.ELSEWHERE, world.file("Arkiv/Aftale.docx", file_id=7))
    previous = world.manifest()
    world.matches[0] = replace(
        world.matches[0], files=(world.file("Arkiv/Aftale.docx", file_id=file_id),)
    )
    hint = world.one("resource-elsewhere", previous=previous).hint
    assert hint is not None
    assert hint.code == "move-or-link"


def test_a_row_that_is_new_has_no_earlier_file(world: Any) -> None:
    """The last complete run knew nothing of it."""
    previous = world.manifest()
    world.share("Arkiv/Aftale.docx", folders=("Aftaler",))
    world.row("Aftale", Verdict.ELSEWHERE, world.file("Arkiv/Aftale.docx", file_id=7))
    hint = world.one("resource-elsewhere", previous=previous).hint
    assert hint is not None
    assert hint.code == "move-or-link"


def test_a_found_folder_is_linked_itself(world: Any) -> None:
    """A folder that answers like a file is the folder to open."""
    world.share("Aftaler/Drift/x.docx", folders=("Skabeloner",))
    world.row(
        "Drift",
        Verdict.ELSEWHERE,
        world.file("Aftaler/Drift", folder=True, size_bytes=None),
        place="Skabeloner",
    )
    hint = world.one("resource-elsewhere").hint
    assert hint is not None
    assert hint.args["folder"] == "Aftaler/Drift"


@pytest.mark.parametrize("verdict", [Verdict.ARRIVED, Verdict.ELSEWHERE])
def test_a_verdict_without_a_file_has_no_hint(world: Any, verdict: Verdict) -> None:
    """There is nothing that could be linked."""
    world.share("Aftaler/x.docx")
    world.row("Aftale", verdict)
    assert world.one(CODES[verdict]).hint is None


@pytest.mark.parametrize(
    ("verdict", "hint"),
    [
        (
            Verdict.DRAFT,
            Reason("finish-draft", {"file": "Aftaler/Aftale.docx", **ROOM}),
        ),
        (
            Verdict.OUTDATED,
            Reason("renew-outdated", {"file": "Aftaler/Aftale.docx", **ROOM}),
        ),
        (Verdict.AMBIGUOUS, Reason("keep-one-file", {"name": "Aftale"})),
        (Verdict.UNDETERMINED, Reason("next-run-looks-again")),
        (Verdict.NO_ACCESS, Reason("configure-password")),
    ],
)
def test_the_next_step_of_the_others(world: Any, verdict: Verdict, hint: Reason) -> None:
    """Every verdict that asks something says what."""
    world.share("Aftaler/Aftale.docx")
    world.row("Aftale", verdict, world.file("Aftaler/Aftale.docx"), suggestion="A.docx")
    assert world.one(CODES[verdict]).hint == hint


def test_a_draft_whose_file_is_not_named(world: Any) -> None:
    """An unknown file is None, not an empty name."""
    world.share("Aftaler/x.docx")
    world.row("Aftale", Verdict.DRAFT)
    hint = world.one("resource-draft").hint
    assert hint == Reason("finish-draft", {**ROOM, "file": None, "file_name": None})


@pytest.mark.parametrize("verdict", [Verdict.DRAFT, Verdict.OUTDATED])
def test_a_new_version_belongs_into_the_rows_own_place(world: Any, verdict: Verdict) -> None:
    """Not beside the old one, which may lie in an archive; nowhere when the place is gone."""
    world.share("Arkiv/Aftale.docx", folders=("Aftaler",), gone_places=frozenset({"Væk"}))
    world.row("Aftale", verdict, world.file("Arkiv/Aftale.docx"))
    world.row("Andet", verdict, world.file("Arkiv/Andet.docx"), place="Væk")
    first, second = (f.hint for f in world.find() if f.code == CODES[verdict])
    assert first is not None
    assert second is not None
    assert (first.args["folder"], first.args["url"]) == ("Aftaler", OPENS_AFTALER)
    assert "folder" not in second.args


def test_a_file_that_another_row_has_in_its_place_is_not_moved(world: Any) -> None:
    """What would settle one row must not unsettle the other: the link is what is wrong."""
    world.share("Aftaler/Aftale.docx", folders=("Skabeloner",))
    file = world.file("Aftaler/Aftale.docx")
    world.row("Aftale", Verdict.PRESENT, file, group="g1")
    world.row("Aftalen", Verdict.ELSEWHERE, file, place="Skabeloner", group="g1")
    hint = world.one("resource-elsewhere").hint
    assert hint is not None
    assert hint.code == "link-folder"


def test_a_file_is_not_sent_back_to_where_it_was_wrong(world: Any) -> None:
    """It lay elsewhere last time too: only the row's own place would be right."""
    world.share("Arkiv/Aftale.docx", folders=("Aftaler",))
    world.row("Aftale", Verdict.ELSEWHERE, world.file("Andet/Aftale.docx", file_id=7))
    previous = world.manifest()
    world.matches[0] = replace(
        world.matches[0], files=(world.file("Arkiv/Aftale.docx", file_id=7),)
    )
    hint = world.one("resource-elsewhere", previous=previous).hint
    assert hint is not None
    assert hint.code == "move-or-link"


def test_a_file_that_arrived_in_another_share_needs_another_link(world: Any) -> None:
    """The row's link is no way to it, however alike the folders are called."""
    world.share("Andet/x.docx", folders=("Aftaler",))
    world.share("Aftaler/Aftale.docx", share_id="boks.example.dk/Other")
    world.row(
        "Aftale",
        Verdict.ARRIVED,
        world.file("Aftaler/Aftale.docx", share="boks.example.dk/Other"),
        todo=True,
        url=OPENS_AFTALER,
    )
    hint = world.one("resource-arrived").hint
    assert hint is not None
    assert hint.code == "remove-todo-and-link"


def test_a_place_in_plain_text_becomes_a_link(world: Any) -> None:
    """Without a link there is none that could be right already."""
    world.share("Aftaler/Aftale.docx")
    world.row("Aftale", Verdict.ARRIVED, world.file("Aftaler/Aftale.docx"), todo=True)
    assert world.one("resource-arrived").hint == Reason(
        "remove-todo-and-link", {"folder": "Aftaler", "url": OPENS_AFTALER}
    )


def test_likely_is_a_question_about_the_file(world: Any) -> None:
    """It asks once whether the file is the right one, and names a clearer name."""
    world.share("Aftaler/Aftale - historie.docx")
    file = world.file("Aftaler/Aftale - historie.docx")
    world.row("Aftale", Verdict.LIKELY, file, suggestion="Aftale.docx")
    finding = world.one("resource-likely")
    assert (finding.severity, finding.args["file"]) == (Severity.INFO, file.path)
    assert finding.hint is not None
    assert finding.hint.code == "confirm-likely"
    assert finding.hint.args["file_name"] == "Aftale.docx"


def test_ambiguous_names_the_files(world: Any) -> None:
    """At most five of them, best first."""
    world.share("Aftaler/x.docx")
    files = [world.file(f"Aftaler/{n}.docx") for n in range(7)]
    world.row("Aftale", Verdict.AMBIGUOUS, *files)
    assert world.one("resource-ambiguous").args["files"] == tuple(
        f"Aftaler/{n}.docx" for n in range(5)
    )


def test_why_it_could_not_be_looked_at(world: Any) -> None:
    """The reason of the match goes into the finding."""
    world.share("Aftaler/x.docx")
    world.row("Aftale", Verdict.UNDETERMINED, reason=Reason("timeout", {"seconds": 60}))
    args = world.one("resource-undetermined").args
    assert (args["why"], args["seconds"]) == ("timeout", 60)


def test_a_place_behind_a_login_wants_a_public_link(world: Any) -> None:
    """Readers without an account cannot open it."""
    place = Placement(PlaceKind.LOGIN, "https://boks.example.dk/f/147", None, None)
    world.row("Aftale", Verdict.NO_ACCESS, places=(place,))
    finding = world.one("resource-no-access")
    assert finding.hint == Reason("link-public-share")
    assert "place" not in finding.args


def test_a_file_drop_is_not_opened_by_a_password(world: Any) -> None:
    """Its files can be read by nobody until the share allows it."""
    world.row("Aftale", Verdict.NO_ACCESS, reason=Reason("upload-only", {"share": "h/T"}))
    assert world.one("resource-no-access").hint == Reason("allow-reading")


def test_the_address_of_a_local_copy_comes_from_the_links(world: Any) -> None:
    """A share that is only known from a folder on disk is linked as the handbook links it."""
    url = "https://boks.example.dk/s/Ab12Cd34?path=/Aftaler"
    world.share("Arkiv/Aftale.docx", folders=("Aftaler",), base_url="")
    world.row("Aftale", Verdict.ELSEWHERE, world.file("Arkiv/Aftale.docx"), url=url)
    hint = world.one("resource-elsewhere").hint
    assert hint is not None
    assert hint.args["url"] == "https://boks.example.dk/s/Ab12Cd34?dir=/Arkiv&path=/Arkiv"


def test_no_link_is_made_up(world: Any) -> None:
    """Where no address is known, none is proposed."""
    world.share("Arkiv/Aftale.docx", folders=("Aftaler",), base_url="")
    world.row("Aftale", Verdict.ELSEWHERE, world.file("Arkiv/Aftale.docx"))
    hint = world.one("resource-elsewhere").hint
    assert hint is not None
    assert hint.args["url"] is None


def test_a_share_that_is_not_in_the_run_is_called_by_its_id(world: Any) -> None:
    """Nothing better is known of it."""
    world.row("Aftale", Verdict.UNDETERMINED, place="")
    assert world.one("resource-undetermined").args["place"] == "boks.example.dk/Ab12Cd34"


def test_a_pin_that_leads_nowhere_is_corrected(world: Any) -> None:
    """The file may well be there under its own name: it is the settings that are wrong."""
    world.share("Aftaler/Aftale.docx")
    gone = Reason("pin-gone", {"path": "Aftaler/Væk.docx"})
    world.row("Aftale", Verdict.MISSING, reason=gone, suggestion="Aftale.docx")
    assert world.one("resource-missing").hint == Reason("correct-pin", {"path": "Aftaler/Væk.docx"})
