"""What readers call the audited pages, and where they find them."""

from __future__ import annotations

from pathlib import Path

import pytest

from syncer.config import Secrets, Settings
from syncer.config.settings import HandbookSettings
from syncer.manifest.document import PublishedPage
from syncer.pipeline.handbook import load_handbook
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.manifest import list_pages
from syncer.pipeline.options import AuditOptions
from syncer.surroundings import Surroundings

SITE = "https://handbook.example.dk/da/"
PAGES = {
    "_config.yml": "baseurl: /da\n",
    "Gemfile": 'gem "jekyll"\n',  # without one GitHub's own plugins are on
    "docs/a.md": "---\ntitle: Aftaler  og\n  mere\npermalink: /aftaler/\n---\n# Overskrift\n",
    "docs/b.md": "---\ntitle: 12\n---\nTekst\n\n## Første overskrift\n",
    "docs/c.md": "---\nlayout: x\n---\nTekst\n",
    "docs/d.md": "# Ikke udgivet\n",
}


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    """A handbook with pages of each sort."""
    for name, text in PAGES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_each_audited_page_is_told_of(handbook: Path) -> None:
    """Its title, else its first heading; the address at which the site serves it."""
    settings = Settings(handbook=HandbookSettings(source=str(handbook), site_url=SITE))
    found = load_handbook(Job(settings, AuditOptions(), Secrets(), Memory(), Surroundings()))
    assert list_pages(found, SITE) == (
        PublishedPage(
            path="docs/a.md",
            title="Aftaler og mere",
            url="https://handbook.example.dk/da/aftaler/",
        ),
        PublishedPage(
            path="docs/b.md",
            title="Første overskrift",
            url="https://handbook.example.dk/da/docs/b.html",
        ),
        PublishedPage(
            path="docs/c.md", title=None, url="https://handbook.example.dk/da/docs/c.html"
        ),
        PublishedPage(path="docs/d.md", title="Ikke udgivet", url=None),
    )


def test_without_a_site_there_are_no_addresses(handbook: Path) -> None:
    """Titles there are all the same; a page that is not audited is not told of."""
    settings = Settings(handbook=HandbookSettings(source=str(handbook)))
    options = AuditOptions(pages=("docs/a.md",))
    found = load_handbook(Job(settings, options, Secrets(), Memory(), Surroundings()))
    assert list_pages(found, None) == (
        PublishedPage(path="docs/a.md", title="Aftaler og mere", url=None),
    )
