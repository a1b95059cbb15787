"""Addresses in running text, as GitHub Flavored Markdown finds them."""

from __future__ import annotations

import time

import pytest

from syncer.handbook.bare_addresses import find_bare_addresses


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("https://a.dk", ["https://a.dk"]),
        ("Se HTTP://A.dk/x.", ["HTTP://A.dk/x"]),
        ("www.a.dk og www.b.dk/c", ["http://www.a.dk", "http://www.b.dk/c"]),
        ("(www.a.dk)", ["http://www.a.dk"]),
        ("https://a.dk/x?y=z#w!", ["https://a.dk/x?y=z#w"]),
        ("https://a.dk/x...", ["https://a.dk/x"]),
        ("**https://a.dk/**, ~~https://b.dk~~", ["https://a.dk/", "https://b.dk"]),
        ("_https://a.dk/b_c_", ["https://a.dk/b_c"]),
        ("https://a.dk/(b)", ["https://a.dk/(b)"]),
        ("(https://a.dk/(b))", ["https://a.dk/(b)"]),
        ("(https://a.dk/(b)))) x", ["https://a.dk/(b)"]),
        ("https://a.dk/(b))+c", ["https://a.dk/(b))+c"]),
        ("[https://a.dk]", ["https://a.dk"]),
        ("https://a.dk/?b=c&copy=d", ["https://a.dk/?b=c&copy=d"]),
        ("https://a.dk/?b=c&copy;", ["https://a.dk/?b=c"]),
        ("https://a.dk/b;", ["https://a.dk/b"]),
        ("https://a.dk/b<br/>", ["https://a.dk/b"]),
        ('»https://a.dk/b« "https://c.dk"', ["https://a.dk/b", "https://c.dk"]),
        ("|https://a.dk|www.b.dk|", ["https://a.dk", "http://www.b.dk"]),
        ("https://æblegrød.dk/å", ["https://æblegrød.dk/å"]),
        ("http://localhost:4000/x", ["http://localhost:4000/x"]),
        ("https://web.archive.org/web/https://a.dk", ["https://web.archive.org/web/https://a.dk"]),
        ("https://", []),
        ("https:// a.dk", []),
        ("www.", []),
        ("xhttps://a.dk xwww.a.dk", []),
        ("https://a_b.dk https://a.b_c", []),
        ("https://a_b.c.dk", ["https://a_b.c.dk"]),
        ("https://a_b.dk/x www.a.b_c https://c.dk/y", ["https://c.dk/y"]),
        ("ftp://a.dk a.dk a@b.dk mailto:a@b.dk", []),
    ],
)
def test_addresses_end_where_the_sentence_goes_on(text: str, urls: list[str]) -> None:
    """Punctuation and brackets of the sentence do not belong to them."""
    found = [prefix + text[start:end] for start, end, prefix in find_bare_addresses(text)]
    assert found == urls


@pytest.mark.parametrize(
    "text",
    [
        "www." * 100_000,
        "https://a" * 50_000,
        "https://a.dk/" + ")" * 400_000,
        "https://a.dk/" + "&a;" * 150_000,
    ],
    ids=["www", "starts", "brackets", "entities"],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    """Half a megabyte of anything is through at once; a square of it would take minutes."""
    began_s = time.process_time()
    list(find_bare_addresses(text))
    assert time.process_time() - began_s < 10
