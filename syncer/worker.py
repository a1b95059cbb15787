"""The worker: stays, and does `run` on schedule.

APScheduler's thread runs the job, one at a time; the main thread only waits for signals. SIGTERM
and SIGINT end a run that is under way, with what is known; SIGHUP reads the settings again, and
keeps the old ones when the new cannot be used.
"""

from __future__ import annotations

import signal
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from syncer.config.schedule import parse_cron
from syncer.errors import ConfigError, ExitCode, RunLocked, SyncerError
from syncer.pipeline.clock import Surroundings
from syncer.pipeline.nightly import NEWEST_COMPLETE, read_remembered
from syncer.pipeline.options import RunParams
from syncer.pipeline.runs import run_nightly
from syncer.pipeline.session import Session, find_output_folder, open_session

# A machine that slept through 03:15 still runs when it wakes in the morning.
GRACE_S = 6 * 60 * 60
# With no success for so long there is a run at start, not only at the next 03:15.
STALE_AFTER = timedelta(hours=20)

_SIGNALS = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})
_JOB = "run"


class Worker:
    """One handbook's schedule: the settings in force, and whether it is to stop."""

    def __init__(self, config: Path | None, *, lang: str | None, verbosity: int) -> None:
        """Read the settings.

        Raises:
            ConfigError: they cannot be used.
        """
        self._config = config
        self._lang = lang
        self._verbosity = verbosity
        self._stop = threading.Event()
        self._session = self._open()
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": GRACE_S},
        )

    def work(self) -> int:
        """Run on schedule until a signal ends it; return the exit code."""
        log = structlog.get_logger("syncer.worker")
        # Before any thread starts, so that each inherits it and `sigwait` alone gets the signals.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        try:
            self._plan(at_start=self._is_stale())
            self._scheduler.start()
            log.info("worker-started", next_run=self._tell_next())
            while (number := signal.sigwait(_SIGNALS)) == signal.SIGHUP:
                self._reload()
            log.info("worker-stopping", signal=signal.Signals(number).name)
            self._stop.set()
            self._scheduler.shutdown(wait=True)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return int(ExitCode.OK)

    def _open(self) -> Session:
        return open_session(self._config, lang=self._lang, verbosity=self._verbosity)

    def _plan(self, *, at_start: bool) -> None:
        schedule = self._session.loaded.settings.schedule
        self._scheduler.add_job(
            self._run,
            parse_cron(schedule.cron, schedule.timezone),
            id=_JOB,
            replace_existing=True,
            # None would mean "paused": the key must be absent to take the schedule's own time.
            **({"next_run_time": datetime.now(UTC)} if at_start else {}),
        )

    def _is_stale(self) -> bool:
        last = read_remembered(find_output_folder(self._session), NEWEST_COMPLETE)
        return last is None or datetime.now(UTC) - last.run.finished_at > STALE_AFTER

    def _tell_next(self) -> str | None:
        job = self._scheduler.get_job(_JOB)
        return None if job is None or job.next_run_time is None else job.next_run_time.isoformat()

    def _reload(self) -> None:
        log = structlog.get_logger("syncer.worker")
        try:
            self._session = self._open()
        except ConfigError as error:
            log.error("settings-refused", problems=list(error.problems))
            return
        self._plan(at_start=False)
        log.info("settings-read", next_run=self._tell_next())

    def _run(self) -> None:
        """Do one run; what goes wrong with it is logged, and the worker stays."""
        log = structlog.get_logger("syncer.worker")
        params = RunParams(config=self._config, lang=self._lang, verbosity=self._verbosity)
        around = Surroundings(sleep=self._sleep, stop=self._stop)
        try:
            manifest, _ = run_nightly(self._session, params, around)
        except RunLocked as error:
            log.warning("run-skipped", text=str(error))
        except SyncerError as error:
            log.error("run-failed", text=str(error), code=int(error.exit_code))
        else:
            log.info("run-done", complete=manifest.run.complete, next_run=self._tell_next())

    def _sleep(self, seconds: float) -> None:
        """Wait, but no longer than until the worker is to stop."""
        self._stop.wait(seconds)


def work(*, config: Path | None, lang: str | None, verbosity: int) -> int:
    """Run on schedule until a signal ends it; return the exit code.

    Raises:
        ConfigError: the settings cannot be used.
    """
    return Worker(config, lang=lang, verbosity=verbosity).work()
