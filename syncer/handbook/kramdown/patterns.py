r"""Patterns and blanks as Ruby has them: `\s`, `\w`, `\d` and `strip` know ASCII only (pure).

On Danish pages this matters: kramdown does not treat a no-break space from a word processor as a
blank.
"""

from __future__ import annotations

import re

BLANKS = " \t\n\r\f\v"


def compile_ruby(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Compile a pattern with Ruby's character classes; `(?u:…)` in it has Unicode's."""
    return re.compile(pattern, flags | re.ASCII)


def is_blank(character: str) -> bool:
    """Return whether a character is a blank; False for ""."""
    return character != "" and character in BLANKS
