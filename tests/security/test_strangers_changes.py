"""What a pull request cannot hide: names, rows, doubts, hosts and keys of a stranger's change."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Syncer = Callable[..., "subprocess.CompletedProcess[str]"]

SHARE = "Aftaler00000001"
ROW = "| {} | [Nextcloud](https://cloud.example.org/s/{}) |\n"
TABLE = "---\n---\n# A\n\n| Ressource | Placering |\n|---|---|\n"


def git(folder: Path, *arguments: str) -> None:
    """Run git."""
    who = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


def write(folder: Path, **files: str) -> None:
    """Write pages; `__` in a name is a dot."""
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    """Return a repository of one sound page."""
    folder = tmp_path / "handbook"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    write(folder, index__md="---\n---\n# I\n\n[ok](index.md)\n")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "base")
    return folder


def audit(syncer: Syncer, handbook: Path, *more: object) -> int:
    """Audit offline against the last commit; return the exit code."""
    base = ("audit", "--offline", "--handbook", handbook, "--baseline", "HEAD")
    return syncer(*base, *more).returncode


def test_a_twin_in_another_unicode_form_hides_no_page(syncer: Syncer, handbook: Path) -> None:
    """Of two files with one name neither is judged, and the run is incomplete."""
    bad = "---\n---\n# A\n\n[bad](gone.md)\n"
    (handbook / "caf\u00e9.md").write_text(bad, encoding="utf-8")
    assert audit(syncer, handbook) == 1
    (handbook / "cafe\u0301.md").write_text("---\n---\n# A\n", encoding="utf-8")
    assert audit(syncer, handbook) == 3


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (ROW.format("Aftale (ToDo)", SHARE), ROW.format("Aftale", SHARE)),
        (ROW.format("Aftale", "Andet0000000001"), ROW.format("Aftale", SHARE)),
    ],
)
def test_a_row_that_the_change_touches_counts(
    syncer: Syncer, handbook: Path, tmp_path: Path, before: str, after: str
) -> None:
    """A promise that is dropped, a place that is changed: the missing document is the change's."""
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "Noget.docx").write_text("x", encoding="utf-8")
    copy = ("--share-folder", f"{SHARE}={tmp_path / 'copy'}")
    write(handbook, raekker__md=TABLE + before)
    git(handbook, "add", ".")
    git(handbook, "commit", "-q", "-m", "row")
    write(handbook, raekker__md=TABLE + after)
    assert audit(syncer, handbook, *copy) == 1
    git(handbook, "commit", "-q", "-a", "-m", "done")
    assert audit(syncer, handbook, *copy) == 0


def _commit_row(syncer: Syncer, handbook: Path, folder: Path) -> tuple[str, ...]:
    """Commit a row whose document is in a copy of its share; return the options for the copy."""
    folder.mkdir()
    (folder / "Aftale.docx").write_text("x", encoding="utf-8")
    copy = ("--share-folder", f"{SHARE}={folder}", "--only", "resources")
    write(handbook, raekker__md=TABLE + ROW.format("Aftale", SHARE))
    git(handbook, "add", ".")
    git(handbook, "commit", "-q", "-m", "row")
    assert audit(syncer, handbook, *copy) == 0
    return copy


@pytest.mark.parametrize("slashes", ["//", "https:///", "https:\\\\\\\\"])
def test_no_slashes_take_a_share_for_another_place(
    syncer: Syncer, handbook: Path, tmp_path: Path, slashes: str
) -> None:
    """What browsers open as the share is the share, and its missing document is missing."""
    copy = _commit_row(syncer, handbook, tmp_path / "copy")
    disguised = ROW.format("Rapport", SHARE).replace("https://", slashes)
    write(handbook, raekker__md=TABLE + ROW.format("Aftale", SHARE) + disguised)
    assert audit(syncer, handbook, *copy) == 1


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (ROW.format("Tom", SHARE), "file-empty"),
        (ROW.format("Guide", SHARE + "?dir=/Nej&path=/Nej"), "place-missing"),
    ],
)
def test_what_a_new_row_brings_counts(
    syncer: Syncer, handbook: Path, tmp_path: Path, row: str, code: str
) -> None:
    """Also what the baseline could not know, as it asks no share: a bad file, a wrong folder."""
    copy = _commit_row(syncer, handbook, tmp_path / "copy")
    (tmp_path / "copy" / "Tom.docx").write_text("", encoding="utf-8")
    write(handbook, raekker__md=TABLE + ROW.format("Aftale", SHARE) + row)
    report = tmp_path / "report.json"
    assert audit(syncer, handbook, *copy, "--format", f"json:{report}") == 1
    assert code in {one["code"] for one in json.loads(report.read_text("utf-8"))["findings"]}
    git(handbook, "commit", "-q", "-a", "-m", "done")
    assert audit(syncer, handbook, *copy) == 0


