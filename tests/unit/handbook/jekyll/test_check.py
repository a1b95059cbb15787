"""Verdicts on links to the handbook's own site."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping

import pytest
import yaml

from syncer.handbook.jekyll.check import Site, build_site
from syncer.handbook.jekyll.relative_links import _find_targets
from syncer.handbook.kramdown.page import parse_page
from syncer.model.handbook import (
    Handbook,
    Heading,
    LinkSyntax,
    PageLink,
    PageText,
    ParsedPage,
    SourceSpan,
    UnreadablePage,
)
from syncer.model.links import LinkKind, LinkStatus, LinkVerdict
from syncer.model.reason import Reason

TITLED = "---\ntitle: Side\n---\n"
SOURCES = {
    "index.md": TITLED,
    "docs/bilag.md": f"{TITLED}# Jura\n",
    "docs/processer/index.md": TITLED,
    "docs/processer/kontoplan.md": f"{TITLED}# Konti\n",
    "docs/arkiv/kontoplan.md": TITLED,
    "docs/kort.md": "---\npermalink: /kort/\n---\n",
    "docs/uden.md": "# Uden\n",
    "docs/_gemt/side.md": TITLED,
    "docs/raa.html": "<h1 id='raa'>Rå</h1>",
}
ASSETS = ("assets/logo.svg", "docs/plan.pdf", "docs/tom/billede.png")


def parse(path: str, text: str) -> ParsedPage:
    """Make a page of our own: `# Heading {#id}` lines become headings, nothing else counts."""
    match = re.match(r"---\n(.*?\n)---\n", text, re.DOTALL)
    body = text[match.end() :] if match else text
    headings = tuple(
        Heading(found[1], 1, found[2] or found[1].lower().replace(" ", "-"), 1)
        for found in re.finditer(r"^# (.+?)(?: \{#(.+)\})?$", body, re.MULTILINE)
    )
    ids = {heading.anchor for heading in headings if heading.anchor}
    return ParsedPage(
        path=path,
        front_matter=(yaml.safe_load(match[1]) or {}) if match else None,
        headings=headings,
        anchors=frozenset(ids | set(re.findall(r"id='(.+?)'", body))),
        links=(),
        tables=(),
        problems=(),
        empty=not body.strip(),
    )


def make_site(
    extra: Mapping[str, str] | None = None,
    *,
    config: str | None = "title: Prøve\n",
    site_url: str | None = "https://haandbog.example",
    assets: tuple[str, ...] = ASSETS,
    unreadable: tuple[str, ...] = (),
    gemfile: str = "",
) -> Site:
    """Build a site of `SOURCES` and more."""
    texts = {**SOURCES, **(extra or {})}
    settings = () if config is None else ("_config.yml",)
    handbook = Handbook(
        source="test",
        revision=None,
        stale=None,
        pages=tuple(PageText(path, text) for path, text in sorted(texts.items())),
        unreadable=tuple(UnreadablePage(path, Reason("not-utf8")) for path in unreadable),
        files=tuple(sorted((*texts, *assets, *settings, *unreadable))),
        config=config,
        gemfile=gemfile,
    )
    return build_site(
        handbook, {path: parse(path, text) for path, text in texts.items()}, site_url=site_url
    )


def make_link(
    url: str,
    page: str = "docs/bilag.md",
    *,
    syntax: LinkSyntax = LinkSyntax.LINK,
    at: tuple[int, int] = (4, 1),
    length: int = 1,
) -> PageLink:
    """Make a link on a page."""
    line, column = at
    span = SourceSpan(page, line, column, line, column + length)
    return PageLink(url, "tekst", syntax, span, None)


def judge(site: Site, url: str, page: str = "docs/bilag.md", *, image: bool = False) -> LinkVerdict:
    """Return the verdict on a link that is the site's business."""
    syntax = LinkSyntax.IMAGE if image else LinkSyntax.LINK
    verdict = site.check(make_link(url, page, syntax=syntax))
    assert verdict is not None
    return verdict


def code_of(verdict: LinkVerdict) -> str | None:
    """Return the code of a verdict's reason."""
    return None if verdict.reason is None else verdict.reason.code


