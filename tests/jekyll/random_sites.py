"""Whole sites made at random: settings, layouts, pages of every kind, and links between them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

_PLUGINS = (
    *("jekyll-redirect-from", "jekyll-optional-front-matter", "jekyll-relative-links"),
    *("jekyll-readme-index", "jekyll-titles-from-headings"),
)
_SETTINGS = (
    *("permalink: pretty\n", "permalink: none\n", "permalink: /:categories/:title/\n"),
    *("baseurl:\n", "url: https://haandbog.example\n", "timezone: Europe/Copenhagen\n"),
    *("timezone: Pacific/Auckland\n", "future: true\n", "unpublished: true\n"),
    *("markdown_ext: md,text\n", "titles_from_headings: { strip_title: true }\n"),
    *("readme_index: { remove_originals: true }\n", "readme_index: { with_frontmatter: true }\n"),
    "defaults:\n  - { scope: { path: docs }, values: { layout: bar, sti: /docs/ } }\n",
    "vis: true\nskjul: false\nord: ja\n",
)
_NAMES = (
    *("index.md", "docs/a.md", "docs/b.md", "docs/b.html", "docs/c.text", "docs/README.md"),
    *("mappe/readme.md", "mappe/x.md", "data/liste.json", "data/gemt.txt", "assets/stil.scss"),
    *("_posts/2020-01-02-nyt.md", "_posts/2999-01-02-sent.md", "nyt/_posts/2021-03-04-to.md"),
    *("docs/d.markdown", "raa.html", "feed.xml"),
)
_FRONT = (
    *("title: T", "permalink: /eget/", "permalink: /eget.html", "published: false"),
    *("redirect_to: false", "redirect_to: /docs/a.html", "redirect_from: /gammel/"),
    *("layout: default", "layout: bar", "layout: tom", "date: 2999-05-06", "sti: /docs/"),
    *("date: 2024-01-31 23:30:00", "strip_title: false", "slug: ord", "categories: x y"),
)
_TARGETS = (
    *("a.md", "b.md", "/docs/a", "/docs/a.html", "/docs/b.html", "b.html#bilag", "/eget", "/eget/"),
    *("../docs/README.md", "/docs/", "/mappe/", "/mappe/readme.html", "/data/liste.json"),
    *("/data/gemt.txt", "/assets/stil.css", "/assets/stil.scss", "/gammel/", "/nej", "#bilag"),
    *("#bilag-1", "#skjult", "/docs/a.html#skjult", "/docs/a#forside", "#forside", "/raa.html"),
    *("/2020/01/02/nyt.html", "/x/y/2020/01/02/nyt.html", "/nyt/to/", "/2999/01/02/sent.html"),
    *("{{ site.baseurl }}/docs/a.html", "{{ page.sti }}a.html", "{{ site.ingen }}/nej"),
    *("{{ page.ingen | default: '/docs/a.html' }}", "{{ '/docs/b.html' | relative_url }}"),
    *("c.text", "/docs/c.html", "/docs/d.html", "d.markdown#bilag", "/feed.xml", "/bar"),
)
_CONDITIONS = (
    *("false", "true", "site.vis", "site.skjul", "site.ingen", "page.sti", 'site.ord == "ja"'),
    *('site.ord != "ja"', "page.title", "1 == 2", "site.time", "page.url == '/'"),
)
_HEADINGS = (
    "# Forside",
    "## Bilag",
    "## Bilag",
    "### A & b",
    "## Axe {% include m.html %}",
    "## \u200dja",
)
_LAYOUTS = {
    "_layouts/default.html": "<html><body id='skal'>{{ content }}</body></html>\n",
    "_layouts/bar.html": "<html><body>{{ content | strip }}</body></html>\n",
    "_layouts/tom.html": "<html><body><p id='forside'>Intet</p></body></html>\n",
    "_includes/m.html": "med mere",
}


@dataclass(slots=True)
class RandomSite:
    """Settings and files; every link's text is its own: `L1`, `L2` and so on."""

    config: str = ""
    files: dict[str, str] = field(default_factory=dict)


def make_random_site(chance: random.Random) -> RandomSite:
    """Return a site; the same chance gives the same one."""
    site = RandomSite()
    plugins = [name for name in _PLUGINS if chance.random() < 0.5]
    settings = [line for line in _SETTINGS if chance.random() < 0.3]
    if any(line.startswith("markdown_ext") for line in settings):
        settings = [line for line in settings if not line.startswith("permalink")]
    seen: dict[str, str] = {line.partition(":")[0]: line for line in settings}
    site.config = f"plugins: [{', '.join(plugins)}]\n" + "".join(seen.values())
    number = 0
    for name in _NAMES:
        if name != "index.md" and chance.random() < 0.25:
            continue
        blocks: list[str] = []
        for _ in range(chance.randint(1, 6)):
            number += 1
            link = f"[L{number}]({chance.choice(_TARGETS)})"
            block = chance.choice((link, link, chance.choice(_HEADINGS)))
            if chance.random() < 0.25:
                condition = chance.choice(_CONDITIONS)
                block = f"{{% if {condition} %}}\n## Skjult\n\n{block}\n\n{{% endif %}}"
            blocks.append(block)
        front = chance.sample(_FRONT, k=chance.randint(0, 2))
        keys = {line.partition(":")[0]: line for line in front}
        is_fronted = name.startswith("_posts") or "/_posts/" in name or chance.random() < 0.75
        head = "---\n" + "".join(f"{line}\n" for line in keys.values()) + "---\n"
        text = "\n\n".join(blocks) + "\n"
        if name.endswith((".json", ".txt", ".scss", ".xml", ".html")):
            text = "\n"
        site.files[name] = (head if is_fronted else "") + text
    site.files |= _LAYOUTS
    return site
