"""The baseline of a run: an earlier manifest, or the handbook at a git ref audited offline."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from syncer.errors import ConfigError
from syncer.handbook.jekyll.config import SETTINGS_FILES, read_config
from syncer.handbook.own_settings import OwnSettings, list_added, read_own_settings
from syncer.handbook.source.committed_links import explain_committed_link
from syncer.handbook.source.folder import FolderContent, read_folder
from syncer.handbook.source.git_program import (
    GitFailed,
    GitProgram,
    find_meanings,
    find_worktree,
    is_unsaid_tag,
    read_commit,
)
from syncer.handbook.source.git_tree import write_tree
from syncer.manifest.document import StatusManifest
from syncer.nightly.earlier_runs import read_manifest
from syncer.pipeline.handbook import WAIVABLE_CODES
from syncer.pipeline.job import Job, Memory
from syncer.pipeline.run import run_audit
from syncer.surroundings import find_day

_GIT_TIMEOUT_S = 60


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a run is compared with.

    Attributes:
        manifest: its findings do not count.
        changed_pages: pages whose text differs from that at the git ref; None for a manifest,
            which does not say.
        trusted: the handbook's own settings as they were at the git ref; None for a manifest.
        added: what the change adds to them, one line each.
        turns_jekyll: whether the change adds or removes the file that turns Jekyll off on GitHub
            Pages, and no setting says what the handbook is.
        turns_markdown: whether it has Jekyll read the pages by other rules of Markdown.
    """

    manifest: StatusManifest
    changed_pages: frozenset[str] | None = None
    trusted: OwnSettings | None = None
    added: tuple[str, ...] = ()
    turns_jekyll: bool = False
    turns_markdown: bool = False


def read_baseline(name: str | None, job: Job) -> Baseline | None:
    """Return what `--baseline` names; None when it names nothing.

    A git ref of the handbook's repository comes first: its pages are audited by the same code,
    without network. Anything else is the file of a manifest. A manifest inside of the repository
    is refused, since the change under audit could have brought it.

    Raises:
        ConfigError: neither a ref nor a manifest, a ref that may mean several commits, a tag
            whose name does not say that it is one, or a manifest of the repository itself.
    """
    if name is None:
        return None
    folder = Path(job.options.handbook or job.settings.handbook.source)
    git = GitProgram(_GIT_TIMEOUT_S, job.around.stop)
    try:
        is_here = folder.exists()
        place = folder if folder.is_dir() else folder.parent
        worktree = find_worktree(place) if is_here else None
        commit = None if worktree is None else read_commit(git, worktree, name)
        if commit is not None and not folder.is_dir():
            raise ConfigError(
                f"--baseline {name} is a git ref, which needs the handbook's folder: name it "
                f"instead of the page {folder}."
            )
        if worktree is None or commit is None:
            # Of a handbook at a URL any repository here may be a clone.
            own = worktree if is_here else find_worktree(Path(name).resolve().parent)
            return Baseline(_read_file(name, own))
        if meanings := find_meanings(git, worktree, name):
            raise ConfigError(
                f"--baseline {name} may mean {' or '.join(meanings)}, which are different commits."
                " Write the full name, or delete the tag or branch that does not belong there."
            )
        if is_unsaid_tag(git, worktree, name):
            raise ConfigError(
                f"--baseline {name} is a tag here, which a fetch from a fork may have brought, and"
                " no branch. Fetch the branch of that name, or write refs/tags/ before the name."
            )
        return _audit_commit(git, worktree, commit, folder, job)
    except GitFailed as failed:
        raise ConfigError(f"--baseline {name}: {failed}.") from failed
    except (OSError, RuntimeError, ValueError) as error:
        raise ConfigError(f"--baseline {name} cannot be read: {error}.") from error