def test_what_an_unreadable_page_hid_counts(syncer: Syncer, handbook: Path) -> None:
    """The change that makes it readable brings its broken links to light."""
    (handbook / "a.md").write_bytes(b"---\n---\n# A\n\n[bad](gone.md)\xff\n")
    git(handbook, "add", ".")
    git(handbook, "commit", "-q", "-m", "unreadable")
    write(handbook, index__md="---\n---\n# I\n\n[ok](index.md) x\n")
    assert audit(syncer, handbook) == 0
    write(handbook, a__md="---\n---\n# A\n\n[bad](gone.md)\n")
    assert audit(syncer, handbook) == 1


@pytest.mark.parametrize(
    "files",
    [
        {"_config__yml": "plugins: [foo]\n"},
        {"_config__yml": "a: [\n"},
        {"Gemfile": 'group :jekyll_plugins do\n  gem "foo"\nend\n'},
    ],
)
def test_a_new_doubt_does_not_hide_broken_links(
    syncer: Syncer, handbook: Path, files: dict[str, str]
) -> None:
    """A plugin or a broken `_config.yml` makes links unchecked, and the run incomplete."""
    write(handbook, index__md="---\n---\n# I\n\n[bad](gone.md)\n")
    assert audit(syncer, handbook) == 1
    write(handbook, **files)
    assert audit(syncer, handbook) == 3
    git(handbook, "add", ".")
    git(handbook, "commit", "-q", "-m", "merged")
    assert audit(syncer, handbook) in (0, 1)


@pytest.mark.parametrize(
    "settings",
    ["title: [t\n", "plugins: [jekyll-evil]\n", "source: src\n", 'keep_files: ["b.html"]\n'],
)
def test_settings_of_the_site_hide_no_link_of_another_page(
    syncer: Syncer, handbook: Path, settings: str
) -> None:
    """A change that removes a page, and makes the links to it unchecked, is not fine."""
    write(handbook, index__md="---\n---\n# I\n\n[x](b.html)\n", b__md="---\n---\n# B\n")
    write(handbook, _config__yml="title: t\n")
    git(handbook, "add", ".")
    git(handbook, "commit", "-q", "-m", "two pages")
    assert audit(syncer, handbook) == 0
    (handbook / "b.md").unlink()
    assert audit(syncer, handbook) == 1
    write(handbook, _config__yml=settings)
    assert audit(syncer, handbook) in (1, 3)


@pytest.mark.parametrize("added", ["conf.py", "mkdocs.yml", "docs/_config.yml"])
@pytest.mark.parametrize(
    ("files", "link", "gone"),
    [
        ({"sub/x.md": "# X\n"}, "[b](sub/)", {"sub/x.md": None}),
        ({"b.png": ""}, "![b](b.png)", {"b.png": None}),
        ({"b.md": "# B\n\n## C\n"}, "[b](b.md#c)", {"b.md": "# B\n"}),
        ({"b.md": "# B\n"}, "[b](/b.md)", {"b.md": None}),
        ({"b.md": "---\n---\n# B\n", "_layouts/a.html": ""}, "[b](b.html)", {"b.md": None}),
    ],
    ids=["folder", "image", "anchor", "from-the-top", "guessed-jekyll"],
)
def test_another_kind_of_site_hides_no_link_of_another_page(
    syncer: Syncer,
    tmp_path: Path,
    added: str,
    files: dict[str, str],
    link: str,
    gone: dict[str, str | None],
) -> None:
    """What a link leads to is gone, and a new, empty file makes the link unchecked: not fine."""
    folder = tmp_path / "h"
    put(folder, {"a.md": f"---\n---\n# A\n\n{link}\n", "c.md": "# C\n", **files})
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "base")
    assert audit(syncer, folder) == 0
    put(folder, {added: "", **gone})
    assert audit(syncer, folder) in (1, 3)
    (folder / added).unlink()
    assert audit(syncer, folder) == 1


