"""Whether the last nightly is in time and complete, for `syncer status` and the worker (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from syncer.errors import ExitCode
from syncer.manifest.counts import counts_in_headlines
from syncer.manifest.document import StatusManifest
from syncer.model.findings import Severity
from syncer.model.reason import Reason
from syncer.report.view.annotations import name_finding
from syncer.report.words import Lang
from syncer.store.health import Health

# A run may be this late: a machine that slept through 03:15 runs in the morning.
GRACE = timedelta(hours=6)
# After this time without a complete run the worker runs when it starts, not only at 03:15.
STALE_AFTER = timedelta(hours=20)
# Clocks differ a little; a run further ahead than this was made with a wrong clock.
_AHEAD = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class NightlyStatus:
    """The result of `syncer status`, beside what the newest manifest itself says.

    Attributes:
        code: `OK`: the newest run is in time and complete. `INCOMPLETE`: in time, but something
            could not be looked at, or its result could not be delivered.
            `FINDINGS`: none is in time, or the newest failed.
        last: when the newest run with a manifest was.
        more: further lines, in order.
    """

    code: ExitCode
    last: Reason
    more: tuple[Reason, ...]


def is_stale(last_success: datetime | None, now: datetime) -> bool:
    """Return whether the last complete run is too old, missing, or ahead of the clock."""
    return last_success is None or not -_AHEAD < now - last_success < STALE_AFTER


def judge_nightly(
    newest: StatusManifest | None,
    health: Health | None,
    expected_at: datetime | None,
    now: datetime,
    refused: Sequence[Reason] = (),
    *,
    lang: Lang = Lang.DA,
) -> NightlyStatus:
    """Return the status of the nightly.

    Args:
        newest: the newest manifest; None: there is none.
        health: of the newest run, with or without a manifest; None: unknown.
        expected_at: when the schedule wants the run after `newest`; None: never.
        now: aware.
        refused: one line for each channel that takes no notices.
        lang: of the reports, whose name for the oldest error is used.
    """
    attempt = tuple(_describe_attempt(newest, health))
    if newest is None:
        return NightlyStatus(ExitCode.FINDINGS, Reason("status-never-run"), attempt)
    failed = any(line.code == "status-run-failed" for line in attempt)
    ahead = newest.run.finished_at - now > _AHEAD
    late = expected_at is not None and now > expected_at + GRACE
    undelivered = (*refused, *_describe_upload(newest))
    sound = newest.run.complete and not undelivered
    code = ExitCode.OK if sound else ExitCode.INCOMPLETE
    more = [*attempt, *_describe_oldest_error(newest, lang), *undelivered]
    more += _describe_length(newest, expected_at)
    if ahead:
        more.append(Reason("status-ahead-of-clock"))
    if expected_at is not None:
        due = {"at": expected_at.isoformat()}
        more.append(Reason("status-overdue", due) if late else Reason("status-next", due))
    return NightlyStatus(
        ExitCode.FINDINGS if failed or late or ahead else code,
        _describe_age(newest.run.finished_at, now),
        tuple(more),
    )


def _describe_age(finished_at: datetime, now: datetime) -> Reason:
    """Return when a run ended, and its age in a fitting unit; no age within a minute."""
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


def _describe_attempt(newest: StatusManifest | None, health: Health | None) -> Iterator[Reason]:
    """Yield how the newest run went, unless the newest manifest is of it."""
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


def _describe_upload(newest: StatusManifest) -> Iterator[Reason]:
    for finding in newest.findings:
        if finding.code == "publish-failed":
            yield Reason("status-publish-failed", {"target": finding.subject})


def _describe_oldest_error(newest: StatusManifest, lang: Lang) -> Iterator[Reason]:
    """Yield the error that has been there for longest, of those that headlines count."""
    errors = [
        finding
        for finding in newest.findings
        if finding.severity == Severity.ERROR and counts_in_headlines(finding)
    ]
    for oldest in sorted(errors, key=lambda one: (one.first_seen_at, one.id))[:1]:
        at = oldest.first_seen_at.isoformat()
        subject = name_finding(newest, oldest, lang=lang)
        yield Reason("status-oldest-error", {"subject": subject, "at": at})


def _describe_length(newest: StatusManifest, expected_at: datetime | None) -> Iterator[Reason]:
    """Yield a warning when a run takes more than half of the time until the next one."""
    took = newest.run.finished_at - newest.run.started_at
    if expected_at is not None and took > (expected_at - newest.run.started_at) / 2:
        yield Reason("status-slow-run", {"minutes": int(took.total_seconds() // 60)})
