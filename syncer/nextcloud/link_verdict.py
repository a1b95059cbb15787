"""What a reader meets behind a Nextcloud link, answered from the walk (pure).

The page's own status proves nothing (`nextcloud.md`, section 5): the tree behind the share does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from syncer.model import (
    LinkKind,
    LinkStatus,
    LinkVerdict,
    Reason,
    Share,
    ShareLink,
    ShareLinkForm,
    ShareStatus,
)
from syncer.nextcloud.share_url import build_share_link

# From this major version on the share page reads `dir` only; before it, `path` only.
_FIRST_MAJOR_WITH_DIR = 31


@dataclass(frozen=True, slots=True)
class WalkedPlaces:
    """The trees of a run, indexed for questions about single links.

    `folders` and `files` hold the paths per share id; `by_file_id` knows where a file id lies:
    (share id, folder). Ids count per host, since each Nextcloud numbers on its own.
    """

    shares: Mapping[str, Share]
    folders: Mapping[str, frozenset[str]]
    files: Mapping[str, frozenset[str]]
    by_file_id: Mapping[tuple[str, int], tuple[str, str]]


def index_places(shares: Mapping[str, Share]) -> WalkedPlaces:
    """Index the trees of `shares`; a share without a tree has no entry in them."""
    folders: dict[str, frozenset[str]] = {}
    files: dict[str, frozenset[str]] = {}
    by_file_id: dict[tuple[str, int], tuple[str, str]] = {}
    for share_id, share in sorted(shares.items()):
        if share.tree is None:
            continue
        folders[share_id] = frozenset(folder.path for folder in share.tree.folders)
        files[share_id] = frozenset(file.path for file in share.tree.files)
        host = share_id.partition("/")[0]
        for folder in share.tree.folders:
            if folder.file_id is not None:
                by_file_id.setdefault((host, folder.file_id), (share_id, folder.path))
        for file in share.tree.files:
            if file.file_id is not None:
                by_file_id.setdefault((host, file.file_id), (share_id, file.folder))
    return WalkedPlaces(shares, folders, files, by_file_id)


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
    found = None if link.file_id is None else places.by_file_id.get((link.host, link.file_id))
    if found is None:
        return LinkVerdict(LinkKind.LOGIN, LinkStatus.NEEDS_LOGIN, Reason("link-needs-login"))
    share_id, folder = found
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
    if not path or path in places.folders[share.id] or path in places.files[share.id]:
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
    found = places.by_file_id.get((link.host, file_id))
    if found is not None and found[0] == share.id:
        if found[1] == link.folder:
            return None
        url = build_share_link(link.base_url, link.token or "", found[1])
        return _share_verdict(
            LinkStatus.OK,
            Reason("link-file-moved", {"folder": found[1]}),
            Reason("use-link", {"url": url}),
        )
    if not share.listed or not any(host == link.host for host, _ in places.by_file_id):
        # A local copy knows no ids: nothing follows from their absence.
        return _share_verdict(LinkStatus.UNCHECKED, Reason("link-file-id-unknown"))
    return _share_verdict(LinkStatus.BROKEN, Reason("link-file-gone", {"file_id": file_id}))
