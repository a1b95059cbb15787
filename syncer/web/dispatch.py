"""One look at many addresses: threads ask, one thread decides.

The calling thread holds all state; the threads only send a request and bring back its outcome.
No thread ever waits for a host's manners: what may not be asked yet stays in its host's queue.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from syncer.web.answers import Answer, Failure, WebRequest
from syncer.web.breaker import Breaker
from syncer.web.hosts import Hosts
from syncer.web.link_settings import LinkSettings
from syncer.web.stopwatch import Stopwatch
from syncer.web.tally import RequestTally
from syncer.web.trail import End, Trail, proceed

Fetch = Callable[[WebRequest, float], Answer | Failure]
"""Sends one request within so many seconds, and gives what came of it."""

_GLANCE_S = 0.25
_MAX_PAUSES_PER_ADDRESS = 1
_TOO_MANY_REQUESTS = 429
_UNAVAILABLE = 503


@dataclass(frozen=True, slots=True)
class _Job:
    host: str
    trail: Trail
    began_s: float
    patience_s: float


class Crew:
    """Threads that send requests; they are started as they are needed, and end with the run.

    They are daemons: a run that is told to stop does not wait for a server that dawdles.
    """

    def __init__(self, size: int, fetch: Fetch) -> None:
        """Start no thread yet."""
        self._size = size
        self._fetch = fetch
        self._threads: list[threading.Thread] = []
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[tuple[_Job, Answer | Failure | BaseException]] = (
            queue.SimpleQueue()
        )
        self.running = 0

    @property
    def has_room(self) -> bool:
        """Whether another request may run."""
        return self.running < self._size

    def submit(self, job: _Job) -> None:
        """Have a request sent."""
        self.running += 1
        if self.running > len(self._threads):
            name = f"links-{len(self._threads)}"
            thread = threading.Thread(target=self._work, name=name, daemon=True)
            self._threads.append(thread)
            thread.start()
        self._jobs.put(job)

    def collect(self, timeout_s: float) -> tuple[_Job, Answer | Failure] | None:
        """Take one outcome; None when there is none within `timeout_s`."""
        try:
            job, outcome = (
                self._done.get(timeout=timeout_s) if timeout_s else self._done.get_nowait()
            )
        except queue.Empty:
            return None
        self.running -= 1
        if isinstance(outcome, BaseException):
            raise outcome
        return job, outcome

    def dismiss(self, *, wait: bool) -> None:
        """Let the threads end; `wait` for them when nothing is on its way any more."""
        for _ in self._threads:
            self._jobs.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                self._done.put((job, self._fetch(job.trail.ask, job.patience_s)))
            except BaseException as error:  # noqa: BLE001 - raised again where it is collected
                self._done.put((job, error))


class Dispatcher:
    """Leads trails to their ends, with manners."""

    def __init__(
        self,
        crew: Crew,
        hosts: Hosts[Trail],
        breaker: Breaker,
        settings: LinkSettings,
        watch: Stopwatch,
        stop: threading.Event,
        tally: RequestTally,
    ) -> None:
        """Take what a look needs; one dispatcher serves one look, the tally all of a run."""
        self._crew = crew
        self._hosts = hosts
        self._breaker = breaker
        self._settings = settings
        self._watch = watch
        self._stop = stop
        self._tally = tally
        self._ended: list[End] = []

    def run(self, trails: Iterable[Trail]) -> Iterator[End]:
        """Give the trails' ends as they come; what is open when the run is stopped is left out."""
        for trail in trails:
            self._hosts.add(trail.ask.address.host, trail)
        while not self._stop.is_set():
            self._start()
            yield from self._take_ended()
            if not self._crew.running and self._hosts.next_at_s() is None:
                return
            self._wait()
            yield from self._take_ended()

    def _take_ended(self) -> Iterator[End]:
        ended, self._ended = self._ended, []
        yield from ended

    def _start(self) -> None:
        while self._crew.has_room:
            now_s = self._watch.read_s()
            taken = self._hosts.take(now_s)
            if taken is None:
                return
            host, trail = taken
            patience_s = self._settings.timeout_s
            if self._breaker.is_shaky(trail.ask.address.origin):
                patience_s /= 2
            self._crew.submit(_Job(host, replace(trail, asked_at_s=now_s), now_s, patience_s))

    def _wait(self) -> None:
        """Wait for an outcome, or for the time when something more may be asked."""
        next_at_s = self._hosts.next_at_s() if self._crew.has_room else None
        now_s = self._watch.read_s()
        if not self._crew.running:
            self._watch.pause(max(0.0, (next_at_s or now_s) - now_s))
            return
        wait_s = _GLANCE_S if next_at_s is None else min(_GLANCE_S, max(0.0, next_at_s - now_s))
        came = self._crew.collect(wait_s)
        if came is None:
            self._watch.waited(now_s, wait_s)
        while came is not None:
            self._take(*came)
            came = self._crew.collect(0)

    def _take(self, job: _Job, outcome: Answer | Failure) -> None:
        origin = job.trail.ask.address.origin
        self._hosts.release(job.host)
        failed = isinstance(outcome, Failure)
        self._tally.note(job.host, job.began_s, self._watch.read_s(), failed=failed)
        self._breaker.note(origin, outcome if isinstance(outcome, Failure) else None)
        if isinstance(outcome, Answer) and _asks_for_pause(outcome):
            self._pause(job, outcome)
            return
        self._hosts.welcome(job.host)
        self._lead(job, proceed(job.trail, outcome, self._settings))
        failure = self._breaker.given_up(origin)
        if failure is not None:
            left = self._hosts.drain(job.host, lambda trail: trail.ask.address.origin == origin)
            self._ended.extend(End(trail, failure) for trail in left)

    def _lead(self, job: _Job, step: Trail | End) -> None:
        if isinstance(step, End):
            self._ended.append(step)
            return
        address = step.ask.address
        failure = self._breaker.given_up(address.origin)
        if failure is not None:
            self._ended.append(End(step, failure))
        else:
            self._hosts.add(address.host, step, first=address.host == job.host)

    def _pause(self, job: _Job, answer: Answer) -> None:
        """Pause the host and ask again later; where there is no time, it is what it is."""
        paused = self._hosts.pause(job.host, self._watch.read_s(), answer.retry_after_s)
        if paused and job.trail.pauses < _MAX_PAUSES_PER_ADDRESS:
            trail = replace(job.trail, pauses=job.trail.pauses + 1)
            self._hosts.add(job.host, trail, first=True)
            return
        self._ended.append(End(job.trail, answer))
        if not paused and answer.status == _TOO_MANY_REQUESTS:
            left = self._hosts.drain(job.host, lambda _trail: True)
            self._ended.extend(End(trail, answer) for trail in left)


def _asks_for_pause(answer: Answer) -> bool:
    if answer.wall is not None:
        return False
    return answer.status == _TOO_MANY_REQUESTS or (
        answer.status == _UNAVAILABLE and answer.retry_after_s is not None
    )
