"""What a group gets: one file for one group, the newest, the nearest, or several."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from syncer.matching.match import match_rows
from syncer.matching.row_requests import _OURS
from syncer.model.matching import Match, Verdict
from syncer.model.shares import RemoteFile, Share
from tests.unit.matching.match_inputs import build_row, build_share, by_id


def _match(name: str, *paths: str, folder: str = "A", description: str = "") -> Match:
    row = build_row(name, folder=folder, description=description)
    return match_rows([row], by_id(build_share(*paths)))[0]


def _codes(match: Match, path: str) -> list[str]:
    (found,) = [c for c in match.candidates if c.file.path == path]
    return [reason.code for reason in found.reasons]


@pytest.mark.parametrize(
    ("name", "path", "code"),
    [
        ("Partneraftale", "A/Partneraftale.docx", "same-words"),
        ("Partneraftale", "A/Partneraftlae.docx", "same-but-typing"),
        ("Partneraftale", "A/Partner aftale.docx", "joined-or-apart"),
        ("Generalforsamling", "A/GF.docx", "may-mean"),
        ("Referat GF", "A/Referat generalforsamling.docx", "may-mean"),
        ("Generalforsamlingsreferat", "A/GF-referat.docx", "may-mean"),
        ("Dagsorden", "A/Dgs.docx", "may-mean"),
        ("Kommissorium for udvalget", "A/Komm. for udvalget.docx", "may-mean"),
        ("Kommunikationsplan", "A/Komm.plan.docx", "may-mean"),
        ("Underskrevne aftaler", "A/Aftaler.docx", "other-state"),
        ("Referat om evaluering", "A/Evaluering - referat.docx", "same-words"),
        ("Partneraftale", "A/Leverandør partneraftale.docx", "other-compound"),
        ("Partneraftale", "A/Partneraftale vejledning.docx", "other-kind"),
        ("Partneraftale", "A/Vejledning til partneraftale.docx", "speaks-about-it"),
        ("Partneraftale", "A/Partneraftale - møde 2024.docx", "other-kind"),
        ("Partneraftale", "A/Partneraftale workshop.docx", "other-kind"),
        ("Partneraftale", "A/Partneraftale - møder.docx", "says-more"),
        ("Dagsorden", "A/Dagsorden - møde 2024.docx", "says-more"),
        ("Evalueringsskema", "A/Evalueringsskema - workshop.docx", "says-more"),
        ("Brev til kommuner", "A/Brev til kommuner - referat.docx", "other-kind"),
        ("Budget", "A/Bugdet.docx", "same-but-typing"),
        ("Tjekliste", "A/Chekliste.docx", "same-but-typing"),
        ("Handlingsplan", "A/Hanndleplan.docx", "same-but-typing"),
        ("Fuldmagt", "A/Fulmagt.docx", "same-but-typing"),
        ("Partneraftale", "A/Partneraftale Aalborg Kommune.docx", "filled-in-for"),
        ("Partneraftale", "A/Partneraftale underskrevet.pdf", "signed-copy"),
        ("Partneraftale", "A/Partneraftale (EN).docx", "other-language"),
        ("Partneraftale", "A/Partneraftale.png", "picture"),
        ("Partneraftale", "A/Partneraftale.mp4", "not-a-document"),
        ("Partneraftale", "A/Partneraftale for regioner.docx", "says-more"),
        ("Partneraftale 2026", "A/Partneraftale 2025.docx", "number-differs"),
        ("Partneraftale 2026", "A/Partneraftale 2025-2026.docx", "number-differs"),
        ("Bilag 2 - Partneraftale", "A/Partneraftale 2.docx", "number-differs"),
        ("Partneraftale v2", "A/Partneraftale v3.docx", "version-differs"),
        ("Partneraftale 15-01-2026", "A/Partneraftale 2026-02-15.docx", "date-differs"),
        ("Udkast til partneraftale", "A/Partneraftale.docx", "other-state"),
        ("Partneraftaleskabelon", "A/Partneraftale.docx", "not-a-template"),
        ("Partneraftale for kommuner", "A/Partneraftale.docx", "words-missing"),
        ("Brev til kommuner", "A/Brev fra kommuner.docx", "says-the-opposite"),
        ("Aftale med drift", "A/Aftale uden drift.docx", "says-the-opposite"),
        ("Aftale om bestyrelse", "A/Bestyrelsen/Aftale.docx", "folder-says-the-rest"),
        ("Aftale om bestyrelse", "A/Bestyrelsen/Aftale drift.docx", "says-more"),
        ("Aftale om bestyrelse", "A/Bestyrelsen/Udvalg/Aftale.docx", "words-missing"),
        ("Bestyrelsesaftale", "A/Bestyrelsen/Aftale.docx", "folder-says-the-rest"),
        ("Referat, bestyrelsesmøde", "A/Bestyrelsen/Møder/Referat.docx", "folder-says-the-rest"),
        ("Referat, bestyrelsesmøde", "A/Bestyrelsen/Seminar/Referat.docx", "words-missing"),
        ("Referat 20. maj 2025", "A/2025/05/20/Referat.docx", "same-words"),
        ("Referat 20. maj 2025", "A/2025/05/21/Referat.docx", "date-differs"),
    ],
)
def test_reasons_say_why(name: str, path: str, code: str) -> None:
    """Each candidate has the reasons for and against it."""
    assert code in _codes(_match(name, path), path)


@pytest.mark.parametrize(
    "form", ["{y}/{m:02}/{d:02}/Referat.pdf", "{y}/{y}-{m:02}-{d:02} Referat.pdf"]
)
def test_one_meeting_of_hundreds_is_found(form: str) -> None:
    """Of more files with a row's words than are compared, those with its date are kept."""
    days = [(y, m, d) for y in range(2005, 2027) for m in range(1, 13) for d in (5, 20)]
    paths = [f"Bestyrelsen/{form.format(y=y, m=m, d=d)}" for y, m, d in days]
    match = _match("Referat af bestyrelsesmøde 20. maj 2025", *paths, folder="Bestyrelsen")
    assert match.verdict is Verdict.PRESENT
    assert match.files[0].path == f"Bestyrelsen/{form.format(y=2025, m=5, d=20)}"


