"""Verdicts on links to the site, whole: kind, status, reason with its values, what to write."""

from __future__ import annotations

from typing import Any

import pytest

from syncer.model.handbook import AddressClash
from syncer.model.links import LinkKind, LinkStatus, LinkVerdict
from syncer.model.reason import Reason
from tests.unit.handbook.jekyll.test_check import judge, make_site

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