def hint_of(verdict: LinkVerdict) -> object:
    """Return the address that a verdict suggests."""
    return None if verdict.hint is None else verdict.hint.args.get("url")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("processer/kontoplan", LinkKind.PAGE),
        ("processer/kontoplan.html", LinkKind.PAGE),
        ("./processer/", LinkKind.PAGE),
        ("/", LinkKind.PAGE),
        ("../index.html", LinkKind.PAGE),
        ("../../../docs/bilag", LinkKind.PAGE),
        ("processer\\kontoplan", LinkKind.PAGE),
        (" processer/kontoplan ", LinkKind.PAGE),
        ("%70rocesser/kontoplan", LinkKind.PAGE),
        ("processer//kontoplan", LinkKind.PAGE),
        ("processer/kontoplan?vis=alt", LinkKind.PAGE),
        ("%2e%2E/docs/bilag", LinkKind.PAGE),
        ("/kort/", LinkKind.PAGE),
        ("uden.md", LinkKind.PAGE),
        ("raa", LinkKind.PAGE),
        ("?x", LinkKind.PAGE),
        ("plan.pdf", LinkKind.OTHER),
        ("plan.pdf#page=3", LinkKind.OTHER),
        ("#jura", LinkKind.ANCHOR),
        ("#top", LinkKind.ANCHOR),
        ("#", LinkKind.ANCHOR),
        ("#:~:text=jura", LinkKind.ANCHOR),
        ("processer/kontoplan#konti", LinkKind.ANCHOR),
        ("raa.html#raa", LinkKind.ANCHOR),
        ("https://haandbog.example/docs/bilag#jura", LinkKind.ANCHOR),
        ("//haandbog.example/docs/bilag", LinkKind.PAGE),
        ("HTTP://Haandbog.Example:80", LinkKind.PAGE),
        ("{{ site.baseurl }}/docs/bilag", LinkKind.PAGE),
        ("{% link docs/kort.md %}", LinkKind.PAGE),
    ],
)
def test_what_is_served_is_fine(url: str, kind: LinkKind) -> None:
    """A target that the site serves is OK without a reason, counted from the page."""
    assert judge(make_site(), url) == LinkVerdict(kind, LinkStatus.OK)


@pytest.mark.parametrize(
    "url",
    [
        "https://boks.example/s/AbC",
        "//andet.example/docs/bilag",
        "http://[kaput/",
        "mailto:os@example.dk",
        "tel:+4512345678",
        "javascript:void(0)",
        "https://haandbog.example:8443/",
    ],
)
def test_what_leads_elsewhere_is_not_the_sites_business(url: str) -> None:
    """Web, mail and every other scheme give None, on published pages and on others."""
    assert make_site().check(make_link(url)) is None
    assert make_site().check(make_link(url, "docs/uden.md")) is None


@pytest.mark.parametrize(
    ("url", "code", "hint"),
    [
        ("processer/ingen", "link-page-missing", None),
        ("processer/bilag", "link-page-missing", "bilag"),
        ("/bilag.html", "link-page-missing", "/docs/bilag.html"),
        ("/bilag#jura", "link-page-missing", "/docs/bilag#jura"),
        ("/bilag#nej", "link-page-missing", "/docs/bilag"),
        (
            "https://haandbog.example/bilag",
            "link-page-missing",
            "https://haandbog.example/docs/bilag",
        ),
        ("filer/plan.pdf", "link-page-missing", "plan.pdf"),
        ("kontoplan", "link-page-missing", "arkiv/kontoplan"),
        ("processer/x/kontoplan", "link-page-missing", "processer/kontoplan"),
        ("x/processer/", "link-page-missing", "processer/"),
        ("%ff", "link-page-missing", None),
        ("bilag.md", "link-works-on-github-only", "bilag"),
        ("kort.md", "link-works-on-github-only", "../kort/"),
        ("/docs/bilag.md#jura", "link-works-on-github-only", "/docs/bilag#jura"),
        ("tom", "link-works-on-github-only", None),
        ("_gemt/side.md", "link-file-not-published", None),
        ("uden", "link-page-not-rendered", None),
        ("uden.html", "link-page-not-rendered", None),
        ("Processer/Kontoplan", "link-other-case", "processer/kontoplan"),
        ("plan.PDF", "link-other-case", "plan.pdf"),
        ("bilag/", "link-trailing-slash", "bilag"),
        ("www.example.dk/side", "link-scheme-missing", "https://www.example.dk/side"),
        ("os@example.dk", "link-mailto-missing", "mailto:os@example.dk"),
        ("", "link-empty", None),
        ("  ", "link-empty", None),
        ("{% link docs/nej.md %}", "link-liquid-target-missing", None),
        ("{% link /docs/bilag.md %}", "link-liquid-target-missing", None),
    ],
)
def test_what_is_not_served_is_broken_with_its_reason(
    url: str, code: str, hint: str | None
) -> None:
    """A target that the sources prove to be absent is BROKEN; the hint is an address that works."""
    site = make_site()
    verdict = judge(site, url)
    assert (verdict.status, code_of(verdict), hint_of(verdict)) == (LinkStatus.BROKEN, code, hint)
    if hint is not None and code not in ("link-scheme-missing", "link-mailto-missing"):
        assert judge(site, hint).status is LinkStatus.OK


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("#Jura", "#jura"),
        ("#konti", "processer/kontoplan#konti"),
        ("processer/kontoplan#Konti-", "processer/kontoplan#konti"),
        ("#ingen", None),
        ("egen#en-lang-titel", "egen#kort"),
        ("#dobbelt", None),
    ],
)
def test_a_missing_id_is_an_anchor_verdict(url: str, hint: str | None) -> None:
    """The hint is the id that was meant: here, by its heading's text, or on the only other page."""
    extra = {
        "docs/egen.md": f"{TITLED}# En lang titel {{#kort}}\n# Dobbelt\n",
        "docs/to.md": f"{TITLED}# Dobbelt\n",
    }
    verdict = judge(make_site(extra), url)
    assert (verdict.kind, verdict.status) == (LinkKind.ANCHOR, LinkStatus.BROKEN)
    assert (code_of(verdict), hint_of(verdict)) == ("link-anchor-missing", hint)


