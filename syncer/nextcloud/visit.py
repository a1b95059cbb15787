"""One share, read once: the meaning of each answer, and the memory of the share."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never
from urllib.parse import urlsplit

from syncer.errors import NeedsPassword, NotFound, Protocol, RemoteError, Throttled
from syncer.model.reason import Reason
from syncer.model.rules import RULES_VERSION
from syncer.model.shares import (
    ListingKind,
    RememberedRefusal,
    RememberedShare,
    Share,
    ShareStatus,
    ShareTree,
    name_token,
)
from syncer.nextcloud.dav.answers import explain_error
from syncer.nextcloud.dav.client import NextcloudClient, Page
from syncer.nextcloud.dav.multistatus import DavEntry, Depth
from syncer.nextcloud.host import HostState
from syncer.nextcloud.server import (
    DavSource,
    Endpoint,
    TokenState,
    choose_endpoint,
    find_share_name,
    judge_share_page,
    open_share,
)
from syncer.nextcloud.targets import ShareTarget
from syncer.nextcloud.tree import tells_changes
from syncer.nextcloud.walk import Walk, WalkPlan, walk_share

_log = logging.getLogger(__name__)

_WRITING_LETTERS = frozenset("WCKD")
# The legacy endpoint of newer versions may list these, empty, instead of the share when Nextcloud
# is in a folder of its host (`docs/nextcloud.md`, section 1).
_ENDPOINT_FOLDERS = frozenset({"files", "uploads"})
# A page that is not answered like this is followed by no WebDAV either. What a proxy, or the
# page's own throttle, says instead of the page may not hold for WebDAV.
_SAME_BY_DAV = frozenset(
    {"not-reached", "out-of-time", "private-address", "stopped", "timeout", "tls-failed"}
)


def make_unread_share(
    host: HostState, target: ShareTarget, status: ShareStatus, reason: Reason
) -> Share:
    """Return a share that was not asked, with the requests that learning its host took."""
    share = make_share(host, target, status, reason)
    return replace(share, requests=host.take_requests())


def make_share(
    host: HostState, target: ShareTarget, status: ShareStatus, reason: Reason | None
) -> Share:
    """Return a share without a tree, whose requests are not counted yet."""
    return Share(
        id=target.id,
        kind=target.kind,
        name=target.name,
        base_url=target.public_url or host.connections.base_url,
        endpoint=None,
        server_version=host.knowledge.version,
        status=status,
        listing=ListingKind.NONE,
        tree=None,
        reason=reason,
    )


def make_plan(host: HostState, target: ShareTarget) -> WalkPlan:
    """Return how a share of a host is walked: its threads, its time and its room."""
    return WalkPlan(
        workers=host.settings.workers,
        stop=host.around.stop,
        on_folder=lambda done, known: host.around.on_progress(target.id, done, known),
        ends_at=host.connections.patience.ends_at,
        has_room=host.connections.budget.has_room,
    )


class ShareVisit:
    """Reads one share, once, through the endpoint that its server has."""

    def __init__(self, host: HostState, target: ShareTarget) -> None:
        """Prepare without asking anything."""
        self._host = host
        self._target = target
        self._around = host.around
        self._memory = host.memory
        self._page = host.connections.webroot + target.page
        self._requests = host.take_requests()
        self._page_client = NextcloudClient(host.connections, None)
        self._clients = [self._page_client]
        self._seen: Page | None = None

    def read(self) -> Share:
        """Return the share, with the reason if it could not be read."""
        endpoint: Endpoint | None = None
        try:
            refused = self._ask_page_first()
            if refused is not None:
                return refused
            endpoint = self._find_endpoint()
            try:
                return self._walk(endpoint)
            except Protocol:
                # The remembered version may be out of date: it is asked for once.
                if not self._host.doubt():
                    raise
                endpoint = self._find_endpoint()
                return self._walk(endpoint)
        except RemoteError as error:
            self._host.note_failure(error)
            status, reason = self._judge_error(error)
            return self._make_share(endpoint, status, reason)

    def _ask_page_first(self) -> Share | None:
        """Return a share that its page decides on; None when WebDAV may be asked.

        A new token, or one that asked for a password, costs less there (`docs/nextcloud.md`,
        section 2). It decides on passwords only: a 404 may be that of a proxy, or of a server
        that rewrites no addresses.
        """
        known = self._memory is not None and self._memory.load_share(self._target.id) is not None
        if known or self._was_gone():
            return None
        try:
            state = judge_share_page(self._read_page(), self._target.token)
        except RemoteError as error:
            if error.code in _SAME_BY_DAV:
                raise
            return None
        if state is TokenState.ASKS_PASSWORD and self._target.password is None:
            return self._make_share(None, *self._settle_password())
        return None

    def _was_gone(self) -> bool:
        """Return whether page and WebDAV agreed, in an earlier run, that there is no such share."""
        if self._memory is None or self._host.full:
            return False
        refusal = self._memory.load_refusal(self._target.id)
        return (
            refusal is not None
            and refusal.status is ShareStatus.GONE
            and refusal.rules == RULES_VERSION
        )

    def _read_page(self) -> Page:
        """Return the share's page, which is requested once: that of a dead token counts."""
        if self._seen is None:
            self._seen = self._page_client.read_page(self._page)
        return self._seen

    def _find_endpoint(self) -> Endpoint:
        """Return the endpoint, found by trying if the server hides its version."""
        knowledge, token = self._host.knowledge, self._target.token
        endpoint = choose_endpoint(knowledge.version, token)
        if endpoint is not None:
            return endpoint
        if knowledge.endpoint is not None:
            return Endpoint(knowledge.endpoint)
        endpoint = Endpoint.NEW
        try:
            self._open(endpoint).list_folder(None, Depth.ZERO)
        except Protocol:
            endpoint = Endpoint.LEGACY
        self._host.learn_endpoint(endpoint)
        return endpoint

    def _open(self, endpoint: Endpoint) -> DavSource:
        target = self._target
        source = open_share(self._host.connections, endpoint, target.token, target.password)
        self._clients.append(source.client)
        return source

    def _walk(self, endpoint: Endpoint) -> Share:
        remembered = self._recall(endpoint)
        walk = walk_share(
            self._open(endpoint),
            replace(
                make_plan(self._host, self._target),
                remembered=self._make_loader(remembered),
                root_known=lambda root: remembered is not None and _is_known(root, remembered),
                may_use_infinity=self._host.may_list_whole_trees(self._around.now()),
                only=self._host.settings.folders.get(self._target.token),
            ),
        )
        if _shows_no_share(walk):
            raise Protocol("not-the-share")
        if walk.server_failed is not None:
            self._host.note_failure(walk.server_failed)
        if isinstance(walk.server_failed, NeedsPassword | NotFound):
            # The share was withdrawn, or got a password, during the walk.
            self._host.note_failed_try(self._page_client)
        if walk.infinity_failed:
            self._host.learn_infinity(self._around.now())
        elif walk.listing is ListingKind.INFINITY:
            self._host.learn_infinity(None)
        self._host.save()
        walk = self._name_single_file(walk)
        full_walk_at = self._remember(endpoint, walk, remembered)
        return self._make_share(endpoint, ShareStatus.OK, None, walk, full_walk_at)

    def _recall(self, endpoint: Endpoint) -> RememberedShare | None:
        """Return the memory of the share if it may be believed (`docs/nextcloud.md`, section 4)."""
        scoped = self._target.token in self._host.settings.folders
        if self._memory is None or self._host.full or scoped:
            return None
        remembered = self._memory.load_share(self._target.id)
        if remembered is None or remembered.endpoint != endpoint:
            return None
        if remembered.rules != RULES_VERSION:
            return None
        age = self._around.now() - remembered.last_full_walk_at
        fresh = timedelta(0) <= age < timedelta(days=self._host.settings.full_walk_every_days)
        return remembered if fresh else None

    def _make_loader(
        self, remembered: RememberedShare | None
    ) -> Callable[[], ShareTree | None] | None:
        """Return a function that loads the remembered tree; None when there is no room for it."""
        memory = self._memory
        if memory is None or remembered is None:
            return None
        if not self._host.connections.budget.has_room(remembered.entries):
            return None

        def load() -> ShareTree | None:
            tree = memory.load_tree(remembered.share)
            if tree is None:
                _log.warning("the memory of %s is damaged: listing everything", remembered.share)
            return tree

        return load

    def _name_single_file(self, walk: Walk) -> Walk:
        """Set the name of a single file, which only the share's page shows."""
        if not walk.tree.single_file or walk.tree.files[0].path:
            return walk
        name: str | None = None
        try:
            name = find_share_name(self._read_page())
        except RemoteError as error:
            self._host.note_failure(error)
        file = replace(walk.tree.files[0], path=name or name_token(self._target.token))
        return replace(walk, tree=replace(walk.tree, files=(file,)))

    def _remember(self, endpoint: Endpoint, walk: Walk, before: RememberedShare | None) -> datetime:
        """Save the tree; return when everything was last listed."""
        full_walk_at = self._around.now()
        if before is not None and walk.listing is ListingKind.UNCHANGED:
            return before.last_full_walk_at
        if before is not None and walk.listing is ListingKind.CHANGED_PARTS:
            full_walk_at = before.last_full_walk_at
        interrupted = walk.server_failed is not None or self._around.stop.is_set()
        scoped = self._target.token in self._host.settings.folders
        if self._memory is not None and not interrupted and not scoped:
            root_etag = walk.root.etag if walk.tree.single_file else walk.tree.folders[0].etag
            remembered = RememberedShare(
                share=self._target.id,
                endpoint=endpoint,
                root_file_id=walk.root.file_id,
                root_etag=root_etag,
                last_full_walk_at=full_walk_at,
                entries=walk.tree.entry_count,
                rules=RULES_VERSION,
            )
            self._memory.save_share(remembered, walk.tree)
        return full_walk_at

    def _judge_error(self, error: RemoteError) -> tuple[ShareStatus, Reason]:
        """Return the meaning of an error at the share's root, by its page too."""
        if isinstance(error, Throttled):
            return ShareStatus.THROTTLED, explain_error(error)
        if error.code == "upload-only":
            return ShareStatus.UPLOAD_ONLY, explain_error(error)
        if not isinstance(error, NeedsPassword | NotFound):
            return ShareStatus.UNREADABLE, explain_error(error)
        if error.code == "share-not-found" and self._was_gone():
            # The page said so in an earlier run; another look at it would be a failed try.
            self._host.note_failed_try(self._page_client)
            return self._settle_gone()
        try:
            page = self._read_page()
        except RemoteError as page_error:
            self._host.note_failure(page_error)
            throttled = isinstance(page_error, Throttled)
            status = ShareStatus.THROTTLED if throttled else ShareStatus.UNREADABLE
            return status, explain_error(page_error)
        if page.wall is not None:
            host = urlsplit(self._host.connections.base_url).hostname
            reason = Reason("link-bot-wall", {"host": host, "wall": page.wall})
            return ShareStatus.UNREADABLE, reason
        if error.code != "not-found":
            self._host.note_failed_try(self._page_client)
        return self._judge_token(judge_share_page(page, self._target.token), error)

    def _judge_token(self, state: TokenState, error: RemoteError) -> tuple[ShareStatus, Reason]:
        match state:
            case TokenState.GONE:
                return self._settle_gone()
            case TokenState.ASKS_PASSWORD if self._target.password is not None:
                return ShareStatus.NEEDS_PASSWORD, Reason("share-password-wrong")
            case TokenState.ASKS_PASSWORD:
                return self._settle_password()
            case TokenState.LIVES:
                return ShareStatus.UNREADABLE, Reason("share-page-lives")
            case TokenState.UNCLEAR:
                return ShareStatus.UNREADABLE, explain_error(error)
            case _:
                assert_never(state)

    def _settle_gone(self) -> tuple[ShareStatus, Reason]:
        self._remember_refusal(ShareStatus.GONE)
        return ShareStatus.GONE, Reason("share-gone")

    def _settle_password(self) -> tuple[ShareStatus, Reason]:
        self._remember_refusal(ShareStatus.NEEDS_PASSWORD)
        return ShareStatus.NEEDS_PASSWORD, Reason("share-password-missing")

    def _remember_refusal(self, status: ShareStatus) -> None:
        if self._memory is not None:
            self._memory.save_refusal(
                RememberedRefusal(self._target.id, status, self._around.now(), RULES_VERSION)
            )

    def _make_share(
        self,
        endpoint: Endpoint | None,
        status: ShareStatus,
        reason: Reason | None,
        walk: Walk | None = None,
        full_walk_at: datetime | None = None,
    ) -> Share:
        share = replace(
            make_share(self._host, self._target, status, reason),
            endpoint=endpoint,
            requests=self._requests + sum(client.requests_sent for client in self._clients),
            scope=self._host.settings.folders.get(self._target.token, ()),
        )
        if walk is None:
            return share
        # A listing does not show the name of its folder.
        name = walk.tree.files[0].path if walk.tree.single_file else self._target.token
        letters = walk.root.permissions
        return replace(
            share,
            name=name,
            listing=walk.listing,
            tree=walk.tree,
            last_full_walk_at=full_walk_at,
            # A password that is sent may not be needed.
            has_password=False if self._target.password is None else None,
            writable_by_link=None if letters is None else not _WRITING_LETTERS.isdisjoint(letters),
        )


def _is_known(root: DavEntry, remembered: RememberedShare) -> bool:
    """Return whether a share's root is the same folder, with the same etag."""
    return (
        remembered.root_etag is not None
        and root.etag == remembered.root_etag
        and remembered.root_file_id is not None
        and root.file_id == remembered.root_file_id
        and tells_changes(root)
    )


def _shows_no_share(walk: Walk) -> bool:
    """Return whether the listing is of the endpoint itself; a share always has a file id."""
    if walk.root.file_id is not None:
        return False
    shown = {folder.path for folder in walk.tree.folders if folder.path}
    return not walk.tree.files and shown == _ENDPOINT_FOLDERS
