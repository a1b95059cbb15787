"""The fixed table of finding codes."""

from __future__ import annotations

import pytest

from syncer.audit.codes import FINDING_CODES, add_why, make_finding
from syncer.model.findings import Severity
from syncer.model.handbook import SourceSpan
from syncer.model.reason import Reason

# The contract's list, code by code.
ERRORS = """resource-missing file-empty place-missing share-gone share-needs-password
share-suddenly-empty link-broken link-download-empty link-empty link-anchor-missing nothing-found
file-damaged file-other-type"""
WARNINGS = """resource-planned resource-partial resource-arrived resource-elsewhere resource-draft
resource-outdated resource-ambiguous resource-undetermined place-unresolved places-disagree
share-writable share-expires share-changed share-unreadable share-link-opens-root
link-timed-out link-private-address
page-unreadable table-malformed handbook-stale handbook-settings-invalid publish-failed
notice-failed address-clash file-locked file-blank copy-incomplete"""
INFOS = """resource-likely resource-no-access file-old file-unlisted file-name-unsafe
link-needs-login
link-redirected link-blocked link-unconfirmed link-bare page-not-published page-empty
waiver-unused"""


def test_every_code_of_the_contract_has_its_severity() -> None:
    """The table holds the contract's codes with its default severities, and no others."""
    expected = {
        **dict.fromkeys(ERRORS.split(), Severity.ERROR),
        **dict.fromkeys(WARNINGS.split(), Severity.WARNING),
        **dict.fromkeys(INFOS.split(), Severity.INFO),
    }
    assert {code: severity for code, (severity, _) in FINDING_CODES.items()} == expected


def test_the_id_depends_on_code_and_key_alone() -> None:
    """A finding keeps its id when its line and its arguments change."""
    one = make_finding("link-broken", "u", ("l1",), {"a": 1}, at=("p", 3))
    assert one.id == make_finding("link-broken", "v", ("l1",), {}, at=("p", 9)).id
    assert one.id != make_finding("link-broken", "u", ("l2",), {"a": 1}, at=("p", 3)).id
    assert one.id != make_finding("link-blocked", "u", ("l1",), {"a": 1}, at=("p", 3)).id


def test_a_code_that_is_not_in_the_table_is_a_bug() -> None:
    """Nothing is found that the contract has no word for."""
    with pytest.raises(KeyError):
        make_finding("link-odd", "u", (), {})


def test_the_reason_goes_beneath_the_arguments() -> None:
    """Where both name an argument, the finding's own counts."""
    reason = Reason("http-500", {"status": 500, "name": "x"})
    assert add_why({"name": "y"}, reason) == {"status": 500, "name": "y", "why": "http-500"}
    assert add_why({"name": "y"}, None) == {"name": "y"}


def test_a_finding_stands_where_it_is_told() -> None:
    """A span has a column, a line has none, and without either it is about no page."""
    at = SourceSpan("a.md", 3, 5, 3, 9)
    one = make_finding("page-empty", "x", ("k",), {"a": 1}, at=at, row="r", link="l")
    assert (one.page, one.line, one.column) == ("a.md", 3, 5)
    assert (one.subject, one.args, one.hint, one.row, one.link) == ("x", {"a": 1}, None, "r", "l")
    one = make_finding("page-empty", "", ("k",), {}, at=("a.md", None), hint=Reason("h"))
    assert (one.page, one.line, one.column, one.subject) == ("a.md", None, None, "a.md")
    assert one.hint == Reason("h")
    one = make_finding("page-empty", "", ("k",), {})
    assert (one.page, one.line, one.column, one.subject) == (None, None, None, "")
