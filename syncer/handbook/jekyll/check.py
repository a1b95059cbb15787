"""Verdicts on links to the handbook's own site, from the sources alone.

The parts: `config` (settings), `outputs` and `permalink` (which files are served, and where),
`site_tree` (what a web server answers), `references` and `liquid` (where a target leads), `anchors`
(fragments), `missing` (why nothing is found).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from syncer.handbook.jekyll.anchors import index_anchors, is_top
from syncer.handbook.jekyll.config import SiteConfig, read_settings
from syncer.handbook.jekyll.config_links import NAVIGATION, find_config_links
from syncer.handbook.jekyll.doubts import find_doubt
from syncer.handbook.jekyll.liquid import (
    UnresolvedLiquid,
    absolute_url,
    has_liquid,
    render_liquid,
)
from syncer.handbook.jekyll.missing import DeadTarget, find_kind, judge_missing
from syncer.handbook.jekyll.outputs import Output, OutputKind, collect_sources
from syncer.handbook.jekyll.own_plugins import list_unknown_plugins
from syncer.handbook.jekyll.plugin_outputs import list_outputs
from syncer.handbook.jekyll.references import (
    Reference,
    clean,
    decode,
    find_host,
    has_scheme,
    resolve,
    split_reference,
    split_site_url,
    squeeze,
)
from syncer.handbook.jekyll.relative_links import rewrite_relative
from syncer.handbook.jekyll.site_tree import build_tree
from syncer.handbook.jekyll.site_view import SiteView
from syncer.model.handbook import AddressClash, Handbook, LinkSyntax, PageLink, ParsedPage
from syncer.model.links import LinkKind, LinkStatus, LinkVerdict
from syncer.model.reason import Reason

_REDIRECT_HOPS = 5
_CLASHES_NAMED = 5


@dataclass(frozen=True, slots=True)
class _Reading:
    """A link on a page that shows it.

    Attributes:
        source: the file that contains it; None for the settings.
        base: escaped public path of the page.
    """

    link: PageLink
    source: str | None
    base: str

    @property
    def folder(self) -> str | None:
        return None if self.source is None else self.source.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Site:
    """The handbook's site.

    Attributes:
        config_links: links of `_config.yml` that every page shows, in the order of the file.
        unpublished: Markdown files without front matter, which Jekyll copies unrendered, by path.
        empty: published pages without content, by path; not those for which just-the-docs lists
            their children (`has_children`).
        clashes: addresses that several sources have, by address.
    """

    config_links: tuple[PageLink, ...]
    unpublished: tuple[str, ...]
    empty: tuple[str, ...]
    clashes: tuple[AddressClash, ...]
    _view: SiteView
    _config_file: str
    _bases: tuple[tuple[str, Output], ...]

    def url_of(self, path: str) -> str | None:
        """Return the path at which the site serves a page, escaped, base path included.

        None for a page that is not published, that is served only as its source text, or whose
        address only the build knows.
        """
        output = self._view.tree.by_source.get(path)
        if output is None or output.possible:
            return None
        if not (output.rendered or output.kind is OutputKind.PAGE):
            return None
        return self._view.public_path(output)

    def check(self, link: PageLink) -> LinkVerdict | None:
        """Return the verdict on a link.

        Returns:
            BROKEN, REDIRECTED or UNCHECKED with a reason, or OK without one; None when the link
            leads away from the site (web, mail, share).
        """
        if not clean(link.url):
            kind = LinkKind.IMAGE if link.syntax is LinkSyntax.IMAGE else LinkKind.PAGE
            return LinkVerdict(kind, LinkStatus.BROKEN, Reason("link-empty"))
        if link.span.file == self._config_file:
            return self._check_everywhere(link)
        output = self._view.tree.by_source.get(link.span.file)
        if output is None or output.kind is not OutputKind.PAGE:
            return self._judge_unplaced(link, Reason("link-on-unpublished-page"))
        if output.possible and output.doubt is not None:
            return self._judge_unplaced(link, output.doubt)
        if link.span.file in self._view.anchors.hidden:
            return self._judge_unplaced(link, Reason("link-on-unpublished-page"))
        if link.span.file in self._view.anchors.based and not has_scheme(clean(link.url)):
            return self._judge_unplaced(link, Reason("link-base-elsewhere"))
        verdict = self._check_on_page(link, output)
        doubt = self._view.sources.config.problem
        if verdict is not None and verdict.status is LinkStatus.BROKEN:
            doubt = self._doubt_shown(link, output)
        if verdict is None or doubt is None:
            return verdict
        return LinkVerdict(verdict.kind, LinkStatus.UNCHECKED, doubt)

    def _doubt_shown(self, link: PageLink, output: Output) -> Reason | None:
        """Return why the site may not show a link of a page; None when it shows it."""
        if output.file in self._view.tree.shared:
            return self._doubt_shared(output)
        page = self._view.sources.pages.get(link.span.file)
        is_conditional = page is not None and link.span in page.conditional
        return Reason("link-in-condition") if is_conditional else None

    def _doubt_shared(self, output: Output) -> Reason:
        sources = tuple(one.source or "" for one in self._view.tree.shared[output.file])
        return Reason("link-address-clash", {"files": sources[:_CLASHES_NAMED]})

    def _judge_unplaced(self, link: PageLink, why: Reason) -> LinkVerdict | None:
        """Return UNCHECKED for a link on a page that is not published, or at an unknown address."""
        if not has_liquid(link.url) and self._path_on_site(clean(link.url)) is None:
            return None
        kind = find_kind(link, split_reference(clean(link.url)).path)
        return LinkVerdict(kind, LinkStatus.UNCHECKED, why)

    def _check_on_page(self, link: PageLink, output: Output) -> LinkVerdict | None:
        view = self._view
        reading = _Reading(link, output.source, view.public_path(output))
        url = clean(link.url)
        written = split_reference(url)
        if output.rendered:
            url = rewrite_relative(link, output, view) or url
            front = view.sources.front_matter(link.span.file)
            if has_liquid(url) and front.get("render_with_liquid") is not False:
                try:
                    url = clean(render_liquid(url, view.liquid_scope(output)))
                except UnresolvedLiquid as unresolved:
                    return _judge_liquid(link, unresolved, view)
                written = split_reference(url)
        return self._judge(reading, url, written)

    def _check_everywhere(self, link: PageLink) -> LinkVerdict | None:
        """Judge a link of the settings: it must work on every page that shows it."""
        view = self._view
        url = clean(link.url)
        if has_liquid(url):
            kind = find_kind(link, url)
            return LinkVerdict(kind, LinkStatus.BROKEN, Reason("link-liquid-in-config"))
        if link.section == NAVIGATION:
            url = absolute_url(url, view.sources.config)
        written = split_reference(url)
        top = self._judge(_Reading(link, None, f"{view.base_path}/"), url, written)
        if top is None or has_scheme(url) or url.startswith(("/", "\\")):
            return top
        for base, output in self._list_bases(written):
            found = self._judge(_Reading(link, None, base), url, written)
            if found is not None and found.status is LinkStatus.BROKEN:
                return _judge_relative_everywhere(top, found, link, output, view)
        return top

    def _list_bases(self, written: Reference) -> Iterator[tuple[str, Output]]:
        """Yield the pages that a link of every page may be broken on: one for each target.

        A link to the top of the page itself is broken on none.
        """
        if not written.path and (written.fragment is None or is_top(written.fragment)):
            return
        seen: set[str] = set()
        for base, output in self._bases:
            target = resolve(base, written.path)
            if target not in seen:
                seen.add(target)
                yield base, output

    def _path_on_site(self, url: str) -> str | None:
        """Return a target without the site's host; None when it leads to another host."""
        if has_scheme(url) or url.startswith(("//", "\\\\", "/\\", "\\/")):
            return split_site_url(url.replace("\\", "/"), self._view.hosts)
        return url

    def _judge(self, reading: _Reading, url: str, written: Reference) -> LinkVerdict | None:
        view, link = self._view, reading.link
        on_site = self._path_on_site(url)
        if on_site is None:
            return None
        reference = split_reference(on_site)
        full = resolve(reading.base, reference.path)
        below = view.strip_base(full)
        if below is None:
            return None if on_site != url else _judge_outside(reading, full, view)
        path = decode(below)
        found = None if path is None else view.tree.find(squeeze(path))
        if path is None or found is None:
            shown = squeeze(path or below)
            wanted = DeadTarget(link, reading.base, shown, written, reading.folder)
            return judge_missing(wanted, view)
        verdict = LinkVerdict(_kind_of(link, found.output), LinkStatus.OK)
        if found.slash_added:
            verdict = LinkVerdict(
                find_kind(link, path),
                LinkStatus.REDIRECTED,
                Reason("link-slash-added"),
                final_url=f"{view.origin}{full}/",
            )
        return self._judge_found(reading, found.output, reference.fragment, verdict)

    def _judge_found(
        self, reading: _Reading, output: Output, fragment: str | None, otherwise: LinkVerdict
    ) -> LinkVerdict:
        """Judge the fragment and the kind of output; return `otherwise` when both are fine."""
        if output.doubt is not None:
            return LinkVerdict(otherwise.kind, LinkStatus.UNCHECKED, output.doubt)
        if others := self._view.tree.shared.get(output.file):
            return self._judge_shared(reading, others, fragment, otherwise)
        if output.kind is OutputKind.FILE:
            return otherwise
        if reading.link.syntax is LinkSyntax.IMAGE:
            reason = Reason("link-image-is-page", {"page": output.source or output.file})
            return LinkVerdict(LinkKind.IMAGE, LinkStatus.BROKEN, reason)
        if output.kind is OutputKind.REDIRECT:
            return self._judge_redirect(reading, output, fragment)
        if fragment is None:
            return otherwise
        fragment = fragment.partition(":~:")[0]
        known = is_top(fragment) or self._view.anchors.has(output.source, fragment)
        if known:
            return replace(otherwise, kind=LinkKind.ANCHOR)
        args = {"anchor": decode(fragment) or fragment, "page": output.source or output.file}
        if known is None:
            reason = Reason("link-anchor-unproven", args)
            return LinkVerdict(LinkKind.ANCHOR, LinkStatus.UNCHECKED, reason)
        return LinkVerdict(
            LinkKind.ANCHOR,
            LinkStatus.BROKEN,
            Reason("link-anchor-missing", args),
            hint=_suggest_anchor(reading, output, fragment, self._view),
        )

    def _judge_shared(
        self,
        reading: _Reading,
        outputs: tuple[Output, ...],
        fragment: str | None,
        otherwise: LinkVerdict,
    ) -> LinkVerdict:
        """Judge a link to an address that several sources have: fine if it is for each of them."""
        anchors, name = self._view.anchors, (fragment or "").partition(":~:")[0]
        is_image = reading.link.syntax is LinkSyntax.IMAGE
        fits = all(
            output.kind is (OutputKind.FILE if is_image else OutputKind.PAGE)
            and (is_image or is_top(name) or anchors.has(output.source, name))
            for output in outputs
        )
        if fits:
            return otherwise if fragment is None else replace(otherwise, kind=LinkKind.ANCHOR)
        doubt = self._doubt_shared(outputs[0])
        return LinkVerdict(otherwise.kind, LinkStatus.UNCHECKED, doubt)

    def _judge_redirect(
        self, reading: _Reading, output: Output, fragment: str | None
    ) -> LinkVerdict:
        """Follow redirect pages (`redirect_from`, `redirect_to`) within the site."""
        view, link = self._view, reading.link
        kind = find_kind(link, f"/{output.file}")
        target, final = output.target or "", output
        for _ in range(_REDIRECT_HOPS):
            on_site = self._path_on_site(target)
            if on_site is None:
                break
            below = view.strip_base(resolve(f"{view.base_path}/", split_reference(on_site).path))
            path = None if below is None else squeeze(decode(below) or below)
            found = None if path is None else view.tree.find(path)
            if found is None:
                reason = Reason("link-redirect-target-missing", {"target": target})
                return _deny(kind, reason, None if path is None else find_doubt(path, None, view))
            final = found.output
            if final.kind is not OutputKind.REDIRECT:
                break
            target = final.target or ""
        if fragment and not is_top(fragment) and "#" not in target:
            # The redirect is a page with a script, which drops the fragment.
            known = final is not output and view.anchors.has(final.source, fragment)
            hint = view.suggest(link, reading.base, final, f"#{fragment}") if known else None
            reason = Reason("link-redirect-drops-anchor", {"target": target})
            return LinkVerdict(LinkKind.ANCHOR, LinkStatus.BROKEN, reason, hint=hint)
        full_target = target if has_scheme(target) else view.origin + target
        reason = Reason("link-redirect-page", {"target": target})
        return LinkVerdict(kind, LinkStatus.REDIRECTED, reason, final_url=full_target)


