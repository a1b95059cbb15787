"""Kept manifests, and the reports that they must give."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from syncer.manifest.document import StatusManifest

FOLDER = Path(__file__).parent
NAMES = ("morning", "well", "incomplete", "hostile")


def read_manifest(name: str) -> StatusManifest:
    """Return one of the kept manifests."""
    data = (FOLDER / "manifests" / f"{name}.json").read_bytes()
    return msgspec.json.decode(data, type=StatusManifest)


@pytest.fixture(params=NAMES)
def kept(request: pytest.FixtureRequest) -> tuple[str, StatusManifest]:
    """Each kept manifest with its name."""
    name: str = request.param
    return name, read_manifest(name)
