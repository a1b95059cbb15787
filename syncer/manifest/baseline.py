"""Findings that a baseline already has, also on pages that were renamed since (pure)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from syncer.manifest.counts import count
from syncer.manifest.document import FindingRecord, LinkRecord, ResourceRecord, StatusManifest
from syncer.manifest.looked import Looked
from syncer.model.links import LinkKind, LinkStatus
from syncer.model.matching import Verdict

_Content: TypeAlias = tuple[object, ...]
# What else the arguments of a link's finding say than where the link leads.
_NOT_OF_TARGET = frozenset({"text", "http_status", "waiver_ended"})

# Also files of the site are `other`, as are the schemes that nobody asks, which no change affects.
_WITHIN_SITE = frozenset({LinkKind.PAGE, LinkKind.ANCHOR, LinkKind.IMAGE, LinkKind.OTHER})
_OF_SCHEMES = frozenset({"link-scheme-unchecked", "link-not-absolute", "offline"})
# Why Liquid leaves a row unchecked. What only the run's reach leaves so is no doubt of a change.
_ROW_DOUBTS = frozenset({"row-name-liquid", "row-place-liquid"})
_JUDGED = frozenset({LinkStatus.OK, LinkStatus.REDIRECTED, LinkStatus.BROKEN})


@dataclass(frozen=True, slots=True)
class _Renaming:
    """The earlier path of a page, and the earlier ids of its rows and links, by today's."""

    path: str
    ids: Mapping[str, str]


@dataclass(slots=True)
class _PageContents:
    """The rows and links of an audited page, in the order of the page."""

    title: str | None
    rows: list[ResourceRecord] = field(default_factory=list)
    links: list[LinkRecord] = field(default_factory=list)

    def make_key(self) -> _Content:
        """Return what identifies the page: its title, the words of its rows and its links."""
        rows = tuple((row.name, row.label, row.section) for row in self.rows)
        return self.title, rows, tuple((link.text, link.url) for link in self.links)

    def list_ids(self) -> list[str]:
        return [*(row.id for row in self.rows), *(link.id for link in self.links)]


class _Subjects:
    """The rows and links of a run, and which of them a baseline has with the same words."""

    def __init__(self, manifest: StatusManifest, baseline: StatusManifest) -> None:
        self._claims = {row.id: _list_claims(row) for row in baseline.resources}
        self._claims |= {link.id: _list_claims_of_link(link) for link in baseline.links}
        self._now = {row.id: _list_claims(row) for row in manifest.resources}
        self._now |= {link.id: _list_claims_of_link(link) for link in manifest.links}
        self._at: defaultdict[tuple[str | None, int | None], list[str]] = defaultdict(list)
        mentions: list[ResourceRecord | LinkRecord] = [*manifest.resources, *manifest.links]
        for one in mentions:
            self._at[one.page, one.line].append(one.id)

    def existed(self, finding: FindingRecord, renaming: _Renaming | None) -> bool:
        """Return whether something that a finding is about was there before, as it is now.

        That is its row or link; for a finding about a share or a file what mentions it there.
        """
        ids = [one for one in (finding.resource, finding.link) if one is not None]
        ids = ids or self._at.get((finding.page, finding.line), [])
        return not ids or any(self._is_unchanged(one, renaming) for one in ids)

    def _is_unchanged(self, now: str, renaming: _Renaming | None) -> bool:
        before = now if renaming is None else renaming.ids.get(now)
        return before in self._claims and self._claims[before] == self._now.get(now)


def _list_claims_of_link(link: LinkRecord) -> _Content:
    """Return a link's address, and with Liquid why nobody could say where that leads."""
    reason = link.reason if _has_liquid(link.url) and link.status == LinkStatus.UNCHECKED else None
    return link.url, None if reason is None or reason.code == "offline" else reason.code


def _has_liquid(address: str) -> bool:
    return "{{" in address or "{%" in address


def _list_claims(row: ResourceRecord) -> _Content:
    return row.todo, row.label, row.places, tuple(kind.name for kind in row.expected)


