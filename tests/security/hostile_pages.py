"""Pages that are written to take a parser's time: every kind of opener without its closer."""

from __future__ import annotations

from collections.abc import Callable, Mapping


def _repeat(unit: str) -> Callable[[int], str]:
    return lambda size: unit * (size // len(unit.encode()))


def _nest(opener: str, closer: str) -> Callable[[int], str]:
    def write(size: int) -> str:
        depth = size // (len(opener) + len(closer))
        return opener * depth + closer * depth

    return write


def _number(template: str) -> Callable[[int], str]:
    """Return pages with a new number in each unit."""
    return lambda size: "".join(
        template.format(number) for number in range(size // len(template.format(100_000)))
    )


def _define(size: int) -> str:
    """References, each with its definition at the end of the page."""
    count = size // 40
    links = " ".join(f"[r{number}]" for number in range(count))
    return links + "\n\n" + "".join(f"[r{number}]: /a{number}\n" for number in range(count))


def _misspell_anchors(size: int) -> str:
    count = size // 60
    headings = "".join(f"## Overskrift {number}\n\n" for number in range(count))
    return headings + "".join(f"[x](#overskrift_{number})\n" for number in range(count))


def _grow(unit: str, step: int = 1) -> Callable[[int], str]:
    """Return pages of units, each one longer or shorter than the one before."""

    def write(size: int) -> str:
        count = int((2 * size) ** 0.5)
        lengths = range(1, count) if step > 0 else range(count, 0, step)
        return "".join(unit[0] * length + unit[1:] for length in lengths)

    return write


def _blanks(before: str, after: str) -> Callable[[int], str]:
    return lambda size: before + " " * (size - len(before) - len(after)) + after


PAGES: Mapping[str, Callable[[int], str]] = {
    **{unit: _repeat(unit) for unit in (
        "https://a.dk ", "https://a", "https://a.dk/)", "www.a_b ",
        "<b>https://a.dk", "<img srcset='a, b 1x'>",
        "*a ", "[", "![", "[a](", "_a", "&", "<a@", "<![CDATA[", "{:", "<a ", "<http://a",
        '[a](b "', "{::nomarkdown}", "**a ", "***", "~~a ", "$$", "`", "``a ", "<!--", "<?", "</",
        "<b>", "<b\n", "> ", "- ", "* - + ", "1. ", "|", "| a ", "|-|\n", "[^1]", "[^1]: a\n",
        "*[a]: b\n", "*[a]", "{% raw %}", "{{", "{%", "&#", "&lt", "{#", "{: .a", "# ", "#\n",
        "a\n=", "\\\\",
        "    a\n", "~~~\n", "```\n", ":", ": a\n", "<div>\n", "<a href=", "[a]: <",
        "[a][", "[]()", "'", "--", "...", "<<", "%", "\t", "\n ", "(", "a@b ", "http://a ",
        "==", "![a]",
    )},
    "[[…]]": _nest("[", "]"),
    "[(…)]": _nest("[(", ")]"),
    "*_…_*": _nest("*_", "_*"),
    "<b>…</b>": _nest("<b>", "</b>"),
    "<div>…</div>": _nest("<div>\n", "</div>\n"),
    "> > …": lambda size: "".join("> " * (number % 60) + "a\n" for number in range(size // 64)),
    "lists": lambda size: "".join("  " * (number % 40) + "- a\n" for number in range(size // 44)),
    "![…](u)": _nest("![", "](u)"),
    "![…](u": _nest("![", "](u"),
    "a closing brace far off": _repeat("*a*{:" * 300 + "}x"),
    "an extension's brace far off": _repeat("{::x\n" * 380 + "}"),
    "blanks in a tag": _blanks("<a", ""),
    "blanks in a definition": _blanks("[a]: ", "\n"),
    "blanks in a fence": _blanks("~~~", "a b\n"),
    "a line of almost only dashes": lambda size: "a|b\n" + "-" * size + "x|\n",
    "`a ``a ```a": _grow("`a "),
    "```a ``a `a": _grow("`a ", -1),
    "items deeper and deeper": lambda size: "".join(
        "*" + " " * width + "a\n" for width in range(1, int((2 * size) ** 0.5))
    ),
    "an item far to the right": lambda size: "*" + " " * (size // 2) + "a\n* b\n" * (size // 12),
    "|<code>": _repeat("|<code>"),
    "<x1></x1>": _number("<x{0}></x{0}>"),
    "<b>*": _repeat("<b>*"),
    "tables that fail": _repeat("|a\n{:x: |}\n{:|}\n"),
    "tables of one cell": _repeat("|a\n\n"),
    "footnotes that call the next": lambda size: "[^n0]\n\n" + "".join(
        f"[^n{number}]: a [^n{number + 1}]\n\n" for number in range(size // 24)
    ),
    "text tables": _repeat("x\na|b\n-|-\n[c](d)|e\n"),
    "classes of many definitions": lambda size: "{:a: " + ".b" * 900 + "}\n" + (
        "# a\n{:" + " a" * 900 + "}\n\n"
    ) * (size // 1812),
    "[r1] [r2]": _number("[r{}] "),
    "[r1] [r2] with definitions": _define,
    "[^1] [^2]": _number("[^{0}] "),
    "misspelt anchors": _misspell_anchors,
    "headings of one name": _repeat("# Aftale\n\n"),
    "one long line": _repeat("ord og flere ord, "),
    "ordinary text": _repeat("Et *afsnit* med [et link](side.md) og `kode`.\n\n"),
}  # fmt: skip


_ROWS = "---\n---\n# A\n\n| Ressource | Placering |\n|---|---|\n"
_SHARE = "https://cloud.example.org/s/AbCdEfGhI{0:06}"


def _row_by_row(template: str) -> Callable[[int], str]:
    """Return pages of rows, each with a new number and share."""

    def write(size: int) -> str:
        unit = template.replace("SHARE", _SHARE)
        count = size // len(unit.format(100_000))
        return _ROWS + "".join(unit.format(number) for number in range(count))

    return write


def _ids_beside_shares(size: int) -> str:
    count = size // 120
    shares = " ".join(f"[x]({_SHARE.format(number)})" for number in range(count))
    rows = "".join(
        f"| A {number} | [x](https://cloud.example.org/f/{number}) |\n" for number in range(count)
    )
    return f"---\n---\n# A\n\n{shares}\n\n{_ROWS[8:]}{rows}"


AUDITED: Mapping[str, Callable[[int], str]] = {
    "a share for each row": _row_by_row("| Aftale {0} | [x](SHARE) |\n"),
    "a share for each paragraph": _row_by_row("\n[x](SHARE)\n"),
    "no place beside many shares": _row_by_row(
        "| Aftale {0} | sted |\n\n[x](SHARE)\n\n" + _ROWS[13:]
    ),
    "an id for each row, beside shares": _ids_beside_shares,
    "marks on a row's name": lambda size: (
        f"{_ROWS}| A{(chr(0x301) + chr(0x327)) * (size // 4)} | [x]({_SHARE.format(0)}) |\n"
    ),
    "marks on a place": lambda size: f"{_ROWS}| A | B{(chr(0x301) + chr(0x327)) * (size // 4)} |\n",
}
"""Pages that cost time only after they were read: as rows, places and shares."""
