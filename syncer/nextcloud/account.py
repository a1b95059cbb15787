"""What an account sees of its Nextcloud, read once: the folders that the handbook names, no more.

Nothing of it is remembered: another night may have another account, with other rights.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from syncer.errors import NeedsPassword, NotFound, RemoteError, Throttled
from syncer.model.reason import Reason
from syncer.model.shares import ACCOUNT_NAME, Share, ShareStatus
from syncer.nextcloud.dav.answers import explain_error
from syncer.nextcloud.dav.client import NextcloudClient
from syncer.nextcloud.host import HostState
from syncer.nextcloud.server import open_account
from syncer.nextcloud.targets import ShareTarget
from syncer.nextcloud.visit import make_unread_share
from syncer.nextcloud.walk import WalkPlan, walk_share

ENDPOINT: Final = "account"


def read_account(host: HostState, target: ShareTarget) -> Share:
    """Return what the account sees, whatever became of it.

    A login that is refused is tried once: nothing more is asked of the account in this run.
    """
    source = open_account(host.connections, target.user or "", target.password or "")
    requests = host.take_requests()
    try:
        walk = walk_share(source, _plan(host, target))
    except RemoteError as error:
        host.note_failure(error)
        share = make_unread_share(host, target, *_explain(error))
        if isinstance(error, NeedsPassword):
            pages = NextcloudClient(host.connections, None)
            host.note_failed_try(pages)
            requests += pages.requests_sent
    else:
        if walk.server_failed is not None:
            host.note_failure(walk.server_failed)
        host.keep()
        share = Share(
            id=target.id,
            kind=target.kind,
            name=target.name,
            base_url=host.connections.base_url,
            endpoint=ENDPOINT,
            server_version=host.knowledge.version,
            status=ShareStatus.OK,
            listing=walk.listing,
            tree=walk.tree,
            last_full_walk_at=host.around.now(),
        )
    return replace(share, endpoint=ENDPOINT, requests=requests + source.client.requests_sent)


def _plan(host: HostState, target: ShareTarget) -> WalkPlan:
    return WalkPlan(
        remembered=None,
        root_known=lambda _root: False,
        may_use_infinity=False,
        workers=host.settings.workers,
        stop=host.around.stop,
        on_folder=lambda done, known: host.around.on_progress(target.id, done, known),
        only=host.settings.folders.get(ACCOUNT_NAME, ()),
    )


def _explain(error: RemoteError) -> tuple[ShareStatus, Reason]:
    """Return what an error at the top of the account means; never that anything is gone."""
    match error:
        case NeedsPassword():
            return ShareStatus.NEEDS_PASSWORD, Reason("account-refused")
        case NotFound():
            return ShareStatus.UNREADABLE, Reason("account-not-found")
        case Throttled():
            return ShareStatus.THROTTLED, explain_error(error)
        case _:
            return ShareStatus.UNREADABLE, explain_error(error)
