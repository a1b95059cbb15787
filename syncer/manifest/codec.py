"""Manifest ↔ JSON, and its JSON Schema (pure)."""

from __future__ import annotations

from typing import Any

import msgspec

from syncer.errors import ConfigError
from syncer.manifest.document import SCHEMA_VERSION, StatusManifest

YEARS = range(1970, 9_999)
"""Of a run: at the ends of the calendar no schedule and no time zone can be reckoned with."""

# Of 64 bits, as ids of files are; no spreadsheet takes much larger ones.
_NUMBERS = range(-(1 << 63), 1 << 63)
_SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SCHEMA_ID = f"urn:os2:syncer:status-manifest:{SCHEMA_VERSION}"
_SCHEMA_TITLE = "Status manifest of syncer"
_SCHEMA_DESCRIPTION = (
    "What one audit of a handbook found. A reader of 1.x ignores keys and tolerates values that "
    "it does not know."
)


class ManifestError(ConfigError):
    """A file that is not a manifest of this major version."""


def encode(manifest: StatusManifest) -> bytes:
    """Return a manifest as indented UTF-8 JSON, keys in order, with a newline at the end.

    The same manifest gives the same bytes.

    Raises:
        ManifestError: a text has an unpaired surrogate, which UTF-8 cannot encode.
    """
    try:
        data = msgspec.json.encode(manifest, order="deterministic")
    except UnicodeEncodeError as error:
        raise ManifestError(f"The manifest cannot be written as UTF-8: {error}.") from error
    return msgspec.json.format(data, indent=2) + b"\n"


def decode(data: bytes) -> StatusManifest:
    """Read a manifest of any 1.x: unknown keys are ignored, missing newer ones are null.

    Raises:
        ManifestError: not JSON, truncated, not a manifest, or of another major version.
    """
    try:
        content = msgspec.json.decode(data)
    except (ValueError, RecursionError) as error:  # a ValueError also for text that is not UTF-8
        raise ManifestError(f"This is not a status manifest: no valid JSON ({error}).") from error
    _check_version(content)
    try:
        manifest = msgspec.convert(_drop_unknown_values(content), StatusManifest)
    except (ValueError, RecursionError) as error:
        raise ManifestError(f"This is not a status manifest: {error}.") from error
    run = manifest.run
    if not all(at.year in YEARS for at in (run.started_at, run.finished_at)):
        raise ManifestError(f"This is not a status manifest: its run ended in {run.finished_at}.")
    return manifest


def json_schema() -> bytes:
    """Return the JSON Schema (2020-12) that every manifest written validates against."""
    schema = {
        "$schema": _SCHEMA_DIALECT,
        "$id": _SCHEMA_ID,
        "title": _SCHEMA_TITLE,
        "description": _SCHEMA_DESCRIPTION,
        **msgspec.json.schema(StatusManifest),
    }
    return msgspec.json.format(msgspec.json.encode(schema)) + b"\n"


def _check_version(content: object) -> None:
    version = content.get("schema_version") if isinstance(content, dict) else None
    if not isinstance(version, str):
        raise ManifestError("This is not a status manifest: it has no schema_version.")
    major = SCHEMA_VERSION.partition(".")[0]
    if version.partition(".")[0] != major:
        raise ManifestError(
            f"This status manifest has version {version[:20]!r}; this syncer reads {major}.x. "
            "Use the syncer that wrote it, or a newer one."
        )


def _drop_unknown_values(content: Any) -> Any:
    """Remove arguments of types that only a newer 1.x may have.

    Raises:
        ValueError: a whole number has more than 64 bits.
    """
    if isinstance(content, int) and content not in _NUMBERS:
        raise ValueError(f"it has a number of {content.bit_length()} bits")
    if isinstance(content, list):
        return [_drop_unknown_values(item) for item in content]
    if not isinstance(content, dict):
        return content
    return {
        key: _keep_known_args(value)
        if key == "args" and isinstance(value, dict)
        else _drop_unknown_values(value)
        for key, value in content.items()
    }


def _keep_known_args(args: dict[str, Any]) -> dict[str, Any]:
    return {name: _drop_unknown_values(value) for name, value in args.items() if _is_known(value)}


def _is_known(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(item, str) for item in value)
    return not isinstance(value, dict)
