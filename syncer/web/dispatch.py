"""One look at many addresses: threads send requests, one thread decides.

The calling thread has all state. Rate limits block no thread: what may not be
requested yet stays in its host's queue.
"""

from __future__ import annotations

import queue
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import structlog

from syncer.web.answers import Answer, Detour, Failure, WebRequest
from syncer.web.breaker import Breaker
from syncer.web.hosts import Hosts
from syncer.web.link_settings import LinkSettings
from syncer.web.stopwatch import Stopwatch
from syncer.web.trail import End, Trail, proceed

Fetch = Callable[[WebRequest, float], Answer | Failure]
"""Sends one request within so many seconds and returns its outcome."""

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
    """Threads that send requests, started as needed.

    They are daemons: a stopped run does not wait for a slow server.
    """

    def __init__(self, size: int, fetch: Fetch) -> None:
        """Allow `size` threads; none is started yet."""
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
        """Queue a request."""
        self.running += 1
        if self.running > len(self._threads):
            name = f"links-{len(self._threads)}"
            thread = threading.Thread(target=self._work, name=name, daemon=True)
            self._threads.append(thread)
            thread.start()
        self._jobs.put(job)

    def collect(self, timeout_s: float) -> tuple[_Job, Answer | Failure] | None:
        """Return one outcome, None if there is none within `timeout_s`."""
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

    def dismiss(self) -> None:
        """End the threads; wait for them if no request is running."""
        for _ in self._threads:
            self._jobs.put(None)
        if not self.running:
            for thread in self._threads:
                thread.join()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                self._done.put((job, self._fetch(job.trail.ask, job.patience_s)))
            except BaseException as error:  # noqa: BLE001 - raised again where it is collected
                self._done.put((job, error))


class RequestTally:
    """Counts the requests per host, redirects and second looks included."""

    def __init__(self) -> None:
        """Create an empty tally."""
        self._requests: defaultdict[str, list[tuple[float, float, bool]]] = defaultdict(list)

    def note(self, host: str, began_s: float, ended_s: float, *, failed: bool) -> None:
        """Count a finished request; `failed` if it got no answer."""
        self._requests[host].append((began_s, ended_s, failed))

    def log(self) -> None:
        """Log one line per host, by name; `seconds` are from its first request to its last end."""
        for host, requests in sorted(self._requests.items()):
            began_s, ended_s, failed = zip(*requests, strict=True)
            structlog.get_logger("syncer").info(
                "host-asked",
                host=host,
                requests=len(requests),
                failures=sum(failed),
                seconds=round(max(ended_s) - min(began_s), 3),
            )


class Dispatcher:
    """Follows trails to their ends in one look, with manners; the tally is that of the run."""

    def __init__(
        self,
        crew: Crew,
        hosts: Hosts[Trail],
        breaker: Breaker,
        settings: LinkSettings,
        watch: Stopwatch,
        tally: RequestTally,
    ) -> None:
        """Store the parts of a look."""
        self._crew = crew
        self._hosts = hosts
        self._breaker = breaker
        self._settings = settings
        self._watch = watch
        self._tally = tally
        self._ended: list[End] = []

    def run(self, trails: Iterable[Trail]) -> Iterator[End]:
        """Yield the ends of the trails as they come, fewer if the run must end."""
        for trail in trails:
            self._hosts.add(trail.ask.address.host, trail)
        while not self._watch.is_over:
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
            patience_s = min(patience_s, self._settings.timeout_s - trail.spent_s)
            self._crew.submit(_Job(host, replace(trail, asked_at_s=now_s), now_s, patience_s))

    def _wait(self) -> None:
        """Wait for an outcome, or for the time when something more may be requested."""
        next_at_s = self._hosts.next_at_s() if self._crew.has_room else None
        now_s = self._watch.read_s()
        if not self._crew.running:
            self._watch.pause(max(0.0, (next_at_s or now_s) - now_s))
            return
        wait_s = _GLANCE_S if next_at_s is None else min(_GLANCE_S, max(0.0, next_at_s - now_s))
        came = self._crew.collect(wait_s)
        if came is None:
            self._watch.add_wait(now_s, wait_s)
        while came is not None:
            self._receive(*came)
            came = self._crew.collect(0)

    def _receive(self, job: _Job, outcome: Answer | Failure) -> None:
        origin = job.trail.ask.address.origin
        self._hosts.release(job.host)
        failure = outcome if isinstance(outcome, Failure) else None
        now_s = self._watch.read_s()
        self._tally.note(job.host, job.began_s, now_s, failed=failure is not None)
        step = proceed(job.trail, outcome, self._settings, now_s - job.began_s)
        if not (failure and isinstance(step, End) and isinstance(step.outcome, Detour)):
            # Those before it on the trail took the time, so its silence is not counted.
            self._breaker.note(origin, failure)
        if isinstance(outcome, Answer) and _asks_for_pause(outcome):
            self._pause(job, outcome)
            return
        self._hosts.welcome(job.host)
        self._continue(job, step)
        last_failure = self._breaker.find_failure(origin)
        if last_failure is not None:
            left = self._hosts.drain(job.host, lambda trail: trail.ask.address.origin == origin)
            self._ended.extend(End(trail, last_failure) for trail in left)

    def _continue(self, job: _Job, step: Trail | End) -> None:
        if isinstance(step, End):
            self._ended.append(step)
            return
        address = step.ask.address
        failure = self._breaker.find_failure(address.origin)
        if failure is not None:
            self._ended.append(End(step, failure))
        else:
            self._hosts.add(address.host, step, first=address.host == job.host)

    def _pause(self, job: _Job, answer: Answer) -> None:
        """Pause the host and ask again later; without time for it the answer counts."""
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
