"""Which settings file is used.

The one in the current folder may be a stranger's: whoever edits a handbook could bring it in a pull
request, and settings name passwords, hosts and folders. It is used only outside of the handbook.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from syncer.errors import ConfigError
from syncer.handbook.source.folder import CONFIG_NAMES
from syncer.handbook.source.git_program import find_repository, find_worktree

LOCAL_FILE = Path("syncer.toml")
SYSTEM_FILE = Path("/etc/syncer/syncer.toml")


def find_file(choice: Path | Literal[False] | None, env: Mapping[str, str]) -> Path | None:
    """Return the settings file, None when the built-in defaults apply.

    Args:
        choice: the file that `--config` names; False: `--no-config`; None: the usual places.
        env: the environment.

    Raises:
        ConfigError: a file that was named is not there, or cannot be looked at.
    """
    if choice is False:
        return None
    named = Path(env["SYNCER_CONFIG"]) if choice is None and env.get("SYNCER_CONFIG") else choice
    if named is None:
        return next((place for place in (LOCAL_FILE, SYSTEM_FILE) if _is_file(place)), None)
    if not _is_file(named):
        raise ConfigError(f"No settings file at {named}. Name one that exists with --config.")
    return named


def _is_file(path: Path) -> bool:
    """Return whether a file is there; an error must not pass for "no settings"."""
    try:
        return path.is_file()
    except OSError as error:
        raise ConfigError(f"{path} cannot be looked at: {error.strerror}.") from error


def distrust_local_file(source: str | None) -> str | None:
    """Return why `LOCAL_FILE` must not be used, with the next step; None when it may be.

    `source` is the handbook. None: only the file itself names one, and a file of a repository
    cannot vouch for itself by naming a handbook elsewhere. Of a handbook at a URL any repository
    here may be a clone.
    """
    folders = {LOCAL_FILE.absolute().parent.resolve(), LOCAL_FILE.resolve().parent}
    handbook = None if source is None else _find_top(source)
    for top in map(find_worktree, folders) if handbook is None else (handbook,):
        if top is not None and any(_is_of(folder, top) for folder in folders):
            return (
                f"./{LOCAL_FILE} is not used: it came with {top}, which may be a stranger's. The "
                f"defaults apply. If you trust the file, add: --config ./{LOCAL_FILE}"
            )
    return None


def _is_of(folder: Path, top: Path) -> bool:
    """Return whether a folder is in `top`, or in another worktree of the same repository."""
    if folder.is_relative_to(top):
        return True
    other = find_worktree(folder)
    return other is not None and find_repository(other) == find_repository(top) is not None


def _decode_file_url(source: str) -> str:
    """Return the path of a `file:` URL, however it is written; any other source unchanged."""
    parts = urlsplit(source)
    return unquote(parts.path) if parts.scheme.lower() == "file" else source


def _find_top(source: str) -> Path | None:
    """Return the git worktree, else the folder, of a handbook; None for one not on this disk."""
    try:
        place = Path(_decode_file_url(source)).expanduser().resolve(strict=True)
        if place.is_file():
            above = place.parents
            sites = [one for one in above if any((one / name).is_file() for name in CONFIG_NAMES)]
            place = sites[0] if sites else place.parent
        return find_worktree(place) or place
    except (OSError, RuntimeError, ValueError):
        return None
