"""The shares that rows and links name → one `Share` each, with its tree if it could be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

import structlog

from syncer.config import Secrets, Settings
from syncer.config.settings import NextcloudSettings
from syncer.errors import ConfigError
from syncer.handbook.source.committed_links import explain_committed_link
from syncer.model.handbook import ShareLink
from syncer.model.reason import Reason
from syncer.model.shares import (
    ACCOUNT_NAME,
    ListingKind,
    Share,
    ShareStatus,
    name_account,
    split_share_id,
)
from syncer.nextcloud.local import read_local_share
from syncer.nextcloud.share_reader import HostSettings, ShareTarget, confirm_places, read_shares
from syncer.pipeline.globs import normalize_path
from syncer.pipeline.handbook import ReadHandbook
from syncer.pipeline.job import Job
from syncer.pipeline.labels import label_shares
from syncer.store.share_memory import ShareStore
from syncer.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class NamedShare:
    """A share that handbook or settings name; `places` are the folders and files named in it.

    `base_url` is that of its links, None without any; `index_php` is true when one of them has
    `/index.php`, where every server has its page. `file_ids` are those of links behind the login
    of an account.
    """

    id: str
    base_url: str | None
    index_php: bool
    places: frozenset[str]
    file_ids: frozenset[int] = frozenset()


def look_at_shares(job: Job, read: ReadHandbook) -> dict[str, Share]:
    """Read every share of the run once: from a local copy, over the network, or not at all.

    Raises:
        ConfigError: `--share-folder` names a token that no link leads to.
    """
    options, settings, secrets, around = job.options, job.settings, job.secrets, job.around
    memory = None if job.memory.database is None else ShareStore(job.memory.database)
    # For a share or folder that looked too empty, only a full walk counts (docs/design.md rule 3).
    suspected = memory is not None and (
        bool(memory.load_suspicions())
        or any(held.doubt for holdings in memory.load_holdings().values() for held in holdings)
    )
    named = find_shares(read, settings, rows_only=options.only == "resources")
    _check_share_folders(options.share_folders, named.values())
    local, remote = _split_local(named, options.share_folders)
    shares = {share.id: share for share in local}
    targets = _make_targets(remote, read, settings, secrets)
    if options.offline:
        shares |= {target.id: _skip_offline(target) for target in targets}
    else:
        for share in read_shares(
            targets,
            memory=memory,
            full=options.full or suspected,
            around=_show_labels(around, targets, read),
        ):
            shares[share.id] = share
    _log_hosts(shares.values())
    is_whole = options.only is None and not options.pages and not options.offline
    if memory is not None and job.scheduled and is_whole:
        memory.forget_others(named.keys())
    return shares


def _show_labels(
    around: Surroundings, targets: Iterable[ShareTarget], read: ReadHandbook
) -> Surroundings:
    """Return surroundings whose progress calls shares what the handbook calls them."""
    unread = {target.id: _skip_offline(target) for target in targets}
    labels = {id_: s.label for id_, s in label_shares(unread, read.links, read.rows).items()}

    def on_progress(stage: str, done: int, total: int | None) -> None:
        around.on_progress(labels.get(stage) or stage, done, total)

    return replace(around, on_progress=on_progress)


def confirm_missing(
    shares: Mapping[str, Share], job: Job, read: ReadHandbook, *, looked_at: datetime
) -> dict[str, Share]:
    """Ask again for the places that the trees do not have, some seconds after `looked_at`.

    `shares` are those of `look_at_shares`, whose look ended at `looked_at`.
    """
    settings = job.settings
    named = find_shares(read, settings, rows_only=False).values()
    confirmed = confirm_places(
        tuple(shares.values()),
        [(share.id, place) for share in named for place in share.places],
        targets=_make_targets(named, read, settings, job.secrets),
        looked_at=looked_at,
        around=job.around,
    )
    labelled = label_shares({share.id: share for share in confirmed}, read.links, read.rows)
    for share in labelled.values():
        _log_share(share)
    return labelled


def list_targets(job: Job, read: ReadHandbook) -> list[ShareTarget]:
    """Return how to reach every share of the run."""
    named = find_shares(read, job.settings, rows_only=False).values()
    return _make_targets(named, read, job.settings, job.secrets)


def find_shares(
    read: ReadHandbook, settings: Settings, *, rows_only: bool
) -> dict[str, NamedShare]:
    """Return the shares that the audited pages and the settings name, by id."""
    links = [] if rows_only else [routed.share for routed in read.links]
    links += _list_row_links(read)
    places: defaultdict[str, set[str]] = defaultdict(set)
    for share, place in (*_list_link_places(links), *_list_row_places(read, settings)):
        places[share].add(place)
    inside = _find_inside_ids(links, settings)
    for account in inside:
        places[account].add("")
    for account, folders in _find_account_folders(read).items():
        if account in places:
            places[account].update(folders)
    for pin in settings.pin:
        places[pin.share].add("")
    index_php = {link.share_id for link in links if link is not None and link.index_php}
    base_urls = _list_base_urls(links)
    return {
        share: NamedShare(
            id=share,
            base_url=base_urls.get(share) or base_urls.get(cloud),
            index_php=share in index_php,
            places=frozenset(places[share]) - {""},
            file_ids=inside.get(share, frozenset()),
        )
        for share, cloud in ((share, split_share_id(share).cloud) for share in sorted(places))
    }


def _find_inside_ids(
    links: Iterable[ShareLink | None], settings: Settings
) -> dict[str, frozenset[int]]:
    """Return the file ids of links behind the login, by the share id of the account."""
    accounts = {name_account(cloud.host.lower()) for cloud in settings.nextcloud if cloud.user}
    found: defaultdict[str, set[int]] = defaultdict(set)
    for link in links:
        if link is not None and link.token is None and link.file_id is not None:
            found[name_account(link.cloud)].add(link.file_id)
    return {account: frozenset(ids) for account, ids in found.items() if account in accounts}


def _list_base_urls(links: Iterable[ShareLink | None]) -> dict[str, str]:
    """Return the address of each linked share, and of each Nextcloud for shares without links.

    Of two spellings "https://" is the greater one, whichever link comes last.
    """
    base_urls: dict[str, str] = {}
    for link in links:
        if link is not None:
            for key in (link.share_id or name_account(link.cloud), link.cloud):
                base_urls[key] = max(link.base_url, base_urls.get(key, ""))
    return base_urls


def _list_row_links(read: ReadHandbook) -> list[ShareLink | None]:
    audited = frozenset(read.audited)
    links = (link for row in read.rows if row.page in audited for link in row.links)
    return [read.share_links.get(link.url) for link in links]


def _list_link_places(links: Iterable[ShareLink | None]) -> Iterator[tuple[str, str]]:
    """Yield share and place of each link: its folder, and the file that it names."""
    for link in links:
        if link is not None and link.share_id is not None:
            yield link.share_id, link.folder
            if link.file_path is not None:
                yield link.share_id, link.file_path


def _list_row_places(read: ReadHandbook, settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield share and place of each row of the audited pages.

    A place that needs a login names the account of its host, if there is one.
    """
    accounts = {name_account(cloud.host.lower()) for cloud in settings.nextcloud if cloud.user}
    audited = frozenset(read.audited)
    for placement in (p for row in read.rows if row.page in audited for p in row.places):
        if placement.share is not None:
            yield placement.share, placement.path or ""
        elif placement.cloud is not None and name_account(placement.cloud) in accounts:
            yield name_account(placement.cloud), ""


