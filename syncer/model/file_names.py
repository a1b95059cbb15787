"""What Windows can store as a name, and names that every system can ("Naming Files, …")."""

from __future__ import annotations

import hashlib
import re

from syncer.model.normal_forms import normalize

FORBIDDEN_CHARACTER = re.compile(r'[<>:"\\|?*]')
CONTROL_CHARACTER = re.compile(r"[\x00-\x1f\x7f-\x9f]")
RESERVED_NAMES = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
    | {f"{device}{number}" for device in ("COM", "LPT") for number in "123456789¹²³"}
)
MAX_NAME_UNITS = 255

# Linux allows 255 bytes; the mark and the ending of a version that is set aside come on top.
_MAX_BYTES = 200
_MAX_SUFFIX = 12
_MARK_DIGITS = 6
_MAX_SLUG = 60


def make_safe_name(name: str) -> str:
    """Return a name that Windows and Linux can store, and that is not hidden.

    One that had to be changed gets a mark made of the whole name, so that two names stay two.
    """
    safe = CONTROL_CHARACTER.sub("_", FORBIDDEN_CHARACTER.sub("_", name.replace("/", "_")))
    safe = normalize("NFC", safe).rstrip(" .")
    # A surrogate stands for a byte that is not UTF-8.
    safe = safe.encode("utf-8", "replace").decode()
    if (
        safe.startswith(".")
        or not safe
        or safe.partition(".")[0].rstrip().upper() in RESERVED_NAMES
    ):
        safe = f"_{safe}"
    is_long = len(safe.encode()) > _MAX_BYTES
    return safe if safe == name and not is_long else mark_name(safe, name)


def make_slug(text: str) -> str:
    """Return a text as a short name: lower case, words joined by hyphens; "" for no letters."""
    words = re.findall(r"[^\W_]+", normalize("NFC", text).lower())
    slug = "-".join(words)[:_MAX_SLUG].rstrip("-")
    return f"{slug}-" if slug.upper() in RESERVED_NAMES else slug


def mark_name(name: str, seed: str) -> str:
    """Return a name with a mark before its suffix, by which it differs from its like.

    Args:
        name: a safe one.
        seed: what the mark is made of.
    """
    stem, dot, suffix = name.rpartition(".")
    if not dot or not stem or len(suffix) > _MAX_SUFFIX:
        stem, suffix = name, ""
    digest = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:_MARK_DIGITS]
    ending = f"~{digest}" + (f".{suffix}" if suffix else "")
    room = _MAX_BYTES - len(ending.encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .") + ending
