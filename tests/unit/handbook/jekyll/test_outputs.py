"""Which files are part of the site. The proof against Jekyll itself stands in `tests/jekyll`."""

from __future__ import annotations

import pytest

from syncer.handbook.jekyll.config import read_config
from syncer.handbook.jekyll.entry_filter import matches_any
from syncer.handbook.jekyll.outputs import (
    Output,
    OutputKind,
    SiteSources,
    collect_sources,
    find_folders,
)
from syncer.handbook.jekyll.plugin_outputs import list_outputs
from syncer.handbook.jekyll.site_tree import build_tree, name_of
from syncer.handbook.kramdown.page import parse_page
from syncer.model.handbook import Handbook, PageText, ParsedPage
from syncer.model.reason import Reason

HEADER = "---\ntitle: x\n---\n"


def publish(
    files: dict[str, str | None],
    config: str = "",
    front_matter: dict[str, dict[str, object]] | None = None,
) -> tuple[Output, ...]:
    """List the outputs of files: None is no text; front matter is given apart."""
    handbook = Handbook(
        source="test",
        revision=None,
        stale=None,
        pages=tuple(PageText(path, text) for path, text in files.items() if text is not None),
        unreadable=(),
        files=tuple(sorted(files)),
        config=config,
    )
    pages = {
        path: ParsedPage(path, values, (), frozenset(), (), (), (), empty=False)
        for path, values in (front_matter or {}).items()
    }
    return list_outputs(collect_sources(handbook, pages, read_config(config)))


def files_of(outputs: tuple[Output, ...]) -> list[str]:
    """Return the written files."""
    return [output.file for output in outputs]


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("---\n---\n", "a.html"),
        ("--- \t\ntitle: aldrig lukket\n", "a.html"),
        ("--- x\n---\n", "a.md"),
        ("----\n", "a.md"),
        ("\n---\n---\n", "a.md"),
        ("", "a.md"),
        ("---", "a.md"),
    ],
)
def test_a_first_line_of_dashes_makes_a_page(text: str, file: str) -> None:
    """Jekyll looks at the first line only."""
    assert files_of(publish({"a.md": text})) == [file]


@pytest.mark.parametrize(
    ("path", "config", "there"),
    [
        ("a/b.txt", "", True),
        (".x/b.txt", "", False),
        ("a/_b.txt", "", False),
        ("a/#b.txt", "", False),
        ("a/b.txt~", "", False),
        ("a/b.", "", False),
        ("node_modules/b.txt", "", False),
        ("vendor/ruby/b.txt", "", False),
        ("vendor/andet/b.txt", "", True),
        (".htaccess", "", True),
        (".htaccess", "include: []", False),
        ("_a/b.txt", "include: [_a]", True),
        ("_a/_b/c.txt", "include: [_a]", False),
        ("_a/b.txt", "include: [_a/b.txt]", True),
        ("a/b.txt", "exclude: [a]", False),
        ("ab/b.txt", "exclude: [a]", False),
        ("a/b.txt", "exclude: [a/]", False),
        ("ab/b.txt", "exclude: [a/]", True),
        ("a/b/c.txt", 'exclude: ["a/*.txt"]', False),
        ("a/b.txt", "exclude: [/a/b.txt]", False),
        ("a/b.txt", "exclude: [a]\ninclude: [a]", True),
        ("a/b.txt", 'exclude: ["[^b]"]', False),
        ("a/b.txt", "defaults: [{scope: {path: a}, values: {published: false}}]", False),
        ("_drafts/b.txt", "", False),
    ],
)
def test_include_and_exclude(path: str, config: str, there: bool) -> None:
    """Hidden, backup and excluded files are left out, unless they are included."""
    assert bool(publish({path: None}, f"title: x\n{config}\n")) is there


