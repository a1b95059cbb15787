"""XML parts of documents: well-formed or not, and whether there is anything to read in one.

No tree is built, no entity is resolved, and a DOCTYPE is refused: no office program writes one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from lxml import etree

from syncer.documents.faults import Broken

# A part that has so many elements before its first word is not blank to a person.
MAX_EVENTS = 500_000


class _FoundError(Exception):
    """Ends a search at the first content."""


@dataclass(frozen=True, slots=True)
class PartContent:
    """What counts as content of a part; names are without namespace.

    Attributes:
        elements: those that are content by being there: pictures, fields, controls.
        text_in: the elements whose text counts; None for all.
        within: the element in which alone anything counts; None for the whole part.
    """

    elements: frozenset[str]
    text_in: frozenset[str] | None = None
    within: str | None = None


class _Strict:
    """A target that refuses a DOCTYPE and does nothing else."""

    def doctype(self, *_: object) -> None:
        raise Broken("document-part-broken")

    def close(self) -> None:
        """End, as lxml expects of a target."""


class _Visitor(_Strict):
    """A target that passes on each element."""

    def __init__(self, visit: Callable[[str, dict[str, str]], None]) -> None:
        self._visit = visit

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._visit(_strip(tag), attributes)


class _Search(_Strict):
    """A target that raises `_FoundError` at the first content."""

    def __init__(self, content: PartContent) -> None:
        self._content = content
        self._open: list[str] = []
        self._depth_within = 0
        self._events = 0

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        name = _strip(tag)
        self._events += 1
        self._open.append(name)
        self._depth_within += name == self._content.within
        if self._is_within and (name in self._content.elements or self._events > MAX_EVENTS):
            raise _FoundError

    def end(self, tag: str) -> None:
        self._depth_within -= _strip(tag) == self._content.within
        self._open.pop()

    def data(self, text: str) -> None:
        text_in = self._content.text_in
        if self._is_within and text.strip() and (text_in is None or self._open[-1] in text_in):
            raise _FoundError

    @property
    def _is_within(self) -> bool:
        return self._content.within is None or self._depth_within > 0


def check_part(chunks: Iterable[bytes], part: str) -> None:
    """Read an XML part to its end; raises `Broken` when it is not well-formed."""
    _parse(chunks, _Strict(), part)


def visit_part(
    chunks: Iterable[bytes], part: str, visit: Callable[[str, dict[str, str]], None]
) -> None:
    """Call `visit` with name and attributes of each element; raises as `check_part` does."""
    _parse(chunks, _Visitor(visit), part)


def has_content(chunks: Iterable[bytes], part: str, content: PartContent) -> bool:
    """Return whether a part has any content; raises as `check_part` does."""
    try:
        _parse(chunks, _Search(content), part)
    except _FoundError:
        return True
    return False


def _parse(chunks: Iterable[bytes], target: Any, part: str) -> None:
    parser: Any = etree.XMLParser(
        target=target, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for chunk in chunks:
            parser.feed(chunk)
        parser.close()
    except (etree.LxmlError, Broken) as error:
        raise Broken("document-part-broken", part) from error


def _strip(tag: str) -> str:
    return tag.rpartition("}")[2]
