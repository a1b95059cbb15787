"""Nothing is denied where it may be on the site all the same, and only there."""

from __future__ import annotations

import pytest

from syncer.handbook.jekyll.check import Site, build_site
from syncer.handbook.kramdown.page import parse_page
from syncer.model.handbook import Handbook, PageLink, PageText, SourceSpan, UnreadablePage
from syncer.model.links import LinkStatus, LinkVerdict
from syncer.model.reason import Reason

PAGE = "---\ntitle: Side\n---\n"
SOURCES = {"index.md": PAGE, "docs/bilag.md": f"{PAGE}# Jura\n"}
DATED = "collections: {ting: {output: true, permalink: '/:collection/:year/:name/'}}\n"


def make_site(
    config: str | None = "title: Prøve\n",
    *,
    more: dict[str, str] | None = None,
    files: tuple[str, ...] = (),
    unreadable: tuple[UnreadablePage, ...] = (),
    gemfile: str | None = "",
    elsewhere: tuple[str, ...] = (),
) -> Site:
    """Build a site of `SOURCES` and more; `files` are there and were not read."""
    texts = {**SOURCES, **(more or {})}
    pages = tuple(PageText(path, text) for path, text in sorted(texts.items()))
    handbook = Handbook(
        source="prøve",
        revision=None,
        stale=None,
        pages=pages,
        unreadable=unreadable,
        files=tuple(sorted({*texts, *files})),
        config=config,
        gemfile=gemfile,
        elsewhere=elsewhere,
    )
    parsed = {page.path: parse_page(page) for page in pages}
    return build_site(handbook, parsed, site_url="https://haandbog.example")


def judge(site: Site, url: str, page: str = "docs/bilag.md") -> LinkVerdict:
    """Return the verdict on a link that is the site's business."""
    (link,) = parse_page(PageText(page, f"[x]({url})\n")).links
    verdict = site.check(link)
    assert verdict is not None
    return verdict


def in_doubt(site: Site, url: str, page: str = "docs/bilag.md") -> Reason | None:
    """Return the reason for which a link was not checked; None when it is broken."""
    verdict = judge(site, url, page)
    assert verdict.hint is None or verdict.status is LinkStatus.BROKEN
    assert verdict.status in (LinkStatus.UNCHECKED, LinkStatus.BROKEN), verdict
    return verdict.reason if verdict.status is LinkStatus.UNCHECKED else None


def test_a_document_whose_address_only_the_build_knows_is_not_absent() -> None:
    """A link to an address that it may have is not checked; any other is broken as ever."""
    unknown = Reason("link-address-unknown", {"file": "_ting/en.md"})
    site = make_site(DATED, more={"_ting/en.md": f"{PAGE}# Et\n"})
    assert in_doubt(site, "/ting/2026/en/#et") == unknown
    assert in_doubt(site, "/ting/2026/en/index.html") == unknown
    assert in_doubt(site, "{% link _ting/en.md %}") == Reason(
        "link-liquid", {"url": "{% link _ting/en.md %}"}
    )
    assert in_doubt(site, "/ting/nyt/en/") is None
    assert in_doubt(site, "/ting/2026/to/") is None
    assert in_doubt(site, "/ting/en") is None


def test_links_on_a_page_that_lies_nobody_knows_where_are_not_checked() -> None:
    """What is relative leads nobody knows where; the web's links are the web's business."""
    site = make_site(DATED, more={"_ting/en.md": PAGE})
    assert in_doubt(site, "ingen", "_ting/en.md") == Reason(
        "link-address-unknown", {"file": "_ting/en.md"}
    )
    span = SourceSpan("_ting/en.md", 4, 1, 4, 2)
    link = next(iter(parse_page(PageText("a.md", "[x](https://x.example/)\n")).links))
    assert site.check(PageLink(link.url, "x", link.syntax, span, None)) is None


def test_what_leads_to_a_page_of_unknown_address_is_not_denied() -> None:
    """jekyll-relative-links finds it, jekyll-redirect-from leads to it; else only GitHub does."""
    document = "---\nredirect_from: /gammel\n---\n# Et\n"
    plugins = "plugins: [jekyll-relative-links, jekyll-redirect-from]\n"
    site = make_site(DATED + plugins, more={"_ting/en.md": document})
    unknown = Reason("link-address-unknown", {"file": "_ting/en.md"})
    assert in_doubt(site, "../_ting/en.md") == unknown
    assert in_doubt(site, "/gammel") == unknown
    assert in_doubt(site, "../_ting/to.md") is None
    plain = judge(make_site(DATED, more={"_ting/en.md": document}), "../_ting/en.md")
    assert plain.reason == Reason("link-works-on-github-only", {"file": "_ting/en.md"})
    assert plain.hint is None