@pytest.mark.parametrize("how", ["removed", "added"])
def test_another_kind_of_site_is_looked_at_by_a_person(
    syncer: Syncer, tmp_path: Path, how: str
) -> None:
    """What is a link in one kind may be code in another, so that broken ones would be none."""
    folder = tmp_path / "h"
    there: dict[str, str | None] = {"mkdocs.yml": "site_name: x\n"}
    gone: dict[str, str | None] = {"mkdocs.yml": None}
    put(folder, {"a.md": "# A\n\n[a](a.md)\n", **(there if how == "removed" else {})})
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "base")
    put(folder, {"a.md": "# A\n\n[a](a.md)\n\n!!! note\n\n    [bad](gone.md)\n"})
    assert audit(syncer, folder) == (1 if how == "removed" else 0)
    put(folder, gone if how == "removed" else there)
    assert audit(syncer, folder) == 3
    settings = tmp_path / "settings.toml"
    settings.write_text('[handbook]\nsite = "github"\n', encoding="utf-8")
    assert audit(syncer, folder, "--config", settings) == 0


def test_the_file_that_turns_jekyll_off_is_looked_at_by_a_person(
    syncer: Syncer, tmp_path: Path
) -> None:
    """GitHub Pages then publishes the files as they are; without Jekyll it changes nothing."""
    folder = tmp_path / "h"
    put(folder, {"a.md": "---\n---\n# A\n\n[a](a.html)\n", "_config.yml": "title: t\n"})
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "base")
    put(folder, {".nojekyll": ""})
    assert audit(syncer, folder) == 3
    settings = tmp_path / "settings.toml"
    settings.write_text('[handbook]\nsite = "jekyll"\n', encoding="utf-8")
    assert audit(syncer, folder, "--config", settings) == 0
    put(folder, {"_config.yml": None, "a.md": "# A\n\n[a](a.md)\n", "mkdocs.yml": ""})
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "other")
    put(folder, {".nojekyll": None})
    assert audit(syncer, folder) == 0


@pytest.mark.parametrize(
    ("before", "now", "code"),
    [
        ("title: x\n", "kramdown: {gfm_quirks: []}\n", 3),
        ("title: x\n", "kramdown: {input: Kramdown}\n", 3),
        ("title: x\n", "markdown: CommonMark\n", 3),
        ("kramdown: {input: Kramdown}\n", "title: x\n", 3),
        ("markdown: CommonMark\n", "markdown: CommonMark\ncommonmark: {options: [HARD]}\n", 3),
        ("markdown: CommonMark\n", "markdown: CommonMark\ntitle: y\n", 0),
        ("title: x\n", "markdown: kramdown\nkramdown: {input: GFM}\n", 0),
    ],
)
def test_other_rules_of_markdown_are_looked_at_by_a_person(
    syncer: Syncer, tmp_path: Path, before: str, now: str, code: int
) -> None:
    """What is code by our rules may be a link by others."""
    folder = tmp_path / "h"
    put(folder, {"a.md": "---\n---\n[a](a.html)\n~~~\n[bad](gone.html)\n~~~\n"})
    put(folder, {"_config.yml": before})
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "base")
    put(folder, {"_config.yml": now})
    assert audit(syncer, folder) == code
    said = syncer("audit", "--offline", "--handbook", folder).stderr
    assert ("other rules of Markdown" in " ".join(said.split())) is (
        "Kramdown" in now or "quirks" in now or "CommonMark" in now
    )