def test_candidates_say_how_far_and_where() -> None:
    """State, copy, version and place are reasons too."""
    match = _match(
        "Partneraftale",
        "A/Partneraftale v2.docx",
        "A/Partneraftale - Kopi.docx",
        "A/Partneraftale udkast.docx",
        "A/Arkiv/Partneraftale.docx",
        "B/Partneraftale.docx",
    )
    assert match.candidates[0].chosen
    assert _codes(match, "A/Partneraftale v2.docx")[-2:] == ["best-of-same", "version"]
    assert "is-copy" in _codes(match, "A/Partneraftale - Kopi.docx")
    assert "is-draft" in _codes(match, "A/Partneraftale udkast.docx")
    assert "is-outdated" in _codes(match, "A/Arkiv/Partneraftale.docx")
    assert "elsewhere-in-share" in _codes(match, "B/Partneraftale.docx")


def test_the_folder_around_a_file_is_no_version_of_it() -> None:
    """A folder with the document's name is not counted as a version of it."""
    path = "A/Partneraftale/Partneraftale.docx"
    assert "best-of-same" not in _codes(_match("Partneraftale", path), path)


def test_the_description_decides_between_equals() -> None:
    """Of two longer names the one with words of the description wins, with that reason."""
    paths = ("A/Kommissorium for styregrupper.docx", "A/Kommissorium for arbejdsgrupper.docx")
    match = _match("Kommissorium", *paths, description="Ramme for arbejdsgruppers opgaver")
    assert match.files[0].path == paths[1]
    assert "description-agrees" in _codes(match, paths[1])


def test_editions_that_say_more_are_one_document() -> None:
    """Years do not make two documents; several drafts are not ambiguous."""
    newest = _match(
        "Kommissorium", "A/Kommissorium for drift 2024.pdf", "A/Kommissorium for drift 2025.pdf"
    )
    assert newest.files[0].path == "A/Kommissorium for drift 2025.pdf"
    drafts = _match(
        "Kommissorium", "A/Kommissorium for drift udkast.pdf", "A/Kommissorium for salg udkast.pdf"
    )
    assert drafts.verdict is Verdict.DRAFT


