"""One sentence in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """A template in Danish and in English; both fill their gaps from the same arguments."""

    da: str
    en: str
