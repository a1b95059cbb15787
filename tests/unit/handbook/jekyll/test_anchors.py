"""Which pages have ids that only a build can tell."""

from __future__ import annotations

import pytest

from syncer.handbook.jekyll.anchors import _makes_ids


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
        ("${{ secrets.X }} i en tekst", False),
    ],
)
def test_liquid_that_may_make_ids(text: str, expected: bool) -> None:
    """Includes, loops and values in headings may; conditions, links and raw text do not."""
    assert _makes_ids(text) is expected


def test_verbatim_without_end_takes_linear_time() -> None:
    """A page of openings only is read once, not once for each."""
    assert not _makes_ids("{% raw %}" * 50_000)
