"""What the build shows of a page, when, and at whose address; `tests/jekyll` has the real one."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest

from syncer.handbook.jekyll.check import Site, build_site
from syncer.handbook.jekyll.config import read_settings
from syncer.handbook.jekyll.liquid import decide_condition
from syncer.handbook.jekyll.outputs import find_pages
from syncer.handbook.kramdown.page import parse_page
from syncer.model.handbook import AddressClash, Handbook, PageText
from syncer.model.links import LinkStatus, LinkVerdict

NOW = datetime(2026, 11, 29, 6, tzinfo=UTC)
HEAD = "---\ntitle: x\n---\n"
PAGES = (".md", ".html")
POSTS = {
    "_posts/2026-11-28-nyt.md": HEAD,
    "_posts/2027-01-02-sent.md": HEAD,
    "_posts/2026-11-30-maaske.md": "---\ndate: 2026-11-29\n---\n",
}
LAYOUTS = {
    "_layouts/uden.html": "<p id='kun'>Intet</p>\n",
    "_layouts/med.html": "{% include krop.html %}\n",
    "_includes/krop.html": "{{ content }}\n",
}


def make_site(
    files: dict[str, str],
    config: str = "title: x\n",
    *,
    gemfile: str | None = "",
    site_url: str | None = None,
) -> Site:
    """Build a site of a front page and of files, today."""
    texts = {"index.md": f"{HEAD}# Forside\n", **files}
    read = [PageText(path, text) for path, text in sorted(texts.items())]
    handbook = Handbook(
        source="test",
        revision=None,
        stale=None,
        pages=tuple(page for page in read if page.path.endswith(PAGES)),
        unreadable=(),
        files=tuple(sorted((*texts, "_config.yml"))),
        config=config,
        gemfile=gemfile,
        texts=tuple(page for page in read if not page.path.endswith(PAGES)),
    )
    settings = read_settings(handbook)
    decide = partial(decide_condition, config=settings)
    pages = {
        page.path: parse_page(page, settings.kramdown, settings.markdown_extensions, decide)
        for page in find_pages(handbook, settings)
    }
    return build_site(handbook, pages, site_url=site_url, now=NOW)


def judge(site: Site, written: str, page: str = "index.md") -> LinkVerdict:
    """Return the verdict on the first link of a text that stands on a page."""
    verdict = site.check(parse_page(PageText(page, written)).links[0])
    assert verdict is not None
    return verdict


def judge_own(files: dict[str, str], config: str = "title: x\n") -> list[LinkStatus]:
    """Return the statuses of the links of `a.md`, as the page was parsed."""
    site = make_site(files, config)
    decide = partial(decide_condition, config=site._view.sources.config)
    page = parse_page(PageText("a.md", files["a.md"]), decide=decide)
    verdicts = [site.check(link) for link in page.links]
    return [verdict.status for verdict in verdicts if verdict is not None]


@pytest.mark.parametrize(
    ("url", "status", "code"),
    [
        ("/2026/11/28/nyt.html", LinkStatus.OK, None),
        ("/2027/01/02/sent.html", LinkStatus.BROKEN, "link-page-in-future"),
        ("{% post_url 2026-11-28-nyt %}", LinkStatus.OK, None),
        ("{% post_url 2027-01-02-sent %}", LinkStatus.BROKEN, "link-liquid-target-missing"),
        ("{% post_url 2020-01-02-nej %}", LinkStatus.BROKEN, "link-liquid-target-missing"),
        ("/2026/11/29/maaske.html", LinkStatus.UNCHECKED, "link-address-unknown"),
    ],
)
def test_a_document_of_the_future_is_not_there_yet(
    url: str, status: LinkStatus, code: str | None
) -> None:
    """Where the build's time zone decides, nobody knows; `future: true` builds all of them."""
    verdict = judge(make_site(POSTS), f"[x]({url})")
    assert (verdict.status, verdict.reason and verdict.reason.code) == (status, code)
    built = make_site(POSTS, "future: true\n")
    assert judge(built, "[x](/2027/01/02/sent.html)").status is LinkStatus.OK


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("2020-01-02-top", "/2020/01/02/top.html"),
        ("/2020-01-02-top", "/2020/01/02/top.html"),
        ("x/2020-01-03-i-x", "/x/2020/01/03/i-x.html"),
        ("2020-01-03-i-x", "/x/2020/01/03/i-x.html"),
        ("d/2020-01-04-dyb", "/2020/01/04/dyb.html"),
        ("2020-01-04-dyb", "/2020/01/04/dyb.html"),
        ("2020-01-05-ens", "/2020/01/05/ens.html"),
        ("x/2020-01-05-ens", "/x/2020/01/05/ens.html"),
        ("2020-01-02-to", None),
        ("2020-01-06-side", None),
        ("top", None),
    ],
)
def test_a_post_is_named_with_or_without_its_folder(name: str, url: str | None) -> None:
    """The whole name counts first; Jekyll also finds a post in another folder, with a warning."""
    posts = (
        *("_posts/2020-01-02-top.md", "x/_posts/2020-01-03-i-x.md", "_posts/d/2020-01-04-dyb.md"),
        *("_posts/2020-01-05-ens.md", "x/_posts/2020-01-05-ens.md", "_ting/2020-01-06-side.md"),
    )
    site = make_site(dict.fromkeys(posts, HEAD), "collections: {ting: {output: true}}\n")
    found = site._view.find_post(name)
    assert (found and found.url) == url


