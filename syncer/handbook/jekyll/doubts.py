"""Why an address may exist although the sources do not show it.

"Not there" needs proof (docs/design.md, rule 1): the sources prove it only where nothing else can
put a file at an address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from syncer.handbook.jekyll.config import SiteConfig
from syncer.handbook.jekyll.entry_filter import walk_admits
from syncer.handbook.jekyll.outputs import SiteSources
from syncer.handbook.jekyll.site_view import SiteView
from syncer.model.reason import Reason

# Files of the theme itself. Other themes may have any file below `assets/`, and plugins that make
# a feed or a site map.
_THEME_FILES = {
    "just-the-docs": (
        "assets/css/",
        "assets/js/",
        "assets/images/just-the-docs.png",
        "assets/images/large-image.jpg",
        "assets/images/small-image.jpg",
    )
}

# jekyll-archives' own addresses.
_ARCHIVES = {
    "year": "/:year/",
    "month": "/:year/:month/",
    "day": "/:year/:month/:day/",
    "tag": "/tag/:name/",
    "category": "/category/:name/",
}
# One pattern for all keys of a folder's name: matching stays linear.
_SEVERAL_KEYS = re.compile(r":\w+(?:[^/]*:\w+)?")
_LONGEST_TEMPLATE = 1_000


def find_doubt(path: str, file: str | None, view: SiteView) -> Reason | None:
    """Return why an address that reaches nothing may exist after all; None when it cannot.

    Args:
        path: of the address, decoded, below the site's root, with a slash at its start.
        file: source file that the link would mean on GitHub; None when it means none.
        view: of the site.
    """
    sources = view.sources
    return (
        sources.config.problem
        or _find_unread(path, sources)
        or _find_plugin(path, view)
        or _find_theme(path, sources.config)
        or _find_keep_files(path, sources.config)
        or _find_unplaced(path, file, view)
    )


def _find_unread(path: str, sources: SiteSources) -> Reason | None:
    """Doubt addresses because of unread files: front matter gives a page or redirect any address.

    A place whose content is elsewhere makes only its own addresses doubtful: one symbolic link out
    of the handbook must not hide all broken links.
    """
    for place in sources.elsewhere:
        of_collection = sources.type_of(f"{place}/") != "pages"
        if of_collection or f"{path}/".startswith(f"/{place}/"):
            return Reason("link-page-unreadable", {"file": place})
    for written in sources.config.include:
        # Jekyll reads a hidden folder or `node_modules` that `include` names; we do not.
        below = f"{written.strip('/')}/"
        if path.startswith(f"/{below}") and not any(
            file.startswith(below) for file in sources.files
        ):
            return Reason("link-page-unreadable", {"file": written})
    for file in sources.unread:
        if sources.type_of(file) != "pages" or walk_admits(
            file, sources.config, is_folder=file not in sources.entries
        ):
            return Reason("link-page-unreadable", {"file": file})
    return None


def _find_plugin(path: str, view: SiteView) -> Reason | None:
    sources = view.sources
    makers: dict[str, Callable[[str, SiteSources], bool]] = {
        "jekyll-archives": _is_archive,
        "jekyll-paginate": _is_paginated,
        "jekyll-coffeescript": lambda path, _: path.endswith(".js"),
        "jekyll-feed": lambda path, _: path.endswith(".xml"),
    }
    named = (name for name in makers if name in sources.config.plugins)
    # What a plugin is for comes before what an unknown one may do.
    plugins = [
        *(name for name in named if makers[name](path, sources)),
        *view.unknown_plugins,
    ]
    return Reason("link-plugin-may-make-it", {"plugin": plugins[0]}) if plugins else None


def _is_paginated(path: str, sources: SiteSources) -> bool:
    """Return whether an address is a further page of posts (jekyll-paginate's `Pager`)."""
    values = sources.config.values
    if values.get("paginate") is None:
        return False
    written = str(values.get("paginate_path", "/page:num"))
    before, _, after = f"/{written.strip('/')}".partition(":num")
    pattern = rf"{re.escape(before)}\d+{re.escape(after)}(?:/|/index\.html)?"
    return re.fullmatch(pattern, path) is not None


def _is_archive(path: str, sources: SiteSources) -> bool:
    """Return whether an address may be a list of posts by year, tag or category."""
    settings = sources.config.values.get("jekyll-archives")
    own = settings.get("permalinks") if isinstance(settings, Mapping) else None
    own = own if isinstance(own, Mapping) else {}
    templates = [str(own.get(kind, template)).strip("/") for kind, template in _ARCHIVES.items()]
    return any(
        len(template) > _LONGEST_TEMPLATE
        or re.fullmatch(_SEVERAL_KEYS.sub(_fill_key, re.escape(template)), path.strip("/"))
        for template in templates
    )


def _fill_key(key: re.Match[str]) -> str:
    return r"\d+" if key[0] in (":year", ":month", ":day") else "[^/]+"


def _find_theme(path: str, config: SiteConfig) -> Reason | None:
    if config.theme is None:
        return None
    own = _THEME_FILES.get(config.theme, ("assets/",))
    feeds = config.theme not in _THEME_FILES and path.endswith((".xml", "/robots.txt"))
    if path.lstrip("/").startswith(own) or feeds:
        return Reason("link-theme-may-have-it", {"theme": config.theme})
    return None


def _find_keep_files(path: str, config: SiteConfig) -> Reason | None:
    """Doubt addresses where Jekyll does not delete files that another program puts on the site."""
    for kept in config.keep_files:
        if f"{path.strip('/')}/".startswith(f"{kept}/"):
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
