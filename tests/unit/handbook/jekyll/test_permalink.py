"""Addresses as Jekyll makes them. The proof against Jekyll itself stands in `tests/jekyll`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from syncer.handbook.jekyll import permalink
from syncer.handbook.jekyll.permalink import (
    collection_file_url,
    document_url,
    escape_path,
    page_url,
    redirect_url,
    slugify,
    split_name,
    static_url,
)

MARKDOWN = frozenset({".md"})
LATE = datetime(2024, 1, 1, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("path", "permalink", "style", "url", "file"),
    [
        ("index.md", None, "date", "/", "index.html"),
        ("docs/index.md", None, "pretty", "/docs/", "docs/index.html"),
        ("docs/a.md", None, "date", "/docs/a.html", "docs/a.html"),
        ("docs/a.md", None, "pretty", "/docs/a/", "docs/a/index.html"),
        ("docs/a.md", None, "/:title/", "/docs/a/", "docs/a/index.html"),
        ("docs/a.md", None, "/x/:title:output_ext", "/docs/a.html", "docs/a.html"),
        ("docs/a.md", None, "/x/:title", "/docs/a", "docs/a.html"),
        ("docs/a.scss", None, "pretty", "/docs/a.css", "docs/a.css"),
        ("a.xml", None, "pretty", "/a.xml", "a.xml"),
        ("a.MD", None, "none", "/a.html", "a.html"),
        ("a.md", "/b", "date", "/b", "b.html"),
        ("a.md", "b/", "date", "/b/", "b/index.html"),
        ("a.md", "/b.json", "date", "/b.json", "b.json"),
        ("a.md", "/../b//:basename/./c", "date", "/b/a/c", "b/a/c.html"),
        ("d/å b#?.md", None, "date", "/d/%C3%A5%20b%23?.html", "d/å b#?.html"),
        ("v1.2..md", None, "date", "/v1.2.html", "v1.2.html"),
    ],
)
def test_pages(path: str, permalink: str | None, style: str, url: str, file: str) -> None:
    """Own permalink, index, style of the site: as `Page#url` and `Page#destination`."""
    assert page_url(path, permalink=permalink, style=style, markdown=MARKDOWN) == (url, file)


@pytest.mark.parametrize(
    ("path", "template", "style", "front_matter", "url"),
    [
        ("_posts/2020-01-02-nyt.md", None, "date", {}, "/2020/01/02/nyt.html"),
        ("a/_posts/2020-1-2-Nyt.md", None, "date", {}, "/a/2020/01/02/Nyt.html"),
        ("_posts/2020-01-02-nyt.md", None, "pretty", {"categories": "X Y"}, "/x/y/2020/01/02/nyt/"),
        ("_posts/2020-01-02-nyt.md", None, "none", {"category": "Å b"}, "/%C3%A5%20b/nyt.html"),
        ("_posts/2020-01-02-n.md", None, "ordinal", {"date": date(2021, 2, 1)}, "/2021/032/n.html"),
        (
            "_posts/2020-01-02-n.md",
            None,
            "weekdate",
            {"categories": ["K"]},
            "/k/2020/W01/Thu/n.html",
        ),
        ("_posts/2020-01-02-n.md", None, "/:i_month/:slug_1", {"slug": "A b"}, "/1/a-b_1"),
        ("_posts/2020-01-02-n.md", None, "none", {"permalink": "/egen"}, "/egen"),
        (
            "_posts/2020-01-02-n.md",
            None,
            "date",
            {"date": "2019-05-06 10:00"},
            "/2019/05/06/n.html",
        ),
        (
            "_posts/2020-01-02-n.md",
            "/:hour:minute:second/:long_day/:slugified_categories/:title",
            "date",
            {"date": "2020-01-02 03:04:05", "categories": ["A B"]},
            "/030405/Thursday/a-b/n",
        ),
        ("_ting/a/b.md", None, "date", {}, "/ting/a/b.html"),
        ("_ting/a/b.md", None, "pretty", {}, "/ting/a/b/"),
        ("_ting/index.md", "/:collection/:name:output_ext", "date", {}, "/ting/index.html"),
        ("_ting/x_ting/a.md", "/:collection/:path", "date", {}, "/ting/x_ting/a"),
        ("_ting/a.md", "/:title/", "date", {"slug": "A.b_C~d & e!"}, "/A.b_C~d-&-e!/"),
        ("_ting/a.md", "/:slug/", "date", {"slug": "A.b_C~d & e!"}, "/a-b-c-d-e/"),
    ],
)
def test_documents(
    path: str, template: str | None, style: str, front_matter: dict[str, object], url: str
) -> None:
    """Posts and documents of collections: as `Document#url`."""
    collection = "posts" if "_posts" in path else "ting"
    found = document_url(
        path,
        collection=collection,
        template=template,
        style=style,
        front_matter=front_matter,
        markdown=MARKDOWN,
    )
    assert isinstance(found, tuple)
    assert found[0] == url


@pytest.mark.parametrize(
    ("path", "template", "front_matter", "possible", "impossible"),
    [
        ("_ting/a.md", "/:year/:name", {}, "/2026/a.html", "/år/a"),
        ("_ting/a.md", "/:year/:name", {}, "/2026/a", "/2026/b"),
        ("_ting/æ.md", "/:year/:title/", {}, "/2026/æ/", "/æ/"),
        ("_ting/æ.md", "/:year/:title/", {}, "/2026/æ/index.html", "/2026/æ.pdf"),
        ("_ting/a.md", "/:year-:month/:name", {}, "/2026-11/a", "/2026/11/a"),
        ("_ting/a.md", "/:long_month/:name", {}, "/November/a", "/11/a"),
        ("_ting/a.md", "/x/:ukendt", {}, "/x/noget", "/y/noget"),
        ("_ting/a.md", "/x/:names", {}, "/x/noget", "/y/noget"),
        ("_ting/a.md", "/:year", {"date": "i går"}, "/2026", "/a"),
        ("_ting/2020-13-45-a.md", "/:year", {}, "/2026", "/a"),
        ("_ting/a.md", "/:day/:year/a", {"date": datetime.max}, "/31/9999/a", "/31/x/a"),  # noqa: DTZ901
        # A moment is read in the time zone of the build.
        ("_ting/a.md", "/:month/:day/a", {"date": LATE}, "/01/02/a", "/02/01/a"),
        ("_ting/a.md", "/:day/a", {"date": "2024-01-01T00:30:00+02:00"}, "/31/a", "/x/a"),
        ("_ting/a.md", "/:month/:hour/a", {"date": LATE}, "/01/00/a", "/12/00/a"),
    ],
)
def test_an_address_that_cannot_be_known_is_what_it_may_be(
    path: str, template: str, front_matter: dict[str, object], possible: str, impossible: str
) -> None:
    """Jekyll would take the time of the build or its time zone, or refuse the template."""
    found = document_url(
        path,
        collection="ting",
        template=template,
        style="date",
        front_matter=front_matter,
        markdown=MARKDOWN,
    )
    assert isinstance(found, re.Pattern)
    assert found.fullmatch(possible)
    assert not found.fullmatch(impossible)


def test_a_moment_that_is_the_same_day_everywhere_gives_an_address() -> None:
    """The time zone of the build counts only where it makes another day of a moment."""
    assert document_url(
        "_ting/a.md",
        collection="ting",
        template="/:year/:month/:day/:name",
        style="date",
        front_matter={"date": datetime(2024, 1, 1, 10, tzinfo=UTC)},
        markdown=MARKDOWN,
    ) == ("/2024/01/01/a", "2024/01/01/a.html")


def test_files_that_are_copied() -> None:
    """Their address is their path, but for full stops before the extension."""
    assert static_url("a/b.pdf") == "/a/b.pdf"
    assert static_url("a..txt") == "/a.txt"
    assert static_url("CNAME") == "/CNAME"
    url = collection_file_url("_ting/x/fig.svg", collection="ting", template=None, style="pretty")
    assert url == "/ting/x/fig.svg"
    url = collection_file_url("_ting/fig.svg", collection="ting", template="/t/:name", style="date")
    assert url == "/t/fig.svg"


def test_redirect_pages() -> None:
    """An old address becomes a page, whatever it looks like."""
    assert redirect_url("gammel") == ("/gammel", "gammel.html")
    assert redirect_url("/gammel/") == ("/gammel/", "gammel/index.html")
    assert redirect_url("/gammel.php") == ("/gammel.php", "gammel.php")


def test_names_and_slugs() -> None:
    """Extensions as Ruby sees them, slugs as Jekyll makes them."""
    assert split_name(".htaccess") == (".htaccess", "")
    assert split_name("a.b.md") == ("a.b", ".md")
    assert slugify("Én ting, og & to!") == "én-ting-og-to"
    assert slugify("a\u0301 (b)", keep="()", cased=True) == "a\u0301-(b)"
    assert escape_path("a[1]%") == "a%5B1%5D%25"


@pytest.mark.parametrize(
    ("style", "url"),
    [
        ("none", "/drift/nyt.html"),
        ("date", "/drift/2026/11/30/nyt.html"),
        ("ordinal", "/drift/2026/334/nyt.html"),
        ("pretty", "/drift/2026/11/30/nyt/"),
        ("weekdate", "/drift/2026/W49/Mon/nyt.html"),
    ],
)
def test_a_post_is_where_each_style_puts_it(style: str, url: str) -> None:
    """The styles of Jekyll's manual, "Permalinks"; there are no others."""
    found = document_url(
        "_posts/2026-11-30-nyt.md",
        collection="posts",
        template=None,
        style=style,
        front_matter={"categories": ["drift"]},
        markdown=MARKDOWN,
    )
    assert isinstance(found, tuple)
    assert found[0] == url
    assert set(permalink._STYLES) == {"none", "date", "ordinal", "pretty", "weekdate"}
