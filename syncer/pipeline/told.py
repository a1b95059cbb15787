"""What the settings tell the matching: words and pins (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

from syncer.config.settings import MatchingSettings, PinSettings
from syncer.matching.asks import Pin
from syncer.matching.vocabulary import DEFAULT_VOCABULARY, Vocabulary
from syncer.pipeline.scope import normalize_path


def choose_vocabulary(settings: MatchingSettings) -> Vocabulary:
    """Return the built-in words with those of the settings added."""
    added = {
        key.name: getattr(DEFAULT_VOCABULARY, key.name) + getattr(settings, key.name)
        for key in fields(settings)
    }
    return replace(DEFAULT_VOCABULARY, **added)


def list_pins(settings: Sequence[PinSettings]) -> tuple[Pin, ...]:
    """Return the settings' pins, in their order."""
    return tuple(
        Pin(
            name=pin.name,
            page=pin.page,
            share=pin.share,
            path=None if pin.path is None else normalize_path(pin.path),
            file_id=pin.file_id,
        )
        for pin in settings
    )
