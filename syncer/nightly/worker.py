"""The worker: stays, and does `run` on schedule.

APScheduler's thread runs the job, one at a time; the main thread waits for signals and watches the
clock. SIGTERM and SIGINT end a run that is under way, with what is known; a second one ends the
process. SIGHUP reads the settings again, and keeps the old ones when the new cannot be used.
"""

from __future__ import annotations

import signal
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from syncer.config.schedule import parse_cron
from syncer.errors import ConfigError, ExitCode, RunLocked, SyncerError
from syncer.log import end_run, set_up_log
from syncer.nightly.earlier_runs import NEWEST_COMPLETE, read_remembered
from syncer.nightly.last_run import GRACE, is_stale
from syncer.nightly.run import run_nightly
from syncer.nightly.session import Session, find_output_folder, open_session
from syncer.nightly.systemd import find_watchdog_s, notify
from syncer.pipeline.options import RunParams
from syncer.surroundings import Surroundings

# How often the main thread looks up. APScheduler waits on a clock that stands still while the
# machine sleeps; each look makes it count the time that is left anew.
TICK_S = 30.0
# A step of the clock of more than this is no correction: it was set, or the machine slept.
_JUMP_S = 60.0
# A run of this length is stuck: the watchdog gets no more signs of life.
_LONGEST_RUN_S = 6 * 60 * 60

_SIGNALS = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})
_JOB = "run"
_CATCH_UP = "catch-up"


