"""The second stage: from the shares that rows and links name to the trees behind them.

In: the read handbook. Out: one `Share` for every share of the run, looked at or not, with the
places that two looks did not find.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from syncer.config import Secrets, Settings
from syncer.config.settings import NextcloudSettings
from syncer.errors import ConfigError
from syncer.model.handbook import PlaceKind
from syncer.model.reason import Reason
from syncer.model.shares import ACCOUNT_NAME, ListingKind, Share, ShareStatus, name_account
from syncer.nextcloud.local import read_local_share
from syncer.nextcloud.memory import ShareMemory
from syncer.nextcloud.shares import HostSettings, ShareTarget, confirm_places, read_shares
from syncer.pipeline.clock import Surroundings
from syncer.pipeline.options import AuditOptions
from syncer.pipeline.reading import ReadHandbook
from syncer.pipeline.scope import normalize_path


@dataclass(frozen=True, slots=True)
class NamedShare:
    """A share that handbook or settings name; `places` are the folders and files named in it.

    `token` is `ACCOUNT_NAME` for what an account of the settings sees of its host.
    """

    id: str
    host: str
    token: str
    base_url: str
    places: frozenset[str]


def look(
    read: ReadHandbook,
    settings: Settings,
    options: AuditOptions,
    secrets: Secrets,
    memory: ShareMemory | None,
    around: Surroundings,
) -> dict[str, Share]:
    """Look at every share of the run, from local copies, over the network or not at all.

    Raises:
        ConfigError: `--share-folder` names a token that no link leads to.
    """
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
            full=options.full,
            now=around.now,
            sleep=around.sleep,
            stop=around.stop,
            on_progress=around.on_progress,
        ):
            shares[share.id] = share
    return shares


def confirm(
    shares: Mapping[str, Share],
    read: ReadHandbook,
    settings: Settings,
    secrets: Secrets,
    around: Surroundings,
    *,
    looked_at: datetime,
) -> dict[str, Share]:
    """Ask a second time for the places that the trees do not hold; at the end of the run.

    Args:
        shares: as `look` gave them, by id.
        read: the handbook that names the places.
        settings: in force.
        secrets: the passwords of the shares.
        around: clock, waiting, stopping.
        looked_at: when the first look ended: the second comes some seconds later.
    """
    named = [
        share
        for share in find_shares(read, settings, rows_only=False).values()
        if share.id in shares
    ]
    confirmed = confirm_places(
        tuple(shares.values()),
        [(share.id, place) for share in named for place in sorted(share.places)],
        targets=_aim(named, read, settings, secrets),
        looked_at=looked_at,
        now=around.now,
        sleep=around.sleep,
        stop=around.stop,
    )
    return {share.id: share for share in confirmed}


def find_shares(
    read: ReadHandbook, settings: Settings, *, rows_only: bool
) -> dict[str, NamedShare]:
    """Return the shares that the audited pages and the settings name, by id."""
    base_urls: dict[str, str] = {}
    places: dict[str, set[str]] = {}

    def name(share: str, place: str) -> None:
        places.setdefault(share, set()).add(place)

    links = () if rows_only else read.links
    for url in [*(link.url for link in links), *_urls_of_rows(read)]:
        link = read.share_link(url)
        if link is not None:
            base_urls[link.share_id or name_account(link.host)] = link.base_url
        if link is not None and link.share_id is not None:
            name(link.share_id, link.folder)
            if link.file_name is not None:
                name(link.share_id, _join(link.folder, link.file_name))
    for share, place in _find_in_rows(read, settings):
        name(share, place)
    for account, folders in _find_folders_inside(read).items():
        if account in places:
            places[account].update(folders)
    for pin in settings.pin:
        name(pin.share, "")
    return {
        share: NamedShare(
            id=share,
            host=share.partition("/")[0],
            token=share.partition("/")[2],
            base_url=base_urls.get(share, f"https://{share.partition('/')[0]}"),
            places=frozenset(places[share]) - {""},
        )
        for share in sorted(places)
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


def _urls_of_rows(read: ReadHandbook) -> Iterable[str]:
    audited = frozenset(read.audited)
    return (link.url for row in read.rows if row.page in audited for link in row.links)


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
        cloud = clouds.get(share.host, NextcloudSettings(host=share.host))
        account = share.token == ACCOUNT_NAME
        passwords, key = (secrets.accounts, share.host) if account else (secrets.shares, share.id)
        targets.append(
            ShareTarget(
                id=share.id,
                token=share.token,
                host=_describe_host(cloud, share, inside.get(name_account(share.host), ())),
                password=passwords.get(key),
                user=cloud.user if account else None,
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
        base_url=cloud.base_url or share.base_url,
        ca_file=cloud.ca_file,
        workers=cloud.workers,
        full_walk_every_days=cloud.full_walk_every_days,
        folders={**folders, ACCOUNT_NAME: inside},
    )
