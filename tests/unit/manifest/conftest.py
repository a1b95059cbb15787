"""Records for the tests of the manifest."""

from __future__ import annotations

import pytest

from tests.unit.manifest.records import Make


@pytest.fixture
def make() -> Make:
    """Return what makes records."""
    return Make()
