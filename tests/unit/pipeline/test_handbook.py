"""What is understood of a handbook's texts before anything is asked."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from syncer.audit.codes import FINDING_CODES
from syncer.config import Secrets, Settings
from syncer.config.settings import (
    AliasSettings,
    HandbookSettings,
    LinksSettings,
    NextcloudSettings,
    PinSettings,
)
from syncer.errors import ConfigError
from syncer.model.handbook import Handbook, PageText, PlaceKind, SiteKind, UnreadablePage
from syncer.model.links import LinkRoute
from syncer.model.reason import Reason
from syncer.pipeline.handbook import (
    WAIVABLE_CODES,
    ReadHandbook,
    load_handbook,
    understand_handbook,
)
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.options import AuditOptions
from syncer.surroundings import Surroundings
from tests.cloud.cloud import Cloud
from tests.cloud.server import serve_cloud

NIGHT = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)
TOKENS = ("Aaaa1111Bbbb222", "Cccc3333Dddd444")
SHARES = tuple(f"https://boks.example/s/{token}" for token in TOKENS)
TABLE = "| Ressource | Placering |\n|---|---|\n"
PAGES = {
    "a.md": f"# A\n\n[b](b.md), [boks]({SHARES[0]}), [web](https://a.example/), <mailto:a@b.dk>\n",
    "b.md": f"# B\n\n{TABLE}| Plan | [Boks]({SHARES[1]}) |\n| Guide | Skuffen |\n",
    "mappe/c.md": "# C\n\n[inde](https://boks.example/f/7)\n",
}


def read(
    pages: dict[str, str] | None = None,
    globs: tuple[str, ...] = (),
    *,
    settings: Settings | None = None,
    known: Any = None,
    **more: Any,
) -> ReadHandbook:
    """Understand pages, on a host that is a Nextcloud, on GitHub."""
    texts = PAGES if pages is None else pages
    values: dict[str, Any] = {
        "source": "haandbog",
        "revision": None,
        "stale": None,
        "pages": tuple(PageText(path, text, place=path) for path, text in sorted(texts.items())),
        "unreadable": (),
        "files": tuple(sorted(texts)),
        "config": None,
    }
    now = more.pop("now", lambda: NIGHT)
    job = Job(
        settings=settings or make_settings(),
        options=AuditOptions(pages=globs, offline=True),
        secrets=Secrets(),
        memory=Memory(),
        around=Surroundings(now=now),
        started_at=NIGHT,
    )
    return understand_handbook(job, Handbook(**values | more), known or {})


def make_settings(**handbook: Any) -> Settings:
    """Return settings that name the Nextcloud."""
    return Settings(
        handbook=HandbookSettings(**{"site": "github"} | handbook),
        nextcloud=(NextcloudSettings(host="Boks.example"),),
    )


def test_rows_are_of_all_pages_and_links_of_those_that_are_audited() -> None:
    """A group may span pages; the addresses of both are parsed."""
    whole = read()
    assert whole.audited == ("a.md", "b.md", "mappe/c.md")
    assert [row.name for row in whole.rows] == ["Plan", "Guide"]
    assert sorted(whole.share_links) == sorted((*SHARES, "https://boks.example/f/7"))
    part = read(globs=("a.md",))
    assert part.audited == ("a.md",)
    assert [row.name for row in part.rows] == ["Plan", "Guide"]
    assert {routed.link.span.file for routed in part.links} == {"a.md"}
    assert list(part.share_links) == sorted(SHARES)
    assert set(part.pages) == set(PAGES)


def test_tables_are_found_by_the_words_of_the_settings() -> None:
    """In place of the built-in ones."""
    page = "# A\n\n| Dokument | Hvor |\n|---|---|\n| Plan | MANGLER Skuffen |\n| Guide | ToDo |\n"
    words = {
        "table_headers": ("Dokument",),
        "place_headers": ("Hvor",),
        "todo_markers": ("MANGLER",),
    }
    rows = read({"a.md": page}, settings=make_settings(**words)).rows
    assert [(row.name, row.todo) for row in rows] == [("Plan", True), ("Guide", False)]
    assert read({"a.md": page}).rows == ()
    assert read(settings=make_settings(**words)).rows == ()


def test_a_link_goes_to_who_can_answer_for_it() -> None:
    """The site first, then a Nextcloud, with a login or without, then the web or nobody."""
    routes = {routed.link.url: routed for routed in read().links}
    assert {url: routed.route for url, routed in routes.items()} == {
        "b.md": LinkRoute.SITE,
        SHARES[0]: LinkRoute.SHARE,
        "https://a.example/": LinkRoute.WEB,
        "mailto:a@b.dk": LinkRoute.MAIL,
        SHARES[1]: LinkRoute.SHARE,
        "https://boks.example/f/7": LinkRoute.LOGIN,
    }
    assert routes["b.md"].on_site is not None
    assert routes[SHARES[0]].on_site is None
    share = routes[SHARES[0]].share
    assert share is not None
    assert share.share_id == f"boks.example/{TOKENS[0]}"
    assert routes["https://a.example/"].share is None


@pytest.mark.parametrize(
    ("handbook", "globs", "audited"),
    [
        ({}, (), ("a.md", "b.md", "mappe/c.md")),
        ({"pages": ("mappe/**",)}, (), ("mappe/c.md",)),
        ({"exclude": ("b.md",)}, (), ("a.md", "mappe/c.md")),
        ({"exclude": ("b.md",)}, ("b.md", "a.md"), ("a.md",)),
        ({}, ("c.md",), ("mappe/c.md",)),
    ],
)
def test_settings_name_pages_and_globs_select_of_them(
    handbook: dict[str, Any], globs: tuple[str, ...], audited: tuple[str, ...]
) -> None:
    """Of what the settings exclude no glob makes a page of the run; nor has it rows."""
    found = read(globs=globs, settings=make_settings(**handbook))
    assert found.audited == audited
    excluded = "b.md" in handbook.get("exclude", ()) or "pages" in handbook
    assert bool(found.rows) is not excluded


def test_globs_that_select_nothing_are_wrong() -> None:
    """Unless it could not be read, or there are no pages at all."""
    with pytest.raises(ConfigError, match="No page of the handbook matches --page nix") as raised:
        read(globs=("nix.md",))
    assert "There are 3 pages, a.md among them." in str(raised.value)
    unread = UnreadablePage("nix.md", Reason("binary"))
    assert read(globs=("nix.md",), unreadable=(unread,)).unreadable == (unread,)
    assert read({}, ("nix.md",)).audited == ()


def test_only_the_page_that_was_asked_for_is_audited() -> None:
    """The others are what its links lead to."""
    found = read(only_page="b.md")
    assert found.audited == ("b.md",)
    assert set(found.pages) == set(PAGES)
    folder = UnreadablePage("mappe", Reason("folder-io-error"))
    page = UnreadablePage("d.md", Reason("binary"))
    unread = read(only_page="d.md", unreadable=(page, folder)).unreadable
    assert unread == (page,)


@pytest.mark.parametrize(
    ("path", "code", "handbook", "globs", "told"),
    [
        ("d.md", "binary", {}, (), True),
        ("d.md", "binary", {}, ("a.md",), False),
        ("d.md", "binary", {}, ("d.md", "a.md"), True),
        ("d.md", "binary", {"exclude": ("d.md",)}, (), False),
        ("d.html", "binary", {}, (), False),
        ("mappe", "folder-io-error", {}, (), True),
        ("mappe", "folder-io-error", {"pages": ("a.md", "/b.md")}, (), True),
        ("mappe", "folder-io-error", {"pages": ("a/*.md",), "exclude": ()}, (), False),
        ("mappe", "folder-io-error", {"exclude": ("mappe/**",)}, (), False),
        ("mappe", "folder-io-error", {"exclude": ("mappe/*.md",)}, (), True),
        ("mappe", "folder-io-error", {}, ("a.md", "andet/*.md"), True),
        ("mappe", "folder-io-error", {"pages": ("**/*.md",)}, ("andet/*.md", "b/x.md"), False),
    ],
)
def test_what_could_not_be_read_is_told_where_it_belongs_to_the_run(
    path: str, code: str, handbook: dict[str, Any], globs: tuple[str, ...], told: bool
) -> None:
    """A page by its own path, a folder by what it may hold."""
    unread = UnreadablePage(path, Reason(code))
    pages = {**PAGES, "andet/e.md": "# E\n", "a/f.md": "# F\n"}
    found = read(pages, globs, settings=make_settings(**handbook), unreadable=(unread,))
    assert found.unreadable == ((unread,) if told else ())


def test_an_alias_of_the_handbook_explains_a_place() -> None:
    """The administrator's settings win over the handbook's own, of aliases and of pins."""
    own = (
        f'[[alias]]\nlabel = "Skuffen"\nshare = "boks.example/{TOKENS[1]}"\npath = "Egen"\n'
        f'[[pin]]\nname = "Plan"\nshare = "boks.example/{TOKENS[1]}"\npath = "egen.docx"\n'
        '[links]\nexclude = ["https://egen.example/*"]\n'
    )
    found = read(own_settings=own)
    guide = found.rows[1].places
    assert [(place.share, place.path) for place in guide] == [(f"boks.example/{TOKENS[1]}", "Egen")]
    mine = replace(
        make_settings(),
        alias=(AliasSettings(label="Skuffen", share=f"boks.example/{TOKENS[0]}", path="Min"),),
        pin=(PinSettings(name="Plan", share=f"boks.example/{TOKENS[0]}", path="min.docx"),),
        links=LinksSettings(exclude=("https://min.example/*",)),
    )
    found = read(own_settings=own, settings=mine)
    assert [(place.share, place.path) for place in found.rows[1].places] == [
        (f"boks.example/{TOKENS[0]}", "Min")
    ]
    assert [pin.path for pin in found.settings.pin] == ["min.docx", "egen.docx"]
    assert found.settings.links.exclude == ("https://min.example/*", "https://egen.example/*")


def test_a_folder_behind_a_login_is_a_place_where_an_account_is_named() -> None:
    """Only in its cloud; elsewhere nobody can look."""
    url = "https://{}.example/apps/files/?dir=/Aftaler"
    rows = "".join(f"| {name} | [x]({url.format(name)}) |\n" for name in ("boks", "sky", "ny"))
    clouds = (
        NextcloudSettings(host="Boks.example", user="anna"),
        NextcloudSettings(host="sky.example"),
    )
    found = read({"a.md": TABLE + rows}, settings=replace(make_settings(), nextcloud=clouds))
    places = {row.name: [(p.kind, p.share, p.path) for p in row.places] for row in found.rows}
    assert places == {
        "boks": [(PlaceKind.SHARE, "boks.example/@account", "Aftaler")],
        "sky": [(PlaceKind.LOGIN, None, None)],
        "ny": [(PlaceKind.OUTSIDE, None, None)],
    }


def test_pages_that_come_too_late_are_unreadable() -> None:
    """After ten minutes of parsing; what is known needs none."""
    times = iter([NIGHT, *[NIGHT.replace(hour=3)] * 9])
    found = read({"a.md": "---\nx: 1\n---\n", "b.md": "# B\n"}, now=lambda: next(times))
    reason = Reason("handbook-read-timeout")
    assert found.unreadable == (
        UnreadablePage("a.md", reason, has_front_matter=True),
        UnreadablePage("b.md", reason, has_front_matter=False),
    )
    assert (found.audited, found.handbook.pages) == ((), ())
    times = iter([NIGHT, *[NIGHT.replace(hour=2, minute=25)] * 9])
    assert read({"a.md": "# A\n"}, now=lambda: next(times)).unreadable == ()
    times = iter([NIGHT, *[NIGHT.replace(hour=3)] * 9])
    known = {"a.md": read({"a.md": "# A\n"}).pages["a.md"]}
    late = read({"a.md": "# A\n"}, known=known, now=lambda: next(times))
    assert (late.pages, late.unreadable) == (known, ())


@pytest.mark.parametrize(
    ("site", "kind", "bare"),
    [
        ("jekyll", SiteKind.JEKYLL, True),
        ("github", SiteKind.GITHUB, False),
        ("files", SiteKind.FILES, False),
    ],
)
def test_a_site_is_read_as_what_it_is(site: str, kind: SiteKind, bare: bool) -> None:
    """Only Jekyll shows addresses as text, and has settings that may be unread."""
    config = PageText("_config.yml", "title: [\n", place="_config.yml")
    broken: dict[str, Any] = {"config": config.text, "config_page": config}
    pages = {"a.md": "---\ntitle: A\n---\n# A\n"}
    found = read(pages, settings=make_settings(site=site))
    assert (found.kind, found.bare_is_text) == (kind, bare)
    told = read(pages, settings=make_settings(site=site), **broken).unreadable
    assert [page.path for page in told] == (["_config.yml"] if bare else [])
    named = make_settings(site=site, pages=("*",))
    unread = (
        UnreadablePage("_config.yml", Reason("not-utf8")),
        UnreadablePage("b.md", Reason("x")),
    )
    told = read(pages, settings=named, unreadable=unread, **broken).unreadable
    assert [page.path for page in told] == ["_config.yml", "b.md"]


def test_links_of_the_settings_belong_to_whole_runs() -> None:
    """`_config.yml` is no page that a glob selects."""
    config = PageText("_config.yml", f"aux_links:\n  Boks: {SHARES[0]}\n", place="_config.yml")
    pages = {"a.md": "---\ntitle: A\n---\n# A\n"}
    more: dict[str, Any] = {"config": config.text, "config_page": config}
    settings = make_settings(site="jekyll")
    assert list(read(pages, settings=settings, **more).share_links) == [SHARES[0]]
    part = read(pages, ("a.md",), settings=settings, **more)
    assert (part.links, dict(part.share_links)) == ((), {})


ADMONITION = "# A\n\n!!! note\n    [b](b.md)\n"


@pytest.mark.parametrize(
    ("site", "text", "urls"),
    [
        ("files", ADMONITION, ["b.md"]),
        ("github", ADMONITION, ["b.md"]),
        ("github", "# A\n\n!!! note\n\n    [b](b.md)\n", []),
        ("files", "# A\n\n!!! note\n\n    [b](b.md)\n", ["b.md"]),
        ("github", "{% if false %}[b](b.md){% endif %}\n", ["b.md"]),
        ("jekyll", "---\nx: 1\n---\n{% if page.x == 2 %}[b](b.md){% endif %}\n", []),
        ("jekyll", "---\nx: 2\n---\n{% if page.x == 2 %}[b](b.md){% endif %}\n", ["b.md"]),
    ],
)
def test_a_page_is_read_as_its_site_shows_it(site: str, text: str, urls: list[str]) -> None:
    """Conditions are Jekyll's alone; the text of a box is no code to other generators."""
    found = read({"a.md": text}, settings=make_settings(site=site))
    assert [link.url for link in found.pages["a.md"].links] == urls


