"""Places that a walk did not find: asked for once more, by themselves and later.

"Gone" is said only after a second, later request says the same (`nextcloud.md`, section 6).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from threading import Event

from syncer.errors import Protocol, RemoteError
from syncer.model.shares import Share, ShareKind, ShareStatus, ShareTree
from syncer.net.deadlines import Patience
from syncer.nextcloud.dav.client import Connections, open_connections
from syncer.nextcloud.server import DavSource, Endpoint, open_account
from syncer.nextcloud.targets import ShareTarget
from syncer.nextcloud.visit import open_share

# A folder that is being renamed or moved is gone for less than this.
SECOND_LOOK_AFTER_S = 5.0


def confirm_places(
    shares: Sequence[Share],
    places: Iterable[tuple[str, str]],
    *,
    targets: Sequence[ShareTarget],
    looked_at: datetime,
    now: Callable[[], datetime],
    sleep: Callable[[float], object],
    stop: Event,
    patience: Patience | None = None,
) -> tuple[Share, ...]:
    """Return the shares with the places that are settled as gone.

    Only what a complete tree does not hold is asked for, and only a 404 settles it. A folder that
    an account was to walk and does not see is unread until a second look says the same. A local
    folder's listing settles by itself.

    Args:
        shares: as `read_shares` gave them, and those read locally.
        places: share id and path of what the handbook names, in any order.
        targets: the targets of the shares: their hosts and passwords.
        looked_at: when the reading of the shares ended.
        now: the time, aware, UTC.
        sleep: waits so many seconds.
        stop: ends the asking; what was not asked is not gone.
        patience: how long to wait for a server.

    Returns:
        The same shares in the same order, `gone_places`, `found_places` and `requests` brought up
        to date; what is settled as gone is not unread any more.
    """
    unseen = _find_unseen(shares, places)
    if any(share.kind is not ShareKind.LOCAL for share in shares if unseen[share.id]):
        waited_s = (now() - looked_at).total_seconds()
        if waited_s < SECOND_LOOK_AFTER_S:
            sleep(SECOND_LOOK_AFTER_S - max(waited_s, 0.0))
    by_id = {target.id: target for target in targets}
    patience = replace(patience or Patience(), stop=stop)
    return tuple(
        _look_again(share, unseen[share.id], by_id.get(share.id), sleep, patience)
        for share in shares
    )


def _find_unseen(
    shares: Sequence[Share], places: Iterable[tuple[str, str]]
) -> Mapping[str, tuple[str, ...]]:
    """Return, per share, the places that its complete tree does not hold, sorted."""
    named: dict[str, set[str]] = {share.id: set() for share in shares}
    for share_id, path in places:
        if share_id in named:
            named[share_id].add(path)
    unseen: dict[str, tuple[str, ...]] = {}
    for share in shares:
        paths = named[share.id]
        lost = paths & _find_lost(share)
        if share.tree is None or not share.listed or share.status is not ShareStatus.OK:
            paths = lost
        else:
            paths = paths.difference(folder.path for folder in share.tree.folders)
            paths = paths.difference(file.path for file in share.tree.files)
        unseen[share.id] = tuple(sorted(paths - {""}))
    return unseen


def _find_lost(share: Share) -> set[str]:
    """Return the folders that an account was to walk, and that its server did not find."""
    if share.kind is not ShareKind.ACCOUNT or share.tree is None:
        return set()
    return {each.path for each in share.tree.unread if each.reason.code == "server-not-found"}


def _look_again(
    share: Share,
    unseen: tuple[str, ...],
    target: ShareTarget | None,
    sleep: Callable[[float], object],
    patience: Patience,
) -> Share:
    if share.kind is ShareKind.LOCAL:
        return replace(share, gone_places=frozenset(unseen))
    if not unseen or target is None or share.endpoint is None:
        return share
    settings = target.host
    connections = open_connections(
        settings.base_url, ca_file=settings.ca_file, workers=1, patience=patience, sleep=sleep
    )
    source = _open(connections, share.endpoint, target)
    try:
        gone, found = _ask_for(source, unseen)
    finally:
        connections.adapter.close()
    requests = share.requests + source.client.requests_sent
    tree = None if share.tree is None else _settle(share.tree, gone)
    return replace(share, tree=tree, gone_places=gone, found_places=found, requests=requests)


def _open(connections: Connections, endpoint: str, target: ShareTarget) -> DavSource:
    if target.user is not None:
        return open_account(connections, target.user, target.password or "")
    return open_share(connections, Endpoint(endpoint), target)


def _settle(tree: ShareTree, gone: frozenset[str]) -> ShareTree:
    unread = tuple(folder for folder in tree.unread if folder.path not in gone)
    return tree if len(unread) == len(tree.unread) else replace(tree, unread=unread)


def _ask_for(source: DavSource, paths: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return which paths are gone, and which are there, as the server says; all else is no proof.

    What would meet the other paths as well ends the asking: each further one would cost a failed
    try, or the patience for a server that is silent.
    """
    gone: set[str] = set()
    found: set[str] = set()
    for path in paths:
        try:
            source.look_at(path)
            found.add(path)
        except RemoteError as error:
            if error.code == "not-found":
                gone.add(path)
            elif not isinstance(error, Protocol):
                break
    return frozenset(gone), frozenset(found)
