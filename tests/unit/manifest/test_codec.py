"""Manifest and JSON."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from syncer.errors import ConfigError, ExitCode
from syncer.manifest import codec
from syncer.manifest.changes import compare
from syncer.manifest.codec import ManifestError, decode, encode, json_schema
from syncer.manifest.document import (
    SCHEMA_VERSION,
    ChangedRecord,
    FileStateRecord,
    LastKnownRecord,
    MovedRecord,
    WaiverRecord,
)
from syncer.model.rules import RULES_VERSION

KEYS = """schema_version tool run handbook shares resources links findings changes history
counts"""
FINDING_KEYS = """id code severity owner page line subject args hint caused_by first_seen_at runs
waived_until"""


def _full(make: Any) -> Any:
    manifest = make.manifest(
        make.share(),
        make.row("Aftale æøå", "present", make.file("Aftaler/A.docx")),
        make.link("https://example.org/"),
        make.finding("link-broken", args={"b": 1, "a": ("x",), "c": None, "d": 1.5, "e": True}),
    )
    moved = (MovedRecord(share="s", file_id=1, from_="a", to="b"),)
    return replace(manifest, changes=replace(manifest.changes, moved=moved))


def test_a_manifest_comes_back_as_it_was(make: Any) -> None:
    """Arguments of every form, times, tuples."""
    manifest = _full(make)
    assert decode(encode(manifest)) == manifest


def test_it_is_readable_text(make: Any) -> None:
    """Unescaped UTF-8, indented, a newline at the end, keys in the contract's order."""
    data = encode(_full(make))
    assert "Aftale æøå".encode() in data
    assert data.startswith(b'{\n  "schema_version": "1.1",\n')
    assert data.endswith(b"}\n")
    content = json.loads(data)
    assert list(content) == KEYS.split()
    assert list(content["findings"][0])[: len(FINDING_KEYS.split())] == FINDING_KEYS.split()
    assert list(content["findings"][0]["args"]) == ["a", "b", "c", "d", "e"]
    assert content["changes"]["moved"] == [{"share": "s", "file_id": 1, "from": "a", "to": "b"}]
    assert content["run"]["finished_at"] == "2026-11-23T02:15:00Z"


def test_the_same_manifest_gives_the_same_bytes(make: Any) -> None:
    """Whatever the order in which arguments came."""
    one = make.manifest(make.finding("x", args={"a": 1, "b": 2}))
    two = make.manifest(make.finding("x", args={"b": 2, "a": 1}))
    assert encode(one) == encode(two)


def test_it_validates_against_the_schema(make: Any) -> None:
    """The schema names its dialect and itself, and is itself a valid one."""
    schema = json.loads(json_schema())
    assert list(schema)[:4] == ["$schema", "$id", "title", "description"]
    assert schema["$schema"] == jsonschema.Draft202012Validator.META_SCHEMA["$id"]
    assert schema["$id"] == f"urn:os2:syncer:status-manifest:{SCHEMA_VERSION}"
    assert schema["title"] == "Status manifest of syncer"
    assert "ignores keys" in schema["description"]
    assert json_schema().startswith(b'{\n  "$schema"')
    assert json_schema().endswith(b"}\n")
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(encode(_full(make))), schema)
    broken = json.loads(encode(_full(make)))
    del broken["counts"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, schema)


def test_a_newer_minor_version_is_read(make: Any) -> None:
    """Keys, statuses and arguments that are not known are tolerated."""
    content = json.loads(encode(_full(make)))
    content["schema_version"] = "1.7"
    content["weather"] = {"wind": [1, 2]}
    content["resources"][0]["status"] = "haunted"
    content["resources"][0]["mood"] = "blue"
    content["findings"][0]["args"] = {"a": {"deep": 1}, "b": ["x"], "c": [1, "x"], "d": "x"}
    manifest = decode(json.dumps(content).encode())
    assert manifest.resources[0].status == "haunted"
    assert manifest.findings[0].args == {"b": ("x",), "d": "x"}


def test_what_1_1_added_comes_last_and_is_null(make: Any) -> None:
    """Key by key; `rules` and `rules_changed` alone have a value from the first night on."""
    manifest = _full(make)
    content = json.loads(encode(replace(manifest, changes=compare(manifest, None))))
    added = {
        "label expires_on": content["shares"][0],
        "last_known": content["resources"][0],
        "opens copied_at": content["resources"][0]["files"][0],
        "site": content["handbook"],
        "bare": content["links"][0],
        "column fixable waiver": content["findings"][0],
    }
    for keys, record in added.items():
        assert list(record)[-len(keys.split()) :] == keys.split()
        assert all(record[key] is None for key in keys.split())
    assert list(content["tool"].items())[-1] == ("rules", RULES_VERSION)
    assert list(content["changes"].items())[5:] == [
        ("rules_changed", False),
        ("changed", None),
        ("judged_differently", None),
    ]


def test_all_that_1_1_added_comes_back(make: Any) -> None:
    """Also what is null for now can be written, read and validated."""
    manifest = _full(make)
    states = [FileStateRecord(path=p, size_bytes=1, modified_at=make.night) for p in "ab"]
    changed = ChangedRecord(share="s", file_id=1, before=states[0], after=states[1])
    waiver = WaiverRecord(reason="kendt", until="2026-12-31", from_="handbook")
    manifest = replace(
        manifest,
        shares=(make.share(label="Skabeloner", expires_on="2026-12-31"),),
        resources=(make.row("A", last_known=LastKnownRecord(status="present", on="2026-11-20")),),
        findings=(make.finding("link-broken", column=4, fixable=True, waiver=waiver),),
        changes=replace(manifest.changes, rules_changed=True, changed=(changed,)),
    )
    content = json.loads(encode(manifest))
    assert decode(encode(manifest)) == manifest
    jsonschema.validate(content, json.loads(json_schema()))
    assert content["findings"][0]["waiver"] == {
        "reason": "kendt",
        "until": "2026-12-31",
        "from": "handbook",
    }


