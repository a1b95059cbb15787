"""What a reader finds at a Nextcloud link, judged by the walk (pure).

The status of the share's page proves nothing (`docs/nextcloud.md`, section 5); its tree does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
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
    name_account,
    split_share_id,
)
from syncer.nextcloud.share_url import build_direct_link, build_share_link

# From this major version on the share page reads only `dir`; before it, only `path`. A download
# forgets its folder from then on (`docs/nextcloud.md`, section 5).
_FIRST_MAJOR_WITH_DIR = 31
_FIRST_WITH_DIRECT = (29,)
# Before the first of these, direct addresses fail for tokens with other characters than letters
# and digits; from the second one on they are known to work.
_ODD_TOKENS = (31, 1), (32,)
_DOWNLOADS = frozenset(
    {ShareLinkForm.DOWNLOAD, ShareLinkForm.FILES, ShareLinkForm.FILE, ShareLinkForm.DIRECT}
)

_Entry = TypeVar("_Entry", RemoteFile, RemoteFolder)


class WalkedPlaces:
    """The trees of a run, searched by path or id.

    Paths are found in the trees' own order, and ids are indexed only when a link has one: a
    million entries are not indexed for one link.
    """

    def __init__(self, shares: Mapping[str, Share], secret: Collection[str] = ()) -> None:
        """Search `shares`, which are by id; no link is proposed to those of the ids in `secret`."""
        self.shares = shares
        self._secret = frozenset(secret)
        self._places: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
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

    def is_file(self, share_id: str, file_id: int) -> bool:
        """Return whether an id of a share is that of a file."""
        return isinstance(self._ids_of(share_id).get(file_id), RemoteFile)

    def find_share(self, cloud: str, file_id: int) -> str | None:
        """Return the first public share of a Nextcloud with a file id, None without one.

        File ids are unique per Nextcloud. Readers do not see an account's files, and do not know a
        token that is only in the settings.
        """
        public = self._public.get(cloud, ())
        return next((id_ for id_ in public if file_id in self._ids_of(id_)), None)

    def find_inside(self, cloud: str, file_id: int) -> str | None:
        """Return the path that the account of a Nextcloud sees for a file id, None without one."""
        account = name_account(cloud)
        entry = self._ids_of(account).get(file_id) if account in self.shares else None
        return None if entry is None else entry.path

    def knows_ids(self, share_id: str) -> bool:
        """Return whether any entry of a share has an id; those of a local copy have none."""
        return bool(self._ids_of(share_id))

    def is_found(self, share: Share, path: str) -> bool:
        """Return whether a place of a share answered by itself."""
        return path in self._places_of(share)[0]

    def is_gone(self, share: Share, path: str) -> bool:
        """Return whether a place of a share is proven to be gone."""
        return path in self._places_of(share)[1]

    @cached_property
    def _public(self) -> Mapping[str, Sequence[str]]:
        """The listed shares that readers may know, by their Nextcloud."""
        public: defaultdict[str, list[str]] = defaultdict(list)
        for id_, share in sorted(self.shares.items()):
            is_hidden = share.kind is ShareKind.ACCOUNT or id_ in self._secret or share.has_password
            if share.tree is not None and not is_hidden:
                public[split_share_id(id_).cloud].append(id_)
        return public

    def _places_of(self, share: Share) -> tuple[frozenset[str], frozenset[str]]:
        if share.id not in self._places:
            places = frozenset(share.found_places), frozenset(share.gone_places)
            self._places[share.id] = places
        return self._places[share.id]

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
            # Its page takes files; nothing in it can be downloaded.
            status = LinkStatus.BROKEN if link.form in _DOWNLOADS else LinkStatus.OK
            return _share_verdict(status, Reason("link-share-upload-only"))
        case ShareStatus.THROTTLED | ShareStatus.UNREADABLE | ShareStatus.UNCHECKED:
            reason = share.reason or Reason("share-not-looked-at")
            return _share_verdict(LinkStatus.UNCHECKED, reason)
        case ShareStatus.OK:
            return _judge_place(link, share, places)
        case _ as never:
            assert_never(never)


def opens_root(link: ShareLink, share: Share) -> bool:
    """Return whether the server ignores what a link names in a share and gives all of it."""
    version = _read_version(share)
    if version is None or _is_single_file(share) or not (link.folder or link.file_name):
        return False
    if version[0] < _FIRST_MAJOR_WITH_DIR:
        return bool(link.folder) and link.form is ShareLinkForm.DIR
    if link.form is ShareLinkForm.DOWNLOAD:
        return True
    return bool(link.folder) and link.form is ShareLinkForm.PATH


def correct_link(link: ShareLink, share: Share) -> Reason:
    """Return the proposal to use an address, on the link's own host, that opens what it names.

    `url` is that address: for a page the form that works before and after 31, with its file; for a
    download the direct one where the server has it.
    """
    url = _build_page_link(link, link.folder, link.file_id)
    # A direct address asks for no password: a reader would meet an error.
    open_to_all = share.has_password is False or share.kind is ShareKind.LOCAL
    download = link.form in (ShareLinkForm.DOWNLOAD, ShareLinkForm.FILES)
    if download and open_to_all and _takes_direct(link, share):
        path = link.folder if link.file_path is None else link.file_path
        url = build_direct_link(
            link.base_url, link.token or "", path, folder=link.file_path is None
        )
    return Reason("use-link", {"url": url})


def _build_page_link(link: ShareLink, folder: str, file_id: int | None) -> str:
    front = "/index.php" if link.index_php else ""
    return build_share_link(f"{link.base_url}{front}", link.token or "", folder, file_id)


def _takes_direct(link: ShareLink, share: Share) -> bool | None:
    """Return whether the server serves direct addresses for a token; None when unknown."""
    version = _read_version(share)
    if version is None:
        return None
    if version < _FIRST_WITH_DIRECT:
        return False
    fails_before, works_from = _ODD_TOKENS
    if (link.token or "").isalnum() or version >= works_from:
        return True
    return False if version < fails_before else None


def _read_version(share: Share) -> tuple[int, ...] | None:
    numbers = (share.server_version or "").split(".")
    return tuple(map(int, numbers)) if all(number.isdigit() for number in numbers) else None


def _is_single_file(share: Share) -> bool:
    return share.tree is not None and share.tree.single_file


def _share_verdict(
    status: LinkStatus, reason: Reason | None = None, hint: Reason | None = None
) -> LinkVerdict:
    return LinkVerdict(LinkKind.SHARE, status, reason, hint=hint)


def _judge_inside(link: ShareLink, places: WalkedPlaces) -> LinkVerdict:
    share_id = None if link.file_id is None else places.find_share(link.cloud, link.file_id)
    if link.file_id is None or share_id is None:
        path = None if link.file_id is None else places.find_inside(link.cloud, link.file_id)
        reason = Reason("link-needs-login", {} if path is None else {"path": path})
        return LinkVerdict(LinkKind.LOGIN, LinkStatus.NEEDS_LOGIN, reason)
    folder = places.find_folder(share_id, link.file_id) or ""
    token = split_share_id(share_id).token
    file_id = link.file_id if places.is_file(share_id, link.file_id) else None
    url = _build_page_link(replace(link, token=token), folder, file_id)
    return LinkVerdict(
        LinkKind.LOGIN,
        LinkStatus.NEEDS_LOGIN,
        Reason("link-needs-login-but-public"),
        hint=Reason("use-link", {"url": url}),
    )


def _judge_place(link: ShareLink, share: Share, places: WalkedPlaces) -> LinkVerdict:
    verdict = _judge_absence(link.folder, share, places)
    if verdict is None and link.file_id is not None:
        verdict = _judge_file_id(link, link.file_id, share, places)
    # A server gives the file of a single-file share, whatever name a download asks for.
    elif verdict is None and link.file_path is not None and not _gives_its_file(link, share):
        verdict = _judge_absence(link.file_path, share, places)
    return verdict or _judge_form(link, share)


def _gives_its_file(link: ShareLink, share: Share) -> bool:
    return _is_single_file(share) and link.form is not ShareLinkForm.DIRECT


def _judge_form(link: ShareLink, share: Share) -> LinkVerdict:
    """Return the verdict on a link whose place is there, by what its server makes of its form."""
    version = _read_version(share)
    named = link.folder if link.file_path is None else link.file_path
    if opens_root(link, share):
        reason = Reason("link-opens-root", {"folder": named})
        return _share_verdict(LinkStatus.OK, reason, correct_link(link, share))
    if version is None or _gives_its_file(link, share):
        return _share_verdict(LinkStatus.OK)
    if link.form is ShareLinkForm.FILES and version[0] >= _FIRST_MAJOR_WITH_DIR:
        reason = Reason("link-download-empty", {"path": named})
        return _share_verdict(LinkStatus.BROKEN, reason, correct_link(link, share))
    if link.form is ShareLinkForm.DIRECT and share.has_password:
        reason = Reason("link-share-needs-password")
        return _share_verdict(LinkStatus.NEEDS_PASSWORD, reason)
    if link.form is ShareLinkForm.DIRECT and _takes_direct(link, share) is False:
        reason = Reason("link-direct-unknown", {"version": share.server_version})
        return _share_verdict(LinkStatus.BROKEN, reason, correct_link(link, share))
    return _share_verdict(LinkStatus.OK)


def _judge_absence(path: str, share: Share, places: WalkedPlaces) -> LinkVerdict | None:
    """Return the verdict if `path` is not known to be in a live share; None if it is."""
    if not path or places.has_path(share, path) or places.is_found(share, path):
        return None
    if places.is_gone(share, path):
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
        hint = Reason("use-link", {"url": _build_page_link(link, folder, file_id)})
        return _share_verdict(LinkStatus.OK, reason, hint)
    if not share.listed or share.scope or not places.knows_ids(share.id):
        # A local copy knows no ids and a part of a share only its own, so absence proves nothing.
        return _share_verdict(LinkStatus.UNCHECKED, Reason("link-file-id-unknown"))
    return _share_verdict(LinkStatus.BROKEN, Reason("link-file-gone", {"file_id": file_id}))
