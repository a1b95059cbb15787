"""Verdicts: the contract's table, and what must be proved before anything is denied."""

from __future__ import annotations

from dataclasses import replace

import pytest

from syncer.matching.match import match_rows
from syncer.matching.names.vocabulary import DEFAULT_VOCABULARY
from syncer.matching.row_requests import Pin
from syncer.model.handbook import PlaceKind, Placement, ResourceRow
from syncer.model.matching import KindStatus, Match, Verdict
from syncer.model.reason import Reason
from syncer.model.shares import Share, ShareStatus, name_account
from tests.unit.matching.match_inputs import OTHER, SHARE, build_row, build_share, by_id


def _match(*args: object, **kwargs: object) -> Match:
    rows, shares = args
    (match,) = match_rows([rows], shares, **kwargs)  # type: ignore[list-item, arg-type]
    return match


def _in(folder: str, share: str = SHARE, **more: object) -> Placement:
    return Placement(PlaceKind.SHARE, None, share, folder, **more)  # type: ignore[arg-type]


_OUTSIDE = Placement(PlaceKind.OUTSIDE, "https://github.com/x", None, None)
_LOGIN = Placement(
    PlaceKind.LOGIN, "https://cloud.example/f/7", None, None, file_id=7, cloud="cloud.example"
)


@pytest.mark.parametrize(
    ("path", "plain", "promised"),
    [
        ("A/Partneraftale.docx", Verdict.PRESENT, Verdict.ARRIVED),
        ("A/Aftaler/Partneraftale.docx", Verdict.PRESENT, Verdict.ARRIVED),
        ("A/Portalen/Partneraftale.docx", Verdict.LIKELY, Verdict.PLANNED),
        ("B/Partneraftale.docx", Verdict.ELSEWHERE, Verdict.ARRIVED),
        ("A/Partneraftale udkast.docx", Verdict.DRAFT, Verdict.DRAFT),
        ("A/Arkiv/Partneraftale.docx", Verdict.OUTDATED, Verdict.OUTDATED),
        ("A/Partneraftale - fornyelse.docx", Verdict.LIKELY, Verdict.PLANNED),
        ("A/Partneraftale underskrevet.docx", Verdict.MISSING, Verdict.PLANNED),
        ("B/Partneraftale - fornyelse.docx", Verdict.MISSING, Verdict.PLANNED),
        ("A/Noget andet.docx", Verdict.MISSING, Verdict.PLANNED),
    ],
)
def test_the_table_line_by_line(path: str, plain: Verdict, promised: Verdict) -> None:
    """The verdict depends on where the file is and how finished it is."""
    shares = by_id(build_share(path, "A/", "B/"))
    assert _match(build_row("Partneraftale", folder="A"), shares).verdict is plain
    assert _match(build_row("Partneraftale", folder="A", todo=True), shares).verdict is promised


def test_unknown_words_are_a_question_only_where_all_was_listed() -> None:
    """The row's own file may be in the folder that could not be read, so nobody is asked yet."""
    row = build_row("Partneraftale", folder="A")
    path = "A/Partneraftale - fornyelse.docx"
    match = _match(row, by_id(build_share(path, unread=("A/Below",))))
    assert match.verdict is Verdict.UNDETERMINED
    assert [one.file.path for one in match.candidates] == [path]
    match = _match(row, by_id(build_share(path)))
    assert (match.verdict, match.suggestion) == (Verdict.LIKELY, "Partneraftale.docx")


def test_a_promised_row_names_what_may_be_there() -> None:
    """A ToDo row stays planned, and its reason names the file that a person should look at."""
    path = "A/Partneraftale - fornyelse.docx"
    match = _match(build_row("Partneraftale", folder="A", todo=True), by_id(build_share(path)))
    assert (match.reason.code, match.reason.args["path"]) == ("maybe-there", path)
    assert match.files == ()