def _check_share_folders(folders: Mapping[str, Path], named: Iterable[NamedShare]) -> None:
    tokens = sorted({split_share_id(share.id).token for share in named} - {ACCOUNT_NAME})
    problems = [
        f"--share-folder {token}: no link of the audited pages leads to that share"
        + (f"; there are {', '.join(tokens)}." if tokens else ".")
        for token in sorted(folders)
        if token not in tokens
    ]
    problems += [
        f"--share-folder {token}: {folder} is not read: {linked}. Name the folder itself."
        for token, folder in sorted(folders.items())
        if (linked := explain_committed_link(folder))
    ]
    if problems:
        raise ConfigError(*problems)


def _split_local(
    named: Mapping[str, NamedShare], folders: Mapping[str, Path]
) -> tuple[list[Share], list[NamedShare]]:
    folder_of = {share: folders.get(split_share_id(share).token) for share in named}
    local = [
        read_local_share(share, folder) for share, folder in folder_of.items() if folder is not None
    ]
    return local, [share for id_, share in named.items() if folder_of[id_] is None]


def _skip_offline(target: ShareTarget) -> Share:
    return Share(
        id=target.id,
        kind=target.kind,
        name=target.name,
        base_url=target.public_url,
        endpoint=None,
        server_version=None,
        status=ShareStatus.UNCHECKED,
        listing=ListingKind.NONE,
        tree=None,
        reason=Reason("offline"),
    )