def build_site(
    handbook: Handbook,
    pages: Mapping[str, ParsedPage],
    *,
    site_url: str | None,
    now: datetime | None = None,
) -> Site:
    """Return the site that Jekyll and the web server make of a handbook.

    Args:
        handbook: the sources: every page, audited or not.
        pages: the same pages, parsed, by path.
        site_url: where the site is published; None when not set, then `_config.yml` decides.
        now: when the site is built: Jekyll writes no document dated later. None when unknown.

    Returns:
        The site. With settings that could not be read, missing targets are UNCHECKED, not BROKEN.
    """
    config = _complete(read_settings(handbook), site_url)
    sources = collect_sources(handbook, pages, config, now)
    tree = build_tree(list_outputs(sources))
    address = site_url or config.url
    parts = urlsplit(address)
    hosts = (find_host(address), find_host(config.url))
    view = SiteView(
        sources=sources,
        tree=tree,
        anchors=index_anchors(sources, tuple(tree.by_source.values())),
        # The public address is right even where the build overrides `baseurl`.
        base_path=parts.path.rstrip("/") if site_url else config.base_path,
        origin=f"{parts.scheme}://{parts.netloc}" if parts.netloc else "",
        hosts=frozenset(filter(None, hosts)),
        unknown_plugins=list_unknown_plugins(sources),
        url_path="" if site_url or config.base_path else parts.path.rstrip("/"),
    )
    config_file = "_config.yml" if "_config.yml" in sources.entries else "_config.yaml"
    return Site(
        config_links=find_config_links(handbook.config if config.values else None, config_file),
        unpublished=view.list_unpublished(),
        empty=view.list_empty(),
        clashes=view.list_clashes(),
        _view=view,
        _config_file=config_file,
        _bases=tuple(
            (view.public_path(output), output)
            for output in tree.by_file.values()
            if output.kind is OutputKind.PAGE
        ),
    )


