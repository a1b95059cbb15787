"""Verdicts on links to the site, whole: kind, status, reason with its values, what to write."""

from __future__ import annotations

from typing import Any

import pytest

from syncer.model.handbook import AddressClash
from syncer.model.links import LinkKind, LinkStatus, LinkVerdict
from syncer.model.reason import Reason
from tests.unit.handbook.jekyll.test_check import judge, make_link, make_site

PAGE, IMAGE, ANCHOR, OTHER = LinkKind.PAGE, LinkKind.IMAGE, LinkKind.ANCHOR, LinkKind.OTHER
BROKEN, REDIRECTED, UNCHECKED = LinkStatus.BROKEN, LinkStatus.REDIRECTED, LinkStatus.UNCHECKED
SITE = "https://haandbog.example"


def broken(kind: LinkKind, code: str, use: str | None = None, **args: Any) -> LinkVerdict:
    """Return the verdict on a link that does not work, and what to write instead."""
    hint = None if use is None else Reason("link-use", {"url": use})
    return LinkVerdict(kind, BROKEN, Reason(code, args), hint=hint)


FRONT_MATTER = Reason("link-add-front-matter", {"file": "docs/uden.md"})
NOT_RENDERED = Reason("link-page-not-rendered", {"file": "docs/uden.md"})
BILAG, UDEN = "docs/bilag.md", "docs/uden.md"


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        ("processer/x", broken(PAGE, "link-page-missing", path="/docs/processer/x")),
        ("%ff", broken(PAGE, "link-page-missing", path="/docs/%ff")),
        ("x/bilag", broken(PAGE, "link-page-missing", "bilag", path="/docs/x/bilag")),
        ("/bilag#jura", broken(PAGE, "link-page-missing", "/docs/bilag#jura", path="/bilag")),
        ("x/plan.pdf", broken(OTHER, "link-page-missing", "plan.pdf", path="/docs/x/plan.pdf")),
        ("{{ site.nej }}/x", broken(PAGE, "link-page-missing", path="/x")),
        ("bilag.md", broken(PAGE, "link-works-on-github-only", "bilag", file=BILAG)),
        ("tom", broken(PAGE, "link-works-on-github-only", file="docs/tom")),
        ("_gemt/side.md", broken(PAGE, "link-file-not-published", file="docs/_gemt/side.md")),
        ("uden", LinkVerdict(PAGE, BROKEN, NOT_RENDERED, hint=FRONT_MATTER)),
        (
            "Processer/Kontoplan",
            broken(
                PAGE, "link-other-case", "processer/kontoplan",
                found="docs/processer/kontoplan.html",
            ),
        ),
        ("bilag/", broken(PAGE, "link-trailing-slash", "bilag")),
        ("www.a.dk/x", broken(PAGE, "link-scheme-missing", "https://www.a.dk/x")),
        ("os@a.dk", broken(OTHER, "link-mailto-missing", "mailto:os@a.dk")),
        ("", broken(PAGE, "link-empty")),
        ("{% link x.md %}", broken(PAGE, "link-liquid-target-missing", file="x.md")),
        ("#Jura", broken(ANCHOR, "link-anchor-missing", "#jura", anchor="Jura", page=BILAG)),
        ("#nej", broken(ANCHOR, "link-anchor-missing", anchor="nej", page=BILAG)),
        (
            "processer/kontoplan#nej",
            broken(ANCHOR, "link-anchor-missing", anchor="nej", page="docs/processer/kontoplan.md"),
        ),
        ("plan.pdf#page=3", LinkVerdict(OTHER, LinkStatus.OK)),
        ("{% link docs/plan.pdf %}", LinkVerdict(OTHER, LinkStatus.OK)),
        ("{% link /docs/plan.pdf %}", LinkVerdict(OTHER, LinkStatus.OK)),
        ("{% link docs/bilag.md %}", LinkVerdict(PAGE, LinkStatus.OK)),
        (
            "{% link /docs/bilag.md %}",
            broken(PAGE, "link-liquid-target-missing", file="/docs/bilag.md"),
        ),
        (
            "processer",
            LinkVerdict(
                PAGE, REDIRECTED, Reason("link-slash-added"), final_url=f"{SITE}/docs/processer/"
            ),
        ),
    ],
)  # fmt: skip
def test_each_verdict(url: str, verdict: LinkVerdict) -> None:
    """On a site whose address is known."""
    assert judge(make_site(), url) == verdict


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        ("x/nej", broken(IMAGE, "link-image-missing", path="/docs/x/nej")),
        ("", broken(IMAGE, "link-empty")),
        ("bilag.md", broken(IMAGE, "link-works-on-github-only", "bilag", file=BILAG)),
        ("uden", LinkVerdict(IMAGE, BROKEN, NOT_RENDERED, hint=FRONT_MATTER)),
    ],
)
def test_each_verdict_on_an_image(url: str, verdict: LinkVerdict) -> None:
    """It says that it is one."""
    assert judge(make_site(), url, image=True) == verdict


