"""`_config.yml`: the settings that decide addresses, defaults, and the links printed from it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from syncer.handbook.jekyll.config import (
    DocCollection,
    RelativeLinks,
    SiteConfig,
    read_config,
)
from syncer.handbook.jekyll.config_links import find_config_links
from syncer.handbook.jekyll.front_defaults import DefaultSet, find_default, resolve_scopes
from syncer.model.handbook import LinkSyntax
from syncer.model.reason import Reason

POSTS = DocCollection("posts", output=True, permalink=None)
MERGES = "a0: &a0 {x: 1}\n" + "".join(
    f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 40)
)
LAUGHS = "a0: &a0 [x]\n" + "".join(
    f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)
)
FOLDERS = frozenset({"docs", "docs/sub"})
FILES = ("docs/a.md", "docs/ab.md", "docs/.x", "docs/[w].md", "docs/sub/c.md", "top.md")


@pytest.mark.parametrize("text", [None, "", "# kun en bemærkning\n"])
def test_nothing_gives_jekylls_defaults(text: str | None) -> None:
    """No file, and a file with nothing in it, are Jekyll's defaults."""
    assert read_config(text) == SiteConfig()


@pytest.mark.parametrize(
    "text",
    [
        "- x\n",
        "a: [\n",
        "a: 2026-13-45\n",
        "[" * 300_000,
        "a: " + "[" * 60 + "]" * 60,
        "? [a]\n: b\n",
        MERGES,
    ],
)
def test_what_is_no_mapping_is_a_problem_and_no_failure(text: str) -> None:
    """Broken YAML, a list, a date that is none and endless nesting are data, not exceptions."""
    assert read_config(text).problem == Reason("site-config-unreadable")
    assert find_config_links(text, "_config.yml") == ()


def test_lists_of_lists_without_end_are_no_settings() -> None:
    """Aliases that multiply: some value of them would be written out sooner or later."""
    assert read_config(LAUGHS).problem is not None


def test_every_setting_is_read() -> None:
    """The keys that decide addresses arrive as Jekyll understands them."""
    config = read_config("""\
baseurl: bog/
url: https://navn.example/
permalink: pretty
include: [_gemt]
exclude: [arkiv, null]
collections_dir: samlinger/
collections:
  data: {}
  posts: {permalink: /p/:title}
  "vej ledninger": {output: true, permalink: /v/:name}
  andet:
markdown_ext: MD,tekst
gems: [jekyll-redirect-from]
plugins: [jekyll-relative-links, jekyll-optional-front-matter]
relative_links: {collections: true, exclude: docs}
optional_front_matter: {remove_originals: true}
remote_theme: ejer/tema@v1
unpublished: true
""")
    assert (config.base_path, config.url, config.permalink) == (
        "/bog",
        "https://navn.example",
        "pretty",
    )
    assert config.include == ("_gemt",)
    assert config.exclude[:2] == ("arkiv", ".sass-cache")
    assert config.collections_dir == "samlinger"
    assert config.collections == (
        DocCollection("posts", output=True, permalink="/p/:title"),
        DocCollection("andet", output=False, permalink=None),
        DocCollection("vejledninger", output=False, permalink=None),
    )
    assert config.markdown_extensions == {".md", ".tekst"}
    assert config.relative_links == RelativeLinks(collections=True, exclude=("docs",))
    assert config.optional_front_matter
    assert config.remove_originals
    assert config.redirects
    assert config.unpublished
    assert config.theme == "tema"


@pytest.mark.parametrize(
    "text",
    [
        "title: x\n",
        "collections: 7\nplugins: 7\ndefaults: nej\nbaseurl: /\ntheme: {}\n",
        """\
plugins: [jekyll-optional-front-matter, jekyll-relative-links]
require_front_matter: true
relative_links: {enabled: false}
""",
    ],
)
def test_what_is_off_or_of_a_wrong_type_is_not_set(text: str) -> None:
    """Settings that Jekyll would refuse leave the defaults."""
    config = read_config(text)
    assert config.collections == (POSTS,)
    assert config.defaults == ()
    assert config.base_path == ""
    assert config.theme is None
    assert config.relative_links is None
    assert not config.optional_front_matter


