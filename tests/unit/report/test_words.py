"""The tables of words are closed, complete, alike in both languages, and for people."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import cast

import pytest

import syncer
from syncer.audit.codes import RULES
from syncer.report.view.topics import TOPICS
from syncer.report.words import Lang, Topic, words_of
from syncer.report.words.catalog import Labels, Tables
from syncer.report.words.phrasing import gaps_of
from syncer.report.words.reasons import REASONS, REMOTE

PACKAGE = Path(syncer.__file__).parent
REPORT = PACKAGE / "report"
DA, EN = words_of(Lang.DA), words_of(Lang.EN)
REMOTE_ERRORS = {
    "RemoteError", "Transient", "NotFound", "NeedsPassword", "Throttled", "Protocol",
}  # fmt: skip
# What no secretary should have to read, outside addresses.
JARGON = re.compile(
    r"\b(web)?dav\b|\btokens?\b|\bhttps?\b(?!:)|\bpropfind\b|\betag\b"
    r"|\b(missing|planned|present|arrived|elsewhere|ambiguous|outdated|undetermined|unchecked"
    r"|broken|redirected|blocked|timed.out)\b",
    re.IGNORECASE,
)


def _calls(names: set[str]) -> Iterator[str]:
    """Give every code that a room builds one of these with, as a literal."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if REPORT in path.parents:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name_of(node.func) in names and node.args:
                yield from _literals(node.args[0])


def _name_of(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _literals(argument: ast.expr) -> Iterator[str]:
    match argument:
        case ast.Constant(value=str(code)):
            yield code
        case ast.IfExp(body=body, orelse=other):
            yield from _literals(body)
            yield from _literals(other)


def test_every_reason_of_every_room_has_a_sentence() -> None:
    """Each `Reason("…")` of the sources is said in both languages, and no sentence is unused."""
    used = set(_calls({"Reason"}))
    assert sorted(used - set(REASONS)) == []
    assert sorted(set(REASONS) - used) == []


def test_every_fault_of_a_server_has_words() -> None:
    """Each code of a `RemoteError` is said in both languages, and no word is unused."""
    used = set(_calls(REMOTE_ERRORS))
    assert sorted(used - set(REMOTE)) == []
    assert sorted(set(REMOTE) - used) == []


@pytest.mark.parametrize("code", sorted(REASONS))
def test_a_reason_speaks_of_the_same_in_both_languages(code: str) -> None:
    """Danish and English fill their gaps from the same arguments."""
    said = REASONS[code]
    assert gaps_of(said.da) == gaps_of(said.en)
    assert said.da
    assert said.en


@pytest.mark.parametrize("tables", [DA.tables, EN.tables], ids=["da", "en"])
def test_every_status_has_words(tables: Tables) -> None:
    """The tables hold every member of their enums, each with words of its own."""
    for table in (
        tables.verdicts,
        tables.link_statuses,
        tables.link_kinds,
        tables.share_statuses,
        tables.owners,
        tables.severities,
        tables.topics,
    ):
        members = cast("Mapping[StrEnum, object]", table)
        assert set(members) == set(type(next(iter(members))))
        assert len(set(members.values())) == len(members)


@pytest.mark.parametrize("tables", [DA.tables, EN.tables], ids=["da", "en"])
def test_every_finding_has_words(tables: Tables) -> None:
    """Each code of the contract's table is said, has a topic, and no other one is."""
    assert set(tables.findings) == set(RULES)
    assert set(TOPICS) == set(RULES)
    assert Topic.OTHER not in TOPICS.values()


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_finding_speaks_of_the_same_in_both_languages(code: str) -> None:
    """Danish and English fill their gaps from the same arguments."""
    danish, english = DA.finding(code), EN.finding(code)
    assert gaps_of(danish.sentence) == gaps_of(english.sentence)
    assert gaps_of(danish.action) == gaps_of(english.action)


@pytest.mark.parametrize("label", [field.name for field in fields(Labels)])
def test_a_label_is_used_and_speaks_of_the_same(label: str) -> None:
    """Every label occurs in a report's code or template, with the same gaps in both languages."""
    sources = [*REPORT.glob("*.py"), *REPORT.glob("view/*.py"), REPORT / "words/__init__.py",
               *REPORT.glob("templates/*.jinja")]  # fmt: skip
    assert any(f"labels.{label}" in path.read_text(encoding="utf-8") for path in sources)
    assert gaps_of(getattr(DA.labels, label)) == gaps_of(getattr(EN.labels, label))


def _danish() -> Iterator[str]:
    tables = DA.tables
    for table in (
        tables.verdicts, tables.link_statuses, tables.link_kinds,
        tables.share_statuses, tables.owners, tables.severities, tables.reasons, tables.remote,
    ):  # fmt: skip
        yield from table.values()
    for topic in tables.topics.values():
        yield from (topic.heading, topic.intro)
    for finding in tables.findings.values():
        yield from (finding.badge, finding.sentence, finding.action)
    yield from (getattr(tables.labels, field.name) for field in fields(Labels))


def test_danish_is_free_of_jargon() -> None:
    """No DAV, token, HTTP or English status stands in anything that a secretary reads."""
    without_gaps = (re.sub(r"\{[^}]*\}", "", text) for text in _danish())
    assert [text for text in without_gaps if JARGON.search(text)] == []


def test_a_resource_outside_nextcloud_is_never_said_to_be_fine() -> None:
    """`not-a-file` says that only its link was looked at."""
    assert DA.verdict("not-a-file") == "Uden for Nextcloud – kun linket kan tjekkes"


def test_what_a_newer_manifest_says_is_said_as_well_as_can_be() -> None:
    """Unknown statuses, findings and reasons name their code and break nothing."""
    assert DA.verdict("moon-phase") == "Andet (moon-phase)"
    assert "ny-kode" in DA.finding("ny-kode").badge
    assert DA.fill(DA.finding("ny{kode}").sentence, subject="X").startswith("X: ")
    assert "ny-grund" in DA.reason("ny-grund", {"x": 1})


def test_a_reason_beneath_is_said_with_its_own_arguments() -> None:
    """The code in "why" becomes a sentence, a server's fault in "detail" becomes words."""
    said = DA.reason("page-not-read", {"page": "a.md", "why": "server-status", "status": 500})
    assert said.startswith("Siden a.md kunne ikke læses. Serveren svarede med fejl 500")
    assert "afskåret" in DA.reason("listing-not-webdav", {"detail": "truncated"})
    assert "nyt" in DA.reason("listing-not-webdav", {"detail": "nyt"})
