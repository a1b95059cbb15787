"""Settings without effect, mostly because of a mistake in a name (pure).

Only a handbook that was read completely can prove one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fnmatch import fnmatchcase

from syncer.config import Settings
from syncer.handbook.rows.places import fold
from syncer.matching.names.reader import open_reader
from syncer.matching.row_requests import key_of
from syncer.model.reason import Reason
from syncer.model.shares import ACCOUNT_NAME, join_share_id, split_share_id
from syncer.pipeline.globs import match_glob
from syncer.pipeline.handbook import ReadHandbook
from syncer.pipeline.matches import choose_vocabulary
from syncer.web.link_settings import covers


def find_expired(settings: Settings, today: date) -> Iterator[tuple[str, Reason]]:
    """Yield the waivers that have expired, with the key of their date."""
    for number, waiver in enumerate(settings.waive):
        if waiver.until < today:
            yield (
                f"waive[{number}].until",
                Reason(
                    "waiver-expired", {"subject": waiver.subject, "until": waiver.until.isoformat()}
                ),
            )


def find_unused(
    read: ReadHandbook, settings: Settings, hidden: Mapping[str, str]
) -> Iterator[tuple[str, Reason]]:
    """Yield the settings that apply to no page, row or link, with their keys.

    `read` is the whole handbook; `hidden` has the name to show instead of "host/TOKEN".
    """
    whole = read.handbook.only_page is None and read.handbook.stale is None
    if not whole or read.unreadable:
        return
    yield from _find_in_pages(read, settings)
    yield from _find_in_links(read, settings, hidden)
    yield from _find_in_rows(read, settings)


def _find_in_pages(read: ReadHandbook, settings: Settings) -> Iterator[tuple[str, Reason]]:
    for key in ("pages", "exclude"):
        for number, glob in enumerate(getattr(settings.handbook, key)):
            if not any(match_glob(path, glob) for path in read.pages):
                yield f"handbook.{key}[{number}]", Reason("glob-without-page", {"pattern": glob})


def _find_in_links(
    read: ReadHandbook, settings: Settings, hidden: Mapping[str, str]
) -> Iterator[tuple[str, Reason]]:
    links = [routed.share for routed in read.links]
    hosts = {link.host for link in links if link is not None}
    shares = {link.share_id for link in links if link is not None}
    places = [place for row in read.rows for place in row.places]
    shares |= {place.share for place in places} | {pin.share for pin in settings.pin}
    hosts |= {split_share_id(share).host for share in shares if share is not None}
    for number, cloud in enumerate(settings.nextcloud):
        key, host = f"nextcloud[{number}]", cloud.host.lower()
        if host not in hosts:
            yield f"{key}.host", Reason("host-not-linked", {"host": host})
            continue
        for token in dict.fromkeys((*cloud.shares, *cloud.folders)):
            share = join_share_id(host, token)
            if token != ACCOUNT_NAME and share not in shares:
                part = "shares" if token in cloud.shares else "folders"
                args = {"share": hidden.get(share, share)}
                yield f"{key}.{part}.{token}", Reason("share-not-linked", args)
    for number, pattern in enumerate(settings.links.exclude):
        if not any(covers(routed.link.url, pattern) for routed in read.links):
            yield f"links.exclude[{number}]", Reason("pattern-without-link", {"pattern": pattern})


def _find_in_rows(read: ReadHandbook, settings: Settings) -> Iterator[tuple[str, Reason]]:
    labels = {fold(row.label) for row in read.rows}
    for number, alias in enumerate(settings.alias):
        if fold(alias.label) not in labels:
            yield f"alias[{number}].label", Reason("alias-without-row", {"label": alias.label})
    reader = open_reader(choose_vocabulary(settings.matching))
    names = [(key_of(reader.read_name(row.name)), row.page) for row in read.rows]
    for number, pin in enumerate(settings.pin):
        wanted = key_of(reader.read_name(pin.name))
        if not any(name == wanted and fnmatchcase(page, pin.page or "*") for name, page in names):
            args = {"name": pin.name, "page": pin.page}
            yield f"pin[{number}].name", Reason("pin-without-row", args)
