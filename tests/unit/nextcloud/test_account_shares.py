"""What an account tells of its own links, in the words of the Share API."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from syncer.nextcloud.account_shares import LinkTerms, parse_terms

RECORDED = Path(__file__).parents[2] / "wire" / "nextcloud-32" / "account-shares.json"


def _answer(*entries: object) -> bytes:
    return json.dumps({"ocs": {"meta": {"status": "ok"}, "data": list(entries)}}).encode()


def test_the_recorded_answer() -> None:
    """Of a Nextcloud 32: one link that does not end and has no password."""
    assert parse_terms(RECORDED.read_bytes()) == {
        "Di5cTQdSABd6ak4": LinkTerms(expires_on=None, has_password=False)
    }


def test_an_end_and_a_password() -> None:
    """The day counts, not the hour."""
    link = {"token": "T", "expiration": "2026-12-24 00:00:00", "password": "3|$argon2id$"}
    assert parse_terms(_answer(link)) == {
        "T": LinkTerms(expires_on=date(2026, 12, 24), has_password=True)
    }


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b"[" * 100_000, b'{"ocs": 1}', b'{"ocs": {"data": {"token": "T"}}}'],
)
def test_an_answer_that_is_none_tells_nothing(body: bytes) -> None:
    """A login page, an empty body, nesting without end."""
    assert parse_terms(body) == {}


def test_what_is_malformed_is_left_out() -> None:
    """Shares with people have no token; a date that is none is no end."""
    entries = ({"share_type": 0}, 7, None, {"token": 5}, {"token": "T", "expiration": "soon"})
    assert parse_terms(_answer(*entries)) == {"T": LinkTerms(None, has_password=False)}
