"""Documents as people write them, made at random: whole blocks, nested and put together."""

from __future__ import annotations

import random

_WORDS = (
    *("Kontrakt", "årsmøde", "Æble", "§ 4", "GDPR/DPIA", "C++", "100 %", "f.eks.", "a_b_c", "it's"),
    *('"citat"', "»gåse«", "–", "--", "...", "&", "&amp;", "&copy;", "<", ">", "🙂", "\u00a0hårdt"),
    *(
        "[klamme]",
        "|",
        "\\|",
        "\\*",
        "\\[",
        "#5",
        "$$x^2$$",
        "`kode`",
        "`a|b`",
        "~~væk~~",
        "{",
        "}",
    ),
    *("https://bar.example/x", "www.x.dk", "x@y.dk", "*HTML*", "_kursiv_", "2*3*4", "**", "No. 1"),
)
_TARGETS = (
    *("bilag.md", "/docs/x.html", "#afsnit", "../a/b", "https://a.example/x?y=1&z=2", "a b.md"),
    *("<a b.md>", "a(b)c", "a%20b", "", "mailto:x@y.dk", "æøå.md", "a|b", "x&amp;y", "x&copy=1"),
)
_TITLES = ("", "", "", ' "titel"', " 'titel'", ' "a | b"', ' "a "b" c"', '\n"ny linje"', ' "t" x')
_NAMES = ("r", "R", "Bilag A", "bilag a", "1", "ukendt", "a_b")
_LISTS = (
    *(
        "{: .note }",
        "{: #i1}",
        "{:#j .a}",
        '{:target="_blank"}',
        "{:ald}",
        "{:.no_toc}",
        "{: #a:b}",
    ),
    *("{: .label .label-green }", '{: id="q"}', "{: }"),
)
_SPANS = (
    *("*{}*", "**{}**", "_{}_", "<b>{}</b>", '<span id="s1">{}</span>', '<a href="/h">{}</a>'),
    *('<a name="n1">{}</a>', "<br>{}", "<!-- [k](o) -->{}", '<img src="i.png" alt="{}">', "<u>{}"),
)
_MARKERS = ("- ", "* ", "1. ", "10. ", "-   ", "1.  ", "- [ ] ", "- [x] {: #t} ")
_FENCES = (
    ("```", "```"),
    ("~~~", "~~~~"),
    ("``` ruby", "```"),
    ("````", "```"),
    ("~~~~ a b", "~~~"),
)
_ENDS = """
[r]: /ref "t"
[bilag a]: <bil ag.md>
[1]: en.md

*[GDPR]: forordning

[^1]: Note [n](m).

    Mere med [x](y).
"""


