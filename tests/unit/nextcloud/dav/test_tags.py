"""The bound on the different tags of an answer."""

from __future__ import annotations

import pytest

from syncer.errors import Protocol
from syncer.nextcloud.dav.tags import MAX_TAG_BYTES, TagBudget
from tests.benchmarks.trees import HEAD, TAIL

ENTRY = b"<d:response><d:href>/it's a \"file\"</d:href><x:y xmlns:x='it\"s>'/></d:response>"


def check(content: bytes, size: int) -> None:
    """Count the tags of a content in chunks of that size."""
    budget = TagBudget()
    for at in range(0, len(content), size):
        budget.check(content[at : at + size])


@pytest.mark.parametrize("size", [1, 7, 64, 65_536])
def test_a_listing_of_any_length_has_few_tags(size: int) -> None:
    """However it is cut, and whatever quotes are in its texts, attributes and comments."""
    check(HEAD.encode() + (ENTRY + b"<!-- it's > -->") * 2_000 + TAIL.encode(), size)


@pytest.mark.parametrize("size", [7, 64, 65_536])
@pytest.mark.parametrize(
    "shape",
    [
        "<{0}/>",
        '<x {0}="">',
        "<x xmlns:{0}='y'>",
        "<?{0}?>",
        "<x a='>' {0}=''>",
        "<?x ' ?><{0}>'",
        "<?x ><!-- ?><{0}/><!-- -->",
        "<![CDATA[><!--]]><{0}/><!-- -->",
        "<x\n{0}=''>",
        "<!--\n-->{0}<{0}/>",
    ],
)
def test_new_names_are_counted_wherever_they_are(shape: str, size: int) -> None:
    """In elements, attributes, namespaces and instructions, also behind an odd quote."""
    names = (f"n{number}" for number in range(MAX_TAG_BYTES // 2))
    with pytest.raises(Protocol, match="entry-too-big"):
        check("".join(map(shape.format, names)).encode(), size)


def test_comments_name_nothing() -> None:
    """However many different ones there are, in one line or several: the parser drops them."""
    check("".join(f"<!--{number}\n<n{number}/>-->" for number in range(3_000)).encode(), 65_536)


def test_one_tag_that_never_ends_is_counted_when_it_does() -> None:
    """Its names are none of the budget's yet: the listing's own bound is for those."""
    budget = TagBudget()
    for number in range(30):
        budget.check(b"<x " if number == 0 else b'a="b" ' * 1_000)
    with pytest.raises(Protocol, match="entry-too-big"):
        budget.check(b">")


@pytest.mark.parametrize("piece", [b"<", b'<"', b"<!--", b"<x '\"", b"<!-- -", b"<?'"])
def test_hostile_markup_takes_time_in_proportion(piece: bytes) -> None:
    """A mebibyte that opens and never closes."""
    try:
        check(piece * ((1 << 20) // len(piece)), 65_536)
    except Protocol:
        return
