"""Pages with conditions that only the build decides: they are read with and without them."""

from __future__ import annotations

import pytest

from syncer.handbook.kramdown.page import parse_page
from syncer.model.handbook import PageText
from tests.unit.handbook.kramdown.test_recorded_pages import describe


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "IF\n<!--\nEND\n\n# A\n\n[a](a.md)\n\nIF\n-->\nEND\n\n# B\n\n[b](b.md)\n",
            [
                "13 h1 #b 'B'",
                "ids a",
                "#a may be left out",
                "7:1-10 link 'a.md' 'a' §None may be left out",
                "15:1-10 link 'b.md' 'b' §B",
            ],
        ),
        (
            "# A\n\nIF\n# A\n\n[a](a.md)\nEND\n\n# A\n\n[b](b.md)\n",
            [
                "1 h1 #a 'A'",
                "4 h1 #a-1 'A'",
                "9 h1 #a-2 'A'",
                "#a-2 may be left out",
                "6:1-10 link 'a.md' 'a' §A may be left out",
                "11:1-10 link 'b.md' 'b' §A",
            ],
        ),
        (
            "IF\n```\nEND\n# A\n[a](a.md)\nIF\n```\nEND\n# B\n[b](b.md)\n",
            [
                "9 h1 #b 'B'",
                "ids a",
                "#a may be left out",
                "5:1-10 link 'a.md' 'a' §None may be left out",
                "10:1-10 link 'b.md' 'b' §B",
            ],
        ),
        (
            "| R | P |\n|---|---|\n| A | [a](a.md) |\nIF| B | [b](b.md) |\nEND| C | [c](c.md) |\n",
            [
                "3:7-16 link 'a.md' 'a' §None",
                "4:17-26 link 'b.md' 'b' §None may be left out",
                "5:18-27 link 'c.md' 'c' §None",
                "1:1-5:29 table ('R', 'P') §None True",
                "3:3-4 'A' 'A' 0",
                "3:7-16 'a' '[a](a.md)' 1",
                "4:13-14 'B' 'B' 0",
                "4:17-26 'b' '[b](b.md)' 1",
                "5:14-15 'C' 'C' 0",
                "5:18-27 'c' '[c](c.md)' 1",
            ],
        ),
        (
            "IF| R | P |\n|---|---|\n{% else %}| X | Y |\n|---|---|\nEND| C | [c](c.md) |\n",
            [
                "5:18-27 link 'c.md' 'c' §None",
                "1:1-5:29 table ('R', 'P') §None True",
                "3:13-14 'X' 'X' 0",
                "3:17-18 'Y' 'Y' 0",
                "5:14-15 'C' 'C' 0",
                "5:18-27 'c' '[c](c.md)' 1",
            ],
        ),
        (
            "{% capture n %}[k](k.md)\n\n# K\n{% endcapture %}\n[l](l.md)\n{{ n }}\n",
            ["1:16-25 link 'k.md' 'k' §None may be left out", "5:1-10 link 'l.md' 'l' §None"],
        ),
        (
            "---\nrender_with_liquid: false\n---\nIF[a](a.md)END\n",
            ["4:11-20 link 'a.md' 'a' §None"],
        ),
        (
            "---\nrender_with_liquid: true\n---\n{% if false %}[a](a.md)ENDIF[b](b.md)END\n",
            ["4:45-54 link 'b.md' 'b' §None may be left out"],
        ),
        (
            "* t\n{:toc}\n\nIF\n# A\nEND\n\n## B\n",
            [
                "5 h1 #a 'A'",
                "8 h2 #b 'B'",
                "ids markdown-toc markdown-toc-a markdown-toc-b",
                "#a may be left out",
                "#markdown-toc-a may be left out",
            ],
        ),
        (
            "IF<div>END\n\n# A [a](a.md)\n\nIF</div>END\n",
            ["ids a-a", "#a-a may be left out", "3:5-14 link 'a.md' 'a' §None may be left out"],
        ),
    ],
)
@pytest.mark.parametrize("path", ["a.md", "A.MD"])
def test_what_either_reading_has_is_there_and_may_be_left_out(
    text: str, facts: list[str], path: str
) -> None:
    """Its links, headings, ids and tables; what both have is certain, and each is listed once."""
    text = text.replace("IF", "{% if x %}").replace("END", "{% endif %}")
    assert describe(parse_page(PageText(path, text))) == facts
