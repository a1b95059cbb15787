"""One Nextcloud during a run: what is known of it, and whether it may still be asked.

A failed try is dear (`nextcloud.md`, section 2): the server slows down every later request from
this address, and in the end shuts out the good shares too. A host that has had enough is left
alone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from syncer.errors import RemoteError, Throttled
from syncer.model.reason import Reason
from syncer.model.shares import HostKnowledge, ShareStatus
from syncer.nextcloud.dav.answers import explain_error
from syncer.nextcloud.dav.client import Connections, NextcloudClient
from syncer.nextcloud.server import Endpoint, read_delay_ms, read_version
from syncer.nextcloud.targets import HostSettings, WalkContext

# After so many the next wait on a real server is 1.6 s, and doubles with each.
MAX_FAILED_TRIES = 5
# A server that makes this address wait so long is not asked for one more dubious token.
MAX_DELAY_MS = 5_000
# How long a version, or a refusal to list a whole tree, is believed.
HOST_KNOWLEDGE_HOLDS = timedelta(days=7)

# Troubles that every other share of the host would meet as well.
_HOST_WIDE = frozenset({"not-reached", "tls-failed", "maintenance", "stopped"})


class HostState:
    """What a run knows of one host. Used by one thread at a time.

    Attributes:
        settings, connections, around: as given.
        left_alone: why no more is asked of it, and the status its shares get; None while it may.
    """

    def __init__(
        self, settings: HostSettings, connections: Connections, around: WalkContext
    ) -> None:
        """Begin with what is remembered; nothing is asked yet."""
        self.settings = settings
        self.connections = connections
        self.around = around
        self.left_alone: tuple[ShareStatus, Reason] | None = None
        memory = around.memory
        name = settings.host + connections.webroot
        known = memory.load_host(name) if memory is not None else None
        self.knowledge = known or HostKnowledge(name, None, None, around.now())
        self._kept = known
        fresh = is_lately(self.knowledge.asked_at, around.now(), HOST_KNOWLEDGE_HOLDS)
        self._to_ask = known is None or not fresh or around.full
        self._told = known is not None
        self._asked = False
        self._silent = False
        self._infinity_failed = False
        self._requests = 0
        self._failed_tries = 0

    def prepare(self) -> None:
        """Ask for the version, when it is not known well enough; at most once a run."""
        if self._to_ask and not self._asked:
            self._ask_version()

    def doubt(self) -> bool:
        """Ask for the version although it is remembered; whether that may change anything.

        The endpoint that was found out by asking is in doubt as well.
        """
        if self._asked or self.left_alone is not None:
            return False
        self.knowledge = replace(self.knowledge, endpoint=None)
        self._ask_version()
        return self.left_alone is None

    def learn_endpoint(self, endpoint: Endpoint) -> None:
        """Note which endpoint a server has that hides its version."""
        self.knowledge = replace(self.knowledge, endpoint=endpoint.value)

    def may_list_whole_trees(self, now: datetime) -> bool:
        """Say whether a whole tree may be asked for: not soon after it was refused or cut.

        "Soon" is as long as etags are believed by default: between two full walks little is
        listed anyway, and each full walk tries again. One that was ordered does not look at what
        other runs met.
        """
        if self.around.full and not self._infinity_failed:
            return True
        failed_at = self.knowledge.infinity_failed_at
        return failed_at is None or not is_lately(failed_at, now, HOST_KNOWLEDGE_HOLDS)

    def learn_infinity(self, failed_at: datetime | None) -> None:
        """Note when a whole tree was asked for in vain; None when it was given."""
        self._infinity_failed = failed_at is not None
        self.knowledge = replace(self.knowledge, infinity_failed_at=failed_at)

    def keep(self) -> None:
        """Remember what was learnt, now that a share was read by it.

        Not before: a login page in front of everything would hide a version that was known. One
        that was asked for in vain is not remembered as one that the server hides.
        """
        memory = self.around.memory
        if memory is None or not self._told or self.left_alone is not None:
            return
        if self.knowledge != self._kept:
            memory.save_host(self.knowledge)
            self._kept = self.knowledge

    def note_failure(self, error: RemoteError) -> None:
        """Leave the host alone from now on, when every share would meet the same."""
        if isinstance(error, Throttled):
            self.left_alone = ShareStatus.THROTTLED, explain_error(error)
        elif error.code in _HOST_WIDE or (error.code == "timeout" and self._is_silent()):
            self.left_alone = ShareStatus.UNREADABLE, explain_error(error)

    def note_failed_try(self, client: NextcloudClient) -> None:
        """Count a token that was not let in, and stop before the server shuts its doors."""
        self._failed_tries += 1
        webroot = self.connections.webroot
        delay_ms = read_delay_ms(client, webroot) if self._failed_tries > 1 else None
        slow = delay_ms is not None and delay_ms >= MAX_DELAY_MS
        if slow or self._failed_tries >= MAX_FAILED_TRIES:
            reason = Reason("server-left-alone", {"failed_tries": self._failed_tries})
            self.left_alone = ShareStatus.THROTTLED, reason

    def take_requests(self) -> int:
        """Return what learning the host cost since; the next share bears it."""
        taken, self._requests = self._requests, 0
        return taken

    def _is_silent(self) -> bool:
        """Say whether not even the page that costs a server nothing is answered in time.

        A share alone may be slow, for its storage; a server that hangs takes minutes for each.
        """
        if not self._silent:
            # Also where it was answered before: that does not tell how the server is now.
            self._ask_version()
        return self._silent

    def _ask_version(self) -> None:
        self._asked = True
        client = NextcloudClient(self.connections, None)
        try:
            version = read_version(client, self.connections.webroot)
        except RemoteError as error:
            # Only what concerns every share ends it here: a share may answer all the same.
            self._silent = error.code == "timeout"
            if not self._silent:
                self.note_failure(error)
        else:
            self._told = True
            self.knowledge = replace(self.knowledge, version=version, asked_at=self.around.now())
        self._requests += client.requests_sent


def is_lately(moment: datetime, now: datetime, holds: timedelta) -> bool:
    """Say whether what was noted holds; never when a clock set wrong dated it into the future."""
    return timedelta(0) <= now - moment < holds
