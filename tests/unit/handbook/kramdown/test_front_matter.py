"""The YAML at the top of a page: its values, where the text begins, and why it cannot be read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from syncer.handbook.kramdown import front_matter
from syncer.handbook.kramdown.front_matter import FrontMatter, split_front_matter
from syncer.model.reason import Reason


@pytest.mark.parametrize(
    ("text", "values", "rest"),
    [
        ("---\na: 0x10\n---\nx", {"a": 16}, "x"),
        ("---  \t\na: 1\n...  \nx", {"a": 1}, "x"),
        ("---\na: 1\n---", {"a": 1}, ""),
        ("---\n---\n---\nx", {}, "---\nx"),
        ("---\n\n---\nx", {}, "x"),
        ("---\na: |\n  ---\n---\nx", {"a": "---\n"}, "x"),
        ("---\na: b---\n--- \nx", {"a": "b---"}, "x"),
        ("---\n7: x\ntrue: y\nnull: z\n---\n", {"7": "x", "True": "y", "None": "z"}, ""),
        ("---\na: 2026-01-02\nb: [x, 1.5]\n---\n", {"a": date(2026, 1, 2), "b": ["x", 1.5]}, ""),
        ("---\na: &b x\nc: *b\n---\n", {"a": "x", "c": "x"}, ""),
        ("---\na: 1\n", {}, "---\na: 1\n"),
        ("---\na: 1\n ---\n", {}, "---\na: 1\n ---\n"),
        ("--- x\na: 1\n---\n", None, "--- x\na: 1\n---\n"),
        (" ---\na: 1\n---\n", None, " ---\na: 1\n---\n"),
        ("\n---\na: 1\n---\n", None, "\n---\na: 1\n---\n"),
        ("---", None, "---"),
        ("", None, ""),
    ],
)
def test_front_matter_is_what_jekyll_takes_for_it(
    text: str, values: dict[str, Any] | None, rest: str
) -> None:
    """One that nothing closes has no values; keys are texts."""
    assert split_front_matter(text) == FrontMatter(values, len(text) - len(rest))


NOT_YAML, TOO_BIG = "front-matter-not-yaml", "front-matter-too-big"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("a: [\n", Reason(NOT_YAML, {"line": 3})),
        ("a: b\nc: d: e\n", Reason(NOT_YAML, {"line": 3})),
        ("a: !ruby/object:X {}\n", Reason(NOT_YAML, {"line": 2})),
        ('a: "\\ud800"\n', Reason(NOT_YAML, {"line": 2})),
        ('a: b\nc: "x\\udfff"\n', Reason(NOT_YAML, {"line": 3})),
        ("a: 2026-13-45\n", Reason(NOT_YAML, {"line": 1})),
        ("? [a]\n: b\n", Reason(NOT_YAML, {"line": 2})),
        ("a: \x01\n", Reason(NOT_YAML, {"line": 1})),
        ("- a\n", Reason("front-matter-not-mapping")),
        ("a\n", Reason("front-matter-not-mapping")),
    ],
)
def test_what_is_no_front_matter_says_why(content: str, reason: Reason) -> None:
    """With the line on the page; it has no values then, and the text begins behind it."""
    text = f"---\n{content}---\nx"
    assert split_front_matter(text) == FrontMatter({}, len(text) - 1, reason)


@pytest.mark.parametrize(
    ("content", "more"),
    [
        (f"a: {'x' * 16_380}\n", "\n"),
        (f"a: &b x\n{''.join(f'c{n}: *b{chr(10)}' for n in range(12))}", "d: *b\n"),
        (f"a: {'[' * 50}{']' * 50}\n", f"b: {'[' * 51}{']' * 51}\n"),
        (f"a: {'[' * 50}{']' * 50}\n", f"b: {'{' * 51}{'}' * 51}\n"),
        (f"a: {'7' * 400}\n", f"b: {'7' * 401}\n"),
        (f"a: {'7' * 398}.5\n", f"b: {'7' * 399}.5\n"),
        ("a: 1:59:59\n", f"b: 1{':59' * 140}\n"),
    ],
    ids=["length", "aliases", "lists", "mappings", "digits", "fractions", "base 60"],
)
def test_front_matter_is_read_up_to_its_bounds(content: str, more: str) -> None:
    """Of length, aliases, nesting and digits; with more of any it is too big."""
    assert split_front_matter(f"---\n{content}---\n").problem is None
    found = split_front_matter(f"---\n{content}{more}---\n")
    too_big = Reason(TOO_BIG, {"characters": len(content) + len(more)})
    assert found == FrontMatter({}, len(content) + len(more) + 8, too_big)


def test_a_star_that_names_nothing_is_no_alias() -> None:
    """In text, or before a blank."""
    text = "a: x*y\nb: '**'\nc: \"a * b\"\n" + "d: a*b\n" * 20
    assert not front_matter._is_too_big(text)
    for before in (" ", "[", "{", ",", ":", "-", "\n"):
        assert front_matter._is_too_big(f"{before}*a" * 13)
        assert not front_matter._is_too_big(f"{before}*a" * 12)
