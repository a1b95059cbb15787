"""Records for the tests of the reports."""

from __future__ import annotations

import pytest

from tests.unit.report.records import Make


@pytest.fixture
def make() -> Make:
    """Records with sensible defaults."""
    return Make()
