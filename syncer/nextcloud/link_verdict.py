"""What a reader meets behind a Nextcloud link, answered from the walk (pure).

The page's own status proves nothing (`nextcloud.md`, section 5): the tree behind the share does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar, assert_never

from syncer.model.handbook import ShareLink, ShareLinkForm
from syncer.model.links import LinkKind, LinkStatus, LinkVerdict
from syncer.model.reason import Reason
from syncer.model.shares import RemoteFile, RemoteFolder, Share, ShareKind, ShareStatus, ShareTree
from syncer.nextcloud.share_url import build_share_link

# From this major version on the share page reads `dir` only; before it, `path` only.
_FIRST_MAJOR_WITH_DIR = 31

_Entry = TypeVar("_Entry", RemoteFile, RemoteFolder)


class WalkedPlaces:
    """The trees of a run, for questions about single links.

    A million entries are not indexed for one link: paths are looked up in the trees' own order,
    and ids only when a link bears one.
    """

    def __init__(self, shares: Mapping[str, Share]) -> None:
        """Take the shares by id; a share without a tree holds nothing."""
        self.shares = shares
        self._by_file_id: dict[str, Mapping[int, RemoteFile | RemoteFolder]] = {}

    def holds(self, share: Share, path: str) -> bool:
        """Tell whether the tree of a share has a file or folder at a path."""
        tree = share.tree
        return tree is not None and (_is_among(tree.folders, path) or _is_among(tree.files, path))

    def find_folder(self, share_id: str, file_id: int) -> str | None:
        """Return the folder in which an id lies in a share, None when it does not.

        A folder's own id leads to itself.
        """
        entry = self._ids_of(share_id).get(file_id)
        if isinstance(entry, RemoteFile):
            return entry.folder
        return None if entry is None else entry.path

    def find_share(self, host: str, file_id: int) -> str | None:
        """Return the first share of a host in which readers find an id, None when there is none.

        Ids count per host, since each Nextcloud numbers on its own. What only an account sees is
        not found by readers.
        """
        return next(
            (
                id_
                for id_ in self._shares_of(host)
                if self.shares[id_].kind is not ShareKind.ACCOUNT and file_id in self._ids_of(id_)
            ),
            None,
        )

    def knows_ids(self, share_id: str) -> bool:
        """Tell whether anything of a share bears an id: a local copy knows none."""
        return bool(self._ids_of(share_id))

    def _shares_of(self, host: str) -> Iterator[str]:
        return (share_id for share_id in sorted(self.shares) if share_id.startswith(f"{host}/"))

    def _ids_of(self, share_id: str) -> Mapping[int, RemoteFile | RemoteFolder]:
        known = self._by_file_id.get(share_id)
        if known is None:
            known = self._by_file_id[share_id] = _index_ids(self.shares[share_id].tree)
        return known


def index_places(shares: Mapping[str, Share]) -> WalkedPlaces:
    """Make the trees of `shares` ready for questions."""
    return WalkedPlaces(shares)


def _is_among(entries: tuple[_Entry, ...], path: str) -> bool:
    at = bisect_left(entries, path, key=_path_of)
    return at < len(entries) and entries[at].path == path


def _path_of(entry: RemoteFile | RemoteFolder) -> str:
    return entry.path


def _index_ids(tree: ShareTree | None) -> Mapping[int, RemoteFile | RemoteFolder]:
    """Return the entries of a tree by id, a folder before a file."""
    found: dict[int, RemoteFile | RemoteFolder] = {}
    entries: Iterable[RemoteFile | RemoteFolder] = ()
    if tree is not None:
        entries = (entry for part in (tree.folders, tree.files) for entry in part)
    for entry in entries:
        if entry.file_id is not None:
            found.setdefault(entry.file_id, entry)
    return found


def judge_share_link(link: ShareLink, places: WalkedPlaces) -> LinkVerdict:
    """Say what a reader without a login meets behind `link`.

    BROKEN only for what is settled: a share that is gone, a folder that two looks did not find, a
    file that a complete listing does not hold. What could not be looked at is UNCHECKED.
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
            return _share_verdict(
                LinkStatus.UNCHECKED, share.reason or Reason("share-not-looked-at")
            )
        case ShareStatus.OK:
            return _judge_place(link, share, places)
        case _ as never:
            assert_never(never)


