"""A folder with one of everything, as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from syncer.handbook.source import folder
from syncer.handbook.source.folder import (
    MAX_PAGE_BYTES,
    FolderContent,
    decode_page,
    read_folder,
    read_page,
)
from syncer.model.handbook import PageText, UnreadablePage
from syncer.model.reason import Reason

FILES: dict[str, bytes] = {
    "index.md": b"---\na: b\n---\n# Hej\n",
    "B.MD": b"\xef\xbb\xbfen\r\nto\rtre\n",
    "docs/c.markdown": b"c",
    "docs/d.HTM": b"<p>",
    "_config.yaml": b"title: a\n",
    "_config.yml": b"title: b\n",
    "docs/_config.yml": b"title: c\n",
    "Gemfile": b"gem 'a'\n",
    "docs/Gemfile": b"gem 'b'\n",
    ".syncer.toml": b"[links]\n",
    "docs/.syncer.toml": b"",
    "_plugins/p.rb": b"# ruby",
    "data.csv": b"---\n---\na,b\n",
    "robots.txt": b"---  \r\nx\n",
    "plain.txt": b"--- x\n",
    "bin.md": b"---\n\0",
    "latin.md": b"en\nto \xe6\n",
    ".well-known/a.md": b"w",
    ".github/a.md": b"x",
    ".hidden.md": b"h",
    "node_modules/a.md": b"x",
    "x/node_modules/b.md": b"x",
    "_site/a.md": b"x",
    "x/_site/a.md": b"x",
    "vendor/bundle/a.md": b"x",
    "vendor/a.md": b"x",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Write the files, and links to some of them."""
    root = tmp_path / "bog"
    for name, content in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    (tmp_path / "ude.md").write_text("ude")
    (tmp_path / "udemappe").mkdir()
    (tmp_path / "udemappe" / "a.md").write_text("ude")
    links = {
        "link.md": "docs/c.markdown", "linked": "docs", "ud.md": "../ude.md", "udf": "../udemappe",
        "op": ".", "docs/op": "..", "intet.md": "nowhere", "ud.txt": "../ude.md", ".skjult": "..",
    }  # fmt: skip
    for name, target in links.items():
        (root / name).symlink_to(target)
    return root


def test_a_folder_as_a_whole(root: Path) -> None:
    """Each part by path: pages, texts that decide on the site, what is elsewhere or unreadable."""
    content = read_folder(root)
    page = {one.path: one for one in content.pages}
    assert list(page) == [
        ".hidden.md", ".well-known/a.md", "B.MD", "docs/c.markdown", "docs/d.HTM", "index.md",
        "link.md", "linked/c.markdown", "linked/d.HTM", "vendor/a.md", "x/_site/a.md",
    ]  # fmt: skip
    assert page["B.MD"] == PageText(
        "B.MD", "en\nto\ntre\n", marked=True, written="en\r\nto\rtre\n", place="B.MD"
    )
    assert page["index.md"] == PageText("index.md", "---\na: b\n---\n# Hej\n", place="index.md")
    assert page["link.md"] == PageText("link.md", "c")
    assert page["linked/d.HTM"] == PageText("linked/d.HTM", "<p>")
    assert [(one.path, one.text, one.place) for one in content.texts] == [
        ("_plugins/p.rb", "# ruby", "_plugins/p.rb"),
        ("data.csv", "---\n---\na,b\n", "data.csv"),
        ("robots.txt", "---  \nx\n", "robots.txt"),
    ]
    assert content.config_page == PageText("_config.yml", "title: b\n", place="_config.yml")
    assert (content.gemfile, content.own_settings) == ("gem 'a'\n", "[links]\n")
    assert content.unreadable == [
        UnreadablePage("bin.md", Reason("binary"), has_front_matter=True),
        UnreadablePage("docs/op", Reason("folder-link-leads-up")),
        UnreadablePage("intet.md", Reason("page-link-leads-out")),
        UnreadablePage("latin.md", Reason("not-utf8", {"line": 2}), has_front_matter=False),
        UnreadablePage("op", Reason("folder-link-leads-up")),
        UnreadablePage("udf", Reason("folder-link-leads-out")),
    ]
    assert content.elsewhere == [
        ".skjult", "docs/op", "intet.md", "linked/op", "op", "ud.md", "ud.txt", "udf",
    ]  # fmt: skip
    left_out = (".github/", "node_modules/", "x/node_modules/", "_site/", "vendor/bundle/")
    kept = {path for path in FILES if not path.startswith(left_out)}
    linked = {path.replace("docs/", "linked/") for path in kept if path.startswith("docs/")}
    assert content.files == sorted(kept | linked | {"link.md"})
    texts = [*content.pages, *content.texts, content.config_page]
    rest = len("title: a\n") + len("gem 'a'\n") + len("[links]\n")
    assert content.characters == rest + sum(len(one.text) for one in texts if one is not None)


@pytest.mark.parametrize("modules", [True, False])
def test_empty_folders_are_elsewhere_where_there_are_submodules(
    modules: bool, tmp_path: Path
) -> None:
    """In a checkout no other folder is empty."""
    (tmp_path / "m" / "sub").mkdir(parents=True)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.md").write_text("x")
    if modules:
        (tmp_path / ".gitmodules").write_text("x")
    content = read_folder(tmp_path)
    assert content.elsewhere == (["m/sub"] if modules else [])
    assert content.files == [*([".gitmodules"] if modules else []), "a/b.md"]


