"""Why an address of the site reaches nothing, and what should stand there instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from syncer.handbook.jekyll.doubts import find_doubt
from syncer.handbook.jekyll.outputs import Output, OutputKind
from syncer.handbook.jekyll.permalink import split_name
from syncer.handbook.jekyll.references import Reference, has_scheme, join_source
from syncer.handbook.jekyll.site_tree import PAGE_EXTENSIONS
from syncer.handbook.jekyll.site_view import SiteView
from syncer.model.handbook import LinkSyntax, PageLink
from syncer.model.links import LinkKind, LinkStatus, LinkVerdict
from syncer.model.reason import Reason

_MAIL = re.compile(r"[^/@\s:]+@[^/@\s:]+\.[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class DeadTarget:
    """A link that reaches nothing.

    Attributes:
        link: as it stands.
        base: escaped public path of the page it stands on.
        path: decoded, below the site's root, with a slash in front.
        written: the target as the author wrote it, before plugins.
        folder: of the page in the sources; None when the link stands in the settings.
    """

    link: PageLink
    base: str
    path: str
    written: Reference
    folder: str | None


def judge_missing(wanted: DeadTarget, view: SiteView) -> LinkVerdict:
    """Return the verdict on a link to what the site does not have.

    BROKEN where the sources prove it, UNCHECKED where a plugin, the theme or unreadable settings
    may make what they do not show. The most telling reason wins; the hint, if any, is an address
    that is there.
    """
    kind = find_kind(wanted.link, wanted.path)
    doubt = find_doubt(wanted.path, _name_file(wanted), view)
    if doubt is not None:
        return LinkVerdict(kind, LinkStatus.UNCHECKED, doubt)
    for reason, hint in _explain(wanted, view):
        return LinkVerdict(kind, LinkStatus.BROKEN, reason, hint=hint)
    nearest = view.tree.find_nearest(wanted.path)
    hint = None if nearest is None else _suggest(wanted, view, nearest)
    image = wanted.link.syntax is LinkSyntax.IMAGE
    args = {"path": wanted.path}
    reason = Reason("link-image-missing", args) if image else Reason("link-page-missing", args)
    return LinkVerdict(kind, LinkStatus.BROKEN, reason, hint=hint)


def find_kind(link: PageLink, path: str) -> LinkKind:
    """Return what a link without a fragment points to, as far as its path tells."""
    if link.syntax is LinkSyntax.IMAGE:
        return LinkKind.IMAGE
    extension = split_name(path.rpartition("/")[2])[1].lower()
    if extension in PAGE_EXTENSIONS or not re.fullmatch(r"\.[a-z][a-z0-9]{1,4}", extension):
        return LinkKind.PAGE
    return LinkKind.OTHER


def _explain(wanted: DeadTarget, view: SiteView) -> Iterator[tuple[Reason, Reason | None]]:
    """Give the reasons that say more than "not there", the most telling first."""
    yield from _forgotten_scheme(wanted)
    other_case = view.tree.find_in_other_case(wanted.path)
    if other_case is not None:
        args = {"found": other_case.file}
        yield Reason("link-other-case", args), _suggest(wanted, view, other_case)
    if wanted.path.endswith("/"):
        found = view.tree.find(wanted.path.rstrip("/") or "/")
        if found is not None:
            yield Reason("link-trailing-slash"), _suggest(wanted, view, found.output)
    yield from _file_of_the_sources(wanted, view)
    yield from _page_without_header(wanted, view)


def _forgotten_scheme(wanted: DeadTarget) -> Iterator[tuple[Reason, Reason | None]]:
    path = wanted.written.path
    if path.lower().startswith("www."):
        yield Reason("link-scheme-missing"), Reason("link-use", {"url": f"https://{path}"})
    elif _MAIL.fullmatch(path):
        yield Reason("link-mailto-missing"), Reason("link-use", {"url": f"mailto:{path}"})


def _name_file(wanted: DeadTarget) -> str | None:
    """Return the file of the sources that a target names where files are shown, as on GitHub."""
    path = wanted.written.path
    if wanted.folder is None or not path or has_scheme(path):
        return None
    return join_source(wanted.folder, path)


def _file_of_the_sources(
    wanted: DeadTarget, view: SiteView
) -> Iterator[tuple[Reason, Reason | None]]:
    """Say of a target that names a file of the sources that only GitHub follows it."""
    file = _name_file(wanted)
    if not file or file not in view.sources.entries:
        return
    output = view.tree.by_source.get(file)
    if file in view.folders:
        index = view.tree.find(f"/{file}/")
        hint = None if index is None else _suggest(wanted, view, index.output)
        yield Reason("link-works-on-github-only", {"file": file}), hint
    elif output is None:
        yield Reason("link-file-not-published", {"file": file}), None
    else:
        hint = None if output.possible else _suggest(wanted, view, output)
        yield Reason("link-works-on-github-only", {"file": file}), hint


def _page_without_header(
    wanted: DeadTarget, view: SiteView
) -> Iterator[tuple[Reason, Reason | None]]:
    """Say of the address of a page that its source is there and lacks front matter."""
    path = wanted.path.strip("/").removesuffix(".html")
    for extension in sorted(view.sources.config.markdown_extensions):
        for file in (f"{path}{extension}", f"{path}/index{extension}".lstrip("/")):
            output = view.tree.by_file.get(file)
            if output is not None and output.kind is OutputKind.FILE and output.source:
                yield (
                    Reason("link-page-not-rendered", {"file": output.source}),
                    Reason("link-add-front-matter", {"file": output.source}),
                )


def _suggest(wanted: DeadTarget, view: SiteView, output: Output) -> Reason:
    fragment = wanted.written.fragment
    kept = fragment and view.anchors.has(output.source, fragment)
    return view.suggest(wanted.link, wanted.base, output, f"#{fragment}" if kept else "")
