"""The shares that rows and links name → one `Share` each, with its tree where it could be read.

`look` reads every share once, `confirm` asks a second time for the places that were not found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

import structlog

from syncer.config import Secrets, Settings
from syncer.config.settings import NextcloudSettings
from syncer.errors import ConfigError
from syncer.model.handbook import PlaceKind, ShareLink
from syncer.model.reason import Reason
from syncer.model.shares import ACCOUNT_NAME, ListingKind, Share, ShareStatus, name_account
from syncer.nextcloud.local import read_local_share
from syncer.nextcloud.share_reader import HostSettings, ShareTarget, confirm_places, read_shares
from syncer.pipeline.globs import normalize_path
from syncer.pipeline.handbook import ReadHandbook
from syncer.pipeline.job import Job
from syncer.store.share_memory import ShareStore
from syncer.store.suspicions import load_suspicions


@dataclass(frozen=True, slots=True)
class NamedShare:
    """A share that handbook or settings name; `places` are the folders and files named in it.

    `token` is `ACCOUNT_NAME` for what an account of the settings sees of its host; `index_php`
    tells that a link to it bears `/index.php`, where every server has the share's page.
    """

    id: str
    host: str
    token: str
    base_url: str
    index_php: bool
    places: frozenset[str]


def look(job: Job, read: ReadHandbook) -> dict[str, Share]:
    """Read every share of the run once: from a local copy, over the network, or not at all.

    Raises:
        ConfigError: `--share-folder` names a token that no link leads to.
    """
    options, settings, secrets, around = job.options, job.settings, job.secrets, job.around
    connection = job.memory.connection
    memory = None if connection is None else ShareStore(connection)
    # Only a full walk is a new answer of a share that looked too empty (design rule 3).
    suspected = connection is not None and bool(load_suspicions(connection))
    named = find_shares(read, settings, rows_only=options.only == "resources")
    _check_share_folders(options.share_folders, named.values())
    local, remote = _divide(named, options.share_folders)
    shares = {share.id: share for share in local}
    targets = _aim(remote, read, settings, secrets)
    if options.offline:
        shares |= {target.id: _leave(target) for target in targets}
    else:
        for share in read_shares(
            targets,
            memory=memory,
            full=options.full or suspected,
            now=around.now,
            sleep=around.sleep,
            stop=around.stop,
            on_progress=around.on_progress,
        ):
            shares[share.id] = share
    _log_hosts(shares.values())
    return shares


def confirm(
    shares: Mapping[str, Share], job: Job, read: ReadHandbook, *, looked_at: datetime
) -> dict[str, Share]:
    """Ask a second time for the places that the trees do not hold; at the end of the run.

    Args:
        shares: as `look` returned them, by id.
        job: the run.
        read: the handbook that names the places.
        looked_at: when the first look ended: the second comes some seconds later.
    """
    settings, around = job.settings, job.around
    named = [
        share
        for share in find_shares(read, settings, rows_only=False).values()
        if share.id in shares
    ]
    confirmed = confirm_places(
        tuple(shares.values()),
        [(share.id, place) for share in named for place in sorted(share.places)],
        targets=_aim(named, read, settings, job.secrets),
        looked_at=looked_at,
        now=around.now,
        sleep=around.sleep,
        stop=around.stop,
    )
    for share in confirmed:
        _log_share(share)
    return {share.id: share for share in confirmed}


def find_shares(
    read: ReadHandbook, settings: Settings, *, rows_only: bool
) -> dict[str, NamedShare]:
    """Return the shares that the audited pages and the settings name, by id."""
    base_urls: dict[str, str] = {}
    index_php: set[str] = set()
    places: dict[str, set[str]] = {}

    def name(share: str, place: str) -> None:
        places.setdefault(share, set()).add(place)

    links = () if rows_only else (routed.share for routed in read.links)
    for link in [*links, *_links_of_rows(read)]:
        if link is not None:
            # Of two spellings "https://" is the greater one, whichever link comes last. A share
            # that no link leads to is reached as the others of its host.
            for id_ in (link.share_id or name_account(link.host), link.host):
                base_urls[id_] = max(link.base_url, base_urls.get(id_, ""))
        if link is not None and link.share_id is not None:
            name(link.share_id, link.folder)
            if link.index_php:
                index_php.add(link.share_id)
            if link.file_name is not None:
                name(link.share_id, _join(link.folder, link.file_name))
    for share, place in _find_in_rows(read, settings):
        name(share, place)
    for account, folders in _find_folders_inside(read).items():
        if account in places:
            places[account].update(folders)
    for pin in settings.pin:
        name(pin.share, "")
    split = {share: share.partition("/") for share in sorted(places)}
    return {
        share: NamedShare(
            id=share,
            host=host,
            token=token,
            base_url=base_urls.get(share) or base_urls.get(host, f"https://{host}"),
            index_php=share in index_php,
            places=frozenset(places[share]) - {""},
        )
        for share, (host, _, token) in split.items()
    }


def _find_in_rows(read: ReadHandbook, settings: Settings) -> Iterator[tuple[str, str]]:
    """Give share and place of what the rows of the audited pages name.

    A place behind a login names the account of its host, if there is one.
    """
    accounts = {name_account(cloud.host.lower()) for cloud in settings.nextcloud if cloud.user}
    audited = frozenset(read.audited)
    for placement in (p for row in read.rows if row.page in audited for p in row.places):
        if placement.kind is PlaceKind.SHARE and placement.share is not None:
            yield placement.share, placement.path or ""
        elif placement.host is not None and name_account(placement.host) in accounts:
            yield name_account(placement.host), ""


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _links_of_rows(read: ReadHandbook) -> Iterable[ShareLink | None]:
    audited = frozenset(read.audited)
    links = (link for row in read.rows if row.page in audited for link in row.links)
    return (read.share_links.get(link.url) for link in links)


def _check_share_folders(folders: Mapping[str, Path], named: Iterable[NamedShare]) -> None:
    tokens = sorted({share.token for share in named if share.token != ACCOUNT_NAME})
    problems = [
        f"--share-folder {token}: no link of the audited pages leads to that share"
        + (f"; there are {', '.join(tokens)}." if tokens else ".")
        for token in sorted(folders)
        if token not in tokens
    ]
    if problems:
        raise ConfigError(*problems)


def _divide(
    named: Mapping[str, NamedShare], folders: Mapping[str, Path]
) -> tuple[list[Share], list[NamedShare]]:
    local = [
        read_local_share(share.id, folders[share.token])
        for share in named.values()
        if share.token in folders
    ]
    return local, [share for share in named.values() if share.token not in folders]


def _leave(target: ShareTarget) -> Share:
    return Share(
        id=target.id,
        kind=target.kind,
        name=target.name,
        base_url=target.host.base_url,
        endpoint=None,
        server_version=None,
        status=ShareStatus.UNCHECKED,
        listing=ListingKind.NONE,
        tree=None,
        reason=Reason("offline"),
    )


def _aim(
    shares: Iterable[NamedShare], read: ReadHandbook, settings: Settings, secrets: Secrets
) -> list[ShareTarget]:
    clouds = {cloud.host.lower(): cloud for cloud in settings.nextcloud}
    inside = _find_folders_inside(read)
    targets: list[ShareTarget] = []
    for share in shares:
        unknown = NextcloudSettings(host=share.host, base_url=share.base_url)
        cloud = clouds.get(share.host, unknown)
        account = share.token == ACCOUNT_NAME
        passwords, key = (secrets.accounts, share.host) if account else (secrets.shares, share.id)
        targets.append(
            ShareTarget(
                id=share.id,
                token=share.token,
                host=_describe_host(cloud, share, inside.get(name_account(share.host), ())),
                password=passwords.get(key),
                user=cloud.user if account else None,
                index_php=share.index_php,
            )
        )
    return targets


def _find_folders_inside(read: ReadHandbook) -> dict[str, tuple[str, ...]]:
    """Return, per account's id, the folders behind the login that rows name.

    Those of all pages, whatever `--page` says: the scope of an account is the same each time.
    """
    folders: defaultdict[str, set[str]] = defaultdict(set)
    for placement in (placement for row in read.rows for placement in row.places):
        share = placement.share or ""
        if placement.path and share.rpartition("/")[2] == ACCOUNT_NAME:
            folders[share].add(placement.path)
    return {account: tuple(sorted(paths)) for account, paths in folders.items()}


def _describe_host(
    cloud: NextcloudSettings, share: NamedShare, inside: tuple[str, ...]
) -> HostSettings:
    folders = {
        token: tuple(map(normalize_path, paths)) for token, paths in cloud.folders.items() if paths
    }
    return HostSettings(
        host=share.host,
        base_url=cloud.base_url or _encrypt(share.base_url),
        ca_file=cloud.ca_file,
        workers=cloud.workers,
        full_walk_every_days=cloud.full_walk_every_days,
        folders={**folders, ACCOUNT_NAME: inside},
    )


def _encrypt(base_url: str) -> str:
    """Return the address under https: what a page links to sends no password in the open."""
    return f"https://{base_url.partition('://')[2]}"


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
    return share.id.partition("/")[0]


def _log_share(share: Share) -> None:
    """Log one line per share: how it was listed, what that cost, and the result."""
    structlog.get_logger("syncer").info(
        "share-read",
        share=share.id,
        folder=None if share.id.endswith(f"/{share.name}") else share.name,
        status=share.status.value,
        listing=share.listing.value,
        files=None if share.tree is None else len(share.tree.files),
        requests=share.requests,
        seconds=round(share.seconds, 3),
        reason=None if share.reason is None else share.reason.code,
    )