@pytest.mark.parametrize("place", [".nojekyll", "docs/.nojekyll", "docs/h/.nojekyll"])
@pytest.mark.parametrize("how", ["added", "removed"])
def test_it_may_be_above_the_handbooks_folder(
    syncer: Syncer, tmp_path: Path, place: str, how: str
) -> None:
    """GitHub Pages publishes the repository's top, or its folder `docs`."""
    top = tmp_path / "repository"
    page = "---\n---\n# A\n\n[a](a.html)\n"
    put(top, {"docs/h/a.md": page, "docs/h/_config.yml": "title: t\n", "other/.nojekyll": ""})
    put(top, {place: ""} if how == "removed" else {})
    git(top, "init", "-q", "-b", "main")
    git(top, "add", ".")
    git(top, "commit", "-q", "-m", "base")
    put(top, {"other/.nojekyll": None})
    assert audit(syncer, top / "docs" / "h") == 0
    put(top, {place: "" if how == "added" else None})
    assert audit(syncer, top / "docs" / "h") == 3


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"mkdocs.yml": "", "b.png": None},
         ("another kind of website (files", "1 link that could")),
        ({".nojekyll": ""}, ("adds or removes the file .nojekyll",)),
        ({"_config.yml": "plugins: [foo]\n", "a.md": "---\n---\n[x](b.html) ![b](b.png)\n"},
         ("1 link on the changed pages", "a.md, line 3", "for a reason that is new")),
    ],
    ids=["kind", "nojekyll", "doubt"],
)  # fmt: skip
@pytest.mark.parametrize("form", ["terminal", "github"])
def test_why_a_change_makes_a_run_incomplete_is_said(
    syncer: Syncer, tmp_path: Path, files: dict[str, str | None], told: tuple[str, ...], form: str
) -> None:
    """After the closing line, and in the notice that GitHub shows, which is a warning."""
    folder = tmp_path / "h"
    put(folder, {"a.md": "---\n---\n![b](b.png)\n", "b.png": "", "_config.yml": "title: t\n"})
    if "mkdocs.yml" in files:
        (folder / "_config.yml").unlink()
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "base")
    base = ("audit", "--offline", "--handbook", folder, "--baseline", "HEAD", "--lang", "en")
    assert "So the check is incomplete" not in syncer(*base).stderr
    put(folder, files)
    done = syncer(*base, "--format", form)
    said = " ".join((done.stderr if form == "terminal" else done.stdout).split())
    assert done.returncode == 3
    assert all(part in said for part in told), said
    assert form == "terminal" or "::warning::" in done.stdout


