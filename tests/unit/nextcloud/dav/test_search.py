"""The answer to a search for a file id is one path of the account, or nothing."""

from __future__ import annotations

import pytest
from lxml import etree

from syncer.errors import Protocol
from syncer.nextcloud.dav.search import read_search, write_search
from tests.wire.records import read_records

ROOT = "/remote.php/dav/files/admin"
HEAD = '<?xml version="1.0"?><d:multistatus xmlns:d="DAV:">'


def found(*hrefs: str) -> bytes:
    """Write an answer with these hrefs."""
    entries = (f"<d:response><d:href>{href}</d:href></d:response>" for href in hrefs)
    return f"{HEAD}{''.join(entries)}</d:multistatus>".encode()


def test_the_recorded_answer_names_the_file() -> None:
    """As Nextcloud 32 gave it for the id of a file."""
    (record,) = (record for record in read_records() if record.name == "account-search-id")
    assert record.body is not None
    path = "Delt/Foreningen/Bestyrelsen/Kommissorium for bestyrelsen.pdf"
    assert read_search(record.body, ROOT) == path


def test_an_account_that_sees_no_such_file() -> None:
    """An empty multistatus is an answer, and no proof that the file is gone."""
    assert read_search(found(), ROOT) is None


def test_of_several_paths_the_first_by_name_counts() -> None:
    """A file that is shared with the account twice has two."""
    assert read_search(found(f"{ROOT}/B/x%20%c3%a6.txt", f"{ROOT}/A/"), ROOT) == "A"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html></html>",
        found(f"{ROOT}/a")[:-5],
        found("/remote.php/dav/files/bent/x.txt"),
        found("https://example.org/x"),
        b"<!DOCTYPE d [<!ENTITY e 'x'>]>" + found(f"{ROOT}/a"),
    ],
)
def test_what_is_no_answer_to_a_search(body: bytes) -> None:
    """It says nothing of the file."""
    with pytest.raises(Protocol):
        read_search(body, ROOT)


def test_a_users_name_is_text() -> None:
    """Marks of XML in it stay marks of the name."""
    document = etree.fromstring(write_search("a<b>&c", 12))
    assert document.findtext(".//{DAV:}scope/{DAV:}href") == "/files/a<b>&c"
    assert document.findtext(".//{DAV:}literal") == "12"