def test_an_id_is_found_decoded_and_not_in_other_case() -> None:
    """A browser takes the fragment as written, then decoded."""
    site = make_site({"docs/å.md": f"{TITLED}# Årets gang\n"})
    assert judge(site, "å#%C3%A5rets-gang").status is LinkStatus.OK
    assert judge(site, "%C3%A5#årets-gang").status is LinkStatus.OK
    assert judge(site, "å#Årets-gang").status is LinkStatus.BROKEN


def test_nothing_is_suggested_where_several_fit() -> None:
    """Two ids, or two files, that differ in case or signs only: no guess."""
    texts = {"docs/to.md": f"{TITLED}# a-b\n# ab\n"}
    site = make_site(texts, assets=("docs/Ens.pdf", "docs/ens.pdf"))
    assert judge(site, "to#AB").hint is None
    assert code_of(judge(site, "ENS.pdf")) == "link-page-missing"


def test_images_are_looked_up_and_named() -> None:
    """An image is there, missing, or a page, which cannot be shown."""
    site = make_site()
    assert judge(site, "../assets/logo.svg", image=True) == LinkVerdict(
        LinkKind.IMAGE, LinkStatus.OK
    )
    missing = judge(site, "billeder/logo.svg", image=True)
    assert (missing.kind, missing.status) == (LinkKind.IMAGE, LinkStatus.BROKEN)
    assert (code_of(missing), hint_of(missing)) == ("link-image-missing", "../assets/logo.svg")
    assert code_of(judge(site, "bilag", image=True)) == "link-image-is-page"
    assert judge(site, "", image=True).kind is LinkKind.IMAGE


def test_a_folder_without_its_slash_is_redirected() -> None:
    """GitHub Pages sends `/x` on to `/x/` when `x/index.html` is there."""
    verdict = judge(make_site(), "processer")
    assert verdict.status is LinkStatus.REDIRECTED
    assert (code_of(verdict), verdict.final_url) == (
        "link-slash-added",
        "https://haandbog.example/docs/processer/",
    )
    assert judge(make_site(), "processer#nej").status is LinkStatus.BROKEN
    assert judge(make_site(), "/kort#top").final_url == "https://haandbog.example/kort/"


def test_links_count_from_where_the_page_is_served() -> None:
    """A permalink moves the page, and with it what its relative links mean."""
    site = make_site()
    assert code_of(judge(site, "bilag", "docs/kort.md")) == "link-page-missing"
    assert hint_of(judge(site, "bilag", "docs/kort.md")) == "../docs/bilag"
    assert judge(site, "../docs/bilag", "docs/kort.md").status is LinkStatus.OK
    assert code_of(judge(site, "bilag.md", "docs/kort.md")) == "link-works-on-github-only"
    folder = judge(site, "processer", "docs/kort.md")
    assert (code_of(folder), hint_of(folder)) == ("link-works-on-github-only", "../docs/processer/")


def test_a_hint_keeps_the_extension_where_another_file_has_the_shorter_name() -> None:
    """Without it the server would give the file of that very name."""
    site = make_site(assets=(*ASSETS, "docs/bilag"))
    assert hint_of(judge(site, "bilag.md")) == "bilag.html"