@pytest.mark.parametrize(
    ("plugin", "key"),
    [
        ("jekyll-relative-links", "relative_links"),
        ("jekyll-optional-front-matter", "optional_front_matter"),
        ("jekyll-readme-index", "readme_index"),
        ("jekyll-titles-from-headings", "titles_from_headings"),
    ],
)
@pytest.mark.parametrize("setting", ["false", "{enabled: false}", "{enabled: true}", "", "true"])
def test_a_setting_turns_a_plugin_off(plugin: str, key: str, setting: str) -> None:
    """`false`, or `enabled: false`; the plugin's name in `plugins` is not enough then."""
    files = {
        "a.md": f"{HEAD}[x](docs/b.md)\n[x](/docs/c.html)\n[x](/d/)\n[x](e.html#først)\n",
        "docs/b.md": HEAD,
        "docs/c.md": "# C\n",
        "d/README.md": "# D\n",
        "e.md": "---\nstrip_title: true\n---\n# Først\n",
    }
    changed = [plugin == other for other in (
        "jekyll-relative-links", "jekyll-optional-front-matter", "jekyll-readme-index",
        "jekyll-titles-from-headings",
    )]  # fmt: skip
    plain = judge_own(files, f"{key}: {setting}\n")
    turned = judge_own(files, f"plugins: [{plugin}]\n{key}: {setting}\n")
    is_on = "false" not in setting
    assert [one is not other for one, other in zip(plain, turned, strict=True)] == [
        is_on and one for one in changed
    ]


def test_a_time_zone_in_the_settings_is_the_builds() -> None:
    """Just before midnight in UTC it is the next day in Denmark."""
    files = {"_posts/2024-01-01-a.md": "---\ndate: 2024-01-31 23:30:00\n---\n"}
    known = make_site(files, "timezone: Europe/Copenhagen\n")
    assert judge(known, "[x](/2024/02/01/a.html)").status is LinkStatus.OK
    assert judge(known, "[x](/2024/01/31/a.html)").status is LinkStatus.BROKEN
    unknown = make_site(files, "timezone: Ingen/By\n")
    assert judge(unknown, "[x](/2024/01/31/a.html)").status is LinkStatus.UNCHECKED


def test_shared_addresses_are_in_order() -> None:
    """By address, whatever the order of the sources."""
    heads = {
        f"{name}.md": f"---\npermalink: {to}\n---\n"
        for name, to in zip("abcd", "yyxx", strict=True)
    }
    assert [clash.url for clash in make_site(heads).clashes] == ["/x", "/y"]