def test_a_manifest_of_1_0_is_read(make: Any) -> None:
    """Keys that it does not have are null."""
    content = json.loads(encode(_full(make)))
    content["schema_version"] = "1.0"
    del content["tool"]["rules"], content["changes"]["rules_changed"]
    del content["changes"]["changed"], content["changes"]["judged_differently"]
    del content["handbook"]["site"], content["resources"][0]["last_known"]
    for key in ("column", "fixable", "waiver"):
        del content["findings"][0][key]
    manifest = decode(json.dumps(content).encode())
    assert (manifest.tool.rules, manifest.changes.rules_changed) == (None, None)
    assert manifest.findings[0].waiver is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>",
        b"\xff\xfe",
        b'{"schema_version": "1.0\xff"}',
        b"[]",
        b"1",
        b"{}",
        b'{"schema_version": 1}',
        b'{"schema_version": "1.0"}',
        b'{"schema_version": "1.0", "args": 3}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_manifest_is_refused(data: bytes) -> None:
    """With one error that says so, as for a wrong setting."""
    with pytest.raises(ManifestError, match="not a status manifest") as caught:
        decode(data)
    assert isinstance(caught.value, ConfigError)
    assert caught.value.exit_code is ExitCode.USAGE


@pytest.mark.parametrize("depth", range(100, 1_000, 50))
def test_a_deep_manifest_is_read_or_refused(make: Any, depth: int) -> None:
    """Whichever part of the reading it is too deep for."""
    deep = b"[" * depth + b"]" * depth
    data = encode(make.manifest()).rstrip()
    with contextlib.suppress(ManifestError):
        decode(data[:-1] + b', "later": ' + deep + b"}")


@pytest.mark.parametrize("key", ["started_at", "finished_at"])
@pytest.mark.parametrize("at", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00"])
def test_a_run_at_the_ends_of_the_calendar_is_refused(make: Any, key: str, at: str) -> None:
    """It is damage, with which no next run could be reckoned."""
    content = json.loads(encode(make.manifest()))
    content["run"][key] = at
    with pytest.raises(ManifestError, match="not a status manifest"):
        decode(json.dumps(content).encode())


@pytest.mark.parametrize("number", [1 << 63, -(1 << 63) - 1, 10**400])
@pytest.mark.parametrize("place", ["line", "args", "figures"])
def test_a_number_that_no_count_reaches_is_refused(make: Any, number: int, place: str) -> None:
    """It is damage, which no spreadsheet can show and no later manifest hold."""
    content = json.loads(encode(_full(make)))
    if place == "line":
        content["links"][0]["line"] = number
    elif place == "args":
        content["findings"][0]["args"]["b"] = number
    else:
        entry = {"finished_at": "2026-11-22T02:15:00Z", "complete": True}
        figures = {"counts": content["counts"], "figures": {"missing": number}}
        content["history"] = [{**entry, **figures}]
    with pytest.raises(ManifestError, match="not a status manifest"):
        decode(json.dumps(content).encode())


@pytest.mark.parametrize("number", [(1 << 63) - 1, -(1 << 63)])
def test_a_number_of_64_bits_is_read_and_shown(make: Any, number: int) -> None:
    """The id of a file may be one."""
    content = json.loads(encode(_full(make)))
    content["links"][0]["line"] = content["findings"][0]["args"]["b"] = number
    manifest = decode(json.dumps(content).encode())
    assert decode(encode(manifest)).links[0].line == number


def test_a_manifest_that_was_cut_off_is_refused(make: Any) -> None:
    """At every tenth byte."""
    data = encode(make.manifest()).rstrip()
    for end in range(0, len(data), 10):
        with pytest.raises(ManifestError):
            decode(data[:end])


@pytest.mark.parametrize("version", ["2.0", "0.9", "10.0", ""])
def test_another_major_version_is_refused(make: Any, version: str) -> None:
    """The text says which one is read here."""
    content = json.loads(encode(make.manifest()))
    content["schema_version"] = version
    with pytest.raises(ManifestError, match=r"this syncer reads 1\.x"):
        decode(json.dumps(content).encode())


def test_the_first_number_of_the_version_is_the_major_one(
    make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A syncer of 3.7 reads 3.1, and neither 1.1 nor 7.0."""
    monkeypatch.setattr(codec, "SCHEMA_VERSION", "3.7")
    content = json.loads(encode(make.manifest()))
    assert decode(json.dumps({**content, "schema_version": "3.1"}).encode())
    for other in ("1.1", "7.0"):
        with pytest.raises(ManifestError, match=r"this syncer reads 3\.x"):
            decode(json.dumps({**content, "schema_version": other}).encode())


def test_a_time_without_a_zone_is_refused(make: Any) -> None:
    """It could not be compared with others."""
    content = json.loads(encode(make.manifest()))
    content["run"]["finished_at"] = "2026-11-23T02:15:00"
    with pytest.raises(ManifestError, match="timezone"):
        decode(json.dumps(content).encode())


def test_half_a_surrogate_pair_cannot_be_written(make: Any) -> None:
    """No UTF-8 can say it, and the error does."""
    with pytest.raises(ManifestError, match="UTF-8"):
        encode(make.manifest(make.row("\udc80")))