def test_an_anchor_is_not_looked_for_where_nobody_can_link_to() -> None:
    """A page of unknown address is no suggestion for a missing anchor."""
    site = make_site(DATED, more={"_ting/en.md": f"{PAGE}# Et\n"})
    verdict = judge(site, "bilag#et")
    assert (verdict.status, verdict.hint) == (LinkStatus.BROKEN, None)


@pytest.mark.parametrize("has_front_matter", [True, None])
def test_a_page_that_was_not_read_may_have_any_address(has_front_matter: bool | None) -> None:
    """Its front matter may give it one, or a redirect."""
    page = UnreadablePage("docs/latin.md", Reason("not-utf8"), has_front_matter)
    site = make_site(files=("docs/latin.md",), unreadable=(page,))
    assert in_doubt(site, "/kort/") == Reason("link-page-unreadable", {"file": "docs/latin.md"})


def test_a_page_that_was_not_read_lies_where_it_is_without_front_matter() -> None:
    """Nor has one that Jekyll does not look at any address at all."""
    bare = UnreadablePage("docs/bred.html", Reason("binary"), has_front_matter=False)
    hidden = UnreadablePage("_gemt/latin.md", Reason("not-utf8"), has_front_matter=True)
    site = make_site(files=("docs/bred.html", "_gemt/latin.md"), unreadable=(bare, hidden))
    assert in_doubt(site, "/kort/") is None
    assert in_doubt(site, "bred.html") == Reason("link-page-unreadable", {"file": "docs/bred.html"})


def test_front_matter_that_was_not_read_may_give_any_address() -> None:
    """What is too big to be read may hold a permalink."""
    site = make_site(more={"docs/stor.md": "---\na: " + "x" * 20_000 + "\n---\n"})
    assert in_doubt(site, "/kort/") == Reason("link-page-unreadable", {"file": "docs/stor.md"})


def test_a_folder_that_was_not_listed_may_hold_any_page() -> None:
    """What is below it is not known, nor what addresses its pages have."""
    folder = UnreadablePage("docs/lukket", Reason("io-error"))
    site = make_site(unreadable=(folder,))
    assert in_doubt(site, "lukket/side") == Reason("link-page-unreadable", {"file": "docs/lukket"})


def test_a_folder_that_is_not_read_though_jekyll_is_told_to_take_it_is_not_denied() -> None:
    """Hidden folders and `node_modules` are not looked into."""
    site = make_site("include: [.github, docs]\n")
    assert in_doubt(site, "/.github/hjælp") == Reason("link-page-unreadable", {"file": ".github"})
    assert in_doubt(site, "/docs/ingen") is None
    assert in_doubt(make_site(), "/.github/hjælp") is None


@pytest.mark.parametrize(
    "url", ["ude", "/docs/ude/", "/docs/ude.html", "ude.md", "{% link docs/ude.md %}"]
)
def test_a_page_that_lies_elsewhere_has_the_address_of_one_that_is_here(url: str) -> None:
    """Jekyll follows a link out of the sources, and makes a page of it where the link stands."""
    site = make_site("permalink: pretty\n" if url.endswith("/") else "", elsewhere=("docs/ude.md",))
    assert in_doubt(site, url) == Reason("link-page-unreadable", {"file": "docs/ude.md"})
    assert in_doubt(site, "inde") is None


def test_a_page_that_lies_elsewhere_is_not_at_fault_for_having_no_front_matter() -> None:
    """What is in it is not known; where Jekyll does not look, nothing is in doubt."""
    assert make_site(elsewhere=("docs/ude.md",)).unpublished == ()
    assert in_doubt(make_site(elsewhere=("_gemt/ude.md",)), "/gemt/ude") is None


@pytest.mark.parametrize("place", ["_ting", "_ting/mere"])
def test_a_collection_that_lies_elsewhere_may_have_any_page(place: str) -> None:
    """Its documents lie by their dates and titles, which a submodule keeps to itself."""
    site = make_site(DATED, elsewhere=(place,))
    assert in_doubt(site, "/ting/2026/en/") == Reason("link-page-unreadable", {"file": place})


