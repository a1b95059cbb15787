"""The golden manifests, one for each test."""

from __future__ import annotations

import pytest

from syncer.manifest.document import StatusManifest
from tests.golden.golden_manifests import NAMES, read_manifest


@pytest.fixture(params=NAMES)
def golden(request: pytest.FixtureRequest) -> tuple[str, StatusManifest]:
    """Each golden manifest with its name."""
    name: str = request.param
    return name, read_manifest(name)
