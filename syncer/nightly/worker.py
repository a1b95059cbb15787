"""The worker: runs the nightly on schedule until it is stopped.

APScheduler's thread runs one job at a time; the main thread waits for signals and watches the
clock. SIGTERM and SIGINT end a run in progress, which writes what it knows; a second one ends the
process. SIGHUP reads the settings again, and keeps the old ones when the new cannot be used.
"""

from __future__ import annotations

import signal
import threading
import time
from datetime import UTC, datetime

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
from syncer.pipeline.options import ConfigChoice, RunParams
from syncer.stopping import STOPS, end_now
from syncer.surroundings import Surroundings

# Interval of the main thread's checks. APScheduler waits on a clock that stops while the machine
# sleeps; each check makes it compute its remaining time again.
TICK_S = 30.0
# A larger step is no correction: the clock was set, or the machine slept.
_JUMP_S = 60.0
# A longer run is stuck: the watchdog gets no more signs of life.
_LONGEST_RUN_S = 6 * 60 * 60

_log = structlog.get_logger("syncer.nightly.worker")
_SIGNALS = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})
_JOB = "run"
_CATCH_UP = "catch-up"


class Worker:
    """One handbook's schedule."""

    def __init__(
        self, config: ConfigChoice, *, lang: str | None, verbosity: int, tick_s: float = TICK_S
    ) -> None:
        """Read the settings; raises `ConfigError` when they cannot be used."""
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
            # One thread: runs follow each other in the order of their due times.
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={
                "coalesce": True,
                "max_instances": 1,
                "misfire_grace_time": int(GRACE.total_seconds()),
            },
        )

    def work(self) -> int:
        """Run on schedule until a signal ends it; return the exit code."""
        # Before any thread starts: all inherit the mask, and only the main thread gets signals.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        try:
            self._plan()
            if self._is_stale():
                self._catch_up(time.monotonic())
            self._scheduler.start()
            _log.info("worker-started", next_run=self._find_next())
            notify("READY=1", f"STATUS={self._describe_state()}")
            number = self._watch()
        finally:
            for second in STOPS:
                signal.signal(second, end_now)
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        _log.info("worker-stopping", signal=signal.Signals(number).name)
        notify("STOPPING=1")
        self._stop.set()
        self._scheduler.shutdown(wait=True)
        return int(ExitCode.OK)

    def _watch(self) -> int:
        """Wait for the signal that ends the worker, with regular checks; return it."""
        while True:
            received = signal.sigtimedwait(_SIGNALS, self._tick_s)
            if received is None:
                self._check_clock()
            elif received.si_signo == signal.SIGHUP:
                self._reload()
            else:
                return received.si_signo

    def _check_clock(self) -> None:
        """Plan again after a jump of the clock, and give a sign of life."""
        offset_s = _measure_clock()
        jump_s = offset_s - self._clock_offset_s
        self._clock_offset_s = offset_s
        if abs(jump_s) > _JUMP_S:
            # After a step back the next run would be days ahead, and after a sleep longer than
            # the grace time the missed run would be dropped.
            asked_s = time.monotonic()
            wanted = self._is_due() or self._is_stale()
            self._plan()
            if wanted and self._busy_since is None:
                self._catch_up(asked_s)
            _log.warning("clock-jumped", seconds=round(jump_s), next_run=self._find_next())
        else:
            self._scheduler.wakeup()
        if not self._is_stuck():
            notify("WATCHDOG=1", f"STATUS={self._describe_state()}")

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
        """Run as soon as possible, unless a run has begun since `asked_s` (monotonic).

        The scheduler's own thread may find the same run due in the same moment; then only one
        of the two is done.
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

    def _find_next(self) -> str | None:
        """Return when the next run is due; None: never, as with 30 February."""
        job = self._scheduler.get_job(_JOB)
        return None if job is None else job.next_run_time.isoformat()

    def _describe_state(self) -> str:
        if self._busy_since is not None:
            return "A run is under way"
        return f"Next run {self._find_next() or 'never'}"

    def _reload(self) -> None:
        """Read the settings again; a run in progress keeps its own."""
        old = self._session
        try:
            new = self._open()
        except ConfigError as error:
            # Reading set up the log without the secrets that are still in use.
            set_up_log(verbosity=self._verbosity, redactor=old.redactor)
            _log.error("settings-refused", problems=list(error.problems))
            return
        for secret in old.secrets.values():
            new.redactor.add(secret)
        self._session = new
        self._plan()
        notify(f"STATUS={self._describe_state()}")
        _log.info("settings-read", next_run=self._find_next())

    def _run(self, asked_s: float | None = None) -> None:
        """Run once; errors are logged, and the worker goes on.

        A run that was requested at `asked_s` is skipped when another has begun since. Makes no
        call to the scheduler, whose `shutdown` holds its lock while it waits for this.
        """
        if self._stop.is_set():
            # Due while another run was being ended: it would read nothing.
            return
        if asked_s is not None and self._began_s is not None and self._began_s >= asked_s:
            _log.info("run-not-needed")
            return
        self._began_s = time.monotonic()
        # Waits for a run that was started by hand.
        params = RunParams(
            config=self._config, lang=self._lang, verbosity=self._verbosity, wait=True
        )
        self._busy_since = time.monotonic()
        try:
            manifest, _ = run_nightly(
                self._session, params, Surroundings(sleep=self._sleep, stop=self._stop)
            )
        except RunLocked as error:
            _log.warning("run-skipped", text=str(error))
        except SyncerError as error:
            _log.error("run-failed", text=str(error), code=int(error.exit_code))
        else:
            _log.info("run-done", complete=manifest.run.complete)
        finally:
            self._busy_since = None
            end_run()

    def _sleep(self, seconds: float) -> None:
        """Wait, at most until the worker stops."""
        self._stop.wait(seconds)


def _measure_clock() -> float:
    """Return the seconds by which the time of day is ahead of the monotonic clock."""
    return time.time() - time.monotonic()
