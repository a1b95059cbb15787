"""A handbook is read from a folder, a page or a git repository, and never half."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from syncer.errors import HandbookError
from syncer.handbook.source import folder as folder_module
from syncer.handbook.source.checkout import Repository, read_address
from syncer.handbook.source.read import find_repository_prefix, read_handbook
from syncer.model.reason import Reason

Make = Callable[..., Path]

GIT = ("git", "-c", "user.name=Test", "-c", "user.email=test@example", "-c", "commit.gpgsign=false")


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Return a function that writes files into a new folder."""

    def write(**files: str | bytes) -> Path:
        root = tmp_path / "handbook"
        for name, content in files.items():
            place = root / name.replace("__", "/").replace("_md", ".md")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content if isinstance(content, bytes) else content.encode())
        root.mkdir(exist_ok=True)
        return root

    return write


def commit(root: Path, branch: str = "main") -> str:
    """Commit everything in a folder; return the commit's id."""
    if not (root / ".git").exists():
        subprocess.run([*GIT, "init", "-q", "-b", branch, str(root)], check=True)
    subprocess.run([*GIT, "-C", str(root), "add", "-A"], check=True)
    subprocess.run([*GIT, "-C", str(root), "commit", "-q", "-m", "x", "--allow-empty"], check=True)
    answer = subprocess.run(
        [*GIT, "-C", str(root), "rev-parse", "HEAD"], check=True, capture_output=True, text=True
    )
    return answer.stdout.strip()


@pytest.fixture
def remote(make: Make, tmp_path: Path) -> Path:
    """Return a bare repository with one page, made from the folder `handbook`."""
    root = make(index_md="# Hej\n", docs__a_md="# A\n")
    commit(root)
    bare = tmp_path / "remote.git"
    subprocess.run([*GIT, "clone", "-q", "--bare", str(root), str(bare)], check=True)
    return bare


# Folders


def test_a_folder_gives_pages_files_and_config(make: Make) -> None:
    """Pages are text, files are everything, both by path."""
    root = make(
        _config_yml="", index_md="# Hej\n", docs__b_md="b", docs__a_md="a", assets__x=b"\x89PNG\0"
    )
    (root / "_config_yml").rename(root / "_config.yml")
    (root / "_config.yml").write_text("title: Håndbog\n")
    handbook = read_handbook(str(root))
    assert [page.path for page in handbook.pages] == ["docs/a.md", "docs/b.md", "index.md"]
    assert handbook.files == ("_config.yml", "assets/x", "docs/a.md", "docs/b.md", "index.md")
    assert handbook.config == "title: Håndbog\n"
    assert (handbook.source, handbook.revision, handbook.stale) == (str(root), None, None)
    assert (handbook.unreadable, handbook.only_page) == ((), None)


def test_text_is_made_uniform(make: Make) -> None:
    """A byte order mark goes, every line end is LF, names are NFC."""
    root = make(a_md=b"\xef\xbb\xbf# Hej\r\n\r\nx\ry\n")
    (root / "a\u030a.md").write_text("å")
    handbook = read_handbook(str(root))
    assert [(page.path, page.text) for page in handbook.pages] == [
        ("a.md", "# Hej\n\nx\ny\n"),
        ("å.md", "å"),
    ]


def test_what_tools_leave_behind_is_no_part_of_it(make: Make) -> None:
    """Hidden folders, builds and packages; pages about vendors are."""
    root = make(
        a_md="",
        vendor__side_md="",
        docs__vendor__bundle_md="",
        **{
            ".git__a_md": "",
            ".jekyll-cache__a_md": "",
            ".well-known__a_md": "",
            "_site__a_md": "",
            "vendor__bundle__a_md": "",
            "docs__node_modules__a_md": "",
        },
    )
    assert read_handbook(str(root)).files == (
        ".well-known/a.md", "a.md", "docs/vendor/bundle.md", "vendor/side.md",
    )  # fmt: skip