def test_a_file_changed_later_beats_an_older_date() -> None:
    """A name without a date counts by when the file was changed."""
    share: Share = build_share("A/Prisliste.pdf", "A/Prisliste 2025-01-01.pdf")
    assert share.tree is not None
    dated = tuple(
        replace(file, modified_at=datetime(2024, 1, 1, tzinfo=UTC)) for file in share.tree.files
    )
    row = build_row("Prisliste", folder="A")
    old = replace(share, tree=replace(share.tree, files=dated))
    assert match_rows([row], by_id(old))[0].files[0].path == "A/Prisliste 2025-01-01.pdf"
    assert match_rows([row], by_id(share))[0].files[0].path == "A/Prisliste.pdf"


def test_another_row_has_it() -> None:
    """A file that fits another row's name better goes to that row, with that reason."""
    rows = [
        build_row("Kommissorium", folder="A", line=1),
        build_row("Kommissorium for styregruppen", folder="A", line=2),
    ]
    shares = by_id(build_share("A/Kommissorium for styregruppen.pdf"))
    short, long = match_rows(rows, shares)
    assert (short.verdict, long.verdict) == (Verdict.MISSING, Verdict.PRESENT)
    assert "other-row-has-it" in [reason.code for reason in short.candidates[0].reasons]


def test_equal_claims_are_assigned_best_in_sum() -> None:
    """Two rows that could both have two files get one each."""
    rows = [
        build_row("Aftale om qwertyuiop", folder="A", line=1),
        build_row("Aftale om qwertyuiop drift", folder="A", line=2),
    ]
    shares = by_id(
        build_share("A/Aftale om qwertyuiop drift.pdf", "A/Aftale om qwertyuiop salg.pdf")
    )
    first, second = match_rows(rows, shares)
    assert [first.files[0].path, second.files[0].path] == [
        "A/Aftale om qwertyuiop salg.pdf",
        "A/Aftale om qwertyuiop drift.pdf",
    ]


def test_what_one_row_alone_can_have_is_left_to_it() -> None:
    """The row that could have both files gets the one that the other row cannot have."""
    rows = [
        build_row("Kommissorium", folder="A", line=1),
        build_row("Kommissorium for drift", folder="A", line=2),
    ]
    start = "A/Kommissorium for"
    shares = by_id(build_share(f"{start} drift i nord.pdf", f"{start} salg.pdf"))
    short, long = match_rows(rows, shares)
    assert (short.verdict, short.files[0].path) == (Verdict.LIKELY, f"{start} salg.pdf")
    assert (long.verdict, long.files[0].path) == (Verdict.LIKELY, f"{start} drift i nord.pdf")


@pytest.mark.parametrize("path", ["A/Aftale.pdf", "A/Aftale v2.pdf"])
def test_a_row_keeps_the_file_with_exactly_its_name(path: str) -> None:
    """Also beside a row for a version, whichever comes first."""
    names = ["Aftale", "Aftale v2"]
    for order in (names, names[::-1]):
        rows = [build_row(name, folder="A", line=line) for line, name in enumerate(order, 1)]
        found = zip(order, match_rows(rows, by_id(build_share(path))), strict=True)
        assert [name for name, match in found if match.files] == [path[2:-4]]


def test_a_row_may_ask_for_a_draft() -> None:
    """A row called a draft gets the draft."""
    match = _match("Udkast til strategi", "A/Strategi udkast v2.docx", "A/Strategi.docx")
    assert (match.verdict, match.files[0].path) == (Verdict.PRESENT, "A/Strategi udkast v2.docx")


def test_a_row_gets_the_copy_in_its_own_place() -> None:
    """A row with a file of its name in its place is not "elsewhere"."""
    rows = [
        build_row("Partneraftale", folder="A", line=1),
        build_row("Partneraftale", folder="B", line=2),
    ]
    shares = by_id(build_share("A/Partneraftale v2.docx", "B/Partneraftale v1.docx"))
    matches = match_rows(rows, shares)
    assert [match.verdict for match in matches] == [Verdict.PRESENT, Verdict.PRESENT]
    assert matches[1].files[0].path == "B/Partneraftale v1.docx"


