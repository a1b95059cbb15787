"""Symbolic links between folders of a handbook cost time in proportion to what is on the disk."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from syncer.handbook.source import folder as walk
from syncer.handbook.source.folder import read_folder

Syncer = Callable[..., "CompletedProcess[str]"]


def link_all(root: Path, count: int, name: str = "a.md") -> Path:
    """Make folders with a file and a link to each of the others."""
    for one in range(count):
        (root / f"f{one:02}").mkdir(parents=True)
        (root / f"f{one:02}" / name).write_text("x", encoding="utf-8")
        for other in range(count):
            if other != one:
                (root / f"f{one:02}" / f"l{other:02}").symlink_to(f"../f{other:02}")
    return root


def test_folders_that_link_to_each_other_are_bounded(tmp_path: Path) -> None:
    """Fourteen such folders have 10^11 paths."""
    start = time.process_time()
    content = read_folder(link_all(tmp_path, 14))
    assert time.process_time() - start < 20
    assert {f"f{one:02}/a.md" for one in range(14)} < set(content.files)
    left_out = {page.path for page in content.unreadable}
    assert {page.reason.code for page in content.unreadable} == {"folder-links-too-many"}
    assert left_out <= {f"f{a:02}/l{b:02}" for a in range(14) for b in range(14)}


def test_what_is_left_out_is_said_and_nothing_there_is_denied(
    syncer: Syncer, tmp_path: Path
) -> None:
    """The run is incomplete, and a link to where no one looked is not called broken."""
    handbook = link_all(tmp_path / "handbook", 9, "a.txt")
    page = handbook / "index.md"
    page.write_text("---\n---\n[x](f00/l01/l02/l03/l04/l05/l06/l07/l08/a.txt)\n", encoding="utf-8")
    done = syncer("audit", "--offline", handbook, "--format", "json")
    manifest = json.loads(done.stdout)
    assert (done.returncode, manifest["run"]["complete"]) == (3, False), done.stderr
    assert [link["status"] for link in manifest["links"]] == ["unchecked"]
    whys = {one["args"]["why"] for one in manifest["findings"] if one["code"] == "page-unreadable"}
    assert whys <= {"folder-links-too-many"}


def test_linked_folders_within_the_bound_are_read_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shared folder below many others; beyond the bound the folders' own files are still read."""
    (tmp_path / "shared" / "deep").mkdir(parents=True)
    (tmp_path / "shared" / "deep" / "a.md").write_text("a", encoding="utf-8")
    for one in range(30):
        (tmp_path / f"f{one}").mkdir()
        (tmp_path / f"f{one}" / "shared").symlink_to("../shared")
    content = read_folder(tmp_path)
    assert (len(content.files), content.unreadable) == (31, [])
    monkeypatch.setattr(walk, "_MAX_LINKED_ENTRIES", 20)
    content = read_folder(tmp_path)
    assert "shared/deep/a.md" in content.files
    assert {page.path for page in content.unreadable} == {f"f{one}/shared" for one in range(30)}


def test_too_deep_a_folder_is_said(tmp_path: Path) -> None:
    """Nothing is left out in silence."""
    (tmp_path / "/".join("a" * 70)).mkdir(parents=True)
    (reason,) = (page.reason for page in read_folder(tmp_path).unreadable)
    assert reason.code == "handbook-folder-too-deep"


@pytest.mark.parametrize("place", ["op", "sub/op"])
@pytest.mark.parametrize("target", ["..", "../.."])
def test_a_link_to_a_folder_above_itself_is_named(
    syncer: Syncer, tmp_path: Path, place: str, target: str
) -> None:
    """Within the handbook and out of it: the run is incomplete, and nothing there is denied."""
    handbook = tmp_path / "handbook"
    (handbook / "sub").mkdir(parents=True)
    page = "---\n---\n[x](op/sub/nej.md)\n[y](sub/op/nej.md)\n"
    (handbook / "index.md").write_text(page, encoding="utf-8")
    (handbook / place).symlink_to(target)
    done = syncer("audit", "--offline", "--format", "json", handbook)
    manifest = json.loads(done.stdout)
    assert done.returncode == 3
    found = [one for one in manifest["findings"] if one["code"] == "page-unreadable"]
    assert [(one["page"], one["args"]["why"]) for one in found] == [(place, "folder-link-leads-up")]
    through = next(one for one in manifest["links"] if one["url"].startswith(f"{place}/"))
    assert through["status"] == "unchecked"


@pytest.mark.parametrize("place", ["ved", "sub/ved"])
def test_a_link_to_a_folder_beside_is_named(syncer: Syncer, tmp_path: Path, place: str) -> None:
    """Its pages may be the handbook's, and are not read; the settings can leave it out."""
    handbook, beside = tmp_path / "handbook", tmp_path / "beside"
    (handbook / "sub").mkdir(parents=True)
    beside.mkdir()
    (beside / "b.md").write_text("---\n---\n[x](nej.md)\n", encoding="utf-8")
    page = f"---\n---\n[x]({place}/b.md) [i](index.md)\n"
    (handbook / "index.md").write_text(page, encoding="utf-8")
    (handbook / place).symlink_to(beside)
    (handbook / "sub" / "file").symlink_to(beside / "b.md")
    done = syncer("audit", "--offline", "--format", "json", handbook)
    manifest = json.loads(done.stdout)
    assert done.returncode == 3
    found = [(one["page"], one["args"]["why"]) for one in manifest["findings"]]
    assert found == [(place, "folder-link-leads-out")]
    assert manifest["links"][0]["status"] == "unchecked"
    settings = tmp_path / "settings.toml"
    settings.write_text(f'[handbook]\nexclude = ["{place}/**"]\n', encoding="utf-8")
    assert syncer("audit", "--offline", handbook, "--config", settings).returncode == 0
