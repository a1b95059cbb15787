"""XML parts of documents: well-formed or not, and whether there is anything to read in one.

No tree is built, no entity is resolved, no DTD fetched. A DOCTYPE is refused, but for the one that
OpenOffice.org wrote into its lists of parts: it declares nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from syncer.documents.archive import Archive
from syncer.documents.faults import Broken, OverLimit

# The parser keeps a tag, a comment or a DOCTYPE in memory until it ends.
MAX_TAG_BYTES = 2 << 20
# lxml keeps each name for ever. Documents of office programs have some hundreds.
MAX_NAMES = 5_000
# Two for each entry that an archive may have, in the lists of its parts.
MAX_LISTED = 20_000
# All parts of a document together, each time that one is read: some seconds. A page of text has
# less than a thousand.
MAX_READ_ELEMENTS = 3_000_000
# A part that has so many elements before its first word is not blank to a person.
MAX_ELEMENTS = 500_000
# A DOCTYPE that only names a DTD. In plain ASCII, so that no encoding can hide a declaration in it.
_PLAIN_DOCTYPE = re.compile(
    rb"""\s*(?:<\?xml[\w\s.="'-]*\?>\s*)?<!DOCTYPE\s+[\w:.-]+\s+"""
    rb"""(?:PUBLIC\s+"[\w\s./:-]*"|SYSTEM)\s+"[\w./:-]*"\s*>"""
)
_DOCTYPE_WITHIN_BYTES = 1_024
_PAGE_NUMBERS = frozenset({"page-number", "page-count"})
_COUNTED = re.compile(r"[^\W\d_]+\W*\0")


class _FoundError(Exception):
    """Ends a search at the first content."""


def says_more(label: str) -> bool:
    """Return whether a label says more than the number of its page, a NUL, with a word each."""
    return re.search(r"\w", _COUNTED.sub("", label)) is not None


def _judge_none(_name: str, _attributes: Mapping[str, str]) -> None:
    """Return None, so that the list decides."""


@dataclass(frozen=True, slots=True)
class PartContent:
    """What counts as content of a part; names are without namespace.

    Attributes:
        elements: those that are content by being there: pictures, fields, controls.
        text_in: the elements whose text counts; None for all.
        within: the element in which alone anything counts; None for the whole part.
        plain: those that show nothing by themselves; of all others nobody knows.
        formatting: those that show nothing with everything inside.
        filled: attributes that are content where they are not empty.
        labels: elements whose text, with a NUL for each page number, may say no more than that.
        says_more: whether such a text does.
        judge: whether an element shows nothing with these attributes; None is by `plain`.
    """

    elements: frozenset[str]
    plain: frozenset[str]
    text_in: frozenset[str] | None = None
    within: str | None = None
    formatting: frozenset[str] = frozenset()
    filled: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    says_more: Callable[[str], bool] = says_more
    judge: Callable[[str, Mapping[str, str]], bool | None] = field(default=_judge_none)


class _Strict:
    """A target that refuses a DOCTYPE, and notes what is kept of a part.

    Attributes:
        names: of elements, attributes, namespaces and instructions.
        elements: how many began.
        may_have_doctype: whether the DOCTYPE of this part is harmless.
    """

    def __init__(self, names: set[str]) -> None:
        self.names = names
        self.elements = 0
        self.may_have_doctype = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.names.add(tag)
        self.names.update(attributes)

    def start_ns(self, prefix: str, uri: str) -> None:
        self.names.update((prefix, uri))

    def pi(self, target: str, _data: str | None = None) -> None:
        self.names.add(target)

    def doctype(self, *_: object) -> None:
        if not self.may_have_doctype:
            raise Broken("document-part-broken")

    def close(self) -> None:
        """End, as lxml expects of a target."""


class _Visitor(_Strict):
    """A target that passes on each element."""

    def __init__(self, names: set[str], visit: Callable[[str, dict[str, str]], None]) -> None:
        super().__init__(names)
        self._visit = visit

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        if self.elements > MAX_LISTED:
            raise OverLimit
        self._visit(_strip(tag), attributes)


class _Search(_Strict):
    """A target that raises `_FoundError` at the first content.

    Attributes:
        is_plain: whether it has met only elements that show nothing.
    """

    def __init__(self, names: set[str], content: PartContent) -> None:
        super().__init__(names)
        self._content = content
        self._open: list[str] = []
        self._depth_within = 0
        self._depth_formatting = 0
        self._label = ""
        self.is_plain = True

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        name = _strip(tag)
        self._open.append(name)
        self._depth_within += name == self._content.within
        self._depth_formatting += name in self._content.formatting
        if not self._is_within:
            return
        values = strip_names(attributes)
        is_filled = any(values.get(one) for one in self._content.filled)
        if is_filled or name in self._content.elements or self.elements > MAX_ELEMENTS:
            raise _FoundError
        if name in _PAGE_NUMBERS:
            self._label += "\0"
        judged = self._content.judge(name, values)
        listed = self._depth_formatting > 0 or name in self._content.plain
        self.is_plain &= listed if judged is None else judged

    def end(self, _tag: str) -> None:
        name = self._open.pop()
        self._depth_within -= name == self._content.within
        self._depth_formatting -= name in self._content.formatting
        if name in self._content.labels and self._content.labels.isdisjoint(self._open):
            self.is_plain &= not self._content.says_more(self._label)
            self._label = ""

    def data(self, text: str) -> None:
        text_in = self._content.text_in
        if self._content.labels:
            self._label += text if self._open[-1] in self._content.labels else ""
        if self._is_within and text.strip() and (text_in is None or self._open[-1] in text_in):
            raise _FoundError

    @property
    def _is_within(self) -> bool:
        return self._content.within is None or self._depth_within > 0


def check_part(archive: Archive, part: str) -> None:
    """Read an XML part to its end.

    Raises:
        Broken: it is missing, damaged or not well-formed.
        OverLimit: it would take too much memory.
    """
    _parse(archive, part, _Strict(archive.xml_names))


def visit_part(archive: Archive, part: str, visit: Callable[[str, dict[str, str]], None]) -> None:
    """Call `visit` with name and attributes of each element; raises as `check_part` does."""
    _parse(archive, part, _Visitor(archive.xml_names, visit))


def visit_list(archive: Archive, part: str, visit: Callable[[str, dict[str, str]], None]) -> None:
    """Do as `visit_part`, in a part whose DOCTYPE may name a DTD, which is not fetched."""
    head = archive.read_start(part, _DOCTYPE_WITHIN_BYTES)
    target = _Visitor(archive.xml_names, visit)
    target.may_have_doctype = _PLAIN_DOCTYPE.match(head) is not None
    _parse(archive, part, target)


def has_content(archive: Archive, part: str, content: PartContent) -> bool | None:
    """Return whether a part has any content; None where it has what may show something.

    Raises as `check_part` does.
    """
    search = _Search(archive.xml_names, content)
    try:
        _parse(archive, part, search)
    except _FoundError:
        return True
    return False if search.is_plain else None


def _parse(archive: Archive, part: str, target: Any) -> None:
    parser: Any = etree.XMLParser(
        target=target, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    seen = waiting_bytes = 0
    try:
        for chunk in archive.read_chunks(part):
            parser.feed(chunk)
            waiting_bytes = waiting_bytes + len(chunk) if target.elements == seen else 0
            seen = target.elements
            if waiting_bytes > MAX_TAG_BYTES or len(target.names) > MAX_NAMES:
                raise OverLimit
            if archive.xml_elements + target.elements > MAX_READ_ELEMENTS:
                raise OverLimit
        parser.close()
    except (etree.LxmlError, Broken) as error:
        raise Broken("document-part-broken", part) from error
    finally:
        archive.xml_elements += target.elements
        archive.run_names.update(target.names)


def strip_names(attributes: Mapping[str, str]) -> dict[str, str]:
    """Return attributes by their names without namespace."""
    return {_strip(name): value for name, value in attributes.items()}


def _strip(tag: str) -> str:
    return tag.rpartition("}")[2]
