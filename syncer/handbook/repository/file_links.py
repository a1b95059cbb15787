"""Verdicts on links between a handbook's files, where no site of Jekyll's is made of them.

On GitHub a link names a file or folder of the repository, and every one of them is known. Another
generator's addresses are unknown: there only links to files are judged.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from syncer.handbook.jekyll.anchors import AnchorIndex, is_top
from syncer.handbook.jekyll.missing import find_kind
from syncer.handbook.jekyll.outputs import find_folders
from syncer.handbook.jekyll.permalink import extension_of
from syncer.handbook.jekyll.references import (
    clean,
    decode,
    has_scheme,
    join_source,
    split_reference,
    write_relative,
)
from syncer.handbook.kramdown.options import GITHUB_EXTENSIONS
from syncer.model.handbook import (
    FOLDER_REASONS,
    AddressClash,
    Handbook,
    LinkSyntax,
    PageLink,
    ParsedPage,
)
from syncer.model.links import LinkKind, LinkStatus, LinkVerdict
from syncer.model.reason import Reason

_TO_A_HOST = ("//", "\\\\", "/\\", "\\/")
_LINES = re.compile(r"L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?")
_FROM_PAGE = re.compile(r"mkdocs|zensical")
_USER_CONTENT = "user-content-"
# Folders whose content is not read (`source.folder`).
_UNREAD_FOLDER = re.compile(r"(?:^|/)(\.(?!well-known/)[^/]+|node_modules|_site|vendor)(?:/|$)")


@dataclass(frozen=True, slots=True)
class _FileTarget:
    """A link's target among the files.

    Attributes:
        link: the link.
        path: relative to the handbook's root, "" for the root; None outside of it.
        written: the path as written, still escaped.
        fragment: without its `#`; None without one.
    """

    link: PageLink
    path: str | None
    written: str
    fragment: str | None


@dataclass(frozen=True, slots=True)
class RepositorySite:
    """The handbook's files as a site.

    Attributes:
        config_links: none: no settings of a theme are read.
        unpublished: none: every file is shown.
        empty: Markdown pages without content, by path.
        clashes: none: every file has its own place.
    """

    config_links: tuple[PageLink, ...]
    unpublished: tuple[str, ...]
    empty: tuple[str, ...]
    clashes: tuple[AddressClash, ...]
    _files: frozenset[str]
    _sorted: tuple[str, ...]
    _folders: frozenset[str]
    _unread: tuple[str, ...]
    _anchors: AnchorIndex
    _by_name: Mapping[str, tuple[str, ...]]
    _prefix: str
    _generator: str | None

    def url_of(self, path: str) -> str | None:  # noqa: ARG002 - another site knows the address
        """Return None: the pages have no address of their own."""
        return None

    def check(self, link: PageLink) -> LinkVerdict | None:
        """Return the verdict on a link.

        Returns:
            BROKEN or UNCHECKED with a reason, or OK without one; None when the link leads away
            from the files (web, mail, share).
        """
        url = clean(link.url)
        if not url:
            kind = LinkKind.IMAGE if link.syntax is LinkSyntax.IMAGE else LinkKind.PAGE
            return LinkVerdict(kind, LinkStatus.BROKEN, Reason("link-empty"))
        if has_scheme(url) or url.startswith(_TO_A_HOST):
            return None
        written = split_reference(url)
        target = _FileTarget(
            link, self._locate(link.span.file, written.path), written.path, written.fragment
        )
        if extension_of(link.span.file) not in GITHUB_EXTENSIONS:
            # GitHub shows the source of an HTML page.
            return _leave(target, Reason("link-on-unpublished-page"))
        if self._generator is None:
            return self._check_on_github(target)
        return self._check_of_generator(target, self._generator)

    def _locate(self, page: str, path: str) -> str | None:
        """Return the file that a path on a page means; None outside of the handbook."""
        if not path:
            return page
        folder = posixpath.dirname(self._prefix + page)
        top = self._prefix.rstrip("/")
        file = join_source(folder, path)
        if file is None or not top:
            return file
        if file == top:
            return ""
        return file.removeprefix(self._prefix) if file.startswith(self._prefix) else None

    # GitHub

    def _check_on_github(self, target: _FileTarget) -> LinkVerdict:
        path = target.path
        if path is None:
            return _leave(target, Reason("link-outside-handbook", {"path": target.written}))
        is_image = target.link.syntax is LinkSyntax.IMAGE
        is_shown_folder = not is_image and (path in self._folders or path == "")
        if path not in self._files and not is_shown_folder:
            return self._judge_missing(target, path)
        verdict = LinkVerdict(find_kind(target.link, path), LinkStatus.OK)
        if is_image or target.fragment is None:
            return verdict
        page = path if path in self._files else self._find_readme(path)
        return self._judge_fragment(target, page, target.fragment)

    def _find_readme(self, folder: str) -> str | None:
        """Return the page that GitHub shows below the list of a folder's files."""
        inside = f"{folder}/" if folder else ""
        names = (f"{inside}{name}" for name in ("README.md", "readme.md", "Readme.md"))
        return next((name for name in names if name in self._files), None)

    def _judge_fragment(self, target: _FileTarget, page: str | None, fragment: str) -> LinkVerdict:
        fragment = fragment.partition(":~:")[0].removeprefix(_USER_CONTENT)
        if is_top(fragment):
            return LinkVerdict(LinkKind.ANCHOR, LinkStatus.OK)
        known = self._anchors.has(page, fragment)
        name = decode(fragment) or fragment
        args = {"anchor": name, "page": page or target.path or "/"}
        if known:
            return LinkVerdict(LinkKind.ANCHOR, LinkStatus.OK)
        # GitHub's own script also finds lines, and ids in lower case.
        other_case = self._anchors.has_in_lower_case(page or "", name)
        if known is None or _LINES.fullmatch(name) or other_case:
            reason = Reason("link-anchor-unproven", args)
            return LinkVerdict(LinkKind.ANCHOR, LinkStatus.UNCHECKED, reason)
        meant = self._anchors.suggest(page or "", fragment)
        before = target.link.url.partition("#")[0]
        hint = None if meant is None else Reason("link-use", {"url": f"{before}#{meant}"})
        reason = Reason("link-anchor-missing", args)
        return LinkVerdict(LinkKind.ANCHOR, LinkStatus.BROKEN, reason, hint=hint)

    # Another generator

    def _check_of_generator(self, target: _FileTarget, generator: str) -> LinkVerdict:
        path, unknown = target.path, Reason("link-other-generator", {"file": generator})
        if path is None or not target.written:
            return _leave(target, unknown)
        if path in self._files:
            verdict = LinkVerdict(find_kind(target.link, path), LinkStatus.OK)
            if target.fragment is None or is_top(target.fragment):
                return verdict
            reason = Reason("link-anchor-unproven", {"anchor": target.fragment, "page": path})
            return replace(
                verdict, kind=LinkKind.ANCHOR, status=LinkStatus.UNCHECKED, reason=reason
            )
        is_page = extension_of(path) in GITHUB_EXTENSIONS
        if (
            not is_page
            or target.written.startswith("/")
            or self._may_be_meant(target, path, generator)
        ):
            return _leave(target, unknown)
        return self._judge_missing(target, path)

    def _may_be_meant(self, target: _FileTarget, path: str, generator: str) -> bool:
        """Return whether a generator may find the page although it is not beside the link.

        Some look from the top of their pages, MkDocs never does. Some have one page in several
        languages (`page.da.md`).
        """
        above = posixpath.dirname(target.link.span.file)
        while above and not _FROM_PAGE.match(posixpath.basename(generator)):
            above = posixpath.dirname(above)
            if join_source(above, target.written) in self._files:
                return True
        start = f"{path.removesuffix(extension_of(path))}."
        at = bisect_left(self._sorted, start)
        return at < len(self._sorted) and self._sorted[at].startswith(start)

    # Both

    def _judge_missing(self, target: _FileTarget, path: str) -> LinkVerdict:
        kind = find_kind(target.link, path)
        unread = _UNREAD_FOLDER.search(f"{path}/")
        places = [place for place in self._unread if f"{path}/".startswith(f"{place}/")]
        if unread or places:
            file = path if unread else places[0]
            return LinkVerdict(
                kind, LinkStatus.UNCHECKED, Reason("link-page-unreadable", {"file": file})
            )
        found = self._by_name.get(posixpath.basename(path).casefold(), ())
        other_case = next((file for file in found if file.casefold() == path.casefold()), None)
        if other_case is not None:
            reason = Reason("link-other-case", {"found": other_case})
            return LinkVerdict(kind, LinkStatus.BROKEN, reason, hint=_suggest(target, other_case))
        hint = _suggest(target, found[0]) if len(found) == 1 else None
        reason = Reason("link-file-missing", {"file": path})
        return LinkVerdict(kind, LinkStatus.BROKEN, reason, hint=hint)


