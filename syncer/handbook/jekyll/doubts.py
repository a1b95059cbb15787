"""Why what the sources do not show may be on the site all the same (pure).

"Not there" needs proof: the sources prove it only where nothing else can put a page at an address.
"""

from __future__ import annotations

import re

from syncer.handbook.jekyll.config import SiteConfig
from syncer.handbook.jekyll.entry_filter import walk_admits
from syncer.handbook.jekyll.outputs import SiteSources
from syncer.handbook.jekyll.site_view import SiteView
from syncer.model.reason import Reason

# Plugins that make files of one kind.
_MADE_KINDS = {"jekyll-coffeescript": ".js", "jekyll-feed": ".xml"}
# What the theme brings itself. Another may have anything below `assets/`, and bring plugins that
# make a feed or a site map.
_THEME_FILES = {
    "just-the-docs": (
        "assets/css/",
        "assets/js/",
        "assets/images/just-the-docs.png",
        "assets/images/large-image.jpg",
        "assets/images/small-image.jpg",
    )
}


def find_doubt(path: str, file: str | None, view: SiteView) -> Reason | None:
    """Return why an address that reaches nothing may be there after all; None when it is not.

    Args:
        path: of the address, decoded, below the site's root, with a slash in front.
        file: of the sources that the link would name on GitHub; None when it names none.
        view: of the site.
    """
    sources = view.sources
    return (
        sources.config.problem
        or _find_unread(path, sources)
        or _find_plugin(path, sources)
        or _find_theme(path, sources.config)
        or _find_kept(path, sources.config)
        or _find_unplaced(path, file, view)
    )


def _find_unread(path: str, sources: SiteSources) -> Reason | None:
    """Doubt for what was not read: front matter gives a page, or a redirect, any address.

    What lies elsewhere puts its own addresses in doubt, not all of them: one link out of the
    handbook must not hide every link that is broken.
    """
    for place in sources.elsewhere:
        of_collection = sources.type_of(f"{place}/") != "pages"
        if of_collection or f"{path}/".startswith(f"/{place}/"):
            return Reason("link-page-unreadable", {"file": place})
    for written in sources.config.include:
        # Jekyll takes a hidden folder or `node_modules` that it is told to; we do not look there.
        below = f"{written.strip('/')}/"
        if path.startswith(f"/{below}") and not any(
            file.startswith(below) for file in sources.files
        ):
            return Reason("link-page-unreadable", {"file": written})
    for file in sources.anywhere:
        if sources.type_of(file) != "pages" or walk_admits(file, sources.config):
            return Reason("link-page-unreadable", {"file": file})
    return None


def _find_plugin(path: str, sources: SiteSources) -> Reason | None:
    config = sources.config
    makers = [*sources.list_unknown_plugins()]
    if "jekyll-paginate" in config.plugins and _is_paginated(path, config):
        makers.append("jekyll-paginate")
    makers += [
        plugin
        for plugin, kind in _MADE_KINDS.items()
        if plugin in config.plugins and path.endswith(kind)
    ]
    if "jekyll-readme-index" in config.plugins and _has_readme(path, sources):
        makers.append("jekyll-readme-index")
    return Reason("link-plugin-may-make-it", {"plugin": makers[0]}) if makers else None


def _is_paginated(path: str, config: SiteConfig) -> bool:
    """Return whether an address is that of a further page of posts (jekyll-paginate's `Pager`)."""
    if config.values.get("paginate") is None:
        return False
    written = str(config.values.get("paginate_path", "/page:num"))
    before, _, after = f"/{written.strip('/')}".partition(":num")
    pattern = rf"{re.escape(before)}\d+{re.escape(after)}(?:/|/index\.html)?"
    return re.fullmatch(pattern, path) is not None


def _has_readme(path: str, sources: SiteSources) -> bool:
    """Return whether an address is that of a README, or of the folder that has one."""
    folder, _, name = path.strip("/").rpartition("/")
    folders = {path.strip("/")}
    if name.partition(".")[0].lower() in ("readme", "index"):
        folders.add(folder)
    return any(
        file.rpartition("/")[0] in folders
        and file.rpartition("/")[2].partition(".")[0].lower() == "readme"
        for file in sources.files
    )


def _find_theme(path: str, config: SiteConfig) -> Reason | None:
    if config.theme is None:
        return None
    own = _THEME_FILES.get(config.theme, ("assets/",))
    feeds = config.theme not in _THEME_FILES and path.endswith((".xml", "/robots.txt"))
    if path.lstrip("/").startswith(own) or feeds:
        return Reason("link-theme-may-have-it", {"theme": config.theme})
    return None


def _find_kept(path: str, config: SiteConfig) -> Reason | None:
    """Doubt for what somebody else puts on the site, where Jekyll leaves it alone."""
    below = path.strip("/")
    for kept in config.kept:
        if below == kept or below.startswith(f"{kept}/"):
            return Reason("link-kept-file-may-be-there", {"file": kept})
    return None


def _find_unplaced(path: str, file: str | None, view: SiteView) -> Reason | None:
    for output in view.tree.unplaced:
        if output.possible is not None and output.possible.fullmatch(path):
            return output.doubt
    named = view.tree.by_source.get(file or "")
    if named is not None and named.possible and view.sources.config.relative_links:
        return named.doubt
    return None