def _make_targets(
    shares: Iterable[NamedShare], read: ReadHandbook, settings: Settings, secrets: Secrets
) -> list[ShareTarget]:
    clouds = {cloud.host.lower(): cloud for cloud in settings.nextcloud}
    inside = _find_account_folders(read)
    targets: list[ShareTarget] = []
    for share in shares:
        parts = split_share_id(share.id)
        cloud = clouds.get(parts.host)
        account = parts.token == ACCOUNT_NAME
        passwords, key = (secrets.accounts, parts.cloud) if account else (secrets.shares, share.id)
        targets.append(
            ShareTarget(
                id=share.id,
                token=parts.token,
                host=replace(
                    _describe_host(cloud, share, inside.get(name_account(parts.cloud), ())),
                    account=_find_account(cloud, secrets.accounts.get(parts.cloud)),
                ),
                password=passwords.get(key),
                user=cloud.user if account and cloud is not None else None,
                index_php=share.index_php,
                public_url=_find_public_url(cloud, share),
                file_ids=tuple(sorted(share.file_ids)),
            )
        )
    return targets


def _find_account(cloud: NextcloudSettings | None, password: str | None) -> tuple[str, str] | None:
    """Return the login of a Nextcloud's account, None without one."""
    if cloud is None or cloud.user is None or password is None:
        return None
    return cloud.user, password


def _find_account_folders(read: ReadHandbook) -> dict[str, tuple[str, ...]]:
    """Return the folders that rows name, by the share id of the account that sees them.

    Rows of all pages count, whatever `--page` says: the scope of an account is always the same.
    """
    folders: defaultdict[str, set[str]] = defaultdict(set)
    for placement in (placement for row in read.rows for placement in row.places):
        share = placement.share or ""
        if placement.path and split_share_id(share).token == ACCOUNT_NAME:
            folders[share].add(placement.path)
    return {account: tuple(sorted(paths)) for account, paths in folders.items()}


def _find_public_url(named: NextcloudSettings | None, share: NamedShare) -> str:
    """Return where people reach the Nextcloud of a share: never an address within."""
    parts = split_share_id(share.id)
    if share.base_url is not None:
        return share.base_url
    within = "" if named is None or parts.webroot else named.base_url or ""
    return within if urlsplit(within).netloc == parts.host else f"https://{parts.cloud}"


def _describe_host(
    named: NextcloudSettings | None, share: NamedShare, inside: tuple[str, ...]
) -> HostSettings:
    """Return how the Nextcloud of a share is reached.

    A page decides neither the address nor the scheme of a host that the settings name, where
    passwords go. For another Nextcloud on that host they say only how to reach it.
    """
    parts = split_share_id(share.id)
    cloud = named or NextcloudSettings(host=parts.host, base_url=share.base_url)
    if named is not None and parts.webroot:
        cloud = replace(named, base_url=None, folders={})
    folders = {
        token: tuple(map(normalize_path, paths)) for token, paths in cloud.folders.items() if paths
    }
    return HostSettings(
        host=parts.host,
        base_url=cloud.base_url or f"https://{parts.cloud}",
        may_be_private=named is not None,
        ca_file=cloud.ca_file,
        workers=cloud.workers,
        full_walk_every_days=cloud.full_walk_every_days,
        folders={**folders, ACCOUNT_NAME: inside},
    )


def _log_hosts(shares: Iterable[Share]) -> None:
    """Log one line per Nextcloud, whose shares are read one after the other."""
    by_host = sorted(shares, key=_host_of)
    for host, group in groupby(by_host, key=_host_of):
        read = tuple(group)
        structlog.get_logger("syncer").info(
            "nextcloud-read",
            host=host,
            version=next((share.server_version for share in read if share.server_version), None),
            shares=len(read),
            ok=sum(share.status is ShareStatus.OK for share in read),
            requests=sum(share.requests for share in read),
            seconds=round(sum(share.seconds for share in read), 3),
        )


def _host_of(share: Share) -> str:
    return split_share_id(share.id).cloud


def _log_share(share: Share) -> None:
    """Log one line per share: how it was listed, what that cost, and the result."""
    structlog.get_logger("syncer").info(
        "share-read",
        share=share.id,
        folder=None if share.id.endswith(f"/{share.name}") else share.name,
        label=share.label,
        status=share.status.value,
        listing=share.listing.value,
        files=None if share.tree is None else len(share.tree.files),
        requests=share.requests,
        seconds=round(share.seconds, 3),
        reason=None if share.reason is None else share.reason.code,
    )
