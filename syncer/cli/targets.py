"""Where results go: checked before the audit, so that no run is lost and no file either."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path

from syncer.cli.params import STDOUT, FormatRequest
from syncer.errors import ConfigError
from syncer.handbook.own_settings import FILE_NAME as OWN_SETTINGS
from syncer.handbook.source.checkout import is_git_url
from syncer.handbook.source.committed_links import explain_refused_output
from syncer.handbook.source.folder import CONFIG_NAMES, PAGE_SUFFIXES
from syncer.handbook.source.read import find_folder
from syncer.nightly.earlier_runs import NEWEST, NEWEST_COMPLETE, RUNS
from syncer.nightly.session import Session, find_output_folder
from syncer.pipeline.handbook import CHECKOUTS
from syncer.report.markdown import escape
from syncer.report.words import Lang, words_of
from syncer.store.database import FILE_NAME as DATABASE
from syncer.store.files import LOCK_NAME
from syncer.store.health import FILE_NAME as HEALTH
from syncer.store.notices import FILE_NAME as NOTICES

_STATE_NAMES = frozenset({LOCK_NAME, HEALTH, NOTICES, CHECKOUTS})
_RUN_NAMES = frozenset({NEWEST, NEWEST_COMPLETE, RUNS})
# How reports for people begin, which end in the same suffixes as pages.
_LONGEST_START = 1000
_HTML_REPORT = "content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-"


def check_formats(formats: Sequence[FormatRequest], output: Path | None) -> None:
    """Check before the audit that every format has its own target, in an existing folder.

    A missing folder is not created: its name may be mistyped.

    Raises:
        ConfigError: two formats have the same target, or one cannot be written there.
    """
    chosen = choose_targets(formats, output)
    if ("xlsx", None) in chosen and sys.stdout.isatty():
        raise ConfigError("xlsx is no text: give it a file, as in --format xlsx:report.xlsx.")
    targets = [target for _, target in chosen]
    problems = [_find_problem(target) for target in targets if target is not None]
    if found := [problem for problem in problems if problem is not None]:
        raise ConfigError(*found)


def choose_targets(
    formats: Sequence[FormatRequest], output: Path | None
) -> list[tuple[str, Path | None]]:
    """Return each format with its file; None is stdout.

    Raises:
        ConfigError: two go to the same place, by whatever names.
    """
    requests = list(formats) or [FormatRequest("terminal", None)]
    targets = [request.file or output for request in requests]
    chosen = [None if target == STDOUT else target for target in targets]
    if len(set(map(_identify, chosen))) < len(chosen):
        raise ConfigError(
            "Several formats would go to the same place: give each its own file, as in "
            "--format html:report.html."
        )
    return [(request.name, target) for request, target in zip(requests, chosen, strict=True)]


def keep_own_files(
    formats: Sequence[FormatRequest],
    output: Path | None,
    session: Session,
    handbook: str | None,
    share_folders: Iterable[Path] = (),
) -> None:
    """Check before the audit that no format replaces what the audit reads or remembers.

    Raises:
        ConfigError: a target is the settings file or one that it names, a page or settings of the
            handbook, a file of the state, or in the folder of a share or of the copy.
    """
    targets = [target for _, target in choose_targets(formats, output) if target is not None]
    source = handbook or session.loaded.settings.handbook.source
    places = tuple(share_folders)
    problems = [
        f"{target} is {what}: name another place for the result."
        for target in targets
        if (
            what := _describe_own(target, session, source)
            or _describe_read(target, session, places)
        )
    ]
    if problems:
        raise ConfigError(*problems)


def keep_manifest(
    formats: Sequence[FormatRequest], output: Path | None, manifest: str | Path | None
) -> None:
    """Check before anything runs that no format replaces the manifest that it is compared with.

    The next run would be compared with the result of this one.

    Raises:
        ConfigError: a target is that file, by whatever name.
    """
    if manifest is None or not os.path.isfile(manifest):  # noqa: PTH113 - a ref may be no path
        return
    for _, target in choose_targets(formats, output):
        if target is not None and target.exists() and target.samefile(manifest):
            raise ConfigError(
                f"{target} is the manifest that is read: name another place for the result."
            )


def _describe_own(target: Path, session: Session, source: str) -> str | None:
    """Return what a target is to syncer; None when it may be replaced."""
    try:
        real = Path(os.path.realpath(target))
        settings = session.loaded.sources.file
        if settings is not None and target.exists() and target.samefile(settings):
            return "the settings file"
        if _is_state(real, session):
            return "a file of the state"
        if not is_git_url(source) and _is_of_handbook(real, find_folder(source)):
            return "a page or the settings of the handbook"
    except (OSError, RuntimeError):
        return None  # cannot be looked at, and so is told by the audit or by writing it
    return None


def _describe_read(target: Path, session: Session, shares: Iterable[Path]) -> str | None:
    """Return what a target is that a run reads, or copies; None when it may be replaced."""
    copy = session.loaded.settings.documents.copy
    try:
        real = Path(os.path.realpath(target))
        if target.exists() and any(map(target.samefile, _list_files(session.loaded.settings))):
            return "a file that the settings name"
        if any(real.is_relative_to(os.path.realpath(share)) for share in shares):
            return "in the local copy of a share"
        if copy is not None and real.is_relative_to(os.path.realpath(copy)):
            return "in the copy of the documents"
    except (OSError, RuntimeError):
        return None  # as above
    return None


def _list_files(part: object) -> Iterator[Path]:
    """Yield the files with secrets and certificates that a part of the settings names."""
    if isinstance(part, tuple):
        for one in part:
            yield from _list_files(one)
    elif is_dataclass(part):
        for field in fields(part):
            value = getattr(part, field.name)
            if isinstance(value, Path) and field.name.endswith("_file") and value.exists():
                yield value
            yield from _list_files(value)


def _is_state(real: Path, session: Session) -> bool:
    """Return whether a file is one that a run compares with, or remembers in."""
    state = Path(os.path.realpath(session.state_folder))
    output = Path(os.path.realpath(find_output_folder(session)))
    if real.is_relative_to(output):
        return not _RUN_NAMES.isdisjoint(real.relative_to(output).parts[:1])
    first = real.relative_to(state).parts[:1] if real.is_relative_to(state) else ()
    return any(name in _STATE_NAMES or name.startswith(DATABASE) for name in first)


def _is_of_handbook(real: Path, folder: Path) -> bool:
    """Return whether a file is what people wrote for a handbook, and no earlier report."""
    root = Path(os.path.realpath(folder))
    if not (real.is_relative_to(root) and real.is_file()):
        return False
    if real.parent == root and real.name in (*CONFIG_NAMES, OWN_SETTINGS):
        return True
    if not real.name.lower().endswith(PAGE_SUFFIXES):
        return False
    with real.open("rb") as file:
        start = file.read(_LONGEST_START).decode("utf-8", "replace")
    titles = tuple(f"# {escape(words_of(lang).labels.report_title)}\n" for lang in Lang)
    return not (start.startswith(titles) or _HTML_REPORT in start)


def _identify(target: Path | None) -> object:
    """Return what is the same for two names of one place; None is stdout."""
    try:
        found = os.fstat(sys.stdout.fileno()) if target is None else target.stat()
    except (OSError, ValueError):
        return None if target is None else os.path.realpath(target)
    return found.st_dev, found.st_ino


def _find_problem(target: Path) -> str | None:
    """Return why a target cannot be written; None when nothing is known against it."""
    try:
        if linked := explain_refused_output(target):
            return f"{target} is not written: {linked}. Name another place."
        if target.is_dir():
            return f"{target} is a folder: name a file in it."
        if target.is_symlink() and not target.exists():
            target = Path(os.path.realpath(target))
        if target.parent.is_dir():
            return None
        found = next(folder for folder in target.parents if folder.exists())
    except OSError as error:
        return f"{target} cannot be looked at: {error.strerror}."
    if not found.is_dir():
        return f"{target} cannot be written: {found} is a file and no folder. Name another place."
    return f"There is no folder {target.parent} to write to. Make it, or name another place."
