"""The contract's commands, options, settings and findings are the program's."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import get_args, get_type_hints

import click
import pytest

from syncer.audit.codes import FINDING_CODES
from syncer.cli.app import syncer
from syncer.cli.params import FormatType
from syncer.config import Settings

CONTRACT = (Path(__file__).parents[2] / "docs" / "contract.md").read_text(encoding="utf-8")

# The contract describes these sections in words, not by their keys.
IN_WORDS = {"alias", "pin", "waive", "publish"}


def read_part(heading: str) -> str:
    """Return the text below a heading of the contract."""
    return CONTRACT.partition(f"## {heading}")[2].partition("\n## ")[0]


def list_keys() -> list[tuple[str, str]]:
    """Return section and key of every setting in the contract's indented block."""
    block = "\n".join(line for line in read_part("Settings").splitlines() if line[:4].isspace())
    keys = []
    for section, described in re.findall(r"\[{1,2}([a-z]+)\]{1,2} +([^\[·\n]+)", block):
        bare = re.sub(r"\([^)]*\)", "", described)
        if section not in IN_WORDS:
            keys += [(section, key) for key in re.findall(r"[a-z_]+", bare.replace(" and ", ", "))]
    return keys


def list_fields(section: str) -> set[str]:
    """Return the keys that the program takes in a section."""
    hint = get_type_hints(Settings)[section]
    record = next((arg for arg in get_args(hint) if dataclasses.is_dataclass(arg)), hint)
    return {item.name for item in dataclasses.fields(record)}


def test_the_contract_is_read() -> None:
    """What the tests below go by is found in it."""
    assert {section for section, _ in list_keys()} >= {"handbook", "links", "notify", "schedule"}
    assert len(list_keys()) > 35


@pytest.mark.parametrize(("section", "key"), list_keys())
def test_a_setting_of_the_contract_can_be_set(section: str, key: str) -> None:
    """Each key that it names is one of the section's."""
    assert key in list_fields(section)


def test_the_contracts_commands_are_the_programs() -> None:
    """The same names in the same order, with the options that stand beside them."""
    rows = re.findall(r"^\| `syncer ([a-z-]+)([^`]*)`", read_part("Commands"), re.MULTILINE)
    assert [name for name, _ in rows] == list(syncer.commands)
    assert rows
    for name, more in rows:
        for option in re.findall(r"--[a-z-]+", more):
            assert option in list_options(name)


def list_options(command: str) -> set[str]:
    """Return the options of a command."""
    return {option for parameter in syncer.commands[command].params for option in parameter.opts}


@pytest.mark.parametrize("command", ["audit", "run"])
def test_the_options_that_audit_and_run_share(command: str) -> None:
    """Each that the contract names, up to the ones of `audit` and `report` alone."""
    shared = re.split(r"`audit` and `run` share[^:]*:", read_part("Commands"))[-1]
    shared, _, printed = shared.partition("`audit`, `report`:")
    options = set(re.findall(r"(?<=`)--?[a-z-]+", shared))
    assert len(options) > 10
    assert options <= list_options(command)
    own = set(re.findall(r"(?<=`)--(?:format|output)", printed))
    assert own <= list_options("audit") & list_options("report")


def test_the_formats() -> None:
    """Each that `--format` of the contract names is taken."""
    named = re.search(r"`--format ([a-z|]+)`", read_part("Commands"))
    assert named is not None
    for name in named[1].split("|"):
        FormatType().convert(name, None, None)
    with pytest.raises(click.BadParameter):
        FormatType().convert("pdf", None, None)


def test_the_findings_and_their_severities() -> None:
    """The contract's codes, none more and none less, each as severe as it says."""
    text = read_part("Status manifest").partition("default severities:")[2]
    told = dict(re.findall(r"`([a-z-]+)` (error|warning|info)\b", text))
    assert told == {code: severity.value for code, (severity, *_) in FINDING_CODES.items()}
