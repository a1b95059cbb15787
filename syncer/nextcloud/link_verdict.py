"""What a reader finds at a Nextcloud link, judged by the walk (pure).

The status of the share's page proves nothing (`docs/nextcloud.md`, section 5); its tree does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TypeVar, assert_never

from syncer.model.handbook import ShareLink, ShareLinkForm
from syncer.model.links import LinkKind, LinkStatus, LinkVerdict
from syncer.model.reason import Reason
from syncer.model.shares import (
    RemoteFile,
    RemoteFolder,
    Share,
    ShareKind,
    ShareStatus,
    ShareTree,
    split_share_id,
)
from syncer.nextcloud.share_url import build_share_link

# From this major version on the share page reads only `dir`; before it, only `path`.
_FIRST_MAJOR_WITH_DIR = 31

_Entry = TypeVar("_Entry", RemoteFile, RemoteFolder)


class WalkedPlaces:
    """The trees of a run, searched by path or id.

    Paths are found in the trees' own order, and ids are indexed only when a link has one: a
    million entries are not indexed for one link.
    """

    def __init__(self, shares: Mapping[str, Share]) -> None:
        """Search `shares`, which are by id."""
        self.shares = shares
        self._by_file_id: dict[str, Mapping[int, RemoteFile | RemoteFolder]] = {}

    def has_path(self, share: Share, path: str) -> bool:
        """Return whether the tree of a share has a file or folder at a path."""
        tree = share.tree
        return tree is not None and (_is_among(tree.folders, path) or _is_among(tree.files, path))

    def find_folder(self, share_id: str, file_id: int) -> str | None:
        """Return the folder that contains a file id of a share, None without one.

        For the id of a folder it is that folder.
        """
        entry = self._ids_of(share_id).get(file_id)
        if isinstance(entry, RemoteFile):
            return entry.folder
        return None if entry is None else entry.path

    def find_share(self, cloud: str, file_id: int) -> str | None:
        """Return the first public share of a Nextcloud with a file id, None without one.

        File ids are unique per Nextcloud. Readers do not see an account's files.
        """
        return next(
            (
                id_
                for id_ in self._shares_of(cloud)
                if self.shares[id_].kind is not ShareKind.ACCOUNT and file_id in self._ids_of(id_)
            ),
            None,
        )

    def knows_ids(self, share_id: str) -> bool:
        """Return whether any entry of a share has an id; those of a local copy have none."""
        return bool(self._ids_of(share_id))

    def _shares_of(self, cloud: str) -> Iterator[str]:
        return (share for share in sorted(self.shares) if split_share_id(share).cloud == cloud)

    def _ids_of(self, share_id: str) -> Mapping[int, RemoteFile | RemoteFolder]:
        known = self._by_file_id.get(share_id)
        if known is None:
            known = self._by_file_id[share_id] = _index_ids(self.shares[share_id].tree)
        return known


def _is_among(entries: tuple[_Entry, ...], path: str) -> bool:
    at = bisect_left(entries, path, key=_path_of)
    return at < len(entries) and entries[at].path == path


def _path_of(entry: RemoteFile | RemoteFolder) -> str:
    return entry.path


def _index_ids(tree: ShareTree | None) -> Mapping[int, RemoteFile | RemoteFolder]:
    """Return the entries of a tree by id, a folder before a file."""
    found: dict[int, RemoteFile | RemoteFolder] = {}
    entries: Iterable[RemoteFile | RemoteFolder]
    entries = () if tree is None else chain(tree.folders, tree.files)
    for entry in entries:
        if entry.file_id is not None:
            found.setdefault(entry.file_id, entry)
    return found


def judge_share_link(link: ShareLink, places: WalkedPlaces) -> LinkVerdict:
    """Return the verdict on a link for a reader without a login.

    BROKEN needs proof: a share that is gone, a folder that two looks did not find, a file that a
    complete listing does not have. UNCHECKED when the look failed.
    """
    if link.share_id is None:
        return _judge_inside(link, places)
    share = places.shares.get(link.share_id)
    if share is None:
        return _share_verdict(LinkStatus.UNCHECKED, Reason("share-not-looked-at"))
    match share.status:
        case ShareStatus.GONE:
            return _share_verdict(LinkStatus.BROKEN, Reason("link-share-gone"))
        case ShareStatus.NEEDS_PASSWORD:
            return _share_verdict(LinkStatus.NEEDS_PASSWORD, Reason("link-share-needs-password"))
        case ShareStatus.UPLOAD_ONLY:
            return _share_verdict(LinkStatus.OK, Reason("link-share-upload-only"))
        case ShareStatus.THROTTLED | ShareStatus.UNREADABLE | ShareStatus.UNCHECKED:
            reason = share.reason or Reason("share-not-looked-at")
            return _share_verdict(LinkStatus.UNCHECKED, reason)
        case ShareStatus.OK:
            return _judge_place(link, share, places)
        case _ as never:
            assert_never(never)


def opens_root(link: ShareLink, server_version: str | None) -> bool:
    """Return whether the server ignores the folder of a link and opens the root."""
    major = (server_version or "").partition(".")[0]
    if not link.folder or not major.isdigit():
        return False
    ignored = ShareLinkForm.PATH if int(major) >= _FIRST_MAJOR_WITH_DIR else ShareLinkForm.DIR
    return link.form is ignored


def _share_verdict(
    status: LinkStatus, reason: Reason | None = None, hint: Reason | None = None
) -> LinkVerdict:
    return LinkVerdict(LinkKind.SHARE, status, reason, hint=hint)


def _suggest(link: ShareLink, token: str | None, folder: str) -> Reason:
    return Reason("use-link", {"url": build_share_link(link.base_url, token or "", folder)})


def _judge_inside(link: ShareLink, places: WalkedPlaces) -> LinkVerdict:
    share_id = None if link.file_id is None else places.find_share(link.cloud, link.file_id)
    if link.file_id is None or share_id is None:
        return LinkVerdict(LinkKind.LOGIN, LinkStatus.NEEDS_LOGIN, Reason("link-needs-login"))
    folder = places.find_folder(share_id, link.file_id) or ""
    return LinkVerdict(
        LinkKind.LOGIN,
        LinkStatus.NEEDS_LOGIN,
        Reason("link-needs-login-but-public"),
        hint=_suggest(link, split_share_id(share_id).token, folder),
    )


def _judge_place(link: ShareLink, share: Share, places: WalkedPlaces) -> LinkVerdict:
    verdict = _judge_absence(link.folder, share, places)
    # A server gives the file of a single-file share, whatever name is requested.
    single_file = share.tree is not None and share.tree.single_file
    if verdict is None and link.file_id is not None:
        verdict = _judge_file_id(link, link.file_id, share, places)
    elif verdict is None and link.file_name is not None and not single_file:
        path = f"{link.folder}/{link.file_name}" if link.folder else link.file_name
        verdict = _judge_absence(path, share, places)
    if verdict is not None:
        return verdict
    if opens_root(link, share.server_version):
        reason = Reason("link-opens-root", {"folder": link.folder})
        return _share_verdict(LinkStatus.OK, reason, _suggest(link, link.token, link.folder))
    return _share_verdict(LinkStatus.OK)


def _judge_absence(path: str, share: Share, places: WalkedPlaces) -> LinkVerdict | None:
    """Return the verdict if `path` is not known to be in a live share; None if it is."""
    if not path or places.has_path(share, path) or path in share.found_places:
        return None
    if path in share.gone_places:
        return _share_verdict(LinkStatus.BROKEN, Reason("link-place-gone", {"path": path}))
    if not share.listed:
        return _share_verdict(LinkStatus.UNCHECKED, Reason("link-place-unread", {"path": path}))
    return _share_verdict(LinkStatus.UNCONFIRMED, Reason("link-place-not-seen", {"path": path}))


def _judge_file_id(
    link: ShareLink, file_id: int, share: Share, places: WalkedPlaces
) -> LinkVerdict | None:
    """Return the verdict if the link's folder does not have the file; None if it does."""
    folder = places.find_folder(share.id, file_id)
    if folder == link.folder:
        return None
    if folder is not None:
        reason = Reason("link-file-moved", {"folder": folder})
        return _share_verdict(LinkStatus.OK, reason, _suggest(link, link.token, folder))
    if not share.listed or share.scope or not places.knows_ids(share.id):
        # A local copy knows no ids and a part of a share only its own, so absence proves nothing.
        return _share_verdict(LinkStatus.UNCHECKED, Reason("link-file-id-unknown"))
    return _share_verdict(LinkStatus.BROKEN, Reason("link-file-gone", {"file_id": file_id}))