def test_front_matter_that_was_not_read_leaves_a_doubt() -> None:
    """Jekyll reads it all the same, so the address is not certain."""
    problem = Reason("front-matter-too-big", {"characters": 99_999})
    page = ParsedPage("a.md", {}, (), frozenset(), (), (), (problem,), empty=False)
    handbook = Handbook("test", None, None, (PageText("a.md", HEADER),), (), ("a.md",), None)
    (output,) = list_outputs(collect_sources(handbook, {"a.md": page}, read_config(None)))
    assert output.doubt == Reason("link-page-unreadable", {"file": "a.md"})


def test_pages_that_are_not_published() -> None:
    """`published: false` leaves a page out, unless the settings build such pages too."""
    hidden: dict[str, dict[str, object]] = {"a.md": {"published": False}}
    assert publish({"a.md": HEADER}, "", hidden) == ()
    assert files_of(publish({"a.md": HEADER}, "unpublished: true\n", hidden)) == ["a.html"]


def test_the_later_of_two_files_at_one_place_wins() -> None:
    """Copied files are written after pages, documents last."""
    outputs = publish({"a.md": HEADER, "a.html": "<p>"})
    assert files_of(outputs) == ["a.html", "a.html"]
    tree = build_tree(outputs)
    assert tree.by_file["a.html"].source == "a.html"
    shared = tree.shared["a.html"]
    assert [output.source for output in shared] == ["a.html", "a.md"]


def test_front_matter_makes_a_page_of_any_text_file() -> None:
    """A style sheet is compiled, data is rendered at its own address or left out."""
    texts = ("assets/x.scss", "data/liste.json", "data/gemt.txt")
    fronts = ("", "permalink: /ud/liste.json\n", "published: false\n")
    handbook = Handbook(
        source="test",
        revision=None,
        stale=None,
        pages=(),
        unreadable=(),
        files=(*texts, "data/fri.json"),
        config=None,
        texts=tuple(
            PageText(path, f"---\n{front}---\n{{}}\n")
            for path, front in zip(texts, fronts, strict=True)
        ),
    )
    outputs = list_outputs(collect_sources(handbook, {}, read_config(None)))
    assert sorted(files_of(outputs)) == ["assets/x.css", "data/fri.json", "ud/liste.json"]
    assert outputs
    assert all(output.doubt is None for output in outputs)


def test_collections() -> None:
    """Documents are written when the collection says so; hidden files and drafts are not."""
    files: dict[str, str | None] = {
        "_ting/a.md": HEADER,
        "_ting/skjult.md": HEADER,
        "_ting/fig.svg": None,
        "_ting/.x": None,
        "_andet/a.md": HEADER,
        "_andet/fig.svg": None,
    }
    values: dict[str, dict[str, object]] = {"_ting/skjult.md": {"published": False}}
    config = "collections: {ting: {output: true}, andet: {}}\n"
    assert files_of(publish(files, config, values)) == ["ting/fig.svg", "ting/a.html"]
    moved = {f"samlet/{path}": text for path, text in files.items()}
    assert files_of(publish(moved, f"collections_dir: samlet\n{config}")) == [
        "ting/fig.svg",
        "ting/a.html",
        "ting/skjult.html",
    ]
    config = "collections: {ting: {output: true, permalink: /:year}}"
    (nowhere,) = publish({"_ting/a.md": HEADER}, config)
    assert (nowhere.file, nowhere.url) == ("", "")
    assert nowhere.doubt == Reason("link-address-unknown", {"file": "_ting/a.md"})


def test_posts() -> None:
    """Dated files in any `_posts` are posts; others there are nothing."""
    files: dict[str, str | None] = {
        "_posts/2020-01-02-a.md": HEADER,
        "x/_posts/2020-01-02-b.md": "uden front matter",
        "_posts/udateret.md": HEADER,
        "_posts/.git/2020-01-02-c.md": HEADER,
        "_gemt/_posts/2020-01-02-d.md": HEADER,
    }
    assert files_of(publish(files)) == ["2020/01/02/a.html", "x/2020/01/02/b.html"]
    assert publish(files, "collections_dir: samlet\n") == ()


