"""A second, later look at the places that a walk did not find.

Only a place that neither look found is gone (`docs/nextcloud.md`, section 6).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from syncer.errors import Protocol, RemoteError
from syncer.model.shares import Share, ShareKind, ShareStatus
from syncer.net.deadlines import Patience
from syncer.nextcloud.dav.client import Connections, open_connections
from syncer.nextcloud.server import DavSource, Endpoint, open_account, open_share
from syncer.nextcloud.targets import ShareTarget
from syncer.surroundings import Surroundings

# A folder that is being renamed or moved is missing for less than this.
SECOND_LOOK_AFTER_S = 5.0
# For all second looks of a run; a place that is not asked then is not gone.
SECOND_LOOK_LIMIT_S = 600.0


def confirm_places(
    shares: Sequence[Share],
    places: Iterable[tuple[str, str]],
    *,
    targets: Sequence[ShareTarget],
    looked_at: datetime,
    around: Surroundings,
    patience: Patience | None = None,
) -> tuple[Share, ...]:
    """Return the shares with the places that are proven gone.

    Only paths that a complete tree does not have are requested, and only a 404 is proof. A folder
    that an account was to walk and does not see is unread until a second look confirms it. The
    listing of a local folder is proof itself.

    Args:
        shares: as `read_shares` returned them, and local ones.
        places: share id and path of each place that the handbook names, in any order.
        targets: those of the shares, with hosts and passwords.
        looked_at: when the first look ended.
        around: those of the run; places that a stop kept from being asked are not gone.
        patience: how long to wait for a server.

    Returns:
        The same shares in the same order, with new `gone_places`, `found_places` and `requests`;
        folders that are gone are not unread any more.
    """
    unseen = _find_unseen(shares, places)
    if any(share.kind is not ShareKind.LOCAL for share in shares if unseen[share.id]):
        waited_s = (around.now() - looked_at).total_seconds()
        if waited_s < SECOND_LOOK_AFTER_S:
            around.sleep(SECOND_LOOK_AFTER_S - max(waited_s, 0.0))
    by_id = {target.id: target for target in targets}
    patience = replace(patience or Patience(), stop=around.stop).within(SECOND_LOOK_LIMIT_S)
    return tuple(
        _look_again(share, unseen[share.id], by_id.get(share.id), around.sleep, patience)
        for share in shares
    )


def _find_unseen(
    shares: Sequence[Share], places: Iterable[tuple[str, str]]
) -> Mapping[str, tuple[str, ...]]:
    """Return, per share, the places that its complete tree does not have, sorted."""
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
    """Return the folders that an account was to walk and that its server did not find."""
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
        settings.base_url,
        ca_file=settings.ca_file,
        workers=1,
        patience=patience,
        sleep=sleep,
        allow_private=settings.may_be_private,
    )
    source = _open(connections, share.endpoint, target)
    try:
        gone, found = _ask_for(source, unseen)
    finally:
        connections.adapter.close()
    requests = share.requests + source.client.requests_sent
    tree = share.tree
    if tree is not None and gone:
        unread = tuple(folder for folder in tree.unread if folder.path not in gone)
        tree = replace(tree, unread=unread)
    return replace(share, tree=tree, gone_places=gone, found_places=found, requests=requests)


def _open(connections: Connections, endpoint: str, target: ShareTarget) -> DavSource:
    if target.user is not None:
        return open_account(connections, target.user, target.password or "")
    return open_share(connections, Endpoint(endpoint), target.token, target.password)


def _ask_for(source: DavSource, paths: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return which paths the server does not find, and which it does.

    An error that the other paths would meet as well ends it: each would cost a failed try, or the
    wait for a silent server.
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
