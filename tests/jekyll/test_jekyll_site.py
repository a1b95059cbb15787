"""The proof: what we say of a site without building it is what Jekyll makes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from syncer.handbook.jekyll.config import read_settings
from syncer.handbook.jekyll.outputs import OutputKind, collect_sources
from syncer.handbook.jekyll.plugin_outputs import list_outputs
from syncer.handbook.kramdown.page import parse_page
from syncer.model.handbook import PageText
from syncer.model.links import LinkStatus

if TYPE_CHECKING:
    from tests.jekyll.built_site import Built

COLLECTION = "collections: { vejledninger: { output: true } }\n"
SETTINGS = {
    "plain": "",
    "collection": COLLECTION,
    "pretty": "permalink: pretty\n" + COLLECTION,
    "none": "permalink: none\n" + COLLECTION,
    "ordinal": "permalink: ordinal\n" + COLLECTION,
    "weekdate": "permalink: weekdate\n" + COLLECTION,
    "template": "permalink: /:categories/:year/:slug/\n" + COLLECTION,
    "template-with-extension": "permalink: /blad/:title:output_ext\n" + COLLECTION,
    "template-without-end": "permalink: /blad/:i_month/:short_month/:title\n" + COLLECTION,
    "own-collection": "collections: { vejledninger: { output: true, permalink: /v/:name } }\n",
    "silent-collection": "collections: [vejledninger]\n",
    "base-path": "baseurl: /haandbog\nurl: https://haandbog.example\n" + COLLECTION,
    "include": 'include: [_gemt, ".github", arkiv]\n',
    "include-all": 'include: ["_*"]\n',
    "defaults": """\
defaults:
  - { scope: { path: "", type: page }, values: { permalink: "/alt/:path/:basename:output_ext" } }
  - { scope: { path: docs/processer, type: pages }, values: { permalink: /p/:basename/ } }
  - { scope: { path: "docs/*/side*" }, values: { permalink: "/dybt/:basename" } }
  - { scope: { path: assets/plan }, values: { published: false } }
  - { scope: { path: docs, type: posts }, values: { permalink: "/dage/:y_day/:title" } }