def opens_root(link: ShareLink, server_version: str | None) -> bool:
    """Tell whether the server's page ignores the folder that `link` names and opens the root."""
    if not link.folder or server_version is None:
        return False
    major = server_version.partition(".")[0]
    if not major.isdigit():
        return False
    if int(major) >= _FIRST_MAJOR_WITH_DIR:
        return link.form is ShareLinkForm.PATH
    return link.form is ShareLinkForm.DIR


def _share_verdict(
    status: LinkStatus, reason: Reason | None = None, hint: Reason | None = None
) -> LinkVerdict:
    return LinkVerdict(LinkKind.SHARE, status, reason, hint=hint)


def _judge_inside(link: ShareLink, places: WalkedPlaces) -> LinkVerdict:
    share_id = None if link.file_id is None else places.find_share(link.host, link.file_id)
    if link.file_id is None or share_id is None:
        return LinkVerdict(LinkKind.LOGIN, LinkStatus.NEEDS_LOGIN, Reason("link-needs-login"))
    folder = places.find_folder(share_id, link.file_id) or ""
    url = build_share_link(link.base_url, share_id.partition("/")[2], folder)
    return LinkVerdict(
        LinkKind.LOGIN,
        LinkStatus.NEEDS_LOGIN,
        Reason("link-needs-login-but-public"),
        hint=Reason("use-link", {"url": url}),
    )


def _judge_place(link: ShareLink, share: Share, places: WalkedPlaces) -> LinkVerdict:
    folder_gone = _is_gone(link.folder, share, places)
    if folder_gone is not None:
        return folder_gone
    if link.file_id is not None:
        verdict = _judge_file_id(link, link.file_id, share, places)
    elif link.file_name is not None:
        path = f"{link.folder}/{link.file_name}" if link.folder else link.file_name
        verdict = _is_gone(path, share, places)
    else:
        verdict = None
    if verdict is not None:
        return verdict
    if opens_root(link, share.server_version):
        url = build_share_link(link.base_url, link.token or "", link.folder)
        return _share_verdict(
            LinkStatus.OK,
            Reason("link-opens-root", {"folder": link.folder}),
            Reason("use-link", {"url": url}),
        )
    return _share_verdict(LinkStatus.OK)


def _is_gone(path: str, share: Share, places: WalkedPlaces) -> LinkVerdict | None:
    """Say why `path` of a live share is not there, or cannot be told; None when it is there."""
    if not path or places.holds(share, path):
        return None
    if path in share.gone_places:
        return _share_verdict(LinkStatus.BROKEN, Reason("link-place-gone", {"path": path}))
    if not share.listed:
        return _share_verdict(LinkStatus.UNCHECKED, Reason("link-place-unread", {"path": path}))
    return _share_verdict(LinkStatus.UNCONFIRMED, Reason("link-place-not-seen", {"path": path}))


def _judge_file_id(
    link: ShareLink, file_id: int, share: Share, places: WalkedPlaces
) -> LinkVerdict | None:
    """Say why the file of that id does not open; None when it lies in the share."""
    folder = places.find_folder(share.id, file_id)
    if folder is not None:
        if folder == link.folder:
            return None
        url = build_share_link(link.base_url, link.token or "", folder)
        return _share_verdict(
            LinkStatus.OK,
            Reason("link-file-moved", {"folder": folder}),
            Reason("use-link", {"url": url}),
        )
    if not share.listed or not places.knows_ids(share.id):
        # A local copy knows no ids: nothing follows from their absence.
        return _share_verdict(LinkStatus.UNCHECKED, Reason("link-file-id-unknown"))
    return _share_verdict(LinkStatus.BROKEN, Reason("link-file-gone", {"file_id": file_id}))
