"""Properties of the matching that hold for any rows and any tree."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from syncer.matching.candidates import OtherDocuments
from syncer.matching.match import match_rows
from syncer.matching.names.vocabulary import list_words
from syncer.model.handbook import PlaceKind, Placement, ResourceRow, SourceSpan
from syncer.model.matching import Match, Verdict
from syncer.model.reason import Reason
from syncer.model.shares import (
    ListingKind,
    RemoteFile,
    RemoteFolder,
    Share,
    ShareKind,
    ShareStatus,
    ShareTree,
    UnreadFolder,
)
from tests.property.reached import at_least, reached

_SHARES = ("cloud.example/A", "cloud.example/B")
_WORDS = list_words(
    "aftale, partneraftale, leverandørpartneraftale, tilslutningsaftale, kommissorium, bestyrelsen,"
    "årsregnskab, budget, skabelon, skabeloner, referat, vejledning, for, til, og, OS2, 2025, 2026,"
    "drift, samarbejds, drifts-, udvikling, FLOSS, logo, v2, udkast"
)
_ENDS = (".docx", ".pdf", " v2.docx", " udkast.docx", " (1).docx", ".png", "_endelig.pdf", "")
_FOLDERS = ("", "Skabeloner", "Skabeloner/Arkiv", "Aftaler", "Aftaler/Partneraftale", "Budget")
_FOUND = (Verdict.PRESENT, Verdict.ARRIVED, Verdict.ELSEWHERE)
_DENYING = (
    Verdict.MISSING,
    Verdict.PLANNED,
    Verdict.ELSEWHERE,
    Verdict.DRAFT,
    Verdict.OUTDATED,
)

_names = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4).map(" ".join)
_odd = st.text(st.characters(blacklist_characters="/\x00", codec="utf-8"), max_size=30)
_any_names = st.one_of(_names, _names, _odd)
_paths = st.builds(
    lambda folder, name, end: f"{folder}/{name}{end}".strip("/"),
    st.sampled_from(_FOLDERS),
    st.one_of(_names, _names, _odd.filter(str.strip)),
    st.sampled_from(_ENDS),
)
_trees = st.lists(_paths, max_size=12, unique=True)
_few_names = st.sampled_from(("Partneraftale", "Budget", "Kommissorium"))
_few_paths = st.builds(
    lambda folder, name, end: f"{folder}/{name}{end}".strip("/"),
    st.sampled_from(_FOLDERS),
    _few_names,
    st.sampled_from((".docx", " udkast.docx")),
)
"""Few names, so that a lost file is often the one that a row asks for."""
_longer_paths = st.builds(
    "{}/{} {}.docx".format, st.sampled_from(_FOLDERS[1:]), _few_names, st.sampled_from(_WORDS)
)
_Case = tuple[list[ResourceRow], list[str], list[str]]


@st.composite
def _rows(
    draw: st.DrawFn, *, most: int = 4, names: st.SearchStrategy[str] = _any_names
) -> list[ResourceRow]:
    rows = []
    for number in range(draw(st.integers(1, most))):
        kind = draw(st.sampled_from((PlaceKind.SHARE, PlaceKind.SHARE, *PlaceKind)))
        share = draw(st.sampled_from(_SHARES)) if kind is PlaceKind.SHARE else None
        path = draw(st.sampled_from(_FOLDERS)) if share else None
        rows.append(
            ResourceRow(
                id=f"row-{number}",
                name=draw(names),
                description=draw(st.sampled_from(("", "Aftaler for udvikling, drift og support"))),
                todo=draw(st.booleans()),
                label="",
                links=(),
                places=(Placement(kind, None, share, path),),
                section=None,
                span=SourceSpan("page.md", number + 1, 1, number + 1, 10),
            )
        )
    return rows


@st.composite
def _cases(
    draw: st.DrawFn,
    *,
    most: int = 4,
    names: st.SearchStrategy[str] = _any_names,
    paths: st.SearchStrategy[str] = _paths,
) -> _Case:
    """Make rows, and the trees of two shares in which most rows have a file."""
    rows = draw(_rows(most=most, names=names))
    trees = {share: draw(st.lists(paths, max_size=6)) for share in _SHARES}
    for row in rows:
        name = row.name.replace("/", " ").strip()
        if name and draw(st.integers(0, 3)):
            near, end = row.places[0], draw(st.sampled_from(_ENDS[:4]))
            folder = draw(st.sampled_from((near.path or "", near.path or "", *_FOLDERS)))
            trees[near.share or _SHARES[0]].append(f"{folder}/{name}{end}".strip("/"))
    one, other = (list(dict.fromkeys(tree)) for tree in trees.values())
    return rows, one, other


def _share(share: str, paths: list[str], unread: tuple[str, ...] = ()) -> Share:
    folders = {""}
    for path in paths:
        parts = path.split("/")[:-1]
        folders.update("/".join(parts[: end + 1]) for end in range(len(parts)))
    files = [path for path in paths if path not in folders]
    tree = ShareTree(
        tuple(RemoteFile(path) for path in sorted(files)),
        tuple(RemoteFolder(path) for path in sorted(folders)),
        tuple(UnreadFolder(path, Reason("timeout")) for path in sorted(unread)),
    )
    return Share(
        id=share,
        kind=ShareKind.PUBLIC,
        name=share,
        base_url="https://cloud.example",
        endpoint=None,
        server_version=None,
        status=ShareStatus.OK,
        listing=ListingKind.DEPTH_1,
        tree=tree,
    )


def _shares(*trees: list[str]) -> dict[str, Share]:
    return {share: _share(share, tree) for share, tree in zip(_SHARES, trees, strict=True)}


def _count_found(matches: Iterable[Match]) -> int:
    return sum(match.verdict in _FOUND for match in matches)


def _said(matches: tuple[Match, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return [(m.verdict.value, tuple(file.path for file in m.files)) for m in matches]


@at_least(found=10, candidate=20, score=20)
@given(_cases())
def test_every_row_has_exactly_one_match(case: _Case) -> None:
    """Matches are in the order of the rows, one each, with scores between 0 and 1."""
    rows, one, other = case
    matches = match_rows(rows, _shares(one, other))
    assert [match.row for match in matches] == [row.id for row in rows]
    for match in matches:
        assert len(match.candidates) <= 10
        assert all(0 <= candidate.score <= 1 for candidate in match.candidates)
        assert match.score is None or 0 < match.score <= 1
        assert (match.verdict in (*_FOUND, Verdict.AMBIGUOUS)) <= bool(match.files)
        reached("candidate", len(match.candidates))
        reached("score", match.score is not None)
    reached("found", _count_found(matches))


@at_least(found=10)
@given(_cases(), st.randoms(use_true_random=False))
def test_order_changes_nothing(case: _Case, dice: random.Random) -> None:
    """Neither the order of rows nor of files nor of shares changes a match."""
    rows, one, other = case
    before = {match.row: match for match in match_rows(rows, _shares(one, other))}
    turned = dict(reversed(_shares(one[::-1], other[::-1]).items()))
    dice.shuffle(rows)
    assert {match.row: match for match in match_rows(rows, turned)} == before
    reached("found", _count_found(before.values()))


@at_least(in_a_listed_folder=3, found=10)
@given(_cases(names=_names), st.sampled_from(_FOLDERS), st.booleans())
def test_an_unrelated_file_changes_nothing(case: _Case, folder: str, named: bool) -> None:
    """A file that shares no word with any row changes no verdict and no file.

    Except when it is the first document in a folder with a row's name; a draft or an archived
    document is then listed without the folder.
    """
    rows, one, other = case
    if named:
        folder = f"{rows[0].places[0].path or ''}/{rows[0].name}".strip("/")
    before = match_rows(rows, _shares(one, other))
    file = f"{folder}/Xylofonkvartet qwzx.docx".strip("/")
    after = match_rows(rows, _shares([*one, file], other))
    for row, was, now in zip(rows, before, after, strict=True):
        if file in {path.path for path in now.files}:
            unfinished = now.verdict in (Verdict.DRAFT, Verdict.OUTDATED)
            assert unfinished or any(path.folder for path in now.files), row.name
            reached("in_a_listed_folder")
        else:
            assert _said((was,)) == _said((now,))
            reached("found", _count_found((now,)))


def _spell(path: str, way: str) -> str:
    folder, _, name = path.rpartition("/")
    match way:
        case "upper":
            # Capitals tell an abbreviation among other words.
            told = any(len(word) > 1 and word.isupper() for word in re.findall(r"\w+", name))
            name = name if told else name.upper()
        case "separators":
            name = name.replace(" ", "_")
        case "nfd":
            name = unicodedata.normalize("NFD", name)
        case _:
            for letter, instead in (("æ", "ae"), ("ø", "oe"), ("å", "aa")):
                name = name.replace(letter, instead)
    return f"{folder}/{name}".strip("/")


@at_least(found=10, respelled=5)
@given(
    _cases(names=_names, paths=st.builds("Aftaler/{}.docx".format, _names)),
    st.sampled_from(("upper", "separators", "nfd", "letters")),
)
def test_spelling_changes_nothing(case: _Case, way: str) -> None:
    """Files renamed by case, separators, NFD or ae for æ are found as before."""
    rows, one, other = case
    tree = list({path.casefold(): path for path in (*one, *other)}.values())
    before = match_rows(rows, _shares(tree, []))
    after = match_rows(rows, _shares([_spell(path, way) for path in tree], []))
    assert [m.verdict for m in after] == [m.verdict for m in before]
    for was, now in zip(before, after, strict=True):
        assert {f.path for f in now.files} == {
            f.path if f.folder else _spell(f.path, way) for f in was.files
        }
        reached("found", _count_found((was,)))
        reached("respelled", any(_spell(f.path, way) != f.path for f in was.files))


@at_least(removed=10)
@given(_cases())
def test_removing_the_chosen_file_is_seen(case: _Case) -> None:
    """Without its chosen file a row has another status or another file."""
    rows, one, other = case
    trees = dict(zip(_SHARES, (one, other), strict=True))
    for match in match_rows(rows, _shares(one, other)):
        if match.verdict not in _FOUND or match.files[0].folder:
            continue
        chosen = match.files[0]
        left = {
            s: [p for p in tree if (s, p) != (chosen.share, chosen.path)]
            for s, tree in trees.items()
        }
        after = match_rows(rows, _shares(*left.values()))
        now = next(m for m in after if m.row == match.row)
        assert (now.verdict, now.files[:1]) != (match.verdict, match.files[:1])
        reached("removed")


@at_least(suggested=10)
@given(_rows(most=3), _trees, _trees)
def test_a_suggested_name_is_accepted(
    rows: list[ResourceRow], one: list[str], other: list[str]
) -> None:
    """The next run finds the file that was suggested."""
    for row, match in zip(rows, match_rows(rows, _shares(one, other)), strict=True):
        place = row.places[0]
        if match.suggestion is None or place.share is None:
            continue
        path = f"{place.path}/{match.suggestion}".strip("/")
        trees = {
            s: [*tree, path] if s == place.share else tree
            for s, tree in zip(_SHARES, (one, other), strict=True)
        }
        after = match_rows(rows, _shares(*trees.values()))
        now = next(m for m in after if m.row == row.id)
        assert now.verdict in (Verdict.PRESENT, Verdict.ARRIVED), (match.suggestion, now)
        reached("suggested")


@at_least(denied=5, lost=10)
@given(_cases(names=_few_names, paths=_few_paths), st.data())
def test_losing_a_listing_never_denies(case: _Case, data: st.DataObject) -> None:
    """A file in an unread folder or share is never denied.

    With any part of the listing lost, every verdict that denies something is one that the full
    listing gave too: nothing becomes missing, elsewhere, a draft or outdated.
    """
    rows, one, other = case
    before = match_rows(rows, _shares(one, other))
    lost = {}
    for share, tree in zip(_SHARES, (one, other), strict=True):
        how = data.draw(st.sampled_from(("not", "in part", "as a whole")))
        if how == "in part":
            unread = data.draw(st.sets(st.sampled_from(_FOLDERS), min_size=1, max_size=2))
            kept = [p for p in tree if not any(not u or p.startswith(u + "/") for u in unread)]
            lost[share] = _share(share, kept, tuple(unread))
        elif how == "as a whole":
            lost[share] = replace(
                _share(share, []),
                status=ShareStatus.UNREADABLE,
                tree=None,
                reason=Reason("timeout"),
            )
        else:
            lost[share] = _share(share, tree)
    for was, now in zip(before, match_rows(rows, lost), strict=True):
        if now.verdict in _DENYING:
            assert was.verdict is now.verdict
            reached("denied")
        reached("lost", was.verdict in _FOUND and now.verdict not in _FOUND)


def _row_in(folder: str, name: str, number: int = 0, *, todo: bool = False) -> ResourceRow:
    return ResourceRow(
        id=f"row-{number}",
        name=name,
        description="",
        todo=todo,
        label="Nextcloud",
        links=(),
        places=(Placement(PlaceKind.SHARE, None, _SHARES[0], folder),),
        section=None,
        span=SourceSpan("page.md", number + 1, 1, number + 1, 80),
    )


@given(_names, st.sampled_from(("{} qwzx", "{} - qwzx", "qwzx {}", "{} for qwzx")), st.booleans())
def test_an_unknown_word_never_keeps_a_claim(name: str, form: str, todo: bool) -> None:
    """A file whose name has a word that is on no list is neither present nor arrived nor found."""
    for folder in ("Xylofoner", "Andet"):
        tree = [f"{folder}/{form.format(name)}.docx"]
        (match,) = match_rows([_row_in("Xylofoner", name, todo=todo)], _shares(tree, []))
        assert match.verdict not in _FOUND, (match.verdict, match.files)


@at_least(found=10)
@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=4, unique=True),
    st.permutations(range(1, 10)),
    st.sampled_from(("Delaftale {}", "Aftale {}", "Kommissorium for arbejdsgruppe {}", "Bilag {}")),
    st.sampled_from(("{}.docx", "{} v2.docx", "{} udkast.docx")),
)
def test_renumbering_changes_nothing(
    numbers: list[int], other: Sequence[int], name: str, file: str
) -> None:
    """Rows and files that get other numbers together keep their verdicts."""
    said = []
    for new in (range(1, 10), other):
        names = [name.format(new[number - 1]) for number in numbers]
        rows = [_row_in("Aftaler", one, number) for number, one in enumerate(names)]
        tree = [f"Aftaler/{file.format(one)}" for one in names[::2]]
        matches = match_rows(rows, _shares(tree, []))
        said.append([(match.verdict, bool(match.files)) for match in matches])
    assert said[0] == said[1]
    reached("found", sum(verdict in _FOUND for verdict, _ in said[0]))


@at_least(found=10, unread=4)
@given(_cases(names=_few_names | _any_names, paths=_longer_paths | _paths))
@example(([_row_in("", "Partneraftale", 0)], [], ["Skabeloner/Arkiv/Partneraftale drift.docx"]))
def test_names_that_are_not_read_change_nothing(case: _Case) -> None:
    """What a word of its own settles outside the places is settled alike when it is read."""
    rows, one, other = case
    contains = OtherDocuments.__contains__

    def count(documents: OtherDocuments, item: int) -> bool:
        unread = contains(documents, item)
        reached("unread", unread)
        return unread

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OtherDocuments, "__contains__", count)
        before = match_rows(rows, _shares(one, other))
        patch.setattr(OtherDocuments, "__contains__", lambda _self, _item: False)
        assert _said(match_rows(rows, _shares(one, other))) == _said(before)
    reached("found", _count_found(before))
