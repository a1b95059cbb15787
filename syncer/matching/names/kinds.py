"""The kinds of document a row promises: "udviklings-, drifts- og projektsamarbejder" (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from syncer.matching.names.danish import fold
from syncer.matching.names.records import NEGATIONS, Name, Word
from syncer.matching.names.wordbook import Wordbook
from syncer.model.handbook import ResourceRow

_MAX_TEXT: Final = 1_000
_MAX_KINDS: Final = 12
_ITEM: Final = r"[^\W\d_][\w]{1,60}-?"
_AND: Final = r"(?:\s+(?:og/eller|og|eller|samt|&)\s+|\s*/\s*)"
_LIST: Final = re.compile(
    rf"(?<![\w-])({_ITEM}(?:(?:\s*,\s*|{_AND}){_ITEM})*)\s*,?{_AND}({_ITEM})(?![\w-])"
)
_COMMAS: Final = re.compile(
    rf"(?<![\w-])({_ITEM}(?:\s*,\s*{_ITEM})+)\s*,\s*({_ITEM})(?![\w-])(?!\s*,)"
)
"""A list of at least three items without "og"."""
_BETWEEN: Final = re.compile(rf",|{_AND}")
_NUMBERING: Final = re.compile(r"(?:(?<=[\s,;(])|^)\(?\d{1,2}[.)]\s+")
_PERHAPS: Final = re.compile(r"(?<!\w)(?:evt\.|eventuelt|måske)\s+")
_SENTENCE: Final = re.compile(r"[.;:!?\n](?=\s|$)")
_FOR: Final = re.compile(
    r"(?:^|([^\W\d_]+)\s+)(?:(?:til|for|om|på|vedrørende|vedr\.?|inden for"
    r"|(?<=vejledninger )i|(?<=instrukser )i|(?<=kurser )i)\s+|\()$"
)
_NAMING: Final = re.compile(
    r"(?:^|\s)(?:herunder|fx|f\.eks\.|såsom|bl\.a\.|inkl\.|inklusive|dækker|omfatter|indeholder"
    r"|både|eksempelvis|som|for eksempel|henholdsvis|hhv\.|enten)\s+$"
)
_EXAMPLES: Final = frozenset(
    (
        "eksempl", "eksempel", "materiale", "dokument", "udgave", "version", "variant", "typ",
        "form", "omraad", "emn",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind that a row promises: its dictionary form, its stem, and its form folded."""

    name: str
    stem: str
    text: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A list in a name or a sentence: its kinds, each item in full, and the list as written."""

    kinds: tuple[Kind, ...]
    written_out: tuple[str, ...]
    text: str


def find_kinds(book: Wordbook, row: ResourceRow, name: Name) -> tuple[Kind, ...]:
    """Return the kinds a ToDo or collection row promises, in the row's order; () for none.

    The description's list counts before the name's (`docs/contract.md`, "Verdicts").
    """
    if not (row.todo or name.plural):
        return ()
    listed = _find_in_description(book, row.description, plural=name.plural)
    if listed is None:
        listed = find_in_name(book, row.name, name)
    return listed.kinds if listed is not None else ()


def find_in_name(book: Wordbook, text: str, name: Name) -> Listed | None:
    """Return the list in a plural name ("Kontrakt- og samarbejdsskabeloner"), or None."""
    found = _LIST.search(text[:_MAX_TEXT].lower()) if name.plural else None
    if found is None:
        return None
    last = fold(found[2])
    word = Word(last, book.stem(last))
    promised = _promises(book, text[: found.start()].lower().lstrip(), whole=False)
    is_list = _is_suspended(found) or promised or book.is_document_kind(word)
    return _read_list(book, found) if is_list or book.read_word(last)[1] else None


def _find_in_description(book: Wordbook, description: str, *, plural: bool) -> Listed | None:
    """Return the first list in a description that names kinds of the promised document.

    Such a list follows the plural of a kind of document ("aftaler for …") or a word like
    "herunder", or is the whole sentence of a plural row. Other lists (topics, readers) are none.
    """
    text = _PERHAPS.sub("", _NUMBERING.sub("", description[:_MAX_TEXT].lower()))
    for sentence in _SENTENCE.split(text):
        for found in (*_LIST.finditer(sentence), *_COMMAS.finditer(sentence)):
            before = sentence[: found.start()].lstrip()
            if _promises(book, before, whole=plural and found[0] == sentence.strip()):
                return _read_list(book, found)
    return None


def _promises(book: Wordbook, before: str, *, whole: bool) -> bool:
    if not before:
        return whole
    if _NAMING.search(before):
        return True
    led = _FOR.search(before)
    if led is None or led[1] is None:
        return led is not None
    noun = fold(led[1])
    word = Word(noun, book.stem(noun))
    kind = book.is_document_kind(word) or book.read_word(noun)[1] or word.stem in _EXAMPLES
    return kind and (book.is_plural(noun) or noun.endswith("er"))


def _items(found: re.Match[str]) -> list[str]:
    return [item.strip() for item in _BETWEEN.split(found[1]) if item.strip()] + [found[2]]


def _is_suspended(found: re.Match[str]) -> bool:
    return any(item.endswith("-") for item in _items(found))


def _read_list(book: Wordbook, found: re.Match[str]) -> Listed:
    """Read the items of a list; those with a suspended hyphen get the last item's head."""
    items = _items(found)[:_MAX_KINDS]
    head = _head_of(book, items[-1]) if any(item.endswith("-") for item in items) else ""
    kinds: list[Kind] = []
    written: list[str] = []
    for number, item in enumerate(items, start=1):
        bare = item.removesuffix("-")
        written.append(bare + head if item.endswith("-") else bare)
        if head and number == len(items):
            bare = bare[: -len(head)]
        text, _ = book.read_word(fold(bare))
        as_written = text in ("", fold(bare))
        kinds.append(_build_kind(book, bare if as_written else text, joined=bool(head)))
    return Listed(tuple(kinds), tuple(written), found[0])


def _head_of(book: Wordbook, compound: str) -> str:
    """Return the last part of a compound as written, "" when it is unknown."""
    for start in range(3, len(compound) - 2):
        rest = fold(compound[start:])
        if book.read_word(rest) == ("", True) or book.lemma(rest) is not None:
            return compound[start:]
    return ""


def _build_kind(book: Wordbook, raw: str, *, joined: bool) -> Kind:
    """Build a kind in its dictionary form as far as the vocabulary has it."""
    if joined:
        raw = raw[: len(raw) - len(fold(raw)) + len(book.strip_joint(fold(raw)))]
    text = fold(raw)
    stem = book.stem(text)
    end, lemma = text, book.lemma(text)
    parts = book.split(text) if lemma is None else None
    if parts is not None:
        end, lemma = parts[1], book.lemma(parts[1])
    if lemma is not None and lemma.startswith(end):
        raw += lemma[len(end) :]
    elif lemma is not None and end.startswith(lemma):
        raw = raw[: len(raw) - (len(end) - len(lemma))]
    return Kind(raw, stem, fold(raw))


def holds_kind(book: Wordbook, kind: Kind, words: Iterable[Word]) -> bool:
    """Return whether words name a kind, alone or as the first part of a compound."""
    return any(
        word.preposition not in NEGATIONS
        and (
            word.stem == kind.stem
            or (word.text.startswith(kind.stem) and _begins_with(book, kind, word.text))
        )
        for word in words
    )


def _begins_with(book: Wordbook, kind: Kind, compound: str) -> bool:
    parts = book.split(compound)
    return parts is not None and book.is_first_part(parts[0], kind.text)