@pytest.mark.parametrize("page", ["docs/uden.md", "docs/_gemt/side.md", "findes/ikke.md"])
def test_links_on_pages_that_nobody_sees_are_unchecked(page: str) -> None:
    """Without front matter, or outside the site, a page's links have no address to count from."""
    verdict = judge(make_site(), "bilag", page)
    assert (verdict.status, code_of(verdict)) == (
        LinkStatus.UNCHECKED,
        "link-on-unpublished-page",
    )
    assert judge(make_site(), "{{ x }}", page).status is LinkStatus.UNCHECKED
    assert code_of(judge(make_site(), "", page)) == "link-empty"


BASE = "<head><BASE target='_top' href='https://other.example/'></head>{{ content }}"


@pytest.mark.parametrize(
    "files",
    [
        {"docs/side.md": f"{TITLED}{BASE}\n"},
        {"docs/side.md": "---\nlayout: ramme\n---\n", "_layouts/ramme.html": BASE},
        {
            "docs/side.md": "---\nlayout: ramme\n---\n",
            "_layouts/ramme.html": "{% include hoved.html %}{{ content }}",
            "_includes/hoved.html": BASE,
        },
    ],
)
def test_a_base_may_lead_every_link_of_a_page_elsewhere(files: dict[str, str]) -> None:
    """On the page itself, in its layout or in what is included; an address of its own stands."""
    site = make_site(files)
    for url in ("findes-ikke", "side", "#top", "/docs/side"):
        verdict = judge(site, url, "docs/side.md")
        assert (verdict.status, code_of(verdict)) == (LinkStatus.UNCHECKED, "link-base-elsewhere")
    others = make_site({**files, "docs/side.md": f"{TITLED}Om base.\n"})
    assert judge(others, "findes-ikke", "docs/side.md").status is LinkStatus.BROKEN


def test_what_only_a_build_can_tell_is_unchecked() -> None:
    """Liquid that is not simple, and ids that Liquid may make, are not guessed at."""
    site = make_site({"docs/med.md": TITLED + "{% include tabel.html %}\n# Fast\n"})
    assert code_of(judge(site, "{{ page.next }}")) == "link-liquid"
    assert judge(site, "med#fast").status is LinkStatus.OK
    verdict = judge(site, "med#maaske")
    assert (verdict.status, code_of(verdict)) == (LinkStatus.UNCHECKED, "link-anchor-unproven")


def test_liquid_stands_as_written_where_jekyll_does_not_run_it() -> None:
    """`render_with_liquid: false` and copied HTML show Liquid to the reader."""
    extra = {"docs/fra.md": "---\nrender_with_liquid: false\n---\n"}
    site = make_site(extra)
    url = "{{ site.baseurl }}/docs/bilag"
    assert judge(site, url, "docs/fra.md").status is LinkStatus.BROKEN
    assert judge(site, url, "docs/raa.html").status is LinkStatus.BROKEN


@pytest.mark.parametrize(
    ("config", "code", "found"),
    [
        ("plugins: [jekyll-polyglot]\n", "link-plugin-may-make-it", LinkStatus.OK),
        ("a: [b\n", "site-config-unreadable", LinkStatus.UNCHECKED),
        ("- en liste\n", "site-config-unreadable", LinkStatus.UNCHECKED),
        ("encoding: utf-16\n", "site-setting-unknown", LinkStatus.UNCHECKED),
    ],
)
def test_absence_needs_proof(config: str, code: str, found: LinkStatus) -> None:
    """With unknown plugins nothing is denied, with unknown settings nothing is found either."""
    verdict = judge(make_site(config=config), "ingen")
    assert (verdict.status, code_of(verdict), verdict.hint) == (LinkStatus.UNCHECKED, code, None)
    assert judge(make_site(config=config), "bilag").status is found


def test_the_sources_own_plugins_may_make_pages() -> None:
    """Ruby in `_plugins` counts as an unknown plugin."""
    site = make_site(assets=(*ASSETS, "_plugins/sider.rb"))
    verdict = judge(site, "ingen")
    assert verdict.reason == Reason("link-plugin-may-make-it", {"plugin": "_plugins/sider.rb"})