""",
    "markdown-extension": "markdown_ext: markdown\n",
    "no-ids": "kramdown: { auto_ids: false }\n",
    "prefixes": 'kramdown: { auto_id_prefix: h-, footnote_prefix: f-, toc_levels: "2..3" }\n',
    "foreign-extension": "markdown_ext: markdown\npermalink: pretty\n" + COLLECTION,
    "own-permalinks": "defaults:\n  - { scope: { type: posts }, values: { layout: default } }\n"
    "  - { scope: { path: docs }, values: { published: false } }\n",
}
REDIRECTS = {
    "docs/flyttet.md": "---\nredirect_from: [/gammel, /mappe/gammel/, /gammel.php]\n---\n# Her\n",
    "docs/videre.md": "---\nredirect_to: /docs/bilag\n---\n",
    "docs/ud.md": "---\nredirect_to: [https://andet.example/]\n---\n",
}
RELATIVE = {
    "docs/plugin.md": "---\ntitle: Plugin\n---\n"
    "[A](bilag.md#jura), [B](/docs/processer/index.md), [C](processer/side__med_to.md),\n"
    "[D](mappe%20med%20blank/side%20%C3%A6%C3%B8%C3%A5.md), [E][e], [F](nej.md), "
    "[G](../assets/plan.v2.pdf),\n"
    '<a href="bilag.md">H</a>, ![I](../assets/img/logo.svg), [J](_gemt/side.md)\n\n'
    "[K](bilag.md 'titel') [L](bilag.md \"titel\") [M](<bilag.md>) [N](kort.md/)\n"
    '[![O](../assets/img/logo.svg)](bilag.md "t") [P [inde]](kort.md) `[Q](kort.md)`\n'
    "[R](a%2Bb/bilag.md) [S](a+b/bilag.md) [T][t] [U](bilag.md#) [V](kort.md)\n\n"
    '| [W](bilag.md) | `x|y` | [X](kort.md){:target="_blank"} |\n\n'
    "> [Y](bilag.md)\n\n"
    "[e]: kort.md\n[t]: <kort.md>\n",
    "docs/a+b/bilag.md": "---\n---\n# Jura\n\n[A](bilag.md) [B](../kort.md)\n",
    "docs/a b/bilag.md": "---\n---\n# Jura\n",
}


DATES = {
    "_dage/uden.md": "---\n---\n",
    "_dage/dag.md": "---\ndate: 2024-01-01\n---\n",
    "_dage/sent.md": "---\ndate: 2024-01-31 23:30:00\n---\n",
    "_dage/tidligt.md": "---\ndate: 2024-01-01 00:30:00 +0200\n---\n",
    "_dage/middag.md": "---\ndate: 2024-01-01T12:00:00+01:00\n---\n",
    "_posts/2024-01-02-brudt.md": "---\ntitle: [\n---\n",
    "_dage/tekst.md": "---\ndate: '2024-01-31 23:30'\n---\n",
}


@pytest.fixture(scope="module", params=SETTINGS)
def built(request: pytest.FixtureRequest, build: Callable[..., Built]) -> Built:
    """One build for each kind of settings."""
    base_path = "/haandbog" if request.param == "base-path" else ""
    return build(SETTINGS[request.param], base_path=base_path)


def test_every_address_and_file_is_jekylls(built: Built) -> None:
    """Every source becomes what Jekyll makes of it, at its address, and nothing else is served."""
    check_addresses(built)


def test_every_id_is_kramdowns(built: Built) -> None:
    """A rendered page has exactly the ids and anchor names that the built page has."""
    check_ids(built)


def test_every_link_gets_the_verdict_that_the_built_site_gives(built: Built) -> None:
    """A link is fine if, and only if, the built site serves what it names, fragment and all."""
    check_links(built)


@pytest.mark.parametrize("zone", ["UTC", "Europe/Copenhagen"])
def test_an_address_that_only_the_build_knows_is_one_that_we_hold_possible(
    build: Callable[..., Built], monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    """Wherever Jekyll is run; where it does not matter when and where, the address is known."""
    monkeypatch.setenv("TZ", zone)
    permalink = "/:collection/:year-:month/:short_day/:title/"
    built = build(f"collections: {{ dage: {{ output: true, permalink: {permalink} }} }}\n", DATES)
    theirs = {item["source"]: item["url"] for item in built.items if item["source"] in DATES}
    ours = {output.source: output for output in list_all(built) if output.source in DATES}
    unknown = {"_dage/uden.md", "_dage/sent.md", "_dage/tidligt.md", "_posts/2024-01-02-brudt.md"}
    assert {source for source, output in ours.items() if output.possible} == unknown
    assert theirs.keys() == DATES.keys()
    for source, url in theirs.items():
        possible = ours[source].possible
        assert possible.fullmatch(url) if possible else ours[source].url == url
    # Nothing that is there is called broken.
    links = "".join(f"[x]({url})\n" for url in theirs.values())
    for link in parse_page(PageText("index.md", links)).links:
        verdict = built.site.check(link)
        assert verdict is not None
        assert verdict.status in (LinkStatus.OK, LinkStatus.UNCHECKED)


def test_redirects_are_the_plugins(
    build: Callable[..., Built], has_gem: Callable[..., bool]
) -> None:
    """Pages of jekyll-redirect-from lie where the plugin writes them and lead where it says."""
    if not has_gem("jekyll-redirect-from"):
        pytest.skip("jekyll-redirect-from is not installed")
    built = build("plugins: [jekyll-redirect-from]\nbaseurl: /b\n", REDIRECTS, "/b")
    check_addresses(built)
    redirects = [
        output
        for output in list_all(built)
        if output.kind is OutputKind.REDIRECT and output.source is None
    ]
    assert redirects
    for output in redirects:
        refresh = built.document(output.file).xpath("string(//link[@rel='canonical']/@href)")
        assert refresh == output.target


def test_relative_links_are_the_plugins(
    build: Callable[..., Built], has_gem: Callable[..., bool]
) -> None:
    """With jekyll-relative-links on, a link to a source file works, unless it stands in HTML."""
    if not has_gem("jekyll-relative-links"):
        pytest.skip("jekyll-relative-links is not installed")
    for config in ("", "relative_links: { collections: true }\n"):
        built = build(
            f"plugins: [jekyll-relative-links]\nbaseurl: /b\n{COLLECTION}{config}", RELATIVE, "/b"
        )
        check_addresses(built)
        check_links(built)


def test_optional_front_matter_is_the_plugins(
    build: Callable[..., Built], has_gem: Callable[..., bool]
) -> None:
    """With jekyll-optional-front-matter on, a Markdown file is a page without front matter."""
    if not has_gem("jekyll-optional-front-matter"):
        pytest.skip("jekyll-optional-front-matter is not installed")
    for config in ("", "optional_front_matter: { remove_originals: true }\n"):
        built = build(f"plugins: [jekyll-optional-front-matter]\n{config}")
        check_addresses(built)
        check_links(built)


def check_addresses(built: Built) -> None:
    """Compare every item that Jekyll wrote, and every file that is there."""
    ours = sorted((output.source or "", output.url, output.file) for output in list_all(built))
    made = ("redirect.html", "redirects.json")
    theirs = sorted(
        ("" if item["source"] in made else item["source"], item["url"], item["file"])
        for item in built.items
    )
    assert ours == theirs
    assert {output.file for output in list_all(built)} == built.files


def check_ids(built: Built) -> None:
    """Compare the ids of every page that Jekyll rendered to HTML."""
    compared = 0
    for item in rendered(built):
        assert (item["source"], built.pages[item["source"]].anchors) == (
            item["source"],
            built.ids(item["file"]),
        )
        compared += 1
    assert compared >= 3


def check_links(built: Built) -> None:
    """Compare the verdict on every internal link of every HTML page, in order."""
    compared = 0
    for item in rendered(built):
        theirs = [(link.target, link.reached) for link in built.links(item)]
        links = [link for link in built.pages[item["source"]].links if not link.bare]
        verdicts = [(link, built.site.check(link)) for link in links]
        ours = [
            (link.url, verdict.status in (LinkStatus.OK, LinkStatus.REDIRECTED))
            for link, verdict in verdicts
            if verdict is not None
        ]
        assert not [
            link for link, verdict in verdicts if verdict and verdict.status is LinkStatus.UNCHECKED
        ]
        assert [reached for _, reached in ours] == [reached for _, reached in theirs], (
            item["source"],
            list(zip(ours, theirs, strict=False)),
        )
        compared += len(ours)
    assert compared >= 5


def rendered(built: Built) -> list[Mapping[str, str]]:
    """Return the HTML pages of the build that come from a page of the sources."""
    return [
        item
        for item in built.items
        if item["file"].endswith(".html") and item["source"] in built.pages
    ]


def list_all(built: Built) -> tuple[Any, ...]:
    """Return what we say that Jekyll writes."""
    config = read_settings(built.handbook)
    sources = collect_sources(built.handbook, built.pages, config, datetime.now(UTC))
    return tuple(output for output in list_outputs(sources) if output.waits_until is None)
