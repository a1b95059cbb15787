"""Every file of the built site: what Jekyll makes of the sources, and what known plugins add.

The rules come from jekyll-redirect-from, jekyll-readme-index, jekyll-feed and jekyll-sitemap.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from syncer.handbook.jekyll.outputs import (
    Output,
    OutputKind,
    SiteSources,
    list_plain_outputs,
)
from syncer.handbook.jekyll.permalink import page_url, redirect_url

_INDEX = re.compile(r"(?:index\.(?:html?|xhtml|xml))?", re.IGNORECASE)


def list_outputs(sources: SiteSources) -> tuple[Output, ...]:
    """Return every file of the built site, also those whose address only the build knows.

    In the order in which Jekyll writes them: of two with the same `file`, the later wins.
    """
    outputs = [_redirect_to(output, sources) for output in list_plain_outputs(sources)]
    documents = [output for output in outputs if output.document]
    pages = [output for output in outputs if output.rendered and not output.document]
    copies = [output for output in outputs if not output.rendered]
    redirects = list(_redirects((*documents, *pages), sources))
    pages, copies = _add_readme_indexes(pages, copies, sources)
    return (*pages, *_plugin_files(sources), *redirects, *copies, *documents)


def _redirect_to(output: Output, sources: SiteSources) -> Output:
    """Return a page with `redirect_to` as a redirect, when the plugin is on."""
    if not (sources.config.redirects and output.rendered):
        return output
    value = sources.find_value(output.source or "", "redirect_to")
    first = next(iter(_list_strings(value)), "")
    if first in ("", "false"):
        return output
    return replace(output, kind=OutputKind.REDIRECT, target=first)


def _redirects(outputs: Iterable[Output], sources: SiteSources) -> Iterator[Output]:
    if not sources.config.redirects:
        return
    for output in outputs:
        for address in _list_strings(sources.find_value(output.source or "", "redirect_from")):
            url, file = redirect_url(address)
            target = sources.config.base_path + output.url
            doubt = output.doubt if output.possible else None
            yield Output(file, url, None, OutputKind.REDIRECT, target=target, doubt=doubt)


def _list_strings(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    words = (str(item).lower() if isinstance(item, bool) else item for item in listed)
    return tuple(str(item) for item in words if item is not None)


def _add_readme_indexes(
    pages: list[Output], copies: list[Output], sources: SiteSources
) -> tuple[list[Output], list[Output]]:
    """Return pages and copies with READMEs as the indexes of folders that have none."""
    settings, config = sources.config.readme_index, sources.config
    if settings is None:
        return pages, copies
    pages, copies = list(pages), list(copies)
    indexed = {
        output.url[: output.url.rfind("/") + 1].lower()
        for output in (*pages, *copies)
        if _INDEX.fullmatch(output.url.rpartition("/")[2])
    }
    endings = tuple(f"/readme{extension}" for extension in config.markdown_extensions)
    fronted = list(pages) if settings.with_front_matter else []
    for output in (*copies, *fronted):
        # As Ruby's `File.dirname` has it: of `/a/readme/` it is `/a`.
        above = output.url.rstrip("/")
        folder = above[: above.rfind("/") + 1]
        if not f"/{output.source}".lower().endswith(endings) or folder.lower() in indexed:
            continue
        url, file = page_url(
            output.source or "", permalink=folder, style="none", markdown=config.markdown_extensions
        )
        index = replace(output, url=url, file=file, kind=OutputKind.PAGE, rendered=True)
        indexed.add(folder.lower())
        if output.rendered:
            pages[pages.index(output)] = index
            continue
        pages.append(index)
        if settings.remove_originals:
            copies.remove(output)
    return pages, copies


def _plugin_files(sources: SiteSources) -> Iterator[Output]:
    """Yield the files that known plugins add, unless the sources have a file of that name."""
    made = {
        "jekyll-feed": ("feed.xml",),
        "jekyll-redirect-from": ("redirects.json",),
        "jekyll-sitemap": ("sitemap.xml", "robots.txt"),
    }
    for plugin, files in made.items():
        for file in files if plugin in sources.config.plugins else ():
            if file not in sources.entries:
                yield Output(file, f"/{file}", None, OutputKind.FILE)