def test_a_theme_brings_files_of_its_own() -> None:
    """Below `assets/` a theme may have what the sources have not; elsewhere it has nothing."""
    ours = make_site(config="remote_theme: just-the-docs/just-the-docs@v0.10.0\n")
    assert code_of(judge(ours, "/assets/css/x.css")) == "link-theme-may-have-it"
    assert code_of(judge(ours, "/assets/x.png", image=True)) == "link-image-missing"
    other = make_site(config="theme: minima\n")
    assert code_of(judge(other, "/assets/x.png", image=True)) == "link-theme-may-have-it"
    assert code_of(judge(other, "/x.png", image=True)) == "link-image-missing"


def test_a_theme_and_layouts_put_ids_around_the_page() -> None:
    """Ids of the sources' layouts, of what these include, and of just-the-docs' own count.

    Without a layout none does.
    """
    extra = {
        "_layouts/side.html": "---\nlayout: ramme\n---\n<i id='inden'></i>",
        "_layouts/ramme.html": "<i id='uden-om'></i>",
        "_includes/footer_custom.html": "<i id='fod'></i>",
        "docs/med.md": "---\nlayout: side\n---\n",
        "docs/tema.md": "---\nlayout: default\n---\n",
        "docs/intet.md": "---\nlayout: none\n---\n",
        "_layouts/ring.html": "---\nlayout: ring\n---\n",
        "docs/ring.md": "---\nlayout: ring\n---\n",
    }
    site = make_site(extra, config="theme: just-the-docs\n")
    assert judge(site, "med#inden").status is LinkStatus.OK
    assert judge(site, "med#uden-om").status is LinkStatus.OK
    assert judge(site, "tema#main-content").status is LinkStatus.OK
    assert judge(site, "tema#fod").status is judge(site, "med#fod").status is LinkStatus.OK
    assert judge(site, "intet#fod").status is LinkStatus.BROKEN
    assert judge(site, "intet#main-content").status is LinkStatus.BROKEN
    assert judge(site, "ring#main-content").status is LinkStatus.BROKEN


def test_ids_of_html_that_was_not_read_are_unproven() -> None:
    """A copied `.htm` is served as a page, and what stands in it is not known."""
    site = make_site(assets=(*ASSETS, "docs/gammel.htm"))
    assert judge(site, "gammel.htm").status is LinkStatus.OK
    assert code_of(judge(site, "gammel.htm#x")) == "link-anchor-unproven"


def test_a_page_that_could_not_be_read_has_no_certain_address() -> None:
    """It may be rendered or copied: neither address is promised, neither is denied."""
    site = make_site(unreadable=("docs/kaput.md",))
    for url in ("kaput", "kaput.md"):
        verdict = judge(site, url)
        assert verdict.status is LinkStatus.UNCHECKED
        assert verdict.reason == Reason("link-page-unreadable", {"file": "docs/kaput.md"})
    assert site.unpublished == ("docs/uden.md",)


@pytest.mark.parametrize("site_url", ["https://navn.example/bog/", None])
def test_a_site_below_a_base_path(site_url: str | None) -> None:
    """What leaves the base path is broken when the same path is below it, else unchecked."""
    site = make_site(config="baseurl: /bog\nurl: https://navn.example\n", site_url=site_url)
    assert judge(site, "/bog/docs/bilag").status is LinkStatus.OK
    assert judge(site, "{{ '/docs/bilag' | relative_url }}").status is LinkStatus.OK
    assert judge(site, "https://navn.example/bog/docs/bilag").status is LinkStatus.OK
    assert judge(site, "/bog").status is LinkStatus.REDIRECTED
    lacks = judge(site, "/docs/bilag")
    assert (code_of(lacks), hint_of(lacks)) == ("link-lacks-baseurl", "/bog/docs/bilag")
    outside = judge(site, "/andet")
    assert (outside.status, code_of(outside)) == (LinkStatus.UNCHECKED, "link-outside-site")
    assert code_of(judge(site, "/%ff")) == "link-outside-site"
    assert site.check(make_link("https://navn.example/andet")) is None
    assert site.url_of("docs/bilag.md") == "/bog/docs/bilag.html"


def test_the_published_address_wins_over_the_settings() -> None:
    """A build may set `baseurl` itself; the address that people use is what counts."""
    site = make_site(config="title: x\n", site_url="https://navn.example/bog")
    assert site.url_of("index.md") == "/bog/"
    assert judge(site, "/bog/docs/bilag").status is LinkStatus.OK


