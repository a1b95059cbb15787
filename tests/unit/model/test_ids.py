"""Stable ids."""

from __future__ import annotations

from syncer.model.ids import make_id, number_repeats


def test_an_id_is_a_letter_and_twelve_digits() -> None:
    """And the same for the same parts, today and tomorrow."""
    assert (
        make_id("r", "docs/partnere.md", "Aftale")
        == "r" + make_id("l", "docs/partnere.md", "Aftale")[1:]
    )
    assert make_id("r", "a") == "r4162fddd39a3"


def test_parts_are_kept_apart() -> None:
    """Where one part ends and the next begins matters, and so does their order."""
    ids = {make_id("r", *parts) for parts in (("ab", "c"), ("a", "bc"), ("c", "ab"), ("abc",))}
    assert len(ids) == 4


def test_any_text_has_an_id() -> None:
    """Half a surrogate pair too: a file name may hold one."""
    assert make_id("f", "\udc80") != make_id("f", "\udc81")


def test_repeats_are_numbered_in_their_order() -> None:
    """The first keeps its id; the others get an ordinal."""
    assert number_repeats(["a", "b", "a", "a"]) == ("a", "b", "a-2", "a-3")
    assert number_repeats([]) == ()
