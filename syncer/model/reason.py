"""Reasons: codes with arguments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

ArgValue: TypeAlias = str | int | float | bool | tuple[str, ...] | None
Args: TypeAlias = Mapping[str, ArgValue]


@dataclass(frozen=True, slots=True)
class Reason:
    """An explanation: a stable kebab-case code and the values that its sentence needs."""

    code: str
    args: Args = field(default_factory=dict)
