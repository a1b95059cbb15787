"""The first screen on different mornings of the demo's handbook: real runs on a real server."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from syncer.manifest.document import StatusManifest
from syncer.manifest.news import find_news
from syncer.report.mail_digest import digest_run
from syncer.report.mail_texts import render_mail
from syncer.report.terminal import render_terminal
from syncer.report.view import View, build_view
from syncer.report.view.records import SectionKey, Tone
from syncer.report.words import Lang
from tests.pipeline.mornings import Mornings, open_mornings
from tests.unit.report.numbers import check_numbers
from tests.unit.report.views import items_of

AGREEMENT = "Foreningen/Aftaleskabeloner/Partneraftaler/Leverandørpartneraftale 2025-03-01.pdf"
# A handbook in which everything is in place, and one thing promised.
WELL = """---
title: Samarbejde
---

# Samarbejde

| Ressource | Beskrivelse | Placering |
|---|---|---|
| **Leverandørpartneraftale** | Vilkår. | [Nextcloud]({base}/s/Haandbog0000001?path=\
%2FForeningen%2FAftaleskabeloner%2FPartneraftaler) |
| **Overdragelsesplan** (ToDo) | Huskeliste. | [Nextcloud]({base}/s/Haandbog0000001?path=%2F\
Skabeloner) |
"""


@pytest.fixture
def mornings(tmp_path: Path) -> Iterator[Mornings]:
    """Serve the demo's files beside its handbook."""
    with open_mornings(tmp_path) as opened:
        yield opened


def _first(mornings: Mornings) -> StatusManifest:
    return mornings.night()


def _second(mornings: Mornings) -> StatusManifest:
    mornings.night()
    return _lose_and_correct(mornings)


def _lose_and_correct(mornings: Mornings) -> StatusManifest:
    """A document goes, and the page appears that a link missed."""
    mornings.remove(AGREEMENT)
    mornings.write("docs/processer/rejser.md", "---\ntitle: Rejser\n---\n\n# Rejser\n\nTekst.\n")
    return mornings.night()


def _good(mornings: Mornings) -> StatusManifest:
    for page in mornings.demo.handbook.rglob("*.md"):
        page.unlink()
    mornings.write("index.md", WELL.format(base=mornings.demo.base_url))
    mornings.night()
    return mornings.night()


def _down(mornings: Mornings) -> StatusManifest:
    mornings.night()
    mornings.stop_server()
    return mornings.night()


def _stopped(mornings: Mornings) -> StatusManifest:
    mornings.night()
    return mornings.night(stopped=True)


def _offline(mornings: Mornings) -> StatusManifest:
    return mornings.night(offline=True)


SCENES: dict[str, Callable[[Mornings], StatusManifest]] = {
    "first": _first,
    "second": _second,
    "good": _good,
    "down": _down,
    "stopped": _stopped,
    "offline": _offline,
}


@pytest.mark.parametrize("scene", list(SCENES))
def test_every_number_is_the_same_everywhere(mornings: Mornings, scene: str) -> None:
    """Verdict, doors, headings, figures, chart, list, texts and metrics count alike."""
    check_numbers(SCENES[scene](mornings))


@pytest.mark.parametrize("scene", list(SCENES))
def test_every_sentence_is_whole(mornings: Mornings, scene: str) -> None:
    """What a run finds has all that its sentences need: nothing falls back to a badge."""
    view = build_view(SCENES[scene](mornings), Lang.DA)
    assert items_of(view)
    for item in items_of(view):
        assert not any(text.endswith(f": {item.badge}.") for text in item.sentences), item
        said = (*item.sentences, *item.actions)
        assert not any("kan denne udgave ikke forklare" in text for text in said), item


def _look(mornings: Mornings, scene: str) -> View:
    return build_view(SCENES[scene](mornings), Lang.DA)


def test_a_first_night_names_what_there_is(mornings: Mornings) -> None:
    """Everything is new, so the errors come first, and each owner has a door."""
    view = _look(mornings, "first")
    assert (view.verdict, view.tone) == ("14 punkter at se på", Tone.ALARM)
    assert view.news.new_heading == "Første kontrol: alt er nyt"
    assert view.news.new[0].title == "Databehandleraftale"
    assert [(door.number, door.details) for door in view.doors] == [
        ("6", "2 planlagte"),
        ("6", ""),
        ("2", ""),
    ]