def find_known(manifest: StatusManifest, baseline: StatusManifest) -> frozenset[str]:
    """Return the ids of a run's findings that `--baseline` excludes from the exit code.

    Those that the baseline has, also on a page that was only renamed since, and those that it did
    not look for (a web link of an offline run), unless the row or link that they are about is new
    or has changed, or its page could not be read then.
    """
    # An id has 48 bits: a stranger can make two findings that share one.
    same = {_name_finding(finding) for finding in baseline.findings}
    then = Looked(baseline)
    renamings = _find_renamings(manifest, baseline)
    left = Counter(map(_make_key, baseline.findings))
    known: set[str] = set()
    subjects = _Subjects(manifest, baseline)
    for finding in manifest.findings:
        renaming = renamings.get(finding.page or "")
        earlier = finding if renaming is None else _undo(renaming, finding)
        was_hidden = not then.asked(earlier) and not then.failed_to_read(earlier.page)
        # Before 0.2 an empty link had no subject.
        names = {_name_finding(finding), _name_finding(replace(finding, subject=""))}
        if names & same or (was_hidden and subjects.existed(finding, renaming)):
            known.add(finding.id)
        elif renaming is not None and left[_make_key(earlier)] > 0:
            left[_make_key(earlier)] -= 1
            known.add(finding.id)
    return frozenset(known)


def find_lost_links(manifest: StatusManifest, baseline: StatusManifest) -> tuple[LinkRecord, ...]:
    """Return the links within the site that a baseline judged and that are unchecked in a run.

    Such links are judged by the handbook's files alone. So it is those that changed (the kind of
    site, its settings, the page that the link is on or leads to), and no server.
    """
    before = [link for link in baseline.links if link.kind in _WITHIN_SITE]
    judged = {(link.page, link.url) for link in before}
    # One address can be judged as an image and not as a link.
    judged -= {(link.page, link.url) for link in before if link.status not in _JUDGED}
    earlier = {now: renaming.path for now, renaming in _find_renamings(manifest, baseline).items()}
    return tuple(
        link
        for link in manifest.links
        if link.status == LinkStatus.UNCHECKED
        and (earlier.get(link.page, link.page), link.url) in judged
    )


def find_new_doubts(
    manifest: StatusManifest, baseline: StatusManifest, changed: Collection[str]
) -> tuple[LinkRecord, ...]:
    """Return the links within the site, on changed pages, that are unchecked for a new reason.

    A change that adds a plugin, or breaks `_config.yml`, would otherwise hide its new broken links.
    """
    known = {link.reason.code for link in baseline.links if _is_doubtful(link) and link.reason}
    known |= _OF_SCHEMES
    return tuple(
        link
        for link in manifest.links
        if link.page in changed
        and _is_doubtful(link)
        and link.reason is not None
        and link.reason.code not in known
    )


def _is_doubtful(link: LinkRecord) -> bool:
    return link.status == LinkStatus.UNCHECKED and link.kind in _WITHIN_SITE


def find_lost_rows(
    manifest: StatusManifest, baseline: StatusManifest
) -> tuple[ResourceRecord, ...]:
    """Return the rows that Liquid leaves unchecked in a run, in place of those without it before.

    A row whose name changes is another row to us. So each row that is gone, from whatever page,
    may be one that is new, and a person looks at it.
    """
    ids: dict[str, str] = {}
    for renaming in _find_renamings(manifest, baseline).values():
        ids |= renaming.ids
    then = {row.id: _is_doubtful_row(row) for row in baseline.resources}
    gone = {id_ for id_, is_doubtful in then.items() if not is_doubtful}
    gone -= {ids.get(row.id, row.id) for row in manifest.resources}
    left = len(gone)
    lost: list[ResourceRecord] = []
    for row in filter(_is_doubtful_row, manifest.resources):
        was_doubtful = then.get(ids.get(row.id, row.id))
        if was_doubtful is None and left > 0:
            left -= 1
            lost.append(row)
        elif was_doubtful is False:
            lost.append(row)
    return tuple(lost)


