"""The notices that were sent: a small file in the state folder.

A mail that could not be delivered is owed: the next run sends it, even when nothing is new then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec

from syncer.model.reason import Args
from syncer.store.files import read_state_record, write_atomically

FILE_NAME = "notices.json"

_Moment = Annotated[datetime, msgspec.Meta(tz=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a channel took no notice: the code of a reason with its arguments, and since when."""

    since: _Moment
    code: str
    args: Args = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One channel: when a notice was last sent (None: never), and whether one is owed.

    `refusal` is None when the last try went well.
    """

    at: _Moment | None = None
    owed: bool = False
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """The state of each channel: "mail", "webhook", "ping"."""

    channels: Mapping[str, Sent] = field(default_factory=dict)

    def of(self, channel: str) -> Sent:
        """Return the state of a channel; by default nothing was ever sent."""
        return self.channels.get(channel, Sent())


def load_notices(folder: Path) -> Notices:
    """Return the content of the file; nothing without one, or when it cannot be parsed."""
    return read_state_record(folder / FILE_NAME, Notices) or Notices()


def save_notices(folder: Path, notices: Notices) -> None:
    """Write the file in the state folder.

    Raises:
        StoreError: it cannot be written.
    """
    write_atomically(folder / FILE_NAME, msgspec.json.encode(notices, order="sorted") + b"\n")
