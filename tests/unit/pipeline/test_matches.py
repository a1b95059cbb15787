"""What the settings tell the matching, in the words of the trees."""

from __future__ import annotations

import unicodedata
from dataclasses import fields
from typing import Literal

import pytest

from syncer.config import Secrets
from syncer.config.settings import MatchingSettings, PinSettings
from syncer.matching.names.vocabulary import DEFAULT_VOCABULARY, Vocabulary
from syncer.model.shares import (
    ListingKind,
    RemoteFile,
    RemoteFolder,
    Share,
    ShareKind,
    ShareStatus,
    ShareTree,
)
from syncer.pipeline.globs import normalize_path
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.matches import choose_vocabulary, list_pins, match_resources, name_links
from syncer.pipeline.options import AuditOptions
from syncer.surroundings import Surroundings
from tests.unit.pipeline.test_handbook import NIGHT, SHARES, TABLE, TOKENS, make_settings, read


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Skabeloner", "Skabeloner"),
        ("/Skabeloner/Arkiv/", "Skabeloner/Arkiv"),
        ("/", ""),
        (unicodedata.normalize("NFD", "Årsager"), "Årsager"),
    ],
)
def test_a_path_is_read_as_trees_hold_it(written: str, meant: str) -> None:
    """Whoever writes slashes around it, or copies it from a Mac, means the same folder."""
    assert normalize_path(written) == meant


def test_pins_keep_their_order() -> None:
    """By path or by file id, the path as trees hold it."""
    pins = list_pins(
        [
            PinSettings(name="A", share="h/T", path="/Aftaler/A.docx"),
            PinSettings(name="B", share="h/T", page="docs/b.md", file_id=7),
        ]
    )
    assert [(pin.name, pin.page, pin.path, pin.file_id) for pin in pins] == [
        ("A", None, "Aftaler/A.docx", None),
        ("B", "docs/b.md", None, 7),
    ]


def test_words_are_added_to_the_built_in_ones() -> None:
    """None of those is lost."""
    words = choose_vocabulary(MatchingSettings(archive_words=("kasseret",)))
    assert words.archive_words == (*DEFAULT_VOCABULARY.archive_words, "kasseret")
    assert words.draft_words == DEFAULT_VOCABULARY.draft_words


def test_the_settings_add_to_fewer_lists_than_there_are() -> None:
    """Each is called as the vocabulary calls it, and what only inflects words is no setting."""
    lists = {key.name for key in fields(MatchingSettings)} - {"old_after_years"}
    assert lists < {key.name for key in fields(Vocabulary)}
    assert len(lists) == 14
    assert "irregular_words" not in lists


def test_links_in_the_text_that_name_a_row() -> None:
    """Each with the file that it leads to; a run on rows alone, or links alone, compares none."""
    page = f"# A\n\n[Plan]({SHARES[0]}?path=/B)\n\n{TABLE}| Plan | [Boks]({SHARES[0]}?path=/A) |\n"
    handbook = read({"a.md": page})
    files = tuple(RemoteFile(f"{folder}/Plan.docx", 1, None, 7) for folder in "AB")
    share = Share(
        f"boks.example/{TOKENS[0]}", ShareKind.PUBLIC, "x", "https://boks.example", "new", None,
        ShareStatus.OK, ListingKind.INFINITY,
        ShareTree(files, tuple(RemoteFolder(one) for one in ("", "A", "B"))),
    )  # fmt: skip
    shares = {share.id: share}

    def name(only: Literal["resources", "links"] | None) -> list[tuple[str, str | None]]:
        job = Job(
            settings=make_settings(), options=AuditOptions(only=only), secrets=Secrets(),
            memory=Memory(), around=Surroundings(),
        )  # fmt: skip
        matches = match_resources(
            job, handbook, shares, previous=None, suspicions={}, started_at=NIGHT
        ).matches
        named = name_links(job, handbook, shares, matches)
        return [(one.link.url, None if one.file is None else one.file.path) for one in named]

    assert name(None) == [(f"{SHARES[0]}?path=/B", "B/Plan.docx")]
    assert name("resources") == name("links") == []