def test_of_two_sources_with_one_address_neither_is_denied() -> None:
    """What both have is fine, what one has is unproven; links on either are no errors."""
    files = {
        "docs/a.md": f"{HEAD}# Begge\n\n## Den ene\n\n[x](nej)\n",
        "docs/a.html": f"{HEAD}<h1 id='begge'>Begge</h1>\n",
    }
    site = make_site(files)
    assert site.clashes == (AddressClash("/docs/a.html", ("docs/a.html", "docs/a.md")),)
    statuses = [judge(site, f"[x](/docs/a.html{end})").status for end in ("", "#begge", "#top")]
    assert statuses == [LinkStatus.OK] * 3
    for doubted in ("[x](/docs/a.html#den-ene)", "[x](/docs/a.html#ingen)", "![x](/docs/a.html)"):
        assert judge(site, doubted).reason is not None
        assert judge(site, doubted).status is LinkStatus.UNCHECKED
    assert judge(site, "[x](nej)", "docs/a.md").status is LinkStatus.UNCHECKED
    assert judge(site, "[x](nej)").status is LinkStatus.BROKEN


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("false", LinkStatus.BROKEN),
        ("site.ingen", LinkStatus.BROKEN),
        ("site.title == 'y'", LinkStatus.BROKEN),
        ("page.ingen", LinkStatus.BROKEN),
        ("true", LinkStatus.OK),
        ("site.title == 'x'", LinkStatus.OK),
        ("site.title != 'y'", LinkStatus.OK),
        ("page.vis", LinkStatus.OK),
        ("page.nul", LinkStatus.OK),
        ("page.nul == 0", LinkStatus.OK),
        ("page.nul == false", LinkStatus.BROKEN),
        ("page.nul != false", LinkStatus.OK),
        ("page.en == true", LinkStatus.BROKEN),
        ("page.sand == 1", LinkStatus.BROKEN),
        ("page.sand == true", LinkStatus.OK),
        ("page.antal == 2", LinkStatus.OK),
        ("site.time", LinkStatus.UNCHECKED),
        (f"{'9' * 5000} == 1", LinkStatus.UNCHECKED),
        ("site.title == 'x' and page.vis", LinkStatus.UNCHECKED),
    ],
)
def test_an_id_in_a_branch_counts_when_the_branch_is_shown(
    condition: str, expected: LinkStatus
) -> None:
    """A link in it is an error only then."""
    front = "---\nvis: ja\nantal: 2\nnul: 0\nen: 1\nsand: true\n---\n"
    body = f"{front}{{% if {condition} %}}\n## Inde\n\n[i](/nej)\n\n{{% endif %}}\n"
    site = make_site({"a.md": body})
    assert judge(site, "[x](/a.html#inde)").status is expected
    inside = {LinkStatus.OK: LinkStatus.BROKEN, LinkStatus.UNCHECKED: LinkStatus.UNCHECKED}
    assert judge_own({"a.md": body}) == (
        [] if expected is LinkStatus.BROKEN else [inside[expected]]
    )


@pytest.mark.parametrize(
    ("before", "condition"),
    [
        ("{% for page in site.pages %}", "if page.title == 'y'"),
        ("{%- for site in site.pages -%}", "unless site.title"),
        ("{% assign page = site.pages | first %}", "if page.title == 'y'"),
        ("{% capture 'page' %}x{% endcapture %}", "if page.title == 'y'"),
        ("{% liquid\n  assign page = site.pages\n%}", "if page.title == 'y'"),
    ],
)
def test_a_condition_on_a_name_with_another_meaning_is_unknown(before: str, condition: str) -> None:
    """The link in it counts; the page's own front matter says nothing about it."""
    ends = {"if": "endif", "unless": "endunless"}
    end = ends[condition.partition(" ")[0]] + (" %}{% endfor" if "for " in before else "")
    text = f"{HEAD}{before}{{% {condition} %}}[i](/nej){{% {end} %}}\n"
    assert judge_own({"a.md": text}) == [LinkStatus.UNCHECKED]


def test_an_included_file_may_give_a_name_another_meaning() -> None:
    """What it assigns lasts; the name of its loop does not, and a page may include nothing."""
    include, plain = "{% include a.html %}", ""
    lasting = "{% assign page = site.pages | first %}"
    looping = "{% for page in site.pages %}{% endfor %}"
    found = {
        (body, file): judge_own(
            {
                "a.md": f"{HEAD}{body}{{% unless page.title %}}[i](/nej){{% endunless %}}\n",
                "_includes/a.html": file,
            }
        )
        for body in (include, plain)
        for file in (lasting, looping)
    }
    assert found.pop((include, lasting)) == [LinkStatus.UNCHECKED]
    assert list(found.values()) == [[], [], []]