def test_a_generator_is_named_by_its_file() -> None:
    """Else the settings, which say that there is one."""
    pages = {"a.md": "[b](#nej)\n"}
    for files, named in ((("a.md", "mkdocs.yml"), "mkdocs.yml"), (("a.md",), "[handbook] site")):
        found = read(pages, settings=make_settings(site="files"), files=files)
        (routed,) = found.links
        assert routed.on_site is not None
        assert routed.on_site.reason == Reason("link-other-generator", {"file": named})


def test_pages_that_are_known_are_not_parsed_again() -> None:
    """The others are."""
    known = {"a.md": read({"a.md": "# En\n"}).pages["a.md"]}
    found = read({"a.md": "# To\n", "b.md": "# Tre\n"}, known=known)
    assert [page.headings[0].text for page in found.pages.values()] == ["En", "Tre"]


def test_what_a_handbook_may_accept_itself() -> None:
    """Anything but a mistake in how it does so."""
    assert set(FINDING_CODES) - WAIVABLE_CODES == {"handbook-settings-invalid", "waiver-unused"}


def test_a_handbook_is_read_from_where_the_options_say(tmp_path: Path) -> None:
    """Else from where the settings do; a checkout is kept in the state folder."""
    for name in ("valgt", "sat"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.md").write_text("# A\n")
    settings = make_settings(source=str(tmp_path / "sat"))
    for option, page in ((None, "sat.md"), (str(tmp_path / "valgt"), "valgt.md")):
        job = Job(
            settings=settings,
            options=AuditOptions(handbook=option, offline=True),
            secrets=Secrets(),
            memory=Memory(),
            around=Surroundings(now=lambda: NIGHT),
        )
        assert load_handbook(job).audited == (page,)


def test_a_checkout_is_kept_in_the_state_folder(tmp_path: Path) -> None:
    """Of the branch that the settings name."""
    source = tmp_path / "x"
    source.mkdir()
    for command in (
        ("init", "-q", "-b", "gren"), ("add", "-A"),
        ("-c", "user.name=a", "-c", "user.email=a@b.dk", "commit", "-qm", "a"),
    ):  # fmt: skip
        (source / "a.md").write_text("# A\n")
        subprocess.run(["git", *command], cwd=source, check=True)
    subprocess.run(["git", "clone", "-q", "--bare", source, tmp_path / "x.git"], check=True)
    job = Job(
        settings=make_settings(source=str(tmp_path / "x.git"), branch="gren"),
        options=AuditOptions(offline=True),
        secrets=Secrets(),
        memory=Memory(folder=tmp_path / "state"),
        around=Surroundings(now=lambda: NIGHT),
    )
    assert load_handbook(job).audited == ("a.md",)
    assert list((tmp_path / "state" / "handbooks").rglob("a.md"))


@pytest.mark.parametrize(
    ("link", "links", "options", "known"),
    [
        ("f/7", {"allow_private": True}, {}, {True}),
        ("f/7", {}, {}, set()),
        (f"s/{TOKENS[0]}", {"allow_private": True}, {}, set()),
        ("f/7", {"allow_private": True, "exclude": ("*/f/8", "*/f/7")}, {}, set()),
        ("f/7", {"allow_private": True, "exclude": ("*/f/8",)}, {}, {True}),
        ("f/7", {"allow_private": True, "inside_hosts": ("{host}",)}, {}, set()),
        ("f/7", {"allow_private": True}, {"offline": True}, set()),
    ],
)
def test_a_host_that_no_settings_name_is_asked_what_it_is(
    link: str, links: dict[str, Any], options: dict[str, Any], known: set[bool]
) -> None:
    """Unless the settings forbid it; where people may have shares no private address is."""
    with serve_cloud(Cloud("31.0.4")) as server:
        hosts = tuple(host.format(host=server.host) for host in links.get("inside_hosts", ()))
        settings = Settings(
            handbook=HandbookSettings(site="github"),
            links=LinksSettings(**links | {"inside_hosts": hosts}),
        )
        job = Job(
            settings=settings,
            options=AuditOptions(**options),
            secrets=Secrets(),
            memory=Memory(),
            around=Surroundings(),
            started_at=NIGHT,
        )
        text = f"[a]({server.base_url}/{link})\n"
        found = understand_handbook(job, read({"a.md": text}).handbook, {})
        assert set(found.clouds.values()) == known
        assert bool(server.traffic.total) is bool(known)
