"""Mail addresses of the handbook: none is listed in what may be published."""

from __future__ import annotations

import time

import pytest

from syncer.manifest.document import Arguments
from syncer.manifest.mail import _HANDBOOK_WORDS, mask_args, mask_mail, mask_mail_link


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("mailto:anna@example.dk?subject=Hej", "mailto:***"),
        (" MAILTO:anna(at)example.dk", "mailto:***"),
        ("Skriv til anna.b+c@post.example.dk, tak", "Skriv til ***, tak"),
        ("https://example.dk/?til=anna%40example.dk", "https://example.dk/?til=***"),
        ("anna@ø.xn--p1ai", "***"),
        ("Aftaler", "Aftaler"),
    ],
)
def test_an_address_is_masked(text: str, masked: str) -> None:
    """Anywhere in a text, also as a part of a web address."""
    assert mask_mail(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "https://unpkg.com/package@1.2.3/dist/x.js",
        "https://social.example.dk/@os2",
        "https://example.dk/maps/@56.15,10.2,12z",
        "a @ b",
    ],
)
def test_what_only_looks_like_an_address_stays(text: str) -> None:
    """A link is shown as it is written wherever that gives no address away."""
    assert mask_mail(text) == text


def test_a_mail_link_shows_not_even_a_wrong_address() -> None:
    """What is no address for a mail server may still be one for a person."""
    assert mask_mail_link("anna@example eller bo@example") == "*** eller ***"


def test_only_words_of_the_handbook_are_masked() -> None:
    """A file may be named after an address: that is not the handbook's."""
    args: Arguments = {
        "text": "anna@example.dk",
        "file": "anna@example.dk.docx",
        "n": 2,
        "names": ("a@b.dk",),
    }
    masked = mask_args(args, of_mail_link=False)
    assert masked == args | {"text": "***"}
    assert list(masked) == list(args)


def test_the_arguments_of_a_mail_link_are_masked() -> None:
    """The address that a reason names, whatever it looks like."""
    args = {"address": "anna(at)example", "text": "anna@example", "url": "mailto:anna(at)example"}
    assert mask_args(args, of_mail_link=True) == {
        "address": "***",
        "text": "***",
        "url": "mailto:***",
    }


def test_a_long_text_is_searched_in_linear_time() -> None:
    """No text of a page holds the run up."""
    started = time.perf_counter()
    for text in ("a" * 200_000 + "@", "a@" * 50_000, "a@b." * 25_000, "@" * 100_000):
        mask_mail_link(text)
    assert time.perf_counter() - started < 10


HANDBOOK_WORDS = ("file_name", "final_url", "label", "name", "text", "url")


@pytest.mark.parametrize("name", HANDBOOK_WORDS)
def test_each_word_of_the_handbook_is_masked(name: str) -> None:
    """Whatever the argument that quotes it is called."""
    assert mask_args({name: "til anna@example.dk"}, of_mail_link=False) == {name: "til ***"}
    assert frozenset(HANDBOOK_WORDS) == _HANDBOOK_WORDS


@pytest.mark.parametrize("name", ["file", "share", "host", "place"])
def test_names_of_files_and_servers_stay(name: str) -> None:
    """They are not the handbook's; a mail link's are masked whatever they are called."""
    args = {name: "anna@example.dk"}
    assert mask_args(args, of_mail_link=False) == args
    assert mask_args(args, of_mail_link=True) == {name: "***"}
    assert mask_args({name: 7}, of_mail_link=True) == {name: 7}


@pytest.mark.parametrize("sign", "_.+%-")
def test_signs_of_a_name_are_masked_with_it(sign: str) -> None:
    """Another sign ends the name."""
    assert mask_mail(f"(a{sign}b@example.dk)") == "(***)"
    assert mask_mail("a/b@example.dk") == "a/***"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"{'a' * 64}@b.dk", "***"),
        (f"xx{'a' * 64}@b.dk", "xx***"),
        ("a@b@c.dk", "a@***"),
        ("a@b.dk@c.dk", "***"),
        ("a@b.dk b@c.dk", "*** ***"),
        ("@b.dk", "@b.dk"),
        ("a@b.dk.", "***."),
        ("https://anna:kode@b.dk/x", "https://***@b.dk/x"),
    ],
)
def test_where_an_address_begins_and_ends(text: str, masked: str) -> None:
    """At most 64 characters before the mark; what follows without a gap belongs to it."""
    assert mask_mail(text) == masked
