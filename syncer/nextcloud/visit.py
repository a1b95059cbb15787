"""One share, read once: what each answer means for it, and what is remembered of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from syncer.errors import NeedsPassword, NotFound, Protocol, RemoteError, Throttled
from syncer.model.reason import Reason
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
from syncer.nextcloud.dav.client import Connections, NextcloudClient
from syncer.nextcloud.dav.multistatus import DavEntry, Depth
from syncer.nextcloud.host import HostState
from syncer.nextcloud.server import (
    DavSource,
    Endpoint,
    TokenState,
    choose_endpoint,
    name_credentials,
    name_root,
    read_share_name,
    read_token_state,
)
from syncer.nextcloud.targets import ShareTarget
from syncer.nextcloud.walk import Walk, WalkPlan, walk_share

_log = logging.getLogger(__name__)

_WRITING_LETTERS = frozenset("WCKD")
# What the legacy endpoint of newer versions shows instead of the share, empty, when they live in a
# folder of their host (`nextcloud.md`, section 1).
_ENDPOINT_FOLDERS = frozenset({"files", "uploads"})


def open_share(connections: Connections, endpoint: Endpoint, target: ShareTarget) -> DavSource:
    """Return the listings of a public share through one endpoint."""
    client = NextcloudClient(connections, name_credentials(endpoint, target.token, target.password))
    return DavSource(client, name_root(endpoint, connections.webroot, target.token))


def make_unread_share(
    host: HostState, target: ShareTarget, status: ShareStatus, reason: Reason
) -> Share:
    """Return a share that was not asked in this run."""
    return Share(
        id=target.id,
        kind=target.kind,
        name=target.name,
        base_url=host.connections.base_url,
        endpoint=None,
        server_version=host.knowledge.version,
        status=status,
        listing=ListingKind.NONE,
        tree=None,
        requests=host.take_requests(),
        reason=reason,
    )


class ShareVisit:
    """Reads one share, once, through the endpoint that its server has."""

    def __init__(self, host: HostState, target: ShareTarget) -> None:
        """Prepare; nothing is asked yet."""
        self._host = host
        self._target = target
        self._around = host.around
        self._memory = host.around.memory
        self._page = host.connections.webroot + target.page
        self._requests = host.take_requests()
        self._page_client = NextcloudClient(host.connections, None)
        self._dav_client: NextcloudClient | None = None

    def read(self) -> Share:
        """Return the share, whatever became of it."""
        endpoint: Endpoint | None = None
        try:
            endpoint = self._find_endpoint()
            try:
                return self._walk(endpoint)
            except Protocol:
                # What was remembered of the server may be out of date: its version is asked once.
                if not self._host.doubt():
                    raise
                endpoint = self._find_endpoint()
                return self._walk(endpoint)
        except RemoteError as error:
            self._host.note_failure(error)
            status, reason = self._settle(error)
            return self._make_share(endpoint, status, reason)

    def _find_endpoint(self) -> Endpoint:
        """Return the endpoint, found out by asking where the server hides its version."""
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
        self._count_requests()
        source = open_share(self._host.connections, endpoint, self._target)
        self._dav_client = source.client
        return source

    def _count_requests(self) -> None:
        if self._dav_client is not None:
            self._requests += self._dav_client.requests_sent
            self._dav_client = None

    def _walk(self, endpoint: Endpoint) -> Share:
        settings = self._host.settings
        remembered = self._recall(endpoint)
        walk = walk_share(
            self._open(endpoint),
            WalkPlan(
                remembered=self._load_tree_of(remembered),
                root_known=lambda root: remembered is not None and _is_known(root, remembered),
                may_use_infinity=self._host.may_list_whole_trees(self._around.now()),
                workers=settings.workers,
                stop=self._around.stop,
                on_folder=lambda done, known: self._around.on_progress(
                    self._target.id, done, known
                ),
                only=settings.folders.get(self._target.token),
            ),
        )
        if _shows_no_share(walk):
            raise Protocol("not-the-share")
        if walk.server_failed is not None:
            self._host.note_failure(walk.server_failed)
        if isinstance(walk.server_failed, NeedsPassword | NotFound):
            # The share was withdrawn, or got a password, while it was walked.
            self._host.note_failed_try(self._page_client)
        if walk.infinity_failed:
            self._host.learn_infinity(self._around.now())
        elif walk.listing is ListingKind.INFINITY:
            self._host.learn_infinity(None)
        self._host.keep()
        walk = self._name_single_file(walk)
        full_walk_at = self._remember(endpoint, walk, remembered)
        return self._make_share(endpoint, ShareStatus.OK, None, walk, full_walk_at)

    def _recall(self, endpoint: Endpoint) -> RememberedShare | None:
        """Return what is remembered, when it may be believed (`nextcloud.md`, section 4)."""
        scoped = self._target.token in self._host.settings.folders
        if self._memory is None or self._around.full or scoped:
            return None
        remembered = self._memory.load_share(self._target.id)
        if remembered is None or remembered.endpoint != endpoint:
            return None
        age = self._around.now() - remembered.last_full_walk_at
        fresh = timedelta(0) <= age < timedelta(days=self._host.settings.full_walk_every_days)
        return remembered if fresh else None

    def _load_tree_of(
        self, remembered: RememberedShare | None
    ) -> Callable[[], ShareTree | None] | None:
        """Return how to get the remembered tree, which is loaded only when it is needed."""
        memory = self._memory
        if memory is None or remembered is None:
            return None

        def load() -> ShareTree | None:
            tree = memory.load_tree(remembered.share)
            if tree is None:
                _log.warning("the memory of %s is damaged: all is listed anew", remembered.share)
            return tree

        return load

    def _name_single_file(self, walk: Walk) -> Walk:
        """Give a single file its own name, which only the share's page knows."""
        if not walk.tree.single_file or walk.tree.files[0].path:
            return walk
        name: str | None = None
        try:
            name = read_share_name(self._page_client, self._page)
        except RemoteError as error:
            self._host.note_failure(error)
        file = replace(walk.tree.files[0], path=name or name_token(self._target.token))
        return replace(walk, tree=replace(walk.tree, files=(file,)))

    def _remember(self, endpoint: Endpoint, walk: Walk, before: RememberedShare | None) -> datetime:
        """Remember the tree; returns when everything was last listed."""
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
            )
            self._memory.save_share(remembered, walk.tree)
        return full_walk_at

    def _settle(self, error: RemoteError) -> tuple[ShareStatus, Reason]:
        """Return what an error of the share's root means, after one look at its page."""
        if isinstance(error, Throttled):
            return ShareStatus.THROTTLED, explain_error(error)
        if error.code == "upload-only":
            return ShareStatus.UPLOAD_ONLY, explain_error(error)
        if not isinstance(error, NeedsPassword | NotFound):
            return ShareStatus.UNREADABLE, explain_error(error)
        try:
            state = read_token_state(self._page_client, self._page, self._target.token)
        except RemoteError as page_error:
            self._host.note_failure(page_error)
            throttled = isinstance(page_error, Throttled)
            status = ShareStatus.THROTTLED if throttled else ShareStatus.UNREADABLE
            return status, explain_error(page_error)
        if error.code != "not-found":
            self._host.note_failed_try(self._page_client)
        return self._judge_token(state, error)

    def _judge_token(self, state: TokenState, error: RemoteError) -> tuple[ShareStatus, Reason]:
        match state:
            case TokenState.GONE:
                self._remember_refusal(ShareStatus.GONE)
                return ShareStatus.GONE, Reason("share-gone")
            case TokenState.ASKS_PASSWORD if self._target.password is not None:
                return ShareStatus.NEEDS_PASSWORD, Reason("share-password-wrong")
            case TokenState.ASKS_PASSWORD:
                self._remember_refusal(ShareStatus.NEEDS_PASSWORD)
                return ShareStatus.NEEDS_PASSWORD, Reason("share-password-missing")
            case TokenState.LIVES:
                return ShareStatus.UNREADABLE, Reason("share-page-lives")
            case TokenState.UNCLEAR:
                return ShareStatus.UNREADABLE, explain_error(error)
            case _:
                assert_never(state)

    def _remember_refusal(self, status: ShareStatus) -> None:
        if self._memory is not None:
            self._memory.save_refusal(
                RememberedRefusal(self._target.id, status, self._around.now())
            )

    def _make_share(
        self,
        endpoint: Endpoint | None,
        status: ShareStatus,
        reason: Reason | None,
        walk: Walk | None = None,
        full_walk_at: datetime | None = None,
    ) -> Share:
        self._count_requests()
        permissions = walk.root.permissions if walk is not None else None
        return Share(
            id=self._target.id,
            kind=self._target.kind,
            name=_name_share(walk, self._target.token),
            base_url=self._host.connections.base_url,
            endpoint=endpoint,
            server_version=self._host.knowledge.version,
            status=status,
            listing=walk.listing if walk is not None else ListingKind.NONE,
            tree=walk.tree if walk is not None else None,
            requests=self._requests + self._page_client.requests_sent,
            last_full_walk_at=full_walk_at,
            writable_by_link=(
                None if permissions is None else not _WRITING_LETTERS.isdisjoint(permissions)
            ),
            reason=reason,
            scope=self._host.settings.folders.get(self._target.token, ()),
        )


def _is_known(root: DavEntry, remembered: RememberedShare) -> bool:
    """Say whether a share's root is as it was: the same folder, with the etag it had."""
    return (
        remembered.root_etag is not None
        and root.etag == remembered.root_etag
        and root.file_id == remembered.root_file_id
        and not root.mount
    )


def _shows_no_share(walk: Walk) -> bool:
    """Say whether what was listed is the endpoint itself; what is shared always bears an id."""
    if walk.root.file_id is not None:
        return False
    shown = {folder.path for folder in walk.tree.folders if folder.path}
    return not walk.tree.files and shown == _ENDPOINT_FOLDERS


def _name_share(walk: Walk | None, token: str) -> str:
    """Return a single file's name; a folder's own name is told by no listing of it."""
    return walk.tree.files[0].path if walk is not None and walk.tree.single_file else token
