"""A page takes time in proportion to its size, or is called unreadable; the run goes on."""

from __future__ import annotations

import json
import sys
import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from syncer.config import Secrets, Settings
from syncer.handbook.jekyll.check import Site
from syncer.handbook.jekyll.config import read_config
from syncer.handbook.kramdown.effort import PageTooComplexError
from syncer.handbook.kramdown.page import parse_page
from syncer.handbook.own_settings import read_own_settings
from syncer.handbook.repository.file_links import RepositorySite, build_repository
from syncer.model.handbook import Handbook, PageText
from syncer.model.links import LinkStatus
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.options import AuditOptions
from syncer.pipeline.run import run_audit
from syncer.surroundings import Surroundings
from tests.security.hostile_pages import AUDITED, PAGES
from tests.unit.handbook.jekyll.test_built_parts import judge, make_site

SMALL, FACTOR = 24_000, 4
MOST_GROWTH = 12.0
"""Four times the size in twelve times the time at most: quadratic growth would be sixteen."""
_UNMEASURABLE_S = 0.05


def measure(text: str) -> float:
    """Return the seconds of processor time of one reading, without coverage, which takes more."""
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        start = time.process_time()
        with suppress(PageTooComplexError):
            parse_page(PageText("a.md", text))
        return time.process_time() - start
    finally:
        sys.settrace(tracer)


@pytest.mark.parametrize("kind", PAGES)
def test_time_grows_with_the_size(kind: str) -> None:
    """Every construct that a page can open and not close, nested and repeated."""
    small, large = PAGES[kind](SMALL), PAGES[kind](SMALL * FACTOR)
    most_s = max(min(measure(small), measure(small)), _UNMEASURABLE_S) * MOST_GROWTH
    assert any(measure(large) < most_s for _ in range(3))  # a busy machine may spoil one reading


@pytest.mark.parametrize("kind", AUDITED)
def test_time_of_a_whole_audit_grows_with_the_size(kind: str, tmp_path: Path) -> None:
    """Rows, places and shares: six times the size takes fifteen times the time at most."""

    def audit(size: int) -> float:
        (tmp_path / "handbook").mkdir(exist_ok=True)
        (tmp_path / "handbook" / "a.md").write_text(AUDITED[kind](size), encoding="utf-8")
        options = AuditOptions(handbook=str(tmp_path / "handbook"), offline=True)
        around = Surroundings(now=lambda: datetime(2026, 5, 4, tzinfo=UTC), sleep=lambda _: None)
        tracer = sys.gettrace()
        sys.settrace(None)
        try:
            start = time.process_time()
            run_audit(Job(Settings(), options, Secrets(), Memory(), around))
            return time.process_time() - start
        finally:
            sys.settrace(tracer)

    most_s = max(audit(20_000), 0.1) * 15
    assert audit(120_000) < most_s


def test_a_page_beyond_its_budget_is_unreadable_and_the_run_goes_on(
    syncer: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    """It is named with its reason, the other page is read, and the run is incomplete."""
    (tmp_path / "handbook").mkdir()
    (tmp_path / "handbook" / "ond.md").write_text("---\n---\n" + "[" * 3_900_000, encoding="utf-8")
    (tmp_path / "handbook" / "god.md").write_text("---\n---\n[x]()\n", encoding="utf-8")
    done = syncer("audit", "--offline", tmp_path / "handbook", "--format", "json")
    manifest = json.loads(done.stdout)
    found = [(one["code"], one["page"], one["args"].get("why")) for one in manifest["findings"]]
    assert found == [("link-empty", "god.md", "link-empty"),
                     ("page-unreadable", "ond.md", "page-too-complex")]  # fmt: skip
    assert done.returncode == 3


@pytest.mark.parametrize(
    ("unit", "fine", "too_many"),
    [
        ("| Aftale {} | [x](https://cloud.example.org/s/AbCdEfGhI{:06}) |\n", 1_500, 2_100),
        ("\n[x](https://example.org/{})\n", 5_000, 8_000),
    ],
    ids=["rows", "links"],
)
def test_a_page_of_thousands_of_rows_or_links_is_unreadable(
    syncer: Callable[..., CompletedProcess[str]],
    tmp_path: Path,
    unit: str,
    fine: int,
    too_many: int,
) -> None:
    """They cost time after they were read; more than any handbook has are fine."""
    (tmp_path / "handbook").mkdir()
    for name, count in (("god.md", fine), ("ond.md", too_many)):
        rows = "".join(unit.format(number, number) for number in range(count))
        text = f"---\n---\n# A\n\n| Ressource | Placering |\n|---|---|\n{rows}"
        (tmp_path / "handbook" / name).write_text(text, encoding="utf-8")
    done = syncer("audit", "--offline", tmp_path / "handbook", "--format", "json")
    manifest = json.loads(done.stdout)
    assert [one["page"] for one in manifest["findings"]] == ["ond.md"]
    assert manifest["findings"][0]["args"]["why"] == "page-too-complex"
    assert {link["page"] for link in manifest["links"]} == {"god.md"}
    assert (len(manifest["links"]), done.returncode) == (fine, 3)


def test_front_matter_is_bounded(
    syncer: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    """Nested brackets, aliases of aliases and merges end in a finding, quickly."""
    bombs = {
        "nested.md": "a: " + "[" * 16_000,
        "aliases.md": "a0: &a0 [x]\n"
        + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)),
        "merges.md": "a0: &a0 {x: 1}\n"
        + "".join(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 9)),
    }
    (tmp_path / "handbook").mkdir()
    for name, bomb in bombs.items():
        text = f"---\n{bomb}\n---\n# Side\n"
        (tmp_path / "handbook" / name).write_text(text, encoding="utf-8")
    start = time.monotonic()
    done = syncer("audit", "--offline", tmp_path / "handbook", "--format", "json")
    assert done.returncode in (0, 1, 3), done.stderr
    assert time.monotonic() - start < 120
    assert "nested.md" in {one["page"] for one in json.loads(done.stdout)["findings"]}


