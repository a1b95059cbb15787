"""Which pages have ids that only a build can tell."""

from __future__ import annotations

import pytest

from syncer.handbook.jekyll.anchors import AnchorIndex, _makes_ids
from syncer.handbook.kramdown.page import parse_page
from syncer.model.handbook import PageText


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Overskrift\n", False),
        ("{% include x.html %}", True),
        ("{%- for a in b -%}", True),
        ("{% if a %}x{% else %}y{% endif %}{% assign a = 1 %}", False),
        ("[a]({% link a.md %}) [b]({{ site.baseurl }}/b)", False),
        ("## {{ page.title }}", True),
        ("## Overskrift\n{: #{{ x }} }", True),
        ('<a id="{{ x }}">', True),
        ("{% raw %}## {{ x }}{% endraw %}", False),
        ("{% comment %}{% include x %}{% endcomment %}", False),
        ("{% raw %}{% include x %}", False),
        ("{% raw %}{% endraw %}{% include x %}", True),
        ("{% include x %}{% raw %}{{ x }}{% endraw %}", True),
        ("${{ secrets.X }} i en tekst", False),
    ],
)
def test_liquid_that_may_make_ids(text: str, expected: bool) -> None:
    """Includes, loops and values in headings may; conditions, links and raw text do not."""
    assert _makes_ids(text) is expected


def test_verbatim_without_end_takes_linear_time() -> None:
    """A page of openings only is read once, not once for each."""
    assert not _makes_ids("{% raw %}" * 50_000)


def index(text: str, *ids: str, incomplete: bool = False, hidden: bool = False) -> AnchorIndex:
    """Return the index of one page, with further ids of its layout."""
    page = parse_page(PageText("a.md", text))
    pages = frozenset({"a.md"})
    return AnchorIndex(
        {"a.md": (page.anchors, frozenset(ids))},
        incomplete=pages if incomplete else frozenset(),
        hidden=pages if hidden else frozenset(),
        based=frozenset(),
        pages={"a.md": page},
        by_id={},
    )


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("mål", True),
        ("m%C3%A5l", True),
        ("a%20b", True),
        ("a b", False),
        ("c d", True),
        ("c%20d", True),
        ("Mål", False),
        ("", False),
        ("x\u200dy", False),
        ("xy", True),
        ("p\u200cq", True),
        ("pq", None),
        ("måske", None),
    ],
)
def test_a_page_has_an_id_as_written_or_decoded(fragment: str, expected: bool | None) -> None:
    """What Ruby or a condition decides is not known."""
    text = "---\n---\n# Mål\n\n{% if side.x %}\n# Måske\n{% endif %}\n"
    found = index(text, "a%20b", "c d", "xy", "p\u200cq")
    assert found.has("a.md", fragment) is expected
    missing = index(text, "a%20b", "c d", "xy", "p\u200cq", incomplete=True)
    assert missing.has("a.md", fragment) is (True if expected else None)


def test_of_another_page_nothing_is_known() -> None:
    """Nor of none; what a hidden page has in a condition is of no account."""
    found = index("# Mål\n")
    assert found.has("b.md", "mål") is found.has(None, "mål") is None
    text = "---\n---\n{% if side.x %}\n# Måske\n{% endif %}\n"
    assert index(text).has("a.md", "måske") is None
    assert index(text, hidden=True).has("a.md", "måske") is True


@pytest.mark.parametrize(
    ("fragment", "meant"),
    [
        ("Vores-mål", "vores-mål"),
        ("voresmål", "vores-mål"),
        ("vores_m%C3%A5l", "vores-mål"),
        ("Om os", "egen"),
        ("dobbelt!", None),
        ("ukendt", None),
    ],
)
def test_what_was_probably_meant(fragment: str, meant: str | None) -> None:
    """The only id that is equal but for case and punctuation, or the heading of that text."""
    text = "# Vores mål\n\n# Om os {#egen}\n\n# A {#dob-belt}\n\n# B {#dobbelt}\n"
    found = index(text)
    assert found.suggest("a.md", fragment) == meant
    assert found.suggest("a.md", fragment) == meant


def test_the_only_page_with_an_id() -> None:
    """Of two neither is meant."""
    found = AnchorIndex(
        {}, frozenset(), frozenset(), frozenset(), {}, {"å": ("a.md",), "b": ("a.md", "b.md")}
    )
    assert [found.find_page(one) for one in ("å", "%C3%A5", "b", "c")] == [
        "a.md",
        "a.md",
        None,
        None,
    ]