def test_optional_front_matter() -> None:
    """With the plugin Markdown needs no front matter, but for files that are GitHub's business."""
    files: dict[str, str | None] = {"a.md": "# A", "README.md": "# R", "b.txt": None}
    on = "plugins: [jekyll-optional-front-matter]\n"
    assert files_of(publish(files, on)) == ["a.html", "README.md", "a.md", "b.txt"]
    alone = f"{on}optional_front_matter: {{remove_originals: true}}\n"
    assert files_of(publish(files, alone)) == ["a.html", "README.md", "b.txt"]
    assert "README.html" in files_of(publish(files, f"{on}include: [README.md]\n"))


def test_plugins_add_files_that_the_sources_have_not() -> None:
    """Feed, site map and the list of redirects; a file of that name in the sources stays."""
    plugins = "plugins: [jekyll-feed, jekyll-sitemap, jekyll-redirect-from]\n"
    made = [output for output in publish({"robots.txt": None}, plugins) if output.source is None]
    assert [output.file for output in made] == ["feed.xml", "redirects.json", "sitemap.xml"]


def test_redirects_of_documents_and_pages() -> None:
    """Each old address is a page of its own that leads to the new one."""
    outputs = publish(
        {"a.md": HEADER, "_ting/b.md": HEADER},
        "plugins: [jekyll-redirect-from]\nbaseurl: /x\ncollections: {ting: {output: true}}\n",
        {"a.md": {"redirect_from": ["/et", None, "to/"]}, "_ting/b.md": {"redirect_to": "/y"}},
    )
    redirects = [output for output in outputs if output.kind is OutputKind.REDIRECT]
    assert [(output.file, output.target) for output in redirects] == [
        ("et.html", "/x/a.html"),
        ("to/index.html", "/x/a.html"),
        ("ting/b.html", "/y"),
    ]


def test_small_words() -> None:
    """Folders above files, patterns, last names."""
    assert find_folders(["a/b/c.md", "a/d.md", "e.md"]) == {"a", "a/b"}
    assert not matches_any(("x", "*.md"), "a.txt")
    assert name_of("/a/Index.html") == "index"
    assert name_of("/a/Plan.HTML") == "plan"
    assert name_of("/a/index.html") == name_of("/b/A/") == name_of("/a.md") == "a"
    assert name_of("/index.html") == "index"
    assert name_of("/a/Plan.PDF") == "plan.pdf"


NEVER_RENDERED = (
    "README LICENSE LICENCE COPYING CODE_OF_CONDUCT CONTRIBUTING ISSUE_TEMPLATE"
    " PULL_REQUEST_TEMPLATE"
)


@pytest.mark.parametrize("include", ["", "include: [README.md, copying.md]\n"])
def test_some_files_are_pages_only_with_front_matter(include: str) -> None:
    """Those that repositories have for people on GitHub, but for what the settings include."""
    names = [f"{name}.md" for name in NEVER_RENDERED.split()]
    names += ["x/copying.md", "copying.md", "plan.md", "README.txt"]
    config = f"plugins: [jekyll-optional-front-matter]\n{include}"
    found = publish(dict.fromkeys(names, "# A\n"), config)
    rendered = {output.source for output in found if output.rendered}
    included = {"README.md", "copying.md", "x/copying.md"} if include else set()
    assert rendered == {"plan.md"} | included
    assert {output.source for output in found if not output.rendered} == set(names)