def test_what_the_handbook_says_beside_the_row_is_no_unknown_word() -> None:
    """The description, the section, the page or the place may name what the file's name adds."""
    shares = by_id(build_share("A/Kommissorium for arbejdsgrupper.docx"))
    match = _match(build_row("Kommissorium", folder="A"), shares)
    assert match.verdict is Verdict.LIKELY
    row = build_row("Kommissorium", folder="A", description="Rammer for arbejdsgruppers arbejde.")
    assert _match(row, shares).verdict is Verdict.PRESENT
    row = replace(build_row("Kommissorium", folder="A"), section="Arbejdsgrupper")
    assert _match(row, shares).verdict is Verdict.PRESENT
    row = build_row("Kommissorium", folder="A")
    match = _match(row, shares, titles={"page.md": "Arbejdsgrupper i foreningen"})
    assert match.verdict is Verdict.PRESENT


def test_a_file_answers_one_row_before_it_is_anothers_question() -> None:
    """The file that says the same as one row is no likely file of another."""
    rows = [
        build_row("Kommissorium", folder="A", line=1),
        build_row("Kommissorium for drift", folder="A", line=2),
    ]
    short, long = match_rows(rows, by_id(build_share("A/Kommissorium for drift.pdf")))
    assert (short.verdict, long.verdict) == (Verdict.MISSING, Verdict.PRESENT)


def test_what_hardly_resembles_a_row_is_no_near_miss() -> None:
    """A file that shares one word with a long name is not offered, one that is alike is."""
    shares = by_id(
        build_share("A/Vejledning til indberetning af fravær.pdf", "A/Delaftale 1 v2.docx")
    )
    match = _match(build_row("Vejledning", folder="A", description=""), shares)
    assert [one.file.path for one in match.candidates if one.score < 0.4] == []
    match = _match(build_row("Delaftale 2", folder="A"), shares)
    assert match.verdict is Verdict.MISSING
    assert [one.file.path for one in match.candidates] == ["A/Delaftale 1 v2.docx"]
    assert match.candidates[0].score >= 0.4


def test_reasons_spell_words_as_the_file_does() -> None:
    """A person reads "årshjul", not "aarshjul"."""
    match = _match(
        build_row("Partneraftale", folder="A"), by_id(build_share("A/Partneraftale Øresund.pdf"))
    )
    words = [
        reason.args["words"] for one in match.candidates for reason in one.reasons if reason.args
    ]
    assert words == [("øresund",)]


def test_none_of_several_equal_ones_is_chosen() -> None:
    """Ambiguous means that nobody has chosen yet."""
    shares = by_id(build_share("A/OS2mo/Tidsplan.pdf", "A/OS2iot/Tidsplan.pdf"))
    match = _match(build_row("Tidsplan", folder="A"), shares)
    assert match.verdict is Verdict.AMBIGUOUS
    assert len(match.candidates) == 2
    assert not any(one.chosen for one in match.candidates)


def test_found_in_another_share() -> None:
    """A file that is only in another share of the run is elsewhere."""
    shares = by_id(build_share("A/"), build_share("X/Partneraftale.docx", share=OTHER))
    match = _match(build_row("Partneraftale", folder="A"), shares)
    assert match.verdict is Verdict.ELSEWHERE
    assert match.reason.code == "found-in-other-share"
    assert match.files[0].share == OTHER


@pytest.mark.parametrize(
    ("status", "verdict", "code"),
    [
        (ShareStatus.UNREADABLE, Verdict.UNDETERMINED, "share-not-read"),
        (ShareStatus.THROTTLED, Verdict.UNDETERMINED, "throttled"),
        (ShareStatus.NEEDS_PASSWORD, Verdict.NO_ACCESS, "password-needed"),
        (ShareStatus.UPLOAD_ONLY, Verdict.NO_ACCESS, "upload-only"),
        (ShareStatus.UNCHECKED, Verdict.UNCHECKED, "not-looked-at"),
        (ShareStatus.GONE, Verdict.MISSING, "share-gone"),
    ],
)
def test_a_share_without_a_tree(status: ShareStatus, verdict: Verdict, code: str) -> None:
    """A row is missing only when its share is proven gone."""
    match = _match(build_row("Partneraftale", folder="A"), by_id(build_share(status=status)))
    assert (match.verdict, match.reason.code) == (verdict, code)


