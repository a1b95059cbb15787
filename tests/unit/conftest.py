"""What the tests of single modules share."""

from __future__ import annotations

import pytest
import structlog


@pytest.fixture(autouse=True)
def log_everything() -> None:
    """Log every line, whatever an earlier test of this process left out."""
    structlog.reset_defaults()
