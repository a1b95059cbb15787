"""A small world for the tests of the findings."""

from __future__ import annotations

import pytest

from tests.unit.audit.world import World


@pytest.fixture
def world() -> World:
    """Return an empty world."""
    return World()
