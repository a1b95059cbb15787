"""Which notices went out: a tiny file beside the state database.

A mail that could not be handed in is owed: the next run tells again, though nothing is new then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec

from syncer.store.files import write_atomically

FILE_NAME = "notices.json"

_Moment = Annotated[datetime, msgspec.Meta(tz=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One channel: when it last went out (None: never), and whether the last one was lost."""

    at: _Moment | None = None
    owed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """What is remembered, by channel: "mail", "webhook"."""

    channels: Mapping[str, Sent] = field(default_factory=dict)

    def of(self, channel: str) -> Sent:
        """Return what is remembered of a channel; that nothing was ever sent when nothing is."""
        return self.channels.get(channel, Sent())


def load_notices(folder: Path) -> Notices:
    """Return what stands in the state folder; nothing when it is not there or not understood."""
    try:
        return msgspec.json.decode((folder / FILE_NAME).read_bytes(), type=Notices)
    except (OSError, msgspec.DecodeError):
        return Notices()


def save_notices(folder: Path, notices: Notices) -> None:
    """Remember in the state folder.

    Raises:
        StoreError: it cannot be written.
    """
    write_atomically(folder / FILE_NAME, msgspec.json.encode(notices, order="sorted") + b"\n")
