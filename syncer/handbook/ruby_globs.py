"""Patterns of file names as Ruby reads them (`File.fnmatch`, `Dir.glob`), without braces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_REPEATED = re.compile(r"(?:\*\*/+)+")
_FEWEST_STEPS = 10**8
_STEPS_AN_ENTRY = 100_000
_NOTHING = r"(?!)"


def translate(pattern: str) -> str:
    r"""Return the regular expression of a pattern for `fullmatch`, where `*` crosses folders.

    A backslash takes the sign after it as it is, also within brackets. Brackets without a sign
    in them match none, and those without an end make the whole pattern match nothing.
    """
    # The texts between the stars.
    texts, at = [""], 0
    while at < len(pattern):
        sign, at = pattern[at], at + 1
        if sign == "*":
            texts.append("")
        elif sign == "?":
            texts[-1] += "."
        elif sign == "[":
            brackets, at = _read_brackets(pattern, at)
            texts[-1] += brackets
        elif sign == "\\" and at < len(pattern):
            texts[-1] += re.escape(pattern[at])
            at += 1
        elif sign != "\\":
            texts[-1] += re.escape(sign)
    first, *others = texts
    if not others:
        return f"(?s:{first})"
    # The first place of a text is as good as any later one: trying all would take without end.
    between = "".join(f"(?>.*?{text})" for text in others[:-1] if text)
    return f"(?s:{first}{between}.*{others[-1]})"


def take_too_long(patterns: Iterable[str], paths: Iterable[str]) -> bool:
    """Return whether patterns cost more than in proportion to the folders and files of the paths.

    What follows a star is tried at every place of a path, and of every folder on its way. Source:
    our choice; a site's patterns have some hundred signs, and 1,000 take a tenth of this.
    """
    signs = sum(len(pattern) for pattern in patterns if "*" in pattern)
    entries = places = 0
    for path in paths if signs else ():
        depth = path.count("/") + 1
        entries += depth
        places += depth * len(path)
    return signs * places > max(_FEWEST_STEPS, _STEPS_AN_ENTRY * entries)


def _read_brackets(pattern: str, at: int) -> tuple[str, int]:
    """Return the expression of the brackets whose content begins at `at`, and where they end."""
    negated = pattern[at : at + 1] in ("!", "^")
    at += negated
    ranges: list[str] = []
    while at < len(pattern):
        if pattern[at] == "]":
            inside = "".join(ranges)
            if not inside:
                return "." if negated else _NOTHING, at + 1
            return f"[{'^' if negated else ''}{inside}]", at + 1
        first, at = _read_sign(pattern, at)
        last = first
        if pattern[at : at + 1] == "-" and pattern[at + 1 : at + 2] not in ("]", ""):
            last, at = _read_sign(pattern, at + 1)
        # The ends of a range that runs backwards match all the same.
        ends = (first, last) if first <= last else (first, first)
        ranges.append(f"{re.escape(ends[0])}-{re.escape(ends[1])}")
        ranges += [re.escape(last)] if first > last else []
    return _NOTHING, at


def _read_sign(pattern: str, at: int) -> tuple[str, int]:
    at += pattern[at] == "\\" and at + 1 < len(pattern)
    return pattern[at], at + 1


def find_paths(pattern: str, folders: frozenset[str], entries: Iterable[str]) -> Iterator[str]:
    """Yield the paths that `Dir.glob` finds: `*` within a folder, `**/` across them.

    Hidden folders and files are found by name only. A `/` at the end asks for folders.
    """
    cleaned = re.sub("/{2,}", "/", _REPEATED.sub("**/", pattern))
    pieces = cleaned.rstrip("/").split("/")
    # `**` crosses folders only before a slash.
    crosses = [piece == "**" for piece in pieces]
    crosses[-1] = crosses[-1] and cleaned.endswith("/")
    compiled = [re.compile(translate(piece)) for piece in pieces]
    for path in entries:
        is_wanted = path in folders or not cleaned.endswith("/")
        if is_wanted and _matches(path.split("/"), pieces, crosses, compiled):
            yield path


def _matches(
    parts: list[str], pieces: list[str], crosses: list[bool], compiled: list[re.Pattern[str]]
) -> bool:
    reached = {0}
    for piece, crossing, pattern in zip(pieces, crosses, compiled, strict=True):
        if not reached:
            return False
        if crossing:
            for at, part in enumerate(parts):
                if at in reached and not part.startswith("."):
                    reached.add(at + 1)
        else:
            reached = {
                at + 1
                for at in reached
                if at < len(parts)
                and (piece.startswith(".") or not parts[at].startswith("."))
                and pattern.fullmatch(parts[at])
            }
    return len(parts) in reached
