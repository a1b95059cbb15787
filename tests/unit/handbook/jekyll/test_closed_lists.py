"""Every entry of the lists with which a site is judged has an example: what is added needs one."""

from __future__ import annotations

import pytest

from syncer.handbook.html_links import _ADDRESSES, find_element_links
from syncer.handbook.jekyll import anchors, doubts, gemfile, liquid
from syncer.handbook.jekyll.config import read_config, read_settings
from syncer.handbook.kramdown import liquid_masks
from syncer.handbook.kramdown.effort import Effort
from syncer.handbook.kramdown.liquid_masks import decide_literal, mask_liquid
from syncer.model.handbook import Handbook
from syncer.model.links import LinkStatus
from tests.unit.handbook.jekyll.test_check import code_of, judge, make_site

THEME_IDS = "back-to-top main-content main-header menu-button search-input search-results site-nav"
THEME_FILES = {
    "assets/css/": "assets/css/just-the-docs-dark.css",
    "assets/js/": "assets/js/search-data.json",
    "assets/images/just-the-docs.png": "assets/images/just-the-docs.png",
    "assets/images/large-image.jpg": "assets/images/large-image.jpg",
    "assets/images/small-image.jpg": "assets/images/small-image.jpg",
}
PLAIN_TAGS = (
    "assign case else elsif endcase endhighlight endif endunless highlight if link post_url unless"
    " when"
)
ARCHIVES = {
    "year": "/2026/",
    "month": "/2026/11/",
    "day": "/2026/11/30/",
    "tag": "/tag/jura/",
    "category": "/category/drift/",
}
KNOWN = (
    "jekyll-archives jekyll-avatar jekyll-coffeescript jekyll-commonmark jekyll-default-layout"
    " jekyll-email-protect jekyll-feed jekyll-gist jekyll-github-metadata jekyll-include-cache"
    " jekyll-last-modified-at jekyll-mentions jekyll-optional-front-matter jekyll-paginate"
    " jekyll-readme-index jekyll-redirect-from jekyll-regex-replace jekyll-relative-links"
    " jekyll-remote-theme jekyll-sass-converter jekyll-seo-tag jekyll-sitemap jekyll-target-blank"
    " jekyll-titles-from-headings jekyll-toc jemoji just-the-docs"
)
NOT_ON_GITHUB = (
    "jekyll-archives jekyll-email-protect jekyll-last-modified-at jekyll-regex-replace"
    " jekyll-target-blank jekyll-toc just-the-docs"
)
NO_PLUGINS = (
    "base64 bigdecimal bundler csv dartsass-ruby eventmachine execjs faraday faraday-retry ffi"
    " html-proofer http_parser.rb jekyll jekyll-admin jekyll-algolia jekyll-compose jekyll-watch"
    " json kramdown kramdown-parser-gfm liquid logger mini_racer minima nokogiri ostruct psych racc"
    " rake rb-readline rdiscount rexml rouge sass-embedded sassc therubyracer tzinfo tzinfo-data"
    " unicode_utils wdm webrick"
)
OF_GITHUB_PAGES = (
    "jekyll-coffeescript jekyll-default-layout jekyll-gist jekyll-github-metadata"
    " jekyll-optional-front-matter jekyll-paginate jekyll-readme-index jekyll-relative-links"
    " jekyll-titles-from-headings"
)
SILENT = (
    "assign break capture case comment continue cycle decrement else elsif endcapture endcase"
    " endcomment endfor endhighlight endif endraw endtablerow endunless for highlight if increment"
    " raw tablerow unless when"
)
ELEMENTS = {
    "a": "href",
    "area": "href",
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "img": "src srcset",
    "input": "src",
    "object": "data",
    "source": "src srcset",
    "track": "src",
    "video": "src poster",
}
JEKYLLS = (
    "categories collections config data documents github html_files html_pages pages posts"
    " related_posts static_files tags time collections_dir data_dir destination encoding env"
    " environment exclude excerpt_separator future highlighter host include includes_dir"
    " incremental kramdown layouts_dir limit_posts liquid lsi markdown markdown_ext paginate"
    " paginate_path permalink plugins_dir port profile quiet safe serving show_drafts source"
    " timezone unpublished verbose watch strict_front_matter keep_files baseurl_root theme"
)
OF_PAGES = (
    "categories category collection content date dir draft excerpt ext id layout name next output"
    " path permalink previous relative_path slug tags title"
)
LAYOUT = {"docs/tema.md": "---\nlayout: default\n---\n"}