@pytest.mark.parametrize(
    ("status", "plain"),
    [
        (ShareStatus.GONE, Verdict.ELSEWHERE),
        (ShareStatus.UNREADABLE, Verdict.UNDETERMINED),
        (ShareStatus.NEEDS_PASSWORD, Verdict.NO_ACCESS),
    ],
)
def test_elsewhere_needs_the_place(status: ShareStatus, plain: Verdict) -> None:
    """A file in another share is "elsewhere" only when the row's share was listed."""
    shares = by_id(build_share(status=status), build_share("X/Partneraftale.docx", share=OTHER))
    assert _match(build_row("Partneraftale", folder="A"), shares).verdict is plain
    assert _match(build_row("Partneraftale", todo=True), shares).verdict is Verdict.ARRIVED


def test_an_unknown_share() -> None:
    """An unknown share proves nothing."""
    match = _match(build_row("Partneraftale", folder="A"), {})
    assert (match.verdict, match.reason.code) == (Verdict.UNDETERMINED, "share-not-asked")


def test_a_share_without_a_tree_that_says_it_is_fine() -> None:
    """A share without a tree proves nothing, even with status OK."""
    shares = by_id(replace(build_share("A/"), tree=None))
    match = _match(build_row("Partneraftale", folder="A"), shares)
    assert (match.verdict, match.reason.code) == (Verdict.UNDETERMINED, "share-not-read")


def test_an_unread_folder_keeps_everything_open() -> None:
    """An unread folder prevents every denial, but not a file found in the place."""
    shares = by_id(build_share("A/Partneraftale.docx", "A/Mobilpolitik udkast.docx", unread=["B"]))
    assert _match(build_row("Partneraftale", folder="A"), shares).verdict is Verdict.PRESENT
    assert _match(build_row("Mobilpolitik", folder="A"), shares).verdict is Verdict.UNDETERMINED
    missing = _match(build_row("Rejsepolitik", folder="A"), shares)
    assert missing.verdict is Verdict.UNDETERMINED
    assert missing.reason.args == {"folder": "B", "because": "timeout"}


@pytest.mark.parametrize(
    ("unread", "verdict"),
    [
        ("C", Verdict.ELSEWHERE),
        ("A", Verdict.UNDETERMINED),
        ("A/Below", Verdict.UNDETERMINED),
        ("", Verdict.UNDETERMINED),
    ],
)
def test_elsewhere_needs_the_listed_place(unread: str, verdict: Verdict) -> None:
    """A file is "elsewhere" when the place and everything above and below it was listed."""
    shares = by_id(build_share("B/Partneraftale.docx", "A/", unread=[unread]))
    assert _match(build_row("Partneraftale", folder="A"), shares).verdict is verdict


@pytest.mark.parametrize("unread", ["A/Below", "C"])
def test_a_longer_name_elsewhere_needs_the_whole_share(unread: str) -> None:
    """The row's own file may be in the folder that nobody could read."""
    row = build_row("Rengøringsplan", folder="A")
    files = ("A/Vagtplan.xlsx", "B/Rengøringsplan lokaler.xlsx")
    assert _match(row, by_id(build_share(*files))).verdict is Verdict.ELSEWHERE
    unlisted = by_id(build_share(*files, unread=[unread]))
    assert _match(row, unlisted).verdict is Verdict.UNDETERMINED