def test_a_folder_holds_what_counts() -> None:
    """Locks, films, signed and filled-in files, pictures and other rows' files do not count."""
    nothing = (
        "A/Pakke/~$x.docx",
        "A/Pakke/film.mp4",
        "A/Pakke/Aftale underskrevet.pdf",
        "A/Pakke/Svendborg Kommune.pdf",
        "A/Pakke/foto.png",
        "A/Pakke/Underskrevne/Aftale.pdf",
    )
    assert _match("Pakke", *nothing).verdict is Verdict.MISSING
    assert _match("Pakke", *nothing, "A/Pakke/01 Brev.docx").files[0].path == "A/Pakke"
    assert _match("Pakke", "A/Pakke/kladde.docx").verdict is Verdict.DRAFT
    rows = [build_row("Pakke", folder="A", line=1), build_row("Brev", folder="A", line=2)]
    both = match_rows(rows, by_id(build_share("A/Pakke/Brev.docx")))
    assert [match.verdict for match in both] == [Verdict.MISSING, Verdict.PRESENT]


def test_a_file_with_the_rows_name_goes_before_its_folder() -> None:
    """One such document is in place, several are asked about."""
    folder, other = "A/Husorden", "A/Husorden/Fester.pdf"
    titled = f"{folder}/Husorden afsnit Nord.pdf"
    found = _match("Husorden", titled, f"{folder}/Husorden 2017 udgået.pdf", other)
    assert (found.verdict, found.files[0].path) == (Verdict.PRESENT, titled)
    several = _match("Husorden", titled, f"{folder}/Husorden afsnit Syd.pdf", other)
    assert several.verdict is Verdict.AMBIGUOUS
    assert _match("Husorden", other).files[0].path == folder
    rules = _match("Husregler", "A/Husregler/Husregler 2025.pdf", "A/Husregler/Fester.pdf")
    assert [file.path for file in rules.files] == ["A/Husregler/Husregler 2025.pdf"]
    draft = f"{folder}/Husorden udkast.docx"
    found = _match("Husorden", draft, f"{folder}/Svar fra beboerne.pdf")
    assert (found.verdict, found.files[0].path) == (Verdict.DRAFT, draft)


def test_a_plural_that_its_files_have_too_is_one_document() -> None:
    """The newest answers, or several are asked about; parts are called by the singular."""
    editions = ("A/Klubregler 2024.pdf", "A/Klubregler 2025.pdf")
    assert [file.path for file in _match("Klubregler", *editions).files] == [editions[1]]
    kinds = ("A/Klubregler_skabelon_stor hal.docx", "A/Klubregler_skabelon_lille hal.docx")
    assert _match("Klubregler", *kinds).verdict is Verdict.AMBIGUOUS
    parts = ("A/Klubregel - bolde.pdf", "A/Klubregel - bade.pdf")
    assert len(_match("Klubregler", *parts).files) == 2


@pytest.mark.parametrize(
    ("later", "verdict", "first"),
    [
        ("A/Politik 3.0 godkendt Byråd 2025.pdf", Verdict.LIKELY, True),
        ("A/Politik v3 Byråd.pdf", Verdict.LIKELY, True),
        ("A/Politik Byråd.pdf", Verdict.PRESENT, False),
        ("A/Politik Byråd v1.9.pdf", Verdict.PRESENT, False),
        ("A/Politik - oplæggets punkter 3.0.pdf", Verdict.PRESENT, False),
    ],
)
def test_a_later_version_with_further_words_is_asked_about(
    later: str, verdict: Verdict, *, first: bool
) -> None:
    """It is newer than the version without them, where the version is of the row's words."""
    match = _match("Politik", "A/Politik 2.2.pdf", later)
    assert match.verdict is verdict
    assert (match.files[0].path == later) is first