@pytest.mark.parametrize(
    ("site", "url", "page", "reason"),
    [
        (
            {"config": "plugins: [ukendt]\n"}, "nej", BILAG,
            Reason("link-plugin-may-make-it", {"plugin": "ukendt"}),
        ),
        ({"config": "title: [\n"}, "nej", BILAG, Reason("site-config-unreadable")),
        (
            {"unreadable": ("docs/u.md",)}, "u", BILAG,
            Reason("link-page-unreadable", {"file": "docs/u.md"}),
        ),
        ({}, "nej", UDEN, Reason("link-on-unpublished-page")),
        ({}, "/docs/bilag#jura", UDEN, Reason("link-on-unpublished-page")),
    ],
)  # fmt: skip
def test_what_the_sources_do_not_prove(
    site: dict[str, Any], url: str, page: str, reason: Reason
) -> None:
    """Says why, and names no address to write instead."""
    assert judge(make_site(**site), url, page) == LinkVerdict(PAGE, UNCHECKED, reason)


MOVED = {
    "docs/ny.md": "---\nredirect_from: /gammel\n---\n# Afsnit\n",
    "docs/ingen.md": "---\nredirect_to: [/nej]\n---\n",
    "docs/ud.md": "---\nredirect_to: https://andet.example/\n---\n",
}
NEW, AWAY = "/docs/ny.html", "https://andet.example/"


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        (
            "/gammel",
            LinkVerdict(
                PAGE, REDIRECTED, Reason("link-redirect-page", {"target": NEW}),
                final_url=SITE + NEW,
            ),
        ),
        (
            "ud",
            LinkVerdict(
                PAGE, REDIRECTED, Reason("link-redirect-page", {"target": AWAY}), final_url=AWAY
            ),
        ),
        ("ingen", broken(PAGE, "link-redirect-target-missing", target="/nej")),
        (
            "/gammel#afsnit",
            broken(ANCHOR, "link-redirect-drops-anchor", "/docs/ny#afsnit", target=NEW),
        ),
        ("/gammel#nej", broken(ANCHOR, "link-redirect-drops-anchor", target=NEW)),
        ("ud#x", broken(ANCHOR, "link-redirect-drops-anchor", target=AWAY)),
    ],
)  # fmt: skip
def test_each_verdict_on_a_page_that_sends_readers_on(url: str, verdict: LinkVerdict) -> None:
    """Where it leads, and what gets lost on the way."""
    assert judge(make_site(MOVED, config="plugins: [jekyll-redirect-from]\n"), url) == verdict


def test_pages_of_one_address() -> None:
    """Which of them a reader gets is not known; five are named."""
    pages = tuple(f"docs/{name}.md" for name in "abcdefg")
    site = make_site(dict.fromkeys(pages, "---\npermalink: /ens/\n---\n[x](nej)\n"))
    reason = Reason("link-address-clash", {"files": pages[:5]})
    assert judge(site, "/ens/") == LinkVerdict(PAGE, LinkStatus.OK)
    assert judge(site, "/ens/#x") == LinkVerdict(PAGE, UNCHECKED, reason)
    assert judge(site, "nej", pages[0]) == LinkVerdict(PAGE, UNCHECKED, reason)
    assert site.clashes == (AddressClash("/ens/", pages),)


@pytest.mark.parametrize(
    ("gemfile", "config", "known"),
    [
        ('gem "github-pages", group: :jekyll_plugins\n', "title: x\n", True),
        ('gem "github-pages", group: :jekyll_plugins\n', "baseurl: /andet\n", False),
        ("", "title: x\n", False),
    ],
)
def test_github_gives_a_site_its_base_path(gemfile: str, config: str, known: bool) -> None:
    """Where its settings have none; `site.baseurl` too."""
    site = make_site(config=config, gemfile=gemfile, site_url="https://navn.example/bog")
    found = judge(site, "{{ site.baseurl }}/docs/bilag")
    assert (found.status is LinkStatus.OK) is known


OF_SETTINGS = r"""
aux_links:
  "1": docs/bilag#jura
  "2": docs/bilag
  "3": docs/nej
  "4": https://haandbog.example/b/docs/bilag
  "5": https://haandbog.example/docs/bilag
  "6": /b/docs/processer
  "7": "#top"
  "8": "#nej"
  "9": https://haandbog.example/b/docs/nej
  "10": docs/plan.pdf
  "11": '\b\docs\bilag'
  "12": '{{ site.url }}'
"""


def test_each_verdict_on_a_link_of_the_settings() -> None:
    """It must work on every page: the first one where it does not is named, and what does."""
    site = make_site(config=OF_SETTINGS, site_url=f"{SITE}/b")
    ok, added = LinkVerdict(PAGE, LinkStatus.OK), Reason("link-slash-added")
    assert [site.check(link) for link in site.config_links] == [
        broken(PAGE, "link-config-relative", "/b/docs/bilag#jura", page=BILAG),
        broken(PAGE, "link-config-relative", "/b/docs/bilag", page=BILAG),
        broken(PAGE, "link-page-missing", path="/docs/nej"),
        ok,
        None,
        LinkVerdict(PAGE, REDIRECTED, added, final_url=f"{SITE}/b/docs/processer/"),
        LinkVerdict(ANCHOR, LinkStatus.OK),
        broken(ANCHOR, "link-anchor-missing", anchor="nej", page="index.md"),
        broken(PAGE, "link-page-missing", path="/docs/nej"),
        broken(OTHER, "link-config-relative", "/b/docs/plan.pdf", page=BILAG),
        ok,
        broken(PAGE, "link-liquid-in-config"),
    ]


