"""One Nextcloud during a run: its version and endpoint, and whether it may still be asked.

Failed tries are expensive (`docs/nextcloud.md`, section 2): the server delays every later request
from this address and finally refuses the good shares too.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from syncer.errors import RemoteError, Throttled
from syncer.model.reason import Reason
from syncer.model.shares import HostKnowledge, Share, ShareStatus
from syncer.nextcloud.dav.answers import explain_error
from syncer.nextcloud.dav.client import Connections, NextcloudClient
from syncer.nextcloud.server import Endpoint, read_delay_ms, read_version
from syncer.nextcloud.targets import HostSettings, WalkContext

# The next delay on a real server is then 1.6 s, and it doubles with each try.
MAX_FAILED_TRIES = 5
# A server that delays this address so long is not asked for another dubious token.
MAX_DELAY_MS = 5_000
# How long a version, or a refusal to list a whole tree, is believed.
HOST_KNOWLEDGE_HOLDS = timedelta(days=7)
# Every other share of the host would meet these errors as well.
HOST_WIDE = frozenset({"not-reached", "tls-failed", "maintenance", "stopped", "private-address"})


class HostState:
    """What a run knows of one host; used by one thread at a time.

    Attributes:
        settings, connections: as given.
        memory, full, around: those of the run.
        closed: status and reason for the remaining shares of a host that is not asked any more;
            None while it may be asked.
    """

    def __init__(
        self, settings: HostSettings, connections: Connections, context: WalkContext
    ) -> None:
        """Load the memory of the host, without asking it."""
        self.settings = settings
        self.connections = connections
        self.memory, self.full, self.around = context.memory, context.full, context.around
        self.closed: tuple[ShareStatus, Reason] | None = None
        name = settings.host + connections.webroot
        known = self.memory.load_host(name) if self.memory is not None else None
        self.knowledge = known or HostKnowledge(name, None, None, self.around.now())
        self._saved = known
        self._run_patience = connections.patience
        self._run_budget = context.budget
        fresh = is_recent(self.knowledge.asked_at, self.around.now(), HOST_KNOWLEDGE_HOLDS)
        self._is_due = known is None or not fresh or self.full
        self._has_answered = known is not None
        self._asked = False
        self._silent = False
        self._infinity_failed = False
        self._requests = 0
        self._failed_tries = 0

    @property
    def is_out_of_time(self) -> bool:
        """Whether the time of the run for all shares is over."""
        return self._run_patience.is_over

    def begin_share(self, limit_s: float) -> None:
        """Start the time in which the next share must be read, and its budget of entries."""
        patience = self._run_patience.within(limit_s)
        budget = self._run_budget.open()
        self.connections = replace(self.connections, patience=patience, budget=budget)

    def end_share(self, share: Share) -> None:
        """Free what this share does not keep of its budget, for others."""
        self.connections.budget.close(0 if share.tree is None else share.tree.entry_count)

    def prepare(self) -> None:
        """Ask for the version if it is unknown or old; at most once a run."""
        if self._is_due and not self._asked:
            self._ask_version()

    def doubt(self) -> bool:
        """Ask for the version although it is known; return whether that may change anything.

        An endpoint that was found by trying is forgotten as well.
        """
        if self._asked or self.closed is not None:
            return False
        self.knowledge = replace(self.knowledge, endpoint=None)
        self._ask_version()
        return self.closed is None

    def learn_endpoint(self, endpoint: Endpoint) -> None:
        """Store the endpoint of a server that hides its version."""
        self.knowledge = replace(self.knowledge, endpoint=endpoint.value)

    def may_list_whole_trees(self, now: datetime) -> bool:
        """Return whether a whole tree may be requested: not soon after it was refused or cut.

        "Soon" is as long as etags are believed by default: between two full walks little is
        listed anyway, and each full walk tries again. `--full` ignores the failures of other runs.
        """
        if self.full and not self._infinity_failed:
            return True
        failed_at = self.knowledge.infinity_failed_at
        return failed_at is None or not is_recent(failed_at, now, HOST_KNOWLEDGE_HOLDS)

    def learn_infinity(self, failed_at: datetime | None) -> None:
        """Store when the server refused or cut a whole tree; None when it gave one."""
        self._infinity_failed = failed_at is not None
        self.knowledge = replace(self.knowledge, infinity_failed_at=failed_at)

    def save(self) -> None:
        """Remember what was learnt, after a share was read with it.

        Not earlier: a login page in front of everything would hide a known version. A version
        that the server failed to give is not remembered as hidden.
        """
        if self.memory is None or not self._has_answered or self.closed is not None:
            return
        if self.knowledge != self._saved:
            self.memory.save_host(self.knowledge)
            self._saved = self.knowledge

    def note_failure(self, error: RemoteError) -> None:
        """Stop asking the host if every share would meet the same error."""
        if isinstance(error, Throttled):
            self.closed = ShareStatus.THROTTLED, explain_error(error)
        elif error.code in HOST_WIDE or (error.code == "timeout" and self._is_silent()):
            self.closed = ShareStatus.UNREADABLE, explain_error(error)

    def note_failed_try(self, client: NextcloudClient) -> None:
        """Count a refused token; stop asking before the server refuses everything."""
        self._failed_tries += 1
        webroot = self.connections.webroot
        delay_ms = read_delay_ms(client, webroot) if self._failed_tries > 1 else None
        slow = delay_ms is not None and delay_ms >= MAX_DELAY_MS
        if slow or self._failed_tries >= MAX_FAILED_TRIES:
            reason = Reason("server-left-alone", {"failed_tries": self._failed_tries})
            self.closed = ShareStatus.THROTTLED, reason

    def take_requests(self) -> int:
        """Return how many requests learning the host took since the last call."""
        taken, self._requests = self._requests, 0
        return taken

    def _is_silent(self) -> bool:
        """Return whether even the cheapest page is not answered in time.

        One share may be slow because of its storage; a server that hangs takes minutes for each.
        """
        if not self._silent:
            # An earlier answer does not prove that the server answers now.
            self._ask_version()
        return self._silent

    def _ask_version(self) -> None:
        self._asked = True
        client = NextcloudClient(self.connections, None)
        try:
            version = read_version(client, self.connections.webroot)
        except RemoteError as error:
            # A share may answer all the same, unless the error concerns all of them.
            self._silent = error.code == "timeout"
            if not self._silent:
                self.note_failure(error)
        else:
            self._has_answered = True
            self.knowledge = replace(self.knowledge, version=version, asked_at=self.around.now())
        self._requests += client.requests_sent


def is_recent(moment: datetime, now: datetime, holds: timedelta) -> bool:
    """Return whether a moment is less than `holds` ago, and not in the future."""
    return timedelta(0) <= now - moment < holds
