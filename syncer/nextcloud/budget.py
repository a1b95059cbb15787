"""How many entries the shares of a run may have together, so that they fit in its memory.

Each share is sure of a few, whatever the others have: hostile shares cannot keep an honest one from
being read. The rest is for whoever needs it first.
"""

from __future__ import annotations

import threading

from syncer.errors import Protocol

# A tenth more than the largest audit that was measured, in 1 GB.
MAX_ENTRIES = 1_100_000
# Most shares have fewer. With very many shares it is less, half of everything at most.
SURE_ENTRIES = 10_000
STEP = 1_000
"""How many entries of a listing arrive between two counts."""


class RunBudget:
    """The entries of all shares of a run; usable from several threads."""

    def __init__(self, shares: int, entries: int = MAX_ENTRIES) -> None:
        """Set the sure entries of so many shares aside."""
        self._sure = min(SURE_ENTRIES, entries // (2 * max(shares, 1)))
        self._free = entries - self._sure * shares
        self._lock = threading.Lock()

    def open(self) -> ShareBudget:
        """Return the budget of one of the shares."""
        return ShareBudget(self, self._sure)

    def take(self, most: int) -> int:
        """Grant free entries, at most so many; return how many."""
        with self._lock:
            taken = max(0, min(most, self._free))
            self._free -= taken
            return taken

    def give_back(self, count: int) -> None:
        """Free entries again; less than 0 of them for those that were not asked for."""
        with self._lock:
            self._free += count


class ShareBudget:
    """The entries of one share: those in its tree, and those that are arriving."""

    def __init__(self, run: RunBudget, sure: int) -> None:
        """Begin with the sure entries."""
        self._run = run
        self._granted = sure
        self._kept = 0
        self._arriving = 0
        self._lock = threading.Lock()

    def has_room(self, kept: int) -> bool:
        """Return whether a tree of so many entries may have one more."""
        with self._lock:
            self._kept = kept
            return self._reach(kept + self._arriving + 1)

    def receive(self, count: int) -> None:
        """Count entries that have arrived, until `release`.

        Raises:
            Protocol: "too-big" when there is no room for them; they are not counted then.
        """
        with self._lock:
            if not self._reach(self._kept + self._arriving + count):
                raise Protocol("too-big")
            self._arriving += count

    def release(self, count: int) -> None:
        """Count them no more: they are in the tree now, or refused."""
        with self._lock:
            self._arriving -= count

    def close(self, kept: int) -> None:
        """Return what the share does not keep."""
        with self._lock:
            self._run.give_back(self._granted - kept)
            self._granted = self._kept = kept

    def _reach(self, count: int) -> bool:
        while self._granted < count:
            taken = self._run.take(STEP)
            if not taken:
                return False
            self._granted += taken
        return True
