"""The addresses of HTML elements."""

from __future__ import annotations

import pytest

from syncer.handbook.html_links import find_element_links


@pytest.mark.parametrize(
    ("tag", "attributes", "links"),
    [
        ("a", {"href": "x"}, ["x link"]),
        ("a", {"href": ""}, [" link"]),
        ("a", {"name": "x"}, []),
        ("area", {"href": "x"}, ["x link"]),
        ("img", {"src": "a.png", "srcset": "b.png 2x"}, ["a.png image", "b.png image"]),
        ("img", {"src": "a.png", "srcset": "a.png 1x, b.png 2x"}, ["a.png image", "b.png image"]),
        ("source", {"srcset": "a.webp"}, ["a.webp image"]),
        ("source", {"src": "a.mp4"}, ["a.mp4 link"]),
        ("iframe", {"src": "x"}, ["x link"]),
        ("embed", {"src": "x"}, ["x link"]),
        ("object", {"data": "x"}, ["x link"]),
        ("video", {"src": "a.mp4", "poster": "a.png"}, ["a.mp4 link", "a.png image"]),
        ("audio", {"src": "a.mp3"}, ["a.mp3 link"]),
        ("track", {"src": "a.vtt"}, ["a.vtt link"]),
        ("script", {"src": "x"}, []),
        ("p", {"href": "x"}, []),
    ],
)
def test_addresses_are_those_that_a_reader_meets(
    tag: str, attributes: dict[str, str], links: list[str]
) -> None:
    """Each once, as a link or an image."""
    assert [f"{url} {syntax}" for url, syntax in find_element_links(tag, attributes)] == links


@pytest.mark.parametrize(
    ("srcset", "urls"),
    [
        ("a 1x, b 2x", ["a", "b"]),
        ("a 480w,\n  b 800w", ["a", "b"]),
        ("a, b", ["a", "b"]),
        ("a,b 2x", ["a,b"]),
        (" , a 1x,, b", ["a", "b"]),
        ("data:image/png;base64,AA== 1x, b", ["data:image/png;base64,AA==", "b"]),
        ("", []),
        (" , ", []),
    ],
)
def test_candidates_of_a_srcset(srcset: str, urls: list[str]) -> None:
    """A comma belongs to an address unless it ends it (HTML, section 4.8.4.2.1)."""
    assert [url for url, _ in find_element_links("source", {"srcset": srcset})] == urls