def _read_file(name: str, worktree: Path | None) -> StatusManifest:
    place = Path(name)
    if not place.is_file():
        known = "no git repository" if worktree is None else f"the repository {worktree}"
        raise ConfigError(
            f"--baseline {name}: there is no such manifest, and the handbook is in {known}"
            f"{'' if worktree is None else ', which has no such commit'}. Name a manifest, or a git"
            " ref of the handbook's repository."
        )
    if linked := explain_committed_link(place):
        raise ConfigError(f"--baseline {name} is not read: {linked}. Name the manifest itself.")
    if worktree is not None and place.resolve().is_relative_to(worktree):
        raise ConfigError(
            f"--baseline {name} is a file in the handbook's own repository, and no git ref. A"
            " change could bring its own baseline. Name a commit, or a manifest elsewhere."
        )
    return read_manifest(place)


def _audit_commit(git: GitProgram, worktree: Path, commit: str, folder: Path, job: Job) -> Baseline:
    prefix = folder.resolve().relative_to(worktree).as_posix()
    with tempfile.TemporaryDirectory(prefix="syncer-baseline-") as temporary:
        # As deep below the checkout's top as the handbook: links may begin there.
        (Path(temporary) / ".git").mkdir()
        place = Path(temporary, prefix)
        place.mkdir(parents=True, exist_ok=True)
        write_tree(git, worktree, commit, "" if prefix == "." else prefix, place)
        options = replace(
            job.options, handbook=str(place), offline=True, share_folders={}, only=None, full=False
        )
        manifest = run_audit(replace(job, options=options, memory=Memory(), scheduled=False))
        before, now = read_folder(place), read_folder(folder)
        trusted = _read_own(before, job)
        added = list_added(_read_own(now, job), trusted)
        turns = job.settings.handbook.site == "auto" and _turns_jekyll(
            git, worktree, commit, prefix
        )
        rules = [
            read_config(side.config_page.text if side.config_page else None).foreign_markdown
            for side in (before, now)
        ]
        changed = _list_changed(before, now)
        return Baseline(manifest, changed, trusted, added, turns, rules[0] != rules[1])


def _read_own(content: FolderContent, job: Job) -> OwnSettings:
    today = find_day(job.started_at or job.around.now(), job.settings.schedule.timezone)
    return read_own_settings(
        content.own_settings,
        content.pages,
        content.unreadable,
        codes=WAIVABLE_CODES,
        today=today,
        site="" if content.config_page is None else content.config_page.text,
    )


def _list_changed(before: FolderContent, now: FolderContent) -> frozenset[str]:
    """Return the pages of today's folder whose text was another before, or that are new.

    Those are all pages when something has changed that decides how the site makes them. A page
    that could not be read before and cannot now is the same.
    """
    unreadable = {page.path for page in now.unreadable}
    # A suffix that the site names makes other texts pages too.
    texts = (*now.pages, *now.texts)
    if _read_site(before) != _read_site(now):
        return frozenset({page.path for page in texts} | unreadable | {*SETTINGS_FILES})
    earlier = {page.path: page for page in (*before.pages, *before.texts)}
    changed = {page.path for page in texts if earlier.get(page.path) != page}
    return frozenset(changed | unreadable - {page.path for page in before.unreadable})


def _read_site(content: FolderContent) -> tuple[object, ...]:
    """Return what decides how the site makes its pages: settings, plugins, layouts, data."""
    texts = (*content.pages, *content.texts)
    parts = {page.path: page.text for page in texts if _is_of_site(page.path)}
    files = frozenset(path for path in content.files if _is_of_site(path))
    return content.config_page, content.gemfile, parts, files


def _turns_jekyll(git: GitProgram, worktree: Path, commit: str, prefix: str) -> bool:
    """Return whether files came or went that make GitHub Pages publish all files as they are.

    The folder that it publishes may be any one from the repository's top down to the handbook's.
    """
    folders = PurePosixPath(prefix)
    names = [str(folder / ".nojekyll") for folder in (folders, *folders.parents)]
    listed = git.run(
        *(f"--git-dir={worktree / '.git'}", "ls-tree", "--full-tree", "-z", "--name-only"),
        *(commit, "--", *names),
    )
    before = {os.fsdecode(name) for name in listed.split(b"\0") if name}
    return before != {name for name in names if os.path.lexists(worktree / name)}


def _is_of_site(path: str) -> bool:
    return path in SETTINGS_FILES or any(part.startswith("_") for part in path.split("/")[:-1])
