"""What `fix` writes works on the site that Debian's Jekyll builds."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from syncer.config import Secrets, Settings
from syncer.config.settings import HandbookSettings
from syncer.fix.edited_pages import encode_page
from syncer.pipeline.corrections import FixChoice, find_corrections
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.options import AuditOptions
from syncer.pipeline.run import judge, look
from syncer.surroundings import Surroundings
from tests.jekyll.built_site import HERE

if TYPE_CHECKING:
    from tests.jekyll.built_site import Built

PAGE = "docs/fejl.md"
BASE = "baseurl: /haandbog\nurl: https://haandbog.example\n"
FAULTS = """---
title: Fejl
---

# Fejl

[Uden præfiks](/docs/bilag.html), [uden endelse](bilag.htm), [andet bogstav](BILAG.html "Titel"),
[flyttet](gammelt/bilag.html#jura), <a class="k" href='/docs/bilag.html'>i HTML</a>, [ref][r],
[skråstreg](bilag.html/), [blanke](mappe/side%20æøå.html),
![billede](../docs/img/logo.svg).

[r]: <gammelt/bilag.htm> 'Titel'

| Tabel                          | Side |
|--------------------------------|------|
| [Bilag](/docs/bilag.html)      | x    |
"""


def _correct(folder: Path) -> str:
    """Correct a folder's pages in memory, and return the page of the faults."""
    job = Job(
        settings=Settings(handbook=HandbookSettings(source=str(folder))),
        options=AuditOptions(offline=True),
        secrets=Secrets(),
        memory=Memory(),
        around=Surroundings(),
    )
    known = look(job)
    found = find_corrections(known, judge(known), FixChoice(ask=True))
    (page,) = (after for before, after in found.pages if before.path == PAGE)
    return encode_page(page).decode("utf-8")


def _list_broken(built: Built) -> list[str]:
    (item,) = (one for one in built.items if one["file"].startswith("docs/fejl"))
    return [link.target for link in built.links(item) if not link.reached]


@pytest.mark.parametrize(
    ("permalink", "address"), [("", "/docs/bilag.html"), ("permalink: pretty\n", "/docs/bilag/")]
)
def test_corrected_links_work_where_jekyll_builds_them(
    build: Callable[..., Built], tmp_path: Path, permalink: str, address: str
) -> None:
    """Each link that was broken on the built site reaches a file after the correction."""
    faults = FAULTS.replace("/docs/bilag.html", address)
    sources = tmp_path / "sources"
    shutil.copytree(HERE / "sources", sources)
    (sources / "_config.yml").write_text(
        (sources / "_config.yml").read_text(encoding="utf-8") + BASE + permalink, encoding="utf-8"
    )
    # Without one GitHub's own plugins are on, by which `bilag.md` works.
    (sources / "Gemfile").write_text('gem "jekyll"\n', encoding="utf-8")
    (sources / PAGE).write_text(faults, encoding="utf-8")
    before = build(BASE + permalink, {PAGE: faults}, "/haandbog")
    assert len(_list_broken(before)) >= 9

    after = build(BASE + permalink, {PAGE: _correct(sources)}, "/haandbog")
    assert _list_broken(after) == []