@pytest.mark.parametrize(
    ("earlier", "later", "verdict"),
    [
        ("A/Arkiv/Politik 2012.pdf", "A/Politik Byråd 2025.pdf", Verdict.LIKELY),
        ("A/Politik 2024.pdf", "A/2025/Politik Byråd.pdf", Verdict.LIKELY),
        ("A/Politik 2025 v1.pdf", "A/Politik 2024 v3 Byråd.pdf", Verdict.PRESENT),
        ("A/Politik.pdf", "A/Politik Byråd 2025.pdf", Verdict.PRESENT),
        ("A/Arkiv/Politik.pdf", "A/Politik Byråd 2025.pdf", Verdict.OUTDATED),
    ],
)
def test_a_later_edition_with_further_words_is_asked_about(
    earlier: str, later: str, verdict: Verdict
) -> None:
    """The year is the edition; where the other names none, nobody knows which is newer."""
    assert _match("Politik", earlier, later).verdict is verdict


def test_a_collection_takes_all_its_parts() -> None:
    """A collection has the newest version of each document, or a folder's drafts."""
    match = _match(
        "Referatskabeloner",
        "A/Referatskabelon drift v1.docx",
        "A/Referatskabelon drift v2.docx",
        "A/Referatskabelon salg.docx",
    )
    assert {file.path for file in match.files} == {
        "A/Referatskabelon drift v2.docx",
        "A/Referatskabelon salg.docx",
    }
    drafts = _match("Referatskabeloner", "A/Referatskabeloner/kladde.docx")
    assert (drafts.verdict, [file.path for file in drafts.files]) == (
        Verdict.DRAFT,
        ["A/Referatskabeloner/kladde.docx"],
    )


def test_attachments_are_named_by_their_letter() -> None:
    """A row that names an attachment by letter or number gets it, whatever its title."""
    files = ("A/Bilag A - Tidsplan.docx", "A/Bilag B - Priser.docx", "A/Bilag 2 - Krav.docx")
    assert _match("Bilag B", *files).files[0].path == "A/Bilag B - Priser.docx"
    assert _match("Bilag 2", *files).files[0].path == "A/Bilag 2 - Krav.docx"
    assert _match("Bilag C", *files).verdict is Verdict.MISSING


def test_near_misses_are_named() -> None:
    """A file that shares only the beginning of the name is a candidate with a reason."""
    match = _match("Tilslutningsaftale", "A/Tilslutningserklæring.docx", "A/Tilsyn.docx")
    assert _codes(match, "A/Tilslutningserklæring.docx")[0] == "words-missing"
    many = [f"A/Tilslutningserklæring om sag {number}.docx" for number in range(30)]
    assert len(_match("Tilslutningsaftale om drift", *many).candidates) == 3


def test_a_compound_of_three_words() -> None:
    """A compound of three parts is found as three words."""
    assert _match("Leverandørpartneraftale", "A/Leverandør_partner_aftale.docx").files
    assert not _match("Leverandørpartneraftale", "A/Partner_aftale.docx").files


def test_too_many_that_share_the_words() -> None:
    """The file with the row's number or date is found among a thousand of one name."""
    many = [
        f"A/Referat {year}-{month:02}-15.docx"
        for year in range(1950, 2027)
        for month in range(1, 13)
    ]
    assert _match("Referat 15-03-2011", *many).files[0].path == "A/Referat 2011-03-15.docx"
    numbered = [f"A/Bilag {number} - Priser.docx" for number in range(1, 500)]
    assert _match("Bilag 77 - Priser", *numbered).files[0].path == "A/Bilag 77 - Priser.docx"


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("Tilslutningsaftale", "Tilslutningsaftale.docx"),
        ("OS2’s partneraftale", "OS2’s partneraftale.docx"),
        ("Aftale: A/B?", "Aftale A B.docx"),
        ("OS2 logo", "OS2 logo.png"),
        ("Udkast til strategi", "Udkast til strategi.docx"),
        ("???", None),
        ("aftale " * 40, None),
    ],
)
def test_suggestions(name: str, suggestion: str | None) -> None:
    """A missing row gets a name that the next run accepts, or none."""
    assert _match(name, "A/").suggestion == suggestion