def test_every_entry_has_an_example() -> None:
    """The lists of the code are those of this file."""
    assert {"just-the-docs": frozenset(THEME_IDS.split())} == anchors._THEME_IDS
    assert {"just-the-docs": tuple(THEME_FILES)} == doubts._THEME_FILES
    assert frozenset(PLAIN_TAGS.split()) == anchors._PLAIN_TAGS
    assert list(doubts._ARCHIVES) == list(ARCHIVES)
    assert frozenset(KNOWN.split()) == gemfile.KNOWN_PLUGINS
    assert frozenset(NO_PLUGINS.split()) == gemfile._NO_PLUGINS
    assert frozenset(OF_GITHUB_PAGES.split()) == gemfile.GITHUB_PAGES_PLUGINS
    assert frozenset(SILENT.split()) == liquid_masks._SILENT
    assert list(_ADDRESSES) == list(ELEMENTS)
    assert frozenset(JEKYLLS.split()) == liquid._OF_JEKYLL
    assert frozenset(OF_PAGES.split()) == liquid._OF_PAGE


@pytest.mark.parametrize("anchor", THEME_IDS.split())
def test_a_theme_has_its_ids(anchor: str) -> None:
    """On each page with a layout of the theme."""
    site = make_site(LAYOUT, config="theme: just-the-docs\n")
    assert judge(site, f"tema#{anchor}").status is LinkStatus.OK
    assert judge(site, f"tema#{anchor}x").status is LinkStatus.BROKEN


@pytest.mark.parametrize("file", THEME_FILES.values())
def test_a_theme_has_its_files(file: str) -> None:
    """They may be there; others are not."""
    site = make_site(config="theme: just-the-docs\n")
    assert code_of(judge(site, f"/{file}", image=True)) == "link-theme-may-have-it"
    assert judge(site, f"/{file[1:]}", image=True).status is LinkStatus.BROKEN


@pytest.mark.parametrize("tag", PLAIN_TAGS.split())
def test_a_tag_that_prints_no_html_makes_no_ids(tag: str) -> None:
    """A page with it lacks an anchor for certain; with `include` nobody knows."""
    for name, status in ((tag, LinkStatus.BROKEN), ("include", LinkStatus.UNCHECKED)):
        site = make_site({"docs/med.md": f"---\ntitle: x\n---\n{{% {name} x %}}\n"})
        assert judge(site, "med#x").status is status


@pytest.mark.parametrize("path", ARCHIVES.values())
def test_archives_have_their_addresses(path: str) -> None:
    """Each kind of archive may make its page; nothing else may."""
    site = make_site(config="plugins: [jekyll-archives]\n")
    assert code_of(judge(site, path)) == "link-plugin-may-make-it"
    assert judge(site, f"/ingen{path}").status is LinkStatus.BROKEN


@pytest.mark.parametrize("plugin", KNOWN.split())
def test_a_known_plugin_makes_no_page(plugin: str) -> None:
    """What is not there is broken in spite of it; an unknown one may have made it."""
    site = make_site(config=f"plugins: [{plugin}]\n")
    assert judge(site, "/ingen").status is LinkStatus.BROKEN
    unknown = make_site(config=f"plugins: [{plugin}x]\n")
    assert code_of(judge(unknown, "/ingen")) == "link-plugin-may-make-it"


