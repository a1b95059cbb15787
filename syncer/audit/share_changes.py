"""What a share's link shows, compared with the last time that it was read (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from syncer.model.shares import Share, ShareKind, ShareStatus, ShareTraits


def compare_traits(
    shares: Mapping[str, Share], before: Mapping[str, ShareTraits], *, today: date
) -> dict[str, ShareTraits]:
    """Return the traits of the public shares of a run, with the last change of each.

    What could not be seen today stays as it was: it is no change. Of several changes on a day the
    first of `_name_change` is named.
    """
    traits: dict[str, ShareTraits] = {}
    for id_, share in shares.items():
        if share.kind is not ShareKind.PUBLIC:
            continue
        earlier = before.get(id_, ShareTraits(id_))
        now = _read_traits(share, earlier)
        change = _name_change(earlier, now)
        traits[id_] = now if change is None else replace(now, change=change, changed_on=today)
    return traits


def _read_traits(share: Share, earlier: ShareTraits) -> ShareTraits:
    root_id, has_password, upload_only = _find_root_id(share), share.has_password, None
    if share.status is ShareStatus.OK:
        upload_only = False
    elif share.status is ShareStatus.UPLOAD_ONLY:
        upload_only = True
    elif share.status is ShareStatus.NEEDS_PASSWORD:
        has_password = True
    return replace(
        earlier,
        root_id=earlier.root_id if root_id is None else root_id,
        has_password=earlier.has_password if has_password is None else has_password,
        upload_only=earlier.upload_only if upload_only is None else upload_only,
    )


def _find_root_id(share: Share) -> int | None:
    tree = share.tree
    if tree is None:
        return None
    if tree.single_file:
        return tree.files[0].file_id
    return next((folder.file_id for folder in tree.folders if not folder.path), None)


def _name_change(before: ShareTraits, now: ShareTraits) -> str | None:
    """Return the code of the reason of a change; None when nothing known has changed."""
    if before.root_id is not None and now.root_id != before.root_id:
        return "share-shows-other-folder"
    if before.has_password is not None and now.has_password != before.has_password:
        return "share-got-password" if now.has_password else "share-lost-password"
    if before.upload_only is False and now.upload_only:
        return "share-became-upload-only"
    return None