@pytest.mark.parametrize("body", ["{{ page.title }}\n===\n", "- # {{ page.title }}\n"])
def test_a_heading_with_liquid_has_an_id_wherever_it_stands(body: str) -> None:
    """Only the build knows it, so an id that is not found is not denied."""
    site = make_site({"a.md": f"{HEAD}{body}"})
    assert judge(site, "[x](/a.html#x)").status is LinkStatus.UNCHECKED


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("{% capture z %}[i](/nej){% endcapture %}{{ z }}", 1),
        ("{%- capture 'z-z' -%}\n# A\n\n[i](/nej)\n{%- endcapture -%}\n{{z-z | upcase}}", 1),
        ("{% capture z %}[i](/nej){% endcapture %}{% include x.md %}", 1),
        ("{% capture z %}{% if page.a %}[i](/nej){% endif %}[i](/n){% endcapture %}{{ z }}", 1),
        ("{% capture z %}{% capture y %}[i](/n){% endcapture %}[i](/m){% endcapture %}{{z}} y", 1),
        ("{% capture z %}{% capture y %}[i](/n){% endcapture %}[i](/m){% endcapture %}{{z|y}}", 2),
        ("{% capture z %}[i](/nej){% endcapture %}z", 0),
        ("{% capture z %}[i](/nej){% endcapture %}{% capture z %}{% endcapture %}", 0),
    ],
)
def test_a_captured_link_is_unchecked_where_it_may_be_printed(text: str, count: int) -> None:
    """Only the build knows where and how; the rest of the page is read as without it."""
    body = f"{HEAD}{text}\n\n# Slut\n"
    assert judge_own({"a.md": body}) == [LinkStatus.UNCHECKED] * count
    page = parse_page(PageText("a.md", body))
    assert [heading.text for heading in page.headings] == ["Slut"]


def test_zero_and_empty_text_count_as_true() -> None:
    """In Ruby, so in front matter and settings as well."""
    files = {"a.md": "---\npublished: 0\nrender_with_liquid: 0\n---\n", "_ting/b.md": HEAD}
    site = make_site(files, "collections: {ting: {output: 0}}\n")
    assert judge(site, "[x](/a.html)").status is LinkStatus.OK
    assert judge(site, "[x](/ting/b.html)").status is LinkStatus.OK
    assert judge(site, "[x]({% link nej.md %})", "a.md").status is LinkStatus.BROKEN


def test_the_branches_of_one_condition_exclude_each_other() -> None:
    """`unless`, `elsif`, `else` and `case`; nested ones too."""
    body = (
        f"{HEAD}{{% unless site.title %}}\n## A\n{{% elsif false %}}\n## B\n{{% else %}}\n## C\n"
        "{% if site.title %}\n## D\n{% else %}\n## E\n{% endif %}\n{% endunless %}\n"
        "{% case site.time %}{% when 1 %}\n## F\n{% endcase %}\n"
    )
    site = make_site({"a.md": body})
    found = {name: judge(site, f"[x](/a.html#{name})").status for name in "abcdef"}
    assert [name for name in found if found[name] is LinkStatus.OK] == ["c", "d"]
    assert [name for name in found if found[name] is LinkStatus.UNCHECKED] == ["f"]


def test_a_layout_without_content_shows_nothing_of_a_page() -> None:
    """Its own ids are there; the page's ids are not, and its links are no errors."""
    files = {**LAYOUTS, "a.md": "---\nlayout: uden\n---\n# Skjult\n\n[x](nej)\n"}
    site = make_site({**files, "b.md": "---\nlayout: med\n---\n# Vist\n"})
    assert judge(site, "[x](/a.html#kun)").status is LinkStatus.OK
    assert judge(site, "[x](/a.html#skjult)").status is LinkStatus.BROKEN
    assert judge(site, "[x](nej)", "a.md").status is LinkStatus.UNCHECKED
    assert judge(site, "[x](/b.html#vist)").status is LinkStatus.OK


@pytest.mark.parametrize(
    ("heading", "url"),
    [
        ("## Axe {% include m.html %}", "#axe-"),
        ("## Axe {% include m.html %}", "#axe-med"),
        ("## {{ page.title }} her", "#-her"),
        ("## Jo\u200dja", "#joja"),
        ("## Joja", "#jo\u200dja"),
        ("## {% if site.time %}A{% endif %}", "#a"),
    ],
)
def test_an_id_that_the_build_decides_is_neither_there_nor_missing(heading: str, url: str) -> None:
    """A heading with Liquid that prints; joiners, of which versions of Ruby think differently."""
    if url == "#jo\u200dja":
        heading = "## Jo\u200cja"
    site = make_site({"a.md": f"{HEAD}{heading}\n"})
    assert judge(site, f"[x](/a.html{url})").status is LinkStatus.UNCHECKED


