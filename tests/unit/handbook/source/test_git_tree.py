"""A folder of a git worktree as it was at a commit, without git."""

from __future__ import annotations

import tracemalloc

import pytest

from syncer.errors import HandbookError
from syncer.handbook.source.git_tree import _Entry, _refuse_twins


def _list(*paths: str) -> list[_Entry]:
    return [_Entry("100644", "0" * 40, 1, path) for path in paths]


@pytest.mark.parametrize(
    "paths", [("a.md", "b/c", "a.md"), ("b/c.md", "b.md", "b"), ("b", "b-c", "b/x/y")]
)
def test_a_name_twice_is_refused(paths: tuple[str, ...]) -> None:
    """Two files, or a file and a folder, whatever else sorts between them."""
    with pytest.raises(HandbookError, match="twice"):
        _refuse_twins(_list(*paths))


def test_names_that_begin_alike_are_no_twins() -> None:
    """A file beside a folder whose name goes on."""
    _refuse_twins(_list("b", "b-c/x", "b.md", "bb", "c/b"))


def test_deep_folders_take_memory_as_their_names_do() -> None:
    """Not for each folder above each file: a tree of git's can repeat one object."""
    paths = [f"{number}/{'d/' * 1000}a.md" for number in range(100)]
    entries = _list(*paths)
    tracemalloc.start()
    _refuse_twins(entries)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < 10 * sum(map(len, paths))
