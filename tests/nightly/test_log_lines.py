"""What a night says at INFO: a line for each share, host and run, and nothing for each file."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from tests.cloud.server import CloudServer
from tests.nightly.processes import Place
from tests.pipeline.handbooks import TOKEN


def read_lines(text: str) -> list[dict[str, Any]]:
    """Return the log's lines; the closing sentence is none of it."""
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


@pytest.fixture
def night(place: Place, server: CloudServer) -> list[dict[str, Any]]:
    """Give the log of a night with two links to a host of their own."""
    page = place.folder / "handbook" / "samarbejde.md"
    links = "".join(f"\n[{name}]({server.base_url}/web/{name})\n" for name in ("a", "b"))
    page.write_text(page.read_text(encoding="utf-8") + links, encoding="utf-8")
    return read_lines(place.run("run", "-v").stderr)


def test_one_line_for_each_share_host_and_run(night: list[dict[str, Any]]) -> None:
    """Each once, with counts and a duration."""
    events = Counter(line["event"] for line in night)
    for event in ("nextcloud-read", "share-read", "host-asked", "run-finished", "written"):
        assert events[event] == 1, (event, events)
    by_event = {line["event"]: line for line in night}
    assert by_event["share-read"]["share"].endswith(f"/{TOKEN}")
    assert by_event["share-read"]["files"] == 4
    assert by_event["nextcloud-read"]["shares"] == by_event["nextcloud-read"]["ok"] == 1
    assert by_event["host-asked"]["requests"] >= 2
    for event in ("nextcloud-read", "share-read", "host-asked", "run-finished"):
        assert by_event[event]["seconds"] >= 0
        assert event == "run-finished" or by_event[event]["requests"] > 0


def test_the_runs_id_stands_on_each_line(place: Place, night: list[dict[str, Any]]) -> None:
    """The manifest's own; on the first line too."""
    assert {line.get("run_id") for line in night} == {place.manifest()["run"]["id"]}


def test_no_line_for_each_file(
    place: Place, server: CloudServer, night: list[dict[str, Any]]
) -> None:
    """A share with many more files is as many lines."""
    for number in range(60):
        server.cloud.add_file(f"Boks/Arkiv/Bilag {number}.pdf", b"indhold")
    again = read_lines(place.run("run", "-v", "--full").stderr)
    assert next(line for line in again if line["event"] == "share-read")["files"] == 64
    # Only that there is no earlier run is said in the first night alone.
    assert len(again) == len(night) - 1