@pytest.mark.parametrize("gem", NO_PLUGINS.split())
def test_a_gem_that_is_no_plugin_is_none(gem: str) -> None:
    """Also in the group of plugins."""
    text = f'group :jekyll_plugins do\n  gem "{gem}"\n  gem "{gem}-x"\nend\n'
    assert gemfile.find_plugins(text) == {f"{gem}-x"}


def test_github_pages_has_its_plugins() -> None:
    """The gem stands for them, and for no other one."""
    found = read_config(None, 'gem "github-pages", group: :jekyll_plugins\n')
    assert found.plugins == frozenset(OF_GITHUB_PAGES.split())


@pytest.mark.parametrize("tag", SILENT.split())
def test_a_tag_prints_nothing(tag: str) -> None:
    """In a heading too, where an unknown tag may print a part of it."""

    def read(name: str) -> str:
        text = f"# a {{% {name} true %}}b"
        masked = mask_liquid(text, 0, Effort(len(text)), decide_literal)
        return "".join(piece for piece, _ in masked.pieces)

    assert read(tag).startswith("# a ")
    assert len(read(tag)) < 6
    assert len(read("include")) > 6


@pytest.mark.parametrize("tag", ELEMENTS)
def test_an_element_has_its_addresses(tag: str) -> None:
    """In each of its attributes, and in no other one."""
    named = ELEMENTS[tag].split()
    others = {
        name: "x" for name in ("href", "src", "srcset", "data", "poster") if name not in named
    }
    given = {name: f"{name}.x" for name in named}
    assert [url for url, _ in find_element_links(tag, others | given)] == list(given.values())


UNKNOWN = (*map("site.{}".format, JEKYLLS.split()), *map("page.{}".format, OF_PAGES.split()))


# A page's own title is read.
@pytest.mark.parametrize("key", [key for key in UNKNOWN if key != "page.title"])
def test_what_only_the_build_knows_is_unresolved(key: str) -> None:
    """A link with it is not judged; one with a name that nothing sets is judged without it."""
    site = make_site()
    assert code_of(judge(site, f"/ingen{{{{ {key} }}}}")) == "link-liquid"
    assert judge(site, f"/ingen{{{{ {key}x }}}}").status is LinkStatus.BROKEN


@pytest.mark.parametrize("key", sorted(liquid._OF_GITHUB))
def test_what_the_plugin_of_github_knows_is_unresolved(key: str) -> None:
    """With the plugin the site has them, whatever the settings say."""
    assert frozenset({"baseurl", "description", "repository", "title", "url"}) == liquid._OF_GITHUB
    site = make_site(config="plugins: [jekyll-github-metadata]\n", site_url=None)
    assert code_of(judge(site, f"/ingen{{{{ site.{key} }}}}")) == "link-liquid"


@pytest.mark.parametrize("plugin", KNOWN.split())
def test_github_builds_no_site_with_other_plugins(plugin: str) -> None:
    """Without a Gemfile a site with one that GitHub Pages does not run is built elsewhere."""
    assert frozenset(NOT_ON_GITHUB.split()) == gemfile.NOT_ON_GITHUB
    handbook = Handbook("test", None, None, (), (), (), f"plugins: [{plugin}]\n")
    assert read_settings(handbook).github_pages is (plugin not in NOT_ON_GITHUB.split())


@pytest.mark.parametrize(
    ("theme", "known"),
    [("minima", True), ("jekyll-theme-cayman", True), ("just-the-docs", False), ("", True)],
)
def test_github_builds_no_site_with_other_themes(theme: str, known: bool) -> None:
    """Without a Gemfile a site with a theme that GitHub Pages does not have is built elsewhere."""
    settings = f"theme: {theme}\n" if theme else ""
    handbook = Handbook("test", None, None, (), (), (), settings)
    assert read_settings(handbook).github_pages is known
