"""What is remembered of web links between runs: one record per link, as written on a page."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from syncer.model.links import RememberedLink
from syncer.store.database import Database, Records

_LINK = "link"


class StoredLinks:
    """The memory of `web.linkcheck.check_links`, in the state database."""

    def __init__(self, database: Database) -> None:
        """Use an open database."""
        self._database = database

    def recall(self, urls: Collection[str]) -> Mapping[str, RememberedLink]:
        """Return the remembered ones of these links by URL."""
        wanted = frozenset(urls)

        def work(records: Records) -> dict[str, RememberedLink]:
            return {url: link for url, link in records.list(_LINK, RememberedLink) if url in wanted}

        return self._database.run(work, {})

    def keep(self, url: str, link: RememberedLink) -> None:
        """Write a verdict at once; one without a time is of a link that was not looked at."""
        if link.verdict.checked_at is not None:
            self._database.run(lambda records: records.put(_LINK, [(url, link)]), None)

    def forget(self, *, checked_before: datetime) -> None:
        """Delete the links that were last looked at before a time."""

        def work(records: Records) -> None:
            for url, link in tuple(records.list(_LINK, RememberedLink)):
                if link.verdict.checked_at is None or link.verdict.checked_at < checked_before:
                    records.delete(_LINK, url)

        self._database.run(work, None)