def test_a_title_that_is_removed_has_no_id() -> None:
    """`strip_title`, for pages that have no title of their own."""
    config = "plugins: [jekyll-titles-from-headings]\ntitles_from_headings: {strip_title: true}\n"
    files = {
        "a.md": "---\n---\n# Først\n\n## Anden\n",
        "b.md": f"{HEAD}# Først\n",
        "c.md": "---\nstrip_title: false\n---\n# Først\n",
    }
    site = make_site(files, config)
    assert judge(site, "[x](/a.html#først)").status is not LinkStatus.OK
    for url in ("/a.html#anden", "/b.html#først", "/c.html#først"):
        assert judge(site, f"[x]({url})").status is LinkStatus.OK


def test_without_a_gemfile_github_pages_builds_the_site() -> None:
    """Its plugins make pages of Markdown without front matter, and follow links to files."""
    files = {"docs/en.md": "# En\n", "docs/README.md": "# Om\n", "a.md": HEAD}
    theirs, own = make_site(files, gemfile=None), make_site(files)
    for written in ("[x](docs/en.md#en)", "[x](/docs/)", "[x](/docs/en.html)"):
        assert judge(theirs, written).status is LinkStatus.OK, written
    assert judge(own, "[x](/docs/)").status is LinkStatus.BROKEN
    assert judge(own, "[x](/docs/en.html)").status is LinkStatus.BROKEN
    # The link tag of Jekyll 3 leaves the base path to the author.
    based = make_site(files, "baseurl: /b\n", gemfile=None)
    assert judge(based, "[x]({{ site.baseurl }}{% link a.md %})").status is LinkStatus.OK
    assert judge(based, "[x]({% link a.md %})").status is LinkStatus.BROKEN
    named = make_site(files, gemfile=None, site_url="https://os2.example/bog")
    assert judge(named, "[x]({{ '/a.html' | relative_url }})").status is LinkStatus.OK


@pytest.mark.parametrize(
    "index", ["docs/index.md", "docs/index.html", "docs/Index.HTM", "docs/index.xml"]
)
def test_a_readme_is_no_index_beside_one(index: str) -> None:
    """The folder's own index is shown; the README is one where there is no other."""
    files = {"docs/README.md": "# Om\n"}
    assert make_site(files, gemfile=None).url_of("docs/README.md") == "/docs/"
    beside = make_site(files | {index: f"{HEAD}# Selv\n"}, gemfile=None)
    assert beside.url_of("docs/README.md") is None


@pytest.mark.parametrize(
    ("config", "more"),
    [
        ("plugins: [jekyll-polyglot]\n", {}),
        ("theme: just-the-docs\n", {}),
        ("title: x\n", {"_plugins/a.rb": "x"}),
    ],
)
def test_what_github_does_not_build_is_built_elsewhere(config: str, more: dict[str, str]) -> None:
    """Its plugins are not assumed then."""
    site = make_site({"docs/README.md": "# Om\n", **more}, config, gemfile=None)
    assert judge(site, "[x](/docs/)").status is not LinkStatus.OK


def test_a_url_with_a_path_is_the_address_of_the_front_page() -> None:
    """With no `baseurl`, full addresses have the path, those from the root need not."""
    site = make_site({"docs/a.md": HEAD}, "url: https://os2.example/bog\n")
    for url in ("{{ site.url }}/docs/a.html", "https://os2.example/bog/docs/a.html"):
        assert judge(site, f"[x]({url})").status is LinkStatus.OK
    assert judge(site, "[x](/docs/a.html)").status is LinkStatus.OK
    assert judge(site, "[x]({{ site.url }}/docs/nej.html)").status is LinkStatus.BROKEN


@pytest.mark.parametrize("value", ["false", "[false]", "", "[]"])
def test_redirect_to_nothing_is_no_redirect(value: str) -> None:
    """The page itself is shown."""
    files = {"a.md": f"---\nredirect_to: {value}\n---\n# Her\n"}
    site = make_site(files, "plugins: [jekyll-redirect-from]\n")
    assert judge(site, "[x](/a.html#her)").status is LinkStatus.OK


def test_markdown_ext_makes_pages_of_other_files() -> None:
    """Their ids are known too."""
    files = {"docs/en.text": f"{HEAD}# En\n"}
    site = make_site(files, "markdown_ext: md,text\n")
    assert judge(site, "[x](/docs/en.html#en)").status is LinkStatus.OK
    assert judge(site, "[x](/docs/en.html#nej)").status is LinkStatus.BROKEN
    assert judge(make_site(files), "[x](/docs/en.html)").status is LinkStatus.BROKEN
