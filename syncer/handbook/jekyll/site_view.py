"""A built site: its sources, its files, its ids, and its address."""

from __future__ import annotations

import re
from dataclasses import dataclass

from syncer.handbook.jekyll.anchors import AnchorIndex
from syncer.handbook.jekyll.liquid import LiquidScope, UnresolvedLiquid
from syncer.handbook.jekyll.outputs import Output, OutputKind, SiteSources
from syncer.handbook.jekyll.permalink import HTML_EXTENSIONS, extension_of
from syncer.handbook.jekyll.references import decode, has_scheme, write_relative
from syncer.handbook.jekyll.site_tree import SiteTree
from syncer.model.handbook import AddressClash, PageLink
from syncer.model.reason import Reason

_POST = re.compile(r"(.+/)?(\d+-\d+-\d+-.*)")


@dataclass(frozen=True, slots=True)
class SiteView:
    """Everything that a verdict depends on.

    Attributes:
        sources: files, pages and settings.
        tree: the files that the server serves.
        anchors: the ids.
        base_path: "" or the path below which the site is served, such as "/name".
        origin: scheme and host ("https://example.dk"); "" when unknown.
        hosts: the site's own hosts, lower case.
        unknown_plugins: plugins that may make any page or id, the most likely ones first.
        url_path: path of `url` in the settings, where it has one though `baseurl` is the place for
            it; "" otherwise, and where the public address is known.
    """

    sources: SiteSources
    tree: SiteTree
    anchors: AnchorIndex
    base_path: str
    origin: str
    hosts: frozenset[str]
    unknown_plugins: tuple[str, ...] = ()
    url_path: str = ""

    def public_path(self, output: Output) -> str:
        """Return the escaped path of an output on its host, base path included."""
        return self.base_path + output.url

    def strip_base(self, path: str) -> str | None:
        """Return the part of a path below the base path, "" for its top; None outside of it."""
        if path != self.base_path and not path.startswith(f"{self.base_path}/"):
            return None
        below = path[len(self.base_path) :]
        if not self.url_path or not f"{below}/".startswith(f"{self.url_path}/"):
            return below
        # The path is that of the host's front page, not a folder of the site.
        shorter = below[len(self.url_path) :]
        found = self.tree.find(decode(shorter) or shorter)
        return shorter if found or not self.tree.find(decode(below) or below) else below

    def liquid_scope(self, output: Output) -> LiquidScope:
        """Return what names of Liquid mean on a page."""
        source = output.source or ""

        def find_link(path: str) -> str | None:
            # Jekyll also finds a copied file, but no page, by a path that starts with a slash.
            target = self.tree.by_source.get(path.removeprefix("/"))
            if target is None or (path.startswith("/") and target.rendered):
                return None
            return _place(target)

        return LiquidScope(
            self.sources.config,
            output.url,
            find_link,
            lambda name: _place(self.find_post(name)),
            lambda key: self.sources.find_value(source, key),
            self.sources.texts.get(source, ""),
            is_certain=not self.unknown_plugins,
        )

    def find_post(self, name: str) -> Output | None:
        """Return the post that `{% post_url %}` names: its file without extension."""
        named = _POST.fullmatch(name.removeprefix("/"))
        if named is None:
            return None
        folder, post = named.groups(default="")
        stem = re.escape(post)
        wanted = (
            rf"(?:_posts/{re.escape(folder)}{stem}|{re.escape(folder)}_posts/?{stem})\.[^.]+",
            # With a warning Jekyll takes a post of that name in any folder.
            rf"(?:.+/)?_posts/(?:.+/)?{stem}\.[^./]+",
        )
        posts = [
            (self.sources.path_in_collections(source), output)
            for source, output in self.tree.by_source.items()
            if output.document
        ]
        found = (output for pattern in wanted for path, output in posts if re.match(pattern, path))
        return next(found, None)

    def list_unpublished(self) -> tuple[str, ...]:
        """Return the Markdown files that are copied unrendered, by path."""
        extensions = self.sources.config.markdown_extensions
        return tuple(
            sorted(
                source
                for source, output in self.tree.by_source.items()
                if not output.rendered
                and output.doubt is None
                and extension_of(source) in extensions
            )
        )

    def list_clashes(self) -> tuple[AddressClash, ...]:
        """Return the addresses that several sources have, by address."""
        return tuple(
            AddressClash(self.base_path + found[0].url, tuple(one.source or "" for one in found))
            for _, found in sorted(self.tree.shared.items())
        )

    def list_empty(self) -> tuple[str, ...]:
        """Return the published pages without content and without a list of children, by path."""
        return tuple(
            sorted(
                source
                for source, output in self.tree.by_source.items()
                if output.kind is OutputKind.PAGE
                and source in self.sources.pages
                and self.sources.pages[source].empty
                and not self._lists_children(source)
            )
        )

    def _lists_children(self, source: str) -> bool:
        own = self.sources.front_matter(source)
        return own.get("has_children") is True and own.get("has_toc") is not False

    def suggest(self, link: PageLink, base: str, output: Output, fragment: str = "") -> Reason:
        """Return the hint to link to an output, in the style of the link.

        Args:
            link: the wrong link; the hint is full, absolute or relative like its target.
            base: escaped public path of the page that contains it.
            output: what the link should reach.
            fragment: with its `#`, or "".
        """
        url = output.url
        written = link.url.partition("#")[0].partition("?")[0]
        with_extension = any(written.lower().endswith(end) for end in HTML_EXTENSIONS)
        if url.endswith(".html") and not with_extension:
            shorter = self.tree.find("/" + output.file.removesuffix(".html"))
            if shorter is not None and shorter.output is output:
                url = url.removesuffix(".html")
        path = self.base_path + url
        if has_scheme(link.url) and self.origin:
            path = self.origin + path
        elif not written.startswith("/"):
            path = write_relative(base, path)
        return Reason("link-use", {"url": path + fragment})


def _place(output: Output | None) -> str | None:
    if output is not None and output.possible:
        raise UnresolvedLiquid
    return None if output is None else output.url