def test_a_slash_at_the_end_of_the_published_address_is_nothing() -> None:
    """People copy it from a browser, which adds one."""
    site = make_site(config="title: x\n", site_url="https://navn.example/bog/")
    assert site.url_of("index.md") == "/bog/"
    assert judge(site, "https://navn.example/bog/docs/bilag.html").status is LinkStatus.OK
    checked = judge(site, "https://navn.example/bog/docs/processer")
    assert checked.final_url == "https://navn.example/bog/docs/processer/"


def test_a_path_in_the_published_address_is_no_choice() -> None:
    """Links have it once, no less and no more."""
    site = make_site(config="title: x\n", site_url="https://navn.example/bog")
    assert judge(site, "/bog/docs/bilag.html").status is LinkStatus.OK
    assert judge(site, "/docs/bilag.html").status is not LinkStatus.OK
    assert judge(site, "/bog/bog/docs/bilag.html").status is LinkStatus.BROKEN


def test_redirect_pages_lead_on() -> None:
    """`redirect_from` and `redirect_to` are REDIRECTED to where they end; fragments get lost."""
    extra = {
        "docs/ny.md": "---\nredirect_from: /gammel\n---\n# Afsnit\n",
        "docs/til.md": "---\nredirect_to: /gammel\n---\n",
        "docs/ud.md": "---\nredirect_to: https://andet.example/\n---\n",
        "docs/i-ring.md": "---\nredirect_to: /docs/i-ring\n---\n",
        "docs/ingen.md": "---\nredirect_to: [/nej]\n---\n",
    }
    site = make_site(extra, config="plugins: [jekyll-redirect-from]\n")
    old = judge(site, "/gammel")
    assert (old.status, code_of(old)) == (LinkStatus.REDIRECTED, "link-redirect-page")
    assert old.final_url == "https://haandbog.example/docs/ny.html"
    assert judge(site, "til").final_url == "https://haandbog.example/docs/ny.html"
    assert judge(site, "ud").final_url == "https://andet.example/"
    assert judge(site, "i-ring").status is LinkStatus.REDIRECTED
    assert code_of(judge(site, "ingen")) == "link-redirect-target-missing"
    lost = judge(site, "/gammel#afsnit")
    assert (lost.status, code_of(lost)) == (LinkStatus.BROKEN, "link-redirect-drops-anchor")
    assert hint_of(lost) == "/docs/ny#afsnit"
    assert hint_of(judge(site, "ud#x")) is None
    assert judge(site, "/gammel#top").status is LinkStatus.REDIRECTED
    assert judge(site, "/redirects.json").status is LinkStatus.OK
    # They are published: as pages that send the reader on.
    assert site.unpublished == ("docs/uden.md",)


RELATIVE_LINKS = {
    "[a](bilag.md#jura)": LinkStatus.OK,
    "[a](/docs/kort.md)": LinkStatus.OK,
    "[a](/docs/kort.md/)": LinkStatus.OK,
    "[a](#top)": LinkStatus.OK,
    "[a](ingen.md)": LinkStatus.BROKEN,
    "[a](../../ude.md)": LinkStatus.UNCHECKED,
    '<a href="bilag.md">a</a>': LinkStatus.BROKEN,
    '[a](bilag.md "titel")': LinkStatus.OK,
    "[a](bilag.md 'titel')": LinkStatus.BROKEN,
    "[a](<bilag.md>)": LinkStatus.BROKEN,
    "[a] [b [c]](bilag.md)": LinkStatus.OK,
    "[a\nb](bilag.md)": LinkStatus.BROKEN,
    "[a][r]\n\n[r]: bilag.md#jura": LinkStatus.OK,
    "[a][r]\n\n[r]: <bilag.md>": LinkStatus.BROKEN,
    "| a | b |\n|---|---|\n| [a](bilag.md) | `x|y` |": LinkStatus.OK,
}


@pytest.mark.parametrize(("text", "expected"), RELATIVE_LINKS.items())
def test_relative_links_are_those_that_the_plugin_finds(text: str, expected: LinkStatus) -> None:
    """jekyll-relative-links makes links to source files work where its own pattern finds them."""
    config = "plugins: [jekyll-relative-links]\nbaseurl: /b\n"
    site = make_site({"docs/fra.md": f"{TITLED}{text}\n"}, config=config, site_url=None)
    (link,) = parse_page(PageText("docs/fra.md", f"{TITLED}{text}\n")).links
    verdict = site.check(link)
    assert verdict is not None
    assert verdict.status is expected


