"""Which site a handbook's files make: Jekyll's, GitHub's own view of them, or another program's."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from syncer.handbook.jekyll.permalink import extension_of
from syncer.handbook.kramdown.front_matter import split_front_matter
from syncer.model.handbook import Handbook, SiteKind

_JEKYLL_SETTINGS = ("_config.yml", "_config.yaml", "_config.toml")
_JEKYLL_FOLDERS = ("_includes/", "_layouts/", "_posts/", "_sass/")
_JEKYLL_GEM = re.compile(
    r"""^\s*gem[\s(]+['"](?:jekyll|github-pages|just-the-docs)\b""", re.MULTILINE
)
# The settings of other generators: MkDocs, Zensical, Hugo, Docusaurus, Antora, Sphinx, mdBook,
# GitBook, VitePress, Astro, Eleventy, Quarto, DocFX, Gatsby, Pelican, docsify.
_GENERATOR = re.compile(
    r"(?:mkdocs\.ya?ml|zensical\.toml|hugo\.(?:toml|ya?ml|json)|docusaurus\.config\.[cm]?[jt]s"
    r"|antora(?:-playbook)?\.yml|conf\.py|book\.(?:toml|json)|\.?vitepress\.config\.[cm]?[jt]s"
    r"|astro\.config\.[cm]?[jt]s|\.eleventy\.[cm]?js|eleventy\.config\.[cm]?js|_quarto\.yml"
    r"|docfx\.json|gatsby-config\.[jt]s|pelicanconf\.py)"
)
_SITE_FOLDERS = ("", "book", "doc", "docs", "documentation", "site", "website")
_INDEXES = ("index.md", "index.markdown", "index.html")


def find_generator(handbook: Handbook) -> str | None:
    """Return the settings file of another generator than Jekyll.

    Returns:
        Its path, one at the root before one in a folder such as `docs`; None without one. Jekyll's
        own settings in such a folder count too: they make a site of that folder only.
    """
    found = [path for path in handbook.files if _is_of_generator(*path.rpartition("/")[::2])]
    return min(found, key=lambda path: (path.count("/"), path), default=None)


def _is_of_generator(folder: str, name: str) -> bool:
    return folder in _SITE_FOLDERS and (
        _GENERATOR.fullmatch(name) is not None or (folder != "" and name in _JEKYLL_SETTINGS)
    )


def choose_site_kind(handbook: Handbook, asked: str, site_url: str | None) -> SiteKind:
    """Return as what a handbook is read.

    Args:
        handbook: the sources.
        asked: "auto", or the kind that the settings name.
        site_url: where it is published; None when that is unknown.

    Returns:
        For "auto": JEKYLL with a `_config.yml`; FILES with the settings of another generator;
        JEKYLL too where the sources show that GitHub Pages builds them; else GITHUB.
    """
    if asked != "auto":
        return SiteKind(asked)
    if handbook.config is not None or not set(_JEKYLL_SETTINGS).isdisjoint(handbook.files):
        return SiteKind.JEKYLL
    if find_generator(handbook) is not None:
        return SiteKind.FILES
    return SiteKind.JEKYLL if _is_for_pages(handbook, site_url) else SiteKind.GITHUB


def _is_for_pages(handbook: Handbook, site_url: str | None) -> bool:
    """Return whether the sources show that GitHub Pages builds them without any settings."""
    if site_url is not None and urlsplit(site_url).hostname != "github.com":
        return True
    if "CNAME" in handbook.files or _JEKYLL_GEM.search(handbook.gemfile or ""):
        return True
    if any(path.startswith(_JEKYLL_FOLDERS) for path in handbook.files):
        return True
    fronted = {p.path for p in handbook.pages if split_front_matter(p.text).values is not None}
    if not fronted.isdisjoint(_INDEXES):
        return True
    markdown = {page.path for page in handbook.pages if extension_of(page.path) == ".md"}
    return len(markdown & fronted) > len(markdown) / 2