@pytest.mark.parametrize("key", ["exclude", "include"])
@pytest.mark.parametrize(("count", "codes"), [(450, (0, 1)), (20_000, (3,))])
def test_patterns_of_the_site_are_bounded(
    syncer: Callable[..., CompletedProcess[str]],
    tmp_path: Path,
    key: str,
    count: int,
    codes: tuple[int, ...],
) -> None:
    """Hundreds of patterns for hundreds of pages are quick; more are no settings of a site."""
    (tmp_path / "handbook").mkdir()
    for number in range(300):
        (tmp_path / "handbook" / f"p{number}.md").write_text("# a\n\n[x](b.md)\n", encoding="utf-8")
    patterns = ", ".join(f'"*a*a*a*a*a*a*a*a{number}"' for number in range(count))
    (tmp_path / "handbook" / "_config.yml").write_text(f"{key}: [{patterns}]\n", encoding="utf-8")
    start = time.monotonic()
    done = syncer("audit", "--offline", tmp_path / "handbook")
    assert done.returncode in codes, done.stderr
    assert time.monotonic() - start < 120


@pytest.mark.parametrize(
    "setting",
    [
        "kramdown: {toc_levels: [*x9]}",
        "kramdown: {auto_ids: *x9}",
        "kramdown: {gfm_quirks: *x9}",
        "markdown: redcarpet\nredcarpet: *x9",
        "theme: *x9",
        "defaults: [{scope: {path: ''}, values: {layout: *x9, redirect_from: [*x9]}}]",
        "plugins: [jekyll-paginate]\npaginate: 1\npaginate_path: *x9",
    ],
)
def test_aliases_in_the_sites_settings_take_no_time(
    syncer: Callable[..., CompletedProcess[str]], tmp_path: Path, setting: str
) -> None:
    """A few lines that stand for a text of gigabytes are no settings, and the run says so."""
    lines = [f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]" for n in range(1, 10)]
    (tmp_path / "handbook").mkdir()
    (tmp_path / "handbook" / "_config.yml").write_text("\n".join(["x0: &x0 [x]", *lines, setting]))
    (tmp_path / "handbook" / "a.md").write_text("---\n---\n# A\n\n[x](/b.html)\n")
    done = syncer("audit", "--offline", tmp_path / "handbook", "--format", "json")
    manifest = json.loads(done.stdout)
    assert [one["page"] for one in manifest["findings"]] == ["_config.yml"]
    assert done.returncode == 3