def test_another_share_that_could_not_be_read() -> None:
    """The file may be in an unread share; a share that needs a password does not count."""
    row = build_row("Partneraftale", folder="A")
    unread = by_id(build_share("A/"), build_share(share=OTHER, status=ShareStatus.UNREADABLE))
    assert _match(row, unread).reason.code == "other-share-not-listed"
    locked = by_id(build_share("A/"), build_share(share=OTHER, status=ShareStatus.NEEDS_PASSWORD))
    assert _match(row, locked).verdict is Verdict.MISSING


def test_a_place_that_is_gone() -> None:
    """A place that is proven gone needs no listing: missing, or found elsewhere."""
    row = build_row("Partneraftale", folder="A/Old")
    gone = _match(row, by_id(build_share("B/Andet.docx", gone=["A"])))
    assert (gone.verdict, gone.reason.code) == (Verdict.MISSING, "place-gone")
    found = by_id(build_share("B/Partneraftale.docx", gone=["A"], unread=["A/Old"]))
    assert _match(row, found).verdict is Verdict.ELSEWHERE


def test_places_outside_and_with_a_login() -> None:
    """A row outside Nextcloud is not a file; one that needs a login cannot be checked."""
    shares = by_id(build_share("A/Kontoplan.xlsx"))
    assert _match(build_row("Kontoplan", _OUTSIDE), shares).verdict is Verdict.NOT_A_FILE
    assert _match(build_row("Kontoplan", _LOGIN), shares).verdict is Verdict.NO_ACCESS
    assert _match(build_row("Kontoplan", _OUTSIDE, _LOGIN), shares).verdict is Verdict.NO_ACCESS


def test_a_login_link_to_a_file_of_a_walked_share() -> None:
    """A login link is judged by the file or folder with its id in a share of the run."""
    file = by_id(build_share("A/Noget.docx", ids={"A/Noget.docx": 7}))
    assert _match(build_row("Teammøder", _LOGIN), file).verdict is Verdict.PRESENT
    folder = by_id(build_share("A/Teammøder.docx", "B/", ids={"A": 7}))
    assert _match(build_row("Teammøder", _LOGIN), folder).verdict is Verdict.PRESENT
    empty = by_id(build_share("A/", "B/", ids={"A": 7}))
    assert _match(build_row("Teammøder", _LOGIN), empty).verdict is Verdict.NO_ACCESS


def test_a_number_counts_on_its_own_host_alone() -> None:
    """An id of another Nextcloud is another file."""
    shares = by_id(build_share("A/Noget.docx", share="other.example/One", ids={"A/Noget.docx": 7}))
    assert _match(build_row("Teammøder", _LOGIN), shares).verdict is Verdict.NO_ACCESS


def test_the_best_verdict_over_several_places() -> None:
    """One place with the file is enough; a place outside prevents "missing"."""
    shares = by_id(build_share("A/Partneraftale.docx", "B/"))
    found = build_row("Partneraftale", _in("B"), _in("A"))
    assert _match(found, shares).verdict is Verdict.PRESENT
    assert _match(build_row("Partneraftale", _OUTSIDE, _in("A")), shares).verdict is Verdict.PRESENT
    assert _match(build_row("Mobilplan", _OUTSIDE, _in("A")), shares).verdict is Verdict.NOT_A_FILE
    assert _match(build_row("Mobilplan", _LOGIN, _in("A")), shares).verdict is Verdict.NO_ACCESS


def test_an_unresolved_place_is_judged_over_all_shares() -> None:
    """A row without a place searches all shares; without a share it is undetermined."""
    row = build_row("Partneraftale", folder=None)
    shares = by_id(build_share("A/"), build_share("X/Partneraftale.docx", share=OTHER))
    match = _match(row, shares)
    assert (match.verdict, match.reason.code) == (Verdict.PRESENT, "found-without-place")
    assert _match(row, by_id(build_share("A/"))).verdict is Verdict.MISSING
    assert _match(row, {}).reason.code == "no-share-to-search"


