"""What one run is asked to do, by the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from syncer.manifest.document import ScopeRecord

ConfigChoice: TypeAlias = Path | Literal[False] | None
"""The settings file that `--config` names; False: `--no-config`; None: neither."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditOptions:
    """The options that `audit` and `run` share.

    Attributes:
        handbook: replaces the settings' source.
        pages: globs; only pages that match one are audited; () means all.
        share_folders: token → the folder on disk that is read instead of the share.
        only: one half of the audit, None for both.
        offline: the network is not used.
        full: what earlier runs remembered is not used.
        accept_empty: a share that is suddenly empty is believed.
    """

    handbook: str | None = None
    pages: tuple[str, ...] = ()
    share_folders: Mapping[str, Path] = field(default_factory=dict)
    only: Literal["resources", "links"] | None = None
    offline: bool = False
    full: bool = False
    accept_empty: bool = False

    @property
    def scope(self) -> ScopeRecord:
        """The scope of the run as the manifest records it."""
        return ScopeRecord(only=self.only, offline=self.offline, pages=self.pages)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunParams:
    """The command line of a run.

    Attributes:
        config: which settings file.
        audit: the scope.
        fail_on: the severity from which findings give exit code 1, "never" for none.
        baseline: a git ref or a manifest; only findings that are not in it count.
        allow_incomplete: an incomplete run does not give exit code 3.
        lang: of reports and messages; None: the settings'.
        wait: wait for another run to end.
        verbosity: -1 errors, 0 warnings, 1 progress, 2 everything.
    """

    config: ConfigChoice = None
    audit: AuditOptions = field(default_factory=AuditOptions)
    fail_on: str = "never"
    baseline: str | None = None
    allow_incomplete: bool = False
    lang: str | None = None
    wait: bool = False
    verbosity: int = 0
