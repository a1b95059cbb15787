"""Where a handbook's nightly stands: what `syncer status` and the worker judge by (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from syncer.errors import ExitCode
from syncer.manifest.document import StatusManifest
from syncer.model.reason import Reason
from syncer.store.health import Health

# A run that was due is waited for so long: a machine that slept through 03:15 runs in the morning.
GRACE = timedelta(hours=6)
# With no success for so long the worker runs at its start, not only at the next 03:15.
STALE_AFTER = timedelta(hours=20)
# Clocks of two machines differ, and are set; a run that is further ahead was made by a wrong one.
_AHEAD = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """What to answer, and what to say beside what the newest manifest itself says.

    Attributes:
        code: `OK`, the newest run is in time and complete; `INCOMPLETE`, in time but something
            could not be looked at; `FINDINGS`, there is none in time, or the newest failed.
        last: when the newest run was that left a manifest; its result follows.
        more: what else there is to say, in order.
    """

    code: ExitCode
    last: Reason
    more: tuple[Reason, ...]


def is_stale(last_success: datetime | None, now: datetime) -> bool:
    """Tell whether the last complete run is too long ago, was never, or is ahead of the clock."""
    return last_success is None or not -_AHEAD < now - last_success < STALE_AFTER


def judge_standing(
    newest: StatusManifest | None,
    health: Health | None,
    expected_at: datetime | None,
    now: datetime,
) -> Standing:
    """Judge by what the runs have left.

    Args:
        newest: the manifest of the newest run that left one; None: there is none.
        health: of the newest run of all; None: unknown.
        expected_at: when the run after `newest` is due by the schedule; None: never.
        now: aware.
    """
    if newest is None:
        attempt = tuple(_tell_attempt(newest, health))
        return Standing(ExitCode.FINDINGS, Reason("status-never-run"), attempt)
    attempt = tuple(_tell_attempt(newest, health))
    failed = any(line.code == "status-run-failed" for line in attempt)
    ahead = newest.run.finished_at - now > _AHEAD
    late = expected_at is not None and now > expected_at + GRACE
    code = ExitCode.OK if newest.run.complete else ExitCode.INCOMPLETE
    more = list(attempt)
    if ahead:
        more.append(Reason("status-ahead-of-clock"))
    if expected_at is not None:
        due = {"at": expected_at.isoformat()}
        more.append(Reason("status-overdue", due) if late else Reason("status-next", due))
    return Standing(
        ExitCode.FINDINGS if failed or late or ahead else code,
        _tell_age(newest.run.finished_at, now),
        tuple(more),
    )


def _tell_age(finished_at: datetime, now: datetime) -> Reason:
    """Say when, and how long ago in the unit that fits; of a run just now only when."""
    minutes = max(int((now - finished_at).total_seconds() // 60), 0)
    hours = minutes // 60
    args: dict[str, int | str] = {"at": finished_at.isoformat()}
    if minutes == 0:
        return Reason("status-last-run", args)
    if hours < 2:
        args["minutes"] = minutes
    elif hours < 48:
        args["hours"] = hours
    else:
        args["days"] = hours // 24
    return Reason("status-last-run", args)


def _tell_attempt(newest: StatusManifest | None, health: Health | None) -> Iterator[Reason]:
    """Say how the newest run went, where the newest manifest is not of it."""
    if health is None or (newest is not None and health.started_at <= newest.run.started_at):
        return
    if health.finished_at is None:
        yield Reason(
            "status-run-not-ended",
            {"at": health.started_at.isoformat(), "process": health.process},
        )
    elif health.problem is not None:
        yield Reason(
            "status-run-failed",
            {
                "at": health.started_at.isoformat(),
                "code": health.exit_code,
                "problem": health.problem,
            },
        )