_LIQUID = Placement(PlaceKind.UNRESOLVED, "{{ site.boks }}", None, None)


@pytest.mark.parametrize("path", ["A/Partneraftale.docx", "A/Noget.docx"])
def test_a_name_that_liquid_makes_is_not_judged(path: str) -> None:
    """Neither found nor missing, but by a pin or a link that names the file."""
    shares = by_id(build_share(path, ids={path: 5}))

    def judge(row: ResourceRow, **more: object) -> tuple[Verdict, str]:
        match = _match(replace(row, has_liquid_name=True), shares, **more)
        return match.verdict, match.reason.code

    row = build_row("Partneraftale", folder="A")
    assert judge(row) == (Verdict.UNCHECKED, "row-name-liquid")
    assert judge(replace(row, todo=True)) == (Verdict.UNCHECKED, "row-name-liquid")
    pin = Pin("Partneraftale", SHARE, path=path)
    assert judge(row, pins=[pin]) == (Verdict.PRESENT, "pinned")
    assert judge(build_row("{{ x }}", _in("A", file_id=5))) == (Verdict.PRESENT, "linked")


@pytest.mark.parametrize("places", [(_LIQUID,), (_in("A"), _LIQUID), (_OUTSIDE, _LIQUID)])
def test_a_place_that_liquid_makes_denies_nothing(places: tuple[Placement, ...]) -> None:
    """The file may be there; where it is found all the same, it is found."""
    shares = by_id(build_share("A/Partneraftale.docx", "A/Plan udkast.docx", "A/"))
    assert _match(build_row("Partneraftale", *places), shares).verdict is Verdict.PRESENT
    for name in ("Mobilplan", "Plan"):
        match = _match(build_row(name, *places), shares)
        assert (match.verdict, match.reason.code) == (Verdict.UNCHECKED, "row-place-liquid")


def test_a_file_elsewhere_may_be_where_liquid_leads() -> None:
    """Then nobody knows that it is in the wrong place."""
    shares = by_id(build_share("A/", "B/Partneraftale.docx"))
    match = _match(build_row("Partneraftale", _in("A"), _LIQUID), shares)
    assert (match.verdict, match.reason.code) == (Verdict.UNCHECKED, "row-place-liquid")


def test_a_link_that_names_the_file() -> None:
    """A linked file is present under any name; when it is gone, its name is searched."""
    shares = by_id(build_share("A/Noget.docx", "A/Kommissorium.docx", ids={"A/Noget.docx": 5}))
    by_number = _match(build_row("Kommissorium", _in("A", file_id=5)), shares)
    assert (by_number.verdict, by_number.files[0].path) == (Verdict.PRESENT, "A/Noget.docx")
    by_path = _match(build_row("Kommissorium", _in("A", file_path="Noget.docx")), shares)
    assert by_path.files[0].path == "A/Noget.docx"
    whole = _match(build_row("Kommissorium", _in("A/Noget.docx")), shares)
    assert whole.files[0].path == "A/Noget.docx"
    gone = _match(build_row("Kommissorium", _in("A", file_path="Gone.docx")), shares)
    assert (gone.verdict, gone.files[0].path) == (Verdict.ELSEWHERE, "A/Kommissorium.docx")
    missing = _match(build_row("Mobilplan", _in("A", file_id=6)), shares)
    assert (missing.verdict, missing.reason.code) == (Verdict.MISSING, "linked-file-gone")


def test_a_share_of_a_single_file() -> None:
    """The only file of a share is the resource under any name."""
    shares = by_id(build_share("x1.pdf", single_file=True))
    assert _match(build_row("Vedtægter"), shares).files[0].path == "x1.pdf"


