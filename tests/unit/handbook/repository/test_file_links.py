"""Links between files: as GitHub follows them, and where another program makes the site."""

from __future__ import annotations

from dataclasses import replace

import pytest

from syncer.handbook.kramdown.options import KramdownOptions
from syncer.handbook.kramdown.page import parse_page
from syncer.handbook.repository.file_links import RepositorySite, build_repository
from syncer.model.handbook import LinkSyntax, PageLink, PageText, SourceSpan, UnreadablePage
from syncer.model.links import LinkKind, LinkStatus, LinkVerdict
from syncer.model.reason import Reason
from tests.unit.handbook.repository.test_site_kind import make_handbook

FILES = {
    "README.md": "# Håndbog\n",
    "tom.md": "",
    "docs/README.md": "# Læs mig\n",
    "docs/en.md": "# Første afsnit\n\n## Kort :rocket: sagt\n\n<a name='fast'></a>\n",
    "docs/index.da.md": "",
    "docs/Stor.md": "",
    "docs/side.html": "<a href='nej.md'>x</a>\n",
    "docs/img/kort.png": "",
    "LICENSE": "",
    "_config.yml": "",
}
OPTIONS = KramdownOptions(github=True)


def make_site(
    generator: str | None = None, prefix: str = "", unreadable: tuple[UnreadablePage, ...] = ()
) -> RepositorySite:
    """Return the site of `FILES`."""
    handbook = make_handbook(FILES)
    pages = {page.path: parse_page(page, OPTIONS) for page in reversed(handbook.pages)}
    object.__setattr__(handbook, "unreadable", unreadable)
    object.__setattr__(handbook, "elsewhere", ("docs/undermodul",))
    return build_repository(handbook, pages, prefix=prefix, generator=generator)


def judge(site: RepositorySite, written: str, page: str = "docs/en.md") -> LinkVerdict | None:
    """Return the verdict on a link that stands on a page."""
    link: PageLink = parse_page(PageText(page, written), OPTIONS).links[0]
    return site.check(link)


@pytest.mark.parametrize(
    "written",
    [
        *("[x](../README.md)", "[x](/LICENSE)", "[x](README.md#l%C3%A6s-mig)"),
        *("[x](./en.md?raw=1)", "[x](../LICENSE#)"),
        *("[x](#første-afsnit)", "[x](#kort--sagt)", "[x](#fast)", "[x](#top)", "[x](#)"),
        *("[x](#user-content-fast)", "[x](img)", "[x](img/)", "[x](/docs#læs-mig)", "[x](..)"),
        *("![x](img/kort.png)", "[x](/)", "[x](en.md#:~:text=a)"),
    ],
)
def test_what_github_follows_is_fine(written: str) -> None:
    """Files, folders, the README of a folder, and the ids that GitHub makes."""
    verdict = judge(make_site(), written)
    assert verdict is not None
    assert verdict.status is LinkStatus.OK, verdict


@pytest.mark.parametrize(
    ("written", "code", "hint"),
    [
        ("[x](to.md)", "link-file-missing", None),
        ("[x](en.html)", "link-file-missing", None),
        ("[x](kort.png)", "link-file-missing", "img/kort.png"),
        ("![x](kort.png)", "link-file-missing", "img/kort.png"),
        ("![x](img)", "link-file-missing", None),
        ("![x](/)", "link-file-missing", None),
        ("[x](stor.md#a)", "link-other-case", "Stor.md#a"),
        ("[x](STOR.md)", "link-other-case", "Stor.md"),
        ("[x](#Kort-sagt)", "link-anchor-missing", "#kort--sagt"),
        ("[x](../README.md#nej)", "link-anchor-missing", None),
        ("[x]()", "link-empty", None),
    ],
)
def test_what_github_does_not_find_is_broken(written: str, code: str, hint: str | None) -> None:
    """The hint is the only file of that name, or the id that was probably meant."""
    verdict = judge(make_site(), written)
    assert verdict is not None
    assert verdict.reason is not None
    assert (verdict.status, verdict.reason.code) == (LinkStatus.BROKEN, code)
    assert (verdict.hint and verdict.hint.args["url"]) == hint


@pytest.mark.parametrize(
    "written",
    [
        *("[x](../../issues)", "[x](../.github/nej.yml)", "[x](undermodul/nej.md)"),
        *("[x](../_config.yml#L3)", "[x](en.md#L3-L5)", "[x](#FAST)", "[x](%ff.md)"),
    ],
)
def test_what_the_files_do_not_prove_is_unchecked(written: str) -> None:
    """Outside of the handbook, in folders that are not read, lines, ids in another case."""
    verdict = judge(make_site(), written)
    assert verdict is not None
    assert verdict.status is LinkStatus.UNCHECKED