def test_relative_links_do_not_see_the_target_behind_a_linked_image() -> None:
    """In `[![b](image)](page)` the plugin finds the image alone."""
    text = f"{TITLED}[![b](../docs/kort.md)](bilag.md)\n"
    config = "plugins: [jekyll-relative-links]\n"
    site = make_site({"docs/fra.md": text}, config=config, site_url=None)
    outer, inner = parse_page(PageText("docs/fra.md", text)).links
    assert (outer.url, inner.url) == ("bilag.md", "../docs/kort.md")
    verdicts = [site.check(link) for link in (outer, inner)]
    assert [code_of(verdict) for verdict in verdicts if verdict is not None] == [
        "link-works-on-github-only",
        "link-image-is-page",
    ]


def test_relative_links_are_left_alone_where_the_plugin_does_not_look() -> None:
    """HTML pages, documents of collections, and pages that the settings leave out."""
    text = f"{TITLED}[a](../docs/bilag.md)\n"
    extra = {"docs/fra.md": text, "_ting/en.md": text, "docs/side.html": text}
    config = "plugins: [jekyll-relative-links]\ncollections: {ting: {output: true}}\n"

    def status(page: str, more: str = "") -> LinkStatus:
        site = make_site(extra, config=config + more, site_url=None)
        link = make_link("../docs/bilag.md", page, at=(4, 1), length=len("[a](../docs/bilag.md)"))
        verdict = site.check(link)
        assert verdict is not None
        return verdict.status

    assert status("docs/fra.md") is LinkStatus.OK
    assert status("_ting/en.md") is LinkStatus.BROKEN
    assert status("docs/side.html") is LinkStatus.BROKEN
    assert status("_ting/en.md", "relative_links: {collections: true}\n") is LinkStatus.OK
    assert status("docs/fra.md", "relative_links: {exclude: [docs/fra.md]}\n") is LinkStatus.BROKEN


@pytest.mark.parametrize("opening", ["[a](", "[a](b#", '[a](b# "', '[a](b "', '[a](b"'])
def test_relative_links_that_nothing_closes_cost_no_more_than_closed_ones(opening: str) -> None:
    """The closing that many openings wait for is looked for once, not once for each."""

    def measure(piece: str) -> tuple[float, int]:
        text = piece * (200_000 // len(piece))
        _find_targets.cache_clear()
        start = time.process_time()
        found = len(_find_targets(text).inline)
        return time.process_time() - start, found

    closed, all_found = measure("[a](b)")
    opened, none_found = measure(opening)
    assert (all_found, none_found) == (200_000 // 6, 0)
    assert opened < 10 * closed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a](b#)", ()),
        ("[a](b#))", ("b",)),
        ("[a](#b)", ()),
        ('[a](b "t") [c](d#e "t)t")', ("b", "d")),
        ('[a](b\n"t")', ("b",)),
        ('[a](b"t")', ()),
        ("[a](b\n)", ()),
        ("[a](b#c\nd)", ()),
        ("[a]( [b](c)", (" [b](c",)),
        (f"[a]({'b' * 1000})[c]({'d' * 1001})", ("b" * 1000,)),
        (f"[a](b#{'c' * 500})[d](e#{'f' * 501})", ("b",)),
    ],
)
def test_relative_links_end_where_the_plugins_pattern_ends(
    text: str, found: tuple[str, ...]
) -> None:
    """At the first bracket, fragment or title in double quotes behind at least one character."""
    assert _find_targets(text).inline == found


def test_unpublished_and_empty_pages_are_listed() -> None:
    """Markdown that is copied; and published pages with nothing in them."""
    extra = {
        "LICENSE.md": "# Vilkår\n",
        ".github/x.md": "x",
        "docs/tekst.md": f"{TITLED}tekst\n",
        "docs/dele.md": "---\nhas_children: true\n---\n",
        "docs/dele2.md": "---\nhas_children: true\nhas_toc: false\n---\n",
        "docs/skjult.md": "---\npublished: false\n---\n",
    }
    site = make_site(extra)
    assert site.unpublished == ("LICENSE.md", "docs/uden.md")
    assert "docs/dele.md" not in site.empty
    assert site.empty == (
        "docs/arkiv/kontoplan.md",
        "docs/dele2.md",
        "docs/kort.md",
        "docs/processer/index.md",
        "index.md",
    )


def test_url_of_names_the_public_path() -> None:
    """Pages have one, copied Markdown, hidden files and assets have none."""
    site = make_site()
    assert site.url_of("docs/processer/index.md") == "/docs/processer/"
    assert site.url_of("docs/kort.md") == "/kort/"
    assert site.url_of("docs/raa.html") == "/docs/raa.html"
    for path in ("docs/uden.md", "docs/_gemt/side.md", "docs/plan.pdf", "ingen.md"):
        assert site.url_of(path) is None


