"""Pages that bear another path than in a baseline, told by what stands on them (pure)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from syncer.manifest.document import LinkRecord, ResourceRecord, StatusManifest

_Content: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Renaming:
    """The earlier path of a page, and the earlier ids of its rows and links, by today's."""

    path: str
    ids: Mapping[str, str]


@dataclass(slots=True)
class _PageContents:
    """What a manifest tells of an audited page, in the order of the page."""

    title: str | None
    rows: list[ResourceRecord] = field(default_factory=list)
    links: list[LinkRecord] = field(default_factory=list)

    def describe(self) -> _Content:
        """Return what makes it the same page: its title, the words of its rows and its links."""
        rows = tuple((row.name, row.label, row.section) for row in self.rows)
        return self.title, rows, tuple((link.text, link.url) for link in self.links)

    def list_ids(self) -> list[str]:
        return [*(row.id for row in self.rows), *(link.id for link in self.links)]


def find_renamings(manifest: StatusManifest, baseline: StatusManifest) -> dict[str, Renaming]:
    """Return the pages of a run that were there under another path, by today's.

    Certain is only this: the earlier path is gone, today's is new, title, rows and links are the
    same in the same order, and no other page has them. A page without rows and links is like any
    other such page, and one that was moved has other relative links: neither is among them.

    Returns:
        Empty also where a run looked at some pages only, or tells none.
    """
    if manifest.run.scope.pages or baseline.run.scope.pages:
        return {}
    with_links = "resources" not in (manifest.run.scope.only, baseline.run.scope.only)
    now = _read_pages(manifest, with_links=with_links)
    then = _read_pages(baseline, with_links=with_links)
    come, gone = _index(now, then), _index(then, now)
    renamings: dict[str, Renaming] = {}
    for content, paths in come.items():
        earlier = gone.get(content, [])
        if len(paths) == 1 and len(earlier) == 1:
            ids = zip(now[paths[0]].list_ids(), then[earlier[0]].list_ids(), strict=True)
            renamings[paths[0]] = Renaming(earlier[0], dict(ids))
    return renamings


def _read_pages(manifest: StatusManifest, *, with_links: bool) -> dict[str, _PageContents]:
    pages = {page.path: _PageContents(page.title) for page in manifest.handbook.published}
    for row in sorted(manifest.resources, key=lambda row: (row.line, row.span.column)):
        if row.page in pages:
            pages[row.page].rows.append(row)
    for link in sorted(manifest.links, key=lambda link: (link.line, link.column)):
        if with_links and link.page in pages:
            pages[link.page].links.append(link)
    return pages


def _index(
    pages: Mapping[str, _PageContents], others: Mapping[str, _PageContents]
) -> dict[_Content, list[str]]:
    """Return the pages that the others lack, by what stands on them."""
    index: defaultdict[_Content, list[str]] = defaultdict(list)
    for path, page in pages.items():
        if path not in others and (page.rows or page.links):
            index[page.describe()].append(path)
    return index
