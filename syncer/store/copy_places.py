"""Where the documents of one share are in the copy: names that every system can store and tell."""

from __future__ import annotations

from collections.abc import Mapping

from syncer.model.file_names import make_safe_name, mark_name
from syncer.store.copy_marker import CopiedFile
from syncer.store.open_folders import list_above


class CopyPlaces:
    """Where the documents of one share are, or will be, below the share's folder."""

    def __init__(self, files: Mapping[str, CopiedFile]) -> None:
        """Begin with what the copy has, by path in the share."""
        self._of = {path: known.local for path, known in files.items()}
        self._taken: set[str] = set()
        self._folders: set[str] = set()
        self._beside = {
            path: known.refused_local for path, known in files.items() if known.refused_local
        }
        for known in files.values():
            for local in filter(None, (known.local, known.refused_local)):
                self._take(local)

    def choose(self, path: str) -> str:
        """Return the place of a document, which stays its own."""
        if path not in self._of:
            local = "/".join(make_safe_name(part) for part in path.split("/"))
            above = {folder.casefold() for folder in list_above(local)}
            if self._is_used(local) or above & self._taken:
                local = self._find_free("", local.rpartition("/")[2], path)
            self._of[path] = local
            self._take(local)
        return self._of[path]

    def choose_beside(self, path: str) -> str:
        """Return the place of a version that must not replace a document, beside it."""
        if path not in self._beside:
            folder, slash, name = self.choose(path).rpartition("/")
            stem, _, suffix = name.rpartition(".")
            name = f"{stem}.new.{suffix}" if stem else f"{name}.new"
            local = f"{folder}{slash}{name}"
            if self._is_used(local):
                local = self._find_free(f"{folder}{slash}", name, path)
            self._beside[path] = local
            self._take(local)
        return self._beside[path]

    def _find_free(self, above: str, name: str, path: str) -> str:
        """Return a place with a marked name: marks are no secret, so a file may have one already.

        Args:
            above: the folders of the place, "" or with a slash at the end.
            name: the name that is not free.
            path: of the document in the share, of which the mark is made.
        """
        local = above + mark_name(name, path)
        while self._is_used(local):
            path += " again"
            local = above + mark_name(name, path)
        return local

    def _is_used(self, local: str) -> bool:
        folded = local.casefold()
        return folded in self._taken or folded in self._folders

    def _take(self, local: str) -> None:
        self._taken.add(local.casefold())
        self._folders.update(folder.casefold() for folder in list_above(local))