@pytest.mark.parametrize("target", ["docs/bilag", "docs/nej"])
@pytest.mark.parametrize(
    ("written", "is_ours"),
    [
        ("//haandbog.example/{}", True),
        (r"\\haandbog.example/{}", True),
        (r"/\haandbog.example/{}", True),
        (r"\/haandbog.example/{}", True),
        ("HTTPS://Haandbog.Example/{}", True),
        ("http://haandbog.example:443/{}", True),
        ("https://gammel.example/{}", True),
        ("//andet.example/{}", False),
        (r"\\andet.example/{}", False),
        ("https://haandbog.example.dk/{}", False),
    ],
)
def test_every_spelling_of_the_site_s_host(written: str, target: str, is_ours: bool) -> None:
    """Its own and that of its settings; on any other host it is a link to the web."""
    site = make_site(config="url: https://gammel.example\n")
    verdict = site.check(make_link(written.format(target)))
    ours = (
        LinkVerdict(PAGE, LinkStatus.OK)
        if target == "docs/bilag"
        else broken(PAGE, "link-page-missing", path="/docs/nej")
    )
    assert verdict == (ours if is_ours else None)


def test_an_image_of_liquid_is_an_image() -> None:
    """What Liquid says of it, and what only the build knows."""
    assert judge(make_site(), "{% link x.png %}", image=True) == broken(
        IMAGE, "link-liquid-target-missing", file="x.png"
    )
    unknown = Reason("link-liquid", {"url": "{{ x | y }}"})
    assert judge(make_site(), "{{ x | y }}", image=True) == LinkVerdict(IMAGE, UNCHECKED, unknown)


def test_redirects_are_followed_so_far() -> None:
    """Five of them, however their targets are written; the last known one is told."""
    pages = {f"docs/h{n}.md": f"---\nredirect_to: /docs/h{n + 1}.html\n---\n" for n in range(8)}
    pages["docs/h8.md"] = "---\nx: y\n---\n"
    pages["docs/æ ø.md"] = "---\nx: y\n---\n# A\n"
    pages["docs/g1.md"] = "---\nredirect_to: /docs/%C3%A6%20%C3%B8.html\n---\n"
    pages["docs/g2.md"] = f"---\nredirect_to: {SITE}/docs/%C3%A6%20%C3%B8\n---\n"
    pages["docs/g3.md"] = f"---\nredirect_to: {SITE}/docs/%C3%A6x\n---\n"
    site = make_site(pages, config="plugins: [jekyll-redirect-from]\n")
    encoded = "%C3%A6%20%C3%B8"
    for url, target in (
        ("h0", "/docs/h6.html"), ("h1", "/docs/h7.html"), ("h2", "/docs/h8.html"),
        ("h7", "/docs/h8.html"), ("g1", f"/docs/{encoded}.html"),
        ("g1#top", f"/docs/{encoded}.html"), ("g2", f"{SITE}/docs/{encoded}"),
    ):  # fmt: skip
        reason = Reason("link-redirect-page", {"target": target})
        final = target if target.startswith(SITE) else SITE + target
        assert judge(site, url) == LinkVerdict(PAGE, REDIRECTED, reason, final_url=final)
    missing = broken(PAGE, "link-redirect-target-missing", target=f"{SITE}/docs/%C3%A6x")
    assert judge(site, "g3") == missing
    dropped = "link-redirect-drops-anchor"
    assert judge(site, "g1#a") == broken(
        ANCHOR, dropped, f"{encoded}#a", target=f"/docs/{encoded}.html"
    )
    assert judge(site, "h1#x") == broken(ANCHOR, dropped, target="/docs/h7.html")


@pytest.mark.parametrize("end", ["", "/"])
def test_the_path_of_the_address_in_the_settings_is_that_of_the_site(end: str) -> None:
    """Where `baseurl` is empty and nothing else says it; a folder of that name is one, too."""
    config = f"url: {SITE}/sti{end}\n"
    site = make_site({"sti/egen.md": "---\nx: y\n---\n"}, config=config, site_url=None)
    paths = "/sti/docs/bilag /sti/docs/%62ilag /docs/bilag /sti/egen /sti/%65gen /sti/"
    for url in (f"{SITE}/sti/docs/bilag", *paths.split()):
        assert judge(site, url) == LinkVerdict(PAGE, LinkStatus.OK)
    assert judge(site, "/sti/nej") == broken(PAGE, "link-page-missing", path="/nej")
    assert judge(site, "/stig/docs") == broken(PAGE, "link-page-missing", path="/stig/docs")