@pytest.mark.parametrize(
    ("setting", "url"),
    [
        (f"jekyll-archives: {{permalinks: {{tag: '/{':name' * 30}/x'}}}}", f"/{'a' * 400}"),
        (f"jekyll-archives: {{permalinks: {{tag: '{'/:name-' * 2_000}'}}}}", f"/{'a-/' * 400}b"),
        (f"defaults: [{{scope: {{path: '{'**/' * 4_000}x'}}, values: {{a: 1}}}}]", "/a/" * 60),
        (f"defaults: [{{scope: {{path: '{'**/*/' * 300}x'}}, values: {{a: 1}}}}]", "/a/" * 60),
    ],
)
def test_templates_and_globs_of_the_site_take_no_time(setting: str, url: str) -> None:
    """Several keys in one folder's name, and as many `**` as one likes."""
    files = {f"{'a/' * 50}{number}.md": "---\n---\n" for number in range(100)}
    start = time.process_time()
    verdict = judge(make_site(files, f"plugins: [jekyll-archives]\n{setting}\n"), f"[x]({url})")
    assert verdict.status in (LinkStatus.BROKEN, LinkStatus.UNCHECKED)
    assert time.process_time() - start < 5


_MANY = ", ".join(f"a{number}" for number in range(501))


@pytest.mark.parametrize(
    "setting",
    [
        f"keep_files: [{_MANY}]",
        f"plugins: [{_MANY}]",
        f"markdown_ext: '{_MANY}'",
        f"aux_links: {{{_MANY}}}",
        f"nav_external_links: [{_MANY}]",
        f"footer_content: '{'<a href=b>' * 501}'",
        f"defaults: [{{scope: {{path: ''}}, values: {{redirect_from: [{_MANY}]}}}}]",
        f"defaults: [{{scope: {{path: ''}}, values: {{categories: '{'a ' * 1_000}'}}}}]",
    ],
)
def test_settings_that_count_on_every_page_are_few(setting: str) -> None:
    """Each page, or each link, is compared with each of them; no site has so many."""
    assert read_config(setting).problem is not None
    shorter = setting.replace(", a500", "").replace("<a href=b>" * 501, "x").replace("a " * 999, "")
    shorter = shorter if "redirect_from" not in setting else setting.replace(_MANY, "a, b")
    assert read_config(shorter).problem is None


@pytest.mark.parametrize(
    "setting",
    [
        "exclude: [" + ", ".join(f"'*{'?' * 480}{number}z'" for number in range(490)) + "]",
        f"defaults: [{{scope: {{path: '{'**//' * 52_000}x'}}, values: {{a: 1}}}}]",
    ],
)
def test_globs_cost_no_more_than_the_files_of_the_site(setting: str) -> None:
    """What follows a star is tried at each place of each path: such settings are not read."""
    files = {f"{'a/' * 500}{number}.md": "---\n---\n" for number in range(50)}
    start = time.process_time()
    site = make_site({"b.md": "", **files}, setting + "\n")
    assert judge(site, "[x](nope.md)").status is LinkStatus.UNCHECKED
    assert time.process_time() - start < 3


def test_many_globs_of_defaults_cost_little_for_each_page() -> None:
    """Of all paths that a set applies to only the one that may begin a page's is looked at."""
    sets = ", ".join(
        f"{{scope: {{path: '{'*' * (at % 9 + 1)}'}}, values: {{a{at}: 1}}}}" for at in range(500)
    )
    files = {f"{number}.md": "---\n---\n" for number in range(800)}
    start = time.process_time()
    make_site(files, f"defaults: [{sets}]\n")
    assert time.process_time() - start < 6


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("a: &a [x]\nb: [*a, *a]\nc: &c [*a]\nd: *c\n", True),
        ("a: &a [*a]\n", False),
        ("a: *nothing\n", False),
        (f"a: &a {'x' * 200_000}\nb: [{', '.join(['*a'] * 3)}]\n", True),
        (f"a: &a {'x' * 200_000}\nb: [{', '.join(['*a'] * 6)}]\n", False),
    ],
)
def test_an_alias_stands_for_what_ended_before_it(text: str, is_read: bool) -> None:
    """So that no value has itself in it, and together for no more than four times the file."""
    assert (read_config(text).problem is None) is is_read


@pytest.mark.parametrize(
    "number", ["1" + ":59" * 80_000, "1" + ":59" * 80_000 + ".5", "9" * 200_000]
)
def test_a_number_in_the_sites_settings_takes_no_time(number: str) -> None:
    """YAML reads `1:59:59` to base 60, in time that grows with its square."""
    start = time.process_time()
    config = read_config(f"title: {number}\n")
    assert config.problem is not None
    assert time.process_time() - start < 0.5


def test_many_comments_on_one_block_share_what_they_cover() -> None:
    """Each covers the whole page, and none keeps a copy of it."""
    comment = "<!-- syncer: ignore link-broken until 2027-02-01: r -->\n"
    page = PageText("a.md", comment * 201 + "😀" + ("a" * 99 + "\n") * 41_000)
    tracemalloc.start()
    start = time.process_time()
    own = read_own_settings(None, [page], [], codes={"link-broken"}, today=date(2026, 11, 29))
    assert time.process_time() - start < 5
    assert tracemalloc.get_traced_memory()[1] < 100 << 20
    tracemalloc.stop()
    assert len(own.waivers) == 200