class Writer:
    """Writes documents; the same chance gives the same ones."""

    def __init__(self, chance: random.Random) -> None:
        """Take the chance."""
        self._chance = chance

    def document(self) -> str:
        """Write a document of some blocks."""
        blocks = [self._block(0) for _ in range(self._chance.randint(1, 6))]
        return self._pick("\n\n", "\n\n", "\n").join(blocks) + "\n" + self._pick(_ENDS, "")

    def _pick(self, *choices: str) -> str:
        return self._chance.choice(choices)

    def _text(self, most: int, depth: int = 0) -> str:
        return " ".join(self._span(depth) for _ in range(self._chance.randint(1, most)))

    def _line(self, most: int) -> str:
        return self._text(most).replace("\n", " ")

    def _span(self, depth: int) -> str:
        kind = self._chance.randrange(14 if depth < 3 else 5)
        target = self._pick(*_TARGETS) + self._pick(*_TITLES)
        name = self._pick(*_NAMES)
        match kind:
            case 5 | 6:
                return f"[{self._text(2, depth + 1)}]({target})"
            case 7:
                return f"![{self._text(1, depth + 1)}]({target})"
            case 8:
                return f"[![{self._pick(*_WORDS)}]({target})]({self._pick(*_TARGETS)})"
            case 9:
                return self._pick(f"[{name}]", f"[x][{name}]", f"[{name}][]", f"![x][{name}]")
            case 10:
                return self._pick(*_SPANS).format(self._text(2, depth + 1))
            case 11:
                return self._pick("[^1]", "[^ukendt]", "<https://a.example/æ>", "<x@y.example>")
            case 12:
                return self._pick(*_WORDS) + self._pick("  \n", "\\\n", "\n") + self._pick(*_WORDS)
            case 13:
                return f"[x]({self._pick(*_TARGETS)})" + self._pick(*_LISTS)
            case _:
                return self._pick(*_WORDS)

    def _block(self, depth: int) -> str:
        kind = self._chance.randrange(12 if depth < 3 else 6)
        match kind:
            case 0 | 1:
                return self._heading()
            case 2:
                return f"{self._text(8)}\n{self._pick(*_LISTS)}"
            case 3:
                return self._table()
            case 4:
                opening, closing = self._chance.choice(_FENCES)
                return f"{opening}\n# nej [x](y)\n{closing}"
            case 6 | 7:
                return self._list(depth)
            case 8:
                inside = self._block(depth + 1).replace("\n", "\n> ")
                return self._pick("{: .warning }\n", "") + f"> {inside}"
            case 9:
                return self._html(depth)
            case 10:
                return self._pick("* Indhold\n{:toc}", "1. x\n{:toc #indhold}", "{:ald: #ald .x}")
            case 11:
                return self._definitions(depth)
            case _:
                return self._text(8)

    def _heading(self) -> str:
        text = self._pick(
            self._line(4), self._line(4), "Bilag", "Bilag-1", "1. Formål", "Åben & fri"
        )
        marks = "#" * self._chance.randint(1, 6)
        return self._pick(
            f"{marks} {text}",
            f"{marks} {text} {marks}",
            f"{marks} {text} {{#h{self._chance.randint(1, 3)}}}",
            f"{marks}{text}",
            f"{text}\n{self._pick('===', '---')}",
            f"{marks} {text}\n{self._pick(*_LISTS)}",
        )

    def _list(self, depth: int) -> str:
        marker = self._pick(*_MARKERS)
        lines = []
        for _ in range(self._chance.randint(1, 3)):
            body = self._pick(self._text(4), self._heading(), f"{self._text(2)}\n{{:#p}}")
            if self._chance.random() < 0.4:
                body += self._pick("\n", "\n\n") + self._block(depth + 1)
            lines.append(marker + body.replace("\n", "\n" + " " * len(marker)))
        return self._pick("\n", "\n\n").join(lines)

    def _definitions(self, depth: int) -> str:
        lines = [self._pick("", "{:toc}\n", "{: #dl}\n") + self._pick("Begreb", "[b](c)\nTo")]
        for _ in range(self._chance.randint(1, 3)):
            body = self._pick(self._text(3), f"{self._text(2)}\n{{: #dd}}", self._block(depth + 1))
            lines.append(self._pick("", "", "\n") + ": " + body.replace("\n", "\n  "))
        return "\n".join(lines) + "\n"

    def _table(self) -> str:
        width = self._chance.randint(1, 3)

        def row() -> str:
            return "| " + " | ".join(self._line(2) for _ in range(width)) + self._pick(" |", "")

        rule = self._pick("|---" * width + "|", "|:--|", "| === |", "---|---")
        rows = [row() for _ in range(self._chance.randint(0, 2))]
        return "\n".join([*rows, rule, *(row() for _ in range(self._chance.randint(0, 3)))])

    def _html(self, depth: int) -> str:
        tag = self._pick("div", "details", "section", "p", "table", "figure", "nav", "aside", "pre")
        how = self._pick("", ' markdown="1"', ' markdown="block"', ' class="x"', ' id="hx"')
        inside = self._pick(
            self._line(3),
            f"\n{self._block(depth + 1)}\n",
            f"\n<summary>{self._line(2)}</summary>\n\n{self._block(depth + 1)}\n",
            f'<a href="{self._pick("/x", "y.md", "a&amp;b")}">x</a>',
        )
        return f"<{tag}{how}>{inside}</{tag}>"