class Worker:
    """One handbook's schedule: the settings in force, and whether it is to stop."""

    def __init__(
        self, config: Path | None, *, lang: str | None, verbosity: int, tick_s: float = TICK_S
    ) -> None:
        """Read the settings.

        Raises:
            ConfigError: they cannot be used.
        """
        self._config = config
        self._lang = lang
        self._verbosity = verbosity
        watchdog_s = find_watchdog_s()
        self._tick_s = tick_s if watchdog_s is None else min(tick_s, watchdog_s / 3)
        self._stop = threading.Event()
        self._busy_since: float | None = None
        self._clock_offset_s = _measure_clock()
        self._session = self._open()
        self._began_s: float | None = None
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            # One thread: runs follow each other in the order in which they fell due.
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={
                "coalesce": True,
                "max_instances": 1,
                "misfire_grace_time": int(GRACE.total_seconds()),
            },
        )

    def work(self) -> int:
        """Run on schedule until a signal ends it; return the exit code."""
        log = structlog.get_logger("syncer.nightly.worker")
        # Before any thread starts, so that each inherits it and the main thread alone gets them.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        try:
            self._plan()
            if self._is_stale():
                self._catch_up(time.monotonic())
            self._scheduler.start()
            log.info("worker-started", next_run=self._tell_next())
            notify("READY=1", f"STATUS={self._tell_state()}")
            number = self._watch()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        log.info("worker-stopping", signal=signal.Signals(number).name)
        notify("STOPPING=1")
        self._stop.set()
        self._scheduler.shutdown(wait=True)
        return int(ExitCode.OK)

    def _watch(self) -> int:
        """Wait for the signal that ends the worker, looking up now and then; return it."""
        while True:
            received = signal.sigtimedwait(_SIGNALS, self._tick_s)
            if received is None:
                self._look_up()
            elif received.si_signo == signal.SIGHUP:
                self._reload()
            else:
                return received.si_signo

    def _look_up(self) -> None:
        """Follow the clock where it has jumped, and give a sign of life."""
        offset_s = _measure_clock()
        jump_s = offset_s - self._clock_offset_s
        self._clock_offset_s = offset_s
        if abs(jump_s) > _JUMP_S:
            # Planned anew: after a step back the next run would be days ahead, and after a sleep
            # longer than the grace the missed one would not be made up for.
            asked_s = time.monotonic()
            wanted = self._is_due() or self._is_stale()
            self._plan()
            if wanted and self._busy_since is None:
                self._catch_up(asked_s)
            structlog.get_logger("syncer.nightly.worker").warning(
                "clock-jumped", seconds=round(jump_s), next_run=self._tell_next()
            )
        else:
            self._scheduler.wakeup()
        if not self._is_stuck():
            notify("WATCHDOG=1", f"STATUS={self._tell_state()}")

    def _is_stuck(self) -> bool:
        return self._busy_since is not None and time.monotonic() - self._busy_since > _LONGEST_RUN_S

    def _open(self) -> Session:
        return open_session(self._config, lang=self._lang, verbosity=self._verbosity)

    def _plan(self) -> None:
        schedule = self._session.loaded.settings.schedule
        self._scheduler.add_job(
            self._run,
            parse_cron(schedule.cron, schedule.timezone),
            id=_JOB,
            replace_existing=True,
        )

    def _catch_up(self, asked_s: float) -> None:
        """Run as soon as may be, unless the schedule has begun a run since `asked_s` (monotonic).

        The scheduler's own thread may find the same run due in the same moment: asked before it
        was looked for, and begun in the order of falling due, it is the one that stays.
        """
        self._scheduler.add_job(
            self._run, id=_CATCH_UP, replace_existing=True, kwargs={"asked_s": asked_s}
        )

    def _is_due(self) -> bool:
        job = self._scheduler.get_job(_JOB)
        return job is not None and job.next_run_time <= datetime.now(UTC)

    def _is_stale(self) -> bool:
        last = read_remembered(find_output_folder(self._session), NEWEST_COMPLETE)
        return is_stale(None if last is None else last.run.finished_at, datetime.now(UTC))

    def _tell_next(self) -> str | None:
        """Return when the next run is due; None where the schedule has none (30 February)."""
        job = self._scheduler.get_job(_JOB)
        return None if job is None else job.next_run_time.isoformat()

    def _tell_state(self) -> str:
        if self._busy_since is not None:
            return "A run is under way"
        return f"Next run {self._tell_next() or 'never'}"

    def _reload(self) -> None:
        """Read the settings again; a run that is under way keeps those it began with."""
        log = structlog.get_logger("syncer.nightly.worker")
        old = self._session
        try:
            new = self._open()
        except ConfigError as error:
            # Reading them has set up the log anew, without the secrets that are still in use.
            set_up_log(verbosity=self._verbosity, redactor=old.redactor)
            log.error("settings-refused", problems=list(error.problems))
            return
        for secret in old.secrets.values():
            new.redactor.add(secret)
        self._session = new
        self._plan()
        notify(f"STATUS={self._tell_state()}")
        log.info("settings-read", next_run=self._tell_next())

    def _run(self, asked_s: float | None = None) -> None:
        """Do one run; what goes wrong with it is logged, and the worker stays.

        One that was asked for at a time is not needed when another has begun since.

        Asks the scheduler nothing: its `shutdown` holds its lock while it waits for this.
        """
        log = structlog.get_logger("syncer.nightly.worker")
        if self._stop.is_set():
            # It fell due while another was being ended, and would only say that nothing was read.
            return
        if asked_s is not None and self._began_s is not None and self._began_s >= asked_s:
            log.info("run-not-needed")
            return
        self._began_s = time.monotonic()
        # One that somebody started by hand is waited for: the night's run is not lost to it.
        params = RunParams(
            config=self._config, lang=self._lang, verbosity=self._verbosity, wait=True
        )
        self._busy_since = time.monotonic()
        try:
            manifest, _ = run_nightly(
                self._session, params, Surroundings(sleep=self._sleep, stop=self._stop)
            )
        except RunLocked as error:
            log.warning("run-skipped", text=str(error))
        except SyncerError as error:
            log.error("run-failed", text=str(error), code=int(error.exit_code))
        else:
            log.info("run-done", complete=manifest.run.complete)
        finally:
            self._busy_since = None
            end_run()

    def _sleep(self, seconds: float) -> None:
        """Wait, but no longer than until the worker is to stop."""
        self._stop.wait(seconds)


def _measure_clock() -> float:
    """Return how far the time of day is ahead of the clock that nobody sets, in seconds."""
    return time.time() - time.monotonic()


def work(*, config: Path | None, lang: str | None, verbosity: int) -> int:
    """Run on schedule until a signal ends it; return the exit code.

    Raises:
        ConfigError: the settings cannot be used.
    """
    return Worker(config, lang=lang, verbosity=verbosity).work()