def test_an_empty_folder_has_nothing(tmp_path: Path) -> None:
    """Nor has it any text."""
    assert read_folder(tmp_path) == FolderContent()


@pytest.mark.parametrize(
    ("data", "read"),
    [
        (b"a\n", PageText("a", "a\n")),
        (b"a\r\n", PageText("a", "a\n", written="a\r\n")),
        (b"a\rb", PageText("a", "a\nb", written="a\rb")),
        (b"\xef\xbb\xbfa", PageText("a", "a", marked=True)),
        (b"---\n\xff", UnreadablePage("a", Reason("not-utf8", {"line": 2}), has_front_matter=True)),
        (b"\0", UnreadablePage("a", Reason("binary"), has_front_matter=False)),
        (
            b"\xff\xfea\0",
            UnreadablePage("a", Reason("not-utf8", {"line": 1}), has_front_matter=False),
        ),
        (b"x" * MAX_PAGE_BYTES, PageText("a", "x" * MAX_PAGE_BYTES)),
        (
            b"---" + b"x" * (MAX_PAGE_BYTES - 2),
            UnreadablePage(
                "a", Reason("too-big", {"limit_bytes": MAX_PAGE_BYTES}), has_front_matter=True
            ),
        ),
    ],
    ids=range(9),
)
def test_a_file_as_text(data: bytes, read: PageText | UnreadablePage, tmp_path: Path) -> None:
    """Its text, or why it has none."""
    assert decode_page("a", data) == read
    (tmp_path / "a").write_bytes(data)
    assert read_page("a", tmp_path / "a") == read


@pytest.mark.parametrize(
    ("most", "pages", "left_out"),
    [
        (99, ["a/p.md", "b/p.md", "l1/p.md", "l2/p.md", "l3/p.md"], []),
        (6, ["a/p.md", "b/p.md", "l1/p.md", "l2/p.md", "l3/p.md"], []),
        (5, ["a/p.md", "b/p.md", "l1/p.md", "l2/p.md", "l3/p.md"], []),
        (4, ["a/p.md", "b/p.md", "l1/p.md", "l2/p.md"], ["l3"]),
        (1, ["a/p.md", "b/p.md", "l1/p.md"], ["l2", "l3"]),
    ],
)
def test_what_is_behind_links_has_a_budget(
    most: int,
    pages: list[str],
    left_out: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of folders and what is in them; beyond it each link is named, and the folders are read."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "p.md").write_text("x")
    for number in (2, 1, 3):
        (tmp_path / f"l{number}").symlink_to("a")
    monkeypatch.setattr(folder, "_MAX_LINKED_ENTRIES", most)
    content = read_folder(tmp_path)
    assert [page.path for page in content.pages] == pages
    reason = Reason("folder-links-too-many", {"limit": most})
    assert content.unreadable == [UnreadablePage(path, reason) for path in left_out]


def test_folders_are_read_down_to_a_level(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A deeper one is named, and what is in it is unknown."""
    deep = tmp_path / "a" / "b" / "c"
    deep.mkdir(parents=True)
    for place in (deep, deep.parent):
        (place / "p.md").write_text("x")
    for most, pages, too_deep in (
        (4, ["a/b/c/p.md", "a/b/p.md"], []),
        (3, ["a/b/p.md"], ["a/b/c"]),
    ):
        monkeypatch.setattr(folder, "_MAX_DEPTH", most)
        content = read_folder(tmp_path)
        assert [page.path for page in content.pages] == pages
        reason = Reason("handbook-folder-too-deep", {"levels": most})
        assert content.unreadable == [UnreadablePage(path, reason) for path in too_deep]


@pytest.mark.parametrize("git", [True, False])
def test_links_in_a_worktree_and_outside_of_one(git: bool, tmp_path: Path) -> None:
    """A page that nobody can read is named; in git a link to a folder has no pages of its own."""
    root = tmp_path / "repo" / "bog"
    for place in (root / "docs", tmp_path / "repo" / "andet", tmp_path / "ude"):
        place.mkdir(parents=True)
        (place / "a.md").write_text("x")
    if git:
        (tmp_path / "repo" / ".git").mkdir()
        (tmp_path / "repo" / ".git" / "a.md").write_text("x")
    links = {
        "beside.md": "../andet/a.md", "out.md": "../../ude/a.md", "lost.md": "nowhere",
        "loop.md": "loop.md", "loop": "loop", "beside": "../andet", "out": "../../ude",
        "up": "..", "self": ".", "docs/self": ".", "file": "../../ude/a.md", "lost": "nowhere",
        ".hidden": "../andet", "inside.md": "docs/a.md", "inside": "docs",
        "dotgit.md": "../.git/a.md",
    }  # fmt: skip
    for name, target in links.items():
        (root / name).symlink_to(target)
    content = read_folder(root)
    assert [page.path for page in content.pages] == ["docs/a.md", "inside.md", "inside/a.md"]
    assert content.elsewhere == sorted({*links, "inside/self"} - {"inside.md", "inside"})
    named = dict.fromkeys(("lost.md", "loop.md", "dotgit.md"), "page-link-leads-out")
    if git:
        named["out.md"] = "page-link-leads-out"
    else:
        named |= dict.fromkeys(("beside", "out"), "folder-link-leads-out")
        named |= dict.fromkeys(("up", "self", "docs/self"), "folder-link-leads-up")
    found = [(one.path, one.reason.code) for one in content.unreadable]
    assert found == sorted(named.items())
