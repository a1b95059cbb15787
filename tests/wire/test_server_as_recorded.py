"""The server of `tests/cloud` answers as the recorded Nextcloud 32 did, header by header."""

from __future__ import annotations

import json
import re

import pytest
import requests

from tests.cloud.bodies import PROPFIND_BODY, SEARCH_BODY
from tests.cloud.server import CloudServer
from tests.wire.records import Record, read_records

RECORDS = {record.name: record for record in read_records()}
# What differs from server to server, or is chance: marks of change, times, ids, order of names.
_CHANCE = re.compile(
    r"(?<=<d:getetag>)[^<]*|(?<=<d:getlastmodified>)[^<]*|(?<=<oc:fileid>)\d+"
    r"|<d:displayname>[^<]*</d:displayname>"
)


def ask(server: CloudServer, record: Record) -> requests.Response:
    """Send the request of a record, redirects not followed."""
    server.cloud.throttle.forget()
    headers = {"X-Requested-With": "XMLHttpRequest", "OCS-APIRequest": "true"}
    if record.method != "GET":
        headers["Depth"] = record.depth or "0"
    if record.authorization is not None:
        headers["Authorization"] = record.authorization
    found = server.cloud.tree.root.find(
        "Delt/Foreningen/Bestyrelsen/Kommissorium for bestyrelsen.pdf"
    )
    assert found is not None
    bodies = {
        "PROPFIND": PROPFIND_BODY,
        "SEARCH": SEARCH_BODY.format(user="admin", id=found.file_id),
    }
    return requests.request(
        record.method,
        f"{server.base_url}{record.target}",
        data=bodies.get(record.method),
        headers=headers,
        allow_redirects=False,
        timeout=10,
    )


def entries(body: str) -> list[str]:
    """Return the responses of a 207 without what is chance, in the order of their hrefs."""
    return sorted(_CHANCE.sub("", body).split("<d:response>")[1:])


def test_every_line_of_the_table_is_a_record() -> None:
    """A line that the reader of the table does not understand would be tested by nothing."""
    assert len(RECORDS) == 46
    assert sum(record.body is not None for record in RECORDS.values()) == 27


@pytest.mark.parametrize("name", RECORDS)
def test_status_and_headers_are_the_recorded_ones(recorded: CloudServer, name: str) -> None:
    """Also whether an answer comes in chunks, and where a redirect leads."""
    record = RECORDS[name]
    answer = ask(recorded, record)
    assert answer.status_code == record.status
    headers = {key.lower(): value for key, value in answer.headers.items()}
    assert headers["content-type"].split(";")[0] == record.headers["content-type"]
    assert headers.get("www-authenticate") == record.headers.get("www-authenticate")
    assert headers.get("transfer-encoding") == record.headers.get("transfer-encoding")
    location = headers.get("location", "").replace(recorded.base_url, "https://boks.os2.eu")
    assert location == record.headers.get("location", "")


@pytest.mark.parametrize("name", [name for name, record in RECORDS.items() if record.body])
def test_bodies_say_what_the_recorded_ones_say(recorded: CloudServer, name: str) -> None:
    """Errors byte for byte; listings entry by entry; JSON with at least the fields that matter."""
    record = RECORDS[name]
    assert record.body is not None
    answer = ask(recorded, record)
    if record.status == 207:
        assert entries(answer.text) == entries(record.body.decode())
    elif "xml" in record.headers["content-type"]:
        assert answer.content == record.body
    elif name == "status":
        assert answer.json() == {**json.loads(record.body), "version": "32.0.1.1"}
    elif name == "account-shares":
        (ours,) = [
            share for share in answer.json()["ocs"]["data"] if share["token"] == "Di5cTQdSABd6ak4"
        ]
        (theirs,) = json.loads(record.body)["ocs"]["data"]
        chance = {"id", "url", "item_source", "file_source"}
        assert {key: ours[key] for key in ours.keys() - chance} == {
            key: theirs[key] for key in ours.keys() - chance
        }
    else:
        data = json.loads(record.body)["ocs"]["data"]
        assert answer.json()["ocs"]["data"]["version"] == data["version"]
        assert "delay" in answer.json()["ocs"]["data"]["capabilities"]["bruteforce"]