@pytest.mark.parametrize(
    ("name", "description", "suggestion"),
    [
        (
            "Kontraktskabeloner",
            "Aftaler for udvikling og drift.",
            "Kontraktskabelon - udvikling.docx",
        ),
        ("Kontrakt- og samarbejdsskabeloner", "", "Kontraktskabelon.docx"),
        (
            "Kontrakt- og samarbejdsskabeloner",
            "Aftaler for udviklings- og driftssamarbejder.",
            "Kontraktskabelon - udvikling.docx",
        ),
    ],
)
def test_suggestions_for_kinds(name: str, description: str, suggestion: str) -> None:
    """A collection gets the name of its first missing kind."""
    row = build_row(name, folder="Skabeloner", todo=True, description=description)
    (match,) = match_rows([row], by_id(build_share("Skabeloner/")))
    assert match.suggestion == suggestion


def test_a_promise_that_is_kept_in_part_gets_a_name_for_the_rest() -> None:
    """A row with some of its kinds gets the name of its first missing kind."""
    row = build_row(
        "Kontraktskabeloner",
        folder="Skabeloner",
        todo=True,
        description="Aftaler for udvikling, drift og projekt.",
    )
    (match,) = match_rows([row], by_id(build_share("Skabeloner/Kontraktskabelon - udvikling.docx")))
    assert match.suggestion == "Kontraktskabelon - drift.docx"


def test_nothing_is_suggested_for_what_is_there() -> None:
    """A row with its file gets no suggestion."""
    assert _match("Partneraftale", "A/Partneraftale.docx").suggestion is None


def test_modification_keeps_its_facts() -> None:
    """A matched file has the server's size, time and id."""
    share = build_share("A/Partneraftale.docx")
    assert share.tree is not None
    changed = datetime(2026, 1, 1, tzinfo=UTC)
    files = (RemoteFile("A/Partneraftale.docx", 12, changed, 9),)
    known = replace(share, tree=replace(share.tree, files=files))
    (match,) = match_rows([build_row("Partneraftale", folder="A")], by_id(known))
    file = match.files[0]
    assert (file.size_bytes, file.modified_at, file.file_id, file.folder) == (12, changed, 9, False)


def test_a_row_without_a_name_claims_nothing() -> None:
    """A file named by kinds alone goes to the row with that name."""
    nameless = build_row("", folder="A", todo=True, description="Aftaler for drift og salg.")
    named = build_row("Drift", folder="A", line=2)
    matches = match_rows([nameless, named], by_id(build_share("A/Drift.docx")))
    assert [match.verdict for match in matches] == [Verdict.PLANNED, Verdict.PRESENT]


def test_rows_of_one_group_may_be_worded_otherwise() -> None:
    """A file with a part of the second row's words is compared with them, not the first row's."""
    rows = [build_row(name, page=name) for name in ("Aftale mellem parter", "Aftalernes parter")]
    share = build_share("Aftale godkendt af parterne.docx")
    for order in (rows, [replace(rows[0], id="z"), rows[1]]):
        verdicts = [match.verdict for match in match_rows(order, by_id(share))]
        assert verdicts == [Verdict.MISSING, Verdict.MISSING]


@pytest.mark.parametrize(
    ("name", "path", "verdict"),
    [
        ("Referat af generalforsamling 2025", "A/GF 2025 - Referat.pdf", Verdict.LIKELY),
        ("Kommissorium", "A/Kom og se.docx", Verdict.MISSING),
        ("Notat ifm. flytning", "A/Notat i forbindelse med flytning.docx", Verdict.PRESENT),
        ("Referat af udvalgsmøde 5. maj 2025", "A/Referat udvalg 050525.docx", Verdict.PRESENT),
        ("Referat af udvalgsmøde 5. maj 2025", "A/Referat udvalg 060525.docx", Verdict.MISSING),
        ("Referat", "A/EMN-2025-01877 Referat.docx", Verdict.PRESENT),
        ("Sag EMN-2025-01878", "A/Sag EMN-2025-01877.docx", Verdict.MISSING),
        ("Faktura", "A/Faktura 2025-01877.docx", Verdict.LIKELY),
        ("Rapport uge 5 2026", "A/2026/Rapport u5.docx", Verdict.PRESENT),
        ("Rapport uge 5 2026", "A/Rapport uge 5.docx", Verdict.LIKELY),
        ("Rapport", "A/Rapport uge 5.docx", Verdict.PRESENT),
        ("Rapport maj 2025", "A/Rapport juni 25.docx", Verdict.MISSING),
    ],
)
def test_names_as_offices_write_them(name: str, path: str, verdict: Verdict) -> None:
    """Abbreviations are asked about; parts of a year, journals and meetings are understood."""
    assert _match(name, path).verdict is verdict