def test_what_lies_elsewhere_is_not_denied() -> None:
    """A submodule, or a link out of the sources: what is there, or below, is not known."""
    site = make_site(elsewhere=("assets/fælles",))
    assert in_doubt(site, "/assets/f%C3%A6lles/logo.png") == Reason(
        "link-page-unreadable", {"file": "assets/fælles"}
    )
    assert in_doubt(site, "/assets/f%C3%A6lles") is not None
    assert in_doubt(site, "/assets/logo.png") is None


def test_the_name_of_a_post_counts_for_nothing_where_its_front_matter_is_no_yaml() -> None:
    """Jekyll gives up on such a post before it looks at its name, and takes today's date."""
    post = {"_posts/2024-01-02-nyt.md": "---\ntitle: [\n---\n"}
    site = make_site(more=post)
    assert in_doubt(site, "/2026/11/28/2024-01-02-nyt.html") is not None
    assert in_doubt(site, "/2024/01/02/nyt.html") is None


@pytest.mark.parametrize("name", ["_config.yml", "_config.yaml"])
def test_settings_that_were_not_read_are_not_jekylls_defaults(name: str) -> None:
    """A permalink style or a collection in them would move every page."""
    site = make_site(None, unreadable=(UnreadablePage(name, Reason("not-utf8")),))
    assert in_doubt(site, "ingen") == Reason("site-config-unreadable")


def test_settings_in_a_language_of_their_own_are_unknown() -> None:
    """Jekyll reads `_config.toml`, where there is no other; we do not."""
    assert in_doubt(make_site(None, files=("_config.toml",)), "x") == Reason(
        "site-config-unreadable"
    )
    assert in_doubt(make_site("title: x\n", files=("_config.toml",)), "x") is None


def test_a_site_made_of_another_folder_has_other_addresses() -> None:
    """`source` moves every page; the folder of the settings itself moves none."""
    assert in_doubt(make_site("source: docs/\n"), "/jura") == Reason(
        "site-source-elsewhere", {"folder": "docs"}
    )
    assert in_doubt(make_site("source: .\n"), "/jura") is None


@pytest.mark.parametrize(
    ("config", "url", "maker"),
    [
        ("plugins: [jekyll-feed]\n", "/feed/nyt.xml", "jekyll-feed"),
        ("plugins: [jekyll-feed]\n", "/feed/nyt", None),
        ("plugins: [jekyll-coffeescript]\n", "/a.js", "jekyll-coffeescript"),
        ("plugins: [jekyll-paginate]\npaginate: 5\n", "/page2/", "jekyll-paginate"),
        ("plugins: [jekyll-paginate]\n", "/page2/", None),
        ("plugins: [jekyll-paginate]\npaginate: 5\n", "/page2/index.html", "jekyll-paginate"),
        ("plugins: [jekyll-paginate]\npaginate: 5\n", "/ingen/", None),
        (
            "plugins: [jekyll-paginate]\npaginate: 5\npaginate_path: nyt/side:num/\n",
            "/nyt/side3",
            "jekyll-paginate",
        ),
    ],
)
def test_a_plugin_makes_what_it_is_for(config: str, url: str, maker: str | None) -> None:
    """Feeds, pages of posts: and nothing else."""
    site = make_site(config)
    expected = None if maker is None else Reason("link-plugin-may-make-it", {"plugin": maker})
    assert in_doubt(site, url) == expected


@pytest.mark.parametrize(
    ("config", "url", "status"),
    [
        ("plugins: [jekyll-readme-index]\n", "/mappe/", LinkStatus.OK),
        ("plugins: [jekyll-readme-index]\n", "/mappe", LinkStatus.REDIRECTED),
        ("plugins: [jekyll-readme-index]\n", "/mappe/index.html#læs", LinkStatus.OK),
        ("plugins: [jekyll-readme-index]\n", "/mappe/#nej", LinkStatus.BROKEN),
        ("plugins: [jekyll-readme-index]\n", "/mappe/README.md", LinkStatus.OK),
        ("plugins: [jekyll-readme-index]\n", "/mappe/readme.html", LinkStatus.BROKEN),
        ("plugins: [jekyll-readme-index]\n", "/anden/#x", LinkStatus.BROKEN),
        ("plugins: [jekyll-readme-index]\nreadme_index: {enabled: false}\n", "/mappe/", None),
        ("title: x\n", "/mappe/", None),
    ],
)
def test_a_readme_is_the_index_of_a_folder_without_one(
    config: str, url: str, status: LinkStatus | None
) -> None:
    """jekyll-readme-index renders it there, and copies it too."""
    more = {
        "mappe/README.md": "# Læs\n",
        "anden/README.md": "# X\n",
        "anden/index.md": "---\n---\n# Y\n",
    }
    assert judge(make_site(config, more=more), url).status is (status or LinkStatus.BROKEN)


