"""Which of `page` and `site` a tag of Liquid gives another meaning (pure).

What a file assigns or captures holds after it in the page that includes it; the name of a loop does
not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from syncer.model.handbook import Handbook

# The tag `liquid` has several such statements, one a line.
_RENAMING = re.compile(r"""\{%[^{}%]*?\b(?:for|assign|capture|tablerow)\s+['"]?(page|site)\b""")
_LASTING = re.compile(r"""\{%[^{}%]*?\b(?:assign|capture)\s+['"]?(page|site)\b""")
_INCLUDING = re.compile(r"\{%[^{}%]*?\binclude")


@lru_cache(maxsize=4)  # A page has many links and conditions.
def find_renamed(text: str, lasting: frozenset[str]) -> frozenset[str]:
    """Return which names have another meaning on a page; `lasting`: in what it may include."""
    own = frozenset(_RENAMING.findall(text))
    return own | lasting if lasting and _INCLUDING.search(text) else own


def find_lasting(handbook: Handbook) -> frozenset[str]:
    """Return which names have another meaning after any file that a page may include."""
    texts = (file.text for file in (*handbook.pages, *handbook.texts))
    return frozenset(name for text in texts for name in _LASTING.findall(text))