@pytest.mark.parametrize(
    ("zone", "known"),
    [("Europe/Copenhagen", True), ("Europe", False), ("Nix/Nej", False), ("../x", False),
     ("a\\0b", False), ("", False)],
)  # fmt: skip
def test_a_time_zone_that_is_none_is_unknown(zone: str, known: bool) -> None:
    """Also where the name is a folder of the zones, leads out of it, or cannot be a name."""
    found = read_config(f'timezone: "{zone}"\n')
    assert (found.timezone, found.problem) == (ZoneInfo(zone) if known else None, None)


def test_collections_may_be_a_list() -> None:
    """A list names collections without settings."""
    assert read_config("collections: [ting]\n").collections == (
        POSTS,
        DocCollection("ting", output=False, permalink=None),
    )


def test_defaults_are_read_with_their_scopes() -> None:
    """Sets without values are left out; the old names of types still hold."""
    config = read_config("""\
defaults:
  - {scope: {path: docs, type: page}, values: {permalink: /a}}
  - {values: {permalink: /b}}
  - {scope: {path: x}}
  - nej
""")
    assert config.defaults == (
        DefaultSet("docs", "pages", {"permalink": "/a"}),
        DefaultSet("", None, {"permalink": "/b"}),
    )


@pytest.mark.parametrize(
    ("sets", "expected"),
    [
        ([], None),
        ([("", None, 1)], 1),
        ([("", None, 1), ("docs", None, 2)], 2),
        ([("docs", None, 2), ("", None, 1)], 2),
        ([("", None, 1), ("", None, 2)], 2),
        ([("", "pages", 1), ("", None, 2)], 1),
        ([("", None, 1), ("", "pages", 2)], 2),
        ([("", "posts", 1)], None),
        ([("top", None, 1)], None),
        ([("docs/a", None, 1)], 1),
        ([("docs/*", None, 1)], 1),
        ([("docs/*b.md", None, 1)], 1),
        ([("*/a.md", None, 1)], None),
        ([("**/ab.md", None, 1)], 1),
        ([("docs/sub/*", None, 1)], None),
        ([("*", None, 1)], 1),
    ],
)
def test_the_most_precise_default_wins(
    sets: list[tuple[str, str | None, int]], expected: int | None
) -> None:
    """The longer path wins, then the one with a type, then the later (Jekyll 4.3)."""
    scoped = resolve_scopes(
        [DefaultSet(path, type_, {"key": value}) for path, type_, value in sets], FOLDERS, FILES
    )
    assert find_default(scoped, "docs/ab.md", "pages", "key") == expected
    assert find_default(scoped, "docs/ab.md", "pages", "other") is None


@pytest.mark.parametrize(
    ("pattern", "hits"),
    [
        ("docs/*", ("docs/[w].md", "docs/a.md", "docs/ab.md", "docs/sub")),
        ("docs/**", ("docs/[w].md", "docs/a.md", "docs/ab.md", "docs/sub")),
        ("docs//**b*", ("docs/ab.md", "docs/sub")),
        ("docs/**/", ("docs",)),  # Nothing that begins with "docs" is asked for again.
        ("**", ("docs", "top.md")),
        ("docs/\\[w\\]*", ("docs/[w].md",)),
        ("docs/[!a]*", ("docs/[w].md", "docs/sub")),
        ("docs/[]a]*", ()),
        ("docs/[a*", ()),
        ("docs/*\\", ("docs/[w].md", "docs/a.md", "docs/ab.md", "docs/sub")),
        ("docs/.*", ("docs/.x",)),
        ("**/c.*", ("docs/sub/c.md",)),
        ("docs/*/", ("docs/sub",)),
    ],
)
def test_scopes_are_globbed_as_ruby_does(pattern: str, hits: tuple[str, ...]) -> None:
    """A star stays in its folder and does not match a leading full stop."""
    (scoped,) = resolve_scopes([DefaultSet(pattern, None, {})], FOLDERS, FILES)
    assert scoped.prefixes == hits