def _complete(config: SiteConfig, site_url: str | None) -> SiteConfig:
    """Add the base path that GitHub Pages gives to a site whose settings have none."""
    path = urlsplit(site_url or "").path.rstrip("/")
    if not path or config.base_path or not config.github_pages:
        return config
    return replace(config, base_path=path, values={**config.values, "baseurl": path})


def _kind_of(link: PageLink, output: Output) -> LinkKind:
    if link.syntax is LinkSyntax.IMAGE:
        return LinkKind.IMAGE
    return LinkKind.PAGE if output.kind is OutputKind.PAGE else find_kind(link, f"/{output.file}")


def _judge_outside(reading: _Reading, full: str, view: SiteView) -> LinkVerdict:
    """Judge a target on the site's host that is not below its base path."""
    path = decode(full)
    kind = find_kind(reading.link, full)
    args = {"base_path": view.base_path}
    inside = None if path is None else view.tree.find(squeeze(path))
    if inside is None:
        return LinkVerdict(kind, LinkStatus.UNCHECKED, Reason("link-outside-site", args))
    hint = view.suggest(reading.link, reading.base, inside.output)
    return LinkVerdict(kind, LinkStatus.BROKEN, Reason("link-lacks-baseurl", args), hint=hint)


def _judge_liquid(link: PageLink, unresolved: UnresolvedLiquid, view: SiteView) -> LinkVerdict:
    kind = LinkKind.IMAGE if link.syntax is LinkSyntax.IMAGE else LinkKind.PAGE
    if (file := unresolved.missing) is not None:
        reason = Reason("link-liquid-target-missing", {"file": file})
        return _deny(kind, reason, find_doubt(f"/{file}", file, view))
    return LinkVerdict(kind, LinkStatus.UNCHECKED, Reason("link-liquid", {"url": link.url}))