def put(folder: Path, files: dict[str, str | None]) -> None:
    """Write files by their paths; None removes one."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            (folder / name).unlink()
        else:
            (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("link", ["[doc](doc.pdf)", '<video src="doc.pdf"></video>'])
def test_a_file_that_is_no_page_is_hidden_by_no_change(
    syncer: Syncer, handbook: Path, link: str
) -> None:
    """A plugin or a link out of the repository in its place makes the run incomplete."""
    put(handbook, {"_config.yml": "title: t\n", "doc.pdf": "x"})
    put(handbook, {"index.md": f"---\n---\n# I\n\n{link} [app](app:x)\n"})
    git(handbook, "add", ".")
    git(handbook, "commit", "-q", "-m", "file")
    put(handbook, {"doc.pdf": None})
    assert audit(syncer, handbook) == 1
    put(handbook, {"_config.yml": "title: t\nplugins: [foo]\n"})
    assert audit(syncer, handbook) == 3
    git(handbook, "checkout", "-q", "_config.yml")
    (handbook / "doc.pdf").symlink_to("/etc/hostname")
    assert audit(syncer, handbook) == 3


def test_a_new_link_to_a_file_is_hidden_by_no_plugin_of_the_change(
    syncer: Syncer, handbook: Path
) -> None:
    """What the change brings is broken; a link of an app, which nobody asks, is no doubt."""
    put(handbook, {"index.md": "---\n---\n# I\n\n[app](app:x)\n"})
    assert audit(syncer, handbook) == 0
    put(handbook, {"index.md": "---\n---\n# I\n\n[doc](doc.pdf)\n"})
    assert audit(syncer, handbook) == 1
    put(handbook, {"_config.yml": "title: t\nplugins: [foo]\n"})
    assert audit(syncer, handbook) == 3


def test_a_page_that_makes_its_anchors_unknown_hides_no_link_to_one(
    syncer: Syncer, handbook: Path
) -> None:
    """Also where the reason is not new: another link was unchecked for the same one."""
    unknown = "---\n---\n# U\n\n{% include x.md %}\n"
    put(handbook, {"u.md": unknown, "b.md": "---\n---\n# B\n\n## C\n"})
    put(handbook, {"a.md": "---\n---\n# A\n\n[u](u.md#x) [c](b.md#c)\n"})
    git(handbook, "add", ".")
    git(handbook, "commit", "-q", "-m", "anchors")
    assert audit(syncer, handbook) == 0
    put(handbook, {"b.md": "---\n---\n# B\n\n## C\n\n{% include x.md %}\n"})
    assert audit(syncer, handbook) == 0
    put(handbook, {"b.md": "---\n---\n# B\n\n{% include x.md %}\n"})
    assert audit(syncer, handbook) == 3
    (handbook / "a.md").rename(handbook / "renamed.md")
    assert audit(syncer, handbook) == 3


def test_what_was_unchecked_before_makes_no_change_incomplete(
    syncer: Syncer, tmp_path: Path
) -> None:
    """Also where the same address is judged as an image."""
    page = "# A\n\n![b](b.svg#x) [b](b.svg#x)\n"
    put(tmp_path, {"h/a.md": page, "h/b.svg": ""})
    git(tmp_path / "h", "init", "-q", "-b", "main")
    git(tmp_path / "h", "add", ".")
    git(tmp_path / "h", "commit", "-q", "-m", "base")
    put(tmp_path, {"h/c.md": "# C\n"})
    assert audit(syncer, tmp_path / "h") == 0


def test_a_handbook_in_a_folder_is_the_same_at_the_baseline(syncer: Syncer, tmp_path: Path) -> None:
    """Links through the top of the repository are judged there as they are now."""
    links = "[b](../docs/b.md) [c](/docs/c.md) [no page of the handbook](/b.md)"
    put(tmp_path, {"docs/a.md": f"# A\n\n{links}\n", "docs/b.md": "# B\n", "docs/c.md": "# C\n"})
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "docs")
    git(tmp_path, "commit", "-q", "-m", "base")
    assert audit(syncer, tmp_path / "docs") == 0
    put(tmp_path, {"docs/a.md": f"# A\n\n{links} text\n"})
    assert audit(syncer, tmp_path / "docs") == 0
    for page in ("b.md", "c.md"):
        (tmp_path / "docs" / page).unlink()
        assert audit(syncer, tmp_path / "docs") == 1
        put(tmp_path, {f"docs/{page}": "# P\n"})


@pytest.mark.parametrize("url", ["http://a%20/plain", "http://a%20/s/abcdefghijklmno"])
def test_an_impossible_host_ends_no_run(syncer: Syncer, tmp_path: Path, url: str) -> None:
    """Behind a proxy the standard library asserts on a `%` in a host."""
    (tmp_path / "h").mkdir()
    write(tmp_path / "h", index__md=f"---\n---\n# A\n\n[a]({url})\n")
    env = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    done = syncer("audit", "--no-config", tmp_path / "h", "--format", "json", env=env)
    assert done.returncode in (0, 1, 3), done.stderr
    assert len(json.loads(done.stdout)["links"]) == 1


def test_a_dotted_key_costs_no_memory(syncer: Syncer, tmp_path: Path) -> None:
    """64 kB of `a.a.a… = 1` are a mistake of the file."""
    (tmp_path / "h").mkdir()
    write(
        tmp_path / "h", index__md="---\n---\n# A\n", __syncer__toml=".".join("a" * 32_000) + "=1\n"
    )
    done = syncer("audit", "--offline", tmp_path / "h", "--format", "json")
    (finding,) = (
        one for one in json.loads(done.stdout)["findings"] if one["code"] != "nothing-found"
    )
    assert finding["code"] == "handbook-settings-invalid"
    assert finding["args"]["why"] == "own-settings-unreadable"


def test_settings_of_another_worktree_are_not_used(
    syncer: Syncer, handbook: Path, tmp_path: Path
) -> None:
    """Nor by a `file:` URL in any spelling."""
    other = tmp_path / "other tree"
    git(handbook, "worktree", "add", "-q", str(other), "HEAD", "--detach")
    write(handbook, syncer__toml="bogus = 1\n")
    for source in (other, f"file://{handbook}", f"FILE:///{str(handbook).lstrip('/')}"):
        done = syncer("audit", "--offline", "--handbook", source, cwd=handbook)
        assert "bogus" not in done.stderr
        assert "is not used" in done.stderr


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_config.yml", b"a: [b\n"),
        ("_config.yml", b"- a list\n"),
        ("_config.yaml", b"\xff\xfe\x00"),
        ("_config.toml", b"title = 1\n"),
    ],
)
def test_settings_of_the_site_that_nobody_can_read_make_the_run_incomplete(
    syncer: Syncer, handbook: Path, name: str, text: bytes
) -> None:
    """Where no link within the site can be judged, not all is well; the file is named."""
    (handbook / name).write_bytes(text)
    done = syncer("audit", "--offline", "--lang", "en", "--handbook", handbook)
    assert done.returncode == 3
    assert name in done.stdout
    assert "Nothing to do" not in done.stdout.partition("\n")[0]
    assert audit(syncer, handbook) == 3
    git(handbook, "add", ".")
    git(handbook, "commit", "-q", "-m", "broken")
    write(handbook, index__md="---\n---\n# I\n\n[ok](index.md) text\n")
    assert audit(syncer, handbook) == 0


LIQUID_ROWS = (
    ROW.format("{{ site.x }} Rapport", SHARE),
    "| Rapport | [Nextcloud]({{ site.x }}) |\n",
    "| {{ site.x }} Rapport | [Nextcloud]({{ site.x }}) |\n",
)


@pytest.mark.parametrize("row", LIQUID_ROWS, ids=["name", "place", "both"])
@pytest.mark.parametrize("known", [True, False])
def test_liquid_hides_no_row_that_was_judged(
    syncer: Syncer, handbook: Path, tmp_path: Path, row: str, known: bool
) -> None:
    """The run ends with 3 and says why, also where other rows were unchecked for the reason."""
    copy = ("--lang", "en", "--share-folder", f"{SHARE}={tmp_path / 'copy'}")
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "Aftale.docx").write_text("x", encoding="utf-8")
    others = ROW.format("{{ site.y }} Plan", SHARE) + "| Guide | [N]({{ site.y }}) |\n"
    page = TABLE + ROW.format("Aftale", SHARE) + (others if known else "")
    put(handbook, {"_config.yml": "title: t\n", "a.md": page + ROW.format("Rapport", SHARE)})
    git(handbook, "add", ".")
    git(handbook, "commit", "-q", "-m", "rows")
    assert audit(syncer, handbook, *copy) == 0
    put(handbook, {"a.md": page + row})
    base = ("audit", "--offline", "--handbook", handbook, "--baseline", "HEAD", *copy)
    done = syncer(*base)
    assert done.returncode == 3
    assert "1 row that could be checked before" in " ".join(done.stderr.split())
    assert "::warning::" in syncer(*base, "--format", "github").stdout
    git(handbook, "commit", "-q", "-a", "-m", "merged")
    assert audit(syncer, handbook, *copy) == 0


@pytest.mark.parametrize("row", LIQUID_ROWS, ids=["name", "place", "both"])
def test_a_new_row_with_liquid_fails_only_where_no_row_had_any(
    syncer: Syncer, handbook: Path, row: str
) -> None:
    """For a reason that rows had before it is counted as not checked."""
    page = TABLE + ROW.format("Aftale", SHARE)
    put(handbook, {"_config.yml": "title: t\n", "a.md": page})
    git(handbook, "add", ".")
    git(handbook, "commit", "-q", "-m", "rows")
    put(handbook, {"a.md": page + row})
    assert audit(syncer, handbook) == 3
    others = ROW.format("{{ site.y }} Plan", SHARE)
    others += f"| Guide | [N]({{{{ site.y }}}}) [M](https://cloud.example.org/s/{SHARE}) |\n"
    put(handbook, {"a.md": page + others})
    git(handbook, "commit", "-q", "-a", "-m", "others")
    put(handbook, {"a.md": page + others + row})
    assert audit(syncer, handbook) == 0


@pytest.mark.parametrize(
    "name", ["ny.MD", "ny.Markdown", "ny.mkd", "ny.mkdn", "ny.mkdown", "ny.tekst"]
)
def test_no_suffix_of_a_markdown_page_hides_it(syncer: Syncer, handbook: Path, name: str) -> None:
    """What Jekyll renders by the site's suffixes, in any case, is read; what was there is old."""
    write(handbook, _config__yml="markdown_ext: md,markdown,mkd,mkdn,mkdown,tekst\n")
    git(handbook, "add", ".")
    git(handbook, "commit", "-q", "-m", "site")
    assert audit(syncer, handbook) == 0
    (handbook / name).write_text("---\n---\n# A\n\n[bad](gone.md)\n", encoding="utf-8")
    assert audit(syncer, handbook) == 1
    git(handbook, "add", ".")
    git(handbook, "commit", "-q", "-m", "page")
    write(handbook, index__md="---\n---\n# I\n\n[ok](index.md) x\n")
    assert audit(syncer, handbook) == 0


