"""What is near an address that reaches nothing."""

from __future__ import annotations

import random

import pytest

from syncer.handbook.jekyll.outputs import Output, OutputKind
from syncer.handbook.jekyll.site_tree import build_tree


def _count_steps(ours: list[str], file: str) -> int:
    theirs = file.split("/")[:-1]
    common = 0
    while ours[: common + 1] == theirs[: common + 1] and common < min(len(ours), len(theirs)):
        common += 1
    return len(ours) + len(theirs) - 2 * common


@pytest.mark.parametrize("seed", range(200))
def test_the_nearest_has_the_fewest_folders_between(seed: int) -> None:
    """Of all files with the name, then the first by address; another name is never near."""
    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    files = {
        "/".join([*(chance.choice("abc") for _ in range(chance.randrange(4))), "p.html"])
        for _ in range(chance.randrange(1, 9))
    }
    outputs = [
        Output(file=file, url=f"/{chance.random()}", source=file, kind=OutputKind.PAGE)
        for file in sorted(files)
    ]
    tree = build_tree(outputs)
    for _ in range(20):
        ours = [chance.choice("abcd") for _ in range(chance.randrange(5))]
        nearest = min(outputs, key=lambda one: (_count_steps(ours, one.file), one.url))
        assert tree.find_nearest("/".join(["", *ours, "p"])) is nearest
        assert tree.find_nearest("/".join(["", *ours, "q"])) is None