def find_new_row_doubts(
    manifest: StatusManifest, baseline: StatusManifest, changed: Collection[str]
) -> tuple[ResourceRecord, ...]:
    """Return the rows on changed pages that Liquid leaves unchecked as it left none before."""
    known = {row.reason.code for row in baseline.resources if _is_doubtful_row(row)}
    return tuple(
        row
        for row in manifest.resources
        if row.page in changed and _is_doubtful_row(row) and row.reason.code not in known
    )


def _is_doubtful_row(row: ResourceRecord) -> bool:
    return row.status == Verdict.UNCHECKED and row.reason.code in _ROW_DOUBTS


def withdraw_waivers(
    manifest: StatusManifest,
    baseline: StatusManifest,
    is_withdrawn: Callable[[FindingRecord], bool],
) -> StatusManifest:
    """Return a run without the waivers of findings that a baseline lacks, as far as asked.

    Args:
        manifest: of the run.
        baseline: what the handbook's editors had when they wrote the waivers.
        is_withdrawn: returns whether the waiver of a finding is only for what was there then.
    """
    known = find_known(manifest, baseline)
    findings = tuple(
        replace(finding, waived_until=None, waiver=None)
        if finding.waiver is not None and finding.id not in known and is_withdrawn(finding)
        else finding
        for finding in manifest.findings
    )
    counts = count(manifest.resources, manifest.links, findings)
    return replace(manifest, findings=findings, counts=counts)


def _name_finding(finding: FindingRecord) -> _Content:
    return finding.id, finding.code, finding.page, finding.subject, _find_target(finding)


def _find_target(finding: FindingRecord) -> _Content:
    """Return where an address with Liquid leads, which its text does not say; else ()."""
    if not _has_liquid(finding.subject):
        return ()
    return tuple(sorted((k, v) for k, v in finding.args.items() if k not in _NOT_OF_TARGET))


def _undo(renaming: _Renaming, finding: FindingRecord) -> FindingRecord:
    """Return a finding as it was before its page was renamed, except for its id."""
    return replace(
        finding,
        page=renaming.path,
        subject=renaming.path if finding.subject == finding.page else finding.subject,
        resource=renaming.ids.get(finding.resource or ""),
        link=renaming.ids.get(finding.link or ""),
    )


def _make_key(finding: FindingRecord) -> _Content:
    about = (finding.subject, finding.resource, finding.link, _find_target(finding))
    return finding.code, finding.page, *about


def _find_renamings(manifest: StatusManifest, baseline: StatusManifest) -> dict[str, _Renaming]:
    """Return the renamed pages of a run, by today's path; {} when a run looked at some pages only.

    A page is renamed when its earlier path is gone, today's path is new, title, rows and links are
    the same in the same order, and no other page has them. A page without rows and links cannot
    be identified, nor one in another folder, whose relative links differ.
    """
    if manifest.run.scope.pages or baseline.run.scope.pages:
        return {}
    with_links = "resources" not in (manifest.run.scope.only, baseline.run.scope.only)
    now = _read_pages(manifest, with_links=with_links)
    then = _read_pages(baseline, with_links=with_links)
    come, gone = _index_missing(now, then), _index_missing(then, now)
    renamings: dict[str, _Renaming] = {}
    for content, paths in come.items():
        earlier = gone.get(content, [])
        if len(paths) == 1 and len(earlier) == 1:
            ids = zip(now[paths[0]].list_ids(), then[earlier[0]].list_ids(), strict=True)
            renamings[paths[0]] = _Renaming(earlier[0], dict(ids))
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


def _index_missing(
    pages: Mapping[str, _PageContents], others: Mapping[str, _PageContents]
) -> dict[_Content, list[str]]:
    """Return the paths of the pages that `others` lack, by their content."""
    index: defaultdict[_Content, list[str]] = defaultdict(list)
    for path, page in pages.items():
        if path not in others and (page.rows or page.links):
            index[page.make_key()].append(path)
    return index
