"""What the plugin jekyll-relative-links makes of a link to a file of the sources."""

from __future__ import annotations

from syncer.handbook.address import has_scheme, join_source
from syncer.handbook.liquid import relative_url
from syncer.handbook.permalink import split_name
from syncer.handbook.published import Output, matches_any
from syncer.handbook.site_view import SiteView
from syncer.model import PageLink


def rewrite_relative(url: str, link: PageLink, output: Output, view: SiteView) -> str | None:
    """Return what the plugin puts in the place of a target.

    Args:
        url: the target.
        link: with the place where it stands.
        output: the page that it stands on.
        view: of the site.

    Returns:
        The address of the file that the target names, base path included. None when the plugin is
        off or leaves the link alone: it only rewrites `[text](file)` and `[text]: file` in
        Markdown, never HTML, and only what names a file of the site.
    """
    settings = view.sources.config.relative_links
    source = link.span.file
    if settings is None or has_scheme(url) or url.startswith("#"):
        return None
    extension = split_name(source.rpartition("/")[2])[1].lower()
    if extension not in view.sources.config.markdown_extensions:
        return None
    if (output.document and not settings.collections) or matches_any(settings.exclude, source):
        return None
    if _is_html(link, view):
        return None
    path, hash_, fragment = url.partition("#")
    file = join_source(source.rpartition("/")[0], path)
    # The plugin decodes as a form does, where `+` is a blank.
    target = view.tree.by_source.get(file.replace("+", " ")) if file else None
    if target is None:
        return None
    return relative_url(target.url, view.sources.config) + hash_ + fragment


def _is_html(link: PageLink, view: SiteView) -> bool:
    text = view.sources.texts.get(link.span.file, "")
    lines = text.split("\n", link.span.line)
    line = lines[link.span.line - 1] if len(lines) >= link.span.line else ""
    return line[link.span.column - 1 : link.span.column] == "<"
