"""All shares of a run: hosts in parallel, the shares of each one after the other.

Known good shares come first: a refused token delays every later request (`docs/nextcloud.md`,
section 2).
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from urllib.parse import urlsplit

from syncer.model.reason import Reason
from syncer.model.rules import RULES_VERSION
from syncer.model.shares import Share, ShareStatus
from syncer.net.deadlines import Patience
from syncer.nextcloud.account_shares import add_terms
from syncer.nextcloud.account_visit import read_account
from syncer.nextcloud.budget import RunBudget
from syncer.nextcloud.dav.client import open_connections
from syncer.nextcloud.host import HostState, is_recent
from syncer.nextcloud.memory import ShareMemory
from syncer.nextcloud.places import confirm_places
from syncer.nextcloud.targets import HostSettings, ShareTarget, WalkContext
from syncer.nextcloud.visit import ShareVisit, make_unread_share
from syncer.surroundings import Surroundings

__all__ = ["HostSettings", "ShareTarget", "confirm_places", "read_shares"]

# A handbook has links to one or two; more in parallel would only help an attack.
MAX_HOSTS_AT_A_TIME = 4
# Nightly runs do not start to the minute: "once a day" must not skip every second night.
REFUSAL_HOLDS = timedelta(hours=20)
# Four workers read 100,000 folders of a slow server in half an hour.
SHARE_LIMIT_S = 1_800.0
# With the links, the second looks and the delivery a night is over in the 4 hours that
# `deploy/systemd/syncer@.service` gives it.
RUN_LIMIT_S = 7_200.0


def read_shares(
    targets: Sequence[ShareTarget],
    *,
    memory: ShareMemory | None,
    full: bool,
    around: Surroundings,
    patience: Patience | None = None,
) -> tuple[Share, ...]:
    """Read every share within `SHARE_LIMIT_S`, and all of them within `RUN_LIMIT_S`.

    Args:
        targets: each share once; those of one host and address have equal settings.
        memory: what earlier runs remembered, and where this one does; None for neither.
        full: walk everything, whatever is remembered.
        around: those of the run. `on_progress` is called from several threads: with "shares", how
            many are read, and of how many; and with a share's id, the number of its folders that
            are listed, and of those that are known.
        patience: how long to wait for a server; the default is for real ones.

    Returns:
        One share for each target, by id, and the account of a host that refused to tell when links
        end. A share that could not be read has the reason; nothing is
        raised for what a server does.
    """
    patience = replace(patience or Patience(), stop=around.stop).within(RUN_LIMIT_S)
    count = _count_shares(around, len(targets))
    budget = RunBudget(len(targets))
    context = WalkContext(memory, full, around, patience, count, budget)
    hosts = _group(targets, _host_of)
    with ThreadPoolExecutor(MAX_HOSTS_AT_A_TIME, thread_name_prefix="host") as pool:
        read = pool.map(lambda group: _read_host(group, context), hosts)
        return tuple(sorted((share for shares in read for share in shares), key=_id_of))


def _count_shares(around: Surroundings, total: int) -> Callable[[], None]:
    """Report that no share is read yet, and return what reports one more with each call."""
    lock, done = threading.Lock(), itertools.count()

    def tell() -> None:
        with lock:
            around.on_progress("shares", next(done), total)

    tell()
    return tell


def _group(
    targets: Sequence[ShareTarget], key: Callable[[ShareTarget], tuple[str, ...]]
) -> list[tuple[ShareTarget, ...]]:
    return [tuple(group) for _, group in groupby(sorted(targets, key=key), key=key)]


def _read_host(targets: Sequence[ShareTarget], context: WalkContext) -> list[Share]:
    """Read the shares of a server, which may have several Nextclouds or names."""
    clouds = _group(targets, _address_of)
    return [share for cloud in clouds for share in _read_cloud(cloud, context)]


def _read_cloud(targets: Sequence[ShareTarget], context: WalkContext) -> list[Share]:
    settings = targets[0].host
    connections = open_connections(
        settings.base_url,
        ca_file=settings.ca_file,
        workers=settings.workers,
        patience=context.patience,
        sleep=context.around.sleep,
        allow_private=settings.may_be_private,
    )
    try:
        host = HostState(settings, connections, context)
        ordered = sorted(targets, key=lambda target: _rank(target, context.memory))
        return add_terms(host, [_read_timed(host, target, context) for target in ordered])
    finally:
        connections.adapter.close()


def _rank(target: ShareTarget, memory: ShareMemory | None) -> tuple[int, str]:
    """Return the place in the order: good shares first, then unknown ones, then refused ones.

    An account comes late too: its password may have been revoked since the last run.
    """
    if target.user is not None:
        return 2, ""
    if memory is not None and memory.load_share(target.id) is not None:
        return 0, target.id
    if memory is not None and memory.load_refusal(target.id) is not None:
        return 2, target.id
    return 1, target.id


def _read_timed(host: HostState, target: ShareTarget, context: WalkContext) -> Share:
    began_at = host.around.now()
    share = _read_share(host, target)
    context.note_share()
    # The clock may have been set back meanwhile.
    seconds = max(0.0, (host.around.now() - began_at).total_seconds())
    return replace(share, seconds=seconds)


def _read_share(host: HostState, target: ShareTarget) -> Share:
    if host.around.stop.is_set():
        return make_unread_share(host, target, ShareStatus.UNREADABLE, Reason("run-stopped"))
    if host.is_out_of_time:
        return make_unread_share(host, target, ShareStatus.UNREADABLE, Reason("run-out-of-time"))
    refused = _recall_refusal(host, target)
    if refused is not None:
        return refused
    host.begin_share(SHARE_LIMIT_S)
    host.prepare()
    if host.closed is not None:
        return make_unread_share(host, target, *host.closed)
    is_account = target.user is not None
    share = read_account(host, target) if is_account else ShareVisit(host, target).read()
    host.end_share(share)
    return share


def _recall_refusal(host: HostState, target: ShareTarget) -> Share | None:
    """Return the share as it was refused less than a day ago; None when it may be asked.

    A full walk ignores the memory: the share may just have been repaired. So does the first run
    with other rules, which may not take the answer for a refusal.
    """
    if host.memory is None or host.full:
        return None
    refusal = host.memory.load_refusal(target.id)
    if refusal is None or refusal.rules != RULES_VERSION:
        return None
    if not is_recent(refusal.asked_at, host.around.now(), REFUSAL_HOLDS):
        return None
    if refusal.status is ShareStatus.NEEDS_PASSWORD and target.password is not None:
        return None
    # A refusal with a password is not remembered, so none was configured, and none is now.
    code = "share-gone" if refusal.status is ShareStatus.GONE else "share-password-missing"
    reason = Reason(code, {"asked_at": refusal.asked_at.isoformat()})
    return make_unread_share(host, target, refusal.status, reason)


def _host_of(target: ShareTarget) -> tuple[str, ...]:
    return (urlsplit(target.host.base_url).netloc.lower(),)


def _address_of(target: ShareTarget) -> tuple[str, ...]:
    return target.host.host, target.host.base_url


def _id_of(share: Share) -> str:
    return share.id