def test_pins() -> None:
    """A pin decides on its pages; a pinned file that does not exist is missing."""
    shares = by_id(build_share("A/Noget.docx", "A/Partneraftale.docx", ids={"A/Noget.docx": 5}))
    row = build_row("OS2’s partneraftale", folder="A")
    pinned = _match(row, shares, pins=[Pin("Partneraftalen", SHARE, path="A/Noget.docx")])
    assert (pinned.reason.code, pinned.files[0].path) == ("pinned", "A/Noget.docx")
    by_number = _match(row, shares, pins=[Pin("Partneraftale", SHARE, file_id=5, page="p*.md")])
    assert by_number.files[0].path == "A/Noget.docx"
    other = _match(row, shares, pins=[Pin("Partneraftale", SHARE, "A/Noget.docx", page="x.md")])
    assert other.files[0].path == "A/Partneraftale.docx"
    gone = _match(row, shares, pins=[Pin("Partneraftale", SHARE, path="A/Gone.docx")])
    assert (gone.verdict, gone.reason.code) == (Verdict.MISSING, "pin-gone")
    assert gone.searched == (SHARE,)
    unread = by_id(build_share(status=ShareStatus.UNREADABLE))
    open_pin = _match(row, unread, pins=[Pin("Partneraftale", SHARE, path="A/Gone.docx")])
    assert open_pin.verdict is Verdict.UNDETERMINED


def test_kinds_are_open_where_nothing_may_be_denied() -> None:
    """A kind that was not found is missing only when everything was listed."""
    row = build_row(
        "Kontraktskabeloner",
        folder="Skabeloner",
        todo=True,
        description="Aftaler for udvikling og drift.",
    )
    tree = ("Skabeloner/Kontraktskabelon drift.docx",)
    listed = _match(row, by_id(build_share(*tree)))
    assert [(k.name, k.status) for k in listed.expected] == [
        ("udvikling", KindStatus.MISSING),
        ("drift", KindStatus.PRESENT),
    ]
    partly = _match(row, by_id(build_share(*tree, unread=["Andet"])))
    assert [k.status for k in partly.expected] == [KindStatus.UNDETERMINED, KindStatus.PRESENT]
    locked = build_row(row.name, _LOGIN, todo=True, description=row.description)
    assert {k.status for k in _match(locked, {}).expected} == {KindStatus.UNDETERMINED}


def test_same_names_in_two_shares_do_not_exclude_each_other() -> None:
    """A file in the share of another group of the same name is elsewhere, not that row's."""
    shares: dict[str, Share] = by_id(
        build_share("A/"), build_share("X/Partneraftale.docx", share=OTHER)
    )
    rows = [
        build_row("Partneraftale", _in("A"), line=1),
        build_row("Partneraftalen", _in("X", OTHER), line=2),
        build_row("Partneraftale", folder=None, line=3),
    ]
    verdicts = [match.verdict for match in match_rows(rows, shares)]
    assert verdicts == [Verdict.ELSEWHERE, Verdict.PRESENT, Verdict.PRESENT]


_KINDS = "Aftaler for udvikling, drift og support"


@pytest.mark.parametrize(
    ("tree", "there"),
    [
        (("Kontrakt udvikling.docx", "Kontrakt drift UDKAST.docx"), {"udvikling"}),
        (("Kontrakt drift UDKAST.docx",), set()),
        (("Kontrakt drift.docx", "Arkiv/Kontrakt support.docx"), {"drift"}),
        (("Kontrakt drift.docx", "Kontrakt support.pdf"), {"drift", "support"}),
    ],
)
def test_a_draft_is_no_kind_that_is_there(tree: tuple[str, ...], there: set[str]) -> None:
    """Only a final file holds a promised kind, also where drafts are all that was found."""
    row = build_row("Kontrakter", todo=True, description=_KINDS)
    match = _match(row, by_id(build_share(*tree)))
    assert {kind.name for kind in match.expected if kind.status is KindStatus.PRESENT} == there
    assert len(match.expected) == 3