def test_a_folder_that_could_not_be_listed_denies_nothing() -> None:
    """Its files are unknown; those beside it are known."""
    unread = (UnreadablePage("docs/lukket", Reason("folder-io-error", {"detail": "x"})),)
    site = make_site(unreadable=unread)
    statuses = [judge(site, f"[x]({path})") for path in ("lukket/a.md", "aaben/a.md")]
    assert [one and one.status for one in statuses] == [LinkStatus.UNCHECKED, LinkStatus.BROKEN]


def test_a_leading_slash_is_the_top_of_the_repository() -> None:
    """For a handbook in a folder of its repository, what is outside of it is unknown."""
    site = make_site(prefix="haandbog/")
    cases = {
        "/haandbog/LICENSE": LinkStatus.OK,
        "/haandbog": LinkStatus.OK,
        "/haandbog/nej.md": LinkStatus.BROKEN,
        "/LICENSE": LinkStatus.UNCHECKED,
        "../../LICENSE": LinkStatus.UNCHECKED,
        "../../../LICENSE": LinkStatus.UNCHECKED,
        "%ff": LinkStatus.UNCHECKED,
        "../LICENSE": LinkStatus.OK,
    }
    found = {path: judge(site, f"[x]({path})") for path in cases}
    assert {path: verdict and verdict.status for path, verdict in found.items()} == cases


@pytest.mark.parametrize("generator", [None, "mkdocs.yml"])
@pytest.mark.parametrize("url", ["https://a.example/", "mailto:x@y.dk", "//a.example/x"])
def test_other_addresses_are_somebody_elses(url: str, generator: str | None) -> None:
    """The web, mail and shares are asked elsewhere."""
    assert judge(make_site(generator), f"[x]({url})") is None


def test_links_of_html_pages_are_not_judged() -> None:
    """GitHub shows the source of an HTML page."""
    page = parse_page(PageText("docs/side.html", FILES["docs/side.html"]), OPTIONS)
    verdict = make_site().check(page.links[0])
    assert verdict is not None
    assert verdict.status is LinkStatus.UNCHECKED


def test_empty_pages_are_named() -> None:
    """Nothing is unpublished, and pages have no address of their own."""
    site = make_site()
    assert site.empty == ("docs/Stor.md", "docs/index.da.md", "tom.md")
    assert (site.unpublished, site.config_links, site.url_of("tom.md")) == ((), (), None)


def test_some_generators_look_from_the_top_of_their_pages() -> None:
    """Docusaurus and others do, MkDocs does not."""
    statuses = [
        verdict and verdict.status
        for generator in ("docusaurus.config.js", "mkdocs.yml")
        for verdict in [judge(make_site(generator), "[x](docs/Stor.md)")]
    ]
    assert statuses == [LinkStatus.UNCHECKED, LinkStatus.BROKEN]


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("[x](README.md)", LinkStatus.OK),
        ("[x](README.md#top)", LinkStatus.OK),
        ("![x](img/kort.png)", LinkStatus.OK),
        ("[x](README.md#nej)", LinkStatus.UNCHECKED),
        ("[x](#nej)", LinkStatus.UNCHECKED),
        ("[x](#)", LinkStatus.OK),
        ("[x](nej.md)", LinkStatus.BROKEN),
        ("[x](nej/to.md#a)", LinkStatus.BROKEN),
        ("[x](nej/)", LinkStatus.UNCHECKED),
        ("[x](nej.html)", LinkStatus.UNCHECKED),
        ("![x](nej.png)", LinkStatus.UNCHECKED),
        ("[x](/nej.md)", LinkStatus.UNCHECKED),
        ("[x](index.md)", LinkStatus.UNCHECKED),
        ("[x](../../nej.md)", LinkStatus.UNCHECKED),
    ],
)
def test_of_another_generator_only_files_are_judged(written: str, status: LinkStatus) -> None:
    """A page that is not there is broken, unless the generator may mean another one."""
    verdict = judge(make_site("mkdocs.yml"), written)
    assert verdict is not None
    assert verdict.status is status


GENERATOR = "mkdocs.yml"
OK, BROKEN, UNCHECKED = LinkStatus.OK, LinkStatus.BROKEN, LinkStatus.UNCHECKED