def test_the_type_of_a_page_is_that_of_its_folder() -> None:
    """With which `defaults` choose their values; a collection's folder may be in another one."""
    config = "collections: {ting: {output: true}, tingene: {}}\n"
    files = dict.fromkeys(
        ("_posts/2026-01-01-a.md", "x/_posts/2026-01-01-a.md", "_ting/a.md", "_tingene/a.md",
         "ting/a.md", "x/_ting/a.md", "a.md", "_andet/a.md"), HEADER
    )  # fmt: skip
    types = {
        "_posts/2026-01-01-a.md": "posts", "x/_posts/2026-01-01-a.md": "posts",
        "_ting/a.md": "ting", "_tingene/a.md": "tingene", "ting/a.md": "pages",
        "x/_ting/a.md": "pages", "a.md": "pages", "_andet/a.md": "pages",
    }  # fmt: skip
    assert _read_types(files, config) == types
    moved = f"collections_dir: alt\n{config}"
    files = dict.fromkeys(("alt/_ting/a.md", "_ting/a.md", "alt/_posts/2026-01-01-a.md"), HEADER)
    assert _read_types(files, moved) == {
        "alt/_ting/a.md": "ting", "_ting/a.md": "pages", "alt/_posts/2026-01-01-a.md": "posts",
    }  # fmt: skip


def test_defaults_are_for_places_within_the_folder_of_collections() -> None:
    """For their files; for pages they are for places within the site."""
    config = """\
collections_dir: alt
collections: {ting: {output: true}}
defaults:
  - {scope: {path: _ting/x, type: ting}, values: {permalink: /t/:name/}}
  - {scope: {path: alt/y, type: pages}, values: {permalink: /y/}}
"""
    files = dict.fromkeys(("alt/_ting/x/a.md", "alt/_ting/b.md", "alt/y/c.md"), HEADER)
    sources = _read_sources(files, config)
    assert [sources.find_value(path, "permalink") for path in files] == ["/t/:name/", None, "/y/"]


def test_front_matter_that_is_too_big_leaves_its_file_unread() -> None:
    """A page's, and that of another file that has some; what is no YAML is read as none."""
    big = f"---\na: {'x' * 20_000}\n---\n"
    texts = {"b.csv": big, "c.csv": "---\n[\n---\n", "d.csv": HEADER, "e.csv": "x"}
    handbook = Handbook(
        source="test",
        revision=None,
        stale=None,
        pages=(PageText("a.md", big),),
        unreadable=(),
        files=("a.md", *texts),
        config=None,
        texts=tuple(PageText(path, text) for path, text in texts.items()),
    )
    pages = {page.path: parse_page(page) for page in handbook.pages}
    sources = collect_sources(handbook, pages, read_config(""))
    assert sources.unread == ("a.md", "b.csv")
    assert list(sources.fronts) == ["b.csv", "c.csv", "d.csv"]
    assert sources.find_value("d.csv", "title") == "x"
    big_code, odd_code = "front-matter-too-big", "front-matter-not-yaml"
    for path, code in (("a.md", big_code), ("b.csv", big_code), ("c.csv", odd_code)):
        assert sources.has_problem(path, code)
        assert not sources.has_problem(path, odd_code if code == big_code else big_code)
    assert not any(sources.has_problem(path, big_code) for path in ("d.csv", "e.csv", "f"))


def _read_types(files: dict[str, str], config: str) -> dict[str, str]:
    sources = _read_sources(files, config)
    return {path: sources.type_of(path) for path in files}


def _read_sources(files: dict[str, str], config: str) -> SiteSources:
    handbook = Handbook(
        source="test",
        revision=None,
        stale=None,
        pages=tuple(PageText(path, text) for path, text in files.items()),
        unreadable=(),
        files=tuple(sorted(files)),
        config=config,
    )
    return collect_sources(handbook, {}, read_config(config))


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        (r"\a.md", "a.md", True),
        (r"\[w\].md", "[w].md", True),
        ("[w].md", "w.md", True),
        ("[]a].md", "a.md", False),
        ("[!]x", "ax", True),
        ("[!a-c]x", "dx", True),
        (r"[a\-c]", "-", True),
        ("[z-a]", "a", True),
        ("*/b*", "a/x/b.md", True),
        ("a.md/", "a.md", False),
    ],
)
def test_patterns_are_read_as_ruby_reads_them(pattern: str, path: str, matches: bool) -> None:
    """As `File.fnmatch` of Ruby 3.1 answered; a slash at the end is for folders alone."""
    assert matches_any((pattern,), path) is matches