@pytest.mark.parametrize(
    ("paths", "first"),
    [
        (("A/Budget 2025 v3.docx", "A/Budget 2026 v1.docx"), "A/Budget 2026 v1.docx"),
        (("A/Budget v1.docx", "A/Budget 2024 v2.docx"), "A/Budget 2024 v2.docx"),
        (("A/Budget v3.docx", "A/Budget v1 (revideret).docx"), "A/Budget v3.docx"),
        (("A/Budget v3.docx", "A/Budget v3 (revideret).docx"), "A/Budget v3 (revideret).docx"),
        (("A/Budget.docx", "A/Budget_ny.docx"), "A/Budget_ny.docx"),
        (("A/Budget 2026.docx", "A/Budget 2026_ny.docx"), "A/Budget 2026_ny.docx"),
    ],
)
def test_the_year_is_the_edition_where_each_file_has_one(
    paths: tuple[str, ...], first: str
) -> None:
    """The version is within it; beside a file without a year the version decides."""
    assert _match("Budget", *paths).files[0].path == first


@pytest.mark.parametrize(
    "description",
    [
        "Skabelon til regnskabet",
        "Blanket til nye hold.",
        "Formular",
        "Standardaftale, som alle tiltræder",
        "Udfyldes ved ankomst.",
        " til udfyldelse",
    ],
)
def test_a_description_asks_for_the_form(description: str) -> None:
    """Then what was filled in is no answer, by whatever word the form says what it is."""
    for form in ("Holdaftale skabelon", "Holdaftale - blanket", "Holdaftale til udfyldelse"):
        paths = ("A/Holdaftale Ørnene.docx", f"A/{form}.docx")
        match = _match("Holdaftale", *paths, description=description)
        assert [file.path for file in match.files] == [paths[1]]
    match = _match("Holdaftale", paths[0], description=description)
    assert match.verdict is Verdict.LIKELY


def test_a_description_of_standards_asks_for_no_form() -> None:
    """What it begins with, "Standarder for …", is a subject; both may be meant then."""
    paths = ("A/Holdaftale Ørnene.docx", "A/Holdaftale til udfyldelse.docx")
    match = _match("Holdaftale", *paths, description="Standarder for alle hold")
    assert match.verdict is Verdict.AMBIGUOUS


def test_in_a_place_for_templates_the_one_that_says_so() -> None:
    """What else is there was filled in."""
    paths = ("Skabeloner/SA-skabelon.docx", "Skabeloner/SA Nordnet.docx")
    match = _match("Sikkerhedsanalyse (SA)", *paths, folder="Skabeloner")
    assert match.verdict is Verdict.LIKELY
    assert [file.path for file in match.files] == [paths[0]]


@pytest.mark.parametrize("house", sorted(_OURS))
def test_a_house_need_not_name_itself(house: str) -> None:
    """What is missing is asked about, not denied; whose else it may be is another document."""
    assert _match(f"{house.capitalize()} vedtægter", "A/Vedtægter.pdf").verdict is (Verdict.LIKELY)
    assert _match("Kassererens vedtægter", "A/Vedtægter.pdf").verdict is Verdict.MISSING


def test_a_template_is_no_signed_copy_whoever_it_is_for() -> None:
    """Of an agreement with somebody the signed copy may be meant, of a template for it never."""
    path = "A/Samtykkeerklæring med elever underskrevet.pdf"
    template = _match("Samtykkeerklæring med elever (skabelon)", path)
    assert template.verdict is Verdict.MISSING
    assert _match("Samtykkeerklæring med elever", path).verdict is Verdict.LIKELY