def build_repository(
    handbook: Handbook,
    pages: Mapping[str, ParsedPage],
    *,
    prefix: str = "",
    generator: str | None = None,
) -> RepositorySite:
    """Return a handbook's files as a site.

    Args:
        handbook: the sources: every page, audited or not.
        pages: the same pages, read as GitHub shows them, by path.
        prefix: the handbook's folder in its repository, with a slash at its end; "" at the top.
        generator: the settings file of the program that makes a site of them; None where GitHub
            itself shows them.
    """
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    for file in handbook.files:
        by_name[posixpath.basename(file).casefold()].append(file)
    folders = [page.path for page in handbook.unreadable if page.reason.code in FOLDER_REASONS]
    return RepositorySite(
        config_links=(),
        unpublished=(),
        clashes=(),
        empty=tuple(sorted(path for path, page in pages.items() if page.empty)),
        _files=frozenset(handbook.files),
        _sorted=tuple(sorted(handbook.files)),
        _folders=find_folders(handbook.files),
        _unread=(*handbook.elsewhere, *folders),
        _anchors=AnchorIndex(
            {path: (page.anchors,) for path, page in pages.items()},
            frozenset(),
            frozenset(),
            frozenset(),
            pages,
            {},
        ),
        _by_name={name: tuple(found) for name, found in by_name.items()},
        _prefix=prefix,
        _generator=generator,
    )


def _leave(target: _FileTarget, reason: Reason) -> LinkVerdict:
    is_anchor = target.fragment is not None and target.link.syntax is not LinkSyntax.IMAGE
    kind = LinkKind.ANCHOR if is_anchor else find_kind(target.link, target.written)
    if not target.written and target.fragment is not None and is_top(target.fragment):
        return LinkVerdict(kind, LinkStatus.OK)
    return LinkVerdict(kind, LinkStatus.UNCHECKED, reason)


def _suggest(target: _FileTarget, file: str) -> Reason:
    """Return the hint to link to a file, relative to the page as people write it."""
    fragment = "" if target.fragment is None else f"#{target.fragment}"
    url = write_relative(f"/{quote(target.link.span.file)}", f"/{quote(file)}")
    return Reason("link-use", {"url": url + fragment})
