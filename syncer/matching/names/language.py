"""Language marks in a folded name: "(EN)", "_da", "på engelsk" (pure)."""

from __future__ import annotations

import re
from typing import Final

_LANGUAGE: Final = re.compile(
    r"[\[({]\s*(da|dk|en|uk|gb|us|eng|se|sv|no|nb|de|fr|es|fi|nl|is|fo|ua|pl|ar|ru)\s*[\])}]"
    r"|(?<=[^\W_])[-_.](da|dk|en|uk|gb|eng|se|sv|no|nb|de|fr|ua|pl)\s*$"
    r"|(?<=[^\W_]) (da|dk|en|uk|eng|ua)[\s_-]*$"
    r"|^\s*(da|dk|en|uk|gb|eng|se|sv|no|de|fr)\s*$"
)
_BOTH: Final = re.compile(
    r"(?<![^\W_])(?:(?:da|dk|dansk)(?:[ _]og[ _]|[-+&/_ ]+)(?:en|uk|eng|engelsk)"
    r"|(?:en|uk|eng|engelsk)(?:[ _]og[ _]|[-+&/_ ]+)(?:da|dk|dansk))(?![^\W_])"
)
"""A document in the handbook's language and another one: "DK og EN"."""
LANGUAGE_WORDS: Final = {
    "engelsk": "en", "engelske": "en", "english": "en", "svensk": "sv", "svenske": "sv",
    "norsk": "no", "norske": "no", "tysk": "de", "tyske": "de", "deutsch": "de", "fransk": "fr",
    "franske": "fr", "dansk": "da", "danske": "da", "danish": "da", "groenlandsk": "kl",
    "faeroesk": "fo", "finsk": "fi", "spansk": "es", "translation": "en",
    "ukrainsk": "ua", "ukrainske": "ua", "polsk": "pl", "polske": "pl", "arabisk": "ar",
    "arabiske": "ar", "russisk": "ru", "tyrkisk": "tr", "rumaensk": "ro", "italiensk": "it",
    "hollandsk": "nl", "somali": "so", "farsi": "fa", "kinesisk": "zh",
}  # fmt: skip
_CODES: Final = {"dk": "da", "uk": "en", "gb": "en", "us": "en", "eng": "en", "se": "sv",
          "nb": "no"}  # fmt: skip


def remove_language(text: str) -> tuple[str, str | None]:
    """Return a folded name without its first language mark, and the mark as written or None.

    Source of all forms: our choice, from how offices and repositories mark translations.
    """
    text = _BOTH.sub(" ", text)
    found = _LANGUAGE.search(text)
    if found is None:
        return text, None
    return text[: found.start()] + " " + text[found.end() :], next(filter(None, found.groups()))


def code_of(language: str | None) -> str | None:
    """Return the code of a language mark or name; None for Danish, as for none."""
    code = _CODES.get(language or "", language)
    return None if code == "da" else code
