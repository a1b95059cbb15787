"""The addresses in an HTML element's attributes that a reader of the page meets (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from syncer.model.handbook import LinkSyntax

# Without those that only programs use. A `srcset` has several addresses.
_LINK, _IMAGE = LinkSyntax.LINK, LinkSyntax.IMAGE
_ADDRESSES: Mapping[str, tuple[tuple[str, LinkSyntax], ...]] = {
    "a": (("href", _LINK),),
    "area": (("href", _LINK),),
    "audio": (("src", _LINK),),
    "embed": (("src", _LINK),),
    "iframe": (("src", _LINK),),
    "img": (("src", _IMAGE), ("srcset", _IMAGE)),
    "input": (("src", _IMAGE),),
    "object": (("data", _LINK),),
    "source": (("src", _LINK), ("srcset", _IMAGE)),
    "track": (("src", _LINK),),
    "video": (("src", _LINK), ("poster", _IMAGE)),
}
_CANDIDATE = re.compile(r"[\s,]*([^\s,]\S*)")


def find_element_links(tag: str, attributes: Mapping[str, str]) -> Iterator[tuple[str, LinkSyntax]]:
    """Yield the addresses of an element as written, each once, in the order of its attributes.

    An attribute without a value is the address "".
    """
    seen: set[str] = set()
    for name, syntax in _ADDRESSES.get(tag, ()):
        if name not in attributes:
            continue
        value = attributes[name]
        for url in _list_candidates(value) if name == "srcset" else (value,):
            if url not in seen:
                seen.add(url)
                yield url, syntax


def _list_candidates(srcset: str) -> Iterator[str]:
    """Yield the addresses of a `srcset`: `small.png 1x, large.png 2x` (HTML, section 4.8.4.2.1)."""
    at = 0
    while found := _CANDIDATE.match(srcset, at):
        url, at = found[1], found.end()
        yield url.rstrip(",")
        if not url.endswith(","):
            # Its descriptors end at the next comma.
            at = srcset.find(",", at) + 1 or len(srcset)
