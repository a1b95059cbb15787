"""`init`: read a handbook, ask the servers that were named, write a commented settings file."""

from __future__ import annotations

import os
import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

import click

from syncer.cli.params import STDOUT
from syncer.cli.runs import listen_with
from syncer.config import Secrets, Settings
from syncer.config.settings import NextcloudSettings
from syncer.config.template import (
    FoundCloud,
    FoundHandbook,
    FoundShare,
    FoundTable,
    write_template,
)
from syncer.errors import ConfigError
from syncer.handbook.source.committed_links import explain_refused_output
from syncer.log import set_up_log
from syncer.model.handbook import PlaceKind, ResourceRow
from syncer.model.shares import ACCOUNT_NAME, Share, ShareStatus, split_share_id
from syncer.pipeline.handbook import ReadHandbook, load_handbook
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.options import AuditOptions, RunParams
from syncer.pipeline.shares import find_shares, look_at_shares
from syncer.redact import Redactor, make_printable
from syncer.report.words import Lang, words_of
from syncer.store.files import write_atomically

_MOST_TEXTS = 3


def write_settings(handbook: str, output: Path, ask: Collection[str], stop: threading.Event) -> int:
    """Write a settings file for a handbook; return 0.

    Args:
        handbook: a folder, a page or a git URL.
        output: the file, which must not exist; `STDOUT`.
        ask: the hosts to ask for their version and the state of their shares; no other is asked.
        stop: ends what other threads do.

    Raises:
        ConfigError: the file exists, or no page links to a host of `ask`.
        HandbookError: there is no handbook to read.
    """
    if output != STDOUT and (output.exists() or output.is_symlink()):
        raise ConfigError(f"{output} exists: remove it, or name another file with -o.")
    if output != STDOUT and (linked := explain_refused_output(output)):
        raise ConfigError(f"{output} is not written: {linked}. Name another place.")
    set_up_log(verbosity=0, redactor=Redactor())
    with listen_with(stop, RunParams(), Lang.EN) as around:
        options = AuditOptions(handbook=handbook)
        job = Job(Settings(), options, Secrets(), Memory(), around)
        # Offline: no host is asked but those of `ask`.
        read = load_handbook(replace(job, options=replace(options, offline=True)))
        found = _describe(read, handbook)
        hosts = {cloud.host for cloud in found.clouds}
        if unknown := sorted({host.lower() for host in ask} - hosts):
            linked = f" Linked: {', '.join(sorted(hosts))}." if hosts else ""
            raise ConfigError(f"--ask {unknown[0]}: no page links to a share there.{linked}")
        found = _ask(job, read, found, {host.lower() for host in ask})
    text = write_template(found)
    if output == STDOUT:
        click.echo(text, nl=False)
        return 0
    write_atomically(output, text.encode("utf-8"))
    counts = f"resource tables: {len(found.tables)}, hosts with shares: {len(hosts)}"
    click.echo(make_printable(f"Wrote {output} ({counts})."))
    click.echo(make_printable(f"Next: syncer check-config --deep --config {output}"))
    return 0


def _describe(read: ReadHandbook, handbook: str) -> FoundHandbook:
    """Return what the pages say, before any server is asked."""
    labels = {
        row.label
        for row in read.rows
        if any(place.kind is PlaceKind.UNRESOLVED for place in row.places)
    }
    return FoundHandbook(
        source=name_source(handbook),
        pages=len(read.audited),
        tables=tuple(_list_tables(read.rows)),
        clouds=_list_clouds(read),
        labels=tuple(sorted(labels)),
    )


def name_source(handbook: str) -> str:
    """Return a folder's absolute path, or an address without user and password."""
    parts = urlsplit(handbook)
    if parts.scheme and parts.netloc:
        return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    path = Path(handbook)
    return os.path.normpath(path.absolute()) if path.exists() else handbook


def _list_tables(rows: Iterable[ResourceRow]) -> Iterable[FoundTable]:
    for (page, section), group in groupby(rows, key=lambda row: (row.page, row.section or "")):
        members = tuple(group)
        planned = sum(row.todo for row in members)
        places = tuple(dict.fromkeys(row.label for row in members if row.label))
        yield FoundTable(page, members[0].span.line, section, len(members), planned, places)


def _list_clouds(read: ReadHandbook) -> tuple[FoundCloud, ...]:
    texts: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for routed in read.links:
        if routed.share is not None and routed.share.share_id is not None and routed.link.text:
            texts[routed.share.share_id][routed.link.text] = None
    shares = find_shares(read, Settings(), rows_only=False)
    clouds: list[FoundCloud] = []
    for host, group in groupby(shares.values(), key=lambda share: split_share_id(share.id).host):
        named = [share for share in group if split_share_id(share.id).token != ACCOUNT_NAME]
        found = tuple(
            FoundShare(split_share_id(share.id).token, tuple(texts[share.id])[:_MOST_TEXTS])
            for share in named
        )
        if named:
            clouds.append(FoundCloud(host, named[0].base_url or f"https://{host}", found))
    return tuple(clouds)


def _ask(
    job: Job, read: ReadHandbook, found: FoundHandbook, hosts: Collection[str]
) -> FoundHandbook:
    """Ask the servers that were named, and no others."""
    if not hosts:
        return found
    named = tuple(
        NextcloudSettings(host=cloud.host, base_url=cloud.base_url)
        for cloud in found.clouds
        if cloud.host in hosts
    )
    job = replace(job, settings=replace(job.settings, nextcloud=named))
    shares = look_at_shares(job, _keep_hosts(read, hosts))
    clouds = tuple(
        _add_answers(cloud, shares) if cloud.host in hosts else cloud for cloud in found.clouds
    )
    return replace(found, clouds=clouds)


def _keep_hosts(read: ReadHandbook, hosts: Collection[str]) -> ReadHandbook:
    """Return a handbook whose links and rows name shares of some hosts alone."""
    links = tuple(
        routed for routed in read.links if routed.share is None or routed.share.host in hosts
    )
    rows = tuple(
        replace(row, places=tuple(p for p in row.places if _is_of(p.share, hosts)))
        for row in read.rows
    )
    addresses = {url: link for url, link in read.share_links.items() if link.host in hosts}
    return replace(read, links=links, rows=rows, share_links=addresses)


def _is_of(share: str | None, hosts: Collection[str]) -> bool:
    return share is not None and split_share_id(share).host in hosts


def _add_answers(cloud: FoundCloud, shares: Mapping[str, Share]) -> FoundCloud:
    words = words_of(Lang.EN)
    by_token = {
        split_share_id(share.id).token: share
        for share in shares.values()
        if split_share_id(share.id).host == cloud.host
    }
    states = tuple(
        one
        if (share := by_token.get(one.token)) is None
        else replace(
            one,
            state=words.share_status(share.status),
            asks_password=share.status is ShareStatus.NEEDS_PASSWORD,
        )
        for one in cloud.shares
    )
    versions = [share.server_version for share in by_token.values() if share.server_version]
    return replace(cloud, asked=True, shares=states, version=versions[0] if versions else None)
