"""What a handbook names in an account's files, read once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from syncer.errors import NeedsPassword, NotFound, Protocol, RemoteError, Throttled, Transient
from syncer.model.reason import Reason
from syncer.model.shares import ACCOUNT_NAME, Share, ShareStatus
from syncer.nextcloud.dav.answers import explain_error
from syncer.nextcloud.dav.client import NextcloudClient
from syncer.nextcloud.dav.multistatus import DavEntry, EntryKind
from syncer.nextcloud.host import HostState
from syncer.nextcloud.server import DavSource, open_account
from syncer.nextcloud.targets import ShareTarget
from syncer.nextcloud.tree import add_files
from syncer.nextcloud.visit import make_plan, make_share
from syncer.nextcloud.walk import walk_share

# A handbook has a few links that need a login; each costs two requests.
_MAX_IDS = 200


def read_account(host: HostState, target: ShareTarget) -> Share:
    """Return what the handbook names in an account's files: folders, and files by their ids.

    A refused login is tried once: nothing more is asked of the account in this run. Nothing is
    remembered: the next run may use another account, with other rights.
    """
    source = open_account(host.connections, target.user or "", target.password or "")
    requests = host.take_requests()
    only = host.settings.folders.get(ACCOUNT_NAME, ())
    try:
        found = _look_up(source, target.file_ids)
        only += tuple(entry.path for entry in found if entry.kind is EntryKind.FOLDER)
        walk = walk_share(source, replace(make_plan(host, target), only=only))
    except RemoteError as error:
        host.note_failure(error)
        share = make_share(host, target, *_explain_account(error))
        if isinstance(error, NeedsPassword):
            pages = NextcloudClient(host.connections, None)
            host.note_failed_try(pages)
            requests += pages.requests_sent
    else:
        if walk.server_failed is not None:
            host.note_failure(walk.server_failed)
        host.save()
        share = replace(
            make_share(host, target, ShareStatus.OK, None),
            listing=walk.listing,
            tree=add_files(walk.tree, (e for e in found if e.kind is EntryKind.FILE)),
            last_full_walk_at=host.around.now(),
        )
    return replace(share, endpoint="account", requests=requests + source.client.requests_sent)


def _look_up(source: DavSource, file_ids: Iterable[int]) -> list[DavEntry]:
    """Return the entries of the file ids that an account sees.

    What is not found, or cannot be looked up, is just not known.

    Raises:
        RemoteError: the account is refused, or its server does not answer.
    """
    found: list[DavEntry] = []
    for file_id in sorted(file_ids)[:_MAX_IDS]:
        try:
            path = source.find_path(file_id)
            if path:
                found.append(source.look_at(path))
        except NotFound:
            continue
        except (Protocol, Transient):
            # A server that searches nothing says so to each.
            break
    return found


def _explain_account(error: RemoteError) -> tuple[ShareStatus, Reason]:
    """Return the meaning of an error at the root of an account; never that something is gone."""
    match error:
        case NeedsPassword():
            return ShareStatus.NEEDS_PASSWORD, Reason("account-refused")
        case NotFound():
            return ShareStatus.UNREADABLE, Reason("account-not-found")
        case Throttled():
            return ShareStatus.THROTTLED, explain_error(error)
        case _:
            return ShareStatus.UNREADABLE, explain_error(error)