def test_links_of_the_settings_must_work_on_every_page() -> None:
    """A relative link breaks below the top; navigation links are made absolute by the theme."""
    config = """\
theme: just-the-docs
aux_links:
  "Bilag": docs/bilag#jura
  "Fra roden": [/docs/bilag]
  "Intet": nej
  "Liquid": "{{ site.baseurl }}/docs/bilag"
  "Ude": [//andet.example]
  "Top": "#top"
nav_external_links:
  - title: Bilag
    url: docs/bilag
  - title: Væk
    url: docs/nej
"""
    site = make_site(config=config)
    verdicts = [site.check(link) for link in site.config_links]
    assert [verdict and (verdict.status.value, code_of(verdict)) for verdict in verdicts] == [
        ("broken", "link-config-relative"),
        ("ok", None),
        ("broken", "link-page-missing"),
        ("broken", "link-liquid-in-config"),
        None,
        ("ok", None),
        ("ok", None),
        ("broken", "link-page-missing"),
    ]
    assert verdicts[0] is not None
    assert hint_of(verdicts[0]) == "/docs/bilag#jura"


def test_settings_may_be_absent_or_spelled_yaml() -> None:
    """Without `_config.yml` Jekyll's defaults hold, and the file has no links."""
    site = make_site(config=None, site_url=None)
    assert site.config_links == ()
    assert judge(site, "processer").final_url == "/docs/processer/"
    assert site.check(make_link("https://haandbog.example/")) is None


def test_a_site_of_common_size_takes_no_time() -> None:
    """Every verdict is a look-up: 1,500 links cost what 1,500 look-ups cost (bound, not figure)."""
    extra = {f"docs/s{number}.md": f"{TITLED}# Afsnit\n" for number in range(60)}
    site = make_site(extra)
    for number in range(1500):
        assert judge(site, f"s{number % 60}#afsnit").status is LinkStatus.OK


@pytest.mark.parametrize(
    "config", ["markdown: CommonMarkGhPages\n", "kramdown: {input: Markdown}\n"]
)
def test_ids_of_another_markdown_are_not_ours_to_tell(config: str) -> None:
    """Where something else than kramdown's GFM parser renders, no id is proven or denied."""
    site = make_site({}, config=config)
    for url in ("bilag#jura", "bilag#findes-ikke"):
        found = judge(site, url)
        assert (found.status, code_of(found)) == (LinkStatus.UNCHECKED, "link-anchor-unproven")


def test_a_byte_order_mark_keeps_a_page_from_being_one() -> None:
    """Jekyll looks for `---` at the very beginning: the file is copied as it is."""
    text = f"{TITLED}# Jura\n"
    page = PageText("docs/maerke.md", text, marked=True)
    handbook = Handbook(
        source="x",
        revision=None,
        stale=None,
        pages=(page,),
        unreadable=(),
        files=("docs/maerke.md",),
        config=None,
        gemfile="",
    )
    site = build_site(handbook, {page.path: parse_page(page)}, site_url=None)
    assert site.unpublished == ("docs/maerke.md",)
    assert site.url_of("docs/maerke.md") is None


@pytest.mark.parametrize("more", ["", "{remove_originals: true}"])
def test_a_file_of_a_collection_is_a_page_without_front_matter(more: str) -> None:
    """jekyll-optional-front-matter makes a page of it, below the folder's own name, and copies it.

    What the plugin removes, the collection writes all the same.
    """
    config = "plugins: [jekyll-optional-front-matter]\ncollections: {ting: {output: true}}\n"
    site = make_site({"_ting/to.md": "# To\n"}, config=f"{config}optional_front_matter: {more}\n")
    assert judge(site, "/_ting/to#to").status is LinkStatus.OK
    assert judge(site, "/ting/to.md").status is LinkStatus.OK


def test_a_document_without_a_known_address_has_none() -> None:
    """Its template wants what only the build knows, unless it says itself where it lies."""
    config = "collections: {ting: {output: true, permalink: '/:year/:name'}}\n"
    own = "---\npermalink: /to/\n---\n"
    site = make_site({"_ting/en.md": TITLED, "_ting/to.md": own}, config=config, site_url=None)
    assert site.url_of("_ting/en.md") is None
    assert site.url_of("_ting/to.md") == "/to/"
