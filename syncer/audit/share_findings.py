"""Findings about the shares: gone, locked, writable, unreadable, suddenly empty (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import assert_never

from syncer.audit.codes import add_why, make_finding
from syncer.audit.evidence import Evidence
from syncer.model.findings import Finding
from syncer.model.reason import Args, Reason
from syncer.model.shares import SUDDENLY_EMPTY, Share, ShareKind, ShareStatus, UnreadFolder
from syncer.nextcloud.link_verdict import correct_link, opens_root

_MAX_NAMED_FOLDERS = 5
_MAX_NAMED_PAGES = 5
# Time enough to set a new date, and to notice a change when a mail was overlooked.
_TOLD_BEFORE = timedelta(days=30)
_TOLD_AFTER = timedelta(days=14)


def find_in_shares(evidence: Evidence) -> Iterator[Finding]:
    """Yield the findings about shares, and about links that open their root."""
    for share in evidence.observed.shares.values():
        yield from _judge_status(evidence, share)
        if share.writable_by_link:
            hint = Reason("make-share-read-only")
            yield _make(evidence, "share-writable", share, _describe(share), hint)
        yield from _find_news(evidence, share)
    yield from _find_emptied(evidence)
    yield from _find_root_openers(evidence)


def _judge_status(evidence: Evidence, share: Share) -> Iterator[Finding]:
    """Yield the finding of a share's status; one with unread folders is unreadable too."""
    args = add_why(_describe(share), share.reason)
    match share.status:
        case ShareStatus.GONE:
            links = sum(mention.parsed.share_id == share.id for mention in evidence.mentions)
            args = {**args, "links": links or None}
            yield _make(evidence, "share-gone", share, args, Reason("share-again-or-unlink"))
        case ShareStatus.NEEDS_PASSWORD:
            yield _make(evidence, "share-needs-password", share, args, _ask_for_password(share))
        case ShareStatus.UPLOAD_ONLY:
            yield _make(evidence, "share-unreadable", share, args, Reason("allow-reading"))
        case ShareStatus.THROTTLED:
            yield _make(evidence, "share-unreadable", share, args, Reason("next-run-looks-again"))
        case ShareStatus.UNREADABLE:
            yield _make(evidence, "share-unreadable", share, args, _look_at_server(share))
        case ShareStatus.OK:
            yield from _report_unread(evidence, share)
        case ShareStatus.UNCHECKED:
            pass
        case _ as never:
            assert_never(never)


def _ask_for_password(share: Share) -> Reason:
    if share.kind is ShareKind.ACCOUNT:
        return Reason("renew-app-password")
    if share.reason is not None and share.reason.code == "share-password-wrong":
        return Reason("correct-password")
    return Reason("configure-password")


def _look_at_server(share: Share) -> Reason:
    """Ask somebody to look only when the server itself fails: the next run tries again anyway."""
    if share.reason is not None and share.reason.code.startswith("server-"):
        return Reason("see-whether-server-answers")
    return Reason("next-run-looks-again")


def _find_news(evidence: Evidence, share: Share) -> Iterator[Finding]:
    """Yield what an administrator should know in time: a link that ends, or has changed."""
    today = evidence.observed.today
    if share.expires_on is not None and today <= share.expires_on <= today + _TOLD_BEFORE:
        pages = evidence.list_pages(share.id)
        args: Args = {
            **_describe(share),
            "expires_on": share.expires_on.isoformat(),
            "pages": pages[:_MAX_NAMED_PAGES],
            "pages_count": len(pages),
        }
        yield _make(evidence, "share-expires", share, args, None)
    traits = evidence.observed.traits.get(share.id)
    if traits is None or traits.change is None or traits.changed_on is None:
        return
    if traits.changed_on + _TOLD_AFTER > today:
        args = {**_describe(share), "on": traits.changed_on.isoformat()}
        why = Reason(traits.change)
        yield _make(evidence, "share-changed", share, add_why(args, why), None)


def _report_unread(evidence: Evidence, share: Share) -> Iterator[Finding]:
    """Yield one finding for the folders that could not be read, one for those suddenly empty."""
    unread = () if share.tree is None else share.tree.unread
    emptied = [folder for folder in unread if folder.reason.code == SUDDENLY_EMPTY]
    failed = [folder for folder in unread if folder.reason.code != SUDDENLY_EMPTY]
    if emptied:
        args: Args = {**_name_folders(evidence, share, emptied), **emptied[0].reason.args}
        hint = Reason("restore-or-accept-empty")
        yield _make(evidence, "share-suddenly-empty", share, args, hint)
    if failed or share.tree is None:
        why = failed[0].reason if failed else share.reason
        args = add_why(_name_folders(evidence, share, failed), why)
        yield _make(evidence, "share-unreadable", share, args, Reason("next-run-looks-again"))


def _name_folders(evidence: Evidence, share: Share, folders: Sequence[UnreadFolder]) -> Args:
    names = tuple(evidence.name_folder(share.id, folder.path) for folder in folders)
    return {
        **_describe(share),
        "folders": names[:_MAX_NAMED_FOLDERS],
        "folders_count": len(names),
    }


def _describe(share: Share) -> Args:
    return {"share": share.id, "name": share.name}


def _make(evidence: Evidence, code: str, share: Share, args: Args, hint: Reason | None) -> Finding:
    at = evidence.first_place.get(share.id)
    return make_finding(code, share.id, (share.id,), args, at=at, hint=hint)


def _find_emptied(evidence: Evidence) -> Iterator[Finding]:
    for emptied in evidence.observed.emptied:
        share = evidence.observed.shares[emptied.share]
        args: Args = {
            **_describe(share),
            "files_before": emptied.files_before,
            "rows_before": emptied.rows_before,
            "rows_lost": emptied.rows_lost,
            "days": emptied.days,
        }
        hint = Reason("restore-or-accept-empty")
        yield _make(evidence, "share-suddenly-empty", share, args, hint)


def _find_root_openers(evidence: Evidence) -> Iterator[Finding]:
    """Yield the links whose folder the server's page ignores, unless that folder is gone."""
    for mention in evidence.mentions:
        parsed = mention.parsed
        share = evidence.observed.shares.get(parsed.share_id or "")
        if share is None or share.status is not ShareStatus.OK or not opens_root(parsed, share):
            continue
        if evidence.is_gone(share.id, parsed.folder):
            continue
        link, named = mention.link, parsed.file_path or parsed.folder
        yield make_finding(
            "share-link-opens-root",
            link.url,
            (link.span.file, link.url),
            {"share": share.id, "url": link.url, "folder": named, "text": link.text},
            at=link.span,
            hint=correct_link(parsed, share),
            row=mention.row,
            link=mention.check,
        )
