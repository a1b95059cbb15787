"""The tables of words are complete, equal in both languages, and free of jargon."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import cast

import pytest

import syncer
from syncer.audit.codes import FINDING_CODES
from syncer.model.matching import Verdict
from syncer.report.view.topics import TOPICS
from syncer.report.words import (
    Lang,
    Topic,
    danish_result_reasons,
    danish_source_reasons,
    words_of,
)
from syncer.report.words.catalog import Labels, MailWords, Tables
from syncer.report.words.phrasing import gaps_of

PACKAGE = Path(syncer.__file__).parent
REPORT = PACKAGE / "report"
DA, EN = words_of(Lang.DA), words_of(Lang.EN)
REMOTE_ERRORS = {
    "RemoteError", "Transient", "NotFound", "NeedsPassword", "Throttled", "Protocol",
}  # fmt: skip
CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
# What no secretary should have to read, outside addresses.
JARGON = re.compile(
    r"\b(web)?dav\b|\btokens?\b|\bhttps?\b(?!:)|\bpropfind\b|\betag\b"
    r"|\b(missing|planned|present|arrived|elsewhere|ambiguous|outdated|undetermined|unchecked"
    r"|broken|redirected|blocked|timed.out)\b",
    re.IGNORECASE,
)


@cache  # every process of the tests imports this module, and one runs its tests
def walk_modules() -> list[list[ast.AST]]:
    """Return the nodes of each module that makes reasons."""
    return [
        list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        for path in sorted(PACKAGE.rglob("*.py"))
        if REPORT not in path.parents
    ]


def _codes_of(names: set[str]) -> set[str]:
    """Return the codes that calls of these names use.

    A call has its code as a literal, or takes it from a dict or a conditional of its module.
    """
    codes: set[str] = set()
    for nodes in walk_modules():
        arguments = [
            node.args[0]
            for node in nodes
            if isinstance(node, ast.Call) and _name_of(node.func) in names and node.args
        ]
        codes |= _literals(arguments)
        if not all(isinstance(argument, ast.Constant) for argument in arguments):
            for node in nodes:
                if isinstance(node, ast.IfExp):
                    codes |= _literals((node.body, node.orelse))
                elif isinstance(node, ast.Dict):
                    codes |= _literals(part for value in node.values for part in ast.walk(value))
    return codes


def _name_of(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _literals(nodes: Iterable[ast.AST]) -> set[str]:
    """Return the strings among the nodes that can be codes."""
    values = {node.value for node in nodes if isinstance(node, ast.Constant)}
    return {value for value in values if isinstance(value, str) and CODE.fullmatch(value)}


def _all_literals() -> set[str]:
    return set().union(*map(_literals, walk_modules()))


def _texts(tables: Tables) -> dict[str, str]:
    """Return every text of a language by table and code."""
    texts = {
        f"{name}/{field.name}": getattr(getattr(tables, name), field.name)
        for name, record in (("labels", Labels), ("mail", MailWords))
        for field in fields(record)
    }
    for field in fields(Tables):
        table = getattr(tables, field.name)
        if isinstance(table, Mapping):
            for code, text in table.items():
                texts[f"{field.name}/{code}"] = text
    return texts


DANISH, ENGLISH = _texts(DA.tables), _texts(EN.tables)


def test_both_languages_have_the_same_entries() -> None:
    """No code has a text in one language only."""
    assert sorted(DANISH) == sorted(ENGLISH)


@pytest.mark.parametrize("entry", sorted(DANISH))
def test_both_languages_use_the_same_arguments(entry: str) -> None:
    """A Danish text and its English one fill their gaps from the same arguments."""
    assert gaps_of(DANISH[entry]) == gaps_of(ENGLISH[entry])
    assert bool(DANISH[entry]) == bool(ENGLISH[entry])
    # Where badge and subject say everything, a card has no sentence.
    assert DANISH[entry] or entry.startswith("cards/")


def test_no_reason_has_two_sentences() -> None:
    """The two modules of a language share no code."""
    assert not danish_source_reasons.SOURCE_REASONS.keys() & danish_result_reasons.RESULT_REASONS


def test_every_reason_has_a_sentence() -> None:
    """Each code of a `Reason` in the source has a sentence, and no sentence is unused."""
    reasons = set(DA.tables.reasons)
    assert sorted(_codes_of({"Reason"}) - reasons - set(FINDING_CODES)) == []
    assert sorted(reasons - _all_literals()) == []


def test_every_remote_error_has_words() -> None:
    """Each code of a `RemoteError` has words, and no words are unused."""
    remote = set(DA.tables.remote)
    assert sorted(_codes_of(REMOTE_ERRORS) - remote) == []
    assert sorted(remote - _all_literals()) == []


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
    ):
        members = cast("Mapping[StrEnum, object]", table)
        assert set(members) == set(type(next(iter(members))))
        assert len(set(members.values())) == len(members)
    open_ones = {Verdict.UNDETERMINED, Verdict.NO_ACCESS, Verdict.UNCHECKED}
    assert set(tables.last_seen) == set(Verdict) - open_ones


def test_every_finding_has_words() -> None:
    """Each finding code has a badge, a sentence, a meaning and a topic; no other code has."""
    assert set(DA.tables.badges) == set(DA.tables.sentences) == set(TOPICS) == set(FINDING_CODES)
    for table in (DA.tables.briefs, DA.tables.meanings, DA.tables.remedies):
        assert set(table) == set(FINDING_CODES)
    assert set(DA.tables.actions) | set(DA.tables.cards) <= set(FINDING_CODES)
    assert set(DA.tables.instead) <= set(DA.tables.reasons)
    assert Topic.OTHER not in TOPICS.values()


@pytest.mark.parametrize("label", [field.name for field in fields(Labels)])
def test_every_label_is_used(label: str) -> None:
    """Every label occurs in the code or template of a report, or in a command."""
    sources = [*REPORT.glob("*.py"), *REPORT.glob("view/**/*.py"), REPORT / "words/__init__.py",
               *REPORT.glob("templates/*.jinja"), *REPORT.parent.glob("cli/*.py")]  # fmt: skip
    assert any(f"labels.{label}" in path.read_text(encoding="utf-8") for path in sources)


@pytest.mark.parametrize("name", [field.name for field in fields(MailWords)])
def test_every_text_of_the_mail_is_used(name: str) -> None:
    """Each occurs in the code that writes mails."""
    sources = [path.read_text(encoding="utf-8") for path in REPORT.glob("mail*.py")]
    assert any(f"mail.{name}" in source for source in sources)


def test_danish_is_free_of_jargon() -> None:
    """No Danish text contains DAV, token, HTTP or an English status."""
    without_gaps = (re.sub(r"\{[^}]*\}", "", text) for text in DANISH.values())
    assert [text for text in without_gaps if JARGON.search(text)] == []


def test_a_resource_outside_nextcloud_is_never_called_fine() -> None:
    """`not-a-file` says that only its link can be checked."""
    assert DA.verdict("not-a-file") == "Ligger ikke i Nextcloud (kun linket er prøvet)"


def test_unknown_codes_of_a_newer_manifest_are_shown() -> None:
    """Unknown statuses, findings and reasons show their code."""
    assert DA.verdict("moon-phase") == "Andet (moon-phase)"
    assert "ny-kode" in DA.finding("ny-kode").badge
    assert DA.fill(DA.finding("ny{kode}").sentence, subject="X").startswith("X: ")
    assert "ny-grund" in DA.reason("ny-grund", {"x": 1})
    assert "page-not-read" in DA.reason("page-not-read", {})


def test_a_nested_reason_uses_its_own_arguments() -> None:
    """The code in "why" becomes a sentence, and a `RemoteError` in "detail" becomes words."""
    said = DA.reason("page-not-read", {"page": "a.md", "why": "server-status", "status": 500})
    assert said.startswith("Siden a.md kunne ikke læses. Serveren svarede med fejl 500")
    args = {"page": "a.md", "why": "listing-not-webdav", "detail": "truncated"}
    said = DA.reason("page-not-read", args)
    assert "ikke det hele" in said
    assert "ikke det hele" in DA.reason("listing-not-webdav", {"detail": "truncated"})
    assert "nyt" in DA.reason("listing-not-webdav", {"detail": "nyt"})