def test_links_on_disk_are_followed_inside_only(make: Make, tmp_path: Path) -> None:
    """Nothing outside is read, and a loop ends."""
    root = make(docs__a_md="# A\n")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("hemmeligt")
    (root / "out").symlink_to(outside)
    (root / "out.md").symlink_to(outside / "secret.md")
    (root / "gone.md").symlink_to(root / "nothing")
    (root / "copy.md").symlink_to(root / "docs" / "a.md")
    (root / "docs" / "loop").symlink_to(root)
    (root / "also").symlink_to(root / "docs")
    files = read_handbook(str(root)).files
    assert files == ("also/a.md", "copy.md", "docs/a.md")


def test_pages_that_are_no_text_are_named(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with its reason; the others are read."""
    monkeypatch.setattr(folder_module, "MAX_PAGE_BYTES", 100)
    root = make(
        a_md="ok", binary_md=b"PK\0\0", big_md="x" * 101, edge_md="x" * 100,
        latin_md="ok\nr\xf8d".encode("latin-1"), wide_md="rød".encode("utf-16"),
    )  # fmt: skip
    handbook = read_handbook(str(root))
    assert [page.path for page in handbook.pages] == ["a.md", "edge.md"]
    assert [(page.path, page.reason.code) for page in handbook.unreadable] == [
        ("big.md", "too-big"),
        ("binary.md", "binary"),
        ("latin.md", "not-utf8"),
        ("wide.md", "not-utf8"),
    ]
    assert handbook.unreadable[2].reason.args == {"line": 2}


def test_the_text_of_a_handbook_has_a_limit(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page that passes it is named, and a smaller one after it is still read."""
    monkeypatch.setattr(folder_module, "MAX_CHARACTERS", 100)
    handbook = read_handbook(str(make(a_md="x" * 60, b_md="x" * 41, c_md="x" * 40)))
    assert [page.path for page in handbook.pages] == ["a.md", "c.md"]
    assert [(page.path, page.reason) for page in handbook.unreadable] == [
        ("b.md", Reason("too-big", {"limit_bytes": 100}))
    ]


def test_other_files_count_as_text_when_they_decide_what_a_site_is(make: Make) -> None:
    """Ruby, what begins with front matter, and what is included and assigns; no other file."""
    root = make(
        a_md="",
        **{
            "_includes__a.svg": "<svg>{%- assign page = site.data %}",
            "_includes__b.txt": "---\n---\n",
            "_includes__c.txt": "{% if page %}",
            "_plugins__a.rb": "x",
            "b.css": "---\n---\n",
            "c.css": "{% assign page = 1 %}",
        },
    )
    handbook = read_handbook(str(root))
    assert [page.path for page in handbook.texts] == [
        *("_includes/a.svg", "_includes/b.txt", "_plugins/a.rb", "b.css")
    ]


@pytest.mark.parametrize(
    ("written", "address", "login"),
    [
        ("https://git.example/bog.git", "https://git.example/bog.git", None),
        ("https://ann:h%40m@git.example/bog.git", "https://git.example/bog.git", ("ann", "h@m")),
        ("https://token@git.example/bog.git", "https://git.example/bog.git", ("token", "")),
        ("ssh://git:hemmelig@git.example/bog.git", "ssh://git@git.example/bog.git", None),
        ("https://a:b@[git.example/bog.git", "https://[git.example/bog.git", None),
    ],
)
def test_the_login_of_a_git_url_is_kept_apart(
    written: str, address: str, login: tuple[str, str] | None
) -> None:
    """An address has no password, and an empty login is none."""
    assert read_address(written) == Repository(address, login)


def test_of_an_unreadable_page_the_beginning_tells_whether_it_has_front_matter(make: Make) -> None:
    """For front matter may give it another address."""
    root = make(a_md="ok", b_md=b"---\n\xff", c_md=b"\xff---\n", d_md=b"---\n\0")
    unreadable = read_handbook(str(root)).unreadable
    assert [page.has_front_matter for page in unreadable] == [True, False, True]


def test_what_is_not_in_the_tree_lies_elsewhere(make: Make, tmp_path: Path) -> None:
    """Links that lead out, or nowhere, and the empty folders where git has submodules."""
    root = make(a_md="")
    outside = tmp_path / "udenfor"
    outside.mkdir()
    (root / "ud").symlink_to(outside)
    (root / "væk.md").symlink_to(root / "ingen.md")
    (root / "fælles").mkdir()
    assert read_handbook(str(root)).elsewhere == ("ud", "væk.md")
    (root / ".gitmodules").write_text("")
    assert read_handbook(str(root)).elsewhere == ("fælles", "ud", "væk.md")


def test_the_gemfile_beside_the_settings_is_read(make: Make) -> None:
    """It is no page, and one further down is nobody's."""
    root = make(a_md="")
    assert read_handbook(str(root)).gemfile is None
    (root / "Gemfile").write_text('gem "jekyll"')
    (root / "docs").mkdir()
    (root / "docs" / "Gemfile").write_text("")
    handbook = read_handbook(str(root))
    assert handbook.gemfile == 'gem "jekyll"'
    assert [page.path for page in handbook.pages] == ["a.md"]


def test_a_handbook_of_unreadable_pages_alone_is_none(make: Make) -> None:
    """The text says which page, and why."""
    root = make(a_md=b"PK\0\0")
    with pytest.raises(HandbookError, match=r"a\.md, is a binary file.*Save the pages"):
        read_handbook(str(root))


def _lead_out(root: Path) -> None:
    (root / "a.md").symlink_to("/nothing/there.md")


def _lead_to_a_folder(root: Path) -> None:
    (root.parent / "beside").mkdir()
    (root / "a").symlink_to(root.parent / "beside")


def _lead_up(root: Path) -> None:
    (root / "a").symlink_to(root.parent)


def _have_one_name_twice(root: Path) -> None:
    for name in ("å.md", "a\u030a.md"):
        (root / name).write_text("x")


def _be_deep(root: Path) -> None:
    root.joinpath(*"a" * 61).mkdir(parents=True)


def _lead_to_many(root: Path) -> None:
    for name in "ab":
        (root / f".{name}").mkdir()
        (root / name).symlink_to(f".{name}")


@pytest.mark.parametrize(
    ("fill", "says"),
    [
        (_lead_out, r"a\.md, is a symbolic link that leads to no file of the handbook"),
        (_lead_to_a_folder, "a, is a symbolic link to a folder out of the handbook"),
        (_lead_up, "a, is a symbolic link to a folder above it"),
        (_have_one_name_twice, r"å\.md, has the same name as another file, written otherwise"),
        (_be_deep, "a/a/a, is more than 60 levels deep"),
        (_lead_to_many, "b, is one of the symbolic links to more than 1 files and folders"),
    ],
)
def test_a_handbook_without_a_page_says_what_was_not_read(
    make: Make, monkeypatch: pytest.MonkeyPatch, fill: Callable[[Path], None], says: str
) -> None:
    """Whatever the reason is: as one error, and never as a bug of ours."""
    monkeypatch.setattr(folder_module, "_MAX_LINKED_ENTRIES", 1)
    root = make()
    fill(root)
    with pytest.raises(HandbookError, match=says):
        read_handbook(str(root))


@pytest.mark.parametrize(
    ("content", "says"), [(b"x" * 101, "larger than 100 bytes"), (b"\xff", "not UTF-8")]
)
def test_a_page_alone_says_why_it_cannot_be_read(
    make: Make, monkeypatch: pytest.MonkeyPatch, content: bytes, says: str
) -> None:
    """In the words of an error text."""
    monkeypatch.setattr(folder_module, "MAX_PAGE_BYTES", 100)
    with pytest.raises(HandbookError, match=says):
        read_handbook(str(make(a_md=content)))


def test_what_the_disk_refuses_is_unreadable(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that cannot be opened, a folder that cannot be listed: unknown, not absent."""
    root = make(a_md="a", b_md="b", c__d_md="d")

    def refuse(*names: str) -> Callable[[Path], object]:
        real = {"open": Path.open, "scandir": os.scandir}[names[0]]

        def stand_in(place: Path, *more: str) -> object:
            if place.name == names[1]:
                raise PermissionError(13, "Permission denied")
            return real(place, *more)  # type: ignore[operator]

        return stand_in

    monkeypatch.setattr(Path, "open", refuse("open", "b.md"))
    monkeypatch.setattr(os, "scandir", refuse("scandir", "c"))
    handbook = read_handbook(str(root))
    assert [page.path for page in handbook.pages] == ["a.md"]
    assert [(page.path, page.reason.code) for page in handbook.unreadable] == [
        ("b.md", "io-error"),
        ("c", "folder-io-error"),
    ]
    with pytest.raises(HandbookError, match=r"could not be opened .Permission denied"):
        read_handbook(str(root / "b.md"))


def test_of_two_names_that_are_one_neither_is_read(make: Make) -> None:
    """The same name, composed and decomposed, is unreadable; of two configs Jekyll's own counts."""
    root = make(a_md="")
    (root / "å.md").write_text("sammensat")
    (root / "a\u030a.md").write_text("delt")
    (root / "_config.yaml").write_text("a: 1")
    assert read_handbook(str(root)).config == "a: 1"
    (root / "_config.yml").write_text("a: 2")
    handbook = read_handbook(str(root))
    assert [page.text for page in handbook.pages] == [""]
    assert [page.reason.code for page in handbook.unreadable] == ["names-collide"]
    assert handbook.config == "a: 2"


def test_an_empty_folder_is_a_handbook_without_pages(make: Make) -> None:
    """What that means is for the findings to say."""
    handbook = read_handbook(str(make()))
    assert (handbook.pages, handbook.files, handbook.config) == ((), (), None)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_cannot_be_listed_is_unreadable(make: Make) -> None:
    """What it holds is unknown, not absent."""
    root = make(a_md="", locked__b_md="")
    (root / "locked").chmod(0)
    try:
        handbook = read_handbook(str(root))
    finally:
        (root / "locked").chmod(0o700)
    assert [(page.path, page.reason.code) for page in handbook.unreadable] == [
        ("locked", "io-error")
    ]


def test_a_folder_of_too_many_files_is_refused(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong folder is told, not read for minutes."""
    monkeypatch.setattr(folder_module, "MAX_FILES", 2)
    with pytest.raises(HandbookError, match="more than 2 files"):
        read_handbook(str(make(a_md="", b_md="", c_md="")))


@pytest.mark.parametrize("source", ["/no/such/place", "no\0name", "x" * 5000, ""])
def test_a_place_that_is_not_there_is_one_clear_error(source: str) -> None:
    """Whatever is asked for; nothing is not the current folder."""
    with pytest.raises(HandbookError):
        read_handbook(source)


def test_a_folder_inside_a_checkout_knows_its_commit(make: Make) -> None:
    """Of the repository around it."""
    root = make(docs__a_md="")
    revision = commit(root)
    assert read_handbook(str(root / "docs")).revision == revision


# Single pages


def test_a_page_is_read_with_the_handbook_around_it(make: Make) -> None:
    """The nearest folder above with a `_config.yml` is the root."""
    root = make(index_md="", docs__deep__a_md="# A\n")
    (root / "_config.yml").write_text("x: 1")
    handbook = read_handbook(str(root / "docs" / "deep" / "a.md"))
    assert handbook.only_page == "docs/deep/a.md"
    assert [page.path for page in handbook.pages] == ["docs/deep/a.md", "index.md"]
    assert handbook.config == "x: 1"


def test_a_page_without_a_site_around_it_has_its_folder(make: Make) -> None:
    """Relative sources work too."""
    root = make(index_md="", docs__a_md="", docs__b_md="")
    handbook = read_handbook(str(root / "docs" / ".." / "docs" / "a.md"))
    assert handbook.only_page == "a.md"
    assert handbook.files == ("a.md", "b.md")


def test_a_page_in_a_folder_that_is_left_out_is_read_all_the_same(make: Make) -> None:
    """It was asked for by name."""
    root = make(index_md="", _site__a_md="# A\n")
    (root / "_config.yml").write_text("")
    handbook = read_handbook(str(root / "_site" / "a.md"))
    assert handbook.only_page == "_site/a.md"
    assert [page.path for page in handbook.pages] == ["_site/a.md", "index.md"]
    assert "_site/a.md" in handbook.files


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a_md", b"\0", "binary"),
        ("a_md", b"\xff", "not UTF-8 .line 1"),
        ("a.txt", b"hej", "no page of a handbook"),
    ],
)
def test_a_single_page_that_is_no_page_is_an_error(
    make: Make, name: str, content: bytes, says: str
) -> None:
    """Other pages do not stand in for it."""
    root = make(b_md="", **{name: content})
    with pytest.raises(HandbookError, match=says):
        read_handbook(str(root / name.replace("_md", ".md")))


# Git


def test_a_repository_is_fetched_shallow_and_kept(remote: Path, tmp_path: Path) -> None:
    """One commit, whole; asked again it is fetched again only when it changed."""
    cache = tmp_path / "cache"
    handbook = read_handbook(remote.as_uri(), cache_folder=cache)
    assert [page.path for page in handbook.pages] == ["docs/a.md", "index.md"]
    assert (handbook.source, handbook.stale) == (remote.as_uri(), None)
    (shelf,) = cache.iterdir()
    assert sorted(place.name for place in shelf.iterdir()) == sorted(
        ["current", str(handbook.revision)]
    )
    kept = shelf / str(handbook.revision) / "index.md"
    before = kept.stat().st_ino
    assert read_handbook(remote.as_uri(), cache_folder=cache) == handbook
    assert kept.stat().st_ino == before


def test_a_changed_repository_replaces_the_checkout(remote: Path, tmp_path: Path) -> None:
    """The old one goes when the new one is whole."""
    cache = tmp_path / "cache"
    old = read_handbook(remote.as_uri(), cache_folder=cache)
    work = tmp_path / "handbook"
    (work / "ny.md").write_text("# Ny\n")
    revision = commit(work)
    subprocess.run([*GIT, "-C", str(work), "push", "-q", str(remote), "main"], check=True)
    new = read_handbook(remote.as_uri(), cache_folder=cache)
    assert new.revision == revision != old.revision
    assert "ny.md" in new.files
    (shelf,) = cache.iterdir()
    assert sorted(place.name for place in shelf.iterdir()) == sorted(["current", revision])


def test_without_a_cache_nothing_is_kept(remote: Path, tmp_path: Path) -> None:
    """A path that ends in .git is a repository too."""
    assert len(read_handbook(str(remote)).pages) == 2
    assert not (tmp_path / "cache").exists()


def test_a_branch_or_a_tag_may_be_asked_for(remote: Path, tmp_path: Path) -> None:
    """And what is neither is a clear error."""
    work = tmp_path / "handbook"
    subprocess.run([*GIT, "-C", str(work), "checkout", "-q", "-b", "kladde"], check=True)
    (work / "kladde.md").write_text("x")
    revision = commit(work)
    subprocess.run([*GIT, "-C", str(work), "tag", "-a", "-m", "v", "v1"], check=True)
    subprocess.run([*GIT, "-C", str(work), "push", "-q", str(remote), "kladde", "v1"], check=True)
    for name in ("kladde", "v1"):
        handbook = read_handbook(remote.as_uri(), branch=name, cache_folder=tmp_path / "cache")
        assert (handbook.revision, "kladde.md" in handbook.files) == (revision, True)
    with pytest.raises(HandbookError, match="has no branch or tag 'nej'"):
        read_handbook(remote.as_uri(), branch="nej")


@pytest.mark.parametrize("branch", [None, "main", "a\0b", "b" * 200_000])
@pytest.mark.parametrize("name", ["a\0.git", "\udcff.git", "x.git"])
def test_what_git_cannot_be_asked_for_is_named(
    tmp_path: Path, name: str, branch: str | None
) -> None:
    """A NUL, bytes that are not UTF-8, or too many of them; git is not called missing."""
    with pytest.raises(HandbookError, match="cannot be read: git") as caught:
        read_handbook(f"{tmp_path.as_uri()}/{name}", branch=branch, cache_folder=tmp_path / "cache")
    assert "not installed" not in str(caught.value)


def test_an_unreachable_repository_leaves_the_last_checkout(remote: Path, tmp_path: Path) -> None:
    """With the reason; nothing kept is overwritten."""
    cache = tmp_path / "cache"
    good = read_handbook(remote.as_uri(), cache_folder=cache)
    remote.rename(tmp_path / "away.git")
    stale = read_handbook(remote.as_uri(), cache_folder=cache)
    assert stale.stale is not None
    assert stale.stale.code == "git-failed"
    assert (stale.pages, stale.revision) == (good.pages, good.revision)
    (tmp_path / "away.git").rename(remote)
    assert read_handbook(remote.as_uri(), cache_folder=cache) == good


def test_a_clone_that_is_cut_off_leaves_the_last_checkout(remote: Path, tmp_path: Path) -> None:
    """Half a checkout never becomes the current one, and does not stay."""
    cache = tmp_path / "cache"
    good = read_handbook(remote.as_uri(), cache_folder=cache)
    work = tmp_path / "handbook"
    (work / "ny.md").write_text("# Ny\n")
    commit(work)
    subprocess.run([*GIT, "-C", str(work), "push", "-q", str(remote), "main"], check=True)
    for pack in [*remote.glob("objects/pack/*"), *remote.glob("objects/??/*")]:
        pack.chmod(0o600)
        pack.write_bytes(b"rot")
    stale = read_handbook(remote.as_uri(), cache_folder=cache)
    assert stale.stale is not None
    assert stale.pages == good.pages
    (shelf,) = cache.iterdir()
    assert sorted(place.name for place in shelf.iterdir()) == sorted(
        ["current", str(good.revision)]
    )


def test_an_unreachable_repository_without_an_earlier_checkout_is_an_error(tmp_path: Path) -> None:
    """What, why, and the next step."""
    source = (tmp_path / "none.git").as_uri()
    for cache in (None, tmp_path / "cache"):
        with pytest.raises(HandbookError, match=r"cannot be read: git says.*no earlier checkout"):
            read_handbook(source, cache_folder=cache)


def test_an_empty_repository_is_an_error(tmp_path: Path) -> None:
    """There is no commit to read."""
    bare = tmp_path / "empty.git"
    subprocess.run([*GIT, "init", "-q", "--bare", str(bare)], check=True)
    with pytest.raises(HandbookError, match="has no commit yet"):
        read_handbook(str(bare))


def test_git_that_is_not_installed_is_told(
    remote: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without an earlier checkout there is nothing to read; with one, it is used."""
    cache = tmp_path / "cache"
    good = read_handbook(remote.as_uri(), cache_folder=cache)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(HandbookError, match="the program git is not installed"):
        read_handbook(remote.as_uri())
    stale = read_handbook(remote.as_uri(), cache_folder=cache)
    assert stale.stale is not None
    assert (stale.stale.code, stale.pages) == ("git-not-found", good.pages)


def ends_soon(process: str) -> bool:
    """Tell whether a process that was killed ends: it does when it gets the processor once more."""
    state = Path("/proc") / process / "stat"
    for _ in range(500):
        try:
            if state.read_text().split()[2] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.01)
    return False


@pytest.fixture
def slow_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a git in front that never ends, nor does what it starts; return where its id is."""
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    started = tmp_path / "started"
    program.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > {started}\nsleep 600\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    return started


def test_git_that_takes_too_long_is_ended(slow_git: Path, tmp_path: Path) -> None:
    """With everything that it started."""
    with pytest.raises(HandbookError, match=r"git took longer than 0\.5 s"):
        read_handbook("https://git.example/x.git", cache_folder=tmp_path / "cache", timeout_s=0.5)
    assert ends_soon(slow_git.read_text().strip())


def test_git_is_ended_with_the_run(
    slow_git: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is looked after now and then: a stopped run does not wait for the end of its time."""
    monkeypatch.setattr("syncer.handbook.source.git_program._POLL_S", 0.05)
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    with pytest.raises(HandbookError, match="the run was stopped"):
        read_handbook("https://git.example/x.git", cache_folder=tmp_path / "cache", stop=stop)


def test_nothing_of_a_repository_is_run(remote: Path, tmp_path: Path) -> None:
    """No hook of ours, no filter of theirs, no other transport."""
    witness = tmp_path / "witness"
    with pytest.raises(HandbookError, match="not allowed"):
        read_handbook(f"ext::sh -c touch% {witness} .git")
    with pytest.raises(HandbookError, match="not allowed"):
        read_handbook("git://127.0.0.1:1/x.git")
    with pytest.raises(HandbookError):
        read_handbook(f"--upload-pack=touch {witness}; .git")
    home = tmp_path / "home"
    (home / "templates" / "hooks").mkdir(parents=True)
    hook = home / "templates" / "hooks" / "post-checkout"
    hook.write_text(f"#!/bin/sh\ntouch {witness}\n")
    hook.chmod(0o755)
    (home / ".gitconfig").write_text(
        f'[init]\ntemplateDir = {home}/templates\n[filter "x"]\nsmudge = touch {witness}\n'
    )
    work = tmp_path / "handbook"
    (work / ".gitattributes").write_text("*.md filter=x\n")
    commit(work)
    subprocess.run([*GIT, "-C", str(work), "push", "-q", str(remote), "main"], check=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        assert len(read_handbook(remote.as_uri()).pages) == 2
    assert not witness.exists()


@pytest.mark.parametrize("attribute", ["working-tree-encoding=UTF-16", "ident"])
def test_attributes_rewrite_no_page(tmp_path: Path, remote: Path, attribute: str) -> None:
    """Pages are read as they are in the commit."""
    work = tmp_path / "handbook"
    (work / "ny.md").write_bytes(b"# Ny $Id$\n")
    commit(work)
    (work / ".gitattributes").write_text(f"*.md {attribute}\n")
    for command in (
        ["add", ".gitattributes"],
        ["commit", "-qm", "x", ".gitattributes"],
        ["push", "-q", str(remote), "main"],
    ):
        subprocess.run([*GIT, "-C", str(work), *command], check=True)
    pages = {page.path: page.text for page in read_handbook(remote.as_uri()).pages}
    assert pages["ny.md"] == "# Ny $Id$\n"


@pytest.fixture
def spying_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a git in front that notes its arguments and environment, and fails with its URL."""
    notes = tmp_path / "notes"
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\necho "$@" >> {notes}.args\nenv >> {notes}.env\n'
        'echo "fatal: no access to https://bo:h%40mmelig@git.example/x.git" >&2\nexit 128\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    return notes


def test_credentials_stay_secret(spying_git: Path) -> None:
    """Not in the arguments, not in the error; git gets them in its environment, for that host."""
    with pytest.raises(HandbookError) as caught:
        read_handbook("https://bo:h%40mmelig@git.example/x.git")
    assert "mmelig" not in str(caught.value)
    assert "https://git.example/x.git" in str(caught.value)
    assert "mmelig" not in spying_git.with_suffix(".args").read_text()
    environment = spying_git.with_suffix(".env").read_text()
    assert "credential.https://git.example.helper" in environment
    assert "SYNCER_GIT_USER=bo\n" in environment
    assert "SYNCER_GIT_PASSWORD=h@mmelig\n" in environment
    assert "GIT_TERMINAL_PROMPT=0" in environment


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("ssh://git:h%40mmelig@git.example/x", "ssh://git@git.example/x"),
        ("git@git.example:os2/x", "git@git.example:os2/x"),
        ("https://git.example/x?token=mmelig", "https://git.example/x"),
        ("https://[mmelig@git.example/x", "https://git.example/x"),
    ],
)
@pytest.mark.usefixtures("spying_git")
def test_every_form_of_address_is_shown_without_secrets(source: str, shown: str) -> None:
    """The user of an ssh address is no secret; ssh needs it."""
    with pytest.raises(HandbookError) as caught:
        read_handbook(source)
    assert f"repository {shown} cannot" in str(caught.value)
    assert "mmelig" not in str(caught.value)


def test_a_cache_that_cannot_be_written_is_an_error(remote: Path, tmp_path: Path) -> None:
    """It names the folder."""
    cache = tmp_path / "cache"
    cache.write_text("a file")
    with pytest.raises(HandbookError, match="cannot be written below"):
        read_handbook(remote.as_uri(), cache_folder=cache)


@pytest.mark.parametrize("content", ["", "../..", "0" * 40, "\xff"])
def test_a_broken_note_of_the_last_checkout_is_none(
    remote: Path, tmp_path: Path, content: str
) -> None:
    """It is fetched anew."""
    cache = tmp_path / "cache"
    good = read_handbook(remote.as_uri(), cache_folder=cache)
    (shelf,) = cache.iterdir()
    (shelf / "current").write_text(content, "latin-1")
    assert read_handbook(remote.as_uri(), cache_folder=cache) == good


def test_a_handbook_knows_where_in_its_repository_it_lies(make: Make, tmp_path: Path) -> None:
    """The folder below the checkout's top; also of a page, and of a worktree's `.git` file."""
    root = make(en_md="x", docs__bog___config_yml="", docs__bog__sider__to_md="x")
    (root / "docs/bog/_config.yml").write_text("", encoding="utf-8")
    assert find_repository_prefix(str(root / "docs/bog")) == ""
    (root / ".git").write_text("gitdir: /x", encoding="utf-8")
    assert find_repository_prefix(str(root / "docs/bog")) == "docs/bog/"
    assert find_repository_prefix(str(root / "docs/bog/sider/to.md")) == "docs/bog/"
    assert find_repository_prefix(str(root)) == ""
    for nowhere in (
        str(tmp_path / "borte"),
        "https://example.dk/bog.git",
        "~ingen-saadan/x",
        "a\0b",
    ):
        assert find_repository_prefix(nowhere) == ""


@pytest.mark.parametrize(
    "suffix", [".md", ".markdown", ".mkdown", ".mkdn", ".mkd", ".html", ".htm"]
)
def test_a_page_is_known_by_its_suffix(tmp_path: Path, suffix: str) -> None:
    """In each of the forms that Jekyll renders, and HTML."""
    assert suffix in folder_module.PAGE_SUFFIXES
    assert len(folder_module.PAGE_SUFFIXES) == 7
    for name in (f"a{suffix}", f"b{suffix}x"):
        (tmp_path / name).write_text("---\n---\n# A\n", "utf-8")
    assert [page.path for page in folder_module.read_folder(tmp_path).pages] == [f"a{suffix}"]


@pytest.mark.parametrize("tool", sorted(folder_module._TOOL_FOLDERS))
def test_the_folders_of_tools_are_no_part_of_a_handbook(tmp_path: Path, tool: str) -> None:
    """What a build or Bundler left there; a folder of nearly the same name is one."""
    names = {"_site", "vendor/bundle", "vendor/cache", "vendor/gems", "vendor/ruby"}
    assert names == folder_module._TOOL_FOLDERS
    for path in (tool, f"{tool}x"):
        (tmp_path / path).mkdir(parents=True)
        (tmp_path / path / "a.md").write_text("# A\n", "utf-8")
    assert [page.path for page in folder_module.read_folder(tmp_path).pages] == [f"{tool}x/a.md"]