@pytest.mark.parametrize(
    ("name", "description", "count"),
    [
        ("Kontrakter", "Udvikling, drift og support", 3),
        ("Kontrakter", " Udvikling, drift og support. Mere senere", 3),
        ("Kontrakter", "Udvikling, drift og support er emnerne", 0),
        ("Partneraftale", "Udvikling, drift og support", 0),
    ],
)
def test_a_sentence_that_is_a_list_names_the_kinds(name: str, description: str, count: int) -> None:
    """All of the sentence, and of a row in the plural; another list is of something else."""
    match = _match(build_row(name, description=description, todo=True), by_id(build_share("x.txt")))
    assert len(match.expected) == count


@pytest.mark.parametrize(
    ("folder", "end", "reason"),
    [
        ("Aftaler", "", Reason("found-in-place", {"path": "Aftaler/Budget.pdf"})),
        ("Aftaler", " UDKAST", Reason("only-drafts", {"path": "Aftaler/Budget UDKAST.pdf"})),
        ("Aftaler", " qwzx", Reason("found-likely", {"path": "Aftaler/Budget qwzx.pdf"})),
        ("Andet", "", Reason("found-elsewhere", {"path": "Andet/Budget.pdf", "place": "Aftaler"})),
    ],
)
def test_a_row_has_all_formats_and_its_reason_names_the_first(
    folder: str, end: str, reason: Reason
) -> None:
    """The second format is in `files`, and the reason names the first file and the first place."""
    row = build_row("Budget", _in("Aftaler"), _in("Skabeloner"))
    paths = [f"{folder}/Budget{end}.{form}" for form in ("pdf", "docx")]
    match = _match(row, by_id(build_share("Aftaler/", "Skabeloner/", *paths)))
    assert [file.path for file in match.files] == paths
    assert match.reason == reason


def test_a_row_whose_places_are_gone_names_the_first() -> None:
    """A person looks there first."""
    row = build_row("Budget", _in("Aftaler"), _in("Skabeloner"))
    match = _match(row, by_id(build_share("Andet/x.txt", gone=("Aftaler", "Skabeloner"))))
    assert match.reason == Reason("place-gone", {"place": "Aftaler"})


def test_what_hinders_a_denial_comes_in_one_order() -> None:
    """Of several shares that could not be read, the first by name is the reason."""
    names = [f"cloud.example/{letter}" for letter in "KBXAQFWCZM"]
    shares = by_id(*(build_share(share=name, status=ShareStatus.UNREADABLE) for name in names))
    unresolved = _match(build_row("Partneraftale", folder=None), shares)
    assert unresolved.reason.args["share"] == min(names)
    read = by_id(build_share("x.txt", share="cloud.example/Y"))
    elsewhere = _match(build_row("Partneraftale", _in("", "cloud.example/Y")), shares | read)
    assert elsewhere.reason == Reason("other-share-not-listed", {"share": min(names)})
    places = [_in("", name) for name in names]
    found = _match(build_row("Partneraftale", *places), shares)
    assert found.searched == tuple(sorted(names))


@pytest.mark.parametrize(
    ("other", "verdict"), [("Referat", Verdict.PRESENT), ("Referat Bredegade", Verdict.MISSING)]
)
def test_a_word_of_another_row_is_no_typing_error(other: str, verdict: Verdict) -> None:
    """The handbook knows both spellings, so that each means a thing of its own."""
    rows = [build_row("Kommissorium Bredgade", folder="A"), build_row(other, folder="A", line=2)]
    shares = by_id(build_share("A/Kommissorium Bredegade.docx"))
    assert match_rows(rows, shares)[0].verdict is verdict


