"""What corrections are looked up in, and which addresses a page may get."""

from __future__ import annotations

from dataclasses import replace

import pytest

from syncer.config.settings import NextcloudSettings
from syncer.model.handbook import PageText
from syncer.model.shares import Share
from syncer.pipeline.fixable import build_sources
from tests.unit.pipeline import test_run
from tests.unit.pipeline.test_handbook import SHARES, TABLE, make_settings, read
from tests.unit.pipeline.test_observe import see

HIDDEN = "Eeee5555Ffff666"
PAGES = {
    "a.md": f"# A\n\n[boks]({SHARES[0]}), [web](https://a.example/)\n",
    "b.md": f"# B\n\n{TABLE}| Plan | [Boks](https://sky.example/cloud/s/Gggg) |\n",
}
CLOUDS = (
    NextcloudSettings(host="Boks.example"),
    NextcloudSettings(host="Sky.Example", base_url="https://Sky.Example/cloud"),
)


def _share(host: str, token: str) -> Share:
    return replace(test_run.make_share(), id=f"{host}/{token}")


def test_what_corrections_are_looked_up_in() -> None:
    """The pages and the settings of the site, their rows, and the marks of the settings."""
    settings = make_settings(todo_markers=("MANGLER",))
    handbook = read(
        PAGES,
        settings=settings,
        config="title: x\n",
        config_page=PageText("_config.yml", "title: x\n"),
    )
    observed, _ = see(handbook, settings)
    sources = build_sources(handbook, observed)
    assert {path: page.text for path, page in sources.texts.items()} == {
        **PAGES,
        "_config.yml": "title: x\n",
    }
    assert sources.pages == handbook.pages
    assert sources.rows == {row.id: row for row in observed.rows}
    assert [row.name for row in sources.rows.values()] == ["Plan"]
    assert sources.todo_markers == ("MANGLER",)


@pytest.mark.parametrize(
    ("url", "may"),
    [
        (SHARES[0], True),
        (f"{SHARES[0]}?path=/A", True),
        ("https://sky.example/cloud/s/Gggg?path=/A", True),
        (f"https://boks.example/s/{HIDDEN}", False),
        (f"https://BOKS.example/index.php/s/{HIDDEN}/download", False),
        (f"https://sky.example/cloud/s/{HIDDEN}", False),
        (f"https://ny.example/s/{HIDDEN}", False),
        ("https://boks.example/f/7", True),
        ("https://a.example/x", True),
        ("docs/a.md", True),
    ],
)
def test_no_page_gets_the_address_of_a_share_that_no_page_links_to(url: str, may: bool) -> None:
    """Its token may be a secret, whichever form the address has."""
    settings = replace(make_settings(), nextcloud=CLOUDS)
    handbook = read(PAGES, settings=settings)
    observed, _ = see(handbook, settings)
    seen = [_share(h, HIDDEN) for h in ("boks.example", "sky.example", "ny.example")]
    observed = replace(observed, shares={share.id: share for share in seen})
    assert build_sources(handbook, observed).may_link(url) is may
