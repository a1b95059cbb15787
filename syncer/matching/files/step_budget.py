"""A budget of steps for comparing rows with names: the same on every machine (pure).

Each group of rows is sure of some steps, whatever the others need: hostile rows and files cannot
keep an ordinary row from being compared. The rest is for whoever needs it first, in the order of
the groups.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from syncer.model.reason import Reason
from syncer.model.shares import Share

# A step takes about a microsecond. An ordinary row takes 2,000, with 100,000 files.
_SURE_STEPS: Final = 5_000
_FREE_STEPS: Final = 10_000_000
_STEPS_PER_ROW: Final = 2_000
_STEPS_PER_FILE: Final = 50
_STEPS_AFTER_STOP: Final = 1_000_000
"""What finishes an ordinary comparison, and ends another one soon."""


class OutOfSteps(Exception):  # noqa: N818 - no error: what was not compared is said of each row
    """What is being compared needs more steps than are left."""


class StepBudget:
    """Counts the steps of comparing the rows of a run with the names of its files.

    Attributes:
        limit: the steps that all have in common, in proportion to the rows and the files.
        stopped: whether the run was asked to stop, so that few steps are left.
    """

    def __init__(self, rows: int, files: int, is_stopped: Callable[[], bool] = bool) -> None:
        """Begin to count; `is_stopped` is asked at each step, and by default never says so."""
        self.limit = _FREE_STEPS + _STEPS_PER_ROW * rows + _STEPS_PER_FILE * files
        self.stopped = False
        self._free = self.limit
        self._sure = 0
        self._is_stopped = is_stopped

    def explain(self) -> Reason:
        """Return why something could not be compared."""
        return Reason("run-stopped" if self.stopped else "not-compared")

    def begin(self) -> None:
        """Begin with the next group or row, which is sure of some steps."""
        self._sure = 0 if self.stopped else _SURE_STEPS

    def spend_after_stop(self, steps: int) -> None:
        """Count steps of what has no limit of its own, but must end soon after a stop.

        Raises:
            OutOfSteps: the run was stopped, and none are left.
        """
        if self.stopped or self._is_stopped():
            self.spend(steps)

    def spend(self, steps: int) -> None:
        """Count steps.

        Raises:
            OutOfSteps: there are none left for what is being compared.
        """
        if not self.stopped and self._is_stopped():
            self.stopped, self._sure = True, 0
            self._free = min(self._free, _STEPS_AFTER_STOP)
        self._sure -= steps
        if self._sure < 0:
            self._free += self._sure
            self._sure = 0
            if self._free < 0:
                raise OutOfSteps


def allow_steps(
    rows: int, shares: Mapping[str, Share], is_stopped: Callable[[], bool] = bool
) -> StepBudget:
    """Return the budget that so many rows and the files of the shares are worth."""
    trees = (share.tree for share in shares.values() if share.tree is not None)
    return StepBudget(rows, sum(len(tree.files) + len(tree.folders) for tree in trees), is_stopped)