def test_the_folder_of_the_sources_own_plugins_is_a_setting() -> None:
    """Ruby in `plugins_dir` counts as a plugin that we do not know."""
    config = "plugins_dir: [./tilføjet]\n"
    site = make_site(config, files=("tilføjet/sider.rb",))
    assert in_doubt(site, "/x") == Reason(
        "link-plugin-may-make-it", {"plugin": "tilføjet/sider.rb"}
    )
    assert in_doubt(make_site(config, files=("_plugins/sider.rb",)), "/x") is None


def test_a_plugin_of_the_gemfile_may_make_it() -> None:
    """Jekyll loads it, though `_config.yml` does not name it."""
    group = 'group :jekyll_plugins do\n  gem "jekyll-archives"\nend\n'
    assert in_doubt(make_site(gemfile=group), "/2026/") == Reason(
        "link-plugin-may-make-it", {"plugin": "jekyll-archives"}
    )
    assert in_doubt(make_site(gemfile='gem "jekyll"\n'), "/2026/") is None


def test_an_unknown_plugin_may_put_ids_on_a_page() -> None:
    """On what Jekyll renders; a copied page has what stands in it."""
    site = make_site("plugins: [x]\n", more={"docs/raa.html": "<p id='a'>A</p>"})
    assert in_doubt(site, "bilag#ingen") == Reason(
        "link-anchor-unproven", {"anchor": "ingen", "page": "docs/bilag.md"}
    )
    assert judge(site, "bilag#jura").status is LinkStatus.OK
    assert in_doubt(site, "raa.html#ingen") is None


def test_what_a_redirect_or_a_link_tag_names_may_be_made_by_a_plugin() -> None:
    """Both are broken only where the sources prove that it is not there."""
    sent = {"docs/ud.md": "---\nredirect_to: /ingen\n---\n"}
    for plugins, makes in (("", False), (", x", True)):
        site = make_site(f"plugins: [jekyll-redirect-from{plugins}]\n", more=sent)
        for url in ("ud", "{% link docs/ingen.md %}"):
            assert (in_doubt(site, url) is not None) is makes


def test_what_somebody_else_puts_on_the_site_is_not_denied() -> None:
    """Jekyll leaves alone what `keep_files` names."""
    site = make_site("keep_files: [pdf, /a.html]\n")
    kept = Reason("link-kept-file-may-be-there", {"file": "pdf"})
    assert in_doubt(site, "/pdf/bog.pdf") == kept
    assert in_doubt(site, "/a.html") == Reason("link-kept-file-may-be-there", {"file": "a.html"})
    assert in_doubt(site, "/pdfer/bog.pdf") is None


def test_a_theme_may_bring_pictures_and_a_feed() -> None:
    """Pictures that just-the-docs has, and feeds of themes that we do not know."""
    ours = make_site("theme: just-the-docs\n")
    mays = Reason("link-theme-may-have-it", {"theme": "just-the-docs"})
    assert in_doubt(ours, "/assets/images/small-image.jpg") == mays
    assert in_doubt(ours, "/assets/images/bil.jpg") is None
    assert in_doubt(ours, "/feed.xml") is None
    assert in_doubt(make_site("theme: minima\n"), "/feed.xml") is not None
    assert in_doubt(make_site("theme: minima\n"), "/feed") is None


@pytest.mark.parametrize(
    ("template", "url", "may_be"),
    [
        ("/:year-:month/", "/2026-11/", True),
        ("/:year-:month/x/", "/2026-11/y/", False),
        ("/om/:name/liste", "/om/a/liste", True),
        ("/om/:name/liste", "/om/a/b/liste", False),
        ("/:year/", "/nej/", False),
        (f"/{'x' * 2_000}", "/nej/", True),
    ],
)
def test_an_archive_is_where_its_template_says(template: str, url: str, *, may_be: bool) -> None:
    """Several keys in one folder's name stand for any name; too long a template for anything."""
    config = f"plugins: [jekyll-archives]\njekyll-archives: {{permalinks: {{tag: '{template}'}}}}\n"
    assert (in_doubt(make_site(config), url) is not None) is may_be
