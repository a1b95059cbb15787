"""One handbook, read as each kind of site: its links, the manifest and the report say so."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from syncer.config import Settings
from syncer.config.settings import HandbookSettings
from syncer.manifest.document import StatusManifest
from syncer.pipeline.options import AuditOptions
from syncer.report.markdown import render_markdown
from syncer.report.words import Lang
from tests.pipeline.handbooks import Audit

PAGE = """\
# Forside

[fil](docs/en.md) [mappe](docs) [side](docs/en.html) [nej](docs/nej.md) [afsnit](docs/en.md#a--b)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a handbook without any settings of a site."""
    folder = tmp_path / "plain"
    (folder / "docs").mkdir(parents=True)
    (folder / "README.md").write_text(PAGE, encoding="utf-8")
    (folder / "docs" / "en.md").write_text("# En\n\n## A & b\n", encoding="utf-8")
    return folder


def read(audit: Audit, folder: Path, settings: Settings | None = None) -> StatusManifest:
    """Audit a folder without any network."""
    options = AuditOptions(handbook=str(folder), offline=True)
    return audit("", folder=folder, options=options, settings=settings or Settings())


def test_plain_markdown_is_read_as_github_shows_it(audit: Audit, folder: Path) -> None:
    """Files, folders and GitHub's ids work; what is no file is broken."""
    manifest = read(audit, folder)
    assert manifest.handbook.site == "github"
    broken = {link.url for link in manifest.links if link.status == "broken"}
    assert broken == {"docs/en.html", "docs/nej.md"}
    assert "som GitHub viser dem" in render_markdown(manifest, lang=Lang.DA)


def test_another_generators_addresses_are_not_denied(audit: Audit, folder: Path) -> None:
    """Only a page that is named by its file and is not there is broken."""
    (folder / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    manifest = read(audit, folder)
    assert manifest.handbook.site == "files"
    statuses = {link.url: link.status for link in manifest.links}
    assert statuses == {
        "docs/en.md": "ok",
        "docs": "unchecked",
        "docs/en.html": "unchecked",
        "docs/nej.md": "broken",
        "docs/en.md#a--b": "unchecked",
    }
    assert "another program than Jekyll" in render_markdown(manifest, lang=Lang.EN)


def test_the_settings_name_the_kind(audit: Audit, folder: Path) -> None:
    """`[handbook] site` is believed, whatever the files look like."""
    settings = Settings(handbook=HandbookSettings(site="jekyll"))
    manifest = read(audit, folder, settings)
    assert manifest.handbook.site == "jekyll"
    assert "som Jekyll bygger" in render_markdown(manifest, lang=Lang.DA)


@pytest.mark.parametrize(
    ("site", "files", "is_said"),
    [
        ("jekyll", {}, True),
        ("jekyll", {"_config.yml": "markdown: CommonMarkGhPages\n"}, False),
        ("github", {}, False),
        ("files", {}, False),
    ],
)
def test_bare_addresses_are_said_where_the_site_shows_text(
    audit: Audit,
    folder: Path,
    site: Literal["jekyll", "github", "files"],
    files: dict[str, str],
    is_said: bool,
) -> None:
    """They are checked like links everywhere; a place of a row may be one."""
    table = "| Ressource | Placering |\n|---|---|\n| Plan | https://boks.os2.eu/s/Abc123 |\n"
    page = f"---\n---\nSe https://a.example/b, [c](https://c.example).\n\n{table}"
    (folder / "index.md").write_text(page, encoding="utf-8")
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    manifest = read(audit, folder, Settings(handbook=HandbookSettings(site=site)))
    links = {link.url: link.bare for link in manifest.links if link.page == "index.md"}
    assert links == {
        "https://a.example/b": True,
        "https://c.example": False,
        "https://boks.os2.eu/s/Abc123": True,
    }
    (row,) = manifest.resources
    assert [place.share for place in row.places] == ["boks.os2.eu/Abc123"]
    said = [finding.subject for finding in manifest.findings if finding.code == "link-bare"]
    assert said == (["https://a.example/b", "https://boks.os2.eu/s/Abc123"] if is_said else [])
