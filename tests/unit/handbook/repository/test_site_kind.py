"""As what a handbook is read: by its files, or as the settings say."""

from __future__ import annotations

import pytest

from syncer.handbook.repository import site_kind
from syncer.handbook.repository.site_kind import choose_site_kind, find_generator
from syncer.model.handbook import Handbook, PageText, SiteKind

PLAIN = {"README.md": "# Hej\n", "docs/en.md": "# En\n"}
FRONT = "---\ntitle: x\n---\n"


def make_handbook(
    files: dict[str, str], config: str | None = None, gemfile: str | None = None
) -> Handbook:
    """Return a handbook of some files; those in Markdown and HTML are its pages."""
    pages = [PageText(path, text) for path, text in files.items() if path.endswith((".md", "html"))]
    return Handbook(
        source="test",
        revision=None,
        stale=None,
        pages=tuple(sorted(pages, key=lambda page: page.path)),
        unreadable=(),
        files=tuple(sorted(files)),
        config=config,
        gemfile=gemfile,
    )


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({}, SiteKind.GITHUB),
        ({"mkdocs.yml": ""}, SiteKind.FILES),
        ({"docs/mkdocs.yaml": ""}, SiteKind.FILES),
        ({"hugo.toml": ""}, SiteKind.FILES),
        ({"website/docusaurus.config.js": ""}, SiteKind.FILES),
        ({"docs/antora.yml": ""}, SiteKind.FILES),
        ({"docs/conf.py": ""}, SiteKind.FILES),
        ({"src/conf.py": ""}, SiteKind.GITHUB),
        ({"docs/_config.yml": ""}, SiteKind.FILES),
        ({"_config.toml": ""}, SiteKind.JEKYLL),
        ({"CNAME": ""}, SiteKind.JEKYLL),
        ({"_layouts/default.html": ""}, SiteKind.JEKYLL),
        ({"index.md": FRONT}, SiteKind.JEKYLL),
        ({"a.md": FRONT, "b.md": FRONT, "c.md": FRONT}, SiteKind.JEKYLL),
        ({"a.md": FRONT, "b.md": FRONT}, SiteKind.GITHUB),
        ({"docs/skabelon.md": FRONT}, SiteKind.GITHUB),
        ({"index.md": FRONT, "mkdocs.yml": ""}, SiteKind.FILES),
    ],
)
def test_the_files_decide(more: dict[str, str], kind: SiteKind) -> None:
    """Settings of a generator name it; without any, signs of GitHub Pages make it Jekyll."""
    assert choose_site_kind(make_handbook(PLAIN | more), "auto", None) is kind


def test_jekylls_settings_win() -> None:
    """A `_config.yml` makes a site of Jekyll's, whatever is beside it."""
    handbook = make_handbook({**PLAIN, "mkdocs.yml": "", "_config.yml": ""}, config="")
    assert choose_site_kind(handbook, "auto", None) is SiteKind.JEKYLL


def test_a_gemfile_of_jekyll_makes_it_jekyll() -> None:
    """A `Gemfile` without Jekyll says nothing."""
    handbook = make_handbook(PLAIN, gemfile='gem "github-pages", group: :jekyll_plugins\n')
    assert choose_site_kind(handbook, "auto", None) is SiteKind.JEKYLL
    handbook = make_handbook(PLAIN, gemfile='gem "rake"\n')
    assert choose_site_kind(handbook, "auto", None) is SiteKind.GITHUB


def test_a_published_address_makes_it_jekyll() -> None:
    """A handbook with an address of its own is published; one on github.com is not."""
    handbook = make_handbook(PLAIN)
    assert choose_site_kind(handbook, "auto", "https://bog.example/") is SiteKind.JEKYLL
    on_github = "https://github.com/os2/bog/blob/main/"
    assert choose_site_kind(handbook, "auto", on_github) is SiteKind.GITHUB


@pytest.mark.parametrize("asked", SiteKind)
def test_the_settings_win(asked: SiteKind) -> None:
    """What the administrator names is believed."""
    assert choose_site_kind(make_handbook(PLAIN | {"mkdocs.yml": ""}), asked, None) is asked


def test_the_nearest_generator_is_named() -> None:
    """The settings at the root are the handbook's own."""
    handbook = make_handbook(PLAIN | {"docs/conf.py": "", "mkdocs.yml": ""})
    assert find_generator(handbook) == "mkdocs.yml"


GENERATORS = (
    "mkdocs.yml mkdocs.yaml zensical.toml hugo.toml hugo.yaml hugo.yml hugo.json"
    " docusaurus.config.js docusaurus.config.mjs docusaurus.config.ts antora.yml"
    " antora-playbook.yml conf.py book.toml book.json vitepress.config.ts .vitepress.config.mts"
    " astro.config.mjs .eleventy.js .eleventy.cjs eleventy.config.js _quarto.yml docfx.json"
    " gatsby-config.ts pelicanconf.py"
)


@pytest.mark.parametrize("name", GENERATORS.split())
def test_the_settings_of_each_generator_are_known(name: str) -> None:
    """At the top, and in each folder that sites are kept in; nowhere else."""
    folders = ("", "book/", "doc/", "docs/", "documentation/", "site/", "website/")
    assert {folder.rstrip("/") for folder in folders} == set(site_kind._SITE_FOLDERS)
    for folder in folders:
        assert find_generator(make_handbook({f"{folder}{name}": ""})) == f"{folder}{name}"
    assert find_generator(make_handbook({f"andet/{name}": "", f"x{name}": ""})) is None


@pytest.mark.parametrize("name", ["_config.yml", "_config.yaml", "_config.toml"])
def test_the_settings_of_jekyll_are_known(name: str) -> None:
    """At the top they make a site of Jekyll's; below, one that is not ours."""
    assert choose_site_kind(make_handbook({**PLAIN, name: ""}), "auto", None) is SiteKind.JEKYLL
    assert find_generator(make_handbook({f"docs/{name}": ""})) == f"docs/{name}"
    assert len(site_kind._JEKYLL_SETTINGS) == 3


@pytest.mark.parametrize(
    "more",
    [
        *({f"{folder}/x.html": ""} for folder in ("_includes", "_layouts", "_posts", "_sass")),
        *({name: FRONT} for name in ("index.md", "index.html")),
        {"CNAME": "x"},
    ],
)
def test_each_sign_of_github_pages_counts(more: dict[str, str]) -> None:
    """Without any settings."""
    assert choose_site_kind(make_handbook(PLAIN | more), "auto", None) is SiteKind.JEKYLL
    assert len(site_kind._JEKYLL_FOLDERS) == 4
    assert site_kind._INDEXES == ("index.md", "index.markdown", "index.html")
