"""Why an address of the site reaches nothing, and which address would be right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from syncer.handbook.jekyll.doubts import find_doubt
from syncer.handbook.jekyll.outputs import Output, OutputKind
from syncer.handbook.jekyll.permalink import extension_of
from syncer.handbook.jekyll.references import Reference, has_scheme, join_source
from syncer.handbook.jekyll.site_tree import PAGE_EXTENSIONS, name_of
from syncer.handbook.jekyll.site_view import SiteView
from syncer.model.handbook import LinkSyntax, PageLink
from syncer.model.links import LinkKind, LinkStatus, LinkVerdict
from syncer.model.reason import Reason

_MAIL = re.compile(r"[^/@\s:]+@[^/@\s:]+\.[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class DeadTarget:
    """A link that reaches nothing.

    Attributes:
        base: escaped public path of the page that contains it.
        path: decoded, below the site's root, with a slash at its start.
        written: the target as the author wrote it, before plugins.
        folder: of the page in the sources; None for a link in the settings.
    """

    link: PageLink
    base: str
    path: str
    written: Reference
    folder: str | None


def judge_missing(wanted: DeadTarget, view: SiteView) -> LinkVerdict:
    """Return the verdict on a link whose target the sources do not show.

    BROKEN where the sources prove that it does not exist, UNCHECKED where a plugin, the theme or
    unread files may make it. The most specific reason wins; the hint is an address that exists.
    """
    kind = find_kind(wanted.link, wanted.path)
    doubt = find_doubt(wanted.path, _name_file(wanted), view)
    if doubt is not None:
        return LinkVerdict(kind, LinkStatus.UNCHECKED, doubt)
    for reason, hint in _explain(wanted, view):
        return LinkVerdict(kind, LinkStatus.BROKEN, reason, hint=hint)
    nearest = view.tree.find_nearest(wanted.path)
    hint = None if nearest is None else _suggest(wanted, view, nearest)
    if hint is not None and view.tree.by_name[name_of(wanted.path)].count > 1:
        # Several pages have that name: the nearest one is a guess.
        hint = replace(hint, args={**hint.args, "alike": True})
    code = "link-image-missing" if kind is LinkKind.IMAGE else "link-page-missing"
    return LinkVerdict(kind, LinkStatus.BROKEN, Reason(code, {"path": wanted.path}), hint=hint)


def find_kind(link: PageLink, path: str) -> LinkKind:
    """Return what a link without a fragment points to, judged by its path."""
    if link.syntax is LinkSyntax.IMAGE:
        return LinkKind.IMAGE
    extension = extension_of(path)
    if extension in PAGE_EXTENSIONS or not re.fullmatch(r"\.[a-z][a-z0-9]{1,4}", extension):
        return LinkKind.PAGE
    return LinkKind.OTHER


def _explain(wanted: DeadTarget, view: SiteView) -> Iterator[tuple[Reason, Reason | None]]:
    """Yield reasons that are more specific than "missing", with hints, the most specific first."""
    later = view.tree.find_later(wanted.path)
    if later is not None and later.waits_until is not None:
        args = {"file": later.source or later.file, "date": later.waits_until.date().isoformat()}
        yield Reason("link-page-in-future", args), None
    yield from _explain_scheme(wanted)
    other_case = view.tree.find_in_other_case(wanted.path)
    if other_case is not None:
        args = {"found": other_case.file}
        yield Reason("link-other-case", args), _suggest(wanted, view, other_case)
    if wanted.path.endswith("/"):
        found = view.tree.find(wanted.path.rstrip("/") or "/")
        if found is not None:
            yield Reason("link-trailing-slash"), _suggest(wanted, view, found.output)
    yield from _explain_source_file(wanted, view)
    yield from _explain_unrendered(wanted, view)


def _explain_scheme(wanted: DeadTarget) -> Iterator[tuple[Reason, Reason | None]]:
    path = wanted.written.path
    if path.lower().startswith("www."):
        yield Reason("link-scheme-missing"), Reason("link-use", {"url": f"https://{path}"})
    elif _MAIL.fullmatch(path):
        yield Reason("link-mailto-missing"), Reason("link-use", {"url": f"mailto:{path}"})


def _name_file(wanted: DeadTarget) -> str | None:
    """Return the source file that the target means where files are shown, as on GitHub."""
    path = wanted.written.path
    if wanted.folder is None or not path or has_scheme(path):
        return None
    return join_source(wanted.folder, path)


def _explain_source_file(
    wanted: DeadTarget, view: SiteView
) -> Iterator[tuple[Reason, Reason | None]]:
    """Explain a target that is a source file: only GitHub follows it."""
    file = _name_file(wanted)
    if not file or file not in view.sources.entries:
        return
    output = view.tree.by_source.get(file)
    if file in view.sources.folders:
        index = view.tree.find(f"/{file}/")
        hint = None if index is None else _suggest(wanted, view, index.output)
        yield Reason("link-works-on-github-only", {"file": file}), hint
    elif output is None:
        yield Reason("link-file-not-published", {"file": file}), None
    else:
        hint = None if output.possible else _suggest(wanted, view, output)
        yield Reason("link-works-on-github-only", {"file": file}), hint


def _explain_unrendered(
    wanted: DeadTarget, view: SiteView
) -> Iterator[tuple[Reason, Reason | None]]:
    """Explain the address of a page whose source exists but has no front matter."""
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
    has_fragment = fragment and view.anchors.has(output.source, fragment)
    return view.suggest(wanted.link, wanted.base, output, f"#{fragment}" if has_fragment else "")
