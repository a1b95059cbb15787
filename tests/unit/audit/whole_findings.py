"""Findings to compare whole: what identifies one, its place, its values and its next step."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from syncer.model.findings import Finding
from tests.unit.audit.world import BASE_URL, World

LINK = f"{BASE_URL}/s/Ab12Cd34"
AFTALER = f"{LINK}?dir=/Aftaler&path=/Aftaler"


def same(world: World, expected: Finding, **observed: Any) -> None:
    """See that the world has that finding; what explains it is another test's."""
    found = [one for one in world.find(**observed) if one.code == expected.code]
    assert replace(found[0], caused_by=None) == expected
    assert len(found) == 1
