r"""Patterns and blanks as Ruby has them: `\s`, `\w`, `\d` and `strip` know ASCII only (pure).

It matters on Danish pages: a no-break space that came along from a word processor is a character
to kramdown, and not a blank.
"""

from __future__ import annotations

import re

BLANKS = " \t\n\r\f\v"


def compile_ruby(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Compile a pattern with Ruby's character classes; `(?u:…)` in it has Unicode's."""
    return re.compile(pattern, flags | re.ASCII)


def is_blank(character: str) -> bool:
    """Say whether a character is a blank; nothing ("") is none."""
    return character != "" and character in BLANKS
