"""The manifests of the golden reports."""

from __future__ import annotations

from pathlib import Path

import msgspec

from syncer.manifest.document import StatusManifest

FOLDER = Path(__file__).parent
NAMES = ("morning", "well", "incomplete", "hostile", "today", "documents")


def read_manifest(name: str) -> StatusManifest:
    """Return a golden manifest."""
    data = (FOLDER / "manifests" / f"{name}.json").read_bytes()
    return msgspec.json.decode(data, type=StatusManifest)
