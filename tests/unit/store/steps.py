"""What is done on the disk, step by step."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


class Steps:
    """Notes what is done on the disk below a folder; "*" is a part file."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Watch from now on."""
        self._folder = os.fspath(folder)
        self.told: list[str] = []
        for name in ("fsync", "link", "mkdir", "rename", "rmdir", "unlink"):
            monkeypatch.setattr(os, name, self._watch(name, getattr(os, name)))

    def _watch(self, name: str, act: Callable[..., None]) -> Callable[..., None]:
        def acts(*given: Any, **more: Any) -> None:
            handles = [more.get("src_dir_fd", more.get("dir_fd")), more.get("dst_dir_fd")]
            count = 2 if name in ("link", "rename") else 1
            pairs = zip(given[:count], handles, strict=False)
            places = [self._name(*pair) for pair in pairs]
            act(*given, **more)
            self.told.append(" ".join([name, *places]))

        return acts

    def _name(self, path: str | int, handle: int | None) -> str:
        if isinstance(path, int):
            handle, path = path, ""
        above = "" if handle is None else Path(f"/proc/self/fd/{handle}").readlink()
        place = f"{above}/{path}".removeprefix(f"{self._folder}/").rstrip("/")
        folder, slash, name = place.rpartition("/")
        is_part = name.startswith(".syncer-") and name.endswith(".part")
        return f"{folder}{slash}*" if is_part else place or "."

    def take(self) -> list[str]:
        """Return the steps since the last time."""
        told, self.told = self.told, []
        return told