NEAR_WORDS = """
-liste -oversigt -fortegnelse
-prisliste -priser -takster -takstblad -satser
kontrakt aftale
risikovurdering rosanalyse
-vejledning -guide guideline -manual -håndbog sådan
-regler -reglement -retningslinjer ordensregler guideline
-blanket -skema -formular -erklæring
-landkort -kort
introduktionsprogram introprogram
privatlivspolitik persondatapolitik databeskyttelsespolitik
vedtægter love
husorden ordensreglement ordensregler husregler
-plan -kalender -datoer
projektbeskrivelse projektgrundlag
jobopslag stillingsopslag
deltagerliste tilmeldte
-diagram -tegning
-register -log
årsrapport årsregnskab
databrud sikkerhedsbrud
låneaftale udlånsaftale
værdigrundlag værdier
-regnskab -afregning
-kontaktliste -kontakter -kontaktoplysninger
leje udlejning
organisationsplan organisationsdiagram
menuplan madplan
password adgangskode
-betingelser -bestemmelser -vilkår
indsatskort actioncard
vagtskema vagtplan vagtliste
-vejledning -brugsanvisning -manual
-undersøgelse -måling
udviklingsplan roadmap
tidsregistrering timeregistrering
billede foto
velkomst velkommen
-køb -indkøb
-brev -skrivelse
"""
NEAR_GROUPS = tuple(tuple(line.split()) for line in NEAR_WORDS.strip().split("\n"))


def test_the_near_words_are_those_that_are_tested() -> None:
    """A new one needs its line above."""
    assert DEFAULT_VOCABULARY.near_words == NEAR_GROUPS


@pytest.mark.parametrize(
    ("row", "file"), [(group[0], word) for group in NEAR_GROUPS for word in group[1:]]
)
def test_each_near_word_is_asked_about(row: str, file: str) -> None:
    """Every entry of the list, as the end of a compound or as a word of its own."""
    asked, found = (
        f"Havne{word[1:]}" if word.startswith("-") else f"{word.capitalize()} for havnen"
        for word in (row, file)
    )
    match = _match(build_row(asked, folder="A"), by_id(build_share(f"A/{found}.docx")))
    assert match.verdict is Verdict.LIKELY
    other = _match(build_row(asked, folder="A"), by_id(build_share("A/Havnetold.docx")))
    assert other.verdict is Verdict.MISSING


def test_a_folder_that_answers_a_row_names_its_files() -> None:
    """The folder first, then what is in it."""
    shares = by_id(build_share("A/Bilag til udbud/b.docx", "A/Bilag til udbud/a.docx"))
    match = _match(build_row("Bilag til udbud", folder="A"), shares)
    folder = "A/Bilag til udbud"
    assert [file.path for file in match.files] == [folder, f"{folder}/a.docx", f"{folder}/b.docx"]


def test_a_row_of_a_compound_and_its_last_part_keeps_its_own_file() -> None:
    """The part says more, so that the file is not the other row's."""
    rows = [
        build_row("Partneraftale", folder="A"),
        build_row("Partneraftale aftale", folder="A", line=2),
    ]
    matches = match_rows(rows, by_id(build_share("A/Partneraftale aftale.docx")))
    assert [match.verdict for match in matches] == [Verdict.MISSING, Verdict.PRESENT]


def test_a_direct_address_of_a_folder_is_a_place() -> None:
    """What is not in it is missing; when the folder is gone, that is the reason."""
    shares = by_id(build_share("A/Under/Noget.docx"))
    there = _match(build_row("Mobilplan", _in("A", file_path="Under")), shares)
    assert (there.verdict, there.reason.code) == (Verdict.MISSING, "nothing-found")
    gone = _match(build_row("Mobilplan", _in("A", file_path="Over")), shares)
    assert (gone.verdict, gone.reason.code) == (Verdict.MISSING, "linked-file-gone")


def test_what_an_account_does_not_see_is_not_denied() -> None:
    """It lists only the folders that are named to it."""
    share = build_share("Andet/Plan.docx", share=name_account("cloud.example"))
    match = _match(build_row("Partneraftale", _LOGIN), by_id(share))
    assert (match.verdict, match.reason) == (Verdict.NO_ACCESS, Reason("login-not-seen"))
