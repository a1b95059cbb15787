"""All shares of a run: hosts side by side, the shares of each one after the other.

Known-good shares come first: a token that is not let in costs every later request dearly
(`nextcloud.md`, section 2).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from threading import Event
from urllib.parse import urlsplit

from syncer.model.reason import Reason
from syncer.model.shares import Share, ShareStatus
from syncer.net.deadlines import Patience
from syncer.nextcloud.account import read_account
from syncer.nextcloud.dav.client import open_connections
from syncer.nextcloud.host import HostState, is_lately
from syncer.nextcloud.memory import ShareMemory
from syncer.nextcloud.places import confirm_places
from syncer.nextcloud.targets import HostSettings, ShareTarget, WalkContext
from syncer.nextcloud.visit import ShareVisit, make_unread_share

__all__ = ["HostSettings", "ShareTarget", "confirm_places", "read_shares"]

# A handbook points to one or two; more at a time would only help a list made to attack.
MAX_HOSTS_AT_A_TIME = 4
# A nightly run does not come to the minute: "once a day" must not skip every second night.
REFUSAL_HOLDS = timedelta(hours=20)


def read_shares(
    targets: Sequence[ShareTarget],
    *,
    memory: ShareMemory | None,
    full: bool,
    now: Callable[[], datetime],
    sleep: Callable[[float], object],
    stop: Event,
    on_progress: Callable[[str, int, int], None],
    patience: Patience | None = None,
) -> tuple[Share, ...]:
    """Read every share; what goes wrong with one is in that one, with its reason.

    Args:
        targets: each share once; those of one host and address bear equal settings.
        memory: what was remembered, and where to remember; None for neither.
        full: walk everything, whatever is remembered.
        now: the time, aware, UTC.
        sleep: waits so many seconds between two tries.
        stop: ends the reading soon; what was not read then says so.
        on_progress: told a share's id, how many of its folders are listed and how many known;
            called from several threads.
        patience: how long to wait for a server; the default is for real ones.

    Returns:
        One share for each target, by id. Nothing is raised for what a server does.
    """
    around = WalkContext(memory, full, now, stop, on_progress)
    patience = replace(patience or Patience(), stop=stop)
    by_host = groupby(sorted(targets, key=_host_of), key=_host_of)
    groups = [tuple(group) for _, group in by_host]
    with ThreadPoolExecutor(MAX_HOSTS_AT_A_TIME, thread_name_prefix="host") as pool:
        read = pool.map(lambda group: _read_host(group, around, sleep, patience), groups)
        return tuple(sorted((share for shares in read for share in shares), key=_id_of))


def _read_host(
    targets: Sequence[ShareTarget],
    around: WalkContext,
    sleep: Callable[[float], object],
    patience: Patience,
) -> list[Share]:
    """Read the shares of a host, each in the Nextcloud to which its link leads.

    There are several where they live in folders of one host, or the settings give it two names.
    """
    by_address = groupby(sorted(targets, key=_address_of), key=_address_of)
    groups = [tuple(group) for _, group in by_address]
    return [share for group in groups for share in _read_cloud(group, around, sleep, patience)]


def _read_cloud(
    targets: Sequence[ShareTarget],
    around: WalkContext,
    sleep: Callable[[float], object],
    patience: Patience,
) -> list[Share]:
    settings = targets[0].host
    connections = open_connections(
        settings.base_url,
        ca_file=settings.ca_file,
        workers=settings.workers,
        patience=patience,
        sleep=sleep,
    )
    try:
        host = HostState(settings, connections, around)
        ordered = sorted(targets, key=lambda target: _rank(target, around.memory))
        return [_read_timed(host, target) for target in ordered]
    finally:
        connections.adapter.close()


def _rank(target: ShareTarget, memory: ShareMemory | None) -> tuple[int, str]:
    """Put shares that were good first, those that were refused last.

    An account comes late too: its password may have been withdrawn since the last run.
    """
    if target.user is not None:
        return 2, ""
    if memory is not None and memory.load_share(target.id) is not None:
        return 0, target.id
    if memory is not None and memory.load_refusal(target.id) is not None:
        return 2, target.id
    return 1, target.id


def _read_timed(host: HostState, target: ShareTarget) -> Share:
    began_at = host.around.now()
    share = _read_share(host, target)
    # A clock that was set meanwhile must not make it less than nothing.
    seconds = max(0.0, (host.around.now() - began_at).total_seconds())
    return replace(share, seconds=seconds)


def _read_share(host: HostState, target: ShareTarget) -> Share:
    if host.around.stop.is_set():
        return make_unread_share(host, target, ShareStatus.UNREADABLE, Reason("run-stopped"))
    refused = _recall_refusal(host, target)
    if refused is not None:
        return refused
    if host.left_alone is None:
        host.prepare()
    if host.left_alone is not None:
        return make_unread_share(host, target, *host.left_alone)
    if target.user is not None:
        return read_account(host, target)
    return ShareVisit(host, target).read()


def _recall_refusal(host: HostState, target: ShareTarget) -> Share | None:
    """Return what was settled less than a day ago; None when the token may be asked.

    A full walk uses nothing that was remembered: somebody may just have mended the share.
    """
    memory = host.around.memory
    if memory is None or host.around.full:
        return None
    refusal = memory.load_refusal(target.id)
    if refusal is None or not is_lately(refusal.asked_at, host.around.now(), REFUSAL_HOLDS):
        return None
    if refusal.status is ShareStatus.NEEDS_PASSWORD and target.password is not None:
        return None
    reason = Reason("share-asked-lately", {"asked_at": refusal.asked_at.isoformat()})
    return make_unread_share(host, target, refusal.status, reason)


def _host_of(target: ShareTarget) -> str:
    """Return the server that is asked: two names of the settings may lead to one."""
    return urlsplit(target.host.base_url).netloc.lower()


def _address_of(target: ShareTarget) -> tuple[str, str]:
    return target.host.host, target.host.base_url


def _id_of(share: Share) -> str:
    return share.id
