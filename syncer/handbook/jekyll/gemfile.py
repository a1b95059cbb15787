"""The plugins that a `Gemfile` adds to a Jekyll build.

Jekyll loads every gem of the group `jekyll_plugins`, whether or not `_config.yml` names it
(Jekyll's manual, "Plugins", "Installing plugins"). Ruby is not run: the file is read line by line.
"""

from __future__ import annotations

import re

_GEM = re.compile(r"""\s*gem[\s(]+['"](?P<name>[\w.-]+)['"](?P<options>.*)""")
_OPENS = re.compile(r"\s*(?:if|unless|case|begin)\b|.*\bdo\s*(?:\|[^|]*\|\s*)?$")
_ENDS = re.compile(r"\s*end\b")
_IN_GROUP = re.compile(r"\bjekyll_plugins\b")
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*", re.MULTILINE)
_GOES_ON = re.compile(r",\s*\n")

# Gems that are put into the group though they add nothing to a site: Jekyll and its dependencies, a
# theme without code, tools.
_NO_PLUGINS = frozenset(
    {
        *("base64", "bigdecimal", "bundler", "csv", "dartsass-ruby", "eventmachine", "execjs"),
        *("faraday", "faraday-retry", "ffi", "html-proofer", "http_parser.rb", "jekyll"),
        *("jekyll-admin", "jekyll-algolia", "jekyll-compose", "jekyll-watch", "json", "kramdown"),
        *("kramdown-parser-gfm", "liquid", "logger", "mini_racer", "minima", "nokogiri", "ostruct"),
        *("psych", "racc", "rake", "rb-readline", "rdiscount", "rexml", "rouge", "sass-embedded"),
        *("sassc", "therubyracer", "tzinfo", "tzinfo-data", "unicode_utils", "wdm", "webrick"),
    }
)
# Plugins that the gem `github-pages` turns on (GitHub's manual, "About GitHub Pages and Jekyll").
GITHUB_PAGES_PLUGINS = frozenset(
    {
        *("jekyll-coffeescript", "jekyll-default-layout", "jekyll-gist", "jekyll-github-metadata"),
        *("jekyll-optional-front-matter", "jekyll-paginate", "jekyll-readme-index"),
        *("jekyll-relative-links", "jekyll-titles-from-headings"),
    }
)
# Plugins that add no page that we do not predict, except for the few cases in `doubts`.
KNOWN_PLUGINS = frozenset(
    {
        *("jekyll-archives", "jekyll-email-protect", "jekyll-regex-replace", "jekyll-target-blank"),
        *("jekyll-avatar", "jekyll-coffeescript", "jekyll-commonmark", "jekyll-default-layout"),
        *("jekyll-feed", "jekyll-gist", "jekyll-github-metadata", "jekyll-include-cache"),
        *("jekyll-last-modified-at", "jekyll-mentions", "jekyll-optional-front-matter"),
        *("jekyll-paginate", "jekyll-readme-index", "jekyll-redirect-from"),
        *("jekyll-relative-links", "jekyll-remote-theme", "jekyll-sass-converter"),
        *("jekyll-seo-tag", "jekyll-sitemap", "jekyll-titles-from-headings", "jekyll-toc"),
        *("jemoji", "just-the-docs"),
    }
)
# Those of them that GitHub Pages does not run.
NOT_ON_GITHUB = frozenset(
    {
        *("jekyll-archives", "jekyll-email-protect", "jekyll-last-modified-at"),
        *("jekyll-regex-replace", "jekyll-target-blank", "jekyll-toc", "just-the-docs"),
    }
)


def find_plugins(text: str) -> frozenset[str]:
    """Return the gems of the group `jekyll_plugins` that may change a site.

    With `github-pages`, the plugins that it turns on are among them.
    """
    # For each open block: whether its gems are in the group.
    blocks: list[bool] = []
    found: set[str] = set()
    for line in _GOES_ON.sub(", ", _COMMENT.sub("", text)).split("\n"):
        if _ENDS.match(line):
            del blocks[-1:]
        elif gem := _GEM.match(line):
            if any(blocks) or _IN_GROUP.search(gem["options"]):
                found.add(gem["name"])
        elif _OPENS.match(line):
            is_group = line.lstrip().startswith("group") and _IN_GROUP.search(line) is not None
            blocks.append(is_group)
    if "github-pages" in found:
        found |= GITHUB_PAGES_PLUGINS
    return frozenset(found - _NO_PLUGINS)