@pytest.mark.parametrize("name", ["ny.mdown", "ny.MDWN"])
def test_what_github_alone_shows_as_markdown_is_audited(
    syncer: Syncer, handbook: Path, name: str
) -> None:
    """Where no site is made, these suffixes make pages, and what was there is old."""
    (handbook / "index.md").write_text("# I\n", encoding="utf-8")
    git(handbook, "commit", "-q", "-a", "-m", "plain")
    (handbook / name).write_text("# A\n\n[bad](gone.md)\n", encoding="utf-8")
    assert audit(syncer, handbook) == 1
    git(handbook, "add", ".")
    git(handbook, "commit", "-q", "-m", "page")
    write(handbook, index__md="# I\n\nx\n")
    assert audit(syncer, handbook) == 0


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ('exclude: ["\\\\a.md"]', 1),
        ('exclude: ["[!b].md"]', 1),
        ('defaults: [{scope: {path: "docs/**"}, values: {permalink: "/z/:basename"}}]', 1),
        ('defaults: [{scope: {path: 5}, values: {permalink: "/z/:basename"}}]', 1),
        ('markdown_ext: "markdown, md"', 1),
        ('markdown_ext: ""', 1),
        ('defaults: [{scope: {path: "{docs,x}/*"}, values: {permalink: "/z/:basename"}}]', 3),
        ("destination: docs", 3),
        ("encoding: iso-8859-1", 3),
        ("encoding: utf-16", 3),
        ("layouts_dir: docs", 3),
        ("permalink: [pretty]", 3),
        ("exclude: a.md", 3),
        ("limit_posts: 1", 3),
        ("kramdown: 7", 3),
        ('kramdown: {gfm_quirks: ""}', 3),
    ],
)
def test_no_setting_of_a_site_is_read_otherwise_than_jekyll_does(
    syncer: Syncer, handbook: Path, setting: str, code: int
) -> None:
    """A setting that breaks links breaks them here; one that is not known ends with 3."""
    (handbook / "docs").mkdir()
    (handbook / "docs" / "b.md").write_text("---\n---\n# B\n", encoding="utf-8")
    links = "[a](a.html) [b](docs/b.html) [z](#hi-ærø) [i](#i)"
    write(
        handbook,
        _config__yml="title: x\n",
        Gemfile='gem "jekyll"\n',
        a__md="---\n---\n# A\n",
        index__md=f"---\n---\n# Hi Ærø\n\n{links}\n\nfoo\n# I\n",
    )
    git(handbook, "add", ".")
    git(handbook, "commit", "-q", "-m", "site")
    assert audit(syncer, handbook) == 0
    write(handbook, _config__yml=f"title: x\n{setting}\n")
    assert audit(syncer, handbook) == code
