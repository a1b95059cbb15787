"""The word that every other word uses: a reason, a code with arguments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

ArgValue: TypeAlias = str | int | float | bool | tuple[str, ...] | None
Args: TypeAlias = Mapping[str, ArgValue]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is as it is: a stable kebab-case code and what it speaks of."""

    code: str
    args: Args = field(default_factory=dict)