def _deny(kind: LinkKind, reason: Reason, doubt: Reason | None) -> LinkVerdict:
    """Return BROKEN with the reason, or UNCHECKED with the doubt if there is one."""
    if doubt is not None:
        return LinkVerdict(kind, LinkStatus.UNCHECKED, doubt)
    return LinkVerdict(kind, LinkStatus.BROKEN, reason)


def _judge_relative_everywhere(
    top: LinkVerdict, broken: LinkVerdict, link: PageLink, output: Output, view: SiteView
) -> LinkVerdict:
    """Judge a link of the settings that is broken on a page; `top` is its front page verdict."""
    if top.status is LinkStatus.BROKEN:
        return top
    reason = Reason("link-config-relative", {"page": output.source or output.file})
    written = split_reference(clean(link.url))
    url = resolve(f"{view.base_path}/", written.path)
    hint = Reason("link-use", {"url": f"{url}#{written.fragment}" if written.fragment else url})
    return LinkVerdict(broken.kind, LinkStatus.BROKEN, reason, hint=hint)


def _suggest_anchor(
    reading: _Reading, output: Output, fragment: str, view: SiteView
) -> Reason | None:
    """Return the id that was probably meant, on this page or on the only page that has it."""
    meant = view.anchors.suggest(output.source or "", fragment)
    if meant is not None:
        written = reading.link.url.partition("#")[0]
        return Reason("link-use", {"url": f"{written}#{meant}"})
    source = view.anchors.find_page(fragment)
    other = None if source is None else view.tree.by_source.get(source)
    if other is None or other.kind is not OutputKind.PAGE or other.possible:
        return None
    return view.suggest(reading.link, reading.base, other, f"#{fragment}")