@pytest.mark.parametrize(
    ("generator", "written", "verdict"),
    [
        (None, "[x]()", LinkVerdict(LinkKind.PAGE, BROKEN, Reason("link-empty"))),
        (None, "![x]()", LinkVerdict(LinkKind.IMAGE, BROKEN, Reason("link-empty"))),
        (None, "[x](../README.md)", LinkVerdict(LinkKind.PAGE, OK)),
        (None, "![x](img/kort.png)", LinkVerdict(LinkKind.IMAGE, OK)),
        (None, "[x](#top)", LinkVerdict(LinkKind.ANCHOR, OK)),
        (
            None, "[x](#nej%20da)",
            LinkVerdict(
                LinkKind.ANCHOR, BROKEN,
                Reason("link-anchor-missing", {"anchor": "nej da", "page": "docs/en.md"}),
            ),
        ),
        (
            None, "[x](#Første-afsnit)",
            LinkVerdict(
                LinkKind.ANCHOR, UNCHECKED,
                Reason("link-anchor-unproven", {"anchor": "Første-afsnit", "page": "docs/en.md"}),
            ),
        ),
        (
            None, "[x](en.md#kort-sagt)",
            LinkVerdict(
                LinkKind.ANCHOR, BROKEN,
                Reason("link-anchor-missing", {"anchor": "kort-sagt", "page": "docs/en.md"}),
                hint=Reason("link-use", {"url": "en.md#kort--sagt"}),
            ),
        ),
        (
            None, "[x](../LICENSE#L3)",
            LinkVerdict(
                LinkKind.ANCHOR, UNCHECKED,
                Reason("link-anchor-unproven", {"anchor": "L3", "page": "LICENSE"}),
            ),
        ),
        (
            None, "[x](/#nej)",
            LinkVerdict(
                LinkKind.ANCHOR, BROKEN,
                Reason("link-anchor-missing", {"anchor": "nej", "page": "README.md"}),
            ),
        ),
        (
            None, "[x](img#nej)",
            LinkVerdict(
                LinkKind.ANCHOR, UNCHECKED,
                Reason("link-anchor-unproven", {"anchor": "nej", "page": "docs/img"}),
            ),
        ),
        (
            None, "[x](../../ude.md)",
            LinkVerdict(
                LinkKind.PAGE, UNCHECKED,
                Reason("link-outside-handbook", {"path": "../../ude.md"}),
            ),
        ),
        (
            None, "[x](undermodul/a.md#b)",
            LinkVerdict(
                LinkKind.PAGE, UNCHECKED,
                Reason("link-page-unreadable", {"file": "docs/undermodul"}),
            ),
        ),
        (
            None, "[x](stor.md#b)",
            LinkVerdict(
                LinkKind.PAGE, BROKEN, Reason("link-other-case", {"found": "docs/Stor.md"}),
                hint=Reason("link-use", {"url": "Stor.md#b"}),
            ),
        ),
        (
            None, "[x](/tom/stor.md)",
            LinkVerdict(
                LinkKind.PAGE, BROKEN, Reason("link-file-missing", {"file": "tom/stor.md"}),
                hint=Reason("link-use", {"url": "Stor.md"}),
            ),
        ),
        (
            GENERATOR, "[x](to/)",
            LinkVerdict(
                LinkKind.PAGE, UNCHECKED, Reason("link-other-generator", {"file": GENERATOR})
            ),
        ),
        (
            GENERATOR, "[x](#første-afsnit)",
            LinkVerdict(
                LinkKind.ANCHOR, UNCHECKED, Reason("link-other-generator", {"file": GENERATOR})
            ),
        ),
        (
            GENERATOR, "[x](?plain=1)",
            LinkVerdict(
                LinkKind.PAGE, UNCHECKED, Reason("link-other-generator", {"file": GENERATOR})
            ),
        ),
        (GENERATOR, "[x](#top)", LinkVerdict(LinkKind.ANCHOR, OK)),
        (GENERATOR, "[x](../README.md#top)", LinkVerdict(LinkKind.PAGE, OK)),
        (
            GENERATOR, "[x](../README.md#nej)",
            LinkVerdict(
                LinkKind.ANCHOR, UNCHECKED,
                Reason("link-anchor-unproven", {"anchor": "nej", "page": "README.md"}),
            ),
        ),
        (
            GENERATOR, "[x](to.md)",
            LinkVerdict(LinkKind.PAGE, BROKEN, Reason("link-file-missing", {"file": "docs/to.md"})),
        ),
    ],
)  # fmt: skip
def test_each_verdict_whole(generator: str | None, written: str, verdict: LinkVerdict) -> None:
    """What kind of link it is, the reason with its values, and what to write instead."""
    assert judge(make_site(generator), written) == verdict


@pytest.mark.parametrize("image", ["", "!"])
def test_a_page_whose_source_is_shown_has_no_links(image: str) -> None:
    """GitHub shows an HTML page as text."""
    reason = Reason("link-on-unpublished-page")
    site = make_site()
    link = PageLink(
        "nej.md", "x", LinkSyntax.IMAGE if image else LinkSyntax.LINK,
        SourceSpan("docs/side.html", 1, 1, 1, 2), None,
    )  # fmt: skip
    kind = LinkKind.IMAGE if image else LinkKind.PAGE
    assert site.check(link) == LinkVerdict(kind, UNCHECKED, reason)
    anchored = site.check(replace(link, url="nej.md#a"))
    kind = LinkKind.IMAGE if image else LinkKind.ANCHOR
    assert anchored == LinkVerdict(kind, UNCHECKED, reason)
