"""Secrets are masked wherever they stand."""

from __future__ import annotations

import pytest

from syncer import redact
from syncer.redact import MASK, Redactor, make_printable


def test_known_secrets_are_masked_in_every_shape() -> None:
    """Text, bytes, lists, mappings and their insides."""
    redactor = Redactor(["hunter2-secret"])
    event = {
        "event": "asked with hunter2-secret",
        "list": ["hunter2-secret", 3],
        "inner": {"tuple": ("x", b"hunter2-secret")},
    }
    assert redactor.clean(event) == {
        "event": f"asked with {MASK}",
        "list": [MASK, 3],
        "inner": {"tuple": ("x", MASK)},
    }


def test_credentials_are_masked_by_their_form() -> None:
    """Authorization values, user info in URLs, and keys that hold secrets."""
    redactor = Redactor()
    assert redactor.clean("Authorization: Basic dXNlcjpwYXNz") == f"Authorization: Basic {MASK}"
    assert redactor.clean("https://me:pw@example.org/x") == f"https://{MASK}@example.org/x"
    assert redactor.clean({"password": "abc", "Authorization": "x"}) == {
        "password": MASK,
        "Authorization": MASK,
    }


def test_the_longer_of_two_secrets_goes_first() -> None:
    """A secret that is part of another leaves nothing of the longer one."""
    assert Redactor(["abcd", "abcdefgh"]).clean("abcdefgh") == MASK


def test_a_very_short_secret_does_not_mask_everything() -> None:
    """Three letters occur everywhere; masking them would only tell where."""
    assert Redactor(["abc", "abcd"]).clean("abc abcd") == f"abc {MASK}"


@pytest.mark.parametrize("key", ["authorization", "password", "app_password", "secret", "cookie"])
def test_the_value_of_a_key_that_holds_secrets_is_masked(key: str) -> None:
    """In any case of letters; a longer key is another one."""
    masked = Redactor().clean({key.upper(): "x", f"{key}s": "x"})
    assert masked == {key.upper(): MASK, f"{key}s": "x"}
    assert len(redact._SECRET_KEYS) == 5


def test_the_share_of_an_account_on_a_port_is_no_password() -> None:
    """It is a name that every table of shares prints."""
    text = "# share cloud.example:8443/@account: Read"
    assert make_printable(text) == text
    assert make_printable("u:8443@cloud.example") == "***@cloud.example"