@pytest.mark.parametrize(
    "text",
    [
        "<!-- syncer:" + " " * 20_000 + "x",
        "<!-- syncer:" * 20_000,
        "<!-- syncer: " + "<!-- syncer: -" * 20_000 + "-->",
        "<!--" + " " * 200_000 + "syncer: x -->",
    ],
)
def test_comments_for_syncer_take_no_time(text: str) -> None:
    """Blanks without an end, and openers without a closer."""
    start = time.process_time()
    read_own_settings(None, [PageText("a.md", text)], (), codes=(), today=date(2026, 10, 1))
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "files",
    [
        {"_plugins/a.rb": "\n" * 40_000},
        {"_plugins/a.rb": "=begin\n" * 40_000},
        {"_layouts/default.html": "---\n---\n" + "{[{%" * 20_000, "_includes/a.html": "---\n---\n"},
    ],
)
def test_programs_and_layouts_of_the_site_take_no_time(files: dict[str, str]) -> None:
    """Blank lines, comments without an end, and openers without a closer."""
    start = time.process_time()
    assert judge(make_site(files), "[x](/nej)").status is not LinkStatus.OK
    assert judge(make_site(files), "[x](/#nej)").status is not LinkStatus.OK
    assert time.process_time() - start < 2


HEAD = "---\ntitle: x\n---\n"


@pytest.mark.parametrize("target", ["#top", "#", "?a"])
@pytest.mark.parametrize("folder", ["", "d{}/"])
def test_links_of_every_page_take_no_time(target: str, folder: str) -> None:
    """Each of 499 in the settings is one on each of 1,500 pages."""
    body = f"{HEAD}# Joined\n{{% include x.html %}}\n"
    files = {f"{folder.format(number)}p{number}.md": body for number in range(1_500)}
    config = "aux_links:\n" + "".join(f'  "{n}": "{target}"\n' for n in range(499))
    site = make_site({**files, "_includes/x.html": "x"}, config)
    start = time.process_time()
    verdicts = [site.check(link) for link in site.config_links]
    assert time.process_time() - start < 4
    assert len(verdicts) == 499


def test_a_layout_of_a_megabyte_is_in_memory_once() -> None:
    """Whatever the number of pages with it: its ids are theirs, too."""
    layout = f"{HEAD}{{{{ content }}}}" + "".join(f"<i id='a{n}'></i>" for n in range(20_000))
    front = "---\nlayout: stor\n---\n# A\n"
    pages = {f"p{number}.md": front for number in range(500)}
    tracemalloc.start()
    site = make_site({**pages, "_layouts/stor.html": layout})
    assert tracemalloc.get_traced_memory()[1] < 100 << 20
    tracemalloc.stop()
    assert judge(site, "[x](p7.html#a19999)").status is LinkStatus.OK


def test_dead_links_to_a_name_that_all_folders_have_take_no_time() -> None:
    """The nearest of 1,500 is found for each of 1,500 links."""
    site = make_site({f"d{number}/p.md": HEAD for number in range(1_500)})
    links = parse_page(PageText("index.md", "[x](q/p.html)\n\n" * 1_500)).links
    start = time.process_time()
    statuses = {verdict and verdict.status for verdict in map(site.check, links)}
    assert time.process_time() - start < 2
    assert statuses == {LinkStatus.BROKEN}


@pytest.mark.parametrize("where", ["jekyll", "github"])
def test_dead_anchors_of_a_page_with_many_ids_take_no_time(where: str) -> None:
    """Each of 2,000 is looked for among 4,000, in other spellings too."""
    text = "".join(f"# A {number}\n" for number in range(4_000))
    page = PageText("index.md", HEAD + text + "".join(f"[x](#b{n})\n\n" for n in range(2_000)))
    parsed = parse_page(page)
    if where == "jekyll":
        site: Site | RepositorySite = make_site({page.path: page.text})
    else:
        handbook = Handbook("test", None, None, (page,), (), (page.path,), None, None)
        site = build_repository(handbook, {page.path: parsed})
    start = time.process_time()
    statuses = {verdict and verdict.status for verdict in map(site.check, parsed.links)}
    assert time.process_time() - start < 1.5
    assert statuses == {LinkStatus.BROKEN}