def test_one_new_and_one_solved_are_named(mornings: Mornings) -> None:
    """What is new leads to its card, which is the first of its section."""
    view = _look(mornings, "second")
    assert view.verdict == "1 nyt punkt at se på, 13 venter fra før"
    (new,) = view.news.new
    assert (new.title, new.badge, new.place) == (
        "Leverandørpartneraftale",
        "Mangler",
        "Samarbejdspartnere",
    )
    assert items_of(view, SectionKey.SECRETARIAT)[0].id == new.id
    assert view.news.solved == ("Linket »rejser og udlæg« på siden Bilag virker nu",)


def test_on_a_good_day_nobody_has_to_do_anything(mornings: Mornings) -> None:
    """In green, though something is promised and some files are in no row."""
    view = _look(mornings, "good")
    assert (view.verdict, view.tone) == ("Du skal ikke gøre noget i dag", Tone.GOOD)
    assert (view.news.new_heading, view.news.solved_heading) == (
        "Intet nyt siden i går",
        "Intet løst siden i går",
    )
    assert {door.tone for door in view.doors} == {Tone.GOOD}
    assert view.doors[0].details == "1 planlagt"


def test_a_server_that_is_down_is_one_card(mornings: Mornings) -> None:
    """It is the administrator's, and each row says what it was when it was last seen."""
    view = _look(mornings, "down")
    assert (view.verdict, view.tone) == ("Kontrollen kunne ikke se det hele", Tone.UNKNOWN)
    assert "Ikke kontrolleret: 16 af 20 ressourcer og 14 af 38 links." in view.remarks
    (item,) = items_of(view, SectionKey.ADMINISTRATOR)
    assert [one.id for one in view.news.new] == [item.id]
    assert len(item.parts) == 3
    known = {effect.title: effect.known for effect in item.consequences}
    assert known["FLOSS-aftale"] == "Sidst set på plads 25. november"
    assert known["Databehandleraftale"] == "Manglede 25. november"
    assert len(known) == 16
    assert {one.known for one in view.resources if one.known} == set(known.values()) - {""}
    assert view.doors[0].tone is Tone.UNKNOWN


def test_a_stopped_run_says_so(mornings: Mornings) -> None:
    """Nobody has to do anything about it; the pages that were not read are one card."""
    view = _look(mornings, "stopped")
    assert (view.verdict, view.tone) == ("Kontrollen blev stoppet undervejs", Tone.UNKNOWN)
    assert {(door.number, door.tone) for door in view.doors} == {("0", Tone.UNKNOWN)}
    assert [item.title for item in items_of(view)] == ["7 sider", "Filerne"]
    (because,) = view.incomplete_because
    assert because.startswith("7 sider kunne ikke læses.")


def test_offline_nothing_is_in_place_and_nothing_missing(mornings: Mornings) -> None:
    """There is no figure of zero; what was not looked at is a part of its own."""
    view = _look(mornings, "offline")
    resources = view.figures[0]
    assert [(part.number, part.label) for part in resources.parts] == [
        ("16", "ikke kontrolleret"),
        ("1", "kræver login"),
        ("3", "uden for Nextcloud"),
    ]


def test_the_readme_shows_the_mail_and_the_report_of_these_mornings(mornings: Mornings) -> None:
    """Its mail's subject and its report at the terminal are what people get, but for the day."""
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    first = mornings.night()
    (block,) = re.findall(r"^```text\n(.*?)^…\n```", readme, re.MULTILINE | re.DOTALL)
    shown = render_terminal(first, lang=Lang.DA, width=94, color=False)
    assert _unwrap(shown).startswith(_unwrap(block))
    second = _lose_and_correct(mornings)
    digest = digest_run(second, find_news(second, first), lang=Lang.DA)
    assert f"\n> {render_mail(digest, report_url=None).subject}\n" in readme


def _unwrap(text: str) -> str:
    """Return a report's words, without its rules and the line that says when it was."""
    lines = [line for line in text.splitlines() if not line.startswith("Kontrolleret ")]
    return re.sub(r"[\s─]+", " ", "\n".join(lines))