CONFIG = """\
title: Prøve
aux_links:
  "Første":
    - "//et.example"
  Anden: docs/bilag
  Tom: []
  ? [a, b]
  : {c: d}
nav_external_links:
  - title: Uden for
    url: https://to.example
    hide_icon: true
  - url: tre
  - title: Uden adresse
  - bare tekst
footer_content: >-
  Skrevet af <a class="x"
  href="/om&amp;os">os <b>alle</b></a>
  <img src='/logo.png'> <a name="x">nej</a> <a href=bar>bar</a> <a href="">tom</a>
andet: <a href="/nej">nej</a>
"""


def test_links_of_the_settings_have_their_places() -> None:
    """Every link has the line where it stands, its title as text and its key as section."""
    links = find_config_links(CONFIG, "_config.yml")
    assert [
        (link.url, link.text, link.section, link.span.line, link.span.column) for link in links
    ] == [
        ("//et.example", "Første", "aux_links", 4, 7),
        ("docs/bilag", "Anden", "aux_links", 5, 10),
        ("https://to.example", "Uden for", "nav_external_links", 11, 10),
        ("tre", "", "nav_external_links", 13, 10),
        ("/om&os", "os alle", "footer_content", 18, 9),
        ("/logo.png", "", "footer_content", 19, 13),
        ("bar", "bar", "footer_content", 19, 53),
        ("", "tom", "footer_content", 16, 17),
    ]
    assert [link.syntax for link in links].count(LinkSyntax.IMAGE) == 1
    assert {link.span.file for link in links} == {"_config.yml"}


@pytest.mark.parametrize(
    "text", [None, "", "x: y\n", "aux_links: nej\nnav_external_links: nej\nfooter_content: [nej]\n"]
)
def test_settings_without_links_have_none(text: str | None) -> None:
    """Absent, empty and of other types: no links."""
    assert find_config_links(text, "_config.yml") == ()


def test_a_footer_whose_text_is_escaped_has_the_place_of_the_value() -> None:
    """Where the target cannot be found as written, the value's own place is given."""
    (link,) = find_config_links("footer_content: \"<a href='/\\u00e5'>å</a>\"\n", "_config.yml")
    assert (link.url, link.span.line, link.span.column) == ("/å", 1, 17)


def _list_entries(count: int, entry: str) -> str:
    return "".join(f"  - {entry.format(number)}\n" for number in range(count))


@pytest.mark.parametrize(
    ("key", "entry", "own"),
    [
        ("include", "a{}", 0),
        ("exclude", "a{}", len(SiteConfig().exclude)),
        ("collections", "a{}", 1),
        ("keep_files", "a{}", 0),
        ("plugins", "a{}", 0),
        ("aux_links", "a{}", 0),
        ("nav_external_links", "{{title: a, url: a{}}}", 0),
        ("defaults", "{{scope: {{path: a{}}}, values: {{x: y}}}}", 0),
    ],
)
def test_a_list_that_no_site_has_is_not_read(key: str, entry: str, own: int) -> None:
    """Each file is compared with each entry: five hundred are read, those of Jekyll among them."""
    most = 500 - own
    assert read_config(f"{key}:\n{_list_entries(most, entry)}").problem is None
    more = read_config(f"{key}:\n{_list_entries(most + 1, entry)}")
    assert more == SiteConfig(problem=Reason("site-config-unreadable"))


def test_settings_that_no_site_has_are_not_read() -> None:
    """262 144 characters are read, one more is not."""
    text = "#" * (262_144 - 9) + "\nfuture: y"
    assert read_config(text[1:]).problem is None
    assert read_config(text).problem == Reason("site-config-unreadable")
